"""Symbols, proofs and game forms in JSON: exact text; a stored claim is proved again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space, parse
from gametheory_eeu.core.grammar import relation_as_written
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.display.functions_as_data import functions_data, functions_from_data
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.display.sequential_data import (
    range_data,
    range_from_data,
    sequential_data,
    sequential_from_data,
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
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome
from gametheory_eeu.prover import CoefficientCertificate, Proof, prove

_CONSTANTS = (sp.pi, sp.E, sp.EulerGamma, sp.GoldenRatio, sp.Catalan)


def assumptions_data(symbol: Symbol) -> dict[str, bool]:
    """The declared assumptions of a symbol.

    Examples
    --------
    >>> assumptions_data(sp.Symbol("n", integer=True))
    {'integer': True}
    """
    return {key: bool(value) for key, value in symbol._assumptions_orig.items()}


def symbols_from_data(entries: Iterable[Any]) -> dict[str, Symbol]:
    """Symbols by name, from pairs of a name and its assumptions.

    Raises
    ------
    GameTheoryError
        No pair of text and assumptions, or assumptions that contradict each other.

    Examples
    --------
    >>> symbols_from_data([("n", {"integer": True})])["n"].is_integer
    True
    """
    try:
        symbols = {name: sp.Symbol(name, **assumptions) for name, assumptions in entries}
    except (TypeError, ValueError, AttributeError) as error:
        raise GameTheoryError(f"this JSON is damaged: no symbol can be read ({error})") from None
    for name, symbol in symbols.items():
        if symbol.is_extended_real is False or not all(
            value in (True, False) for value in symbol._assumptions_orig.values()
        ):
            raise GameTheoryError(f"this JSON is damaged: the symbol {name!r} is not real")
    return symbols


def names_with_constants(symbols: Mapping[str, Symbol]) -> dict[str, Expr]:
    """Names in JSON: the symbols, and the constants that no symbol is named like.

    Examples
    --------
    >>> names_with_constants({})["pi"]
    pi
    """
    return {**{str(constant): constant for constant in _CONSTANTS}, **symbols}


_KEYS = ("statement", "symbols", "constraints", "verdict", "method", "witnesses", "undefined_at",
         "why")  # fmt: skip


def proof_data(proof: Proof) -> dict[str, Any]:
    """The data of a proof: its claim as text, the verdict and the points that refute it."""
    certificate = proof.certificate
    certificate_text = str(certificate) if isinstance(certificate, CoefficientCertificate) else ""
    functions = functions_data([proof.statement, *proof.space.constraints])
    return ({"functions": functions} if functions else {}) | {
        "statement": plain_text(proof.statement),
        "symbols": [[s.name, assumptions_data(s)] for s in proof.space.symbols],
        "constraints": list(map(plain_text, proof.space.constraints)),
        "verdict": proof.verdict,
        "method": proof.method,
        "witnesses": list(map(_point_data, proof.witnesses)),
        "undefined_at": list(map(_point_data, proof.undefined_at)),
        "why": proof.why,
        "certificate": certificate_text,
    }


def proof_from_data(data: dict[str, Any]) -> Proof:
    """The proof of a stored claim, computed again; only an open verdict is trusted.

    Raises
    ------
    GameTheoryError
        A part is missing, or the verdict is not what the claim's own proof says.
    """
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise GameTheoryError(f"this JSON is damaged: {', '.join(missing)} is missing")
    symbols = symbols_from_data(data["symbols"])
    names = names_with_constants(symbols)
    functions = functions_from_data(data.get("functions", []), names)
    names |= functions
    constraints = [parse(text, known=names) for text in data["constraints"]]
    space = Space.of(*constraints, symbols=symbols.values())
    statement = parse(data["statement"], known=names, undefined=True)
    if statement in (sp.true, sp.false):
        statement = relation_as_written(data["statement"], None, names)
    if data["verdict"] == "unknown" and not functions:
        return Proof(statement, space, "unknown", data["method"], why=data["why"])
    result = prove(statement, space)
    if result.verdict != data["verdict"]:
        raise GameTheoryError(
            f"the JSON says {data['verdict']!r} of {data['statement']}, but it is {result.verdict}"
        )
    if result.verdict == "proved" or functions:  # refuting functions are found again
        return result
    witnesses, undefined_points = (tuple(_point_from_data(space, p) for p in data[key])
                        for key in ("witnesses", "undefined_at"))  # fmt: skip
    refutation = replace(result, witnesses=witnesses, undefined_at=undefined_points)
    if refutation.recheck() is False:
        raise GameTheoryError(f"the JSON's points do not refute {data['statement']}")
    return refutation


def _point_data(point: Mapping[sp.Symbol, Any]) -> dict[str, str]:
    return {symbol.name: plain_text(value) for symbol, value in point.items()}


def _point_from_data(space: Space, point: Mapping[str, str]) -> Any:
    return FrozenMapping(space.point({name: parse(value) for name, value in point.items()}))


AnyForm: TypeAlias = (
    CheapTalk
    | ContinuousGame
    | ContinuousTree
    | NormalForm
    | ExtensiveForm
    | SignallingGame
    | SymmetricGame
)


def form_data(game: AnyForm) -> dict[str, Any]:
    """The data of a game form, from which it can be built again."""
    common_entries = {
        "title": game.title,
        "symbols": {s.name: assumptions_data(s) for s in game.space.symbols},
        "given": [plain_text(constraint) for constraint in game.space.constraints],
    }
    if functions := functions_data([*_values(game), *game.space.constraints]):
        common_entries["functions"] = functions
    if isinstance(game, ExtensiveForm):
        return common_entries | {"players": list(game.players), "tree": _node_data(game.root)}
    if isinstance(game, ContinuousTree):
        return common_entries | {
            "players": list(game.players),
            "chosen": {s.name: assumptions_data(s) for s in game.numbers},
            "nodes": [[list(h), sequential_data(node)] for h, node in game.nodes.items()],
        }
    if isinstance(game, CheapTalk):
        return common_entries | {
            "chosen": {s.name: assumptions_data(s) for s in (game.state.symbol, game.action)},
            "state": range_data(game.state),
            "action": game.action.name,
            "messages": game.messages,
            "sender": plain_text(game.sender),
            "receiver": plain_text(game.receiver),
        }
    if isinstance(game, SignallingGame):
        choices = (game.signal, game.reply)
        return common_entries | {
            "chosen": {c.symbol.name: assumptions_data(c.symbol) for c in choices},
            "signal": range_data(game.signal),
            "reply": range_data(game.reply),
            **{
                name: {kind: plain_text(value) for kind, value in getattr(game, name).items()}
                for name in ("sender", "receiver", "prior")
            },
        }
    if isinstance(game, ContinuousGame):
        return common_entries | {
            "choices": {p: [range_data(r) for r in group] for p, group in game.choices.items()},
            "others": {x.name: other.name for x, other in game.others.items()},
            "chosen": {s.name: assumptions_data(s) for s in game.chosen},
            "payoffs": {p: plain_text(v) for p, v in game.payoffs.items()},
            "types": {
                player: {kind: plain_text(p) for kind, p in distribution.items()}
                for player, distribution in game.types.items()
            },
        }
    if isinstance(game, SymmetricGame):
        rows = {action: [plain_text(v) for v in row] for action, row in game.payoffs.items()}
        return common_entries | {"number": game.number, "payoffs": rows}
    return common_entries | {
        "actions": {player: list(actions) for player, actions in game.actions.items()},
        "payoffs": {
            p: [plain_text(v) for v in cells.values()] for p, cells in game.payoffs.items()
        },
    }


def _values(game: AnyForm) -> list[Expr]:
    """What is paid, and drawn in a tree."""
    if isinstance(game, ExtensiveForm):
        return game._all_values()
    return [value for _, value in game._named_payoffs()]


def _node_data(node: Node) -> dict[str, Any]:
    if isinstance(node, Outcome):
        return {"payoffs": {player: plain_text(v) for player, v in node.payoffs.items()}}
    if isinstance(node, Chance):
        return {"chance": [[name, plain_text(p), _node_data(n)] for name, p, n in node.branches]}
    moves = [[action, _node_data(child)] for action, child in node.actions]
    return {"player": node.player, "set": node.information_set, "node": node.node, "moves": moves}


def _node_from_data(data: dict[str, Any], symbols: dict[str, Expr]) -> Node:
    if "payoffs" in data:
        return Outcome({player: parse(text, symbols) for player, text in data["payoffs"].items()})
    if "chance" in data:
        branches = ((name, parse(p, symbols), child) for name, p, child in data["chance"])
        return Chance(
            tuple((name, p, _node_from_data(child, symbols)) for name, p, child in branches)
        )
    moves = tuple((action, _node_from_data(child, symbols)) for action, child in data["moves"])
    return Move(data["player"], data["set"], moves, data["node"])


def form_from_data(data: dict[str, Any]) -> AnyForm:
    """The game form of some data.

    Raises
    ------
    GameTheoryError
        A part is missing, or not what it should be.
    """
    try:
        return _read_form(data)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, GameTheoryError):
            raise
        raise GameTheoryError(f"this JSON is damaged: the game cannot be read ({error})") from None


def _read_form(data: dict[str, Any]) -> AnyForm:
    symbols = symbols_from_data(data["symbols"].items())
    names = names_with_constants(symbols)
    names |= functions_from_data(data.get("functions", []), names)
    space = Space.of([parse(text, names) for text in data["given"]], symbols=symbols.values())
    return _make_form(data, names, space).over(space)


def _make_form(data: dict[str, Any], symbols: dict[str, Expr], space: Space) -> AnyForm:
    if "tree" in data:
        root, players = _node_from_data(data["tree"], symbols), tuple(data["players"])
        return ExtensiveForm(root, players, given=space, title=data["title"])
    if "nodes" in data:
        numbers = symbols | symbols_from_data(data["chosen"].items())
        nodes = {tuple(h): sequential_from_data(node, numbers) for h, node in data["nodes"]}
        return ContinuousTree(nodes, data["players"], given=space, title=data["title"])
    if "number" in data:
        payoffs = {a: [parse(text, symbols) for text in row] for a, row in data["payoffs"].items()}
        return SymmetricGame(payoffs, data["number"], given=space, title=data["title"])
    if "choices" in data:
        return _continuous_game(data, symbols, space)
    if "state" in data:
        named = symbols | symbols_from_data(data["chosen"].items())
        return CheapTalk(
            parse(data["sender"], named), parse(data["receiver"], named),
            state=range_from_data(data["state"], named), action=named[data["action"]],
            messages=data["messages"], given=space, title=data["title"],
        )  # fmt: skip
    if "signal" in data:
        named = symbols | symbols_from_data(data["chosen"].items())
        groups = {
            name: {kind: parse(text, named) for kind, text in data[name].items()}
            for name in ("sender", "receiver", "prior")
        }
        signal, reply = (range_from_data(data[name], named) for name in ("signal", "reply"))
        return SignallingGame(
            groups["sender"], groups["receiver"], signal=signal, reply=reply,
            prior=groups["prior"], given=space, title=data["title"],
        )  # fmt: skip
    actions = {player: list(labels) for player, labels in data["actions"].items()}
    columns = [[parse(text, symbols) for text in data["payoffs"][player]] for player in actions]
    rows = iter(zip(*columns, strict=True))
    return NormalForm(lambda _: next(rows), actions=actions, given=space, title=data["title"])


def _continuous_game(
    data: dict[str, Any], symbols: dict[str, Expr], space: Space
) -> ContinuousGame:
    symbols = symbols | symbols_from_data(data["chosen"].items())
    payoffs = {p: parse(text, symbols) for p, text in data["payoffs"].items()}
    ranges = {
        p: [range_from_data(entry, symbols) for entry in group]
        for p, group in data["choices"].items()
    }
    game = ContinuousGame(payoffs, ranges, others=data["others"], given=space, title=data["title"])
    types = {
        player: FrozenMapping({kind: parse(p, symbols) for kind, p in distribution.items()})
        for player, distribution in data.get("types", {}).items()
    }
    return game.with_types(FrozenMapping(types))
