"""Gambit's ``.nfg`` files: games in normal form with exact numbers."""

from __future__ import annotations

from itertools import product
from math import prod
from os import PathLike

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameFileError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.interop.scanner import (
    Source,
    TokenReader,
    distinct_labels,
    quote,
    rational_text,
    read_text,
)

IndexProfile = tuple[int, ...]


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
    reader = TokenReader(read_text(source, "NFG"))
    title = reader.head("NFG", "1")
    line = reader.line
    players = distinct_labels(reader.texts("players"))
    if len(players) < 2:
        raise GameFileError(line, "a game needs two or more players")
    actions = [distinct_labels(labels) for labels in _read_strategies(reader, len(players))]
    if reader.sees("text"):
        reader.text("the comment")
    table = _read_outcomes(reader, actions) if reader.sees("{") else _read_payoffs(reader, actions)
    reader.end()
    payoffs = {
        tuple(actions[i][k] for i, k in enumerate(profile)): values
        for profile, values in table.items()
    }
    return NormalForm(payoffs.__getitem__, players=players, actions=actions, title=title)


def _read_strategies(reader: TokenReader, count: int) -> list[list[str]]:
    """Each player's strategy labels, blank where the file only counts them."""
    line = reader.line
    reader.take("{", "the strategies in braces")
    strategies: list[list[str]] = []
    while not reader.sees("}"):
        if reader.sees("{"):
            strategies.append(reader.texts("strategies"))
        else:
            size = reader.whole("a number of strategies")
            if size > reader.left:
                raise reader.fail(f"{size} strategies, but the file has no payoffs for them")
            strategies.append([""] * size)
    reader.take("}", "a closing brace")
    if len(strategies) != count:
        raise GameFileError(line, f"strategies of {len(strategies)} players, but there are {count}")
    if not all(strategies):
        raise GameFileError(line, "a player has no strategy")
    return strategies


def _profiles(actions: list[list[str]]) -> list[IndexProfile]:
    """All profiles in the order of the files: the first player's strategy changes fastest."""
    backwards = product(*(range(len(labels)) for labels in reversed(actions)))
    return [profile[::-1] for profile in backwards]


def _check_remaining(reader: TokenReader, expected: int, noun: str) -> None:
    if reader.left != expected:
        raise reader.fail(f"{expected} {noun} are due, but {reader.left} entries come")


def _read_payoffs(
    reader: TokenReader, actions: list[list[str]]
) -> dict[IndexProfile, tuple[Expr, ...]]:
    count = len(actions)
    _check_remaining(reader, prod(map(len, actions)) * count, "payoffs")
    return {
        profile: tuple(reader.number("a payoff") for _ in range(count))
        for profile in _profiles(actions)
    }


def _read_outcomes(
    reader: TokenReader, actions: list[list[str]]
) -> dict[IndexProfile, tuple[Expr, ...]]:
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
    _check_remaining(reader, prod(map(len, actions)), "numbers of outcomes")
    result = {}
    for profile in _profiles(actions):
        line, number = reader.line, reader.whole("the number of an outcome")
        if number >= len(outcomes):
            raise GameFileError(line, f"outcome {number}, but there are {len(outcomes) - 1}")
        result[profile] = outcomes[number]
    return result


@arg.validate(game=arg.instance_of(NormalForm, "a NormalForm"), path=arg.optional(arg.path))
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
    names = " ".join(map(quote, game.players))
    strategies = "\n".join(f"{{ {' '.join(map(quote, choices))} }}" for choices in labels)
    rows = []
    for indices in _profiles([list(choices) for choices in labels]):
        profile = tuple(choices[k] for choices, k in zip(labels, indices, strict=True))
        payoffs = (
            rational_text(game.payoffs[p][profile], f"the payoff of {p} at {', '.join(profile)}")
            for p in game.players
        )
        rows.append(" ".join(payoffs))
    header = f"NFG 1 R {quote(game.title)} {{ {names} }}\n\n{{ {strategies}\n}}\n"
    text = "\n".join([header, *rows, ""])
    if path is not None:
        arg.write_file("path", path, text)
    return text
