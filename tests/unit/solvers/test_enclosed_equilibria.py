"""Equations of indifference on boxes, against exact values; enclosures against exact equilibria."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
import sympy as sp
from flint import arb, fmpq

from gametheory_eeu.solvers import integer_game as enclosed_module
from gametheory_eeu.solvers.certified_zeros import working_precision
from gametheory_eeu.solvers.integer_game import (
    IntegerGame,
    IsolatedEquilibrium,
    Support,
    mixed_equilibria,
    undominated_supports,
)

module: Any = enclosed_module
Cells = list[dict[tuple[int, ...], int]]


def cells_of(shape: tuple[int, ...], seed: int) -> Cells:
    rng = Random(seed)
    return [{p: rng.randint(-9, 9) for p in product(*map(range, shape))} for _ in shape]


def system_of(cells: Cells, shape: tuple[int, ...], support: Support) -> Any:
    with working_precision(192):
        return module._SupportEquations(IntegerGame(shape, cells), support)


def equations(cells: Cells, shape: Any, support: Support, symbols: Any) -> list[sp.Expr]:
    """Each played action against the last, over the largest payoff."""
    free = iter(symbols)
    mixes = []
    for actions in support:
        own = [next(free) for _ in actions[:-1]]
        mixes.append(dict(zip(actions, [*own, 1 - sp.Add(*own)], strict=True)))
    found = []
    for i, actions in enumerate(support):
        scale = max(abs(v) for v in cells[i].values()) or 1

        def worth(action: int, i: int = i) -> sp.Expr:
            terms = []
            for profile, value in cells[i].items():
                if profile[i] == action and all(
                    k in mixes[j] for j, k in enumerate(profile) if j != i
                ):
                    chances = [mixes[j][k] for j, k in enumerate(profile) if j != i]
                    terms.append(value * sp.Mul(*chances))
            return sp.Add(*terms)

        found += [(worth(k) - worth(actions[-1])) / scale for k in actions[:-1]]
    return found


CASES: list[tuple[tuple[int, ...], Support]] = [
    ((2, 2), ((0, 1), (0, 1))), ((2, 2, 2), ((0, 1),) * 3), ((2, 3), ((0, 1), (0, 2))),
    ((3, 2, 2), ((0, 1, 2), (0,), (0, 1))), ((3, 3), ((0, 1, 2), (0, 1, 2))),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "support"), CASES)
def test_ranges_on_a_box_are_exact(shape: tuple[int, ...], support: Support) -> None:
    cells = cells_of(shape, 5)
    system = system_of(cells, shape, support)
    symbols = sp.symbols(f"t0:{system.size}")
    exact = equations(cells, shape, support, symbols)
    assert system.size == len(exact) == sum(len(own) - 1 for own in support)
    point = [fmpq(k + 1, 8) for k in range(system.size)]
    at = {s: sp.Rational(int(v.p), int(v.q)) for s, v in zip(symbols, point, strict=True)}
    values = system.values([arb(v) for v in point])
    slopes = system.derivatives([arb(v) for v in point])
    for value, equation, row in zip(values, exact, slopes, strict=True):
        assert float(value.mid()) == pytest.approx(float(equation.subs(at)))
        assert float(value.rad()) < 1e-12
        for slope, s in zip(row, symbols, strict=True):
            assert float(slope.mid()) == pytest.approx(float(sp.diff(equation, s).subs(at)))
    # On a box each is between its values at the corners, and no wider.
    radius = sp.Rational(1, 32)
    box = [arb(v, fmpq(1, 32)) for v in point]
    for value, equation in zip(system.values(box), exact, strict=True):
        corners = [
            float(
                equation.subs(
                    {s: at[s] + sign * radius for s, sign in zip(symbols, signs, strict=True)}
                )
            )
            for signs in product((-1, 1), repeat=len(symbols))
        ]
        assert float(value.lower()) == pytest.approx(min(corners), abs=1e-6)
        assert float(value.upper()) == pytest.approx(max(corners), abs=1e-6)


def test_a_box_beyond_the_simplex_holds_no_zero() -> None:
    system = system_of(cells_of((3, 3), 5), (3, 3), ((0, 1, 2), (0, 1, 2)))
    inside = [arb(fmpq(1, 4), fmpq(1, 100))] * 4
    beyond = [arb(fmpq(9, 10), fmpq(1, 100))] * 2
    assert system.values([*beyond, *inside[:2]]) == [1] * 4
    assert system.values([*inside[:2], *beyond]) == [1] * 4
    assert system.values(inside) != [1] * 4
    point = [arb(fmpq(9, 10)).mid()] * 4  # a point is what it is
    assert system.values(point) != [1] * 4


@pytest.mark.parametrize(("shape", "seeds"), [((2, 2), range(8)), ((2, 2, 2), range(6))])
def test_enclosures_are_near_the_exact_equilibria(shape: tuple[int, ...], seeds: range) -> None:
    compared = 0
    for seed in seeds:
        game = IntegerGame(shape, cells_of(shape, seed))
        exact = [e for e in mixed_equilibria(game) if isinstance(e, IsolatedEquilibrium)]
        for support in undominated_supports(game):
            if all(len(own) == 1 for own in support):
                continue
            found = module.enclosed_equilibria(game, support, 500)
            if not found.complete:
                continue
            there = [e for e in exact if e.support == support]
            assert len(found.equilibria) == len(there)
            assert 0 < found.boxes <= 500
            for mine in found.equilibria:
                assert mine.support == support
                assert [len(mix) for mix in mine.chances] == list(shape)
                assert all(sum(mix) == 1 for mix in mine.chances)
                assert 0 <= mine.radius < Fraction(1, 10**30)
                flat = [c for mix in mine.chances for c in mix]
                gaps = [
                    max(
                        abs(sp.Rational(c.numerator, c.denominator) - sp.N(e.point.number(v), 40))
                        for c, v in zip(flat, (v for p in e.probabilities for v in p), strict=True)
                    )
                    for e in there
                ]
                assert min(gaps) < 1e-25
                compared += 1
    assert compared > 1


def test_few_boxes_are_not_complete() -> None:
    game = IntegerGame((2, 2), [{(0, 0): 3, (0, 1): 0, (1, 0): 0, (1, 1): 1}] * 2)
    whole = module.enclosed_equilibria(game, ((0, 1), (0, 1)), 100)
    assert (whole.complete, len(whole.equilibria)) == (True, 1)
    assert [float(c) for c in whole.equilibria[0].chances[0]] == pytest.approx([0.25, 0.75])
    none = module.enclosed_equilibria(game, ((0, 1), (0, 1)), 0)
    assert (none.complete, none.equilibria, none.boxes) == (False, (), 0)


def test_the_state_of_a_zero() -> None:
    cells: Cells = [
        {(0, 0): 3, (0, 1): 0, (1, 0): 0, (1, 1): 1, (2, 0): 0, (2, 1): 0},
        {(0, 0): 3, (0, 1): 0, (1, 0): 0, (1, 1): 1, (2, 0): 9, (2, 1): 9},
    ]
    support = ((0, 1), (0, 1))
    system = system_of(cells, (3, 2), support)
    quarter = arb(fmpq(1, 4))
    assert system.state((quarter, quarter)) is True
    assert system.state((-quarter, quarter)) is False
    assert system.state((quarter, 5 * quarter)) is False
    assert system.state((arb(0, 1), quarter)) is None
    cells[0] |= {(2, 0): 4, (2, 1): 4}
    assert system_of(cells, (3, 2), support).state((quarter, quarter)) is False
    cells[0] |= {(2, 0): 3, (2, 1): 0}
    tied = system_of(cells, (3, 2), support).state((quarter, quarter))
    assert tied is None
    game = IntegerGame((3, 2), cells)
    assert module.enclosed_equilibria(game, support, 100).complete is False


def test_multilinear_functions_at_corners() -> None:
    tensor = [arb(v) for v in (1, 2, 3, 4, 5, 6)]  # two by three
    assert module._contract(tensor, [arb(1), arb(-1)]) == [-3, -3, -3]
    assert module._contract(tensor[:2], [arb(2), arb(1)]) == [4]
    rows = [[arb(1), arb(0)], [arb(0), arb(1)]]
    columns = [[arb(1), arb(0), arb(0)], [arb(0), arb(0), arb(1)]]
    hull = module._multilinear_range(tensor, [rows, columns])
    assert (float(hull.lower()), float(hull.upper())) == pytest.approx((1, 6))
    assert module._multilinear_range(tensor, [rows[:1], columns[1:]]) == 3
    assert module._endpoints(arb(2)) == (2,)
    low, high = module._endpoints(arb(2, 1))
    assert (float(low), float(high)) == pytest.approx((1, 3))


def test_an_equilibrium_with_its_radius() -> None:
    game = IntegerGame((3, 2), cells_of((3, 2), 0))
    zero = (
        arb(fmpq(1, 4), fmpq(1, 100)),
        arb(fmpq(1, 2), fmpq(1, 50)),
        arb(fmpq(1, 8), fmpq(1, 25)),
    )
    found = module._approximate_equilibrium(game, ((0, 1, 2), (0, 1)), zero)
    assert [[float(c) for c in mix] for mix in found.chances] == [[0.25, 0.5, 0.25], [0.125, 0.875]]
    assert float(found.radius) == pytest.approx(0.04, rel=1e-6)
    found = module._approximate_equilibrium(game, ((0, 2), (1,)), zero[:1])
    assert [[float(c) for c in mix] for mix in found.chances] == [[0.25, 0, 0.75], [0, 1]]
    assert float(found.radius) == pytest.approx(0.01, rel=1e-6)
