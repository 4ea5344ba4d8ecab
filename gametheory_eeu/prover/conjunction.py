"""A conjunction proved one part after the other, where the whole is too much at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import settle
from gametheory_eeu.prover.smt_query import Question, split


@arg.checks(statements=arg.conditions)
def prove_in_parts(statements: Sequence[Boolean], given: object = ()) -> Proof:
    """Prove that all statements hold at every point of a space, each by a proof of its own.

    Returns
    -------
    Proof
        Of their conjunction. Proved where each part is; otherwise what was found of the first
        part that is not. The certificate is the question about the whole.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> prove_in_parts([x > 1, x**2 > 1], given=x > 1).verdict
    'proved'
    """
    symbols = {symbol for statement in statements for symbol in statement.free_symbols}
    space = Space.of(given, symbols=sorted(symbols, key=str))
    whole = sp.And(*statements, evaluate=False) if len(statements) > 1 else sp.And(*statements)
    proofs = [settle(statement, space) for statement in statements]
    if not proofs:
        return settle(sp.true, space)
    unproved = [proof for proof in proofs if proof.verdict != "proved"]
    refuted = [proof for proof in unproved if proof.verdict == "refuted"]
    if unproved:
        return replace((refuted or unproved)[0], statement=whole)
    question = Question(whole, split(space, whole.free_symbols)[0])
    methods = ", ".join(dict.fromkeys(proof.method for proof in proofs))
    method = methods if len(proofs) == 1 else f"{methods}, {len(proofs)} parts"
    certificate = question.text(question.untrue)
    return replace(proofs[0], statement=whole, method=method, certificate=certificate)


__all__ = ["prove_in_parts"]
