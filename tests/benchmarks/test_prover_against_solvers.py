"""Every kind of statement, by ``prove`` and by the solvers alone: the verdicts agree.

``nox -s bench -- -s`` prints how long each takes, as medians of processor time; nothing is asserted
of time. A solver alone has a fixed number of its units; logarithms it knows from their bounds only,
so that its "sat" says nothing of them.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import cvc5
import pytest
import z3
from pytest_benchmark.fixture import BenchmarkFixture

from gametheory_eeu.prover import prove
from gametheory_eeu.prover.proof_search import parse_statements, require_condition
from gametheory_eeu.prover.smt_query import Query, split
from tests.benchmarks.solver_table import Case, cases
from tests.benchmarks.test_prover_shares import forget

CASES = list(cases())
AGREE = {"unsat": {"proved"}, "sat": {"refuted"}, "unknown": {"proved", "refuted"}}
EFFORT = 200_000


def by_z3(text: str) -> str:
    solver = z3.Solver(ctx=z3.Context())
    solver.set("rlimit", EFFORT)
    solver.from_string(text)
    return str(solver.check())


def by_cvc5(text: str) -> str:
    solver = cvc5.Solver()
    solver.setOption("rlimit-per", str(EFFORT))
    solver.setOption("tlimit-per", "5000")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic QF_NRA)\n{text}\n", "query")
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, parser.getSymbolManager())
    found = solver.checkSat()
    return "sat" if found.isSat() else "unsat" if found.isUnsat() else "unknown"


def text_of(case: Case) -> str:
    (found,), space = parse_statements([case.statement], list(case.given), ())
    statement = require_condition(found)
    question = Query(statement, split(space, statement.free_symbols)[0])
    return question.text(question.untrue)


def median(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    found, seconds = None, []
    for _ in range(rounds):
        forget()
        start = time.process_time()
        found = work()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), found


def test_the_table_has_every_kind() -> None:
    assert len(CASES) >= 60
    assert len({case.kind for case in CASES}) >= 12
    assert sum(case.verdict == "refuted" for case in CASES) >= 20


@pytest.mark.benchmark(group="prover, beside the solvers alone")
@pytest.mark.parametrize("place", range(len(CASES)))
def test_verdicts_agree(benchmark: BenchmarkFixture, place: int) -> None:
    case = CASES[place]
    rounds = 3 if benchmark.enabled else 1
    text = text_of(case)
    ours, proof = benchmark.pedantic(
        median, args=(lambda: prove(case.statement, list(case.given)), rounds), rounds=1
    )
    assert proof.verdict == case.verdict
    seconds, status = median(lambda: by_z3(text), rounds)
    if case.kind == "logarithms":
        assert (status == "unsat") <= (case.verdict == "proved")
    else:
        assert case.verdict in AGREE[status]
    told = f"{ours:.3f} s, z3 {seconds:.3f} s {status}"
    if benchmark.enabled:  # cvc5 has no limit that keeps it short everywhere
        seconds, status = median(lambda: by_cvc5(text), rounds)
        told += f", cvc5 {seconds:.3f} s {status}"
        assert case.kind == "logarithms" or case.verdict in AGREE[status]
    benchmark.extra_info["seconds"] = told
    print(f"{case.kind}: {case.statement[:50]}: {told}")
