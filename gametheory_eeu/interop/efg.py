"""Gambit's ``.efg`` files: game trees, with their numbers exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameFileError
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.interop.scanner import Reader, Source, distinct, quoted, read_text, written
from gametheory_eeu.model.tree import DEEPEST, Chance, Move, Node, Outcome
from gametheory_eeu.model.unique_names import apart, told_apart


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
    reader = Reader(read_text(source, "EFG"))
    title = reader.head("EFG", "2")
    start = reader.line
    players = distinct(reader.texts("players"))
    if not players:
        raise GameFileError(start, "a game needs a player")
    if reader.sees("text"):
        reader.text("the comment")
    file = _File(reader, players)
    root = file.node((sp.Integer(0),) * len(players), ())
    reader.end()
    return ExtensiveForm(file.named(root), players, title=title)


@dataclass
class _Set:
    """An information set: its label and its actions, as the file first gives them."""

    label: str
    actions: list[str]
    chances: list[Expr] = field(default_factory=list)


class _File:
    """The nodes of a file, in the order of a walk that goes down first."""

    def __init__(self, reader: Reader, players: Sequence[str]) -> None:
        self.reader, self.players = reader, players
        self.sets: dict[tuple[int, int], _Set] = {}
        self.places: dict[str, dict[str, None]] = {}
        self.outcomes: dict[int, tuple[Expr, ...]] = {0: (sp.Integer(0),) * len(players)}

    def node(self, so_far: tuple[Expr, ...], path: tuple[str, ...]) -> Node:
        """A node and all below it; ``so_far`` is what was paid on the way."""
        reader = self.reader
        if len(path) > DEEPEST:
            raise reader.fail(f"more than {DEEPEST} moves follow each other; this is not read")
        line, kind = reader.line, reader.take("word", "a node: p, c or t")
        if kind not in ("p", "c", "t"):
            raise GameFileError(line, f"a node starts with p, c or t, not with {kind[:50]!r}")
        reader.text("the node's name")
        if kind == "t":
            paid = self._paid(so_far, terminal=True)
            return Outcome(dict(zip(self.players, paid, strict=True)))
        player = self._player() if kind == "p" else 0
        number = reader.whole("the number of the information set")
        found = self._set(player, number)
        paid = self._paid(so_far)
        below = [self.node(paid, (*path, action)) for action in found.actions]
        if kind == "c":
            return Chance(tuple(zip(found.actions, found.chances, below, strict=True)))
        actions = tuple(zip(found.actions, below, strict=True))
        name = f"{player} {number}"
        return Move(self.players[player - 1], name, actions, self._place(name, path))

    def _place(self, information_set: str, path: tuple[str, ...]) -> str:
        """The way to a node, told from the set's others: labels may have a slash of their own."""
        taken = self.places.setdefault(information_set, {})
        name = apart("/".join(path), taken)
        taken[name] = None
        return name

    def _player(self) -> int:
        line, player = self.reader.line, self.reader.whole("the number of the player")
        if not 1 <= player <= len(self.players):
            raise GameFileError(line, f"player {player}, but there are {len(self.players)}")
        return player

    def _set(self, player: int, number: int) -> _Set:
        """The information set, described here or before."""
        reader, line = self.reader, self.reader.line
        label = reader.text("the information set's name") if reader.sees("text") else ""
        if not reader.sees("{"):
            if (player, number) not in self.sets:
                raise GameFileError(line, f"information set {number} has no actions yet")
            return self.sets[player, number]
        read = self._lottery(label) if player == 0 else _Set(label, reader.texts("actions"))
        read.actions = distinct(read.actions)
        if not read.actions:
            raise GameFileError(line, "an information set without actions")
        known = self.sets.setdefault((player, number), read)
        if (known.actions, known.chances) != (read.actions, read.chances):
            raise GameFileError(line, f"information set {number} had other actions before")
        return known

    def _lottery(self, label: str) -> _Set:
        reader, found = self.reader, _Set(label, [])
        reader.take("{", "the branches in braces")
        while not reader.sees("}"):
            found.actions.append(reader.text("a branch"))
            found.chances.append(reader.number("its probability"))
        reader.take("}", "a closing brace")
        return found

    def _paid(self, so_far: tuple[Expr, ...], terminal: bool = False) -> tuple[Expr, ...]:
        """What has been paid after the node's own outcome."""
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
        return tuple(a + b for a, b in zip(so_far, self.outcomes[number], strict=True))

    def named(self, node: Node) -> Node:
        """The tree with the information sets by their labels, where these tell them apart."""
        keys = [key for key in self.sets if key[0]]
        labels = [" ".join(self.sets[key].label.split()) for key in keys]
        clear = all(labels) and len(set(labels)) == len(labels)
        owners = [self.players[player - 1] for player, _ in keys]
        own = told_apart(
            [
                owner if owners.count(owner) == 1 else f"{owner}, set {number}"
                for owner, (_, number) in zip(owners, keys, strict=True)
            ]
        )
        sets = (f"{player} {number}" for player, number in keys)
        return _renamed(node, dict(zip(sets, labels if clear else own, strict=True)))


def _renamed(node: Node, names: dict[str, str]) -> Node:
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(
            tuple((label, p, _renamed(below, names)) for label, p, below in node.branches)
        )
    actions = tuple((action, _renamed(below, names)) for action, below in node.actions)
    return Move(node.player, names[node.information_set], actions, node.node)


@arg.checks(game=arg.a(ExtensiveForm, "an ExtensiveForm"), path=arg.optional(arg.path))
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
    names = " ".join(map(quoted, game.players))
    lines = [f"EFG 2 R {quoted(game.title)} {{ {names} }}", '""', "", *_Writer(game).lines, ""]
    text = "\n".join(lines)
    if path is not None:
        arg.written("path", path, text)
    return text


class _Writer:
    """The lines of a file, a node each."""

    def __init__(self, game: ExtensiveForm) -> None:
        self.players, self.lines = game.players, list[str]()
        self.numbers: dict[str, int] = {}
        self.orders: dict[str, list[str]] = {}
        self.count = dict.fromkeys(["", *game.players], 0)
        self.outcomes = 0
        self._write(game.root)

    def _write(self, node: Node) -> None:
        if isinstance(node, Outcome):
            self.outcomes += 1
            payoffs = (written(node.payoffs[p], f"a payoff of {p}") for p in self.players)
            self.lines.append(f't "" {self.outcomes} "" {{ {", ".join(payoffs)} }}')
        elif isinstance(node, Chance):
            self.count[""] += 1
            parts = (f"{quoted(a)} {written(p, 'a probability')}" for a, p, _ in node.branches)
            self.lines.append(f'c "" {self.count[""]} "" {{ {" ".join(parts)} }} 0')
        else:
            self._move(node)
        for below in self._below(node):
            self._write(below)

    def _move(self, node: Move) -> None:
        if node.information_set not in self.numbers:
            self.count[node.player] += 1
            self.numbers[node.information_set] = self.count[node.player]
            self.orders[node.information_set] = [action for action, _ in node.actions]
        player, number = self.players.index(node.player) + 1, self.numbers[node.information_set]
        actions = " ".join(map(quoted, self.orders[node.information_set]))
        name = quoted(node.information_set)
        self.lines.append(f'p "" {player} {number} {name} {{ {actions} }} 0')

    def _below(self, node: Node) -> list[Node]:
        """What follows, in the order in which the information set's actions were first written."""
        if isinstance(node, Outcome):
            return []
        if isinstance(node, Chance):
            return [below for _, _, below in node.branches]
        after = dict(node.actions)
        return [after[action] for action in self.orders[node.information_set]]


__all__ = ["read_efg", "write_efg"]
