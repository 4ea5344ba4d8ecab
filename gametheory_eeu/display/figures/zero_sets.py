"""Zero sets in the plane, each point on them to rounding, and roots along a line."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol

Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Limits: TypeAlias = tuple[float, float]
_GRID_SIZE = 320
_NEWTON_STEPS = 6


def zero_curves(f: Expr, x: Symbol, y: Symbol, x_limits: Limits, y_limits: Limits) -> list[Array]:
    """The curves on which a function vanishes in a rectangle, as arrays of shape (points, 2).

    A grid says where the sign changes; Newton's method along the gradient then puts each point on
    the zero set itself, so that the grid decides how many points there are, not where.
    """
    from contourpy import contour_generator

    value, derivatives = (
        _array_function(f, x, y),
        [_array_function(sp.diff(f, s), x, y) for s in (x, y)],
    )
    horizontal, vertical = np.linspace(*x_limits, _GRID_SIZE), np.linspace(*y_limits, _GRID_SIZE)
    x_grid, y_grid = np.meshgrid(horizontal, vertical)
    lines = contour_generator(horizontal, vertical, value(x_grid, y_grid)).lines(0.0)
    return [_refine(np.asarray(line), value, derivatives) for line in lines]


def _refine(line: Array, value: Any, derivatives: list[Any]) -> Array:
    for _ in range(_NEWTON_STEPS):
        f = value(*line.T)
        gradient = np.array([derivative(*line.T) for derivative in derivatives])
        norm = (gradient**2).sum(axis=0)
        step = np.where(norm > 0, f / np.where(norm > 0, norm, 1), 0)
        line = line - (step * gradient).T
    return line


def roots_in_interval(f: Expr, x: Symbol, limits: Limits) -> list[float]:
    """Zeros of a function of one symbol within limits, in order.

    The roots of a polynomial are isolated exactly; of anything else they are found by bisection.
    """
    if f.is_polynomial(x) and not f.has(sp.Float):
        if sp.degree(f, x) < 1:
            return []
        roots = {float(root) for root in sp.Poly(f, x).real_roots()}
    else:
        roots = set(_bisection_roots(f, x, limits))
    return sorted(root for root in roots if limits[0] < root < limits[1])


def _bisection_roots(f: Expr, x: Symbol, limits: Limits) -> list[float]:
    from scipy.optimize import brentq

    value = _array_function(f, x)
    points = np.linspace(*limits, 4001)
    signs = np.sign(value(points))
    crossings = [float(brentq(value, points[i], points[i + 1], xtol=1e-14))
               for i in np.flatnonzero(signs[1:] * signs[:-1] < 0)]  # fmt: skip
    return [*crossings, *map(float, points[signs == 0])]


def _array_function(f: Expr, *symbols: Symbol) -> Any:
    """NumPy function of an expression, constants broadcast to arrays."""
    function = sp.lambdify(symbols, f, "numpy")

    def evaluate(*points: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.broadcast_to(function(*points), np.shape(points[0])).astype(float)

    return evaluate
