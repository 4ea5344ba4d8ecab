"""Packages without which everything is still solved: they make it faster, or draw it."""

from __future__ import annotations

from functools import cache
from importlib import import_module


@cache
def is_installed(package: str) -> bool:
    """Whether a package can be imported.

    Examples
    --------
    >>> is_installed("sympy"), is_installed("no_such_package")
    (True, False)
    """
    try:
        import_module(package)
    except ImportError:
        return False
    return True
