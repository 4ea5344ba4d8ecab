"""Brackets of fixed points of functions whose fixed points are known."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gametheory_eeu.solvers import crowd as module
from gametheory_eeu.solvers.crowd import Bracket, fixed_points

F = Fraction

Function = Callable[[Any], Any]
H = F(1, 2)


def each(function: Function) -> Function:
    return lambda xs: np.array([function(x) for x in xs], dtype=object)


CASES: dict[str, tuple[Function, list[tuple[Any, str]]]] = {
    "a constant": (lambda _: F(1, 3), [(F(1, 3), "down")]),
    "zero": (lambda _: F(0), [(0, "down")]),
    "one": (lambda _: F(1), [(1, "down")]),
    "a square": (lambda x: x * x, [(0, "down"), (1, "up")]),
    "a root": (lambda x: 2 * x - x * x, [(0, "up"), (1, "down")]),
    "a cubic": (lambda x: 3 * x**2 - 2 * x**3, [(0, "down"), (H, "up"), (1, "down")]),
    "a step": (lambda x: F(int(x >= H)), [(0, "down"), (H, "up"), (1, "down")]),
    "a step to the diagonal": (lambda x: F(1, 4) + F(1, 4) * (x >= F(3, 10)), [
        (F(1, 4), "down"), (F(3, 10), "up"), (H, "down")]),
    "a line that crosses from above": (lambda x: H / 2 + x / 2, [(H, "down")]),
    "a touch from above": (lambda x: x + (x - H) ** 2 / 4 if x < H else x + (1 - x) * (x - H) / 4, [
        (H, "touch"), (1, "down")]),
    "a touch from below": (lambda x: x - x * (x - H) ** 2 / 4, [(0, "down"), (H, "touch")]),
}  # fmt: skip


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("name", CASES)
def test_every_fixed_point_is_in_a_bracket_of_its_own(name: str, exact: bool) -> None:
    function, expected = CASES[name]
    rising = each(function) if exact else lambda xs: np.array([float(function(x)) for x in xs])
    halvings = 16
    found = fixed_points(rising, halvings, exact=exact)
    assert [b.crossing for b in found] == [kind for _, kind in expected], found
    for bracket, (point, kind) in zip(found, expected, strict=True):
        assert bracket.low <= point <= bracket.high
        # What touches is told only to about the root of the width.
        assert bracket.high - bracket.low <= F(1, 2**3 if kind == "touch" else 2**9)
        assert isinstance(bracket.low, F) is exact
        assert type(bracket.low) is type(bracket.high)


@pytest.mark.parametrize("halvings", [0, 1, 3, 10])
def test_a_bracket_is_as_wide_as_its_halvings(halvings: int) -> None:
    (found,) = fixed_points(each(lambda _: F(1, 3)), halvings, exact=True)
    assert found.high - found.low == F(1, 2**halvings)
    assert found.crossing == ("touch" if halvings == 0 else "down")


ONE_HALVING: list[tuple[Function, list[tuple[Any, Any, str]]]] = [
    (lambda _: F(2, 5), [(0, H, "down")]), (lambda _: F(3, 5), [(H, 1, "down")]),
    (lambda _: F(0), [(0, H, "down")]), (lambda _: F(1), [(H, 1, "down")]),
    (lambda x: x * x, [(0, 1, "touch")]), (lambda x: F(int(x > 0)), [(0, 1, "touch")]),
    (lambda x: x / 3, [(0, H, "down")]), (lambda x: F(2, 3) + x / 3, [(H, 1, "down")]),
    (lambda x: min(F(1), x * F(3, 2)), [(0, 1, "touch")]),
    (lambda x: x + F(1, 8) if x < 1 else x, [(0, 1, "touch")]),
]  # fmt: skip


@pytest.mark.parametrize("case", ONE_HALVING, ids=range(len(ONE_HALVING)))
def test_wide_brackets(case: tuple[Function, list[tuple[Any, Any, str]]]) -> None:
    function, expected = case
    found = fixed_points(each(function), 1, exact=True)
    assert [(b.low, b.high, b.crossing) for b in found] == expected


@pytest.mark.parametrize(
    ("low", "high", "left", "right", "crossing"),
    [
        (H, 1, 1, -1, "down"), (0, H, 1, -1, "down"), (F(1, 4), H, 1, -1, "down"),
        (F(1, 4), H, -1, 1, "up"), (F(1, 4), H, 1, 1, "touch"), (F(1, 4), H, -1, -1, "touch"),
        (F(1, 4), H, 0, 1, "touch"), (F(1, 4), H, 1, 0, "touch"), (F(1, 4), H, 0, -1, "touch"),
        (0, H, 0, 1, "up"), (0, H, 0, -1, "down"), (0, H, 0, 0, "touch"), (0, H, 1, 1, "touch"),
        (H, 1, 1, 0, "down"), (H, 1, -1, 0, "up"), (H, 1, 0, 0, "touch"), (H, 1, -1, -1, "touch"),
        (0, 1, 1, -1, "touch"), (0, 1, 0, 0, "touch"), (0, 1, 1, 0, "touch"),
    ],
)  # fmt: skip
def test_the_crossing_is_told_by_both_ends(
    low: Any, high: Any, left: int, right: int, crossing: str
) -> None:
    gaps = {F(low): F(left, 16), F(high): F(right, 16)}
    found = module._classify(each(lambda x: x + gaps[x]), F(low), F(high))
    assert found == Bracket(low, high, crossing)


def test_points_that_fill_an_interval_are_one_wide_bracket(monkeypatch: Any) -> None:
    assert fixed_points(each(lambda x: x), exact=True) == (Bracket(0, 1, "touch"),)
    flat = each(lambda x: min(max(x, F(1, 4)), F(3, 4)))
    (found,) = fixed_points(flat, exact=True)
    assert F(1, 4) - F(1, 256) <= found.low <= F(1, 4) < F(3, 4) <= found.high < F(197, 256)
    assert found.crossing == "down"
    seen: list[int] = []

    def count(xs: Any) -> Any:
        seen.append(len(xs))
        return xs

    assert (module.MAX_PIECES, module.MAX_EXACT_PIECES) == (20_000, 500)
    fixed_points(count, exact=True)
    assert max(seen) == 512
    seen.clear()
    monkeypatch.setattr(module, "MAX_PIECES", 7)
    fixed_points(count)
    assert max(seen) == 8


def test_by_default_brackets_are_narrow() -> None:
    (found,) = fixed_points(lambda x: 0 * x + 0.3)
    assert 0 < found.high - found.low <= 2.0**-40


def test_intervals_that_touch_are_merged() -> None:
    low, high = np.array([0, 1, 2, 5, 7]), np.array([1, 2, 3, 6, 8])
    assert module._merge_intervals(low, high) == [(0, 3), (5, 6), (7, 8)]
    assert module._merge_intervals(low[:0], high[:0]) == []
