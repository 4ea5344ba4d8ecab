"""The last step of a proof: a relation from the signs of its difference's factors."""

from __future__ import annotations

from fractions import Fraction

from gametheory_eeu.prover.rational_function import Polynomial, factors
from gametheory_eeu.prover.rocq.formulas import Comparison
from gametheory_eeu.prover.rocq.ledger import (
    Ledger,
    NoCounterpartError,
    Weighted,
    difference_of,
    primitive,
    weighted_list,
)

_KINDS = {
    "<": (">",), ">": (">",), "<=": (">", ">="), ">=": (">", ">="), "=": (), "<>": (">", "!="),
}  # fmt: skip


def conclusion(ledger: Ledger, relation: Comparison) -> str:
    """The checker's conclusion of a relation from the facts of a ledger.

    Raises
    ------
    NoCounterpartError
        The facts do not show it.
    """
    difference = difference_of(relation)
    divisors = [ledger.product(p) for p in ledger.divisors(difference)]
    above, below = ledger.quotient(difference)
    is_ordered = relation.operator not in ("=", "<>")
    denominator = ledger.strict_product(below, kinds=(">",) if is_ordered else (">", "!="))
    numerator = _numerator(ledger, above, _KINDS[relation.operator])
    if numerator is None or denominator is None:
        raise NoCounterpartError("a relation that does not follow from its factors' signs")
    parts = (weighted_list(part) for part in (divisors, [numerator], [denominator]))
    return f"(by_signs {' '.join(parts)})"


def _numerator(ledger: Ledger, above: Polynomial, kinds: tuple[str, ...]) -> Weighted | None:
    """A numerator as a product of facts."""
    if above == 0:
        return Fraction(0), {}
    zero = _zero(ledger, above) if "!=" not in kinds and kinds != (">",) else None
    if zero is not None:
        return zero
    whole, content = primitive(above)
    found = ledger.signed(whole, kinds)
    if found is not None:
        index, sign = found
        return content * sign, {index: 1}
    return ledger.strict_product(above, kinds=kinds, squares=True) if kinds else None


def _zero(ledger: Ledger, above: Polynomial) -> Weighted | None:
    """A numerator with a factor that is zero."""
    for part, _ in factors(above)[1]:
        factor, _ = primitive(part)
        found = ledger.signed(factor, ("==",))
        if found is not None:
            index, sign = found
            cofactor = sign * (above / factor)
            index = ledger.sum(above, "==", (Fraction(1), {}), [], [(cofactor, index)])
            return Fraction(1), {index: 1}
    return None
