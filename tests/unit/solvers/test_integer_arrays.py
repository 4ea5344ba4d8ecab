"""Exact arrays: what is read as it is, and what is brought over a common denominator."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.solvers.thresholds import as_array, exact_fraction, to_common_denominator

F = Fraction

LIMIT = 2**62


@pytest.mark.parametrize(
    ("value", "dtype", "entries"),
    [
        ([1, 2, -3], np.int64, [1, 2, -3]), ((1, 2), np.int64, [1, 2]), ([], np.int64, []),
        (range(3), np.int64, [0, 1, 2]), ([LIMIT - 1, 1 - LIMIT], np.int64, [LIMIT - 1, 1 - LIMIT]),
        ([LIMIT], object, [F(LIMIT)]), ([-LIMIT], object, [F(-LIMIT)]),
        ([1, "1/3", 0.25], object, [F(1), F(1, 3), F(1, 4)]), ([0.1], object, [F(1, 10)]),
        ([F(2, 3), sp.Rational(1, 7)], object, [F(2, 3), F(1, 7)]), ([True, 1], object, None),
        (np.array([1, 2], dtype=np.int32), np.int64, [1, 2]),
        (np.array([1, 2], dtype=np.uint64), np.int64, [1, 2]),
        (np.array([], dtype=np.uint64), np.int64, []),
        (np.array([2**63], dtype=np.uint64), object, [F(2**63)]),
        (np.array([LIMIT], dtype=np.uint64), object, [F(LIMIT)]),
        (np.array([LIMIT], dtype=np.int64), np.int64, [LIMIT]),
        (np.array([0.5, 0.1]), object, [F(1, 2), F(1, 10)]),
        (np.array([0.5], dtype=np.float32), object, [F(1, 2)]),
        ([0.5] * 1000, object, [F(1, 2)] * 1000), ([0.5] * 1001, np.float64, [0.5] * 1001),
        (np.full(1000, 0.5), object, [F(1, 2)] * 1000), (np.full(1001, 0.5), np.float64, None),
        (np.full(1001, 0.5, dtype=np.float32), np.float64, None),
        ([*[0.5] * 1001, np.float64(1)], np.float64, None), ([*[0.5] * 1001, 1], object, None),
    ],
    ids=range(26),
)  # fmt: skip
def test_a_vector_is_read_exactly_or_as_many_floats(
    value: Any, dtype: Any, entries: list[Any] | None
) -> None:
    if isinstance(value, list) and value and isinstance(value[0], bool):
        with pytest.raises(GameTheoryError):
            as_array(value, "it")
        return
    found = as_array(value, "it")
    assert found.dtype == dtype
    if entries is not None:
        assert found.tolist() == entries
        assert {type(x) for x in found.tolist()} <= {F, int, float}
    assert found.shape == (len(list(value)),)


@pytest.mark.parametrize("value", [np.nan, np.inf, "x", sp.sqrt(2), None])
def test_what_is_no_rational_number_is_refused_by_name(value: Any) -> None:
    with pytest.raises((GameTheoryError, ValueError), match="it"):
        as_array([value, 1], "it")


def test_floats_that_are_not_finite_are_refused() -> None:
    with pytest.raises(GameTheoryError, match="it"):
        as_array(np.array([0.5] * 1000 + [np.nan]), "it")


def test_a_fraction_stays_itself() -> None:
    half = F(1, 2)
    assert exact_fraction(half, "it") is half
    assert exact_fraction(sp.Rational(-2, 3), "it") == F(-2, 3)
    with pytest.raises(ValueError, match=r"^it$"):
        exact_fraction(sp.pi, "it")


def test_arrays_over_their_common_denominator() -> None:
    arrays = [as_array(x, "it") for x in ([F(1, 2), F(-1, 3)], [4, 5], [F(1, 4)])]
    found = to_common_denominator(arrays)
    assert (found.unit, found.exact) == (12, True)
    assert [a.tolist() for a in found.arrays] == [[6, -4], [48, 60], [3]]
    assert [a.dtype for a in found.arrays] == [np.int64] * 3
    whole = to_common_denominator([as_array([2, 4], "it")])
    assert (whole.unit, whole.arrays[0].tolist()) == (1, [2, 4])


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("of_fractions", [True, False])
def test_what_could_overflow_is_in_numbers_of_any_size(sign: int, of_fractions: bool) -> None:
    """An entry x fits where (|x| + 1) times the unit times (terms + 1) is below the limit."""
    halves = as_array([F(1, 2)], "it")
    for terms, top in ((1, 2**60), (3, 2**59)):
        for x, fits in ((top - 2, True), (top - 1, False)):
            entries = [F(sign * x)] if of_fractions else [sign * x]
            large = np.array(entries, dtype=object if of_fractions else np.int64)
            found = to_common_denominator([large, halves], terms)
            assert [a.dtype for a in found.arrays] == [np.int64 if fits else object] * 2
            assert found.arrays[0].tolist() == [2 * sign * x]
            assert found.arrays[1].tolist() == [1]
            assert type(found.arrays[0].tolist()[0]) is int


def test_floats_make_floats_of_all() -> None:
    found = to_common_denominator([np.full(2, 0.5), as_array([F(1, 4)], "it"), as_array([2], "it")])
    assert (found.unit, found.exact) == (1, False)
    assert [a.tolist() for a in found.arrays] == [[0.5, 0.5], [0.25], [2.0]]
    assert {a.dtype for a in found.arrays} == {np.dtype(np.float64)}
