"""Trust recovery, Bayes' rule after violations and after quiet: the game and its paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, StructuralEquality
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    TooLargeError,
    short_repr,
)
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Claim, Game, Proposition, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.prover.proof_search import iff
from gametheory_eeu.solvers.certified_zeros import least_power

if TYPE_CHECKING:
    from numpy.random import Generator

BAYES = Source("L", "CoverThomas2006", "Bayes' rule for two hypotheses, in odds")
MODEL_CHOICE = Source("M", note="how rarely each type is seen to encroach")
OBSERVATIONS = ("violation", "quiet")
MAX_DRAWS = 10**8


class TrustRecovery(Game):
    r"""Trust recovery: Bayesian updating of trust after violations and quiet periods.

    **Players.** A member, which watches; a hegemon whose type is all there is to it.

    **Timing.** In each period a restrained hegemon is seen to encroach on *some* neighbour with
    probability :math:`\varepsilon`, an opportunist with probability :math:`\phi > \varepsilon`.
    The member updates its trust :math:`\mu` by Bayes' rule, and joins or stays out. An
    opportunist may reform unseen, with probability :math:`\rho` a period (a contrast: the
    recovery from evidence does without).

    **Payoffs.** Joining is worth :math:`\mu - \mu_T` in units of what trust is worth, staying
    out 0: the target :math:`\mu_T` is the trust from which joining pays, or any other trust to
    be reached.

    **Concept.** The member's best reply to its belief, period by period.

    What is seen here is apart from the broken word of credible commitment: binding a member's
    union does not prevent it.
    """

    title = "Trust recovery"

    parameters = declare(
        v.TRUST,
        v.TARGET_TRUST,
        v.RESTRAINED_VIOLATION_RATE,
        v.OPPORTUNIST_VIOLATION_RATE,
        v.REFORM_RATE,
    )
    actions: ClassVar[Mapping[str, tuple[str, ...]]] = FrozenMapping(
        {"member": ("join", "stay out")}
    )
    concepts = ("Bayesian best reply",)
    form_concepts = FrozenMapping({"Bayesian best reply": "perfect Bayesian"})
    names = FrozenMapping(
        {"join": "join", "stay out": "stay out", "join + stay out (tie)": "indifferent"}
    )
    notes = FrozenMapping(
        {
            "join": "trust is above the target",
            "stay out": "trust is below the target; without reform, and with nothing new seen, "
            "for good",
            "indifferent": "trust is at the target: joining with any probability q",
        }
    )
    reasons = FrozenMapping(
        {"Bayesian best reply": "a choice between two actions at a given belief"}
    )
    closed_ties = True

    def constraints(self) -> tuple[Boolean, ...]:
        """Trust is not certain, and opportunists encroach more often."""
        s = self.symbols
        return sp.Gt(s.mu, 0), sp.Lt(s.mu, 1), sp.Lt(s.eps, s.phi)

    # One period.

    @quantity(r"\mu^-", BAYES)
    def trust_after_violation(self) -> Expr:
        """Trust after an encroachment was seen."""
        s = self.symbols
        return s.mu * s.eps / (s.mu * s.eps + (1 - s.mu) * s.phi)

    @quantity(r"\mu^+", BAYES)
    def trust_after_quiet(self) -> Expr:
        """Trust after a period in which none was seen."""
        s = self.symbols
        return s.mu * (1 - s.eps) / (s.mu * (1 - s.eps) + (1 - s.mu) * (1 - s.phi))

    @quantity(r"\mu - \mu^-", BAYES)
    def fall_in_trust(self) -> Expr:
        """What one encroachment takes from trust."""
        s = self.symbols
        return s.mu - s.mu * s.eps / (s.mu * s.eps + (1 - s.mu) * s.phi)

    @quantity(r"\mu^\rho", MODEL_CHOICE)
    def trust_after_unseen_reform(self) -> Expr:
        """Trust after a period in which nothing is seen but an opportunist may have reformed."""
        s = self.symbols
        return s.mu + (1 - s.mu) * s.rho

    # How long.

    @quantity("k^*", BAYES)
    def repair_periods(self) -> Expr:
        """The quiet periods that undo one encroachment: the same at every trust."""
        s = self.symbols
        return sp.log(s.phi / s.eps) / sp.log((1 - s.eps) / (1 - s.phi))

    @quantity("K", BAYES)
    def recovery_periods(self) -> Expr:
        """The quiet periods from trust to the target (0 where it is reached already)."""
        s = self.symbols
        return sp.Max(0, sp.log(_odds(s.mu_T) / _odds(s.mu)) / sp.log((1 - s.eps) / (1 - s.phi)))

    @quantity("T", MODEL_CHOICE)
    def reform_periods(self) -> Expr:
        """The periods to the target when reform is unseen and nothing else is (a contrast)."""
        s = self.symbols
        return sp.Max(0, sp.log((1 - s.mu) / (1 - s.mu_T)) / -sp.log(1 - s.rho))

    def whole_repair_periods(self) -> int:
        """The least whole number of quiet periods that undo one encroachment, exactly.

        Examples
        --------
        >>> TrustRecovery(eps="1/1000", phi="1/100").whole_repair_periods()
        255
        """
        eps, phi = self._fractions("eps", "phi")
        return least_power((1 - eps) / (1 - phi), phi / eps)

    def whole_recovery_periods(self) -> int:
        """The least whole number of quiet periods to the target, exactly."""
        mu, target, eps, phi = self._fractions("mu", "mu_T", "eps", "phi")
        odds_ratio = target * (1 - mu) / (mu * (1 - target))
        return least_power((1 - eps) / (1 - phi), odds_ratio)

    def whole_reform_periods(self) -> int:
        """The least whole number of periods of unseen reform to the target, exactly."""
        mu, target, rho = self._fractions("mu", "mu_T", "rho")
        return least_power(1 / (1 - rho), (1 - mu) / (1 - target))

    def _fractions(self, *names: str) -> list[Fraction]:
        values = [self.values.get(self.symbols[name], self.symbols[name]) for name in names]
        for name, value in zip(names, values, strict=True):
            if not value.is_Rational:
                raise GameTheoryError(
                    f"whole periods are compared exactly: {self.parameters[name].name} = {value} "
                    "has to be a rational number"
                )
        return [Fraction(int(value.p), int(value.q)) for value in values]

    # Paths.

    def walk(self, observations: Iterable[str]) -> tuple[Expr, ...]:
        """Trust from the start through a sequence of observations, exact.

        Parameters
        ----------
        observations : iterable of {"violation", "quiet"}

        Examples
        --------
        >>> game = TrustRecovery(mu="7/10", eps="1/200", phi="1/20")
        >>> game.walk(["violation"])
        (7/10, 7/37)
        """
        allowed = "a list of 'violation' and 'quiet'"
        sequence = (
            observations
            if isinstance(observations, Iterator)
            else (arg.sequence("observations", observations, allowed))
        )
        mu = self.values.get(self.symbols.mu, self.symbols.mu)
        path = [mu]
        updates = {"violation": self.trust_after_violation, "quiet": self.trust_after_quiet}
        if mu != self.symbols.mu:
            open_game = self.at(mu=self.symbols.mu)
            updates = {
                "violation": open_game.trust_after_violation,
                "quiet": open_game.trust_after_quiet,
            }
        for observation in sequence:
            arg.one_of("observation", observation, OBSERVATIONS)
            path.append(sp.factor(updates[observation].subs(self.symbols.mu, path[-1])))
        return tuple(path)

    @arg.validate(reform=arg.flag)
    def simulate(
        self, periods: int, rng: Generator, *, paths: int = 1,
        restrained: bool | None = None, reform: bool = False,
    ) -> TrustPaths:  # fmt: skip
        """Random paths of trust, in floating point.

        Parameters
        ----------
        periods, paths : int
        rng : numpy Generator
            Where chance comes from: ``np.random.default_rng(seed)``.
        restrained : bool, optional
            The hegemon's type at the start; by default drawn with probability ``trust``.
        reform : bool
            Whether an opportunist may reform unseen, and the member reckons with it.
        """
        import numpy as np

        _check_draw({"periods": periods, "paths": paths}, rng)
        if restrained is not None and not isinstance(restrained, (bool, np.bool_)):
            raise ParameterError("restrained", restrained, "True, False, or None to draw the type")
        names = ("mu", "eps", "phi") + ("rho",) * reform
        values = {name: self.values.get(self.symbols[name], self.symbols[name]) for name in names}
        for name, value in values.items():
            if not value.is_number:
                raise GameTheoryError(
                    f"a simulation needs a number for {self.parameters[name].name}"
                )
        mu, *rates = (float(value) for value in values.values())
        return _simulated_paths(mu, rates, (periods, paths), rng, restrained)

    # The member's choice.

    def form(self) -> ExtensiveForm:
        """The member's choice under uncertainty about the hegemon's type."""
        s = self.symbols
        builder = ExtensiveForm.builder("member")
        builder.chance({"restrained": s.mu, "opportunist": 1 - s.mu})
        builder.move("member", ["join", "stay out"], after="*")
        builder.payoffs("restrained/join", 1 - s.mu_T).payoffs("opportunist/join", -s.mu_T)
        return builder.payoffs("*/stay out", 0).build()

    # What is claimed of slow trust, and what is true.

    @classmethod
    def lemmas(cls) -> tuple[Proposition, ...]:
        """Naive and corrected claims on the repair and the fall of trust, and absorption."""
        game = cls()
        s, space = game.symbols, game.space
        no_repair = s.eps / s.phi * (1 - s.eps) / (1 - s.phi) < 1
        slope = sp.factor(sp.diff(game.fall_in_trust, s.mu))
        threshold = s.mu < 1 / (1 + sp.sqrt(s.eps / s.phi))
        rate = sp.Symbol("q", real=True)
        posterior = s.mu * rate / (s.mu * rate + (1 - s.mu) * rate)
        trust_after_reform = game.trust_after_unseen_reform
        scope = "all parameters"

        def claim(name: str, statement: str, formula: Boolean, *premises: Boolean) -> Proposition:
            return Proposition(
                name, statement, scope, (Claim.of(formula, given=[space, *premises]),)
            )

        return (
            claim("naive repair", "One quiet period cannot undo one encroachment.", no_repair),
            claim("repair", "One quiet period does not undo one encroachment iff phi < 1 - eps.",
                  iff(no_repair, s.phi < 1 - s.eps)),
            claim("naive fall", "The fall in trust grows with trust.", slope > 0),
            claim("fall", "The fall grows with trust iff mu < 1/(1 + sqrt(eps/phi)).",
                  iff(slope > 0, threshold)),
            claim("absorbing", "What both types show alike moves trust nowhere: below the target "
                  "it stays below.", sp.And(sp.Eq(posterior, s.mu), posterior < s.mu_T), rate > 0,
                  s.mu < s.mu_T),
            claim("reform", "With unseen reform trust rises without being seen to be earned.",
                  sp.And(trust_after_reform > s.mu, trust_after_reform < 1)),
        )  # fmt: skip


def _odds(probability: Expr) -> Expr:
    return probability / (1 - probability)


def _check_draw(counts: Mapping[str, Any], rng: object) -> None:
    import numpy as np

    for name, value in counts.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ParameterError(name, value, "a whole number, 1 or more")
    if counts["periods"] * counts["paths"] > MAX_DRAWS:
        raise TooLargeError(
            f"{short_repr(counts['paths'])} paths of {short_repr(counts['periods'])} periods; at "
            "most "
            f"{MAX_DRAWS} periods in all are held at once. Call simulate() several times with the "
            "same rng"
        )
    if not isinstance(rng, np.random.Generator):
        raise ParameterError("rng", rng, "a numpy Generator", "np.random.default_rng(seed)")


@dataclass(frozen=True, eq=False, repr=False)
class TrustPaths(StructuralEquality, Displayable):
    """Paths of trust, one a row, with the observations on each.

    Parameters
    ----------
    trust : array, paths x (periods + 1)
        The first column is the trust at the start.
    violations : boolean array, paths x periods
    restrained : boolean array, paths x periods
        The type in each period, reform included.
    exact : bool
        False: floating point.
    """

    trust: Any
    violations: Any
    restrained: Any
    exact: bool = False

    def first_passage(self, target: float) -> Any:
        """The first period at which each path's trust is at the target or above, -1 if never."""
        import numpy as np

        reached = self.trust >= target
        return np.where(reached.any(axis=1), reached.argmax(axis=1), -1)

    def __repr__(self) -> str:
        paths, columns = self.trust.shape
        return f"<{paths} paths of trust over {columns - 1} periods>"


def _simulated_paths(
    trust: float,
    rates: list[float],
    size: tuple[int, int],
    rng: Generator,
    restrained: bool | None,
) -> TrustPaths:
    """Draw types, reforms and encroachments; update trust by Bayes' rule.

    The rates are those of violations by type, and of reform where there is any.
    """
    import numpy as np

    eps, phi, rho = (*rates, 0.0)[:3]
    periods, paths = size
    restrained_draws = rng.random(paths) < trust
    start = restrained_draws if restrained is None else np.full(paths, restrained)
    reforms = rng.random((paths, periods)) < rho
    is_restrained = start[:, None] | np.logical_or.accumulate(reforms, axis=1)
    violated = rng.random((paths, periods)) < np.where(is_restrained, eps, phi)
    trust_paths = np.empty((paths, periods + 1))
    trust_paths[:, 0] = trust
    for t in range(periods):
        prior = trust_paths[:, t] + (1 - trust_paths[:, t]) * rho
        if_restrained = prior * np.where(violated[:, t], eps, 1 - eps)
        if_opportunist = (1 - prior) * np.where(violated[:, t], phi, 1 - phi)
        trust_paths[:, t + 1] = if_restrained / (if_restrained + if_opportunist)
    return TrustPaths(trust_paths, violated, is_restrained)
