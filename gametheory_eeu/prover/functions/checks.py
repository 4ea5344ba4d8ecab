"""Exact checks that an actual function of one variable has every property that was declared.

The function is a SymPy Piecewise of rational functions, perhaps with one root; nothing of how it
was built is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.evaluate import sign_of
from gametheory_eeu.prover.functions.declaration import Declaration

Interval = tuple[Expr, Expr]
_NO_PARTS: tuple[Any, Any, Any] = (None, None, None)


@dataclass(frozen=True)
class Piece:
    """A formula on an interval."""

    low: Expr
    high: Expr
    formula: Expr


@lru_cache(maxsize=512)
def pieces(function: Expr, interval: Interval) -> tuple[Piece, ...]:
    """The pieces of ``Lambda(x, Piecewise((f_1, x < k_1), ..., (f_n, True)))`` on an interval."""
    x, body = function.variables[0], function.expr
    low, high = interval
    found = []
    for formula, condition in body.args if isinstance(body, sp.Piecewise) else [(body, sp.true)]:
        end = high if condition == sp.true else condition.rhs
        if condition != sp.true and not (isinstance(condition, sp.Lt) and condition.lhs == x):
            return ()
        found.append(Piece(low, end, formula))
        low = end
    return tuple(found)


Ratio = tuple[Any, Any]
"""A rational function: SymPy polynomials above and below."""


@lru_cache(maxsize=4096)
def _ratio(formula: Expr, x: Symbol) -> Ratio:
    numerator, denominator = sp.fraction(sp.together(formula))
    above, below = sp.Poly(numerator, x, field=True), sp.Poly(denominator, x, field=True)
    if below.degree() <= 0:
        return above.quo_ground(below.LC()), below.one
    result: Ratio = above.cancel(below, include=True)
    return result


@lru_cache(maxsize=4096)
def _derivative(formula: Expr, x: Symbol, order: int) -> Ratio:
    """The derivative of a rational function."""
    if order == 0:
        return _ratio(formula, x)
    above, below = _derivative(formula, x, order - 1)
    if below.degree() <= 0:
        return above.diff(x), below
    slope = above.diff(x) * below - above * below.diff(x)
    result: Ratio = slope.cancel(below * below, include=True)
    return result


def _at(ratio: Ratio, point: Expr) -> Expr | None:
    below = ratio[1].eval(point)
    return None if below == 0 else ratio[0].eval(point) / below


def derivative_at(function: Expr, order: int, point: Expr, interval: Interval) -> Expr | None:
    """The exact value of a derivative at a point; None outside the interval."""
    x = function.variables[0]
    for piece in pieces(function, interval):
        if piece.low <= point <= piece.high:
            return _value(piece, x, order, point)
    return None


def _value(piece: Piece, x: Symbol, order: int, point: Expr) -> Expr | None:
    """The value of a derivative of a piece, its root included."""
    rest, scale, slope = _root_part(piece, x) or _NO_PARTS
    if rest is None:
        return None
    value = _at(_derivative(rest, x, order), point)
    if scale == 0 or value is None:
        return value
    base = slope * (point - piece.low)
    if base == 0:
        return value if order == 0 else None
    half = sp.Rational(1, 2)
    return value + scale * sp.ff(half, order) * slope**order * base ** (half - order)


def has_properties(function: Expr, declaration: Declaration, smoothness: int) -> bool:
    """Whether a function is as smooth as asked and has every property declared."""
    (interval,) = declaration.domain
    parts = pieces(function, interval)
    x = function.variables[0]
    return (
        bool(parts)
        and parts[-1].high == interval[1]
        and all(piece.low < piece.high for piece in parts)
        and _is_smooth(parts, x, smoothness)
        and all(_has_sign(parts, x, order[0], sign) for order, sign in declaration.signs)
        and _has_values(function, declaration)
        and _is_bounded(parts, x, declaration)
        and _is_homogeneous(parts, x, declaration)
        and _has_inada(parts, x, declaration)
        and _has_hazard(parts, x, declaration)
    )


def _is_smooth(parts: tuple[Piece, ...], x: Symbol, smoothness: int) -> bool:
    return all(
        _equal(_value(left, x, k, left.high), _value(right, x, k, left.high))
        for left, right in pairwise(parts)
        for k in range(smoothness + 1)
    ) and all(_is_regular(piece, x) for piece in parts)


def _equal(a: Expr | None, b: Expr | None) -> bool:
    return a is not None and b is not None and sp.simplify(a - b) == 0


def _is_regular(piece: Piece, x: Symbol) -> bool:
    """Whether the formula has no pole or branch inside the piece."""
    root = _root_part(piece, x)
    if root is None:
        return False
    rest, scale, _ = root
    denominator = _ratio(rest, x)[1]
    touches = [end for end in (piece.low, piece.high) if end.is_finite]
    return (
        _roots(denominator, piece.low, piece.high) == 0
        and all(denominator.eval(end) != 0 for end in touches)
        and (scale == 0 or piece.low.is_finite is True)
    )


def _root_part(piece: Piece, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """A formula as a rational function plus a number times a root of (x - low)/width."""
    roots = [p for p in piece.formula.atoms(sp.Pow) if not p.exp.is_Integer and p.has(x)]
    if not roots:
        return piece.formula, sp.Integer(0), sp.Integer(1)
    if len(roots) > 1 or roots[0].exp != sp.Rational(1, 2):
        return None
    base = sp.Poly(roots[0].base, x) if roots[0].base.is_polynomial(x) else None
    if base is None or base.degree() != 1 or base.eval(piece.low) != 0 or base.LC() <= 0:
        return None
    expanded = sp.expand(piece.formula)
    scale = expanded.coeff(roots[0], 1)
    rest = sp.expand(expanded - scale * roots[0])
    if rest.has(roots[0]) or scale.has(x):
        return None
    return rest, scale, base.LC()


def _roots(polynomial: Any, low: Expr, high: Expr) -> int:
    """The number of distinct real roots of a polynomial inside an open interval."""
    if polynomial.degree() <= 0:
        return 0
    ends = [None if end.is_finite is False else end for end in (low, high)]
    count = int(polynomial.count_roots(*ends))
    return count - len([e for e in ends if e is not None and polynomial.eval(e) == 0])


def _sample(low: Expr, high: Expr) -> Expr:
    """A number inside an interval."""
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    return low + 1 if low.is_finite else high - 1 if high.is_finite else sp.Integer(0)


def sign_holds(ratio: Ratio, low: Expr, high: Expr, relation: str) -> bool:
    """Whether a rational function has a sign everywhere inside an interval."""
    numerator, denominator = ratio
    if numerator.is_zero:
        return relation in (">=", "<=")
    if _roots(denominator, low, high):
        return False
    sample = _sample(low, high)
    if "=" in relation:  # a root of even multiplicity is no change of sign
        odd = [f for f, multiplicity in numerator.factor_list()[1] if multiplicity % 2]
        if any(_roots(f, low, high) for f in odd):
            return False
        while numerator.eval(sample) == 0:
            sample = (sample + high) / 2 if high.is_finite else sample + 1
    elif _roots(numerator, low, high):
        return False
    wanted = 1 if ">" in relation else -1
    return sign_of(numerator.eval(sample)) * sign_of(denominator.eval(sample)) == wanted


def _has_sign(parts: tuple[Piece, ...], x: Symbol, order: int, relation: str) -> bool:
    wanted = 1 if ">" in relation else -1
    for index, piece in enumerate(parts):
        rest, scale, _ = _root_part(piece, x) or _NO_PARTS
        if rest is None:
            return False
        if scale != 0 and sign_of(sp.ff(sp.Rational(1, 2), order) * scale) != wanted:
            return False
        inside = relation if scale == 0 else relation[0] + "="
        if not sign_holds(_derivative(rest, x, order), piece.low, piece.high, inside):
            return False
        if index and "=" not in relation:
            value = _value(piece, x, order, piece.low)
            if value is None or sign_of(value) != wanted:
                return False
    return True


def _has_values(function: Expr, declaration: Declaration) -> bool:
    (interval,) = declaration.domain
    return all(
        derivative_at(function, 0, argument, interval) == value
        for argument, value in declaration.points
    )


def _is_bounded(parts: tuple[Piece, ...], x: Symbol, declaration: Declaration) -> bool:
    if declaration.bounds is None:
        return True
    return all(_within(piece, x, declaration.bounds) for piece in parts)


def _within(piece: Piece, x: Symbol, bounds: tuple[Expr, Expr]) -> bool:
    """Whether a piece is between bounds, its root taken at the lowest and at the highest."""
    rest, scale, slope = _root_part(piece, x) or _NO_PARTS
    if rest is None or (scale != 0 and sign_of(scale) < 0):
        return False
    low, high = bounds
    most = sp.S.Zero if scale == 0 else scale * sp.sqrt(slope * (piece.high - piece.low))
    if most != 0 and not most.is_Rational:
        return False
    return sign_holds(_ratio(rest - low, x), piece.low, piece.high, ">=") and sign_holds(
        _ratio(rest + most - high, x), piece.low, piece.high, "<="
    )


def _is_homogeneous(parts: tuple[Piece, ...], x: Symbol, declaration: Declaration) -> bool:
    degree = declaration.degree
    return degree is None or all(
        sp.simplify(x * sp.diff(p.formula, x) - degree * p.formula) == 0 for p in parts
    )


def _has_inada(parts: tuple[Piece, ...], x: Symbol, declaration: Declaration) -> bool:
    first, last = parts[0], parts[-1]
    limits = {}
    if "low" in declaration.inada:
        limits["low"] = sp.limit(sp.diff(first.formula, x), x, first.low, "+") == sp.oo
    if "high" in declaration.inada:
        limits["high"] = sp.limit(sp.diff(last.formula, x), x, last.high, "-") == 0
    return all(limits.values())


def _has_hazard(parts: tuple[Piece, ...], x: Symbol, declaration: Declaration) -> bool:
    for piece in parts if declaration.hazard or declaration.log_concave else ():
        value, density, slope = (sp.diff(piece.formula, x, k) for k in range(3))
        claims = [(slope * (1 - value) + density**2, ">=")] * declaration.hazard
        claims += [(slope * value - density**2, "<=")] * declaration.log_concave
        if not all(sign_holds(_ratio(f, x), piece.low, piece.high, sign) for f, sign in claims):
            return False
    return True


def values_of(declaration: Declaration, point: Mapping[Symbol, Expr]) -> Declaration | None:
    """The declaration at numbers for the symbols in it; None where it has no such numbers."""
    result = declaration.at(dict(point))
    return None if result.symbols else result
