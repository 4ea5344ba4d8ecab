"""A game tree as a table: drawn with lines for readers, one row a node for machines."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_latex import latex, tabular
from gametheory_eeu.display.hypotheses import given_sentence
from gametheory_eeu.display.result_tables import summary, table
from gametheory_eeu.display.tables import Cell, Table, join_cells, nonempty_cells
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome

Successor = tuple[Cell, Node]
"""What leads to a node, with the probability where chance does."""


def _successors(node: Node) -> list[Successor]:
    if isinstance(node, Chance):
        return [((label, " (", p, ")"), child) for label, p, child in node.branches]
    return [] if isinstance(node, Outcome) else list(node.actions)


def _mover(game: ExtensiveForm, node: Node) -> str:
    """The mover at a node, with the information set where it has several nodes."""
    if isinstance(node, Chance):
        return "chance"
    if not isinstance(node, Move):
        return ""
    is_singleton = len(game.information_sets[node.information_set]) == 1
    return node.player if is_singleton else f"{node.player} [{node.information_set}]"


def _tree_lines(
    game: ExtensiveForm, node: Node, prefix: str, child_prefix: str, step: Cell
) -> Iterator[tuple[Cell, ...]]:
    """Lines of the tree, one for each node, below that of its parent."""
    mover = _mover(game, node)
    cell = (prefix, *(step if isinstance(step, tuple) else (step,)))
    cell += (f"{': ' if step else ''}{mover}",) if mover else ()
    is_terminal = isinstance(node, Outcome)
    yield (cell, *(node.payoffs[p] if isinstance(node, Outcome) else "" for p in game.players))
    successors = [] if is_terminal else _successors(node)
    for i, (label, child) in enumerate(successors):
        is_last = i == len(successors) - 1
        connector, continuation = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
        yield from _tree_lines(
            game, child, child_prefix + connector, child_prefix + continuation, label
        )


@summary.register
@arg.validate(result=arg.instance_of(ExtensiveForm, "a game tree"))
def game_tree(result: ExtensiveForm) -> Table:
    """The tree on lines, as text editors draw one, with the payoffs beside its ends."""
    rows = tuple(_tree_lines(result, result.root, "", "", ""))
    sets = [n for n, nodes in result.information_sets.items() if len(nodes) > 1]
    sets_note = f"In brackets what its player cannot tell apart: {', '.join(sets)}." if sets else ""
    note = join_cells(nonempty_cells([sets_note, given_sentence(result.space)]), " ")
    title = result.title or f"Game of {', '.join(result.players)}"
    return Table(("tree", *result.players), rows, title, note)


@latex.register
def _(result: ExtensiveForm) -> str:
    return tabular(table(result))


@table.register
def _(result: ExtensiveForm) -> Table:
    columns = ("place", "who", "information set", *(f"payoff of {p}" for p in result.players))
    rows = tuple(_node_rows(result, result.root, ()))
    title = result.title or f"Game of {', '.join(result.players)}"
    return Table(columns, rows, title, given_sentence(result.space))


def _node_rows(
    game: ExtensiveForm, node: Node, path: tuple[Cell, ...]
) -> Iterator[tuple[Cell, ...]]:
    mover = node.player if isinstance(node, Move) else "chance" if isinstance(node, Chance) else ""
    information_set = node.information_set if isinstance(node, Move) else ""
    payoffs = (node.payoffs[p] if isinstance(node, Outcome) else "" for p in game.players)
    yield (path or "the start", mover, information_set, *payoffs)
    for edge_label, child in _successors(node):
        label = edge_label if isinstance(edge_label, tuple) else (edge_label,)
        yield from _node_rows(game, child, (*path, "/", *label) if path else label)
