"""Relations of the same two sides become one, and every point keeps its truth."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.prover import merge_relations as merging
from gametheory_eeu.prover.merge_relations import merge, sign_condition, solve_linear

a, b, c = SYMBOLS = sp.symbols("a b c", real=True)
HEADS = {sp.Gt: {1}, sp.Lt: {-1}, sp.Eq: {0}, sp.Ge: {0, 1}, sp.Le: {-1, 0}, sp.Ne: {-1, 1}}
POINTS = list(product((-1.0, 0.0, 0.5, 1.0, 2.0, 3.0), repeat=3))  # all of them exact
Eq, Ne, And, Or = sp.Eq, sp.Ne, sp.And, sp.Or


def truth(condition: Boolean) -> list[bool]:
    if condition in (sp.true, sp.false):
        return [bool(condition)] * len(POINTS)
    holds = sp.lambdify(SYMBOLS, condition, "math")
    return [bool(holds(*point)) for point in POINTS]


@pytest.mark.parametrize("join", [And, Or])
@pytest.mark.parametrize("sides", [(a, b), (a * b, 1), (1, a), (a, -b)], ids=str)
def test_two_relations_of_the_same_sides_are_one(join: Any, sides: tuple[Expr, Expr]) -> None:
    """As the sets of signs that they allow are met or joined; turned round it is the same."""
    for first, second in product(HEADS, repeat=2):
        for turned in (False, True):
            left = first(*sides, evaluate=False)
            right = second(*(sides[::-1] if turned else sides), evaluate=False)
            allowed = {-k for k in HEADS[second]} if turned else HEADS[second]
            signs = HEADS[first] & allowed if join is And else HEADS[first] | allowed
            result = merge(join(left, right, evaluate=False))
            if signs in (set(), {-1, 0, 1}):
                assert result == bool(signs)
                continue
            assert isinstance(result, sp.core.relational.Relational), (left, right, result)
            head = next(h for h, s in HEADS.items() if s == signs)
            assert truth(result) == truth(head(*sides, evaluate=False)), (left, right)


@pytest.mark.parametrize(("old", "new"), [
    (Or(a > b, Eq(a, b)), a >= b), (And(a >= b, Ne(a, b)), a > b), (And(a >= b, a <= b), Eq(a, b)),
    (Or(a > b, a < b), Ne(a, b)), (Or(Eq(1, c), sp.Gt(1, c, evaluate=False)), c <= 1),
    (And(2 * a >= 2 * b, a <= b), Eq(a, b)), (And(a >= b, a <= b, c > 0), And(Eq(a, b), c > 0)),
    (Or(And(a > 0, Eq(b, c)), And(a > 0, b > c)), And(a > 0, b >= c)),
    (Or(And(a > 0, Eq(b, c)), And(a > 1, b > c)), None), (Or(And(a > 0, b > c), b <= c), None),
    (Or(And(a > 0, b > c), And(a > 0, b <= c)), a > 0),
    (Or(And(a > 0, b > c), And(a > 0, b < c), c > 5), Or(And(a > 0, Ne(b, c)), c > 5)),
    (Or(And(a > 0, b > c), And(a > 0, b > 2 * c)), None),
    (And(Eq(a, 1), Eq(a * b, c)), And(Eq(a, 1), Eq(b, c))),
    (And(Eq(a, 1), a * b > c), And(Eq(a, 1), b > c)),
    (And(Eq(a, 0), a * b > c), And(Eq(a, 0), c < 0)),
    (And(Eq(a, 2), a > 1), Eq(a, 2)), (And(Eq(a, 2), a > 3), sp.false),
    (And(Eq(a, 2), Or(a * b > 1, Eq(c, 1))), And(Eq(a, 2), Or(b > sp.S.Half, Eq(c, 1)))),
    (And(Eq(a, 0), Eq(b, 0), a + b < c), And(Eq(a, 0), Eq(b, 0), c > 0)),
    (And(Eq(a, 1), sp.sqrt(b) > a), None), (And(Eq(a, b), a > 0), None), (a > b, None),
    (And(a > 0, b > 0), None), (Or(a > 0, b > 0), None), (And(a > 0, sp.sqrt(a) > 0), None),
    (Or(sp.sqrt(a) > 0, sp.sqrt(a) > 0, Eq(a, b), a > b), Or(sp.sqrt(a) > 0, a >= b)),
    (sp.Not(And(a > b, Or(a > b, b > 0)), evaluate=False), None),
    (And(Or(a > b, Eq(a, b)), Or(a < b, Eq(a, b))), Eq(a, b)),
    (And(Eq(b, sp.S.Half), a < 2 * b), And(Eq(b, sp.S.Half), a < 1)),
    (And(Eq(a, 1), Eq(b, 2), Eq(c, a + b)), And(Eq(a, 1), Eq(b, 2), Eq(c, 3))),
], ids=str)  # fmt: skip
def test_what_a_condition_becomes(old: Boolean, new: Boolean | None) -> None:
    result = merge(old)
    assert result == (old if new is None else new)
    assert sp.count_ops(result) <= sp.count_ops(old)
    if not old.has(sp.Pow):
        assert truth(result) == truth(old)


def test_nothing_becomes_longer() -> None:
    """With the number in its place a product is a sum: what was written stays."""
    old = And(Eq(a, sp.Rational(1, 3)), Eq(b**a, c), evaluate=False)
    assert merge(old) == old
    assert merge(And(Eq(a, 2), b > 0)) == And(Eq(a, 2), b > 0)


@pytest.mark.parametrize(("relation", "expected"), [
    (a > b, (a - b, {1})), (b > a, (a - b, {-1})), (b >= a, (a - b, {-1, 0})),
    (2 * a > 4 * b, (a - 2 * b, {1})), (Ne(b, a), (a - b, {-1, 1})),
    (Eq(-a, 3 * b), (a + 3 * b, {0})),
    ((a + 1) ** 2 <= a**2, (2 * a + 1, {-1, 0})), (a / 2 < sp.Rational(1, 3), (3 * a - 2, {-1})),
    (sp.sqrt(a) > b, None), (a > 1 / b, None), (And(a > 0, b > 0), None), (sp.true, None),
    (sp.Gt(1, sp.sqrt(a), evaluate=False), None), (-a > 0, (a, {-1})),
], ids=str)  # fmt: skip
def test_the_polynomial_and_the_signs_of_a_relation(relation: Boolean, expected: Any) -> None:
    assert sign_condition(relation) == (expected and (expected[0], frozenset(expected[1])))


Q = sp.Symbol("q", real=True)
THIRD = sp.Rational(1, 3)


@pytest.mark.parametrize(("old", "new"), [
    (2 - 3 * Q < 0, Q > 2 * THIRD), (3 * Q - 2 < 0, Q < 2 * THIRD), (3 * Q >= 1, Q >= THIRD),
    (1 - 3 * Q >= 0, Q <= THIRD), (Ne(3 * Q, 1), Ne(Q, THIRD)), (Eq(3 * Q, 1), Eq(Q, THIRD)),
    (sp.Lt(0, Q, evaluate=False), sp.Lt(0, Q, evaluate=False)), (Q**2 > 1, Q**2 > 1),
    (Q + a > 1, Q + a > 1), (sp.sqrt(Q) > 1, sp.sqrt(Q) > 1), (sp.true, sp.true),
    (Q * (Q + 1) - Q**2 > 2, Q > 2), (2 * Q > Q + 1, Q > 1), (sp.sqrt(2) * Q > 2, Q > sp.sqrt(2)),
    ((sp.sqrt(2) - 2) * Q > 1, Q < -1 / (2 - sp.sqrt(2))), (Q < 2 * Q - 3, Q > 3),
    ((2 - sp.sqrt(2)) * Q >= 1, Q >= -1 / (sp.sqrt(2) - 2)),
    (And(Q > 0, Q > 1), Q > 1), (And(Q >= 1, Q > 1), Q > 1), (And(Q < 0, Q <= 1), Q < 0),
    (And(Q <= 1, Q < 1), Q < 1), (And(Q >= 0, Q <= 1), And(Q >= 0, Q <= 1)),
    (Or(Q > 0, Q > 1), Or(Q > 0, Q > 1)),
    (And(Q > 0, a > 1), And(Q > 0, a > 1)),
    (And(2 * Q > 1, Q > 0, a < 3, a < 2), And(Q > sp.S.Half, a < 2)),
    (Or(2 * Q > 1, 3 * a < 1), Or(Q > sp.S.Half, a < THIRD)),
    (And(sp.Gt(1, Q, evaluate=False), sp.Gt(2, Q, evaluate=False)), sp.Gt(1, Q, evaluate=False)),
    (And(Ne(Q, 3), Q > 1), And(Ne(Q, 3), Q > 1)), (And(Q > a, Q > 1), And(Q > a, Q > 1)),
    (And(Q > sp.sqrt(2), Q > 1), And(Q > sp.sqrt(2), Q > 1)),
    (And(sp.Lt(1, Q, evaluate=False), Q > 0), sp.Lt(1, Q, evaluate=False)),
], ids=str)  # fmt: skip
def test_relations_are_solved_for_their_only_symbol(old: Boolean, new: Boolean) -> None:
    result = solve_linear(old)
    assert result == new
    for value in map(sp.Rational, (0, "1/3", "1/2", "2/3", 1, "3/2", 2, 3)):
        for other in map(sp.Rational, (0, "1/3", 2, 3)):
            point = {Q: value, a: other}
            assert old.subs(point) == result.subs(point)


def test_a_slope_of_no_known_sign_is_not_divided_by() -> None:
    u = sp.Symbol("u")
    assert solve_linear(Eq(sp.I * u, 1)) == Eq(sp.I * u, 1)


@pytest.mark.parametrize(("relation", "expected"), [
    (a - b > 0, a > b), (b - a > 0, a < b), (sp.Gt(3 - a, 0), a < 3), (-a - b < -1, a + b > 1),
    (2 * a > 1, a > sp.S.Half), (2 * a - 2 * b > 1, 2 * b < 2 * a - 1), (Eq(b - a, 0), Eq(a, b)),
    (-2 * a >= 3, a <= sp.Rational(-3, 2)), (a * (b - c) > 0, a * (b - c) > 0),
    (Ne(1 - a, 0), Ne(a, 1)),
    (2 * (b - c) > 0, b > c), (sp.sqrt(a) > b - c, sp.sqrt(a) > b - c), (a - b > -c, a + c > b),
    (a * b - c <= 0, a * b <= c), (sp.true, sp.true), (a * (b - c) > 1, a * c < a * b - 1),
], ids=str)  # fmt: skip
def test_a_relation_is_written_with_positive_terms(relation: Boolean, expected: Boolean) -> None:
    assert merging._rearrange(relation) == expected


@pytest.mark.parametrize(("equation", "expected"), [
    (Eq(a, 1), {a: 1}), (Eq(1, a, evaluate=False), {a: 1}), (Eq(a, b), None), (Eq(a, b + 1), None),
    (Eq(2 * a, 1, evaluate=False), None), (a >= 1, None), (Ne(a, 1), None), (sp.true, None),
    (Eq(a, sp.sqrt(2)), None),
], ids=str)  # fmt: skip
def test_an_equation_may_give_a_symbol_its_number(equation: Boolean, expected: Any) -> None:
    assert merging._symbol_value(equation) == expected
