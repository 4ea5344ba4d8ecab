"""3b, participation: what all joining costs when members are paid one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import (
    ANY_N,
    EVERY_N,
    EXAMPLE,
    SIZES,
    Section,
    equal,
    iff,
    only_if,
    real,
)
from gametheory_eeu.models.participation import Participation
from gametheory_eeu.models.participation.propositions_network import Network, pairs

SECTION = Section("3b", "Participation", Source("L", "BernsteinWinter2012"))


@SECTION.proposition("order-free-bill", "identity", sizes=SIZES)
def order_free_bill(n: int) -> Iterator[Claim]:
    """With n members, all of whom must be paid even when last, the bill depends on no order iff
    beta is symmetric, and then it is sum theta - nP - sum_{i<j} beta_ij.

    Two orders that differ by a swap of neighbours differ by beta_ij - beta_ji; an order says of
    each pair which of the two comes first.
    """
    m = Network(n)
    floors = [m.P <= m.reluctance(i, m.everyone) for i in m.everyone]
    offers = m.game.bill(m.game.players).offers
    plain = [m.reluctance(i, range(i)) - m.P for i in m.everyone]
    for i in m.everyone:
        row = [c for c in m.space.constraints if c.free_symbols <= floors[i].free_symbols]
        binds = equal(offers[i], plain[i])
        yield Claim.of(binds, [*row, floors[i]], f"no floor binds for {i + 1}")
    first = {pair: real(f"x_{pair[0] + 1}_{pair[1] + 1}") for pair in pairs(n)}
    gains = sp.Add(
        *(x * m.game.gain(j, i) + (1 - x) * m.game.gain(i, j) for (i, j), x in first.items())
    )
    alike = {m.game.gain(j, i): m.game.gain(i, j) for i, j in pairs(n)}
    total = sp.Add(*m.game.resistances) - n * m.P
    wanted = total - sp.Add(*(m.game.gain(i, j) for i, j in pairs(n)))
    in_order = (total - gains).xreplace(alike)
    yield Claim.of(equal(in_order, wanted), m.space, "symmetric: the same in every order")
    swapped = [m.reluctance(1, ()) + m.reluctance(0, (1,)), *m.game.resistances[2:]]
    ahead = [m.reluctance(0, ()) + m.reluctance(1, (0,)), *m.game.resistances[2:]]
    same = equal(sp.Add(*swapped), sp.Add(*ahead))
    pair = equal(m.game.gain(0, 1), m.game.gain(1, 0))
    yield Claim.of(iff(same, pair), m.space, "only if: swap the first two")
    own = m.game.order_free_bill.xreplace(alike)
    yield Claim.of(equal(own, wanted), m.space, "symmetric: the game's own")


@SECTION.proposition("order-free-bill-every-n", "identity", EVERY_N)
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


@SECTION.proposition("order-free-iff-symmetric", "false")
def floors_bind() -> Iterator[Claim]:
    """False: "the bill is order-free iff beta is symmetric". Where a floor binds symmetry is
    neither sufficient (P = 1, theta = (4, 2), beta symmetric 2: bills 3 and 2) nor necessary
    (theta = (2, 2), beta_12 = 2, beta_21 = 3: 1 and 1). With two members to be paid when last it is
    both.
    """
    m = Network(2)
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


@SECTION.proposition("uniform-bill", "ordering", ANY_N)
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


@SECTION.proposition("uniform-bill-largest-offer", "false", EXAMPLE)
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
