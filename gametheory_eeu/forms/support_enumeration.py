"""What was found of a game's equilibria support by support, and what was left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.prover.budget import STEP, Budget, OutOfTimeError
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.condition_simplification import conjunction, short
from gametheory_eeu.solvers.integer_game import Support
from gametheory_eeu.solvers.question_limit import Effort
from gametheory_eeu.solvers.sample_points import Samples

MOST_BOXES = 6_000
"""Of interval arithmetic, for all supports of a game together."""
MOST_CASES = 3_000
"""Of equations with symbols, and questions to shorten their conditions, for all supports."""
LONGEST_SHORTENED = 600
"""Operations up to which a condition is shortened; of a longer one it is only asked whether it is
ever true, and it stays as it is."""
MOST_DRAWN = 60_000
"""Points among which those are looked for at which a long condition holds."""
GUARD = Budget(claim_seconds=600)
"""On all questions about a game with symbols, only so that nothing hangs: the count stops first."""
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
    effort: Effort = field(
        default_factory=lambda: Effort("finding the mixed equilibria of this game", MOST_CASES)
    )

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """What is asked inside is refused when it takes too long, never answered by half."""
        try:
            with GUARD.guard():
                yield
        except OutOfTimeError:
            raise TooLargeError(
                f"{self.effort.problem} in {len(self.space.symbols)} symbols took longer than "
                f"{GUARD.claim_seconds:g} seconds; give values to some symbols with .at(...), say "
                'more of them in given=, or ask for "pure Nash", whose conditions are exact'
            ) from None

    @cached_property
    def _samples(self) -> Samples:
        symbols, _ = sfield([sp.Dummy(), *self.space.symbols])
        return Samples.of(symbols, self.space.constraints)

    @cached_property
    def _many_samples(self) -> Samples:
        """Enough to meet a small part of the space, in which a long condition may hold."""
        few = self._samples
        return Samples.of(few.field, self.space.constraints, drawn=MOST_DRAWN, kept=MOST_DRAWN)

    def shortened(self, condition: Boolean) -> Boolean:
        """A condition with the same points; false where it was proved never to be true."""
        if sp.count_ops(condition) <= LONGEST_SHORTENED:
            return short(condition, self.space, self._samples, effort=self.effort)
        found = conjunction(condition, self.space, self._many_samples, self.effort)
        if found is not None:
            return short(found, self.space, self._samples, effort=self.effort)
        seen = self._samples.truth(condition)
        if seen is not None and seen.any():
            return condition
        self.effort.spend()
        never = holds(sp.Not(condition), self.space, STEP)
        return sp.false if never else condition

    def leave(self, support: Support, where: Boolean, why: str) -> None:
        """Note that a support was not settled where a condition holds."""
        where = self.shortened(where)
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
        return prover.simplify(sp.Not(open_), self.space)

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
