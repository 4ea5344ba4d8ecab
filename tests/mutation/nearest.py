"""The tests nearest to a module: those that import it or bear its name, then those of its room."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE, TESTS = Path("gametheory_eeu"), Path("tests")
ROOMS = {
    "prover": ("unit/prover",),
    "solvers": ("unit/solvers", "unit/forms"),
    "statics": ("unit/statics",),
}
"""Where the tests of a room are; solvers are met through the forms of games."""


def nearest(module: Path) -> list[str]:
    """Test files in the order in which a fault is likely to fail them, and the module's doctests.

    By convention alone: first its own file, then the files that import the module or what it makes
    public, then those named after it or after a module that imports it, itself or through one
    other, then the others of the room; of each the unit tests first and then the smallest, which
    are about least else.
    """
    names = _names(module)
    direct = [f for f, imported in _imports(TESTS, "test_*.py").items() if names & imported]
    users = _users(module)
    room = [f for folder in ROOMS[module.parent.name] for f in (TESTS / folder).glob("test_*.py")]
    place = (module.parent.name, f"test_{module.stem}")
    own = [f for f in direct if (f.parent.name, f.stem) == place]
    far = [v for u in users for v in _users(u)]
    groups = (own, direct, _named(module, *users), _named(*far), room)
    order = dict.fromkeys(file for files in groups for file in sorted(files, key=_order))
    return [str(module), *(str(file) for file in order if "benchmarks" not in file.parts)]


@cache
def _users(module: Path) -> list[Path]:
    """The modules that import a module."""
    names = _names(module)
    return [user for user, imported in _imports(PACKAGE, "*.py").items() if names & imported]


def _named(*modules: Path) -> list[Path]:
    """The tests named after one of the modules, or after a part of its name from the start."""
    files = _imports(TESTS, "test_*.py")
    stems = {module.stem.lstrip("_") for module in modules}
    return [f for f in files if any(_is_named(f.stem.removeprefix("test_"), s) for s in stems)]


def _is_named(test: str, stem: str) -> bool:
    return f"{test}_".startswith(f"{stem}_") or f"{stem}_".startswith(f"{test}_")


@cache
def _names(module: Path) -> set[str]:
    """By what the module is imported: its own name, or its public names from its room."""
    texts: list[str] = []
    for node in ast.parse(module.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            texts += ast.literal_eval(node.value)
    room = ".".join(module.parent.parts)
    public = texts if module.stem != "__init__" else []
    return {f"{room}.{module.stem}", *(f"{room}.{text}" for text in public)}


def _order(file: Path) -> tuple[bool, int, str]:
    return "unit" not in file.parts, file.stat().st_size, file.name


@cache
def _imports(folder: Path, pattern: str) -> dict[Path, set[str]]:
    """What each file imports of the library, as dotted names."""
    return {file: _imported(file) for file in sorted(folder.rglob(pattern))}


def _imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


__all__ = ["nearest"]
