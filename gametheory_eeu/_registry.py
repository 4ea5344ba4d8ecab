"""Registry of what an upper room provides to the rooms below it, which ask for it by name."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PLACES: dict[str, str] = {}


def provide(name: str, place: str) -> None:
    """Register where a thing is: ``"package.module:attribute"``, imported when first asked for."""
    _PLACES[name] = place


def provided(name: str) -> Any:
    """What an upper room provides under a name.

    Examples
    --------
    >>> provide("square root", "math:sqrt")
    >>> provided("square root")(4)
    2.0
    """
    module, attribute = _PLACES[name].split(":")
    return getattr(import_module(module), attribute)
