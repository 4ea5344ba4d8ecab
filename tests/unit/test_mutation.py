"""The planting of faults: which there are, that they are read, and what counts as caught."""

import ast
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation import trial
from tests.mutation.__main__ import sample
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.mutants import mutants, mutated
from tests.mutation.nearest import PACKAGE, ROOMS, nearest

SOURCE = '''
"""A module."""
LIMIT = 3
TABLE = {">": 1, "<": (2, 4)}


def positive(x: int | None, strict=True):
    """A docstring: 1 < 2."""
    if x is None and strict:
        raise ValueError(f"{x + 1} is wrong")
    return x > 0 if strict else not x < 0
'''
CHANGES = {
    "'>'  ->  '>='", "1  ->  2", "'<'  ->  '<='", "2  ->  3", "4  ->  5", "(2, 4)  ->  (4,)",
    "(2, 4)  ->  (2,)", "True  ->  False",
    "if x is None and strict  ->  if not (x is None and strict)",
    "x is None and strict  ->  x is None or strict", "x is None and strict  ->  strict",
    "x is None and strict  ->  x is None", "x is None  ->  x is not None",
    "return x > 0 if strict else not x < 0  ->  return None",
    "x > 0 if strict else not x < 0  ->  not x < 0 if strict else x > 0",
    "x > 0  ->  x >= 0", "0  ->  1", "0  ->  1 (2)", "not x < 0  ->  x < 0", "x < 0  ->  x <= 0",
}  # fmt: skip


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "module.py"
    path.write_text(SOURCE)
    return path


def test_the_faults_of_a_module(module: Path) -> None:
    found = mutants(module)
    assert {m.change for m in found} == CHANGES
    assert len({m.key for m in found}) == len(found)
    assert {m.inside for m in found} == {"module", "positive"}
    for mutant in found:
        tree = mutated(module, mutant.index)
        assert ast.unparse(tree) != ast.unparse(ast.parse(SOURCE))
        compile(tree, "module", "exec")


def test_a_sample_does_not_move_where_another_line_changes(module: Path) -> None:
    before = [m.key for m in sample([module], 5, "any")]
    module.write_text("from math import pi\n" + SOURCE.replace("A docstring", "Another"))
    assert [m.key for m in sample([module], 5, "any")] == before
    assert [m.key for m in sample([module], 5, "other")] != before


def test_faults_are_read_caught_and_counted() -> None:
    command = [
        sys.executable,
        "-m",
        "tests.mutation",
        "--module",
        "prover/rational_function",
        "--verbose",
    ]
    told = subprocess.run([*command, "--sample", "2"], capture_output=True, text=True, check=True)
    *caught, total = told.stdout.splitlines()
    assert [line.split()[0] for line in caught] == ["caught", "caught"]
    assert total == "2 of 2 mutants caught: 100.0%"
    told = subprocess.run([*command, "--sample", "0"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout[:8]) == (2, "no trial")


def test_what_the_end_of_a_trial_says() -> None:
    assert [trial.verdict(code << 8) for code in (10, 11, 12, 0, 1)] == [
        "caught", "survived", "broken", "broken", "broken"]  # fmt: skip
    assert trial.verdict(signal.SIGXCPU) == "caught"


def test_every_module_has_tests_near_it() -> None:
    own = "tests/unit/prover/test_smt_encoding.py"
    assert nearest(PACKAGE / "prover" / "smt_encoding.py")[1] == own
    for room in ROOMS:
        for path in (PACKAGE / room).glob("*.py"):
            assert len(nearest(path)) > 1


def test_what_no_test_can_catch_is_still_there_and_has_its_reason() -> None:
    known = {
        m.key for room in ROOMS for path in (PACKAGE / room).glob("*.py") for m in mutants(path)
    }
    assert set(EQUIVALENT) <= known
    assert all(len(reason) > 10 for reason in EQUIVALENT.values())
