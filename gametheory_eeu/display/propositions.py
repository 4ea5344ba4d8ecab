"""Propositions as tables and as LaTeX: listed, or with what came of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.display.as_latex import escape, latex
from gametheory_eeu.display.describe import reading, table
from gametheory_eeu.display.notation import LETTERS, symbol_latex
from gametheory_eeu.display.printers import latex as formula
from gametheory_eeu.display.printers import plain, shown
from gametheory_eeu.display.tables import Cell, Table, record
from gametheory_eeu.logic import Proof
from gametheory_eeu.logic.wording import both_ways
from gametheory_eeu.model import Claim, Judgement, Judgements, Proposition, Propositions

_COLUMNS = ("name", "section", "kind", "scope", "game", "proposition", "source")
_SYMBOL = re.compile(
    r"(\b(?:[A-Za-z]+_[A-Za-z0-9]+|" + "|".join(w for w in LETTERS if len(w) > 1) + r")\b|>=|<=)"
)
_SIGNS = {">=": r"\geq", "<=": r"\leq"}
_LONGEST = 400
"""A formal statement of more characters is not written out in LaTeX; JSON has them all."""


def _listed(p: Proposition) -> tuple[Cell, ...]:
    return p.name, p.section, p.kind, p.scope, p.game, p.statement, str(p.source)


@table.register
def _(result: Propositions) -> Table:
    return Table(_COLUMNS, tuple(map(_listed, result)), f"{len(result)} propositions")


@reading.register
def _(result: Propositions) -> Table:
    return table(result).without("section", "game", "source")


@table.register
def _(result: Judgements) -> Table:
    columns = (*_COLUMNS, "verdict", "claims", "counterexample")
    rows = tuple((*_listed(j.proposition), j.verdict, _formal(j), _points(j)) for j in result)
    return Table(columns, rows, repr(result).strip("<>"))


@reading.register
def _(result: Judgements) -> Table:
    rows = tuple((j.proposition.name, j.verdict, j.proposition.scope, j.proposition.statement)
                 for j in result)  # fmt: skip
    columns = ("name", "verdict", "scope", "proposition")
    return Table(columns, rows, repr(result).strip("<>"))


@table.register
def _(result: Proposition) -> Table:
    rows: list[tuple[str, Cell]] = list(zip(_COLUMNS, _listed(result), strict=True))
    return record([*rows, *((_role(c), _formula(c.statement)) for c in result.claims)])


@table.register
def _(result: Judgement) -> Table:
    rows: list[tuple[str, Cell]] = list(zip(_COLUMNS, _listed(result.proposition), strict=True))
    judged = [(_role(c), f"{p.verdict} by {p.method}: {_formula(c.statement)}")
              for c, p in zip(result.claims, result.proofs, strict=True)]  # fmt: skip
    return record(
        [*rows, ("verdict", result.verdict), *judged, ("counterexample", _points(result))]
    )


def _role(claim: Claim) -> str:
    return claim.says or "claim"


def _formula(statement: Boolean) -> str:
    pair = both_ways(statement)
    return plain(statement) if pair is None else " iff ".join(f"({plain(side)})" for side in pair)


def _formal(judged: Judgement) -> str:
    """Every claim in text, with what came of it: enough to ask again."""
    pairs = zip(judged.claims, judged.proofs, strict=True)
    return "; ".join(f"{_role(c)} [{p.verdict}]: {_formula(c.statement)}" for c, p in pairs)


def _points(judged: Judgement) -> str:
    points = ({s.name: v for s, v in point.items()} for point in judged.witnesses)
    return "; ".join(", ".join(f"{n} = {plain(v)}" for n, v in at.items()) for at in points)


# As a paper has them.


@latex.register
def _(result: Proposition) -> str:
    return "\n".join(_environment(result, [(c, None) for c in result.claims]))


@latex.register
def _(result: Judgement) -> str:
    return "\n".join(_environment(result.proposition, list(zip(result.claims, result.proofs,
                                                                strict=True))))  # fmt: skip


@latex.register
def _(result: Propositions) -> str:
    return "\n\n".join(map(latex, result))


@latex.register
def _(result: Judgements) -> str:
    return "\n\n".join(map(latex, result))


def _environment(p: Proposition, claims: list[tuple[Claim, Proof | None]]) -> Iterator[str]:
    yield rf"\begin{{proposition}}[{escape(p.name)}; {escape(p.scope)}]"
    yield worded(p.statement)
    yield r"\end{proposition}"
    yield r"\begin{flushleft}\small"
    told = [_told(claim, proof) for claim, proof in claims]
    short = [text for text in told if text]
    more = len(told) - len(short)
    if more:
        what = f"{more} formal statements are" if more > 1 else "1 formal statement is"
        short.append(rf"\emph{{{what} too long to print: see \texttt{{.claims}}.}}")
    yield "\\\\\n".join(short)
    yield r"\end{flushleft}"


def worded(text: str) -> str:
    r"""A statement in words, with its symbols and signs as mathematics.

    Examples
    --------
    >>> worded("P_abs rises in tau iff mu >= 1/2")
    '$P_{\\mathrm{abs}}$ rises in $\\tau$ iff $\\mu$ $\\geq$ 1/2'
    """
    return "".join(
        f"${_SIGNS.get(part) or symbol_latex(part)}$" if _SYMBOL.fullmatch(part) else escape(part)
        for part in _SYMBOL.split(text)
        if part
    )


def _told(claim: Claim, proof: Proof | None) -> str:
    """One formal claim, what it is for, and what came of it; nothing where it is too long."""
    statement = _spread(claim.statement)
    if len(statement) > _LONGEST:
        return ""
    role = _role(claim)
    role = role[:1].upper() + role[1:] if role[1:2].isalpha() else role
    verdict = "" if proof is None else rf" \emph{{({worded(_verdict(claim, proof))})}}"
    return f"{worded(role)}: {statement}.{verdict}"


def _spread(statement: Boolean) -> str:
    """A formula that may break between its parts."""
    pair = both_ways(statement)
    if pair is not None:
        return r" $\iff$ ".join(map(_spread, pair))
    if isinstance(statement, sp.Implies):
        return r" $\Rightarrow$ ".join(map(_spread, statement.args))
    if isinstance(statement, sp.And):
        return " and ".join(map(_spread, statement.args))
    if statement in (sp.true, sp.false):
        return "always" if statement == sp.true else "never"
    return f"${formula(statement)}$"


def _verdict(claim: Claim, proof: Proof) -> str:
    point = claim.counterexample
    if point is None and proof.witnesses:
        (point, *_) = proof.witnesses
    if proof.verdict != "refuted" or not point:
        return proof.verdict
    free = claim.statement.free_symbols
    values = (f"{s.name} = {shown(sp.sympify(v))}" for s, v in point.items() if s in free)
    return f"refuted, at {', '.join(values)}"
