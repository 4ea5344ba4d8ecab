"""The rooms of the package, and which of them may import which."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[2] / "gametheory_eeu"

# What a room may import when it is loaded, itself included.
CORE = {"_registry", "_types", "core", "errors"}
PROVER = CORE | {"prover"}
GAMES = PROVER | {"games"}
SOLVERS = GAMES | {"solvers"}
FORMS = SOLVERS | {"forms"}
STATICS = GAMES | {"statics"}
DISPLAY = STATICS | FORMS | {"display"}
MODELS = DISPLAY | {"models"}
SWEEPS = FORMS | {"sweeps"}
CASES = MODELS | SWEEPS | {"cases"}
MAY_IMPORT = {
    **dict.fromkeys(CORE, CORE),
    "prover": PROVER,
    "games": GAMES,
    "solvers": SOLVERS,
    "forms": FORMS,
    "statics": STATICS,
    "display": DISPLAY,
    "models": MODELS,
    "cases": CASES,
    "classics": FORMS | {"classics"},
    "sweeps": SWEEPS,
    "interop": FORMS | {"interop"},
    "testing": FORMS | {"testing"},
    "report": CASES | {"interop", "report"},
    "__main__": {"report"},
    "__init__": {
        "_registry",
        "models",
    },  # the models' names, who provides what; the rest when asked
}

# The conveniences that point upward: one line each, imported when called.
FORWARDS = {
    ("core", "display"),  # how a result shows itself
    ("core", "prover"),  # Space.empty and Space.witness
    ("prover", "display"),  # Proof.to_json
    ("games", "display"),  # Game.plot
}


class Import(NamedTuple):
    """One import of a room by a file."""

    file: str
    room: str
    target: str
    called: bool


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(node: ast.AST) -> list[str]:
    """The rooms that a statement imports; none for any other statement."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return []
    rooms = [name.split(".")[1] for name in names if name.startswith("gametheory_eeu.")]
    return [room for room in rooms if room in MAY_IMPORT]


def within(tree: ast.AST, chosen: Callable[[ast.AST], bool]) -> set[ast.AST]:
    """Every node inside one of the chosen nodes."""
    return {inner for node in ast.walk(tree) if chosen(node) for inner in ast.walk(node)}


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def is_for_types(node: ast.AST) -> bool:
    """Whether a block is read by type checkers only, and never run."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports() -> Iterator[Import]:
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        called = within(tree, is_function)
        for node in set(ast.walk(tree)) - within(tree, is_for_types):
            for target in imported(node):
                file = path.relative_to(PACKAGE).as_posix()
                yield Import(file, room_of(path), target, node in called)


def upward() -> list[Import]:
    return [i for i in imports() if i.target not in MAY_IMPORT[i.room]]


def test_every_room_is_in_the_table() -> None:
    assert {room_of(path) for path in PACKAGE.rglob("*.py")} <= MAY_IMPORT.keys()


def test_no_room_imports_upward_when_loaded() -> None:
    assert [i for i in upward() if not i.called] == []


def test_the_forwards_are_those_in_the_table() -> None:
    assert {(i.room, i.target) for i in upward() if i.called} == FORWARDS


# What only a case may name: the text under study, its years, its countries.
NAMES_OF_CASES = (
    r"\barticles?\b|eurasian|ukrain|russia|kazakh|belarus|armenia|kyrgyz"
    r"|[\"'](19|20)\d\d\b|\b(in|of|before|after|since) (19|20)\d\d\b|\b(19|20)\d\d-\d"
)
NOT_OF_CASES = r"from_article|documentclass.*"  # a method of the face, LaTeX's class of documents


def test_no_room_but_the_cases_names_an_article_a_year_or_a_country() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if room_of(path) not in {"cases", "__init__"}:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                rest = re.sub(NOT_OF_CASES, "", line)
                if match := re.search(NAMES_OF_CASES, rest, re.IGNORECASE):
                    found.append(f"{path.relative_to(PACKAGE)}:{number}: {match.group()}")
    assert found == []


def test_no_file_is_longer_than_one_reads_at_once() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in PACKAGE.rglob("*.py")}
    assert [(path.name, n) for path, n in lengths.items() if n > 450] == []
