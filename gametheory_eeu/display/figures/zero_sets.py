"""Zero sets in the plane, each point on them to rounding, and roots along a line."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol

Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Limits: TypeAlias = tuple[float, float]
_STEPS = 320
_NEWTON = 6


def traced(f: Expr, x: Symbol, y: Symbol, wide: Limits, high: Limits) -> list[Array]:
    """The curves on which a function vanishes in a rectangle, as arrays of shape (points, 2).

    A grid says where the sign changes; Newton's method along the gradient then puts each point on
    the zero set itself, so that the grid decides how many points there are, not where.
    """
    from contourpy import contour_generator

    value, slopes = _function(f, x, y), [_function(sp.diff(f, s), x, y) for s in (x, y)]
    horizontal, vertical = np.linspace(*wide, _STEPS), np.linspace(*high, _STEPS)
    across, along = np.meshgrid(horizontal, vertical)
    lines = contour_generator(horizontal, vertical, value(across, along)).lines(0.0)
    return [_polished(np.asarray(line), value, slopes) for line in lines]


def _polished(line: Array, value: Any, slopes: list[Any]) -> Array:
    for _ in range(_NEWTON):
        f = value(*line.T)
        gradient = np.array([slope(*line.T) for slope in slopes])
        size = (gradient**2).sum(axis=0)
        step = np.where(size > 0, f / np.where(size > 0, size, 1), 0)
        line = line - (step * gradient).T
    return line


def roots_along(f: Expr, x: Symbol, wide: Limits) -> list[float]:
    """Where a function of one symbol vanishes within limits, in order.

    The roots of a polynomial are isolated exactly; of anything else they are found by bisection.
    """
    if f.is_polynomial(x) and not f.has(sp.Float):
        if sp.degree(f, x) < 1:
            return []
        found = {float(root) for root in sp.Poly(f, x).real_roots()}
    else:
        found = set(_bisected(f, x, wide))
    return sorted(root for root in found if wide[0] < root < wide[1])


def _bisected(f: Expr, x: Symbol, wide: Limits) -> list[float]:
    from scipy.optimize import brentq

    value = _function(f, x)
    points = np.linspace(*wide, 4001)
    signs = np.sign(value(points))
    between = [float(brentq(value, points[i], points[i + 1], xtol=1e-14))
               for i in np.flatnonzero(signs[1:] * signs[:-1] < 0)]  # fmt: skip
    return [*between, *map(float, points[signs == 0])]


def _function(f: Expr, *symbols: Symbol) -> Any:
    """The expression over arrays, with a constant as an array too."""
    compiled = sp.lambdify(symbols, f, "numpy")

    def values(*points: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.broadcast_to(compiled(*points), np.shape(points[0])).astype(float)

    return values


__all__ = ["Array", "Limits", "roots_along", "traced"]
