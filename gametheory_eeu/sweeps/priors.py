"""Priors: independent distributions of parameters, and the numbers kept for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps.tiles import Array, Column, Tile

_ALLOWED = "a pair (low, high), a frozen distribution of scipy.stats, or one number, which is kept"


@dataclass(frozen=True)
class Uniform(Picklable):
    """A uniform distribution between two exact numbers."""

    low: Expr
    high: Expr

    @property
    def is_rational(self) -> bool:
        """Whether both ends are."""
        return isinstance(self.low, sp.Rational) and isinstance(self.high, sp.Rational)

    def ppf(self, uniform: Any) -> Array:
        """The quantiles at some probabilities."""
        low, high = float(self.low), float(self.high)
        return np.asarray(low + (high - low) * uniform)


@dataclass(frozen=True)
class Priors(Picklable):
    """What is known of some symbols: a distribution of each, or a number.

    Parameters
    ----------
    distributions : mapping of symbol to Uniform or frozen distribution
        They are independent.
    values : mapping of symbol to exact number
    labels : mapping of a symbol's name to str
        What the user called it.
    """

    distributions: Mapping[Symbol, Any]
    values: Mapping[Symbol, Expr]
    labels: Mapping[str, str] = FrozenMapping()

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols that vary, in order."""
        return tuple(self.distributions)

    @property
    def are_uniform(self) -> bool:
        """Whether every distribution is uniform between rational numbers."""
        return all(isinstance(d, Uniform) and d.is_rational for d in self.distributions.values())

    def label(self, symbol: Symbol) -> str:
        """What the user called a symbol."""
        return self.labels.get(symbol.name, symbol.name)

    def tile(self, uniform: Array) -> Tile:
        """The points of the unit cube, one a row, as points of the parameters."""
        columns = {
            symbol: Column(np.asarray(distribution.ppf(uniform[:, k]), dtype=float))
            for k, (symbol, distribution) in enumerate(self.distributions.items())
        }
        for symbol, column in columns.items():
            if not np.isfinite(column.floats).all():
                raise ParameterError(symbol.name, self.distributions[symbol], "finite quantiles")
        return Tile(columns)


def priors_of(given: object, names: Mapping[str, Symbol] | None = None) -> Priors:
    """The priors that a user's mapping stands for.

    Parameters
    ----------
    given : mapping of parameter or symbol to pair, frozen distribution or number
    names : mapping of str to symbol, optional
        The names that are known; without it a name is a real symbol of that name.

    Examples
    --------
    >>> priors_of({"x": (0, "1/2"), "y": 3}).values
    {y: 3}
    """
    distributions: dict[Symbol, Any] = {}
    values: dict[Symbol, Expr] = {}
    labels: dict[str, str] = {}
    for key, entry in arg.mapping("priors", given, f"a mapping of parameter to {_ALLOWED}").items():
        symbol = _symbol(key, names)
        if symbol in distributions or symbol in values:
            raise GameTheoryError(f"{symbol.name} has two priors; give it one")
        prior = _prior(symbol.name, entry)
        labels[symbol.name] = str(key)
        if isinstance(prior, sp.Expr):
            values[symbol] = prior
        else:
            distributions[symbol] = prior
            _check_whole(symbol, prior)
    return Priors(FrozenMapping(distributions), FrozenMapping(values), FrozenMapping(labels))


def _symbol(key: object, names: Mapping[str, Symbol] | None) -> Symbol:
    name = key.name if isinstance(key, sp.Symbol) else arg.text("parameter", key)
    if names is not None:
        return names[arg.one_of("parameter", name, names)]
    return key if isinstance(key, sp.Symbol) else sp.Symbol(name, real=True)


def _prior(name: str, entry: Any) -> Any:
    if hasattr(entry, "ppf") and hasattr(entry, "args") and hasattr(entry, "kwds"):
        return _frozen(name, entry)
    if isinstance(entry, (tuple, list)):
        return uniform_between(name, entry)
    if isinstance(entry, (Mapping, np.ndarray)):
        raise ParameterError(name, entry, _ALLOWED)
    value = exact(entry, name)
    if not value.is_number:
        raise ParameterError(name, entry, _ALLOWED)
    return value


def uniform_between(name: str, ends: Any, allowed: str = _ALLOWED) -> Uniform:
    """The uniform distribution that a pair (low, high) stands for."""
    if not isinstance(ends, (tuple, list)) or len(ends) != 2:
        raise ParameterError(name, ends, allowed)
    low, high = (exact(end, name) for end in ends)
    if not (low.is_number and high.is_number and low < high):
        raise ParameterError(name, ends, "a pair (low, high) with low < high")
    return Uniform(low, high)


def _frozen(name: str, entry: Any) -> Any:
    """A frozen distribution as it is; a uniform one with its ends read exactly."""
    median = arg.call(name, entry.ppf, 0.5)
    if np.shape(median) != () or not np.isfinite(median):
        raise ParameterError(name, entry, "a distribution of one real number, with a median")
    if getattr(getattr(entry, "dist", None), "name", "") != "uniform":
        return entry
    shape = dict(zip(("loc", "scale"), entry.args, strict=False)) | entry.kwds
    low = exact(shape.get("loc", 0), name)
    return Uniform(low, low + exact(shape.get("scale", 1), name))


def _check_whole(symbol: Symbol, prior: Any) -> None:
    is_discrete = hasattr(prior, "pmf")
    if symbol.is_integer and not is_discrete:
        raise ParameterError(
            symbol.name, prior, "a distribution of whole numbers",
            "Write scipy.stats.randint(low, high + 1), or one number",
        )  # fmt: skip
