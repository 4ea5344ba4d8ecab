"""Symmetric games and correlated equilibria as tables."""

from __future__ import annotations

from gametheory_eeu.display.describe import reading, table, title
from gametheory_eeu.display.tables import Table
from gametheory_eeu.forms import CorrelatedEquilibrium, SymmetricGame

_MOST = 12


def _rows(game: SymmetricGame, numbers: list[int]) -> tuple[tuple[object, ...], ...]:
    return tuple((str(k), *(row[k] for row in game.payoffs.values())) for k in numbers)


@table.register
def _(result: SymmetricGame) -> Table:
    first = result.actions[0]
    columns = (f"others at {first}", *result.actions)
    note = f"{result.number} equal players; payoffs by how many of the others take {first}."
    return Table(columns, _rows(result, list(range(result.number))), title(result), note)


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
