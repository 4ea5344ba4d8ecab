"""A normal form as data: names, payoffs as exact text, symbols with their assumptions."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu.display.printers import plain
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.space import Space, parse


def form_data(game: NormalForm) -> dict[str, Any]:
    """What it takes to write the game again."""
    return {
        "title": game.title,
        "actions": {player: list(own) for player, own in game.actions.items()},
        "payoffs": {p: [plain(v) for v in cells.values()] for p, cells in game.payoffs.items()},
        "symbols": {s.name: dict(s._assumptions_orig) for s in game.space.symbols},
        "given": [plain(constraint) for constraint in game.space.constraints],
    }


def form_from(data: dict[str, Any]) -> NormalForm:
    """The game that was written.

    Raises
    ------
    GameTheoryError
        A part is missing, or not what it should be.
    """
    try:
        return _built(data)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, GameTheoryError):
            raise
        raise GameTheoryError(f"this JSON is damaged: the game cannot be read ({error})") from None


def _built(data: dict[str, Any]) -> NormalForm:
    symbols = {name: sp.Symbol(name, **about) for name, about in data["symbols"].items()}
    given = Space.of([parse(text, symbols) for text in data["given"]], symbols=symbols.values())
    actions = {player: list(own) for player, own in data["actions"].items()}
    columns = [[parse(text, symbols) for text in data["payoffs"][player]] for player in actions]
    rows = iter(zip(*columns, strict=True))
    return NormalForm(lambda _: next(rows), actions=actions, given=given, title=data["title"])


__all__ = ["form_data", "form_from"]
