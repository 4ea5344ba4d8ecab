"""Cut-off equilibria of global games, with certified error bounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp
from flint import arb

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.solvers.certified_zeros import Ball, midpoint_and_radius

_DIGITS = 40


@dataclass(frozen=True, repr=False)
class Cutoff(Displayable):
    """An equilibrium in cut-offs.

    Parameters
    ----------
    state : SymPy Float, 40 digits
        Of the fundamental: the regime's strength up to which it falls, or the expected power
        from which members join.
    signal : SymPy Float, 40 digits
        Of the private signal.
    error : SymPy Float
        A certified bound: both are within this of the true value.
    kind : str
        ``"stable"``, ``"unstable"``, or ``"undecided"``: cut-offs touch here, or just miss.
    """

    state: Expr
    signal: Expr
    error: Expr
    kind: str

    @classmethod
    def of(cls, state: Ball, signal: Ball, kind: str) -> Cutoff:
        """The cut-off from enclosures of the state and the signal."""
        (state_middle, error), (signal_middle, signal_error) = (
            midpoint_and_radius(state),
            midpoint_and_radius(signal),
        )
        rounding = (1 + abs(state_middle) + abs(signal_middle)) / Fraction(10) ** (_DIGITS - 1)
        bound = sp.Float(float(max(error, signal_error) + rounding) * 1.01, 3)
        return cls(_to_float(state_middle), _to_float(signal_middle), bound, kind)

    def __repr__(self) -> str:
        location = f"state {float(self.state):.6g}, signal {float(self.signal):.6g}"
        return f"<{self.kind} cut-off: {location}, within {float(self.error):.0e}>"


def _to_float(value: Fraction) -> Expr:
    return sp.Float(sp.Rational(value.numerator, value.denominator), _DIGITS)


def cutoff_names(count: int) -> tuple[str, ...]:
    """Names of a number of cut-offs, in ascending order."""
    standard_names = {1: ("cut-off",), 3: ("low cut-off", "middle cut-off", "high cut-off")}
    return standard_names.get(count, tuple(f"cut-off {i + 1}" for i in range(count)))


def normal_cdf(u: Ball) -> Ball:
    """The standard normal distribution function of a ball."""
    return (-u / arb(2).sqrt()).erfc() / 2


def normal_density(u: Ball) -> Ball:
    """The standard normal density of a ball."""
    return (-u * u / 2).exp() / (2 * arb.pi()).sqrt()
