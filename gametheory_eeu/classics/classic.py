"""A classic game: its payoffs, its source, and its published equilibria."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from gametheory_eeu.core import Source
from gametheory_eeu.model import AbstractGame


@dataclass(frozen=True)
class PublishedEquilibrium:
    """A published equilibrium: each player's probabilities in the order of actions.

    Parameters
    ----------
    strategies : tuple of tuples of str
        Exact numbers, or expressions in the game's symbols.
    condition : str
        Where it exists; "" for everywhere.
    """

    strategies: tuple[tuple[str, ...], ...]
    condition: str = ""


@dataclass(frozen=True)
class ClassicGame:
    """A published game with the equilibria that its source states.

    Parameters
    ----------
    name : str
        What :func:`classic` loads it by.
    source : Source
        A key of the package's bibliography, and the place.
    build : callable
        Makes the game.
    known : tuple of PublishedEquilibrium
        Equilibria that the source states.
    complete : bool
        Whether these, or these outcomes, are all.
    concept : str
        Of what equilibria the source speaks.
    outcomes : tuple of tuples of str
        The payoffs by player in the equilibria that the source states, for games in extensive
        form.
    count : int, optional
        How many equilibria the source says there are.
    note : str
        What the source says besides.
    """

    name: str
    source: Source
    build: Callable[[], AbstractGame] = field(compare=False)  # a partial function equals no other
    known: tuple[PublishedEquilibrium, ...] = ()
    complete: bool = False
    concept: str = "Nash"
    outcomes: tuple[tuple[str, ...], ...] = ()
    count: int | None = None
    note: str = ""

    @cached_property
    def game(self) -> AbstractGame:
        """The game."""
        return self.build()

    def __repr__(self) -> str:
        return f"<{self.name}: {self.source.reference}, {self.source.note}>"


__all__ = ["ClassicGame", "PublishedEquilibrium"]
