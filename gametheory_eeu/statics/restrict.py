"""A game as it is asked about: solved, and its space narrowed by what a user adds."""

from __future__ import annotations

from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError
from gametheory_eeu.model import AbstractGame, EquilibriumSet


def solved(game: AbstractGame, concept: str | None) -> EquilibriumSet:
    """A game's equilibria; what is no game is refused."""
    given: object = game  # what a user wrote
    if not isinstance(given, AbstractGame):
        fix = "Write one with NormalForm or ExtensiveForm"
        raise ParameterError("game", given, "a game of the library or one you wrote", fix)
    return game.solve(concept)


def narrowed(game: AbstractGame, given: object) -> Space:
    """The game's space with further conditions on its symbols.

    Raises
    ------
    UnknownNameError
        A condition on a symbol that the game does not have.
    SpaceError
        Nothing obeys all of it.
    """
    space = Space.of(game.space, given)
    known = {symbol.name: symbol for symbol in game.space.symbols}
    for symbol in space.symbols:
        if symbol.name not in known:
            raise UnknownNameError("symbol", symbol.name, known)
    if prover.is_empty(space).verdict == "proved":
        raise SpaceError(f"no parameter values obey what is given: {space}")
    return space


__all__ = ["narrowed", "solved"]
