"""Rocq's compiler, where it is installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

AXIOMS = {
    "Classical_Prop.classic",
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
}
"""Those of the standard library's real numbers; the first for its logarithm and exponential."""


def needs_rocq(test):
    """Skip, and say so, where there is no coqc."""
    skip = pytest.mark.skipif(shutil.which("coqc") is None, reason="no coqc")
    return pytest.mark.rocq(skip(test))


def accepted(file: Path) -> str:
    """What coqc prints of a file that it accepts."""
    coqc = shutil.which("coqc") or ""
    done = subprocess.run(
        [coqc, file.name], cwd=file.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def axioms(output: str) -> set[str]:
    """The axioms that coqc lists at the end."""
    assert "Axioms:" in output or "Closed under the global context" in output
    return set(re.findall(r"^([\w.]+)(?= *:|$)", output, re.MULTILINE)) - {"Axioms"}
