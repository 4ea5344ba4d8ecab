"""What every test shares: the snippets of the pages are tests, and a skipped test fails."""

import os

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

collect_ignore = ["docs/conf.py", "docs/_ext"]  # the site's machinery, not its pages

# A page's Python blocks run in order, in one namespace, and what they print is compared.
pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()], patterns=["README.md", "docs/**/*.md"]
).pytest()


os.environ.pop("COLUMNS", None)  # What is printed is as wide as the terminal, if there is one.


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where a test was skipped: the test extra holds all that the tests need."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
