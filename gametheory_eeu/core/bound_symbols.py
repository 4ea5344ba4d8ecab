"""Bound symbols kept apart from the symbols a user brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg


@arg.checks(bound=arg.symbols, values=arg.point)
def renamed_apart(bound: Iterable[Symbol], values: Mapping[Symbol, Expr]) -> dict[Symbol, Symbol]:
    """New symbols for the bound ones whose names occur in the values.

    Examples
    --------
    >>> q, b = sp.symbols("q b", real=True)
    >>> renamed_apart([q], {b: q + 1})
    {q: q_}
    """
    taken = {s.name for value in values.values() for s in value.free_symbols}
    renamed: dict[Symbol, Symbol] = {}
    for symbol in bound:
        name = symbol.name
        while name in taken:
            name += "_"
        if name != symbol.name:
            renamed[symbol] = sp.Symbol(name, **symbol._assumptions_orig)
    return renamed
