"""The symbol table: one name, one symbol, one meaning, package-wide.

Parameters are the rows of ``vocabulary.csv``, in the order of the theory; here each is the
constant of its name: ``trust`` is ``TRUST``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import (
    COUNT,
    NON_NEGATIVE,
    POSITIVE,
    PROBABILITY,
    REAL,
    Parameter,
    Source,
    parse,
)
from gametheory_eeu.core import arguments as arg

_DOMAINS = {
    "real": REAL,
    "> 0": POSITIVE,
    ">= 0": NON_NEGATIVE,
    "> 1": sp.Interval.open(1, sp.oo),
    "[0, 1]": PROBABILITY,
    "(0, 1)": sp.Interval.open(0, 1),
    "[0, 1)": sp.Interval.Ropen(0, 1),
    "(0, 1]": sp.Interval.Lopen(0, 1),
    "whole > 0": COUNT,
    "whole >= 0": NON_NEGATIVE,
}


def each(parameter: Parameter) -> Parameter:
    """The same parameter, with one value for each member."""
    return replace(parameter, index="member")


def with_default(parameter: Parameter, default: Expr) -> Parameter:
    """The same parameter, derived from others (or a number) unless a game is told otherwise."""
    return replace(parameter, default=sp.sympify(default))


@arg.validate(name=arg.text, symbol=arg.text, meaning=arg.text)
def parameter(
    name: str,
    symbol: str,
    domain: str,
    meaning: str,
    unit: str = "payoff",
    source: Source | None = None,
) -> Parameter:
    """A parameter of a model's own, written as a row of the table is.

    Examples
    --------
    >>> row = parameter("war_cost", "c_A", "> 0", "A's cost of war")
    >>> row.symbol, row.domain_text
    (c_A, '> 0')
    """
    allowed = _DOMAINS[arg.one_of("domain", domain, _DOMAINS)]
    kind = "integer" if domain.startswith("whole") else "real"
    own = sp.Symbol(symbol, **{kind: True})
    return Parameter(name, own, allowed, meaning, unit, source or Source("M"))


def _parameters() -> Iterator[Parameter]:
    """The rows of the table; a default is a formula in the names of rows above it."""
    symbols: dict[str, Any] = {}
    text = Path(__file__).with_suffix(".csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        source = Source(row["mark"], row["reference"], row["note"])
        own = parameter(
            row["name"], row["symbol"], row["domain"], row["meaning"], row["unit"], source
        )
        symbols[own.name] = own.symbol
        default = parse(row["default"], symbols) if row["default"] else None
        yield replace(own, default=default, index=row["index"] or None)  # type: ignore[arg-type]


VOCABULARY: tuple[Parameter, ...] = tuple(_parameters())

globals().update({row.name.upper(): row for row in VOCABULARY})

if TYPE_CHECKING:

    def __getattr__(name: str) -> Parameter: ...
