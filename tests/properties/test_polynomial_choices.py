"""Polynomial payoffs of degree up to four, in numbers, against a dense search.

The independent route is numerical: best replies by the roots of derivatives in floating point on a
fine grid of the other's choices, and equilibria where the composed reply crosses the diagonal.
"""

import random

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu

GAMES, GROUPS = 300, 20
x, y = sp.symbols("x y", real=True)
GRID = np.linspace(0, 1, 401)
Coefficients = np.ndarray


def random_payoff(rng: random.Random) -> Coefficients:
    """Coefficients by powers of x and y, of total degree four at most."""
    payoff = np.zeros((5, 5))
    for i in range(5):
        for j in range(5 - i):
            payoff[i, j] = rng.randint(-3, 3) if rng.random() < 0.5 else 0
    payoff[1, 1] += 1
    payoff[0, 0] = 0
    return payoff


def expression(payoff: Coefficients) -> sp.Expr:
    terms = (int(payoff[i, j]) * x**i * y**j for i in range(5) for j in range(5))
    return sp.Add(*terms)


def values(payoff: Coefficients, own: np.ndarray, other: float) -> np.ndarray:
    """Payoffs of choices against one of the other player, the own one first."""
    return np.asarray(np.polynomial.Polynomial(payoff @ other ** np.arange(5))(own))


def best_replies(payoff: Coefficients, others: np.ndarray) -> np.ndarray:
    """Best replies to many choices: the best of both ends and the roots of the derivative."""
    own = (others[:, None] ** np.arange(5)) @ payoff.T  # a row for each: powers of the own choice
    slopes = own[:, 1:] * np.arange(1, 5)
    points = np.zeros((len(others), 5))
    points[:, 1] = 1
    degrees = np.where(slopes != 0, np.arange(4), 0).max(axis=1)
    for degree in (1, 2, 3):
        rows = np.flatnonzero(degrees == degree)
        companion = np.tile(np.eye(degree, k=-1), (len(rows), 1, 1))
        companion[:, :, -1] = -slopes[rows, :degree] / slopes[rows, degree, None]
        roots = np.linalg.eigvals(companion)
        is_inside = (abs(roots.imag) < 1e-9) & (roots.real > 0) & (roots.real < 1)
        points[rows, 2 : 2 + degree] = np.where(is_inside, roots.real, 0)
    payoffs = ((points[:, :, None] ** np.arange(5)) * own[:, None, :]).sum(axis=2)
    return np.asarray(points[np.arange(len(others)), payoffs.argmax(axis=1)])


def best_reply(payoff: Coefficients, other: float) -> float:
    return float(best_replies(payoff, np.array([other]))[0])


def is_best(payoff: Coefficients, own: float, other: float) -> bool:
    return bool(
        values(payoff, GRID, other).max() <= values(payoff, np.array([own]), other)[0] + 1e-9
    )


def searched(first: Coefficients, second: Coefficients) -> list[tuple[float, float]]:
    """Equilibria that a dense search finds: fixed points of the reply to the reply."""

    def gap(b: float) -> float:
        return best_reply(second.T, best_reply(first, b)) - b

    gaps = best_replies(second.T, best_replies(first, GRID)) - GRID
    found = [b for b, g in zip(GRID, gaps, strict=True) if abs(g) < 1e-12]
    for k in range(len(GRID) - 1):
        if gaps[k] * gaps[k + 1] < 0:
            low, high = GRID[k], GRID[k + 1]
            for _ in range(60):
                middle = (low + high) / 2
                low, high = (middle, high) if gap(middle) * gaps[k] > 0 else (low, middle)
            found.append(low)
    pairs = [(best_reply(first, b), float(b)) for b in found]
    return [(a, b) for a, b in pairs if is_best(first, a, b) and is_best(second.T, b, a)]


@pytest.mark.parametrize("group", range(GROUPS))
def test_equilibria_are_those_of_a_dense_search(group: int) -> None:
    rng = random.Random(f"polynomial {group}")
    for _ in range(GAMES // GROUPS):
        first, second = random_payoff(rng), random_payoff(rng)
        game = eeu.ContinuousGame(
            {"A": expression(first), "B": expression(second)},
            {"A": "0 <= x <= 1", "B": "0 <= y <= 1"},
        )
        solution = game.solve()
        assert solution.complete_where == sp.true, (game.payoffs, solution.why)
        points = [(float(e.choices["x"]), float(e.choices["y"])) for e in solution if not e.free]
        for a, b in points:
            assert is_best(first, a, b), (game.payoffs, a, b)
            assert is_best(second.T, b, a), (game.payoffs, a, b)
        if any(e.free for e in solution):
            continue
        for a, b in searched(first, second):
            distance = min((abs(a - c) + abs(b - d) for c, d in points), default=9.0)
            assert distance < 1e-5, (game.payoffs, a, b, points)
