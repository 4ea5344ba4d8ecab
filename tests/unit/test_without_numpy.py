"""What is solved needs no NumPy, and is the same with and without it."""

import json
import subprocess
import sys

import pytest

from tests.unit import numpy_free


def test_answers_are_the_same_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")  # the width of the tables, here and there
    command = [sys.executable, "-m", "tests.unit.numpy_free"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    without = json.loads(done.stdout)
    assert len(without) > 15
    assert without == numpy_free.answers()
