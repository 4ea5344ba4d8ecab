"""Participation's published and known values, and the naive claims that fail."""

from fractions import Fraction
from itertools import permutations

import pytest
import sympy as sp

import gametheory_eeu as eeu


def riot(thresholds: range) -> eeu.Game:
    """Granovetter's crowd: each acts once so many others have; power only shifts resistance."""
    n = len(thresholds)
    resistance = [others + 1 for others in thresholds]
    return eeu.Participation(hegemon_power=1, resistance=resistance, complementarity=n - 1)


def test_granovetter_thresholds_0_to_99_all_riot() -> None:
    """gran100. Granovetter (1978): one joins after another until all 100 have."""
    game = riot(range(100))
    cascade = game.cascade()
    assert cascade.sizes == tuple(range(101))
    assert game.least_equilibrium().size == 100
    assert game.solve().names == ("all-Join",)


def test_granovetter_without_a_first_mover_nobody_riots() -> None:
    """gran_empty: thresholds 1..100."""
    game = riot(range(1, 101))
    assert game.cascade().sizes == (0,)
    assert game.greatest_equilibrium().size == 0


def test_granovetter_one_threshold_changed() -> None:
    """Granovetter (1978): replace the one with threshold 1 by one with 2, and one person riots."""
    resistance = [1, 3, *range(3, 101)]
    game = eeu.Participation(P=1, resistance=resistance, complementarity=99)
    assert game.least_equilibrium().size == 1


def test_largest_equilibrium() -> None:
    """sm_hi."""
    game = eeu.Participation(hegemon_power=1, resistance=[1, 2, 3, 4], complementarity=3)
    assert game.greatest_equilibrium().size == 4
    assert (game.equilibrium_threshold, game.absolute_threshold) == (1, 1)


def test_just_below_the_equilibrium_threshold() -> None:
    """sm_below: nobody joins at P = 0.99, the only equilibrium."""
    game = eeu.Participation(hegemon_power=0.99, resistance=[1, 2, 3, 4], complementarity=3)
    assert game.equilibrium_sizes("both").sizes.tolist() == [0]
    assert game.solve("Nash").names == ("none-Join",)


def test_floors_break_order_freedom_although_symmetric() -> None:
    """THEORY 3b, counterexample: beta symmetric 2, P = 1, theta = (4, 2): bills 3 and 2."""
    game = eeu.Participation(P=1, resistance=[4, 2], complementarity=[[0, 2], [2, 0]])
    assert [game.bill(order).total for order in (["1", "2"], ["2", "1"])] == [3, 2]
    assert game.order_free == sp.false


def test_floors_make_bills_equal_although_asymmetric() -> None:
    """THEORY 3b, counterexample: beta_12 = 2, beta_21 = 3, theta = (2, 2): 1 and 1."""
    game = eeu.Participation(P=1, resistance=[2, 2], complementarity=[[0, 2], [3, 0]])
    assert [game.bill(order).total for order in (["1", "2"], ["2", "1"])] == [1, 1]


def test_a_uniform_offer_is_not_the_largest_discriminating_one() -> None:
    """THEORY 3b: 7 suffices, and every cheapest order pays somebody 10."""
    rows = [[0, 1, 1], [0, 0, 3], [1, 4, 0]]
    game = eeu.Participation(P=1, resistance=[3, 11, 7], complementarity=rows)
    assert game.absolute_threshold - 1 == 7
    bills = [game.bill(order) for order in permutations(game.players)]
    cheapest = min(bill.total for bill in bills)
    assert game.bill().total == cheapest
    assert all(max(b.offers) == 10 for b in bills if b.total == cheapest)


def test_claim_9_low_resistance_joins_first_fails_with_unequal_complementarity() -> None:
    """THEORY, claim 9: P = 1, theta = (1, 3, 2.5), beta_21 = beta_32 = 2."""
    pairs = {("1", "2"): 0, ("2", "1"): 2, ("3", "2"): 2}
    game = eeu.Participation(P=1, resistance=[1, 3, 2.5], complementarity=pairs)
    assert game.cascade().rounds == (("1",), ("2",), ("3",))  # 2 before 3, who resists less


def test_claim_9_holds_with_equal_complementarity() -> None:
    """Who resists less wants to join whenever who resists more does."""
    game = eeu.Participation(members=2)
    s = game.symbols
    others = sp.Symbol("k", real=True)
    low, high = s.theta
    proof = eeu.prove(
        sp.Implies(s.P + s.beta * others >= high, s.P + s.beta * others >= low),
        given=[game.space, low <= high],
    )
    assert proof.verdict == "proved"


@pytest.mark.parametrize("n", [2, 3])
def test_bills_are_order_free_iff_symmetric_where_no_floor_binds(n: int) -> None:
    """THEORY 3b, for all parameters, by exchanging the first two in the order."""
    game = eeu.Participation.on_network(members=n)
    s = game.symbols
    floors = [sp.Le(s.P, t - game.gains(i, range(n))) for i, t in enumerate(s.theta)]
    ahead, behind = (game.bill(order).total for order in (game.players, exchanged(game.players)))
    symmetric = sp.Eq(game.gain(0, 1), game.gain(1, 0))
    plain = [total.replace(sp.Max, sp.Add) for total in (ahead, behind)]
    same = sp.Eq(sp.expand(plain[0] - plain[1]), 0)
    assert (
        eeu.prove(sp.Equivalent(same, symmetric), given=[game.space, *floors]).verdict == "proved"
    )


def exchanged(names: tuple[str, ...]) -> tuple[str, ...]:
    return (names[1], names[0], *names[2:])


@pytest.mark.parametrize("n", [2, 3])
def test_the_thresholds_are_in_order(n: int) -> None:
    """P_E <= P_abs <= P_dom, for all parameters."""
    game = eeu.Participation.on_network(members=n)
    for low, high in (("equilibrium", "absolute"), ("absolute", "dominance")):
        below, above = (getattr(game, f"{name}_threshold") for name in (low, high))
        assert eeu.prove(below <= above, given=game.space).verdict == "proved"


def test_going_ahead_without_a_member_for_two_of_three() -> None:
    """P_abs without i is lower iff theta_i - sum beta_ij > P_abs without i; here both ways."""
    game = eeu.Participation.from_article("2013")
    left = game.without("Ukraine")
    assert left.lowers
    assert left.demands > left.without == sp.Rational(9, 5)
    assert not game.without("Belarus").lowers


def test_value_of_bilateralism_for_members_that_are_alike() -> None:
    """With theta - beta >= P, one by one saves n beta / 2: half of all complementarity."""
    game = eeu.Participation()
    s = game.symbols
    assert game.value_of_bilateralism == s.n * s.beta / 2
    at = game.at(theta=5, beta=2, n=4, P=Fraction(1, 2))
    assert at.order_free_bill == 14
    few = eeu.Participation(resistance=[5] * 4, beta=2, P="1/2").bill()
    assert (few.total, few.value_of_bilateralism) == (14, 4)


def test_plain_nash_keeps_every_set_at_a_tie() -> None:
    """THEORY 3b: up to 2^n equilibria at beta = 0 under plain Nash, one where ties join."""
    game = eeu.Participation(P=2, resistance=[2, 2, 2], complementarity=0)
    assert len(game.solve("Nash")) == 8
    assert game.solve().names == ("all-Join",)
