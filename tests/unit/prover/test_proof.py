"""A proof object: what a second look confirms, contradicts and leaves open."""

from dataclasses import replace

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import prove_on_space

x, y = sp.symbols("x y", real=True)
SPACE = Space((x,), (x > 0,))


def refutation(false: tuple[object, ...] = (), undefined: tuple[object, ...] = ()) -> Proof:
    witnesses, undefined_at = (
        tuple(FrozenMapping({x: sp.sympify(v)}) for v in values) for values in (false, undefined)
    )
    return Proof(
        1 / (x - 2) > 1, SPACE, "refuted", "exact evaluation",
        witnesses=witnesses, undefined_at=undefined_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("proof", "expected"),
    [
        (refutation(false=(1,)), True), (refutation(false=(1, 4)), True),
        (refutation(undefined=(2,)), True), (refutation(false=(1,), undefined=(2,)), True),
        (refutation(false=("5/2",)), False), (refutation(false=(1, "5/2")), False),
        (refutation(false=(2,)), False), (refutation(undefined=(1,)), False),
        (refutation(undefined=("5/2",)), False), (refutation(false=(-1,)), False),
        (refutation(false=(0,)), False), (refutation(), False),
    ],
)  # fmt: skip
def test_a_refutation_is_evaluated_at_its_points(proof: Proof, expected: bool) -> None:
    assert proof.recheck() is expected


def test_what_is_unknown_is_not_checked() -> None:
    assert Proof(x > 1, SPACE, "unknown", "z3").recheck() is None


def test_a_certificate_is_expanded_again() -> None:
    proof = prove_on_space(x * (x + 1) > 0, SPACE)
    assert proof.method == "coefficient certificate"
    assert proof.recheck() is True
    assert replace(proof, statement=x > 1).recheck() is False
    assert replace(proof, verdict="refuted").recheck() is False


def test_a_proof_by_a_solver_is_asked_of_the_other() -> None:
    by_cvc5 = Proof(x + 1 > 0, SPACE, "proved", "cvc5")
    assert by_cvc5.recheck() is True
    assert replace(by_cvc5, vacuous=True).recheck() is False
    assert replace(by_cvc5, statement=x > 1).recheck() is False
    empty = Space((x,), (x > 0, x < 0))
    assert replace(by_cvc5, space=empty, vacuous=True).recheck() is True
    assert replace(by_cvc5, space=empty).recheck() is False


def test_what_an_inequality_turns_on() -> None:
    assert Proof(x > 1, SPACE, "proved", "z3").deciding is None
    refuted = prove_on_space(x > 1, SPACE).deciding
    assert refuted is not None
    assert sp.expand(refuted - (x - 1)) == 0


def test_a_proof_is_text_and_no_truth_value() -> None:
    proof = prove_on_space(x + 1 > 0, SPACE)
    assert str(proof) == "Proved: x + 1 > 0 for all x with x > 0."
    assert repr(proof) == f"<{proof}>"
    assert proof.to_latex() != ""
    assert "assert" in proof.to_smtlib()
    with pytest.raises(GameTheoryError, match=r"Compare proof\.verdict"):
        bool(proof)
