"""Strategies of a support against which replies are best, against a grid of strategies."""

import operator
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.solvers.bimatrix import affine_dimension, polytope_mixture
from gametheory_eeu.solvers.extreme_equilibria import Vertex, vertices
from gametheory_eeu.solvers.parametric_support import Mixture

RELATIONS = {sp.Gt: operator.gt, sp.Ge: operator.ge, sp.Lt: operator.lt, sp.Le: operator.le}
TABLES = {
    "coordination": [[3, 0], [0, 1]],
    "ties": [[1, 1, 0], [1, 1, 1], [0, 1, 1]],
    "all alike": [[1, 1, 1], [1, 1, 1]],
    "one reply": [[2, 0, 1]],
    "three": [[2, 0, 1], [0, 2, 1], [1, 1, 1]],
    "a corner": [[2, -1, -1], [0, 0, 0], [-3, 1, 2]],
    "four actions": [[1, 0, 2, 0], [0, 1, 0, 2]],
    "four alike": [[0, 0, 0, 0], [-3, 1, 1, 1], [1, 1, -3, 1]],
    "a vertex cut off": [[0, 0, 0], [-1, 1, -1], [-1, -1, 1]],
    "told twice": [[0, 0, 0], [1, -1, 0], [2, -2, 0], [-1, 0, 1]],
}


def bits(flags: list[bool]) -> int:
    return sum(1 << k for k, flag in enumerate(flags) if flag)


def grid(size: int) -> list[tuple[Fraction, ...]]:
    parts = {2: 12, 3: 6, 4: 4}[size]
    found = product(range(parts + 1), repeat=size - 1)
    return [
        (*(Fraction(x, parts) for x in first), Fraction(parts - sum(first), parts))
        for first in found
        if sum(first) <= parts
    ]


def shape_of(table: list[list[int]], x: tuple[Fraction, ...]) -> tuple[int, int]:
    """The support and the best replies of a strategy, as bits."""
    worth = [sum(a * p for a, p in zip(row, x, strict=True)) for row in table]
    return bits([p > 0 for p in x]), bits([w == max(worth) for w in worth])


def affine(expression: sp.Expr, symbols: tuple[sp.Symbol, ...]) -> list[Fraction]:
    """The coefficients of the symbols, and the constant."""
    coefficients = [expression.coeff(s) for s in symbols]
    rest = sp.expand(expression - sum(c * s for c, s in zip(coefficients, symbols, strict=True)))
    return [Fraction(str(c)) for c in (*coefficients, rest)]


def value(coefficients: list[Fraction], x: tuple[Fraction, ...]) -> Fraction:
    return sum((c * p for c, p in zip(coefficients, x, strict=False)), coefficients[-1])


@cache
def mixtures(name: str) -> dict[tuple[int, int], tuple[Mixture, list[Vertex]]]:
    """The mixture of each pair of support and replies that has a member on the grid."""
    table = TABLES[name]
    size, found = len(table[0]), {}
    symbols = sp.symbols(f"p:{size}", real=True)
    for x in grid(size):
        support, best = shape_of(table, x)
        for replies in range(1, 1 << len(table)):
            if replies & ~best == 0 and (support, replies) not in found:
                inside = [
                    v for v in vertices(table)
                    if v.support & ~support == 0 and replies & ~v.replies == 0
                ]  # fmt: skip
                mixture = polytope_mixture(inside, support, replies, table, symbols)
                found[support, replies] = mixture, inside
    return found


@pytest.mark.parametrize("name", TABLES)
def test_the_members_are_the_strategies_with_the_support_and_the_replies(name: str) -> None:
    table = TABLES[name]
    symbols = sp.symbols(f"p:{len(table[0])}", real=True)
    shapes = [(x, *shape_of(table, x)) for x in grid(len(table[0]))]
    beyond = (Fraction(-1, 2), Fraction(3, 2), *(Fraction(0) for _ in symbols[2:]))
    for (support, replies), (mixture, inside) in mixtures(name).items():
        assert len(mixture.free) == affine_dimension([v.strategy for v in inside])
        chances = [affine(c, symbols) for c in mixture.chances]
        bounds = [
            (RELATIONS[type(c)], affine(c.lhs - c.rhs, symbols))
            for c in sp.And.make_args(mixture.where)
            if c != sp.true
        ]
        for x, own_support, best in shapes:
            member = own_support == support and replies & ~best == 0
            told = all(value(c, x) == p for c, p in zip(chances, x, strict=True))
            assert (told and all(op(value(c, x), 0) for op, c in bounds)) is member, x
        for x in (beyond, beyond[::-1]):
            told = all(value(c, x) == p for c, p in zip(chances, x, strict=True))
            assert not (told and all(op(value(c, x), 0) for op, c in bounds)), x


@pytest.mark.parametrize("name", TABLES)
def test_the_dimension_counts_unknowns_less_equations(name: str) -> None:
    table = TABLES[name]
    for (support, replies), (mixture, _) in mixtures(name).items():
        columns = [i for i in range(len(table[0])) if support >> i & 1]
        chosen = [row for k, row in enumerate(table) if replies >> k & 1]
        rows = [[a[i] - b[i] for i in columns] for a in chosen[1:] for b in chosen[:1]]
        rank = sp.Matrix(rows).rank() if rows else 0
        assert mixture.dimension == len(columns) - 1 - rank


def test_the_range_is_told_by_the_fewest_bounds() -> None:
    p, q, r = sp.symbols("p q r", real=True)
    free = polytope_mixture(vertices([[1, 1, 1]]), 0b111, 1, [[1, 1, 1]], (p, q, r))
    assert len(free.where.args) == 3
    assert free.where == sp.And(p > 0, q > 0, p + q < 1)
    table = [[2, 0], [0, 1]]
    inside = [v for v in vertices(table) if v.replies & 1]
    half = polytope_mixture(inside, 0b11, 1, table, (p, q))
    assert half.where == sp.And(p >= sp.Rational(1, 3), p < 1)
    assert half.chances == (p, 1 - p)
    other = polytope_mixture([v for v in vertices(table) if v.replies & 2], 3, 2, table, (p, q))
    assert other.where == sp.And(p > 0, p <= sp.Rational(1, 3))
    single = polytope_mixture([v for v in vertices(table) if v.replies == 3], 3, 3, table, (p, q))
    assert (single.chances, single.free) == ((sp.Rational(1, 3), sp.Rational(2, 3)), ())


def test_bounds_that_follow_or_only_touch_are_not_told() -> None:
    p, q, r = sp.symbols("p q r", real=True)
    quarter = sp.Rational(1, 4)
    table = [[0, 0], [-3, 1], [1, -3]]  # each at least a quarter
    inside = [v for v in vertices(table) if v.replies & 1]
    mixture = polytope_mixture(inside, 0b11, 1, table, (p, q))
    assert mixture.where == sp.And(p >= quarter, p <= 3 * quarter)
    table = [[0, 0, 0], [-3, 1, 1], [1, -3, 1], [-1, -1, 1]]  # and both at least a half
    inside = [v for v in vertices(table) if v.replies & 1]
    mixture = polytope_mixture(inside, 0b111, 1, table, (p, q, r))
    assert mixture.where == sp.And(p >= quarter, q >= quarter, p + q < 1)


def test_a_strict_bound_that_cuts_off_a_lower_face_is_told() -> None:
    """Against the first reply: p >= q + r; so p is positive but where all three vanish, never."""
    p, q, r, s = symbols = sp.symbols("p q r s", real=True)
    table = [[1, -1, 0, 0], [0, 0, 0, 0]]  # p >= q: p > 0 follows inside, q > 0 does not
    inside = [v for v in vertices(table) if v.replies & 1]
    mixture = polytope_mixture(inside, 0b1111, 1, table, symbols)
    assert mixture.where == sp.And(q > 0, r > 0, p - q >= 0, p + q + r < 1)
    assert s not in mixture.where.free_symbols


@pytest.mark.parametrize(
    ("points", "dimension"),
    [
        ([], -1), ([(1, 2)], 0), ([(1, 2), (1, 2)], 0), ([(0, 0), (1, 1), (2, 2)], 1),
        ([(0, 0), (1, 1), (2, 3)], 2), ([(0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 0, 1)], 2),
    ],
)  # fmt: skip
def test_the_dimension_of_the_affine_hull(points: list[tuple[int, ...]], dimension: int) -> None:
    assert affine_dimension([[Fraction(x) for x in point] for point in points]) == dimension
