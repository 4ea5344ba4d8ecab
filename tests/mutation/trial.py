"""One mutant against its tests, in a process of its own that starts with the libraries loaded.

A fresh interpreter spends more on reading SymPy, z3 and pytest than most mutants need until their
first failing test; a forked one has them, and reads our own modules, one of them with its fault.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.abc
import importlib.machinery
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Literal

import pytest

from tests.mutation.mutants import Mutant, mutated
from tests.mutation.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["caught", "survived", "broken"]
SECONDS_A_TEST = 20
"""Of processor time: more in a single test is a mutant that does not end."""
SECONDS = 30
"""Of processor time: what was not caught until then is not caught by the tests nearest to it."""
_CAUGHT, _SURVIVED, _BROKEN = 10, 11, 12


def start(mutant: Mutant, log: Path, tests: Sequence[str] = ()) -> int:
    """Begin a trial, against the nearest tests; the id of its process, for :func:`verdict`."""
    child = os.fork()
    if child == 0:
        try:
            code = _tried(mutant, log, tests or nearest(mutant.path))
        except BaseException:
            traceback.print_exc()
            code = _BROKEN
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return child


def verdict(status: int) -> Verdict:
    """What the exit status of a trial's process says."""
    if os.WIFSIGNALED(status):  # it ran out of time or memory, or crashed
        return "caught"
    code = os.WEXITSTATUS(status)
    return "caught" if code == _CAUGHT else "survived" if code == _SURVIVED else "broken"


def _tried(mutant: Mutant, log: Path, tests: Sequence[str]) -> int:
    with log.open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDS, 3 * SECONDS))
    plugin, passed = _Plugin(mutant), 0
    for file in tests:  # one by one: what comes later is often not even read
        code = pytest.main([*_OPTIONS, file], plugins=[plugin])
        if code in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
            return _CAUGHT
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return _BROKEN
        passed += code == pytest.ExitCode.OK
    return _SURVIVED if passed else _BROKEN


_OPTIONS = ("-x", "-q", "-o", "addopts=", "--doctest-modules", "-p", "no:cacheprovider",
            "-p", "no:xdist", "-p", "no:benchmark", "--tb=line", "--disable-warnings",
            "-W", "ignore::pytest.PytestAssertRewriteWarning")  # fmt: skip


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the module that has the fault; every other is found as ever."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = ".".join(mutant.path.with_suffix("").parts)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(fullname, spec.origin, self.mutant)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads the mutated source, and writes no byte code."""

    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        tree = mutated(self.mutant.path, self.mutant.index)
        return compile(tree, self.path, "exec")


class _Plugin:
    """Has the fault read, ends a test that does not end, and the trial where its time is spent."""

    def __init__(self, mutant: Mutant) -> None:
        self.finder, self.started = _Finder(mutant), time.process_time()

    def pytest_sessionstart(self) -> None:
        # Before pytest's own finder, which reads again whatever it was asked to test.
        sys.meta_path.insert(0, self.finder)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if time.process_time() - self.started > SECONDS:
            os._exit(_SURVIVED)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_A_TEST)


def load() -> None:
    """Read the libraries that the tests need, and none of our own modules."""
    os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")  # read by SymPy, as in conftest.py
    for name in ("cvc5", "flint", "hypothesis", "matplotlib", "networkx", "numpy", "pandas",
                 "scipy.optimize", "sybil", "sympy", "z3"):  # fmt: skip
        with contextlib.suppress(ImportError):
            __import__(name)
    gc.freeze()  # what every trial shares is not looked through in each


__all__ = ["Verdict", "load", "start", "verdict"]
