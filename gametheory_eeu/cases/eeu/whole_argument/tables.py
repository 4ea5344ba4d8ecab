"""Tables of the whole argument's results: exact for machines, in decimals for readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from gametheory_eeu.cases.eeu.whole_argument.model import EurasianArgument
from gametheory_eeu.cases.eeu.whole_argument.results import (
    MemberRow,
    MemberTable,
    Recovery,
    RecoveryRow,
    State,
    States,
)
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.display.result_tables import summary, table
from gametheory_eeu.display.tables import Cell, Table

_STATE = {
    "state": "state",
    "trust": "trust",
    "exit_loss": "exit loss",
    "weight": "weight",
    "regime": "regime",
    "surplus": "surplus",
    "price": "price",
    "control": "kept",
    "depth": "depth",
    "alignment": "alignment",
    "threshold": "P_abs",
    "union": "union",
    "complete": "complete",
}
_MEMBER = {
    "state": "state", "member": "member", "surplus": "surplus", "joins": "joins",
    "price": "price", "gain": "gain",
}  # fmt: skip
_RECOVERY = {
    "target": "target", "trust": "trust", "periods": "quiet periods", "whole_periods": "whole",
}  # fmt: skip
NOTE = (
    "The price is what the hegemon pays for consent, what is kept is V − κ·α − t; no price means "
    "no deal."
)


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, (str, sp.Basic)) else str(value)


def _decimal(value: Any) -> Cell:
    cell = _cell(value)
    return decimal(cell) if isinstance(cell, sp.Basic) else cell


def _table(rows: Iterable[Any], names: dict[str, str], caption: str, cell: Any, note: str) -> Table:
    cells = tuple(tuple(cell(getattr(row, name)) for name in names) for row in rows)
    return Table(tuple(names.values()), cells, caption, note)


_KINDS: dict[type[Any], tuple[dict[str, str], str]] = {
    States: (_STATE, NOTE),
    EurasianArgument: (_STATE, NOTE),
    MemberTable: (_MEMBER, ""),
    Recovery: (_RECOVERY, ""),
}
_SINGLE: dict[type[Any], dict[str, str]] = {
    State: _STATE, MemberRow: _MEMBER, RecoveryRow: _RECOVERY,
}  # fmt: skip


def _full(result: Any) -> Table:
    names, note = _KINDS[type(result)]
    return _table(result.rows, names, result.caption, _cell, note)


def _short(result: Any) -> Table:
    names, note = _KINDS[type(result)]
    return _table(result.rows, names, result.caption, _decimal, note).without_empty()


def _single(result: Any) -> Table:
    return _table([result], _SINGLE[type(result)], "", _cell, "").without_empty()


for _kind in _KINDS:
    table.register(_kind, _full)
    summary.register(_kind, _short)
for _kind in _SINGLE:
    table.register(_kind, _single)
