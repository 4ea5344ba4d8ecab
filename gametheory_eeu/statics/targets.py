"""Targets of comparative statics: quantities and payoffs of a game, and free formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Equilibrium, Game, ImplicitRoot

MAX_PAYOFF_EQUILIBRIA = 12
"""With named members, payoffs at every equilibrium only where there are no more equilibria."""


@dataclass(frozen=True)
class Target:
    """A target of comparative statics: an expression, and where it exists.

    Parameters
    ----------
    name, symbol : str
        Its name, and as it is written in LaTeX.
    expression : SymPy expression
        For a root without a closed form, the root's own symbol.
    exists_when : SymPy Boolean
    implicit : ImplicitRoot, optional
        The equation it solves, where that is the better definition.
    """

    name: str
    symbol: str
    expression: Expr
    exists_when: Boolean = sp.true
    implicit: ImplicitRoot | None = None

    def at(self, values: Mapping[Symbol, Expr]) -> Target:
        """The target at values of some parameters."""
        implicit = None if self.implicit is None else self.implicit.subs(values)
        expression = self.expression.xreplace(values)
        if self.implicit is not None and implicit is not None:
            expression = expression.xreplace({self.implicit.unknown: implicit.unknown})
        condition = self.exists_when.xreplace(values)
        return Target(self.name, self.symbol, expression, condition, implicit)

    @property
    def parts(self) -> tuple[Expr | Boolean, ...]:
        """The expressions and conditions that need a value for it to have one."""
        root = self.implicit
        return (self.expression, *(() if root is None else (root.equation, root.branch)))

    @property
    def branch(self) -> Boolean:
        """The branch of its root; true where it is no root."""
        return sp.true if self.implicit is None else self.implicit.branch

    @property
    def constrained_symbols(self) -> frozenset[Symbol]:
        """Symbols that an equation constrains, in which it has no derivative."""
        equations = sp.And(self.exists_when).atoms(sp.Eq)
        return frozenset(s for equation in equations for s in equation.free_symbols)


def targets(game: Game, requested: str | None = None, at: str | None = None) -> Iterator[Target]:
    """Targets of a game: its quantities, then the payoffs at each isolated equilibrium.

    Parameters
    ----------
    game : Game
    requested : str, optional
        A quantity's name, ``"payoff"``, or ``"payoff of … at …"``.
    at : str, optional
        Payoffs at this equilibrium only.
    """
    general = game.general
    asks_payoffs = requested is not None and requested.startswith("payoff")
    if at is None and not asks_payoffs:
        for quantity in general.quantities.values():
            yield Target(
                quantity.name,
                quantity.symbol,
                quantity.expression,
                quantity.exists_when,
                quantity.implicit,
            )
        for name, (symbol, root) in general.roots.items():
            yield Target(name, symbol, root.unknown, implicit=root)
    if requested is None or asks_payoffs:
        yield from _payoff_targets(game, at, asked=asks_payoffs or at is not None)


def _payoff_targets(game: Game, at: str | None, *, asked: bool) -> Iterator[Target]:
    if game.members is not None and not asked:
        return  # Each of many asymmetric equilibria has its own: they are given when asked for.
    general = game.general
    equilibria = [e for e in general.solve() if not e.free]
    if at is not None:
        equilibria = [_find_equilibrium(equilibria, at)]
    elif game.members is not None and len(equilibria) > MAX_PAYOFF_EQUILIBRIA:
        equilibria = [
            e
            for e in equilibria
            if len({tuple(mixture.items()) for mixture in e.profile.values()}) == 1
        ]
    for equilibrium in equilibria:
        for player, payoff in equilibrium.payoffs.items():
            name = f"payoff of {player} at {equilibrium.name}"
            symbol = rf"u_{{\text{{{player}}}}}(\text{{{equilibrium.name}}})"
            yield Target(name, symbol, payoff, equilibrium.condition)


def _find_equilibrium(equilibria: list[Equilibrium], at: str) -> Equilibrium:
    for equilibrium in equilibria:
        if equilibrium.name == at:
            return equilibrium
    raise UnknownNameError("isolated equilibrium", at, [e.name for e in equilibria])
