"""SMT-LIB formulas as text, simplified while they are built."""

from __future__ import annotations

from collections.abc import Iterable

from gametheory_eeu._types import Expr

TRUE, FALSE = "true", "false"
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}


def conj(*parts: str) -> str:
    """The conjunction of some formulas."""
    return _connective("and", TRUE, FALSE, parts)


def disj(*parts: str) -> str:
    """The disjunction of some formulas."""
    return _connective("or", FALSE, TRUE, parts)


def neg(part: str) -> str:
    """The negation of a formula."""
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    for relation, opposite in _OPPOSITE.items():
        if part.startswith(f"({relation} "):
            return f"({opposite} {part[len(relation) + 2 :]}"
    return part[5:-1] if part.startswith("(not ") else f"(not {part})"


def implies(cause: str, effect: str) -> str:
    """The implication of the effect by the cause."""
    return disj(neg(cause), effect)


def numeral(value: Expr) -> str:
    """An exact rational, SymPy's or flint's, as a numeral."""
    numerator, denominator = int(value.p), int(value.q)
    text = str(abs(numerator)) if denominator == 1 else f"(/ {abs(numerator)} {denominator})"
    return f"(- {text})" if numerator < 0 else text


def _connective(operator: str, neutral: str, absorbing: str, parts: Iterable[str]) -> str:
    operands = [part for part in dict.fromkeys(parts) if part != neutral]
    if absorbing in operands:
        return absorbing
    if len(operands) < 2:
        return operands[0] if operands else neutral
    return f"({operator} {' '.join(operands)})"
