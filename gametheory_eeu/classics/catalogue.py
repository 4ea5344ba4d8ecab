"""Published games: their type, their writing, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any

from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.forms import NormalForm
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


def bimatrix(rows: str, columns: str, cells: str, **options: Any) -> partial[NormalForm]:
    """A two-player game from text: rows split by |, cells by spaces, payoffs by semicolons."""
    return partial(_bimatrix, rows, columns, cells, **options)


def _bimatrix(rows: str, columns: str, cells: str, **options: Any) -> NormalForm:
    pairs = [[cell.split(";") for cell in row.split()] for row in cells.split("|")]
    first, second = ([[pair[i] for pair in row] for row in pairs] for i in (0, 1))
    return NormalForm(first, second, actions=[rows.split(), columns.split()], **options)


def equilibrium(*strategies: str, condition: str = "") -> PublishedEquilibrium:
    """A published equilibrium: each player's probabilities, separated by spaces."""
    return PublishedEquilibrium(
        tuple(tuple(probabilities.split()) for probabilities in strategies), condition
    )


@cache
def _games() -> dict[str, ClassicGame]:
    from gametheory_eeu.classics.several_players import SEVERAL_PLAYERS
    from gametheory_eeu.classics.trees import TREES
    from gametheory_eeu.classics.two_players import TWO_BY_TWO, TWO_PLAYERS

    return {game.name: game for game in (*TWO_BY_TWO, *TWO_PLAYERS, *SEVERAL_PLAYERS, *TREES)}


def classic_games() -> tuple[str, ...]:
    """The names of the classic games.

    Examples
    --------
    >>> classic_games()[:3]
    ("Prisoner's Dilemma", 'Stag Hunt', 'Battle of the Sexes')
    """
    return tuple(_games())


def classic(name: str) -> ClassicGame:
    """A classic game by name, with its source and its published equilibria.

    Raises
    ------
    UnknownNameError
        A name that no game of the catalogue bears.

    Examples
    --------
    >>> hawks = classic("Hawk-Dove")
    >>> hawks.source.reference
    'MaynardSmith1982'
    >>> hawks.game.at(v=1, c=3).solve().names
    ('Hawk, Dove', 'Dove, Hawk', 'Hawk + Dove, Hawk + Dove')
    """
    games = _games()
    return games[arg.one_of("classic game", name, games)]
