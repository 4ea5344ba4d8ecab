"""Interval arithmetic: rigorous enclosures and signs of real numbers."""

from __future__ import annotations

from functools import reduce
from operator import add, mul
from typing import Any

import sympy as sp
from flint import arb, ctx, fmpq

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import rational_ball

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


__all__ = ["enclosure", "rational_bounds", "sign_by_enclosure"]
