"""The two SMT solvers, each behind one function that reads SMT-LIB text: z3 and cvc5.

Both are imported when first used. Effort is limited in a solver's own deterministic units, so
that a verdict does not depend on the machine; a generous wall-clock guard only keeps a query from
hanging, and a query it stops is "unknown".
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import GameTheoryError, ParameterError

Status = Literal["sat", "unsat", "unknown"]
SolverName = Literal["z3", "cvc5"]
DEFAULT_RLIMIT = 3_000_000
"""z3's resource units for one query; a typical query takes a few thousand."""
GUARD_SECONDS = 30
"""Wall-clock guard for one query."""
BUDGET_SECONDS = 90
"""Wall-clock guard for all queries of one claim: the proof, the points and their confirmation."""
_deadline: ContextVar[float | None] = ContextVar("_deadline", default=None)
_TACTICS = ("simplify", "propagate-values", "solve-eqs", "qfnra-nlsat")


class OutOfTimeError(GameTheoryError):
    """The queries of one claim took longer than their guard allows."""


@contextmanager
def budget(seconds: float = BUDGET_SECONDS) -> Iterator[None]:
    """Guard everything asked inside by one wall-clock limit; an outer limit stays in force."""
    outer = _deadline.get()
    token = _deadline.set(time.monotonic() + seconds if outer is None else outer)
    try:
        yield
    finally:
        _deadline.reset(token)


def milliseconds_left() -> int:
    """What a query may take.

    Raises
    ------
    OutOfTimeError
        Nothing is left. An error, so that no cache keeps an answer that was not given.
    """
    deadline = _deadline.get()
    left = GUARD_SECONDS if deadline is None else min(deadline - time.monotonic(), GUARD_SECONDS)
    if left <= 0:
        raise OutOfTimeError("the time for all queries of one claim is used up")
    return max(1, int(left * 1000))


@dataclass(frozen=True)
class Answer:
    """What a solver said, and the values of some constants where it said "sat"."""

    status: Status
    values: Mapping[str, Expr] = field(default_factory=dict)


def ask(
    text: str, solver: str = "z3", rlimit: int = DEFAULT_RLIMIT, values: Iterable[str] = ()
) -> Answer:
    """Run SMT-LIB text.

    Parameters
    ----------
    text : str
        Declarations and assertions, without ``(check-sat)``.
    solver : {"z3", "cvc5"}
    rlimit : int
        The limit in the solver's own units.
    values : iterable of str
        The constants whose values are wanted where the answer is "sat" (z3 only).
    """
    if solver not in ("z3", "cvc5"):
        raise ParameterError("solver", solver, "'z3' or 'cvc5'")
    limit: object = rlimit  # what a user wrote
    if not isinstance(limit, int) or not 0 < limit < 2**32:
        raise ParameterError("rlimit", rlimit, "a whole number from 1 to 2**32 - 1")
    return _z3(text, rlimit, values) if solver == "z3" else _cvc5(text, rlimit)


def _z3(text: str, rlimit: int, values: Iterable[str]) -> Answer:
    for solver in strategies():
        solver.set("rlimit", rlimit)
        solver.set("timeout", milliseconds_left())
        solver.from_string(text)
        status: Status = str(solver.check())  # type: ignore[assignment]
        if status != "unknown":
            break
    wanted = set(values) if status == "sat" else set()
    model = solver.model() if wanted else ()
    found = {d.name(): exact_value(model[d]) for d in model if d.name() in wanted}
    return Answer(status, {name: value for name, value in found.items() if value is not None})


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


def _cvc5(text: str, rlimit: int) -> Answer:
    try:
        import cvc5
    except ImportError:
        raise GameTheoryError(
            "the second solver is not installed; install it with: pip install cvc5"
        ) from None
    solver = cvc5.Solver()
    for option, value in (
        ("rlimit-per", rlimit),
        ("tlimit-per", milliseconds_left()),
        ("nl-cov", "true"),
    ):
        solver.setOption(option, str(value))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic QF_NRA)\n{text}\n", "query")
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, parser.getSymbolManager())
    result = solver.checkSat()
    return Answer("sat" if result.isSat() else "unsat" if result.isUnsat() else "unknown")


__all__ = [
    "BUDGET_SECONDS", "DEFAULT_RLIMIT", "GUARD_SECONDS", "Answer", "OutOfTimeError", "SolverName",
    "Status", "ask", "budget", "exact_value", "milliseconds_left", "strategies",
]  # fmt: skip
