"""What is asked of each proposition, for the files that judge them."""

from collections.abc import Callable

import pytest

from gametheory_eeu.model import Proposition


def _comes_out(proposition: Proposition) -> None:
    """As declared; each proof confirmed by cvc5, each counterexample by exact evaluation."""
    judged = proposition.judge()
    odd = [(c.says, p) for c, p in zip(judged.claims, judged.proofs, strict=True)
           if not c.as_claimed(p)]  # fmt: skip
    assert not odd
    assert judged.verdict == ("corrected" if proposition.kind == "false" else "proved")
    assert [p for p in judged.proofs if p.recheck() is not True] == []


@pytest.fixture(scope="session")
def comes_out() -> Callable[[Proposition], None]:
    return _comes_out
