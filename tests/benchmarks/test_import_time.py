"""How long a fresh interpreter takes to import the library, beside its neighbours.

Whole processes, so start-up of Python itself is in every figure: the first row is that alone.
The table's ratios are against the fastest; nothing is asserted about time.
"""

import subprocess
import sys

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

STATEMENTS = {
    "python alone": "pass",
    "gametheory_eeu": "import gametheory_eeu",
    "gametheory_eeu, first game": "import gametheory_eeu; gametheory_eeu.CredibleCommitment()",
    "nashpy": "import nashpy",
    "sympy": "import sympy",
}


@pytest.mark.benchmark(group="import time, whole process")
@pytest.mark.parametrize("name", STATEMENTS)
def test_import_time(benchmark: BenchmarkFixture, name: str) -> None:
    command = [sys.executable, "-c", STATEMENTS[name]]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"check": True}, rounds=5)
