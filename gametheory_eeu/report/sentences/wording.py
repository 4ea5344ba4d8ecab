"""How sentences name quantities, numbers and counts."""

from __future__ import annotations

from collections.abc import Sequence

from gametheory_eeu._types import Expr
from gametheory_eeu.display import decimal, is_short, symbol_text
from gametheory_eeu.model import Quantity


def named(q: Quantity) -> str:
    """A quantity that exists, with its value."""
    return equal(q.symbol, q.value)


def equal(symbol: str, value: Expr) -> str:
    """``P = 2``, or ``P_J ≈ 1.429`` where the decimal is not the exact value."""
    return f"{symbol_text(symbol)} {'=' if is_short(value) else '≈'} {decimal(value)}"


def counted(number: int, one: str, many: str) -> str:
    """``1 period``, ``2 periods``."""
    return f"{number} {one if number == 1 else many}"


def joined(parts: Sequence[str], word: str = "and") -> str:
    """``a, b and c``."""
    *most, last = parts
    return f"{', '.join(most)} {word} {last}" if most else last
