"""Conditions on the signs of some polynomials, and what such conditions say of each other.

A formula is true or false once every polynomial has its sign: -1, 0 or 1. There is no undefined
here: a condition is taken apart so that it is true where it is defined and holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol, TypeAlias

ANY = frozenset({-1, 0, 1})


class Signs(Protocol):
    """The sign of each polynomial."""

    def __getitem__(self, place: int, /) -> int:
        """The sign of one."""
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
    """All of the parts, or at least one of them; equal to itself only, so that hashing is free."""

    all_of: bool
    parts: tuple[Formula, ...]


Formula: TypeAlias = Literal | Junction | bool


def every(*parts: Formula) -> Formula:
    """All of the parts."""
    return _joined(True, parts)


def some(*parts: Formula) -> Formula:
    """At least one of the parts."""
    return _joined(False, parts)


def opposite(formula: Formula) -> Formula:
    """Where the formula is false."""
    if isinstance(formula, Literal):
        return Literal(formula.polynomial, ANY - formula.signs)
    if isinstance(formula, Junction):
        return _joined(not formula.all_of, tuple(map(opposite, formula.parts)))
    return not formula


def conjunction(literals: Literals) -> Formula:
    """The literals as a formula."""
    return every(*(Literal(k, signs) for k, signs in literals.items()))


def holds(formula: Formula, at: Signs) -> bool:
    """Whether the formula is true where the polynomials have these signs."""
    if isinstance(formula, Literal):
        return at[formula.polynomial] in formula.signs
    if isinstance(formula, Junction):
        return (all if formula.all_of else any)(holds(part, at) for part in formula.parts)
    return formula


def narrowed(formula: Formula, possible: Sequence[frozenset[int]]) -> Formula:
    """The formula where each polynomial takes only the signs that are possible for it."""
    if isinstance(formula, Literal):
        left = formula.signs & possible[formula.polynomial]
        if left == possible[formula.polynomial]:
            return True
        return Literal(formula.polynomial, left) if left else False
    if isinstance(formula, Junction):
        return _joined(formula.all_of, tuple(narrowed(p, possible) for p in formula.parts))
    return formula


def support(formula: Formula, at: Signs, cost: Callable[[int], int]) -> dict[int, frozenset[int]]:
    """Literals that are true at these signs and by themselves make the formula true.

    Of several parts of which one is enough, the one whose polynomials cost least.
    """
    if isinstance(formula, Literal):
        return {formula.polynomial: formula.signs}
    if not isinstance(formula, Junction):
        return {}
    if formula.all_of:
        return reduce(both, (support(part, at, cost) for part in formula.parts), {})
    found = [support(part, at, cost) for part in formula.parts if holds(part, at)]
    return min(found, key=lambda literals: sum(map(cost, literals)))


def both(left: Literals, right: Literals) -> dict[int, frozenset[int]]:
    """The conjunction of two conjunctions."""
    found = dict(left)
    for k, signs in right.items():
        found[k] = found.get(k, ANY) & signs
    return found


def _joined(all_of: bool, parts: tuple[Formula, ...]) -> Formula:
    kept: dict[Formula, None] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Junction) and part.all_of == all_of else (part,)
        kept.update(dict.fromkeys(inner))
    if (not all_of) in kept:
        return not all_of
    kept.pop(all_of, None)
    if len(kept) < 2:
        return next(iter(kept), all_of)
    return Junction(all_of, tuple(kept))


__all__ = [
    "ANY", "Formula", "Junction", "Literal", "Literals", "Signs", "both", "conjunction", "every",
    "holds", "narrowed", "opposite", "some", "support",
]  # fmt: skip
