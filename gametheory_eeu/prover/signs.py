"""The sign of an expression over a space, by its irreducible factors, with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import UndecidedError, sign_of, value
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.signs import ANY_SIGN, SIGNS, SignSymbol, sign_claim
from gametheory_eeu.prover.functions.declaration import mentions
from gametheory_eeu.prover.point_search import any_point, contains
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import iff, is_proved, parse_statements, prove_on_space
from gametheory_eeu.prover.rational_function import factors
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_query import split

_CLAIMS: tuple[SignSymbol, ...] = ("+", "-", "0", ">=0", "<=0")
_STRICT: dict[SignSymbol, SignSymbol] = {">=0": "+", "<=0": "-"}


@dataclass(frozen=True, repr=False)
class Sign(Picklable):
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
    sign: SignSymbol
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
            is_same_claim = (
                self.sign in _CLAIMS
                and self.proof.statement == sign_claim(self.expr, self.sign)
                and self.proof.space == self.space
                and self.proof.verdict == "proved"
            )
            return self.proof.recheck() if is_same_claim else False
        if mentions(self.expr, *self.space.constraints):
            checks = {proof.recheck() for proof in self.proofs}
            return False if False in checks else None if None in checks else True
        if self.deciding is not None:
            equivalence = iff(sign_claim(self.expr, "+"), sign_claim(self.deciding, "+"))
            if self.proof.statement != equivalence or self.proof.space != self.space:
                return False
            if not self.proof.recheck():
                return self.proof.recheck()
        try:
            return self._has_both_signs()
        except UndecidedError:
            return None

    def _has_both_signs(self) -> bool:
        signs = []
        for point in self.witnesses:
            expression_value = value(self.expr, point) if contains(self.space, point) else None
            signs.append(None if expression_value is None else sign_of(expression_value))
        return signs == [1, -1]

    def __str__(self) -> str:
        if self.verdict == "proved":
            return self.sign
        return f"? (that of {self.deciding})" if self.deciding is not None else "?"

    def __repr__(self) -> str:
        return f"<sign of {self.expr}: {self}, {self.verdict}>"


def sign(expr: Expr | str, given: object = ()) -> Sign:
    """The sign of an expression over a space, with its proof, or the factors that decide it.

    Parameters
    ----------
    expr : SymPy expression or str
    given : Space, SymPy Boolean, str, or lists of them

    Returns
    -------
    Sign
    """
    (expression,), space = parse_statements([expr], given)
    return _sign(expression, space)


@lru_cache(maxsize=4096)
def _sign(expr: Expr, space: Space) -> Sign:
    if mentions(expr, *space.constraints):
        from gametheory_eeu.prover.functions.proofs import function_sign

        return function_sign(expr, space)
    symbol, factor_product = _sign_by_factors(expr, space)
    if symbol == "?":
        return _undetermined_sign(expr, space, factor_product)
    proof = prove_on_space(sign_claim(expr, symbol), space)
    if proof.verdict != "proved":
        return Sign(expr, space, "?", "unknown", proof, (proof,))
    return Sign(expr, space, symbol, "proved", proof, (proof,), deciding=factor_product)


def deciding(statement: Boolean, space: Space) -> Expr | None:
    """The product of the factors of an inequality's difference whose sign is not fixed."""
    if not isinstance(statement, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
        return None
    return _sign(statement.gts - statement.lts, space).deciding


def _undetermined_sign(expr: Expr, space: Space, factor_product: Expr) -> Sign:
    weak_claims: tuple[SignSymbol, ...] = ("<=0", ">=0")
    found = tuple(prove_on_space(sign_claim(expr, weak), space) for weak in weak_claims)
    for proof, weak in zip(found, weak_claims, strict=True):
        if proof.verdict == "proved":
            strict = prove_on_space(sign_claim(expr, _STRICT[weak]), space)
            best, symbol = (strict, _STRICT[weak]) if strict.verdict == "proved" else (proof, weak)
            return Sign(expr, space, symbol, "proved", best, (*found, strict), (), factor_product)
    equivalence = prove_on_space(iff(sign_claim(expr, "+"), sign_claim(factor_product, "+")), space)
    deciding_part = factor_product if equivalence.verdict == "proved" else None
    witnesses = tuple(point for proof in found for point in proof.witnesses[:1])
    if len(witnesses) < 2:
        return Sign(expr, space, "?", "unknown", equivalence, found, (), deciding_part)
    return Sign(expr, space, "?", "depends", equivalence, found, witnesses, deciding_part)


def _sign_by_factors(expr: Expr, space: Space) -> tuple[SignSymbol, Expr | None]:
    """The sign by the factors, and the oriented product of those of undetermined sign."""
    encoder = Encoder([expr], relaxed=True)
    quotient = encoder.quotient(expr)
    if quotient.above == 0:
        return "0", None
    (c, numerator), (d, denominator) = factors(quotient.above), factors(quotient.below)
    positive, open_signs, product = c * d > 0, [], sp.Integer(1)
    for polynomial, power in (*numerator, *((f, -k) for f, k in denominator)):
        factor = encoder.expression(polynomial)
        symbol = _factor_sign(factor, space)
        if power < 0:
            symbol = _STRICT.get(symbol, symbol)
        if power % 2 == 0 and (power < 0 or is_proved(sp.Ne(factor, 0, evaluate=False), space)):
            symbol = "+"
        if symbol in ("+", "-"):
            positive ^= symbol == "-" and power % 2 == 1
        else:
            open_signs.append(symbol if power % 2 else ">=0")
            product *= factor ** (1 if power % 2 else 2)
    decisive = (product if positive else -product) if open_signs else None
    return _product_sign(positive, open_signs), decisive


def _product_sign(positive: bool, open_signs: list[SignSymbol]) -> SignSymbol:
    if "0" in open_signs:
        return "0"
    if "?" in open_signs:
        return "?"
    positive ^= open_signs.count("<=0") % 2 == 1
    if open_signs:
        return ">=0" if positive else "<=0"
    return "+" if positive else "-"


def _factor_sign(factor: Expr, space: Space) -> SignSymbol:
    """The sign of one factor; its value at a point of the space rules out most claims."""
    point = any_point(split(space, factor.free_symbols)[0])
    try:
        sample = None if point is None else value(factor, point)
        signs = ANY_SIGN if sample is None else frozenset({sign_of(sample)})
    except UndecidedError:
        signs = ANY_SIGN
    possible = (s for s in _CLAIMS if signs == ANY_SIGN or signs <= SIGNS[s])
    return next((s for s in possible if is_proved(sign_claim(factor, s), space)), "?")
