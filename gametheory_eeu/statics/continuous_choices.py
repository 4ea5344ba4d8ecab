"""Choices that are numbers: whether they are compact intervals, and payoffs continuous in them.

A theorem on monotone comparative statics has premises: a best reply exists where the choices are
compact and the payoff continuous in them; the choices are a lattice where they are an interval that
the others' choices do not move; and where a parameter moves its ends, they must go its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.proof_text import said
from gametheory_eeu.statics.case_distinction import BY_CASES, closed, negated, possible
from gametheory_eeu.statics.derivatives import Mover
from gametheory_eeu.statics.existence import missing, restriction
from gametheory_eeu.statics.increasing_differences import (
    Comparison,
    Pair,
    connection,
    fresh,
    is_continuous_node,
    is_smooth,
)
from gametheory_eeu.statics.settled import sign

_GAPS = ("rational", "irrational", "nonzero", "zero", "noninteger", "even", "odd", "prime",
         "composite", "algebraic", "transcendental")  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What each player chooses, a number, and what that brings.

    Parameters
    ----------
    payoffs : mapping of player to SymPy expression
    own : mapping of player to SymPy symbol
    space : Space
        Of the parameters and the choices.
    """

    payoffs: Mapping[str, Expr]
    own: Mapping[str, Symbol]
    space: Space

    # What is compared.

    def complements(self) -> Iterator[Comparison]:
        """Each player's gain from more, before and after another player's choice is higher."""
        for player, x in self.own.items():
            for z in self.own.values():
                if z != x and z in self.payoffs[player].free_symbols:
                    yield self._comparison(player, z)

    def differences(self, mover: Mover) -> Iterator[Comparison]:
        """Each player's gain from more, before and after the parameter is higher."""
        moved = self.moved_ends(mover)
        for player in self.own:
            if moved:
                yield self._together(player, mover, rising=self.ascend(mover, rising=True))
            else:
                yield self._comparison(player, mover.symbol)

    def _gain(self, player: str) -> tuple[Expr, Pair]:
        pair = Pair.of(self.space, self.own[player])
        payoff = self.payoffs[player]
        return pair.raised(payoff) - payoff, pair

    def _comparison(self, player: str, by: Symbol) -> Comparison:
        gain, own = self._gain(player)
        pair = Pair.of(own.space, by)
        x, payoff = self.own[player], self.payoffs[player]
        paths = [connection(self.space, s) for s in (x, by)]
        if None in paths or not is_smooth(payoff, (x, by)):
            return Comparison(player, gain, pair.raised(gain), pair.space)
        return Comparison(player, gain, pair.raised(gain), pair.space, sp.diff(payoff, x, by),
                          self.space, tuple(c for p in paths for c in p or ()))  # fmt: skip

    def _together(self, player: str, mover: Mover, *, rising: bool) -> Comparison:
        """With the parameter the others' choices move, too: their intervals may not overlap."""
        gain, own = self._gain(player)
        others = [z for z in self.own.values() if z != self.own[player]]
        higher = self._apart(own.space, (mover.symbol, *others))
        order = [higher[z] >= z if rising else higher[z] <= z for z in others]
        there = own.space.subs(higher)
        both = Space.of(own.space, there, higher[mover.symbol] > mover.symbol, *order)
        return Comparison(player, gain, gain.xreplace(higher), both)

    @staticmethod
    def _apart(space: Space, symbols: Iterable[Symbol]) -> dict[Symbol, Symbol]:
        return {s: fresh(f"{s.name}_higher", space, **s._assumptions_orig) for s in symbols}

    # The premises.

    def failures(self) -> Iterator[str]:
        """What the theorem needs of choices and payoffs and was not found to hold."""
        for player, x in self.own.items():
            yield from self.intervals[player].failures
            payoff = self.payoffs[player]
            yield from undefined(player, (payoff,), self.space)
            if not x.is_integer and not _is_continuous(payoff, x, self.space):
                yield f"{player}'s payoff was not proved continuous in {x}"

    def moved_ends(self, mover: Mover) -> tuple[Expr, ...]:
        """The ends of intervals that a parameter moves."""
        return tuple(b for i in self.intervals.values() for b in i.ends if mover.moves(b))

    def ascend(self, mover: Mover, *, rising: bool) -> bool:
        """Whether every end that the parameter moves was proved to go its way, or against it."""
        ways = ("+", ">=0", "0") if rising else ("-", "<=0", "0")
        return all(found.sign in ways for found in self.ends_move(mover))

    def ends_move(self, mover: Mover) -> tuple[prover.Sign, ...]:
        """What each end gains over two values of the parameter at which everybody has a choice."""
        higher = self._apart(self.space, (mover.symbol, *self.own.values()))
        there = self.space.subs(higher)
        both = Space.of(self.space, there, higher[mover.symbol] > mover.symbol)
        return tuple(sign(b.xreplace(higher) - b, both) for b in self.moved_ends(mover))

    def is_fixed(self, mover: Mover) -> bool:
        """Whether no two values of the parameter are possible with all else but choices equal."""
        higher = self._apart(self.space, (mover.symbol, *self.own.values()))
        there = self.space.subs(higher)
        return not possible(Space.of(self.space, there, higher[mover.symbol] > mover.symbol))

    @cached_property
    def intervals(self) -> Mapping[str, Interval]:
        """What each player may choose."""
        return {player: self._interval(player) for player in self.own}

    def _interval(self, player: str) -> Interval:
        x = self.own[player]
        others = set(self.own.values()) - {x}
        found = Interval.of_symbol(player, x)
        for constraint in self.space.constraints:
            if x in constraint.free_symbols:
                found = found.narrowed(constraint, x, others, self.space)
        return found.bounded(player, x)


@dataclass(frozen=True)
class Interval:
    """What a player may choose, as far as it is a compact interval.

    Parameters
    ----------
    lower, upper : tuple of SymPy expressions
    failures : tuple of str
        Why it was not found to be one.
    """

    lower: tuple[Expr, ...] = ()
    upper: tuple[Expr, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[Expr, ...]:
        """All bounds."""
        return self.lower + self.upper

    @classmethod
    def of_symbol(cls, player: str, x: Symbol) -> Interval:
        """What the symbol's own assumptions say."""
        if any(key in x._assumptions_orig for key in _GAPS):
            return cls((), (), (f"what {player} chooses, {x}, is no interval by its assumptions",))
        whole = bool(x.is_integer)
        if (x.is_positive or x.is_negative) and not whole:
            return cls((), (), (f"what {player} may choose is open at {x} = 0",))
        lower = (sp.Integer(1 if x.is_positive else 0),) if x.is_nonnegative else ()
        upper = (sp.Integer(-1 if x.is_negative else 0),) if x.is_nonpositive else ()
        return cls(lower, upper)

    def narrowed(self, constraint: Boolean, x: Symbol, others: set[Symbol], space: Space
                 ) -> Interval:  # fmt: skip
        """With one more condition on the choice."""
        shown = said(constraint)
        if others & constraint.free_symbols:
            return self._failing(f"{shown} ties choices of several players together")
        if isinstance(constraint, (sp.Gt, sp.Lt)) and not x.is_integer:
            return self._failing(f"{shown} leaves what may be chosen open, not compact")
        sides = _solved(constraint, x, space)
        if sides is None:
            return self._failing(f"{shown} was not found to bound an interval of {x}")
        lower, upper = sides
        return Interval(self.lower + lower, self.upper + upper, self.failures)

    def bounded(self, player: str, x: Symbol) -> Interval:
        """With a failure where it has no end on one side."""
        for side, ends in (("below", self.lower), ("above", self.upper)):
            if not ends and not self.failures:
                return self._failing(f"what {player} may choose is unbounded {side}: {x}")
        return self

    def _failing(self, why: str) -> Interval:
        return Interval(self.lower, self.upper, (*self.failures, why))


def _solved(
    constraint: Boolean, x: Symbol, space: Space
) -> tuple[tuple[Expr, ...], tuple[Expr, ...]] | None:
    """The lower and upper bounds that a relation sets, linear in the choice; None for others."""
    if not isinstance(constraint, (sp.Ge, sp.Gt, sp.Le, sp.Lt, sp.Eq)):
        return None
    difference = sp.expand(constraint.lhs - constraint.rhs)
    if not difference.is_polynomial(x) or sp.degree(difference, x) != 1:
        return None
    slope, rest = difference.coeff(x, 1), difference.coeff(x, 0)
    steep = sign(slope, space).sign
    if steep not in ("+", "-"):
        return None
    bound = sp.cancel(-rest / slope) if not rest.has(*BY_CASES) else -rest / slope
    if isinstance(constraint, sp.Eq):
        return (bound,), (bound,)
    is_lower = isinstance(constraint, (sp.Ge, sp.Gt)) == (steep == "+")
    return ((bound,), ()) if is_lower else ((), (bound,))


def undefined(player: str, payoffs: tuple[Expr, ...], space: Space) -> Iterator[str]:
    """Where a payoff has a value, if not everywhere."""
    try:
        limits = restriction(payoffs, space)
    except UnsupportedError as error:
        yield str(error)
        return
    if limits:
        where = sp.And(*limits)
        only = "nowhere" if where == sp.false else f"only where {said(where)}"
        yield f"a payoff of {player} has a value {only}"


def _is_continuous(expression: Expr, x: Symbol, space: Space) -> bool:
    """Whether an expression with values on all of a space is proved continuous in a symbol."""
    if x not in expression.free_symbols or isinstance(expression, sp.Symbol):
        return True
    if isinstance(expression, sp.Piecewise):
        return _is_pasted(expression, x, space)
    inside = all(_is_continuous(part, x, space) for part in expression.args)
    return inside and is_continuous_node(expression)


def _is_pasted(piecewise: Expr, x: Symbol, space: Space) -> bool:
    """Whether the formulas have values and agree wherever two of their cases touch."""
    if not any(x in condition.free_symbols for _, condition in piecewise.args):
        return all(_is_continuous(value, x, space) for value, _ in piecewise.args)
    places = [(value, Space.of(space, where)) for value, where in _closures(piecewise)]
    relations = piecewise.atoms(sp.core.relational.Relational)
    sides = tuple(side for relation in relations for side in relation.args)
    if _limits(sides, space) or not all(_is_continuous(side, x, space) for side in sides):
        return False
    if not all(_is_continuous(v, x, p) and not _limits((v,), p) for v, p in places):
        return False
    pairs = combinations(places, 2)
    return all(not missing([sp.Eq(a, b)], Space.of(p, q)) for (a, p), (b, q) in pairs)


def _closures(piecewise: Expr) -> Iterator[tuple[Expr, Boolean]]:
    """Each formula, where it holds and on the edges of that."""
    before: list[Boolean] = []
    for value, condition in piecewise.args:
        yield value, closed(sp.And(*before, sp.to_nnf(condition, simplify=False)))
        before.append(negated(condition))


def _limits(parts: tuple[Expr, ...], space: Space) -> bool:
    try:
        return bool(restriction(parts, space))
    except UnsupportedError:
        return True


__all__ = ["Choices", "Interval", "undefined"]
