"""Regimes and uniqueness as tables, and as propositions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_latex import cell_latex, definitions_latex, escape, latex
from gametheory_eeu.display.hypotheses import given_of, in_a_row, known_of, meanings
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.display.quantity_names import definitions, named
from gametheory_eeu.display.result_tables import reading, table, title
from gametheory_eeu.display.tables import Cell, Table, filled, listed, record
from gametheory_eeu.model import Partition, Regime, joined
from gametheory_eeu.statics import Uniqueness

_COLUMNS = ("kind", "equilibria", "where", "witness", "number")


@table.register
def _(result: Regime) -> Table:
    return record([
        ("where", result.condition),
        ("equilibria", _names(result)),
        ("witness", _witness(result)),
    ])  # fmt: skip


@table.register
def _(result: Partition) -> Table:
    kinds = ("cell",) * len(result.cells) + ("edge",) * len(result.edges)
    rows = tuple(
        (kind, _names(regime), regime.condition, _witness(regime), str(len(regime.equilibria)))
        for kind, regime in zip(kinds, result, strict=True)
    )
    return Table(_COLUMNS, rows, _caption(result), _note(result))


@reading.register
def _(result: Partition) -> Table:
    """With the game's own quantities in the conditions."""
    quantities = result.game.quantities
    found = table(result)
    turning = set().union(*(c.free_symbols for c in _conditions(result)))
    rows = tuple(
        (row[0], row[1], named(row[2], quantities), _witness(regime, turning))
        for row, regime in zip(found.rows, result, strict=True)
    )
    used = definitions(_conditions(result), quantities)
    where = [(q, " = ", expression, ".") for q, expression in used]
    note = listed([*where, *filled([_note(result), meanings(result.game)])], "\n")
    return Table(_COLUMNS[:4], rows, found.caption, note)


def _caption(result: Partition) -> str:
    return f"{title(result.game)}: regimes of {result.concept} equilibria"


def _names(regime: Regime) -> str:
    return joined(regime.equilibria) or "none"


def _witness(regime: Regime, turning: set[Any] | None = None) -> Cell:
    """A point, in the symbols on which the conditions turn or in all."""
    pairs: list[Cell] = [(s, " = ", value) for s, value in regime.witness.items()
                         if turning is None or s in turning]  # fmt: skip
    return listed(pairs, ", ") if pairs else ""


def _note(result: Partition) -> Cell:
    zeros = [named(zero, result.game.quantities) for zero in result.boundaries]
    up_to = listed(["The cells cover the space up to ", listed(list(zeros), ", "), "."], "")
    rest = "With the edges they cover all of it." if result.with_edges else ""
    covered = "The cells cover the space." if not zeros else up_to
    limits = _limits(result)
    known = given_of(result.game, space=result.space)
    return listed(filled([known, listed(filled([covered, rest, limits]), " ")]), "\n")


def _limits(result: Partition) -> str:
    if result.unsettled:
        return f"{result.unsettled} combinations of signs were not settled."
    if result.solution.complete_where != sp.true:
        return "Other equilibria than those named may exist: the solution is not complete."
    return ""


@latex.register
@arg.checks(result=arg.a(Partition, "regimes"))
def proposition(result: Partition) -> str:
    """The regimes as a proposition: by cells, then by edges, with the named quantities."""
    quantities = result.game.quantities

    def items(regimes: Iterable[Regime]) -> list[str]:
        lines = [rf"\item {_exists(r)}{_if(named(r.condition, quantities))};" for r in regimes]
        ended = [*lines[:-1], lines[-1].removesuffix(";") + "."]
        return [r"\begin{itemize}", *ended, r"\end{itemize}"]

    zeros = ", ".join(_math(named(zero, quantities)) for zero in result.boundaries)
    outside = f", except where {zeros}" if zeros else ""
    known = (
        "exactly these" if result.solution.complete_where == sp.true else "of those found, these"
    )
    kind = f"{escape(result.concept)} equilibria"
    first = cell_latex(given_of(result.game, ", ", result.space)) or "For all parameter values, "
    body = [f"{first.removesuffix(', ')}{outside}, {known} {kind} exist:"]
    body += items(result.cells) if result.cells else []
    if result.edges:
        body += ["On the remaining parameter values:", *items(result.edges)]
    body += definitions_latex(_conditions(result), result.game)
    begin = rf"\begin{{proposition}}[{escape(title(result.game))}]"
    return "\n".join([begin, *body, r"\end{proposition}"])


@table.register
def _(result: Uniqueness) -> Table:
    rows: list[tuple[str, Cell]] = [
        ("verdict", result.verdict),
        ("why", result.why),
        ("scope", in_a_row(known_of(result.solution.game, result.space))),
        ("equilibria", joined([e.name for e in result.equilibria])),
        ("checked by", result.proof.method),
    ]
    name = title(result.solution.game)
    return record(rows, f"{name}: uniqueness of {result.solution.concept} equilibrium")


@latex.register
def _(result: Uniqueness) -> str:
    """A theorem, or the counterexample to it."""
    kind = f"{escape(result.solution.concept)} equilibrium"
    known = cell_latex(in_a_row(known_of(result.solution.game, result.space)))
    values = f"all parameter values with {known}" if known else "all parameter values"
    body = {
        "unique": f"For {values}, there is exactly one {kind}: {_cases(result)}.",
        "unknown": f"Whether for {values} there is exactly one {kind} was not established. "
                   f"{escape(result.why)}",
    }.get(result.verdict, f"It is not true that there is always exactly one {kind}, "
                          f"for {values}. {escape(result.why)}")  # fmt: skip
    begin = rf"\begin{{proposition}}[{escape(title(result.solution.game))}]"
    shown = [e.condition for e in result.equilibria] if result.verdict == "unique" else []
    named_here = definitions_latex(shown, result.solution.game)
    return "\n".join([begin, body, *named_here, r"\end{proposition}"])


def _cases(result: Uniqueness) -> str:
    """Which one it is, and where."""
    quantities = result.solution.game.quantities
    names = [rf"\emph{{{escape(e.name)}}}" for e in result.equilibria]
    if len(names) == 1:
        return names[0]
    where = [_math(named(e.condition, quantities)) for e in result.equilibria]
    return ", ".join(f"{name} if {w}" for name, w in zip(names, where, strict=True))


def _exists(regime: Regime) -> str:
    names = [rf"\emph{{{escape(name)}}}" for name in regime.equilibria]
    if not names:
        return "none"
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]


def _conditions(result: Partition) -> list[Boolean]:
    return [*(regime.condition for regime in result), *result.boundaries]


def _if(condition: Boolean) -> str:
    return "" if condition == sp.true else f" if {_math(condition)}"


def _math(condition: Any) -> str:
    if condition in (sp.true, sp.false):
        return "always" if condition == sp.true else "never"
    return f"${expression_latex(condition)}$"


__all__ = ["proposition"]
