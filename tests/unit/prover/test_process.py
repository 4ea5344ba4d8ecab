"""A solver in a process of its own: it answers, it is ended, and it is started again."""

import time
from pathlib import Path

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.prover.smt_query import Query, split
from gametheory_eeu.prover.smt_solvers import Process, ask

SCRIPT = """
import sys, time
for line in sys.stdin:
    if line.startswith("sleep"):
        time.sleep(600)
    elif line.startswith("leave"):
        sys.exit()
    print("answer to " + line.strip(), flush=True)
"""


@pytest.fixture
def process(tmp_path: Path) -> Process:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    return Process(str(script))


def test_each_line_is_answered_by_one_process(process: Process) -> None:
    assert [process.answer(line, 60) for line in "ab"] == ["answer to a", "answer to b"]
    process.end()


@pytest.mark.parametrize("line", ["sleep", "leave"])
def test_no_answer_is_none_and_the_next_line_has_one_again(process: Process, line: str) -> None:
    assert process.answer(line, 1) is None
    assert process.answer("a", 60) == "answer to a"
    process.end()


def test_it_can_be_ended_between_two_lines(process: Process) -> None:
    assert process.answer("a", 60) == "answer to a"
    process.end()
    assert process.answer("b", 60) == "answer to b"
    process.end()


def test_a_step_of_cvc5_that_looks_at_no_clock_is_ended() -> None:
    """It went on for more than ten minutes, whatever limit was set."""
    x, y, z, w = sp.symbols("x y z w", real=True)
    statement = (x * y + z * w) ** 10 + (x - y) ** 4 * z * w + 3 > 0
    question = Query(statement, split(Space(()), statement.free_symbols)[0])
    started = time.monotonic()
    answer = ask(question.text(question.untrue), "cvc5", Budget(query_seconds=1))
    assert (answer.status, time.monotonic() - started < 60) == ("unknown", True)


def test_its_folder_is_no_place_to_import_from(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import sys\nfor _ in sys.stdin: print(sys.path, flush=True)\n")
    process = Process(str(script))
    answer = process.answer("a", 60)
    process.end()
    assert answer is not None
    assert str(tmp_path) not in answer
