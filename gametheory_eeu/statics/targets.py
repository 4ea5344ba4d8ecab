"""What moves: the quantities of a game, its payoffs, and formulas that belong to no game."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Equilibrium, Game, Implicit

MOST_NAMED_PAYOFFS = 12
"""With named members, payoffs at every equilibrium only where there are no more equilibria."""


@dataclass(frozen=True)
class Moving:
    """An expression that moves with the parameters, and where it exists.

    Parameters
    ----------
    name, symbol : str
        Its name, and as it is written in LaTeX.
    expression : SymPy expression
        For a root without a closed form, the root's own symbol.
    exists_when : SymPy Boolean
    implicit : Implicit, optional
        The equation it solves, where that is the better definition.
    """

    name: str
    symbol: str
    expression: Expr
    exists_when: Boolean = sp.true
    implicit: Implicit | None = None

    def at(self, values: Mapping[Symbol, Expr]) -> Moving:
        """With values for some parameters."""
        implicit = None if self.implicit is None else self.implicit.subs(values)
        expression = self.expression.xreplace(values)
        if self.implicit is not None and implicit is not None:
            expression = expression.xreplace({self.implicit.unknown: implicit.unknown})
        exists = self.exists_when.xreplace(values)
        return Moving(self.name, self.symbol, expression, exists, implicit)

    @property
    def parts(self) -> tuple[Expr | Boolean, ...]:
        """What has to have a value for it to have one."""
        root = self.implicit
        return (self.expression, *(() if root is None else (root.equation, root.branch)))

    @property
    def branch(self) -> Boolean:
        """Of a root: which one."""
        return sp.true if self.implicit is None else self.implicit.branch

    @property
    def tied(self) -> frozenset[Symbol]:
        """Symbols that an equation ties together: what exists only there has no slope in one."""
        equations = sp.And(self.exists_when).atoms(sp.Eq)
        return frozenset(s for equation in equations for s in equation.free_symbols)


def moving(game: Game, wanted: str | None = None, at: str | None = None) -> Iterator[Moving]:
    """A game's quantities, then the payoffs at each isolated equilibrium, without values.

    Parameters
    ----------
    game : Game
    wanted : str, optional
        A quantity's name, ``"payoff"``, or ``"payoff of … at …"``.
    at : str, optional
        Payoffs at this equilibrium only.
    """
    general = game.general
    asks_payoffs = wanted is not None and wanted.startswith("payoff")
    if at is None and not asks_payoffs:
        for q in general.quantities.values():
            yield Moving(q.name, q.symbol, q.expression, q.exists_when, q.implicit)
        for name, (symbol, root) in general.roots.items():
            yield Moving(name, symbol, root.unknown, implicit=root)
    if wanted is None or asks_payoffs:
        yield from _payoffs(game, at, asked=asks_payoffs or at is not None)


def _payoffs(game: Game, at: str | None, *, asked: bool) -> Iterator[Moving]:
    if game.members is not None and not asked:
        return  # Each of many asymmetric equilibria has its own: they are given when asked for.
    general = game.general
    found = [e for e in general.solve() if not e.free]
    if at is not None:
        found = [_named(found, at)]
    elif game.members is not None and len(found) > MOST_NAMED_PAYOFFS:
        found = [e for e in found if len({tuple(mix.items()) for mix in e.profile.values()}) == 1]
    for equilibrium in found:
        for player, payoff in equilibrium.payoffs.items():
            name = f"payoff of {player} at {equilibrium.name}"
            symbol = rf"u_{{\text{{{player}}}}}(\text{{{equilibrium.name}}})"
            yield Moving(name, symbol, payoff, equilibrium.condition)


def _named(found: list[Equilibrium], at: str) -> Equilibrium:
    for equilibrium in found:
        if equilibrium.name == at:
            return equilibrium
    raise UnknownNameError("isolated equilibrium", at, [e.name for e in found])


__all__ = ["MOST_NAMED_PAYOFFS", "Moving", "moving"]
