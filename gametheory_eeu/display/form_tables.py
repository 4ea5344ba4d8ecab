"""Forms of games, and what is said of them without solving, as tables."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_latex import latex, tabular
from gametheory_eeu.display.hypotheses import given_sentence
from gametheory_eeu.display.result_tables import mixture_cell, summary, table, title
from gametheory_eeu.display.tables import Cell, Table, join_cells, record, sentences
from gametheory_eeu.forms import (
    CheapTalk,
    ContinuousGame,
    ContinuousTree,
    CorrelatedEquilibrium,
    ExtensiveForm,
    NormalForm,
    SignallingGame,
    SymmetricGame,
)
from gametheory_eeu.forms.best_response import BestResponse, FirstOrderConditions
from gametheory_eeu.forms.cheap_talk import AnySteps
from gametheory_eeu.forms.dominance import DominatedAction, Elimination, Maximin
from gametheory_eeu.forms.dynamics import Trajectory
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome
from gametheory_eeu.solvers.moves import Decision, Draw, End, RealChoice, SequentialNode
from gametheory_eeu.solvers.own_maximum import Curvature


@table.register
def _(result: NormalForm) -> Table:
    """Every profile in a row, with what each player gets."""
    columns = (*result.players, *(f"payoff of {player}" for player in result.players))
    rows = tuple(
        (*profile, *(result.payoffs[player][profile] for player in result.players))
        for profile in result.profiles
    )
    return Table(columns, rows, title(result), given_sentence(result.space))


@summary.register
def _(result: NormalForm) -> Table:
    """The bimatrix of two players, as it is printed: rows, columns, a pair in each cell."""
    if len(result.players) != 2:
        return table(result)
    row_player, column_player = result.players
    row_payoffs, column_payoffs = (result.payoffs[player] for player in result.players)
    columns = result.actions[column_player]
    rows = tuple(
        (row, *((row_payoffs[row, c], ", ", column_payoffs[row, c]) for c in columns))
        for row in result.actions[row_player]
    )
    note = f"Rows: {row_player}; columns: {column_player}."
    note_cell = sentences(note, given_sentence(result.space))
    return Table(("", *columns), rows, title(result), note_cell)


@table.register
def _(result: SymmetricGame) -> Table:
    actions = result.actions
    counted = actions[:1] if len(actions) == 2 else actions
    columns = (*(f"others at {action}" for action in counted), *actions)
    rows = tuple(
        (*map(str, counts[: len(counted)]), *(row[k] for row in result.payoffs.values()))
        for k, counts in enumerate(result.counts)
    )
    count_text = f"take {actions[0]}" if len(counted) == 1 else "take each action"
    note = f"{result.number} equal players; payoffs by how many of the others {count_text}."
    return Table(columns, rows, title(result), sentences(note, given_sentence(result.space)))


@table.register
def _(result: CorrelatedEquilibrium) -> Table:
    players = result.game.players
    rows = tuple((*profile, probability) for profile, probability in result.distribution.items())
    payoffs = ("Payoffs: ", join_cells([(f"{p}: ", result.payoffs[p]) for p in players], ", "), ".")
    note = sentences(payoffs, given_sentence(result.game.space))
    return Table((*players, "probability"), rows, "Correlated equilibrium", note)


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


@summary.register(SymmetricGame)
@summary.register(Trajectory)
def _(result: SymmetricGame | Trajectory) -> Table:
    """Of many rows the first and the last."""
    return table(result).shortened()


def _dominated_cells(d: DominatedAction) -> tuple[Cell, ...]:
    """Cells of a dominated action: player, action, kind, dominating mixture, condition."""
    kind = "strictly" if d.kind == "strict" else "weakly"
    by = mixture_cell(d.dominating_mix) if d.dominating_mix else ""
    return d.player, d.action, kind, by, d.condition


@table.register
def _(result: DominatedAction) -> Table:
    names = ("player", "action", "dominated", "by", "where")
    return record(list(zip(names, _dominated_cells(result), strict=True)))


@table.register
def _(result: Elimination) -> Table:
    """Every action that was removed, and in the note what is left."""
    rows = tuple((str(k), *_dominated_cells(d)[:4])
                 for k, removed in enumerate(result.rounds, 1) for d in removed)  # fmt: skip
    left = join_cells([f"{p}: {', '.join(own)}" for p, own in result.game.actions.items()])
    note = sentences(("What is left: ", left, "."), given_sentence(result.game.space))
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


def _successors(node: Node) -> list[tuple[Cell, Node]]:
    """The nodes below, each after what leads to it, with the probability where chance does."""
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
    yield (cell, *(node.payoffs[p] if isinstance(node, Outcome) else "" for p in game.players))
    successors = _successors(node)
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
    note = sentences(sets_note, given_sentence(result.space))
    return Table(("tree", *result.players), rows, _tree_title(result), note)


def _tree_title(game: ExtensiveForm) -> str:
    return game.title or f"Game of {', '.join(game.players)}"


@latex.register
def _(result: ExtensiveForm) -> str:
    return tabular(table(result))


@table.register
def _(result: ExtensiveForm) -> Table:
    columns = ("place", "who", "information set", *(f"payoff of {p}" for p in result.players))
    rows = tuple(_node_rows(result, result.root, ()))
    return Table(columns, rows, _tree_title(result), given_sentence(result.space))


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


# Continuous choices.


def _with_signs(text: str) -> str:
    return text.replace("<=", "≤").replace(">=", "≥")


@table.register
def _(result: ContinuousGame) -> Table:
    rows = tuple(
        (player, _with_signs(", ".join(map(str, result.choices[player]))), payoff)
        for player, payoff in result.payoffs.items()
    )
    equals: list[Cell] = [
        ("Each of the other equal players chooses ", other, " where this one chooses ", x, ".")
        for x, other in result.others.items()
    ]
    for player, distribution in result.types.items():
        kinds = [(f"{kind} with probability ", p) for kind, p in distribution.items()]
        equals.append((f"{player} alone knows its type: ", join_cells(kinds, ", "), "."))
    note = sentences(*equals, given_sentence(result.space))
    return Table(("player", "chooses", "payoff"), rows, title(result), note)


@table.register
def _(result: SignallingGame) -> Table:
    """A type of the sender in a row, and the receiver's payoff against it."""
    rows = tuple(
        (kind, result.prior[kind], result.sender[kind], result.receiver[kind])
        for kind in result.sender
    )
    choices = f"The sender chooses {result.signal}, the receiver replies with {result.reply}."
    note = sentences(_with_signs(choices), given_sentence(result.space))
    return Table(("type", "probability", "sender", "receiver"), rows, title(result), note)


@table.register
def _(result: CheapTalk) -> Table:
    rows = (("sender", result.sender), ("receiver", result.receiver))
    state = result.state
    talk = (
        "The sender alone knows ", state.symbol, ", uniform on ", f"[{state.low}, {state.high}]",
        f", and sends one of {result.messages} messages; the receiver chooses ", result.action, ".",
    )  # fmt: skip
    note = sentences(talk, given_sentence(result.space))
    return Table(("player", "payoff"), rows, title(result), note)


@table.register
def _(result: AnySteps) -> Table:
    s, y, k = result.method.state.symbol, result.method.action, result.index
    rows: list[tuple[str, Cell]] = [
        ("steps", result.number),
        (f"cut-off {s}_{k}", result.cutoff),
        (f"action {y}_{k}", result.action),
        ("exists where", result.condition),
        *((f"payoff of {player}", value) for player, value in result.payoffs.items()),
    ]
    return record(rows, "Any number of steps")


@table.register
def _(result: ContinuousTree) -> Table:
    """Every place in a row: who moves, and how; at the ends, what is paid."""
    rows = tuple(
        ("/".join(history) or "start", *_move_cells(node, result.players))
        for history, node in result.nodes.items()
    )
    columns = ("after", "moves", "chooses", *result.players)
    return Table(columns, rows, title(result), given_sentence(result.space))


def _move_cells(node: SequentialNode, players: tuple[str, ...]) -> tuple[Cell, ...]:
    if isinstance(node, End):
        return "", "", *node.payoffs.values()
    mover, what = "chance", ""
    if isinstance(node, Decision):
        mover, what = node.player, ", ".join(node.actions)
    elif isinstance(node, RealChoice):
        mover, what = node.player, _with_signs(str(node.range))
    elif isinstance(node, Draw):
        known = f"; known to {' and '.join(node.known_to)}" if node.known_to else ""
        what = f"{node.distribution}{known}"
    else:
        what = join_cells([(k, " (", p, ")") for k, p in node.probabilities.items()], ", ")
    return mover, what, *("" for _ in players)


@table.register
def _(result: BestResponse) -> Table:
    rows = tuple(
        (
            case.name,
            join_cells([(sp.Symbol(x), " = ", v) for x, v in case.choices.items()], ", "),
            case.condition,
            case.where if case.free else "",
        )
        for case in result
    )
    columns, given = (
        ("case", "best choice", "where", "every one with"),
        given_sentence(result.space),
    )
    return Table(columns, rows, f"Best response of {result.player}", given).without_empty()


@table.register
def _(result: FirstOrderConditions) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (case.player, case.name, "not known" if case.condition is None else case.condition)
        for case in result
    )
    if result.sufficient:
        shapes = {c.shape for c in result.curvatures}
        word = "is concave" if shapes == {"concave"} else "has one peak"
        reading = f"They suffice: every payoff {word} in the own choice (proved)."
    else:
        names = ", ".join(c.player for c in result.curvatures if c.shape == "unknown")
        reading = f"They are necessary: that payoffs have one peak was not proved of {names}."
    note = sentences(given_sentence(result.game.space), reading)
    return Table(("player", "case", "where"), rows, "First-order conditions", note)


@table.register
def _(result: Curvature) -> Table:
    proofs = join_cells([str(proof) for proof in result.proofs], "\n")
    shape = ("in the own choice", result.shape)
    return record([("payoff of", result.player), shape, ("proofs", proofs)], "Curvature")
