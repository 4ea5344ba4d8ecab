"""Comparative statics as tables: row by row for machines, a matrix of signs for readers."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from gametheory_eeu import arguments as arg
from gametheory_eeu._types import Boolean
from gametheory_eeu.display.describe import reading, table, title
from gametheory_eeu.display.notation import SIGNS, Math
from gametheory_eeu.display.tables import Cell, Table, listed, record
from gametheory_eeu.statics import (
    Boundary,
    Branch,
    ComparativeStatic,
    MonotoneStatic,
    MonotoneTable,
    Motion,
    MotionTable,
    StaticsTable,
)

_MOTION = ("quantity", "parameter", "at", "value", "derivative", "elasticity", "step", "change")
_STATIC = ("quantity", "parameter", "derivative", "sign", "verdict", "reading", "where it turns")


@table.register
def _(result: ComparativeStatic) -> Table:
    rows = list(zip(_STATIC, _static(result), strict=True))
    points = [("positive at", "negative at")[i] for i in range(len(result.witnesses))]
    found = [(what, _point(p)) for what, p in zip(points, result.witnesses, strict=True)]
    regular = [("proved", str(proof)) for proof in result.regular]
    more = [*found, *regular, ("note", result.note), ("over", result.space.condition)]
    return record([*rows, *more])


def _static(row: ComparativeStatic) -> tuple[Cell, ...]:
    sign = Math(SIGNS["unknown" if row.verdict == "unknown" else row.sign])
    edges = listed([_edge(edge) for edge in row.boundaries], "; ") if row.boundaries else row.note
    return (row.quantity, row.parameter.name, row.derivative, sign, row.verdict,
            in_words(row), edges)  # fmt: skip


def _point(point: object) -> str:
    return ", ".join(f"{s} = {v}" for s, v in dict(point).items())  # type: ignore[call-overload]


def _edge(edge: Boundary) -> Cell:
    where = edge.where.by_symbol
    return ("at ", where.lhs, " = ", where.rhs, f": {edge.what}")


def in_words(row: ComparativeStatic) -> Cell:
    """The sign branch by branch, in the quantities' own symbols."""
    told: dict[str, tuple[Branch, list[Boolean]]] = {}
    for branch in row.branches:
        told.setdefault(branch.reading, (branch, []))[1].append(branch.where.by_symbol)
    if len(told) == 1:
        return _branch(next(iter(told.values()))[0])
    return listed([(*_branch(b), " where ", sp.Or(*where)) for b, where in told.values()], "; ")


def _branch(branch: Branch) -> tuple[Cell, ...]:
    if branch.result.verdict == "unknown" or branch.turning is None:
        sign = Math(SIGNS.get(branch.claim, branch.claim))
        return (sign,) if branch.result.verdict != "unknown" else (branch.reading,)
    rest = "" if branch.result.sign == "?" else ", else 0"
    return (Math(SIGNS[branch.claim]), " iff ", branch.turning.said.by_symbol, rest)


@table.register
def _(result: MonotoneStatic) -> Table:
    return record(list(zip(_STATIC, _end(result), strict=True)))


@table.register
def _(result: MonotoneTable) -> Table:
    rows = tuple(_end(row) for row in result)
    name = f"{result.title}: " if result.title else ""
    found = Table(_STATIC, rows, f"{name}the least and the greatest equilibrium")
    return found.without("derivative", "where it turns")


def _end(row: MonotoneStatic) -> tuple[Cell, ...]:
    sign = Math(SIGNS["unknown" if row.verdict == "unknown" else row.sign])
    return row.quantity, row.parameter.name, "", sign, row.verdict, row.reading, ""


@table.register
def _(result: Motion) -> Table:
    return record(list(zip(_MOTION, _motion(result), strict=True)))


@table.register
def _(result: MotionTable) -> Table:
    rows = tuple(_motion(row) for row in result)
    name = f"{result.title}: " if result.title else ""
    return Table(_MOTION, rows, f"{name}slopes, elasticities, changes", "\n".join(result.notes))


def _motion(row: Motion) -> tuple[Cell, ...]:
    none = {None: ""}
    return (row.quantity, row.parameter, row.at, row.value, row.derivative,
            none.get(row.elasticity, row.elasticity), row.step,
            none.get(row.change, row.change))  # fmt: skip


@table.register
def _(result: StaticsTable) -> Table:
    rows = (*(_static(row) for row in result), *(_end(row) for row in result.ends))
    return Table(_STATIC, rows, caption(result, "comparative statics"), "\n".join(result.notes))


@reading.register
def _(result: StaticsTable) -> Table:
    return matrix(result)


def caption(statics: StaticsTable, what: str) -> str:
    """What the table is of."""
    name = statics.title if statics.game is None else title(statics.game)
    return f"{name}: {what}" if name else what.capitalize()


@arg.checks(statics=arg.a(StaticsTable, "a table of comparative statics"), symbols=arg.flag)
def matrix(statics: StaticsTable, symbols: bool = False) -> Table:
    """Signs of derivatives: a row for each quantity, a column for each parameter.

    Parameters
    ----------
    statics : StaticsTable
    symbols : bool
        Quantities by their symbols, as in a paper, in place of their names.
    """
    parameters = statics.parameters
    signs = {(row.quantity, row.parameter): _static(row)[3] for row in statics}
    signs |= {(row.quantity, row.parameter): _end(row)[3] for row in statics.ends}
    both = statics.all_rows
    rows = tuple(
        (Math(symbol) if symbols else name, *(signs.get((name, p), "") for p in parameters))
        for name, symbol in dict.fromkeys((row.quantity, row.symbol) for row in both)
    )
    columns = ("derivative of", *(p.symbol.name for p in parameters))
    note = listed([LEGEND, *turns(statics, symbols), *statics.notes], "\n")
    return Table(columns, rows, caption(statics, "signs of derivatives"), note)


def turns(statics: StaticsTable, symbols: bool) -> list[Cell]:
    """What decides each sign that depends, and where a quantity jumps; the same said once."""
    found: dict[tuple[str, Cell], list[Cell]] = {}
    for row in statics:
        name = Math(row.symbol) if symbols else row.quantity
        for said in _told(row):
            found.setdefault((row.parameter.symbol.name, said), []).append(name)
    for end in statics.ends:
        if end.verdict == "unknown":
            name = Math(end.symbol) if symbols else end.quantity
            found.setdefault((end.parameter.symbol.name, (": ", end.why)), []).append(name)
    return [
        (listed(list(dict.fromkeys(names)), ", "), *said, ".") for (_, said), names in found.items()
    ]


def _told(row: ComparativeStatic) -> Iterable[tuple[Cell, ...]]:
    symbol = row.parameter.symbol
    if row.verdict == "unknown":
        yield (" in ", symbol, ": ", row.reading)
    elif row.verdict == "depends":
        if len({b.reading for b in row.branches}) == 1 and row.turning is not None:
            yield (" rises in ", symbol, " iff ", row.turning.said.by_symbol)
        elif any(b.result.sign == "?" and b.turning is None for b in row.branches):
            yield (" rises and falls in ", symbol)
        else:
            yield (" in ", symbol, ": ", *_flat(in_words(row)))
    for edge in row.boundaries:
        if edge.kind in ("jump", "open"):
            yield (" in ", symbol, ": ", *_flat(_edge(edge)))


def _flat(cell: Cell) -> tuple[Cell, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


LEGEND = "Each sign is proved; ± both occur; ? not decided; blank: nothing is claimed."
