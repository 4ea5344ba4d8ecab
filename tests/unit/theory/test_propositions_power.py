"""Section 3 of the theory, judged: each proposition comes out as declared, by two solvers."""

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.model import Proposition


@pytest.mark.parametrize("proposition", eeu.propositions("3").rows, ids=lambda p: p.name)
def test_it_comes_out_as_declared(proposition: Proposition) -> None:
    judged = proposition.judge()
    assert judged.verdict == ("corrected" if proposition.kind == "false" else "proved")
    assert judged.recheck(), "each proof by cvc5 as by z3, each counterexample by substitution"
