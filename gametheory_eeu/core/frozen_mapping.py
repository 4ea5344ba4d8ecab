"""A mapping that can be a field of a frozen result: immutable, hashable, picklable."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Generic, Self, TypeVar

from gametheory_eeu.core.pickling import pack, unpack
from gametheory_eeu.errors import UnknownNameError, short_repr

K = TypeVar("K", bound=Hashable)
V_co = TypeVar("V_co", covariant=True)


class FrozenMapping(Mapping[K, V_co], Generic[K, V_co]):
    """An immutable mapping that keeps its order, compares like a dict and can be hashed.

    Examples
    --------
    >>> FrozenMapping({"join": 1})["join"]
    1
    >>> FrozenMapping({"join": 1}) == {"join": 1}
    True
    """

    __slots__ = ("_items",)
    _items: dict[K, V_co]

    def __init__(self, items: Mapping[K, V_co] | None = None) -> None:
        object.__setattr__(self, "_items", dict(items or {}))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("this mapping is frozen; build a new one")

    def __getitem__(self, key: K) -> V_co:
        try:
            return self._items[key]
        except (KeyError, TypeError, ArithmeticError):
            raise UnknownNameError("entry", key, map(short_repr, self._items)) from None

    def get(self, key: object, default: Any = None) -> Any:
        """The value at the key, else the default."""
        items: dict[Any, Any] = self._items
        return items.get(key, default) if key in self else default

    def __contains__(self, key: object) -> bool:
        try:
            return key in self._items
        except (TypeError, ArithmeticError):  # what cannot be hashed is no key
            return False

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), pack(self._items))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self


def _restore(cls: type[FrozenMapping[Any, Any]], items: dict[Any, Any]) -> FrozenMapping[Any, Any]:
    return cls(unpack(items))
