"""Random points of a parameter space, which refute claims before a proof is tried.

Coordinates are multiples of 1/8 or 1/64, so that low polynomials are exact in floating point. A
sample never proves anything: it only says which questions are worth asking.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp
from sympy.polys.polyerrors import PolynomialError

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.signs import ANY_SIGN, SIGNS, Signs
from gametheory_eeu.prover.indeterminates import assumptions

FracElement: TypeAlias = Any
Array: TypeAlias = Any
_DRAW_COUNT, _SAMPLE_COUNT = 6000, 600
_TOLERANCE = 1e-9


class Samples:
    """Points, a row each, with a coordinate for each generator of a field.

    Parameters
    ----------
    field : SymPy field of rational functions
    points : array
    within : tuple of SymPy Booleans
        What all the points obey.
    """

    def __init__(self, field: Any, points: Array, within: tuple[Boolean, ...] = ()) -> None:
        self.field, self.points, self.within = field, points, within
        self._signs: dict[Any, Array] = {}

    @classmethod
    def of(
        cls,
        field: Any,
        constraints: Sequence[Boolean],
        mixes: Sequence[Sequence[Expr]] = (),
        drawn: int = _DRAW_COUNT,
        kept: int = _SAMPLE_COUNT,
    ) -> Samples:
        """Random points that satisfy the constraints; none where a generator is not a symbol.

        The symbols of each mix are non-negative and sum to one.
        """
        import numpy as np

        rng = np.random.default_rng(0)
        names = list(field.symbols)
        if not all(name.is_Symbol for name in names):
            return cls(field, np.empty((0, len(names))))
        points = rng.integers(-24, 25, (drawn, len(names))) / rng.choice([8, 8, 64], (drawn, 1))
        for mix in mixes:
            cuts = np.sort(rng.integers(0, 65, (drawn, len(mix) - 1)), axis=1)
            ends = np.pad(cuts, ((0, 0), (1, 1)), constant_values=(0, 64))
            for symbol, share in zip(mix, np.diff(ends, axis=1).T / 64, strict=True):
                points[:, names.index(symbol)] = share
        for column, name in enumerate(names):
            if name.is_integer:
                points[:, column] = np.rint(points[:, column])
        domain = [relation for name in names for relation in assumptions(name)]
        return cls(field, points).restrict([*domain, *constraints]).first(kept)

    def __len__(self) -> int:
        return len(self.points)

    def first(self, count: int) -> Samples:
        """The first points, at most ``count``."""
        return Samples(self.field, self.points[:count], self.within)

    def restrict(self, constraints: Sequence[Boolean]) -> Samples:
        """The points that satisfy the constraints; none where one is not polynomial."""
        samples = self
        for constraint in constraints:
            mask = samples.truth(constraint)
            points = samples.points[:0] if mask is None else samples.points[mask]
            samples = Samples(self.field, points)
        return Samples(self.field, samples.points, (*self.within, *constraints))

    def signs(self, polynomial: Any) -> Array:
        """The sign of a polynomial, -1, 0 or 1, at each point."""
        import numpy as np

        signs = self._signs.get(polynomial)
        if signs is None:
            terms = self._terms(polynomial)
            total, scale = sum(terms), sum(map(abs, terms))
            signs = np.where(abs(total) <= _TOLERANCE * scale, 0, np.sign(total))
            self._signs[polynomial] = signs
        return signs

    def value(self, polynomial: Any) -> Array:
        """The value of a polynomial at each point, in floating point."""
        return sum(self._terms(polynomial))

    def _terms(self, polynomial: Any) -> list[Array]:
        import numpy as np

        terms = [np.zeros(len(self))]
        for exponents, coefficient in polynomial.items():
            term = np.full(len(self), float(coefficient))
            for column, power in enumerate(exponents):
                if power:
                    term = term * self.points[:, column] ** power
            terms.append(term)
        return terms

    def sign(self, value: FracElement) -> Array:
        """The sign of a rational function at each point."""
        return self.signs(value.numer) * self.signs(value.denom)

    def sign_set(self, polynomial: Any) -> Signs:
        """The signs that occur."""
        signs = self.signs(polynomial)
        return frozenset(sign for sign in ANY_SIGN if (signs == sign).any())

    def truth(self, condition: Boolean) -> Array | None:
        """Whether the condition holds at each point; None where that is not evaluated."""
        import numpy as np

        if condition in (sp.true, sp.false):
            return np.full(len(self), condition == sp.true)
        if isinstance(condition, (sp.And, sp.Or, sp.Not)):
            parts: list[Array] = [self.truth(part) for part in condition.args]
            if any(part is None for part in parts):
                return None
            joint: Array = (np.any if isinstance(condition, sp.Or) else np.all)(parts, axis=0)
            return ~joint if isinstance(condition, sp.Not) else joint
        signs = SIGNS.get(condition.func)
        value = None if signs is None else self.element(condition.lhs - condition.rhs)
        return None if value is None else np.isin(self.sign(value), list(signs or ()))

    def element(self, expression: Expr) -> FracElement | None:
        """The expression in the field; None where it is not of the field."""
        return _element(expression, self.field)

    def onto(self, value: FracElement) -> Samples:
        """The points projected along one coordinate onto the zero set of a value.

        That is done where the value is linear in a generator, with a constant coefficient.
        """
        import numpy as np

        for column in range(len(self.field.symbols)):
            terms = [(e, c) for e, c in value.numer.items() if e[column]]
            if len(terms) == 1 and sum(terms[0][0]) == 1:
                points = self.points.copy()
                points[:, column] = 0
                offset = Samples(self.field, points).value(value.numer)
                points[:, column] = -offset / float(terms[0][1])
                samples = Samples(self.field, points).restrict(self.within)
                if len(samples):
                    return samples
        return Samples(self.field, np.empty((0, self.points.shape[1])), self.within)


@lru_cache(maxsize=8192)
def _element(expression: Expr, field: Any) -> FracElement | None:
    try:
        return field.from_expr(expression)
    except (ValueError, PolynomialError, NotImplementedError):
        return None


__all__ = ["Samples"]
