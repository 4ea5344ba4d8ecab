"""What is asked of each proposition, for the files that judge them."""

from collections.abc import Callable

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.games import Proposition


def _comes_out(proposition: Proposition) -> None:
    """As declared; z3 and cvc5 alike; each proof confirmed by the route it was not found by."""
    judged = proposition.judge()
    odd = [(c.label, p) for c, p in zip(judged.claims, judged.proofs, strict=True)
           if not c.is_confirmed_by(p)]  # fmt: skip
    assert not odd
    assert judged.verdict == ("corrected" if proposition.kind == "false" else "proved")
    assert [p for p in judged.proofs if p.recheck() is not True] == []
    algebra = [c for c in judged.claims if c.statement.free_symbols and not c.naive]
    for claim in algebra:
        both = {eeu.prove(claim.statement, claim.space, solver=s).verdict for s in ("z3", "cvc5")}
        assert both == {"proved"}, claim.label


@pytest.fixture(scope="session")
def comes_out() -> Callable[[Proposition], None]:
    return _comes_out
