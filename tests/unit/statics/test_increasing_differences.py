"""Gains at two ordered points: their order, single crossing, and what a slope needs to stand in."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.statics.increasing_differences import (
    Comparison,
    GainChange,
    Pair,
    fresh_symbol,
    is_continuous_node,
    is_smooth,
    segment_claims,
)

x, y, a = sp.symbols("x y a", real=True)
n = sp.Symbol("n", integer=True, positive=True)
even = sp.Symbol("m", even=True)


def test_a_pair_differs_in_one_symbol() -> None:
    pair = Pair.of(Space.of(x > y, y > 0, symbols=[x, y]), x)
    assert (pair.symbol, pair.higher.name, pair.higher.is_real) == (x, "x_higher", True)
    h = pair.higher
    assert set(pair.space.constraints) == {x > y, y > 0, h > y, h > x}
    assert set(pair.space.symbols) == {x, y, h}
    assert pair.raised(x * y + 1) == h * y + 1
    assert pair.raised(x > y) == (h > y)


def test_the_next_whole_number_is_one_higher() -> None:
    pair = Pair.of(Space.of(n < 5, symbols=[n]), n)
    assert pair.higher.is_integer
    assert pair.higher.is_positive
    assert (pair.higher >= n + 1) in pair.space.constraints
    assert (pair.higher < 5) in pair.space.constraints


def test_a_fresh_symbol_has_a_name_of_its_own() -> None:
    taken = Space.of(symbols=[x, sp.Symbol("z", real=True), sp.Symbol("z_2", real=True)])
    assert [fresh_symbol(name, taken).name for name in ("w", "x", "z")] == ["w", "x_2", "z_3"]
    assert fresh_symbol("w", taken).is_real
    assert fresh_symbol("w", taken, integer=True).is_integer


@pytest.mark.parametrize(
    ("sign", "up", "down"),
    [("+", True, False), (">=0", True, False), ("0", True, True), ("<=0", False, True),
     ("-", False, True), ("?", False, False)],
)  # fmt: skip
def test_a_change_goes_one_way(sign: str, up: bool, down: bool) -> None:
    change = GainChange(sign, ())
    assert (change.is_monotone(up=True), change.is_monotone(up=False)) == (up, down)
    assert (change.is_monotone(up=True), change.is_monotone(up=False)) == (up, down)


def pair_comparison(gain: sp.Expr, *given: sp.Basic, symbol: sp.Symbol = x) -> Comparison:
    pair = Pair.of(Space.of(*given, symbols=[x, y, symbol]), symbol)
    return Comparison("1", gain, pair.raised(gain), pair.space)


@pytest.mark.parametrize(
    ("gain", "given", "sign"),
    [
        (2 * x + y, [], "+"), (y - x, [], "-"), (y, [], "0"), (x * y, [y > 0], "+"),
        (x * y, [y >= 0], ">=0"), (-x * y, [y >= 0], "<=0"), (x * y, [], "?"), (x**2, [], "?"),
        (sp.Max(x, 0), [], ">=0"), (1 / x, [x > 0], "-"), (x, [sp.Eq(x, y)], "0"),
        (sp.sin(x), [], "?"),
    ],
    ids=str,
)  # fmt: skip
def test_the_order_of_a_gain(gain: sp.Expr, given: list[sp.Basic], sign: str) -> None:
    change = pair_comparison(gain, *given).order()
    assert change.sign == sign
    assert change.premises == ()
    verdicts = [proof.verdict for proof in change.proofs]
    if sign == "?":
        assert verdicts
    else:  # where no two points are possible, there is nothing to prove
        assert verdicts == ([] if given == [sp.Eq(x, y)] else ["proved"])


HIGHER = sp.Symbol("h", real=True)
TWO = Space.of(HIGHER > x, x > 0, symbols=[x, HIGHER])


def by_slope(slope: sp.Expr | None, along: Space | None, *claims: Any, **other: Any) -> GainChange:
    """Of floor(x), whose difference the prover does not read: only a slope can tell."""
    gain = other.get("gain", sp.floor(x))
    after = gain.xreplace({x: HIGHER})
    return Comparison("1", gain, after, TWO, slope, along, tuple(claims)).order()


def test_a_slope_stands_in_where_the_points_are_connected() -> None:
    right = Space.of(x > 0)
    proved, open_claim = (x > 0, right), (x > 1, right)
    found = by_slope(x, right, proved)
    assert (found.sign, len(found.proofs), len(found.premises)) == ("+", 1, 1)
    assert [p.verdict for p in (*found.proofs, *found.premises)] == ["proved", "proved"]
    assert by_slope(x, right).sign == "+"
    assert by_slope(-x, right, proved).sign == "-"
    assert by_slope(x - 1, right, proved).sign == "?"  # the slope has both signs
    assert by_slope(x, right, proved, open_claim).sign == "?"  # perhaps not connected
    assert by_slope(None, right, proved).sign == by_slope(x, None, proved).sign == "?"
    # What was proved to take both signs needs no slope.
    assert by_slope(x, right, proved, gain=(x - 1) ** 2).sign == "?"
    # A sign of the difference itself comes first.
    assert by_slope(x, right, proved, gain=-x).sign == "-"


@pytest.mark.parametrize(
    ("gain", "given", "rising", "falling"),
    [
        (x, [], True, False), (-x, [], False, True), (x**3 - y, [], True, False),
        (y, [], True, True), ((x + 1) * (y**2 + x**2 + 1), [], True, False),
        (-(x + 1) * (y**2 + x**2 + 1), [], False, True), (x**2 - 1, [], False, False),
        (x**2 - 1, [x > 0], True, False), (x**2 - 1, [x < 0], False, True),
        (x**2 - x, [], False, False), (x**2, [], False, False), (-(x**2), [], False, False),
        (x**2, [x >= 0], True, False), (x**2 + 1, [], True, True), (-(x**2) - 1, [], True, True),
        (sp.sin(x), [], False, False),
    ],
    ids=str,
)  # fmt: skip
def test_single_crossing(gain: sp.Expr, given: list[sp.Basic], rising: bool, falling: bool) -> None:
    """Once positive it stays so, and once nonnegative it stays so: with a rise, or with a fall."""
    comparison = pair_comparison(gain, *given)
    for is_rising, expected in ((True, rising), (False, falling)):
        found = comparison.single_crossing(rising=is_rising)
        assert (found is not None) is expected
        assert found is None or [p.verdict for p in found] == ["proved", "proved"]
        for proof, relation in zip(found or (), (sp.Ge, sp.Gt), strict=False):
            assert proof.statement.func is sp.Implies
            sides = comparison.before, comparison.after
            assert [(side.func, side.rhs) for side in proof.statement.args] == [(relation, 0)] * 2
            assert [side.lhs for side in proof.statement.args] == list(sides)[
                :: 1 if is_rising else -1
            ]


def test_a_counterexample_is_two_points_in_the_other_order() -> None:
    comparison = pair_comparison(x**2 - y)
    higher = sp.Symbol("x_higher", real=True)
    for rising in (True, False):
        point = comparison.counterexample(rising=rising)
        assert point is not None
        change = point[higher] ** 2 - point[x] ** 2
        assert point[higher] > point[x]
        assert bool(change < 0 if rising else change > 0)
    assert pair_comparison(x).counterexample(rising=True) is None
    assert pair_comparison(-x).counterexample(rising=False) is None
    assert pair_comparison(sp.sin(x)).counterexample(rising=True) is None
    assert pair_comparison(y).counterexample(rising=True) is None


def test_the_points_between_two_have_to_be_in_the_space() -> None:
    def connected(space: Space, symbol: sp.Symbol = x) -> bool | None:
        claims = segment_claims(space, symbol)
        if claims is None:
            return None
        return all(prover.prove(c, given=s).verdict == "proved" for c, s in claims)

    assert connected(Space.of(x > 0, symbols=[x, y]))
    assert connected(Space.of(x > 0, x <= y, y < 3))
    assert not connected(Space.of(sp.Or(x > 1, x < 0)))
    assert not connected(Space.of(sp.Ne(x, 0)))
    assert connected(Space.of(y**2 > 1, symbols=[x, y]))
    assert segment_claims(Space.of(y**2 > 1, symbols=[x, y]), x) == ()
    positive, nonzero = sp.Symbol("p", positive=True), sp.Symbol("q", nonzero=True, real=True)
    assert connected(Space.of(positive < 2), positive)
    assert connected(Space.of(nonzero < 2), nonzero) is False
    assert connected(Space.of(n < 5), n) is None
    assert connected(Space.of(symbols=[even]), even) is None
    assert (
        connected(Space.of(symbols=[sp.Symbol("r", rational=True)]), sp.Symbol("r", rational=True))
        is None
    )
    ((claim, segment),) = segment_claims(Space.of(x > 1, symbols=[x, y]), x) or ()
    (middle,) = claim.free_symbols
    assert claim == (middle > 1)
    assert {middle > x, middle < sp.Symbol("x_higher", real=True)} <= set(segment.constraints)


@pytest.mark.parametrize(
    ("expression", "smooth"),
    [
        (x, True), (sp.Integer(2), True), (x * y + sp.exp(x), True), (sp.log(x) / x, True),
        (sp.sqrt(x), True), (x**y, False), (2**x, False), (sp.exp(x * y), True), (sp.Abs(x), False),
        (sp.Abs(y) * x, True), (sp.Max(x, 1), False), (sp.Min(x, 1) + x, False),
        (sp.sign(x), False), (sp.floor(x), False), (sp.sin(sp.Max(x, y)), False),
        (sp.Piecewise((x, x > 0), (1, True)), False), (sp.Piecewise((x, y > 0), (1, True)), True),
        (sp.Piecewise((x, y > 0), (sp.Abs(x), True)), False), (sp.Max(x, y) ** 2, False),
        (sp.tanh(x) + sp.atan(x) * sp.erf(x), True), (y**y + x, True),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_smooth(expression: sp.Expr, smooth: bool) -> None:
    assert is_smooth(expression, (x,)) is smooth
    assert is_smooth(expression, (a,))
    assert is_smooth(expression, (a, x)) is smooth


@pytest.mark.parametrize(
    "function",
    [sp.exp, sp.log, sp.erf, sp.erfc, sp.erfinv, sp.sin, sp.cos, sp.atan, sp.sinh, sp.cosh, sp.tanh,
     sp.asinh, lambda e: e + e * y],
)  # fmt: skip
def test_functions_that_are_smooth(function: Any) -> None:
    assert is_smooth(function(x), (x,))
    assert not is_smooth(function(sp.Abs(x)), (x,))
    assert is_continuous_node(function(x))


@pytest.mark.parametrize(
    "assumed",
    ["real", "commutative", "positive", "negative", "nonnegative", "nonpositive", "nonzero",
     "finite", "extended_real"],
)  # fmt: skip
def test_assumptions_that_conditions_tell(assumed: str) -> None:
    symbol = sp.Symbol("q", **{assumed: True})
    assert segment_claims(Space.of(symbols=[symbol]), symbol) is not None


def test_what_is_continuous_at_its_top() -> None:
    for expression in (x + y, x * y, x**y, sp.Abs(x), sp.Max(x, y), sp.Min(x, y), sp.exp(x)):
        assert is_continuous_node(expression)
    for expression in (sp.floor(x), sp.sign(x), sp.Piecewise((x, y > 0), (1, True))):
        assert not is_continuous_node(expression)


def test_a_comparison_is_of_neighbours_and_alone_unless_it_says_otherwise() -> None:
    plain = Comparison("1", x, y, Space((x, y)))
    assert (plain.consecutive, plain.alone) == (True, True)
    assert (plain.slope, plain.along, plain.segment_claims) == (None, None, ())
