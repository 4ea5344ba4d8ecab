"""Rows of comparative statics for interior equilibria that have no closed form.

Every interior equilibrium solves the first-order conditions; where their Jacobian is regular, which
is proved, choices and payoffs move as the implicit function theorem says, solved or not.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter
from gametheory_eeu.model import AbstractGame
from gametheory_eeu.statics.condition_forms import ALWAYS, sign
from gametheory_eeu.statics.interior import FirstOrderSystem, first_order_system
from gametheory_eeu.statics.row import ComparativeStatic, StaticsBranch

EVERY_INTERIOR = "every interior equilibrium"


def interior_rows(
    game: AbstractGame, parameters: tuple[Parameter, ...]
) -> Iterator[ComparativeStatic]:
    """A row for each choice and payoff at every interior equilibrium, in each parameter.

    Raises
    ------
    UnsupportedError
        No first-order conditions, or a Jacobian that was not proved to be regular.
    SpaceError
        No interior equilibrium is possible.
    """
    system = first_order_system(game)
    for parameter in parameters:
        if parameter.symbol not in system.parameters:
            continue
        moves = system.derivatives(parameter.symbol)
        for x, derivative in moves.items():
            yield _row(f"choice of {x}", sp.latex(x), x, derivative, parameter, system)
        for player, payoff in system.payoffs.items():
            # The own choice does not count: at an interior equilibrium its marginal payoff is zero.
            others = {x: moves[x] for name, x in system.own.items() if name != player}
            derivative = _total(payoff, parameter.symbol, others)
            name = rf"u_{{\text{{{player}}}}}"
            yield _row(f"payoff of {player}", name, payoff, derivative, parameter, system)


def _total(payoff: Expr, t: Symbol, moves: dict[Symbol, Expr]) -> Expr:
    """The derivative of a payoff in a parameter, directly and through the others' choices."""
    through = (sp.diff(payoff, x) * move for x, move in moves.items())
    return sp.factor(sp.diff(payoff, t) + sp.Add(*through))


def _row(
    quantity: str,
    symbol: str,
    value: Expr,
    derivative: Expr,
    parameter: Parameter,
    system: FirstOrderSystem,
) -> ComparativeStatic:
    found = sign(derivative, system.space)
    branch = StaticsBranch(ALWAYS, value, derivative, system.space, found)
    return ComparativeStatic(
        f"{quantity} at {EVERY_INTERIOR}",
        rf"{symbol}(\text{{{EVERY_INTERIOR}}})",
        parameter,
        value,
        (branch,),
        regular=(system.regular,),
        system=tuple(system.marginal.items()),
    )


__all__ = ["EVERY_INTERIOR", "interior_rows"]
