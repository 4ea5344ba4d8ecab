"""5b, alternating offers: shares, the outside option principle, the limit of short intervals."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    LIMIT,
    Section,
    conjunction,
    equality,
    equilibrium_claims,
    iff,
    lemma_claims,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.alternating_offers import AlternatingOffers
from gametheory_eeu.models.alternating_offers.model import BOTH_MAY_QUIT, MEMBER_MAY_QUIT
from gametheory_eeu.models.asymmetric_bargaining import AsymmetricBargaining

SECTION = Section("5b", "AlternatingOffers", Source("L", "Rubinstein1982"))
_OPTION = Source("L", "ShakedSutton1984")


@SECTION.proposition("proposer-share", "equilibrium")
def proposer_share() -> Iterator[Claim]:
    """The proposer gets (1 - d2)/(1 - d1 d2) in the one subgame perfect equilibrium: the bounds on
    all its equilibrium shares are fixed points of one contraction.
    """
    game = AlternatingOffers()
    s = game.symbols
    share = (1 - s.d_2) / (1 - s.d_1 * s.d_2)
    yield Claim.of(equality(game.proposer_share, share), game.space, "without an option")
    yield from lemma_claims(AlternatingOffers.lemmas())
    yield from equilibrium_claims(AlternatingOffers().general.solve(MEMBER_MAY_QUIT))
    yield from sign_claims(share, [s.d_1 >= 0, s.d_1 < 1, s.d_2 > 0, s.d_2 < 1], d_1="+", d_2="-")


@SECTION.proposition("outside-option-principle", "ordering", source=_OPTION)
def outside_option() -> Iterator[Claim]:
    """A quit option w2 <= 1 of the responder matters iff w2 > d2(1 - d1)/(1 - d1 d2): then the
    proposer gets 1 - w2; at equality both agree.
    """
    game = AlternatingOffers(w_2="w_2")
    s = game.symbols
    share, threshold = (
        game.quantities["proposer_share"].expression,
        s.d_2 * (1 - s.d_1) / (1 - s.d_1 * s.d_2),
    )
    share_without = AlternatingOffers().proposer_share
    yield Claim.of(iff(share < share_without, s.w_2 > threshold), game.space, "when it matters")
    yield Claim.of(
        equality(share, 1 - s.w_2), [game.space, s.w_2 > threshold], "what the proposer gets then"
    )
    tie = [game.space, sp.Eq(s.w_2, threshold)]
    yield Claim.of(equality(1 - s.w_2, share_without), tie, "at equality")


@SECTION.proposition("two-outside-payoffs", "sign", source=_OPTION)
def two_outside_payoffs() -> Iterator[Claim]:
    """The outside payoff of 5a moves the price by 1 - gamma > 0 at once, the quit option of 5b
    moves the member's share not at all until it binds, then one for one.
    """
    game = AlternatingOffers(w_2="w_2")
    s, w = game.symbols, real_symbols("v")
    member_share = 1 - game.quantities["proposer_share"].expression
    threshold = s.d_2 * (1 - s.d_1) / (1 - s.d_1 * s.d_2)
    premises = [game.space, w > s.w_2, w <= 1]
    slack = equality(member_share.subs(s.w_2, w), member_share)
    yield Claim.of(slack, [*premises, w <= threshold], "idle")
    binding = equality(member_share.subs(s.w_2, w) - member_share, w - s.w_2)
    yield Claim.of(binding, [*premises, s.w_2 >= threshold], "binding")
    deal = AsymmetricBargaining()
    price = deal.quantities["transfer"].expression
    yield from sign_claims(price, deal.space, o="+")


@SECTION.proposition("both-may-quit", "existence", source=Source("L", "PonsatiSakovics1998"))
def both_may_quit() -> Iterator[Claim]:
    """If both may quit after a rejection there is a continuum of subgame perfect equilibria."""
    game = AlternatingOffers().general
    solutions = game.solve(BOTH_MAY_QUIT)
    yield from equilibrium_claims(solutions)
    family = solutions["continuum"]
    (x,) = family.free
    s = game.symbols
    low, high = game._effective_discounts[1] * (1 - s.w_1 / game._effective_discounts[0]), 1 - s.w_2
    premises = [
        game.space,
        family.condition,
        game._effective_discounts[0] > 0,
        s.w_1 + s.w_2 < low + s.w_1,
    ]
    yield Claim.of(1 - low < high, premises, "more than one share")
    interval = sp.And(x >= 1 - low, x < high)
    yield Claim.of(iff(family.where, interval), [game.space, family.condition], "any share between")


@SECTION.proposition("short-intervals", "ordering", LIMIT,
                     source=Source("L", "BinmoreRubinsteinWolinsky1986"))  # fmt: skip
def short_intervals() -> Iterator[Claim]:
    """The asymmetric Nash weights are the limit of short intervals with d = exp(-rho interval).

    The hegemon's share is A/B with A = 1 - exp(-rh), B = 1 - exp(-sh), r the member's urgency and s
    the sum of both. From x - x^2/2 <= 1 - exp(-x) <= x the share is within rh of r/s = 1 - gamma
    while sh <= 1: for every margin the interval margin/r is short enough.
    """
    x, E, A, B, h, r, s, margin = real_symbols("x E A B h r s eta")
    domain = [x >= 0, E > 0, E <= 1]  # E is exp(-x)
    yield Claim.of(1 - E >= 0, domain, "x - (1 - E) is 0 at x = 0, and does not fall")
    yield Claim.of(x - (1 - E) >= 0, [*domain, E >= 1 - x], "nor does E - (1 - x + x^2/2) rise")
    bounds = [A >= r * h - (r * h) ** 2 / 2, A <= r * h, B >= s * h - (s * h) ** 2 / 2, B <= s * h]
    premises = [h > 0, r > 0, r < s, s * h <= 1]
    yield Claim.of(A / B - r / s <= r * h, [*bounds, *premises], "not above by more than rh")
    yield Claim.of(A / B - r / s >= -r * h, [*bounds, *premises], "nor below")
    yield Claim.of(
        r * h <= margin, [*premises, margin > 0, h <= margin / r], "hence within any margin"
    )
    expansion = AlternatingOffers.short_intervals()
    rho_H, rho_i = (sp.Symbol(name, real=True) for name in ("rho_H", "rho_i"))
    rates = [rho_H > 0, rho_i > 0]
    yield Claim.of(
        equality(expansion.limit, 1 - rho_H / (rho_H + rho_i)), rates, "the series agrees"
    )
    in_unit_interval = conjunction(rho_i / (rho_H + rho_i) > 0, rho_i / (rho_H + rho_i) < 1)
    yield Claim.of(in_unit_interval, rates, "a weight")
