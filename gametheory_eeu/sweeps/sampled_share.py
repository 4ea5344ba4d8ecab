"""Quasi-Monte Carlo: shares of scrambled Sobol' points, with the error from replicates."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps.formulas import Signs, SignTable
from gametheory_eeu.sweeps.priors import Priors
from gametheory_eeu.sweeps.statements import Statement
from gametheory_eeu.sweeps.tiles import Array

REPLICATES = 16
"""Scramblings that are independent of each other, so that their spread is the error's measure."""


def power_of_two(name: str, value: object, least: int, most: int) -> int:
    """A number of points that Sobol's sequence fills evenly."""
    size = arg.integer(name, value, least, most)
    if size & (size - 1):
        raise ParameterError(name, value, "a power of two", f"Write {1 << size.bit_length()}")
    return size


def number(value: float) -> Expr:
    """A float as a SymPy number; a whole one exactly."""
    return sp.Integer(int(value)) if value == int(value) else sp.Float(float(value))


def scramblings(dimensions: int, size: int, seed: int, count: int = REPLICATES) -> Iterator[Array]:
    """Independently scrambled Sobol' points of the unit cube, each set of a size."""
    from scipy.stats import qmc

    for child in np.random.SeedSequence(seed).spawn(count):
        engine = qmc.Sobol(dimensions, rng=np.random.default_rng(child))
        points = np.asarray(engine.random_base2(size.bit_length() - 1))
        yield np.clip(points, 2.0**-53, 1 - 2.0**-53)  # an end has no quantile of its own


def sampled_share(
    statement: Statement, priors: Priors, size: int, seed: int
) -> tuple[float, float, float]:
    """The share of the points in the domain at which a condition holds.

    Parameters
    ----------
    statement : Statement
    priors : Priors
    size : int
        Points in all, over the replicates.
    seed : int

    Returns
    -------
    tuple of three floats
        The share, its standard error, and the share of all points that is in the domain.

    Raises
    ------
    GameTheoryError
        No point is in the domain.
    """
    table = SignTable()
    domain = table.formula(sp.And(*statement.domain, evaluate=False))
    holds = table.formula(statement.condition)
    whole = [table.whole(s) for s in priors.symbols if s.is_integer]
    each = size // REPLICATES
    counts = []
    for uniform in scramblings(len(priors.symbols), each, seed):
        signs = Signs(table, priors.tile(uniform))
        inside = np.broadcast_to(signs.truth(domain), (each,))
        for formula in whole:
            inside = inside & signs.truth(formula)
        counts.append((int(np.sum(inside & signs.truth(holds))), int(np.sum(inside))))
    held, inside_count = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    if not inside_count.sum():
        raise GameTheoryError(
            "no point of the priors lies in the domain; look at the domain's conditions: "
            + ", ".join(map(str, statement.domain))
        )
    share = held.sum() / inside_count.sum()
    spread = (held - share * inside_count).std(ddof=1) / np.sqrt(REPLICATES)
    error = max(spread / inside_count.mean(), 1 / inside_count.sum())
    return float(share), float(error), float(inside_count.sum() / size)
