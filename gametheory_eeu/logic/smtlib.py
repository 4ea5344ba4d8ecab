"""A claim as a file that any SMT solver reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.logic.question import Part, Question, split

if TYPE_CHECKING:
    from gametheory_eeu.logic.proof import Proof


def script(proof: Proof) -> str:
    """The question "is the statement untrue at a point of the space?", with its known answer."""
    if proof.verdict == "unknown":
        raise GameTheoryError(f"there is no answer to write down: {proof.why}")
    text = proof.certificate if isinstance(proof.certificate, str) else ""
    status = "unsat" if proof.verdict == "proved" else "sat"
    title = " ".join(str(proof).split())
    head = f"; {title}\n(set-logic QF_NRA)\n(set-info :status {status})\n"
    return f"{head}{text or _asked(proof)}\n(check-sat)\n"


def _asked(proof: Proof) -> str:
    if proof.statement.free_symbols:
        question = Question(proof.statement, split(proof.space, proof.statement.free_symbols)[0])
    else:
        question = Question(proof.statement, Part(frozenset(proof.space.symbols),
                                                  proof.space.constraints))  # fmt: skip
    return question.text(question.untrue)


__all__ = ["script"]
