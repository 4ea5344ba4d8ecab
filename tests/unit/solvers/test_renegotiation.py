"""Renegotiation of a hub with its members: every union's division by its own conditions."""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.solvers import hub_protocols
from gametheory_eeu.solvers.hub_protocols import (
    as_fraction,
    renegotiated,
    renegotiated_by_number,
    worth_by_subset,
)

F = Fraction
Case = tuple[str, list[int], list[F], list[F]]


def random_case(seed: int) -> Case:
    rng = random.Random(seed)
    members = "abcd"[: rng.randint(1, 4)]
    worth = [0, *(rng.randint(-3, 9) for _ in range(2 ** len(members) - 1))]
    return (members, worth, [F(rng.randint(-4, 4), 2) for _ in members],
            [F(rng.randint(1, 6), 2) for _ in members])  # fmt: skip


def by_definition(case: Case) -> dict[frozenset[str], tuple[F, set[frozenset[str]]]]:
    """The hub's payoff for each set of members, and the unions it may then keep."""
    members, worth, gains, odds = case
    found = {frozenset[str](): (F(0), {frozenset[str]()})}
    for size in range(1, len(members) + 1):
        for chosen in map(frozenset, combinations(members, size)):
            positions = [i for i, m in enumerate(members) if m in chosen]
            # payoff = worth - transfers, each e + t = odds (payoff - payoff without)
            x, total = sp.Symbol("x"), sp.Rational(worth[sum(2**i for i in positions)])
            for i in positions:
                without = sp.Rational(found[chosen - {members[i]}][0])
                total -= sp.Rational(odds[i]) * (x - without) - sp.Rational(gains[i])
            (solved,) = sp.solve(total - x, x)
            payoff, left = F(str(solved)), [found[chosen - {members[i]}] for i in positions]
            best = max(value for value, _ in left)
            kept = [u for value, unions in left if value == best for u in unions]
            most = max(map(len, kept))
            found[chosen] = (payoff, {chosen}) if payoff >= best else (
                best, {u for u in kept if len(u) == most})  # fmt: skip
    return found


@pytest.mark.parametrize("seed", range(16))
def test_the_hub_keeps_its_best_viable_union(seed: int) -> None:
    case = members, worth, gains, odds = random_case(seed)
    solved, expected = renegotiated(members, worth, gains, odds), by_definition(case)
    for start, (payoff, unions) in expected.items():
        assert solved.payoff(start) == payoff
        outcome = solved.outcome(start)
        assert frozenset(outcome.union) in unions
        assert outcome.payoff == payoff == expected[frozenset(outcome.union)][0]
        assert list(outcome.union) == [m for m in members if m in outcome.union]
        assert list(outcome.gains) == list(members)
        assert list(outcome.transfers) == list(outcome.union)
        number = sum(2 ** members.index(m) for m in outcome.union)
        assert payoff + sum(outcome.transfers.values()) == worth[number]
        for m, gain, weight in zip(members, gains, odds, strict=True):
            if m in outcome.union:
                without = expected[frozenset(outcome.union) - {m}][0]
                assert outcome.gains[m] == weight * (payoff - without) >= 0
                assert outcome.gains[m] == gain + outcome.transfers[m]
            else:
                assert outcome.gains[m] == 0
    assert solved.outcome() == solved.outcome(members)


def test_a_tie_keeps_the_larger_union() -> None:
    even = renegotiated("ab", [0, 2, 2, 1], [0, 0], [1, 1])  # both: (1 + 1 + 1) / 3, as with one
    assert even.outcome().union == ("a", "b")
    # Alone "a" is worth 2, and "b" is no loss beside "c": from all, two unions pay the same.
    worth = [0, 2, 0, -9, 0, -9, 2, -9]
    found = renegotiated("abc", worth, [0] * 3, [1] * 3)
    assert found.payoff("abc") == found.payoff("a") == 1
    assert renegotiated("abc", [0, 2, 1, -9, 1, -9, 3, -9], [0] * 3, [1] * 3).outcome().union


WORTHS: list[Any] = [
    [0, 1, 2, 5],
    {(): 0, ("a",): 1, ("b",): 2, ("b", "a"): 5},
    {"a": 1, "b": 2, frozenset("ab"): 5},
    {frozenset(): 0, "a": 1, ("b",): 2, "ab": 5},
    lambda union: {"": 0, "a": 1, "b": 2, "ab": 5}["".join(sorted(union))],
]


@pytest.mark.parametrize("worth", WORTHS, ids=["list", "tuples", "names", "mixed", "function"])
def test_worths_by_union(worth: Any) -> None:
    assert list(map(str, worth_by_subset(worth, ("a", "b")))) == ["0", "1", "2", "5"]


@pytest.mark.parametrize(
    ("worth", "message"),
    [
        ([0, 1, 2], "3 came"), ([1, 1, 2, 5], "zero for the empty set"),
        ({"a": 1}, "2 are missing, the first is {b}"), ({(): 1, "a": 1, "b": 1, "ab": 2}, "zero"),
        ({3: 1}, "sets of members"), ([0, 1, 2, sp.Symbol("x")], "rational numbers"),
        ([0, 1, 2, sp.sqrt(2)], "rational numbers"),
    ],
)  # fmt: skip
def test_worths_that_are_refused(worth: Any, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        renegotiated("ab", worth, [0, 0], [1, 1])


def test_only_members_have_a_worth() -> None:
    with pytest.raises(UnknownNameError, match="c"):
        renegotiated("ab", {"c": 1}, [0, 0], [1, 1])
    with pytest.raises(UnknownNameError, match="c"):
        renegotiated("ab", [0, 1, 2, 5], [0, 0], [1, 1]).payoff("ac")


@pytest.mark.parametrize(
    ("members", "gains", "odds", "name"),
    [
        ("aa", [0, 0], [1, 1], "members"), (("a", 1), [0, 0], [1, 1], "members"),
        ("ab", [0], [1, 1], "gains"), ("ab", [0, 0], [1, 1, 1], "odds"),
        ("ab", [0, 0], [1, 0], "odds"), ("ab", [0, 0], [-1, 1], "odds"), (3, [], [], "members"),
    ],
)  # fmt: skip
def test_members_gains_and_odds_that_are_refused(
    members: Any, gains: list[int], odds: list[int], name: str
) -> None:
    with pytest.raises(ParameterError, match=name):
        renegotiated(members, [0, 1, 2, 5], gains, odds)


def test_numbers_of_every_kind_are_fractions() -> None:
    given = [2, F(2, 3), "2/3", sp.Rational(-7, 2), "0.25"]
    assert [as_fraction(x, "x") for x in given] == [2, F(2, 3), F(2, 3), F(-7, 2), F(1, 4)]
    with pytest.raises(ParameterError, match="gain"):
        as_fraction(sp.pi, "gain")


def test_so_many_members_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hub_protocols.MAX_MEMBERS == 16
    monkeypatch.setattr(hub_protocols, "MAX_MEMBERS", 2)
    assert renegotiated("ab", [0] * 4, [0] * 2, [1] * 2).payoff("ab") == 0
    with pytest.raises(TooLargeError, match="3 members make 8 unions; at most 2 members"):
        renegotiated("abc", [0] * 8, [0] * 3, [1] * 3)
    with pytest.raises(TooLargeError, match=r"999 members make [0-9]{301} unions"):
        renegotiated([f"m{k}" for k in range(999)], [], [], [])
    with pytest.raises(TooLargeError, match=r"1000 members make 2\*\*1000 unions"):
        renegotiated([f"m{k}" for k in range(1000)], [], [], [])


COUNTED: list[Callable[[int], int]] = [
    lambda k: k**2, lambda k: min(k, 2), lambda k: 3 * (k == 1) - (k > 1), lambda k: -k,
    lambda k: 4 * (k == 4),
]  # fmt: skip


@pytest.mark.parametrize("worth", COUNTED, ids=["square", "kink", "one", "none", "all"])
@pytest.mark.parametrize(("gain", "odds"), [(0, 1), (F(-1, 2), F(1, 2)), (1, 3)])
def test_members_alike_are_a_case_of_members_with_names(
    worth: Callable[[int], int], gain: F, odds: F
) -> None:
    names = "abcd"
    by_name = renegotiated(names, lambda union: worth(len(union)), [gain] * 4, [odds] * 4)
    by_number = renegotiated_by_number(worth, 4, gain, odds)
    assert by_number == renegotiated_by_number([worth(k) for k in range(5)], 4, gain, odds)
    assert by_number[0] == (F(0), None)
    for k in range(1, 5):
        outcome, (payoff, transfer) = by_name.outcome(names[:k]), by_number[k]
        assert payoff == outcome.payoff
        assert (transfer is None) is (len(outcome.union) < k)
        if transfer is not None:
            assert set(outcome.transfers.values()) == {transfer}


@pytest.mark.parametrize(
    ("worth", "count", "odds", "message"),
    [
        ([0, 1], 2, 1, "3 numbers, for 0 to 2"), ([0, 1, 2, 3], 2, 1, "3 numbers"),
        ([1, 1, 1], 2, 1, "zero for the empty set"), ([0, 1, 2], 2, 0, "odds"),
        ([0], -1, 1, "count"), ([0, 1], True, 1, "count"), ([0, 1], 1.0, 1, "count"),
    ],
)  # fmt: skip
def test_counted_worths_that_are_refused(
    worth: list[int], count: Any, odds: int, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        renegotiated_by_number(worth, count, 0, odds)


def test_counts_go_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert renegotiated_by_number([0], 0, 0, 1) == ((F(0), None),)
    assert hub_protocols.MAX_ALIKE == 5000
    monkeypatch.setattr(hub_protocols, "MAX_ALIKE", 3)
    assert len(renegotiated_by_number([0] * 4, 3, 0, 1)) == 4
    with pytest.raises(TooLargeError, match="4 members; at most 3 are solved by number"):
        renegotiated_by_number([0] * 5, 4, 0, 1)
