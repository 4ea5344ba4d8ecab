"""Exact values in the place of what floating point gives up: powers beyond floats, rounded roots.

A square of 1e200 is beyond all floats, the quotient of two need not be. Where floating point ends
in no finite number, the expression is evaluated exactly, and the nearest float is its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from math import inf, isfinite, nan
from operator import add, mul
from typing import Any

import numpy as np
import sympy as sp
from flint import ctx, fmpq

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import evaluate
from gametheory_eeu.core.conversions import nearest_float, to_fmpq, to_fraction
from gametheory_eeu.core.evaluate import UndecidedError
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.facts import is_rational
from gametheory_eeu.prover.sign_abstraction import SignFormula, any_of
from gametheory_eeu.sweeps.formulas import Signs, SignTable
from gametheory_eeu.sweeps.tiles import Array, Tile

MAX_VALUES = 10_000
"""The most values of one expression that are worked out exactly in one tile."""
_MAX_EXPONENT = 10_000


class ExactValues:
    """The values of an expression at single places of a tile, by exact arithmetic.

    Parameters
    ----------
    expression : SymPy expression
    table : SignTable
        Where the conditions are entered under which it is undefined.
    """

    def __init__(self, expression: Expr, table: SignTable) -> None:
        self.expression, self.table = expression, table
        self.symbols = sorted(expression.free_symbols, key=str)

    @cached_property
    def _undefined(self) -> SignFormula:
        """Where it is surely undefined, which is decided for a whole tile at once."""
        return any_of(*self._undefined_parts())

    def _undefined_parts(self) -> Iterator[SignFormula]:
        for condition in _undefined(self.expression):
            try:
                yield self.table.formula(condition)
            except UnsupportedError:
                continue  # the points are evaluated one by one

    @cached_property
    def _is_rational(self) -> bool:
        """Whether it is a rational function of no great powers."""
        powers = self.expression.atoms(sp.Pow)
        return is_rational(self.expression) and all(abs(p.exp) <= _MAX_EXPONENT for p in powers)

    def enter(self, target: Array, missing: Array, tile: Tile, signs: Signs) -> Array:
        """Enter the values at the missing places; where none was worked out.

        Each distinct point is evaluated once; what is undefined or beyond all floats stays NaN.
        """
        untold = np.zeros(target.shape, dtype=bool)
        open_ = missing & ~self._is_undefined(signs)
        known: dict[tuple[Expr, ...], float | None] = {}
        for place in map(tuple, np.argwhere(open_)):
            if len(known) >= MAX_VALUES:
                untold[place] = True
                continue
            key = tuple(tile.exact_point(self.symbols, place).values())
            if key not in known:
                known[key] = self._float_at(key)
            number = known[key]
            target[place] = nan if number is None else number
            untold[place] = number is None
        return untold

    def _is_undefined(self, signs: Signs) -> Array:
        """Where it is surely undefined, if exact arithmetic tells that of all the tile."""
        try:
            return signs.truth(self._undefined)
        except UnsupportedError:
            return np.zeros((), dtype=bool)

    def _float_at(self, values: Sequence[Expr]) -> float | None:
        """The nearest float, NaN where there is none; None where exact arithmetic ends."""
        try:
            point = dict(zip(self.symbols, values, strict=True))
            if self._is_rational and all(isinstance(v, sp.Rational) for v in values):
                return _float_of(_quotient(self.expression, _fmpq_point(point)))
            return finite_float(evaluate.value(self.expression, point))
        except (UndecidedError, UnsupportedError, OverflowError, MemoryError):
            return None


def _undefined(expr: Expr) -> Iterator[Boolean]:
    """Conditions under which an expression is undefined, each sufficient; not within cases."""
    traversal = sp.preorder_traversal(expr)
    for node in traversal:
        if isinstance(node, sp.Piecewise):
            traversal.skip()
        elif isinstance(node, sp.log):
            yield sp.Le(node.args[0], 0, evaluate=False)
        elif isinstance(node, sp.Pow) and node.exp.is_Rational:
            if not node.exp.is_integer:
                yield sp.Lt(node.base, 0, evaluate=False)
            if node.exp.is_negative:
                yield sp.Eq(node.base, 0, evaluate=False)


def _fmpq_point(point: Mapping[Symbol, Expr]) -> dict[Symbol, fmpq]:
    return {symbol: to_fmpq(value) for symbol, value in point.items()}


def _quotient(expr: Expr, point: Mapping[Symbol, fmpq]) -> Any:
    """A rational function at rational numbers; None where it is undefined.

    The same as :func:`evaluate.value`, in a twentieth of the time.
    """
    if isinstance(expr, sp.Symbol):
        return point[expr]
    if isinstance(expr, sp.Rational):
        return to_fmpq(expr)
    parts: list[Any] = [_quotient(part, point) for part in expr.args]
    if None in parts:
        return None
    if isinstance(expr, sp.Pow):
        exponent = int(expr.exp)
        return None if parts[0] == 0 and exponent < 0 else parts[0] ** exponent
    return reduce(add if isinstance(expr, sp.Add) else mul, parts)


def _float_of(value: Any) -> float:
    number = nan if value is None else nearest_float(to_fraction(value))
    return number if isfinite(number) else nan


def finite_float(value: Expr | None) -> float:
    """The float nearest to an exact number; NaN where there is no number, or no float.

    Raises
    ------
    UndecidedError
        A number that no enclosure tells closely.

    Examples
    --------
    >>> finite_float(sp.sqrt(2)), finite_float(sp.Integer(10) ** 400), finite_float(None)
    (1.4142135623730951, nan, nan)
    """
    if value is None or value.is_Rational:
        return _float_of(value)
    number = _irrational(value)
    return number if isfinite(number) else nan


def _irrational(value: Expr) -> float:
    for bits in (128, 512, 2048):
        with ctx.workprec(bits):
            ball = evaluate.enclosure(value)
            if ball is None:
                return float(sp.N(value, 25))
            if not ball.is_finite():
                return inf
            if ball.rel_accuracy_bits() >= 64:
                return float(ball)
    if evaluate.sign_of(value) == 0:
        return 0.0
    raise UndecidedError(f"the digits of {value}")
