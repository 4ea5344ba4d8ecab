"""Bargaining of a hub: each division is checked by the definition of its protocol."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from gametheory_eeu.errors import DoesNotExistError, ParameterError
from gametheory_eeu.solvers.hub_protocols import joint_bargaining, nash_in_nash, union_worths

F = Fraction
WORTHS = {"": 0, "a": 2, "b": 3, "c": 1, "ab": 7, "ac": 4, "bc": 5, "abc": 11}


def as_function(union: frozenset[str]) -> int:
    return WORTHS["".join(sorted(union))]


@pytest.mark.parametrize(
    "worth",
    [
        as_function,
        {tuple(union): value for union, value in WORTHS.items()},
        [0, 2, 3, 7, 1, 4, 5, 11],
    ],
    ids=["function", "mapping", "list"],
)
def test_worths_of_the_union_and_of_it_without_each(worth: Any) -> None:
    assert union_worths(worth, "abc") == (F(11), [F(5), F(4), F(7)])


def test_a_worth_that_is_no_rational_number_is_refused() -> None:
    function: Callable[[frozenset[str]], object] = lambda union: "x" if union else 0  # noqa: E731
    with pytest.raises(ParameterError, match="worth"):
        union_worths(function, "ab")


@pytest.mark.parametrize(
    ("without", "gains", "odds"),
    [
        ([F(5), F(4), F(7)], [F(0), F(1), F(-2)], [F(1), F(3), F(1, 2)]),
        ([F(11), F(10), F(12)], [F(0), F(-1), F(1)], [F(2), F(1), F(1)]),  # nothing to divide
        ([], [], []),
    ],
)
def test_each_pair_divides_its_surplus_by_the_odds(
    without: list[F], gains: list[F], odds: list[F]
) -> None:
    members = "abc"[: len(without)]
    found = nash_in_nash(members, F(11), without, gains, odds)
    assert found.union == tuple(members)
    assert found.payoff == 11 - sum(found.transfers.values())
    assert found.exact
    for m, left, gain, weight in zip(members, without, gains, odds, strict=True):
        hub_gain = 11 - left - found.transfers[m]
        assert found.gains[m] == gain + found.transfers[m]
        assert found.gains[m] == weight * hub_gain
        assert found.gains[m] >= 0


@pytest.mark.parametrize("lost", [F(1), F(1, 2)])
def test_a_pair_that_loses_by_its_agreement_leaves_no_outcome(lost: F) -> None:
    with pytest.raises(DoesNotExistError, match=f"the hub and b together lose {lost} by"):
        nash_in_nash("ab", F(2), [F(1), F(3)], [F(0), 1 - lost], [F(1), F(1)])


@pytest.mark.parametrize(
    ("worth", "gains", "odds"),
    [(F(2), [F(0), F(0)], [F(3), F(3)]), (F(5), [F(1), F(-3)], [F(1, 2), F(2)]),
     (F(1), [F(1), F(-2)], [F(1), F(2)])],
)  # fmt: skip
def test_all_divide_one_surplus_by_their_weights(worth: F, gains: list[F], odds: list[F]) -> None:
    found = joint_bargaining("ab", worth, gains, odds)
    assert found.union == ("a", "b")
    assert found.payoff + sum(found.gains.values()) == worth + sum(gains)
    assert found.payoff + sum(found.transfers.values()) == worth
    for m, gain, weight in zip("ab", gains, odds, strict=True):
        assert found.gains[m] == weight * found.payoff == gain + found.transfers[m]


def test_all_part_where_there_is_nothing_to_divide() -> None:
    found = joint_bargaining("ab", F(1), [F(1), F(-5, 2)], [F(1), F(1)])
    assert (found.union, found.payoff, dict(found.transfers)) == ((), F(0), {})
    assert dict(found.gains) == {"a": 0, "b": 0}
