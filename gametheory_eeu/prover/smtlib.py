"""A claim as a file that any SMT solver reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import transcendentals
from gametheory_eeu.prover.smt_query import Part, Query, split

if TYPE_CHECKING:
    from gametheory_eeu.prover.proof import Proof


_ATOMS_NOTE = (
    "; Logarithms and exponentials are unknowns, named in the comments, of which only bounds are\n"
    "; asserted: unsat is true for every value they may have, so for their own; sat proves nothing."
)


def script(proof: Proof) -> str:
    """The question "is the statement untrue at a point of the space?", with its known answer."""
    if proof.verdict == "unknown":
        raise GameTheoryError(f"there is no answer to write down: {proof.why}")
    certificate = proof.certificate if isinstance(proof.certificate, str) else ""
    body = certificate or _query_text(proof)
    status = "unsat" if proof.verdict == "proved" else "sat"
    lines = [f"; {' '.join(str(proof).split())}"]
    if any(transcendentals.is_atom(node) for node in sp.preorder_traversal(proof.statement)):
        lines.append(_ATOMS_NOTE)
    lines += ["(set-logic QF_NRA)", f"(set-info :status {status})", body, "(check-sat)"]
    return "\n".join(lines) + "\n"


def _query_text(proof: Proof) -> str:
    if proof.statement.free_symbols:
        query = Query(proof.statement, split(proof.space, proof.statement.free_symbols)[0])
    else:
        query = Query(proof.statement, Part(frozenset(proof.space.symbols),
                                                  proof.space.constraints))  # fmt: skip
    return query.text(query.untrue)


__all__ = ["script"]
