"""Gambit's ``.nfg`` files: games in normal form, with their numbers exact."""

from __future__ import annotations

from itertools import product
from math import prod
from os import PathLike

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameFileError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.interop.scanner import Reader, Source, distinct, quoted, read_text, written

Profile = tuple[int, ...]


def read_nfg(source: Source) -> NormalForm:
    """Read a game in Gambit's ``.nfg`` format, with payoffs or with outcomes.

    Parameters
    ----------
    source : path, open file, or the text itself
        Text is what starts with ``NFG`` or has more than one line.

    Returns
    -------
    NormalForm
        Numbers are exact: ``0.1`` is a tenth. Labels that are blank, or used twice, become
        numbers.

    Raises
    ------
    GameFileError
        The line, and what is wrong with it.

    Examples
    --------
    >>> game = read_nfg('NFG 1 R "Stag hunt" { "A" "B" } { 2 2 } 2 2 1 0 0 1 1 1')
    >>> game.solve("pure Nash").names
    ('1, 1', '2, 2')
    """
    reader = Reader(read_text(source, "NFG"))
    title = reader.head("NFG", "1")
    start = reader.line
    players = distinct(reader.texts("players"))
    if len(players) < 2:
        raise GameFileError(start, "a game needs two or more players")
    actions = [distinct(labels) for labels in _strategies(reader, len(players))]
    if reader.sees("text"):
        reader.text("the comment")
    cells = _outcomes(reader, actions) if reader.sees("{") else _payoffs(reader, actions)
    reader.end()
    named = {
        tuple(actions[i][k] for i, k in enumerate(profile)): values
        for profile, values in cells.items()
    }
    return NormalForm(named.__getitem__, players=players, actions=actions, title=title)


def _strategies(reader: Reader, count: int) -> list[list[str]]:
    """Each player's labels; where the file only counts them, blank ones."""
    start = reader.line
    reader.take("{", "the strategies in braces")
    found: list[list[str]] = []
    while not reader.sees("}"):
        if reader.sees("{"):
            found.append(reader.texts("strategies"))
        else:
            size = reader.whole("a number of strategies")
            if size > reader.left:
                raise reader.fail(f"{size} strategies, but the file has no payoffs for them")
            found.append([""] * size)
    reader.take("}", "a closing brace")
    if len(found) != count:
        raise GameFileError(start, f"strategies of {len(found)} players, but there are {count}")
    if not all(found):
        raise GameFileError(start, "a player has no strategy")
    return found


def _profiles(actions: list[list[str]]) -> list[Profile]:
    """In the order of the files: the first player's strategy changes fastest."""
    backwards = product(*(range(len(labels)) for labels in reversed(actions)))
    return [profile[::-1] for profile in backwards]


def _check_number(reader: Reader, due: int, what: str) -> None:
    if reader.left != due:
        raise reader.fail(f"{due} {what} are due, but {reader.left} entries come")


def _payoffs(reader: Reader, actions: list[list[str]]) -> dict[Profile, tuple[Expr, ...]]:
    count = len(actions)
    _check_number(reader, prod(map(len, actions)) * count, "payoffs")
    return {
        profile: tuple(reader.number("a payoff") for _ in range(count))
        for profile in _profiles(actions)
    }


def _outcomes(reader: Reader, actions: list[list[str]]) -> dict[Profile, tuple[Expr, ...]]:
    count = len(actions)
    outcomes = [(sp.Integer(0),) * count]  # outcome 0: nobody gets anything
    reader.take("{", "the outcomes in braces")
    while not reader.sees("}"):
        line = reader.line
        reader.take("{", "an outcome in braces")
        reader.text("the outcome's name")
        payoffs = []
        while not reader.sees("}"):
            payoffs.append(reader.number("a payoff"))
        reader.take("}", "a closing brace")
        if len(payoffs) != count:
            raise GameFileError(line, f"an outcome with {len(payoffs)} payoffs for {count} players")
        outcomes.append(tuple(payoffs))
    reader.take("}", "a closing brace")
    _check_number(reader, prod(map(len, actions)), "numbers of outcomes")
    found = {}
    for profile in _profiles(actions):
        line, number = reader.line, reader.whole("the number of an outcome")
        if number >= len(outcomes):
            raise GameFileError(line, f"outcome {number}, but there are {len(outcomes) - 1}")
        found[profile] = outcomes[number]
    return found


@arg.checks(game=arg.a(NormalForm, "a NormalForm"), path=arg.optional(arg.path))
def write_nfg(game: NormalForm, path: str | PathLike[str] | None = None) -> str:
    """A game as the text of an ``.nfg`` file, with exact payoffs.

    Parameters
    ----------
    game : NormalForm
        With rational payoffs.
    path : path, optional
        Where to write it as well.

    Raises
    ------
    GameFileError
        A payoff with a symbol, or an irrational one.
    """
    labels = list(game.actions.values())
    names = " ".join(map(quoted, game.players))
    strategies = "\n".join(f"{{ {' '.join(map(quoted, own))} }}" for own in labels)
    rows = []
    for places in _profiles([list(own) for own in labels]):
        profile = tuple(own[k] for own, k in zip(labels, places, strict=True))
        payoffs = (
            written(game.payoffs[p][profile], f"the payoff of {p} at {', '.join(profile)}")
            for p in game.players
        )
        rows.append(" ".join(payoffs))
    head = f"NFG 1 R {quoted(game.title)} {{ {names} }}\n\n{{ {strategies}\n}}\n"
    text = "\n".join([head, *rows, ""])
    if path is not None:
        arg.written("path", path, text)
    return text


__all__ = ["read_nfg", "write_nfg"]
