"""Symmetric equilibria in numbers: at each, all that is played is best, and none is missed."""

from fractions import Fraction
from itertools import product
from math import comb
from random import Random
from typing import Any

import pytest
import sympy as sp
from flint import arb, fmpq, fmpq_poly

from gametheory_eeu.solvers import symmetric_supports
from gametheory_eeu.solvers.certified_zeros import midpoint_and_radius, working_precision
from gametheory_eeu.solvers.counts import compositions, multinomial
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, Zeros
from gametheory_eeu.solvers.symmetric_supports import CountTable, SymmetricEnclosure, solve_support

module: Any = symmetric_supports
F = Fraction


def random_table(seed: int, others: int, actions: int) -> CountTable:
    rng = Random(seed)
    counts = list(compositions(others, actions))
    return CountTable(
        others, tuple({c: rng.randint(-5, 5) for c in counts} for _ in range(actions))
    )


def payoffs(table: CountTable, mix: Any) -> list[Any]:
    """Expected payoff of each action where the others mix, by the multinomial formula."""
    return [
        sum(v * multinomial(c) * sp.Mul(*(p**k for p, k in zip(mix, c, strict=True)))
            for c, v in row.items())
        for row in table.rows
    ]  # fmt: skip


@pytest.mark.parametrize(("others", "actions"), [(1, 2), (2, 2), (3, 2), (1, 3), (2, 3)])
def test_payoffs_are_multinomial(others: int, actions: int) -> None:
    table = random_table(7, others, actions)
    full = tuple(range(actions))
    mix = [F(k + 1, actions * (actions + 1) // 2) for k in full]
    expected = payoffs(table, [sp.Rational(p.numerator, p.denominator) for p in mix])
    assert [
        sp.Rational(v.numerator, v.denominator) for v in table.worth(full, mix, F(1))
    ] == expected
    pure = table.worth((actions - 1,), [F(1)], F(1))
    alone = (*[0] * (actions - 1), others)
    assert pure == [row[alone] for row in table.rows]
    if actions == 3:
        part = table.worth((0, 2), [F(1, 3), F(2, 3)], F(1))
        other = payoffs(table, [sp.Rational(1, 3), sp.Integer(0), sp.Rational(2, 3)])
        assert [sp.Rational(v.numerator, v.denominator) for v in part] == other


def test_a_table_is_in_whole_numbers() -> None:
    rows: Any = [
        {(1, 0): sp.Rational(1, 2), (0, 1): sp.Rational(-1, 3)},
        {(1, 0): sp.Integer(1), (0, 1): sp.Integer(0)},
    ]
    table = CountTable.of(1, rows)
    assert table.rows == ({(1, 0): 3, (0, 1): -2}, {(1, 0): 6, (0, 1): 0})
    assert table.others == 1
    assert module._powers(3, 4, 1) == [1, 3, 9, 27, 81]


def is_equilibrium(table: CountTable, support: Any, mix: list[Any]) -> bool:
    worth = [sp.N(v, 40) for v in payoffs(table, mix)]
    best = max(worth)
    inside = all((sp.N(p, 40) > 0) == (k in support) for k, p in enumerate(mix))
    return inside and all(abs(worth[k] - best) < 1e-25 for k in support)


@pytest.mark.parametrize("others", [1, 2, 3])
def test_two_actions_have_the_roots_of_one_polynomial(others: int) -> None:
    x = sp.Symbol("x")
    counted = 0
    for seed in range(12):
        table = random_table(seed, others, 2)
        gap = sum(
            (table.rows[0][k, others - k] - table.rows[1][k, others - k])
            * comb(others, k) * x**k * (1 - x) ** (others - k)
            for k in range(others + 1)
        )  # fmt: skip
        found = solve_support(table, (0, 1), boxes=0)
        if sp.expand(gap) == 0:
            assert found.status == "infinite"
            continue
        roots = sorted({r for r in sp.Poly(gap, x).real_roots() if 0 < r < 1}, key=float)
        assert found.status == "complete"
        exact: list[Any] = list(found.equilibria)
        numbers = sorted(float(sp.N(e.point.number(e.chances[0]))) for e in exact)
        assert numbers == pytest.approx([float(r) for r in roots])
        for e in exact:
            mix = [e.point.number(chance) for chance in e.chances]
            assert is_equilibrium(table, (0, 1), mix)
            assert e.degree == len(e.point.minimal) - 1
            for ball, chance in zip(e.enclosure.chances, mix, strict=True):
                middle, radius = midpoint_and_radius(ball)
                assert abs(float(middle) - float(chance)) < 1e-12
                assert radius < F(1, 10**30)
        counted += len(exact)
    assert counted > 3


def test_pure_equilibria_are_those_from_which_nobody_gains() -> None:
    for seed, actions in product(range(10), (2, 3)):
        table = random_table(seed, 2, actions)
        for a in range(actions):
            alone = tuple(2 * (k == a) for k in range(actions))
            best = table.rows[a][alone] >= max(row[alone] for row in table.rows)
            found = solve_support(table, (a,), boxes=0)
            assert found.status == "complete"
            assert len(found.equilibria) == best
            if best:
                (equilibrium,) = found.equilibria
                assert [c == 1 for c in equilibrium.chances] == [k == a for k in range(actions)]
                assert [c == 0 for c in equilibrium.chances] == [k != a for k in range(actions)]


def test_ties_beside_a_support_are_equilibria() -> None:
    pay: Any = {(1, 0): 1, (0, 1): 0}, {(1, 0): 1, (0, 1): 2}
    assert len(solve_support(CountTable(1, pay), (0,), 0).equilibria) == 1
    better: Any = {(1, 0): 1, (0, 1): 0}, {(1, 0): 2, (0, 1): 2}
    assert solve_support(CountTable(1, better), (0,), 0).equilibria == ()


def test_three_actions_are_checked_for_what_is_not_played() -> None:
    counts = 0
    for seed in range(12):
        table = random_table(seed, 1, 3)
        for support in ((0, 1), (0, 2), (1, 2), (0, 1, 2)):
            found = solve_support(table, support, boxes=0)
            rows = [
                [table.rows[i][tuple(int(j == k) for j in range(3))] for k in support]
                for i in range(3)
            ]
            system = [
                [rows[i][k] - rows[support[0]][k] for k in range(len(support))] for i in support[1:]
            ]
            matrix = sp.Matrix([*system, [1] * len(support)])
            if matrix.det() == 0:
                continue
            mix = matrix.LUsolve(sp.Matrix([0] * (len(support) - 1) + [1]))
            full = [mix[support.index(k)] if k in support else sp.Integer(0) for k in range(3)]
            worth = payoffs(table, full)
            good = all(full[k] > 0 for k in support) and max(worth) == worth[support[0]]
            assert found.status == "complete"
            assert len(found.equilibria) == good
            if good:
                exact: Any = found.equilibria[0]
                assert [exact.point.number(c) for c in exact.chances] == full
                counts += 1
    assert counts > 3


def test_what_can_never_be_equal_has_no_equilibrium() -> None:
    pay: Any = {(1, 0): 1, (0, 1): 1}, {(1, 0): 0, (0, 1): 0}
    assert solve_support(CountTable(1, pay), (0, 1), 0).equilibria == ()
    same: Any = {(1, 0): 1, (0, 1): 1}, {(1, 0): 1, (0, 1): 1}
    assert solve_support(CountTable(1, same), (0, 1), 0).status == "infinite"


@pytest.mark.parametrize(
    ("others", "support"), [(2, (0, 1)), (3, (0, 1)), (2, (0, 1, 2)), (2, (0, 2))]
)
def test_enclosures_hold_the_exact_equilibria(others: int, support: Any) -> None:
    total = 0
    for seed in range(5):
        table = random_table(seed, others, 3)
        exact = solve_support(table, support, 0)
        found = module._enclose_equilibria(table, support, 2000)
        if found.status != "complete":
            continue
        assert found.boxes > 0
        assert len(found.equilibria) == len(exact.equilibria)
        exact_points: list[Any] = list(exact.equilibria)
        balls = [e.enclosure for e in exact_points]
        for enclosure in found.equilibria:
            assert isinstance(enclosure, SymmetricEnclosure)
            assert len(enclosure.chances) == 3
            assert any(
                all(c.overlaps(d) for c, d in zip(enclosure.chances, other.chances, strict=True))
                for other in balls
            )
            total += 1
        short = module._enclose_equilibria(table, support, 0)
        assert (short.status, short.equilibria, short.boxes) == ("large", (), 0)
    assert total > 0


def test_what_is_too_large_is_enclosed(monkeypatch: pytest.MonkeyPatch) -> None:
    pay: Any = {(1, 0): 0, (0, 1): 2}, {(1, 0): 1, (0, 1): 0}
    monkeypatch.setattr(module, "real_zeros", lambda *_: Zeros("large"))
    found = solve_support(CountTable(1, pay), (0, 1), boxes=100)
    (only,) = found.equilibria
    assert (found.status, isinstance(only, SymmetricEnclosure)) == ("complete", True)
    assert float(only.chances[0].mid()) == pytest.approx(2 / 3)


def system_of(table: CountTable, support: Any) -> Any:
    with working_precision(192):
        return module._SymmetricSystem(table, support)


@pytest.mark.parametrize("support", [(0, 1), (0, 2), (0, 1, 2)])
def test_equations_and_derivatives_are_exact_at_points(support: Any) -> None:
    table = random_table(3, 2, 3)
    system = system_of(table, support)
    unknowns = sp.symbols("t0:2")[: len(support) - 1]
    mix = [sp.Integer(0)] * 3
    for k, s in zip(support, (*unknowns, 1 - sp.Add(*unknowns)), strict=True):
        mix[k] = s
    worth = payoffs(table, mix)
    scale = max(abs(v) for row in table.rows for v in row.values())
    equations = [(worth[a] - worth[support[-1]]) / scale for a in support[:-1]]
    at = dict(zip(unknowns, (sp.Rational(1, 5), sp.Rational(1, 3)), strict=False))
    point = [arb(fmpq(1, 5)), arb(fmpq(1, 3))][: len(unknowns)]
    middles = [p.mid() for p in point]
    values = system.values(middles)
    slopes = system.derivatives(middles)
    for k, equation in enumerate(equations):
        assert float(values[k].mid()) == pytest.approx(float(equation.subs(at)))
        for j, s in enumerate(unknowns):
            assert float(slopes[k][j].mid()) == pytest.approx(float(sp.diff(equation, s).subs(at)))
    box = [arb(p.mid(), fmpq(1, 50)) for p in point]
    for k, (value, equation) in enumerate(zip(system.values(box), equations, strict=True)):
        assert value.contains(values[k].mid()), equation
        for step in (-1, 1):
            moved = {s: v + sp.Rational(step, 50) for s, v in at.items()}
            assert value.contains(arb(float(equation.subs(moved))).mid())
        assert float(value.rad()) < 0.5


def test_a_box_beyond_the_simplex_holds_no_zero() -> None:
    system = system_of(random_table(3, 2, 3), (0, 1, 2))
    beyond = [arb(fmpq(9, 10), fmpq(1, 100)), arb(fmpq(9, 10), fmpq(1, 100))]
    assert system.values(beyond) == [1, 1]
    point = [arb(fmpq(9, 10)).mid(), arb(fmpq(9, 10)).mid()]
    assert system.values(point) != [1, 1]


def test_the_state_of_a_mix() -> None:
    table = CountTable(1, ({(1, 0): 0, (0, 1): 2}, {(1, 0): 1, (0, 1): 0}))
    system = system_of(table, (0, 1))
    third = arb(fmpq(1, 3))
    assert system.state([2 * third, third]) is True
    assert system.state([-third, 4 * third]) is False
    assert system.state([arb(0, 1), arb(0, 1)]) is None
    table = CountTable(1, ({(1, 0): 1, (0, 1): 2}, {(1, 0): 2, (0, 1): 0}))
    assert system_of(table, (0,)).state([arb(1)]) is False
    table = CountTable(1, ({(1, 0): 2, (0, 1): 2}, {(1, 0): 1, (0, 1): 0}))
    assert system_of(table, (0,)).state([arb(1)]) is True
    table = CountTable(1, ({(1, 0): 2, (0, 1): 2}, {(1, 0): 2, (0, 1): 0}))
    assert system_of(table, (0,)).state([arb(1)]) is None


def test_two_enclosures_of_one_range_meet() -> None:
    first, second = arb(1).union(arb(3)), arb(2).union(arb(5))
    common = module._intersect(first, second)
    assert (float(common.lower()), float(common.upper())) == pytest.approx((2, 3))
    assert module._intersect(first, arb(7)) is first


def test_residues_stay_short() -> None:
    point = AlgebraicPoint((-2, 0, 1), 1, ())
    root = module._Residue(point, fmpq_poly([0, 1]))
    assert (root * root).value == 2
    assert (3 * root).value == fmpq_poly([0, 3])
    assert (root + root * root).value == fmpq_poly([2, 1])
