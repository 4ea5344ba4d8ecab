"""Arrays of 2x2 games against the exact solver, ties included."""

from itertools import product

import numpy as np
import pytest

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.sweeps import bimatrix_games


def test_games_with_ties_and_without_equal_the_exact_solver() -> None:
    generator = np.random.default_rng(2)
    A, B = (generator.integers(-1, 2, (120, 2, 2)).astype(float) for _ in "AB")
    A[60:] += generator.random((60, 2, 2))
    B[80:] += generator.random((40, 2, 2))
    table = bimatrix_games(A, B)
    for k, (a, b) in enumerate(zip(A, B, strict=True)):
        solution = eeu.NormalForm(a.tolist(), b.tolist()).solve()
        isolated = {e.name for e in solution if not e.free}
        assert {n for n in table.equilibrium.values
                if table.exists.sel(equilibrium=n).values[k]} == isolated  # fmt: skip
        assert table.continuum.values[k] == (len(isolated) < len(solution))
        if "1 + 2, 1 + 2" in isolated:
            exact = [float(mix[0]) for mix in solution["1 + 2, 1 + 2"].strategies.values()]
            assert table.probability.values[:, k] == pytest.approx(exact, rel=1e-12)


def test_a_grid_of_games_keeps_its_shape() -> None:
    grid = np.array(list(product((-1.0, 0.5, 2.0), repeat=2))).reshape(3, 3, 2)
    A = np.zeros((3, 3, 2, 2))
    A[..., 0, 0], A[..., 1, 1] = grid[..., 0], grid[..., 1]
    table = bimatrix_games(A, A.swapaxes(-1, -2))
    assert table.exists.dims == ("equilibrium", "game_1", "game_2")
    assert table.exists.sum("equilibrium").values.tolist() == [[3, 1, 1], [1, 3, 3], [1, 3, 3]]


@pytest.mark.parametrize(
    ("A", "B", "words"),
    [
        (np.zeros((4, 2, 3)), np.zeros((4, 2, 3)), "shape"),
        (np.zeros((4, 2, 2)), np.zeros((5, 2, 2)), "the shape of A"),
        (np.full((1, 2, 2), np.nan), np.zeros((1, 2, 2)), "not finite"),
        ([["x", 1], [1, 1]], np.zeros((1, 2, 2)), "finite numbers"),
        (np.zeros((0, 2, 2)), np.zeros((0, 2, 2)), "shape"),
    ],
    ids=["columns", "lengths", "nan", "text", "none"],
)
def test_what_is_no_array_of_games(A: object, B: object, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        bimatrix_games(A, B)
