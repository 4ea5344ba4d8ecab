"""A game's solution, and its space restricted by a user's conditions."""

from __future__ import annotations

from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError
from gametheory_eeu.model import AbstractGame, EquilibriumSet


def solve(game: AbstractGame, concept: str | None) -> EquilibriumSet:
    """A game's equilibria; anything but a game is refused."""
    argument: object = game  # what a user wrote
    if not isinstance(argument, AbstractGame):
        fix = "Write one with NormalForm or ExtensiveForm"
        raise ParameterError("game", argument, "a game of the library or one you wrote", fix)
    return game.solve(concept)


def restricted_space(game: AbstractGame, given: object) -> Space:
    """The game's space with further conditions on its symbols.

    Raises
    ------
    UnknownNameError
        A condition on a symbol that the game does not have.
    SpaceError
        Nothing obeys all of it.
    """
    space = Space.of(game.space, given)
    symbols_by_name = {symbol.name: symbol for symbol in game.space.symbols}
    for symbol in space.symbols:
        if symbol.name not in symbols_by_name:
            raise UnknownNameError("symbol", symbol.name, symbols_by_name)
    if prover.is_empty(space).verdict == "proved":
        raise SpaceError(f"no parameter values obey what is given: {space}")
    return space


__all__ = ["restricted_space", "solve"]
