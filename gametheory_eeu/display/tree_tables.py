"""A game tree as a table: drawn with lines for readers, one row a node for machines."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_latex import latex, tabular
from gametheory_eeu.display.hypotheses import given
from gametheory_eeu.display.result_tables import reading, table
from gametheory_eeu.display.tables import Cell, Table, filled, listed
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome

Step = tuple[Cell, Node]
"""What leads to a node, with the probability where chance does."""


def _steps(node: Node) -> list[Step]:
    if isinstance(node, Chance):
        return [((label, " (", p, ")"), child) for label, p, child in node.branches]
    return [] if isinstance(node, Outcome) else list(node.actions)


def _who(game: ExtensiveForm, node: Node) -> str:
    """Who moves, and at which information set where the player has several nodes."""
    if isinstance(node, Chance):
        return "chance"
    if not isinstance(node, Move):
        return ""
    alone = len(game.information_sets[node.information_set]) == 1
    return node.player if alone else f"{node.player} [{node.information_set}]"


def _lines(game: ExtensiveForm, node: Node, head: str, tail: str, step: Cell) -> Iterator[
    tuple[Cell, ...]
]:  # fmt: skip
    """Each node on a line of its own, below the one it follows."""
    who = _who(game, node)
    shown = (head, *(step if isinstance(step, tuple) else (step,)))
    shown += (f"{': ' if step else ''}{who}",) if who else ()
    ends = isinstance(node, Outcome)
    yield (shown, *(node.payoffs[p] if isinstance(node, Outcome) else "" for p in game.players))
    below = [] if ends else _steps(node)
    for i, (label, child) in enumerate(below):
        last = i == len(below) - 1
        branch, further = ("└─ ", "   ") if last else ("├─ ", "│  ")
        yield from _lines(game, child, tail + branch, tail + further, label)


@reading.register
@arg.checks(result=arg.a(ExtensiveForm, "a game tree"))
def game_tree(result: ExtensiveForm) -> Table:
    """The tree on lines, as text editors draw one, with the payoffs beside its ends."""
    rows = tuple(_lines(result, result.root, "", "", ""))
    sets = [n for n, nodes in result.information_sets.items() if len(nodes) > 1]
    apart = f"In brackets what its player cannot tell apart: {', '.join(sets)}." if sets else ""
    note = listed(filled([apart, given(result.space)]), " ")
    title = result.title or f"Game of {', '.join(result.players)}"
    return Table(("tree", *result.players), rows, title, note)


@latex.register
def _(result: ExtensiveForm) -> str:
    return tabular(table(result))


@table.register
def _(result: ExtensiveForm) -> Table:
    columns = ("place", "who", "information set", *(f"payoff of {p}" for p in result.players))
    rows = tuple(_rows(result, result.root, ()))
    title = result.title or f"Game of {', '.join(result.players)}"
    return Table(columns, rows, title, given(result.space))


def _rows(game: ExtensiveForm, node: Node, before: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    who = node.player if isinstance(node, Move) else "chance" if isinstance(node, Chance) else ""
    place = node.information_set if isinstance(node, Move) else ""
    payoffs = (node.payoffs[p] if isinstance(node, Outcome) else "" for p in game.players)
    yield (before or "the start", who, place, *payoffs)
    for step, child in _steps(node):
        label = step if isinstance(step, tuple) else (step,)
        yield from _rows(game, child, (*before, "/", *label) if before else label)
