"""The search for a proof step by step: which method settles a claim, and what it reports."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, UnsupportedError
from gametheory_eeu.prover import proof_search
from gametheory_eeu.prover.budget import Budget, OutOfTimeError
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.proof_search import (
    is_proved,
    prove,
    prove_on_space,
    prove_supported,
)

x, y, z = sp.symbols("x y z", real=True)
n = sp.Symbol("n", integer=True)
POSITIVE = Space((x, y), (x > 0, y > 0))
EMPTY = Space((x,), (x > 1, x < 0))


def unevaluated(left: object, right: object) -> sp.Basic:
    return sp.Lt(sp.sympify(left), sp.sympify(right), evaluate=False)


@pytest.mark.parametrize(
    ("statement", "space", "verdict", "method"),
    [
        (unevaluated(1, 2), POSITIVE, "proved", "evaluation"),
        (unevaluated(2, 1), POSITIVE, "refuted", "exact evaluation"),
        (sp.true, POSITIVE, "proved", "evaluation"),
        (sp.false, POSITIVE, "refuted", "exact evaluation"),
        (x + y > 0, POSITIVE, "proved", "coefficient certificate"),
        (x > y, POSITIVE, "refuted", "exact evaluation"),
        (x**2 - x * y + y**2 > 0, POSITIVE, "proved", None),
        (x > 5, EMPTY, "proved", "z3"),
        (sp.false, EMPTY, "proved", "z3"),
    ],
    ids=str,
)
def test_the_verdict_and_what_settled_it(
    statement: sp.Basic, space: Space, verdict: str, method: str | None
) -> None:
    proof = prove_on_space(statement, space)
    assert proof.verdict == verdict
    assert method in (None, proof.method)
    assert proof.vacuous is (space is EMPTY)
    assert bool(proof.witnesses) == (verdict == "refuted")
    assert proof.undefined_at == ()


def test_a_certificate_is_searched_for_by_any_solver_only() -> None:
    proof = prove_on_space(x + y > 0, POSITIVE)
    assert isinstance(proof.certificate, CoefficientCertificate)
    assert proof.certificate.recheck(x + y > 0, POSITIVE)
    by_z3 = prove_on_space(x + y > 0, POSITIVE, solver="z3")
    assert (by_z3.verdict, by_z3.method) == ("proved", "z3")
    assert isinstance(by_z3.certificate, str)
    assert "check-sat" in by_z3.certificate or "assert" in by_z3.certificate
    with pytest.raises(ParameterError, match="solver"):
        prove_on_space(x > 0, POSITIVE, solver="yices")


def test_a_false_point_is_preferred_and_an_undefined_one_is_told_apart() -> None:
    false = prove_on_space(1 / x > 0, Space((x, y)))
    assert (len(false.witnesses), false.undefined_at) == (1, ())
    assert "is false at a point" in false.why
    (point,) = false.witnesses
    assert set(point) == {x, y}
    assert point[x] < 0
    undefined = prove_on_space(1 / x > 0, Space((x, y), (x >= 0,)))
    assert (undefined.witnesses, undefined.undefined_at[0][x]) == ((), 0)
    assert "is undefined at a point" in undefined.why


def test_other_parts_of_the_space_have_their_point_too() -> None:
    space = Space((x, y, z), (x > 0, y > 2, sp.Eq(z**2, 4)))
    proof = prove_on_space(x > 1, space)
    (point,) = proof.witnesses
    assert set(point) == {x, y, z}
    assert 0 < point[x] <= 1
    assert point[y] > 2
    assert point[z] ** 2 == 4
    clash = Space((x, y), (x > 0, y > 2, y < 1))
    proof = prove_on_space(x > 1, clash)
    assert (proof.verdict, proof.vacuous) == ("proved", True)
    assert set(proof.clash) == {y > 2, y < 1}
    assert proof.why == "The space has no point."


def test_a_proof_says_so() -> None:
    assert prove_on_space(x > -1, POSITIVE).why == (
        "No point of the space makes the statement untrue."
    )


def test_whole_numbers_are_searched_for_and_not_guessed() -> None:
    proof = prove_on_space(sp.Or(n <= 0, n >= 1), Space((n,)))
    assert proof.verdict == "proved"
    (point,) = prove_on_space(n >= 2, Space((n,), (n > 0,))).witnesses
    assert point[n] == 1


def test_what_is_not_supported_is_unknown_or_an_error() -> None:
    strange = sp.Gt(sp.gamma(x), 0)
    with pytest.raises(UnsupportedError, match="gamma"):
        prove(strange, given=POSITIVE)
    proof = prove_supported(strange, POSITIVE)
    assert (proof.verdict, proof.method, proof.statement) == ("unknown", "none", strange)
    assert "gamma" in proof.why
    assert prove_supported(x > 0, POSITIVE).verdict == "proved"


def test_no_effort_leaves_a_claim_open() -> None:
    hard = x**4 + y**4 + 1 > x * y + x**3 * y
    little = prove_on_space(hard, Space((x, y)), Budget(rlimit=1))
    assert (little.verdict, little.method) == ("unknown", "z3")
    assert little.why == "The solver reached its limit without an answer."


def test_out_of_time_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise OutOfTimeError

    monkeypatch.setattr(proof_search, "_cached_proof", late)
    proof = prove_on_space(x > 0, POSITIVE, solver="z3")
    assert (proof.verdict, proof.method) == ("unknown", "z3")
    assert "wall-clock guard" in proof.why


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (x + y > 0, True), (x * y >= 0, True), (x**2 + y**2 >= 2 * x * y, True), (x > y, False),
        (1 / x > 0, True), (1 / (x - y) ** 2 > 0, False), (sp.sqrt(x) >= 0, True),
        (sp.Or(x > y, x < y), False), (sp.Or(x > y, x <= y), True), (x**2 >= x, False),
    ],
    ids=str,
)  # fmt: skip
def test_a_short_question_has_the_same_answer(statement: sp.Basic, expected: bool) -> None:
    assert is_proved(statement, POSITIVE) is expected
    assert (prove_on_space(statement, POSITIVE).verdict == "proved") is expected
