"""The search for simple exact points: which one is found, and when none is."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import point_search as module
from gametheory_eeu.prover.point_search import (
    SMALL_INTEGERS,
    SMALL_RATIONALS,
    contains,
    find_point,
    is_true_at,
    simplest_point,
)
from gametheory_eeu.prover.smt_query import Query, split
from gametheory_eeu.prover.smt_solvers import Answer

R = sp.Rational
x, y = sp.symbols("x y", real=True)
k = sp.Symbol("k", integer=True)
p = sp.Symbol("p", positive=True)


def query_of(*constraints: Boolean, symbols: tuple[Symbol, ...] = (x,)) -> Query:
    """Of a statement that is true nowhere: its goal is any point of the constraints."""
    part, _ = split(Space(symbols, constraints), symbols)
    return Query(sp.false, part)


def obeys(*constraints: Boolean) -> Any:
    return lambda point: (
        all(truth_value(c, point) is True for c in constraints)
        and all(value.is_integer for symbol, value in point.items() if symbol.is_integer)
    )


CASES: list[tuple[tuple[Symbol, ...], tuple[Boolean, ...], Point]] = [
    ((x,), (), {x: R(0)}),
    ((x,), (x > 0,), {x: R(1)}),
    ((x,), (x < 0,), {x: R(-1)}),
    ((x,), (x > 1,), {x: R(2)}),
    ((x,), (x > 0, x < 1), {x: R(1, 2)}),
    ((x,), (x > -1, x < 0), {x: R(-1, 2)}),
    ((x,), (x > 0, x < R(1, 2)), {x: R(1, 3)}),
    ((x,), (x > R(1, 2), x < R(3, 4)), {x: R(2, 3)}),
    ((x,), (x > 5, x < 11), {x: R(10)}),
    ((x,), (x > 0, x < R(1, 5)), {x: R(1, 10)}),
    ((x, y), (x > 0, y > x), {x: R(1), y: R(2)}),
    ((x, y), (x + y > 1,), {x: R(0), y: R(2)}),
    ((x, k), (x > k, k > 1), {k: sp.Integer(2), x: R(3)}),
    ((p,), (p < 1,), {p: R(1, 2)}),
    ((k,), (k < 0,), {k: sp.Integer(-1)}),
    ((k,), (k > 11,), {k: sp.Integer(12)}),
]


@pytest.mark.parametrize(("symbols", "constraints", "expected"), CASES, ids=range(len(CASES)))
def test_the_simplest_numbers_are_tried_first(
    symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...], expected: Point
) -> None:
    query = query_of(*constraints, symbols=symbols)
    assert simplest_point(query, obeys(*constraints)) == expected
    assert find_point(query, query.untrue, obeys(*constraints)) == expected


@pytest.mark.parametrize(("symbol", "constraints", "expected"), [
    (x, (sp.Eq(7 * x, 22),), R(22, 7)), (x, (x > 11,), None), (k, (k > 40,), None),
    (x, (sp.Eq(x**2, 2), x > 0), sp.sqrt(2)), (x, (sp.Eq(x**2, 2), x < 0), -sp.sqrt(2)),
    (k, (k < -40,), None), (x, (x**2 > 200, x < 0), None),
    (x, (x > R(31, 100), x < R(33, 100)), None), (x, (x > R(314, 1000), x < R(315, 1000)), None),
], ids=range(9))  # fmt: skip
def test_beyond_small_numbers_the_solver_says_where(
    symbol: Symbol, constraints: tuple[Boolean, ...], expected: Any
) -> None:
    query = query_of(*constraints, symbols=(symbol,))
    assert simplest_point(query, obeys(*constraints)) is None
    found = find_point(query, query.untrue, obeys(*constraints))
    assert found is not None
    assert obeys(*constraints)(found)
    assert expected is None or found == {symbol: expected}
    assert found[symbol].is_Rational is (expected is None or expected.is_Rational)


def test_no_point_is_none() -> None:
    for constraints in ((x > 1, x < 0), (sp.Eq(x**2, -1),)):
        query = query_of(*constraints)
        assert simplest_point(query, obeys(*constraints)) is None
        assert find_point(query, query.untrue, obeys(*constraints)) is None
    everywhere = query_of()
    assert find_point(everywhere, "false", obeys()) is None
    assert find_point(everywhere, everywhere.untrue, lambda _: False) is None
    between = query_of(k > 1, k < 2, symbols=(k,))
    assert find_point(between, between.untrue, obeys(k > 1, k < 2)) is None
    whole = query_of(sp.Eq(3 * k, 2 * x), x > 0, x < 2, symbols=(x, k))
    assert find_point(whole, whole.untrue, obeys(sp.Eq(3 * k, 2 * x), x > 0)) == {
        k: 1, x: R(3, 2)}  # fmt: skip


def test_only_what_is_a_witness_is_a_point() -> None:
    tried: list[Point] = []

    def is_witness(point: Point) -> bool:
        tried.append(point)
        return bool(point[x] == 2)

    query = query_of(x > 0)
    assert find_point(query, query.untrue, is_witness) == {x: 2}
    assert {x: R(1)} in tried
    tried.clear()
    assert simplest_point(query, is_witness) is None
    assert tried == [{x: R(1)}]


def test_where_a_solver_is_slow_more_points_are_tried_without_it() -> None:
    heavy = query_of(x**60 + y > 0, symbols=(x, y))
    assert heavy.power > module._SLOW_POWER
    tried: list[Point] = []

    def is_witness(point: Point) -> bool:
        tried.append(point)
        return False

    assert simplest_point(heavy, is_witness) is None
    allowed = [(a, b) for a, b in product(SMALL_RATIONALS, repeat=2)]
    first = [{x: a, y: b} for a, b in allowed[:100] if a**60 + b > 0]
    assert tried == first[: 100 // heavy.relations]
    assert len(tried) > 10


def test_dead_ends_are_counted() -> None:
    query = query_of(x > 0, x < 1)
    found = list(module._trial_points(query, [x], {}))
    expected = [{x: v} if 0 < v < 1 else None for v in SMALL_RATIONALS]
    assert found == expected
    assert [None, None, None, None, {x: R(1, 2)}] == found[:5]
    whole = list(module._trial_points(query_of(k > 10, symbols=(k,)), [k], {}))
    assert [point for point in whole if point] == [{k: 11}, {k: 12}]
    assert len(whole) == len(SMALL_INTEGERS) == 16


def test_what_is_settled_by_some_values() -> None:
    query = query_of(x > 0, y > x, symbols=(x, y))
    for trial, expected in (
        ({x: R(1)}, True), ({x: R(0)}, False), ({x: R(-1)}, False), ({x: sp.sqrt(2)}, True),
        ({x: -sp.sqrt(2)}, True),
    ):  # fmt: skip
        assert module._is_allowed(query, x, trial) is expected
    for values, expected in (((1, 2), True), ((2, 1), False), ((1, 1), False), ((-1, 2), True)):
        trial = dict(zip((x, y), map(sp.Integer, values), strict=True))
        assert module._is_allowed(query, y, trial) is expected  # x's own was looked at before
    assert module._is_allowed(query_of(symbols=(p,)), p, {p: R(0)}) is False
    assert module._is_allowed(query_of(symbols=(p,)), p, {p: R(1)}) is True


@pytest.mark.parametrize(("symbol", "model", "beyond"), [
    (x, R(22, 7), [R(13, 4), R(22, 7)]), (x, R(1, 3), []), (x, R(-17, 5), [R(-10, 3), R(-17, 5)]),
    (x, R(31415, 10000), [R(13, 4), R(22, 7), R(311, 99), R(6283, 2000)]), (k, R(5), []),
    (k, R(20), [20]), (k, R(41, 2), [20, 21]), (k, R(-9, 2), [-5, -4]),
], ids=str)  # fmt: skip
def test_what_is_tried_beside_the_small_numbers(symbol: Symbol, model: Any, beyond: Any) -> None:
    small = SMALL_INTEGERS if symbol.is_integer else SMALL_RATIONALS
    found = list(dict.fromkeys(module.candidate_values(symbol, model)))
    assert found[: len(small)] == list(small)
    assert found[len(small) :] == beyond
    if model not in small:
        assert symbol.is_integer or found[-1] == model


def test_an_irrational_value_is_tried_by_its_neighbours_and_itself() -> None:
    found = list(module.candidate_values(x, sp.sqrt(2)))
    assert found[len(SMALL_RATIONALS) :] == [
        R(4, 3),
        R(7, 5),
        R(140, 99),
        R(8119, 5741),
        sp.sqrt(2),
    ]


def test_numbers_that_are_whole_come_first() -> None:
    n, m = sp.symbols("n m", integer=True)
    assert module._integers_first(query_of(symbols=(x, n, p, m))) == [m, n, p, x]


def test_a_root_of_a_quadratic_is_a_square_root() -> None:
    z = sp.Symbol("z")
    root = sp.CRootOf(z**2 - z - 1, 0)
    assert module._radical(sp.rootof(z**2 - z - 1, 1)) == (1 + sp.sqrt(5)) / 2
    assert module._radical(root) == (1 - sp.sqrt(5)) / 2
    cubic = sp.CRootOf(z**3 - z - 1, 0)
    assert module._radical(cubic) == cubic
    assert module._radical(R(3, 2)) == R(3, 2)


class Limited(module._PointSearch):
    """Answers are given in advance; counted as ever."""

    def __init__(self, query: Query, answers: list[Answer], is_witness: Any) -> None:
        super().__init__(query, query.untrue, is_witness)
        self.answers, self.asked = answers, 0

    def ask(self, fixed: Point, symbols: list[Symbol], budget: Any = None) -> Answer:
        self.left -= 1
        self.asked += 1
        return self.answers.pop(0) if self.answers else Answer("unknown")


def test_the_solvers_own_values_are_taken_where_small_ones_are_left_open() -> None:
    name = query_of(x > 20).name(x)
    model = Answer("sat", {name: R(47, 2)})
    query = query_of(x > 20)
    search = Limited(query, [model], obeys(x > 20))
    assert search.run() == {x: R(47, 2)}  # 47/2 is sat, the nearer 24 was left open
    assert Limited(query, [Answer("unsat")], obeys(x > 20)).run() is None
    wrong = Answer("sat", {name: R(3)})
    assert Limited(query, [wrong, Answer("unsat")], obeys(x > 20)).run() is None


def test_a_search_without_queries_left_asks_once_more() -> None:
    query = query_of(x > 20)
    name = query.name(x)
    model = Answer("sat", {name: R(47, 2)})
    search = Limited(query, [model, model], obeys(x > 20))
    search.left = 0
    assert search.model_point([x], {}) == {x: R(47, 2)}
    assert (search.left, search.asked) == (-1, 1)
    assert search.model_point([x], {}) is None
    assert search.asked == 1
    search.model = {x: R(30)}
    assert search.model_point([x], {}) == {x: R(30)}
    open_search = Limited(query, [], obeys(x > 20))
    assert open_search.model_point([x], {}) is None


def test_values_of_a_model_are_taken_if_rational_and_a_witness() -> None:
    query = query_of(x > 1, symbols=(x, y))
    search = Limited(query, [], obeys(x > 1))
    names = [query.name(s) for s in (x, y)]
    assert search.rational_point(Answer("sat", {names[0]: R(7)})) == {x: 7, y: 0}
    assert search.rational_point(Answer("sat", {names[0]: R(1)})) is None
    irrational = dict(zip(names, (R(7), sp.sqrt(2)), strict=True))
    assert search.rational_point(Answer("sat", irrational)) is None
    assert search.left == 60 + 8 * 2
    assert search.is_frugal is False
    search.model = {}
    assert search.is_frugal is True


@pytest.mark.parametrize(("at", "expected"), [
    ({x: 1, y: 2}, True), ({x: 2, y: 1}, False), ({x: 0, y: 2}, False), ({x: 1, y: 2, k: 5}, True),
], ids=range(4))  # fmt: skip
def test_whether_a_point_is_in_a_space(at: dict[Symbol, int], expected: bool) -> None:
    space = Space((x, y), (1 / x > 0, y > x))
    assert contains(space, {s: sp.Integer(v) for s, v in at.items()}) is expected


def test_a_statement_is_true_where_it_is_defined_and_holds() -> None:
    for value, expected in ((-1, False), (0, False), (1, True)):
        assert is_true_at(1 / x > 0, {x: sp.Integer(value)}) is expected
    with pytest.raises(GameTheoryError):
        is_true_at(x > y, {x: sp.Integer(1)})
