"""Regime change, a global game of attack: the game and its certified cut-offs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Any

import sympy as sp
from flint import arb

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core.conversions import rational_ball
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnsupportedError
from gametheory_eeu.games import (
    Claim,
    Equilibrium,
    EquilibriumSet,
    Game,
    ImplicitRoot,
    Obligation,
    Proposition,
    declare,
    quantity,
)
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.global_game.model import (
    Cutoff,
    cutoff_names,
    normal_cdf,
    normal_density,
)
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.solvers.certified_zeros import (
    PRECISION,
    working_precision,
    zeros,
)

AHP = Source("L", "AngeletosHellwigPavan2007", "sec. 2, the static benchmark")
_DIGITS, _TOLERANCE = 50, sp.Rational(1, 10**25)


class RegimeChange(Game):
    r"""Regime change: a continuum of members attacks a regime of unknown strength, or holds.

    **Players.** A continuum of attackers, of mass 1.

    **Timing and information.** The regime's strength :math:`\theta` is drawn from
    :math:`N(z, 1/a)`, the common prior; :math:`a = 0` is the flat prior. Each sees
    :math:`x = \theta + N(0, 1/s)` and attacks or holds. The regime falls iff the mass of
    attackers is at least its strength: at equality it falls.

    **Payoffs.** Attacking pays :math:`1 - c` if the regime falls and :math:`-c` if not; holding 0.

    **Concept.** Bayesian Nash equilibrium in cut-offs: attack up to a signal :math:`x^*`, and the
    regime falls up to a strength :math:`\theta^*`. At the signal itself an attacker is
    indifferent; the convention that it attacks concerns nobody but itself. In numbers every
    cut-off is enclosed with a certified error.

    After Morris and Shin (2003) and Angeletos, Hellwig and Pavan (2007).
    """

    title = "Regime change"
    publication = Publication(
        "angeletos, hellwig and pavan 2007",
        "an attack on a regime of unknown strength succeeds if enough join it",
        ("coordination", "private information"),
        "AngeletosHellwigPavan2007",
    )

    parameters = declare(v.ATTACK_COST, v.PRIOR_MEAN, v.PRIOR_PRECISION, v.SIGNAL_PRECISION)
    concepts = ("Bayesian Nash in cut-offs",)

    @property
    def players(self) -> tuple[str, ...]:
        """One of the continuum."""
        return ("attacker",)

    @quantity(r"\theta^*_0", AHP)
    def flat_prior_threshold(self) -> Expr:
        """The strength up to which the regime falls when the prior is flat."""
        return 1 - self.symbols.c

    @quantity(r"a/\sqrt{s}", AHP)
    def publicity(self) -> Expr:
        """How public what is known is: above the root of 2 pi there may be three cut-offs."""
        return self.symbols.a / sp.sqrt(self.symbols.s)

    @quantity(r"\sqrt{2\pi} - a/\sqrt{s}", AHP)
    def uniqueness_margin(self) -> Expr:
        """At 0 and above there is one cut-off whatever the prior mean; below not for every mean."""
        return sp.sqrt(2 * sp.pi) - self.symbols.a / sp.sqrt(self.symbols.s)

    @quantity(r"a/(a+s)", AHP)
    def prior_weight(self) -> Expr:
        """The weight of the prior mean in what an attacker expects."""
        return self.symbols.a / (self.symbols.a + self.symbols.s)

    @property
    def roots(self) -> Mapping[str, tuple[str, ImplicitRoot]]:
        """The cut-off, where it is the only one at every prior mean, by the mean that makes it so.

        With a flat prior it is ``flat_prior_threshold``.
        """
        s, state = self.symbols, sp.Symbol("theta_star", real=True)
        shift = sp.sqrt(s.s) * _quantile(state) + sp.sqrt(s.s + s.a) * _quantile(s.c)
        is_unique = sp.And(s.a > 0, s.a < sp.sqrt(2 * sp.pi * s.s))
        where = sp.And(state > 0, state < 1, is_unique)
        return FrozenMapping(
            {"cutoff": (r"\theta^*", ImplicitRoot(state, state - s.z - shift / s.a, where))}
        )

    @property
    def unique_for_every_prior_mean(self) -> bool:
        """Whether a <= sqrt(2 pi s), decided in interval arithmetic (equality cannot occur)."""
        _, _, a, s = self._numbers()
        with working_precision():
            return bool(rational_ball(a) ** 2 < 2 * arb.pi() * rational_ball(s))

    def attacking_payoff(self, signal: object, strength: object) -> Expr:
        """The payoff of attacking at a signal, when the regime falls up to a strength."""
        numbers = [v.PRIOR_MEAN.value(x) for x in (signal, strength)]
        s = self.symbols
        mean = (s.a * s.z + s.s * numbers[0]) / (s.a + s.s)
        fall_probability = (1 + sp.erf(sp.sqrt(s.a + s.s) * (numbers[1] - mean) / sp.sqrt(2))) / 2
        return (fall_probability - s.c).subs(self.values, simultaneous=True)

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Unsupported: the payoff of attacking depends on a signal and a cut-off."""
        raise UnsupportedError(
            "a plan for every signal is no list of actions; ask attacking_payoff(signal, strength)"
        )

    # In numbers: every cut-off, certified.

    def cutoffs(self) -> tuple[Cutoff, ...]:
        r"""Every cut-off in ascending order: one or three, or an undecided one where they touch.

        With :math:`\theta = \Phi(u)` the condition is :math:`a(\Phi(u) - z) - \sqrt{s}\,u =
        \sqrt{s+a}\,\Phi^{-1}(c)`, which bounds u; the zeros in these bounds are enclosed.

        Examples
        --------
        >>> game = RegimeChange(attack_cost="1/2", prior_mean="1/2", a="27/10", s=1)
        >>> [cutoff.kind for cutoff in game.cutoffs()]
        ['stable', 'unstable', 'stable']
        """
        with working_precision():
            c, z, a, s = map(rational_ball, self._numbers())
            root, level = s.sqrt(), (s + a).sqrt() * arb(2).sqrt() * (2 * c - 1).erfinv()
            if not level.is_finite():
                raise UnsupportedError(
                    f"a cost of {self._numbers()[0]} is closer to 0 or 1 than {PRECISION} bits can "
                    "tell; take one further from them"
                )
            cutoff_zeros = zeros(
                lambda u: a * (normal_cdf(u) - z) - root * u - level,
                lambda u: a * normal_density(u) - root,
                (-a * z - level) / root - 1,
                (a * (1 - z) - level) / root + 1,
            )
            kinds = {-1: "stable", 1: "unstable", 0: "undecided"}
            return tuple(
                Cutoff.of(
                    normal_cdf(zero.ball),
                    normal_cdf(zero.ball) + zero.ball / root,
                    kinds[zero.slope],
                )
                for zero in cutoff_zeros
            )

    def prior_mean_at(self, strength: float) -> float:
        """The prior mean at which a strength is a cut-off, in floating point.

        The condition of :meth:`cutoffs` solved for the prior mean; a proper prior only.
        """
        number = exact(strength, "strength")
        if not number.is_number or not 0 < number < 1:
            raise ParameterError("strength", strength, "a strength between 0 and 1, ends excluded")
        strength = float(number)
        if not 0 < strength < 1:
            raise ParameterError("strength", strength, "a strength between 0 and 1, ends excluded")
        c, _, a, s = map(float, self._numbers())
        if a == 0:
            raise UnsupportedError(
                "under a flat prior there is no prior mean: the cut-off is 1 - c"
            )
        quantile = NormalDist().inv_cdf
        return strength - (sqrt(s) * quantile(strength) + sqrt(s + a) * quantile(c)) / a

    def _numbers(self) -> list[Expr]:
        s = self.symbols
        values = [self.values.get(x, x) for x in (s.c, s.z, s.a, s.s)]
        if not all(x.is_Rational for x in values):
            raise GameTheoryError(
                "cut-offs are numbers: give attack_cost, prior_mean, prior_precision and "
                "signal_precision rational values (with a flat prior the cut-off is 1 - cost)"
            )
        return values

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every cut-off: exact under a flat prior, otherwise in numbers with certified error."""
        s = self.symbols
        flat = self.values.get(s.a) == 0
        if flat or any(not self.values.get(x, x).is_Rational for x in (s.c, s.z, s.a, s.s)):
            return super().solve(concept)
        cutoffs = self.cutoffs()
        is_decided = all(cutoff.kind != "undecided" for cutoff in cutoffs)
        equilibria = tuple(
            self._equilibrium(
                name, f"{float(cutoff.signal):.6g}", sp.true, repr(cutoff).strip("<>")
            )
            for name, cutoff in zip(cutoff_names(len(cutoffs)), cutoffs, strict=True)
        )
        reason = "outside the enclosures interval arithmetic excludes a zero, in each it proves one"
        if not is_decided:
            reason = "cut-offs touch or just miss: closer than the precision tells apart"
        method = "interval arithmetic"
        return EquilibriumSet(
            equilibria, self, self.concepts[0], method, sp.sympify(is_decided), reason, exact=False
        )

    def _equilibrium(self, name: str, cutoff: object, condition: Boolean, note: str) -> Equilibrium:
        profile = {
            f"signal up to {cutoff}": {"attack": sp.Integer(1), "hold": sp.Integer(0)},
            f"signal above {cutoff}": {"attack": sp.Integer(0), "hold": sp.Integer(1)},
        }
        payoffs = {"attacker at the cut-off": sp.Integer(0)}
        return Equilibrium(
            name, profile, payoffs, condition, self.concepts[0], note=note, game=self
        )

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """The flat prior has a closed form; other priors are solved in numbers."""
        note = "regime falls up to 1 - c; attackers up to 1 - c + quantile(1 - c)/sqrt(s)"
        yield self._equilibrium("flat prior", "the cut-off", sp.Eq(self.symbols.a, 0), note)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The two conditions of a cut-off in the model's own payoffs, within 10^-25.

        The mass of attackers meets the strength, and the marginal attacker is indifferent:
        evaluated by SymPy to fifty digits, not in interval arithmetic.
        """
        if equilibrium.name == "flat prior":
            c = self.symbols.c.subs(self.values)
            indifference = sp.Eq(sp.expand((1 - (1 - c)) - c), 0)
            return (
                Obligation(
                    "the marginal attacker takes a fall to be 1 - theta likely, the cost",
                    indifference,
                ),
            )
        labels = cutoff_names(len(cutoffs := self.cutoffs()))
        cutoff = cutoffs[labels.index(equilibrium.name)]
        state, signal = sp.Rational(cutoff.state), sp.Rational(cutoff.signal)
        precision = self.values[self.symbols.s]
        mass = (1 + sp.erf(sp.sqrt(precision) * (signal - state) / sp.sqrt(2))) / 2
        residuals = {
            "the mass of attackers meets the strength": mass - state,
            "the marginal attacker is indifferent": self.attacking_payoff(signal, state),
        }
        return tuple(
            Obligation(label, sp.Abs(residual.evalf(_DIGITS)) < _TOLERANCE)
            for label, residual in residuals.items()
        )

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """With symbols only the flat prior's cut-off has a closed form."""
        reason = (
            "a flat prior makes the mass of attackers at the margin uniform: one cut-off; give "
        )
        return "closed form", sp.Eq(self.symbols.a, 0), reason + "every parameter a number for more"

    @classmethod
    def lemmas(cls) -> tuple[Proposition, ...]:
        r"""Uniqueness of the cut-off, and comparative statics of stable cut-offs.

        Here f is the normal density at :math:`\Phi^{-1}(\theta^*)`, at most :math:`1/q` with
        :math:`q = \sqrt{2\pi}`, and r the root of s. A cut-off is stable iff a f < r.
        """
        a, f, q, r = sp.symbols("a f q r", real=True)
        premises = [f > 0, q > 0, f * q <= 1, r > 0]
        slope, central_slope = a * f - r, a / q - r
        return (
            Proposition(
                "uniqueness", "If a/sqrt(s) <= sqrt(2 pi) there is one cut-off whatever the prior.",
                "all parameters", (
                    Claim.of(slope <= 0, given=[*premises, a >= 0, a <= q * r]),
                    Claim.of(slope < 0, given=[*premises, a >= 0, a <= q * r, f * q < 1]),
                ),
            ),
            Proposition(
                "multiplicity", "If a/sqrt(s) > sqrt(2 pi) there are three at some prior mean: the "
                "one that puts a zero at u = 0, where the condition then rises.",
                "all parameters", (Claim.of(central_slope > 0, given=[q > 0, r > 0, a > q * r]),),
            ),
            Proposition(
                "statics", "Stable cut-offs fall in the prior mean and in the cost of attacking.",
                "all parameters, implicit differentiation", (
                    Claim.of(a * f / slope < 0, given=[*premises, a > 0, slope < 0]),
                    Claim.of(sp.sqrt(r**2 + a) / slope < 0, given=[*premises, a >= 0, slope < 0]),
                ),
            ),
        )  # fmt: skip


def _quantile(p: Expr) -> Expr:
    """The quantile of the standard normal distribution."""
    return sp.sqrt(2) * sp.erfinv(2 * p - 1)
