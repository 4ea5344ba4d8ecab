"""Conditions joined and shortened keep their points: at exact points of each sign, and proved."""

import random
from itertools import product

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.prover import equivalent
from gametheory_eeu.prover.merge_relations import merge, sign_condition
from gametheory_eeu.solvers.condition_simplification import simplify_with_samples

a, b, c = SYMBOLS = sp.symbols("a b c", real=True)
SIDES = [a, b, c, a * b, a + b - c, a * (c - 1), sp.Integer(1), sp.Integer(0), 2 * c]
RELATIONS = [sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne]
# Differences of the sides vanish at many of these, and take both signs.
POINTS = [dict(zip(SYMBOLS, at, strict=True)) for at in product(
    (-1, 0, sp.Rational(1, 2), 1, 2), repeat=3)]  # fmt: skip


def drawn(rng: random.Random, depth: int = 2, pool: list[sp.Expr] | None = None) -> sp.Basic:
    """A condition from few sides, so that relations of the same sides meet."""
    pool = rng.sample(SIDES, 3) if pool is None else pool
    if depth == 0:
        left, right = rng.sample(pool, 2)
        return rng.choice(RELATIONS)(left, right)
    join = rng.choice([sp.And, sp.Or])
    return join(
        *(drawn(rng, depth - rng.randint(1, depth), pool) for _ in range(rng.randint(2, 3)))
    )


def assert_same_points(
    old: sp.Basic, new: sp.Basic, points: list[dict[sp.Symbol, sp.Expr]]
) -> None:
    for point in points:
        assert bool(old.subs(point)) == bool(new.subs(point)), (old, new, point)


def test_random_conditions_keep_their_points() -> None:
    rng = random.Random(7)
    changed = []
    for _ in range(150):
        old = drawn(rng)
        new = merge(old)
        assert sp.count_ops(new) <= sp.count_ops(old)
        assert merge(new) == new
        if new != old:
            assert_same_points(old, new, POINTS)
            changed.append((old, new))
    assert len(changed) > 60
    for old, new in changed[:12]:
        assert equivalent(old, new).verdict == "proved"


def test_random_conditions_are_shortened_by_the_prover_to_the_same_points() -> None:
    rng = random.Random(11)
    space = Space.of(["a > 0"], symbols=SYMBOLS)
    inside = [p for p in POINTS if p[a] > 0]
    for k in range(40):
        old = drawn(rng)
        new = simplify_with_samples(old, space)
        assert_same_points(old, new, inside)
        if k < 8:
            assert equivalent(old, new, space).verdict == "proved"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (sp.Or(sp.Eq(1, c), sp.Gt(1, c, evaluate=False)), c <= 1),
        (sp.Or(a > b, a < b), sp.Ne(a, b)),
        (sp.And(a >= b, sp.Ne(a, b)), a > b),
        (sp.And(a >= b, a <= b), sp.Eq(a, b)),
        (sp.And(a > b, sp.Ne(b, a)), a > b),
        (sp.And(a > b, b > a), sp.false),
        (sp.Or(sp.And(c > 0, sp.Eq(a, b)), sp.And(c > 0, a > b)), sp.And(c > 0, a >= b)),
        (sp.And(sp.Eq(a, 1), sp.Eq(a * b, c)), sp.And(sp.Eq(a, 1), sp.Eq(b, c))),
        (sp.And(sp.Eq(a, 1), a + 2 > 2 * c), sp.And(sp.Eq(a, 1), c < sp.Rational(3, 2))),
    ],
    ids=str,
)
def test_relations_of_the_same_sides_are_read_as_one(said: sp.Basic, read: sp.Basic) -> None:
    assert merge(said) == read


def test_a_disjunct_that_is_implied_under_the_rest_widens_the_other() -> None:
    """Where a = b, the first disjunct's c > 0 follows from c > a - b."""
    said = sp.Or(sp.And(sp.Eq(a, b), c > 0), sp.And(a > b, c > 0, c > b - a))
    found = simplify_with_samples(said, Space.of((), symbols=SYMBOLS))
    assert found == sp.And(c > 0, a >= b)


def test_a_product_is_divided_by_factors_whose_product_has_a_known_sign() -> None:
    space = Space.of(["b*c > 0"], symbols=SYMBOLS)
    assert simplify_with_samples(sp.Ge(b * c * (c - 1), 0), space) == (c >= 1)


def test_undefined_sides_are_left_alone() -> None:
    said = sp.Or(sp.Eq(1 / a, b), 1 / a > b)
    assert merge(said) == said
    assert sign_condition(1 / a > b) is None
