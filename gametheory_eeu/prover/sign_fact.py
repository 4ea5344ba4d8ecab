"""A fact about the sign of a polynomial, and about products of facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from gametheory_eeu._types import Boolean
from gametheory_eeu.prover.rational_function import Polynomial

SignKind = Literal[">", ">=", "==", "!="]
"""How a polynomial compares with zero; "!=" only of a constraint as it is given."""


@dataclass(frozen=True, eq=False)
class ProductOf:
    """The source of a fact about a product: the facts about its factors."""

    factors: tuple[SignFact, ...]


@dataclass(frozen=True, eq=False)
class SignFact:
    """A polynomial that is positive, not negative, or zero on the space.

    Parameters
    ----------
    polynomial : flint polynomial
    kind : {">", ">=", "=="}
    source : SymPy relation, tuple of (multiplier, SignFact), or ProductOf
        What it equals up to a positive multiple: the difference of a constraint's sides, or a sum,
        an empty one for a positive number or a square; or it is a product.
    premises : tuple of SignFact
        The facts that make this multiple, and the multipliers, positive.
    apart : SymPy relation or None
        A constraint that fails where the polynomial is zero: it makes ``>=`` strict.
    """

    polynomial: Polynomial
    kind: SignKind
    source: Boolean | tuple[tuple[Polynomial, SignFact], ...] | ProductOf
    premises: tuple[SignFact, ...] = ()
    apart: Boolean | None = None

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """The degree in each variable, in the order of the context."""
        return tuple(map(int, self.polynomial.degrees()))


def product_fact(factors: Sequence[SignFact]) -> SignFact:
    """The fact about the product of facts; of a power of what is not zero, an even one."""
    polynomial = factors[0].polynomial
    for factor in factors[1:]:
        polynomial *= factor.polynomial
    counts = Counter(factors)
    is_strict = all(f.kind == ">" or (f.kind == "!=" and k % 2 == 0) for f, k in counts.items())
    return SignFact(polynomial, ">" if is_strict else ">=", ProductOf(tuple(factors)))
