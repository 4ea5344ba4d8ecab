"""The signs of rational functions on a part of a space, against their values at points."""

from itertools import product
from typing import Any

import pytest
import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu.core import Space
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import (
    ANY,
    EITHER,
    NEGATIVE,
    POSITIVE,
    WEAK,
    ZERO,
    SignRegion,
)

a, b = sp.symbols("a b", real=True)
SPACE = Space((a, b), (a > 0, b >= 0))
POINTS = [
    dict(zip((a, b), map(sp.Rational, pair), strict=True))
    for pair in product(("1/3", "1", "2", "5"), ("0", "1/3", "1", "3"))
]
VALUES = (a - b, (a - b) ** 2 * (b - 1), (1 - a) / (a + b), -a * b, (a**2 - b**2) / (a + 1))
SIGNS = (NEGATIVE, ZERO, POSITIVE, WEAK, NEGATIVE | ZERO, EITHER)


def region_of(*values: sp.Expr) -> tuple[SignRegion, list[Any]]:
    field, entries = sfield([*values, a, b])
    samples = Samples.of(field, SPACE.constraints)
    return SignRegion(SPACE, field, (), samples), entries


@pytest.mark.parametrize(
    ("value", "signs"),
    [
        (a + b, POSITIVE), (-a - 2 * b, NEGATIVE), (b, WEAK), (-a * b, NEGATIVE | ZERO),
        (a - b, ANY), ((a - b) ** 2 / a, WEAK), (1 / (a + b), POSITIVE), ((a - b) * b, ANY),
    ],
)  # fmt: skip
def test_the_strongest_sign_is_proved(value: sp.Expr, signs: int) -> None:
    region, (entry, *_) = region_of(value)
    assert region.sign(entry) == signs


def test_a_decision_is_remembered() -> None:
    region, (entry, *_) = region_of(a - b)
    part = region.where(entry, WEAK)
    assert part is not None
    assert (part.sign(entry), part.sign(-entry)) == (WEAK, NEGATIVE | ZERO)
    rest = part.where(entry, POSITIVE)
    assert rest is not None
    assert rest.sign(entry) == POSITIVE
    assert rest.where(entry, NEGATIVE) is None
    zero = part.where(entry, ZERO)
    assert zero is not None
    assert (zero.sign(entry), zero.sign(-entry)) == (ZERO, ZERO)


@pytest.mark.parametrize("value", VALUES, ids=str)
@pytest.mark.parametrize("signs", SIGNS)
def test_a_condition_is_the_value_compared_with_zero(value: sp.Expr, signs: int) -> None:
    region, (entry, *_) = region_of(value)
    relation = region.relation(entry, signs)
    for point in POINTS:
        number = value.subs(point)
        sign = POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO
        assert bool(sp.sympify(relation).subs(point)) == bool(sign & signs), (relation, point)
