"""Frozen results: pickling, representations, and mappings that can be their fields."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import UnknownNameError, short_repr

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


class Displayable(Picklable):
    """A result with text, HTML and LaTeX forms, a data frame and JSON."""

    __slots__ = ()

    def __str__(self) -> str:
        from gametheory_eeu import display

        return display.text(self)

    def _repr_html_(self) -> str:
        from gametheory_eeu import display

        return display.html(self)

    def to_latex(self) -> str:
        """LaTeX, for a paper: a proposition or a ``booktabs`` table."""
        from gametheory_eeu import display

        return display.latex(self)

    def to_dataframe(self, flat: bool = False) -> Any:
        """A pandas data frame, one row for each item.

        Parameters
        ----------
        flat : bool
            One value in each cell, and a decimal column beside each column of exact numbers;
            otherwise the columns that a reader sees.
        """
        from gametheory_eeu import display

        return display.dataframe(self, flat)

    def to_csv(self) -> str:
        """Comma-separated text, one value in each cell, numbers exact and decimal."""
        from gametheory_eeu import display

        return display.csv(self)

    def to_json(self) -> str:
        """JSON with exact numbers as text and the versions that made it."""
        from gametheory_eeu import display

        return display.json_text(self)


class Plottable(Displayable):
    """A result that has a figure, too."""

    __slots__ = ()

    def plot(self, **options: Any) -> Any:
        """The figure, as a Matplotlib figure."""
        from gametheory_eeu import display

        return display.figure(self, **options)


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

    def _repr_latex_(self) -> str | None:
        from gametheory_eeu import display

        return display.mapping_latex(self)

    def __reduce__(self) -> tuple[object, ...]:
        return _restore_mapping, (type(self), pack(self._items))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self


def _restore_mapping(
    cls: type[FrozenMapping[Any, Any]], items: dict[Any, Any]
) -> FrozenMapping[Any, Any]:
    return cls(unpack(items))
