"""Continuous choices: compact choice intervals, and payoffs continuous in the choices.

A theorem on monotone comparative statics has premises: a best reply exists where the choices are
compact and the payoff continuous in them; the choices are a lattice where they are an interval that
the others' choices do not move; and where a parameter moves its ends, they must go its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.case_distinction import closure, is_satisfiable, negation
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.proof_text import condition_text
from gametheory_eeu.statics.condition_forms import sign
from gametheory_eeu.statics.conditions import domain_conditions, unimplied_conditions
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.increasing_differences import (
    Comparison,
    Pair,
    fresh_symbol,
    is_continuous_node,
    is_smooth,
    segment_claims,
)

_GAPPED_ASSUMPTIONS = {
    "rational", "irrational", "nonzero", "zero", "noninteger", "even", "odd", "prime", "composite",
    "algebraic", "transcendental",
}  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """Players' payoffs, the symbol of each one's own continuous choice, and the space of all."""

    payoffs: Mapping[str, Expr]
    own: Mapping[str, Symbol]
    space: Space

    # What is compared.

    def complements(self) -> Iterator[Comparison]:
        """Each player's gain from a higher choice, before and after a rise in another's."""
        for player, x in self.own.items():
            for z in self.own.values():
                if z != x and z in self.payoffs[player].free_symbols:
                    yield self._comparison(player, z)

    def differences(self, shift: ShiftParameter) -> Iterator[Comparison]:
        """Each player's gain from a higher choice, before and after a rise in the parameter."""
        if not self.varying_ends(shift):
            yield from (self._comparison(player, shift.symbol) for player in self.own)
            return
        rising = self.has_monotone_ends(shift, rising=True)
        yield from (self._joint_comparison(player, shift, rising=rising) for player in self.own)

    def _gain(self, player: str) -> tuple[Expr, Pair]:
        pair = Pair.of(self.space, self.own[player])
        payoff = self.payoffs[player]
        return pair.raised(payoff) - payoff, pair

    def _comparison(self, player: str, symbol: Symbol) -> Comparison:
        gain, own_pair = self._gain(player)
        pair = Pair.of(own_pair.space, symbol)
        x, payoff = self.own[player], self.payoffs[player]
        path_claims = [segment_claims(self.space, s) for s in (x, symbol)]
        comparison = Comparison(player, gain, pair.raised(gain), pair.space)
        if None in path_claims or not is_smooth(payoff, (x, symbol)):
            return comparison
        claims = tuple(claim for path in path_claims for claim in path or ())
        slope = sp.diff(payoff, x, symbol)
        return replace(comparison, slope=slope, along=self.space, segment_claims=claims)

    def _joint_comparison(self, player: str, shift: ShiftParameter, *, rising: bool) -> Comparison:
        """The comparison where the others' choices move too, for intervals that may be disjoint."""
        gain, own_pair = self._gain(player)
        others = [z for z in self.own.values() if z != self.own[player]]
        higher, space = _two_points(own_pair.space, shift.symbol, others)
        orderings = (higher[z] >= z if rising else higher[z] <= z for z in others)
        return Comparison(player, gain, gain.xreplace(higher), Space.of(space, *orderings))

    # The premises.

    def failures(self) -> Iterator[str]:
        """The premises on choices and payoffs that were not proved."""
        for player, x in self.own.items():
            yield from self.intervals[player].failures
            payoff = self.payoffs[player]
            yield from domain_failures(player, (payoff,), self.space)
            if not x.is_integer and not _is_continuous(payoff, x, self.space):
                yield f"{player}'s payoff was not proved continuous in {x}"

    def varying_ends(self, shift: ShiftParameter) -> tuple[Expr, ...]:
        """The interval endpoints that a parameter moves."""
        bounds = (bound for interval in self.intervals.values() for bound in interval.ends)
        return tuple(bound for bound in bounds if shift.moves(bound))

    def has_monotone_ends(self, shift: ShiftParameter, *, rising: bool) -> bool:
        """Whether every endpoint that the parameter moves was proved to move in one direction."""
        signs = SIGNS[">=0" if rising else "<=0"]
        return all(SIGNS[result.sign] <= signs for result in self.endpoint_signs(shift))

    def endpoint_signs(self, shift: ShiftParameter) -> tuple[prover.Sign, ...]:
        """The sign of each endpoint's change between two values of the parameter."""
        higher, space = _two_points(self.space, shift.symbol, self.own.values())
        ends = self.varying_ends(shift)
        return tuple(sign(bound.xreplace(higher) - bound, space) for bound in ends)

    def is_fixed(self, shift: ShiftParameter) -> bool:
        """Whether no two values of the parameter are possible with all else but choices equal."""
        _, space = _two_points(self.space, shift.symbol, self.own.values())
        return not is_satisfiable(space)

    @cached_property
    def intervals(self) -> Mapping[str, Interval]:
        """Each player's choice interval."""
        return {player: self._interval(player) for player in self.own}

    def _interval(self, player: str) -> Interval:
        x = self.own[player]
        other_choices = set(self.own.values()) - {x}
        interval = Interval.of_symbol(player, x)
        for constraint in self.space.constraints:
            if x in constraint.free_symbols:
                interval = interval.with_constraint(constraint, x, other_choices, self.space)
        return interval.bounded(player, x)


def _two_points(
    space: Space, symbol: Symbol, others: Iterable[Symbol]
) -> tuple[dict[Symbol, Symbol], Space]:
    """Two points of a space, at the second the symbol higher and others what they may be."""
    symbols = (symbol, *others)
    second = {s: fresh_symbol(f"{s.name}_higher", space, **s._assumptions_orig) for s in symbols}
    return second, Space.of(space, space.subs(second), second[symbol] > symbol)


@dataclass(frozen=True)
class Interval:
    """A player's choice set, with its bounds, and why it was not found to be a compact interval."""

    lower: tuple[Expr, ...] = ()
    upper: tuple[Expr, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[Expr, ...]:
        """The lower and upper bounds."""
        return self.lower + self.upper

    @classmethod
    def of_symbol(cls, player: str, x: Symbol) -> Interval:
        """The interval implied by the symbol's own assumptions."""
        if _GAPPED_ASSUMPTIONS & set(x._assumptions_orig):
            return cls((), (), (f"what {player} chooses, {x}, is no interval by its assumptions",))
        is_integer = bool(x.is_integer)
        if (x.is_positive or x.is_negative) and not is_integer:
            return cls((), (), (f"what {player} may choose is open at {x} = 0",))
        lower = (sp.Integer(1 if x.is_positive else 0),) if x.is_nonnegative else ()
        upper = (sp.Integer(-1 if x.is_negative else 0),) if x.is_nonpositive else ()
        return cls(lower, upper)

    def with_constraint(
        self, constraint: Boolean, x: Symbol, other_choices: set[Symbol], space: Space
    ) -> Interval:
        """The interval with one more constraint on the choice."""
        text = condition_text(constraint)
        if other_choices & constraint.free_symbols:
            return self._with_failure(f"{text} ties choices of several players together")
        if isinstance(constraint, (sp.Gt, sp.Lt)) and not x.is_integer:
            return self._with_failure(f"{text} leaves what may be chosen open, not compact")
        bounds = _bounds(constraint, x, space)
        if bounds is None:
            return self._with_failure(f"{text} was not found to bound an interval of {x}")
        lower, upper = bounds
        return Interval(self.lower + lower, self.upper + upper, self.failures)

    def bounded(self, player: str, x: Symbol) -> Interval:
        """The interval, with a failure where it is unbounded on one side."""
        for side, ends in (("below", self.lower), ("above", self.upper)):
            if not ends and not self.failures:
                return self._with_failure(f"what {player} may choose is unbounded {side}: {x}")
        return self

    def _with_failure(self, reason: str) -> Interval:
        return Interval(self.lower, self.upper, (*self.failures, reason))


def _bounds(
    constraint: Boolean, x: Symbol, space: Space
) -> tuple[tuple[Expr, ...], tuple[Expr, ...]] | None:
    """The lower and upper bounds that a linear relation sets; None for other relations."""
    if not isinstance(constraint, (sp.Ge, sp.Gt, sp.Le, sp.Lt, sp.Eq)):
        return None
    coefficients = linear_coefficients(constraint.lhs - constraint.rhs, x)
    if coefficients is None:
        return None
    coefficient, constant = coefficients
    coefficient_sign = sign(coefficient, space).sign
    if coefficient_sign not in ("+", "-"):
        return None
    bound = -constant / coefficient
    if not constant.has(*CASE_FUNCTIONS):
        bound = sp.cancel(bound)
    if isinstance(constraint, sp.Eq):
        return (bound,), (bound,)
    is_lower = isinstance(constraint, (sp.Ge, sp.Gt)) == (coefficient_sign == "+")
    return ((bound,), ()) if is_lower else ((), (bound,))


def domain_failures(player: str, payoffs: tuple[Expr, ...], space: Space) -> Iterator[str]:
    """Messages on a payoff that has no value somewhere on the space."""
    try:
        conditions = domain_conditions(payoffs, space)
    except UnsupportedError as error:
        yield str(error)
        return
    if conditions:
        domain = sp.And(*conditions)
        extent = "nowhere" if domain == sp.false else f"only where {condition_text(domain)}"
        yield f"a payoff of {player} has a value {extent}"


def _is_continuous(expression: Expr, x: Symbol, space: Space) -> bool:
    """Whether an expression with values on all of a space is proved continuous in a symbol."""
    if x not in expression.free_symbols or isinstance(expression, sp.Symbol):
        return True
    if isinstance(expression, sp.Piecewise):
        return _is_continuous_piecewise(expression, x, space)
    parts_continuous = all(_is_continuous(part, x, space) for part in expression.args)
    return parts_continuous and is_continuous_node(expression)


def _is_continuous_piecewise(piecewise: Expr, x: Symbol, space: Space) -> bool:
    """Whether the pieces are continuous and agree wherever two of their cases touch."""
    if not any(x in condition.free_symbols for _, condition in piecewise.args):
        return all(_is_continuous(value, x, space) for value, _ in piecewise.args)
    pieces = [(value, Space.of(space, where)) for value, where in _closed_cases(piecewise)]
    relations = piecewise.atoms(sp.core.relational.Relational)
    sides = tuple(side for relation in relations for side in relation.args)
    if _has_restricted_domain(sides, space) or not all(
        _is_continuous(side, x, space) for side in sides
    ):
        return False
    if not all(_is_continuous(v, x, p) and not _has_restricted_domain((v,), p) for v, p in pieces):
        return False
    pairs = combinations(pieces, 2)
    return all(not unimplied_conditions([sp.Eq(a, b)], Space.of(p, q)) for (a, p), (b, q) in pairs)


def _closed_cases(piecewise: Expr) -> Iterator[tuple[Expr, Boolean]]:
    """Each formula with the closure of its case."""
    earlier_conditions: list[Boolean] = []
    for value, condition in piecewise.args:
        yield value, closure(sp.And(*earlier_conditions, sp.to_nnf(condition, simplify=False)))
        earlier_conditions.append(negation(condition))


def _has_restricted_domain(expressions: tuple[Expr, ...], space: Space) -> bool:
    try:
        return bool(domain_conditions(expressions, space))
    except UnsupportedError:
        return True
