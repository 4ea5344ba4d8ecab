"""A game's space narrowed by what a user adds."""

from __future__ import annotations

from gametheory_eeu import logic
from gametheory_eeu.errors import SpaceError, UnknownNameError
from gametheory_eeu.model import AbstractGame
from gametheory_eeu.space import Space


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
    if logic.is_empty(space).verdict == "proved":
        raise SpaceError(f"no parameter values obey what is given: {space}")
    return space


__all__ = ["narrowed"]
