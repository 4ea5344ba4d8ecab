"""A judge of statements at points: SymPy's trees walked with rational intervals.

It shares nothing with the library: neither its encoder nor its evaluator. What an interval cannot
settle is passed over.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import sympy as sp
from mpmath import iv

SCALE = 10**40


class TooCloseError(Exception):
    """The interval does not settle it."""


def interval(number):
    if number.is_Rational:
        return (Fraction(number.p, number.q),) * 2
    digits = Fraction(str(sp.N(number, 60)))
    return digits - Fraction(1, SCALE), digits + Fraction(1, SCALE)


def sign(value):
    low, high = value
    if low > 0 or high < 0 or low == high == 0:
        return (low > 0) - (high < 0)
    raise TooCloseError


def times(a, b):
    corners = [p * q for p in a for q in b]
    return min(corners), max(corners)


def root(value):
    if sign(value) <= 0:
        return None if sign(value) < 0 else value
    ends = []
    for end, up in zip(value, (0, 1), strict=True):
        p, q = isqrt(end.numerator), isqrt(end.denominator)
        exact = p * p == end.numerator and q * q == end.denominator
        scaled = isqrt(end.numerator * SCALE * SCALE // end.denominator)
        ends.append(Fraction(p, q) if exact else Fraction(scaled + up, SCALE))
    return tuple(ends)


def through(function, value):
    """An interval through a rising function of mpmath's interval arithmetic."""
    iv.dps = 50
    low, high = (function(iv.mpf(end.numerator) / iv.mpf(end.denominator)) for end in value)
    return exactly(low.a), exactly(high.b)


def exactly(end):
    sign, mantissa, exponent, _ = end._mpi_[0]
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def symbolic_power(base, exponent, whole):
    """``base**exponent`` as a reader of analysis understands it."""
    if exponent[0] == exponent[1] and exponent[0].denominator == 1 and whole:
        return power(base, sp.Integer(int(exponent[0]))) if sign(base) or exponent[0] > 0 else None
    if sign(base) < 0 or (sign(base) == 0 and sign(exponent) <= 0):
        return None
    if sign(base) == 0:
        return base
    return through(iv.exp, times(exponent, through(iv.log, base)))


def power(base, exponent):
    whole, roots = exponent.p, exponent.q.bit_length() - 1
    if exponent.q != 2**roots:
        return symbolic_power(base, (Fraction(whole, exponent.q),) * 2, False)
    for _ in range(roots):
        base = None if base is None else root(base)
    if base is None or (whole < 0 and sign(base) == 0):
        return None
    result = (Fraction(1), Fraction(1))
    for _ in range(abs(whole)):
        result = times(result, base)
    return (1 / result[1], 1 / result[0]) if whole < 0 else result


def value(expr, point):  # noqa: C901, PLR0912 - a kind of node each
    if expr.is_Symbol:
        return point[expr]
    if expr.is_Rational:
        return interval(expr)
    if isinstance(expr, sp.Piecewise):
        for branch, condition in expr.args:
            holds = truth(condition, point)
            if holds is not False:
                return value(branch, point) if holds else None
        return None
    if expr == sp.E:
        return through(iv.exp, (Fraction(1), Fraction(1)))
    if not expr.args:
        return None
    if expr.is_Pow:
        base, exponent = value(expr.base, point), value(expr.exp, point)
        if base is None or exponent is None:
            return None
        if expr.exp.is_Rational:
            return power(base, expr.exp)
        return symbolic_power(base, exponent, expr.exp.is_integer)
    parts = [value(part, point) for part in expr.args]
    if None in parts:
        return None
    result = parts[0]
    if isinstance(expr, sp.exp):
        return through(iv.exp, result)
    if isinstance(expr, sp.log):
        return through(iv.log, result) if sign(result) > 0 else None
    for part in parts[1:]:
        if expr.is_Add:
            result = (result[0] + part[0], result[1] + part[1])
        elif expr.is_Mul:
            result = times(result, part)
        else:
            best = max if isinstance(expr, sp.Max) else min
            result = (best(result[0], part[0]), best(result[1], part[1]))
    if isinstance(expr, sp.Abs):
        return times(result, (Fraction(sign(result)),) * 2)
    if isinstance(expr, sp.sign):
        return (Fraction(sign(result)),) * 2
    assert expr.func in (sp.Add, sp.Mul, sp.Max, sp.Min), expr
    return result


def truth(statement, point):
    if statement in (sp.true, sp.false):
        return statement == sp.true
    if isinstance(statement, sp.Rel):
        left, right = value(statement.lhs, point), value(statement.rhs, point)
        if left is None or right is None:
            return None
        s = sign((left[0] - right[1], left[1] - right[0]))
        return {"<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0, "==": s == 0, "!=": s != 0}[
            statement.rel_op
        ]
    parts = [truth(part, point) for part in statement.args]
    if isinstance(statement, sp.Not):
        return None if parts[0] is None else not parts[0]
    if isinstance(statement, sp.Implies):
        parts[0] = None if parts[0] is None else not parts[0]
    decisive = isinstance(statement, (sp.Or, sp.Implies))
    assert decisive or isinstance(statement, sp.And), statement
    return decisive if decisive in parts else None if None in parts else not decisive


def settled(statement, point):
    """The truth, or "close" where intervals do not tell."""
    try:
        return truth(statement, point)
    except TooCloseError:
        return "close"


def in_intervals(witness):
    return {s: interval(v) for s, v in witness.items()}
