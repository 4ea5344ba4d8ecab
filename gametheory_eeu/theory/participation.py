"""3b, participation: its three thresholds, orders of joining, bills, and who may be left out.

Members are numbered by the order in question, which is no loss: relabelling them is a bijection of
the parameters. What a member gains from a set of others lies between nothing and all they give,
pair by pair: what holds for every such gain holds for every set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.games import Participation
from gametheory_eeu.model import Claim
from gametheory_eeu.space import Source
from gametheory_eeu.theory.writing import (
    ANY_N,
    EVERY_N,
    EXAMPLE,
    SIZES,
    Section,
    all_of,
    equal,
    iff,
    only_if,
    real,
)

SECTION = Section("3b", "Participation", Source("L", "Segal2003"))
_BILLS = Source("L", "BernsteinWinter2012")


class _Network:
    """Members with a complementarity for each pair, in the game's own symbols."""

    def __init__(self, n: int) -> None:
        self.game = Participation.on_network(members=n)
        self.n, self.everyone = n, range(n)
        self.space, self.P = self.game.space, self.game.symbols.P
        self.gained: tuple[Symbol, ...] = real(f"y1:{n + 1}")

    def reluctance(self, i: int, joined: Iterable[int]) -> Expr:
        """The power at which a member joins when these have."""
        return self.game.resistances[i] - self.game.gains(i, joined)

    def among(self, i: int, others: Iterable[int]) -> Expr:
        """The same when some of the others have, whichever."""
        return self.game.resistances[i] - sp.Add(*(self.gained[j] for j in others if j != i))

    def cost(self) -> Expr:
        """What all joining takes in the order 1, 2, ..., n."""
        return sp.Max(*(self.reluctance(i, range(i)) for i in self.everyone))

    def gains(self, i: int, others: Iterable[int]) -> list[Boolean]:
        """What i gains from each of the others lies between nothing and what it gives."""
        pairs = ((self.gained[j], self.game.gain(i, j)) for j in others if j != i)
        return [sp.And(y >= 0, y <= most) for y, most in pairs]

    def chosen(self, k: int, j: int) -> list[Boolean]:
        """The greedy order takes k rather than j, once those before k have joined."""
        if k == j:
            return []
        return [self.reluctance(k, range(k)) <= self.reluctance(j, range(k))]


# Thresholds.


@SECTION.proposition("equilibrium-and-dominance", "equilibrium", sizes=SIZES)
def equilibrium_and_dominance(n: int) -> Iterator[Claim]:
    """With n members all-Join is an equilibrium iff P >= P_E = max_i(theta_i - sum_j beta_ij);
    joining is dominant weakly iff P >= P_dom = max theta_i, and strictly iff P > P_dom.
    """
    m = _Network(n)
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
    m = _Network(n)
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
    m = _Network(n)
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
    m = _Network(n)
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
    m = _Network(n)
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


# Bills.


@SECTION.proposition("order-free-bill", "identity", sizes=SIZES, source=_BILLS)
def order_free_bill(n: int) -> Iterator[Claim]:
    """With n members, all of whom must be paid even when last, the bill depends on no order iff
    beta is symmetric, and then it is sum theta - nP - sum_{i<j} beta_ij.

    Two orders that differ by a swap of neighbours differ by beta_ij - beta_ji; an order says of
    each pair which of the two comes first.
    """
    m = _Network(n)
    floors = [m.P <= m.reluctance(i, m.everyone) for i in m.everyone]
    offers = m.game.bill(m.game.players).offers
    plain = [m.reluctance(i, range(i)) - m.P for i in m.everyone]
    for i in m.everyone:
        row = [c for c in m.space.constraints if c.free_symbols <= floors[i].free_symbols]
        binds = equal(offers[i], plain[i])
        yield Claim.of(binds, [*row, floors[i]], f"no floor binds for {i + 1}")
    first = {pair: real(f"x_{pair[0] + 1}_{pair[1] + 1}") for pair in _pairs(n)}
    gains = sp.Add(
        *(x * m.game.gain(j, i) + (1 - x) * m.game.gain(i, j) for (i, j), x in first.items())
    )
    alike = {m.game.gain(j, i): m.game.gain(i, j) for i, j in _pairs(n)}
    total = sp.Add(*m.game.resistances) - n * m.P
    wanted = total - sp.Add(*(m.game.gain(i, j) for i, j in _pairs(n)))
    in_order = (total - gains).xreplace(alike)
    yield Claim.of(equal(in_order, wanted), m.space, "symmetric: the same in every order")
    swapped = [m.reluctance(1, ()) + m.reluctance(0, (1,)), *m.game.resistances[2:]]
    ahead = [m.reluctance(0, ()) + m.reluctance(1, (0,)), *m.game.resistances[2:]]
    same = equal(sp.Add(*swapped), sp.Add(*ahead))
    pair = equal(m.game.gain(0, 1), m.game.gain(1, 0))
    yield Claim.of(iff(same, pair), m.space, "only if: swap the first two")
    own = m.game.order_free_bill.xreplace(alike)
    yield Claim.of(equal(own, wanted), m.space, "symmetric: the game's own")


@SECTION.proposition("order-free-bill-every-n", "identity", EVERY_N, source=_BILLS)
def order_free_bill_every_n() -> Iterator[Claim]:
    """The same for every number of members.

    Any order comes from any other by swaps of neighbours, each of which changes the bill by
    beta_ij - beta_ji; and with a symmetric beta the formula gains what the bill does, member by
    member. B is what the new one gains from those before, equally what they gain from it.
    """
    bill, formula, theta, P, B, one, other, before = real(
        "bill formula theta P B beta_ij beta_ji C"
    )
    change = (theta - P - before - other) - (theta - P - before)
    back = (theta - P - before - one) - (theta - P - before)
    yield Claim.of(iff(equal(back, change), equal(one, other)), (), "a swap of neighbours")
    yield Claim.of(equal(theta - P, theta - P - 0), (), "base: one member")
    added = equal(bill + theta - P - B, formula + theta - P - B)
    yield Claim.of(added, [sp.Eq(bill, formula)], "step: one more member")


@SECTION.proposition("order-free-iff-symmetric", "false", source=_BILLS)
def floors_bind() -> Iterator[Claim]:
    """False: "the bill is order-free iff beta is symmetric". Where a floor binds symmetry is
    neither sufficient (P = 1, theta = (4, 2), beta symmetric 2: bills 3 and 2) nor necessary
    (theta = (2, 2), beta_12 = 2, beta_21 = 3: 1 and 1). With two members to be paid when last it is
    both.
    """
    m = _Network(2)
    one, two = (m.game.bill(order).total for order in (m.game.players, m.game.players[::-1]))
    same, symmetric = equal(one, two), equal(m.game.gain(0, 1), m.game.gain(1, 0))
    names = [s.name for s in m.space.symbols]
    point = dict.fromkeys(names, 0)
    some = {**point, "P": 1, "theta_1": 4, "theta_2": 2, "beta_1_2": 2, "beta_2_1": 2}
    yield Claim.denied(only_if(symmetric, same), m.space, "naive: sufficient", fails_at=some)
    others = {**point, "P": 1, "theta_1": 2, "theta_2": 2, "beta_1_2": 2, "beta_2_1": 3}
    yield Claim.denied(only_if(same, symmetric), m.space, "naive: necessary", fails_at=others)
    floors = [m.P <= m.reluctance(i, m.everyone) for i in m.everyone]
    yield Claim.of(iff(same, symmetric), [m.space, *floors], "corrected")
    for (t, b), bills in ((((4, 2), (2, 2)), (3, 2)), (((2, 2), (2, 3)), (1, 1))):
        rows = [[0, b[0]], [b[1], 0]]
        game = Participation(hegemon_power=1, resistance=list(t), complementarity=rows)
        for order, amount in zip(
            (("1", "2"), ("2", "1")), sorted(bills, reverse=True), strict=True
        ):
            told = f"theta = {t}: order {', '.join(order)}"
            yield Claim.of(_either(game, order, amount, bills), (), told)


def _either(
    game: Participation, order: tuple[str, ...], amount: int, bills: tuple[int, int]
) -> Boolean:
    found = game.bill(order).total
    return equal(found, amount) if bills[0] == bills[1] else sp.Or(
        equal(found, bills[0]), equal(found, bills[1]), evaluate=False)  # fmt: skip


@SECTION.proposition("uniform-bill", "ordering", ANY_N, source=_BILLS)
def uniform_bill() -> Iterator[Claim]:
    """The cheapest bill one by one is at most the uniform one, n max(0, P_abs - P): in the greedy
    order each is paid max(0, what it asks - P), and asks for at most P_abs.
    """
    asks, absolute, P, paid, count, offer = real("asks P_abs P paid n u")
    given = [asks <= absolute]
    yield Claim.of(sp.Max(0, asks - P) <= sp.Max(0, absolute - P), given, "each offer")
    yield Claim.of(sp.Ge(0, 0 * offer, evaluate=False), [offer >= 0], "base: nobody is paid")
    step = paid + offer <= (count + 1) * sp.Max(0, absolute - P)
    so_far = [paid <= count * sp.Max(0, absolute - P), offer <= sp.Max(0, absolute - P), count >= 0]
    yield Claim.of(step, so_far, "step: one more is paid")
    raised = iff(P + offer >= absolute, offer >= absolute - P)
    yield Claim.of(raised, [offer >= 0], "the same offer to all acts like power")


@SECTION.proposition("uniform-bill-largest-offer", "false", EXAMPLE, source=_BILLS)
def largest_offer() -> Iterator[Claim]:
    """False: "the uniform offer is the largest of the cheapest order". With P = 1,
    theta = (3, 11, 7), rows of beta (0, 1, 1), (0, 0, 3), (1, 4, 0) a uniform offer of
    P_abs - P = 7 suffices, and every cheapest order pays somebody 10.
    """
    rows = [[0, 1, 1], [0, 0, 3], [1, 4, 0]]
    game = Participation(hegemon_power=1, resistance=[3, 11, 7], complementarity=rows)
    yield Claim.of(equal(game.absolute_threshold - 1, 7), (), "corrected: the uniform offer")
    bills = {order: game.bill(order) for order in permutations(game.players)}
    least = game.bill().total
    for order, bill in bills.items():
        largest = sp.Max(*bill.offers)
        dear = sp.Or(sp.Gt(bill.total, least, evaluate=False), equal(largest, 10), evaluate=False)
        yield Claim.of(dear, (), f"order {', '.join(order)}: dearer, or it pays somebody 10")
        at_least = sp.Ge(bill.total, least, evaluate=False)
        yield Claim.of(at_least, (), f"order {', '.join(order)}: not cheaper")
    cheapest = next(bill for bill in bills.values() if bill.total == least)
    naive = equal(sp.Max(*cheapest.offers), game.absolute_threshold - 1)
    yield Claim.denied(naive, (), fails_at={})


# Going ahead without a member; the potential.


@SECTION.proposition("without-a-member", "ordering", sizes=SIZES)
def without_a_member(n: int) -> Iterator[Claim]:
    """P_abs without i is lower than with all n members iff theta_i - sum_j beta_ij exceeds it.

    i is the last number, d what it asks for when all others have joined, A the threshold of the
    others, numbered by their best order: every order takes at least d, and A then i takes max(A,
    d).
    """
    m = _Network(n)
    i, d = n - 1, m.reluctance(n - 1, range(n - 1))
    yield Claim.of(
        m.among(i, m.everyone) >= d,
        m.gains(i, m.everyone),
        "every order takes at least d",
    )
    others = sp.Max(*(m.reluctance(j, range(j)) for j in range(i)))
    yield Claim.of(equal(m.cost(), sp.Max(others, d)), m.space, "the others' best order, then i")
    yield from _left_out()
    if n == 3:
        pair = _Network(2).game.absolute_threshold
        whole = m.game.absolute_threshold
        claim = iff(pair < whole, d > pair)
        yield Claim.of(claim, m.space, "and directly")


@SECTION.proposition("without-a-member-every-n", "ordering", ANY_N)
def without_a_member_every_n() -> Iterator[Claim]:
    """The same for every number of members: with P_abs = T at least d, at most max(A, d)."""
    d, missing, asks, beta = real("d missing asks beta")
    yield Claim.of(
        asks >= d, [sp.Eq(asks, d + missing), missing >= 0], "every order takes at least d"
    )
    yield Claim.of(missing + beta >= 0, [missing >= 0, beta >= 0], "step: one more is missing")
    yield from _left_out()


def _left_out() -> Iterator[Claim]:
    T, A, d = real("T A d")
    yield Claim.of(iff(T > A, d > A), [d <= T, sp.Le(T, sp.Max(A, d))], "hence")


@SECTION.proposition("potential", "identity", sizes=SIZES)
def potential(n: int) -> Iterator[Claim]:
    """With n members and a symmetric beta, sum_S(P - theta_i) + sum_{i<j in S} beta_ij changes by a
    member's own payoff when it joins: a potential.
    """
    m = _Network(n)
    x = real(f"x1:{n + 1}")
    value = sp.Add(*(x[i] * (m.P - m.game.resistances[i]) for i in m.everyone)) + sp.Add(
        *(x[i] * x[j] * m.game.gain(i, j) for i, j in _pairs(n))
    )
    symmetric = [equal(m.game.gain(i, j), m.game.gain(j, i)) for i, j in _pairs(n)]
    for i in dict.fromkeys((0, n - 1)):
        change = value.subs(x[i], 1) - value.subs(x[i], 0)
        own = m.P - m.reluctance(i, ()) + sp.Add(*(x[j] * m.game.gain(i, j) for j in m.everyone))
        yield Claim.of(equal(change, own), [m.space, *symmetric], f"member {i + 1} joins")


def _pairs(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i + 1, n)]
