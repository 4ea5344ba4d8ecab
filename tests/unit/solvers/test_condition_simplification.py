"""Simpler conditions say the same at points of the space, and are as short as is known."""

import random
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers.condition_simplification import (
    project_samples,
    sign_conjunction,
    simplify_condition,
    simplify_with_samples,
)
from gametheory_eeu.solvers.sample_points import Samples

a, b, c = sp.symbols("a b c", real=True)
And, Or, Eq, Ne, Not = sp.And, sp.Or, sp.Eq, sp.Ne, sp.Not
FREE = Space.of(symbols=[a, b, c])
POSITIVE = Space.of(a > 0, b > 0, symbols=[a, b, c])
LARGER = Space.of(a > b, b > 0, symbols=[a, b, c])
POINTS = np.array(list(product(np.arange(-4, 7) / 2, repeat=3))).T
CASES: list[tuple[Any, Space, str]] = [
    # one relation
    (a > 0, FREE, "a > 0"), (a > 0, POSITIVE, "True"), (a < 0, POSITIVE, "False"),
    (a * b > 0, POSITIVE, "True"), (Ne(a, -b), POSITIVE, "True"),
    (sp.sqrt(a) > 0, POSITIVE, "True"),
    (a * c > 0, POSITIVE, "c > 0"), (-a * c > 0, POSITIVE, "c < 0"),
    (a * c >= 0, POSITIVE, "c >= 0"),
    (a * c <= 0, POSITIVE, "c <= 0"), (a * c - a * b > 0, POSITIVE, "c > b"),
    (b * c > b * a, POSITIVE, "c > a"), (Eq(a * c, 0), POSITIVE, "Eq(c, 0)"),
    (Eq(-a * b * c * (c - a), 0), POSITIVE, "Eq(a*c, c**2)"),
    (2 * c * (c - a) > 0, POSITIVE, "2*c*(-a + c) > 0"),
    (2 * c * a * (c - a) > 0, POSITIVE, "c**2 > a*c"),
    (-c * (c - a) * a * b <= 0, POSITIVE, "a*c <= c**2"),
    (c * (a + b) / a > 0, POSITIVE, "c > 0"), (c / (a + b) > 1, POSITIVE, "c/(a + b) > 1"),
    (c * a / 2 > b * a / 3, POSITIVE, "3*c > 2*b"),
    (-c / 2 * a > b * a / 3, POSITIVE, "2*b + 3*c < 0"),
    (1 - c - a > 0, POSITIVE, "a + c < 1"), (2 * a - 2 * c > 0, POSITIVE, "a > c"),
    (sp.Gt(2 * a, 2 * c), POSITIVE, "2*a > 2*c"), (a**2 * c - a * c * b > 0, POSITIVE, "a*c > b*c"),
    (sp.expand((a - b) ** 2 * c) > 0, LARGER, "c > 0"),
    (sp.expand((a - b) ** 2 * c) > 0, POSITIVE, "a**2*c - 2*a*b*c + b**2*c > 0"),
    (sp.expand((a - b) ** 3 * c) <= 0, LARGER, "c <= 0"),
    (sp.expand(a * c * (a - b) ** 2) > 0, POSITIVE, "a**2*c + b**2*c > 2*a*b*c"),
    (sp.expand((b - a) * c) >= 0, LARGER, "c <= 0"), (sp.expand((b - a) * c) < 0, LARGER, "c > 0"),
    (b * c / (a - b) > b, POSITIVE, "b*c/(a - b) > b"),
    # conjunctions
    (And(c > 1, c > 0), FREE, "c > 1"), (And(c > a, c > a + b), POSITIVE, "c > a + b"),
    (And(c > a, a > b, c > b), POSITIVE, "(a > b) & (c > a)"),
    (And(c * b < a * b, c < a, c > 0), POSITIVE, "(c > 0) & (c < a)"),
    (And(a > 1, a * c - c > 0), POSITIVE, "(a > 1) & (c > 0)"),
    (And(a > 1, (a - 1) * c > 0), POSITIVE, "(a > 1) & (c > 0)"),
    (And((a - 1) * (b - 1) > 0, (a - 1) * (b - 1) * c > 0), POSITIVE,
     "(c > 0) & ((a - 1)*(b - 1) > 0)"),
    (And((a - 1) * (b - 1) < 0, (a - 1) * (b - 1) * c > 0), POSITIVE,
     "(c < 0) & ((a - 1)*(b - 1) < 0)"),
    (And((a - 1) * (b - 1) < 0, (a - 1) * (b - 1) * c * (c - 1) <= 0), POSITIVE,
     "(c <= c**2) & ((a - 1)*(b - 1) < 0)"),
    (And(Eq(a, b), a > b), POSITIVE, "False"),
    (And(Eq(c, 1), a * c > b), POSITIVE, "Eq(c, 1) & (a > b)"),
    (And(Eq(c, a), Eq(b, a), c > b), POSITIVE, "False"),
    (And(c > 0, Eq(a * c, b)), POSITIVE, "Eq(a*c, b)"),
    (And(sp.sqrt(a) > 1, a * c > 0), POSITIVE, "(c > 0) & (sqrt(a) > 1)"),
    (And((a - 1) * (b - 1) > 0, (a - 1) * (c - 1) > 0,
         (a - 1) * (b - 1) * (c - 1) * (a - b) * (b - c) > 0), POSITIVE,
     "((a - 1)*(b - 1) > 0) & ((a - 1)*(c - 1) > 0)"
     " & (a*b*c + a*c + b**2 + b*c**2 > a*b + a*c**2 + b**2*c + b*c)"),
    # disjunctions
    (Or(c > 1, c > 0), FREE, "c > 0"), (Or(c > a, c > a + b), POSITIVE, "c > a"),
    (Or(Eq(a, b), Ne(a, b)), POSITIVE, "True"),
    (Or(a <= 1, (a - 1) * c > 0), POSITIVE, "(a <= 1) | (c*(a - 1) > 0)"),
    (Or(c > 1, And(c <= 1, a > b)), POSITIVE, "(a > b) | (c > 1)"),
    (Or(c > 1, And(c <= 2, a > b)), POSITIVE, "(a > b) | (c > 1)"),
    (Or(Eq(a, b), And(Ne(a, b), c > 0)), POSITIVE, "Eq(a, b) | (c > 0)"),
    (Or(c > a, And(c > b, a > b)), POSITIVE, "(c > a) | (c > b)"),
    (Or(a * c > 0, c < -1), POSITIVE, "(a*c > 0) | (c < -1)"),
    (Or(a * c > a * b, c < -1), POSITIVE, "(c > b) | (c < -1)"),
    # nested
    (And(Eq(a, b), Or(a > b, c > a)), POSITIVE, "Eq(a, b) & (c > a)"),
    (And(c > 1, Or(c < 0, a > b)), POSITIVE, "(a > b) & (c > 1)"),
    (And(c > 1, Or(c > 0, a > b)), POSITIVE, "c > 1"),
    (And(a > 1, Or((a - 1) * c > 0, c > 5)), POSITIVE, "(a > 1) & (c > 0)"),
    (And(c > 0, Or(c < 0, And(a > b, a * c > b * c))), POSITIVE, "(a > b) & (c > 0)"),
    (Or(And(c > 0, a > b), And(c < 0, a < b)), POSITIVE,
     "((a > b) & (c > 0)) | ((a < b) & (c < 0))"),
    # a strict relation beside its equation
    (Or(And(a > b, c > 0), And(Eq(a, b), c > 0)), POSITIVE, "(a >= b) & (c > 0)"),
    (Or(And(a < b, c > 0), And(Eq(a, b), c > 0)), POSITIVE, "(a <= b) & (c > 0)"),
    (Or(And(a > b, c > a), And(Eq(a, b), c > b)), POSITIVE, "(a >= b) & (c > a)"),
    (Or(And(a < b, c > a), And(Eq(a, b), c > b)), POSITIVE, "(a <= b) & (c > a)"),
    (Or(And(a > b, c >= a), And(Eq(a, b), c >= b)), POSITIVE, "(a >= b) & (c >= a)"),
    (Or(And(a > b, c > a), And(Eq(a, b), c > b), c < -1), POSITIVE,
     "(c < -1) | ((a >= b) & (c > a))"),
    (Or(And(a > b, c > a), And(Eq(a, b), c > b), And(Eq(a, b), c < -1)), POSITIVE,
     "(Eq(a, b) & (c < -1)) | ((a >= b) & (c > a))"),
    (Or(And(a > b, c > a), And(Eq(a, c), c > b)), POSITIVE, "(a > b) & (c >= a)"),
    (Or(And(a > b, c > a), And(Eq(a, b), c > b + 1)), POSITIVE,
     "((a > b) & (c > a)) | (Eq(a, b) & (c > b + 1))"),
    (Or(And(a > b, c > a + 1), And(Eq(a, b), c > b)), POSITIVE,
     "(Eq(a, b) & (c > b)) | ((a > b) & (c > a + 1))"),
    (Or(And(a > b, c >= 0), And(Eq(a, b), c > 0)), POSITIVE,
     "(Eq(a, b) & (c > 0)) | ((a > b) & (c >= 0))"),
]  # fmt: skip


def same_at_points(one: Any, other: Any, space: Space) -> bool:
    """Whether two conditions agree at points: of halves, so that low polynomials are exact."""
    with np.errstate(all="ignore"):
        inside, first, second = (
            np.broadcast_to(
                sp.lambdify((a, b, c), sp.sympify(k), "numpy")(*POINTS), POINTS[0].shape
            )
            for k in (sp.And(*space.constraints), one, other)
        )
    return bool((first == second)[inside].all())


@pytest.mark.parametrize(("condition", "space", "expected"), CASES, ids=str)
def test_a_condition_is_told_as_short_as_is_known(
    condition: Any, space: Space, expected: str
) -> None:
    found = simplify_with_samples(condition, space)
    assert found == sp.sympify(expected, locals={"a": a, "b": b, "c": c})
    if sp.sympify(condition) not in (sp.true, sp.false):
        assert same_at_points(condition, found, space)


RELATIONS = [a > b, c > 0, a * c > b, Eq(c, a), c <= 1, (a - b) * c >= 0, Ne(c, b), a * c < b * c,
             Eq(a, b), c > a, c * b >= a * b]  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_any_condition_says_the_same(seed: int) -> None:
    rng = random.Random(seed)

    def made(depth: int) -> Any:
        if not depth:
            return rng.choice(RELATIONS)
        return rng.choice([And, Or])(*(made(depth - 1) for _ in range(rng.randint(1, 3))))

    condition, space = made(2), rng.choice([POSITIVE, LARGER, FREE])
    assert same_at_points(condition, simplify_with_samples(condition, space), space)


SIGNS: list[tuple[Any, Space, str | None]] = [
    (c > a, POSITIVE, "c > a"), (Or(And(c > 0, c > a), c > a + b), POSITIVE, "c > a"),
    (And(a * c > 0, c < 5, c < 7), POSITIVE, "(c > 0) & (c < 5)"),
    (And((a - b) * c > 0, a > b), POSITIVE, "(a > b) & (c > 0)"),
    (And((a - b) * c < 0, c * b > 0), POSITIVE, "(a < b) & (c > 0)"),
    (And(a * c >= b * c, a > b), POSITIVE, "(a > b) & (c >= 0)"),
    (And(a * c <= b * c, a > b), POSITIVE, "(a > b) & (c <= 0)"),
    (Or(c >= 0, c > 0), POSITIVE, "c >= 0"), (c / (a - b) > 0, LARGER, "c > 0"),
    (Or(And(c > 0, a > b), And(c > 0, c > a, a > b)), POSITIVE, "(a > b) & (c > 0)"),
    (Or(c > 0, a > b), POSITIVE, None), (a * c >= b * c, POSITIVE, None), (a < 0, POSITIVE, None),
    (sp.sqrt(a) > 1, POSITIVE, None), (And(Eq(c, a), c > 0), POSITIVE, None),
    (And(Ne(a, b), c > 0), POSITIVE, None), (c**2 * (a - b) >= 0, POSITIVE, None),
]  # fmt: skip


def samples_of(space: Space) -> Samples:
    field, _ = sfield([sp.Dummy(), a, b, c])
    return Samples.of(field, space.constraints)


@pytest.mark.parametrize(("condition", "space", "expected"), SIGNS, ids=str)
def test_signs_of_factors_say_the_same(condition: Any, space: Space, expected: str | None) -> None:
    found = sign_conjunction(condition, space, samples_of(space), Effort("it"))
    if expected is None:
        assert found is None
        return
    known = sp.sympify(expected, locals={"a": a, "b": b, "c": c})
    assert found in (known, known.reversed if known.is_Relational else known)
    assert same_at_points(condition, found, space)


def test_samples_are_moved_to_where_equations_hold() -> None:
    samples = samples_of(POSITIVE)
    moved = project_samples(And(Eq(a, 2 * b), Eq(c, 1), a > 1), samples)
    x, y, z = coordinates(moved)
    assert len(moved)
    assert ((x == 2 * y) & (z == 1) & (x > 0)).all()
    assert moved.within[-2:] == (Eq(a, 2 * b), Eq(c, 1))
    assert len(project_samples(And(a > 1, c > 0), samples)) == len(samples)
    assert project_samples(Eq(a, b), samples).within == (*samples.within, Eq(a, b))
    assert len(project_samples(Eq(sp.sqrt(c), a), samples)) == 0  # not of the field
    x, *_ = coordinates(project_samples(Eq(a, 3), samples))
    assert set(x) == {3}


def coordinates(samples: Samples) -> list[Any]:
    return [samples.columns[samples.field.symbols.index(s)] for s in (a, b, c)]


def test_questions_are_counted() -> None:
    effort, samples = Effort("it"), samples_of(POSITIVE)
    condition = And(a * c > 0, c < 5 + a)
    found = simplify_condition(condition, POSITIVE, samples, effort=effort)
    assert found == And(c > 0, c < a + 5)
    assert effort.questions > 0
    with pytest.raises(TooLargeError, match="it takes more than 1 questions"):
        simplify_condition(condition, POSITIVE, samples, effort=Effort("it", most=1))
    effort = Effort("it", most=0)
    assert simplify_condition(sp.true, POSITIVE, samples, effort=effort) == sp.true
    assert simplify_condition(And(c > 0, c < 0), POSITIVE, samples, effort=effort) == sp.false
