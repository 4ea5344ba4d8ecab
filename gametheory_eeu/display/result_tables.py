"""What each result is as a table: once for machines (every column), once for readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import singledispatch
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Calibration, Space
from gametheory_eeu.display.families import beliefs_of, family_range, used
from gametheory_eeu.display.hypotheses import (
    given,
    given_of,
    hypotheses,
    in_a_row,
    known_of,
    meanings,
)
from gametheory_eeu.display.notation import Math
from gametheory_eeu.display.quantity_names import defined, named
from gametheory_eeu.display.tables import Cell, Table, filled, listed, record
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.model import (
    AbstractGame,
    Equilibrium,
    EquilibriumSet,
    Game,
    ParameterTable,
    Quantity,
    QuantityTable,
)
from gametheory_eeu.prover import Proof


@singledispatch
def table(result: Any) -> Table:
    """A result as a table with every column, one row for each item.

    A frozen dataclass without a form of its own is shown field by field.
    """
    if not is_dataclass(result):
        raise UnsupportedError(f"{type(result).__name__} has no table; results of the library do")
    rows = getattr(result, "rows", (result,))
    names = [f.name for f in fields(rows[0]) if f.repr] if rows else []
    cells = tuple(tuple(_cell(getattr(row, name)) for name in names) for row in rows)
    if not hasattr(result, "rows"):
        return record(list(zip(names, cells[0], strict=True)), type(result).__name__)
    return Table(tuple(names), cells, type(result).__name__)


@singledispatch
def reading(result: Any) -> Table:
    """A result as a reader wants it: the same table, unless there is a shorter one."""
    return table(result).without_empty()


def _cell(value: Any) -> Cell:
    return value if isinstance(value, (str, sp.Basic)) else str(value)


def title(game: AbstractGame) -> str:
    """A game's title, with the calibration it stands at."""
    kind = re.sub("(?<!^)(?=[A-Z])", " ", type(game).__name__).capitalize()
    name = getattr(game, "title", "") or kind
    return f"{name} ({game.calibration})" if game.calibration else str(name)


@table.register
def _(result: Table) -> Table:
    return result


@table.register
def _(result: Game) -> Table:
    parameters = table(result.parameters)
    between = hypotheses(Space((), tuple(c for c in result.space.constraints
                                         if len(c.free_symbols) > 1)))  # fmt: skip
    note = f"Players: {', '.join(result.players)}."
    known = [("Given ", in_a_row(between), ".")] if between else []
    return Table(parameters.columns, parameters.rows, title(result), listed([note, *known], " "))


@table.register
def _(result: ParameterTable) -> Table:
    rows = tuple(
        (row.symbol, row.name, result.values.get(row.name, ""),
         "" if row.name in result.values else _mathematical(row.domain_text), row.meaning,
         str(result.source(row.name)))
        for row in result
    )  # fmt: skip
    columns = ("symbol", "parameter", "value", "domain", "meaning", "source")
    return Table(columns, rows, "Parameters")


def _mathematical(domain: str) -> str:
    words = {"any real number": "real", "a whole number, 1 or more": "1, 2, …"}
    return words.get(domain, domain.replace(">=", "≥").removeprefix("in "))


@table.register
def _(result: Calibration) -> Table:
    rows = tuple((name, value, str(source)) for name, (value, source) in result.values.items())
    return Table(("parameter", "value", "source"), rows, f"Calibration {result.name}",
                 result.description)  # fmt: skip


def _quantity(q: Quantity) -> tuple[Cell, ...]:
    """Never a value where the quantity does not exist."""
    value = "does not exist" if q.exists_when == sp.false else q.expression
    return (Math(q.symbol), q.name, value, _unless_always(q.exists_when), q.meaning, str(q.source))


def _unless_always(condition: Boolean) -> Cell:
    return "" if condition in (sp.true, sp.false) else condition


@table.register
def _(result: Quantity) -> Table:
    names = ("symbol", "name", "value", "exists when", "meaning", "source")
    return record(list(zip(names, _quantity(result), strict=True)))


@table.register
def _(result: QuantityTable) -> Table:
    columns = ("symbol", "quantity", "value", "exists when", "meaning", "source")
    return Table(columns, tuple(_quantity(q) for q in result.values()), "Quantities")


@reading.register
def _(result: QuantityTable) -> Table:
    """With conditions in terms of the other quantities, and sources in brief."""
    found = table(result)
    rows = tuple(
        (*row[:3], _unless_always(named(q.exists_when, result)), row[4],
         f"[{q.source.mark}] {q.source.reference}".strip())
        for row, q in zip(found.rows, result.values(), strict=True)
    )  # fmt: skip
    return Table(found.columns, rows, found.caption).without_empty()


@table.register
def _(result: Equilibrium) -> Table:
    rows = [
        ("given", in_a_row(known_of(result.game))),
        ("exists when", result.condition),
        *((f"at {place}", mix_cell(mix)) for place, mix in result.profile.items()),
        ("free", _free(result)),
        *((f"belief at {place}", mix_cell(mix)) for place, mix in result.beliefs.items()),
        *((f"payoff of {player}", payoff) for player, payoff in result.payoffs.items()),
        ("reading", result.note),
    ]
    return record(rows, f"{_capital(result.concept)} equilibrium: {result.name}")


def mix_cell(mix: Mapping[str, Any]) -> Cell:
    """What is played: an action's name, or each with its probability."""
    played = [(name, chance) for name, chance in mix.items() if chance != 0]
    if len(played) == 1:
        return played[0][0]
    return listed([(name, " (", chance, ")") for name, chance in played], ", ")


def _free(equilibrium: Equilibrium) -> Cell:
    names = listed(list(equilibrium.free), ", ")
    return (names, ", ", family_range(equilibrium)) if equilibrium.free else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@table.register
def _(result: EquilibriumSet) -> Table:
    columns = ("equilibrium", "exists when", "strategies", "free", "beliefs", "payoffs", "reading")
    rows = tuple(
        (e.name, e.condition, by_place(e.profile), _free(e), beliefs(e), payoffs(e), e.note)
        for e in result
    )
    caption = f"{title(result.game)}: {result.concept} equilibria"
    note = listed(filled([given_of(result.game), completeness(result)]), "\n")
    return Table(columns, rows, caption, note)


def by_place(profile: Mapping[str, Mapping[str, Any]]) -> Cell:
    """What is played at each information set, or by each player."""
    if len(set(profile.values())) == 1:
        same = mix_cell(next(iter(profile.values())))
        return same if len(profile) == 1 else ("all: ", same)
    return listed([(f"{place}: ", mix_cell(mix)) for place, mix in profile.items()])


def beliefs(e: Equilibrium) -> Cell:
    """What is believed at each information set of several nodes."""
    return listed([(f"at {place}: ", mix_cell(mix)) for place, mix in beliefs_of(e).items()])


def payoffs(e: Equilibrium) -> Cell:
    """What each player gets."""
    return listed([(f"{player}: ", payoff) for player, payoff in e.payoffs.items()])


def completeness(result: EquilibriumSet) -> Cell:
    """Whether the equilibria are all, where, and what establishes that."""
    by = f"({result.method}): {result.why}."
    if result.complete_where == sp.true:
        return f"These are all {by}"
    if result.complete_where == sp.false:
        return f"There may be others {by}"
    return ("These are all where ", result.complete_where, f" {by}")


@reading.register
def _(result: EquilibriumSet) -> Table:
    """With the game's own quantities in the conditions, and payoffs where they are numbers."""
    columns = ("equilibrium", "exists when", "strategies", "beliefs", "payoffs", "reading")
    rows = tuple((e.name, _where(e), *map(told(e).get, columns[2:5]), e.note) for e in result)
    caption = f"{title(result.game)}: {result.concept} equilibria"
    none = (("none", "", "", "", "", ""),)
    where = [(q, " = ", expression, ".") for q, expression in defined(result)]
    space = given_of(result.game)
    note = listed(filled([space, *where, meanings(result.game), completeness(result)]), "\n")
    return Table(columns, rows or none, caption, note).without_empty()


def told(e: Equilibrium) -> dict[str, Cell]:
    """What is played, believed and paid, each range beside what it is the range of."""
    numbers = not any(payoff.free_symbols for payoff in e.payoffs.values())
    cells = {"strategies": by_place(e.profile), "beliefs": beliefs(e), "payoffs": ""}
    if numbers or (e.free and used(e) == "payoffs"):
        cells["payoffs"] = payoffs(e)
    if e.free:
        cells[used(e)] = (cells[used(e)], "; ", family_range(e))
    return cells


def _where(e: Equilibrium) -> Cell:
    return "" if e.condition == sp.true else named(e.condition, e.game.quantities)


@table.register
def _(result: Proof) -> Table:
    points = (*result.witnesses, *result.undefined_at)
    rows: list[tuple[str, Cell]] = [
        ("statement", result.statement), ("given", result.space.condition),
        ("verdict", result.verdict), ("method", result.method), ("why", result.why),
    ]  # fmt: skip
    rows += [("point", ", ".join(f"{s} = {v}" for s, v in point.items())) for point in points]
    return record(rows, str(result))


@table.register
def _(result: NormalForm) -> Table:
    """Every profile in a row, with what each player gets."""
    columns = (*result.players, *(f"payoff of {player}" for player in result.players))
    rows = tuple(
        (*profile, *(result.payoffs[player][profile] for player in result.players))
        for profile in result.profiles
    )
    return Table(columns, rows, title(result), given(result.space))


@reading.register
def _(result: NormalForm) -> Table:
    """The bimatrix of two players, as it is printed: rows, columns, a pair in each cell."""
    if len(result.players) != 2:
        return table(result)
    one, other = result.players
    first, second = (result.payoffs[player] for player in result.players)
    rows = tuple(
        (
            row,
            *((first[row, column], ", ", second[row, column]) for column in result.actions[other]),
        )
        for row in result.actions[one]
    )
    note = f"Rows: {one}; columns: {other}."
    note = listed(filled([note, given(result.space)]), " ")
    return Table(("", *result.actions[other]), rows, title(result), note)
