"""Comparative statics of a solution's mixing probabilities, beliefs and payoffs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu.core import Parameter
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import AbstractGame, Equilibrium, Game
from gametheory_eeu.statics.formulas import parameter_of
from gametheory_eeu.statics.row_computation import Setting, rows
from gametheory_eeu.statics.table import StaticsTable, zero_derivatives
from gametheory_eeu.statics.targets import Target

NO_SYMBOLS_NOTE = "The game is in numbers: it has no symbol that could move."


def solution_statics(
    equilibria: Iterable[Equilibrium],
    game: AbstractGame,
    quantity: str | None = None,
    wrt: str | None = None,
) -> StaticsTable:
    """Comparative statics of what is played and earned at isolated equilibria, proved.

    Each holds where its equilibrium exists. Probabilities of zero and one are left out.

    Parameters
    ----------
    equilibria : iterable of Equilibrium
    game : game
        In whose symbols they are.
    quantity : str, optional
        Only this one; ``"probability"``, ``"choice"``, ``"belief"`` or ``"payoff"`` means
        all of them.
    wrt : str, optional
        Only this parameter.

    Raises
    ------
    UnknownNameError
        No quantity or parameter of that name.
    """
    all_equilibria = tuple(equilibria)
    targets = [
        target
        for equilibrium in all_equilibria
        if not equilibrium.free
        for target in _targets(equilibrium)
    ]
    selected_targets = [
        target for target in targets if quantity is None or is_selected(target.name, quantity)
    ]
    if quantity is not None and not selected_targets:
        raise UnknownNameError("quantity", quantity, [target.name for target in targets])
    all_parameters = _parameters(game)
    parameters = [p for p in all_parameters if p.symbol in game.space.symbols]
    if wrt is not None:
        parameters = [p for p in parameters if wrt in (p.name, p.symbol.name)]
        if not parameters:
            raise UnknownNameError("symbol", wrt, [s.name for s in game.space.symbols])
    setting = Setting(all_parameters, game.space, {}, tuple(game.quantities.values()))
    static_rows = tuple(
        row for target in selected_targets for row in rows(target, setting, parameters)
    )
    zero_statics = zero_derivatives(selected_targets, setting, parameters)
    return StaticsTable(
        static_rows, None, title_of(game), tuple(_notes(all_equilibria, game)), zeros=zero_statics
    )


def is_selected(name: str, requested: str) -> bool:
    """Whether a quantity's name is the requested one, or in the requested group."""
    return name == requested or (" " not in requested and name.startswith(f"{requested} of "))


def title_of(game: AbstractGame) -> str:
    """The game's title."""
    class_name = type(game).__name__ if isinstance(game, Game) else ""
    return str(getattr(game, "title", "")) or class_name


def _parameters(game: AbstractGame) -> tuple[Parameter, ...]:
    if isinstance(game, Game):
        return tuple(type(game).parameters.expand(game.members).rows)
    return tuple(parameter_of(s) for s in game.space.symbols)


def _targets(equilibrium: Equilibrium) -> Iterator[Target]:
    """Targets of an equilibrium: interior probabilities, choices, symbolic beliefs, payoffs."""
    equilibrium_latex = rf"\text{{{equilibrium.name}}}"
    for place, mixture in equilibrium.profile.items():
        for action, probability in mixture.items():
            if probability not in (0, 1):
                name = f"probability of {action} by {place} at {equilibrium.name}"
                symbol = rf"\sigma_{{\text{{{place}}}}}(\text{{{action}}})({equilibrium_latex})"
                yield Target(name, symbol, probability, equilibrium.condition)
    for choice, value in equilibrium.choices.items():
        if value.free_symbols:
            symbol = rf"{sp.latex(sp.Symbol(choice))}({equilibrium_latex})"
            yield Target(
                f"choice of {choice} at {equilibrium.name}", symbol, value, equilibrium.condition
            )
    for place, belief in equilibrium.beliefs.items():
        for node, probability in belief.items():
            if probability.free_symbols:
                name = f"belief of {node} by {place} at {equilibrium.name}"
                symbol = rf"\mu_{{\text{{{place}}}}}(\text{{{node}}})({equilibrium_latex})"
                yield Target(name, symbol, probability, equilibrium.condition)
    for player, payoff in equilibrium.payoffs.items():
        symbol = rf"u_{{\text{{{player}}}}}({equilibrium_latex})"
        yield Target(
            f"payoff of {player} at {equilibrium.name}", symbol, payoff, equilibrium.condition
        )


def _notes(equilibria: tuple[Equilibrium, ...], game: AbstractGame) -> Iterator[str]:
    if not game.space.symbols:
        yield NO_SYMBOLS_NOTE
    continua = [e.name for e in equilibria if e.free]
    if continua:
        yield f"Continua, of which no derivative is taken: {'; '.join(continua)}."


__all__ = ["NO_SYMBOLS_NOTE", "is_selected", "solution_statics", "title_of"]
