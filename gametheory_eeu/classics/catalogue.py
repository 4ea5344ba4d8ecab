"""The catalogue of classic games."""

from __future__ import annotations

from functools import cache

from gametheory_eeu.classics.classic import ClassicGame
from gametheory_eeu.core import arguments as arg


@cache
def _games() -> dict[str, ClassicGame]:
    from gametheory_eeu.classics.several_players import SEVERAL_PLAYERS
    from gametheory_eeu.classics.trees import TREES
    from gametheory_eeu.classics.two_by_two import TWO_BY_TWO
    from gametheory_eeu.classics.two_players import TWO_PLAYERS

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


__all__ = ["classic", "classic_games"]
