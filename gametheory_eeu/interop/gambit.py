"""Gambit's files, with exact numbers: game trees (.efg) and normal forms (.nfg)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from os import PathLike

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameFileError
from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.games.equilibrium import unique_name, unique_names
from gametheory_eeu.games.tree import MAX_DEPTH, Chance, Move, Node, Outcome, map_children
from gametheory_eeu.interop.scanner import (
    Source,
    TokenReader,
    distinct_labels,
    quote,
    rational_text,
    read_text,
)

IndexProfile = tuple[int, ...]


def read_efg(source: Source) -> ExtensiveForm:
    """Read a game tree in Gambit's ``.efg`` format.

    Parameters
    ----------
    source : path, open file, or the text itself
        Text is what starts with ``EFG`` or has more than one line.

    Returns
    -------
    ExtensiveForm
        Numbers are exact. What a player gets on the way is added to what it gets at the end.
        Labels that are blank, or used twice, become numbers.

    Raises
    ------
    GameFileError
        The line, and what is wrong with it.
    ParameterError
        A tree without perfect recall, or probabilities that do not sum to one.

    Examples
    --------
    >>> game = read_efg('''EFG 2 R "Entry" { "entrant" "incumbent" }
    ... p "" 1 1 "" { "in" "out" } 0
    ... p "" 2 1 "" { "fight" "yield" } 0
    ... t "" 1 "" { -1 -1 }
    ... t "" 2 "" { 1 0 }
    ... t "" 3 "" { 0 3/2 }''')
    >>> game.solve().names
    ('in; yield',)
    """
    reader = TokenReader(read_text(source, "EFG"))
    title = reader.head("EFG", "2")
    line = reader.line
    players = distinct_labels(reader.texts("players"))
    if not players:
        raise GameFileError(line, "a game needs a player")
    if reader.sees("text"):
        reader.text("the comment")
    parser = _TreeParser(reader, players)
    root = parser.node((sp.Integer(0),) * len(players), ())
    reader.end()
    return ExtensiveForm(parser.named(root), players, title=title)


@dataclass
class _InformationSet:
    """An information set: its label and its actions, in the file's first order."""

    label: str
    actions: list[str]
    chances: list[Expr] = field(default_factory=list)


class _TreeParser:
    """A parser of the nodes of a file, in depth-first order."""

    def __init__(self, reader: TokenReader, players: Sequence[str]) -> None:
        self.reader, self.players = reader, players
        self.sets: dict[tuple[int, int], _InformationSet] = {}
        self.places: dict[str, dict[str, None]] = {}
        self.outcomes: dict[int, tuple[Expr, ...]] = {0: (sp.Integer(0),) * len(players)}

    def node(self, path_payoffs: tuple[Expr, ...], path: tuple[str, ...]) -> Node:
        """A node and its subtree; ``path_payoffs`` are the payoffs of the outcomes before it."""
        reader = self.reader
        if len(path) > MAX_DEPTH:
            raise reader.fail(f"more than {MAX_DEPTH} moves follow each other; this is not read")
        line, kind = reader.line, reader.take("word", "a node: p, c or t")
        if kind not in ("p", "c", "t"):
            raise GameFileError(line, f"a node starts with p, c or t, not with {kind[:50]!r}")
        reader.text("the node's name")
        if kind == "t":
            payoffs = self._accumulated_payoffs(path_payoffs)
            return Outcome(dict(zip(self.players, payoffs, strict=True)))
        player = self._read_player() if kind == "p" else 0
        number = reader.whole("the number of the information set")
        information_set = self._read_information_set(player, number)
        payoffs = self._accumulated_payoffs(path_payoffs)
        children = [self.node(payoffs, (*path, action)) for action in information_set.actions]
        if kind == "c":
            return Chance(
                tuple(zip(information_set.actions, information_set.chances, children, strict=True))
            )
        actions = tuple(zip(information_set.actions, children, strict=True))
        name = f"{player} {number}"
        return Move(self.players[player - 1], name, actions, self._node_name(name, path))

    def _node_name(self, information_set: str, path: tuple[str, ...]) -> str:
        """A unique name of a node within its information set."""
        used_names = self.places.setdefault(information_set, {})
        name = unique_name("/".join(path), used_names)
        used_names[name] = None
        return name

    def _read_player(self) -> int:
        line, player = self.reader.line, self.reader.whole("the number of the player")
        if not 1 <= player <= len(self.players):
            raise GameFileError(line, f"player {player}, but there are {len(self.players)}")
        return player

    def _read_information_set(self, player: int, number: int) -> _InformationSet:
        """The information set, defined here or before."""
        reader, line = self.reader, self.reader.line
        label = reader.text("the information set's name") if reader.sees("text") else ""
        if not reader.sees("{"):
            if (player, number) not in self.sets:
                raise GameFileError(line, f"information set {number} has no actions yet")
            return self.sets[player, number]
        description = (
            self._read_chance_set(label)
            if player == 0
            else _InformationSet(label, reader.texts("actions"))
        )
        description.actions = distinct_labels(description.actions)
        if not description.actions:
            raise GameFileError(line, "an information set without actions")
        original = self.sets.setdefault((player, number), description)
        if (original.actions, original.chances) != (description.actions, description.chances):
            raise GameFileError(line, f"information set {number} had other actions before")
        return original

    def _read_chance_set(self, label: str) -> _InformationSet:
        reader = self.reader
        branches = reader.items(
            "branches", lambda _: (reader.text("a branch"), reader.number("its probability"))
        )
        return _InformationSet(label, [a for a, _ in branches], [p for _, p in branches])

    def _accumulated_payoffs(self, path_payoffs: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """The payoffs on the path, the node's own outcome included."""
        reader = self.reader
        line, number = reader.line, reader.whole("the number of an outcome")
        if reader.sees("text"):
            reader.text("the outcome's name")
        if reader.sees("{"):
            payoffs = tuple(reader.numbers("payoffs"))
            if len(payoffs) != len(self.players):
                count = len(self.players)
                raise GameFileError(line, f"{len(payoffs)} payoffs for {count} players")
            if number == 0 or self.outcomes.setdefault(number, payoffs) != payoffs:
                raise GameFileError(line, f"outcome {number} had other payoffs before")
        elif number not in self.outcomes:
            raise GameFileError(line, f"outcome {number} has no payoffs yet")
        return tuple(a + b for a, b in zip(path_payoffs, self.outcomes[number], strict=True))

    def named(self, node: Node) -> Node:
        """The tree with its information sets named by their labels, if these are distinct."""
        keys = [key for key in self.sets if key[0]]
        labels = [" ".join(self.sets[key].label.split()) for key in keys]
        is_distinct = all(labels) and len(set(labels)) == len(labels)
        owners = [self.players[player - 1] for player, _ in keys]
        default_names = unique_names(
            [
                owner if owners.count(owner) == 1 else f"{owner}, set {number}"
                for owner, (_, number) in zip(owners, keys, strict=True)
            ]
        )
        set_names = (f"{player} {number}" for player, number in keys)
        return _rename(
            node, dict(zip(set_names, labels if is_distinct else default_names, strict=True))
        )


def _rename(node: Node, names: dict[str, str]) -> Node:
    if isinstance(node, Move):
        node = replace(node, information_set=names[node.information_set])
    return map_children(node, lambda child: _rename(child, names))


@arg.validate(game=arg.instance_of(ExtensiveForm, "an ExtensiveForm"), path=arg.optional(arg.path))
def write_efg(game: ExtensiveForm, path: str | PathLike[str] | None = None) -> str:
    """A game tree as the text of an ``.efg`` file, with exact numbers.

    Parameters
    ----------
    game : ExtensiveForm
        With rational payoffs and probabilities.
    path : path, optional
        Where to write it as well.

    Raises
    ------
    GameFileError
        A symbol, or an irrational number.
    """
    names = " ".join(map(quote, game.players))
    lines = [f"EFG 2 R {quote(game.title)} {{ {names} }}", '""', "", *_TreeWriter(game).lines, ""]
    text = "\n".join(lines)
    if path is not None:
        arg.write_file("path", path, text)
    return text


class _TreeWriter:
    """The lines of a file, one for each node."""

    def __init__(self, game: ExtensiveForm) -> None:
        self.players, self.lines = game.players, list[str]()
        self.numbers: dict[str, int] = {}
        self.action_orders: dict[str, list[str]] = {}
        self.count = dict.fromkeys(["", *game.players], 0)
        self.outcomes = 0
        self._write_node(game.root)

    def _write_node(self, node: Node) -> None:
        if isinstance(node, Outcome):
            self.outcomes += 1
            payoffs = (rational_text(node.payoffs[p], f"a payoff of {p}") for p in self.players)
            self.lines.append(f't "" {self.outcomes} "" {{ {", ".join(payoffs)} }}')
        elif isinstance(node, Chance):
            self.count[""] += 1
            branches = (
                f"{quote(a)} {rational_text(p, 'a probability')}" for a, p, _ in node.branches
            )
            self.lines.append(f'c "" {self.count[""]} "" {{ {" ".join(branches)} }} 0')
        else:
            self._write_move(node)
        for child in self._children(node):
            self._write_node(child)

    def _write_move(self, node: Move) -> None:
        if node.information_set not in self.numbers:
            self.count[node.player] += 1
            self.numbers[node.information_set] = self.count[node.player]
            self.action_orders[node.information_set] = [action for action, _ in node.actions]
        player, number = self.players.index(node.player) + 1, self.numbers[node.information_set]
        actions = " ".join(map(quote, self.action_orders[node.information_set]))
        name = quote(node.information_set)
        self.lines.append(f'p "" {player} {number} {name} {{ {actions} }} 0')

    def _children(self, node: Node) -> list[Node]:
        """The children, in the order of the information set's actions in the file."""
        if isinstance(node, Outcome):
            return []
        if isinstance(node, Chance):
            return [child for _, _, child in node.branches]
        children = dict(node.actions)
        return [children[action] for action in self.action_orders[node.information_set]]


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

    def labels(_: str) -> list[str]:
        if reader.sees("{"):
            return reader.texts("strategies")
        size = reader.whole("a number of strategies")
        if size > reader.left:
            raise reader.fail(f"{size} strategies, but the file has no payoffs for them")
        return [""] * size

    strategies = reader.items("strategies", labels)
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

    def outcome(_: str) -> tuple[Expr, ...]:
        line = reader.line
        reader.take("{", "an outcome in braces")
        reader.text("the outcome's name")
        payoffs = []
        while not reader.sees("}"):
            payoffs.append(reader.number("a payoff"))
        reader.take("}", "a closing brace")
        if len(payoffs) != count:
            raise GameFileError(line, f"an outcome with {len(payoffs)} payoffs for {count} players")
        return tuple(payoffs)

    nothing = (sp.Integer(0),) * count
    outcomes = [nothing, *reader.items("outcomes", outcome)]
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
