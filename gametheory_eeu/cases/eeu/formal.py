"""Formal statements of those claims of the article that no single proposition of the theory is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import equality, iff, implication, real_symbols
from gametheory_eeu.models.asymmetric_bargaining import AsymmetricBargaining
from gametheory_eeu.models.bandwagoning_contest import BandwagoningContest
from gametheory_eeu.models.depth import Depth
from gametheory_eeu.models.hedging import Hedging
from gametheory_eeu.models.institutional_choice import InstitutionalChoice
from gametheory_eeu.models.pressure import Pressure
from gametheory_eeu.models.trust_recovery import TrustRecovery
from gametheory_eeu.models.voting_body.power_index import effective_power, hegemon_share
from gametheory_eeu.prover import witness


def _quantity(game: type, name: str) -> tuple[Expr, Boolean]:
    quantity = game().quantities[name]
    return quantity.expression, quantity.exists_when


def _needs(statement: Boolean, condition: Boolean, given: object, label: str) -> Iterator[Claim]:
    """The statement without its condition, to be refuted, and that it holds exactly under it."""
    yield Claim.refutation(statement, given, f"{label}, at any parameters")
    yield Claim.of(iff(statement, condition), given, f"{label}, exactly on the condition")


def _possible(statement: Boolean, given: object, label: str) -> Iterator[Claim]:
    """The statement at a point of the space at which the prover finds it true."""
    space = Space.of(given, statement)
    point = witness(space) or {}
    yield Claim.of(statement, [Space.of(given), *(sp.Eq(*item) for item in point.items())], label)


def membership_without_depth() -> Iterator[Claim]:
    """A deal with a surplus at a trust up to which depth is 0."""
    surplus, _ = _quantity(AsymmetricBargaining, "surplus")
    depth, _ = _quantity(Depth, "depth")
    game = Depth()
    given = Space.of(AsymmetricBargaining().space, game.space, sp.Eq(game.symbols.zeta, 0))
    statement = sp.And(surplus > 0, sp.Eq(depth, 0))
    yield from _possible(statement, given, "members of depth 0 there are")


def membership_without_depth_under_binding() -> Iterator[Claim]:
    """The same where the treaty binds fully."""
    surplus, _ = _quantity(AsymmetricBargaining, "surplus")
    depth, _ = _quantity(Depth, "depth")
    game, treaty = Depth(), AsymmetricBargaining()
    given = [treaty.space, game.space, sp.Eq(game.symbols.zeta, 0), sp.Eq(treaty.symbols.alpha, 1)]
    statement = sp.And(surplus > 0, sp.Eq(depth, 0), game.symbols.mu > 0)
    yield from _possible(statement, given, "members of depth 0 under full binding there are")


def order_of_joining() -> Iterator[Claim]:
    """Whoever resists less joins no later: with equal complementarity.

    a_i and a_j are what the members that have joined add for each of the two.
    """
    power, high, low, gain_high, gain_low = real_symbols("P theta_i theta_j a_i a_j")
    joins = sp.And(low < high, power + gain_high >= high)
    statement = implication(joins, power + gain_low >= low)
    given = [power > 0, gain_high >= 0, gain_low >= 0]
    yield Claim.refutation(
        statement,
        given,
        "with any complementarity",
        fails_at={"P": 1, "theta_i": 3, "theta_j": "5/2", "a_i": 2, "a_j": 0},
    )
    yield Claim.of(statement, [*given, sp.Eq(gain_high, gain_low)], "with equal complementarity")


def pressure_on_the_important() -> Iterator[Claim]:
    """The chosen pressure rises with the value of the member, from V to V_2."""
    optimum, s, given = _wanted_pressure()
    higher = real_symbols("V_2")
    statement = optimum.subs(s.V, higher) > optimum
    condition = sp.And(s.D > 0, s.D < s.x_bar * higher)
    yield from _needs(statement, condition, [given, higher > s.V], "pressure rises")


def pressure_by_belief() -> Iterator[Claim]:
    """The chosen pressure moves with the tolerance that is believed in, by one half of it."""
    optimum, s, given = _wanted_pressure()
    higher = real_symbols("x_hat")
    rise = optimum.subs(s.x_bar, higher) - optimum
    condition = s.D <= s.x_bar * s.V
    statement = equality(rise, (higher - s.x_bar) / 2)
    yield from _needs(statement, condition, [given, higher > s.x_bar], "by one half")


def _wanted_pressure() -> tuple[Expr, Any, Space]:
    """The pressure that is wanted where no leader's limit binds, with its symbols and space."""
    game = Pressure()
    s = game.symbols
    formula = game.quantities["informed_pressure"].expression
    (wanted,) = [part for part in formula.args if part.has(s.V)]
    return wanted, s, Space.of(s.V > 0, s.D >= 0, s.x_bar > 0)


def misjudged_tolerance() -> Iterator[Claim]:
    """Misjudging the tolerance is a loss: where no leader's limit binds, and not everywhere."""
    game = Pressure()
    s, loss = game.symbols, game.misjudgement_loss
    statement = loss >= 0
    given = Space.of(game.space, sp.Eq(s.chi, 0))
    yield Claim.refutation(statement, given, "a loss, at any parameters")
    generous = [s.pi_L >= (s.B_L + s.L), s.x_hat_bar <= s.x_bar * 2]
    yield Claim.of(statement, [given, *generous], "a loss, where the leader would grant all")


def outsiders_influence() -> Iterator[Claim]:
    """A higher stake of the hegemon, V_2 for V_R, leaves outsiders less: between the corners."""
    game = Hedging(mu=1)
    s, alignment = game.symbols, game.quantities["alignment"].expression
    higher = real_symbols("V_2")
    later = alignment.subs(s.V_R, higher)
    condition = sp.And(s.k * s.a_0 + s.V_R - s.V_E < s.k, s.k * s.a_0 + higher - s.V_E > 0)
    yield from _needs(1 - later < 1 - alignment, condition, [game.space, higher > s.V_R],
                      "outsiders' part falls")  # fmt: skip


def alignment_by_trust() -> Iterator[Claim]:
    """Alignment falls weakly as trust does, and strictly between its corners."""
    game = Hedging(mu="mu")
    s, alignment = game.symbols, game.quantities["alignment"].expression
    lower = real_symbols("mu_1")
    later = alignment.subs(s.mu, lower)
    given = [game.space, lower >= 0, lower < s.mu]
    yield Claim.of(later <= alignment, given, "weakly")
    between = [s.k * s.a_0 + lower * s.V_R > s.V_E, s.k * s.a_0 + s.mu * s.V_R < s.V_E + s.k]
    yield Claim.of(later < alignment, [*given, *between], "strictly, between the corners")


def hurry_and_price() -> Iterator[Claim]:
    """The price rises in the hegemon's hurry, from rho_H to r_2, exactly where there is a gain."""
    game = AsymmetricBargaining()
    s = game.symbols
    price, deal = _quantity(AsymmetricBargaining, "transfer")
    surplus, _ = _quantity(AsymmetricBargaining, "surplus")
    more = real_symbols("r_2")
    weight = s.rho_H / (s.rho_H + s.rho_i)
    dear = price.subs(s.gamma, more / (more + s.rho_i)) - price.subs(s.gamma, weight)
    given = [game.space, deal, s.rho_H > 0, s.rho_i > 0, more > s.rho_H]
    yield from _needs(dear > 0, surplus > 0, given, "the price rises with hurry")


def exposed_member() -> Iterator[Claim]:
    """The price rises with the loss of an exposed member, from ell to ell_2."""
    game = AsymmetricBargaining()
    s = game.symbols
    price, _ = _quantity(AsymmetricBargaining, "transfer")
    higher = real_symbols("ell_2")
    rise = price.subs(s.ell, higher) - price
    condition = sp.And(s.alpha < 1, s.mu < 1)
    yield from _needs(rise > 0, condition, [game.space, higher > s.ell], "the price rises")


def masking() -> Iterator[Claim]:
    """The hegemon's effective power rises with masking, from m to m_2."""
    m, later, n, mean = real_symbols("m m_2 N gbar")
    share = hegemon_share(mean)
    rise = effective_power(1 / n, later, share) - effective_power(1 / n, m, share)
    given = [m >= 0, later > m, later <= 1, n >= 2, mean > 0, mean < 1]
    yield from _needs(rise > 0, mean < 1 - 1 / n, given, "effective power rises")


def symbolic_body() -> Iterator[Claim]:
    """Effective power differs from the formal 1/N wherever something is masked."""
    m, n, mean = real_symbols("m N gbar")
    power = effective_power(1 / n, m, hegemon_share(mean))
    given = [m > 0, m <= 1, n >= 2, mean > 0, mean < 1]
    yield from _needs(sp.Ne(power, 1 / n), sp.Ne(mean, 1 - 1 / n), given, "it differs")


def lasting_mistrust() -> Iterator[Claim]:
    """Trust below its threshold stays there: where nothing new is observed, not after quiet."""
    game = TrustRecovery()
    s = game.symbols
    b, ell = real_symbols("b ell")
    threshold = ell / (b + ell)
    below = [b > 0, ell > 0, s.mu < threshold]
    after = game.quantities["trust_after_quiet"].expression
    own = [s.mu > 0, s.mu < 1, s.eps > 0, s.eps < 1, s.phi > 0, s.phi < 1, s.eps <= s.phi, *below]
    yield Claim.refutation(after < threshold, own, "after a clean period too")
    yield Claim.of(after < threshold, [*own, sp.Eq(s.eps, s.phi)], "if quiet says nothing new")


def slow_repair() -> Iterator[Claim]:
    """After 31 clean periods trust is still below what membership takes."""
    game = TrustRecovery()
    s = game.symbols
    odds = s.mu / (1 - s.mu) * ((1 - s.eps) / (1 - s.phi)) ** 31
    yield Claim.of(odds < s.mu_T / (1 - s.mu_T), game.space, "not yet after 31 clean periods")


def beyond_reach() -> Iterator[Claim]:
    """The most power that the hegemon's resources allow is below the absolute threshold."""
    game = BandwagoningContest()
    threshold, _ = _quantity(BandwagoningContest, "absolute_threshold")
    yield Claim.of(game.symbols.P_max < threshold, game.space, "P_max < P_abs")


def trust_before_and_after() -> Iterator[Claim]:
    """One violation takes trust from above the threshold of binding to below it."""
    shock, choice = TrustRecovery(), InstitutionalChoice(eta=0)
    s = choice.symbols
    after = shock.quantities["trust_after_violation"].expression
    threshold = choice.quantities["binding_threshold"].expression
    given = Space.of(shock.space, s.kappa > 0, s.kappa < s.ell)
    yield Claim.of(after < threshold, given, "mu_1 < mu_M")
    yield Claim.of(threshold < shock.symbols.mu, given, "mu_M < mu_0")


def haste_without_depth() -> Iterator[Claim]:
    """Up to mu* depth is 0 whatever the price t, where the treaty protects nothing beyond."""
    game, deal = Depth(zeta="zeta"), AsymmetricBargaining()
    depth = game.quantities["depth"].expression
    threshold, _ = _quantity(Depth, "trust_threshold")
    surplus, _ = _quantity(AsymmetricBargaining, "surplus")
    price = real_symbols("t")
    given = [game.space, deal.space, surplus >= 0, price >= 0, game.symbols.mu <= threshold]
    statement = equality(depth, 0)
    yield Claim.refutation(statement, given, "every depth is 0, with any protection")
    yield Claim.of(statement, [*given, sp.Eq(game.symbols.zeta, 0)], "every depth is 0")
