"""Best choices that are one are joined, and only these."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.optimal_choice import _common_steps, joined_choices

a, b, x = sp.symbols("a b x", real=True)
SPACE = Space((a, b))
HALF = sp.Rational(1, 2)


def best(condition: Any, choice: Any, payoff: Any = 0, steps: Any = None, **more: Any) -> Any:
    return Continuation(
        sp.sympify(condition),
        FrozenMapping({"A": sp.sympify(payoff)}),
        FrozenMapping({"x": sp.sympify(choice)}),
        FrozenMapping(steps or {"I": ("l",)}),
        **more,
    )


def free(condition: Any, where: Any, payoff: Any = 0, **more: Any) -> Any:
    return best(condition, x, payoff, free=(x,), where=sp.sympify(where), **more)


def test_an_end_and_a_breakpoint_that_meet_are_one() -> None:
    inside, end = best(sp.And(a > 0, a < 1), a, a**2), best(a >= 1, 1, 1)
    assert joined_choices([inside, end], x, SPACE) == [inside, end]
    (joined,) = joined_choices([inside, best(sp.Eq(a, 1), 1, 1)], x, SPACE)
    assert (joined.choices["x"], joined.payoffs["A"]) == (a, a**2)
    for number in map(sp.Rational, ("0", "1/2", "1", "3/2")):
        assert bool(joined.condition.subs(a, number)) == (0 < number <= 1)


def test_the_formula_that_serves_both_is_kept_in_either_order() -> None:
    point, line = best(sp.Eq(a, 1), 1, 1), best(a > 1, a, a)
    for items in ([point, line], [line, point]):
        (joined,) = joined_choices(items, x, SPACE)
        assert (joined.choices["x"], joined.condition) == (a, a >= 1)


@pytest.mark.parametrize(
    "other",
    [
        best(sp.Eq(a, 1), 2, 1),  # another number
        best(sp.Eq(a, 1), 1, 2),  # another payoff
        best(sp.Eq(a, 1), 1, 1, {"I": ("r",)}),  # another action
        best(sp.Eq(a, 1), 1, 1, {"J": ("l",)}),  # another information set
        best(sp.Eq(a, 1), 1, 1, where=b > 0),
        best(sp.Eq(a, 1), 1, 1, free=(b,)),
    ],
    ids=["number", "payoff", "action", "information set", "where", "free"],
)
def test_what_differs_stays_apart(other: Continuation) -> None:
    line = best(a > 1, a, a)
    assert joined_choices([line, other], x, SPACE) == [line, other]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"I": ("l",)}, {"I": ("l",)}, {"I": ("l",)}),
        ({"I": ("l", "r")}, {"I": ("l",)}, {"I": ("l",)}),
        ({"I": ("l",)}, {"I": ("r", "l")}, {"I": ("l",)}),
        (
            {"I": ("l", "r"), "J": ("u",)},
            {"I": ("r",), "J": ("u", "d")},
            {"I": ("r",), "J": ("u",)},
        ),
        ({"I": ("l",)}, {"I": ("r",)}, None),
        ({"I": ("l", "m")}, {"I": ("m", "r")}, None),
        ({"I": ("l",)}, {"I": ("l",), "J": ("u",)}, None),
        ({}, {}, {}),
    ],
)
def test_what_is_played_with_probability_zero_is_left_out(
    first: Any, second: Any, expected: Any
) -> None:
    one, two = (Continuation(sp.true, FrozenMapping({}), steps=s) for s in (first, second))
    found = _common_steps(one, two)
    assert (None if found is None else dict(found)) == expected


def test_a_continuum_within_another_is_left_out() -> None:
    wide, narrow = free(a > 0, sp.And(x >= 0, x <= 1)), free(a > 1, sp.And(x > 0, x < 1))
    assert joined_choices([wide, narrow], x, SPACE) == [wide]
    assert joined_choices([narrow, wide], x, SPACE) == [wide]
    elsewhere = free(a > -1, sp.And(x > 0, x < 1))
    assert joined_choices([wide, elsewhere], x, SPACE) == [wide, elsewhere]
    outside = free(a > 1, sp.And(x > 0, x < 2))
    assert joined_choices([wide, outside], x, SPACE) == [wide, outside]
    other_pay = free(a > 1, sp.And(x > 0, x < 1), 5)
    assert joined_choices([wide, other_pay], x, SPACE) == [wide, other_pay]
    other_play = free(a > 1, sp.And(x > 0, x < 1), steps={"I": ("r",)})
    assert joined_choices([wide, other_play], x, SPACE) == [wide, other_play]


def inside(family: Continuation) -> list[sp.Rational]:
    return [z for z in (-1, 0, HALF, 1, 2) if bool(family.where.subs(x, z))]


def test_the_ends_of_a_continuum_belong_to_it() -> None:
    family = free(a > 0, sp.And(x > 0, x < 1))
    (joined,) = joined_choices([best(a > 0, 0), family, best(a > 0, 1)], x, SPACE)
    assert (joined.condition, joined.free) == (a > 0, (x,))
    assert inside(joined) == [0, HALF, 1]
    (half,) = joined_choices([family, best(a > 0, 1)], x, SPACE)
    assert inside(half) == [HALF, 1]


@pytest.mark.parametrize(
    "end",
    [
        best(a > 1, 1),  # only for some parameters
        best(a > -1, 1),  # for more parameters
        best(a > 0, 2),  # no end
        best(a > 0, 1, 3),  # another payoff
        best(a > 0, 1, steps={"I": ("r",)}),
    ],
    ids=["fewer", "more", "no end", "payoff", "action"],
)
def test_what_is_no_end_stays_apart(end: Continuation) -> None:
    family = free(a > 0, sp.And(x > 0, x < 1))
    assert joined_choices([end, family], x, SPACE) == [end, family]
    assert joined_choices([], x, SPACE) == []
