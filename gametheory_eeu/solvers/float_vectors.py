"""Vectors of floats: NumPy's where it is installed, lists otherwise, with the same entries.

Each operation rounds each entry as IEEE 754 says, in both, so that no result depends on which of
the two was used.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, compress, repeat
from random import Random
from typing import Any, TypeAlias

from gametheory_eeu.core.optional import is_installed

Vector: TypeAlias = Any
"""A NumPy array of one dimension, or a :class:`ListVector`."""
_Operation: TypeAlias = Callable[[Any, Any], Any]


def _entrywise(operation: _Operation) -> _Operation:
    def apply(vector: ListVector, other: Any) -> ListVector:
        others = other.entries if isinstance(other, ListVector) else repeat(other)
        return ListVector(map(operation, vector.entries, others))

    return apply


class ListVector:
    """What is used here of NumPy's arrays, on a list of floats or of Booleans.

    Examples
    --------
    >>> vector = ListVector([1.0, -2.0])
    >>> (2 * vector + 1).tolist(), vector[vector > 0].tolist()
    ([3.0, -3.0], [1.0])
    """

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


def draws(rng: Random, values: Sequence[int], count: int) -> Vector:
    """So many of the values, at most 256, at random.

    Examples
    --------
    >>> draws(Random(0), range(3), 5).tolist()
    [1.0, 1.0, 2.0, 0.0, 2.0]
    """
    content = rng.randbytes(count)
    if not is_installed("numpy"):
        table = [float(values[k % len(values)]) for k in range(256)]
        return ListVector(map(table.__getitem__, content))
    import numpy as np

    return np.array(values, dtype=float)[np.frombuffer(content, dtype=np.uint8) % len(values)]


def signs(vector: Vector, margin: Vector) -> Vector:
    """The sign of each entry, 0 within a margin."""
    if isinstance(vector, ListVector):
        return ListVector(
            0 if abs(x) <= m else (x > 0) - (x < 0) for x, m in zip(vector, margin, strict=True)
        )
    import numpy as np

    return np.where(abs(vector) <= margin, 0, np.sign(vector))


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
