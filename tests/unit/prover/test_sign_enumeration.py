"""Sign vectors that polynomials take on a space, against those seen on a grid."""

from itertools import combinations, product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover import sign_enumeration as module
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.prover.sign_abstraction import (
    Literal,
    SignAbstraction,
    SignFormula,
    all_of,
    any_of,
    is_satisfied,
)
from gametheory_eeu.prover.sign_enumeration import SignEnumerator, UndecidedSignsError

x, y = sp.symbols("x y", real=True)
VALUES = [sp.Rational(v, 4) for v in range(-12, 13)]
GRID = [{x: a, y: b} for a, b in product(VALUES, repeat=2)]
SETS = [frozenset(s) for s in ({1}, {0}, {-1}, {0, 1}, {-1, 0}, {-1, 1})]
CASES: dict[str, tuple[list[Expr], list[Boolean]]] = {
    "one": ([x], []),
    "one of a sign": ([x, x - 1], [x > 1]),
    "lines": ([x, y, x - y], []),
    "parallel lines": ([x, x - 1, x + 1], []),
    "in the square": ([x - y, 2 * x + 2 * y - 1], [x >= 0, x <= 1, y >= 0, y <= 1]),
    "on a line": ([x, y - 1], [sp.Eq(x, y)]),
    "a hyperbola": ([x * y - 1, x], []),
    "a parabola": ([x**2 - y, y - 1], []),
    "an edge": ([x, y], [x >= 0, y <= 0]),
    "cubic": ([x**3 - x, y], [y > 0]),
    "nowhere": ([x], [x > 1, x < 0]),
    "a point": ([x, y], [sp.Eq(x, 1), sp.Eq(y, -1)]),
}


def enumerator(expressions: list[Expr], constraints: list[Boolean]) -> SignEnumerator:
    conditions = [sp.Gt(e, 0, evaluate=False) for e in expressions]
    return SignEnumerator(SignAbstraction(conditions, Space((x, y), tuple(constraints))))


def seen(found: SignEnumerator, constraints: list[Boolean]) -> set[tuple[int, ...]]:
    return {
        tuple(int(sp.sign(e.xreplace(at))) for e in found.parts.expressions)
        for at in GRID
        if all(truth_value(c, at) is True for c in constraints)
    }


@pytest.mark.parametrize("name", CASES)
def test_signs_are_those_on_a_grid(name: str) -> None:
    expressions, constraints = CASES[name]
    found = enumerator(expressions, constraints)
    vectors = seen(found, constraints)
    assert found.empty is (not vectors)
    if vectors:
        for k, signs in enumerate(found.possible):
            assert signs == {v[k] for v in vectors}
    formulas: list[SignFormula] = [Literal(k, s) for k in range(found.count) for s in SETS]
    formulas += [
        join(Literal(i, s), Literal(j, t))
        for i, j in combinations(range(found.count), 2)
        for s, t in product(SETS[:4], repeat=2)
        for join in (all_of, any_of)
    ]
    for formula in [*formulas, True, False]:
        here = {v for v in vectors if is_satisfied(formula, v)}
        point = found.point(formula)
        assert (point is None) is (not here), (name, formula)
        assert point is None or point in here
        assert found.excludes(formula) is (not here)
    assert set(found.points) <= vectors


@pytest.mark.parametrize("name", CASES)
def test_each_vector_is_kept_with_a_point_of_the_space(name: str) -> None:
    expressions, constraints = CASES[name]
    found = enumerator(expressions, constraints)
    symbols = {s.name: s for s in (x, y)}
    for signs, values in found.points.items():
        at = {symbols[str(key)]: v for key, v in values.items() if str(key) in symbols}
        at = {x: sp.Integer(0), y: sp.Integer(0)} | at
        assert all(v is not None for v in at.values())
        assert signs == tuple(int(sp.sign(e.xreplace(at))) for e in found.parts.expressions)
        assert all(truth_value(c, at) is True for c in constraints)


def test_a_point_that_was_seen_answers_without_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = enumerator(*CASES["lines"])
    known = dict(found.points)
    monkeypatch.setattr(found, "_search", lambda _: None)
    for signs in known:
        formula = all_of(*(Literal(k, frozenset({s})) for k, s in enumerate(signs)))
        assert found.point(formula) == signs
    unseen = next(v for v in seen(found, []) if v not in known)
    formula = all_of(*(Literal(k, frozenset({s})) for k, s in enumerate(unseen)))
    assert found.point(formula) is None
    assert found._known_points(True) == 2 ** len(known) - 1
    assert found._known_points(False) == 0


def test_a_core_has_only_what_excludes_each_other() -> None:
    for powers in (1, 3):  # the quick solver, and the thorough one
        found = enumerator([x, x - 1, y, y**powers - 2], [])
        names = {e: k for k, e in enumerate(found.parts.expressions)}
        literals = {names[x]: frozenset({-1}), names[x - 1]: frozenset({1}),
                    names[y]: frozenset({1})}  # fmt: skip
        assert found._check(literals) is None
        core = found._unsat_core(literals)
        assert core == {names[x]: frozenset({-1}), names[x - 1]: frozenset({1})}


def test_what_reaches_the_limit_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    found = enumerator([x**3 + y - x * y**2 - 1, x**2 * y - y**3 + 2, x], [])
    monkeypatch.setattr(module, "_BUDGET", Budget(rlimit=1))
    assert found.excludes(all_of(*(Literal(k, frozenset({0})) for k in (0, 1)))) is False
    literals = {0: frozenset({0}), 1: frozenset({0})}
    with pytest.raises(UndecidedSignsError) as error:
        found._check(literals)
    assert error.value.literals == literals


def test_the_quick_solver_is_left_where_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    linear = enumerator([x, y], [])
    assert linear._failures == 0
    assert linear._quick_check({0: frozenset({1})}) == "sat"

    class Slow:
        def check(self, *marks: Any) -> str:
            return "unknown"

        def add(self, *formulas: Any) -> None: ...

    monkeypatch.setattr(linear, "_quick_solver", Slow())
    for failures in (1, 2, 3):
        assert linear._quick_check({0: frozenset({1})}) == "unknown"
        assert linear._failures == failures
    monkeypatch.setattr(linear, "_quick_solver", None)
    assert linear._quick_check({0: frozenset({1})}) == "unknown"
    assert enumerator([x**3 - y], [])._failures > 2
    assert enumerator([x**2 - y], [])._failures == 0
    assert enumerator([sp.Integer(1)], [])._failures == 0


def test_a_polynomial_costs_by_its_terms_and_degree() -> None:
    found = enumerator([x, x**2 * y - y + 1], [])
    by_expression = {e: found.cost(k) for k, e in enumerate(found.parts.expressions)}
    assert by_expression == {x: 1 * 2, x**2 * y - y + 1: 3 * 4}
