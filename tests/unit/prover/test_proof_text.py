"""Proofs as propositions, word for word."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import prove
from gametheory_eeu.prover.proof_text import (
    biconditional_sides,
    condition_text,
    formula,
    sentence,
    validate_writer,
)

x, y = sp.symbols("x y", real=True)
P, Q = x > 0, y > 0


@pytest.mark.parametrize(("condition", "text"), [
    (sp.Eq(x, 1), "x = 1"), (sp.Ne(x, 1), "x != 1"), (P, "x > 0"), (x <= y, "x <= y"),
    (sp.And(P, Q), "x > 0 and y > 0"), (sp.Or(P, Q), "x > 0 or y > 0"),
    (sp.And(sp.Or(P, Q), x < 5), "x < 5 and (x > 0 or y > 0)"),
    (sp.Or(sp.And(P, Q), x < -5), "x < -5 or (x > 0 and y > 0)"),
    (sp.Implies(P, Q, evaluate=False), "x > 0 implies y > 0"),
    (sp.Implies(sp.And(P, Q), x > y), "(x > 0 and y > 0) implies x > y"),
    (sp.Not(sp.And(P, Q), evaluate=False), "not (x > 0 and y > 0)"),
    (sp.Not(P, evaluate=False), "not x > 0"), (x + y, "x + y"), (sp.true, "True"),
    (sp.And(sp.Implies(P, Q), sp.Implies(Q, P)), "x > 0 iff y > 0"),
], ids=range(15))  # fmt: skip
def test_conditions_in_words(condition: Any, text: str) -> None:
    assert condition_text(condition) in (text, " iff ".join(reversed(text.split(" iff "))))


def test_what_is_a_biconditional() -> None:
    both = sp.And(sp.Implies(P, Q), sp.Implies(Q, P))
    found = biconditional_sides(both)
    assert found is not None
    assert set(found) == {P, Q}
    for other in (
        sp.And(P, Q), sp.And(sp.Implies(P, Q), sp.Implies(P, x > 1)), sp.Implies(P, Q),
        sp.Or(sp.Implies(P, Q), sp.Implies(Q, P), evaluate=False), P,
        sp.And(sp.Implies(P, Q), sp.Implies(Q, P), x < 9),
    ):  # fmt: skip
        assert biconditional_sides(other) is None


@pytest.mark.parametrize(("statement", "given", "text"), [
    ("x**2 - 2*x + 1 >= 0", (), "Proved: x**2 - 2*x + 1 >= 0 for all x."),
    ("x + y > 0", ("x > 0 and y > 0",), "Proved: x + y > 0 for all x, y with x > 0 and y > 0."),
    ("x > 1", ("x == 0",), "Refuted: x > 1 for all x with x = 0. It fails at x = 0."),
    ("1/x >= 0", ("x >= 0",), "Refuted: 1/x >= 0 for all x with x >= 0. It is undefined at x = 0."),
    ("x > 1", ("x > 0", "x < 0"), "Proved, but vacuously: x > 1 for all x with "),
    ("1 > 2", (), "Refuted: the statement holds. It has no symbols, and is false."),
    ("2 > 1", (), "Proved: True."),
    ("False", ("x > 0 and x < 0",), "Proved: there is no (x) with "),
    ("False", ("x == 3",), "Refuted: there is no (x) with x = 3. It fails at x = 3."),
], ids=range(9))  # fmt: skip
def test_sentences(statement: str, given: Any, text: str) -> None:
    claim: Any = sp.false if statement == "False" else statement
    proof = prove(claim, given=" and ".join(given)) if given else prove(claim)
    assert sentence(proof).startswith(text)
    if text.endswith("."):
        assert sentence(proof) == text
    if proof.vacuous:
        assert sentence(proof).endswith(". Nothing obeys x < 0 and x > 0.") or sentence(
            proof
        ).endswith(". Nothing obeys x > 0 and x < 0.")


def test_what_is_unknown_says_why() -> None:
    proof = prove("x**2 - 2*x + 1 >= 0")
    object.__setattr__(proof, "verdict", "unknown")
    object.__setattr__(proof, "why", "Out of time.")
    assert sentence(proof) == "Unknown: x**2 - 2*x + 1 >= 0 for all x. Out of time."


def test_formulas_are_written_as_asked() -> None:
    proof = prove("x + y > 0", given="x > 0 and y > 0")
    assert sentence(proof, lambda e: f"[{e}]") == (
        "Proved: [x + y > 0] for all [x], [y] with [x > 0] and [y > 0]."
    )
    assert formula(x**2 >= y) == "$x^{2} \\geq y$"
    assert proof._repr_html_() == (
        "<p><b>Proved</b>: x + y &gt; 0 for all x, y with x &gt; 0 and y &gt; 0.</p>"
    )
    lines = proof.to_latex(formula).split("\n")
    assert lines[0] == "Proved: $x + y > 0$ for all $x$, $y$ with $x > 0$ and $y > 0$."
    assert len(lines) > 1
    refuted = prove("x > 1", given="x == 0")
    assert refuted.to_latex(formula) == sentence(refuted, formula)


def test_a_writer_makes_text() -> None:
    assert validate_writer(str)(x + y) == "x + y"
    with pytest.raises(GameTheoryError, match="write"):
        validate_writer(3)  # type: ignore[arg-type]
    with pytest.raises(GameTheoryError, match="write"):
        validate_writer(lambda _: 3)(x)  # type: ignore[arg-type, return-value]
