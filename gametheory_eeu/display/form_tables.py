"""Symmetric games, correlated equilibria, dominated actions and maximin strategies as tables."""

from __future__ import annotations

from gametheory_eeu.display.hypotheses import given
from gametheory_eeu.display.result_tables import mix_cell, reading, table, title
from gametheory_eeu.display.tables import Cell, Table, filled, listed, record
from gametheory_eeu.forms import CorrelatedEquilibrium, SymmetricGame
from gametheory_eeu.forms.dominated_actions import Dominated, Elimination
from gametheory_eeu.forms.maximin import Maximin

_MOST = 12


@table.register
def _(result: SymmetricGame) -> Table:
    first, *more = result.actions
    told = [first] if len(more) == 1 else list(result.actions)
    columns = (*(f"others at {action}" for action in told), *result.actions)
    rows = tuple(
        (*map(str, counts[: len(told)]), *(row[k] for row in result.payoffs.values()))
        for k, counts in enumerate(result.counts)
    )
    by = f"take {first}" if len(told) == 1 else "take each action"
    note = f"{result.number} equal players; payoffs by how many of the others {by}."
    known = listed(filled([note, given(result.space)]), " ")
    return Table(columns, rows, title(result), known)


@reading.register
def _(result: SymmetricGame) -> Table:
    """Of many rows the first and the last."""
    whole = table(result)
    if len(whole.rows) <= _MOST:
        return whole
    half = _MOST // 2
    dots = (tuple("…" for _ in whole.columns),)
    rows = (*whole.rows[:half], *dots, *whole.rows[-half:])
    return Table(whole.columns, rows, whole.caption, whole.note)


@table.register
def _(result: CorrelatedEquilibrium) -> Table:
    players = result.game.players
    rows = tuple((*profile, chance) for profile, chance in result.distribution.items())
    paid = ((", " if k else "", f"{p}: ", result.payoffs[p]) for k, p in enumerate(players))
    note = ("Payoffs: ", *(part for parts in paid for part in parts), ".")
    known = listed(filled([note, given(result.game.space)]), " ")
    return Table((*players, "probability"), rows, "Correlated equilibrium", known)


def _way(d: Dominated) -> str:
    return "strictly" if d.kind == "strict" else "weakly"


def _dominated(d: Dominated) -> tuple[Cell, ...]:
    """Who, which action, how, by what, and where."""
    return d.player, d.action, _way(d), mix_cell(d.by) if d.by else "", d.condition


@table.register
def _(result: Dominated) -> Table:
    names = ("player", "action", "dominated", "by", "where")
    return record(list(zip(names, _dominated(result), strict=True)))


@table.register
def _(result: Elimination) -> Table:
    """Every action that was removed, and in the note what is left."""
    rows = tuple(
        (str(k), *_dominated(d)[:4])
        for k, gone in enumerate(result.rounds, 1)
        for d in gone
    )  # fmt: skip
    left = listed([f"{p}: {', '.join(own)}" for p, own in result.game.actions.items()])
    note = listed(filled([("What is left: ", left, "."), given(result.game.space)]), " ")
    columns = ("round", "player", "action", "dominated", "by")
    return Table(columns, rows, f"{title(result.game)}: actions removed", note)


@table.register
def _(result: Maximin) -> Table:
    actions = zip(result.game.actions[result.player], result.strategy, strict=True)
    others = {", ".join(profile): chance for profile, chance in result.against.items()}
    return record([
        ("player", result.player), ("value", result.value),
        ("strategy", mix_cell(dict(actions))), ("against", mix_cell(others)),
    ], "Maximin")  # fmt: skip
