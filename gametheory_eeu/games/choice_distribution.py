"""Distribution of a continuous choice in a mixed equilibrium: an interval, and mass at one end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact, substitute
from gametheory_eeu.core.results import Picklable


@dataclass(frozen=True, repr=False)
class ChoiceDistribution(Picklable):
    """How a player mixes over real numbers.

    Parameters
    ----------
    symbol : Symbol
        The choice.
    cdf : expression in the symbol
        The probability of choosing at most as much, inside the support.
    low, high : expressions
        The ends of the support; ``high`` may be infinite.
    mass_at_low, mass_at_high : expressions
        The probability of each end itself.
    """

    symbol: Symbol
    cdf: Expr
    low: Expr
    high: Expr
    mass_at_low: Expr = sp.S.Zero
    mass_at_high: Expr = sp.S.Zero

    @property
    def density(self) -> Expr:
        """The density inside the support."""
        return sp.factor(sp.diff(self.cdf, self.symbol))

    def probability(self, value: object) -> Expr:
        """The probability of choosing at most ``value``, at any value.

        Examples
        --------
        >>> import sympy as sp
        >>> x = sp.Symbol("x", real=True)
        >>> half = ChoiceDistribution(x, x / 2, sp.Integer(0), sp.Integer(2))
        >>> half.probability("1/2"), half.probability(3)
        (1/4, 1)
        """
        value = exact(value, "value")
        inside = self.cdf.xreplace({self.symbol: value})
        pieces = [(sp.S.Zero, value < self.low)]
        if self.high != sp.oo:
            pieces.append((sp.S.One, value >= self.high))
        return sp.Piecewise(*pieces, (inside, True))

    @arg.validate(values=arg.point)
    def subs(self, values: Mapping[Symbol, Expr]) -> ChoiceDistribution:
        """The distribution at values of parameters."""
        parts = (self.cdf, self.low, self.high, self.mass_at_low, self.mass_at_high)
        return ChoiceDistribution(self.symbol, *(substitute(part, values) for part in parts))

    def __repr__(self) -> str:
        masses = [
            f", {mass} at {end}"
            for mass, end in ((self.mass_at_low, self.low), (self.mass_at_high, self.high))
            if mass != 0
        ]
        return f"<F({self.symbol}) = {self.cdf} on [{self.low}, {self.high}]{''.join(masses)}>"
