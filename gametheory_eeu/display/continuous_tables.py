"""Games with continuous choices, best responses and curvatures as tables."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.display.hypotheses import given_sentence
from gametheory_eeu.display.result_tables import table, title
from gametheory_eeu.display.tables import Cell, Table, join_cells, nonempty_cells, record
from gametheory_eeu.forms import CheapTalk, ContinuousGame, ContinuousTree, SignallingGame
from gametheory_eeu.forms.best_response import BestResponse, FirstOrderConditions, ResponseCase
from gametheory_eeu.forms.cheap_talk import AnySteps
from gametheory_eeu.solvers.moves import Decision, Draw, End, RealChoice, SequentialNode
from gametheory_eeu.solvers.own_maximum import Curvature


@table.register
def _(result: ContinuousGame) -> Table:
    rows = tuple(
        (player, ", ".join(map(str, result.choices[player])).replace("<=", "≤").replace(">=", "≥"),
         payoff)
        for player, payoff in result.payoffs.items()
    )  # fmt: skip
    equals: list[Cell] = [
        ("Each of the other equal players chooses ", other, " where this one chooses ", x, ".")
        for x, other in result.others.items()
    ]
    for player, distribution in result.types.items():
        kinds = [(f"{kind} with probability ", p) for kind, p in distribution.items()]
        equals.append((f"{player} alone knows its type: ", join_cells(kinds, ", "), "."))
    note = join_cells(nonempty_cells([*equals, given_sentence(result.space)]), " ")
    return Table(("player", "chooses", "payoff"), rows, title(result), note)


@table.register
def _(result: SignallingGame) -> Table:
    """A type of the sender in a row, and the receiver's payoff against it."""
    rows = tuple(
        (kind, result.prior[kind], result.sender[kind], result.receiver[kind])
        for kind in result.sender
    )
    choices = f"The sender chooses {result.signal}, the receiver replies with {result.reply}."
    note = join_cells([choices.replace("<=", "≤").replace(">=", "≥"),
                       given_sentence(result.space)], " ")  # fmt: skip
    return Table(("type", "probability", "sender", "receiver"), rows, title(result), note)


@table.register
def _(result: CheapTalk) -> Table:
    rows = (("sender", result.sender), ("receiver", result.receiver))
    talk: list[Cell] = [
        ("The sender alone knows ", result.state.symbol, ", uniform on ",
         f"[{result.state.low}, {result.state.high}]",
         f", and sends one of {result.messages} messages; the receiver chooses ", result.action,
         "."),
        given_sentence(result.space),
    ]  # fmt: skip
    note = join_cells(nonempty_cells(talk), " ")
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
    note = given_sentence(result.space)
    return Table(("after", "moves", "chooses", *result.players), rows, title(result), note)


def _move_cells(node: SequentialNode, players: tuple[str, ...]) -> tuple[Cell, ...]:
    if isinstance(node, End):
        return "", "", *node.payoffs.values()
    mover, what = "chance", ""
    if isinstance(node, Decision):
        mover, what = node.player, ", ".join(node.actions)
    elif isinstance(node, RealChoice):
        mover, what = node.player, str(node.range).replace("<=", "≤").replace(">=", "≥")
    elif isinstance(node, Draw):
        known = f"; known to {' and '.join(node.known_to)}" if node.known_to else ""
        what = f"{node.distribution}{known}"
    else:
        what = join_cells([(k, " (", p, ")") for k, p in node.probabilities.items()], ", ")
    return mover, what, *("" for _ in players)


@table.register
def _(result: BestResponse) -> Table:
    rows = tuple(
        (case.name, _choices_cell(case), case.condition, case.where if case.free else "")
        for case in result
    )
    columns = ("case", "best choice", "where", "every one with")
    return Table(
        columns, rows, f"Best response of {result.player}", given_sentence(result.space)
    ).without_empty()


def _choices_cell(case: ResponseCase) -> Cell:
    return join_cells(
        [(sp.Symbol(name), " = ", value) for name, value in case.choices.items()], ", "
    )


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
    note = join_cells(nonempty_cells([given_sentence(result.game.space), reading]), " ")
    return Table(("player", "case", "where"), rows, "First-order conditions", note)


@table.register
def _(result: Curvature) -> Table:
    proofs = join_cells([str(proof) for proof in result.proofs], "\n")
    rows: list[tuple[str, Cell]] = [
        ("payoff of", result.player),
        ("in the own choice", result.shape),
        ("proofs", proofs),
    ]
    return record(rows, "Curvature")


__all__: list[str] = []
