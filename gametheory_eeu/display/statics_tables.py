"""Comparative statics as tables: row by row for machines, a matrix of signs for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.hypotheses import (
    given,
    given_of,
    hypotheses,
    in_a_row,
    meanings,
    shared,
)
from gametheory_eeu.display.notation import SIGNS, Math
from gametheory_eeu.display.quantity_names import named
from gametheory_eeu.display.result_tables import reading, table, title
from gametheory_eeu.display.tables import Cell, Table, filled, listed, lower, record
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
    rows = [*zip(_STATIC, _static(result), strict=True), ("root", root(result))]
    points = [("positive at", "negative at")[i] for i in range(len(result.witnesses))]
    found = [(what, _point(p)) for what, p in zip(points, result.witnesses, strict=True)]
    regular = [("proved", str(proof)) for proof in result.regular]
    over = in_a_row(hypotheses(result.space))
    more = [*found, *regular, ("note", result.note), ("over", over)]
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


def root(row: ComparativeStatic) -> Cell:
    """Of which equation the root is that a row is made from, and which root of it."""
    if row.root is None:
        return ""
    own = own_symbol(row)
    equation, branch = row.root.equation.xreplace(own), row.root.branch.xreplace(own)
    which = ("", "") if branch == sp.true else (" with ", branch)
    unknown = own.get(row.root.unknown, row.root.unknown)
    return (unknown, " solves ", sp.Eq(equation, 0, evaluate=False), *which)


def own_symbol(row: ComparativeStatic) -> dict[Symbol, Symbol]:
    """The symbol of a root without a closed form in place of the unknown of its equation."""
    if row.root is None:
        return {}
    unknown = row.root.unknown
    is_itself = row.value == unknown or unknown not in row.value.free_symbols
    return {unknown: sp.Symbol(row.symbol, real=True)} if is_itself else {}


def in_words(row: ComparativeStatic) -> Cell:
    """The sign branch by branch, in the quantities' own symbols."""
    told: dict[str, tuple[Branch, list[Boolean]]] = {}
    for branch in row.branches:
        told.setdefault(branch.reading, (branch, []))[1].append(branch.where.by_symbol)
    if len(told) == 1:
        return _branch(next(iter(told.values()))[0], row)
    parts = [(*_branch(b, row), " where ", sp.Or(*where)) for b, where in told.values()]
    return listed(parts, "; ")


def _branch(branch: Branch, row: ComparativeStatic) -> tuple[Cell, ...]:
    if branch.result.verdict == "unknown" or branch.turning is None:
        sign = Math(SIGNS.get(branch.claim, branch.claim))
        return (sign,) if branch.result.verdict != "unknown" else (branch.reading,)
    rest = "" if branch.result.sign == "?" else ", else 0"
    where = branch.turning.said.by_symbol.xreplace(own_symbol(row))
    return (Math(SIGNS[branch.claim]), " iff ", where, rest)


@table.register
def _(result: MonotoneStatic) -> Table:
    return record(list(zip(_STATIC, _end(result), strict=True)))


@table.register
def _(result: MonotoneTable) -> Table:
    rows = tuple(_end(row) for row in result)
    name = f"{result.title}: " if result.title else ""
    spaces = _proved_on(result)
    space = [given(shared(spaces))] if spaces else []
    what = f"{name}the least and the greatest equilibrium"
    found = Table(_STATIC, rows, what, listed([*space, *result.notes], "\n"))
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
    values = [(symbol, " = ", value) for symbol, value in result.point.items()]
    where = [("At ", in_a_row(values), ".")] if values else []
    note = listed([*where, *result.notes], "\n")
    return Table(_MOTION, rows, f"{name}slopes, elasticities, changes", note)


def _motion(row: Motion) -> tuple[Cell, ...]:
    none = {None: ""}
    return (row.quantity, row.parameter, row.at, row.value, row.derivative,
            none.get(row.elasticity, row.elasticity), row.step,
            none.get(row.change, row.change))  # fmt: skip


@table.register
def _(result: StaticsTable) -> Table:
    every = (*result, *result.zeros)
    over = (*(row.space.condition for row in every), *map(_over, result.ends))
    signs = (*map(_static, every), *map(_end, result.ends))
    rows = tuple((*row, where) for row, where in zip(signs, over, strict=True))
    note = listed([*known(result), *result.notes], "\n")
    return Table((*_STATIC, "over"), rows, caption(result, "comparative statics"), note)


def _over(row: MonotoneStatic) -> Boolean | str:
    """What the theorem behind a row is proved on."""
    found = _proved_on([row])
    return shared(found).condition if found else ""


def _proved_on(rows: Iterable[MonotoneStatic]) -> list[Space]:
    """What the rows are claimed under; their proofs have symbols of their own besides."""
    return [row.space for row in rows]


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
    signs = {(r.quantity, r.parameter): _static(r)[3] for r in (*statics, *statics.zeros)}
    signs |= {(row.quantity, row.parameter): _end(row)[3] for row in statics.ends}
    both = statics.all_rows
    rows = tuple(
        (_name(name, symbol, symbols), *(signs.get((name, p), "") for p in parameters))
        for name, symbol in dict.fromkeys((row.quantity, row.symbol) for row in both)
    )
    columns = ("derivative of", *(p.symbol.name for p in parameters))
    found = [*known(statics), *exists(statics, symbols), *turns(statics, symbols)]
    said = [*found, *roots(statics), *statics.notes]
    note = listed([LEGEND, *said, *symbols_of(statics, said, symbols)], "\n")
    return Table(columns, rows, caption(statics, "signs of derivatives"), note)


def _name(quantity: str, symbol: str, by_symbol: bool) -> Cell:
    """A quantity by its name or symbol; a formula's name is its symbol."""
    if not by_symbol:
        return quantity
    return sp.Symbol(symbol, real=True) if symbol == quantity else Math(symbol)


# What is known, where the quantities exist, and what the symbols are.


def space_of(statics: StaticsTable) -> Space:
    """What all rows of a table are claimed under, with what the parameters derive from."""
    if statics.game is None:
        found = [row.space for row in (*statics, *statics.zeros)]
        found += _proved_on(statics.ends)
        return shared(found) if found else Space(())
    space = statics.game.space
    moved = [p for p in statics.parameters if p.symbol not in space.symbols]
    apart = [p.condition for p in moved if p.symbol not in statics.game.values]
    derived = dict.fromkeys(p.name for row in statics for p in row.derived)
    declared = (statics.game.parameters[name] for name in derived)
    ties = [sp.Eq(p.symbol, p.default, evaluate=False) for p in declared if p.default is not None]
    return Space.of(space, *apart, *ties, symbols=space.symbols)


def known(statics: StaticsTable) -> list[Cell]:
    """The hypotheses of a table, as a sentence."""
    return filled([given_of(statics.game, space=space_of(statics))])


def exists(statics: StaticsTable, symbols: bool) -> list[Cell]:
    """Where each quantity exists that does not exist everywhere."""
    everywhere = set(space_of(statics).constraints)
    found: dict[Boolean, list[Cell]] = {}
    for name in dict.fromkeys(row.quantity for row in statics):
        rows = [row for row in statics if row.quantity == name]
        still = [row for row in rows if not row.is_whole] or rows
        parts = [set(sp.And.make_args(row.exists)) - everywhere for row in still]
        where = sp.And(*set.intersection(*parts))
        if where != sp.true:
            found.setdefault(where, []).append(_name(name, rows[0].symbol, symbols))
    quantities = {} if statics.game is None else statics.game.quantities
    return [
        (
            listed(names, ", "),
            f" exist{'s' * (len(names) == 1)} where ",
            named(where, quantities),
            ".",
        )
        for where, names in found.items()
    ]


def roots(statics: StaticsTable) -> list[Cell]:
    """The equations of the roots that a condition names."""
    rows = {row.quantity: row for row in statics if row.root is not None and row.turning}
    return [(*_flat(root(row)), ".") for row in rows.values()]


def symbols_of(statics: StaticsTable, said: Iterable[Cell], symbols: bool) -> list[Cell]:
    """What the symbols of a table are: quantities that its notes name, and parameters."""
    quantities = {} if statics.game is None else statics.game.quantities
    used = {s.name for cell in said for part in _atoms(cell) if isinstance(part, sp.Basic)
            for s in part.free_symbols}  # fmt: skip
    rows = {row.quantity for row in statics} if symbols else set()
    of = [(Math(q.symbol), f" ({lower(q.meaning)})") if symbols else (Math(q.symbol), f" {q.name}")
          for q in quantities.values() if q.symbol in used or q.name in rows]  # fmt: skip
    told = [("Quantities: ", listed(of, ", "), ".")] if of else []
    shown = {*space_of(statics).symbols, *(p.symbol for p in statics.parameters)}
    return filled([*told, meanings(statics.game, short=not symbols, of=shown)])


def _atoms(cell: Cell) -> Iterator[Cell]:
    if isinstance(cell, tuple):
        for part in cell:
            yield from _atoms(part)
    else:
        yield cell


def turns(statics: StaticsTable, symbols: bool) -> list[Cell]:
    """What decides each sign that depends, and where a quantity jumps; the same said once."""
    found: dict[tuple[str, Cell], list[Cell]] = {}
    for row in statics:
        name = _name(row.quantity, row.symbol, symbols)
        for said in _told(row):
            found.setdefault((row.parameter.symbol.name, said), []).append(name)
    for end in statics.ends:
        if end.verdict == "unknown":
            name = _name(end.quantity, end.symbol, symbols)
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
            where = row.turning.said.by_symbol.xreplace(own_symbol(row))
            yield (" rises in ", symbol, " iff ", where)
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
