"""Simplification of conditions: redundant parts removed, screened by sample points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, permutations
from typing import Any

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import ring_factor_list
from gametheory_eeu.core.signs import RELATION_OF
from gametheory_eeu.prover.budget import STEP, Budget, Effort
from gametheory_eeu.prover.merge_relations import merge, sign_condition
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.readable import arrange_relation
from gametheory_eeu.solvers.sample_points import Samples

_MAX_TERMS = 60
"""Of a relation that is factored for a reader's sake."""


def simplify_condition(
    condition: Boolean,
    space: Space,
    samples: Samples,
    budget: Budget = STEP,
    effort: Effort | None = None,
) -> Boolean:
    """A simpler equivalent condition on a space, as :func:`gametheory_eeu.simplify` has it.

    The samples are points of the space. The budget is for one question to the prover: what it
    cannot settle at once is kept as it is.
    """
    merged_condition = merge(condition)
    if merged_condition in (sp.true, sp.false):
        return merged_condition
    simplifier = _Simplifier(space, samples, budget, effort or Effort("this condition"))
    return merge(simplifier.simplify(merged_condition, project_samples(merged_condition, samples)))


def simplify_with_samples(condition: Boolean, space: Space) -> Boolean:
    """Simplify a condition on a space, with samples drawn for it."""
    field, _ = sfield([sp.Dummy(), *space.symbols])
    return simplify_condition(condition, space, Samples.of(field, space.constraints))


def project_samples(condition: Boolean, samples: Samples) -> Samples:
    """Samples moved to where the equations among a condition's conjuncts hold."""
    projection = samples
    for part in sorted(sp.And.make_args(condition), key=str):
        if isinstance(part, sp.Eq):
            value = projection.element(part.lhs - part.rhs)
            projection = projection.onto(value) if value is not None else projection.first(0)
            projection.within += (part,)
    return projection


class _Simplifier:
    def __init__(self, space: Space, samples: Samples, budget: Budget, effort: Effort) -> None:
        self.space, self.samples, self.budget, self.effort = space, samples, budget, effort

    def proves(self, statement: Boolean, at: Samples) -> bool:
        """Whether the statement holds everywhere; proved only where no sample refutes it."""
        if statement in (sp.true, sp.false):
            return bool(statement)
        return self.implies(sp.true, statement, at)

    def implies(self, cause: Boolean, effect: Boolean, at: Samples) -> bool:
        """Whether one condition implies another on the space."""
        for samples in (at, self.samples):
            cause_truth, effect_truth = samples.truth(cause), samples.truth(effect)
            if (
                cause_truth is not None
                and effect_truth is not None
                and (cause_truth & ~effect_truth).any()
            ):
                return False
        statement = sp.Implies(cause, effect, evaluate=False) if cause != sp.true else effect
        return self.is_proved(statement)

    def is_proved(self, statement: Boolean) -> bool:
        self.effort.spend()
        return _is_proved(statement, self.space, self.budget)

    def simplify(self, condition: Boolean, at: Samples) -> Boolean:
        if condition in (sp.true, sp.false):
            return condition
        if self.proves(condition, at):
            return sp.true
        if self.proves(sp.Not(condition), at):
            return sp.false
        if condition.is_Relational:
            return (self.cancel_product_factors if _is_product(condition) else self.cancel_factors)(
                condition, at
            )
        if isinstance(condition, (sp.And, sp.Or)):
            return self._remove_redundant(condition, at)
        return condition

    def _remove_redundant(self, condition: Boolean, at: Samples) -> Boolean:
        connective = condition.func
        parts = sorted(condition.args, key=_simplicity_key)
        for part in reversed(list(parts)):
            others = connective(*(c for c in parts if c != part))
            implication = (others, part) if connective is sp.And else (part, others)
            if self.implies(*implication, at):
                parts.remove(part)
        if len(parts) == 1:
            return self.simplify(parts[0], at)
        # One after the other: two parts that each lean on the other as it was would both be lost.
        for position, part in enumerate(parts):
            parts[position] = self._simplify_in_context(
                part, [*parts[:position], *parts[position + 1 :]], connective, at
            )
        result = merge(connective(*parts))
        if isinstance(result, sp.Or):
            result = self._weaken_strict(result, at)
        # What became shorter may now say what another part says.
        has_changed = result != condition and isinstance(result, (sp.And, sp.Or))
        return self._remove_redundant(result, at) if has_changed else result

    def _weaken_strict(self, condition: Boolean, at: Samples) -> Boolean:
        """Weaken a strict inequality of one disjunct where another disjunct becomes redundant.

        Asked only where the other has the equation: it must follow from the weak inequality and
        the rest, and where the equation holds the rest must imply the condition.
        """
        parts = sorted(condition.args, key=_simplicity_key)
        for wide, narrow in permutations(parts, 2):
            wide_parts, narrow_parts = sp.And.make_args(wide), sp.And.make_args(narrow)
            equations = {
                g[0]
                for c in narrow_parts
                if isinstance(c, sp.Eq) and (g := sign_condition(c)) is not None
            }
            for strict in (c for c in wide_parts if isinstance(c, (sp.Gt, sp.Lt))):
                strict_gap = sign_condition(strict)
                if strict_gap is None or strict_gap[0] not in equations:
                    continue
                boundary = sp.Eq(strict.lhs, strict.rhs)
                weak = merge(sp.Or(strict, boundary))
                rest = sp.And(*(c for c in wide_parts if c != strict))
                disjunct = sp.And(rest, weak)
                if self.implies(narrow, disjunct, at) and self.implies(
                    sp.And(rest, boundary), condition, at
                ):
                    return merge(sp.Or(disjunct, *(c for c in parts if c not in (wide, narrow))))
        return condition

    def _simplify_in_context(
        self, part: Boolean, others: Sequence[Boolean], connective: type, at: Samples
    ) -> Boolean:
        """Simplify a conjunct given the others, or a disjunct given their negations."""
        assumptions = [c if connective is sp.And else sp.Not(c) for c in others]
        assumptions = [
            c for c in assumptions if c.is_Relational and (c.lhs - c.rhs).is_polynomial()
        ]
        if part.is_Relational and connective is sp.Or:
            return part if _is_product(part) else self.cancel_factors(part, at)
        simplifier = _Simplifier(
            Space.of(self.space, *assumptions),
            self.samples.restrict(assumptions),
            self.budget,
            self.effort,
        )
        if part.is_Relational:
            method = (
                simplifier.cancel_product_factors
                if _is_product(part)
                else simplifier.cancel_factors
            )
            return method(part, at.restrict(assumptions))
        return simplifier.simplify(part, at.restrict(assumptions))

    def cancel_factors(self, relation: Boolean, at: Samples) -> Boolean:
        """An inequality without the factors of its two sides' difference of known sign.

        As it was where there are none: b c > b d is c > d where b is positive.
        """
        if not isinstance(relation, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
            return relation
        difference = at.element(relation.lhs - relation.rhs)
        if (
            difference is None
            or not difference.denom.is_ground
            or len(difference.numer) > _MAX_TERMS
        ):
            return relation
        constant, factors = ring_factor_list(difference.numer)
        sign = -1 if constant * difference.denom.LC < 0 else 1
        odd_factors = [f.as_expr() for f, power in factors if power % 2]
        even_factors = [f.as_expr() for f, power in factors if power % 2 == 0]
        if len(odd_factors) + len(even_factors) < 2:
            one_sided = relation.rhs == 0 and relation.lhs.is_Add
            return arrange_relation(relation.lhs, relation.func) if one_sided else relation
        signed_product = sp.Mul(sign, *odd_factors, *(f**2 for f in even_factors), evaluate=False)
        product = relation.func(sp.Mul(*signed_product.args), 0)
        result = self.cancel_product_factors(product, at) if _is_product(product) else relation
        return relation if result == product else result

    def cancel_product_factors(self, relation: Boolean, at: Samples) -> Boolean:
        """The sign relation of a product without its factors of known sign."""
        factors, negative = [], False
        for factor in relation.lhs.args:
            if factor.is_number:
                factors.append(factor)
            elif self.proves(sp.Lt(factor, 0), at):
                negative = not negative
            elif not self.proves(sp.Gt(factor, 0), at):
                factors.append(factor)
        for pair in combinations(factors, 2):
            if len(factors) > 2 and not set(pair) - set(factors):
                product = sp.Mul(*pair)
                is_negative = self.proves(sp.Lt(product, 0), at)
                if is_negative or self.proves(sp.Gt(product, 0), at):
                    factors = [f for f in factors if f not in pair]
                    negative ^= is_negative
        if len(factors) == len(relation.lhs.args):
            return relation
        rest = sp.Mul(*factors)
        return arrange_relation(-rest if negative else rest, relation.func)


def sign_conjunction(
    condition: Boolean, space: Space, samples: Samples, effort: Effort
) -> Boolean | None:
    """Equivalent conjunction of factor signs of a condition; None where a sign stays open.

    That is proved both ways. None where some sign stays open, or no sample obeys.
    """
    truth = samples.truth(condition)
    if truth is None or not truth.any():
        return None
    inner_samples = samples.where(truth)
    simplifier = _Simplifier(space, samples, STEP, effort)
    literals = []
    for factor in _irreducible_factors(condition, samples):
        relation = RELATION_OF.get(inner_samples.sign_set(factor))
        if relation not in (None, sp.Eq, sp.Ne):
            literals.append(arrange_relation(factor.as_expr(), relation))
    literals = [
        literal for literal in dict.fromkeys(literals) if literal not in (sp.true, sp.false)
    ]
    if not simplifier.implies(sp.And(*literals), condition, samples):
        return None
    irredundant = sorted(literals, key=_simplicity_key)
    for literal in reversed(list(irredundant)):
        others = [other_literal for other_literal in irredundant if other_literal != literal]
        if simplifier.implies(sp.And(*others), literal, samples):
            irredundant = others
    result = sp.And(*irredundant)
    return result if simplifier.is_proved(sp.Implies(condition, result, evaluate=False)) else None


def _irreducible_factors(condition: Boolean, samples: Samples) -> list[Any]:
    """Irreducible factors of all relations, without repetition, shortest first."""
    factors: dict[Any, None] = {}
    for relation in sorted(condition.atoms(sp.core.relational.Relational), key=str):
        value = samples.element(relation.lhs - relation.rhs)
        if value is not None:
            for polynomial in (value.numer, value.denom):
                factors |= dict.fromkeys(f for f, _ in ring_factor_list(polynomial)[1])
    return sorted(factors, key=len)


def _is_product(relation: Boolean) -> bool:
    """Whether a relation compares a product with zero."""
    return bool(relation.rhs == 0 and relation.lhs.is_Mul)


@lru_cache(maxsize=8192)
def _is_proved(statement: Boolean, space: Space, budget: Budget) -> bool:
    return is_proved(statement, space, budget)


def _simplicity_key(part: Boolean) -> tuple[bool, int, str]:
    return not isinstance(part, sp.Eq), sp.count_ops(part), str(part)
