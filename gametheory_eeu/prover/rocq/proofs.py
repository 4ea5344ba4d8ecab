"""The theorem of a proof, or the reason why there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.prover.certificate import CoefficientCertificate, Reasoning
from gametheory_eeu.prover.rocq.evaluation import evaluation
from gametheory_eeu.prover.rocq.ledger import NoCounterpartError
from gametheory_eeu.prover.rocq.text import taken_names
from gametheory_eeu.prover.rocq.theorem import document, theorem

if TYPE_CHECKING:
    from gametheory_eeu.prover.proof import Proof


def theorem_of(proof: Proof, name: str) -> str:
    """The theorem that a proof's statement is true on its space.

    Raises
    ------
    GameTheoryError
        The claim is not proved, or has no certificate that is written for Rocq: which, and why.
    """
    reasoning = _reasoning(proof.certified())
    try:
        return theorem(name, proof.statement, proof.space, reasoning, str(proof))
    except (NoCounterpartError, UnsupportedError) as error:
        raise NoCounterpartError(f"no theorem for Rocq of {proof}: {error}") from None


def _reasoning(proof: Proof) -> Reasoning:
    if proof.verdict != "proved":
        raise GameTheoryError(
            f"only what is proved is a theorem, and this is {proof.verdict}: {proof.statement}"
        )
    if isinstance(proof.certificate, CoefficientCertificate):
        return proof.certificate.reasoning
    if proof.method == "evaluation" and not proof.statement.free_symbols:
        return evaluation(proof.statement)
    raise NoCounterpartError(
        f"no theorem for Rocq of {proof} It was settled by {proof.method}, which gives no "
        "certificate; to_smtlib writes the question for any solver"
    )


def theorem_name(text: str) -> str:
    """A name that Rocq allows, as close to a text as can be."""
    name = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_")
    name = name if re.match(r"[A-Za-z]", name) else f"proposition_{name}".rstrip("_")
    return f"{name}_" if name in taken_names() else name


__all__ = ["document", "theorem_name", "theorem_of"]
