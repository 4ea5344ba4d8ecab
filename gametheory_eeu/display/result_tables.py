"""Tables of results: the full one for machines, a shorter one for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import singledispatch
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Calibration, Space
from gametheory_eeu.display.hypotheses import (
    and_list,
    beliefs_of,
    family_range,
    free_column,
    game_given_sentence,
    game_hypotheses,
    given_sentence,
    meanings,
    set_definitions,
    substitute_quantities,
)
from gametheory_eeu.display.printers import Math, symbol_text
from gametheory_eeu.display.tables import Cell, Table, join_cells, record, sentences
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import (
    AbstractGame,
    Argument,
    ChoiceDistribution,
    Equilibrium,
    EquilibriumSet,
    Game,
    ParameterTable,
    Quantity,
    QuantityTable,
    Verification,
    title_of,
)
from gametheory_eeu.prover import Proof


@singledispatch
def table(result: Any) -> Table:
    """A result as a table with every column, one row for each item.

    A frozen dataclass without a form of its own is shown field by field, or by its ``rows``, under
    its ``caption``.
    """
    if not is_dataclass(result):
        raise UnsupportedError(f"{type(result).__name__} has no table; results of the library do")
    rows = getattr(result, "rows", (result,))
    names = [f.name for f in fields(rows[0]) if f.repr] if rows else []
    cells = tuple(tuple(_cell(getattr(row, name)) for name in names) for row in rows)
    caption = getattr(result, "caption", type(result).__name__)
    if not hasattr(result, "rows"):
        return record(list(zip(names, cells[0], strict=True)), caption)
    return Table(tuple(names), cells, caption)


@singledispatch
def summary(result: Any) -> Table:
    """The table of a result for readers: the full one, unless there is a shorter one."""
    return table(result).without_empty()


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, (str, sp.Basic)) else str(value)


def title(game: AbstractGame) -> str:
    """A game's title, with the name of its calibration."""
    name = title_of(game)
    return f"{name} ({game.calibration})" if game.calibration else name


@table.register
def _(result: Table) -> Table:
    return result


@table.register
def _(result: Game) -> Table:
    parameters = table(result.parameters)
    note = sentences(f"Players: {', '.join(result.players)}.", _ties(result))
    return Table(parameters.columns, parameters.rows, title(result), note)


def _ties(game: Game) -> Cell:
    """The constraints that tie several parameters together, as a sentence."""
    several = tuple(c for c in game.space.constraints if len(c.free_symbols) > 1)
    return given_sentence(Space((), several))


@table.register
def _(result: Argument) -> Table:
    """The parameters, the games, what is linked, and what has to hold."""
    parameters = table(result.parameters)
    links = [f"{link.parameter} = {link.quantity} ({link.verdict})" for link in result.fit]
    games = f"Games: {', '.join(result.chain.games)}."
    linked = f"Links: {'; '.join(links)}." if links else ""
    note = sentences(games, linked, _ties(result), separator="\n")
    return Table(parameters.columns, parameters.rows, title(result), note)


@table.register
def _(result: ParameterTable) -> Table:
    rows = tuple(
        (row.symbol, row.name, result.values.get(row.name, ""),
         "" if row.name in result.values else _domain_notation(row.domain_text), row.meaning,
         str(result.source(row.name)))
        for row in result
    )  # fmt: skip
    columns = ("symbol", "parameter", "value", "domain", "meaning", "source")
    return Table(columns, rows, "Parameters")


def _domain_notation(domain: str) -> str:
    notations = {"any real number": "real", "a whole number, 1 or more": "1, 2, …"}
    return notations.get(domain, domain.replace(">=", "≥").removeprefix("in "))


@table.register
def _(result: Calibration) -> Table:
    rows = tuple((name, value, str(source)) for name, (value, source) in result.values.items())
    return Table(("parameter", "value", "source"), rows, f"Calibration {result.name}",
                 result.description)  # fmt: skip


def _quantity_cells(q: Quantity) -> tuple[Cell, ...]:
    """Cells of a quantity's row; no value where the quantity does not exist."""
    value = "does not exist" if q.exists_when == sp.false else q.expression
    return (Math(q.symbol), q.name, value, _condition_cell(q.exists_when), q.meaning, str(q.source))


def _condition_cell(condition: Boolean) -> Cell:
    return "" if condition in (sp.true, sp.false) else condition


@table.register
def _(result: Quantity) -> Table:
    names = ("symbol", "name", "value", "exists when", "meaning", "source")
    return record(list(zip(names, _quantity_cells(result), strict=True)))


@table.register
def _(result: QuantityTable) -> Table:
    columns = ("symbol", "quantity", "value", "exists when", "meaning", "source")
    return Table(columns, tuple(_quantity_cells(q) for q in result.values()), "Quantities")


@summary.register
def _(result: QuantityTable) -> Table:
    """With conditions in terms of the other quantities, and sources in brief."""
    full_table = table(result)
    rows = tuple(
        (*row[:3], _condition_cell(substitute_quantities(q.exists_when, result)), row[4],
         f"[{q.source.mark}] {q.source.reference}".strip())
        for row, q in zip(full_table.rows, result.values(), strict=True)
    )  # fmt: skip
    return Table(full_table.columns, rows, full_table.caption).without_empty()


@table.register
def _(result: Equilibrium) -> Table:
    rows = [
        ("given", and_list(game_hypotheses(result.game))),
        ("exists when", result.condition),
        *((f"at {place}", mixture_cell(mix)) for place, mix in result.profile.items()),
        *result.choices.items(),
        *((f"{name} is mixed", _distribution_cell(d)) for name, d in result.distributions.items()),
        ("after every history", responses_cell(result)),
        ("free", _free_cell(result)),
        *((f"belief at {place}", mixture_cell(mix)) for place, mix in result.beliefs.items()),
        *((f"payoff of {player}", payoff) for player, payoff in result.payoffs.items()),
        ("reading", result.note),
    ]
    concept = f"{result.concept[:1].upper()}{result.concept[1:]}"
    return record(rows, f"{concept} equilibrium: {result.name}")


def mixture_cell(mix: Mapping[str, Any]) -> Cell:
    """A mixed strategy or belief: a pure action's name, or each with its probability."""
    support = [(name, probability) for name, probability in mix.items() if probability != 0]
    if len(support) == 1:
        return support[0][0]
    if len(support) == 2 and all(isinstance(p, sp.Piecewise) for _, p in support):
        (first, probability), (second, _) = support  # "accept if x <= 1/2, otherwise reject"
        return _by_cases((first if p == 1 else second, where) for p, where in probability.args)
    return join_cells([(name, " (", probability, ")") for name, probability in support], ", ")


def _by_cases(cases: Iterable[tuple[Cell, Boolean]]) -> Cell:
    parts: list[Cell] = [
        ("otherwise ", what) if where == sp.true else (what, " if ", where) for what, where in cases
    ]
    return join_cells(parts, ", ")


def responses_cell(e: Equilibrium) -> Cell:
    """What is chosen after every history, where that depends on it."""
    known = {s.name for s in e.game.space.symbols} | {s.name for s in e.free}
    return join_cells([
        (sp.Symbol(name), " = ", _by_cases(v.args) if isinstance(v, sp.Piecewise) else v)
        for name, v in e.responses.items()
        if not {s.name for s in v.free_symbols} <= known
    ])  # fmt: skip


def strategies_cell(e: Equilibrium) -> Cell:
    """Strategies at each information set, and what is chosen after every history."""
    cells = [profile_cell(e.profile)] if e.profile else []
    return sentences(*cells, responses_cell(e), separator="; ")


def _free_cell(equilibrium: Equilibrium) -> Cell:
    names = join_cells(list(equilibrium.free), ", ")
    return (names, ", ", family_range(equilibrium)) if equilibrium.free else ""


@table.register
def _(result: EquilibriumSet) -> Table:
    columns = (
        "equilibrium", "exists when", "strategies", "choices", "free", "beliefs", "payoffs",
        "reading",
    )  # fmt: skip
    rows = tuple(
        (e.name, e.condition, strategies_cell(e), choices_cell(e), _free_cell(e), beliefs_cell(e),
         payoffs_cell(e), e.note)
        for e in result
    )  # fmt: skip
    caption = f"{title(result.game)}: {result.concept} equilibria"
    note = sentences(game_given_sentence(result.game), completeness(result), separator="\n")
    return Table(columns, rows, caption, note)


def profile_cell(profile: Mapping[str, Mapping[str, Any]]) -> Cell:
    """Strategies at each information set, or of each player."""
    if len(set(profile.values())) == 1:
        cell = mixture_cell(next(iter(profile.values())))
        return cell if len(profile) == 1 else ("all: ", cell)
    return join_cells([(f"{place}: ", mixture_cell(mix)) for place, mix in profile.items()])


def choices_cell(e: Equilibrium) -> Cell:
    """Value of each continuous choice."""
    cells = [
        ("any ", value) if value in e.free else (sp.Symbol(name), " = ", value)
        for name, value in e.choices.items()
    ]
    mixed = [_distribution_cell(d) for d in e.distributions.values()]
    return join_cells([*cells, *mixed], ", " if cells else "; ")


def _distribution_cell(d: ChoiceDistribution) -> Cell:
    """A cdf with its support, and the mass at an end."""
    masses = [
        (", of it ", mass, " at ", end)
        for mass, end in ((d.mass_at_low, d.low), (d.mass_at_high, d.high))
        if mass != 0
    ]
    return (f"F({symbol_text(d.symbol.name)}) = ", d.cdf, " from ", d.low, " to ", d.high, *masses)


def beliefs_cell(e: Equilibrium) -> Cell:
    """Beliefs at each information set of several nodes."""
    beliefs = beliefs_of(e).items()
    return join_cells([(f"at {place}: ", mixture_cell(mix)) for place, mix in beliefs])


def payoffs_cell(e: Equilibrium) -> Cell:
    """Payoff of each player."""
    return join_cells([(f"{player}: ", payoff) for player, payoff in e.payoffs.items()])


def completeness(result: EquilibriumSet) -> Cell:
    """Whether and where the set of equilibria is complete, with the method and reason."""
    reason = f"({result.method}): {result.why}."
    if result.complete_where == sp.true:
        return f"These are all {reason}"
    if result.complete_where == sp.false:
        return f"There may be others {reason}"
    return ("These are all where ", result.complete_where, f"; elsewhere others may exist {reason}")


@summary.register
def _(result: EquilibriumSet) -> Table:
    """With the game's own quantities in the conditions, and payoffs where all are numbers."""
    columns = (
        "equilibrium", "exists when", "strategies", "choices", "beliefs", "payoffs", "reading",
    )  # fmt: skip
    cells = [summary_cells(e, payoffs=_shows_payoffs(result)) for e in result]
    rows = tuple(
        (e.name, _where_cell(e), *(row[name] for name in columns[2:6]), e.note)
        for e, row in zip(result, cells, strict=True)
    )
    caption = f"{title(result.game)}: {result.concept} equilibria"
    empty_row = (("none", *("" for _ in columns[1:])),)
    definition_cells = [(q, " = ", expression, ".") for q, expression in set_definitions(result)]
    note = sentences(game_given_sentence(result.game), *definition_cells, meanings(result.game),
                     completeness(result), separator="\n")  # fmt: skip
    return Table(columns, rows or empty_row, caption, note).without_empty()


def _shows_payoffs(result: EquilibriumSet) -> bool:
    """Whether readers see payoffs, of all or of none: all are numbers, or a family is told by them.

    In symbols they are long, and the full table has them.
    """
    if any(e.free and free_column(e) == "payoffs" for e in result):
        return True
    return not any(payoff.free_symbols for e in result for payoff in e.payoffs.values())


def summary_cells(e: Equilibrium, *, payoffs: bool) -> dict[str, Cell]:
    """Strategies, beliefs and payoffs, the family's range in the column it belongs to."""
    cells = {
        "strategies": strategies_cell(e), "choices": choices_cell(e),
        "beliefs": beliefs_cell(e), "payoffs": payoffs_cell(e) if payoffs else "",
    }  # fmt: skip
    if e.free:
        cells[free_column(e)] = (cells[free_column(e)], "; ", family_range(e))
    return cells


def _where_cell(e: Equilibrium) -> Cell:
    return "" if e.condition == sp.true else substitute_quantities(e.condition, e.game.quantities)


@table.register
def _(result: Verification) -> Table:
    """What was asked of an equilibrium, and what came of it."""
    rows = tuple(
        (obligation.where, obligation.statement, proof.verdict, proof.method)
        for obligation, proof in result.results
    )
    columns = ("obligation", "statement", "verdict", "method")
    return Table(columns, rows, f"Verification: {result.verdict}")


@table.register
def _(result: Proof) -> Table:
    points = (*result.witnesses, *result.undefined_at)
    rows: list[tuple[str, Cell]] = [
        ("statement", result.statement), ("given", result.space.condition),
        ("verdict", result.verdict), ("method", result.method), ("why", result.why),
    ]  # fmt: skip
    rows += [("point", ", ".join(f"{s} = {v}" for s, v in point.items())) for point in points]
    return record(rows, str(result))
