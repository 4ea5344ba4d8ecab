"""The files around the package agree with it and with each other."""

import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

import gametheory_eeu as eeu
from tests.slow import SLOW, is_slow, place

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", ".github", "docs", "examples", "gametheory_eeu", "tests")
MADE_OR_VENDORED = {"__pycache__", "_build", "_static"}
COMMANDS = {
    "main": (
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/python -m gametheory_eeu"
    ),
    "tests": (
        'python3 -m venv .venv && .venv/bin/pip install ".[test]" && .venv/bin/python -m pytest'
    ),
}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the project that people wrote, with its content."""
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    for path in [*ROOT.glob("*"), *ROOT.glob(".*"), *inside]:
        if path.is_file() and not MADE_OR_VENDORED & set(path.parts):
            data = path.read_bytes()
            if b"\0" not in data and path.name not in {".coverage", ".git"}:
                yield path.relative_to(ROOT).as_posix(), data.decode("utf-8")


def test_one_version_everywhere() -> None:
    (cited,) = re.findall(r"^version: (.+)$", read("CITATION.cff"), re.MULTILINE)
    (changed, *_) = re.findall(r"^## \[(.+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert {version("gametheory-eeu"), cited, changed} == {eeu.__version__}


def test_the_slow_tests_are_there_once_and_come_first() -> None:
    assert len(set(SLOW)) == len(SLOW)
    assert all((ROOT / name).exists() for name in SLOW)
    assert [place(ROOT / name) for name in SLOW] == list(range(len(SLOW)))
    assert is_slow(ROOT / "docs" / "index.md")
    assert not is_slow(ROOT / "tests" / "unit" / "core" / "test_space.py")
    for room in (ROOT / "tests" / "unit").iterdir():
        quick = [path for path in room.rglob("test_*.py") if not is_slow(path)]
        assert quick or room.name in ("models", "testing", "__pycache__") or room.is_file(), room


@pytest.mark.parametrize("name", COMMANDS)
def test_readme_holds_the_command(name: str) -> None:
    marked = rf"<!-- command: {name} -->\s*```\w*\n(.+?)\n```\s*<!-- end -->"
    assert re.findall(marked, read("README.md"), re.DOTALL) == [COMMANDS[name]]


def test_ci_runs_the_command_of_the_readme() -> None:
    assert "tests=$(readme tests)" in read(".ci/run")
    assert 'eval "$tests"' in read(".ci/run")


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a package registry's host", r"pypi\.org|python[h]osted|npmjs\.(org|com)|debian\.org"),
        ("a path of one machine", r"(?<![\w.:/])/(work|tmp|root|home|opt|farm|Users)/"),
        ("a left-over marker", r"\b(TO[D]O|FIX[M]E|X[X]X)\b"),
    ],
)
def test_no_file_names(what: str, pattern: str) -> None:
    found = {name: m.group() for name, text in texts() if (m := re.search(pattern, text))}
    assert found == {}, what


@pytest.mark.parametrize("name", [name for name in eeu.__all__ if name != "__version__"])
def test_public_name_says_what_it_is(name: str) -> None:
    thing = getattr(eeu, name)
    assert thing.__doc__
    if inspect.isclass(thing):
        public = {k: v for k, v in vars(thing).items() if not k.startswith("_")}
        methods = {k: v for k, v in public.items() if callable(v) or isinstance(v, property)}
        assert [k for k, v in methods.items() if not inspect.getdoc(v)] == []


def test_every_file_with_tests_is_collected() -> None:
    files = [p for p in (ROOT / "tests").rglob("*.py") if not p.name.startswith("test_")]
    assert [p.name for p in files if re.search(r"^\s*def test_", p.read_text("utf-8"), re.M)] == []


def test_pages_with_examples_have_examples() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs/tutorial").glob("*.md")]
    pages += (ROOT / "docs/theory").glob("[a-z]*.md")
    without = [p.name for p in pages if p.name != "index.md" and ">>> " not in p.read_text("utf-8")]
    assert without == []


def test_pre_commit_pins_every_hook() -> None:
    config = read(".pre-commit-config.yaml")
    pinned = re.findall(r"^    rev: v?\d+(\.\d+)+$", config, re.MULTILINE)
    assert len(pinned) == config.count("- repo:") > 0


def test_package_data_is_shipped() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["gametheory_eeu"]
    assert (ROOT / "gametheory_eeu/py.typed").exists()
    assert (ROOT / "gametheory_eeu/cases/eeu/references.bib").exists()


def test_the_paper_cites_what_it_lists() -> None:
    cited = set(re.findall(r"@(\w+)", read("docs/paper/paper.md").split("# References")[0]))
    listed = re.findall(r"^@\w+\{(\w+),", read("docs/paper/paper.bib"), re.MULTILINE)
    assert cited == set(listed)
    assert len(set(listed)) == len(listed)
