"""Packages without which everything is still solved: they make it faster, or draw it."""

from __future__ import annotations

from functools import cache
from importlib import import_module


@cache
def is_installed(package: str) -> bool:
    """Whether a package can be imported."""
    try:
        import_module(package)
    except ImportError:
        return False
    return True
