"""Ranges of choices: which values belong, and how they are written."""

import pytest
import sympy as sp

from gametheory_eeu.solvers.moves import ChoiceRange

x, c = sp.symbols("x c", real=True)
ZERO, ONE = sp.Integer(0), sp.Integer(1)
CLOSED = ChoiceRange(x, ZERO, ONE, True, True)
OPEN = ChoiceRange(x, ZERO, ONE)
HALF_OPEN = ChoiceRange(x, ZERO, ONE, True, False)


@pytest.mark.parametrize(
    ("choice", "inside"),
    [(CLOSED, (True, True, True)), (OPEN, (False, True, False)), (HALF_OPEN, (True, True, False))],
    ids=str,
)
def test_ends_belong_or_not(choice: ChoiceRange, inside: tuple[bool, ...]) -> None:
    values = (ZERO, sp.Rational(1, 2), ONE)
    assert tuple(bool(choice.contains(v)) for v in values) == inside
    assert tuple(bool(choice.interior(v)) for v in values) == (False, True, False)
    assert not choice.contains(sp.Integer(2))
    assert not choice.contains(sp.Integer(-1))


def test_infinite_ends_bind_nothing() -> None:
    assert ChoiceRange(x).contains(c) == sp.true
    assert ChoiceRange(x).bounds(c) == ()
    assert ChoiceRange(x, ZERO, has_low=True).bounds(c) == (c >= 0,)
    assert ChoiceRange(x, high=ONE, has_high=True).bounds(c) == (c <= 1,)
    assert ChoiceRange(x, ZERO).interior(c) == (c > 0)


def test_where_a_range_holds_a_point() -> None:
    assert ChoiceRange(x, ZERO, c, True, True).nonempty == sp.Le(0, c)
    assert ChoiceRange(x, ZERO, c, True, False).nonempty == sp.Lt(0, c)
    assert ChoiceRange(x, ZERO, c, False, True).nonempty == sp.Lt(0, c)
    assert ChoiceRange(x, c, has_low=True).nonempty == sp.true
    assert ChoiceRange(x, high=c, has_high=True).nonempty == sp.true


def test_values_replace_parameters_in_the_ends() -> None:
    found = ChoiceRange(x, c, 2 * c, True, False).at({c: sp.Integer(3)})
    assert found == ChoiceRange(x, sp.Integer(3), sp.Integer(6), True, False)


def test_ranges_are_written_as_they_are_given() -> None:
    ranges = [
        CLOSED, OPEN, HALF_OPEN, ChoiceRange(x), ChoiceRange(x, ZERO), ChoiceRange(x, high=c),
        ChoiceRange(x, ZERO, has_low=True), ChoiceRange(x, high=c, has_high=True),
    ]  # fmt: skip
    assert set(map(str, ranges)) == {
        "0 <= x <= 1", "0 < x < 1", "0 <= x < 1", "x", "x > 0", "x >= 0", "x <= c", "x < c",
    }  # fmt: skip
