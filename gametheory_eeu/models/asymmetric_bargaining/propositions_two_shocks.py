"""7, the whole argument: the theorem on the two shocks (Z = 0), and its worked example.

State 0 is before, state 1 after; alpha is 0 before and 1 after. Everything is the bargaining game's
own surplus and price at the two states; depth, alignment and the threshold are those of their
games.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    EXAMPLE,
    Section,
    conjunction,
    equality,
    iff,
    implication,
    real_symbols,
    rounds_to,
)
from gametheory_eeu.models.asymmetric_bargaining import AsymmetricBargaining
from gametheory_eeu.models.bandwagoning_contest import BandwagoningContest
from gametheory_eeu.models.depth import propositions as depth
from gametheory_eeu.models.hedging import propositions as alignment
from gametheory_eeu.models.trust_recovery import TrustRecovery

SECTION = Section("7", "AsymmetricBargaining", Source("M"))
_STATE_NAMES = ("mu", "D", "gamma")


class _Shock:
    """The deal before and after the shocks, all else equal."""

    def __init__(self) -> None:
        self.game = AsymmetricBargaining()
        self.s = self.game.symbols
        self.before = dict(zip(_STATE_NAMES, real_symbols("mu_0 D_0 gamma_0"), strict=True))
        self.after = dict(zip(_STATE_NAMES, real_symbols("mu_1 D_1 gamma_1"), strict=True))

    def at(self, name: str, state: dict[str, Expr], alpha: int) -> Expr:
        """A quantity of the bargaining game in a state."""
        values = {self.s[key]: value for key, value in state.items()}
        expression = self.game.quantities[name].expression
        return expression.xreplace({**values, self.s.alpha: sp.Integer(alpha)})

    @property
    def surpluses(self) -> tuple[Expr, Expr]:
        """The surplus before, bilateral, and after, multilateral."""
        return self.at("surplus", self.before, 0), self.at("surplus", self.after, 1)

    @property
    def prices(self) -> tuple[Expr, Expr]:
        """The cash price before and after."""
        return self.at("transfer", self.before, 0), self.at("transfer", self.after, 1)

    @property
    def space(self) -> Space:
        """The domains in both states, and the theorem's premises."""
        s, domains = self.s, [self.s.b > 0, self.s.ell > 0, self.s.kappa > 0, self.s.V >= 0]
        constraints: list[Boolean] = [s.kappa < s.ell, *domains]
        for state in (self.before, self.after):
            mu, d, gamma = (state[name] for name in _STATE_NAMES)
            constraints += [mu >= 0, mu <= 1, d >= 0, gamma > 0, gamma < 1]
        threshold = 1 - s.kappa / s.ell
        constraints += [self.after["mu"] < threshold, threshold < self.before["mu"]]
        constraints += [
            self.after["D"] > self.before["D"],
            self.after["gamma"] >= self.before["gamma"],
        ]
        return Space.of(*constraints, *(surplus > 0 for surplus in self.surpluses), symbols=(s.o,))

    @property
    def net_saving(self) -> Expr:
        """(1 - mu_0)ell - b(mu_0 - mu_1): the loss averted by binding less the benefit lost."""
        mu_0, mu_1 = self.before["mu"], self.after["mu"]
        return (1 - mu_0) * self.s.ell - self.s.b * (mu_0 - mu_1)


@SECTION.proposition("theorem-i", "optimum")
def regimes() -> Iterator[Claim]:
    """(i) Bilateral is strictly optimal before, multilateral strictly after."""
    m, x = _Shock(), real_symbols("x")
    premises = [m.space, x >= 0, x <= 1]
    for state, optimum, constraint in ((m.before, 0, x > 0), (m.after, 1, x < 1)):
        values = {m.s[key]: value for key, value in state.items()}
        surplus = m.game.quantities["surplus"].expression.xreplace({**values, m.s.alpha: x})
        claim = m.at("surplus", state, optimum) > surplus
        yield Claim.of(claim, [*premises, constraint], "after" if optimum else "before")


@SECTION.proposition("theorem-ii", "ordering")
def total_concession() -> Iterator[Claim]:
    """(ii) The total concession t + kappa alpha rises, unconditionally: each of the three terms it
    rises by is not negative, and the last is positive.
    """
    m = _Shock()
    gamma_0, gamma_1, kappa = m.before["gamma"], m.after["gamma"], m.s.kappa
    shock, saving = m.after["D"] - m.before["D"], kappa - m.net_saving
    rise = (gamma_1 - gamma_0) * m.surpluses[1] + gamma_0 * shock + (1 - gamma_0) * saving
    yield Claim.of(equality(m.prices[1] + kappa - m.prices[0], rise), (), "by how much")
    loss_premises = [m.s.ell > 0, m.s.b > 0, m.before["mu"] > 1 - kappa / m.s.ell]
    trust_premises = [m.after["mu"] < m.before["mu"]]
    yield Claim.of(
        saving > 0, [*loss_premises, *trust_premises], "mistrust is above what binding spares"
    )
    surplus, x, y = real_symbols("S_1 x y")
    premises = [surplus > 0, gamma_1 >= gamma_0, gamma_0 > 0, gamma_0 < 1, x > 0, y > 0]
    yield Claim.of(
        (gamma_1 - gamma_0) * surplus + gamma_0 * x + (1 - gamma_0) * y > 0,
        premises,
        "hence it rises",
    )


@SECTION.proposition("theorem-iii", "ordering")
def cash_price() -> Iterator[Claim]:
    """(iii) The cash price rises iff (gamma_1-gamma_0)S_1 + gamma_0(D_1-D_0-kappa) >
    (1-gamma_0)[(1-mu_0)ell - b(mu_0-mu_1)]; with gamma_1 = gamma_0, iff the same without the first
    term, which suffices with gamma_1 > gamma_0.
    """
    m = _Shock()
    gamma_0, gamma_1 = m.before["gamma"], m.after["gamma"]
    left = (gamma_1 - gamma_0) * m.surpluses[1] + gamma_0 * (
        m.after["D"] - m.before["D"] - m.s.kappa
    )
    right = (1 - gamma_0) * m.net_saving
    yield Claim.of(equality(m.prices[1] - m.prices[0], left - right), (), "by how much")
    yield from _difference_equivalence()
    surplus, short_form, bound = real_symbols("S_1 simple other")
    premises = [surplus > 0, gamma_1 >= gamma_0]
    sufficiency = implication(
        short_form > bound, (gamma_1 - gamma_0) * surplus + short_form > bound
    )
    yield Claim.of(sufficiency, premises, "the simple form suffices")
    equivalence = iff((gamma_1 - gamma_0) * surplus + short_form > bound, short_form > bound)
    yield Claim.of(equivalence, [sp.Eq(gamma_1, gamma_0)], "and decides with gamma_1 = gamma_0")


def _difference_equivalence() -> Iterator[Claim]:
    later, earlier, left, right = real_symbols("t_1 t_0 left right")
    yield Claim.of(
        iff(later > earlier, left > right), [sp.Eq(later - earlier, left - right)], "iff"
    )


@SECTION.proposition("cash-price-rises", "false")
def cash_falls() -> Iterator[Claim]:
    """False: "the cash price always rises". It falls by 1/32 at V = o = 0, mu 3/4 to 1/4, D 0 to
    7/8, ell = 2, b = kappa = 1, gamma 3/8 to 1/2: binding substitutes for bribes. True iff (iii).
    """
    m = _Shock()
    yield Claim.refutation(m.prices[1] > m.prices[0], m.space, "naive")
    numbers = {m.s.V: 0, m.s.o: 0, m.s.b: 1, m.s.kappa: 1, m.s.ell: 2}
    values = {symbol: sp.Integer(value) for symbol, value in numbers.items()}
    point: dict[Any, Any] = {"mu_0": "3/4", "mu_1": "1/4", "D_0": 0, "D_1": "7/8", "gamma_0": "3/8",
             "gamma_1": "1/2"}  # fmt: skip
    price_rises = (m.prices[1] > m.prices[0]).xreplace(values)
    yield Claim.refutation(
        price_rises, m.space.subs(values), "naive, at these values", fails_at=point
    )
    fall = (m.prices[0] - m.prices[1]).xreplace({**values, **m.space.point(point)})
    yield Claim.of(equality(fall, sp.Rational(1, 32)), (), "by 1/32")
    yield from (claim for claim in cash_price() if claim.label in ("by how much", "iff"))


@SECTION.proposition("two-currencies", "ordering")
def two_currencies() -> Iterator[Claim]:
    """Where gamma_1 = gamma_0 and gamma_0 kappa + (1 - gamma_0)[(1-mu_0)ell - b(mu_0-mu_1)] > 0, a
    higher cash price implies a positive lower bound on the urgency shock D_1 - D_0; elsewhere the
    bound is vacuous.
    """
    m = _Shock()
    g = m.before["gamma"]
    shock, requirement, rise = real_symbols("shock needed rise")
    numerator = g * m.s.kappa + (1 - g) * m.net_saving
    substitution = {m.after["gamma"]: g}
    price_change = (m.prices[1] - m.prices[0]).xreplace(substitution)
    equation = equality(price_change, g * (m.after["D"] - m.before["D"]) - numerator)
    yield Claim.of(equation, (), "by how much the price rises")
    premises = [g > 0, g < 1, sp.Eq(rise, g * shock - requirement)]
    yield Claim.of(iff(rise > 0, shock > requirement / g), premises, "the bound")
    yield Claim.of(iff(requirement / g > 0, requirement > 0), [g > 0], "where it is positive")
    vacuity = implication(requirement <= 0, rise > 0)
    yield Claim.of(vacuity, [*premises, shock > 0], "elsewhere vacuous: any shock will do")


@SECTION.proposition("theorem-iv", "ordering")
def depth_and_alignment() -> Iterator[Claim]:
    """(iv) Depth and alignment fall weakly as trust does, corners included, and P_abs at
    tau(mu) = tau_0 + (1 - mu)ell' rises if ell' > 0. P_abs is the joining threshold only above P_J.
    """
    yield from (c for c in depth.depth_signs() if c.label == "weakly")
    yield from (c for c in alignment.alignment_signs() if c.label.startswith("weakly"))
    game = BandwagoningContest()
    s = game.symbols
    base, cost, mu, nu = real_symbols("tau_0 ell_p mu nu")
    threshold = game.quantities["absolute_threshold"].expression
    threshold_at = {x: threshold.subs(s.tau, base + (1 - x) * cost) for x in (mu, nu)}
    premises = [s.c > 0, s.c < base, cost >= 0, base + cost < s.lam, s.lam <= 1, s.R > 0, s.w > 0]
    trust_premises = [s.n >= 1, mu >= 0, mu <= 1, nu >= 0, nu < mu]
    yield Claim.of(
        iff(threshold_at[nu] > threshold_at[mu], cost > 0), [*premises, *trust_premises], "P_abs"
    )


@SECTION.proposition("theorem-v", "ordering")
def survival() -> Iterator[Claim]:
    """(v) In the bilateral regime membership survives the fall in trust if
    D_1 - D_0 >= (b + ell)(mu_0 - mu_1).
    """
    m = _Shock()
    s = m.s
    surplus_before, surplus_after = m.at("surplus", m.before, 0), m.at("surplus", m.after, 0)
    sufficiency = m.after["D"] - m.before["D"] >= (s.b + s.ell) * (m.before["mu"] - m.after["mu"])
    domains = [s.b > 0, s.ell > 0, s.V >= 0, surplus_before >= 0]
    yield Claim.of(implication(sufficiency, surplus_after >= 0), domains)


@SECTION.proposition("shock-to-trust", "ordering")
def shock_to_trust() -> Iterator[Claim]:
    """The shock lowers trust: mu_1 = eps mu_0/(eps mu_0 + phi(1 - mu_0)) < mu_0; more hurry raises
    gamma.
    """
    game = TrustRecovery()
    s = game.symbols
    posterior = s.eps * s.mu / (s.eps * s.mu + s.phi * (1 - s.mu))
    yield Claim.of(equality(game.trust_after_violation, posterior), game.space, "by Bayes' rule")
    yield Claim.of(posterior < s.mu, game.space, "it falls")
    hegemon_rate, member_rate, higher_rate = real_symbols("rho_H rho_i rho_H2")
    weight, new_weight = (
        hegemon_rate / (hegemon_rate + member_rate),
        higher_rate / (higher_rate + member_rate),
    )
    yield Claim.of(
        new_weight >= weight,
        [hegemon_rate > 0, member_rate > 0, higher_rate >= hegemon_rate],
        "gamma_1 >= gamma_0",
    )


@SECTION.proposition("leaving", "ordering")
def leaving() -> Iterator[Claim]:
    """As D decays the price falls, and a member leaves once V + D - kappa alpha + e < 0: from a
    deal at D on, less D can only end it.
    """
    m = _Shock()
    s = m.s
    price, surplus = (m.game.quantities[name].expression for name in ("transfer", "surplus"))
    later_loss = real_symbols("D_t")
    premises = [m.game.space, later_loss >= 0, later_loss < s.D]
    yield Claim.of(price.subs(s.D, later_loss) < price, premises, "the price falls")
    yield Claim.of(
        implication(surplus < 0, surplus.subs(s.D, later_loss) < 0), premises, "it stays away"
    )
    decay, level = real_symbols("delta k")
    yield Claim.of(
        conjunction(decay * level < level, decay * level > 0),
        [decay > 0, decay < 1, level > 0],
        "geometric decay",
    )


# The worked example.

_TERMS: dict[str, Any] = {"V": "0.2", "b": 1, "ell": 1, "o": "0.3", "kappa": "0.4"}
_ROWS: tuple[tuple[str, str, str, str, bool, tuple[str, ...]], ...] = (
    ("before the shocks", "0.7", "0.1", "0.3", False, ("0.020", "0.180", "0.40", "0.510", "2.83")),
    ("both shocks", "7/37", "1", "0.5625", True, ("0.498", "-0.698", "0", "0.357", "5.06")),
    ("later, D = .4", "7/37", "0.4", "0.3", True, ("0.138", "-0.338", "0", "0.357", "5.06")),
    ("trust intact", "0.7", "1", "0.5625", False, ("0.631", "-0.431", "0.40", "0.510", "2.83")),
)


def _deal(mu: str, exit_loss: str, weight: str, *, bound: bool) -> AsymmetricBargaining:
    state = {"mu": mu, "D": exit_loss, "gamma": weight, "alpha": int(bound)}
    return AsymmetricBargaining(**_TERMS, **state)


@SECTION.proposition("worked-example", "value", EXAMPLE)
def worked_example() -> Iterator[Claim]:
    """The rows of the worked example: regime, price, V - kappa alpha - t, depth, alignment and
    P_abs in each state; without urgency there is no deal (S = -.211).
    """
    for name, mu, exit_loss, weight, bound, decimals in _ROWS:
        game, alternative = (_deal(mu, exit_loss, weight, bound=b) for b in (bound, not bound))
        regime_claim = sp.Gt(game.surplus, alternative.surplus, evaluate=False)
        yield Claim.of(regime_claim, (), f"{name}: {'multilateral' if bound else 'bilateral'}")
        yield Claim.of(sp.Ge(game.surplus, 0, evaluate=False), (), f"{name}: a deal")
        control = game.transfer - sp.Rational("0.2") + (sp.Rational("0.4") if bound else 0)
        values = (game.transfer, -control, *_other_outcomes(sp.Rational(mu)))
        for value, decimal, label in zip(
            values, decimals, ("t", "V - kappa alpha - t", "depth", "a", "P_abs"), strict=True
        ):
            yield Claim.of(rounds_to(value, decimal), (), f"{name}: {label}")
    for bound in (False, True):
        no_urgency = _deal("7/37", "0.1", "0.3", bound=bound)
        yield Claim.of(sp.Lt(no_urgency.surplus, 0, evaluate=False), (), "no urgency: no deal")
    yield Claim.of(rounds_to(no_urgency.surplus, "-0.211"), (), "no urgency: the surplus")


def _other_outcomes(mu: Expr) -> tuple[Expr, Expr, Expr]:
    """Depth, alignment and P_abs at the example's other values."""
    half = sp.Rational(1, 2)
    unit_values = {depth.b: sp.Integer(1), depth.ell: sp.Integer(1), depth.q: sp.Integer(1)}
    depth_value = depth._DEPTH.xreplace({**unit_values, depth.mu: mu})
    stakes = {alignment.R: mu * sp.Rational("0.3"), alignment.E: sp.Rational("0.2")}
    alignment_value = alignment._CONSTRAINED_OPTIMUM.xreplace(
        {**stakes, alignment.k: sp.Integer(1), alignment.a0: half}
    )
    tau = sp.Rational("0.3") + (1 - mu) * sp.Rational("0.25")
    contest = BandwagoningContest(R=1, w=1, n=4, c="0.05", lam="0.9", tau=tau)
    return depth_value, alignment_value, contest.absolute_threshold


@SECTION.proposition("example-thresholds", "value", EXAMPLE)
def example_thresholds() -> Iterator[Claim]:
    """mu_M = .6, mu* = .5, trust falls to .189; the lower bound on the urgency shock is -.0276,
    vacuous; recovery takes 40.2 clean periods (41) to mu_M and 49.8 (50) to mu_0.
    """
    yield Claim.of(equality(1 - sp.Rational("0.4") / 1, sp.Rational("0.6")), (), "mu_M")
    trust = TrustRecovery(mu="0.7", eps="0.005", phi="0.05")
    posterior = trust.trust_after_violation
    yield Claim.of(
        conjunction(equality(posterior, sp.Rational(7, 37)), rounds_to(posterior, "0.189")),
        (),
        "mu_1",
    )
    g, mu = sp.Rational("0.3"), sp.Rational("0.7")
    net_saving = (1 - mu) - (mu - posterior)
    yield Claim.of(
        rounds_to(g * sp.Rational("0.4") + (1 - g) * net_saving, "-0.0276"), (), "the bound"
    )
    clean = (1 - sp.Rational("0.005")) / (1 - sp.Rational("0.05"))
    for target, tenths, periods in (("0.6", 402, 41), ("0.7", 498, 50)):
        target_trust = sp.Rational(target)
        odds_ratio = target_trust / (1 - target_trust) * (1 - posterior) / posterior
        rounding = conjunction(*(  # within half a tenth, in powers of 20
            relation(clean**power, odds_ratio**20, evaluate=False)
            for power, relation in ((2 * tenths - 1, sp.Le), (2 * tenths + 1, sp.Ge))
        ))  # fmt: skip
        yield Claim.of(rounding, (), f"{tenths / 10} periods to {target}")
        game = TrustRecovery(mu=posterior, mu_T=target, eps="0.005", phi="0.05")
        yield Claim.of(
            equality(game.whole_recovery_periods(), periods), (), f"{periods} whole periods"
        )


@SECTION.proposition("both-shocks-needed", "ordering", EXAMPLE)
def both_shocks() -> Iterator[Claim]:
    """Both shocks are needed: urgency alone gives a costlier bilateral order, mistrust alone no
    union.
    """
    baseline = _deal("0.7", "0.1", "0.3", bound=False)
    urgency = _deal("0.7", "1", "0.5625", bound=False)
    multilateral = _deal("0.7", "1", "0.5625", bound=True)
    costlier = sp.Gt(urgency.transfer, baseline.transfer, evaluate=False)
    yield Claim.of(costlier, (), "urgency alone: costlier")
    bilateral = sp.Gt(urgency.surplus, multilateral.surplus, evaluate=False)
    yield Claim.of(bilateral, (), "urgency alone: bilateral")
    for alpha in (False, True):
        mistrust = _deal("7/37", "0.1", "0.3", bound=alpha)
        yield Claim.of(sp.Lt(mistrust.surplus, 0, evaluate=False), (), "mistrust alone: no union")
