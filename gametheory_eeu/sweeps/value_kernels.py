"""Values of expressions over a tile in floating point; cases are told apart exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.definedness import nonreal_constant
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.functions import mentions
from gametheory_eeu.prover.sign_abstraction import SignFormula
from gametheory_eeu.sweeps.error_bounds import large_numbers_as_floats
from gametheory_eeu.sweeps.formulas import Signs, SignTable
from gametheory_eeu.sweeps.tiles import Array, Tile


class ValueKernel(Picklable):
    """A function from a tile to the values of some expressions, compiled when first called.

    Parameters
    ----------
    expressions : iterable of SymPy expressions
    table : SignTable
        Where the conditions of values by cases are entered.
    """

    def __init__(self, expressions: Iterable[Expr], table: SignTable) -> None:
        self.table = table
        self.cases: list[tuple[Symbol, tuple[tuple[Expr, SignFormula], ...]]] = []
        self._names: dict[Expr, Symbol] = {}
        values = tuple(map(sp.sympify, expressions))
        for value in filter(mentions, values):
            raise UnsupportedError(
                f"{value} has an unspecified function, and no values in numbers; put an actual "
                "function in its place"
            )
        self.expressions = tuple(map(self._without_cases, values))

    def _without_cases(self, expr: Expr) -> Expr:
        """The expression with a name in the place of each value by cases."""
        if not expr.has(sp.Piecewise, sp.sign):
            return _floating(expr)
        if not isinstance(expr, (sp.Piecewise, sp.sign)):
            return expr.func(*map(self._without_cases, expr.args))
        if expr not in self._names:
            pairs = self._pairs(expr)
            self._names[expr] = sp.Symbol(f"case{len(self._names)}_", real=True)
            self.cases.append((self._names[expr], pairs))
        return self._names[expr]

    def _pairs(self, expr: Expr) -> tuple[tuple[Expr, SignFormula], ...]:
        if isinstance(expr, sp.sign):
            return tuple(
                (sp.Integer(value), self.table.formula(relation(expr.args[0], 0, evaluate=False)))
                for value, relation in ((1, sp.Gt), (-1, sp.Lt), (0, sp.Eq))
            )
        return tuple((self._without_cases(v), self.table.formula(c)) for v, c in expr.args)

    @cached_property
    def _compiled(self) -> Compiled:
        return Compiled(self.expressions)

    @cached_property
    def _compiled_cases(self) -> list[list[Compiled]]:
        return [[Compiled((value,)) for value, _ in pairs] for _, pairs in self.cases]

    def values(self, tile: Tile, signs: Signs) -> Sequence[Array]:
        """The values, of length one along the dimensions that do not matter, or NaN."""
        columns: dict[Symbol, Any] = dict(tile.floats)
        with np.errstate(all="ignore"):
            for (name, pairs), compiled in zip(self.cases, self._compiled_cases, strict=True):
                value: Any = np.nan
                for (_, formula), branch in zip(reversed(pairs), reversed(compiled), strict=True):
                    value = np.where(signs.truth(formula), branch(columns)[0], value)
                columns[name] = value
            return self._compiled(columns)


class Compiled:
    """NumPy code of some expressions, with their common parts worked out once."""

    def __init__(self, expressions: Sequence[Expr]) -> None:
        symbols: set[Symbol] = set().union(*(e.free_symbols for e in expressions))
        self._symbols = sorted(symbols, key=lambda s: str(s.name))
        modules = ["numpy", "scipy"] if any(e.has(sp.erfinv) for e in expressions) else ["numpy"]
        try:
            self._function = sp.lambdify(self._symbols, list(expressions), modules, cse=True)
        except (NotImplementedError, TypeError, SyntaxError, RecursionError) as error:
            raise UnsupportedError(
                f"no floating-point code for {expressions[0]} ({error}); sweep with exact=True, or "
                "ask for other outputs"
            ) from None

    def __call__(self, columns: Mapping[Symbol, Any]) -> Sequence[Any]:
        """The values at the symbols' values."""
        return self._function(*(columns[s] for s in self._symbols))  # type: ignore[no-any-return]


def _floating(expr: Expr) -> Expr:
    """The expression with roots of polynomials and large numbers as floats; NaN if undefined."""
    if nonreal_constant(expr) is not None:
        return sp.nan
    expr = expr.xreplace({root: root.evalf(17) for root in expr.atoms(sp.CRootOf)})
    return large_numbers_as_floats(expr)
