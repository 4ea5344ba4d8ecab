"""Arrays of two-player games with two actions each, against the exact solver, ties included."""

import numpy as np
import pytest

from gametheory_eeu.errors import ParameterError
from gametheory_eeu.solvers import bimatrix_arrays as module
from gametheory_eeu.solvers.bimatrix_arrays import ArrayEquilibria, equilibria_2x2
from gametheory_eeu.solvers.extreme_equilibria import ExtremeEquilibria, extreme_equilibria

PROFILES = ((0, 0), (0, 1), (1, 0), (1, 1))


def games(seed: int, count: int, largest: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.integers(-largest, largest + 1, (2, 2, 2, count)).astype(float)


def exact(tables: np.ndarray, k: int) -> ExtremeEquilibria:
    first, second = tables[..., k].astype(int).tolist()
    return extreme_equilibria(first, second)


@pytest.mark.parametrize("largest", [1, 3, 50])
def test_games_are_those_of_the_exact_solver(largest: int) -> None:
    tables = games(largest, 200, largest)
    found = equilibria_2x2(*tables)
    for k in range(200):
        extremes = exact(tables, k)
        pairs = [(extremes.first[i].strategy, extremes.second[j].strategy)
                 for i, j in extremes.pairs]  # fmt: skip
        plain = [tuple(s.index(1) for s in pair) for pair in pairs if all(1 in s for s in pair)]
        pure = [(i, j) in plain for i, j in PROFILES]
        assert found.pure[:, k].tolist() == pure
        gains = tables[0, 0, :, k] - tables[0, 1, :, k], tables[1, :, 0, k] - tables[1, :, 1, k]
        assert found.near[k] == any(0 in gain for gain in gains)
        mixed = [pair for pair in pairs if all(0 not in strategy for strategy in pair)]
        if not found.near[k]:
            assert len(pairs) == sum(pure) + found.mixed[k]
            assert len(mixed) == found.mixed[k]
        if found.mixed[k]:
            ((first, second),) = mixed
            assert found.probabilities[:, k] == pytest.approx([float(first[0]), float(second[0])])
        assert np.isnan(found.probabilities[:, k]).all() == (not found.mixed[k])


def test_rounding_is_relative_to_the_payoffs() -> None:
    gap = np.array([0.0, 1e-13, 1e-11, 1e-3, 1.0, np.nan, np.inf])
    zero, one = np.zeros(7), np.ones(7)
    A = np.array([[one + gap, zero], [one, one]])
    found = equilibria_2x2(A, A.swapaxes(0, 1))
    assert found.near.tolist() == [True, True, False, False, False, True, True]
    assert equilibria_2x2(1e6 * A, 1e-6 * A.swapaxes(0, 1)).near.tolist() == found.near.tolist()
    assert equilibria_2x2(A, A.swapaxes(0, 1), tolerance=1e-2).near.tolist()[3:5] == [True, False]


def test_every_split_into_blocks_gives_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    tables = rng.normal(size=(2, 2, 2, 1000))
    tables[0, 1, :, ::7] = tables[0, 0, :, ::7]  # ties in some blocks only
    whole = equilibria_2x2(*tables)
    assert whole.near.sum() == 143
    for block in (1, 3, 64, 999):
        monkeypatch.setattr(module, "BLOCK", block)
        assert same_bits(equilibria_2x2(*tables), whole)
    halves = [equilibria_2x2(*tables[..., part]) for part in (slice(500), slice(500, None))]
    joined = (np.concatenate(parts, axis=-1) for parts in zip(*halves, strict=True))
    assert same_bits(ArrayEquilibria(*joined), whole)


def same_bits(one: ArrayEquilibria, other: ArrayEquilibria) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def test_shapes() -> None:
    empty = equilibria_2x2(np.empty((2, 2, 0)), np.empty((2, 2, 0)))
    assert [part.shape for part in empty] == [(4, 0), (0,), (2, 0), (0,)]
    for wrong in (np.zeros((2, 3, 4)), np.zeros((2, 2)), np.zeros((2, 2, 5))):
        with pytest.raises(ParameterError, match="two arrays of one shape"):
            equilibria_2x2(wrong, np.zeros((2, 2, 4)))
