"""Correlated equilibria: exact optima, vertices, given devices, and what is refused."""

from collections.abc import Callable, Mapping
from random import Random

import numpy as np
import pytest
import sympy as sp
from scipy.optimize import linprog

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, TooLargeError, UnknownNameError
from gametheory_eeu.forms.correlated_equilibrium import Objective, _incentive_constraints
from gametheory_eeu.solvers.exact_linear_programming import best_distribution


def random_game(rng: Random, *shape: int) -> eeu.NormalForm:
    actions = [[str(a + 1) for a in range(n)] for n in shape]
    return eeu.NormalForm(lambda profile: [rng.randint(-9, 9) for _ in profile], actions=actions)


@pytest.mark.parametrize(
    ("name", "count"),
    [("Nau's Irrational Game", 33), ("Nau's Continuum", 8), ("Nau's Segment", 6)],
)
def test_polytopes_have_the_published_number_of_vertices(name: str, count: int) -> None:
    """Nau, Gomez Canovas and Hansen (2004), sections 4 to 6."""
    assert len(eeu.classic(name).game.correlated_vertices()) == count


def test_aumanns_device_pays_ten_thirds() -> None:
    """Fudenberg and Tirole (1991), section 2.2: 10/3 each, above the mixed equilibrium's 5/2."""
    best = eeu.classic("Chicken").game.correlated_equilibrium()
    assert set(best.payoffs.values()) == {sp.Rational(10, 3)}
    assert set(best.distribution.values()) == {sp.Rational(1, 3)}
    assert best.verify().verdict == "proved"


@pytest.mark.parametrize("objective", ["welfare", "player 2", {"player 1": 1, "player 3": "-1/2"}])
def test_the_programme_and_the_vertices_agree(objective: Objective) -> None:
    rng = Random(7)
    for _ in range(6):
        game = random_game(rng, 2, 2, 2)
        best = game.correlated_equilibrium(objective)
        assert best.verify().verdict == "proved"
        vertices = game.correlated_vertices()
        assert {v.verify().verdict for v in vertices} == {"proved"}

        def worth(payoffs: Mapping[str, sp.Expr]) -> sp.Expr:
            if objective == "welfare":
                return sum(payoffs.values())
            weights = {objective: 1} if isinstance(objective, str) else objective
            return sum(sp.Rational(w) * payoffs[p] for p, w in weights.items())

        assert best.value == worth(best.payoffs) == max(worth(v.payoffs) for v in vertices)


def test_the_exact_optimum_is_that_of_floating_point() -> None:
    rng = Random(3)
    for shape in [(5, 5), (3, 3, 3), (2, 2, 2, 2), (8, 6)]:
        game = random_game(rng, *shape)
        goal = [float(sum(game.payoffs[p][c] for p in game.players)) for c in game.profiles]
        rows = -np.array([[float(v) for v in row] for row in _incentive_constraints(game)])
        found = linprog(
            -np.array(goal), A_ub=rows, b_ub=np.zeros(len(rows)),
            A_eq=np.ones((1, len(goal))), b_eq=[1.0],
        )  # fmt: skip
        assert float(game.correlated_equilibrium().value) == pytest.approx(-found.fun, abs=1e-7)


def test_every_nash_equilibrium_is_a_correlated_one() -> None:
    game = eeu.classic("McKelvey and McLennan's Game").game
    for equilibrium in game.solve():
        mixes = [dict(mix) for mix in equilibrium.profile.values()]
        product = {
            profile: sp.Mul(*(mix[a] for mix, a in zip(mixes, profile, strict=True)))
            for profile in game.profiles
        }
        assert game.correlated_device(product).verify().verdict == "proved"


def test_a_device_that_is_not_obeyed_is_refuted() -> None:
    device = eeu.classic("Chicken").game.correlated_device({("Down", "Left"): 1})
    assert device.verify().verdict == "refuted"
    assert device.verify().failures == (
        "player 1: Up instead of Down gains nothing",
        "player 2: Right instead of Left gains nothing",
    )


def test_with_symbols_the_condition_is_exact() -> None:
    game = eeu.classic("Hawk-Dove").game
    fair = game.correlated_device({("Hawk", "Dove"): "1/2", ("Dove", "Hawk"): "1/2"})
    assert eeu.equivalent(fair.condition, "v <= c", given="v > 0 and c > 0").verdict == "proved"


@pytest.mark.parametrize(
    ("ask", "match"),
    [
        (lambda g: g.correlated_equilibrium("player 9"), "player 9"),
        (lambda g: g.correlated_device({("Up", "Middle"): 1}), "Up, Middle"),
        (lambda g: g.correlated_device({("Up", "Left"): "1/2"}), "sum to one"),
        (lambda g: g.correlated_device({("Up", "Left"): 2, ("Up", "Right"): -1}), "to one"),
    ],
)
def test_bad_questions_are_refused(ask: Callable[[eeu.NormalForm], object], match: str) -> None:
    with pytest.raises(GameTheoryError, match=match):
        ask(eeu.classic("Chicken").game)


def test_optima_with_symbols_are_refused() -> None:
    with pytest.raises(GameTheoryError, match="in numbers only"):
        eeu.classic("Hawk-Dove").game.correlated_equilibrium()


def test_a_programme_too_large_is_refused_at_once() -> None:
    with pytest.raises(TooLargeError, match="above 250000"):
        best_distribution([0] * 600, [[0] * 600] * 500)


def test_the_names_of_profiles_are_suggested() -> None:
    with pytest.raises(UnknownNameError, match="Up, Left"):
        eeu.classic("Chicken").game.correlated_device({("Up", "Lef"): 1})


def test_what_is_no_distribution_or_objective_is_refused() -> None:
    game = eeu.classic("Chicken").game
    with pytest.raises(GameTheoryError, match="distribution = 3 is not allowed"):
        game.correlated_device(3)
    with pytest.raises(GameTheoryError, match="maximise = 3 is not allowed"):
        game.correlated_equilibrium(3)
