"""Two-player games: the symbolic families at points are the numeric ones, and nothing is lost."""

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.solvers.bimatrix import numeric_families, symbolic_families
from gametheory_eeu.solvers.extreme_equilibria import extreme_equilibria, vertices

a, b, p_1, q_1 = sp.symbols("a b p_1 q_1", real=True)
VALUES = list(map(sp.sympify, [-1, 0, sp.Rational(1, 2), 1, 2]))


def symbolic(rows, columns, *given):
    space = Space.of(*given, symbols=[a, b])
    return list(symbolic_families(sympified(rows), sympified(columns), space))


def sympified(table):
    return [[sp.sympify(entry) for entry in row] for row in table]


def at(table, point):
    """Whole numbers in proportion to the table at a point."""
    return [[int(4 * sp.sympify(entry).xreplace(point)) for entry in row] for row in table]


def gains(rows, columns, x, y):
    """What each player gains by the best deviation, exactly."""
    mine = [sum(u * q for u, q in zip(row, y, strict=True)) for row in rows]
    theirs = [sum(row[j] * p for row, p in zip(columns, x, strict=True)) for j in range(len(y))]
    return (max(mine) - sum(u * p for u, p in zip(mine, x, strict=True)),
            max(theirs) - sum(u * q for u, q in zip(theirs, y, strict=True)))  # fmt: skip


GAMES = {
    "coordination": ([[a, 0], [0, 1]], [[b, 0], [0, 1]]),
    "pennies": ([[a, -1], [-1, a]], [[-1, b], [b, -1]]),
    "chicken": ([[a, b], [1, 0]], [[a, 1], [b, 0]]),
    "a third column": ([[a, 0, 1], [0, 1, 1]], [[1, 0, b], [0, 1, b]]),
    "a third row": ([[1, 0], [0, 1], [a, b]], [[0, 1], [1, 0], [b, 1]]),
}


@pytest.mark.parametrize("name", GAMES)
def test_the_symbolic_families_at_points_are_those_in_numbers(name):
    rows, columns = GAMES[name]
    families, seen = symbolic(rows, columns), set()
    for i, j in product(VALUES, repeat=2):
        point = {a: i, b: j}
        here, there = at(rows, point), at(columns, point)
        found = [f for f in families if truth_value(f.condition, point) is True]
        exact = list(numeric_families(here, there, extreme_equilibria(here, there)))
        assert sorted(f.supports for f in found) == sorted(f.supports for f in exact), point
        assert [f.supports for f in exact] == sorted(
            (f.supports for f in exact), key=lambda s: (max(map(len, s)) > 1, sum(map(len, s)), s)
        )
        for family in found:
            _check_at(family, here, there, point)
        seen |= {f.supports for f in found}
    assert seen == {f.supports for f in families}  # no condition holds nowhere


def _check_at(family, rows, columns, point):
    """An isolated equilibrium leaves nobody a gain, and plays its supports."""
    if not any(m.free for m in family.mixtures):
        x, y = ([c.xreplace(point) for c in m.chances] for m in family.mixtures)
        assert sum(x) == sum(y) == 1
        assert gains(rows, columns, x, y) == (0, 0)
        for mix, support in zip((x, y), family.supports, strict=True):
            assert [k for k, chance in enumerate(mix) if chance > 0] == list(support)
            assert min(mix) >= 0


def test_each_player_has_a_condition_of_his_own():
    families = {f.supports: f for f in symbolic(*GAMES["coordination"])}
    mixed = families[(0, 1), (0, 1)]
    for i, j in product(VALUES, repeat=2):
        assert truth_value(mixed.condition, {a: i, b: j}) is bool(i > 0 and j > 0)
        assert truth_value(families[(0,), (0,)].condition, {a: i, b: j}) is bool(i >= 0 and j >= 0)
    x, y = (m.chances for m in mixed.mixtures)
    assert [sp.cancel(c - d) for c, d in zip(x, (1 / (b + 1), b / (b + 1)), strict=True)] == [0, 0]
    assert [sp.cancel(c - d) for c, d in zip(y, (1 / (a + 1), a / (a + 1)), strict=True)] == [0, 0]


@pytest.mark.parametrize(
    ("payoff", "outside", "inside"),
    [
        (1 / a, [0], [-1, 2]),
        (sp.sqrt(a), [-1], [0, 2]),
        (1 / sp.sqrt(a), [-1, 0], [2]),
        (sp.log(a), [-1, 0], [2]),
        (b / (a**2 - 1), [1, -1], [0, 2]),
    ],
    ids=str,
)
@pytest.mark.parametrize("player", [0, 1])
def test_there_is_no_equilibrium_where_a_payoff_is_not_defined(payoff, outside, inside, player):
    tables = [[[1, 0]], [[1, 0]]]
    tables[player][0][1] = payoff  # an action that would be left out, or that is never met
    families = symbolic(*tables)
    for value, there in [*((v, False) for v in outside), *((v, True) for v in inside)]:
        point = {a: sp.Integer(value), b: sp.Integer(-3)}
        assert any(truth_value(f.condition, point) is True for f in families) is there, value


def test_a_condition_that_equates_is_put_in():
    families = symbolic([[a, 0], [b, 0]], [[0, 1], [0, 1]])
    ties = [f for f in families if f.substitution]
    assert all(f.substitution in ({b: a}, {a: b}) for f in ties)
    assert symbolic([[a, 0], [b, 0]], [[1, 0], [1, 0]], a > b)[0].supports == ((0,), (0,))


def test_a_continuum_has_its_exact_range():
    families = {f.supports: f for f in symbolic([[1, 1]], [[a, 1]])}
    (tie,) = [f for f in families.values() if f.supports == ((0,), (0, 1))]
    free = tie.mixtures[1]
    assert truth_value(tie.condition, {a: sp.Integer(1)}) is True
    assert truth_value(tie.condition, {a: sp.Rational(3, 2)}) is False
    (q,) = free.free
    assert free.dimension == 1
    always = {f.supports: f.condition for f in symbolic([[1, 1]], [[a, a]])}
    assert always == {((0,), (0,)): True, ((0,), (1,)): True, ((0,), (0, 1)): True}
    inside = [
        truth_value(free.where, {q: sp.Rational(k, 4), a: sp.Integer(1)}) for k in range(-1, 6)
    ]
    assert inside == [False, False, True, True, True, False, False]


def test_in_numbers_a_continuum_has_its_exact_range():
    rows, columns = [[1, 1], [1, 1]], [[2, 0], [0, 3]]
    found = list(numeric_families(rows, columns, extreme_equilibria(rows, columns)))
    by_supports = {f.supports: f for f in found}
    mine, theirs = by_supports[(0, 1), (0, 1)].mixtures
    assert (mine.chances, mine.dimension) == ((sp.Rational(3, 5), sp.Rational(2, 5)), 0)
    (q,) = theirs.free
    assert [truth_value(theirs.where, {q: sp.Rational(k, 2)}) for k in range(3)] == [
        False,
        True,
        False,
    ]
    mine, _ = by_supports[(0, 1), (0,)].mixtures
    (p,) = mine.free  # with 2p >= 3(1 - p)
    values = [sp.Rational(1, 2), sp.Rational(3, 5), sp.Rational(4, 5), 1]
    assert [truth_value(mine.where, {p: sp.sympify(v)}) for v in values] == [
        False,
        True,
        True,
        False,
    ]
    assert not by_supports[(0, 1), (0,)].has_excess_dimension


def test_excess_dimensions_are_seen():
    rows, columns = [[0, 0], [0, 0]], [[0, 0], [0, 0]]
    extremes = extreme_equilibria(rows, columns)
    found = {f.supports: f for f in numeric_families(rows, columns, extremes)}
    assert len(found) == 9
    assert found[(0, 1), (0, 1)].dimensions == (1, 1)
    assert found[(0, 1), (0, 1)].has_excess_dimension
    assert not found[(0,), (0,)].has_excess_dimension


def test_the_number_of_supports_is_counted_first():
    rows = [[a * (i + j) for j in range(5)] for i in range(6)]
    with pytest.raises(TooLargeError, match="a 6x5 game with symbols has 1953 pairs of supports"):
        symbolic(rows, rows)


def test_the_vertices_of_a_best_reply_polyhedron():
    found = {v.strategy: (v.support, v.replies) for v in vertices([[3, 0], [0, 1]])}
    assert found == {
        (Fraction(1), Fraction(0)): (0b01, 0b01),
        (Fraction(0), Fraction(1)): (0b10, 0b10),
        (Fraction(1, 4), Fraction(3, 4)): (0b11, 0b11),
    }


def test_nash_subsets_that_meet_are_one_component():
    battle = extreme_equilibria([[3, 0], [0, 1]], [[1, 0], [0, 3]])
    assert [len(group) for group in battle.components()] == [1, 1, 1]
    # Against column 0 the row player is indifferent, against column 1 he plays row 0: an L.
    ties = extreme_equilibria([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    assert [len(group) for group in ties.components()] == [2]
    # Two squares of ties that share no strategy.
    block = [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]]
    squares = extreme_equilibria(block, block)
    assert [len(group) for group in squares.components()] == [1, 1, 1]
