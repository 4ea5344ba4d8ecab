"""Proof: a statement, where it was asked, what was found, and how to check it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.logic.evaluate import UndecidedError, obeys, truth
from gametheory_eeu.logic.stored import reduced
from gametheory_eeu.logic.wording import html, latex, sentence
from gametheory_eeu.space import Space

Verdict = Literal["proved", "refuted", "unknown"]


@dataclass(frozen=True, repr=False)
class Proof:
    """The answer to a claim: at every point of the space the statement is defined and true.

    Parameters
    ----------
    statement : SymPy Boolean
    space : Space
    verdict : {"proved", "refuted", "unknown"}
        Never a guess: a refutation has an exact point, a proof a certificate.
    method : str
        How it was settled.
    certificate : str
        For a solver's proof, the SMT-LIB question "is there a point of the space where the
        statement is not true?", whose answer was no. Empty otherwise.
    witnesses : tuple of mappings of symbol to exact value
        Points of the space where the statement is defined and false.
    undefined_at : tuple of mappings of symbol to exact value
        Points of the space where the statement is undefined.
    vacuous : bool
        The space is empty, so that everything is true of all its points.
    clash : tuple of SymPy Booleans
        Where the space is empty, constraints that clash, none of which can be spared.
    why : str
        One sentence.

    Examples
    --------
    >>> from gametheory_eeu.logic import prove
    >>> print(prove("x + 1/x >= 2", given="x > 0"))
    Proved: x + 1/x >= 2 for all x with x > 0.
    >>> print(prove("x**2 > x", given="x > 0"))
    Refuted: x**2 > x for all x with x > 0. It fails at x = 1.
    """

    statement: Boolean
    space: Space
    verdict: Verdict
    method: str
    certificate: str = ""
    witnesses: tuple[Mapping[Symbol, Expr], ...] = ()
    undefined_at: tuple[Mapping[Symbol, Expr], ...] = ()
    vacuous: bool = False
    clash: tuple[Boolean, ...] = ()
    why: str = ""

    @property
    def deciding(self) -> Expr | None:
        """What a refuted or unknown inequality turns on: it holds iff this is positive (or >= 0).

        None where the statement is proved, or is not an inequality.
        """
        from gametheory_eeu.logic.signs import deciding

        return None if self.verdict == "proved" else deciding(self.statement, self.space)

    def recheck(self) -> bool | None:
        """Check the verdict again by another route.

        A refutation is evaluated exactly at its points, in SymPy's own objects; a proof is asked
        again, from the statement, of the second solver (cvc5).

        Returns
        -------
        bool or None
            True where confirmed, False where contradicted, None where the other route does not
            settle it, or where the verdict is "unknown".

        Raises
        ------
        GameTheoryError
            A proof, and cvc5 is not installed.
        """
        if self.verdict == "unknown":
            return None
        if self.verdict == "proved":
            from gametheory_eeu.logic.proving import settle

            again = settle(self.statement, self.space, solver="cvc5").verdict
            return None if again == "unknown" else again == "proved"
        try:
            return self._refuted_by_its_points()
        except UndecidedError:
            return None

    def _refuted_by_its_points(self) -> bool:
        expected = [(p, False) for p in self.witnesses] + [(p, None) for p in self.undefined_at]
        return bool(expected) and all(
            obeys(self.space, point) and truth(self.statement, point) is value
            for point, value in expected
        )

    def to_smtlib(self) -> str:
        """The certificate as a file for any SMT solver, which must answer ``unsat``.

        Raises
        ------
        GameTheoryError
            There is none: the claim was refuted, left open, or settled without a solver.
        """
        if not self.certificate:
            raise GameTheoryError(
                f"there is no SMT-LIB certificate: {self.verdict} by {self.method}"
            )
        title = " ".join(str(self).split())
        head = f"; {title}\n(set-logic QF_NRA)\n(set-info :status unsat)\n"
        return f"{head}{self.certificate}\n(check-sat)\n"

    def __reduce__(self) -> tuple[object, ...]:
        return reduced(self)

    def __bool__(self) -> bool:
        raise GameTheoryError(
            "a proof is not true or false: it may also be unknown, or vacuous. "
            'Compare proof.verdict with "proved", "refuted" or "unknown"'
        )

    def __str__(self) -> str:
        return sentence(self)

    def __repr__(self) -> str:
        return f"<{self}>"

    def _repr_html_(self) -> str:
        return html(self)

    def to_latex(self) -> str:
        """The proposition in LaTeX."""
        return latex(self)


__all__ = ["Proof", "Verdict"]
