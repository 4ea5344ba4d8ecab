"""All zeros in an interval, against polynomials whose roots are known."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from flint import arb

from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.solvers import certified_zeros
from gametheory_eeu.solvers.certified_zeros import working_precision, zeros

Function = Callable[[Any], Any]


def product(roots: list[int]) -> tuple[Function, Function]:
    """A polynomial with these roots over 10, and its derivative."""

    def value(x: Any) -> Any:
        total = arb(1)
        for root in roots:
            total *= x - arb(root) / 10
        return total

    def slope(x: Any) -> Any:
        total = arb(0)
        for left_out in range(len(roots)):
            term = arb(1)
            for place, root in enumerate(roots):
                if place != left_out:
                    term *= x - arb(root) / 10
            total += term
        return total

    return value, slope


@pytest.mark.parametrize("roots", [[], [3], [-7, 3], [-9, -8, 1, 2, 7], [-3, 1, 4, 5]])
def test_every_zero_is_enclosed_once_and_in_order(roots: list[int]) -> None:
    value, slope = product(roots)
    with working_precision():
        found = zeros(value, slope, arb(-1), arb(1))
        balls = [zero.ball for zero in found]
        assert len(found) == len(roots)
        assert all(ball.overlaps(arb(r) / 10) for ball, r in zip(balls, roots, strict=True))
        assert all(ball.rad() < 1e-30 for ball in balls)
        assert all(first < second for first, second in pairwise(balls))
    rising = 1 if len(roots) % 2 else -1
    assert [zero.slope for zero in found] == [rising * (-1) ** k for k in range(len(roots))]


def test_a_double_zero_is_left_undecided() -> None:
    value, slope = product([2, 2])
    with working_precision():
        (zero,) = zeros(value, slope, arb(-1), arb(1))
    assert zero.slope == 0
    assert zero.ball.contains(arb(1) / 5)


def test_the_pieces_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    value, slope = product([-9, -8, 1, 2, 7])
    monkeypatch.setattr(certified_zeros, "_MAX_PIECES", 5)
    with working_precision(), pytest.raises(UnsupportedError, match="within 5 pieces"):
        zeros(value, slope, arb(-1), arb(1))
