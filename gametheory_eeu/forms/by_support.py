"""What was found of a game's equilibria support by support, and what was left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._types import Boolean
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.solvers.table import Support
from gametheory_eeu.space import Space

MOST_BOXES = 6_000
"""Of interval arithmetic, for all supports of a game together."""
NO_CLOSED_FORM = "infinitely many solutions without a closed form"
NOT_ENCLOSED = "its equations are too large for the exact method and not all enclosed"


@dataclass
class BySupport:
    """Equilibria, each with its support, and which supports were not settled, where and why.

    Parameters
    ----------
    space : Space
        Of the game.
    label : callable
        The name of a support.
    """

    space: Space
    label: Callable[[Support], str]
    equilibria: list[tuple[Support, Equilibrium]] = field(default_factory=list)
    left: list[tuple[Support, Boolean, str]] = field(default_factory=list)
    exact: bool = True
    boxes: int = MOST_BOXES

    def leave(self, support: Support, where: Boolean, why: str) -> None:
        """Note that a support was not settled where a condition holds."""
        where = logic.simplify(where, self.space)
        if where != sp.false:
            self.left.append((support, where, why))

    def named(self) -> Iterator[Equilibrium]:
        """The equilibria, smallest support first; those with one support are numbered.

        In numbers by increasing probabilities, player by player and action by action.
        """
        count = Counter(support for support, _ in self.equilibria)
        seen: Counter[Support] = Counter()
        for support, found in sorted(self.equilibria, key=_place):
            seen[support] += 1
            number = f" ({seen[support]})" if count[support] > 1 else ""
            yield replace(found, name=self.label(support) + number)

    @property
    def complete_where(self) -> Boolean:
        """Where every support was settled."""
        open_ = sp.Or(*(where for _, where, _ in self.left))
        return logic.simplify(sp.Not(open_), self.space)

    @property
    def why(self) -> str:
        """What establishes it, or which supports stay open."""
        if not self.left:
            enclosed = self.boxes < MOST_BOXES
            how = "solved with all cases followed"
            return f"every support was looked at, and its equations {how}" + (
                ", or all their solutions enclosed in interval arithmetic" if enclosed else ""
            )
        open_ = "; ".join(f"{self.label(support)} ({why})" for support, _, why in self.left)
        return f"all supports but these were settled: {open_}"


def _place(found: tuple[Support, Equilibrium]) -> tuple[Any, ...]:
    """Where an equilibrium is listed: by its support, in numbers then by its probabilities."""
    support, one = found
    chances = [p for mix in one.profile.values() for p in mix.values()]
    numbers = () if any(p.free_symbols for p in chances) else tuple(float(p) for p in chances)
    return sum(map(len, support)), support, numbers


__all__ = ["MOST_BOXES", "NOT_ENCLOSED", "NO_CLOSED_FORM", "BySupport"]
