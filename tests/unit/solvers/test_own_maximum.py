"""Global maxima in the own choice: shapes, and conditions that no deviation pays."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers.interval_signs import _interval, _limit_sign, _nonnegative_quadratic
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, Deviation, PayoffPiece, Place, curvature

x, y, z, a, b, c = sp.symbols("x y z a b c", real=True)
ZERO, ONE = sp.Integer(0), sp.Integer(1)
UNIT = ChoiceRange(x, ZERO, ONE, True, True)
GRID = [sp.Rational(k, 12) for k in range(13)]


def agent(payoff: sp.Expr, *given: Any, choice: ChoiceRange = UNIT) -> Agent:
    symbols = sorted(payoff.free_symbols - {choice.symbol}, key=str)
    space = Space.of(*given, choice.contains(choice.symbol), symbols=[*symbols, choice.symbol])
    return Agent("A", payoff, (choice,), space)


@pytest.mark.parametrize(
    ("payoff", "given", "shape"),
    [
        (a * x - x**2, (), "concave"),
        (a * x, (), "concave"),
        (x**2, (), "unknown"),
        (sp.log(1 + x), (), "concave"),
        (sp.sqrt(x), (), "concave"),
        (x**3 - 3 * x**2, (), "concave"),
        (x**3 - 3 * x**2 - x**4 / 10, (), "concave"),
        (x / (1 + 5 * x**2), (), "quasi-concave"),
        (b * x**2, (b <= 0,), "concave"),
        (b * x**2, (b >= 0,), "unknown"),
        (x**2 * y, (y >= 0, y <= 1), "unknown"),
    ],
    ids=str,
)
def test_shapes(payoff: sp.Expr, given: tuple[Any, ...], shape: str) -> None:
    found = curvature(agent(payoff, *given))
    assert found.shape == shape
    wanted = "unknown" if shape == "unknown" else "proved"
    assert (wanted == "proved") is all(p.verdict == "proved" for p in found.proofs)
    assert shape == "unknown" or shape in repr(found)


def test_shapes_in_two_choices_ask_all_minors() -> None:
    other = ChoiceRange(y, ZERO, ONE, True, True)
    space = Space.of(UNIT.contains(x), other.contains(y))
    shapes = {
        -(x**2) - y**2 + x * y: "concave", -(x**2) - y**2 + 3 * x * y: "unknown",
        -(x**2) + y**2: "unknown", -((x - y) ** 2): "concave",
    }  # fmt: skip
    for payoff, shape in shapes.items():
        assert curvature(Agent("A", payoff, (UNIT, other), space)).shape == shape


def test_a_payoff_with_cases_has_no_shape() -> None:
    assert agent(sp.Abs(x - a)).curvature.shape == "unknown"
    assert agent(-(x**2)).curvature.shape == "concave"
    assert agent(a * x**2).derivatives == {x: 2 * a * x}


@pytest.mark.parametrize(
    ("payoff", "value", "place"),
    [
        (x**3 - a * x, ONE, "high"),
        (x**3 - a * x, ZERO, "low"),
        (a * x**2 - x, ZERO, "low"),
        (a * x**2 - x, ONE, "high"),
        ((x - a) ** 2 * (x + 1), a, "inside"),
        (-((x - a) ** 2) * (x**2 + a * x + b), a, "inside"),
        (a * x, ZERO, "low"),
    ],
    ids=str,
)
def test_conditions_against_values_on_a_grid(payoff: sp.Expr, value: sp.Expr, place: Place) -> None:
    """At rational parameters: the value is best on the range exactly where the condition holds."""
    parameters = sorted(payoff.free_symbols - {x}, key=str)
    space = Space.of(*([a >= 0, a <= 1] if place == "inside" else []), symbols=parameters)
    deviation = Deviation(
        agent(payoff), {x: value}, place, space, payoff, (PayoffPiece((), payoff),)
    )
    condition = deviation.no_gain()
    assert condition is not None
    numbers = [sp.Rational(k, 3) for k in range(-5, 8)]
    checked = 0
    for values in product(numbers, repeat=len(parameters)):
        point = dict(zip(parameters, values, strict=True))
        if not all(truth_value(s, point) for s in space.constraints):
            continue
        at_point = payoff.xreplace(point)
        places = [*GRID, *(r for r in critical_points(at_point) if 0 < r < 1)]
        best = max(float(at_point.xreplace({x: place})) for place in places)
        own = float(payoff.xreplace({x: value}).xreplace(point))
        assert truth_value(condition, point) is (own >= best - 1e-12), point
        checked += 1
    assert checked > 3


def critical_points(payoff: sp.Expr) -> list[sp.Expr]:
    derivative = sp.Poly(sp.diff(payoff, x), x)
    return list(sp.real_roots(derivative)) if derivative.degree() > 0 else []


def test_deviations_in_numbers() -> None:
    empty = Space(())
    cases: list[tuple[sp.Expr, Place, bool]] = [(ONE, "high", True), (ZERO, "low", False)]
    for value, place, holds in cases:
        deviation = Deviation(
            agent(x**2 - x / 2),
            {x: value},
            place,
            empty,
            x**2 - x / 2,
            (PayoffPiece((), x**2 - x / 2),),
        )
        assert deviation.no_gain() is sp.S(holds)
    tie = Deviation(
        agent(x**2 - x), {x: ZERO}, "low", empty, x**2 - x, (PayoffPiece((), x**2 - x),)
    )
    assert tie.no_gain() == sp.true


def test_pieces_are_compared_where_they_hold() -> None:
    """Of min(x, a - x) the best choice is a/2; of a jump down behind a, none is as good as a."""
    space = Space.of(a > 0, a < 1)
    payoff = sp.Min(x, a - x)
    pieces = (
        PayoffPiece(((a - 2 * x, ">="),), x),
        PayoffPiece(((2 * x - a, ">"),), a - x),
    )
    peak = Deviation(agent(payoff, a > 0, a < 1), {x: a / 2}, "edge", space, x, pieces)
    assert peak.no_gain() == sp.true
    foot = Deviation(agent(payoff, a > 0, a < 1), {x: ZERO}, "low", space, x, pieces)
    assert foot.no_gain() != sp.true
    assert truth_value(foot.no_gain(), {a: sp.Rational(1, 2)}) is False


@pytest.mark.parametrize(
    "ends", [(ZERO, ONE), (-sp.oo, ONE), (ZERO, sp.oo), (-sp.oo, sp.oo)], ids=str
)
def test_quadratics_that_are_nowhere_negative(ends: tuple[sp.Expr, sp.Expr]) -> None:
    condition = _nonnegative_quadratic((a, b, c), *ends)
    for numbers in product(range(-2, 3), repeat=3):
        point = dict(zip((a, b, c), map(sp.Integer, numbers), strict=True))
        p, q, r = numbers
        low, high = (-100 if ends[0] == -sp.oo else 0), (100 if ends[1] == sp.oo else 1)
        vertex = [-q / (2 * p)] if p and low < -q / (2 * p) < high else []
        least = min(p * s**2 + q * s + r for s in (low, high, *vertex))
        assert truth_value(condition, point) is (least >= -1e-12), numbers
    assert _nonnegative_quadratic((ZERO, b, c), ZERO, ONE) == sp.And(c >= 0, b + c >= 0)


def test_signs_in_the_end() -> None:
    condition = _limit_sign((a, b, c))
    for numbers in product((-1, 0, 1), repeat=3):
        point = dict(zip((a, b, c), map(sp.Integer, numbers), strict=True))
        first = next((n for n in numbers if n), 0)
        assert truth_value(condition, point) is (first >= 0), numbers


def test_intervals_of_deviations() -> None:
    space = Space.of(a > 0, b < 0)
    found = _interval(UNIT, [a * z >= c, b * z > c, sp.Eq(2 * z, c), c > 3], z, space)
    assert found is not None
    assert set(found.lows) == {(ZERO, False), (c / a, False), (c / 2, False)}
    assert set(found.highs) == {(ONE, False), (c / b, True), (c / 2, False)}
    assert found.premise == (c > 3)
    assert _interval(UNIT, [c * z > 1], z, space) is None
    assert _interval(UNIT, [z**2 > c], z, space) is None
    assert _interval(UNIT, [sp.Ne(z, c)], z, space) is None
    open_range = _interval(ChoiceRange(x, ZERO), [], z, space)
    assert open_range is not None
    assert (open_range.lows, open_range.highs) == (((ZERO, True),), ())


def test_an_empty_interval_asks_nothing() -> None:
    found = _interval(UNIT, [z >= a, z <= b], z, Space.of(a > 0, b > 0))
    assert found is not None
    condition = found.nonnegative(-ONE + 0 * z, z)
    assert condition is not None
    for low, high in product((sp.Rational(1, 4), sp.Rational(3, 4), sp.Integer(2)), repeat=2):
        is_empty = low > high or low > 1
        assert truth_value(condition, {a: low, b: high}) is bool(is_empty), (low, high)
    assert found.nonnegative(z**3, z) is None


def test_parameters_may_be_called_as_the_numbers_compared_are_elsewhere() -> None:
    """A payoff with several peaks in a choice, with parameters s and z."""
    s, w = sp.symbols("s z", real=True)
    payoff = s * x**3 - w * x
    player = agent(payoff, s > 0, w > 0)
    values = {x: ONE}
    deviation = Deviation(player, values, "high", Space.of(s > 0, w > 0), payoff,
                          [PayoffPiece((), payoff)])  # fmt: skip
    condition = deviation.no_gain()
    assert condition is not None
    for point in ({s: 2, w: 1}, {s: 1, w: 2}):
        best = max(GRID, key=lambda v: payoff.subs({**point, x: v}))
        assert bool(condition.subs(point)) is (best == 1)
