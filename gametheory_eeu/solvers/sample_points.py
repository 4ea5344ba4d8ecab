"""Sample points of a part of a parameter space, and the vectors of floats that hold them.

Vectors are NumPy's where it is installed, lists otherwise. Each operation rounds each entry as IEEE
754 says, in both, so that no result depends on which of the two was used.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache, reduce
from itertools import combinations, compress, repeat
from operator import and_, or_
from random import Random
from typing import Any, TypeAlias

import sympy as sp
from sympy.polys.polyerrors import PolynomialError

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.conversions import nearest_float
from gametheory_eeu.core.optional import is_installed
from gametheory_eeu.core.rational_forms import field_element
from gametheory_eeu.core.signs import (
    ANY_SIGN,
    SIGNS,
    Signs,
)
from gametheory_eeu.prover.indeterminates import assumptions

Vector: TypeAlias = Any
"""A NumPy array of one dimension, or a :class:`ListVector`."""
_Operation: TypeAlias = Callable[[Any, Any], Any]


def _entrywise(operation: _Operation) -> _Operation:
    def apply(vector: ListVector, other: Any) -> ListVector:
        others = other.entries if isinstance(other, ListVector) else repeat(other)
        return ListVector(map(operation, vector.entries, others))

    return apply


class ListVector:
    """What is used here of NumPy's arrays, on a list of floats or of Booleans."""

    def __init__(self, entries: Iterable[Any]) -> None:
        self.entries = list(entries)

    __add__ = __radd__ = _entrywise(operator.add)
    __mul__ = __rmul__ = _entrywise(operator.mul)
    __sub__, __truediv__ = _entrywise(operator.sub), _entrywise(operator.truediv)
    __and__, __or__ = _entrywise(operator.and_), _entrywise(operator.or_)
    __le__, __gt__ = _entrywise(operator.le), _entrywise(operator.gt)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.entries)

    def __getitem__(self, key: slice | ListVector) -> ListVector:
        if isinstance(key, slice):
            return ListVector(self.entries[key])
        return ListVector(compress(self.entries, key.entries))

    def __neg__(self) -> ListVector:
        return ListVector(map(operator.neg, self.entries))

    def __abs__(self) -> ListVector:
        return ListVector(map(abs, self.entries))

    def __invert__(self) -> ListVector:
        return ListVector(map(operator.not_, self.entries))

    def any(self) -> bool:
        """Whether some entry is true."""
        return any(self.entries)

    def tolist(self) -> list[Any]:
        """The entries."""
        return list(self.entries)


def full(count: int, value: Any) -> Vector:
    """One value, so many times."""
    if not is_installed("numpy"):
        return ListVector(repeat(value, count))
    import numpy as np

    return np.full(count, value)


def _without_warnings() -> AbstractContextManager[Any]:
    """Floats may end at infinity: what is read off them is none then."""
    if not is_installed("numpy"):
        return nullcontext()
    import numpy as np

    return np.errstate(over="ignore", invalid="ignore")


def draws(rng: Random, values: Sequence[int], count: int) -> Vector:
    """So many of the values, at most 256, at random."""
    content = rng.randbytes(count)
    if not is_installed("numpy"):
        table = [float(values[k % len(values)]) for k in range(256)]
        return ListVector(map(table.__getitem__, content))
    import numpy as np

    return np.array(values, dtype=float)[np.frombuffer(content, dtype=np.uint8) % len(values)]


def signs_within(vector: Vector, margin: Vector) -> Vector:
    """The sign of each entry, 0 within a margin, and where floats end."""
    if isinstance(vector, ListVector):
        return ListVector(
            (x > 0) - (x < 0) if abs(x) > m else 0 for x, m in zip(vector, margin, strict=True)
        )
    import numpy as np

    return np.where(abs(vector) > margin, np.sign(vector), 0)


def is_among(vector: Vector, values: Iterable[int]) -> Vector:
    """Whether each entry is one of the values."""
    if isinstance(vector, ListVector):
        return ListVector(map(frozenset(values).__contains__, vector))
    import numpy as np

    return np.isin(vector, list(values))


def rounded(vector: Vector) -> Vector:
    """The nearest whole numbers, the even one of two."""
    if isinstance(vector, ListVector):
        return ListVector(float(round(x)) for x in vector)
    import numpy as np

    return np.rint(vector)


def sorted_across(vectors: Iterable[Vector]) -> list[Vector]:
    """The least entries at each place, then the second least, and so on."""
    result = list(vectors)
    for i, j in combinations(range(len(result)), 2):
        result[i], result[j] = _lower_and_upper(result[i], result[j])
    return result


def _lower_and_upper(first: Vector, second: Vector) -> tuple[Vector, Vector]:
    if isinstance(first, ListVector):
        return ListVector(map(min, first, second)), ListVector(map(max, first, second))
    import numpy as np

    return np.minimum(first, second), np.maximum(first, second)


FracElement: TypeAlias = Any
"""A SymPy ``FracElement``: a rational function of the symbols, in lowest terms."""


_DRAW_COUNT, _SAMPLE_COUNT = 6000, 600


_TOLERANCE = 1e-9


class Samples:
    """Points that obey ``within``, with a vector of coordinates for each generator of a field."""

    def __init__(
        self, field: Any, columns: Sequence[Vector], within: tuple[Boolean, ...] = ()
    ) -> None:
        self.field, self.columns, self.within = field, tuple(columns), within
        self._signs: dict[Any, Vector] = {}
        self._powers: dict[tuple[int, int], Vector] = {}

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
        names, rng = list(field.symbols), Random(0)
        if not all(name.is_Symbol for name in names):
            return cls(field, [full(0, 0.0)] * len(names))
        units = draws(rng, (8, 8, 64), drawn)
        columns = [draws(rng, range(-24, 25), drawn) / units for _ in names]
        for mix in mixes:
            cuts = [draws(rng, range(65), drawn) for _ in mix[1:]]
            ends = [0.0, *sorted_across(cuts), full(drawn, 64.0)]
            for symbol, low, high in zip(mix, ends, ends[1:], strict=False):
                columns[names.index(symbol)] = (high - low) / 64
        for k, name in enumerate(names):
            if name.is_integer:
                columns[k] = rounded(columns[k])
        domain = [relation for name in names for relation in assumptions(name)]
        return cls(field, columns).restrict([*domain, *constraints]).first(kept)

    def __len__(self) -> int:
        return len(self.columns[0])

    def first(self, count: int) -> Samples:
        """The first points, at most ``count``."""
        return self.where(slice(count))

    def where(self, chosen: Vector | slice) -> Samples:
        """Some of the points."""
        return Samples(self.field, [column[chosen] for column in self.columns], self.within)

    def restrict(self, constraints: Sequence[Boolean]) -> Samples:
        """The points that satisfy the constraints; none where one is not polynomial."""
        samples = self
        for constraint in constraints:
            truth = samples.truth(constraint)
            samples = samples.where(slice(0) if truth is None else truth)
        return Samples(self.field, samples.columns, (*self.within, *constraints))

    def signs(self, polynomial: Any) -> Vector:
        """The sign of a polynomial, -1, 0 or 1, at each point."""
        signs = self._signs.get(polynomial)
        if signs is None:
            with _without_warnings():
                terms = self._terms(polynomial)
                signs = signs_within(sum(terms), _TOLERANCE * sum(map(abs, terms)))
            self._signs[polynomial] = signs
        return signs

    def value(self, polynomial: Any) -> Vector:
        """The value of a polynomial at each point, in floating point."""
        with _without_warnings():
            return sum(self._terms(polynomial))

    def _terms(self, polynomial: Any) -> list[Vector]:
        terms = [full(len(self), 0.0)]
        for exponents, coefficient in polynomial.items():
            term = full(len(self), nearest_float(coefficient))
            for column, power in enumerate(exponents):
                if power:
                    term = term * self._power(column, power)
            terms.append(term)
        return terms

    def _power(self, column: int, power: int) -> Vector:
        """A power of a coordinate at each point, by repeated multiplication."""
        key = column, power
        if key not in self._powers:
            base = self.columns[column]
            self._powers[key] = base if power == 1 else self._power(column, power - 1) * base
        return self._powers[key]

    def sign(self, value: FracElement) -> Vector:
        """The sign of a rational function at each point."""
        return self.signs(value.numer) * self.signs(value.denom)

    def sign_set(self, polynomial: Any) -> Signs:
        """The signs that occur."""
        signs = self.signs(polynomial)
        return frozenset(sign for sign in ANY_SIGN if sign in signs)

    def truth(self, condition: Boolean) -> Vector | None:
        """Whether the condition holds at each point; None where that is not evaluated."""
        if condition in (sp.true, sp.false):
            return full(len(self), condition == sp.true)
        if isinstance(condition, (sp.And, sp.Or, sp.Not)):
            parts: list[Vector] = [self.truth(part) for part in condition.args]
            if any(part is None for part in parts):
                return None
            joint = reduce(or_ if isinstance(condition, sp.Or) else and_, parts)
            return ~joint if isinstance(condition, sp.Not) else joint
        signs = SIGNS.get(condition.func)
        value = None if signs is None else self.element(condition.lhs - condition.rhs)
        return None if value is None else is_among(self.sign(value), signs or ())

    def element(self, expression: Expr) -> FracElement | None:
        """The expression in the field; None where it is not of the field."""
        return _element(expression, self.field)

    def onto(self, value: FracElement) -> Samples:
        """The points projected along one coordinate onto the zero set of a value.

        That is done where the value is linear in a generator, with a constant coefficient.
        """
        for column in range(len(self.columns)):
            terms = [(e, c) for e, c in value.numer.items() if e[column]]
            if len(terms) == 1 and sum(terms[0][0]) == 1:
                columns = list(self.columns)
                columns[column] = full(len(self), 0.0)
                offset = Samples(self.field, columns).value(value.numer)
                columns[column] = -offset / nearest_float(terms[0][1])
                samples = Samples(self.field, columns).restrict(self.within)
                if len(samples):
                    return samples
        return Samples(self.field, self.first(0).columns, self.within)


@lru_cache(maxsize=8192)
def _element(expression: Expr, field: Any) -> FracElement | None:
    try:
        return field_element(expression, field)
    except (ValueError, PolynomialError, NotImplementedError):
        return None
