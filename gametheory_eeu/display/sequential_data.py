"""Continuous choices and nodes of trees with them as data, and back."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import parse
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.solvers.moves import (
    ChoiceRange,
    Decision,
    Distribution,
    Draw,
    End,
    Lottery,
    RealChoice,
    SequentialNode,
)


def range_data(choice: ChoiceRange) -> list[Any]:
    """The data of a range: symbol, ends, and whether each belongs to it."""
    return [
        choice.symbol.name, plain_text(choice.low), plain_text(choice.high), choice.has_low,
        choice.has_high,
    ]  # fmt: skip


def range_from_data(data: list[Any], symbols: dict[str, Expr]) -> ChoiceRange:
    """The range of some data."""
    name, low, high, has_low, has_high = data
    ends = {"-oo": -sp.oo, "oo": sp.oo}
    low, high = (ends[end] if end in ends else parse(end, symbols) for end in (low, high))
    return ChoiceRange(symbols[name], low, high, bool(has_low), bool(has_high))


def sequential_data(node: SequentialNode) -> dict[str, Any]:
    """The data of a node."""
    if isinstance(node, End):
        return {"payoffs": {player: plain_text(v) for player, v in node.payoffs.items()}}
    if isinstance(node, Lottery):
        return {"chance": {label: plain_text(p) for label, p in node.probabilities.items()}}
    if isinstance(node, Draw):
        return {"draw": [plain_text(part) for part in astuple(node.distribution)],
                "known to": list(node.known_to)}  # fmt: skip
    common = {"player": node.player, "set": node.information_set}
    if isinstance(node, Decision):
        return common | {"actions": list(node.actions)}
    return common | {"range": range_data(node.range)}


def sequential_from_data(data: dict[str, Any], symbols: dict[str, Expr]) -> SequentialNode:
    """The node of some data."""
    if "payoffs" in data:
        payoffs = {player: parse(text, symbols) for player, text in data["payoffs"].items()}
        return End(FrozenMapping(payoffs))
    if "chance" in data:
        chance = {label: parse(text, symbols) for label, text in data["chance"].items()}
        return Lottery(FrozenMapping(chance))
    if "draw" in data:
        parts = (parse(text, symbols) for text in data["draw"])
        return Draw(Distribution(*parts), tuple(data["known to"]))
    if "actions" in data:
        return Decision(data["player"], data["set"], tuple(data["actions"]))
    return RealChoice(data["player"], data["set"], range_from_data(data["range"], symbols))


__all__ = ["range_data", "range_from_data", "sequential_data", "sequential_from_data"]
