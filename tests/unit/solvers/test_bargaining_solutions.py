"""Bargaining solutions, against their definitions on fine grids of efficient points."""

import math
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import ParameterError
from gametheory_eeu.solvers.bargaining_solutions import (
    BargainingSolution,
    HullFrontier,
    SmoothFrontier,
    _bisect,
)

u, v = sp.symbols("u v", real=True)
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
SETS: dict[str, tuple[list[tuple[Any, Any]], tuple[Any, Any]]] = {
    "a segment": ([(0, 1), (1, 0)], (0, 0)),
    "a steep segment": ([(0, 6), (2, 0)], ("1/2", 1)),
    "a kink": ([(0, 4), (3, 3), (4, 0)], (1, "-1")),
    "points inside and at the same height": (
        [(0, 4), (1, 4), (3, 3), (2, 2), (4, 0), (4, -2), (2, 3), (-1, 2)], (0, 0)),
    "on a line": ([(0, 4), (1, 3), (2, 2), (4, 0)], (0, "1/3")),
    "one point": ([(2, 3)], (1, 1)),
    "a dominated point": ([(2, 3), (1, 3), (2, 0)], (0, 1)),
    "far down": ([(0, 1), (10, 0)], (-5, -5)),
    "four vertices": ([(0, 10), (4, 9), (7, 6), (9, 0)], (2, 3)),
}  # fmt: skip


def frontier(points: list[tuple[int, int]]) -> list[tuple[Fraction, Fraction]]:
    """Efficient points of the convex hull: the best of all segments between two points."""
    shares = [Fraction(k, 30) for k in range(31)]
    fine = {
        (t * a[0] + (1 - t) * b[0], t * a[1] + (1 - t) * b[1])
        for a in points for b in points for t in (shares if a < b else shares[:1])
    }  # fmt: skip
    best: list[tuple[Fraction, Fraction]] = []
    for x, y in sorted(fine, reverse=True):
        if not best or y > best[-1][1]:
            best.append((x, y))
    return best


def numbers(solution: BargainingSolution) -> tuple[Fraction, Fraction]:
    first, second = (Fraction(str(x)) for x in solution.payoffs)
    return first, second


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("weight", ["1/2", "1/4", "9/10"])
def test_nash_maximises_the_weighted_product(name: str, weight: str) -> None:
    points, d = SETS[name]
    solution, a = HullFrontier(points, d).nash(weight), float(Fraction(weight))
    d1, d2 = (float(Fraction(x)) for x in d)

    def worth(point: tuple[Fraction, Fraction]) -> float:
        first, second = max(float(point[0]) - d1, 0), max(float(point[1]) - d2, 0)
        return float(first**a * second ** (1 - a))

    grid = frontier(points)
    assert (solution.solution, solution.exact) == ("Nash", True)
    assert worth(numbers(solution)) >= max(map(worth, grid)) - 1e-12
    assert not any(x > numbers(solution)[0] and y > numbers(solution)[1] for x, y in grid)


@pytest.mark.parametrize("name", SETS)
def test_the_other_solutions_are_on_their_rays_and_cannot_be_raised(name: str) -> None:
    points, d = SETS[name]
    problem, (d1, d2), grid = HullFrontier(points, d), map(Fraction, d), frontier(points)
    ideal = [Fraction(str(x)) for x in problem.ideal]
    assert ideal[0] == max((x for x, y in _exact(points) if y >= d2), default=None)
    assert ideal[1] == max((y for x, y in _exact(points) if x >= d1), default=None)
    rays: dict[str, tuple[Any, Any]] = {
        "Kalai-Smorodinsky": (ideal[0] - d1, ideal[1] - d2),
        "egalitarian": (1, 1),
    }
    for solution in (problem.kalai_smorodinsky(), problem.egalitarian()):
        x, y = numbers(solution)
        r1, r2 = rays[solution.solution]
        assert (x - d1) * r2 == (y - d2) * r1
        assert x > d1
        assert not any(p > x and q > y for p, q in grid)
        assert any(p >= x - Fraction(1, 20) and q >= y - Fraction(1, 20) for p, q in grid)


def _exact(points: list[tuple[int, int]]) -> list[tuple[Fraction, Fraction]]:
    """Points of segments between two of the points at the disagreement levels that SETS has."""
    found = [(Fraction(x), Fraction(y)) for x, y in points]
    levels = {Fraction(x) for _, pair in SETS.values() for x in pair}
    for (x, y), (p, q) in [(a, b) for a in list(found) for b in list(found)]:
        for level in levels:
            if y != q and 0 <= (t := (level - q) / (y - q)) <= 1:
                found.append((t * x + (1 - t) * p, level))
            if x != p and 0 <= (t := (level - p) / (x - p)) <= 1:
                found.append((level, t * y + (1 - t) * q))
    return found


@pytest.mark.parametrize(
    ("points", "vertices"),
    [
        ([(0, 4), (1, 4), (3, 3), (2, 2), (4, 0), (4, -2)], [(1, 4), (3, 3), (4, 0)]),
        ([(0, 0), (2, 2), (1, 5)], [(1, 5), (2, 2)]),
        ([(0, 4), (2, 2), (4, 0), (2, 2)], [(0, 4), (4, 0)]),
        ([(3, 1)], [(3, 1)]),
        ([(0, 1), (1, 1)], [(1, 1)]),
    ],
)
def test_vertices_are_those_from_the_highest_point_on(
    points: list[tuple[int, int]], vertices: list[Any]
) -> None:
    assert list(HullFrontier(points, (-9, -9)).vertices) == vertices


@pytest.mark.parametrize("d", [(0, 1), (1, 0), (HALF, HALF), (2, 0), (-1, 1), (1, -1)])
def test_there_must_be_something_to_gain_for_both(d: tuple[object, object]) -> None:
    with pytest.raises(ParameterError, match="disagreement"):
        HullFrontier([(0, 1), (1, 0)], d)


@pytest.mark.parametrize(
    ("points", "d", "name"),
    [
        ([], (0, 0), "disagreement"), ([(1, 2, 3)], (0, 0), "points"), ([3], (0, 0), "points"),
        ([(1, sp.sqrt(2))], (0, 0), "points"), ([(1, 1)], (v, 0), "disagreement"),
        ([(1, 1)], (0,), "disagreement"), ([(v, 1)], (0, 0), "points"),
    ],
)  # fmt: skip
def test_points_are_pairs_of_rational_numbers(points: Any, d: Any, name: str) -> None:
    with pytest.raises(ParameterError, match=name):
        HullFrontier(points, d)
    lists: Any = [[1, 2]], [0, 0]
    assert HullFrontier(*lists).vertices == ((Fraction(1), Fraction(2)),)


@pytest.mark.parametrize("weight", [0, 1, -1, 2, v, sp.sqrt(2) / 2])
def test_a_weight_is_a_rational_number_between_0_and_1(weight: object) -> None:
    with pytest.raises(ParameterError, match="weight"):
        HullFrontier([(0, 1), (1, 0)], (0, 0)).nash(weight)
    with pytest.raises(ParameterError, match="weight"):
        SmoothFrontier(1 - u, (0, 0), u).nash(weight)


SMOOTH = [
    (1 - u, (0, 0), (1, 1)),
    (1 - u**2, (0, 0), (1, 1)),
    (sp.Rational(5, 2) - 2 * u, (HALF, THIRD), (sp.Rational(13, 12), sp.Rational(3, 2))),
    (4 - u**2, (1, 0), (2, 3)),
    (2 - u**2 / 2, (0, -6), (4, 2)),
]


@pytest.mark.parametrize(("curve", "d", "ideal"), SMOOTH, ids=str)
@pytest.mark.parametrize("weight", [HALF, sp.Rational(1, 5)])
def test_on_a_curve_each_solution_is_the_root_of_its_equation(
    curve: sp.Expr, d: tuple[sp.Expr, sp.Expr], ideal: tuple[sp.Expr, sp.Expr], weight: sp.Rational
) -> None:
    problem = SmoothFrontier(curve, d, u)
    assert problem.ideal == ideal
    proof = problem.concave
    assert proof is not None
    assert proof.verdict == "proved"
    nash = problem.nash(weight)
    log_product = weight * sp.log(u - d[0]) + (1 - weight) * sp.log(curve - d[1])
    assert abs(sp.N(sp.diff(log_product, u).subs(u, nash.payoffs[0]), 20)) < 1e-15
    other, even = problem.kalai_smorodinsky(), problem.egalitarian()
    gains = [[x - y for x, y in zip(s.payoffs, d, strict=True)] for s in (other, even)]
    most = [x - y for x, y in zip(ideal, d, strict=True)]
    assert sp.expand(gains[0][0] * most[1] - gains[0][1] * most[0]) == 0
    assert sp.expand(gains[1][0] - gains[1][1]) == 0
    for solution, name in ((nash, "Nash"), (other, "Kalai-Smorodinsky"), (even, "egalitarian")):
        x, y = solution.payoffs
        assert (solution.solution, solution.exact) == (name, True)
        assert sp.expand(y - curve.subs(u, x)) == 0
        assert d[0] < x < ideal[0]
    assert problem.nash().payoffs == problem.nash(HALF).payoffs


@pytest.mark.parametrize(
    ("low", "high", "root"),
    [(0, None, "1/3"), (0, None, 1), (0, None, 13), (2, None, 3), (0, 2, "1/3"), (0, 4, 4),
     (0, 10**6, "7/2"), ("1/2", None, 4 * 10**8), (2 * 10**9, None, 2 * 10**9 + 5),
     ("sqrt(2) - 1", "exp(1) + sqrt(2)", 2)],
)  # fmt: skip
def test_bisection_meets_the_root(low: object, high: object, root: object) -> None:
    low, expected = sp.sympify(low), sp.sympify(root)
    end = None if high is None else sp.sympify(high)
    found = _bisect(lambda x: expected - x, low, end)
    assert float(found) == pytest.approx(float(expected), rel=1e-14)


def test_bisection_ends_where_nothing_falls() -> None:
    with pytest.raises(ParameterError, match="one that falls to the disagreement payoff"):
        _bisect(lambda x: 1 + 0 * x, sp.Integer(0), None)


def test_without_a_closed_form_it_is_solved_in_floating_point() -> None:
    problem = SmoothFrontier(2 - sp.exp(u) - u**3, (0, 0), u)
    found = problem.egalitarian()
    x, y = map(float, found.payoffs)
    assert y == pytest.approx(2 - math.exp(x) - x**3, abs=1e-12)
    assert x == pytest.approx(y, abs=1e-12)
    assert not found.exact


def test_an_exact_root_below_an_ideal_that_is_not_exact_is_called_inexact() -> None:
    problem = SmoothFrontier(2 - sp.exp(u) - u**3, (0, 0), u)
    assert problem.ideal[0].is_Float
    assert problem.ideal[1] == 1
    found = problem._root_solution("a half of the first's", 1 - 2 * u)
    assert (found.payoffs[0], found.exact) == (HALF, False)
    problem = SmoothFrontier(1 - u, (0, 0), u)
    found = problem._root_solution("of no closed form", 2 - sp.exp(u) - u**3)
    assert (problem.ideal, found.exact) == ((1, 1), False)


@pytest.mark.parametrize(
    ("curve", "d", "variable", "name"),
    [
        (1 - u, (0, 0), "u", "variable"), (1 - u, (0,), u, "disagreement"),
        (1 - u, (0, v), u, "disagreement"), (1 - u - v, (0, 0), u, "frontier"),
        (1 - u, (0, 1), u, "disagreement"), (1 - u, (HALF, HALF), u, "disagreement"),
        (1 - u, (2, 0), u, "disagreement"), (2 + u, (0, 0), u, "frontier"),
        (u**2 - 2 * u + 1, (0, 0), u, "frontier"), ("1 - u - w", (0, 0), u, "w"),
    ],
    ids=str,
)  # fmt: skip
def test_a_curve_falls_and_is_concave_above_the_disagreement(
    curve: Any, d: Any, variable: Any, name: str
) -> None:
    with pytest.raises(ParameterError, match=name):
        SmoothFrontier(curve, d, variable)


def test_a_curve_may_be_text_and_beyond_the_prover() -> None:
    assert SmoothFrontier("1 - u**2", (0, 0), u).egalitarian().payoffs[0] == (sp.sqrt(5) - 1) / 2
    pair: Any = [0, 0]
    assert SmoothFrontier(1 - u, pair, u).disagreement == (0, 0)


def test_a_curve_that_never_falls_so_far_has_no_ideal() -> None:
    with pytest.raises(ParameterError, match="one that falls to the disagreement payoff"):
        _ = SmoothFrontier(1 + 0 * u, (0, 0), u).ideal
