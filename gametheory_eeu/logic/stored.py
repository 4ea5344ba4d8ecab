"""Results as they are pickled: SymPy would evaluate again what was left as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr

_AS_WRITTEN = (
    sp.core.relational.Relational, sp.Add, sp.Mul, sp.Pow, sp.Function, sp.Max, sp.Min, sp.Not,
    sp.Implies,
)  # fmt: skip


@dataclass(frozen=True)
class _Node:
    func: Callable[..., Expr]
    parts: tuple[object, ...]


def reduced(result: Any) -> tuple[object, ...]:
    """What ``__reduce__`` of a dataclass returns, so that every part comes back as it was."""
    parts = tuple(_packed(getattr(result, field.name)) for field in fields(result))
    return _restored, (type(result), parts)


def _restored(kind: Callable[..., object], parts: tuple[object, ...]) -> object:
    return kind(*map(_unpacked, parts))


def _packed(part: object) -> object:
    if isinstance(part, tuple):
        return tuple(map(_packed, part))
    if isinstance(part, sp.Basic) and part.args and not isinstance(part, sp.CRootOf):
        return _Node(part.func, tuple(map(_packed, part.args)))
    return part


def _unpacked(part: object) -> Any:
    if isinstance(part, tuple):
        return tuple(map(_unpacked, part))
    if not isinstance(part, _Node):
        return part
    arguments = map(_unpacked, part.parts)
    if isinstance(part.func, type) and issubclass(part.func, _AS_WRITTEN):
        return part.func(*arguments, evaluate=False)
    return part.func(*arguments)


__all__ = ["reduced"]
