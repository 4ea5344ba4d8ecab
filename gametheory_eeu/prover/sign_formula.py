"""Boolean formulas on the signs of polynomials.

A formula is true or false once every polynomial has its sign: -1, 0 or 1. There is no undefined
here: a condition is taken apart so that it is true where it is defined and holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol, TypeAlias

from gametheory_eeu.core.signs import ANY_SIGN


class SignVector(Protocol):
    """The sign of each polynomial."""

    def __getitem__(self, index: int, /) -> int:
        """The sign of one polynomial."""
        ...


Literals: TypeAlias = Mapping[int, frozenset[int]]
"""A conjunction: for some of the polynomials, the signs that are allowed."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One polynomial has one of these signs."""

    polynomial: int
    signs: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Junction:
    """A conjunction or disjunction; equal to itself only, so that hashing is free."""

    is_conjunction: bool
    parts: tuple[SignFormula, ...]


SignFormula: TypeAlias = Literal | Junction | bool


def all_of(*parts: SignFormula) -> SignFormula:
    """The conjunction of some formulas."""
    return _junction(True, parts)


def any_of(*parts: SignFormula) -> SignFormula:
    """The disjunction of some formulas."""
    return _junction(False, parts)


def negation(formula: SignFormula) -> SignFormula:
    """The negation of a formula."""
    if isinstance(formula, Literal):
        return Literal(formula.polynomial, ANY_SIGN - formula.signs)
    if isinstance(formula, Junction):
        return _junction(not formula.is_conjunction, tuple(map(negation, formula.parts)))
    return not formula


def conjunction(literals: Literals) -> SignFormula:
    """The literals as a formula."""
    return all_of(*(Literal(k, signs) for k, signs in literals.items()))


def is_satisfied(formula: SignFormula, signs: SignVector) -> bool:
    """Whether the formula is true where the polynomials have these signs."""
    if isinstance(formula, Literal):
        return signs[formula.polynomial] in formula.signs
    if isinstance(formula, Junction):
        return (all if formula.is_conjunction else any)(
            is_satisfied(part, signs) for part in formula.parts
        )
    return formula


def restrict(formula: SignFormula, possible: Sequence[frozenset[int]]) -> SignFormula:
    """The formula restricted to the possible signs of each polynomial."""
    if isinstance(formula, Literal):
        allowed = formula.signs & possible[formula.polynomial]
        if allowed == possible[formula.polynomial]:
            return True
        return Literal(formula.polynomial, allowed) if allowed else False
    if isinstance(formula, Junction):
        return _junction(
            formula.is_conjunction, tuple(restrict(p, possible) for p in formula.parts)
        )
    return formula


def implicant(
    formula: SignFormula, signs: SignVector, cost: Callable[[int], int]
) -> dict[int, frozenset[int]]:
    """An implicant: literals that are true at these signs and imply the formula.

    Of several parts of which one is enough, the one whose polynomials cost least.
    """
    if isinstance(formula, Literal):
        return {formula.polynomial: formula.signs}
    if not isinstance(formula, Junction):
        return {}
    if formula.is_conjunction:
        return reduce(conjoin, (implicant(part, signs, cost) for part in formula.parts), {})
    implicants = [
        implicant(part, signs, cost) for part in formula.parts if is_satisfied(part, signs)
    ]
    return min(implicants, key=lambda literals: sum(map(cost, literals)))


def conjoin(left: Literals, right: Literals) -> dict[int, frozenset[int]]:
    """The conjunction of two conjunctions."""
    result = dict(left)
    for k, signs in right.items():
        result[k] = result.get(k, ANY_SIGN) & signs
    return result


def _junction(is_conjunction: bool, parts: tuple[SignFormula, ...]) -> SignFormula:
    operands: dict[SignFormula, None] = {}
    for part in parts:
        nested = (
            part.parts
            if isinstance(part, Junction) and part.is_conjunction == is_conjunction
            else (part,)
        )
        operands.update(dict.fromkeys(nested))
    if (not is_conjunction) in operands:
        return not is_conjunction
    operands.pop(is_conjunction, None)
    if len(operands) < 2:
        return next(iter(operands), is_conjunction)
    return Junction(is_conjunction, tuple(operands))


__all__ = [
    "ANY_SIGN",
    "Junction",
    "Literal",
    "Literals",
    "SignFormula",
    "SignVector",
    "all_of",
    "any_of",
    "conjoin",
    "conjunction",
    "implicant",
    "is_satisfied",
    "negation",
    "restrict",
]
