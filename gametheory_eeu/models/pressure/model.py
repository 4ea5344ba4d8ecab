"""Pressure: the hegemon's demand, the leader's limit and the public's revolt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice

TWO_LEVEL = Source("M", "Putnam1988", "after two-level games; a uniform tolerance")
_PRESSURE = sp.Symbol("x", real=True)


class Pressure(Game):
    r"""Pressure: how much a hegemon asks of a leader whose public may revolt.

    **Players.** A hegemon, a leader, and the leader's public.

    **Timing.** The hegemon asks for a concession, the pressure :math:`x \ge 0`. The leader complies
    or refuses. Its public bears any pressure up to a tolerance that is uniform on
    :math:`[0, \bar x]`, and revolts beyond: with probability :math:`\min(1, x/\bar x)`. Hegemon and
    leader believe the most tolerance to be :math:`\hat x`, which may be wrong.

    **Payoffs.** The hegemon has :math:`Vx` without a revolt and loses :math:`D` by one. A leader
    that complies has the reward :math:`\pi_L` and keeps the office :math:`B_L` without a revolt;
    with one it loses :math:`L` as well, and a share :math:`\chi` of the reward (0 unless set). One
    that refuses keeps the office, and the hegemon has nothing.

    **Concept.** Subgame perfection: the hegemon asks for what is best among what the leader would
    grant, by their common belief.

    A modelling choice of this project, after Putnam (1988), Iida (1993) and Tarar (2001).
    """

    title = "Pressure"

    parameters = declare(
        v.MEMBER_VALUE,
        v.EXIT_LOSS,
        v.TOLERANCE,
        v.BELIEVED_TOLERANCE,
        v.COMPLIANCE_REWARD,
        v.OFFICE_VALUE,
        v.OUSTER_LOSS,
        v.with_default(v.REWARD_AT_RISK, 0),
    )
    names = FrozenMapping(
        {
            "interior": "all that is wanted",
            "x = pi_L*x_hat_bar/(B_L + L + chi*pi_L)": "all that the leader grants",
            "x = 0": "no pressure",
            "x = 0 (2)": "nothing is granted",
        }
    )
    notes = FrozenMapping(
        {
            "all that is wanted": "more influence is worth less than the risk of losing it all",
            "all that the leader grants": "the leader's reward is worth no more risk of its office",
            "no pressure": "the loss by a revolt outweighs any influence",
            "nothing is granted": "a leader without reward runs no risk",
        }
    )

    @property
    def players(self) -> tuple[str, ...]:
        """The hegemon and the leader; the public revolts by its tolerance."""
        return ("hegemon", "leader")

    def constraints(self) -> tuple[Boolean, ...]:
        """Influence is worth something."""
        return (sp.Gt(self.symbols.V, 0),)

    def form(self) -> ContinuousGame:
        """The hegemon's choice among the pressures that the leader grants.

        Beyond the believed tolerance, where a revolt is certain, nothing is gained: the payoff
        there is written as if the risk went on rising.
        """
        s = self.symbols
        payoff = interior_payoff(_PRESSURE, s.x_hat_bar, s.V, s.D)
        choices = {"hegemon": _granted(self._limit(s.x_hat_bar))}
        return ContinuousGame({"hegemon": payoff}, choices, given=self.space, title=self.title)

    def _limit(self, tolerance: Expr) -> Expr:
        """The most pressure that the leader grants, at a tolerance."""
        risk = sp.Symbol("risk", real=True)
        gain = leader_payoff_at_risk(risk, *self._leader_terms) - self.symbols.B_L
        (most,) = sp.solve(gain, risk)
        return sp.factor(most * tolerance)

    @property
    def _leader_terms(self) -> tuple[Expr, ...]:
        s = self.symbols
        return s.pi_L, s.B_L, s.L, s.chi

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The payoff at a pressure that is granted, ``{"x": …}``, by the believed tolerance."""
        self._check_player(player)
        if set(profile) != {"x"}:
            raise ParameterError("profile", dict(profile), "the pressure, as {'x': 1}")
        x, s = exact(profile["x"], "x"), self.symbols
        if player == "hegemon":
            value = hegemon_payoff(_PRESSURE, s.x_hat_bar, s.V, s.D)
        else:
            value = leader_payoff(_PRESSURE, s.x_hat_bar, *self._leader_terms)
        return value.xreplace({**self.values, _PRESSURE: x})

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """The best pressure in each case, with both payoffs."""
        s = self.symbols
        for equilibrium in super().equilibria(concept):
            x = equilibrium.choices["x"]
            risk = sp.cancel(x / s.x_hat_bar)  # at most 1/2: what is wanted is at most half
            gain = interior_payoff(x, s.x_hat_bar, s.V, s.D)
            paid = {
                "hegemon": sp.factor(gain),
                "leader": sp.factor(leader_payoff_at_risk(risk, *self._leader_terms)),
            }
            yield replace(equilibrium, payoffs=paid)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The leader grants it; no other pressure that is granted is better for the hegemon."""
        x, other = equilibrium.choices["x"], sp.Dummy("x'", real=True)
        office = self.symbols.B_L.subs(self.values)
        granted = self.payoff({"x": other}, "leader") >= office
        gain = self.payoff({"x": other}, "hegemon") - self.payoff({"x": x}, "hegemon")
        return (
            Obligation("it is a pressure", x >= 0),
            Obligation("the leader grants it", self.payoff({"x": x}, "leader") >= office),
            Obligation("no other pressure that is granted is better",
                       sp.Or(other < 0, sp.Not(granted), gain <= 0)),
            Obligation("it is better than a refusal", self.payoff({"x": x}, "hegemon") >= 0),
        )  # fmt: skip

    # By belief, and in truth.

    @property
    def _chosen(self) -> Expr:
        """The pressure that is chosen: what is wanted, as far as it is granted."""
        s = self.symbols
        payoff = interior_payoff(_PRESSURE, s.x_hat_bar, s.V, s.D)
        choices = {"hegemon": _granted(s.x_hat_bar)}
        problem = ContinuousGame({"hegemon": payoff}, choices, given=self.general.space)
        return sp.Min(best_choice(problem, "x"), self._limit(s.x_hat_bar))

    @property
    def _informed(self) -> Expr:
        """The pressure that would be chosen, were the tolerance known."""
        s = self.symbols
        return self._chosen.subs(s.x_hat_bar, s.x_bar)

    def _true_payoff(self, x: Expr) -> Expr:
        s = self.symbols
        return hegemon_payoff(x, s.x_bar, s.V, s.D)

    @quantity(r"\hat x^*", TWO_LEVEL)
    def pressure(self) -> Expr:
        """The pressure that the hegemon chooses, by its belief."""
        return self._chosen

    @quantity("x^*", TWO_LEVEL)
    def informed_pressure(self) -> Expr:
        """The pressure that it would choose, were the tolerance known."""
        return self._informed

    @quantity("x_L", TWO_LEVEL)
    def compliance_limit(self) -> Expr:
        """The most pressure that the leader grants, by its belief."""
        return self._limit(self.symbols.x_hat_bar)

    @quantity("p", TWO_LEVEL)
    def revolt_probability(self) -> Expr:
        """The probability of a revolt in truth."""
        return risk_of_revolt(self._chosen, self.symbols.x_bar)

    @quantity(r"\hat p", TWO_LEVEL)
    def believed_revolt_probability(self) -> Expr:
        """The probability of a revolt that hegemon and leader expect: at most a half."""
        return self._chosen / self.symbols.x_hat_bar

    @property
    def misjudgement_loss(self) -> Expr:
        """What the hegemon loses by its belief, against knowing the tolerance.

        It is a gain, below zero, where a leader who shares the belief grants more by it than the
        hegemon, better informed, would get.

        Examples
        --------
        >>> values = {"V": 1, "D": "1/5", "x_bar": "3/5", "pi_L": 1, "B_L": 1, "L": 0}
        >>> Pressure(**values, believed_tolerance="9/10").misjudgement_loss
        3/80
        """
        loss = self._true_payoff(self._informed) - self._true_payoff(self._chosen)
        return loss.xreplace(dict(self.values))


def _granted(limit: Expr) -> Boolean:
    return sp.And(sp.Ge(_PRESSURE, 0), sp.Le(_PRESSURE, limit))


def risk_of_revolt(x: Expr, x_bar: Expr) -> Expr:
    """The probability of a revolt."""
    return sp.Min(1, x / x_bar)


def hegemon_payoff(x: Expr, x_bar: Expr, value: Expr, exit_loss: Expr) -> Expr:
    """The hegemon's payoff: influence without a revolt, the exit loss with one."""
    risk = risk_of_revolt(x, x_bar)
    return (1 - risk) * value * x - risk * exit_loss


def interior_payoff(x: Expr, x_bar: Expr, value: Expr, exit_loss: Expr) -> Expr:
    """The hegemon's payoff for pressure between 0 and x_bar."""
    return (1 - x / x_bar) * value * x - x / x_bar * exit_loss


def leader_payoff_at_risk(
    risk: Expr, reward: Expr, office: Expr, ouster: Expr, at_risk: Expr = sp.S.Zero
) -> Expr:
    """The leader's payoff from complying at a risk of revolt, which takes a share of the reward."""
    return (1 - risk * at_risk) * reward + (1 - risk) * office - risk * ouster


def leader_payoff(
    x: Expr, x_bar: Expr, reward: Expr, office: Expr, ouster: Expr, at_risk: Expr = sp.S.Zero
) -> Expr:
    """The leader's payoff from complying with a pressure."""
    return leader_payoff_at_risk(risk_of_revolt(x, x_bar), reward, office, ouster, at_risk)
