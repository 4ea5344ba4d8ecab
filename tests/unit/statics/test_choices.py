"""What a player may choose, read off the conditions; and payoffs that are continuous in it."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.statics.continuous_choices import Choices, Interval

a, x, y = sp.symbols("a x y", real=True)


def interval(*conditions: object, choice: sp.Symbol = x) -> Interval:
    space = Space.of(*conditions, a > 0, symbols=(a, choice, y))
    return Choices({"1": choice}, {"1": choice, "2": y}, space).intervals["1"]


@pytest.mark.parametrize(
    ("conditions", "lower", "upper"),
    [
        ((x >= 0, x <= 1), (0,), (1,)),
        ((2 * x + 3 >= 0, a - x >= 0), (sp.Rational(-3, 2),), (a,)),
        ((a * x <= 1, a * x >= -2), (-2 / a,), (1 / a,)),
        ((-a * x <= 1, x <= 1), (-1 / a,), (1,)),
        ((sp.Eq(3 * x, a, evaluate=False),), (a / 3,), (a / 3,)),
    ],
)
def test_the_ends_are_where_the_conditions_bind(conditions, lower, upper):
    found = interval(*conditions)
    assert (found.lower, found.upper, found.failures) == (lower, upper, ())


@pytest.mark.parametrize(
    ("conditions", "why"),
    [
        ((x >= 0,), "unbounded above: x"),
        ((x <= 1,), "unbounded below: x"),
        ((x >= 0, x < 1), "open, not compact"),
        ((x >= 0, x <= 1, x + y <= 1), "ties choices of several players together"),
        ((x**2 <= 1,), "was not found to bound an interval of x"),
        ((x >= 0, x <= 1, sp.Ne(x, a)), "was not found to bound an interval of x"),
        (((a - 1) * x <= 1, x >= 0), "was not found to bound an interval of x"),
    ],
)
def test_what_is_no_compact_interval_says_why(conditions, why):
    assert any(why in each for each in interval(*conditions).failures)


@pytest.mark.parametrize(
    ("assumed", "lower", "upper", "failing"),
    [
        ({"nonnegative": True}, (0,), (), False),
        ({"nonpositive": True}, (), (0,), False),
        ({"integer": True, "positive": True}, (1,), (), False),
        ({"integer": True, "negative": True}, (), (-1,), False),
        ({"integer": True}, (), (), False),
        ({"positive": True}, (), (), True),
        ({"negative": True}, (), (), True),
        ({"even": True}, (), (), True),
        ({"nonzero": True, "real": True}, (), (), True),
    ],
)
def test_the_assumptions_of_the_symbol_are_bounds_too(assumed, lower, upper, failing):
    found = Interval.of_symbol("1", sp.Symbol("z", **assumed))
    assert (found.lower, found.upper, bool(found.failures)) == (lower, upper, failing)


@pytest.mark.parametrize(
    ("payoff", "continuous"),
    [
        (sp.Piecewise((x, x < a), (a, True)), True),
        (sp.Piecewise((x, x < a), (a + 1, True)), False),
        (sp.Piecewise((x, x < 1), (1, x < 2), (x - 1, True)), True),
        (sp.Piecewise((x, x < 1), (1, x < 2), (x, True)), False),
        (sp.Piecewise((x, x < a), (2, True)), False),
        (sp.Max(x, 1 - x) * a, True),
        (sp.sign(x - a), False),
        (sp.floor(x), False),
        (sp.Piecewise((1, a < 1), (2, True)) * x, True),
    ],
)
def test_a_payoff_is_continuous_where_its_cases_meet(payoff, continuous):
    space = Space.of(x >= 0, x <= 3, a > 0, symbols=(a, x))
    failures = list(Choices({"1": payoff}, {"1": x}, space).failures())
    assert ("1's payoff was not proved continuous in x" not in failures) is continuous
