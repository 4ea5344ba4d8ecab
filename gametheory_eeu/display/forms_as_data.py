"""Game forms in JSON: exact text, from which a game is built again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from functools import singledispatch
from typing import Any, TypeAlias

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space, parse
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.display.proofs_as_data import (
    ENDS,
    assumptions_data,
    damaged,
    functions_data,
    functions_from_data,
    names_with_constants,
    symbols_from_data,
)
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms import (
    CheapTalk,
    ContinuousGame,
    ContinuousTree,
    ExtensiveForm,
    NormalForm,
    SignallingGame,
    SymmetricGame,
)
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome
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

AnyForm: TypeAlias = (
    CheapTalk
    | ContinuousGame
    | ContinuousTree
    | NormalForm
    | ExtensiveForm
    | SignallingGame
    | SymmetricGame
)
Names: TypeAlias = Mapping[str, Expr]
"""What is called how: symbols, constants, functions."""


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: plain_text(value) for name, value in values.items()}


def _parsed(texts: Mapping[str, str], symbols: Names) -> dict[str, Expr]:
    return {name: parse(text, symbols) for name, text in texts.items()}


def form_data(game: AnyForm) -> dict[str, Any]:
    """The data of a game form, from which it can be built again."""
    common = {
        "title": game.title,
        "symbols": {s.name: assumptions_data(s) for s in game.space.symbols},
        "given": [plain_text(constraint) for constraint in game.space.constraints],
    }
    values = (
        game._all_values()  # what is paid, and drawn in a tree
        if isinstance(game, ExtensiveForm)
        else [value for _, value in game._named_payoffs()]
    )
    if functions := functions_data([*values, *game.space.constraints]):
        common["functions"] = functions
    return common | _own_data(game)


def _chosen(symbols: Iterable[Symbol]) -> dict[str, Any]:
    return {s.name: assumptions_data(s) for s in symbols}


@singledispatch
def _own_data(game: AnyForm) -> dict[str, Any]:
    """What a kind of form has besides a title, symbols and constraints."""
    raise NotImplementedError


@_own_data.register
def _(game: ExtensiveForm) -> dict[str, Any]:
    return {"players": list(game.players), "tree": _node_data(game.root)}


@_own_data.register
def _(game: ContinuousTree) -> dict[str, Any]:
    return {
        "players": list(game.players),
        "chosen": _chosen(game.numbers),
        "nodes": [[list(h), _sequential_data(node)] for h, node in game.nodes.items()],
    }


@_own_data.register
def _(game: CheapTalk) -> dict[str, Any]:
    return {
        "chosen": _chosen((game.state.symbol, game.action)),
        "state": _range_data(game.state),
        "action": game.action.name,
        "messages": game.messages,
        "sender": plain_text(game.sender),
        "receiver": plain_text(game.receiver),
    }


_BY_TYPE = ("sender", "receiver", "prior")


@_own_data.register
def _(game: SignallingGame) -> dict[str, Any]:
    return {
        "chosen": _chosen((game.signal.symbol, game.reply.symbol)),
        "signal": _range_data(game.signal),
        "reply": _range_data(game.reply),
        **{name: _texts(getattr(game, name)) for name in _BY_TYPE},
    }


@_own_data.register
def _(game: ContinuousGame) -> dict[str, Any]:
    return {
        "choices": {p: [_range_data(r) for r in group] for p, group in game.choices.items()},
        "others": {x.name: other.name for x, other in game.others.items()},
        "chosen": _chosen(game.chosen),
        "payoffs": _texts(game.payoffs),
        "types": {player: _texts(kinds) for player, kinds in game.types.items()},
    }


@_own_data.register
def _(game: SymmetricGame) -> dict[str, Any]:
    rows = {action: [plain_text(v) for v in row] for action, row in game.payoffs.items()}
    return {"number": game.number, "payoffs": rows}


@_own_data.register
def _(game: NormalForm) -> dict[str, Any]:
    return {
        "actions": {player: list(actions) for player, actions in game.actions.items()},
        "payoffs": {p: [plain_text(v) for v in row.values()] for p, row in game.payoffs.items()},
    }


def form_from_data(data: dict[str, Any]) -> AnyForm:
    """The game form of some data."""
    try:
        symbols = symbols_from_data(data["symbols"].items())
        names = names_with_constants(symbols)
        names |= functions_from_data(data.get("functions", []), names)
        space = Space.of([parse(text, names) for text in data["given"]], symbols=symbols.values())
        return _form(data, names, {"given": space, "title": data["title"]}).over(space)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, GameTheoryError):
            raise
        raise damaged(f"the game cannot be read ({error})") from None


def _form(data: dict[str, Any], names: Names, common: dict[str, Any]) -> AnyForm:
    if "tree" in data:
        return ExtensiveForm(_node(data["tree"], names), tuple(data["players"]), **common)
    if "number" in data:
        payoffs = {a: [parse(text, names) for text in row] for a, row in data["payoffs"].items()}
        return SymmetricGame(payoffs, data["number"], **common)
    if "actions" in data:
        actions = {player: list(labels) for player, labels in data["actions"].items()}
        columns = [[parse(text, names) for text in data["payoffs"][p]] for p in actions]
        rows = iter(zip(*columns, strict=True))
        return NormalForm(lambda _: next(rows), actions=actions, **common)
    names = {**names, **symbols_from_data(data["chosen"].items())}
    if "nodes" in data:
        nodes = {tuple(h): _sequential_node(node, names) for h, node in data["nodes"]}
        return ContinuousTree(nodes, data["players"], **common)
    if "choices" in data:
        return _continuous_game(data, names, common)
    if "state" in data:
        paid = [parse(data[player], names) for player in ("sender", "receiver")]
        state, action = _range(data["state"], names), names[data["action"]]
        return CheapTalk(*paid, state=state, action=action, messages=data["messages"], **common)
    sender, receiver, prior = (_parsed(data[name], names) for name in _BY_TYPE)
    signal, reply = (_range(data[name], names) for name in ("signal", "reply"))
    return SignallingGame(sender, receiver, signal=signal, reply=reply, prior=prior, **common)


def _continuous_game(data: dict[str, Any], names: Names, common: dict[str, Any]) -> ContinuousGame:
    ranges = {p: [_range(entry, names) for entry in group] for p, group in data["choices"].items()}
    payoffs = _parsed(data["payoffs"], names)
    game = ContinuousGame(payoffs, ranges, others=data["others"], **common)
    types = {p: FrozenMapping(_parsed(kinds, names)) for p, kinds in data.get("types", {}).items()}
    return game.with_types(FrozenMapping(types))


# Trees of named actions.


def _node_data(node: Node) -> dict[str, Any]:
    if isinstance(node, Outcome):
        return {"payoffs": _texts(node.payoffs)}
    if isinstance(node, Chance):
        return {"chance": [[name, plain_text(p), _node_data(n)] for name, p, n in node.branches]}
    moves = [[action, _node_data(child)] for action, child in node.actions]
    return {"player": node.player, "set": node.information_set, "node": node.node, "moves": moves}


def _node(data: dict[str, Any], names: Names) -> Node:
    if "payoffs" in data:
        return Outcome(_parsed(data["payoffs"], names))
    if "chance" in data:
        branches = ((name, parse(p, names), child) for name, p, child in data["chance"])
        return Chance(tuple((name, p, _node(child, names)) for name, p, child in branches))
    moves = tuple((action, _node(child, names)) for action, child in data["moves"])
    return Move(data["player"], data["set"], moves, data["node"])


# Trees with continuous moves, and the ranges of choices.


def _range_data(choice: ChoiceRange) -> list[Any]:
    """Symbol, ends, and whether each belongs to the range."""
    ends = [plain_text(end) for end in (choice.low, choice.high)]
    return [choice.symbol.name, *ends, choice.has_low, choice.has_high]


def _range(data: list[Any], names: Names) -> ChoiceRange:
    name, low, high, has_low, has_high = data
    low, high = (ENDS[end] if end in ENDS else parse(end, names) for end in (low, high))
    return ChoiceRange(names[name], low, high, bool(has_low), bool(has_high))


def _sequential_data(node: SequentialNode) -> dict[str, Any]:
    if isinstance(node, End):
        return {"payoffs": _texts(node.payoffs)}
    if isinstance(node, Lottery):
        return {"chance": _texts(node.probabilities)}
    if isinstance(node, Draw):
        return {"draw": [plain_text(part) for part in astuple(node.distribution)],
                "known to": list(node.known_to)}  # fmt: skip
    common = {"player": node.player, "set": node.information_set}
    if isinstance(node, Decision):
        return common | {"actions": list(node.actions)}
    return common | {"range": _range_data(node.range)}


def _sequential_node(data: dict[str, Any], names: Names) -> SequentialNode:
    if "payoffs" in data:
        return End(FrozenMapping(_parsed(data["payoffs"], names)))
    if "chance" in data:
        return Lottery(FrozenMapping(_parsed(data["chance"], names)))
    if "draw" in data:
        parts = (parse(text, names) for text in data["draw"])
        return Draw(Distribution(*parts), tuple(data["known to"]))
    if "actions" in data:
        return Decision(data["player"], data["set"], tuple(data["actions"]))
    return RealChoice(data["player"], data["set"], _range(data["range"], names))
