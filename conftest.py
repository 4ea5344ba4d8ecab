"""What every test shares: the snippets of the pages are tests, and a skipped test fails."""

import gc
import os
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

from tests.slow import is_slow, place

collect_ignore = ["docs/conf.py", "docs/_ext"]  # the site's machinery, not its pages

# A page's Python blocks run in order, in one namespace, and what they print is compared.
pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()], patterns=["README.md", "docs/*.md", "docs/**/*.md"]
).pytest()


# SymPy and the collector of cycles at their defaults take a third of the time of a run: the one
# forgets what the next proof needs, the other looks for cycles among millions of expressions.
os.environ.setdefault("SYMPY_CACHE_SIZE", "20000")
gc.set_threshold(100_000, 50, 50)

os.environ.pop("COLUMNS", None)  # What is printed is as wide as the terminal, if there is one.


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read what ``-m "not slow"`` leaves out: reading takes half a minute."""
    is_left_out = config.option.markexpr == "not slow" and collection_path.is_file()
    return True if is_left_out and is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow files, and start with them: otherwise one worker ends with a long one."""
    for item in items:
        if is_slow(item.path):
            item.add_marker("slow")
    items.sort(key=lambda item: place(item.path))


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Let no file meet the expressions of another: SymPy prints a root as it first met an equal."""
    from sympy.core.cache import clear_cache  # read after its size was set, above

    if nextitem is None or nextitem.path != item.path:
        clear_cache()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where a test was skipped: the test extra holds all they need, but for three programs."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and any(
        _PROGRAMS.keys().isdisjoint(r.keywords) for r in _skipped(reporter)
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


_PROGRAMS = {
    "browser": ("checks in a browser", "chromium", "apt-get install chromium"),
    "jupyter": ("checks in JupyterLab", "jupyterlab or chromium", "nox -s notebooks"),
    "rocq": ("checks of proofs by Rocq", "coqc", "apt-get install coq"),
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not looked at in a browser or in JupyterLab, or not checked by Rocq."""
    for mark, (what, program, command) in _PROGRAMS.items():
        count = sum(mark in report.keywords for report in _skipped(terminalreporter))
        if count:
            terminalreporter.write_sep("!", f"{count} {what} NOT made", red=True, bold=True)
            terminalreporter.write_line(f"There is no {program}; this provides it: {command}")


def _skipped(reporter: pytest.TerminalReporter) -> list[pytest.TestReport]:
    reports = reporter.stats.get("skipped", [])
    return [report for report in reports if isinstance(report, pytest.TestReport)]
