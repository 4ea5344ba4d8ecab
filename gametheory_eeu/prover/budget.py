"""Limits: of one claim's resources, and of the number of questions for one answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from gametheory_eeu.errors import GameTheoryError, ParameterError, TooLargeError

_deadline: ContextVar[float | None] = ContextVar("_deadline", default=None)


class OutOfTimeError(GameTheoryError):
    """The queries of one claim took longer than their guard allows."""


@dataclass(frozen=True)
class Budget:
    """The limits of a claim.

    ``rlimit`` is of one query, in the solver's own deterministic units, so that a verdict does not
    depend on the machine; a typical query takes a few thousand. The seconds are wall-clock guards
    on one query, and on all queries of one claim: what they stop is "unknown".
    """

    rlimit: int = 3_000_000
    query_seconds: float = 30
    claim_seconds: float = 90

    def __post_init__(self) -> None:
        rlimit: object = self.rlimit  # what a user wrote
        if isinstance(rlimit, bool) or not isinstance(rlimit, int) or not 0 < rlimit < 2**32:
            raise ParameterError("rlimit", rlimit, "a whole number from 1 to 2**32 - 1")

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Guard everything asked inside as one claim; an outer claim's limit stays in force."""
        outer = _deadline.get()
        deadline = time.monotonic() + self.claim_seconds if outer is None else outer
        token = _deadline.set(deadline)
        try:
            yield
        finally:
            _deadline.reset(token)

    @property
    def milliseconds(self) -> int:
        """Milliseconds left for the next query.

        With none left an OutOfTimeError, so that no cache keeps an answer that was not given.
        """
        deadline = _deadline.get()
        seconds = self.query_seconds
        if deadline is not None:
            seconds = min(seconds, deadline - time.monotonic())
        if seconds <= 0:
            raise OutOfTimeError("the time for all queries of one claim is used up")
        return max(1, int(seconds * 1000))


CLAIM = Budget()
"""Of a claim, unless the user says otherwise."""
STEP = Budget(rlimit=300_000)
"""Of a step that may be left open: of a simplification, of the search for a small point."""
PROBE = Budget(rlimit=30_000)
"""Of a query that is asked because what it may save costs more."""


MAX_QUESTIONS = 6_000
"""To the prover, and cases followed; about a minute or two."""


class Effort:
    """A count of the questions asked for one answer, and its limit.

    The error names the problem, and what can be asked for ``instead``.
    """

    def __init__(
        self, problem: str, most: int = MAX_QUESTIONS, instead: str = 'ask for "pure Nash"'
    ) -> None:
        self.problem, self.most, self.instead, self.questions = problem, most, instead, 0

    def spend(self) -> None:
        """Count one more question; a TooLargeError where it is one too many."""
        self.questions += 1
        if self.questions > self.most:
            raise TooLargeError(
                f"{self.problem} takes more than {self.most} questions to the prover; give values "
                "to some symbols with .at(...), say more of them in given=, leave out dominated "
                f"actions, or {self.instead}"
            )
