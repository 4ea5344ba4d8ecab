"""Symbols in JSON, each with its name and assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import GameTheoryError

_CONSTANTS = (sp.pi, sp.E, sp.EulerGamma, sp.GoldenRatio, sp.Catalan)


def assumptions_data(symbol: Symbol) -> dict[str, bool]:
    """The declared assumptions of a symbol.

    Examples
    --------
    >>> assumptions_data(sp.Symbol("n", integer=True))
    {'integer': True}
    """
    return {key: bool(value) for key, value in symbol._assumptions_orig.items()}


def symbols_from_data(entries: Iterable[Any]) -> dict[str, Symbol]:
    """Symbols by name, from pairs of a name and its assumptions.

    Raises
    ------
    GameTheoryError
        No pair of text and assumptions, or assumptions that contradict each other.

    Examples
    --------
    >>> symbols_from_data([("n", {"integer": True})])["n"].is_integer
    True
    """
    try:
        symbols = {name: sp.Symbol(name, **assumptions) for name, assumptions in entries}
    except (TypeError, ValueError, AttributeError) as error:
        raise GameTheoryError(f"this JSON is damaged: no symbol can be read ({error})") from None
    for name, symbol in symbols.items():
        if symbol.is_extended_real is False or not all(
            value in (True, False) for value in symbol._assumptions_orig.values()
        ):
            raise GameTheoryError(f"this JSON is damaged: the symbol {name!r} is not real")
    return symbols


def names_with_constants(symbols: Mapping[str, Symbol]) -> dict[str, Expr]:
    """Names in JSON: the symbols, and the constants that no symbol is named like.

    Examples
    --------
    >>> names_with_constants({})["pi"]
    pi
    """
    return {**{str(constant): constant for constant in _CONSTANTS}, **symbols}


__all__ = ["assumptions_data", "names_with_constants", "symbols_from_data"]
