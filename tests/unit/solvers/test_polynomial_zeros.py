"""Real zeros of polynomial systems, against SymPy and against the algebra they come from."""

from itertools import product
from typing import Any

import pytest
import sympy as sp
from flint import Ordering, fmpq, fmpq_mat, fmpz_mpoly_ctx

from gametheory_eeu.solvers import polynomial_zeros
from gametheory_eeu.solvers.polynomial_zeros import real_zeros

module: Any = polynomial_zeros
SYMBOLS = x, y, z = sp.symbols("x y z")
SYSTEMS: dict[str, list[Any]] = {
    "lines": [2 * x + y - 3, x - y], "a hyperbola": [x * y - 1, x - 2 * y],
    "circles": [x**2 + y**2 - 1, (x - 1) ** 2 + y**2 - 1], "no real zero": [x**2 + 1, y - x],
    "cubes": [x**3 - 2, y - x**2], "two fields": [(x**2 - 2) * (x - 1), y - x],
    "double": [(x - 1) ** 2, y - x], "a double corner": [x**2, x * y, y**2],
    "apart in y alone": [x**2 - x, x * y - y, y**2 - 3 * y], "a point": [x - 3],
    "one unknown": [x**3 - x], "three": [x + y + z - 1, x * y - z, x - y],
    "fractions": [3 * x - 1, 5 * x * y - 2], "told twice": [x - y, x + y - 2, 2 * x - 2],
    "a sum that is not apart": [x**2 - 1, y**2 - 1],
    "four corners": [x**2 - x, y**2 - y, z - x * y],
}  # fmt: skip


def system(equations: list[Any]) -> tuple[list[Any], Any]:
    unknowns = [s for s in SYMBOLS if any(e.has(s) for e in equations)]
    context = fmpz_mpoly_ctx.get([s.name for s in unknowns], Ordering.degrevlex)
    generators = context.gens()
    made = []
    for equation in equations:
        total = context.constant(0)
        for powers, coefficient in sp.Poly(equation, *unknowns).terms():
            term = context.constant(int(coefficient))
            for generator, power in zip(generators, powers, strict=True):
                term = term * generator**power
            total += term
        made.append(total)
    return made, context


@pytest.mark.parametrize("name", SYSTEMS)
def test_all_real_zeros_are_found_once(name: str) -> None:
    equations = SYSTEMS[name]
    unknowns = [s for s in SYMBOLS if any(e.has(s) for e in equations)]
    found = real_zeros(*system(equations))
    assert found.status == "finite"
    expected = {
        tuple(point[s] for s in unknowns)
        for point in sp.solve(equations, unknowns, dict=True)
        if all(v.is_real for v in point.values())
    }
    got = sorted([float(sp.N(v)) for v in point.numbers] for point in found.points)
    assert len(got) == len(expected)
    for mine, other in zip(got, sorted([float(sp.N(v)) for v in e] for e in expected), strict=True):
        assert mine == pytest.approx(other)


def test_what_is_not_finite_or_too_large() -> None:
    assert real_zeros(*system([x * y])).status == "infinite"
    assert real_zeros(*system([x * y, x**2])).status == "infinite"
    context = fmpz_mpoly_ctx.get(["x"], Ordering.degrevlex)
    assert real_zeros([context.constant(0)], context).status == "infinite"
    assert real_zeros([], context).status == "infinite"
    empty = real_zeros([context.constant(2)], context)
    assert (empty.status, empty.points) == ("finite", ())
    assert real_zeros(*system([x - 1, x - 2])).points == ()


def test_the_degree_and_the_basis_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module._LARGEST_DEGREE == 90
    monkeypatch.setattr(module, "_LARGEST_DEGREE", 4)
    assert real_zeros(*system([x**2 - 1, y**2 - 1])).status == "finite"
    monkeypatch.setattr(module, "_LARGEST_DEGREE", 3)
    assert real_zeros(*system([x**2 - 1, y**2 - 1])).status == "large"
    monkeypatch.setattr(module, "LIMITS", (1, 1, 1))
    assert real_zeros(*system([x**3 * y - y**2 - 1, x * y**3 - x - 7])).status == "large"


@pytest.mark.parametrize(
    "leading", [[(2, 0), (0, 3)], [(2, 0), (1, 1), (0, 2)], [(1, 0), (0, 1)], [(3,)],
                [(2, 0, 0), (0, 1, 0), (0, 0, 2), (1, 0, 1)], [(0, 0)]],
)  # fmt: skip
def test_standard_monomials_are_those_that_no_leading_one_divides(leading: list[Any]) -> None:
    found = module._standard_monomials(leading)
    expected = [
        m for m in product(range(5), repeat=len(leading[0]))
        if not any(all(a <= b for a, b in zip(lead, m, strict=True)) for lead in leading)
    ]  # fmt: skip
    if leading == [(0, 0)]:
        return
    assert sorted(found) == expected
    assert found == sorted(found, key=module._monomial_key)
    assert [sum(m) for m in found] == sorted(sum(m) for m in found)


@pytest.mark.parametrize("leading", [[], [(2, 0)], [(2, 0), (1, 1)], [(1, 1)]])
def test_without_a_power_of_each_unknown_there_is_no_end(leading: list[Any]) -> None:
    assert module._standard_monomials(leading) is None


def test_monomials_are_ordered_by_degree_and_then_in_reverse() -> None:
    """As in x^2 > x y > y^2 > x z > y z > z^2."""
    degree_two = [(2, 0, 0), (1, 1, 0), (0, 2, 0), (1, 0, 1), (0, 1, 1), (0, 0, 2)]
    given = [*degree_two, (0, 0, 0), (3, 0, 0), (0, 0, 1)]
    expected = [(0, 0, 0), (0, 0, 1), *reversed(degree_two), (3, 0, 0)]
    assert sorted(given, key=module._monomial_key) == expected
    assert module._multiply((1, 0, 2), 1) == (1, 1, 2)
    assert module._is_divisible((1, 2), [(3, 0), (1, 1)])
    assert not module._is_divisible((1, 2), [(2, 0), (0, 3)])


@pytest.mark.parametrize("name", ["circles", "cubes", "two fields", "double", "three",
                                  "a double corner", "fractions", "four corners"])  # fmt: skip
def test_multiplication_by_the_unknowns_satisfies_the_system(name: str) -> None:
    equations = SYSTEMS[name]
    unknowns = [s for s in SYMBOLS if any(e.has(s) for e in equations)]
    polynomials, context = system(equations)
    basis = module._groebner(polynomials, context)
    monomials = module._standard_monomials([p.monoms()[0] for p in basis])
    matrices = module._multiplication_matrices(basis, monomials)
    size = len(monomials)
    zero = fmpq_mat(size, size)
    identity = fmpq_mat(size, size, [fmpq(int(i == j)) for i in range(size) for j in range(size)])
    for first, second in product(matrices, repeat=2):
        assert first * second == second * first
    for equation in equations:
        total = zero
        for powers, coefficient in sp.Poly(equation, *unknowns).terms():
            term = identity * fmpq(int(coefficient))
            for matrix, power in zip(matrices, powers, strict=True):
                for _ in range(power):
                    term = term * matrix
            total = total + term
        assert total == zero
    one = fmpq_mat(size, 1, [fmpq(int(k == 0)) for k in range(size)])
    for k, monomial in enumerate(monomials):
        vector = one
        for matrix, power in zip(matrices, monomial, strict=True):
            for _ in range(power):
                vector = matrix * vector
        assert [vector[i, 0] for i in range(size)] == [int(i == k) for i in range(size)]


def test_a_radical_ideal_needs_no_generators() -> None:
    for name, count in (("circles", 0), ("double", 2), ("a double corner", 2), ("cubes", 0)):
        polynomials, context = system(SYSTEMS[name])
        basis = module._groebner(polynomials, context)
        monomials = module._standard_monomials([p.monoms()[0] for p in basis])
        matrices = module._multiplication_matrices(basis, monomials)
        generators = module._radical_generators(matrices, context)
        assert len(generators) == count
        values = {str(g) for g in generators}
        assert values <= {"x - 1", "y - 1", "x", "y"}


@pytest.mark.parametrize("name", ["a sum that is not apart", "circles", "four corners", "lines"])
def test_the_form_that_separates_has_simple_roots(name: str) -> None:
    polynomials, context = system(SYSTEMS[name])
    basis = module._groebner(polynomials, context)
    monomials = module._standard_monomials([p.monoms()[0] for p in basis])
    matrices = module._multiplication_matrices(basis, monomials)
    form, characteristic = module._separating_form(matrices)
    assert form.charpoly() == characteristic
    assert characteristic.gcd(characteristic.derivative()).degree() == 0
    assert form * matrices[0] == matrices[0] * form
    if name == "a sum that is not apart":  # neither x, nor y, nor x + y
        assert form == matrices[0] + 2 * matrices[1]
    if name == "lines":
        assert form == matrices[0]
