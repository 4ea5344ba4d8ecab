"""Exact signs of expressions at every point of a tile.

Floating point decides wherever the value is farther from zero than the error can be; the rest is
decided by exact arithmetic. The signs are therefore those of the exact expression at the exact
points, whatever the size of a tile and the order of evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import evaluate
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.core.evaluate import UndecidedError
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.signs import ANY_SIGN
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.sweeps.error_bounds import TINY, UNIT, bounded, large_numbers_as_floats
from gametheory_eeu.sweeps.tiles import Array, Tile

UNDEFINED = 2
"""The sign of an expression that has no value."""


@dataclass(frozen=True)
class SignArray:
    """The signs of an expression at many points.

    Parameters
    ----------
    above, below : arrays of bool
        Where floating point tells that it is positive, and negative.
    signs : array of int8, optional
        All signs, 2 where it is undefined; needed only where floating point does not tell.
    """

    above: Array
    below: Array
    signs: Array | None = None

    @classmethod
    @lru_cache
    def constant(cls, sign: int, dimensions: int) -> SignArray:
        """One sign everywhere, of length one along each dimension."""
        ones = (1,) * dimensions
        signs = None if sign else np.zeros(ones, dtype=np.int8)
        return cls(np.full(ones, sign > 0), np.full(ones, sign < 0), signs)

    def is_in(self, allowed: frozenset[int]) -> Array:
        """Where the sign is one of some."""
        if self.signs is None:
            if allowed >= {-1, 1} or not allowed & {-1, 1}:
                return np.full((1,) * self.above.ndim, bool(allowed & {-1, 1}))
            return self.above if 1 in allowed else self.below
        if len(allowed) == 1:
            return np.equal(self.signs, next(iter(allowed)))
        defined: Array = np.not_equal(self.signs, UNDEFINED)
        if allowed == ANY_SIGN:
            return defined
        return np.not_equal(self.signs, next(iter(ANY_SIGN - allowed))) & defined


class SignTest(Picklable):
    """The sign of one expression, at every point of a tile."""

    expr: Expr

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """What it depends on, in order."""
        return tuple(sorted(self.expr.free_symbols, key=lambda s: str(s.name)))

    def signs(self, tile: Tile) -> SignArray:
        """The signs at every point of a tile, along the dimensions that matter."""
        with np.errstate(all="ignore"):
            above, below = self._certain(tile)
            unsure = ~(above | below)
            if not unsure.any():
                return SignArray(above, below)
            signs = above.view(np.int8) - below.view(np.int8)
            self._decide(tile, signs, np.argwhere(unsure))
            return SignArray(above, below, signs)

    def _certain(self, tile: Tile) -> tuple[Array, Array]:
        """Where the expression is positive, and where negative, beyond all rounding."""
        raise NotImplementedError

    def _decide(self, tile: Tile, signs: Array, places: Array) -> None:
        """The signs at some places by exact arithmetic; each distinct point once."""
        known: dict[tuple[Expr, ...], int] = {}
        for place in map(tuple, places):
            point = tile.exact_point(self.symbols, place)
            key = tuple(point.values())
            if key not in known:
                known[key] = self.exact_sign(key)
            signs[place] = known[key]

    def exact_sign(self, values: Sequence[Expr]) -> int:
        """The sign at one point, its values in the order of the symbols."""
        point = dict(zip(self.symbols, values, strict=True))
        try:
            number = evaluate.value(self.expr, point)
            return UNDEFINED if number is None else evaluate.sign_of(number)
        except UndecidedError as error:
            place = ", ".join(f"{s} = {v}" for s, v in point.items())
            raise UnsupportedError(
                f"at {place} the sign of {self.expr} is not decided by exact arithmetic ({error}); "
                "leave the point out, or move it"
            ) from None


@dataclass(frozen=True)
class PolynomialTest(SignTest):
    """The sign of a polynomial with rational coefficients."""

    expr: Expr

    @cached_property
    def _linear(self) -> tuple[float, float] | None:
        """Slope and intercept of a linear function of one symbol, where floats hold both."""
        if len(self.symbols) != 1 or sp.degree(self.expr) != 1:
            return None
        slope, intercept = sp.Poly(self.expr, *self.symbols).all_coeffs()
        return float(slope), float(intercept)

    @cached_property
    def _function(self) -> Any:
        return sp.lambdify(self.symbols, large_numbers_as_floats(self.expr), "numpy", cse=True)

    @cached_property
    def _magnitude(self) -> Any:
        """The same with every coefficient's size, at sizes of the values: it bounds each part."""
        polynomial = sp.Poly(self.expr, *self.symbols)
        terms = [(powers, abs(float(c))) for powers, c in polynomial.terms()]
        operations = int(sp.count_ops(self.expr)) + 3 * polynomial.total_degree() + len(terms) + 8
        scale = operations * UNIT * 1.01

        def tolerance(*sizes: Any) -> Any:
            total: Any = 0.0
            for powers, size in terms:
                product = size
                for value, power in zip(sizes, powers, strict=True):
                    product = product * value**power if power else product
                total = total + product
            return total * scale + TINY

        return tolerance

    def _tolerance(self, tile: Tile) -> float:
        """The bound of the rounding errors at every point of a tile."""
        bounds = (tile.columns[s].bounds for s in self.symbols)
        try:
            return float(self._magnitude(*(max(-low, high) for low, high in bounds)))
        except OverflowError:
            return inf

    def signs(self, tile: Tile) -> SignArray:
        """The signs at every point of a tile, along the dimensions that matter."""
        constant = self._constant_sign(tile)
        if constant is None:
            return super().signs(tile)
        return SignArray.constant(constant, tile.dimension_count)

    def _constant_sign(self, tile: Tile) -> int | None:
        """The sign that a number, or a linear function, has all over the tile, if one."""
        if not self.symbols:
            return int(sp.sign(self.expr))
        if self._linear is None:
            return None
        slope, intercept = self._linear
        ends = [slope * end + intercept for end in tile.columns[self.symbols[0]].bounds]
        tolerance = self._tolerance(tile)
        return 1 if min(ends) > tolerance else -1 if max(ends) < -tolerance else None

    def _certain(self, tile: Tile) -> tuple[Array, Array]:
        tolerance = self._tolerance(tile)
        values = self._function(*(tile.columns[s].floats for s in self.symbols))
        return np.asarray(values > tolerance), np.asarray(values < -tolerance)

    def _decide(self, tile: Tile, signs: Array, places: Array) -> None:
        """First by a bound of each point's own, then by exact arithmetic."""
        index = tuple(places.T)
        values = [np.broadcast_to(tile.columns[s].floats, signs.shape)[index] for s in self.symbols]
        result = np.broadcast_to(self._function(*values), (len(places),))
        tolerance = self._magnitude(*map(np.abs, values))
        above, below = result > tolerance, result < -tolerance
        signs[index] = above.astype(np.int8) - below.astype(np.int8)
        super()._decide(tile, signs, places[~(above | below)])

    @cached_property
    def _exact_function(self) -> Any:
        polynomial = sp.Poly(self.expr, *self.symbols)
        terms = [(powers, to_fmpq(c)) for powers, c in polynomial.terms()]

        def total(*values: Any) -> Any:
            result = to_fmpq(0)
            for powers, coefficient in terms:
                product = coefficient
                for value, power in zip(values, powers, strict=True):
                    product = product * value**power if power else product
                result += product
            return result

        return total

    def exact_sign(self, values: Sequence[Expr]) -> int:
        """The sign at one point, its values in the order of the symbols."""
        if not all(isinstance(v, sp.Rational) for v in values):
            return super().exact_sign(values)
        result = self._exact_function(*map(to_fmpq, values))
        return int(result > 0) - int(result < 0)


@dataclass(frozen=True)
class GeneralTest(SignTest):
    """The sign of any expression: of roots, logarithms, values by cases."""

    expr: Expr

    def _certain(self, tile: Tile) -> tuple[Array, Array]:
        value, radius = bounded(self.expr, tile.floats)
        shape = tile.shape(self.symbols)
        above, below = np.broadcast_arrays(value > radius, value < -radius)
        return (
            np.ascontiguousarray(np.broadcast_to(above, shape)),
            np.ascontiguousarray(np.broadcast_to(below, shape)),
        )


@dataclass(frozen=True)
class WholeTest(SignTest):
    """1 where a symbol's value is a whole number, -1 elsewhere."""

    expr: Expr

    def signs(self, tile: Tile) -> SignArray:
        """The signs at every point of a tile."""
        column = tile.columns[self.expr]
        if column.given is None:
            whole = column.floats == np.rint(column.floats)
        else:
            whole = np.vectorize(lambda v: bool(sp.sympify(v).is_integer), otypes=[bool])(
                column.given
            )
        return SignArray(whole, ~whole)
