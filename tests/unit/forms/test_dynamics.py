"""Dynamics: nashpy's paths against closed forms, fixation against linear equations, portraits."""

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.display.figures.phase_portrait import rest_points
from gametheory_eeu.errors import GameTheoryError


def symmetric(rows, names=None, **options):
    columns = [list(column) for column in zip(*rows, strict=True)]
    return eeu.NormalForm(rows, columns, actions=[names] * 2 if names else None, **options)


HAWK_DOVE = symmetric([[-1, 2], [0, 1]], ["Hawk", "Dove"])
PENNIES = eeu.NormalForm([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])


def test_constant_fitness_grows_as_the_logistic_curve():
    path = symmetric([[3, 3], [2, 2]]).replicator({"1": "1/10", "2": "9/10"}, until=5, count=11)
    odds = np.exp(path.times) / 9
    assert np.allclose(path.shares["population"]["1"], odds / (1 + odds), atol=1e-6)
    assert len(path) == 11


def test_two_populations_of_dominant_actions_are_logistic_too():
    game = eeu.NormalForm([[2, 2], [0, 0]], [[0, 3], [0, 3]], players=["R", "C"])
    path = game.replicator(until=3, count=4)
    times = np.array(path.times)
    assert np.allclose(path.shares["R"]["1"], 1 / (1 + np.exp(-2 * times)), atol=1e-6)
    assert np.allclose(path.shares["C"]["2"], 1 / (1 + np.exp(-3 * times)), atol=1e-6)


def test_paths_go_to_what_is_evolutionarily_stable():
    (stable,) = HAWK_DOVE.ess()
    end = HAWK_DOVE.replicator({"Hawk": "1/100", "Dove": "99/100"}, until=40).end["population"]
    for action, probability in stable.profile["player 1"].items():
        assert end[action] == pytest.approx(float(probability), abs=1e-4)


def test_a_seed_fixes_chance_and_nothing_else_of_numpy():
    np.random.seed(5)  # noqa: NPY002 - what is not to be touched
    before = np.random.get_state(legacy=False)["state"]["key"].copy()  # noqa: NPY002
    for play in (
        lambda rng: PENNIES.fictitious_play(50, rng=rng),
        lambda rng: symmetric([[3, 1], [2, 2]]).moran({"1": 3, "2": 3}, rng=rng),
    ):
        one, other = play(np.random.default_rng(1)), play(np.random.default_rng(1))
        assert one == other
        assert hash(one) == hash(other)
    assert (np.random.get_state(legacy=False)["state"]["key"] == before).all()  # noqa: NPY002


def test_play_of_pennies_comes_near_its_equilibrium():
    end = PENNIES.fictitious_play(3000, rng=np.random.default_rng(2)).end
    assert all(own["1"] == pytest.approx(0.5, abs=0.05) for own in end.values())


@pytest.mark.parametrize("initial", [1, 3])
def test_fixation_solves_the_equations_of_the_chain(initial):
    """Absorption: h(k) = up h(k + 1) + down h(k - 1) + stay h(k), h(0) = 0, h(N) = 1."""
    a, b, c, d = 3, 1, 2, 5
    game, size = symmetric([[a, b], [c, d]]), 6
    h = [sp.Integer(0), *sp.symbols(f"h1:{size}"), sp.Integer(1)]
    equations = []
    for k in range(1, size):
        own = k * ((k - 1) * a + (size - k) * b)
        other = (size - k) * (k * c + (size - k - 1) * d)
        up, down = own * (size - k), other * k  # over the same positive number
        equations.append(up * (h[k + 1] - h[k]) + down * (h[k - 1] - h[k]))
    solution = sp.solve(equations, h[1:size])
    assert game.fixation_probability("1", size, initial) == solution[h[initial]]
    lost = game.fixation_probability("2", size, size - initial)
    assert lost == 1 - solution[h[initial]]


def test_simulated_fixation_is_near_the_exact_one():
    game, rng = symmetric([[3, 1], [2, 2]]), np.random.default_rng(3)
    ends = [game.moran({"1": 2, "2": 2}, rng=rng).end["population"]["1"] for _ in range(300)]
    exact = float(game.fixation_probability("1", 4, 2))
    assert sum(ends) / 300 == pytest.approx(exact, abs=3.5 * (exact * (1 - exact) / 300) ** 0.5)


def kinds(game):
    points, edges = rest_points(game)
    own = [p.shares[0] if game.is_symmetric else p.shares[0] + p.shares[1] for p in points]
    found = zip((tuple(map(str, shares)) for shares in own), points, strict=True)
    return {shares: point.kind for shares, point in found}, len(edges)


def test_rest_points_of_textbook_games():
    """Hofbauer and Sigmund (1998): a stable mix, a stable cycle's centre, neither."""
    assert kinds(HAWK_DOVE) == (
        {("1", "0"): "other", ("0", "1"): "other", ("1/2", "1/2"): "stable"}, 0)  # fmt: skip
    corners = [("1", "0", "0"), ("0", "1", "0"), ("0", "0", "1")]
    for bonus, kind in (("3/2", "stable"), ("1/2", "equilibrium")):
        cycle = symmetric([[0, -1, bonus], [bonus, 0, -1], [-1, bonus, 0]])
        assert kinds(cycle) == (dict.fromkeys(corners, "other") | {("1/3",) * 3: kind}, 0)
    points, edges = kinds(PENNIES)
    assert sorted(points.values()) == ["equilibrium", *["other"] * 4]
    assert edges == 0


def test_edges_at_rest():
    assert kinds(eeu.NormalForm([[1, 1], [0, 2]], [[1, 1], [0, 2]]))[1] == 1
    assert kinds(symmetric([[0, 0], [0, 0]]))[1] == 1
    assert kinds(symmetric([[1, 1, 0], [1, 1, 0], [0, 0, 1]]))[1] == 1


@pytest.mark.parametrize(
    "game", [HAWK_DOVE, PENNIES, symmetric([[0, -1, 2], [2, 0, -1], [-1, 2, 0]])]
)
def test_portraits_have_one_width_and_a_legend(game):
    figure = game.phase_portrait()
    assert figure.get_figwidth() == eeu.display.figures.style.WIDTH
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "at rest, no equilibrium" in labels


def test_a_path_is_a_table_and_a_figure():
    path = HAWK_DOVE.replicator(count=5)
    assert list(path.to_dataframe().columns) == ["time", "Hawk", "Dove"]
    assert len(path.plot().axes) == 1
    assert len(PENNIES.replicator(count=5).plot().axes) == 2


@pytest.mark.parametrize(("ask", "message"), [
    (lambda: symmetric([["a", 0], [0, 1]]).replicator(), "need numbers for a"),
    (lambda: symmetric([["a", 0], [0, 1]]).phase_portrait(), "dynamics need numbers for a"),
    (lambda: eeu.NormalForm([[1, 0, 2]], [[1, 0, 2]]).phase_portrait(), "two actions each"),
    (lambda: PENNIES.moran({"1": 1, "2": 1}), "symmetric game"),
    (lambda: HAWK_DOVE.moran({"Hawk": 1, "Dove": 1}), "none may be negative"),
    (lambda: HAWK_DOVE.moran({"Hawk": 1}), "from 2 to 500"),
    (lambda: HAWK_DOVE.fixation_probability("Hawk"), "have to be positive"),
    (lambda: HAWK_DOVE.fixation_probability("Hark"), "Did you mean 'Hawk'"),
    (lambda: PENNIES.replicator({"player 1": {"1": 1}}), "for each of player 1, player 2"),
])  # fmt: skip
def test_what_it_refuses(ask, message):
    with pytest.raises(GameTheoryError, match=message):
        ask()
