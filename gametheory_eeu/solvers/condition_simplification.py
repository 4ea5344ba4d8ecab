"""A condition without the parts that say nothing new, asking only what samples leave open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, permutations
from typing import Any

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.prover.budget import STEP, Budget
from gametheory_eeu.prover.merge_relations import gap, joined
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.question_limit import Effort
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.two_sided import sided

_MOST_TERMS = 60
"""Of a relation that is factored for a reader's sake."""
_ONE_SIGN = {1: sp.Lt, 4: sp.Gt, 3: sp.Le, 6: sp.Ge}
"""The relation with zero, by the signs that samples show."""


def short(
    condition: Boolean,
    space: Space,
    samples: Samples,
    budget: Budget = STEP,
    effort: Effort | None = None,
) -> Boolean:
    """A condition with the same points in the space, as :func:`gametheory_eeu.simplify` has it.

    Parameters
    ----------
    condition : SymPy Boolean
    space : Space
    samples : Samples
        Points of the space.
    budget : Budget
        For one question to the prover: what it cannot settle at once is kept as it is.
    effort : Effort, optional
        What counts the questions.
    """
    told = joined(condition)
    if told in (sp.true, sp.false):
        return told
    parts = _Parts(space, samples, budget, effort or Effort("this condition"))
    return joined(parts.short(told, onto_equations(told, samples)))


def reduced(condition: Boolean, space: Space) -> Boolean:
    """:func:`short`, with samples of its own."""
    field, _ = sfield([sp.Dummy(), *space.symbols])
    return short(condition, space, Samples.of(field, space.constraints))


def onto_equations(condition: Boolean, samples: Samples) -> Samples:
    """Samples where the equations among the conjuncts hold."""
    found = samples
    for part in sorted(sp.And.make_args(condition), key=str):
        if isinstance(part, sp.Eq):
            value = found.element(part.lhs - part.rhs)
            found = found.onto(value) if value is not None else found.first(0)
            found.within += (part,)
    return found


class _Parts:
    def __init__(self, space: Space, samples: Samples, budget: Budget, effort: Effort) -> None:
        self.space, self.samples, self.budget, self.effort = space, samples, budget, effort

    def proves(self, statement: Boolean, at: Samples) -> bool:
        """Whether the statement holds everywhere; asked only where no sample denies it."""
        if statement in (sp.true, sp.false):
            return bool(statement)
        return self.implies(sp.true, statement, at)

    def implies(self, cause: Boolean, effect: Boolean, at: Samples) -> bool:
        """Whether the effect holds wherever the cause does."""
        for samples in (at, self.samples):
            first, then = samples.truth(cause), samples.truth(effect)
            if first is not None and then is not None and (first & ~then).any():
                return False
        statement = sp.Implies(cause, effect, evaluate=False) if cause != sp.true else effect
        return self.asked(statement)

    def asked(self, statement: Boolean) -> bool:
        self.effort.spend()
        return _asked(statement, self.space, self.budget)

    def short(self, condition: Boolean, at: Samples) -> Boolean:
        if condition in (sp.true, sp.false):
            return condition
        if self.proves(condition, at):
            return sp.true
        if self.proves(sp.Not(condition), at):
            return sp.false
        if condition.is_Relational:
            return (self.lean if _is_product(condition) else self.divided)(condition, at)
        if isinstance(condition, (sp.And, sp.Or)):
            return self._without_idle_parts(condition, at)
        return condition

    def _without_idle_parts(self, condition: Boolean, at: Samples) -> Boolean:
        join = condition.func
        kept = sorted(condition.args, key=_simplest_first)
        for part in reversed(list(kept)):
            others = join(*(c for c in kept if c != part))
            ends = (others, part) if join is sp.And else (part, others)
            if self.implies(*ends, at):
                kept.remove(part)
        if len(kept) == 1:
            return self.short(kept[0], at)
        # One after the other: two parts that each lean on the other as it was would both be lost.
        for place, part in enumerate(kept):
            kept[place] = self._inner(part, [*kept[:place], *kept[place + 1 :]], join, at)
        found = joined(join(*kept))
        if isinstance(found, sp.Or):
            found = self._widened(found, at)
        # What became shorter may now say what another part says.
        changed = found != condition and isinstance(found, (sp.And, sp.Or))
        return self._without_idle_parts(found, at) if changed else found

    def _widened(self, condition: Boolean, at: Samples) -> Boolean:
        """A strict inequality of one disjunct made weak, where that says all another one says.

        Asked only where the other has the equation: it must follow from the weak inequality and
        the rest, and where the equation holds the rest must imply the condition.
        """
        parts = sorted(condition.args, key=_simplest_first)
        for wide, narrow in permutations(parts, 2):
            mine, theirs = sp.And.make_args(wide), sp.And.make_args(narrow)
            equations = {g[0] for c in theirs if isinstance(c, sp.Eq) and (g := gap(c)) is not None}
            for strict in (c for c in mine if isinstance(c, (sp.Gt, sp.Lt))):
                known = gap(strict)
                if known is None or known[0] not in equations:
                    continue
                edge = sp.Eq(strict.lhs, strict.rhs)
                weak = joined(sp.Or(strict, edge))
                rest = sp.And(*(c for c in mine if c != strict))
                found = sp.And(rest, weak)
                if self.implies(narrow, found, at) and self.implies(
                    sp.And(rest, edge), condition, at
                ):
                    return joined(sp.Or(found, *(c for c in parts if c not in (wide, narrow))))
        return condition

    def _inner(self, part: Boolean, others: Sequence[Boolean], join: type, at: Samples) -> Boolean:
        """A part in its context: a conjunct may assume the others, a disjunct that they fail."""
        known = [c if join is sp.And else sp.Not(c) for c in others]
        known = [c for c in known if c.is_Relational and (c.lhs - c.rhs).is_polynomial()]
        if part.is_Relational and join is sp.Or:
            return part if _is_product(part) else self.divided(part, at)
        inner = _Parts(
            Space.of(self.space, *known), self.samples.obeying(known), self.budget, self.effort
        )
        if part.is_Relational:
            way = inner.lean if _is_product(part) else inner.divided
            return way(part, at.obeying(known))
        return inner.short(part, at.obeying(known))

    def divided(self, relation: Boolean, at: Samples) -> Boolean:
        """An inequality without the factors of its two sides' difference whose sign is known here.

        As it was where there are none: b c > b d is c > d where b is positive.
        """
        if not isinstance(relation, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
            return relation
        difference = at.element(relation.lhs - relation.rhs)
        if (
            difference is None
            or not difference.denom.is_ground
            or len(difference.numer) > _MOST_TERMS
        ):
            return relation
        constant, factors = difference.numer.factor_list()
        sign = -1 if constant * difference.denom.LC < 0 else 1
        odd = [f.as_expr() for f, power in factors if power % 2]
        even = [f.as_expr() for f, power in factors if power % 2 == 0]
        if len(odd) + len(even) < 2:
            one_sided = relation.rhs == 0 and relation.lhs.is_Add
            return sided(relation.lhs, relation.func) if one_sided else relation
        whole = sp.Mul(sign, *odd, *(f**2 for f in even), evaluate=False)
        product = relation.func(sp.Mul(*whole.args), 0)
        found = self.lean(product, at) if _is_product(product) else relation
        return relation if found == product else found

    def lean(self, relation: Boolean, at: Samples) -> Boolean:
        """The sign of a product without the factors whose sign is known here."""
        left, negative = [], False
        for factor in relation.lhs.args:
            if factor.is_number:
                left.append(factor)
            elif self.proves(sp.Lt(factor, 0), at):
                negative = not negative
            elif not self.proves(sp.Gt(factor, 0), at):
                left.append(factor)
        for pair in combinations(left, 2):
            if len(left) > 2 and not set(pair) - set(left):
                product = sp.Mul(*pair)
                below = self.proves(sp.Lt(product, 0), at)
                if below or self.proves(sp.Gt(product, 0), at):
                    left = [f for f in left if f not in pair]
                    negative ^= below
        if len(left) == len(relation.lhs.args):
            return relation
        rest = sp.Mul(*left)
        return sided(-rest if negative else rest, relation.func)


def conjunction(
    condition: Boolean, space: Space, samples: Samples, effort: Effort
) -> Boolean | None:
    """A condition as the signs that the factors of its relations have wherever it holds.

    That is proved both ways. None where some sign stays open, or no sample obeys.
    """
    seen = samples.truth(condition)
    if seen is None or not seen.any():
        return None
    inside = Samples(samples.field, samples.points[seen])
    parts = _Parts(space, samples, STEP, effort)
    literals = []
    for factor in _factors_of(condition, samples):
        relation = _ONE_SIGN.get(inside.seen(factor))
        if relation is not None:
            literals.append(sided(factor.as_expr(), relation))
    literals = [one for one in dict.fromkeys(literals) if one not in (sp.true, sp.false)]
    if not parts.implies(sp.And(*literals), condition, samples):
        return None
    kept = sorted(literals, key=_simplest_first)
    for one in reversed(list(kept)):
        others = [other for other in kept if other != one]
        if parts.implies(sp.And(*others), one, samples):
            kept = others
    found = sp.And(*kept)
    return found if parts.asked(sp.Implies(condition, found, evaluate=False)) else None


def _factors_of(condition: Boolean, samples: Samples) -> list[Any]:
    """The irreducible factors of all relations, each once, shortest first."""
    found: dict[Any, None] = {}
    for relation in sorted(condition.atoms(sp.core.relational.Relational), key=str):
        value = samples.element(relation.lhs - relation.rhs)
        if value is not None:
            for part in (value.numer, value.denom):
                found |= dict.fromkeys(f for f, _ in part.factor_list()[1])
    return sorted(found, key=len)


def _is_product(relation: Boolean) -> bool:
    """Whether a relation is the sign of a product, never that of an equation between factors."""
    return bool(relation.rhs == 0 and relation.lhs.is_Mul)


@lru_cache(maxsize=8192)
def _asked(statement: Boolean, space: Space, budget: Budget) -> bool:
    return holds(statement, space, budget)


def _simplest_first(part: Boolean) -> tuple[bool, int, str]:
    return not isinstance(part, sp.Eq), sp.count_ops(part), str(part)


__all__ = ["conjunction", "onto_equations", "reduced", "short"]
