"""Exact values of numbers, text and SymPy expressions, over one set of symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Calibration, Space, check_assumptions, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import SpaceError


def exact_values(
    values: Iterable[tuple[str, object]], given: object
) -> tuple[tuple[Expr, ...], Space]:
    """Exact values, each with a name for errors, and the space of the symbols in them.

    A name in text is the symbol of that name in ``given`` or in another value.
    """
    items = list(values)
    free_symbols = {s for _, v in items if isinstance(v, sp.Basic) for s in v.free_symbols}
    space = Space.of(given, symbols=sorted(free_symbols, key=str))
    symbols = {symbol.name: symbol for symbol in space.symbols}
    for _, value in items:
        if isinstance(value, str) and value.strip():
            symbols |= {s.name: s for s in parse(value, known=symbols).free_symbols}
    result = [exact(value, name, symbols) for name, value in items]
    return tuple(result), Space.of(space, symbols=symbols.values())


def at_values(
    space: Space, calibration: Calibration | None, values: Mapping[str, object]
) -> tuple[dict[Symbol, Expr], Space]:
    """A point for some of the symbols, and the space restricted to it.

    Raises
    ------
    UnknownNameError
        A name that no symbol bears.
    SpaceError
        Values that contradict what is known of the symbols.
    """
    if calibration is not None:
        arg.instance("calibration", calibration, Calibration, "a Calibration; values go by keyword")
        values = {name: calibration[name] for name in calibration} | dict(values)
    point = space.point(dict(values.items()))
    check_assumptions(point)
    restriction = space.subs(point)
    if restriction.empty.verdict == "proved":
        text = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
        raise SpaceError(f"{text} contradicts what is known of the symbols: {space}")
    return point, restriction


def check_nonempty(space: Space) -> None:
    """Refuse contradictory constraints on the symbols, naming those that clash.

    Raises
    ------
    SpaceError
    """
    if not space.constraints:
        return
    empty = space.empty
    if empty.verdict == "proved":
        clash = " and ".join(map(str, empty.clash or space.constraints))
        raise SpaceError(
            f"no parameter values obey what is given: {clash} contradict each other; change given="
        )


__all__ = ["at_values", "check_nonempty", "exact_values"]
