"""A limit on the number of prover questions for one answer, the same on every machine."""

from __future__ import annotations

from gametheory_eeu.errors import TooLargeError

MAX_QUESTIONS = 6_000
"""To the prover, and cases followed; about a minute or two."""


class Effort:
    """A count of the questions asked for one answer, and its limit.

    Parameters
    ----------
    problem : str
        What is being solved, for the error.
    most : int
    instead : str
        What can be asked for in its place.
    """

    def __init__(
        self, problem: str, most: int = MAX_QUESTIONS, instead: str = 'ask for "pure Nash"'
    ) -> None:
        self.problem, self.most, self.instead, self.questions = problem, most, instead, 0

    def spend(self) -> None:
        """Count one more question.

        Raises
        ------
        TooLargeError
            It is one too many.
        """
        self.questions += 1
        if self.questions > self.most:
            raise TooLargeError(
                f"{self.problem} takes more than {self.most} questions to the prover; give values "
                "to some symbols with .at(...), say more of them in given=, leave out dominated "
                f"actions, or {self.instead}"
            )


__all__ = ["MAX_QUESTIONS", "Effort"]
