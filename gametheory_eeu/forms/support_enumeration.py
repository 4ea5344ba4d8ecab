"""Results of support enumeration: the equilibria and the unsolved supports."""

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
from gametheory_eeu.prover.budget import STEP, Budget, Effort, OutOfTimeError
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.condition_simplification import sign_conjunction, simplify_condition
from gametheory_eeu.solvers.integer_game import Support
from gametheory_eeu.solvers.sample_points import Samples

MAX_BOXES = 6_000
"""Of interval arithmetic, for all supports of a game together."""
MAX_CASES = 3_000
"""Of equations with symbols, and questions to shorten their conditions, for all supports."""
MAX_SIMPLIFIED_SIZE = 600
"""Operations up to which a condition is shortened; of a longer one it is only asked whether it is
ever true, and it stays as it is."""
MAX_SAMPLES = 60_000
"""Points among which those are looked for at which a long condition holds."""
GUARD = Budget(claim_seconds=600)
"""On all questions about a game with symbols, only so that nothing hangs: the count stops first."""
NO_CLOSED_FORM = "infinitely many solutions without a closed form"
NOT_ENCLOSED = "its equations are too large for the exact method and not all enclosed"


@dataclass
class SupportResults:
    """Equilibria by support, and the unsolved supports with condition and reason.

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
    boxes: int = MAX_BOXES
    effort: Effort = field(
        default_factory=lambda: Effort("finding the mixed equilibria of this game", MAX_CASES)
    )

    @contextmanager
    def time_limit(self) -> Iterator[None]:
        """A time limit on the enclosed computation; TooLargeError when it is exceeded."""
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
    def _dense_samples(self) -> Samples:
        """Dense samples of the space, for conditions that hold on a small part of it."""
        samples = self._samples
        return Samples.of(
            samples.field, self.space.constraints, drawn=MAX_SAMPLES, kept=MAX_SAMPLES
        )

    def simplify_condition(self, condition: Boolean) -> Boolean:
        """An equivalent simpler condition; false where it is proved unsatisfiable."""
        if sp.count_ops(condition) <= MAX_SIMPLIFIED_SIZE:
            return simplify_condition(condition, self.space, self._samples, effort=self.effort)
        simplified = sign_conjunction(condition, self.space, self._dense_samples, self.effort)
        if simplified is not None:
            return simplify_condition(simplified, self.space, self._samples, effort=self.effort)
        truth_values = self._samples.truth(condition)
        if truth_values is not None and truth_values.any():
            return condition
        self.effort.spend()
        is_unsatisfiable = is_proved(sp.Not(condition), self.space, STEP)
        return sp.false if is_unsatisfiable else condition

    def add_unsolved(self, support: Support, where: Boolean, why: str) -> None:
        """Record that a support is unsolved where a condition holds."""
        where = self.simplify_condition(where)
        if where != sp.false:
            self.left.append((support, where, why))

    def named(self) -> Iterator[Equilibrium]:
        """The equilibria with names, smallest support first; those of one support are numbered.

        In numbers by increasing probabilities, player by player and action by action.
        """
        totals = Counter(support for support, _ in self.equilibria)
        counts: Counter[Support] = Counter()
        for support, equilibrium in sorted(self.equilibria, key=_sort_key):
            counts[support] += 1
            suffix = f" ({counts[support]})" if totals[support] > 1 else ""
            yield replace(equilibrium, name=self.label(support) + suffix)

    @property
    def complete_where(self) -> Boolean:
        """The condition under which every support is solved."""
        unsolved = sp.Or(*(where for _, where, _ in self.left))
        return prover.simplify(sp.Not(unsolved), self.space)

    @property
    def why(self) -> str:
        """The reason for completeness, or the unsolved supports."""
        if not self.left:
            has_enclosures = self.boxes < MAX_BOXES
            method = "solved with all cases followed"
            return f"every support was looked at, and its equations {method}" + (
                ", or all their solutions enclosed in interval arithmetic" if has_enclosures else ""
            )
        unsolved = "; ".join(f"{self.label(support)} ({why})" for support, _, why in self.left)
        return f"all supports but these were settled: {unsolved}"


def _sort_key(entry: tuple[Support, Equilibrium]) -> tuple[Any, ...]:
    """The sort key of an equilibrium: its support, then numerical probabilities."""
    support, equilibrium = entry
    probabilities = [p for mix in equilibrium.profile.values() for p in mix.values()]
    numbers = (
        () if any(p.free_symbols for p in probabilities) else tuple(float(p) for p in probabilities)
    )
    return sum(map(len, support)), support, numbers
