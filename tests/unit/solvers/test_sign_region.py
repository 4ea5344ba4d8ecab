"""The signs of rational functions on a part of a space, against their values at points."""

from itertools import combinations, product
from typing import Any

import pytest
import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu.core import Space
from gametheory_eeu.core.signs import ANY_SIGN as ANY
from gametheory_eeu.core.signs import NEGATIVE, POSITIVE, ZERO, Signs
from gametheory_eeu.core.signs import product_signs as signs_of_product
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import EITHER, WEAK, SignRegion, _product_relation

a, b = sp.symbols("a b", real=True)
SPACE = Space((a, b), (a > 0, b >= 0))
POINTS = [
    dict(zip((a, b), map(sp.Rational, pair), strict=True))
    for pair in product(("1/3", "1", "2", "5"), ("0", "1/3", "1", "3"))
]
VALUES = (a - b, (a - b) ** 2 * (b - 1), (1 - a) / (a + b), -a * b, (a**2 - b**2) / (a + 1))
SUBSETS = [frozenset(s) for n in (1, 2, 3) for s in combinations((-1, 0, 1), n)]
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
def test_the_strongest_sign_is_proved(value: sp.Expr, signs: Signs) -> None:
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
def test_a_condition_is_the_value_compared_with_zero(value: sp.Expr, signs: Signs) -> None:
    region, (entry, *_) = region_of(value)
    relation = region.relation(entry, signs)
    for point in POINTS:
        number = value.subs(point)
        sign = POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO
        assert bool(sp.sympify(relation).subs(point)) == bool(sign & signs), (relation, point)


def sign_of(number: sp.Expr) -> Signs:
    return POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO


def at_points(relation: Any) -> list[bool]:
    return [bool(sp.sympify(relation).subs(point)) for point in POINTS]


def test_the_signs_of_a_product_are_those_of_the_products() -> None:
    numbers = {NEGATIVE: -1, ZERO: 0, POSITIVE: 1}
    for first, second in product(SUBSETS, repeat=2):
        pairs = product(numbers, repeat=2)
        signs = {sign_of(sp.Integer(numbers[m] * numbers[n])) for m, n in pairs
                 if m & first and n & second}  # fmt: skip
        assert signs_of_product(first, second) == frozenset().union(*signs)


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize("even", [[], [b], [a - 1, b - 3]], ids=str)
@pytest.mark.parametrize("odd", [[], [a - b], [a - b, 1 - a], [a - b, a - 1, b - 1]], ids=str)
def test_a_relation_of_a_product_is_made_of_its_factors(
    odd: list[sp.Expr], even: list[sp.Expr], signs: Signs
) -> None:
    relation = _product_relation(odd, even, signs)
    value = sp.Mul(*odd) * sp.Mul(*even) ** 2
    if value != 1 or signs not in (ZERO, EITHER):  # without factors, none is zero
        expected = [bool(sign_of(value.subs(point)) & signs) for point in POINTS]
        assert at_points(relation) == expected


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize(
    "value",
    [a - b, b - a, (a - b) ** 2, b * (a - 2), -b * (a - 1) / (a + 2), (a - b) / (b - 4),
     (a - 1) ** 2 * (b - 1), (b - 1) ** 3, -((b - 1) ** 3), 2 * b, 1 / (b - a - 7) ** 2],
    ids=str,
)  # fmt: skip
def test_what_is_learnt_of_a_part_is_true_there(value: sp.Expr, signs: Signs) -> None:
    factors = [a - b, b - 1, a - 1, a - 2, b, b - 4, a * (a - b), value, -value, value * b]
    region, entries = region_of(value, *factors)
    part = region.where(entries[0], signs)
    points = [
        point
        for point in POINTS
        if not value.subs(point).has(sp.zoo, sp.nan) and sign_of(value.subs(point)) & signs
    ]
    if part is None:
        assert not points
        return
    assert part.sign(entries[0]) <= signs
    for factor, entry in zip(factors, entries[1:], strict=False):
        told = part.sign(entry)
        for point in points:
            number = factor.subs(point)
            assert sign_of(number) & told, (factor, point)


def test_what_a_part_says_of_its_factors() -> None:
    region, (value, square, line, *_) = region_of((a - 1) * (b - 2), (a - 1) ** 2, a - 1)
    part = region.where(value, POSITIVE)
    assert part is not None
    assert (part.sign(line), part.sign(square)) == (EITHER, POSITIVE)
    part = region.where(value, WEAK)
    assert part is not None
    assert (part.sign(line), part.sign(square)) == (ANY, WEAK)
    part = region.where(square, POSITIVE)
    assert part is not None
    assert (part.sign(line), part.sign(value)) == (EITHER, ANY)
    part = region.where(-line, NEGATIVE)
    assert part is not None
    assert part.sign(line) == POSITIVE
    part = region.where(line, ZERO)
    assert part is not None
    assert part.sign(value) == ZERO


@pytest.mark.parametrize("kept", [0, 1, 600])
def test_samples_only_save_questions(kept: int) -> None:
    values = (a + b, -a - b, b, a - b, -b, b * 0 + 1, (a - b) ** 2 + 1, b / (a + b))
    field, entries = sfield([*values, a, b])
    samples = Samples.of(field, SPACE.constraints).first(kept)
    region = SignRegion(SPACE, field, (), samples)
    signs = [region.sign(entry) for entry in entries[: len(values)]]
    assert signs == [POSITIVE, NEGATIVE, WEAK, ANY, NEGATIVE | ZERO, POSITIVE, POSITIVE, WEAK]
    part = SignRegion(SPACE, field, (sp.Eq(a, b),), samples.first(0))
    assert [part.sign(entry) for entry in entries[3:5]] == [ZERO, NEGATIVE]
    for smaller, sign in ((a < b, NEGATIVE), (a <= b, NEGATIVE | ZERO), (a >= b, WEAK)):
        part = SignRegion(SPACE, field, (smaller,), samples.first(0))
        assert part.sign(entries[3]) == sign
    assert region.sign(field.zero) == ZERO
    part = SignRegion(SPACE, field, (sp.Ne(a, b), b > 0), samples.first(0))
    assert [part.sign(entry) for entry in entries[3:5]] == [EITHER, NEGATIVE]
    assert part.condition == sp.And(sp.Ne(a, b), b > 0)


def test_questions_are_counted_and_not_repeated() -> None:
    field, (first, second, *_) = sfield([b, a - b, a, b])
    region = SignRegion(SPACE, field, (), Samples.of(field, SPACE.constraints), Effort("it"))
    assert (region.proves(sp.true), region.proves(sp.false)) == (True, False)
    assert region.effort.questions == 0
    assert (region.proves(a > 0), region.proves(a > b)) == (True, False)
    assert region.effort.questions == 2
    assert (region.sign(first), region.sign(second)) == (WEAK, ANY)  # samples tell the second
    once = region.effort.questions
    assert 2 < once <= 4
    assert (region.sign(first), region.sign(second)) == (WEAK, ANY)
    assert region.effort.questions == once
    assert region.where(first, WEAK) is region
    assert region.where(first, NEGATIVE) is None
    assert region.effort.questions == once
    part = region.where(second, POSITIVE)
    assert part is not None
    assert part.effort is region.effort
    assert region.effort.questions == once + 1
    assert (region.sign(second), part.sign(second)) == (ANY, POSITIVE)
    assert part.condition == (a > b)
    within = part.where(first, POSITIVE)
    assert within is not None
    assert within.condition == sp.And(a > b, b > 0)


def test_a_part_is_empty_where_its_conditions_exclude_each_other() -> None:
    same = sp.Or(sp.And(a > 1, b > 1), sp.And(a < 1, b < 1))
    field, (value, *_) = sfield([(a - 1) * (b - 1), a, b])
    for samples in (Samples.of(field, (*SPACE.constraints, same)),
                    Samples.of(field, SPACE.constraints).first(0)):  # fmt: skip
        region = SignRegion(SPACE, field, (same,), samples)
        assert region.where(value, NEGATIVE) is None
        assert region.where(value, POSITIVE) is not None
