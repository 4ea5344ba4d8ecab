"""Moves of a game tree, some of which are real numbers: ranges, distributions, nodes by history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, substitute
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import UnsupportedError


@dataclass(frozen=True)
class ChoiceRange(Picklable):
    """A real choice: its symbol, and the interval it is from.

    Parameters
    ----------
    symbol : SymPy symbol
    low, high : SymPy expressions
        The ends, in the parameters; infinite ones are ``-oo`` and ``oo``.
    has_low, has_high : bool
        Whether an end belongs to the interval; an infinite one never does.
    """

    symbol: Symbol
    low: Expr = -sp.oo
    high: Expr = sp.oo
    has_low: bool = False
    has_high: bool = False

    def contains(self, value: Expr) -> Boolean:
        """The condition that a value is in the interval."""
        return sp.And(*self.bounds(value))

    def bounds(self, value: Expr) -> tuple[Boolean, ...]:
        """The conditions that a value is on the right side of each finite end."""
        return self._sides(value, closed=(self.has_low, self.has_high))

    def interior(self, value: Expr) -> Boolean:
        """The condition that a value is strictly between the ends."""
        return sp.And(*self._sides(value, closed=(False, False)))

    def _sides(self, value: Expr, closed: tuple[bool, bool]) -> tuple[Boolean, ...]:
        sides: list[Boolean] = []
        if self.low != -sp.oo:
            sides.append((sp.Ge if closed[0] else sp.Gt)(value, self.low))
        if self.high != sp.oo:
            sides.append((sp.Le if closed[1] else sp.Lt)(value, self.high))
        return tuple(side for side in sides if side != sp.true)

    @property
    def nonempty(self) -> Boolean:
        """The condition that the interval holds a point."""
        if self.low == -sp.oo or self.high == sp.oo:
            return sp.true
        return (sp.Le if self.has_low and self.has_high else sp.Lt)(self.low, self.high)

    def at(self, values: Mapping[Symbol, Expr]) -> ChoiceRange:
        """The range at values of parameters."""
        low, high = substitute(self.low, values), substitute(self.high, values)
        return ChoiceRange(self.symbol, low, high, self.has_low, self.has_high)

    def __str__(self) -> str:
        below = f"{self.low} {'<=' if self.has_low else '<'} " if self.low != -sp.oo else ""
        above = f" {'<=' if self.has_high else '<'} {self.high}" if self.high != sp.oo else ""
        if not above and below:
            return f"{self.symbol} {'>=' if self.has_low else '>'} {self.low}"
        return f"{below}{self.symbol}{above}"


@dataclass(frozen=True)
class Distribution(Picklable):
    """A continuous distribution on an interval.

    Parameters
    ----------
    symbol : SymPy symbol
        The number drawn.
    low, high : SymPy expressions
        The ends of the interval, finite.
    density : SymPy expression
        In the number drawn and the parameters.
    cdf : SymPy expression
        The distribution function, whose derivative is the density.
    """

    symbol: Symbol
    low: Expr
    high: Expr
    density: Expr
    cdf: Expr

    @classmethod
    def uniform(cls, symbol: Symbol, low: Expr, high: Expr) -> Distribution:
        """The uniform distribution between two ends."""
        return cls(symbol, low, high, 1 / (high - low), (symbol - low) / (high - low))

    @property
    def is_uniform(self) -> bool:
        """Whether the density is the same everywhere."""
        return self.symbol not in self.density.free_symbols

    @property
    def bounds(self) -> Boolean:
        """The condition that the number is in the interval."""
        return sp.And(sp.Ge(self.symbol, self.low), sp.Le(self.symbol, self.high))

    def expectation(self, value: Expr, low: Expr, high: Expr) -> Expr:
        """The integral of a value times the density from one number to another.

        UnsupportedError unless the value is free of the number drawn, or both value and density are
        polynomials in it.
        """
        c = self.symbol
        if c not in value.free_symbols:
            return value * sp.cancel(self.cdf.xreplace({c: high}) - self.cdf.xreplace({c: low}))
        integrand = sp.expand(value * self.density)
        if not integrand.is_polynomial(c):
            raise UnsupportedError(
                f"a payoff depends on {c}, and its product with the density, {integrand}, is no "
                f"polynomial in {c}; use a uniform distribution or a polynomial density"
            )
        integral = sp.Poly(integrand, c).integrate().as_expr()
        return sp.cancel(sp.together(integral.xreplace({c: high}) - integral.xreplace({c: low})))

    def at(self, values: Mapping[Symbol, Expr]) -> Distribution:
        """The distribution at values of parameters."""
        ends = (substitute(e, values) for e in (self.low, self.high, self.density, self.cdf))
        return Distribution(self.symbol, *ends)

    def __str__(self) -> str:
        if self.is_uniform:
            return f"{self.symbol} uniform between {self.low} and {self.high}"
        return f"{self.symbol} between {self.low} and {self.high} with density {self.density}"


History: TypeAlias = tuple[str, ...]
"""The labels of the moves that lead to a node; of a real number, its symbol's name."""


@dataclass(frozen=True)
class End(Picklable):
    """The end of play: a payoff for each player, in the parameters and what was chosen or drawn."""

    payoffs: Mapping[str, Expr]

    @property
    def labels(self) -> tuple[str, ...]:
        """No move follows."""
        return ()

    def at(self, values: Mapping[Symbol, Expr]) -> End:
        """The node at values of parameters."""
        return End(FrozenMapping({p: substitute(v, values) for p, v in self.payoffs.items()}))


@dataclass(frozen=True)
class Lottery(Picklable):
    """A chance move with finitely many outcomes."""

    probabilities: Mapping[str, Expr]

    @property
    def labels(self) -> tuple[str, ...]:
        """The outcomes."""
        return tuple(self.probabilities)

    def at(self, values: Mapping[Symbol, Expr]) -> Lottery:
        """The node at values of parameters."""
        items = self.probabilities.items()
        return Lottery(FrozenMapping({k: substitute(p, values) for k, p in items}))


@dataclass(frozen=True)
class Decision(Picklable):
    """A choice among finitely many actions, at an information set."""

    player: str
    information_set: str
    actions: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The actions."""
        return self.actions

    def at(self, values: Mapping[Symbol, Expr]) -> Decision:
        """The node itself: it has no parameters."""
        return self


@dataclass(frozen=True)
class RealChoice(Picklable):
    """A choice of a real number, at an information set."""

    player: str
    information_set: str
    range: ChoiceRange

    @property
    def number(self) -> Symbol:
        """The symbol of the number chosen."""
        return self.range.symbol

    @property
    def bounds(self) -> Boolean:
        """The condition that the number is in its range."""
        return self.range.contains(self.number)

    @property
    def labels(self) -> tuple[str, ...]:
        """The name of the number."""
        return (self.number.name,)

    def at(self, values: Mapping[Symbol, Expr]) -> RealChoice:
        """The node at values of parameters."""
        return RealChoice(self.player, self.information_set, self.range.at(values))


@dataclass(frozen=True)
class Draw(Picklable):
    """A real number drawn by nature, and the players who learn it."""

    distribution: Distribution
    known_to: tuple[str, ...]

    @property
    def number(self) -> Symbol:
        """The symbol of the number drawn."""
        return self.distribution.symbol

    @property
    def bounds(self) -> Boolean:
        """The condition that the number is in its interval."""
        return self.distribution.bounds

    @property
    def labels(self) -> tuple[str, ...]:
        """The name of the number."""
        return (self.number.name,)

    def at(self, values: Mapping[Symbol, Expr]) -> Draw:
        """The node at values of parameters."""
        return Draw(self.distribution.at(values), self.known_to)


SequentialNode: TypeAlias = End | Lottery | Decision | RealChoice | Draw
Nodes: TypeAlias = Mapping[History, SequentialNode]


def members(nodes: Nodes) -> dict[str, tuple[History, ...]]:
    """The histories of each information set, those nearer to the start first."""
    result: dict[str, list[History]] = {}
    for history in sorted(nodes, key=len):
        node = nodes[history]
        if isinstance(node, Decision | RealChoice):
            result.setdefault(node.information_set, []).append(history)
    return {name: tuple(histories) for name, histories in result.items()}


def symbols_of(node: SequentialNode) -> set[Symbol]:
    """Every symbol in a node's expressions, and that of the number chosen or drawn there."""
    if isinstance(node, End):
        expressions = list(node.payoffs.values())
    elif isinstance(node, RealChoice):
        expressions = [node.range.symbol, node.range.low, node.range.high]
    elif isinstance(node, Draw):
        d = node.distribution
        expressions = [d.symbol, d.low, d.high, d.density, d.cdf]
    elif isinstance(node, Lottery):
        expressions = list(node.probabilities.values())
    else:
        expressions = []
    return {s for e in expressions for s in e.free_symbols}


def number_nodes(nodes: Nodes, history: History) -> tuple[RealChoice | Draw, ...]:
    """The choices and draws of real numbers on the way to a history, in order."""
    before = (nodes[history[:k]] for k in range(len(history)))
    return tuple(node for node in before if isinstance(node, RealChoice | Draw))


def numbers_before(nodes: Nodes, history: History) -> tuple[Symbol, ...]:
    """The real numbers chosen or drawn on the way to a history, in order."""
    return tuple(node.number for node in number_nodes(nodes, history))


def space_before(nodes: Nodes, history: History, space: Space) -> Space:
    """The parameters and every number chosen or drawn before a history, each in its range."""
    for node in number_nodes(nodes, history):
        space = Space.of(space, node.bounds, symbols=(node.number,))
    return space


def known_numbers(nodes: Nodes, history: History) -> tuple[Symbol, ...]:
    """The real numbers that whoever moves at a history knows."""
    player = getattr(nodes[history], "player", "")
    return tuple(
        node.number
        for node in number_nodes(nodes, history)
        if isinstance(node, RealChoice) or player in node.known_to
    )
