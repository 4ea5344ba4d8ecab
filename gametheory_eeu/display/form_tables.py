"""Symmetric games, correlated equilibria, dominated actions and maximin strategies as tables."""

from __future__ import annotations

from gametheory_eeu.display.hypotheses import given_sentence
from gametheory_eeu.display.result_tables import mixture_cell, summary, table, title
from gametheory_eeu.display.tables import Cell, Table, join_cells, nonempty_cells, record
from gametheory_eeu.forms import CorrelatedEquilibrium, SymmetricGame
from gametheory_eeu.forms.dominated_actions import DominatedAction, Elimination
from gametheory_eeu.forms.maximin import Maximin

_MAX_ROWS = 12


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
    full_table = table(result)
    if len(full_table.rows) <= _MAX_ROWS:
        return full_table
    half = _MAX_ROWS // 2
    ellipsis = (tuple("…" for _ in full_table.columns),)
    rows = (*full_table.rows[:half], *ellipsis, *full_table.rows[-half:])
    return Table(full_table.columns, rows, full_table.caption, full_table.note)


@table.register
def _(result: CorrelatedEquilibrium) -> Table:
    players = result.game.players
    rows = tuple((*profile, probability) for profile, probability in result.distribution.items())
    payoff_cells = ((", " if k else "", f"{p}: ", result.payoffs[p]) for k, p in enumerate(players))
    note = ("Payoffs: ", *(part for parts in payoff_cells for part in parts), ".")
    note_cell = join_cells(nonempty_cells([note, given_sentence(result.game.space)]), " ")
    return Table((*players, "probability"), rows, "Correlated equilibrium", note_cell)


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
