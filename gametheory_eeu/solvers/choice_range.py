"""ChoiceRange: the interval from which a player chooses a real number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import substitute
from gametheory_eeu.core.results import Picklable


@dataclass(frozen=True)
class ChoiceRange(Picklable):
    """A real choice: its symbol, and the interval it is from.

    Parameters
    ----------
    symbol : SymPy symbol
    low, high : SymPy expressions
        The ends, in the parameters; infinite ones are ``-oo`` and ``oo``.
    has_low, has_high : bool
        Whether an end belongs to the interval; an infinite one never does.
    """

    symbol: Symbol
    low: Expr = -sp.oo
    high: Expr = sp.oo
    has_low: bool = False
    has_high: bool = False

    def contains(self, value: Expr) -> Boolean:
        """The condition that a value is in the interval."""
        return sp.And(*self.bounds(value))

    def bounds(self, value: Expr) -> tuple[Boolean, ...]:
        """The conditions that a value is on the right side of each finite end."""
        return self._sides(value, closed=(self.has_low, self.has_high))

    def interior(self, value: Expr) -> Boolean:
        """The condition that a value is strictly between the ends."""
        return sp.And(*self._sides(value, closed=(False, False)))

    def _sides(self, value: Expr, closed: tuple[bool, bool]) -> tuple[Boolean, ...]:
        sides: list[Boolean] = []
        if self.low != -sp.oo:
            sides.append((sp.Ge if closed[0] else sp.Gt)(value, self.low))
        if self.high != sp.oo:
            sides.append((sp.Le if closed[1] else sp.Lt)(value, self.high))
        return tuple(side for side in sides if side != sp.true)

    @property
    def nonempty(self) -> Boolean:
        """The condition that the interval holds a point."""
        if self.low == -sp.oo or self.high == sp.oo:
            return sp.true
        return (sp.Le if self.has_low and self.has_high else sp.Lt)(self.low, self.high)

    def at(self, values: Mapping[Symbol, Expr]) -> ChoiceRange:
        """The range at values of parameters."""
        low, high = substitute(self.low, values), substitute(self.high, values)
        return ChoiceRange(self.symbol, low, high, self.has_low, self.has_high)

    def __str__(self) -> str:
        below = f"{self.low} {'<=' if self.has_low else '<'} " if self.low != -sp.oo else ""
        above = f" {'<=' if self.has_high else '<'} {self.high}" if self.high != sp.oo else ""
        if not above and below:
            return f"{self.symbol} {'>=' if self.has_low else '>'} {self.low}"
        return f"{below}{self.symbol}{above}"


__all__ = ["ChoiceRange"]
