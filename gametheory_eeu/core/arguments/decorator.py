"""Decorator that validates a function's arguments before the call."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from inspect import Parameter, signature
from types import FunctionType
from typing import Any, ParamSpec, TypeAlias, TypeVar

from gametheory_eeu.core.arguments.plain import instance

P = ParamSpec("P")
T = TypeVar("T")
Validator: TypeAlias = Callable[[str, Any], Any]
"""The name of a parameter and what came, to what is taken in its place."""


def validate(**validators: Validator) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator that validates a function's arguments, by the names of its parameters.

    Of a parameter ``*rows`` every argument is looked at, of ``**values`` none.
    """

    def decorator(function: Callable[P, T]) -> Callable[P, T]:
        parameters = signature(function).parameters
        unknown = validators.keys() - parameters.keys()
        assert not unknown, unknown
        positional_kinds = Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD
        slots = [validators.get(p.name) for p in parameters.values() if p.kind in positional_kinds]
        names = list(parameters)[: len(slots)]
        variadic = next(
            (p.name for p in parameters.values() if p.kind is Parameter.VAR_POSITIONAL), ""
        )
        variadic_check = validators.get(variadic)

        def wrapper(*args: Any, **keywords: Any) -> Any:
            positional = [value if check is None else check(name, value)
                     for name, check, value in zip(names, slots, args, strict=False)]  # fmt: skip
            extra = args[len(slots) :]
            if variadic_check is not None:
                extra = tuple(variadic_check(variadic, value) for value in extra)
            for name in validators.keys() & keywords.keys():
                keywords[name] = validators[name](name, keywords[name])
            return function(*positional, *extra, **keywords)

        # In the globals of the function, so that doctest finds the examples of its docstring.
        result = FunctionType(wrapper.__code__, function.__globals__, closure=wrapper.__closure__)
        return update_wrapper(result, function)

    return decorator


def optional(check: Validator) -> Validator:
    """Validator that accepts None too."""
    return lambda name, value: None if value is None else check(name, value)


def instance_of(types: type[Any] | tuple[type[Any], ...], allowed: str, fix: str = "") -> Validator:
    """Validator of instances of a class, or of one of several."""
    return lambda name, value: instance(name, value, types, allowed, fix)


__all__ = ["Validator", "instance_of", "optional", "validate"]
