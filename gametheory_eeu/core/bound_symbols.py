"""Renaming of bound symbols that clash with a user's symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg


@arg.validate(bound=arg.symbols, values=arg.point)
def fresh_symbols(bound: Iterable[Symbol], values: Mapping[Symbol, Expr]) -> dict[Symbol, Symbol]:
    """Fresh symbols for the bound ones whose names occur in the values.

    Examples
    --------
    >>> q, b = sp.symbols("q b", real=True)
    >>> fresh_symbols([q], {b: q + 1})
    {q: q_}
    """
    used_names = {s.name for value in values.values() for s in value.free_symbols}
    fresh: dict[Symbol, Symbol] = {}
    for symbol in bound:
        name = symbol.name
        while name in used_names:
            name += "_"
        if name != symbol.name:
            fresh[symbol] = sp.Symbol(name, **symbol._assumptions_orig)
    return fresh
