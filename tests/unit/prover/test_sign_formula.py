"""Formulas on signs, against their truth tables."""

from itertools import pairwise, product
from random import Random
from typing import Any

import pytest

from gametheory_eeu.core.signs import ANY_SIGN
from gametheory_eeu.prover.sign_abstraction import (
    Junction,
    Literal,
    SignFormula,
    all_of,
    any_of,
    conjoin,
    conjunction,
    implicant,
    is_satisfied,
    negation,
    restrict,
)

SIGNS = list(product((-1, 0, 1), repeat=3))


def literal(k: int, *signs: int) -> Literal:
    return Literal(k, frozenset(signs))


def truth(formula: Any, signs: Any) -> bool:
    """The definition."""
    if isinstance(formula, Literal):
        return signs[formula.polynomial] in formula.signs
    if isinstance(formula, Junction):
        values = [truth(p, signs) for p in formula.parts]
        return all(values) if formula.is_conjunction else any(values)
    return bool(formula)


def random_formula(rng: Random, depth: int) -> SignFormula:
    if depth == 0 or rng.random() < 0.3:
        chosen = [s for s in (-1, 0, 1) if rng.random() < 0.5]
        if rng.random() < 0.1:
            return rng.random() < 0.5
        return literal(rng.randint(0, 2), *chosen)
    parts = [random_formula(rng, depth - 1) for _ in range(rng.randint(1, 3))]
    return (all_of if rng.random() < 0.5 else any_of)(*parts)


FORMULAS = [random_formula(Random(seed), 3) for seed in range(80)]
A, B, C = literal(0, 1), literal(1, 0, 1), literal(2, -1)


def test_formulas_are_true_where_they_say() -> None:
    for formula, signs in product(FORMULAS, SIGNS):
        assert is_satisfied(formula, signs) is truth(formula, signs)
        assert is_satisfied(negation(formula), signs) is not truth(formula, signs)
    for first, second in pairwise(FORMULAS):
        for signs in SIGNS:
            both = truth(first, signs), truth(second, signs)
            assert truth(all_of(first, second), signs) is all(both)
            assert truth(any_of(first, second), signs) is any(both)


def parts(formula: Any) -> list[Any]:
    assert isinstance(formula, Junction)
    return list(formula.parts)


def test_junctions_are_flat_and_without_what_is_decided() -> None:
    assert (all_of(), any_of()) == (True, False)
    assert (all_of(A), any_of(A)) == (A, A)
    assert (all_of(A, True), any_of(A, False), all_of(A, A)) == (A, A, A)
    assert (all_of(A, False), any_of(A, True)) == (False, True)
    assert parts(all_of(A, all_of(B, C))) == [A, B, C]
    assert parts(any_of(any_of(A, B), C, A)) == [A, B, C]
    mixed = any_of(B, C)
    assert parts(all_of(A, mixed)) == [A, mixed]
    assert all_of(A, mixed).is_conjunction is True  # type: ignore[union-attr]
    assert mixed.is_conjunction is False  # type: ignore[union-attr]
    assert negation(A) == literal(0, -1, 0)
    assert (negation(True), negation(False)) == (False, True)
    assert parts(negation(mixed)) == [negation(B), negation(C)]
    assert negation(mixed).is_conjunction is True  # type: ignore[union-attr]


def test_what_signs_are_possible_decides() -> None:
    ranges: list[Any] = [
        [ANY_SIGN] * 3, [frozenset({1}), ANY_SIGN, frozenset({-1, 0})],
        [frozenset({0, 1}), frozenset({-1}), ANY_SIGN], [frozenset({s}) for s in (1, 0, -1)],
    ]  # fmt: skip
    for formula, possible in product(FORMULAS, ranges):
        found = restrict(formula, possible)
        for signs in product(*possible):
            assert truth(found, signs) is truth(formula, signs)
        if all(len(p) == 1 for p in possible):
            assert isinstance(found, bool)
    possible = ranges[1]
    assert restrict(A, possible) is True
    assert restrict(literal(0, -1, 0), possible) is False
    assert restrict(literal(2, 0, 1), possible) == literal(2, 0)
    assert restrict(literal(1, 0), possible) == literal(1, 0)


def test_an_implicant_is_true_there_and_enough() -> None:
    for formula, signs in product(FORMULAS, SIGNS):
        if truth(formula, signs):
            found = implicant(formula, signs, lambda _: 1)
            assert all(signs[k] in allowed for k, allowed in found.items())
            for others in SIGNS:
                if all(others[k] in allowed for k, allowed in found.items()):
                    assert truth(formula, others)


def test_of_parts_that_are_enough_the_cheapest_is_taken() -> None:
    formula = any_of(A, all_of(B, C))
    assert implicant(formula, (1, 0, -1), lambda k: [3, 1, 1][k]) == {
        1: B.signs, 2: C.signs}  # fmt: skip
    assert implicant(formula, (1, 0, -1), lambda k: [1, 1, 1][k]) == {0: A.signs}
    assert implicant(formula, (1, -1, -1), lambda k: [9, 1, 1][k]) == {0: A.signs}
    assert implicant(True, (0, 0, 0), lambda _: 1) == {}


def test_conjunctions_of_literals() -> None:
    left, right = (
        {0: frozenset({0, 1}), 1: frozenset({1})},
        {0: frozenset({-1, 0}), 2: frozenset({0})},
    )
    assert conjoin(left, right) == {0: {0}, 1: {1}, 2: {0}}
    assert conjoin({}, right) == right
    assert left == {0: frozenset({0, 1}), 1: frozenset({1})}
    assert parts(conjunction(right)) == [literal(0, -1, 0), literal(2, 0)]
    assert conjunction({}) is True
    assert frozenset({-1, 0, 1}) == ANY_SIGN


@pytest.mark.parametrize("formula", [all_of(A, B), any_of(A, B)])
def test_a_junction_is_equal_to_itself_only(formula: Any) -> None:
    assert formula == formula  # noqa: PLR0124
    assert formula != Junction(formula.is_conjunction, formula.parts)
