"""The least exponent, against powers multiplied one by one."""

from fractions import Fraction

import pytest

from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers import certified_zeros
from gametheory_eeu.solvers.certified_zeros import least_power

F = Fraction
FACTORS = [F(3, 2), F(2), F(19, 14), F(101, 100), F(7)]
GOALS = [F(-3), F(0), F(1, 2), F(1), F(101, 100), F(3, 2), F(2), F(9, 4), F(6), F(49), F(50)]


def one_by_one(factor: F, goal: F) -> int:
    power, exponent = F(1), 0
    while power < goal:
        power, exponent = power * factor, exponent + 1
    return exponent


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("goal", GOALS)
def test_it_is_the_first_power_to_reach_the_goal(factor: F, goal: F) -> None:
    assert least_power(factor, goal) == one_by_one(factor, goal)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("exponent", [1, 2, 13])
@pytest.mark.parametrize("bit", [-1, 0, 1])
def test_a_power_itself_is_told_from_its_neighbours(factor: F, exponent: int, bit: int) -> None:
    goal = factor**exponent + F(bit, 10**40)
    assert least_power(factor, goal) == exponent + (bit > 0)


def test_what_no_enclosure_parts_is_compared_as_integers() -> None:
    close = F(1, 10**500)  # beyond the highest precision
    assert least_power(F(3, 2), F(3, 2) ** 5 + close) == 6
    assert least_power(F(3, 2), F(3, 2) ** 5 - close) == 5


def test_an_exponent_may_be_far_above_what_is_multiplied_out() -> None:
    tiny = F(10**12 + 1, 10**12)
    assert least_power(tiny, F(2)) == 693147180561  # ln 2 / ln(1 + 10^-12), rounded up


@pytest.mark.parametrize(("bits", "enough"), [(15, True), (14, False)])
def test_integers_beyond_the_limit_are_not_compared(
    bits: int, enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certified_zeros, "_MAX_BITS", bits)
    if enough:
        assert least_power(F(5, 2), F(5, 2) ** 5) == 5
        return
    with pytest.raises(TooLargeError, match=r"comparing 5/2\^5 exactly takes integers of 15 bits"):
        least_power(F(5, 2), F(5, 2) ** 5)
