"""What a player may choose, read off the conditions; and payoffs that are continuous in it."""

import pytest
import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu.core import REAL, Parameter, Space
from gametheory_eeu.statics.continuous_choices import Choices, Interval, _bounds, domain_failures
from gametheory_eeu.statics.derivatives import ShiftParameter

a, b, x, y = sp.symbols("a b x y", real=True)
A = ShiftParameter(Parameter("a", a, REAL, "a number"))


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


def two(first: sp.Expr, second: sp.Expr, *given: object) -> Choices:
    """Two players who choose x and y, from 0 to 1 where nothing else is given."""
    box = given or (x >= 0, x <= 1, y >= 0, y <= 1)
    space = Space.of(*box, symbols=(a, b, x, y))
    return Choices({"1": first, "2": second}, {"1": x, "2": y}, space)


def higher(symbol: sp.Symbol) -> sp.Symbol:
    return sp.Symbol(f"{symbol.name}_higher", real=True)


def test_a_gain_is_compared_before_and_after_another_rises() -> None:
    choices = two(x * y**2 + a * x, b + y**2)
    (lone,) = choices.complements()  # the second does not care for x
    up, above = higher(x), higher(y)
    assert lone.who == "1"
    assert sp.expand(lone.before - (up - x) * (y**2 + a)) == 0
    assert sp.expand(lone.after - (up - x) * (above**2 + a)) == 0
    assert {up > x, above > y, up <= 1, above <= 1, x >= 0, y >= 0} <= set(lone.space.constraints)
    assert (lone.slope, lone.along) == (2 * y, choices.space)
    assert len(lone.segment_claims) == 4  # two ends of each interval
    assert all(prover.prove(c, given=s).verdict == "proved" for c, s in lone.segment_claims)
    assert lone.order().sign == "+"
    other, also = two(x * y, -x * y).complements()
    assert (other.order().sign, also.order().sign) == ("+", "-")
    assert [c.who for c in (other, also)] == ["1", "2"]


def test_a_gain_is_compared_before_and_after_the_parameter_rises() -> None:
    first, second = two(x * y + a**3 * x, x * y).differences(A)
    assert (first.who, second.who) == ("1", "2")
    assert sp.expand(first.after - first.before - (higher(x) - x) * (higher(a) ** 3 - a**3)) == 0
    assert first.slope == 3 * a**2
    assert (first.order().sign, second.order().sign) == ("+", "0")


@pytest.mark.parametrize(
    "payoff",
    [sp.Max(x, a) * y, sp.Abs(x - y), sp.Piecewise((x, x < y), (y, True)), x * sp.Max(a, 0)],
)
def test_no_slope_stands_in_for_a_payoff_with_kinks(payoff: sp.Expr) -> None:
    comparison = next(two(payoff, y).differences(A))
    assert (comparison.slope, comparison.along, comparison.segment_claims) == (None, None, ())


def test_where_the_ends_move_the_others_move_along() -> None:
    choices = two(x * y, x * y, x >= 0, x <= a, y >= 0, y <= 1, a > 0)
    assert choices.varying_ends(A) == (a,)
    assert [sign.sign for sign in choices.endpoint_signs(A)] == ["+"]
    assert choices.has_monotone_ends(A, rising=True)
    assert not choices.has_monotone_ends(A, rising=False)
    first, second = choices.differences(A)
    assert sp.expand(first.after - (higher(x) - x) * higher(y)) == 0
    needed = {higher(a) > a, higher(y) >= y, higher(y) <= 1, higher(x) > x, higher(x) <= a, a > 0}
    assert needed <= set(first.space.constraints)
    assert any(c.free_symbols == {higher(a)} for c in first.space.constraints)
    assert (first.order().sign, second.order().sign) == (">=0", ">=0")
    falling = two(x * y, x * y, x >= 0, x <= 1 - a, y >= 0, y <= 1, a < 1)
    assert [sign.sign for sign in falling.endpoint_signs(A)] == ["-"]
    assert falling.has_monotone_ends(A, rising=False)
    assert not falling.has_monotone_ends(A, rising=True)
    first, _ = falling.differences(A)
    assert (higher(y) <= y) in first.space.constraints
    apart = two(x * y, x * y, x >= -a, x <= a, y >= 0, y <= 1, a > 0)
    assert [sign.sign for sign in apart.endpoint_signs(A)] == ["-", "+"]
    assert not apart.has_monotone_ends(A, rising=True)
    assert not apart.has_monotone_ends(A, rising=False)
    still = two(x * y, x * y)
    assert (still.varying_ends(A), still.endpoint_signs(A)) == ((), ())
    assert still.has_monotone_ends(A, rising=True)
    assert still.has_monotone_ends(A, rising=False)


def test_a_parameter_is_fixed_where_it_has_one_value() -> None:
    assert not two(x, y).is_fixed(A)
    assert two(x, y, sp.Eq(a, 1)).is_fixed(A)
    assert two(x, y, sp.Eq(a, b)).is_fixed(A)  # all else is equal
    assert not two(x, y, sp.Eq(x, a), x <= 1).is_fixed(A)  # but for what is chosen


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (x >= a, ((a,), ())), (x > a, ((a,), ())), (x <= a, ((), (a,))), (x < a, ((), (a,))),
        (a >= x, ((), (a,))), (2 * x + a >= 0, ((-a / 2,), ())), (1 - x >= a, ((), (1 - a,))),
        (sp.Eq(2 * x, a), ((a / 2,), (a / 2,))), (b * x >= a, ((a / b,), ())),
        (-b * x >= a, ((), (-a / b,))), (a * x >= 1, None), (x**2 <= 1, None), (sp.Ne(x, a), None),
        (sp.exp(x) <= 2, None), (sp.Or(x > 1, x < 0), None), (x**2 + x <= 1, None),
        (x <= sp.Max(a, 1), ((), (sp.Max(a, 1),))),
        (b * x <= sp.Max(a, 1), ((), (sp.Max(a, 1) / b,))),
    ],
    ids=str,
)  # fmt: skip
def test_a_linear_relation_is_a_bound(constraint: sp.Basic, expected: object) -> None:
    assert _bounds(constraint, x, Space.of(b > 0, symbols=(a, b, x))) == expected


@pytest.mark.parametrize(
    "assumed",
    ["rational", "irrational", "nonzero", "zero", "noninteger", "even", "odd", "prime", "composite",
     "algebraic", "transcendental"],
)  # fmt: skip
def test_assumptions_with_gaps_are_no_interval(assumed: str) -> None:
    found = Interval.of_symbol("1", sp.Symbol("z", **{assumed: True}))
    assert found.ends == ()
    assert found.failures == ("what 1 chooses, z, is no interval by its assumptions",)


def test_what_is_open_or_unbounded_says_on_which_side() -> None:
    positive = Interval.of_symbol("1", sp.Symbol("z", positive=True))
    assert positive.failures == ("what 1 may choose is open at z = 0",)
    assert interval(x >= 0).failures == ("what 1 may choose is unbounded above: x",)
    assert interval(x <= 0).failures == ("what 1 may choose is unbounded below: x",)
    assert interval().failures == ("what 1 may choose is unbounded below: x",)
    whole = sp.Symbol("z", integer=True)
    found = interval(whole > 0, whole < 5, choice=whole)
    assert (found.lower, found.upper, found.failures) == ((0,), (5,), ())
    assert found.ends == (0, 5)


def test_premises_on_payoffs() -> None:
    def failures(payoff: sp.Expr, *given: object) -> list[str]:
        return list(two(payoff, y, *given).failures())

    box = (x >= 0, x <= 1, y >= 0, y <= 1)
    assert failures(x * y) == []
    assert failures(1 / b) == ["a payoff of 1 has a value only where b != 0"]
    assert failures(sp.sign(x)) == ["1's payoff was not proved continuous in x"]
    assert failures(sp.sign(y)) == []  # which only the other chooses
    assert failures(x, x >= 0, *box[2:]) == ["what 1 may choose is unbounded above: x"]
    plane = Space.of(symbols=(a, b))
    assert list(domain_failures("1", (sp.log(a), sp.log(-a)), plane)) == [
        "a payoff of 1 has a value nowhere"]  # fmt: skip
    assert list(domain_failures("1", (a, b), plane)) == []
    (unread,) = domain_failures("1", (sp.acoth(a),), plane)
    assert "acoth" in unread


@pytest.mark.parametrize(
    ("payoff", "continuous"),
    [
        # A formula has to have a value on the closure of its case.
        (sp.Piecewise((x * sp.log(x), x > 0), (0, True)), False),
        (sp.Piecewise((1 / (x - 1), x < 1), (0, True)), False),
        (sp.Piecewise((sp.sqrt(x), x > 1), (1, True)), True),
        # So have the sides of its conditions, which have to be continuous, too.
        (sp.Piecewise((x, sp.log(x) > 0), (1, True)), False),
        (sp.Piecewise((x, sp.sign(x - 1) > 0), (1, True)), False),
        (sp.Piecewise((x, sp.Max(x, 0) > 1), (1, True)), True),
        # Every pair of pieces has to meet, and every formula to be continuous.
        (sp.Piecewise((x, x <= 1), (x**2, x <= 2), (2 * x, True)), True),
        (sp.Piecewise((x, x <= 1), (x**2, x <= 2), (3 * x, True)), False),
        (sp.Piecewise((sp.sign(x - 1), x >= 0), (0, True)), False),
        (sp.Piecewise((sp.sign(x - 1), a > 1), (0, True)), False),
        (sp.Abs(sp.sign(x - 1)), False),
        (sp.exp(sp.Min(x, a)) ** 2, True),
    ],
    ids=str,
)
def test_a_payoff_by_cases_is_continuous_where_all_parts_are(
    payoff: sp.Expr, continuous: bool
) -> None:
    space = Space.of(x >= 0, x <= 3, a > 0, symbols=(a, x))
    failures = list(Choices({"1": payoff}, {"1": x}, space).failures())
    assert ("1's payoff was not proved continuous in x" not in failures) is continuous


@pytest.mark.parametrize(
    "assumption",
    ["rational", "irrational", "nonzero", "zero", "noninteger", "even", "odd", "prime",
     "composite", "algebraic", "transcendental"],
)  # fmt: skip
def test_a_symbol_with_gaps_is_no_interval(assumption):
    (why,) = Interval.of_symbol("one", sp.Symbol("z", real=True, **{assumption: True})).failures
    assert why == "what one chooses, z, is no interval by its assumptions"
