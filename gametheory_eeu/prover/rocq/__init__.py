"""Proofs as theorems of Rocq (Coq), whose small kernel accepts or rejects each of them.

A file is self-contained: in front the checker of certificates with the proof that it is right, then
the theorems, and at the end the list of the axioms they rest on, those of Rocq's real numbers.
"""

from gametheory_eeu.prover.rocq.ledger import NoCounterpartError
from gametheory_eeu.prover.rocq.theorem import document, theorem_name, theorem_of

__all__ = ["NoCounterpartError", "document", "theorem_name", "theorem_of"]
