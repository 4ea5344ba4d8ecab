"""Existence of values for unknowns in linear inequalities, against z3 at rational points."""

from itertools import product
from random import Random
from typing import Any

import pytest
import sympy as sp
import z3

from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.solvers import solution_families as module
from gametheory_eeu.solvers.solution_families import simplify_atoms, solvability_condition

q, r, a, b = sp.symbols("q r a b", real=True)
p, n = sp.Symbol("p", positive=True), sp.Symbol("n", nonnegative=True)
Atoms = list[tuple[Any, str]]
RELATIONS: dict[str, Any] = {
    ">": lambda x: x > 0, ">=": lambda x: x >= 0, "!=": lambda x: x != 0, "==": lambda x: x == 0,
}  # fmt: skip
POINTS = [
    {a: sp.sympify(i), b: sp.sympify(j)}
    for i, j in product([-1, 0, sp.Rational(1, 2), 2], repeat=2)
]


def exists(atoms: Atoms, unknowns: list[sp.Symbol], point: Any) -> bool:
    solver = z3.Solver()
    for expression, op in atoms:
        poly = sp.Poly(sp.sympify(expression).subs(point), *unknowns)
        total = z3.RealVal(0)
        for powers, c in poly.terms():
            term = z3.RealVal(f"{c.p}/{c.q}")
            for power, unknown in zip(powers, unknowns, strict=True):
                for _ in range(power):
                    term = term * z3.Real(unknown.name)
            total = total + term
        solver.add(RELATIONS[op](total))
    return bool(solver.check() == z3.sat)


def check(atoms: Atoms, unknowns: list[sp.Symbol]) -> set[bool]:
    condition = solvability_condition(atoms, unknowns)
    assert condition is not None
    seen = set()
    for point in POINTS:
        expected = exists(atoms, unknowns, point)
        assert truth_value(condition, point) is expected, (condition, point)
        seen.add(expected)
    return seen


@pytest.mark.parametrize(("low", "high"), [(">", ">="), (">=", ">")])
@pytest.mark.parametrize("atoms", [
    [(a * q - b, ">")], [(a * q - b, ">=")], [(q - a, ">"), (b - q, ">")],
    [(q - a, ">="), (b - q, ">=")], [(q - a, ">="), (b - q, ">")],
    [(a * q - b, ">="), (b * q - a, ">=")], [(a * q - b, ">"), (b * q - a, ">=")],
    [(2 * q - a, ">="), (b - 3 * q, ">=")], [(a**2 * q - b, ">=")], [(-q - a, ">=")],
], ids=str)  # fmt: skip
def test_one_unknown_in_an_interval(low: str, high: str, atoms: Atoms) -> None:
    check([(q, low), (1 - q, high), *atoms], [q])


@pytest.mark.parametrize("atoms", [
    [(q - a, "!=")], [(q - a, "!="), (b - q, ">")], [(a * q - b, "!=")], [(a - b, "!=")],
    [(q - a, "!="), (q - b, "!=")], [(b * q - a, "!="), (a - q, ">")],
], ids=str)  # fmt: skip
def test_one_unknown_that_is_not_somewhere(atoms: Atoms) -> None:
    check([(q, ">"), (1 - q, ">"), *atoms], [q])


TWO: list[Atoms] = [
    [(a * q + b * r - 1, ">=")], [(a * q + b * r - 1, ">"), (q - r, ">=")],
    [(q + r - a, ">="), (b - q - 2 * r, ">")], [(a - q, ">"), (r - q, ">="), (b - r, ">=")],
    [(a * q - r, ">="), (b * r - q, ">=")], [(a * q - r, ">"), (b * r - q, ">")],
]  # fmt: skip


@pytest.mark.parametrize("low", [">", ">="])
@pytest.mark.parametrize("atoms", TWO, ids=str)
def test_two_unknowns(low: str, atoms: Atoms) -> None:
    check([(q, low), (1 - q, ">="), (r, ">="), (1 - r, low), *atoms], [q, r])


def test_random_inequalities() -> None:
    seen = set()
    for seed in range(3):
        rng = Random(seed)
        atoms: Atoms = [(s, rng.choice([">", ">="])) for s in (q, r, 1 - q - r)]
        for _ in range(2):
            x, y, z = (rng.choice([0, 1, -1, a, b, a - b]) for _ in range(3))
            atoms.append((sp.expand(x * q + y * r + q / 2 + z), rng.choice([">", ">="])))
        seen |= check(atoms, [q, r])
    assert seen == {True, False}


def test_bounds_alone_decide() -> None:
    assert solvability_condition([(q - 1, ">"), (-q, ">")], [q]) == sp.false
    assert solvability_condition([(q, ">"), (1 - q, ">")], [q]) == sp.true
    assert solvability_condition([], []) == sp.true
    assert solvability_condition([(a - b, ">")], []) == (a - b > 0)
    assert solvability_condition([(q, ">"), (1 - q, ">"), (a - b, ">")], [q]) == (a - b > 0)
    assert solvability_condition([(q, ">"), (1 - q, ">"), (b - 2 * q, ">=")], [q]) == (b > 0)


def test_what_stays_beyond_a_line_is_not_decided() -> None:
    inside: Atoms = [(q, ">"), (1 - q, ">"), (r, ">"), (1 - r, ">")]
    assert solvability_condition([*inside, (q**2 - a, ">=")], [q, r]) is None
    assert solvability_condition([*inside, (sp.sqrt(q) - a, ">=")], [q, r]) is None
    assert check([*inside, (q * r - a, ">=")], [q, r]) == {True, False}


def test_conjunctions_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    atoms: Atoms = [(q, ">"), (q - a, ">"), (q - b, ">"), (1 - q, ">")]
    monkeypatch.setattr(module, "_MAX_CONJUNCTIONS", 3)
    assert solvability_condition(atoms, [q]) is not None
    monkeypatch.setattr(module, "_MAX_CONJUNCTIONS", 2)
    assert solvability_condition(atoms, [q]) is None


@pytest.mark.parametrize("op", [">", ">=", "!="])
@pytest.mark.parametrize("slope", [
    a, p, n, -p, -n, sp.Integer(2), sp.Integer(0), sp.Integer(-2)], ids=str)  # fmt: skip
def test_just_to_the_right_of_a_point(slope: sp.Expr, op: str) -> None:
    """A line's sign there is its value's and, where that is zero, its slope's."""
    value = b
    cases = module._right_limit_cases(value, slope, op)
    for i, j in product([-1, 0, 1], repeat=2):
        if slope.free_symbols and (i < 0) and slope not in (a,):
            continue
        if i == 0 and p in slope.free_symbols:
            continue
        point = {b: j, **dict.fromkeys(slope.free_symbols, i)}
        at, rise = (sp.sympify(e).subs(point) for e in (value, slope))
        sign = sp.sign(at) or sp.sign(rise)
        holds = any(all(RELATIONS[o](sp.sympify(e).subs(point)) for e, o in case) for case in cases)
        assert holds is bool(RELATIONS[op](sign)), (cases, point)


@pytest.mark.parametrize(
    ("atoms", "expected"),
    [
        ([(sp.Integer(1), ">"), (a, ">="), (a, ">=")], ((a, ">="),)), ([(sp.Integer(0), ">=")], ()),
        ([(sp.Integer(0), ">"), (a, ">=")], None), ([(a, ">"), (sp.Integer(-1), ">=")], None),
        ([(b, "!="), (a, ">")], ((b, "!="), (a, ">"))), ([(sp.Integer(0), "!=")], None),
        ([(sp.Integer(0), "==")], ()), ([], ()),
    ],
)  # fmt: skip
def test_atoms_in_numbers_are_decided(atoms: Atoms, expected: Any) -> None:
    assert simplify_atoms(atoms) == expected


def test_the_order_of_elimination_keeps_lines() -> None:
    """Eliminating q first would leave r squared."""
    assert module._is_linear(((q * r - a, ">"), (b, ">")), q)
    assert not module._is_linear(((q**2 - a, ">"),), q)
    assert module._is_linear(((q**2 - a, ">"),), r)
    assert module._coefficients(2 * q * r - a, q) == (2 * r, -a)
    assert module._coefficients(q**2, q) is None
    assert module._coefficients(1 / q, q) is None


@pytest.mark.parametrize(
    "atoms",
    [
        [(q, ">"), (1 - q, ">"), (2 * q - 1, ">="), (1 - 2 * q, "!=")],
        [(q, ">="), (1 - q, ">"), (a + b * q - b, "!=")],
        [(q, ">"), (a * q - b, "==")],
        [(q, ">="), (1 - q, ">="), (a * q - b, "=="), (q - a, "!=")],
        [(q, ">="), (1 - q, ">="), (b, ">=")],
        [(q - a, ">="), (b - q, ">="), (q, "!="), (q - 1, "!=")],
    ],
    ids=str,
)
def test_excluded_points_and_equalities_leave_what_they_leave(atoms: Atoms) -> None:
    condition = solvability_condition(atoms, [q])
    assert condition is not None
    values = [sp.Rational(k, 2) for k in range(-4, 5)]
    for numbers in product(values, repeat=2):
        point = dict(zip((a, b), numbers, strict=True))
        assert truth_value(condition, point) is exists(atoms, [q], point), point
