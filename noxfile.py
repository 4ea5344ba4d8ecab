#!/usr/bin/env -S uv run --script
# /// script
# dependencies = ["nox>=2025.10.14"]
# ///
"""The tasks: `nox` runs the usual ones, `nox --list` shows all, `.ci/run` is the judge."""

import functools
import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"


@nox.session
def lint(session: nox.Session) -> None:
    """Style, format, types, spelling and the state of the project."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("codespell")
    session.run("cffconvert", "--validate")
    session.run("repo-review", ".")


@nox.session
def tests(session: nox.Session) -> None:
    """Tests, doctests and the snippets of the README and the documentation."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session(default=False)
def coverage(session: nox.Session) -> None:
    """Tests, with the lines that none of them reaches."""
    session.install("-e", ".[dev]")
    session.run("coverage", "run", "-m", "pytest", "--numprocesses=0", *session.posargs)
    session.run("coverage", "report")


@nox.session(default=False)
def mutation(session: nox.Session) -> None:
    """Plant single faults, and see which the tests catch; `-- --sample 600 --seed any` for more."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "tests.mutation", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site offline into docs/_build/html, warnings being errors."""
    session.install("-e", ".[docs]")
    session.run(
        "sphinx-build", "-j", "2", "-W", "-n", "--keep-going", "-q", "docs", "docs/_build/html"
    )


@nox.session(default=False)
def notebooks(session: nox.Session) -> None:
    """Move sliders and read results in a real JupyterLab, through Chromium."""
    session.install("-e", ".[test]", "ipykernel>=6.29", "jupyterlab>=4.4")
    session.run("pytest", "tests/interop/test_jupyterlab.py", "--numprocesses=0", *session.posargs)


@nox.session(default=False)
def versions(session: nox.Session) -> None:
    """Build the site of every tagged version, and of this one, into docs/_build/versions."""
    root = Path("docs/_build/versions").resolve()
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    git = functools.partial(session.run, "git", external=True, silent=True)
    trees = {"this copy": Path.cwd()}
    for tag in str(git("tag", "--list", "v*", "--sort=-version:refname")).split():
        trees[tag] = Path(session.create_tmp(), tag).resolve()
        git("worktree", "add", "--force", "--detach", os.fspath(trees[tag]), tag)
    for name, tree in trees.items():
        session.install("--upgrade", f"{tree}[docs]")
        with session.chdir(tree):
            site = root / name.replace(" ", "-")
            session.run(
                "sphinx-build", "-q", "docs", os.fspath(site), env={"SEVERAL_VERSIONS": "1"}
            )
    shutil.rmtree(root / "jupyter_execute", ignore_errors=True)  # left by myst-nb beside a site
    links = "".join(
        f'<li><a href="{name.replace(" ", "-")}/index.html">{name}</a></li>' for name in trees
    )
    (root / "index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>gametheory_eeu</title>'
        f"<h1>gametheory_eeu: versions</h1><ul>{links}</ul></html>\n",
        "utf-8",
    )


@nox.session(default=False)
def distributions(session: nox.Session) -> None:
    """Build the wheel and the sdist, have twine look at them, install and use each."""
    session.install("-e", ".[dev]")
    session.run("python", "-m", "tests.distributions")


@nox.session
def examples(session: nox.Session) -> None:
    """Run every example into a temporary folder."""
    session.install(".")
    scripts = sorted(Path("examples").resolve().glob("*.py"))
    session.chdir(session.create_tmp())
    for script in scripts:
        session.run("python", os.fspath(script), env={"MPLBACKEND": "Agg"})


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Time the benchmarks; compare two runs with `-- --benchmark-compare`."""
    session.install("-e", ".[test]")
    session.run(
        "pytest", "tests/benchmarks", "--benchmark-enable", "--numprocesses=0", *session.posargs
    )


@nox.session(default=False)
def peers(session: nox.Session) -> None:
    """Run sweeps beside nashpy, pygambit and quantecon, as ratios; `-- --long` for all of it."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "tests.benchmarks.peers", *session.posargs)


if __name__ == "__main__":
    nox.main()
