"""The sign of an expression over a space, by its irreducible factors, and what it turns on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.prover.emptiness import sample_of
from gametheory_eeu.prover.evaluate import UndecidedError, obeys, sign_of, value
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import holds, settle
from gametheory_eeu.prover.rational_function import factors
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_query import split
from gametheory_eeu.prover.statement import iff, read

Shown = Literal["+", "-", "0", ">=0", "<=0", "?"]
_CLAIMS: dict[Shown, type] = {"+": sp.Gt, "-": sp.Lt, "0": sp.Eq, ">=0": sp.Ge, "<=0": sp.Le}
_POSSIBLE: dict[int, tuple[Shown, ...]] = {
    1: ("+", ">=0"),
    -1: ("-", "<=0"),
    0: ("0", ">=0", "<=0"),
}
_STRICT: dict[Shown, Shown] = {">=0": "+", "<=0": "-"}


@dataclass(frozen=True, repr=False)
class Sign(Stored):
    """The sign of an expression at every point of a space.

    Parameters
    ----------
    expr : SymPy expression
    space : Space
    sign : {"+", "-", "0", ">=0", "<=0", "?"}
        "+" means positive at every point; "?" that no single sign was proved.
    verdict : {"proved", "depends", "unknown"}
        "depends": it is positive at one witness and negative at the other.
    proof : Proof
        Of the sign; otherwise what was claimed: where it depends, that ``expr > 0`` exactly where
        ``deciding > 0``.
    proofs : tuple of Proof
        Everything that was settled on the way.
    witnesses : tuple of mappings of symbol to exact value
        Where the sign depends: a point with a positive value and one with a negative value.
    deciding : SymPy expression or None
        The product of the factors whose sign is not fixed, so oriented that it shares the sign of
        the expression.

    Examples
    --------
    >>> print(sign("(tau - c)*R/(lam - tau + c)", given=["0 < c < tau < lam", "R > 0"]))
    +
    >>> found = sign("x*(x - y)", given="x > 0")
    >>> found.sign, found.verdict, found.deciding
    ('?', 'depends', x - y)
    """

    expr: Expr
    space: Space
    sign: Shown
    verdict: Literal["proved", "depends", "unknown"]
    proof: Proof
    proofs: tuple[Proof, ...] = ()
    witnesses: tuple[Mapping[Symbol, Expr], ...] = ()
    deciding: Expr | None = None

    def recheck(self) -> bool | None:
        """Check the sign again: its proof by another route, its witnesses in exact numbers.

        Returns
        -------
        bool or None
            True where confirmed, False where contradicted, None where it was left open or the
            other route does not settle it.
        """
        if self.verdict == "unknown":
            return None
        if self.verdict == "proved":
            claimed = self.sign in _CLAIMS and self.proof.statement == _claim(self.expr, self.sign)
            same = claimed and self.proof.space == self.space and self.proof.verdict == "proved"
            return self.proof.recheck() if same else False
        if self.deciding is not None:
            decides = iff(_claim(self.expr, "+"), _claim(self.deciding, "+"))
            if self.proof.statement != decides or self.proof.space != self.space:
                return False
            if not self.proof.recheck():
                return self.proof.recheck()
        try:
            return self._is_of_both_signs()
        except UndecidedError:
            return None

    def _is_of_both_signs(self) -> bool:
        signs = []
        for point in self.witnesses:
            shown = value(self.expr, point) if obeys(self.space, point) else None
            signs.append(None if shown is None else sign_of(shown))
        return signs == [1, -1]

    def __str__(self) -> str:
        if self.verdict == "proved":
            return self.sign
        return f"? (that of {self.deciding})" if self.deciding is not None else "?"

    def __repr__(self) -> str:
        return f"<sign of {self.expr}: {self}, {self.verdict}>"


def sign(expr: Expr | str, given: object = ()) -> Sign:
    """The sign of an expression over a space, with its proof, or what it depends on.

    Parameters
    ----------
    expr : SymPy expression or str
    given : Space, SymPy Boolean, str, or lists of them

    Returns
    -------
    Sign
    """
    (found,), space = read([expr], given)
    return _sign(found, space)


@lru_cache(maxsize=4096)
def _sign(expr: Expr, space: Space) -> Sign:
    found, rest = _by_factors(expr, space)
    if found == "?":
        return _depends(expr, space, rest)
    proof = settle(_claim(expr, found), space)
    if proof.verdict != "proved":
        return Sign(expr, space, "?", "unknown", proof, (proof,))
    return Sign(expr, space, found, "proved", proof, (proof,), deciding=rest)


def deciding(statement: Boolean, space: Space) -> Expr | None:
    """What an inequality turns on: the factors of its difference whose sign is not fixed."""
    if not isinstance(statement, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
        return None
    return _sign(statement.gts - statement.lts, space).deciding


def _depends(expr: Expr, space: Space, rest: Expr) -> Sign:
    below, above = settle(_claim(expr, "<=0"), space), settle(_claim(expr, ">=0"), space)
    weaker: tuple[tuple[Proof, Shown, Shown], ...] = ((below, "<=0", "-"), (above, ">=0", "+"))
    for proof, weak, strict in weaker:
        if proof.verdict == "proved":
            better = settle(_claim(expr, strict), space)
            best, shown = (better, strict) if better.verdict == "proved" else (proof, weak)
            return Sign(expr, space, shown, "proved", best, (below, above, better), deciding=rest)
    decides = settle(iff(_claim(expr, "+"), _claim(rest, "+")), space)
    witnesses = below.witnesses[:1] + above.witnesses[:1]
    decided = rest if decides.verdict == "proved" else None
    if len(witnesses) < 2:
        return Sign(expr, space, "?", "unknown", decides, (below, above), deciding=decided)
    return Sign(expr, space, "?", "depends", decides, (below, above), witnesses, decided)


def _by_factors(expr: Expr, space: Space) -> tuple[Shown, Expr | None]:
    """The sign as far as the factors tell, and the oriented product of the unsettled ones."""
    encoder = Encoder([expr], relaxed=True)
    quotient = encoder.quotient(expr)
    if quotient.above == 0:
        return "0", None
    (c, above), (d, below) = factors(quotient.above), factors(quotient.below)
    positive, open_signs, rest = c * d > 0, [], sp.Integer(1)
    for in_denominator, (polynomial, power) in [(0, f) for f in above] + [(1, f) for f in below]:
        factor = encoder.expression(polynomial)
        shown = _factor(factor, space)
        if in_denominator:
            shown = _STRICT.get(shown, shown)
        if power % 2 == 0 and (in_denominator or holds(sp.Ne(factor, 0, evaluate=False), space)):
            shown = "+"
        if shown in ("+", "-"):
            positive ^= shown == "-" and power % 2 == 1
        else:
            open_signs.append(shown if power % 2 else ">=0")
            rest *= factor ** (1 if power % 2 else 2)
    return _product(positive, open_signs), (rest if positive else -rest) if open_signs else None


def _product(positive: bool, open_signs: list[Shown]) -> Shown:
    if "0" in open_signs:
        return "0"
    if "?" in open_signs:
        return "?"
    positive ^= open_signs.count("<=0") % 2 == 1
    if open_signs:
        return ">=0" if positive else "<=0"
    return "+" if positive else "-"


def _factor(factor: Expr, space: Space) -> Shown:
    """The sign of one factor; its value at a point of the space rules out most claims."""
    point = sample_of(split(space, factor.free_symbols)[0])
    try:
        sample = None if point is None else value(factor, point)
        possible = tuple(_CLAIMS) if sample is None else _POSSIBLE[sign_of(sample)]
    except UndecidedError:
        possible = tuple(_CLAIMS)
    return next((s for s in possible if holds(_claim(factor, s), space)), "?")


def _claim(expr: Expr, shown: Shown) -> Boolean:
    return _CLAIMS[shown](expr, 0, evaluate=False)


__all__ = ["Sign", "deciding", "sign"]
