"""3b, participation: the bill of offers one by one, the potential, and doing without a member."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    ANY_N,
    BY_INDUCTION,
    EXAMPLE,
    SIZES,
    Section,
    equality,
    iff,
    implication,
    real_symbols,
)
from gametheory_eeu.models.participation import Participation
from gametheory_eeu.models.participation.propositions import SymbolicNetwork, pairs

SECTION = Section("3b", "Participation", Source("L", "BernsteinWinter2012"))
_SEGAL = Source("L", "Segal2003")


@SECTION.proposition("order-free-bill", "identity", sizes=SIZES)
def order_free_bill(n: int) -> Iterator[Claim]:
    """With n members, all of whom must be paid even when last, the bill depends on no order iff
    beta is symmetric, and then it is sum theta - nP - sum_{i<j} beta_ij.

    Two orders that differ by a swap of neighbours differ by beta_ij - beta_ji; an order says of
    each pair which of the two comes first.
    """
    m = SymbolicNetwork(n)
    floor_premises = [m.P <= m.reluctance(i, m.positions) for i in m.positions]
    offers = m.game.bill(m.game.players).offers
    offer_formula = [m.reluctance(i, range(i)) - m.P for i in m.positions]
    for i in m.positions:
        constraints = [
            c for c in m.space.constraints if c.free_symbols <= floor_premises[i].free_symbols
        ]
        equation = equality(offers[i], offer_formula[i])
        yield Claim.of(equation, [*constraints, floor_premises[i]], f"no floor binds for {i + 1}")
    order_symbols = {
        symmetric_pair: real_symbols(f"x_{symmetric_pair[0] + 1}_{symmetric_pair[1] + 1}")
        for symmetric_pair in pairs(n)
    }
    gains = sp.Add(
        *(
            x * m.game.gain(j, i) + (1 - x) * m.game.gain(i, j)
            for (i, j), x in order_symbols.items()
        )
    )
    symmetry = {m.game.gain(j, i): m.game.gain(i, j) for i, j in pairs(n)}
    total = sp.Add(*m.game.resistances) - n * m.P
    bill_formula = total - sp.Add(*(m.game.gain(i, j) for i, j in pairs(n)))
    ordered_bill = (total - gains).xreplace(symmetry)
    yield Claim.of(
        equality(ordered_bill, bill_formula), m.space, "symmetric: the same in every order"
    )
    swapped_bill = [m.reluctance(1, ()) + m.reluctance(0, (1,)), *m.game.resistances[2:]]
    original_bill = [m.reluctance(0, ()) + m.reluctance(1, (0,)), *m.game.resistances[2:]]
    equal_bills = equality(sp.Add(*swapped_bill), sp.Add(*original_bill))
    symmetric_pair = equality(m.game.gain(0, 1), m.game.gain(1, 0))
    yield Claim.of(iff(equal_bills, symmetric_pair), m.space, "only if: swap the first two")
    game_bill = m.game.order_free_bill.xreplace(symmetry)
    yield Claim.of(equality(game_bill, bill_formula), m.space, "symmetric: the game's own")


@SECTION.proposition("order-free-bill-every-n", "identity", BY_INDUCTION)
def order_free_bill_every_n() -> Iterator[Claim]:
    """The same for every number of members.

    Any order comes from any other by swaps of neighbours, each of which changes the bill by
    beta_ij - beta_ji; and with a symmetric beta the formula gains what the bill does, member by
    member. B is what the new one gains from those before, equally what they gain from it.
    """
    bill, formula, theta, P, B, beta_ij, beta_ji, earlier_gains = real_symbols(
        "bill formula theta P B beta_ij beta_ji C"
    )
    change = (theta - P - earlier_gains - beta_ji) - (theta - P - earlier_gains)
    back = (theta - P - earlier_gains - beta_ij) - (theta - P - earlier_gains)
    yield Claim.of(
        iff(equality(back, change), equality(beta_ij, beta_ji)), (), "a swap of neighbours"
    )
    yield Claim.of(equality(theta - P, theta - P - 0), (), "base: one member")
    step = equality(bill + theta - P - B, formula + theta - P - B)
    yield Claim.of(step, [sp.Eq(bill, formula)], "step: one more member")


@SECTION.proposition("order-free-iff-symmetric", "false")
def floors_bind() -> Iterator[Claim]:
    """False: "the bill is order-free iff beta is symmetric". Where a floor binds symmetry is
    neither sufficient (P = 1, theta = (4, 2), beta symmetric 2: bills 3 and 2) nor necessary
    (theta = (2, 2), beta_12 = 2, beta_21 = 3: 1 and 1). With two members to be paid when last it is
    both.
    """
    m = SymbolicNetwork(2)
    bill_12, bill_21 = (
        m.game.bill(order).total for order in (m.game.players, m.game.players[::-1])
    )
    equal_bills, symmetric = (
        equality(bill_12, bill_21),
        equality(m.game.gain(0, 1), m.game.gain(1, 0)),
    )
    names = [s.name for s in m.space.symbols]
    point = dict.fromkeys(names, 0)
    sufficiency_point = {**point, "P": 1, "theta_1": 4, "theta_2": 2, "beta_1_2": 2, "beta_2_1": 2}
    yield Claim.refutation(
        implication(symmetric, equal_bills),
        m.space,
        "naive: sufficient",
        fails_at=sufficiency_point,
    )
    necessity_point = {**point, "P": 1, "theta_1": 2, "theta_2": 2, "beta_1_2": 2, "beta_2_1": 3}
    yield Claim.refutation(
        implication(equal_bills, symmetric), m.space, "naive: necessary", fails_at=necessity_point
    )
    floor_premises = [m.P <= m.reluctance(i, m.positions) for i in m.positions]
    yield Claim.of(iff(equal_bills, symmetric), [m.space, *floor_premises], "corrected")
    for (t, b), bills in ((((4, 2), (2, 2)), (3, 2)), (((2, 2), (2, 3)), (1, 1))):
        rows = [[0, b[0]], [b[1], 0]]
        game = Participation(hegemon_power=1, resistance=list(t), complementarity=rows)
        for order, amount in zip(
            (("1", "2"), ("2", "1")), sorted(bills, reverse=True), strict=True
        ):
            label = f"theta = {t}: order {', '.join(order)}"
            yield Claim.of(_amount_claim(game, order, amount, bills), (), label)


def _amount_claim(
    game: Participation, order: tuple[str, ...], amount: int, bills: tuple[int, int]
) -> Boolean:
    total = game.bill(order).total
    return equality(total, amount) if bills[0] == bills[1] else sp.Or(
        equality(total, bills[0]), equality(total, bills[1]), evaluate=False)  # fmt: skip


@SECTION.proposition("uniform-bill", "ordering", ANY_N)
def uniform_bill() -> Iterator[Claim]:
    """The cheapest bill one by one is at most the uniform one, n max(0, P_abs - P): in the greedy
    order each is paid max(0, what it asks - P), and asks for at most P_abs.
    """
    demand, absolute, P, total, count, offer = real_symbols("asks P_abs P paid n u")
    premises = [demand <= absolute]
    yield Claim.of(sp.Max(0, demand - P) <= sp.Max(0, absolute - P), premises, "each offer")
    yield Claim.of(sp.Ge(0, 0 * offer, evaluate=False), [offer >= 0], "base: nobody is paid")
    step = total + offer <= (count + 1) * sp.Max(0, absolute - P)
    step_premises = [
        total <= count * sp.Max(0, absolute - P),
        offer <= sp.Max(0, absolute - P),
        count >= 0,
    ]
    yield Claim.of(step, step_premises, "step: one more is paid")
    equivalence = iff(P + offer >= absolute, offer >= absolute - P)
    yield Claim.of(equivalence, [offer >= 0], "the same offer to all acts like power")


@SECTION.proposition("uniform-bill-largest-offer", "false", EXAMPLE)
def largest_offer() -> Iterator[Claim]:
    """False: "the uniform offer is the largest of the cheapest order". With P = 1,
    theta = (3, 11, 7), rows of beta (0, 1, 1), (0, 0, 3), (1, 4, 0) a uniform offer of
    P_abs - P = 7 suffices, and every cheapest order pays somebody 10.
    """
    rows = [[0, 1, 1], [0, 0, 3], [1, 4, 0]]
    game = Participation(hegemon_power=1, resistance=[3, 11, 7], complementarity=rows)
    yield Claim.of(equality(game.absolute_threshold - 1, 7), (), "corrected: the uniform offer")
    bills = {order: game.bill(order) for order in permutations(game.players)}
    minimum = game.bill().total
    for order, bill in bills.items():
        largest = sp.Max(*bill.offers)
        dear_claim = sp.Or(
            sp.Gt(bill.total, minimum, evaluate=False), equality(largest, 10), evaluate=False
        )
        yield Claim.of(dear_claim, (), f"order {', '.join(order)}: dearer, or it pays somebody 10")
        not_cheaper = sp.Ge(bill.total, minimum, evaluate=False)
        yield Claim.of(not_cheaper, (), f"order {', '.join(order)}: not cheaper")
    cheapest = next(bill for bill in bills.values() if bill.total == minimum)
    naive = equality(sp.Max(*cheapest.offers), game.absolute_threshold - 1)
    yield Claim.refutation(naive, (), fails_at={})


@SECTION.proposition("potential", "identity", sizes=SIZES, source=_SEGAL)
def potential(n: int) -> Iterator[Claim]:
    """With n members and a symmetric beta, sum_S(P - theta_i) + sum_{i<j in S} beta_ij changes by a
    member's own payoff when it joins: a potential.
    """
    m = SymbolicNetwork(n)
    x = real_symbols(f"x1:{n + 1}")
    value = sp.Add(*(x[i] * (m.P - m.game.resistances[i]) for i in m.positions)) + sp.Add(
        *(x[i] * x[j] * m.game.gain(i, j) for i, j in pairs(n))
    )
    symmetric = [equality(m.game.gain(i, j), m.game.gain(j, i)) for i, j in pairs(n)]
    for i in dict.fromkeys((0, n - 1)):
        change = value.subs(x[i], 1) - value.subs(x[i], 0)
        joining_payoff = (
            m.P - m.reluctance(i, ()) + sp.Add(*(x[j] * m.game.gain(i, j) for j in m.positions))
        )
        yield Claim.of(
            equality(change, joining_payoff), [m.space, *symmetric], f"member {i + 1} joins"
        )


@SECTION.proposition("without-a-member", "ordering", sizes=SIZES, source=_SEGAL)
def without_a_member(n: int) -> Iterator[Claim]:
    """P_abs without i is lower than with all n members iff theta_i - sum_j beta_ij exceeds it.

    i is the last number, d what it asks for when all others have joined, A the threshold of the
    others, numbered by their best order: every order takes at least d, and A then i takes max(A,
    d).
    """
    m = SymbolicNetwork(n)
    i, d = n - 1, m.reluctance(n - 1, range(n - 1))
    yield Claim.of(
        m.partial_reluctance(i, m.positions) >= d,
        m.gains(i, m.positions),
        "every order takes at least d",
    )
    threshold_without = sp.Max(*(m.reluctance(j, range(j)) for j in range(i)))
    yield Claim.of(
        equality(m.cost(), sp.Max(threshold_without, d)), m.space, "the others' best order, then i"
    )
    yield from _exclusion_claims()
    if n == 3:
        pair_threshold = SymbolicNetwork(2).game.absolute_threshold
        threshold = m.game.absolute_threshold
        claim = iff(pair_threshold < threshold, d > pair_threshold)
        yield Claim.of(claim, m.space, "and directly")


@SECTION.proposition("without-a-member-every-n", "ordering", ANY_N, source=_SEGAL)
def without_a_member_every_n() -> Iterator[Claim]:
    """The same for every number of members: with P_abs = T at least d, at most max(A, d)."""
    d, missing, demand, beta = real_symbols("d missing asks beta")
    yield Claim.of(
        demand >= d, [sp.Eq(demand, d + missing), missing >= 0], "every order takes at least d"
    )
    yield Claim.of(missing + beta >= 0, [missing >= 0, beta >= 0], "step: one more is missing")
    yield from _exclusion_claims()


def _exclusion_claims() -> Iterator[Claim]:
    T, A, d = real_symbols("T A d")
    yield Claim.of(iff(T > A, d > A), [d <= T, sp.Le(T, sp.Max(A, d))], "hence")
