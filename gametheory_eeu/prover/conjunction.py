"""Proof of a conjunction, one conjunct after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import prove_on_space
from gametheory_eeu.prover.smt_query import Query, split


@arg.validate(statements=arg.conditions)
def prove_all(statements: Sequence[Boolean], given: object = ()) -> Proof:
    """Prove that all statements hold at every point of a space, each by a proof of its own.

    Returns
    -------
    Proof
        Of their conjunction. Proved where each part is; otherwise what was found of the first
        part that is not. The certificate is the question about the whole.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> prove_all([x > 1, x**2 > 1], given=x > 1).verdict
    'proved'
    """
    symbols = {symbol for statement in statements for symbol in statement.free_symbols}
    space = Space.of(given, symbols=sorted(symbols, key=str))
    conjunction = (
        sp.And(*statements, evaluate=False) if len(statements) > 1 else sp.And(*statements)
    )
    proofs = [prove_on_space(statement, space) for statement in statements]
    if not proofs:
        return prove_on_space(sp.true, space)
    unproved = [proof for proof in proofs if proof.verdict != "proved"]
    refuted = [proof for proof in unproved if proof.verdict == "refuted"]
    if unproved:
        return replace((refuted or unproved)[0], statement=conjunction)
    query = Query(conjunction, split(space, conjunction.free_symbols)[0])
    methods = ", ".join(dict.fromkeys(proof.method for proof in proofs))
    method = methods if len(proofs) == 1 else f"{methods}, {len(proofs)} parts"
    certificate = query.text(query.untrue)
    return replace(proofs[0], statement=conjunction, method=method, certificate=certificate)


__all__ = ["prove_all"]
