"""In these tests every certificate that is called a proof is expanded again, and must stand it."""

from __future__ import annotations

import pytest

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.prover import proof_search
from gametheory_eeu.prover.certificate_search import (
    ProofTree,
    certificate,
    certificate_tree,
    valid_tree,
)
from gametheory_eeu.prover.smt_query import Part


def confirmed(statement: Boolean, part: Part) -> ProofTree | None:
    """What the prover is shown, after the certificate found has been checked by expanding it."""
    tree = certificate_tree(statement, part)
    if tree is not None:
        symbols = tuple(sorted(part.symbols | statement.free_symbols, key=lambda s: s.name))
        space = Space(symbols, part.constraints)
        assert certificate(tree).recheck(statement, space) is True, (statement, space)
    return valid_tree(statement, part)


@pytest.fixture(autouse=True)
def every_certificate_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_search, "valid_tree", confirmed)
