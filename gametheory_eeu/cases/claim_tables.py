"""Claims, their judgements and explanations as tables."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.cases.claim_parts import PartJudgement
from gametheory_eeu.cases.claims import CaseClaim, CaseClaims, ClaimJudgement, Tension
from gametheory_eeu.cases.explanation import Explanation
from gametheory_eeu.cases.facts import Fact, Facts
from gametheory_eeu.cases.robustness import Margin, Robustness
from gametheory_eeu.display.printers import decimal
from gametheory_eeu.display.result_tables import summary, table
from gametheory_eeu.display.tables import Cell, Table, join_cells, record

_COLUMNS = ("number", "place", "claim", "statement", "game", "figures", "verdict")
_LONGEST = 200


def _cells(claim: CaseClaim) -> tuple[Cell, ...]:
    return (
        sp.Integer(claim.number),
        claim.place,
        claim.paraphrase,
        claim.stipulation or claim.statement,
        claim.game_name,
        figures_text(claim),
        claim.verdict,
    )


def figures_text(claim: CaseClaim) -> str:
    """The figures in a claim, each with its meaning and source."""
    return "; ".join(map(_fact_text, claim.facts))


def _fact_text(fact: Fact) -> str:
    value = fact.value if isinstance(fact.value, str) else decimal(fact.value)
    year = f" ({fact.year})" if fact.year else ""
    return f"{value}: {fact.meaning}{year}, {fact.source.mark}"


@table.register
def _(result: CaseClaims) -> Table:
    return Table(_COLUMNS, tuple(map(_cells, result)), _verdict_counts(result))


@summary.register
def _(result: CaseClaims) -> Table:
    return table(result).without("statement", "figures")


def _verdict_counts(claims: CaseClaims) -> str:
    verdicts = [claim.verdict for claim in claims]
    counts = {name: verdicts.count(name) for name in dict.fromkeys(verdicts)}
    texts = [f"{count} {name if count == 1 else name.replace('holds', 'hold')}"
             for name, count in counts.items()]  # fmt: skip
    return f"{len(claims)} claims: {', '.join(texts)}"


@table.register
def _(result: CaseClaim) -> Table:
    return record(_head(result))


def _head(claim: CaseClaim) -> list[tuple[str, Cell]]:
    rows: list[tuple[str, Cell]] = list(zip(_COLUMNS, _cells(claim), strict=True))
    given = join_cells(list(claim.assumptions))
    values = join_cells([f"{name} = {value}" for name, value in claim.values.items()])
    return [("claim" if name == "number" else "in words" if name == "claim" else name, cell)
            for name, cell in rows] + [("assuming", given), ("with", values)]  # fmt: skip


@table.register
def _(result: ClaimJudgement) -> Table:
    return record([*_head(result.claim), *_part_rows(result)])


def _part_rows(judgement: ClaimJudgement) -> list[tuple[str, Cell]]:
    rows: list[tuple[str, Cell]] = [
        (p.part.label or "formally", _part_cell(p)) for p in judgement.parts
    ]
    if judgement.verdict == "proved if":
        rows += [("on condition that", condition) for condition in judgement.conditions]
    rows += [
        ("it fails, without more, at", point_cell(point)) for point in judgement.counterexamples
    ]
    return rows


def _part_cell(judgement: PartJudgement) -> Cell:
    proof = judgement.proofs[-1]
    statement = judgement.part.statement
    text: Cell = statement if len(str(statement)) <= _LONGEST else "a long formula, see .parts"
    verdict = (
        "refuted" if judgement.part.naive and judgement.verdict != "proved" else judgement.verdict
    )
    return (f"{verdict} by {proof.method}: ", text)


def point_cell(point: Mapping[Symbol, Expr]) -> Cell:
    """A point as equations."""
    return join_cells([sp.Eq(s, value, evaluate=False) for s, value in point.items()], ", ")


@table.register
def _(result: Explanation) -> Table:
    return record([*_head(result.claim), *_part_rows(result.judgement), *_failure_rows(result)])


def _failure_rows(result: Explanation) -> list[tuple[str, Cell]]:
    """What would have to be different for the claim to fail."""
    name = "it would fail"
    margins: list[tuple[str, Cell]] = [
        (name, _margin_cell(row)) for row in result.robustness.margins if row.distance != sp.oo
    ]
    failing: list[tuple[str, Cell]] = [
        ("at the calibration", ("it does not hold that ", condition))
        for condition in result.robustness.failing
    ]
    match result.verdict:
        case "fact":
            return [(name, "if its sources were wrong")]
        case "stipulated":
            return [(name, "under another assumption: it is no result")]
        case "holds at the calibration":
            return margins
    rows: list[tuple[str, Cell]] = [
        (name, ("without ", need.assumption, ", at ", point_cell(need.point)))
        for need in result.needed
    ]
    if result.verdict == "proved" and not rows:
        return [(name, "nowhere in the model: it needs none of the model's assumptions alone")]
    return [*failing, *margins, *rows]


def _margin_cell(row: Margin) -> Cell:
    ends = [
        f"{side} {decimal(end)}"
        for side, end, fails in (
            ("below", row.low, row.fails_below),
            ("above", row.high, row.fails_above),
        )
        if fails
    ]
    return ("with ", row.symbol, f" {' or '.join(ends)} in place of {decimal(row.value)}")


@table.register
def _(result: Robustness) -> Table:
    columns = ("parameter", "value", "from", "to", "least relative change")
    rows = tuple((m.symbol, m.value, m.low, m.high, m.distance) for m in result.margins)
    if not result.statements:
        return Table(columns, rows, "No margins: no calibration is asked for this claim")
    if result.failing:
        cells = join_cells(list(result.failing), " and ")
        return Table(
            columns, rows, "At the calibration it does not hold", ("It takes ", cells, ".")
        )
    note = ("It holds where ", join_cells(list(result.statements), " and "), ".")
    return Table(columns, rows, "How far each parameter may move, the others kept", note)


@table.register
def _(result: Tension) -> Table:
    numbers = ", ".join(str(claim.number) for claim in result.claims)
    rows: list[tuple[str, Cell]] = [("claims", numbers), ("tension", result.text)]
    rows += [(f"claim {claim.number}", claim.paraphrase) for claim in result.claims]
    return record([*rows, ("resolution", result.resolution.statement), ("verdict", result.verdict)])


@table.register
def _(result: Facts) -> Table:
    columns = ("name", "value", "meaning", "year", "source")
    rows = tuple((f.name, f.value, f.meaning, f.year, str(f.source)) for f in result)
    return Table(columns, rows, f"{len(result)} facts")


@table.register
def _(result: Fact) -> Table:
    rows: list[tuple[str, Cell]] = [("name", result.name), ("value", result.value)]
    rows += [("meaning", result.meaning), ("year", result.year), ("source", str(result.source))]
    return record(rows)
