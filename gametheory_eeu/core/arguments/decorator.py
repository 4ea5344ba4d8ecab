"""Kinds put before a function: its arguments are looked at before it starts."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from inspect import Parameter, signature
from types import FunctionType
from typing import Any, ParamSpec, TypeAlias, TypeVar

from gametheory_eeu.core.arguments.plain import instance

P = ParamSpec("P")
T = TypeVar("T")
Kind: TypeAlias = Callable[[str, Any], Any]
"""The name of a parameter and what came, to what is taken in its place."""


def checks(**kinds: Kind) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A function that looks at its arguments, by the names of its parameters, before it starts.

    Of a parameter ``*rows`` every argument is looked at, of ``**values`` none.
    """

    def checked(function: Callable[P, T]) -> Callable[P, T]:
        known = signature(function).parameters
        unknown = kinds.keys() - known.keys()
        assert not unknown, unknown
        by_place = Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD
        placed = [kinds.get(p.name) for p in known.values() if p.kind in by_place]
        names = list(known)[: len(placed)]
        rest = next((p.name for p in known.values() if p.kind is Parameter.VAR_POSITIONAL), "")
        each = kinds.get(rest)

        def wrapper(*args: Any, **named: Any) -> Any:
            first = [value if kind is None else kind(name, value)
                     for name, kind, value in zip(names, placed, args, strict=False)]  # fmt: skip
            more = args[len(placed) :]
            if each is not None:
                more = tuple(each(rest, value) for value in more)
            for name in kinds.keys() & named.keys():
                named[name] = kinds[name](name, named[name])
            return function(*first, *more, **named)

        # In the globals of the function, so that doctest finds the examples of its docstring.
        made = FunctionType(wrapper.__code__, function.__globals__, closure=wrapper.__closure__)
        return update_wrapper(made, function)

    return checked


def optional(kind: Kind) -> Kind:
    """None, or what the kind allows."""
    return lambda name, value: None if value is None else kind(name, value)


def a(kind: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = "") -> Kind:
    """An instance of a class, or of one of several."""
    return lambda name, value: instance(name, value, kind, allowed, fix)


__all__ = ["Kind", "a", "checks", "optional"]
