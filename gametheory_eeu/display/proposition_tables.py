"""Propositions as tables and as LaTeX: listed, or with what came of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import sympy as sp

import gametheory_eeu
from gametheory_eeu._types import Boolean
from gametheory_eeu.display.as_latex import cell_latex, escape, latex
from gametheory_eeu.display.hypotheses import hypotheses, in_a_row, meanings, needed, shared
from gametheory_eeu.display.notation import LETTERS, Math, math_text, symbol_latex, symbol_text
from gametheory_eeu.display.printers import latex as formula
from gametheory_eeu.display.printers import plain, shown
from gametheory_eeu.display.result_tables import reading, table
from gametheory_eeu.display.tables import Cell, Table, filled, listed, lower, record
from gametheory_eeu.model import Claim, Judgement, Judgements, Proposition, Propositions
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.proof_text import both_ways

_COLUMNS = ("name", "section", "kind", "scope", "game", "proposition", "source")
_SYMBOL = re.compile(
    r"(\b(?:[A-Za-z]+_[A-Za-z0-9]+|" + "|".join(w for w in LETTERS if len(w) > 1) + r")\b|>=|<=)"
)
_WORD = re.compile(r"[A-Za-z]+(?:_[A-Za-z0-9]+)?\*?")
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
    claims = result.claims
    judged = [(_role(c), _formula(c) + where) for c, where in _placed(claims)]
    return record([*rows, ("given", _common(claims)), *judged, ("symbols", _symbols(result))])


@table.register
def _(result: Judgement) -> Table:
    rows: list[tuple[str, Cell]] = list(zip(_COLUMNS, _listed(result.proposition), strict=True))
    pairs = zip(_placed(result.claims), result.proofs, strict=True)
    judged = [(_role(c), f"{p.verdict} by {p.method}: {_formula(c)}{where}")
              for (c, where), p in pairs]  # fmt: skip
    return record([
        *rows, ("verdict", result.verdict), ("given", _common(result.claims)), *judged,
        ("counterexample", _points(result)), ("symbols", _symbols(result.proposition)),
    ])  # fmt: skip


def _common(claims: Sequence[Claim]) -> Cell:
    """What all claims are claimed under."""
    known = hypotheses(shared(c.space for c in claims)) if claims else []
    return in_a_row(known) if known else ""


def _placed(claims: Sequence[Claim]) -> list[tuple[Claim, str]]:
    """Each claim, and where it is claimed beyond what all are claimed under."""
    own = ((c, _more(c, claims)) for c in claims)
    return [(c, f", where {plain(more)}" if more != sp.true else "") for c, more in own]


def _more(claim: Claim, claims: Sequence[Claim]) -> Boolean:
    common = shared(c.space for c in claims).constraints
    return sp.And(*needed(c for c in claim.space.constraints if c not in common))


def _symbols(p: Proposition, *, short: bool = True) -> Cell:
    """What the quantities in the words and the parameters in the claims stand for."""
    kind = getattr(gametheory_eeu, p.game, None) if p.game else None
    if not isinstance(kind, type):
        return ""
    game = kind()
    words = {symbol_text(word) for word in _WORD.findall(p.statement)}
    named = [q for q in game.quantities.values() if math_text(Math(q.symbol)) in words]
    first = [(Math(q.symbol), f" ({lower(q.meaning)})" if not short else f" {q.name}")
             for q in named]  # fmt: skip
    used = {s for c in p.claims for s in c.space.symbols}
    parts = [("Quantities: ", listed(first, ", "), ".")] if first else []
    return listed(filled([*parts, meanings(game, short=short, of=used)]), " ")


def _role(claim: Claim) -> str:
    return claim.says or "claim"


def _formula(claim: Claim) -> str:
    statement, pair = claim.statement, both_ways(claim.statement)
    return plain(statement) if pair is None else " iff ".join(f"({plain(side)})" for side in pair)


def _formal(judged: Judgement) -> str:
    """Every claim in text, with what came of it: enough to ask again."""
    pairs = zip(judged.claims, judged.proofs, strict=True)
    return "; ".join(f"{_role(c)} [{p.verdict}]: {_formula(c)}{_given(c)}" for c, p in pairs)


def _given(claim: Claim) -> str:
    known = claim.space.condition
    return f", given {plain(known)}" if known != sp.true else ""


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
    every = [claim for claim, _ in claims]
    told = [_told(claim, proof, _more(claim, every)) for claim, proof in claims]
    known = _common(every)
    short = [f"Given {cell_latex(known)}:"] if known != "" else []
    short += [text for text in told if text]
    more = sum(not text for text in told)
    if more:
        what = f"{more} formal statements are" if more > 1 else "1 formal statement is"
        short.append(rf"\emph{{{what} too long to print: see \texttt{{.claims}}.}}")
    short += filter(None, [cell_latex(_symbols(p, short=False))])
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


def _told(claim: Claim, proof: Proof | None, where: Boolean) -> str:
    """One formal claim, what it is for, and what came of it; nothing where it is too long."""
    statement = _spread(claim.statement)
    statement += f", where {_spread(where)}" if where != sp.true else ""
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
