"""A game that a user wrote down as data: names, exact text, symbols with assumptions."""

from __future__ import annotations

from typing import Any, TypeAlias

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space, parse
from gametheory_eeu.display.printers import plain
from gametheory_eeu.display.symbols_as_data import (
    assumptions_data,
    symbols_from,
    with_constants,
)
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms import ExtensiveForm, NormalForm, SymmetricGame
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome

AnyForm: TypeAlias = NormalForm | ExtensiveForm | SymmetricGame


def form_data(game: AnyForm) -> dict[str, Any]:
    """What it takes to write the game again."""
    known = {
        "title": game.title,
        "symbols": {s.name: assumptions_data(s) for s in game.space.symbols},
        "given": [plain(constraint) for constraint in game.space.constraints],
    }
    if isinstance(game, ExtensiveForm):
        return known | {"players": list(game.players), "tree": _node_data(game.root)}
    if isinstance(game, SymmetricGame):
        rows = {action: [plain(v) for v in row] for action, row in game.payoffs.items()}
        return known | {"number": game.number, "payoffs": rows}
    return known | {
        "actions": {player: list(own) for player, own in game.actions.items()},
        "payoffs": {p: [plain(v) for v in cells.values()] for p, cells in game.payoffs.items()},
    }


def _node_data(node: Node) -> dict[str, Any]:
    if isinstance(node, Outcome):
        return {"payoffs": {player: plain(v) for player, v in node.payoffs.items()}}
    if isinstance(node, Chance):
        return {"chance": [[name, plain(p), _node_data(n)] for name, p, n in node.branches]}
    below = [[action, _node_data(child)] for action, child in node.actions]
    return {"player": node.player, "set": node.information_set, "node": node.node, "moves": below}


def _node_from(data: dict[str, Any], symbols: dict[str, Expr]) -> Node:
    if "payoffs" in data:
        return Outcome({player: parse(text, symbols) for player, text in data["payoffs"].items()})
    if "chance" in data:
        branches = ((name, parse(p, symbols), child) for name, p, child in data["chance"])
        return Chance(tuple((name, p, _node_from(child, symbols)) for name, p, child in branches))
    below = tuple((action, _node_from(child, symbols)) for action, child in data["moves"])
    return Move(data["player"], data["set"], below, data["node"])


def form_from(data: dict[str, Any]) -> AnyForm:
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


def _built(data: dict[str, Any]) -> AnyForm:
    symbols = symbols_from(data["symbols"].items())
    known = with_constants(symbols)
    given = Space.of([parse(text, known) for text in data["given"]], symbols=symbols.values())
    return _written(data, known, given).over(given)


def _written(data: dict[str, Any], symbols: dict[str, Expr], given: Space) -> AnyForm:
    if "tree" in data:
        root, players = _node_from(data["tree"], symbols), tuple(data["players"])
        return ExtensiveForm(root, players, given=given, title=data["title"])
    if "number" in data:
        table = {a: [parse(text, symbols) for text in row] for a, row in data["payoffs"].items()}
        return SymmetricGame(table, data["number"], given=given, title=data["title"])
    actions = {player: list(own) for player, own in data["actions"].items()}
    columns = [[parse(text, symbols) for text in data["payoffs"][player]] for player in actions]
    rows = iter(zip(*columns, strict=True))
    return NormalForm(lambda _: next(rows), actions=actions, given=given, title=data["title"])


__all__ = ["form_data", "form_from"]
