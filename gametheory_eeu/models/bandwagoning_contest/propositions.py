"""3a, the contest: thresholds, all pure equilibria, and comparative statics of the thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    EXAMPLE,
    Section,
    conjunction,
    equality,
    iff,
    implication,
    lemma_claims,
    real_symbols,
    rounds_to,
    sign_claims,
)
from gametheory_eeu.models.bandwagoning_contest import BandwagoningContest

SECTION = Section(
    "3a", "BandwagoningContest", Source("M", "Fiammenghi2011", "after it and Powell (1999)")
)
_POINT = {"c": "1/4", "R": 1, "w": 1, "n": 2, "tau": "1/2", "lam": "3/4", "P": 1, "P_max": 1}


class _Contest:
    """The symbolic contest of equal members: its costs and thresholds."""

    def __init__(self) -> None:
        self.game = BandwagoningContest()
        s = self.game.symbols
        self.s, self.space, self.total = s, self.game.space, s.n * s.w
        quantities = self.game.quantities
        self.joining = quantities["joining_threshold"].expression
        self.absolute = quantities["absolute_threshold"].expression
        self.has_real_roots = quantities["balancing_threshold"].exists_when
        self.low = quantities["balancing_threshold"].expression
        self.high = quantities["upper_balancing_threshold"].expression
        self.join, self.wait = self.cost("Join"), self.cost("Wait")

    def cost(self, action: str, balancing: Any = 0, weight: Any = None) -> Expr:
        """The cost of an action to a member, given the weight that balances."""
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
    yield Claim.of(iff(equality(m.join, m.wait), equality(m.s.P, m.joining)), m.space)


@SECTION.proposition("absolute-threshold", "ordering")
def absolute_threshold() -> Iterator[Claim]:
    """Strictly above P_abs Join beats even the grand balancing coalition, hence every coalition."""
    m, x = _Contest(), real_symbols("x")
    yield Claim.of(iff(m.join < m.all_balance, m.s.P > m.absolute), m.space)
    smaller_coalition = m.cost("Balance", x) >= m.all_balance
    yield Claim.of(
        smaller_coalition, [m.space, x > 0, x <= m.total], "a smaller coalition costs more"
    )


@SECTION.proposition("balancing-roots", "ordering")
def balancing_roots() -> Iterator[Claim]:
    """A member rather balances with all than waits exactly between P_rel and P_hi.

    They are real and positive iff lam(W - w) >= c(sqrt(R + w) + sqrt(R + W))^2, which fails for
    n = 1, and their product is (R + w)(R + W).
    """
    m = _Contest()
    s, x = m.s, real_symbols("x")
    between_roots = conjunction(m.low <= s.P, s.P <= m.high)
    space = Space.of(m.space, m.has_real_roots)
    yield Claim.of(iff(m.all_balance <= m.wait, between_roots), space, "between the roots")
    yield Claim.of(implication(m.all_balance <= m.wait, m.has_real_roots), m.space, "only if real")
    u, v = real_symbols("u v")  # the roots of R + w and of R + W
    root_definitions = [u > 0, v > 0, sp.Eq(u**2, s.R + s.w), sp.Eq(v**2, s.R + m.total)]
    bound = s.lam * (m.total - s.w) >= s.c * (u + v) ** 2
    yield Claim.of(iff(m.has_real_roots, bound), [m.space, *root_definitions], "when they are real")
    yield Claim.of(sp.Not(bound), [m.space, *root_definitions, sp.Eq(s.n, 1)], "never for n = 1")
    product = (s.R + s.w) * (s.R + m.total)
    quadratic = m.game.quantities["balancing_threshold"].implicit
    unknown, equation = quadratic.unknown, quadratic.equation  # type: ignore[union-attr]
    reciprocal_value = equation.subs(unknown, product / x)
    vieta = implication(equality(equation.subs(unknown, x), 0), equality(reciprocal_value, 0))
    yield Claim.of(vieta, [m.space, x > 0], "with x, (R + w)(R + W)/x is a root")
    yield Claim.of(conjunction(m.low > 0, m.low <= m.high), space, "positive")


@SECTION.proposition("all-equilibria-equal-weights", "equilibrium")
def equal_weights() -> Iterator[Claim]:
    """Every pure equilibrium of n >= 2 members of equal weight is one of these.

    All-Wait iff P <= P_J; all-Join iff P >= P_J; at P = P_J every Join/Wait profile; all-Balance
    iff the roots are real and P_rel <= P <= min(P_hi, P_abs). There are no others.
    """
    m, k = _Contest(), real_symbols("k")
    s, premises = m.s, [m.space, m.s.n >= 2]
    lone_cost = m.cost("Balance", s.w)
    wait_optimal = conjunction(m.wait <= m.join, m.wait <= lone_cost)
    yield Claim.of(iff(wait_optimal, s.P <= m.joining), premises, "all-Wait")
    join_optimal = conjunction(m.join <= m.wait, m.join <= lone_cost)
    yield Claim.of(iff(join_optimal, s.P >= m.joining), premises, "all-Join")
    balance_optimal = conjunction(m.all_balance <= m.join, m.all_balance <= m.wait)
    interval = conjunction(m.low <= s.P, s.P <= m.high, s.P <= m.absolute)
    yield Claim.of(
        implication(balance_optimal, m.has_real_roots), premises, "all-Balance: real roots"
    )
    yield Claim.of(
        iff(balance_optimal, interval), [*premises, m.has_real_roots], "all-Balance: where"
    )
    tie_optimal = conjunction(
        join_optimal, wait_optimal
    )  # what a joiner owes, and one who waits: neither's cost has k
    split_premises = [*premises, k >= 1, k <= s.n - 1]
    yield Claim.of(
        iff(tie_optimal, equality(s.P, m.joining)), split_premises, "k join and n - k wait"
    )
    yield from lemma_claims(BandwagoningContest.lemmas())


@SECTION.proposition("soft-dominance", "ordering")
def soft_dominance() -> Iterator[Claim]:
    """If P_J < P_abs then P_rel < P_J < P_abs < P_hi; between P_J and P_abs both all-Join and
    all-Balance are equilibria.
    """
    m = _Contest()
    s = m.s
    balancing_preferred = m.all_balance < m.wait  # strictly between the roots: see balancing-roots
    at_joining = [m.space, equality(m.join, m.wait), m.all_balance < m.join]
    yield Claim.of(
        balancing_preferred, at_joining, "P_J lies strictly between the roots if P_J < P_abs"
    )
    at_absolute = [m.space, equality(m.join, m.all_balance), m.join < m.wait]
    yield Claim.of(
        balancing_preferred, at_absolute, "P_abs lies strictly between the roots if P_J < P_abs"
    )
    equivalence = iff(m.all_balance < m.join, s.P < m.absolute)
    yield Claim.of(equivalence, m.space, "below P_abs balancing with all beats Join")
    premises = [m.space, m.join <= m.wait, m.all_balance <= m.join]  # P_J <= P <= P_abs
    lone_cost = m.cost("Balance", s.w)
    yield Claim.of(conjunction(m.join <= m.wait, m.join <= lone_cost), premises, "all-Join")
    balance_optimal = conjunction(m.all_balance <= m.join, m.all_balance <= m.wait)
    yield Claim.of(balance_optimal, premises, "all-Balance")


@SECTION.proposition("strict-dominance", "ordering")
def strict_dominance() -> Iterator[Claim]:
    """Join is strictly dominant iff P > max(P_abs, P_J)."""
    m, z = _Contest(), real_symbols("z")
    s = m.s
    dominant = conjunction(m.join < m.wait, m.join < m.all_balance)
    above = sp.And(s.P > m.absolute, s.P > m.joining)
    yield Claim.of(iff(dominant, above), m.space, "against the worst that others may do")
    premises = [m.space, z >= 0, z <= m.total - s.w]
    worst_case = m.cost("Balance", s.w + z) >= m.all_balance
    yield Claim.of(worst_case, premises, "which is that all of them balance")


@SECTION.proposition("no-coexistence", "equilibrium")
def unequal_weights() -> Iterator[Claim]:
    """With unequal weights Join and Balance never coexist, nobody balances alone, and the profile
    without balancers always exists: i joins iff P >= P_J,i, else waits, either at the tie.
    """
    m = _Contest()
    x = real_symbols("x")
    coexistence, lone_balancer, _ = BandwagoningContest.lemmas()
    yield from lemma_claims((coexistence, lone_balancer))
    premises, wait_cost = [m.space, x > 0], m.cost("Wait", weight=x)
    yield Claim.of(
        wait_cost < m.cost("Balance", x, x), premises, "to balance alone is worse than to wait"
    )
    own_threshold = m.s.tau * (m.s.R + x) / (m.s.lam - m.s.tau)
    yield Claim.of(iff(m.join <= wait_cost, m.s.P >= own_threshold), premises, "i joins or waits")


@SECTION.proposition("lightest-balance", "equilibrium")
def lightest_balance() -> Iterator[Claim]:
    """With unequal weights nobody waits while a member as light balances, or a heavier one: those
    who balance are the lightest, and there is one such set for each weight.
    """
    _, _, lighter_waiter = BandwagoningContest.lemmas()
    yield from lemma_claims((lighter_waiter,))


@SECTION.proposition("unequal-example", "equilibrium", EXAMPLE)
def unequal_example() -> Iterator[Claim]:
    """At P = 63/20, R = 7/5, w = (3, 3, 10), c = 1/20, tau = 13/40, lam = 23/40 both all-Wait and
    Balance/Balance/Wait are equilibria.
    """
    costs = {"c": "1/20", "tau": "13/40", "lam": "23/40"}
    game = BandwagoningContest(P="63/20", R="7/5", w=[3, 3, 10], **costs)
    for profile in (("Wait",) * 3, ("Balance", "Balance", "Wait")):
        actions = dict(zip(game.players, profile, strict=True))
        for member in game.players:
            payoff = game.payoff(actions, member)
            for action in game.actions:
                deviation_payoff = game.payoff({**actions, member: action}, member)
                claim = sp.Ge(payoff, deviation_payoff, evaluate=False)
                yield Claim.of(claim, (), f"{'/'.join(profile)}, {member}: {action} gains nothing")


@SECTION.proposition("absolute-threshold-signs", "sign")
def absolute_signs() -> Iterator[Claim]:
    """P_abs rises in R, in the weights and in tau, and falls in c and in lam."""
    m, total = _Contest(), real_symbols("W")
    threshold = m.absolute.subs(m.s.n, total / m.s.w)
    directions = {"R": "+", "W": "+", "tau": "+", "c": "-", "lam": "-"}
    yield from sign_claims(sp.cancel(threshold), [m.space, total > 0], **directions)
    yield from sign_claims(m.absolute, m.space, w="+", n="+")


@SECTION.proposition("joining-threshold-signs", "sign")
def joining_signs() -> Iterator[Claim]:
    """P_J rises in R, in the member's weight and in tau, and falls in lam."""
    m = _Contest()
    yield from sign_claims(m.joining, m.space, R="+", w="+", tau="+", lam="-")


@SECTION.proposition("absolute-above-joining", "false")
def absolute_above_joining() -> Iterator[Claim]:
    """False: "P_abs exceeds P_J always". It does iff
    (tau - c)(lam - tau)(R + W) > tau(lam - tau + c)(R + w).
    """
    m = _Contest()
    s, claim = m.s, m.absolute > m.joining
    yield Claim.refutation(claim, m.space, fails_at=_POINT)
    left = (s.tau - s.c) * (s.lam - s.tau) * (s.R + m.total)
    right = s.tau * (s.lam - s.tau + s.c) * (s.R + s.w)
    yield Claim.of(iff(claim, left > right), m.space, "corrected")


@SECTION.proposition("absolute-rises-in-balancing-cost", "false")
def absolute_and_balancing_cost() -> Iterator[Claim]:
    """False: "P_abs rises in c". It falls everywhere."""
    m = _Contest()
    slope = sp.factor(sp.diff(m.absolute, m.s.c))
    yield Claim.refutation(slope > 0, m.space, fails_at=_POINT)
    yield Claim.of(slope < 0, m.space, "corrected")


@SECTION.proposition("absolute-below-joining-example", "equilibrium", EXAMPLE)
def absolute_below_joining() -> Iterator[Claim]:
    """With R = w = 1, n = 6, c = 1/20, tau = .89, lam = .9: P_rel = .173, P_hi = 80.83,
    P_abs = 98, P_J = 178, and at P = 5 both all-Wait and all-Balance are equilibria.
    """
    game = BandwagoningContest(R=1, w=1, n=6, c="1/20", tau="89/100", lam="9/10")
    yield Claim.of(rounds_to(game.balancing_threshold, "0.173"), (), "P_rel")
    yield Claim.of(rounds_to(game.upper_balancing_threshold, "80.83"), (), "P_hi")
    yield Claim.of(equality(game.absolute_threshold, 98), (), "P_abs")
    yield Claim.of(equality(game.joining_threshold, 178), (), "P_J")
    example = game.at(P=5)
    balancing_weight = {"Join": 0, "Wait": 0, "Balance": 6}
    costs = {
        action: example.cost(action, 1, balancers).subs(example.values)
        for action, balancers in balancing_weight.items()
    }
    lone_cost = example.cost("Balance", 1, 1).subs(example.values)
    for deviation in ("Join", "Wait"):
        claim = sp.Le(costs["Balance"], costs[deviation], evaluate=False)
        yield Claim.of(claim, (), f"all-Balance: {deviation} gains nothing")
    for name, cost in (("Join", costs["Join"]), ("Balance", lone_cost)):
        claim = sp.Le(costs["Wait"], cost, evaluate=False)
        yield Claim.of(claim, (), f"all-Wait: {name} gains nothing")


@SECTION.proposition("example", "value", EXAMPLE)
def example() -> Iterator[Claim]:
    """With R = 1, w = (1, 1, 1, 1), c = .05, tau = .5, lam = .9: P_rel = .21373795...,
    P_J = 2.5, P_abs = 5.
    """
    game = BandwagoningContest(R=1, w=1, n=4, c="0.05", tau="0.5", lam="0.9")
    yield Claim.of(rounds_to(game.balancing_threshold, "0.21373796"), (), "P_rel")
    yield Claim.of(equality(game.joining_threshold, sp.Rational(5, 2)), (), "P_J")
    yield Claim.of(equality(game.absolute_threshold, 5), (), "P_abs")
