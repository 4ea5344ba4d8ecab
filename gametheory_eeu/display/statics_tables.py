"""Comparative statics as tables: row by row for machines, a matrix of signs for readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.hypotheses import (
    and_list,
    common_space,
    game_given_sentence,
    given_sentence,
    hypotheses,
    meanings,
    substitute_quantities,
)
from gametheory_eeu.display.printers import SIGNS, Math
from gametheory_eeu.display.result_tables import summary, table, title
from gametheory_eeu.display.tables import (
    Cell,
    Table,
    atoms,
    join_cells,
    lowercase_first,
    record,
    sentences,
)
from gametheory_eeu.statics import (
    Boundary,
    ComparativeStatic,
    Curve,
    InteriorStatic,
    InteriorStatics,
    LocalEffect,
    LocalEffectTable,
    MonotoneStatic,
    MonotoneTable,
    StaticsBranch,
    StaticsTable,
)

_LOCAL_COLUMNS = (
    "quantity", "parameter", "at", "value", "derivative", "elasticity", "step", "change",
)  # fmt: skip
_STATIC_COLUMNS = (
    "quantity", "parameter", "derivative", "sign", "verdict", "reading", "where it turns",
)  # fmt: skip


@table.register
def _(result: ComparativeStatic) -> Table:
    points = (", ".join(f"{s} = {v}" for s, v in point.items()) for point in result.witnesses)
    return record([
        *zip(_STATIC_COLUMNS, _static_cells(result), strict=True),
        ("root", root_cell(result)),
        *zip(("positive at", "negative at"), points, strict=False),
        *(("proved", str(proof)) for proof in result.regular),
        ("note", result.note),
        ("over", and_list(hypotheses(result.space))),
    ])  # fmt: skip


def _sign(row: ComparativeStatic | InteriorStatic | MonotoneStatic) -> Math:
    return Math(SIGNS["unknown" if row.verdict == "unknown" else row.sign])


def _static_cells(row: ComparativeStatic) -> tuple[Cell, ...]:
    boundaries = join_cells(list(map(_boundary_cell, row.boundaries))) or row.note
    return (row.quantity, row.parameter.name, row.derivative, _sign(row), row.verdict,
            sign_cell(row), boundaries)  # fmt: skip


def _boundary_cell(boundary: Boundary) -> Cell:
    where = boundary.where.by_symbol
    return ("at ", where.lhs, " = ", where.rhs, f": {boundary.what}")


def root_cell(row: ComparativeStatic) -> Cell:
    """The equation of the root behind a row, and the branch of the root."""
    if row.root is None:
        return ""
    renaming = unknown_renaming(row)
    equation, branch = row.root.equation.xreplace(renaming), row.root.branch.xreplace(renaming)
    branch_cells = ("", "") if branch == sp.true else (" with ", branch)
    unknown = renaming.get(row.root.unknown, row.root.unknown)
    return (unknown, " solves ", sp.Eq(equation, 0, evaluate=False), *branch_cells)


def unknown_renaming(row: ComparativeStatic) -> dict[Symbol, Symbol]:
    """Substitution of a quantity's symbol for the unknown of its equation."""
    if row.root is None:
        return {}
    unknown = row.root.unknown
    is_itself = row.value == unknown or unknown not in row.value.free_symbols
    return {unknown: sp.Symbol(row.symbol, real=True)} if is_itself else {}


def sign_cell(row: ComparativeStatic) -> Cell:
    """The sign branch by branch, in the quantities' symbols."""
    groups: dict[str, tuple[StaticsBranch, list[Boolean]]] = {}
    for branch in row.branches:
        groups.setdefault(branch.reading, (branch, []))[1].append(branch.where.by_symbol)
    if len(groups) == 1:
        return _branch_cells(next(iter(groups.values()))[0], row)
    parts = [(*_branch_cells(b, row), " where ", sp.Or(*where)) for b, where in groups.values()]
    return join_cells(parts, "; ")


def _branch_cells(branch: StaticsBranch, row: ComparativeStatic) -> tuple[Cell, ...]:
    if branch.result.verdict == "unknown" or branch.sign_condition is None:
        sign = Math(SIGNS.get(branch.claim, branch.claim))
        return (sign,) if branch.result.verdict != "unknown" else (branch.reading,)
    otherwise = "" if branch.result.sign == "?" else ", else 0"
    condition = branch.sign_condition.forms.by_symbol.xreplace(unknown_renaming(row))
    return (Math(SIGNS[branch.claim]), " iff ", condition, otherwise)


@table.register
def _(result: MonotoneStatic) -> Table:
    return record(list(zip(_STATIC_COLUMNS, _monotone_cells(result), strict=True)))


@table.register
def _(result: MonotoneTable) -> Table:
    rows = tuple(_monotone_cells(row) for row in result)
    name = f"{result.title}: " if result.title else ""
    space = [given_sentence(common_space(row.space for row in result))] if rows else []
    heading = f"{name}the least and the greatest equilibrium"
    contents = Table(_STATIC_COLUMNS, rows, heading, join_cells([*space, *result.notes], "\n"))
    return contents.without("derivative", "where it turns")


def _monotone_cells(row: MonotoneStatic) -> tuple[Cell, ...]:
    return row.quantity, row.parameter.name, "", _sign(row), row.verdict, row.reading, ""


_INTERIOR_COLUMNS = ("choice", "parameter", "derivative", "sign", "proved by")


@table.register
def _(result: InteriorStatic) -> Table:
    return record(list(zip(_INTERIOR_COLUMNS, _interior_cells(result), strict=True)))


@table.register
def _(result: InteriorStatics) -> Table:
    rows = tuple(map(_interior_cells, result))
    note = [given_sentence(result.rows[0].proof.space)] if result.rows else []
    return Table(_INTERIOR_COLUMNS, rows, "How interior choices move", join_cells(note))


def _interior_cells(row: InteriorStatic) -> tuple[Cell, ...]:
    method = row.proof.method if row.verdict == "proved" else ""
    return row.choice, row.parameter, row.derivative, _sign(row), method


@table.register
def _(result: LocalEffect) -> Table:
    return record(list(zip(_LOCAL_COLUMNS, _local_effect_cells(result), strict=True)))


@table.register
def _(result: LocalEffectTable) -> Table:
    rows = tuple(_local_effect_cells(row) for row in result)
    name = f"{result.title}: " if result.title else ""
    values = [(symbol, " = ", value) for symbol, value in result.point.items()]
    where = [("At ", and_list(values), ".")] if values else []
    note = join_cells([*where, *result.notes], "\n")
    return Table(_LOCAL_COLUMNS, rows, f"{name}slopes, elasticities, changes", note)


def _local_effect_cells(row: LocalEffect) -> tuple[Cell, ...]:
    blank = {None: ""}
    return (row.quantity, row.parameter, row.at, row.value, row.derivative,
            blank.get(row.elasticity, row.elasticity), row.step,
            blank.get(row.change, row.change))  # fmt: skip


@table.register
def _(result: StaticsTable) -> Table:
    static_rows = (*result, *result.zeros)
    scope = (row.space.condition for row in (*static_rows, *result.ends))
    signs = (*map(_static_cells, static_rows), *map(_monotone_cells, result.ends))
    rows = tuple((*row, where) for row, where in zip(signs, scope, strict=True))
    note = sentences(_hypotheses(result), *result.notes, separator="\n")
    return Table((*_STATIC_COLUMNS, "over"), rows, caption(result, "comparative statics"), note)


@summary.register
def _(result: StaticsTable) -> Table:
    return matrix(result)


def caption(statics: StaticsTable, subject: str) -> str:
    """Caption of a table of comparative statics."""
    name = statics.title if statics.game is None else title(statics.game)
    return f"{name}: {subject}" if name else subject.capitalize()


@arg.validate(
    statics=arg.instance_of(StaticsTable, "a table of comparative statics"), symbols=arg.flag
)
def matrix(statics: StaticsTable, symbols: bool = False) -> Table:
    """Signs of derivatives: a row for each quantity, a column for each parameter.

    Parameters
    ----------
    statics : StaticsTable
    symbols : bool
        Quantities by their symbols, as in a paper, in place of their names.
    """
    parameters = statics.parameters
    signs = {(row.quantity, row.parameter): _sign(row) for row in statics.all_rows}
    rows = tuple(
        (_quantity_cell(name, symbol, symbols), *(signs.get((name, p), "") for p in parameters))
        for name, symbol in dict.fromkeys((row.quantity, row.symbol) for row in _told(statics))
    )
    columns = ("derivative of", *(p.symbol.name for p in parameters))
    notes = [
        _hypotheses(statics),
        *existence_cells(statics, symbols),
        *sign_conditions(statics, symbols),
        *root_cells(statics),
        *statics.notes,
    ]
    note = sentences(LEGEND, *notes, symbol_meanings(statics, notes, symbols), separator="\n")
    return Table(columns, rows, caption(statics, "signs of derivatives"), note)


def _told(statics: StaticsTable) -> Iterable[ComparativeStatic | MonotoneStatic]:
    """The rows that say more than the note: the extremal equilibria if a theorem applies."""
    has_theorem = any(row.verdict == "proved" for row in statics.ends)
    return statics.all_rows if has_theorem else (*statics, *statics.zeros) or statics.all_rows


def _quantity_cell(quantity: str, symbol: str, by_symbol: bool) -> Cell:
    """A quantity by its name or symbol; a formula's name is its symbol."""
    if not by_symbol:
        return quantity
    return sp.Symbol(symbol, real=True) if symbol == quantity else Math(symbol)


@table.register
def _(result: Curve) -> Table:
    columns = (result.symbol.name, *(line.name for line in result.lines))
    rows = tuple(
        (point, *("" if value is None else value for value in values)) for point, values in result
    )
    names = ", ".join(line.name for line in result.lines)
    return Table(columns, rows, f"{title(result.game)}: {names} along {result.parameter}")


@summary.register
def _(result: Curve) -> Table:
    """Of many points the first and the last."""
    whole = table(result)
    short = whole.shortened()
    return whole if short is whole else replace(short, note=f"{len(whole.rows)} points.")


# What is known, where the quantities exist, and what the symbols are.


def statics_space(statics: StaticsTable) -> Space:
    """Space common to all rows, with the equations of the derived parameters."""
    if statics.game is None:
        spaces = [row.space for row in statics.all_rows]
        return common_space(spaces) if spaces else Space(())
    space = statics.game.space
    other_parameters = [p for p in statics.parameters if p.symbol not in space.symbols]
    domains = [p.condition for p in other_parameters if p.symbol not in statics.game.values]
    derived_names = dict.fromkeys(p.name for row in statics for p in row.derived)
    derived_parameters = (statics.game.parameters[name] for name in derived_names)
    definitions = [
        sp.Eq(p.symbol, p.default, evaluate=False)
        for p in derived_parameters
        if p.default is not None
    ]
    return Space.of(space, *domains, *definitions, symbols=space.symbols)


def _hypotheses(statics: StaticsTable) -> Cell:
    """The hypotheses of a table as a sentence, and what moves with what."""
    given = game_given_sentence(statics.game, space=statics_space(statics))
    values = getattr(statics.game, "given", {})
    bound = [p for p in dict.fromkeys(row.parameter for row in _told(statics))
             if getattr(values.get(p.name), "free_symbols", None)]  # fmt: skip
    if not bound:
        return given
    verb = "moves" if len(bound) == 1 else "move"
    names = and_list([parameter.symbol for parameter in bound])
    what = f" {verb} with what is given there; for a change of its own each has its own column."
    return sentences(given, (names, what))


def existence_cells(statics: StaticsTable, symbols: bool) -> list[Cell]:
    """Existence conditions of the quantities that do not exist everywhere."""
    space_constraints = set(statics_space(statics).constraints)
    groups: dict[Boolean, list[Cell]] = {}
    for name in dict.fromkeys(row.quantity for row in statics):
        rows = [row for row in statics if row.quantity == name]
        partial_rows = [row for row in rows if not row.is_whole] or rows
        condition_sets = [
            set(sp.And.make_args(row.exists)) - space_constraints for row in partial_rows
        ]
        condition = sp.And(*set.intersection(*condition_sets))
        if condition != sp.true:
            groups.setdefault(condition, []).append(_quantity_cell(name, rows[0].symbol, symbols))
    quantities = {} if statics.game is None else statics.game.quantities
    return [
        (
            join_cells(names, ", "),
            f" exist{'s' * (len(names) == 1)} where ",
            substitute_quantities(condition, quantities),
            ".",
        )
        for condition, names in groups.items()
    ]


def root_cells(statics: StaticsTable) -> list[Cell]:
    """The equations of the roots that occur in conditions."""
    rows = {row.quantity: row for row in statics if row.root is not None and row.sign_condition}
    return [(*_as_tuple(root_cell(row)), ".") for row in rows.values()]


def symbol_meanings(statics: StaticsTable, notes: Iterable[Cell], symbols: bool) -> Cell:
    """Meanings of the quantities that the notes name, and of the parameters."""
    quantities = {} if statics.game is None else statics.game.quantities
    note_symbols = {s.name for cell in notes for part in atoms(cell) if isinstance(part, sp.Basic)
            for s in part.free_symbols}  # fmt: skip
    rows = {row.quantity for row in statics} if symbols else set()
    quantity_cells = [
        (Math(q.symbol), f" ({lowercase_first(q.meaning)})" if symbols else f" {q.name}")
        for q in quantities.values()
        if q.symbol in note_symbols or q.name in rows
    ]
    named = ("Quantities: ", join_cells(quantity_cells, ", "), ".") if quantity_cells else ""
    table_symbols = {*statics_space(statics).symbols, *(p.symbol for p in statics.parameters)}
    meant = meanings(statics.game, short=not symbols, of=table_symbols)
    return sentences(named, meant, separator="\n")


def sign_conditions(statics: StaticsTable, symbols: bool) -> list[Cell]:
    """Conditions of the signs that depend, and jumps of quantities; equal ones merged."""
    groups: dict[tuple[str, Cell], list[Cell]] = {}
    for row in statics:
        name = _quantity_cell(row.quantity, row.symbol, symbols)
        for note in _sign_notes(row):
            groups.setdefault((row.parameter.symbol.name, note), []).append(name)
    for monotone_row in statics.ends:
        if monotone_row.verdict == "unknown":
            name = _quantity_cell(monotone_row.quantity, monotone_row.symbol, symbols)
            groups.setdefault(("", (": ", monotone_row.why)), []).append(name)
    return [
        (join_cells(list(dict.fromkeys(names)), ", "), *note, ".")
        for (_, note), names in groups.items()
    ]


def _sign_notes(row: ComparativeStatic) -> Iterable[tuple[Cell, ...]]:
    symbol = row.parameter.symbol
    if row.verdict == "unknown":
        yield (" in ", symbol, ": ", row.reading)
    elif row.verdict == "depends":
        if len({b.reading for b in row.branches}) == 1 and row.sign_condition is not None:
            condition = row.sign_condition.forms.by_symbol.xreplace(unknown_renaming(row))
            yield (" rises in ", symbol, " iff ", condition)
        elif any(b.result.sign == "?" and b.sign_condition is None for b in row.branches):
            yield (" rises and falls in ", symbol)
        else:
            yield (" in ", symbol, ": ", *_as_tuple(sign_cell(row)))
    for boundary in row.boundaries:
        if boundary.kind in ("jump", "open"):
            yield (" in ", symbol, ": ", *_as_tuple(_boundary_cell(boundary)))


def _as_tuple(cell: Cell) -> tuple[Cell, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


LEGEND = "Each sign is proved; ± both occur; ? not decided; blank: nothing is claimed."
