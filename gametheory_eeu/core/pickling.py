"""Pickling and copying of results, with unevaluated expressions kept as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import sympy as sp

from gametheory_eeu._types import Expr

_UNEVALUATED_TYPES = (
    sp.core.relational.Relational, sp.Add, sp.Mul, sp.Pow, sp.Function, sp.Max, sp.Min, sp.Not,
    sp.Implies,
)  # fmt: skip


class Picklable:
    """Mixin of frozen objects whose unevaluated expressions survive pickling.

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
        cls = type(self)
        state = {name: value for name, value in vars(self).items()
                 if not isinstance(getattr(cls, name, None), cached_property)}  # fmt: skip
        return _restore, (cls, pack(state))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self


class StructuralEquality:
    """Mixin of results that are equal where their attributes, arrays included, are."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _comparison_key(vars(self)) == _comparison_key(
            vars(other)
        )

    def __hash__(self) -> int:
        return hash((type(self), _comparison_key(vars(self))))


def _comparison_key(obj: Any) -> Any:
    """A hashable key that represents a value in comparisons."""
    if hasattr(obj, "tolist"):
        return _comparison_key(obj.tolist())
    if isinstance(obj, dict):
        return tuple((key, _comparison_key(item)) for key, item in obj.items())
    return tuple(map(_comparison_key, obj)) if isinstance(obj, (tuple, list)) else obj


@dataclass(frozen=True)
class _ExpressionNode:
    func: Callable[..., Expr]
    parts: tuple[object, ...]


def pack(obj: Any) -> Any:
    """Replace every expression in an object by a tree of functions and arguments."""
    if isinstance(obj, sp.Basic) and obj.args and not isinstance(obj, sp.CRootOf):
        return _ExpressionNode(obj.func, tuple(map(pack, obj.args)))
    if type(obj) in (tuple, list, frozenset):
        return type(obj)(map(pack, obj))
    if type(obj) is dict:
        return {pack(key): pack(item) for key, item in obj.items()}
    return obj


def unpack(obj: Any) -> Any:
    """Rebuild, without evaluation, an object from the trees of its expressions."""
    if type(obj) in (tuple, list, frozenset):
        return type(obj)(map(unpack, obj))
    if type(obj) is dict:
        return {unpack(key): unpack(item) for key, item in obj.items()}
    if not isinstance(obj, _ExpressionNode):
        return obj
    arguments = map(unpack, obj.parts)
    if isinstance(obj.func, type) and issubclass(obj.func, _UNEVALUATED_TYPES):
        return obj.func(*arguments, evaluate=False)
    return obj.func(*arguments)


def _restore(cls: type[Any], state: dict[str, object]) -> object:
    instance = object.__new__(cls)
    instance.__dict__.update(unpack(state))
    return instance


__all__ = ["Picklable", "StructuralEquality", "pack", "unpack"]
