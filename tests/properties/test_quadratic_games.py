"""Two players with quadratic payoffs and box constraints, against exact enumeration at points.

The independent route knows no derivatives with symbols: at rational parameters the best replies of
a quadratic on an interval are the ends and the vertex, compared by value; a profile is an
equilibrium where each choice is among its best replies.
"""

import random
from collections.abc import Iterator
from itertools import product

import pytest
import sympy as sp
from flint import fmpq

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value

GAMES, POINTS = 500, 20
GROUPS = 20
x, y, p, q = sp.symbols("x y p q", real=True)
Quadratic = dict[tuple[int, int], sp.Expr]
MONOMIALS = [(2, 0), (1, 1), (0, 2), (1, 0), (0, 1)]
SMALL = [-2, -1, -1, 0, 1, 1, 2]


def random_payoff(rng: random.Random) -> Quadratic:
    """Coefficients by exponents of x and y: small whole numbers, some plus a symbol."""
    payoff = {m: sp.Integer(rng.choice(SMALL)) for m in MONOMIALS}
    for _ in range(rng.choice([0, 1, 1])):
        payoff[rng.choice(MONOMIALS[:4])] += rng.choice([p, q, -p, 2 * q])
    payoff[1, 1] += int(payoff[1, 1] == 0)  # each choice matters to both
    return payoff


def expression(payoff: Quadratic) -> sp.Expr:
    return sp.Add(*(c * x**i * y**j for (i, j), c in payoff.items()))


def exact(number: sp.Expr) -> fmpq:
    return fmpq(int(number.p), int(number.q))


def value(payoff: dict[tuple[int, int], fmpq], a: fmpq, b: fmpq) -> fmpq:
    own = payoff[2, 0] * a + payoff[1, 1] * b + payoff[1, 0]
    return own * a + (payoff[0, 2] * b + payoff[0, 1]) * b


def best(payoff: dict[tuple[int, int], fmpq], other: fmpq) -> Iterator[fmpq]:
    """The ends and the vertex of the payoff in the first choice on the unit interval."""
    yield from (fmpq(0), fmpq(1))
    a, b = payoff[2, 0], payoff[1, 1] * other + payoff[1, 0]
    if a < 0 and 0 < -b / (2 * a) < 1:
        yield -b / (2 * a)


def is_best(payoff: dict[tuple[int, int], fmpq], own: fmpq, other: fmpq) -> bool:
    reached = value(payoff, own, other)
    return all(value(payoff, z, other) <= reached for z in best(payoff, other))


def swapped(payoff: dict[tuple[int, int], fmpq]) -> dict[tuple[int, int], fmpq]:
    return {(j, i): c for (i, j), c in payoff.items()}


def candidates(
    first: dict[tuple[int, int], fmpq], second: dict[tuple[int, int], fmpq]
) -> Iterator[tuple[fmpq, fmpq]]:
    """Profiles of ends and vertices; on a grid as well, which meets every continuum."""
    grid = [fmpq(k, 4) for k in range(5)]
    yield from product(grid, repeat=2)
    for end in grid:
        yield from ((v, end) for v in best(first, end))
        yield from ((end, v) for v in best(swapped(second), end))
    a, b, c = 2 * first[2, 0], first[1, 1], -first[1, 0]
    d, e, f = second[1, 1], 2 * second[0, 2], -second[0, 1]
    determinant = a * e - b * d
    if determinant != 0:
        yield (c * e - b * f) / determinant, (a * f - c * d) / determinant


def exact_equilibria(
    first: dict[tuple[int, int], fmpq], second: dict[tuple[int, int], fmpq]
) -> set[tuple[fmpq, fmpq]]:
    flipped = swapped(second)
    return {
        (a, b)
        for a, b in candidates(first, second)
        if 0 <= a <= 1 and 0 <= b <= 1 and is_best(first, a, b) and is_best(flipped, b, a)
    }


def is_member(e: eeu.Equilibrium, values: dict[sp.Symbol, sp.Expr], a: fmpq, b: fmpq) -> bool:
    """Whether a profile belongs to a family at a point of the parameters."""
    profile = {"x": sp.Rational(int(a.p), int(a.q)), "y": sp.Rational(int(b.p), int(b.q))}
    free = {s: profile[s.name] for s in e.free}
    point = {**values, **free}
    return (
        all(v.xreplace(point) == profile[name] for name, v in e.choices.items())
        and truth_value(e.where, point) is True
    )


@pytest.mark.parametrize("group", range(GROUPS))
def test_equilibria_at_points_are_those_of_exact_enumeration(group: int) -> None:
    rng = random.Random(f"quadratic {group}")
    for _ in range(GAMES // GROUPS):
        payoffs = [random_payoff(rng), random_payoff(rng)]
        game = eeu.ContinuousGame(
            {"A": expression(payoffs[0]), "B": expression(payoffs[1])},
            {"A": "0 <= x <= 1", "B": "0 <= y <= 1"},
        )
        solution = game.solve()
        assert solution.complete_where == sp.true, (game.payoffs, solution.why)
        for _ in range(POINTS):
            values = {s: sp.Rational(rng.randint(-6, 6), rng.choice([1, 1, 2, 3])) for s in (p, q)}
            first, second = (
                {m: exact(c.xreplace(values)) for m, c in payoff.items()} for payoff in payoffs
            )
            present = [e for e in solution if truth_value(e.condition, values)]
            for a, b in exact_equilibria(first, second):
                assert any(is_member(e, values, a, b) for e in present), (
                    game.payoffs,
                    values,
                    a,
                    b,
                )
            for e in present:
                if not e.free:
                    a, b = (exact(e.choices[n].xreplace(values)) for n in ("x", "y"))
                    is_equilibrium = is_best(first, a, b) and is_best(swapped(second), b, a)
                    assert is_equilibrium, (
                        game.payoffs, values, e.name)  # fmt: skip
