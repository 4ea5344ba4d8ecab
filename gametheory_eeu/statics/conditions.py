"""Conditions: where games and formulas exist, and where a derivative is strictly signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, factorization
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError, UnsupportedError
from gametheory_eeu.games import AbstractGame, EquilibriumSet, ImplicitRoot, Quantity
from gametheory_eeu.prover.functions import mentions
from gametheory_eeu.prover.indeterminates import natural_domain
from gametheory_eeu.statics.condition_forms import (
    ConditionForms,
    condition_forms,
    conjunction,
    positive_forms,
    sign,
)


def solve(game: AbstractGame, concept: str | None) -> EquilibriumSet:
    """A game's equilibria; anything but a game is refused."""
    argument: object = game  # what a user wrote
    if not isinstance(argument, AbstractGame):
        fix = "Write one with NormalForm or ExtensiveForm"
        raise ParameterError("game", argument, "a game of the library or one you wrote", fix)
    return game.solve(concept)


def restricted_space(game: AbstractGame, given: object) -> Space:
    """The game's space with further conditions on its symbols."""
    space = Space.of(game.space, given)
    symbols_by_name = {symbol.name: symbol for symbol in game.space.symbols}
    for symbol in space.symbols:
        if symbol.name not in symbols_by_name:
            raise UnknownNameError("symbol", symbol.name, symbols_by_name)
    if prover.is_empty(space).verdict == "proved":
        raise SpaceError(f"no parameter values obey what is given: {space}")
    return space


def refuse_functions(what: str, conditions: Iterable[Boolean]) -> None:
    """Refuse unspecified functions where conditions are to be evaluated at exact points."""
    for condition in filter(mentions, conditions):
        raise UnsupportedError(
            f"{what} are shown at exact points, and {condition} has an unspecified function; read "
            "the equilibria of solve(), each with its condition, or put an actual function in its "
            "place"
        )


@lru_cache(maxsize=2048)
def domain_conditions(expressions: tuple[Expr | Boolean, ...], space: Space) -> tuple[Boolean, ...]:
    """Natural domain conditions of some expressions that a space does not imply.

    Examples
    --------
    >>> y = sp.Symbol("y", real=True)
    >>> domain_conditions((sp.log(y),), Space.of(sp.Ne(y, 0)))
    (y > 0,)
    >>> domain_conditions((sp.log(y),), Space.of(y > 1))
    ()
    """
    return unimplied_conditions((natural_domain(expression) for expression in expressions), space)


def unimplied_conditions(conditions: Iterable[Boolean], space: Space) -> tuple[Boolean, ...]:
    """The conjuncts of some conditions that a space was not proved to imply."""
    conjunction = sp.And(*conditions)
    conjuncts = conjunction.args if isinstance(conjunction, sp.And) else (conjunction,)
    result: list[Boolean] = []
    for conjunct in sorted(conjuncts, key=lambda c: (sp.count_ops(c), str(c))):
        known_space = Space.of(space, *result)
        if not _is_implied(conjunct, known_space):
            result.append(
                min(conjunct, condition_forms(conjunct, known_space).condition, key=sp.count_ops)
            )
    return tuple(result)


def _is_implied(condition: Boolean, space: Space) -> bool:
    if condition == sp.true or condition in space.constraints:
        return True
    for given in (space, _rational_part(space)):
        try:
            return prover.prove(condition, given=given).verdict == "proved"
        except UnsupportedError:
            continue  # what follows from a part of what is given follows from all of it
    return False


def _rational_part(space: Space) -> Space:
    """The space with only its constraints between rational functions."""
    constraints = (c for c in space.constraints if c.is_Relational and not c.has(sp.Function)
            and (c.lhs - c.rhs).is_rational_function(*c.free_symbols)
            and not c.atoms(sp.NumberSymbol))  # fmt: skip
    return Space(space.symbols, tuple(constraints))


# Where a sign is strict, as a condition that readers recognise.


@dataclass(frozen=True)
class SignCondition(Picklable):
    """The condition under which a weak sign is strict, or an undecided one positive, proved.

    Parameters
    ----------
    forms : ConditionForms
        The condition: in the parameters, by the quantities' names, by their symbols.
    proofs : tuple of Proof
        That the derivative has that sign exactly where the condition holds.
    """

    forms: ConditionForms
    proofs: tuple[prover.Proof, ...]

    @property
    def condition(self) -> Boolean:
        """The condition in the parameters."""
        return self.forms.condition

    @property
    def text(self) -> str:
        """The condition as text, with quantities' names."""
        return str(self.forms.by_name)


def sign_condition(
    result: prover.Sign, quantities: Iterable[Quantity] = (), root: ImplicitRoot | None = None
) -> SignCondition | None:
    """The condition that decides a sign; of a root, reduced modulo its equation.

    None where the sign is strict everywhere, or nothing simpler than the derivative was proved to
    decide it.
    """
    deciding = result.deciding
    if deciding is None or result.sign in ("+", "-", "0") or result.verdict == "unknown":
        return None
    if result.sign == "<=0":
        deciding = -deciding
    for form in _candidates(deciding, result.space, tuple(quantities), root):
        proofs = _proofs(result, form.condition)
        if proofs:
            return SignCondition(form, proofs)
    return None


def _candidates(
    deciding: Expr, space: Space, quantities: tuple[Quantity, ...], root: ImplicitRoot | None
) -> Iterator[ConditionForms]:
    """Candidate forms of the condition, the best first."""
    if root is not None:
        remainder = _remainder(deciding, root)
        if remainder is not None:
            yield _factor_forms(remainder, space, quantities)
    if not deciding.has(sp.Max, sp.Min, sp.Piecewise):
        yield _factor_forms(deciding, space, quantities)
        yield ConditionForms.plain(sp.Gt(deciding, 0))


def _remainder(deciding: Expr, root: ImplicitRoot) -> Expr | None:
    """The remainder of a polynomial modulo the root's equation; None where it is not simpler."""
    x, polynomials = root.unknown, (deciding, root.equation)
    if not all(p.is_polynomial(*p.free_symbols) for p in polynomials) or not deciding.has(x):
        return None
    remainder = factorization(sp.rem(deciding, root.equation, x))
    # The remainder may carry what it was divided by; whether the sign is the same, is proved.
    numerator, _ = common_denominator(remainder)
    is_shorter = sp.count_ops(numerator) < sp.count_ops(deciding)
    return numerator if is_shorter or not numerator.has(x) else None


def _proofs(result: prover.Sign, condition: Boolean) -> tuple[prover.Proof, ...]:
    """Proofs that the sign is strict exactly where the condition holds."""
    strict = sp.Lt if result.sign == "<=0" else sp.Gt
    try:
        proof = prover.equivalent(strict(result.expr, 0), condition, result.space)
        return (proof,) if proof.verdict == "proved" else ()
    except UnsupportedError:
        return _separate_proofs(result, condition)


def _separate_proofs(result: prover.Sign, condition: Boolean) -> tuple[prover.Proof, ...]:
    """Proofs of the two implications, where only signs can be decided."""
    inside_signs = ("-",) if result.sign == "<=0" else ("+",)
    inside = prover.sign(result.expr, given=[result.space, condition])
    outside = prover.sign(result.expr, given=[result.space, sp.Not(condition)])
    outside_signs = ("0", ">=0") if result.sign == "<=0" else ("0", "<=0", "-")
    holds = inside.sign in inside_signs and outside.sign in outside_signs
    return (inside.proof, outside.proof) if holds else ()


# By its factors.


def _factor_forms(deciding: Expr, space: Space, quantities: tuple[Quantity, ...]) -> ConditionForms:
    """Forms of the positivity of a product, factor by factor."""
    constant, factors = _factor_list(deciding)
    conditions: list[ConditionForms] = []
    remainder = sp.sympify(constant)
    for factor, power in factors:
        oriented_factor, strict = _orient(factor, space)
        if oriented_factor is None:
            remainder *= factor ** (power % 2)
            if power % 2 == 0:
                conditions.append(ConditionForms.plain(sp.Ne(factor, 0)))
            continue
        if not strict:
            conditions.append(positive_forms(oriented_factor, space, quantities))
        if oriented_factor != factor and power % 2:
            remainder = -remainder
    if remainder.is_number:
        return conjunction(*conditions) if remainder > 0 else ConditionForms.plain(sp.false)
    subspace = Space.of(space, *(c.condition for c in conditions))
    return conjunction(*conditions, positive_forms(remainder, subspace, quantities))


def _factor_list(deciding: Expr) -> tuple[Expr, list[tuple[Expr, int]]]:
    """The constant and the irreducible factors with their powers."""
    if not deciding.is_polynomial(*deciding.free_symbols):
        return sp.Integer(1), [(deciding, 1)]
    constant, factors = sp.Integer(1), []
    for factor in sp.Mul.make_args(deciding):
        base, power = factor.as_base_exp()
        if not base.free_symbols:
            constant *= factor
            continue
        content, primitive = sp.Poly(base, *sorted(base.free_symbols, key=str)).primitive()
        orientation = sp.sign(primitive.LC())
        constant *= (orientation * content) ** power
        factors.append((orientation * primitive.as_expr(), int(power)))
    return constant, factors


def _orient(factor: Expr, space: Space) -> tuple[Expr | None, bool]:
    """The factor or its opposite, whichever is nonnegative, and whether it is never zero."""
    result = sign(factor, space).sign
    if result in ("?", "0"):
        return None, False
    return (factor if result in ("+", ">=0") else -factor), result in ("+", "-")
