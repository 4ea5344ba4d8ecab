"""Constructors of the vocabulary's parameters."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Source

SHARE = sp.Interval.open(0, 1)


def real_symbol(name: str) -> Symbol:
    """A real symbol; its sign belongs to the space."""
    return sp.Symbol(name, real=True)


def model(note: str = "") -> Source:
    """A modelling choice of this project."""
    return Source("M", note=note)


def each(parameter: Parameter) -> Parameter:
    """The same parameter, with one value for each member."""
    return replace(parameter, index="member")


def with_default(parameter: Parameter, default: Expr) -> Parameter:
    """The same parameter, derived from others (or a number) unless a game is told otherwise."""
    return Parameter(
        parameter.name,
        parameter.symbol,
        parameter.domain,
        parameter.meaning,
        parameter.unit,
        parameter.source,
        sp.sympify(default),
        parameter.index,
    )
