"""Values that no one means: each may be refused by name, or mean something; it may not crash."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

import numpy as np
import pandas as pd
import sympy as sp

import gametheory_eeu as eeu


class Hostile:
    """A value that cannot be shown."""

    def __repr__(self) -> NoReturn:
        raise RuntimeError("it does not show itself")

    __str__ = __repr__


class HostileText(str):
    """Text that cannot be shown."""

    __slots__ = ()

    def __repr__(self) -> NoReturn:
        raise RuntimeError("it does not show itself")


def nested(depth: int) -> list[object]:
    """A list in a list in a list …"""
    found: list[object] = []
    for _ in range(depth):
        found = [found]
    return found


def numbers() -> Iterator[int]:
    """A generator of two numbers."""
    yield from (1, 2)


SMALL = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]])
TREE = eeu.ExtensiveForm.builder("1").move("1", ["L", "R"]).payoffs("*", 1).build()

ODD: dict[str, Callable[[], object]] = {
    "None": lambda: None,
    "True": lambda: True,
    "zero": lambda: 0,
    "negative": lambda: -1,
    "number": lambda: 1e308,
    "half": lambda: 0.5,
    "NaN": lambda: float("nan"),
    "infinity": lambda: float("inf"),
    "complex": lambda: 1j,
    "huge": lambda: 10**5000,
    "negative huge": lambda: -(10**5000),
    "sys.maxsize": lambda: sys.maxsize,
    "Fraction": lambda: Fraction(1, 3),
    "Decimal NaN": lambda: Decimal("sNaN"),
    "NumPy number": lambda: np.float32(0.1),
    "NumPy bool": lambda: np.bool_(False),
    "array": lambda: np.array([1.0, 2.0]),
    "empty array": lambda: np.array([]),
    "big array": lambda: np.zeros((300, 300)),
    "array of objects": lambda: np.array([None, "x"], dtype=object),
    "array without axes": lambda: np.array(1),
    "frame": lambda: pd.DataFrame({"a": [1, 2], "b": [3, 4]}),
    "series": lambda: pd.Series([1, 2]),
    "empty text": lambda: "",
    "blank": lambda: " ",
    "text": lambda: "no such name",
    "odd text": lambda: "a'b\"c\\\n\0`(",
    "surrogate": lambda: "\ud800",
    "long text": lambda: "x" * 100_000,
    "hostile text": lambda: HostileText("x"),
    "bytes": lambda: b"x",
    "list": list,
    "tuple": lambda: (),
    "dict": dict,
    "set": lambda: {1, 2},
    "list of None": lambda: [None],
    "list of lists": lambda: [[1, 2], [3]],
    "deep": lambda: nested(3000),
    "dict of None": lambda: {None: None},
    "dict of text": lambda: {"x": "y"},
    "dict of lists": lambda: {(1, 2): [3]},
    "lambda": lambda: lambda *_: None,
    "generator": numbers,
    "object": object,
    "hostile": Hostile,
    "hostile list": lambda: [Hostile()],
    "type": lambda: int,
    "module": lambda: sys,
    "normal form": lambda: SMALL,
    "tree": lambda: TREE,
    "solution": SMALL.solve,
    "error": lambda: ValueError("x"),
    "symbol": lambda: sp.Symbol("x"),
    "not real": lambda: sp.Symbol("z", imaginary=True),
    "expression": lambda: sp.Symbol("x", real=True) ** 2 + 1,
    "relation": lambda: sp.Symbol("x", real=True) > 0,
    "false": lambda: sp.false,
    "not a number": lambda: sp.nan,
    "SymPy infinity": lambda: sp.oo,
    "huge SymPy number": lambda: sp.Integer(10) ** 5000,
    "function": lambda: sp.Function("f")(sp.Symbol("x", real=True)),
    "matrix": lambda: sp.Matrix([[1, 2], [3, 4]]),
    "interval": lambda: sp.Interval(0, 1),
}
