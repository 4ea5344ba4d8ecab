"""What moves what: the derivatives of a game's quantities and payoffs, and where each is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.model import Game, Implicit
from gametheory_eeu.space import COUNT, Parameter, Space, renamed_apart


@dataclass(frozen=True)
class Moving:
    """An expression that moves with the parameters, and where it exists."""

    name: str
    symbol: str
    expression: Expr
    exists_when: Boolean
    implicit: Implicit | None = None


@dataclass(frozen=True)
class Derivative:
    """The derivative of a moving expression in a parameter, over a space, at the game's values."""

    of: Moving
    wrt: Parameter
    expression: Expr
    space: Space


def moving(game: Game) -> Iterator[Moving]:
    """A game's quantities, then the payoffs at each isolated equilibrium, without values."""
    general = game.general
    for q in general.quantities.values():
        yield Moving(q.name, q.symbol, q.expression, q.exists_when, q.implicit)
    if game.members is not None:
        return  # Payoffs at each of many asymmetric equilibria: ask one by one.
    for equilibrium in general.solve():
        if equilibrium.free:
            continue
        for player, payoff in equilibrium.payoffs.items():
            name = f"payoff of {player} at {equilibrium.name}"
            symbol = rf"u_{{\text{{{player}}}}}(\text{{{equilibrium.name}}})"
            yield Moving(name, symbol, payoff, equilibrium.condition)


def derivatives(game: Game, what: Moving) -> Iterator[Derivative]:
    """The derivatives of one expression in every parameter it moves with."""
    table = type(game).parameters.expanded(game.members)
    unknown = [] if what.implicit is None else [what.implicit.unknown]
    values = {**game.values, **renamed_apart(unknown, game.values)}
    tied = _equated(what.exists_when)
    for row in table:
        found = None if row.symbol in tied else _derivative(what, row, tuple(table))
        if found is None:
            continue
        expression, conditions = found
        space = Space.of(game.general.space, what.exists_when, *conditions).subs(values)
        at_values = expression.subs(values, simultaneous=True)
        yield Derivative(what, row, at_values, space)


def _equated(condition: Boolean) -> set[Symbol]:
    """Symbols that an equation ties together: what exists only there has no derivative in one."""
    return {s for equation in condition.atoms(sp.Eq) for s in equation.free_symbols}


def _derivative(
    what: Moving, row: Parameter, table: tuple[Parameter, ...]
) -> tuple[Expr, tuple[Boolean, ...]] | None:
    symbol = row.symbol
    if what.implicit is not None:
        return _implicit(what.implicit, symbol)
    if symbol in what.expression.free_symbols:
        return _direct(what.expression, row), _no_kink(what.expression, row)
    for derived in table:
        uses = derived.symbol in what.expression.free_symbols
        if uses and derived.default is not None and symbol in derived.default.free_symbols:
            return _through(what.expression, derived, symbol, table)
    return None


def _direct(expression: Expr, row: Parameter) -> Expr:
    """A derivative; for a whole number, the difference one more makes."""
    if row.domain == COUNT:
        return sp.factor(expression.subs(row.symbol, row.symbol + 1) - expression)
    return _slope(expression, row.symbol)


def _slope(expression: Expr, symbol: Symbol) -> Expr:
    """A derivative, that of a maximum or minimum branch by branch."""
    if expression.has(sp.Max, sp.Min):
        expression = expression.rewrite(sp.Piecewise)
    return sp.diff(expression, symbol)


def _no_kink(expression: Expr, row: Parameter) -> tuple[Boolean, ...]:
    """Where a maximum or minimum has a derivative: off its ties, or where the branches agree."""
    if row.domain == COUNT:
        return ()
    pairs = (p for e in expression.atoms(sp.Max, sp.Min) for p in combinations(e.args, 2))
    return tuple(
        sp.Or(sp.Ne(a, b), sp.Eq(_slope(a, row.symbol), _slope(b, row.symbol))) for a, b in pairs
    )


def _implicit(root: Implicit, symbol: Symbol) -> tuple[Expr, tuple[Boolean, ...]] | None:
    """The implicit function theorem: dx/ds = -F_s/F_x where F = 0 on the branch."""
    if symbol not in root.equation.free_symbols:
        return None
    if symbol.is_integer:
        return None  # A difference of roots is no ratio of derivatives.
    slope = -sp.diff(root.equation, symbol) / sp.diff(root.equation, root.unknown)
    return slope, (sp.Eq(root.equation, 0), root.branch)


def _through(
    expression: Expr, derived: Parameter, symbol: Symbol, table: tuple[Parameter, ...]
) -> tuple[Expr, tuple[Boolean, ...]]:
    """The chain rule through a derived parameter, such as a weight that follows from urgencies."""
    default = derived.default
    slope = sp.diff(expression, derived.symbol) * sp.factor(sp.diff(default, symbol))
    domains = [row.condition for row in table if row.symbol in default.free_symbols]  # type: ignore[union-attr]
    return slope, (sp.Eq(derived.symbol, default), *domains)
