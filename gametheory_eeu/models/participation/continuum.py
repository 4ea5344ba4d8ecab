"""Participation with a continuum of members: fixed points of a distribution of resistance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import ParameterError, UnsupportedError
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.solvers.crowd import Bracket, fixed_points
from gametheory_eeu.solvers.thresholds import Array

_KINDS = {"down": "stable", "up": "tipping", "touch": "undecided"}
EXACT_BISECTIONS, BISECTIONS = 24, 40
_SMALLEST_JUMP = 2**-10
"""A rise of the share within one bracket that no density in reach explains."""


@dataclass(frozen=True)
class ShareEquilibrium(Displayable):
    """An equilibrium share of joiners, in an enclosing bracket.

    Parameters
    ----------
    low, high : number
        The bracket. Outside of the brackets there is no equilibrium.
    kind : str
        ``"stable"``: a few more or fewer joiners are corrected. ``"tipping"``: they carry the
        share away. ``"undecided"``: the curve touches the diagonal here or comes closer to it
        than the bracket tells apart; or equilibria fill an interval. Where the distribution
        jumps across the diagonal, the members at the jump are indifferent, and part of them joins.
    exact : bool
        Whether the ends were compared in exact arithmetic.
    """

    low: Any
    high: Any
    kind: str
    exact: bool

    @property
    def share(self) -> float:
        """The middle of the bracket."""
        return float(self.low + self.high) / 2


@dataclass(frozen=True)
class TippingShare(Displayable):
    """A tipping point and the slope there: more than 1, where the density is continuous."""

    share: ShareEquilibrium
    slope: Any


@dataclass(frozen=True)
class ParticipationOfContinuum(Displayable):
    r"""Participation with a continuum of members whose resistance has a distribution.

    A member with resistance :math:`\theta` joins when :math:`P + \beta x \ge \theta`, where x is
    the share that joins. With distribution function F an equilibrium is :math:`x = F(P + \beta
    x)`; one at which :math:`\beta F' > 1` is a tipping point. Granovetter (1978).

    Parameters
    ----------
    resistance : frozen SciPy distribution, or SymPy expression
        The distribution; an expression is its distribution function in one symbol, on its whole
        line, and is compared in exact arithmetic where it is rational.
    complementarity : number >= 0
    hegemon_power : number > 0

    Examples
    --------
    >>> t = sp.Symbol("t", real=True)
    >>> smooth = sp.Piecewise((0, t < 1), (3*(t - 1)**2 - 2*(t - 1)**3, t < 2), (1, True))
    >>> game = ParticipationOfContinuum(smooth, complementarity=1, hegemon_power=1)
    >>> [(round(e.share, 6), e.kind) for e in game.equilibria()]
    [(0.0, 'stable'), (0.5, 'tipping'), (1.0, 'stable')]
    """

    resistance: Any
    complementarity: Any
    hegemon_power: Any

    def __post_init__(self) -> None:
        for parameter in (v.COMPLEMENTARITY, v.HEGEMON_POWER):
            value = parameter.value(getattr(self, parameter.name))
            if not value.is_number:
                raise ParameterError(parameter.name, value, "a number")
            object.__setattr__(self, parameter.name, value)
        if not self._is_expression and not hasattr(self.resistance, "cdf"):
            raise ParameterError(
                "resistance",
                self.resistance,
                "a frozen SciPy distribution, or a SymPy expression in one symbol",
                "Write for example scipy.stats.norm(2, 1)",
            )
        self._check_distribution()

    @property
    def _is_expression(self) -> bool:
        return isinstance(self.resistance, sp.Expr)

    @property
    def _symbol(self) -> sp.Symbol:
        return next(iter(self.resistance.free_symbols))

    def _check_distribution(self) -> None:
        """Check that the distribution function is within [0, 1] and never falls."""
        error = ParameterError(
            "resistance",
            self.resistance,
            "a distribution function in one variable: within [0, 1], never falling",
            "Look at its parameters",
        )
        if self._is_expression and len(self.resistance.free_symbols) != 1:
            raise error
        try:
            values = self._cdf_values(self._gross_payoff(np.linspace(0, 1, 65)))
        except (TypeError, ValueError):
            raise error from None
        in_range = all(0 <= value <= 1 for value in values)
        if not in_range or any(a > b + 1e-12 for a, b in pairwise(values)):
            raise error

    def _cdf_values(self, levels: Array) -> list[float]:
        if not self._is_expression:
            return [float(value) for value in self.resistance.cdf(levels)]
        return [float(self.resistance.subs(self._symbol, sp.Float(x))) for x in levels]

    def _gross_payoff(self, share: Array) -> Array:
        """The payoff of joining before resistance, at a share of joiners."""
        return np.asarray(float(self.hegemon_power) + float(self.complementarity) * share)

    @property
    def exact(self) -> bool:
        """Whether everything compared is rational."""
        numbers = (self.complementarity, self.hegemon_power)
        return (
            self._is_expression
            and all(x.is_Rational for x in numbers)
            and _is_rational(self.resistance)
        )

    def reply(self, share: Array) -> Array:
        """The share of members that join when a share is expected to: F(P + beta x)."""
        if not self._is_expression:
            return np.asarray(self.resistance.cdf(self._gross_payoff(share)))
        return np.array([self._reply_at(x) for x in share], dtype=object if self.exact else float)

    def _reply_at(self, share: Any) -> Any:
        if not self.exact:
            return float(
                self.resistance.subs(self._symbol, sp.Float(float(self._gross_payoff(share)), 30))
            )
        payoff = self.hegemon_power + self.complementarity * sp.Rational(
            share.numerator, share.denominator
        )
        value = self.resistance.subs(self._symbol, payoff)
        return Fraction(int(value.p), int(value.q))

    def equilibria(self) -> tuple[ShareEquilibrium, ...]:
        """Every equilibrium share, each in an enclosing bracket.

        That needs no density, only that the distribution function never falls.
        """
        bisections = EXACT_BISECTIONS if self._is_expression else BISECTIONS
        brackets = fixed_points(self.reply, bisections, exact=self.exact)
        return tuple(self._equilibrium(bracket) for bracket in brackets)

    def _equilibrium(self, bracket: Bracket) -> ShareEquilibrium:
        bounds = (bracket.low, bracket.high)
        low, high = (
            (sp.Rational(x.numerator, x.denominator) for x in bounds)
            if self.exact
            else map(float, bounds)
        )
        return ShareEquilibrium(low, high, _KINDS[bracket.crossing], self.exact)

    def tipping_points(self) -> tuple[TippingShare, ...]:
        """The equilibria at which the share that joins rises faster than expected: beta F' > 1.

        Raises
        ------
        UnsupportedError
            The distribution has no density, or jumps at a tipping point.
        """
        density = self._density()
        equilibria = [e for e in self.equilibria() if e.kind == "tipping"]
        for equilibrium in equilibria:
            self._check_jump(equilibrium)
        beta = float(self.complementarity)
        return tuple(
            TippingShare(e, beta * density(float(self._gross_payoff(np.array(e.share)))))
            for e in equilibria
        )

    def _check_jump(self, equilibrium: ShareEquilibrium) -> None:
        bounds = (equilibrium.low, equilibrium.high)
        below, above = map(
            float, self.reply(np.array(bounds, dtype=object if self.exact else float))
        )
        if above - below > _SMALLEST_JUMP > 1000 * (bounds[1] - bounds[0]):
            raise UnsupportedError(
                f"the distribution jumps where a share of {equilibrium.share:.6g} joins: it has no "
                "density there, and the members at the jump are indifferent. equilibria() needs "
                "none"
            )

    def _density(self) -> Callable[[float], float]:
        if self._is_expression:
            derivative = sp.diff(self.resistance, self._symbol)
            return lambda level: float(derivative.subs(self._symbol, sp.Float(level)))
        distribution = getattr(self.resistance, "dist", self.resistance)
        if not hasattr(distribution, "pdf"):
            raise UnsupportedError(
                f"a tipping point is where complementarity times the density is more than 1, and "
                f"{getattr(distribution, 'name', 'this distribution')} has no density. "
                "equilibria() needs none"
            )
        return lambda level: float(self.resistance.pdf(level))


def _is_rational(expression: Expr) -> bool:
    """Whether rational points have rational values: no roots, logarithms or exponentials."""
    has_rational_numbers = all(x.is_Rational for x in expression.atoms(sp.Number))
    has_integer_powers = all(p.exp.is_Integer for p in expression.atoms(sp.Pow))
    return (
        has_rational_numbers
        and has_integer_powers
        and not expression.atoms(sp.Function) - expression.atoms(sp.Piecewise)
    )
