"""Results as they are copied and pickled: SymPy would evaluate again what was left as written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import sympy as sp

from gametheory_eeu._types import Expr

_AS_WRITTEN = (
    sp.core.relational.Relational, sp.Add, sp.Mul, sp.Pow, sp.Function, sp.Max, sp.Min, sp.Not,
    sp.Implies,
)  # fmt: skip


class Stored:
    """A frozen object whose expressions come back from a pickle as they were written.

    What is computed from its parts on demand is left out, and computed again. A copy is the object
    itself, for nothing in it changes.

    Examples
    --------
    >>> import pickle
    >>> from gametheory_eeu import NormalForm
    >>> game = NormalForm([["x/x", 0], [0, 1]], [[1, 0], [0, 1]])
    >>> pickle.loads(pickle.dumps(game)) == game
    True
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[object, ...]:
        kind = type(self)
        parts = {name: part for name, part in vars(self).items()
                 if not isinstance(getattr(kind, name, None), cached_property)}  # fmt: skip
        return _restored, (kind, packed(parts))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self


class ByParts:
    """A result that is equal to another of the same parts, arrays among them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _compared(vars(self)) == _compared(vars(other))

    def __hash__(self) -> int:
        return hash((type(self), _compared(vars(self))))


def _compared(part: Any) -> Any:
    """A part as what can be compared and hashed."""
    if hasattr(part, "tolist"):
        return _compared(part.tolist())
    if isinstance(part, dict):
        return tuple((key, _compared(value)) for key, value in part.items())
    return tuple(map(_compared, part)) if isinstance(part, (tuple, list)) else part


@dataclass(frozen=True)
class _Node:
    func: Callable[..., Expr]
    parts: tuple[object, ...]


def packed(part: Any) -> Any:
    """The part with every expression in it, down to symbols and numbers, taken apart."""
    if isinstance(part, sp.Basic) and part.args and not isinstance(part, sp.CRootOf):
        return _Node(part.func, tuple(map(packed, part.args)))
    if type(part) in (tuple, list, frozenset):
        return type(part)(map(packed, part))
    if type(part) is dict:
        return {packed(key): packed(value) for key, value in part.items()}
    return part


def unpacked(part: Any) -> Any:
    """What :func:`packed` took apart, put together without evaluating it."""
    if type(part) in (tuple, list, frozenset):
        return type(part)(map(unpacked, part))
    if type(part) is dict:
        return {unpacked(key): unpacked(value) for key, value in part.items()}
    if not isinstance(part, _Node):
        return part
    arguments = map(unpacked, part.parts)
    if isinstance(part.func, type) and issubclass(part.func, _AS_WRITTEN):
        return part.func(*arguments, evaluate=False)
    return part.func(*arguments)


def _restored(kind: type[Any], parts: dict[str, object]) -> object:
    made = object.__new__(kind)
    made.__dict__.update(unpacked(parts))
    return made


__all__ = ["ByParts", "Stored", "packed", "unpacked"]
