"""Distributions on an interval: uniform, by a polynomial density, or by a distribution function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import substitute
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import UnsupportedError


@dataclass(frozen=True)
class Distribution(Picklable):
    """A continuous distribution on an interval.

    Parameters
    ----------
    symbol : SymPy symbol
        The number drawn.
    low, high : SymPy expressions
        The ends of the interval, finite.
    density : SymPy expression
        In the number drawn and the parameters.
    cdf : SymPy expression
        The distribution function, whose derivative is the density.
    """

    symbol: Symbol
    low: Expr
    high: Expr
    density: Expr
    cdf: Expr

    @classmethod
    def uniform(cls, symbol: Symbol, low: Expr, high: Expr) -> Distribution:
        """The uniform distribution between two ends."""
        return cls(symbol, low, high, 1 / (high - low), (symbol - low) / (high - low))

    @property
    def is_uniform(self) -> bool:
        """Whether the density is the same everywhere."""
        return self.symbol not in self.density.free_symbols

    @property
    def bounds(self) -> Boolean:
        """The condition that the number is in the interval."""
        return sp.And(sp.Ge(self.symbol, self.low), sp.Le(self.symbol, self.high))

    def expectation(self, value: Expr, low: Expr, high: Expr) -> Expr:
        """The integral of a value times the density from one number to another.

        UnsupportedError unless the value is free of the number drawn, or both value and density are
        polynomials in it.

        Examples
        --------
        >>> c, C = sp.symbols("c C", real=True)
        >>> Distribution.uniform(c, sp.Integer(0), C).expectation(c, sp.Integer(0), C)
        C/2
        """
        c = self.symbol
        if c not in value.free_symbols:
            return value * sp.cancel(self.cdf.xreplace({c: high}) - self.cdf.xreplace({c: low}))
        integrand = sp.expand(value * self.density)
        if not integrand.is_polynomial(c):
            raise UnsupportedError(
                f"a payoff depends on {c}, and its product with the density, {integrand}, is no "
                f"polynomial in {c}; use a uniform distribution or a polynomial density"
            )
        integral = sp.Poly(integrand, c).integrate().as_expr()
        return sp.cancel(sp.together(integral.xreplace({c: high}) - integral.xreplace({c: low})))

    def at(self, values: Mapping[Symbol, Expr]) -> Distribution:
        """The distribution at values of parameters."""
        ends = (substitute(e, values) for e in (self.low, self.high, self.density, self.cdf))
        return Distribution(self.symbol, *ends)

    def __str__(self) -> str:
        if self.is_uniform:
            return f"{self.symbol} uniform between {self.low} and {self.high}"
        return f"{self.symbol} between {self.low} and {self.high} with density {self.density}"


__all__ = ["Distribution"]
