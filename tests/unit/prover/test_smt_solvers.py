"""The two solvers behind one function: their answers, their values, their limits."""

from typing import Any

import pytest
import sympy as sp
import z3

from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover import smt_solvers as module
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.prover.smt_solvers import Answer, ask, exact_value, has_cvc5, new_context

R = sp.Rational
DECLARED = "(declare-fun x () Real)\n(declare-fun y () Real)\n"
POINT = f"{DECLARED}(assert (= (* 2 x) 3))\n(assert (= y (* x x)))"
NOWHERE = f"{DECLARED}(assert (> (* x y) 1))\n(assert (< (* x x) (- y y)))"
HARD = f"{DECLARED}(assert (= (* x x x) (+ (* y y y y y) x y 1)))\n(assert (> (* x y) 1))"


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
def test_each_solver_answers(solver: str) -> None:
    assert has_cvc5()
    assert ask(POINT, solver).status == "sat"
    assert ask(NOWHERE, solver) == Answer("unsat")


@pytest.mark.parametrize(("names", "expected"), [
    ((), {}), (("x",), {"x": R(3, 2)}), (("y", "x"), {"x": R(3, 2), "y": R(9, 4)}), (("z",), {}),
])  # fmt: skip
def test_the_values_that_are_wanted(names: tuple[str, ...], expected: Any) -> None:
    assert ask(POINT, values=names) == Answer("sat", expected)
    assert ask(POINT, values=names, context=new_context()) == Answer("sat", expected)


@pytest.mark.parametrize("context", [True, False])
def test_an_answer_within_no_resources_is_unknown(context: bool) -> None:
    answer = ask(HARD, budget=Budget(rlimit=1), context=new_context() if context else None)
    assert answer == Answer("unknown")


def test_unknown_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Budget] = []

    def answer(text: str, budget: Budget, values: Any, context: Any) -> Answer:
        asked.append(budget)
        return Answer("unknown" if len(asked) < 3 else "unsat")

    monkeypatch.setattr(module, "_z3", answer)
    texts = [ask("; only here", budget=Budget(7)).status for _ in range(5)]
    assert texts == ["unknown", "unknown", "unsat", "unsat", "unsat"]
    assert asked == [Budget(7)] * 3


def test_a_solver_by_another_name_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"solver.*'yices'.*'z3' or 'cvc5'"):
        ask(POINT, "yices")


X = z3.Real("x")


@pytest.mark.parametrize(("constraints", "expected"), [
    ([2 * X == 3], R(3, 2)), ([3 * X == -7], R(-7, 3)), ([X == 0], R(0)),
    ([X * X == 2, X > 0], sp.sqrt(2)), ([X * X == 2, X < 0], -sp.sqrt(2)),
    ([X * X == X + 1, X < 0], (1 - sp.sqrt(5)) / 2), ([X * X * X == 5], sp.cbrt(5)),
    ([X * X * X - 3 * X + 1 == 0, X > 0, X < 1], 2 * sp.sin(sp.pi / 18)),
    ([2 * X * X == 3, X > 0], sp.sqrt(R(3, 2))),
], ids=str)  # fmt: skip
def test_a_number_of_z3_is_exact(constraints: list[Any], expected: Any) -> None:
    solver = z3.Then("simplify", "qfnra-nlsat").solver()
    solver.add(*constraints)
    assert solver.check() == z3.sat
    found = exact_value(solver.model()[X])
    assert found is not None
    assert found.is_Rational is expected.is_Rational
    assert found == expected or abs((found - expected).evalf(40)) < 10**-30


def test_a_term_that_is_no_number_has_no_value() -> None:
    assert exact_value(X + 1) is None
    solver = z3.Solver()
    f = z3.Function("f", z3.RealSort(), z3.RealSort())
    solver.add(f(0) == 1, X == 2)
    assert solver.check() == z3.sat
    assert module._model_values(solver, {"f", "x"}) == {"x": 2}
    assert module._model_values(solver, set()) == {}


def test_two_strategies_are_tried_each_in_its_own_context_or_in_that_given() -> None:
    context = new_context()
    assert [s.ctx is context for s in module.strategies(context)] == [True, True]
    first, second = module.strategies()
    assert first.ctx is not second.ctx
    assert first.ctx is not z3.main_ctx()


def test_little_is_tried_before_much(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[str, int]] = []

    class Solver:
        def set(self, name: str, value: int) -> None:
            if name == "rlimit":
                limits.append((name, value))

        def from_string(self, text: str) -> None:
            assert text == "text"

        def check(self) -> str:
            return "unknown"

    monkeypatch.setattr(module, "strategies", lambda _: iter([Solver()]))
    for most, expected in ((100_000, [100_000]), (100_001, [100_000, 100_001]),
                           (2_000_000, [100_000, 1_000_000, 2_000_000]), (5, [5])):  # fmt: skip
        limits.clear()
        assert module._z3("text", Budget(most), (), None) == Answer("unknown")
        assert [value for _, value in limits] == expected


def test_a_value_that_z3_left_open_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    solver = z3.Solver()
    solver.add(X == 2, z3.Real("y") == 3)
    assert solver.check() == z3.sat
    values = {"2": R(2), "3": None}
    monkeypatch.setattr(module, "exact_value", lambda value: values[str(value)])
    assert module._model_values(solver, {"x", "y"}) == {"x": 2}


def test_a_child_is_ended_with_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    registered: list[Any] = []
    monkeypatch.setattr("atexit.register", registered.append)
    process = module.Process("script.py")
    assert registered == [process.end]
