"""Exact evaluation of expressions and conditions at a point, and enclosures of numbers.

It shares no code with the encoder, and it substitutes nothing: ``0*(1/y)`` at ``y = 0`` is
undefined, where substitution would make it 0 first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from math import prod
from operator import add, mul
from typing import Any

import sympy as sp
from flint import arb, ctx, fmpq

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.conversions import rational, rational_ball
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.errors import GameTheoryError

_PRECISIONS = (64, 128, 256, 512)
_MAX_MAGNITUDE = 2**256
"""Beyond, a number is not written out."""


def sign_by_enclosure(number: Expr) -> int | None:
    """The sign of a real number by interval arithmetic; None where it is inconclusive."""
    for bits in _PRECISIONS:
        with ctx.workprec(bits):
            ball = enclosure(number)
            if ball is None or not ball.is_finite():
                return None
            if ball > 0 or ball < 0:
                return 1 if ball > 0 else -1
            if ball.is_exact():
                return 0
    return None


def rational_bounds(number: Expr, bits: int = 24) -> tuple[Expr, Expr] | None:
    """Rational numbers just below and above a real number; None where it is too large."""
    with ctx.workprec(2 * bits + 20):
        ball = enclosure(number)
        if ball is None or not (abs(ball) < _MAX_MAGNITUDE):
            return None
        scale = 2**bits
        low, high = (ball * scale).lower().floor(), (ball * scale).upper().ceil()
        numerators = [int(low.unique_fmpz()), int(high.unique_fmpz())]
    return sp.Rational(numerators[0], scale), sp.Rational(numerators[1], scale)


def rational_between(a: Expr, b: Expr) -> Expr:
    """A rational number between two real numbers, of which the first is the lower."""
    bits = 24
    while True:
        lower, upper = rational_bounds(a, bits), rational_bounds(b, bits)
        assert lower is not None
        assert upper is not None
        if lower[1] < upper[0]:
            return (lower[1] + upper[0]) / 2
        bits *= 2


def enclosure(number: Expr) -> Any:
    """A ball (python-flint's arb) around a real number; None for an unsupported function."""
    if isinstance(number, sp.Rational):
        return rational_ball(number)
    if number in (sp.pi, sp.E):
        return arb.pi() if number == sp.pi else arb.const_e()
    if isinstance(number, sp.CRootOf):
        return _root_enclosure(number)
    if isinstance(number, sp.Pow):
        return _power_enclosure(number)
    if not isinstance(number, (sp.Add, sp.Mul, sp.log, sp.exp, sp.erfinv)):
        return None
    arguments = [enclosure(argument) for argument in number.args]
    if any(argument is None for argument in arguments):
        return None
    if isinstance(number, (sp.Add, sp.Mul)):
        return reduce(add if isinstance(number, sp.Add) else mul, arguments)
    method = {sp.log: "log", sp.exp: "exp", sp.erfinv: "erfinv"}[number.func]
    return getattr(arguments[0], method)()


def _power_enclosure(number: Expr) -> Any:
    base = enclosure(number.base)
    if base is None:
        return None
    if isinstance(number.exp, sp.Integer):
        return base ** int(number.exp)
    if isinstance(number.exp, sp.Rational):
        return base.root(int(number.exp.q)) ** int(number.exp.p)
    exponent = enclosure(number.exp)
    return None if exponent is None else (base.log() * exponent).exp()


def _root_enclosure(number: Expr) -> Any:
    width = sp.Rational(1, 2 ** (ctx.prec + 4))
    approximation = number.eval_rational(dx=width)
    return rational_ball(approximation) + arb(0, arb(fmpq(1, 2 ** (ctx.prec + 4))))


_DIGITS = 40
_MAX_OPERATIONS, _MAX_FIELD_DEGREE = 300, 64
_MAX_EXPONENT = 10_000


class UndecidedError(GameTheoryError):
    """The sign of an exact number is undecided, or a symbol has no value."""


def value(expr: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The exact value of a real expression; None where it is undefined."""
    if isinstance(expr, sp.Symbol):
        if expr not in point:
            raise UndecidedError(f"{expr} has no value")
        return point[expr]
    if isinstance(expr, sp.Float):
        return rational(expr)
    if isinstance(expr, sp.Piecewise):
        return _piecewise_value(expr, point)
    if not expr.args or isinstance(expr, sp.CRootOf):
        return expr if expr.is_number and expr.is_finite and expr.is_real else None
    arguments: list[Expr] = [value(argument, point) for argument in expr.args]
    if None in arguments:
        return None
    if isinstance(expr, sp.Pow):
        return _power_value(expr, *arguments)
    if isinstance(expr, (sp.Max, sp.Min)):
        return _extremum(arguments, 1 if isinstance(expr, sp.Max) else -1)
    if isinstance(expr, (sp.Abs, sp.sign)):
        sign = sign_of(arguments[0])
        return sp.Integer(sign) if isinstance(expr, sp.sign) else sign * arguments[0]
    return _function_value(expr, arguments)


def _function_value(expr: Expr, arguments: list[Expr]) -> Expr | None:
    """The value of a function at real numbers; None where it is not real."""
    if isinstance(expr, sp.erfinv) and sign_of(1 - abs(arguments[0])) <= 0:
        return None
    result = expr.func(*arguments)
    return (
        result if isinstance(expr, (sp.Add, sp.Mul, sp.exp, sp.erfinv)) else _real_or_none(result)
    )


def truth_value(statement: Boolean, point: Mapping[Symbol, Expr]) -> bool | None:
    """Whether the statement is true at the point; None where it is undefined (Kleene's logic)."""
    if statement in (sp.true, sp.false):
        return bool(statement == sp.true)
    if isinstance(statement, sp.core.relational.Relational):
        return _relation_truth(statement, point)
    parts = [truth_value(part, point) for part in statement.args]
    if isinstance(statement, sp.Not):
        return None if parts[0] is None else not parts[0]
    if isinstance(statement, sp.ITE):
        return None if parts[0] is None else parts[1 if parts[0] else 2]
    if isinstance(statement, sp.Implies):
        return _disjunction([None if parts[0] is None else not parts[0], parts[1]])
    if isinstance(statement, sp.Equivalent):
        return None if None in parts else len(set(parts)) == 1
    if isinstance(statement, sp.Or):
        return _disjunction(parts)
    if isinstance(statement, sp.And):
        return False if False in parts else None if None in parts else True
    raise UndecidedError(f"{statement} is not a condition that can be evaluated")


def sign_of(number: Expr) -> int:
    """The sign of an exact real number: 1, 0 or -1.

    UndecidedError where neither digits nor the minimal polynomial of a number close to zero settle
    it.
    """
    if isinstance(number, sp.Rational):
        return int(number.p > 0) - int(number.p < 0)
    sign = sign_by_enclosure(number)
    if sign is not None:
        return sign
    if _is_algebraic(number):
        return _algebraic_sign(number)
    if sp.expand(sp.expand_log(sp.expand(number), force=True, factor=True)) == 0:
        return 0
    if enclosure(number) is not None:  # too close to zero, or too large
        raise UndecidedError(f"whether {number} is zero")
    return _numerical_sign(number)


def _is_algebraic(number: Expr) -> bool:
    """Whether it is composed of rational numbers, radicals and roots of polynomials."""
    if isinstance(number, sp.Pow) and not isinstance(number.exp, sp.Rational):
        return False
    if isinstance(number, (sp.Rational, sp.CRootOf)):
        return True
    return isinstance(number, (sp.Add, sp.Mul, sp.Pow)) and all(map(_is_algebraic, number.args))


def _algebraic_sign(number: Expr) -> int:
    """The sign of an algebraic number; zero is decided by its minimal polynomial."""
    if sp.count_ops(number) > _MAX_OPERATIONS or _field_degree(number) > _MAX_FIELD_DEGREE:
        raise UndecidedError(f"whether {number} is zero")
    unknown = sp.Dummy()
    try:
        if sp.minimal_polynomial(number, unknown) == unknown:
            return 0
    except NotImplementedError:
        pass
    return _numerical_sign(number)


def _numerical_sign(number: Expr) -> int:
    """The sign of a number without an enclosure, by numerical evaluation."""
    digits = number.evalf(_DIGITS)
    if not (digits.is_Float or digits.is_Rational):
        raise UndecidedError(f"{number} is not a real number")
    if abs(digits) > sp.Float(10) ** (-_DIGITS // 2):
        return 1 if digits > 0 else -1
    raise UndecidedError(f"whether {number} is zero")


def _field_degree(number: Expr) -> int:
    """An upper bound on the degree of the number field: the cost of a minimal polynomial."""
    roots = {(p.base, p.exp.q) for p in number.atoms(sp.Pow) if p.exp.is_Rational}
    return prod(int(q) for _, q in roots) * prod(
        int(r.poly.degree()) for r in number.atoms(sp.CRootOf)
    )


def _real_or_none(number: Expr) -> Expr | None:
    if number.is_real and number.is_finite:
        return number
    if number.is_real is None:
        raise UndecidedError(f"whether {number} is real")
    return None


def _relation_truth(relation: Boolean, point: Mapping[Symbol, Expr]) -> bool | None:
    if relation.has(sp.oo, -sp.oo):
        values = [value(side, point) for side in relation.args if side not in (sp.oo, -sp.oo)]
        return None if None in values else bool(relation.func(*(
            side if side in (sp.oo, -sp.oo) else values[0] for side in relation.args)))  # fmt: skip
    left, right = (value(side, point) for side in relation.args)
    if left is None or right is None:
        return None
    return sign_of(left - right) in SIGNS[relation.rel_op]


def _piecewise_value(piecewise: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    for branch, condition in piecewise.args:
        holds = truth_value(condition, point)
        if holds is not False:
            return value(branch, point) if holds else None
    return None


def _power_value(power: Expr, base: Expr, exponent: Expr) -> Expr | None:
    """The value of a power; None where it is undefined."""
    sign = sign_of(base)
    is_rational_exponent = power.exp.is_Rational  # 0**0 is 1 where the exponent is written so
    if sign == 0 and sign_of(exponent) < (0 if is_rational_exponent else 1):
        return None
    if sign < 0 and not power.exp.is_integer:
        return None
    if exponent.is_Rational and max(abs(exponent.p), exponent.q) > _MAX_EXPONENT:
        raise UndecidedError(f"a power with the exponent {exponent}")
    return base**exponent


def _extremum(values: list[Expr], direction: int) -> Expr:
    best = values[0]
    for candidate in values[1:]:
        if sign_of(candidate - best) * direction > 0:
            best = candidate
    return best


def _disjunction(parts: list[bool | None]) -> bool | None:
    return True if True in parts else None if None in parts else False
