"""Certified zeros of systems whose zeros are known."""

from collections.abc import Sequence
from typing import Any

import pytest
from flint import arb, fmpq

from gametheory_eeu.solvers import certified_zeros
from gametheory_eeu.solvers.certified_zeros import EnclosedZeros, enclosed_zeros

module: Any = certified_zeros
Balls = Sequence[Any]
HALF, THIRD = arb(fmpq(1, 2)), arb(fmpq(1, 3))


def one(x: Balls) -> list[Any]:
    return [arb(1) for _ in x]


SYSTEMS: dict[str, Any] = {
    "a line": (lambda x: [3 * x[0] - 1], lambda _: [[arb(3)]], (arb(0, 2),), [[1 / 3]]),
    "a parabola": (lambda x: [x[0] ** 2 - 2], lambda x: [[2 * x[0]]], (arb(0, 2),),
                   [[-(2**0.5)], [2**0.5]]),
    "a part of it": (lambda x: [x[0] ** 2 - 2], lambda x: [[2 * x[0]]], (arb(1, 1),), [[2**0.5]]),
    "nothing": (lambda x: [x[0] ** 2 + 1], lambda x: [[2 * x[0]]], (arb(0, 2),), []),
    "a circle and a line": (
        lambda x: [x[0] ** 2 + x[1] ** 2 - 2, x[0] - x[1]],
        lambda x: [[2 * x[0], 2 * x[1]], [arb(1), arb(-1)]],
        (arb(0, 3), arb(0, 3)), [[-1, -1], [1, 1]]),
    "a corner": (
        lambda x: [x[0] * x[1] - HALF / 4, x[0] - 2 * x[1]],
        lambda x: [[x[1], x[0]], [arb(1), arb(-2)]],
        (arb(1, 1), arb(1, 1)), [[0.5, 0.25]]),
    "three zeros": (lambda x: [x[0] * (x[0] - 1) * (x[0] + 1)], lambda x: [[3 * x[0] ** 2 - 1]],
                    (arb(fmpq(1, 7), 3),), [[-1], [0], [1]]),
    "three unknowns": (
        lambda x: [x[0] + x[1] + x[2] - 1, x[0] - x[1], x[1] - 2 * x[2]],
        lambda _: [[arb(1)] * 3, [arb(1), arb(-1), arb(0)], [arb(0), arb(1), arb(-2)]],
        (arb(0, 2),) * 3, [[0.4, 0.4, 0.2]]),
}  # fmt: skip


def solved(name: str, **limits: int) -> EnclosedZeros:
    system, derivatives, start, _ = SYSTEMS[name]
    return enclosed_zeros(system, derivatives, start, **limits)


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_zero_is_enclosed_once_and_sharply(name: str) -> None:
    system, _, _, expected = SYSTEMS[name]
    found = solved(name)
    assert found.complete is True
    assert len(found.zeros) == len(expected)
    for zero, point in zip(found.zeros, expected, strict=True):
        assert [float(x.mid()) for x in zero] == pytest.approx(point)
        assert all(float(x.rad()) < 1e-40 for x in zero)
        assert all(value.contains(0) for value in system(zero))
    assert 0 < found.boxes < 300


def test_a_double_zero_is_not_certified() -> None:
    found = enclosed_zeros(lambda x: [x[0] ** 2], lambda x: [[2 * x[0]]], (arb(fmpq(1, 9), 1),))
    assert (found.zeros, found.complete) == ((), False)
    flat = enclosed_zeros(lambda _: [arb(0)], lambda _: [[arb(0)]], (arb(0, 1),), max_boxes=50)
    assert (flat.zeros, flat.complete, flat.boxes) == ((), False, 50)


def test_boxes_have_a_limit() -> None:
    whole = solved("three zeros")
    assert solved("three zeros", max_boxes=whole.boxes).complete is True
    part = solved("three zeros", max_boxes=whole.boxes - 1)
    assert (part.complete, part.boxes) == (False, whole.boxes - 1)
    assert solved("three zeros", max_boxes=0) == EnclosedZeros((), False, 0)


def test_krawczyks_operator_holds_the_zeros_of_a_box() -> None:
    system, derivatives, _, _ = SYSTEMS["a parabola"]
    near = (arb(fmpq(3, 2), fmpq(1, 4)),)
    (image,) = module._krawczyk(system, derivatives, near)
    assert module._is_interior(image, near[0])
    assert image.contains(arb(2).sqrt())
    # 3/2 - (1/4)/3 + (1 - 2x/3)(x - 3/2): radius 1/6 * 1/4 about 17/12
    assert float(image.mid()) == pytest.approx(17 / 12)
    assert float(image.rad()) == pytest.approx(1 / 24, rel=1e-3)
    assert module._krawczyk(system, derivatives, (arb(0, 1),)) is None
    plane, slopes, _, _ = SYSTEMS["a circle and a line"]
    wide = (arb(fmpq(9, 10), fmpq(1, 4)), arb(fmpq(11, 10), fmpq(1, 4)))
    first, second = module._krawczyk(plane, slopes, wide)
    assert first.contains(1)
    assert second.contains(1)
    assert module._is_interior(first, wide[0])


def ball(low: Any, high: Any) -> Any:
    return arb((low + high) / 2, (high - low) / 2)


def test_intervals() -> None:
    wide, inner = ball(0, 4), ball(1, 3)
    assert module._is_interior(inner, wide)
    assert not module._is_interior(wide, inner)
    assert not module._is_interior(wide, wide)
    assert not module._is_interior(wide.lower(), wide)
    assert not module._is_interior(wide.upper(), wide)
    assert not module._is_interior(ball(3, 5), wide)
    assert not module._is_interior(ball(-1, 2), wide)
    (common,) = module._intersection((ball(0, 2),), (ball(1, 5),))
    assert (float(common.lower()), float(common.upper())) == pytest.approx((1, 2))
    (common,) = module._intersection((ball(1, 5),), (ball(0, 2),))
    assert (float(common.lower()), float(common.upper())) == pytest.approx((1, 2))
    assert module._intersection((ball(0, 1),), (ball(2, 3),)) is None
    assert module._intersection((ball(0, 1), ball(0, 1)), (ball(0, 1), ball(2, 3))) is None
    assert module._intersection((ball(0, 1), ball(2, 3)), (ball(0, 1), ball(0, 1))) is None
    assert module._intersection((ball(0, 1),), (ball(1, 2),)) is not None
    assert module._width((ball(0, 1), ball(0, 4))) == pytest.approx(2)


def test_a_box_is_cut_across_its_widest_side() -> None:
    box = (ball(0, 1), ball(0, 4), ball(2, 3))
    low, high = module._halves(box)
    assert (low[0], low[2], high[0], high[2]) == (box[0], box[2], box[0], box[2])
    ends = [float(e) for part in (low[1], high[1]) for e in (part.lower(), part.upper())]
    assert ends == pytest.approx([0, 1.948, 1.948, 4], abs=1e-6)
    first, second = module._halves((ball(1, 2),))
    assert float(first[0].upper()) == pytest.approx(1.487)
    assert float(second[0].lower()) == pytest.approx(1.487)


def test_a_box_shrinks_around_its_zero() -> None:
    system, derivatives, _, _ = SYSTEMS["a parabola"]
    (fine,) = module._refine(system, derivatives, (arb(fmpq(3, 2), fmpq(1, 4)),))
    assert float(fine.rad()) < 1e-50
    assert fine.overlaps(arb(2).sqrt())
    flat = (arb(0, 1),)
    assert module._refine(system, derivatives, flat) == flat


def test_enclosures_of_one_zero_are_counted_once() -> None:
    a, b, far = (ball(0, 1),), (ball(0.5, 0.6),), (ball(5, 6),)
    wide = (ball(-1, 2),)
    distinct, all_told = module._distinct_zeros([(wide, a), (wide, b), ((ball(4, 7),), far)])
    assert all_told is True
    assert [float(x[0].mid()) for x in distinct] == pytest.approx([0.5, 5.5])
    distinct, all_told = module._distinct_zeros([((ball(4, 7),), far), (wide, a)])
    assert [float(x[0].mid()) for x in distinct] == pytest.approx([0.5, 5.5])
    # Neither lies in the box in which the other is alone.
    tight = [((ball(0, 1.1),), a), ((ball(0.9, 3),), (ball(0.95, 2),))]
    distinct, all_told = module._distinct_zeros(tight)
    assert (len(distinct), all_told) == (1, False)
    assert module._distinct_zeros([]) == ([], True)
