"""Small methods against brute force: every subset, every point of a grid, other libraries."""

import random
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
import sympy as sp
from flint import fmpq_poly
from scipy.optimize import linprog

from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.core.expressions import line_coefficients
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.solvers import information_set_values
from gametheory_eeu.solvers.cheapest_order import maximising_sets
from gametheory_eeu.solvers.crowd import Crowd
from gametheory_eeu.solvers.exact_linear_programming import best_distribution
from gametheory_eeu.solvers.polynomial_zeros import AlgebraicPoint, real_roots
from gametheory_eeu.solvers.solution_families import (
    box_symbols,
    simplify_atoms,
    solvability_condition,
    tightest_bounds,
)
from gametheory_eeu.solvers.symmetric_roots import interior_mixes
from gametheory_eeu.solvers.thresholds import as_array

q, r, a, b = sp.symbols("q r a b", real=True)


def random_cases(count):
    return [random.Random(seed) for seed in range(count)]


@pytest.mark.parametrize("scale", [1, 10**12])
def test_the_best_sets_are_the_best_of_all_subsets(scale):
    for rng in random_cases(15):
        n = rng.randint(1, 5)
        own = np.array([rng.randint(-6, 4) * scale for _ in range(n)], dtype=object)
        pairs = [p for p in combinations(range(n), 2) if rng.random() < 0.6]
        gain = [rng.randint(0, 5) * scale for _ in pairs]
        one, other = (np.array([pair[k] for pair in pairs], dtype=int) for k in (0, 1))
        arrays = one, other, np.array(gain, dtype=object)
        found = maximising_sets(own, arrays)
        worth = {}
        for chosen in product([False, True], repeat=n):
            inside = [g for (i, j), g in zip(pairs, gain, strict=True) if chosen[i] and chosen[j]]
            worth[chosen] = sum(x for x, c in zip(own, chosen, strict=True) if c) + sum(inside)
        best = [s for s, v in worth.items() if v == max(worth.values())]
        assert found.value == max(worth.values())
        assert found.least.tolist() == [all(c) for c in zip(*best, strict=True)]
        assert found.greatest.tolist() == [any(c) for c in zip(*best, strict=True)]


def test_the_best_distribution_is_scipys_and_has_its_prices():
    for rng in random_cases(25):
        n, m = rng.randint(2, 5), rng.randint(1, 4)
        costs = [rng.randint(-5, 5) for _ in range(n)]
        rows = [[rng.randint(-4, 4) for _ in range(n)] for _ in range(m)]
        other = linprog([-c for c in costs], A_ub=rows, b_ub=[0] * m, A_eq=[[1] * n], b_eq=[1])
        if other.status == 2:
            with pytest.raises(DoesNotExistError):
                best_distribution(costs, rows)
            continue
        found = best_distribution(costs, rows)
        assert abs(float(found.value) + other.fun) < 1e-9
        assert sum(c * x for c, x in zip(costs, found.point, strict=True)) == found.value
        assert sum(found.point) == 1
        assert min(found.point) >= 0
        assert all(sum(u * x for u, x in zip(row, found.point, strict=True)) <= 0 for row in rows)
        assert min(found.prices) >= 0
        for j, cost in enumerate(costs):
            priced = sum(p * row[j] for p, row in zip(found.prices, rows, strict=True))
            assert cost - priced <= found.value


RANGES = [
    [(q, ">="), (1 - q, ">="), (b - 2 * q, ">=")],
    [(q, ">"), (1 - q, ">"), (b - 2 * q, ">=")],
    [(q, ">"), (1 - q, ">="), (a * q - b, ">")],
    [(q, ">="), (1 - q, ">"), (a * q - b, ">="), (b * q - a, ">=")],
    [(q, ">"), (1 - q, ">"), (q - a, "!="), (b - q, ">")],
    [(q, ">="), (r, ">="), (1 - q - r, ">="), (b * q + a * r - 1, ">=")],
    [(q, ">="), (1 - q, ">="), (a - b, ">")],
]


@pytest.mark.parametrize("atoms", RANGES, ids=str)
def test_where_a_point_exists_one_is_on_a_fine_grid(atoms):
    unknowns = [s for s in (q, r) if any(s in e.free_symbols for e, _ in atoms)]
    condition = solvability_condition(atoms, unknowns)
    fine = [sp.Rational(k, 24) for k in range(25)]
    seen = set()
    for i, j in product([-1, 0, sp.Rational(1, 2), 1, 2], repeat=2):
        point = {a: sp.sympify(i), b: sp.sympify(j)}
        relations = [RELATIONS[op](e.xreplace(point), 0) for e, op in atoms]
        expected = any(
            all(
                sp.sympify(c).subs(dict(zip(unknowns, at, strict=True))) == sp.true
                for c in relations
            )
            for at in product(fine if len(unknowns) == 1 else fine[::4], repeat=len(unknowns))
        )
        assert truth_value(condition, point) is expected, point
        seen.add(expected)
    assert seen == {True, False}


def test_what_is_not_linear_is_not_decided():
    assert solvability_condition([(q, ">="), (1 - q, ">="), (q**2 - a, ">=")], [q]) is None
    assert solvability_condition([(q - 1, ">"), (-q, ">")], [q]) == sp.false
    assert simplify_atoms([(sp.Integer(1), ">"), (a, ">="), (a, ">=")]) == ((a, ">="),)
    assert simplify_atoms([(sp.Integer(0), ">"), (a, ">=")]) is None
    assert simplify_atoms([(sp.Integer(0), ">=")]) == ()


def tight(atoms):
    found = tightest_bounds(atoms)
    assert found is not None
    return found


def test_bounds_of_single_unknowns():
    assert line_coefficients(3 - 2 * q) == (q, -2, 3)
    assert [line_coefficients(e) for e in (q * r, q + r, a * 0 + 3, q**2, sp.sqrt(2) * q)] == [
        None
    ] * 5
    assert set(tight([(q - 1, ">="), (q - 1, ">"), (q - sp.Rational(1, 2), ">")])) == {
        (q - 1, ">")}  # fmt: skip
    assert set(tight([(3 - q, ">="), (3 - q, ">"), (4 - q, ">")])) == {(3 - q, ">")}
    assert tightest_bounds([(q - 1, ">="), (1 - q, ">=")]) is not None
    assert tightest_bounds([(q - 1, ">"), (1 - q, ">=")]) is None
    assert tightest_bounds([(q - 2, ">="), (1 - q, ">=")]) is None
    assert (q * r, ">") in tight([(q * r, ">"), (q, ">=")])
    assert box_symbols([(q, ">="), (r, "!="), (a - b, ">")]) == (q,)


def test_numbers_of_a_field_are_sympys():
    x = sp.Symbol("x")
    for minimal, index in (((-2, 0, 1), 0), ((-2, 0, 1), 1), ((1, -3, 0, 1), 1), ((3, -2), 0),
                           ((1, 1, -1), 0), ((1, 1, -1), 1)):  # fmt: skip
        roots = sp.Poly(list(reversed(minimal)), x).real_roots()
        point = AlgebraicPoint(minimal, index, (fmpq_poly([0, 1]), fmpq_poly([2, -3])))
        root, other = point.numbers
        assert abs(sp.N(root - roots[index], 30)) < 1e-20
        assert abs(sp.N(other - (2 - 3 * roots[index]), 30)) < 1e-20
        for value in (fmpq_poly([0, 1]), fmpq_poly([2, -3]), fmpq_poly([-5, 0, 2])):
            exact = sp.N(sum(sp.Rational(str(c)) * roots[index] ** k
                             for k, c in enumerate(value.coeffs())), 30)  # fmt: skip
            assert point.sign(value) == sp.sign(exact)
        assert point.sign(fmpq_poly(list(minimal))) == 0
        assert len(real_roots(minimal)) == len(roots)


def equilibria(resistance, gain, power):
    """Sizes k at which some k members join, each willing, and nobody outside is (ties join)."""
    found = set()
    for joined in product([False, True], repeat=len(resistance)):
        size = sum(joined)
        want = [power + gain * (size - j) >= c for c, j in zip(resistance, joined, strict=True)]
        if want == list(joined):
            found.add(size)
    return sorted(found)


def test_a_crowd_joins_as_all_its_profiles_say():
    for rng in random_cases(30):
        cost = [rng.randint(0, 6) for _ in range(rng.randint(1, 5))]
        gain, power = Fraction(rng.randint(0, 3), 2), Fraction(rng.randint(-2, 8), 2)
        crowd = Crowd.of(as_array(cost, "resistance"), gain, power)
        sizes = equilibria(cost, gain, power)
        assert crowd.sizes().tolist() == sizes
        assert len(crowd.tipping_sizes()) == len(sizes) - 1
        assert crowd.rounds()[-1] == sizes[0]
        assert crowd.rounds(up=False)[-1] == sizes[-1]
        everybody, ordered = len(cost), sorted(cost)
        assert (power >= crowd.equilibrium) is (everybody in sizes)
        assert (power >= crowd.absolute) is (sizes == [everybody])
        assert (power >= crowd.dominance) is (power >= ordered[-1])
        inside = ordered[crowd.indifferent()]
        assert inside == ([c for c in ordered if c == power] if gain == 0 else [])
        for first, chances in crowd.mixed():
            assert len(chances) >= 2
            _check_mixed(ordered, gain, power, first, chances)


def test_a_sure_joiner_may_be_indifferent():
    cost = [Fraction(1), Fraction(3, 2), Fraction(3, 2)]
    crowd = Crowd.of(as_array(cost, "resistance"), Fraction(1), Fraction(0))
    assert (1, (Fraction(1, 2), Fraction(1, 2))) in crowd.mixed()
    _check_mixed(cost, 1, 0, 1, (Fraction(1, 2), Fraction(1, 2)))


def _check_mixed(cost, gain, power, first, chances):
    """Who mixes is indifferent, who joins is willing, who stays is not."""
    every = [*([Fraction(1)] * first), *chances]
    every += [Fraction(0)] * (len(cost) - len(every))
    assert all(0 < p < 1 for p in chances)
    for k, (c, p) in enumerate(zip(cost, every, strict=True)):
        surplus = power + gain * (sum(every) - every[k]) - c
        assert surplus == 0 if 0 < p < 1 else surplus >= 0 if p == 1 else surplus <= 0


def test_a_root_of_high_degree_is_the_first_probability():
    """The first action pays 1 where all 13 others take it, and costs 1/1000 elsewhere."""
    (found,) = interior_mixes([sp.Rational(-1, 1000)] * 13 + [sp.Integer(1)])
    assert found.radius > 0
    assert abs(1001 * found.first**13 - 1) < sp.Rational(1, 10**6)
    assert found.first + found.second == 1


def test_plans_above_the_limit_name_the_set_with_the_most(monkeypatch):
    node: Any = None  # only counted
    monkeypatch.setattr(information_set_values, "MAX_PLANS", 0)
    monkeypatch.setattr(information_set_values, "plan_counts", lambda _: {"few": 2, "many": 7})
    with pytest.raises(TooLargeError, match="from information set 'many' on its player has 7"):
        information_set_values.check_plans(node, {"few": (node,), "many": (node,)})
