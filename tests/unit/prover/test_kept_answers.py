"""What a solver said to a text is kept; what it left open is asked again."""

import pytest

from gametheory_eeu.prover import smt_solvers
from gametheory_eeu.prover.budget import CLAIM, Budget


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that reach z3."""
    texts: list[str] = []
    original = smt_solvers._z3

    def noted(text: str, *rest: object) -> smt_solvers.Answer:
        texts.append(text)
        return original(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(smt_solvers, "_z3", noted)
    smt_solvers._cached_answer.cache_clear()
    return texts


def test_the_same_text_is_asked_once(asked: list[str]) -> None:
    text = "(declare-const x Real)\n(assert (and (> x 0) (< (* x x) 0)))"
    answers = [smt_solvers.ask(text) for _ in range(3)]
    assert [answer.status for answer in answers] == ["unsat"] * 3
    assert asked == [text]
    smt_solvers.ask(text, budget=Budget(rlimit=CLAIM.rlimit + 1))  # another limit, another question
    smt_solvers.ask(text, context=smt_solvers.new_context())  # a search has its own
    assert asked == [text] * 3


def test_what_is_left_open_is_not_kept(asked: list[str]) -> None:
    powers = " ".join(f"(= (+ (* x{i} x{i} x{i}) x{i + 1}) (* 3 x{i + 1} x{i}))" for i in range(6))
    names = "\n".join(f"(declare-const x{i} Real)" for i in range(7))
    text = f"{names}\n(assert (and {powers} (> x0 1) (< x6 (- 2))))"
    tight = Budget(rlimit=10)
    assert [smt_solvers.ask(text, budget=tight).status for _ in range(2)] == ["unknown"] * 2
    assert asked == [text] * 2
