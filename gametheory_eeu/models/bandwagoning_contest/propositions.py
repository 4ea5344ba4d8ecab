"""3a, the contest: thresholds, all pure equilibria, and how the thresholds move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import (
    EXAMPLE,
    Section,
    about,
    all_of,
    equal,
    iff,
    only_if,
    proved,
    real,
    signs,
)
from gametheory_eeu.models.bandwagoning_contest import BandwagoningContest

SECTION = Section(
    "3a", "BandwagoningContest", Source("M", "Fiammenghi2011", "after it and Powell (1999)")
)
_POINT = {"c": "1/4", "R": 1, "w": 1, "n": 2, "tau": "1/2", "lam": "3/4", "P": 1, "P_max": 1}


class _Contest:
    """The contest of equal members, and what the propositions are about."""

    def __init__(self) -> None:
        self.game = BandwagoningContest()
        s = self.game.symbols
        self.s, self.space, self.total = s, self.game.space, s.n * s.w
        found = self.game.quantities
        self.joining = found["joining_threshold"].expression
        self.absolute = found["absolute_threshold"].expression
        self.roots_real = found["balancing_threshold"].exists_when
        self.low = found["balancing_threshold"].expression
        self.high = found["upper_balancing_threshold"].expression
        self.join, self.wait = self.cost("Join"), self.cost("Wait")

    def cost(self, action: str, balancing: Any = 0, weight: Any = None) -> Expr:
        """What an action costs a member when this weight balances."""
        return self.game.cost(action, self.s.w if weight is None else weight, balancing)

    @property
    def all_balance(self) -> Expr:
        """The cost of balancing with everybody."""
        return self.cost("Balance", self.total)


@SECTION.proposition("joining-threshold", "ordering")
def joining_threshold() -> Iterator[Claim]:
    """A member prefers Join to Wait strictly above P_J, and is indifferent at it."""
    m = _Contest()
    yield Claim.of(iff(m.join < m.wait, m.s.P > m.joining), m.space)
    yield Claim.of(iff(equal(m.join, m.wait), equal(m.s.P, m.joining)), m.space)


@SECTION.proposition("absolute-threshold", "ordering")
def absolute_threshold() -> Iterator[Claim]:
    """Strictly above P_abs Join beats even the grand balancing coalition, hence every coalition."""
    m, x = _Contest(), real("x")
    yield Claim.of(iff(m.join < m.all_balance, m.s.P > m.absolute), m.space)
    smaller = m.cost("Balance", x) >= m.all_balance
    yield Claim.of(smaller, [m.space, x > 0, x <= m.total], "a smaller coalition costs more")


@SECTION.proposition("balancing-roots", "ordering")
def balancing_roots() -> Iterator[Claim]:
    """A member rather balances with all than waits exactly between P_rel and P_hi.

    They are real and positive iff lam(W - w) >= c(sqrt(R + w) + sqrt(R + W))^2, which fails for
    n = 1, and their product is (R + w)(R + W).
    """
    m = _Contest()
    s, x = m.s, real("x")
    inside = all_of(m.low <= s.P, s.P <= m.high)
    roots = Space.of(m.space, m.roots_real)
    yield Claim.of(iff(m.all_balance <= m.wait, inside), roots, "between the roots")
    yield Claim.of(only_if(m.all_balance <= m.wait, m.roots_real), m.space, "only if real")
    u, v = real("u v")  # the roots of R + w and of R + W
    named = [u > 0, v > 0, sp.Eq(u**2, s.R + s.w), sp.Eq(v**2, s.R + m.total)]
    bound = s.lam * (m.total - s.w) >= s.c * (u + v) ** 2
    yield Claim.of(iff(m.roots_real, bound), [m.space, *named], "when they are real")
    yield Claim.of(sp.Not(bound), [m.space, *named, sp.Eq(s.n, 1)], "never for n = 1")
    product = (s.R + s.w) * (s.R + m.total)
    quadratic = m.game.quantities["balancing_threshold"].implicit
    unknown, equation = quadratic.unknown, quadratic.equation  # type: ignore[union-attr]
    other = equation.subs(unknown, product / x)
    vieta = only_if(equal(equation.subs(unknown, x), 0), equal(other, 0))
    yield Claim.of(vieta, [m.space, x > 0], "with x, (R + w)(R + W)/x is a root")
    yield Claim.of(all_of(m.low > 0, m.low <= m.high), roots, "positive")


@SECTION.proposition("all-equilibria-equal-weights", "equilibrium")
def equal_weights() -> Iterator[Claim]:
    """Every pure equilibrium of n >= 2 members of equal weight is one of these.

    All-Wait iff P <= P_J; all-Join iff P >= P_J; at P = P_J every Join/Wait profile; all-Balance
    iff the roots are real and P_rel <= P <= min(P_hi, P_abs). There are no others.
    """
    m, k = _Contest(), real("k")
    s, given = m.s, [m.space, m.s.n >= 2]
    alone = m.cost("Balance", s.w)
    waits = all_of(m.wait <= m.join, m.wait <= alone)
    yield Claim.of(iff(waits, s.P <= m.joining), given, "all-Wait")
    joins = all_of(m.join <= m.wait, m.join <= alone)
    yield Claim.of(iff(joins, s.P >= m.joining), given, "all-Join")
    balances = all_of(m.all_balance <= m.join, m.all_balance <= m.wait)
    between = all_of(m.low <= s.P, s.P <= m.high, s.P <= m.absolute)
    yield Claim.of(only_if(balances, m.roots_real), given, "all-Balance: real roots")
    yield Claim.of(iff(balances, between), [*given, m.roots_real], "all-Balance: where")
    both = all_of(joins, waits)  # what a joiner owes, and one who waits: neither's cost has k
    split = [*given, k >= 1, k <= s.n - 1]
    yield Claim.of(iff(both, equal(s.P, m.joining)), split, "k join and n - k wait")
    yield from proved(BandwagoningContest.lemmas())


@SECTION.proposition("soft-dominance", "ordering")
def soft_dominance() -> Iterator[Claim]:
    """If P_J < P_abs then P_rel < P_J < P_abs < P_hi; between P_J and P_abs both all-Join and
    all-Balance are equilibria.
    """
    m = _Contest()
    s = m.s
    rather = m.all_balance < m.wait  # strictly between the roots: see balancing-roots
    at_joining = [m.space, equal(m.join, m.wait), m.all_balance < m.join]
    yield Claim.of(rather, at_joining, "P_J lies strictly between the roots if P_J < P_abs")
    at_absolute = [m.space, equal(m.join, m.all_balance), m.join < m.wait]
    yield Claim.of(rather, at_absolute, "P_abs lies strictly between the roots if P_J < P_abs")
    meaning = iff(m.all_balance < m.join, s.P < m.absolute)
    yield Claim.of(meaning, m.space, "below P_abs balancing with all beats Join")
    soft = [m.space, m.join <= m.wait, m.all_balance <= m.join]  # P_J <= P <= P_abs
    alone = m.cost("Balance", s.w)
    yield Claim.of(all_of(m.join <= m.wait, m.join <= alone), soft, "all-Join")
    both = all_of(m.all_balance <= m.join, m.all_balance <= m.wait)
    yield Claim.of(both, soft, "all-Balance")


@SECTION.proposition("strict-dominance", "ordering")
def strict_dominance() -> Iterator[Claim]:
    """Join is strictly dominant iff P > max(P_abs, P_J)."""
    m, z = _Contest(), real("z")
    s = m.s
    dominant = all_of(m.join < m.wait, m.join < m.all_balance)
    above = sp.And(s.P > m.absolute, s.P > m.joining)
    yield Claim.of(iff(dominant, above), m.space, "against the worst that others may do")
    others = [m.space, z >= 0, z <= m.total - s.w]
    worst = m.cost("Balance", s.w + z) >= m.all_balance
    yield Claim.of(worst, others, "which is that all of them balance")


@SECTION.proposition("no-coexistence", "equilibrium")
def unequal_weights() -> Iterator[Claim]:
    """With unequal weights Join and Balance never coexist, nobody balances alone, and the profile
    without balancers always exists: i joins iff P >= P_J,i, else waits, either at the tie.
    """
    m = _Contest()
    x = real("x")
    coexist, alone, _ = BandwagoningContest.lemmas()
    yield from proved((coexist, alone))
    given, wait = [m.space, x > 0], m.cost("Wait", weight=x)
    yield Claim.of(wait < m.cost("Balance", x, x), given, "to balance alone is worse than to wait")
    own = m.s.tau * (m.s.R + x) / (m.s.lam - m.s.tau)
    yield Claim.of(iff(m.join <= wait, m.s.P >= own), given, "i joins or waits")


@SECTION.proposition("lightest-balance", "equilibrium")
def lightest_balance() -> Iterator[Claim]:
    """With unequal weights nobody waits while a member as light balances, or a heavier one: those
    who balance are the lightest, and there is one such set for each weight.
    """
    _, _, lighter = BandwagoningContest.lemmas()
    yield from proved((lighter,))


@SECTION.proposition("unequal-example", "equilibrium", EXAMPLE)
def unequal_example() -> Iterator[Claim]:
    """At P = 63/20, R = 7/5, w = (3, 3, 10), c = 1/20, tau = 13/40, lam = 23/40 both all-Wait and
    Balance/Balance/Wait are equilibria.
    """
    costs = {"c": "1/20", "tau": "13/40", "lam": "23/40"}
    game = BandwagoningContest(P="63/20", R="7/5", w=[3, 3, 10], **costs)
    for profile in (("Wait",) * 3, ("Balance", "Balance", "Wait")):
        plan = dict(zip(game.players, profile, strict=True))
        for member in game.players:
            got = game.payoff(plan, member)
            for action in game.actions:
                other = game.payoff({**plan, member: action}, member)
                claim = sp.Ge(got, other, evaluate=False)
                yield Claim.of(claim, (), f"{'/'.join(profile)}, {member}: {action} gains nothing")


@SECTION.proposition("absolute-threshold-signs", "sign")
def absolute_signs() -> Iterator[Claim]:
    """P_abs rises in R, in the weights and in tau, and falls in c and in lam."""
    m, total = _Contest(), real("W")
    of_total = m.absolute.subs(m.s.n, total / m.s.w)
    directions = {"R": "+", "W": "+", "tau": "+", "c": "-", "lam": "-"}
    yield from signs(sp.cancel(of_total), [m.space, total > 0], **directions)
    yield from signs(m.absolute, m.space, w="+", n="+")


@SECTION.proposition("joining-threshold-signs", "sign")
def joining_signs() -> Iterator[Claim]:
    """P_J rises in R, in the member's weight and in tau, and falls in lam."""
    m = _Contest()
    yield from signs(m.joining, m.space, R="+", w="+", tau="+", lam="-")


@SECTION.proposition("absolute-above-joining", "false")
def absolute_above_joining() -> Iterator[Claim]:
    """False: "P_abs exceeds P_J always". It does iff
    (tau - c)(lam - tau)(R + W) > tau(lam - tau + c)(R + w).
    """
    m = _Contest()
    s, claim = m.s, m.absolute > m.joining
    yield Claim.denied(claim, m.space, fails_at=_POINT)
    left = (s.tau - s.c) * (s.lam - s.tau) * (s.R + m.total)
    right = s.tau * (s.lam - s.tau + s.c) * (s.R + s.w)
    yield Claim.of(iff(claim, left > right), m.space, "corrected")


@SECTION.proposition("absolute-rises-in-balancing-cost", "false")
def absolute_and_balancing_cost() -> Iterator[Claim]:
    """False: "P_abs rises in c". It falls everywhere."""
    m = _Contest()
    slope = sp.factor(sp.diff(m.absolute, m.s.c))
    yield Claim.denied(slope > 0, m.space, fails_at=_POINT)
    yield Claim.of(slope < 0, m.space, "corrected")


@SECTION.proposition("absolute-below-joining-example", "equilibrium", EXAMPLE)
def absolute_below_joining() -> Iterator[Claim]:
    """With R = w = 1, n = 6, c = 1/20, tau = .89, lam = .9: P_rel = .173, P_hi = 80.83,
    P_abs = 98, P_J = 178, and at P = 5 both all-Wait and all-Balance are equilibria.
    """
    game = BandwagoningContest(R=1, w=1, n=6, c="1/20", tau="89/100", lam="9/10")
    yield Claim.of(about(game.balancing_threshold, "0.173"), (), "P_rel")
    yield Claim.of(about(game.upper_balancing_threshold, "80.83"), (), "P_hi")
    yield Claim.of(equal(game.absolute_threshold, 98), (), "P_abs")
    yield Claim.of(equal(game.joining_threshold, 178), (), "P_J")
    at = game.at(P=5)
    balancing = {"Join": 0, "Wait": 0, "Balance": 6}
    own = {action: at.cost(action, 1, all_).subs(at.values) for action, all_ in balancing.items()}
    alone = at.cost("Balance", 1, 1).subs(at.values)
    for other in ("Join", "Wait"):
        claim = sp.Le(own["Balance"], own[other], evaluate=False)
        yield Claim.of(claim, (), f"all-Balance: {other} gains nothing")
    for name, cost in (("Join", own["Join"]), ("Balance", alone)):
        claim = sp.Le(own["Wait"], cost, evaluate=False)
        yield Claim.of(claim, (), f"all-Wait: {name} gains nothing")


@SECTION.proposition("example", "value", EXAMPLE)
def example() -> Iterator[Claim]:
    """With R = 1, w = (1, 1, 1, 1), c = .05, tau = .5, lam = .9: P_rel = .21373795...,
    P_J = 2.5, P_abs = 5.
    """
    game = BandwagoningContest(R=1, w=1, n=4, c="0.05", tau="0.5", lam="0.9")
    yield Claim.of(about(game.balancing_threshold, "0.21373796"), (), "P_rel")
    yield Claim.of(equal(game.joining_threshold, sp.Rational(5, 2)), (), "P_J")
    yield Claim.of(equal(game.absolute_threshold, 5), (), "P_abs")
