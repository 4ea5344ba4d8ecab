"""Game trees, symmetric games, correlated equilibria, dominance and maximin as tables."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_latex import latex, tabular
from gametheory_eeu.display.hypotheses import given_sentence
from gametheory_eeu.display.result_tables import mixture_cell, summary, table, title
from gametheory_eeu.display.tables import Cell, Table, join_cells, nonempty_cells, record
from gametheory_eeu.forms import CorrelatedEquilibrium, ExtensiveForm, SymmetricGame
from gametheory_eeu.forms.dominance import DominatedAction, Elimination, Maximin
from gametheory_eeu.forms.dynamics import Trajectory
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome


@table.register
def _(result: SymmetricGame) -> Table:
    first, *rest = result.actions
    counted_actions = [first] if len(rest) == 1 else list(result.actions)
    columns = (*(f"others at {action}" for action in counted_actions), *result.actions)
    rows = tuple(
        (*map(str, counts[: len(counted_actions)]), *(row[k] for row in result.payoffs.values()))
        for k, counts in enumerate(result.counts)
    )
    count_text = f"take {first}" if len(counted_actions) == 1 else "take each action"
    note = f"{result.number} equal players; payoffs by how many of the others {count_text}."
    note_cell = join_cells(nonempty_cells([note, given_sentence(result.space)]), " ")
    return Table(columns, rows, title(result), note_cell)


@summary.register
def _(result: SymmetricGame) -> Table:
    """Of many rows the first and the last."""
    return table(result).shortened()


@table.register
def _(result: CorrelatedEquilibrium) -> Table:
    players = result.game.players
    rows = tuple((*profile, probability) for profile, probability in result.distribution.items())
    payoff_cells = ((", " if k else "", f"{p}: ", result.payoffs[p]) for k, p in enumerate(players))
    note = ("Payoffs: ", *(part for parts in payoff_cells for part in parts), ".")
    note_cell = join_cells(nonempty_cells([note, given_sentence(result.game.space)]), " ")
    return Table((*players, "probability"), rows, "Correlated equilibrium", note_cell)


@table.register
def _(result: Trajectory) -> Table:
    shares = [
        (f"{action}, {player}" if len(result.shares) > 1 else action, values)
        for player, own in result.shares.items()
        for action, values in own.items()
    ]
    columns = ("time", *(name for name, _ in shares))
    series = zip(result.times, *(values for _, values in shares), strict=True)
    rows = tuple(tuple(f"{value:.6g}" for value in row) for row in series)
    return Table(columns, rows, f"{title(result.game)}: {result.dynamic}")


@summary.register
def _(result: Trajectory) -> Table:
    """Of many times the first and the last."""
    return table(result).shortened()


def _dominance_kind(d: DominatedAction) -> str:
    return "strictly" if d.kind == "strict" else "weakly"


def _dominated_cells(d: DominatedAction) -> tuple[Cell, ...]:
    """Cells of a dominated action: player, action, kind, dominating mixture, condition."""
    return (
        d.player,
        d.action,
        _dominance_kind(d),
        mixture_cell(d.dominating_mix) if d.dominating_mix else "",
        d.condition,
    )


@table.register
def _(result: DominatedAction) -> Table:
    names = ("player", "action", "dominated", "by", "where")
    return record(list(zip(names, _dominated_cells(result), strict=True)))


@table.register
def _(result: Elimination) -> Table:
    """Every action that was removed, and in the note what is left."""
    rows = tuple(
        (str(k), *_dominated_cells(d)[:4])
        for k, removed_actions in enumerate(result.rounds, 1)
        for d in removed_actions
    )  # fmt: skip
    remaining_cell = join_cells(
        [f"{p}: {', '.join(player_actions)}" for p, player_actions in result.game.actions.items()]
    )
    note = join_cells(
        nonempty_cells(
            [("What is left: ", remaining_cell, "."), given_sentence(result.game.space)]
        ),
        " ",
    )
    columns = ("round", "player", "action", "dominated", "by")
    return Table(columns, rows, f"{title(result.game)}: actions removed", note)


@table.register
def _(result: Maximin) -> Table:
    actions = zip(result.game.actions[result.player], result.strategy, strict=True)
    others = {", ".join(profile): probability for profile, probability in result.against.items()}
    return record([
        ("player", result.player), ("value", result.value),
        ("strategy", mixture_cell(dict(actions))), ("against", mixture_cell(others)),
    ], "Maximin")  # fmt: skip


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
