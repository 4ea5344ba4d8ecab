"""Voting power: published bodies, brute force, other formulas, and everything it refuses."""

import pickle
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import combinations, permutations
from math import comb, factorial

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    TooLargeError,
    UnknownNameError,
)
from gametheory_eeu.models.voting_body import VotingBody as V
from gametheory_eeu.solvers import counts

R = sp.Rational
Chambers = list[tuple[list[int], int]]
SECURITY_COUNCIL = V([7] * 5 + [1] * 10, 39)
EEC_1958 = V({"G": 4, "F": 4, "I": 4, "B": 2, "N": 2, "L": 1}, 12)
EEC_1973 = V([10, 10, 10, 10, 5, 5, 3, 3, 2], 41)
NASSAU_1958, NASSAU_1964 = V([9, 9, 7, 3, 1, 1], 16), V([31, 31, 28, 21, 2, 2], 58)


# Published values.


def test_security_council() -> None:
    """Shapley and Shubik (1954), with 15 members Felsenthal and Machover (1998)."""
    five, ten = [R(421, 2145)] * 5, [R(4, 2145)] * 10
    assert SECURITY_COUNCIL.shapley_shubik == five + ten
    assert SECURITY_COUNCIL.banzhaf == [R(106, 635)] * 5 + [R(21, 1270)] * 10
    assert SECURITY_COUNCIL.winning_coalitions == 848
    assert SECURITY_COUNCIL.veto_members == ("1", "2", "3", "4", "5")


def test_eec_of_six() -> None:
    """Brams and Affuso (1976): Luxembourg was a dummy."""
    assert EEC_1958.banzhaf == [R(5, 21)] * 3 + [R(1, 7)] * 2 + [0]
    assert EEC_1958.shapley_shubik == [R(7, 30)] * 3 + [R(3, 20)] * 2 + [0]
    assert EEC_1958.dummies == ("L",)
    assert EEC_1958.power_to_act == R(14, 64)


def test_eec_of_nine() -> None:
    """Felsenthal and Machover (1998), in percent: 17.86 8.10 5.71 0.95; 16.72 9.15 6.62 1.58."""
    shapley = [R(5, 28)] * 4 + [R(17, 210)] * 2 + [R(2, 35)] * 2 + [R(1, 105)]
    banzhaf = [R(53, 317)] * 4 + [R(29, 317)] * 2 + [R(21, 317)] * 2 + [R(5, 317)]
    assert EEC_1973.shapley_shubik == shapley
    assert EEC_1973.banzhaf == banzhaf
    percent = [round(100 * float(x), 2) for x in (*shapley[::2], *banzhaf[::2])]
    assert set(percent) == {17.86, 8.1, 5.71, 0.95, 16.72, 9.15, 6.62, 1.58}
    assert EEC_1973.dummies == ()


@pytest.mark.parametrize("body", [NASSAU_1958, NASSAU_1964], ids=["1958", "1964"])
def test_nassau_county(body: V) -> None:
    """Banzhaf (1965): any two of three decide, the others' votes never matter."""
    thirds = [R(1, 3)] * 3 + [0] * 3
    assert body.banzhaf == body.shapley_shubik == thirds
    assert body.absolute_banzhaf == body.power_to_prevent == [R(1, 2)] * 3 + [0] * 3
    assert body.dummies == ("4", "5", "6")


def test_commission() -> None:
    """Five states of two votes: majority of states, two thirds, consensus."""
    for quota in range(1, 11):
        body = V([2] * 5, quota)
        assert body.shapley_shubik == body.banzhaf == [R(1, 5)] * 5
    prevention = {6: R(3, 8), 7: R(2, 3), 8: R(2, 3), 10: R(1)}
    for quota, power in prevention.items():
        assert V([2] * 5, quota).power_to_prevent == [power] * 5


def test_the_largest_vote_is_not_the_largest_power() -> None:
    """Coleman (1971): to prevent and to initiate differ; one vote more may be a dictator's."""
    body = V({"A": 50, "B": 49, "C": 1}, 51)
    assert body.power_to_prevent == {"A": 1, "B": R(1, 3), "C": R(1, 3)}
    assert body.power_to_initiate == {"A": R(3, 5), "B": R(1, 5), "C": R(1, 5)}
    assert (body.dictator, V({"A": 51, "B": 49}, 51).dictator) == (None, "A")


# Other routes.


def wins(coalition: object, chambers: Chambers) -> bool:
    chosen = list(coalition)  # type: ignore[call-overload]
    return all(sum(votes[i] for i in chosen) >= quota for votes, quota in chambers)


def brute_force(chambers: Chambers) -> dict[str, object]:
    """Every power from its definition, over all coalitions."""
    n = len(chambers[0][0])
    winning = [set(c) for k in range(n + 1) for c in combinations(range(n), k) if wins(c, chambers)]
    swings = [[c for c in winning if i in c and not wins(c - {i}, chambers)] for i in range(n)]
    counts = list(map(len, swings))
    orders = [sum(Fraction(factorial(len(c) - 1) * factorial(n - len(c)), factorial(n)) for c in s)
              for s in swings]  # fmt: skip
    return {
        "winning_coalitions": len(winning),
        "shapley_shubik": orders,
        "banzhaf": [Fraction(c, sum(counts)) for c in counts],
        "absolute_banzhaf": [Fraction(c, 2 ** (n - 1)) for c in counts],
        "power_to_act": Fraction(len(winning), 2**n),
        "power_to_prevent": [Fraction(c, len(winning)) for c in counts],
        "power_to_initiate": [Fraction(c, 2**n - len(winning)) for c in counts],
        "proper": not any(wins(set(range(n)) - c, chambers) for c in winning),
    }


def random_chambers(rng: random.Random, n: int, count: int) -> Chambers:
    """Votes with ties, zeros where there are several chambers, and any attainable quota."""
    while True:
        lists = [[rng.randint(count == 1, 6) for _ in range(n)] for _ in range(count)]
        if all(map(any, zip(*lists, strict=True))) and all(map(sum, lists)):
            return [(votes, rng.randint(1, sum(votes))) for votes in lists]


def body_of(chambers: Chambers) -> V:
    if len(chambers) == 1:
        return V(*chambers[0])
    names = [f"chamber {i}" for i in range(len(chambers))]
    votes, quotas = zip(*chambers, strict=True)
    return V(dict(zip(names, votes, strict=True)), dict(zip(names, quotas, strict=True)))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_brute_force(count: int, rng: random.Random) -> None:
    sizes = [*range(1, 8)] * 4 + [12]
    for n in sizes:
        chambers = random_chambers(rng, n, count)
        body = body_of(chambers)
        for name, expected in brute_force(chambers).items():
            assert getattr(body, name) == expected, (chambers, name)


def test_orders_one_by_one(rng: random.Random) -> None:
    """Shapley and Shubik's own definition: who turns a losing coalition into a winning one."""
    for n in (2, 3, 4, 5, 6):
        ((votes, quota),) = random_chambers(rng, n, 1)
        pivots = [0] * n
        for order in permutations(range(n)):
            turned = next(k for k in range(n) if sum(votes[i] for i in order[: k + 1]) >= quota)
            pivots[order[turned]] += 1
        assert V(votes, quota).shapley_shubik == [Fraction(p, factorial(n)) for p in pivots]


def test_multilinear_extension(rng: random.Random) -> None:
    """Owen (1972): Shapley and Shubik's index integrates over p, Banzhaf's is at p = 1/2."""
    p, x = sp.symbols("p x")
    for n in (3, 6, 9):
        ((votes, quota),) = random_chambers(rng, n, 1)
        body = V(votes, quota)
        for i in range(n):
            others = [v for j, v in enumerate(votes) if j != i]
            product = reduce(lambda a, w: sp.expand(a * (1 - p + p * x**w)), others, sp.Integer(1))
            turning = [product.coeff(x, k) for k in range(max(0, quota - votes[i]), quota)]
            density = sp.expand(sum(turning))
            assert body.shapley_shubik[i] == sp.integrate(density, (p, 0, 1))
            assert body.absolute_banzhaf[i] == density.subs(p, R(1, 2))


def test_a_dual_body_and_one_in_other_units_have_the_same_indices(rng: random.Random) -> None:
    for _ in range(10):
        ((votes, quota),) = random_chambers(rng, 6, 1)
        body, dual = V(votes, quota), V(votes, sum(votes) - quota + 1)
        assert body.shapley_shubik == dual.shapley_shubik
        assert body.swings == dual.swings
        assert body.power_to_prevent == dual.power_to_initiate
        in_thirds = V([Fraction(v, 3) for v in votes], Fraction(quota, 3))
        assert in_thirds.shapley_shubik == body.shapley_shubik
        assert in_thirds.power_to_act == body.power_to_act


def test_two_hundred_members_are_exact() -> None:
    """Of equal votes the formulas are known: C(n-1, k-1) swings at a quota of k members."""
    n, k = 200, 120
    body = V([300] * n, 300 * k - 7)
    assert body.swings["17"] == comb(n - 1, k - 1)
    assert body.shapley_shubik == [R(1, n)] * n
    rng = random.Random(1)
    votes = [rng.randint(100, 300) for _ in range(n)]
    unequal = V(votes, 21000)
    assert sum(unequal.banzhaf) == 1
    ordered = sorted(zip(votes, unequal.absolute_banzhaf, strict=True))
    assert [power for _, power in ordered] == sorted(unequal.absolute_banzhaf)


def test_shapley_shubik_of_many_members_sums_to_one() -> None:
    rng = random.Random(1)
    votes = [rng.randint(20, 60) for _ in range(200)]
    assert sum(V(votes, 4300).shapley_shubik) == 1


def test_double_majority_of_27() -> None:
    """The rule of the EU, populations in millions as of 2021: most states with most people."""
    people = [83, 68, 59, 47, 38, 19, 18, 12, 11, 11, 11, 10, 10, 10, 9, 7, 6, 6, 5, 5, 4, 3, 2, 2,
              1, 1, 1]  # fmt: skip
    quota = {"states": 15, "people": R(65, 100) * sum(people)}
    body = V({"states": [1] * 27, "people": people}, quota)
    assert sum(body.shapley_shubik) == sum(body.banzhaf) == 1
    assert body.proper
    assert list(body.banzhaf) == sorted(body.banzhaf, reverse=True)
    two_tests = [V([1] * 27, 15), V(people, quota["people"])]
    assert body.power_to_act < min(each.power_to_act for each in two_tests)


# Masking.


def test_masking() -> None:
    body = V([2] * 5, 7, members=["H", "A", "B", "C", "D"])
    m, *gammas = body.space.symbols
    assert body.at(m=0).effective_power == [R(1, 5)] * 5
    assert sp.expand(sum(body.effective_power)) == 1
    hegemon = body.at(bargaining_weight="3/10").effective_power["H"]
    assert sp.expand(hegemon - ((1 - m) / 5 + m * R(7, 10))) == 0
    at_all = body.at(masking=1, gamma=["1/2", "1/4", "1/4", "1/4"])
    assert at_all.effective_power["A"] == R(1, 8)
    assert at_all.at(masking=m) == body.at(gamma=["1/2", "1/4", "1/4", "1/4"])
    assert len(gammas) == 4
    assert V([1], 1).effective_power == [1]


def test_masking_helps_the_hegemon_iff_weights_are_low() -> None:
    rows = V([2] * 3, 4).comparative_statics()
    found = {(r.quantity, r.parameter.symbol.name): (r.sign, r.verdict) for r in rows}
    assert found["1", "gamma_2"] == ("<=0", "proved")
    assert found["2", "gamma_2"] == (">=0", "proved")
    assert found["1", "m"][1] == "depends"
    where = V([2] * 3, 4).comparative_statics("1", "m")[0].condition
    g2, g3 = sp.symbols("gamma_2 gamma_3", real=True)
    mean_below = (g2 + g3) / 2 < 1 - R(1, 3)
    assert eeu.equivalent(where, mean_below, given=V([2] * 3, 4).space).verdict == "proved"


# Reading.


def test_names_and_places() -> None:
    by_list = V([4, 4, 4, 2, 2, 1], 12, members=["G", "F", "I", "B", "N", "L"])
    assert by_list == EEC_1958
    assert by_list.banzhaf["B"] == by_list.banzhaf[3] == R(1, 7)
    assert dict(by_list.banzhaf.items()) == by_list.banzhaf
    assert by_list.quantities["banzhaf.B"].source.reference == "Banzhaf1965"
    assert by_list.quantities["power_to_act"].value == R(7, 32)


def test_results_can_be_kept_and_drawn() -> None:
    body = EEC_1958.at(masking="1/4", bargaining_weight="1/2")
    assert pickle.loads(pickle.dumps(body)) == body  # noqa: S301 - its own bytes
    assert len(body.plot().axes) == 2
    assert "[12; 4, 4, 4, 2, 2, 1]" in str(body)
    assert repr(V([1, 1], 2).banzhaf) == "<Banzhaf index: 1: 1/2, 2: 1/2>"
    assert len(EEC_1958.plot().axes) == 1
    assert list(body.to_dataframe()["member"]) == list(body.members)


def test_a_body_that_is_not_proper_says_so() -> None:
    assert "can both win" in str(V([1, 1, 1], 1))
    assert [V([2, 2], q).proper for q in (1, 2, 3)] == [False, False, True]
    assert V([3, 3, 3], 4).proper  # a half is 4 1/2, and nobody has it
    assert V([5, 1, 1], 3).proper  # below a half, yet the rest has too few


# Refusals.

BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "unattainable": (lambda: V([1, 2], 4), ParameterError, "at most 3.*Nobody can reach it"),
    "unattainable in one chamber": (
        lambda: V({"a": [1, 2], "b": [1, 1]}, {"a": 1, "b": 3}), ParameterError, "quota of b"),
    "no quota": (lambda: V([1, 2], 0), ParameterError, "quota = 0"),
    "a negative quota": (lambda: V([1, 2], -1), ParameterError, "quota = -1"),
    "a symbol": (lambda: V([1, sp.Symbol("x")], 1), ParameterError, "votes.2.*a number"),
    "no votes": (lambda: V([1, 0], 1), ParameterError, r"votes\.2 = 0"),
    "negative votes": (lambda: V({"A": 1, "B": -1}, 1), ParameterError, r"votes\.B = -1"),
    "no votes in any chamber": (
        lambda: V({"a": [1, 0], "b": [1, 0]}, {"a": 1, "b": 1}), ParameterError, "Leave it out"),
    "nobody": (lambda: V([], 1), ParameterError, "at least one member"),
    "text": (lambda: V("abc", 1), ParameterError, "votes = 'abc'"),
    "one list for two chambers": (
        lambda: V([1, 1], {"a": 1, "b": 1}), ParameterError, "names of chambers"),
    "a chamber too few": (
        lambda: V({"a": [1, 1]}, {"a": 1, "b": 1}), UnknownNameError, "'b'"),
    "a chamber too many": (
        lambda: V({"a": [1, 1], "b": [1, 1]}, {"a": 1}), UnknownNameError, "'b'"),
    "lists that differ": (
        lambda: V({"a": [1, 1], "b": [1]}, {"a": 1, "b": 1}), ParameterError, "2 numbers"),
    "too few names": (lambda: V([1, 1], 1, members=["A"]), ParameterError, "one for each of A"),
    "a stranger": (lambda: V([1, 1], 1, hegemon="X"), UnknownNameError, "'X'"),
    "masking": (lambda: V([1, 1], 1, masking=2), ParameterError, "masking = 2"),
    "a weight of the hegemon": (
        lambda: V({"A": 1, "B": 1}, 1, bargaining_weight={"A": "1/2"}), UnknownNameError, "'A'"),
    "a weight of one": (
        lambda: V([1, 1], 1, bargaining_weight=1), ParameterError, r"bargaining_weight\.2 = 1"),
    "not a member": (lambda: V([1, 1], 1).banzhaf["X"], UnknownNameError, "'X'"),
    "not a place": (lambda: V([1, 1], 1).banzhaf[2], GameTheoryError, "no member at 2"),
    "not a value": (lambda: V([1, 1], 1).at(quota=2), UnknownNameError, "'quota'"),
    "too many totals": (
        lambda: V([10**7 + 2**k for k in range(30)], 10**8).banzhaf,
        TooLargeError, "larger unit"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()


def test_few_members_may_have_any_votes() -> None:
    """Totals that do not meet are kept apart one by one: 2^10 of them, not 10^9."""
    votes = [10**8 + 3**k for k in range(10)]
    body = V(votes, sum(votes) // 2 + 1)
    assert body.shapley_shubik == brute_force([(votes, sum(votes) // 2 + 1)])["shapley_shubik"]


def test_both_ways_of_counting_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """By all totals and by those that occur."""
    counted = [V([7, 5, 3, 3, 1], q).shapley_shubik for q in range(1, 20)]
    monkeypatch.setattr(counts, "_dense", counts._sparse)
    assert [V([7, 5, 3, 3, 1], q).shapley_shubik for q in range(1, 20)] == counted


def powers(body: V) -> Iterator[sp.Expr]:
    yield from body.shapley_shubik
    yield from body.banzhaf


def test_a_member_with_more_votes_has_no_less_power(rng: random.Random) -> None:
    for _ in range(20):
        ((votes, quota),) = random_chambers(rng, 7, 1)
        body = V(sorted(votes), quota)
        for index in (body.shapley_shubik, body.banzhaf, body.power_to_prevent):
            assert list(index) == sorted(index)
        assert all(0 <= power <= 1 for power in powers(body))
