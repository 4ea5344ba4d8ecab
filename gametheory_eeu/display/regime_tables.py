"""Regimes and uniqueness as tables, and as propositions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_latex import (
    cell_latex,
    definitions_latex,
    escape,
    inline_latex,
    latex,
)
from gametheory_eeu.display.hypotheses import (
    and_list,
    definitions,
    game_given_sentence,
    game_hypotheses,
    join_words,
    meanings,
    substitute_quantities,
)
from gametheory_eeu.display.result_tables import summary, table, title
from gametheory_eeu.display.tables import Cell, Table, join_cells, record, sentences
from gametheory_eeu.games import Partition, Quantity, Regime, join_names
from gametheory_eeu.statics import Uniqueness

_COLUMNS = ("kind", "equilibria", "where", "witness", "number")


@table.register
def _(result: Regime) -> Table:
    return record([
        ("where", result.condition),
        ("equilibria", _equilibrium_names(result)),
        ("witness", _witness(result)),
    ])  # fmt: skip


@table.register
def _(result: Partition) -> Table:
    kinds = ("cell",) * len(result.cells) + ("edge",) * len(result.edges)
    rows = tuple(
        (kind, _equilibrium_names(r), r.condition, _witness(r), str(len(r.equilibria)))
        for kind, r in zip(kinds, result, strict=True)
    )
    caption = f"{title(result.game)}: regimes of {result.concept} equilibria"
    return Table(_COLUMNS, rows, caption, _note(result))


@summary.register
def _(result: Partition) -> Table:
    """With the game's own quantities in the conditions."""
    quantities = result.game.quantities
    full_table = table(result)
    condition_symbols = set().union(*(c.free_symbols for c in _conditions(result)))
    rows = tuple(
        (*row[:2], substitute_quantities(row[2], quantities), _witness(regime, condition_symbols))
        for row, regime in zip(full_table.rows, result, strict=True)
    )
    defined = definitions(_conditions(result), quantities)
    definition_cells = [(q, " = ", expression, ".") for q, expression in defined]
    note = sentences(*definition_cells, _note(result), meanings(result.game), separator="\n")
    return Table(_COLUMNS[:4], rows, full_table.caption, note)


def _equilibrium_names(regime: Regime) -> str:
    return join_names(regime.equilibria) or "none"


def _witness(regime: Regime, condition_symbols: set[Any] | None = None) -> Cell:
    """The witness of a regime, in all symbols or only in those of the conditions."""
    pairs: list[Cell] = [(s, " = ", value) for s, value in regime.witness.items()
                         if condition_symbols is None or s in condition_symbols]  # fmt: skip
    return join_cells(pairs, ", ") if pairs else ""


def _note(result: Partition) -> Cell:
    quantities = result.game.quantities
    boundaries = [substitute_quantities(boundary, quantities) for boundary in result.boundaries]
    coverage: Cell = "The cells cover the space."
    if boundaries:
        coverage = ("The cells cover the space up to ", join_cells(boundaries, ", "), ".")
    edge_coverage = "With the edges they cover all of it." if result.with_edges else ""
    return sentences(
        game_given_sentence(result.game, space=result.space),
        sentences(coverage, edge_coverage, _limitation(result)),
        separator="\n",
    )


def _limitation(result: Partition) -> Cell:
    unsettled = f"{result.unsettled} combinations of signs were not settled."
    return sentences(unsettled if result.unsettled else "", incompleteness(result))


@arg.validate(result=arg.instance_of(Partition, "regimes"))
def incompleteness(result: Partition) -> Cell:
    """Where other equilibria than those named may exist; nothing where there are none."""
    if result.complete_where == sp.true:
        return ""
    others = "Other equilibria than those named may exist"
    if result.complete_where == sp.false:
        return f"{others}: the solution is not complete."
    condition = substitute_quantities(result.complete_where, result.game.quantities)
    return (f"{others}, except where ", condition, ".")


@latex.register
@arg.validate(result=arg.instance_of(Partition, "regimes"))
def proposition(result: Partition) -> str:
    """The regimes as a proposition: by cells, then by edges, with the named quantities."""
    quantities = result.game.quantities

    def item_list(regimes: Iterable[Regime]) -> list[str]:
        *lines, last = (_item(r, quantities) for r in regimes)
        items = [*(f"{line};" for line in lines), f"{last}."]
        return [r"\begin{itemize}", *items, r"\end{itemize}"]

    boundaries = ", ".join(
        inline_latex(substitute_quantities(boundary, quantities)) for boundary in result.boundaries
    )
    exception = f", except where {boundaries}" if boundaries else ""
    is_complete = result.complete_where == sp.true
    selection = "exactly these" if is_complete else "of those found, these"
    kind = f"{escape(result.concept)} equilibria"
    given = cell_latex(game_given_sentence(result.game, "", result.space))
    body = [f"{given or 'For all parameter values'}{exception}, {selection} {kind} exist:"]
    body += item_list(result.cells) if result.cells else []
    if result.edges:
        body += ["On the remaining parameter values:", *item_list(result.edges)]
    if limitation := incompleteness(result):
        body.append(cell_latex(limitation))
    body += definitions_latex(_conditions(result), result.game)
    opening = rf"\begin{{proposition}}[{escape(title(result.game))}]"
    return "\n".join([opening, *body, r"\end{proposition}"])


@table.register
def _(result: Uniqueness) -> Table:
    rows: list[tuple[str, Cell]] = [
        ("verdict", result.verdict),
        ("why", result.why),
        ("scope", and_list(game_hypotheses(result.solution.game, result.space))),
        ("equilibria", join_names([e.name for e in result.equilibria])),
        ("checked by", result.proof.method),
    ]
    name = title(result.solution.game)
    return record(rows, f"{name}: uniqueness of {result.solution.concept} equilibrium")


@latex.register
def _(result: Uniqueness) -> str:
    """A theorem, or the counterexample to it."""
    kind = f"{escape(result.solution.concept)} equilibrium"
    hypotheses = cell_latex(and_list(game_hypotheses(result.solution.game, result.space)))
    values = f"all parameter values with {hypotheses}" if hypotheses else "all parameter values"
    body = {
        "unique": f"For {values}, there is exactly one {kind}: {_cases(result)}.",
        "unknown": f"Whether for {values} there is exactly one {kind} was not established. "
                   f"{escape(result.why)}",
    }.get(result.verdict, f"It is not true that there is always exactly one {kind}, "
                          f"for {values}. {escape(result.why)}")  # fmt: skip
    opening = rf"\begin{{proposition}}[{escape(title(result.solution.game))}]"
    conditions = [e.condition for e in result.equilibria] if result.verdict == "unique" else []
    definition_lines = definitions_latex(conditions, result.solution.game)
    return "\n".join([opening, body, *definition_lines, r"\end{proposition}"])


def _cases(result: Uniqueness) -> str:
    """The unique equilibrium, or each equilibrium with its condition."""
    quantities = result.solution.game.quantities
    names = [rf"\emph{{{escape(e.name)}}}" for e in result.equilibria]
    if len(names) == 1:
        return names[0]
    conditions = (substitute_quantities(e.condition, quantities) for e in result.equilibria)
    pairs = zip(names, map(inline_latex, conditions), strict=True)
    return ", ".join(f"{name} if {condition}" for name, condition in pairs)


def _item(regime: Regime, quantities: Mapping[str, Quantity]) -> str:
    names = [rf"\emph{{{escape(name)}}}" for name in regime.equilibria]
    condition = substitute_quantities(regime.condition, quantities)
    where = "" if condition == sp.true else f" if {inline_latex(condition)}"
    return rf"\item {join_words(names) if names else 'none'}{where}"


def _conditions(result: Partition) -> list[Boolean]:
    regimes = (regime.condition for regime in result)
    return [*regimes, *result.boundaries, result.complete_where]
