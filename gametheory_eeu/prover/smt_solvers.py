"""The two SMT solvers, each behind one function that reads SMT-LIB text: z3 and cvc5.

Both are loaded when first used. Effort is limited in a solver's own deterministic units, so
that a verdict does not depend on the machine; a generous wall-clock guard only keeps a query from
hanging, and a query it stops is "unknown". cvc5 runs in a process of its own, since its single
steps look at no clock.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from threading import Lock, Timer
from typing import Any, Literal, cast

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.prover import cvc5_process
from gametheory_eeu.prover.budget import CLAIM, Budget


class Process:
    """A child process for all lines; another is started where there is none (any more).

    The script is a Python file that prints one line for each line of its input.
    """

    def __init__(self, script: str) -> None:
        self._script = script
        self._lock = Lock()
        self._child: subprocess.Popen[str] | None = None
        self._owner_pid = 0
        atexit.register(self.end)

    def answer(self, line: str, seconds: float) -> str | None:
        """The line printed in answer; None where none came in time."""
        with self._lock:
            process = self._ensure_child()
            timer = Timer(seconds, process.kill)
            timer.daemon = True
            timer.start()
            try:
                print(line, file=process.stdin, flush=True)
                answer = process.stdout.readline() if process.stdout else ""
            except BrokenPipeError:
                answer = ""
            finally:
                timer.cancel()
            if not answer:
                self.end()
            return answer.strip() or None

    def _ensure_child(self) -> subprocess.Popen[str]:
        """The running child of this process, started if needed; a parent's is not reused."""
        if self._child is None or self._owner_pid != os.getpid():
            self._owner_pid = os.getpid()
            self._child = subprocess.Popen(
                [sys.executable, "-P", self._script],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
        return self._child

    def end(self) -> None:
        """End it, if it runs; the next line starts it again."""
        process, self._child = self._child, None
        if process is not None and self._owner_pid == os.getpid():
            process.kill()
            process.communicate()


Status = Literal["sat", "unsat", "unknown"]
SolverName = Literal["z3", "cvc5"]
_FIRST_LIMITS = 100_000, 1_000_000
"""Both strategies are tried within these before either gets more: one may need far less."""
_GRACE = 2
"""Seconds that cvc5 has beside its limit, to start and to stop by itself."""
_CVC5_PROCESS = Process(cvc5_process.__file__)
_TACTICS = ("simplify", "propagate-values", "solve-eqs", "qfnra-nlsat")


@dataclass(frozen=True)
class Answer:
    """The status of a query, and the values of some constants where it is sat."""

    status: Status
    values: Mapping[str, Expr] = field(default_factory=dict)


def ask(
    text: str,
    solver: str = "z3",
    budget: Budget = CLAIM,
    values: Iterable[str] = (),
    context: Any = None,
) -> Answer:
    """Run SMT-LIB text, of declarations and assertions, by "z3" or "cvc5".

    ``values`` are the constants whose values are wanted where the answer is "sat" (z3 only).
    Several queries of one search may share a :func:`new_context`; without it each has its own.
    """
    if solver not in ("z3", "cvc5"):
        raise ParameterError("solver", solver, "'z3' or 'cvc5'")
    if context is not None:
        return _z3(text, budget, values, context)
    try:
        return _cached_answer(text, solver, budget, tuple(values))
    except _UnknownAnswerError as error:
        return error.answer


class _UnknownAnswerError(Exception):
    """An unknown answer, which is not cached: a guard on time may have made it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@lru_cache(maxsize=2048)
def _cached_answer(text: str, solver: str, budget: Budget, values: tuple[str, ...]) -> Answer:
    """The answer of a solver to a text alone, cached unless it is unknown."""
    answer = _z3(text, budget, values, None) if solver == "z3" else _cvc5(text, budget)
    if answer.status == "unknown":
        raise _UnknownAnswerError(answer)
    return answer


def new_context() -> Any:
    """A z3 context for the queries of one search: making one costs as much as a small query."""
    import z3

    return z3.Context()


def _z3(text: str, budget: Budget, values: Iterable[str], context: Any) -> Answer:
    limits = [limit for limit in _FIRST_LIMITS if limit < budget.rlimit]
    for limit in (*limits, budget.rlimit):
        for solver in strategies(context):
            solver.set("rlimit", limit)
            solver.set("timeout", budget.milliseconds)
            solver.from_string(text)
            status: Status = str(solver.check())  # type: ignore[assignment]
            if status != "unknown":
                return Answer(status, _model_values(solver, set(values)) if status == "sat" else {})
    return Answer("unknown")


def _model_values(solver: Any, names: set[str]) -> dict[str, Expr]:
    """The values of some constants in the solver's model."""
    model = solver.model() if names else ()
    values = {d.name(): exact_value(model[d]) for d in model if d.name() in names}
    return {name: value for name, value in values.items() if value is not None}


def strategies(context: Any = None) -> Iterator[Any]:
    """Cylindrical algebraic decomposition first, z3's own mixture where that reaches its limit.

    Without a context given, one for each query: nothing that was asked before changes an answer.
    """
    import z3

    yield z3.Then(*_TACTICS, ctx=context or z3.Context()).solver()
    yield z3.Solver(ctx=context or z3.Context())


def exact_value(value: Any) -> Expr | None:
    """A z3 number as a SymPy one; None for a term that z3 left unevaluated."""
    if hasattr(value, "numerator_as_long"):
        return sp.Rational(value.numerator_as_long(), value.denominator_as_long())
    if not hasattr(value, "poly"):
        return None
    coefficients = [exact_value(c) for c in reversed(value.poly())]
    return sp.CRootOf(sp.Poly(coefficients, sp.Symbol("z")), value.index() - 1)


def has_cvc5() -> bool:
    """Whether the second solver is installed."""
    return find_spec("cvc5") is not None


def _cvc5(text: str, budget: Budget) -> Answer:
    if not has_cvc5():
        raise GameTheoryError(
            "the second solver, cvc5, is not installed; install it with: "
            "pip install 'gametheory-eeu[cvc5]', or in the library's folder: pip install '.[cvc5]'"
        )
    milliseconds = budget.milliseconds
    request = {"text": text, "rlimit": budget.rlimit, "milliseconds": milliseconds}
    status = _CVC5_PROCESS.answer(json.dumps(request), _GRACE + milliseconds / 1000)
    return Answer(cast(Status, status or "unknown"))
