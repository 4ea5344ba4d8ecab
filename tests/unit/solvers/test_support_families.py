"""Equilibria with given supports in closed form: at points they leave nobody a gain."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers import support_families as module
from gametheory_eeu.solvers.integer_game import IntegerGame, IsolatedEquilibrium, mixed_equilibria
from gametheory_eeu.solvers.solution_families import SolutionFamily
from gametheory_eeu.solvers.support_families import (
    OpenSupport,
    SupportFamily,
    closed_forms,
    families_on_support,
    indifference_families,
)

a, b, x, y = sp.symbols("a b x y", real=True)
SPACE = Space.of(symbols=[a, b])
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
NONE = Space((), ())
POINTS = [{a: sp.sympify(i), b: sp.sympify(j)} for i, j in product([-1, 0, 1, 3], repeat=2)]
Game = tuple[tuple[int, ...], Any]

PENNIES = {(0, 0): (a, -1), (0, 1): (-1, b), (1, 0): (-1, b), (1, 1): (a, -1)}
STAG = {(0, 0): (a, b), (0, 1): (0, 1), (1, 0): (1, 0), (1, 1): (1, 1)}
WIDE = {
    (i, j): (a + i if i == j else i, -j if i == j else b - j)
    for i, j in product(range(2), range(3))
}
ENTRY = {
    profile: tuple(0 if own else 1 if sum(profile) == 2 else -a for own in profile)
    for profile in product(range(2), repeat=3)
}
GAMES: dict[str, Game] = {
    "pennies": ((2, 2), PENNIES), "stag": ((2, 2), STAG), "wide": ((2, 3), WIDE),
    "entry": ((2, 2, 2), ENTRY),
}  # fmt: skip


def supports_of(shape: tuple[int, ...]) -> list[tuple[tuple[int, ...], ...]]:
    sides = [
        [tuple(k for k in range(n) if mask >> k & 1) for mask in range(1, 2**n)] for n in shape
    ]
    return list(product(*sides))


def families_of(game: Game, support: Any, space: Space = SPACE) -> list[Any]:
    shape, table = game
    names = [[f"p{i}_{k}" for k in range(n)] for i, n in enumerate(shape)]
    return list(families_on_support(support, names, lambda p, i: sp.sympify(table[p][i]), space))


def payoff(game: Game, mixes: Any, i: int, point: Any) -> sp.Expr:
    shape, table = game
    terms = []
    for profile in product(*map(range, shape)):
        chance = sp.Mul(*(mix[k] for mix, k in zip(mixes, profile, strict=True)))
        terms.append(chance * sp.sympify(table[profile][i]).subs(point))
    return sp.Add(*terms)


def check(game: Game, family: SupportFamily, point: Any) -> None:
    """Nobody gains, and the payoffs are those of the mixes."""
    mixes = [[sp.sympify(c).subs(point) for c in mix] for mix in family.chances]
    for i, mix in enumerate(mixes):
        assert sp.simplify(sum(mix) - 1) == 0
        assert [k for k, c in enumerate(mix) if c != 0] == list(family.support[i])
        assert all(c >= 0 for c in mix)
        worth = payoff(game, mixes, i, point)
        told = sp.sympify(family.payoffs[i]).subs(point)
        assert abs(sp.N(told - worth, 20)) < 1e-15
        for k in range(len(mix)):
            pure = [*mixes[:i], [int(k == j) for j in range(len(mix))], *mixes[i + 1 :]]
            assert sp.N(payoff(game, pure, i, point) - worth, 20) < 1e-15


@pytest.mark.parametrize("name", GAMES)
def test_at_points_they_are_the_equilibria_in_numbers(name: str) -> None:
    game = GAMES[name]
    shape, table = game
    by_support = {s: families_of(game, s) for s in supports_of(shape)}
    seen = 0
    for point in POINTS if name != "entry" else POINTS[2::4]:
        payoffs = [
            {p: sp.sympify(v[i]).subs(point) for p, v in table.items()} for i in range(len(shape))
        ]
        numeric: dict[Any, Any] = {}
        for found in mixed_equilibria(IntegerGame(shape, payoffs)):
            numeric.setdefault(found.support, []).append(found)
        for support, families in by_support.items():
            here = [f for f in families if truth_value(f.condition, point) is True]
            exact = numeric.get(support, [])
            if all(isinstance(e, IsolatedEquilibrium) for e in exact):
                assert len(here) == len(exact), (support, point)
                for family in here:
                    assert not family.free
                    check(game, family, point)
                    seen += 1
    assert seen > 5


def test_a_continuum_keeps_its_range() -> None:
    table = {(0, 0): (1, a), (0, 1): (1, 1), (1, 0): (0, 0), (1, 1): (1, 0)}
    (family,) = families_of(((2, 2), table), ((0,), (0, 1)))
    (free,) = family.free
    assert family.chances == ((1, 0), (free, 1 - free))
    assert family.condition == sp.Eq(a, 1)
    assert truth_value(family.where, {free: HALF}) is True
    assert truth_value(family.where, {free: sp.Integer(0)}) is False
    assert families_of(((2, 2), table), ((0,), (0, 1)), Space.of(a > 1)) == []
    # A range of one value is put in.
    table = {(0, 0): (1, 1), (0, 1): (0, 1), (1, 0): (0, 0), (1, 1): (1, 0), (2, 0): (0, 0),
             (2, 1): (2, 0)}  # fmt: skip
    (single,) = families_of(((3, 2), table), ((0, 1), (0,)))[:1] or [None]
    assert single is None


def test_a_degree_of_two_is_solved_by_its_roots() -> None:
    families = families_of(GAMES["entry"], ((0, 1),) * 3, Space.of(a > 0))
    (family,) = [f for f in families if truth_value(f.condition, {a: sp.Integer(3)}) is True]
    value = family.chances[0][1].subs(a, 3)
    assert sp.simplify(value - sp.sqrt(sp.Rational(3, 4))) == 0


def test_what_stays_open_is_told() -> None:
    mixes = [{0: x, 1: 1 - x}]
    cubic = [[x**3 - a, sp.Integer(0)]]
    (found,) = indifference_families(((0, 1),), mixes, cubic, SPACE)
    assert isinstance(found, OpenSupport)
    assert (found.support, found.where) == (((0, 1),), sp.true)


@pytest.mark.parametrize(
    ("payoffs", "values"),
    [
        ([x**2 - sp.Rational(1, 4), 0], {HALF}), ([x**2 - 2, 0], set()),
        ([(3 * x - 1) * (2 * x - 1), 0], {THIRD, HALF}),
        ([(2 * x - 1) ** 2, 0], {HALF}), ([2 * x**2 - 1, 0], {sp.sqrt(2) / 2}),
        ([x, 1 - x], {HALF}), ([x, 2], set()), ([sp.Integer(1), 2], set()),
        ([x**2 + x - 1, 0], {(sp.sqrt(5) - 1) / 2}),
    ],
    ids=range(9),
)  # fmt: skip
def test_roots_between_zero_and_one(payoffs: list[Any], values: set[Any]) -> None:
    families = indifference_families(
        ((0, 1),), [{0: x, 1: 1 - x}], [list(map(sp.sympify, payoffs))], NONE
    )
    found = [f for f in families if isinstance(f, SupportFamily)]
    assert {sp.radsimp(f.chances[0][0]) for f in found} == values
    assert len(found) == len(values)
    assert all(f.condition == sp.true for f in found)


def test_an_action_that_is_not_played_is_no_better() -> None:
    mixes = [{0: x, 2: 1 - x}]
    rows = [[x, HALF + a, 1 - x]]
    (found,) = indifference_families(((0, 2),), mixes, rows, SPACE)
    assert isinstance(found, SupportFamily)
    assert found.chances == ((HALF, 0, HALF),)
    assert found.payoffs == (HALF,)
    assert found.condition == (a <= 0)
    pure = list(indifference_families(((1,),), [{1: sp.Integer(1)}], [[a, b]], SPACE))
    conditions = [f.condition for f in pure if isinstance(f, SupportFamily)]
    assert conditions in ([b >= a], [a <= b])


@pytest.mark.parametrize(
    ("equalities", "atoms", "given", "expected"),
    [
        ([a - b], [], [a > b], True), ([a - b], [], [], False), ([], [(a, ">")], [a < 0], True),
        ([], [(a, ">")], [a > 0], False), ([], [], [], False), ([x - a], [(x, ">")], [], False),
        ([sp.Integer(1)], [], [], True), ([a], [(a, ">")], [], True),
        ([x], [(a, ">=")], [a < 0], True),
        ([], [(a, ">="), (x, ">")], [a < 1], False),
    ],
)  # fmt: skip
def test_conditions_on_the_symbols_of_the_game_alone(
    equalities: list[Any], atoms: list[Any], given: list[Any], expected: bool
) -> None:
    space = Space.of(*given, symbols=[a, b])
    assert module._is_infeasible(equalities, atoms, space) is expected


def family(open_: Any, *where: Any, free: Any = (x,), **more: Any) -> SolutionFamily:
    return SolutionFamily(free=free, where=where, open=open_, **more)


@pytest.mark.parametrize(
    ("made", "is_quadratic"),
    [
        (family((x**2 - a,)), True), (family((x**3 - a,)), False), (family(()), False),
        (family((x**2 - a, x**2 - b)), False), (family((x**2 - y,), free=(x, y)), False),
        (family((x**2 - a,), (y, ">"), free=(x, y)), True),
        (family((x**2 - a,), (x - y, ">"), free=(x, y)), False),
        (family((x**2 - a,), (x - b, ">"), free=(x, y)), True),
        (family((x**2 - a,), free=(x, y), values={b: x + y}), False),
        (family((x**2 - a,), free=(x, y), values={b: x + 1}), True),
        (family((x**2 - a,), free=(x, y), values={b: y + 1}), True),
    ],
)  # fmt: skip
def test_a_last_equation_of_degree_two_that_stands_apart(
    made: SolutionFamily, is_quadratic: bool
) -> None:
    found = module._last_quadratic(made)
    assert (found is not None) is is_quadratic
    if found is not None:
        assert (found.x, found.coefficients) == (x, (1, 0, -a))


def test_factors_are_followed_one_by_one() -> None:
    inside = ((x, ">"), (1 - x, ">"))
    made = family((sp.expand((2 * x - 1) * (x - a)),), *inside)
    found = [f for f, _ in closed_forms(made, SPACE)]
    for i in (-1, 0, THIRD, HALF, 2):
        point = {a: sp.sympify(i)}
        here = [f.values[x].subs(point) for f in found
                if all(truth_value(g, point) is True for g in f.given)]  # fmt: skip
        assert sorted(here) == sorted({v for v in (HALF, point[a]) if 0 < v < 1})


def test_a_leading_coefficient_may_vanish() -> None:
    inside = ((x, ">"), (1 - x, ">"))
    made = family((a * x**2 + 2 * x - 1,), *inside, given=(b > 0,))
    found = list(closed_forms(made, SPACE))
    for i in (-1, 0, 3, -3, 8):
        point = {a: sp.sympify(i), b: sp.Integer(1)}
        values = []
        for f, finish in found:
            assert (b > 0) in f.given
            ok = all(truth_value(g, point) is True for g in f.given)
            if ok:
                values.append(sp.radsimp(finish(f.values.get(x, x)).subs(point)))
        roots = sp.roots(sp.Poly(i * x**2 + 2 * x - 1, x), multiple=True)
        expected = sorted((r for r in set(roots) if r.is_real and 0 < r < 1), key=float)
        assert sorted(map(float, values)) == pytest.approx([float(r) for r in expected]), point


def test_a_range_of_one_value_is_put_in() -> None:
    made = family(
        (), (2 * x - 1, ">="), (1 - 2 * x, ">="), (y - x, ">"), (a - x, ">="), free=(x, y)
    )
    found = module._fix_determined(made)
    assert (found.values, found.free) == ({x: HALF}, (y,))
    assert set(found.where) == {(y - HALF, ">")}
    assert sp.And(*found.given) == (a - HALF >= 0)
    for where in (
        ((2 * x - 1, ">"), (1 - 2 * x, ">=")), ((2 * x - 1, ">="), (2 - 2 * x, ">=")),
        ((2 * x - 1, ">="),), ((1 - 2 * x, ">="),), ((2 * x - 1, ">="), (1 - 2 * x, ">")),
        ((2 * x - a, ">="), (a - 2 * x, ">=")), ((y - HALF, ">="), (HALF - x, ">=")),
    ):  # fmt: skip
        made = family((), *where, free=(x, y))
        assert module._fix_determined(made) is made
    both = family(
        (), (x - HALF, ">="), (HALF - x, ">="), (y - x, ">="), (HALF - y, ">="), free=(x, y)
    )
    assert module._fix_determined(both).values == {x: HALF, y: HALF}
