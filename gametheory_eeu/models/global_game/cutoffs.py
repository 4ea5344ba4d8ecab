"""A cut-off of a global game, enclosed: what it is and how certain it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp
from flint import arb

from gametheory_eeu._types import Expr
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.solvers.certified_zeros import Ball, middle_and_error

_DIGITS = 40


@dataclass(frozen=True, repr=False)
class Cutoff(Shown):
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
        """From enclosures."""
        (at, error), (mark, other) = middle_and_error(state), middle_and_error(signal)
        rounding = (1 + abs(at) + abs(mark)) / Fraction(10) ** (_DIGITS - 1)
        bound = sp.Float(float(max(error, other) + rounding) * 1.01, 3)
        return cls(_shown(at), _shown(mark), bound, kind)

    def __repr__(self) -> str:
        where = f"state {float(self.state):.6g}, signal {float(self.signal):.6g}"
        return f"<{self.kind} cut-off: {where}, within {float(self.error):.0e}>"


def _shown(value: Fraction) -> Expr:
    return sp.Float(sp.Rational(value.numerator, value.denominator), _DIGITS)


def names(count: int) -> tuple[str, ...]:
    """Names of so many cut-offs, from the lowest."""
    known = {1: ("cut-off",), 3: ("low cut-off", "middle cut-off", "high cut-off")}
    return known.get(count, tuple(f"cut-off {i + 1}" for i in range(count)))


def normal_cdf(u: Ball) -> Ball:
    """The standard normal distribution function of a ball."""
    return (-u / arb(2).sqrt()).erfc() / 2


def normal_density(u: Ball) -> Ball:
    """The standard normal density of a ball."""
    return (-u * u / 2).exp() / (2 * arb.pi()).sqrt()
