"""Symmetric games and correlated equilibria as tables."""

from __future__ import annotations

from gametheory_eeu.display.describe import reading, table, title
from gametheory_eeu.display.tables import Table
from gametheory_eeu.forms import CorrelatedEquilibrium, SymmetricGame

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
    return Table(columns, rows, title(result), note)


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
    return Table((*players, "probability"), rows, "Correlated equilibrium", note)
