"""The functions that text may name."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from gametheory_eeu._types import Expr

FUNCTIONS: dict[str, tuple[Callable[..., Expr], int]] = {
    "sqrt": (sp.sqrt, 1),
    "exp": (sp.exp, 1),
    "ln": (sp.log, 1),
    "log": (sp.log, 1),
    "abs": (sp.Abs, 1),
    "min": (sp.Min, 0),
    "max": (sp.Max, 0),
    "Abs": (sp.Abs, 1),
    "Min": (sp.Min, 0),
    "Max": (sp.Max, 0),
    "sign": (sp.sign, 1),
    "erfinv": (sp.erfinv, 1),
    "CRootOf": (sp.CRootOf, 2),
}
"""By the name in text: the function, and the number of its arguments, zero for any."""
FUNCTION_NAMES = frozenset({*FUNCTIONS, "Piecewise"})
"""What text reads as a function of the library."""

__all__ = ["FUNCTIONS", "FUNCTION_NAMES"]
