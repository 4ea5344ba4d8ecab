"""The sign of an expression with unspecified functions, proved from what is declared of them."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.signs import SignSymbol, sign_claim
from gametheory_eeu.prover import signs
from gametheory_eeu.prover.functions.proofs import with_axioms
from gametheory_eeu.prover.functions.translation import translate
from gametheory_eeu.prover.proof_search import prove_on_space


def function_sign(expr: Expr, space: Space) -> signs.Sign:
    """The sign, or that it depends: with actual functions for which it is of either sign."""
    translation = translate(sp.Gt(expr, 0, evaluate=False), space)
    inner = signs.sign(translation.statement.lhs, with_axioms(translation))
    symbol: SignSymbol = inner.sign
    deciding = None if inner.deciding is None else translation.restore(inner.deciding)
    if symbol != "?":
        proof = prove_on_space(sign_claim(expr, symbol), space)
        if proof.verdict == "proved":
            return signs.Sign(expr, space, symbol, "proved", proof, (proof,), deciding=deciding)
    proofs = tuple(prove_on_space(sign_claim(expr, claim), space) for claim in ("<=0", ">=0"))
    witnesses = tuple(point for proof in proofs for point in proof.witnesses[:1])
    if len(witnesses) == 2:
        return signs.Sign(
            expr, space, "?", "depends", proofs[0], proofs, witnesses, deciding=deciding
        )
    return signs.Sign(expr, space, "?", "unknown", proofs[0], proofs, deciding=deciding)


__all__ = ["function_sign"]
