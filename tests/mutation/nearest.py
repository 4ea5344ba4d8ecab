"""The tests nearest to a module: those that import it or bear its name, then those of its room."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE, TESTS = Path("gametheory_eeu"), Path("tests")
ROOMS = {
    "logic": ("unit/logic",),
    "solvers": ("unit/solvers", "unit/forms"),
    "statics": ("unit/statics",),
}
"""Where the tests of a room are; solvers are met through the forms of games."""


def nearest(module: Path) -> list[str]:
    """Test files in the order in which a fault is likely to fail them, and the module's doctests.

    By convention alone: first the files that import the module by its name, the smallest first,
    as they are about least else; then those named after it, or after a module that imports it;
    then the others of the room.
    """
    name = ".".join(module.with_suffix("").parts)
    direct = [file for file, imported in _imports(TESTS, "test_*.py").items() if name in imported]
    users = [u.stem for u, imported in _imports(PACKAGE, "*.py").items() if name in imported]
    named = [f for stem in (module.stem, *users) for f in TESTS.rglob(f"test_{stem}*.py")]
    room = [f for folder in ROOMS[module.parent.name] for f in (TESTS / folder).glob("test_*.py")]
    groups = (sorted(files, key=_size) for files in (direct, named, room))
    order = dict.fromkeys(file for files in groups for file in files)
    return [str(module), *map(str, order)]


def _size(file: Path) -> tuple[int, str]:
    return file.stat().st_size, file.name


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
