"""SMT-LIB files: what is read, what is refused with its line, and what is decided."""

from pathlib import Path

import pytest
import sympy as sp

from gametheory_eeu.errors import GameFileError
from gametheory_eeu.interop import read_smtlib, smtlib_trial
from gametheory_eeu.prover.smt_solvers import ask

# Written for these tests; the shapes are those of comparative statics by hand.
FILES = {
    "input_demand": """
        (set-info :status unsat) (set-logic QF_NRA)
        (declare-fun p () Real) (declare-fun f2 () Real) (declare-fun dx () Real)
        ; the second-order condition, and the first-order condition differentiated in the wage
        (assert (and (> p 0) (< f2 0)))
        (assert (= (* p f2 dx) 1))
        (assert (not (< dx 0)))
        (check-sat) (exit)""",
    "giffen": """
        (set-info :status sat) (set-logic QF_NRA)
        (declare-const substitution Real) (declare-const income Real) (declare-const x Real)
        (assert (and (< substitution 0) (> x 0)))
        (assert (> (- substitution (* x income)) 0.5))
        (check-sat)""",
    "letters": """
        (set-info :status unsat)
        (declare-fun |a b| () Real) (declare-fun y () Real)
        (define-fun square ((t Real)) Real (* t t))
        (assert (let ((s (square |a b|)) (r (square y))) (< (+ s r) (* 2 |a b| y))))""",
    "choice": """
        (set-info :status unsat)
        (declare-const x Real)
        (assert (< (ite (>= x 0) x (- x)) 0))""",
    "share": """
        (set-info :status sat)
        (declare-const x Real) (declare-const y Real)
        (assert (= (/ x y) 2.5)) (assert (distinct x y 0.0))
        (assert (=> (> x 0) (> y 0) (> x y)))""",
    "mean": """
        (set-info :status unsat)
        (declare-const a Real) (declare-const b Real)
        (assert (xor (> a 0) (<= a 0))) (assert (> a 0)) (assert (! (> b 0) :named positive))
        (assert (< (/ (+ a b) 2) (/ (* 2 a b) (+ a b))))""",
}


@pytest.mark.parametrize("name", FILES)
def test_the_prover_and_both_solvers_agree_with_the_file(name: str) -> None:
    problem = read_smtlib(FILES[name])
    assert problem.decide() == problem.status
    for solver in ("z3", "cvc5"):
        assert ask(problem.text, solver).status == problem.status


def test_what_is_read() -> None:
    problem = read_smtlib(FILES["share"])
    x, y, q = problem.symbols
    assert (str(x), str(y), str(q)) == ("x", "y", "quotient_1")
    assert problem.assertions[0] == sp.Eq(q, sp.Rational(5, 2))
    assert [(d.dividend, d.divisor) for d in problem.quotients] == [(x, y)]
    assert read_smtlib(FILES["letters"]).symbols[0].name == "a b"


def test_a_division_by_zero_settles_nothing() -> None:
    """SMT-LIB gives 1/0 some value; a contradiction that needs a value of its own is none."""
    text = "(declare-const x Real)(assert (= x 0))(assert (= (/ 1 x) 7))"
    assert read_smtlib(text).decide() == "unknown"
    assert ask(read_smtlib(text).text).status == "sat"
    contradiction = "(declare-const x Real)(assert (= (/ 1 x) 7))(assert (= (/ 1 x) 8))"
    assert read_smtlib(contradiction).decide() == "unsat"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("(declare-const x Int)", 1, "of sort 'Int'"),
        ("(declare-fun f (Real) Real)", 1, "takes arguments"),
        ("(declare-const x Real)\n\n(assert (> (sin x) 0))", 3, "function sin"),
        ("(declare-const x Real)\n(assert (> y 0))", 2, "'y' is not declared"),
        ("(push 1)", 1, "command push"),
        ("(declare-const x Real)\n(assert (+ x 1))", 2, "a number, not a condition"),
        ("(declare-const x Real)\n(assert (and x (> x 0)))", 2, "and takes conditions"),
        ("(declare-const x Real)\n(assert (> x\n 0)", 2, "not closed"),
        ("(check-sat))", 1, "outside of a command"),
        ("(declare-const x Real)(assert (= x (> x 0)))", 1, "either numbers or conditions"),
        ("(assert (forall ((x Real)) (> x 0)))", 1, "operator|forall"),
        ("(assert " + "(not " * 5000 + "true" + ")" * 5001, 1, "nested too deeply"),
        ("()", 1, "without a name"),
    ],
    ids=["sort", "function", "unknown function", "undeclared", "push", "number", "and", "open",
         "closed", "mixed", "quantifier", "deep", "empty"],
)  # fmt: skip
def test_what_is_outside_of_the_fragment(text: str, line: int, reason: str) -> None:
    with pytest.raises(GameFileError, match=reason) as caught:
        read_smtlib(text)
    assert caught.value.line == line


def test_a_folder_is_run_through_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("input_demand", "giffen", "choice"):
        (tmp_path / f"{name}.smt2").write_text(FILES[name], "utf-8")
    (tmp_path / "other.smt2").write_text("(declare-const n Int)", "utf-8")
    assert smtlib_trial.main([str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("100.0%") == 3
    assert "other.smt2: line 1: n is of sort 'Int'" in shown.err
    (tmp_path / "choice.smt2").write_text(FILES["choice"].replace("unsat", "sat"), "utf-8")
    assert smtlib_trial.main([str(tmp_path), "--seconds", "5"]) == 1
    assert smtlib_trial.main([str(tmp_path / "none")]) == 1
