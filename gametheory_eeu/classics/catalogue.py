"""Published games: their type, and the catalogue of them, a row a game."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path

from gametheory_eeu.classics.builders import BUILDERS
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import AbstractGame


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


@cache
def _games() -> dict[str, ClassicGame]:
    """The rows of ``catalogue.csv``.

    In its cells a bar separates rows of payoffs, equilibria and outcomes, a semicolon what is a
    player's, and a space the payoffs in a row, the actions, and the probabilities of a strategy.
    """
    text = Path(__file__).with_suffix(".csv").read_text(encoding="utf-8")
    return {row["name"]: _classic(row) for row in csv.DictReader(text.splitlines())}


def _classic(row: Mapping[str, str]) -> ClassicGame:
    return ClassicGame(
        row["name"],
        Source("L", row["reference"], row["place"]),
        partial(_bimatrix, row) if row["cells"] else BUILDERS[row["name"]],
        tuple(map(_equilibrium, _parts(row["equilibria"], " | "))),
        row["complete"] == "yes",
        row["concept"],
        tuple(_parts(outcome, "; ") for outcome in _parts(row["outcomes"], " | ")),
        int(row["count"]) if row["count"] else None,
        row["note"],
    )


def _parts(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(cell.split(separator)) if cell else ()


def _equilibrium(text: str) -> PublishedEquilibrium:
    """``0 1; 1 0 if v < c``: each player's probabilities, and where it exists."""
    strategies, _, condition = text.partition(" if ")
    probabilities = tuple(tuple(part.split()) for part in strategies.split("; "))
    return PublishedEquilibrium(probabilities, condition)


def _bimatrix(row: Mapping[str, str]) -> NormalForm:
    pairs = [[cell.split(";") for cell in line.split()] for line in row["cells"].split(" | ")]
    first, second = ([[pair[i] for pair in line] for line in pairs] for i in (0, 1))
    actions = [row["rows"].split(), row["columns"].split()]
    players, given = row["players"].split(), list(_parts(row["given"], "; "))
    return NormalForm(first, second, players=players or None, actions=actions, given=given)


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
