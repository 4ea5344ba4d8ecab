"""5b, alternating offers: shares, when an option counts, and the limit of short intervals."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import (
    LIMIT,
    Section,
    all_of,
    equal,
    iff,
    owed,
    proved,
    real,
    signs,
)
from gametheory_eeu.models.alternating_offers import AlternatingOffers
from gametheory_eeu.models.alternating_offers.model import BOTH_MAY_QUIT, ONE_MAY_QUIT
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
    yield Claim.of(equal(game.proposer_share, share), game.space, "without an option")
    yield from proved(AlternatingOffers.lemmas())
    yield from owed(AlternatingOffers().general.solve(ONE_MAY_QUIT))
    yield from signs(share, [s.d_1 >= 0, s.d_1 < 1, s.d_2 > 0, s.d_2 < 1], d_1="+", d_2="-")


@SECTION.proposition("outside-option-principle", "ordering", source=_OPTION)
def option() -> Iterator[Claim]:
    """A quit option w2 <= 1 of the responder matters iff w2 > d2(1 - d1)/(1 - d1 d2): then the
    proposer gets 1 - w2; at equality both agree.
    """
    game = AlternatingOffers(w_2="w_2")
    s = game.symbols
    share, bound = (
        game.quantities["proposer_share"].expression,
        s.d_2 * (1 - s.d_1) / (1 - s.d_1 * s.d_2),
    )
    without = AlternatingOffers().proposer_share
    yield Claim.of(iff(share < without, s.w_2 > bound), game.space, "when it matters")
    yield Claim.of(
        equal(share, 1 - s.w_2), [game.space, s.w_2 > bound], "what the proposer gets then"
    )
    tie = [game.space, sp.Eq(s.w_2, bound)]
    yield Claim.of(equal(1 - s.w_2, without), tie, "at equality")


@SECTION.proposition("two-outside-payoffs", "sign", source=_OPTION)
def two_outside_payoffs() -> Iterator[Claim]:
    """The outside payoff of 5a moves the price by 1 - gamma > 0 at once, the quit option of 5b
    moves the member's share not at all until it binds, then one for one.
    """
    game = AlternatingOffers(w_2="w_2")
    s, w = game.symbols, real("v")
    member = 1 - game.quantities["proposer_share"].expression
    bound = s.d_2 * (1 - s.d_1) / (1 - s.d_1 * s.d_2)
    higher = [game.space, w > s.w_2, w <= 1]
    idle = equal(member.subs(s.w_2, w), member)
    yield Claim.of(idle, [*higher, w <= bound], "idle")
    binds = equal(member.subs(s.w_2, w) - member, w - s.w_2)
    yield Claim.of(binds, [*higher, s.w_2 >= bound], "binding")
    deal = AsymmetricBargaining()
    price = deal.quantities["transfer"].expression
    yield from signs(price, deal.space, o="+")


@SECTION.proposition("both-may-quit", "existence", source=Source("L", "PonsatiSakovics1998"))
def both() -> Iterator[Claim]:
    """If both may quit after a rejection there is a continuum of subgame perfect equilibria."""
    game = AlternatingOffers().general
    solutions = game.solve(BOTH_MAY_QUIT)
    yield from owed(solutions)
    family = solutions["continuum"]
    (x,) = family.free
    s = game.symbols
    low, high = game._waits[1] * (1 - s.w_1 / game._waits[0]), 1 - s.w_2
    room = [game.space, family.condition, game._waits[0] > 0, s.w_1 + s.w_2 < low + s.w_1]
    yield Claim.of(1 - low < high, room, "more than one share")
    between = sp.And(x >= 1 - low, x < high)
    yield Claim.of(iff(family.where, between), [game.space, family.condition], "any share between")


@SECTION.proposition("short-intervals", "ordering", LIMIT,
                     source=Source("L", "BinmoreRubinsteinWolinsky1986"))  # fmt: skip
def short_intervals() -> Iterator[Claim]:
    """The asymmetric Nash weights are the limit of short intervals with d = exp(-rho interval).

    The hegemon's share is A/B with A = 1 - exp(-rh), B = 1 - exp(-sh), r the member's urgency and s
    the sum of both. From x - x^2/2 <= 1 - exp(-x) <= x the share is within rh of r/s = 1 - gamma
    while sh <= 1: for every margin the interval margin/r is short enough.
    """
    x, E, A, B, h, r, s, margin = real("x E A B h r s eta")
    tail = [x >= 0, E > 0, E <= 1]  # E is exp(-x)
    yield Claim.of(1 - E >= 0, tail, "x - (1 - E) is 0 at x = 0, and does not fall")
    yield Claim.of(x - (1 - E) >= 0, [*tail, E >= 1 - x], "nor does E - (1 - x + x^2/2) rise")
    known = [A >= r * h - (r * h) ** 2 / 2, A <= r * h, B >= s * h - (s * h) ** 2 / 2, B <= s * h]
    small = [h > 0, r > 0, r < s, s * h <= 1]
    yield Claim.of(A / B - r / s <= r * h, [*known, *small], "not above by more than rh")
    yield Claim.of(A / B - r / s >= -r * h, [*known, *small], "nor below")
    yield Claim.of(
        r * h <= margin, [*small, margin > 0, h <= margin / r], "hence within any margin"
    )
    found = AlternatingOffers.short_intervals()
    first, second = (sp.Symbol(name, real=True) for name in ("rho_H", "rho_i"))
    rates = [first > 0, second > 0]
    yield Claim.of(equal(found.limit, 1 - first / (first + second)), rates, "the series agrees")
    less = all_of(second / (first + second) > 0, second / (first + second) < 1)
    yield Claim.of(less, rates, "a weight")
