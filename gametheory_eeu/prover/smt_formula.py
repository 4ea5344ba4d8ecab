"""SMT-LIB formulas as text, simplified while they are built."""

from __future__ import annotations

from collections.abc import Iterable

from gametheory_eeu._types import Expr

TRUE, FALSE = "true", "false"
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}


def conj(*parts: str) -> str:
    """All of the parts."""
    return _joined("and", TRUE, FALSE, parts)


def disj(*parts: str) -> str:
    """One of the parts."""
    return _joined("or", FALSE, TRUE, parts)


def neg(part: str) -> str:
    """Not the part."""
    if part in (TRUE, FALSE):
        return FALSE if part == TRUE else TRUE
    for relation, opposite in _OPPOSITE.items():
        if part.startswith(f"({relation} "):
            return f"({opposite} {part[len(relation) + 2 :]}"
    return part[5:-1] if part.startswith("(not ") else f"(not {part})"


def implies(cause: str, effect: str) -> str:
    """The effect wherever the cause."""
    return disj(neg(cause), effect)


def number(value: Expr) -> str:
    """An exact rational, SymPy's or flint's."""
    above, below = int(value.p), int(value.q)
    text = str(abs(above)) if below == 1 else f"(/ {abs(above)} {below})"
    return f"(- {text})" if above < 0 else text


def _joined(word: str, neutral: str, absorbing: str, parts: Iterable[str]) -> str:
    kept = [part for part in dict.fromkeys(parts) if part != neutral]
    if absorbing in kept:
        return absorbing
    if len(kept) < 2:
        return kept[0] if kept else neutral
    return f"({word} {' '.join(kept)})"


__all__ = ["FALSE", "TRUE", "conj", "disj", "implies", "neg", "number"]
