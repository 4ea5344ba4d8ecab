"""Propositions as tables and as LaTeX: statements alone, or with their verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import sympy as sp

import gametheory_eeu
from gametheory_eeu._types import Boolean
from gametheory_eeu.display.as_latex import cell_latex, escape, latex
from gametheory_eeu.display.hypotheses import (
    and_list,
    common_space,
    drop_implied,
    hypotheses,
    meanings,
)
from gametheory_eeu.display.printers import (
    LETTERS,
    Math,
    math_text,
    plain_text,
    symbol_latex,
    symbol_text,
    value_text,
)
from gametheory_eeu.display.printers import latex as formula
from gametheory_eeu.display.result_tables import summary, table
from gametheory_eeu.display.tables import (
    Cell,
    Table,
    join_cells,
    lowercase_first,
    record,
    sentences,
)
from gametheory_eeu.games import (
    Claim,
    Game,
    Judgement,
    Judgements,
    Proposition,
    Propositions,
)
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.proof_text import biconditional_sides

_COLUMNS = ("name", "section", "kind", "scope", "game", "proposition", "source")
_SYMBOL = re.compile(
    r"(\b(?:[A-Za-z]+_[A-Za-z0-9]+|" + "|".join(w for w in LETTERS if len(w) > 1) + r")\b|>=|<=)"
)
_WORD = re.compile(r"[A-Za-z]+(?:_[A-Za-z0-9]+)?\*?")
_SIGNS = {">=": r"\geq", "<=": r"\leq"}
_MAX_LENGTH = 400
"""A formal statement of more characters is not written out in LaTeX; JSON has them all."""


def _proposition_cells(p: Proposition) -> tuple[Cell, ...]:
    return p.name, p.section, p.kind, p.scope, p.game, p.statement, str(p.source)


@table.register
def _(result: Propositions) -> Table:
    return Table(_COLUMNS, tuple(map(_proposition_cells, result)), f"{len(result)} propositions")


@summary.register
def _(result: Propositions) -> Table:
    return table(result).without("section", "game", "source")


@table.register
def _(result: Judgements) -> Table:
    columns = (*_COLUMNS, "verdict", "claims", "counterexample")
    rows = tuple(
        (*_proposition_cells(j.proposition), j.verdict, _claims_text(j), _witness_text(j))
        for j in result
    )
    return Table(columns, rows, repr(result).strip("<>"))


@summary.register
def _(result: Judgements) -> Table:
    rows = tuple((j.proposition.name, j.verdict, j.proposition.scope, j.proposition.statement)
                 for j in result)  # fmt: skip
    columns = ("name", "verdict", "scope", "proposition")
    return Table(columns, rows, repr(result).strip("<>"))


@table.register
def _(result: Proposition) -> Table:
    statements = [
        (_role_text(c), _formula_text(c) + where)
        for c, where in _claims_with_conditions(result.claims)
    ]
    return _proposition_record(result, statements)


@table.register
def _(result: Judgement) -> Table:
    pairs = zip(_claims_with_conditions(result.claims), result.proofs, strict=True)
    statements = [(_role_text(c), f"{p.verdict} by {p.method}: {_formula_text(c)}{where}")
                  for (c, where), p in pairs]  # fmt: skip
    return _proposition_record(result.proposition, statements, result)


def _proposition_record(
    p: Proposition, statements: list[tuple[str, str]], judgement: Judgement | None = None
) -> Table:
    claims = p.claims if judgement is None else judgement.claims
    return record([
        *zip(_COLUMNS, _proposition_cells(p), strict=True),
        ("verdict", "" if judgement is None else judgement.verdict),
        ("given", _common_hypotheses(claims)),
        *statements,
        ("counterexample", "" if judgement is None else _witness_text(judgement)),
        ("symbols", _symbol_meanings(p, claims)),
    ])  # fmt: skip


def _common_hypotheses(claims: Sequence[Claim]) -> Cell:
    """The hypotheses common to all claims."""
    cells = hypotheses(common_space(c.space for c in claims)) if claims else []
    return and_list(cells) if cells else ""


def _claims_with_conditions(claims: Sequence[Claim]) -> list[tuple[Claim, str]]:
    """Each claim, with its own condition beyond the common hypotheses."""
    pairs = ((c, _own_condition(c, claims)) for c in claims)
    return [(c, "" if own == sp.true else f", where {plain_text(own)}") for c, own in pairs]


def _own_condition(claim: Claim, claims: Sequence[Claim]) -> Boolean:
    common = common_space(c.space for c in claims).constraints
    return sp.And(*drop_implied(c for c in claim.space.constraints if c not in common))


def _symbol_meanings(p: Proposition, claims: Sequence[Claim], *, short: bool = True) -> Cell:
    """Meanings of the quantities in the words and of the parameters in the claims."""
    game_class = getattr(gametheory_eeu, p.game, None) if p.game else None
    if not isinstance(game_class, type) or not issubclass(game_class, Game):
        return ""
    game = game_class()
    words = {symbol_text(word) for word in _WORD.findall(p.statement)}
    quantities = [q for q in game.quantities.values() if math_text(Math(q.symbol)) in words]
    texts = (f" {q.name}" if short else f" ({lowercase_first(q.meaning)})" for q in quantities)
    quantity_cells = [(Math(q.symbol), text) for q, text in zip(quantities, texts, strict=True)]
    claim_symbols = {s for c in claims for s in c.space.symbols}
    named = ("Quantities: ", join_cells(quantity_cells, ", "), ".") if quantity_cells else ""
    return sentences(named, meanings(game, short=short, of=claim_symbols))


def _role_text(claim: Claim) -> str:
    return claim.label or "claim"


def _formula_text(claim: Claim) -> str:
    pair = biconditional_sides(claim.statement)
    if pair is None:
        return plain_text(claim.statement)
    return " iff ".join(f"({plain_text(side)})" for side in pair)


def _claims_text(judgement: Judgement) -> str:
    """Every claim as exact text with its verdict and hypotheses."""
    texts = []
    for claim, proof in zip(judgement.claims, judgement.proofs, strict=True):
        condition = claim.space.condition
        given = "" if condition == sp.true else f", given {plain_text(condition)}"
        texts.append(f"{_role_text(claim)} [{proof.verdict}]: {_formula_text(claim)}{given}")
    return "; ".join(texts)


def _witness_text(judgement: Judgement) -> str:
    points = (point.items() for point in judgement.witnesses)
    return "; ".join(", ".join(f"{s.name} = {plain_text(v)}" for s, v in p) for p in points)


# As a paper has them.


@latex.register
def _(result: Proposition) -> str:
    return "\n".join(_environment(result, [(c, None) for c in result.claims]))


@latex.register
def _(result: Judgement) -> str:
    claims = zip(result.claims, result.proofs, strict=True)
    return "\n".join(_environment(result.proposition, list(claims)))


@latex.register(Propositions)
@latex.register(Judgements)
def _(result: Propositions | Judgements) -> str:
    return "\n\n".join(map(latex, result))


def _environment(p: Proposition, claims: list[tuple[Claim, Proof | None]]) -> Iterator[str]:
    yield rf"\begin{{proposition}}[{escape(p.name)}; {escape(p.scope)}]"
    yield statement_latex(p.statement)
    yield r"\end{proposition}"
    yield r"\begin{flushleft}\small"
    all_claims = [claim for claim, _ in claims]
    claim_texts = [_claim_latex(c, proof, _own_condition(c, all_claims)) for c, proof in claims]
    hypotheses_cell = _common_hypotheses(all_claims)
    lines = [f"Given {cell_latex(hypotheses_cell)}:"] if hypotheses_cell != "" else []
    lines += [text for text in claim_texts if text]
    omitted = sum(not text for text in claim_texts)
    if omitted:
        subject = f"{omitted} formal statements are" if omitted > 1 else "1 formal statement is"
        lines.append(rf"\emph{{{subject} too long to print: see \texttt{{.claims}}.}}")
    lines += filter(None, [cell_latex(_symbol_meanings(p, all_claims, short=False))])
    yield "\\\\\n".join(lines)
    yield r"\end{flushleft}"


def statement_latex(text: str) -> str:
    r"""A statement in LaTeX, with its symbols and signs as mathematics.

    Examples
    --------
    >>> statement_latex("P_abs rises in tau iff mu >= 1/2")
    '$P_{\\mathrm{abs}}$ rises in $\\tau$ iff $\\mu$ $\\geq$ 1/2'
    """
    return "".join(
        f"${_SIGNS.get(part) or symbol_latex(part)}$" if _SYMBOL.fullmatch(part) else escape(part)
        for part in _SYMBOL.split(text)
        if part
    )


def statement_text(text: str) -> str:
    """A statement with its symbols and signs as they are printed.

    Examples
    --------
    >>> statement_text("P_abs rises in tau iff mu >= 1/2")
    'P_abs rises in τ iff μ ≥ 1/2'
    >>> statement_text("d2t/(dD dgamma) = 1, dx/dx_bar = 1/2, (x - x*)^2")
    '∂²t/(∂D ∂γ) = 1, ∂x/∂x_bar = 1/2, (x - x*)²'
    """
    text = re.sub(r"\bd2(\w+)/\(d(\w+) d(\w+)\)", r"∂²\1/(∂ \2 ∂ \3)", text)
    text = re.sub(r"\bd(\w+)/d(\w+)\b", r"∂\1/∂ \2", text)
    text = re.sub(r"\^([23])\b", lambda match: "²³"[int(match[1]) - 2], text)
    signs = {">=": "≥", "<=": "≤"}
    return "".join(
        signs.get(part) or symbol_text(part) if _SYMBOL.fullmatch(part) else part
        for part in _SYMBOL.split(text)
    ).replace("∂ ", "∂")


def _claim_latex(claim: Claim, proof: Proof | None, condition: Boolean) -> str:
    """A formal claim with its role and verdict; empty where it is too long."""
    statement = _breakable_latex(claim.statement)
    statement += f", where {_breakable_latex(condition)}" if condition != sp.true else ""
    if len(statement) > _MAX_LENGTH:
        return ""
    role = _role_text(claim)
    role = role[:1].upper() + role[1:] if role[1:2].isalpha() else role
    text = f"{statement_latex(role)}: {statement}."
    if proof is None:
        return text
    return rf"{text} \emph{{({statement_latex(_verdict_text(claim, proof))})}}"


def _breakable_latex(statement: Boolean) -> str:
    """A formula in LaTeX that may break between its parts."""
    pair = biconditional_sides(statement)
    if pair is not None:
        return r" $\iff$ ".join(map(_breakable_latex, pair))
    if isinstance(statement, sp.Implies):
        return r" $\Rightarrow$ ".join(map(_breakable_latex, statement.args))
    if isinstance(statement, sp.And):
        return " and ".join(map(_breakable_latex, statement.args))
    if statement in (sp.true, sp.false):
        return "always" if statement == sp.true else "never"
    return f"${formula(statement)}$"


def _verdict_text(claim: Claim, proof: Proof) -> str:
    point = claim.counterexample
    if point is None and proof.witnesses:
        (point, *_) = proof.witnesses
    if proof.verdict != "refuted" or not point:
        return proof.verdict
    free = claim.statement.free_symbols
    values = (f"{s.name} = {value_text(sp.sympify(v))}" for s, v in point.items() if s in free)
    return f"refuted, at {', '.join(values)}".replace("= ≈", "≈")
