"""Numbers enclosed in interval arithmetic: the sign of what is not rational, with certainty."""

from __future__ import annotations

from functools import reduce
from operator import add, mul
from typing import Any

import sympy as sp
from flint import arb, ctx, fmpq

from gametheory_eeu._types import Expr

_BITS = (64, 128, 256, 512)
_LARGEST = 2**256
"""Beyond, a number is not written out."""


def sign_by_enclosure(number: Expr) -> int | None:
    """The sign of a real number whose enclosure leaves out zero; None where it does not."""
    for bits in _BITS:
        with ctx.workprec(bits):
            ball = enclosure(number)
            if ball is None or not ball.is_finite():
                return None
            if ball > 0 or ball < 0:
                return 1 if ball > 0 else -1
            if ball.is_exact():
                return 0
    return None


def bounds(number: Expr, bits: int = 24) -> tuple[Expr, Expr] | None:
    """Rational numbers just below and above a real number; None where it is too large."""
    with ctx.workprec(2 * bits + 20):
        ball = enclosure(number)
        if ball is None or not (abs(ball) < _LARGEST):
            return None
        scale = 2**bits
        low, high = (ball * scale).lower().floor(), (ball * scale).upper().ceil()
        ends = [int(low.unique_fmpz()), int(high.unique_fmpz())]
    return sp.Rational(ends[0], scale), sp.Rational(ends[1], scale)


def enclosure(number: Expr) -> Any:
    """A ball that contains a real number; None for a function that is not read."""
    if isinstance(number, sp.Rational):
        return arb(fmpq(int(number.p), int(number.q)))
    if number in (sp.pi, sp.E):
        return arb.pi() if number == sp.pi else arb.const_e()
    if isinstance(number, sp.CRootOf):
        return _root(number)
    if isinstance(number, sp.Pow):
        return _power(number)
    if not isinstance(number, (sp.Add, sp.Mul, sp.log, sp.exp, sp.erfinv)):
        return None
    parts = [enclosure(part) for part in number.args]
    if any(part is None for part in parts):
        return None
    if isinstance(number, (sp.Add, sp.Mul)):
        return reduce(add if isinstance(number, sp.Add) else mul, parts)
    name = {sp.log: "log", sp.exp: "exp", sp.erfinv: "erfinv"}[number.func]
    return getattr(parts[0], name)()


def _power(number: Expr) -> Any:
    base = enclosure(number.base)
    if base is None:
        return None
    if isinstance(number.exp, sp.Integer):
        return base ** int(number.exp)
    if isinstance(number.exp, sp.Rational):
        return base.root(int(number.exp.q)) ** int(number.exp.p)
    exponent = enclosure(number.exp)
    return None if exponent is None else (base.log() * exponent).exp()


def _root(number: Expr) -> Any:
    width = sp.Rational(1, 2 ** (ctx.prec + 4))
    near = number.eval_rational(dx=width)
    middle = arb(fmpq(int(near.p), int(near.q)))
    return middle + arb(0, arb(fmpq(1, 2 ** (ctx.prec + 4))))


__all__ = ["bounds", "enclosure", "sign_by_enclosure"]
