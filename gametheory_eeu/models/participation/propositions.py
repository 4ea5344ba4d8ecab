"""3b, participation: its three thresholds, orders of joining, and where joining tips."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import sympy as sp

from gametheory_eeu._types import Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import ANY_N, EVERY_N, SIZES, Section, all_of, equal, iff, real
from gametheory_eeu.models.participation import Participation
from gametheory_eeu.models.participation.propositions_network import Network

SECTION = Section("3b", "Participation", Source("L", "Segal2003"))


@SECTION.proposition("equilibrium-and-dominance", "equilibrium", sizes=SIZES)
def equilibrium_and_dominance(n: int) -> Iterator[Claim]:
    """With n members all-Join is an equilibrium iff P >= P_E = max_i(theta_i - sum_j beta_ij);
    joining is dominant weakly iff P >= P_dom = max theta_i, and strictly iff P > P_dom.
    """
    m = Network(n)
    asked: tuple[Symbol, ...] = real(f"asked1:{n + 1}")  # what each asks for, by a name of its own
    game, everyone = m.game, m.everyone
    for name, top, joined in (
        ("all-Join", game.equilibrium_threshold, everyone),
        ("dominance", game.dominance_threshold, range(0)),
    ):
        to = {m.reluctance(i, joined): asked[i] for i in everyone}
        each = all_of(*(m.P - x >= 0 for x in asked))
        yield Claim.of(
            iff(each, m.P >= top.xreplace(to)), (), f"{name}: nobody asks for more than P"
        )
        for i in everyone:
            worth = m.P + m.game.gains(i, joined) - m.game.resistances[i]
            same = equal(worth, m.P - m.reluctance(i, joined))
            yield Claim.of(same, (), f"{name}: what joining is worth to {i + 1}")
    strictly = iff(all_of(*(m.P - x > 0 for x in asked)), m.P > sp.Max(*asked))
    yield Claim.of(strictly, (), "dominance: strictly")
    more = m.among(0, m.everyone) <= m.reluctance(0, ())
    yield Claim.of(more, m.gains(0, m.everyone), "others who join only help")


@SECTION.proposition("order-of-thresholds", "ordering", sizes=SIZES)
def order_of_thresholds(n: int) -> Iterator[Claim]:
    """With n members P_E <= P_abs <= P_dom: what all joining takes lies between them in every
    order, hence in the best.
    """
    m = Network(n)
    last = [m.reluctance(i, m.everyone) for i in m.everyone]
    for i in m.everyone:
        turn = m.reluctance(i, range(i))
        yield Claim.of(
            all_of(last[i] <= turn, turn <= m.reluctance(i, ())), m.space, f"member {i + 1}"
        )
    some: tuple[Symbol, ...] = real(f"b1:{n + 1}")
    for one in some:
        less = real("a")
        largest = less <= sp.Max(*some)
        yield Claim.of(largest, [less <= one], f"less than {one} is less than the largest")


@SECTION.proposition("order-of-thresholds-every-n", "ordering", EVERY_N)
def order_of_thresholds_every_n() -> Iterator[Claim]:
    """P_E <= P_abs <= P_dom for every number of members, by induction in the order of joining.

    E, A and M are P_E, what the order takes, and P_dom of the first n; one more member has
    resistance theta, gains B from them, and what it adds to each of them lowers E to F <= E.
    """
    E, A, M, F, theta, B, beta = real("E A M F theta B beta")
    alone = all_of(E <= A, A <= M)
    yield Claim.of(alone, [sp.Eq(x, theta) for x in (E, A, M)], "base: one member")
    one_more = all_of(
        sp.Max(F, theta - B) <= sp.Max(A, theta - B), sp.Max(A, theta - B) <= sp.Max(M, theta)
    )
    yield Claim.of(one_more, [E <= A, A <= M, F <= E, B >= 0], "step: if E <= A <= M")
    yield Claim.of(B + beta >= 0, [B >= 0, beta >= 0], "step: gains stay non-negative")


@SECTION.proposition("greedy", "optimum", sizes=SIZES)
def greedy(n: int) -> Iterator[Claim]:
    """Greedy is exact with n members: if each in turn is the least reluctant, then no order takes
    less. Where greedy takes most, at its k-th member, every other order has a first member j that
    is none of the k - 1 before it, preceded only by some of them: j asks for no less.
    """
    m = Network(n)
    for k in m.everyone:
        for j in dict.fromkeys((k, n - 1)):
            given = [*m.gains(j, range(k)), *m.chosen(k, j)]
            claim = m.among(j, range(k)) >= m.reluctance(k, range(k))
            yield Claim.of(claim, given, f"k = {k + 1}, j = {j + 1}")


@SECTION.proposition("greedy-every-n", "optimum", EVERY_N)
def greedy_every_n() -> Iterator[Claim]:
    """Greedy is exact for every number of members.

    The k-th of the greedy order asks for g when those before it have joined, and j, not among
    them, for no less; in another order only some of them precede j, and what j gains from those
    that are missing, d, is not negative: by induction over them.
    """
    theta, gains, g, d, beta = real("theta gains g d beta")
    yield Claim.of(theta - (gains - d) >= g, [theta - gains >= g, d >= 0], "j asks for no less")
    yield Claim.of(
        sp.Ge(theta - gains, g, evaluate=False), [theta - gains >= g], "base: none is missing"
    )
    yield Claim.of(d + beta >= 0, [d >= 0, beta >= 0], "step: one more is missing")


@SECTION.proposition("only-equilibrium", "equilibrium", sizes=SIZES)
def only_equilibrium(n: int) -> Iterator[Claim]:
    """With n members all-Join is the only equilibrium iff P >= P_abs, where ties join.

    Numbered greedily: at P >= P_abs the first member outside a set joins it; at P < P_abs the
    members before the k-th, where greedy takes most, contain an equilibrium: nobody else joins any
    part of them.
    """
    m = Network(n)
    for k in m.everyone:
        rest = range(k + 1, n)
        wants = m.P >= m.reluctance(k, range(k)) - sp.Add(*(m.gained[j] for j in rest))
        given = [*m.gains(k, rest), m.P >= m.reluctance(k, range(k))]
        yield Claim.of(wants, given, f"{k + 1} is the first outside")
        for j in dict.fromkeys((k, n - 1)):
            below = m.P < m.reluctance(k, range(k))
            low = [*m.gains(j, range(k)), *m.chosen(k, j), below]
            yield Claim.of(
                m.P < m.among(j, range(k)), low, f"{j + 1} stays out of those before {k + 1}"
            )


@SECTION.proposition("absolute-threshold-closed-form", "equilibrium", sizes=(2, 3))
def absolute_threshold(n: int) -> Iterator[Claim]:
    """With n members P_abs = min over orders of max_m(theta - gains from those before) is the
    power from which somebody outside joins every set of joiners.
    """
    m = Network(n)
    orders = [
        sp.Max(*(m.reluctance(i, order[:k]) for k, i in enumerate(order)))
        for order in permutations(m.everyone)
    ]
    yield Claim.of(equal(sp.Min(*orders), m.game.absolute_threshold), m.space)


@SECTION.proposition("uniform-complementarity", "ordering", ANY_N)
def uniform() -> Iterator[Claim]:
    """Uniform complementarity: the least resistant is the least reluctant whoever has joined, so
    P_abs = max_m[theta_(m) - beta(m - 1)/(n - 1)] with resistances sorted; and in an equilibrium
    who joins is less resistant than who stays: at most n + 1 of them, one of each size.
    """
    a, b, beta, P, k, n = real("theta_i theta_j beta P k n")
    given = [beta >= 0, n >= 2, k >= 0, k <= n - 1]
    asks_a, asks_b = a - beta * k / (n - 1), b - beta * k / (n - 1)
    yield Claim.of(iff(asks_a <= asks_b, a <= b), given, "who is next, when k have joined")
    joins = P + beta * (k - 1) / (n - 1) - a >= 0
    stays = P + beta * k / (n - 1) - b < 0
    yield Claim.of(a < b, [*given, k >= 1, joins, stays], "k join: i does, j does not")
    both = Participation(members=3)
    theta = both.resistances
    gain = both.gain(0, 1)
    ranked = sp.Max(*(t - gain * m for m, t in enumerate(theta)))
    sorted_ = [theta[0] <= theta[1], theta[1] <= theta[2]]
    yield Claim.of(
        equal(both.absolute_threshold, ranked), [both.space, *sorted_], "n = 3, the game's own"
    )


@SECTION.proposition("supermodular", "ordering", ANY_N, source=Source("L", "Topkis1990"))
def supermodular() -> Iterator[Claim]:
    """Joining is worth more, the more join: the game is supermodular, so it has a least and a
    greatest equilibrium, and both rise in P and fall in resistance (Topkis; Milgrom and Roberts).
    """
    P, theta, B, beta = real("P theta B beta")
    worth = P + B - theta
    higher, lower = real("P_2 theta_2")
    yield Claim.of(
        worth.subs(B, B + beta) >= worth, [beta >= 0], "increasing differences in others"
    )
    yield Claim.of(worth.subs(P, higher) > worth, [higher > P], "rises in P")
    yield Claim.of(worth.subs(theta, lower) > worth, [lower < theta], "falls in resistance")


@SECTION.proposition("strict-generically", "equilibrium", ANY_N)
def strict() -> Iterator[Claim]:
    """A pure equilibrium is strict unless some member's resistance equals exactly what the others
    and P give it: an equation, which generic parameters do not obey.
    """
    P, theta, B = real("P theta B")
    worth, differs = P + B - theta, sp.Ne(P + B, theta)
    yield Claim.of(worth > 0, [worth >= 0, differs], "who joins")
    yield Claim.of(worth < 0, [worth <= 0, differs], "who stays")


@SECTION.proposition("tipping", "ordering", ANY_N)
def tipping() -> Iterator[Claim]:
    """Members that are alike tip at q* = (theta - P)/beta: joining pays iff more than the share q*
    is expected to join, so the mixed equilibrium is unstable. On a continuum x = F(P + beta x) is a
    tipping point iff beta F' > 1.
    """
    game = Participation()
    s, q = game.symbols, real("q")
    inside = [game.space, s.beta > 0, game.quantities["tipping_share"].exists_when]
    at = game.quantities["tipping_share"].expression
    worth = s.P + s.beta * q - s.theta
    yield Claim.of(iff(worth > 0, q > at), inside, "joining pays above q*")
    yield Claim.of(all_of(at > 0, at < 1), inside, "q* is a probability")
    f = real("f")  # F' at the point
    yield Claim.of(
        iff(s.beta * f - 1 > 0, s.beta * f > 1), [f >= 0, s.beta > 0], "F(P + beta x) - x rises"
    )
