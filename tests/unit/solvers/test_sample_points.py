"""Random points of a space: where they lie, and what they say of signs and conditions."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy.polys.fields import sfield

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers import sample_points
from gametheory_eeu.solvers.sample_points import Samples

a, b = sp.symbols("a b", real=True)
FIELD, _ = sfield([a, b])
GRID = np.array(list(product([-1.0, 0.0, 0.5, 2.0], repeat=2)))
HERE = Samples(FIELD, list(GRID.T))


def points_of(samples: Samples) -> Any:
    """A row for each point."""
    return np.array([column.tolist() for column in samples.columns]).T


def at(expression: Any) -> list[Any]:
    """Its values at the grid, exactly."""
    points = [{a: sp.Rational(x), b: sp.Rational(y)} for x, y in GRID]
    return [sp.sympify(expression).subs(point) for point in points]


@pytest.mark.parametrize("expression", [
    a - b, a**2 - b, (a - b) ** 2, a * b - 1, sp.Integer(3), -a, b**3 + a, sp.Integer(0),
], ids=str)  # fmt: skip
def test_signs_and_values_are_those_at_the_points(expression: sp.Expr) -> None:
    polynomial = FIELD.from_expr(expression).numer
    signs = [int(sp.sign(v)) for v in at(expression)]
    assert HERE.signs(polynomial).tolist() == signs
    assert HERE.signs(polynomial) is HERE.signs(polynomial)
    assert HERE.value(polynomial).tolist() == [float(v) for v in at(expression)]
    assert HERE.sign_set(polynomial) == set(signs)
    assert HERE.first(0).sign_set(polynomial) == set()


def test_rounding_is_no_sign() -> None:
    points = Samples(FIELD, [np.full(3, 0.1), np.array([0.3, 0.3 + 1e-7, 0.3 - 1e-7])])
    assert points.signs(FIELD.from_expr(3 * a - b).numer).tolist() == [0, -1, 1]
    large = Samples(FIELD, [np.full(2, 1e6), np.array([1e6 + 1e-4, 1e6 + 1])])
    assert large.signs(FIELD.from_expr(a - b).numer).tolist() == [0, -1]


@pytest.mark.parametrize("value", [(a - 1) / (b - 3), 1 / (a + 3), (a - b) / (a - 3) ** 2], ids=str)
def test_the_sign_of_a_quotient(value: sp.Expr) -> None:
    expected = [int(sp.sign(v)) for v in at(value)]
    assert HERE.sign(FIELD.from_expr(value)).tolist() == expected


@pytest.mark.parametrize("condition", [
    a > b, a >= b, a < b, a <= b, sp.Eq(a, b), sp.Ne(a, b), sp.true, sp.false,
    sp.And(a > 0, b >= a), sp.Or(a > 1, sp.Eq(b, 2)), sp.Not(sp.And(a > 0, b > 0)),
    sp.Or(sp.And(a > 0, b > 0), sp.And(a < 0, b < 0)), 1 / (a + 3) > sp.Rational(1, 3),
    sp.Not(sp.Or(a > 0, b > 0), evaluate=False),
], ids=str)  # fmt: skip
def test_truth_is_that_at_the_points(condition: Any) -> None:
    found = HERE.truth(condition)
    assert found is not None
    assert found.tolist() == [bool(v) for v in at(condition)]
    inside = HERE.restrict([condition])
    assert points_of(inside).tolist() == GRID[found].tolist()
    assert inside.within == (condition,)


@pytest.mark.parametrize("condition", [
    sp.sqrt(a) > 1, sp.And(a > 0, sp.exp(b) > 1), sp.Or(a > 0, sp.sin(a) > b), sp.Symbol("c") > 0,
], ids=str)  # fmt: skip
def test_what_is_no_rational_function_is_not_evaluated(condition: Any) -> None:
    assert HERE.truth(condition) is None
    assert len(HERE.restrict([condition])) == 0
    assert HERE.element(sp.sqrt(a)) is None
    assert HERE.element(a / (b + 1)) == FIELD.from_expr(a / (b + 1))


def test_restrictions_add_up() -> None:
    inside = HERE.restrict([a > 0]).restrict([b > a])
    assert inside.within == (a > 0, b > a)
    assert points_of(inside).tolist() == [[0.5, 2.0]]
    first = inside.first(1)
    assert (first.within, len(first), len(HERE.first(3)), len(HERE)) == (inside.within, 1, 3, 16)
    assert points_of(HERE.first(3)).tolist() == GRID[:3].tolist()


def test_random_points_obey_constraints_and_assumptions() -> None:
    p, m = sp.Symbol("p", positive=True), sp.Symbol("m", negative=True)
    n, k = sp.Symbol("n", nonnegative=True), sp.Symbol("k", integer=True)
    field, _ = sfield([p, m, n, k, a])
    samples = Samples.of(field, [a > p])
    columns = dict(zip(field.symbols, samples.columns, strict=True))
    assert 0 < len(samples) <= 600
    assert (columns[p] > 0).all()
    assert (columns[m] < 0).all()
    assert (columns[n] >= 0).all()
    assert (columns[n] == 0).any()
    assert (columns[k] == np.rint(columns[k])).all()
    assert len(set(columns[k].tolist())) > 5
    assert (columns[a] > columns[p]).all()
    assert samples.within[-1] == (a > p)
    assert (points_of(samples) * 64 == np.rint(points_of(samples) * 64)).all()
    assert (points_of(samples) * 8 != np.rint(points_of(samples) * 8)).any()


def test_points_are_the_same_each_time_and_counted() -> None:
    first, second = (points_of(Samples.of(FIELD, [a > 0])) for _ in range(2))
    assert first.tolist() == second.tolist()
    assert len(Samples.of(FIELD, [])) == 600
    assert len(Samples.of(FIELD, [], drawn=50)) == 50
    assert len(Samples.of(FIELD, [], drawn=50, kept=7)) == 7
    free = points_of(Samples.of(FIELD, []))
    assert free.min() >= -3
    assert free.max() <= 3
    assert (free.min(axis=0) < -2).all()
    assert (free.max(axis=0) > 2).all()


def test_without_plain_symbols_there_are_no_points() -> None:
    field, _ = sfield([sp.exp(a), a])
    samples = Samples.of(field, [])
    assert [len(column) for column in samples.columns] == [0, 0]


def test_mixes_are_distributions() -> None:
    x, y, z = sp.symbols("x y z", real=True)
    field, _ = sfield([x, y, z, a])
    samples = Samples.of(field, [], mixes=[(x, y, z)])
    columns = dict(zip(field.symbols, samples.columns, strict=True))
    total = columns[x] + columns[y] + columns[z]
    assert (total == 1).all()
    for s in (x, y, z):
        assert (columns[s] >= 0).all()
        assert columns[s].max() > 0.8
        assert (columns[s] * 64 == np.rint(columns[s] * 64)).all()
    assert columns[a].min() < 0
    alone = Samples.of(field, [], mixes=[(z,)])
    assert set(points_of(alone)[:, list(field.symbols).index(z)].tolist()) == {1.0}


@pytest.mark.parametrize("value", [a - b, 2 * a - b + 1, a**2 + 3 * b - 1, b**2 - a], ids=str)
def test_points_are_projected_onto_a_zero_set(value: sp.Expr) -> None:
    element = FIELD.from_expr(value)
    found = HERE.onto(element)
    assert len(found) == len(HERE)
    assert set(found.signs(element.numer).tolist()) == {0}
    (moved,) = [k for k in range(2) if not (points_of(found)[:, k] == GRID[:, k]).all()]
    kept = 1 - moved
    assert points_of(found)[:, kept].tolist() == GRID[:, kept].tolist()


def test_projected_points_stay_inside() -> None:
    inside = HERE.restrict([a > 0])
    found = inside.onto(FIELD.from_expr(a - b))  # a is moved first
    assert points_of(found).tolist() == [[y, y] for _, y in points_of(inside) if y > 0]
    assert found.within == (a > 0,)
    found = HERE.restrict([a > 1]).onto(FIELD.from_expr(a + 1 - b / 4))  # only b can be moved
    assert points_of(found).tolist() == [[2.0, 12.0]] * 4
    nowhere = inside.onto(FIELD.from_expr(a * b - 1))
    assert len(nowhere) == 0
    assert nowhere.within == (a > 0,)
    assert len(inside.onto(FIELD.from_expr(a**2 - b**2))) == 0


def test_lists_have_the_same_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y, z = sp.symbols("x y z", real=True)
    k = sp.Symbol("k", integer=True)
    field, _ = sfield([x, y, z, a, k])
    condition = sp.And(sp.Or(a * x > y, sp.Eq(k, 1)), sp.Not(sp.Eq(a, k)))
    results = []
    for has_numpy in (True, False):
        monkeypatch.setattr(sample_points, "is_installed", lambda _, has=has_numpy: has)
        drawn = Samples.of(field, [a > x], [(x, y, z)], drawn=400, kept=50)
        moved = drawn.onto(field.from_expr(a - 2 * y + z))
        assert isinstance(moved.columns[0], sample_points.ListVector) is not has_numpy
        columns = [*drawn.columns, *moved.columns, drawn.truth(condition), moved.truth(condition)]
        results.append([column.tolist() for column in columns])
    assert results[0] == results[1]
    assert 0 < sum(results[0][-1]) < len(results[0][-1])


@pytest.mark.parametrize("size", [10**307, 10**400])
def test_coefficients_at_the_end_of_all_floats_and_beyond(size: int) -> None:
    game = eeu.NormalForm([["a", size], [0, 1]], [[1, 0], [0, f"{size}*a"]])
    equilibria = game.solve()
    for value in (2, 0, -1, 2 * size, sp.Rational(1, size)):
        exist = {e.name for e in equilibria if truth_value(e.condition, {game.symbols[0]: value})}
        assert exist == {e.name for e in game.at(a=value).solve()}
    assert eeu.regimes(game).covers.verdict == "proved"
