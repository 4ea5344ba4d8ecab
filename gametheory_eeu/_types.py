"""Type aliases for SymPy objects, which have no type annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import sympy as sp

Expr: TypeAlias = Any
"""A SymPy expression (SymPy is untyped)."""
Boolean: TypeAlias = Any
"""A SymPy Boolean: a relation, And/Or/Not/Implies, or true/false."""
Symbol: TypeAlias = sp.Symbol
SetLike: TypeAlias = Any
"""A SymPy set, used as a parameter's domain."""
Point: TypeAlias = Mapping[Any, Any]
"""Symbols to exact values."""
