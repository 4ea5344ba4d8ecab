"""The tests nearest to a module: those that import it, then those of its room."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

TESTS = Path("tests")
ROOMS = {
    "logic": ("unit/logic",),
    "solvers": ("unit/solvers", "unit/forms"),
    "statics": ("unit/statics",),
}
"""Where the tests of a room are; solvers are met through the forms of games."""


def nearest(module: Path) -> list[str]:
    """Test files in the order in which a fault is likely to fail them, and the module's doctests.

    By convention alone: first the files that import the module by its name, the smallest first,
    as they are about least else; then the others of the room.
    """
    name = ".".join(module.with_suffix("").parts)
    direct = [file for file, imported in _imports().items() if name in imported]
    room = [f for folder in ROOMS[module.parent.name] for f in (TESTS / folder).glob("test_*.py")]
    order = sorted(direct, key=_size) + sorted(set(room) - set(direct), key=_size)
    return [str(module), *map(str, order)]


def _size(file: Path) -> tuple[int, str]:
    return file.stat().st_size, file.name


@cache
def _imports() -> dict[Path, set[str]]:
    """What each test file imports of the library, as dotted names."""
    return {file: _imported(file) for file in sorted(TESTS.rglob("test_*.py"))}


def _imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


__all__ = ["nearest"]
