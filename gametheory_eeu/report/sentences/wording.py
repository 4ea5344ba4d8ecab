"""Wording of quantities, numbers and counts in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from gametheory_eeu._types import Expr
from gametheory_eeu.display import decimal, is_short, symbol_text
from gametheory_eeu.model import Quantity


def quantity_text(q: Quantity) -> str:
    """A quantity that exists, with its value: ``P_J = 2``."""
    return equation(q.symbol, q.value)


def equation(symbol: str, value: Expr) -> str:
    """Equation of a symbol and its value: ``P = 2``, or ``P_J ≈ 1.429`` where it is rounded."""
    return f"{symbol_text(symbol)} {'=' if is_short(value) else '≈'} {decimal(value)}"


def count_phrase(number: int, singular: str, plural: str) -> str:
    """A number with its noun: ``1 period``, ``2 periods``."""
    return f"{number} {singular if number == 1 else plural}"


def join_words(parts: Sequence[str], word: str = "and") -> str:
    """Words as an enumeration: ``a, b and c``."""
    *initial, last = parts
    return f"{', '.join(initial)} {word} {last}" if initial else last
