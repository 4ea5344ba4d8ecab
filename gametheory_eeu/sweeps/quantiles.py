"""Quantiles of a game's quantities under priors on its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games.solvable import AbstractGame
from gametheory_eeu.sweeps.api import sweep
from gametheory_eeu.sweeps.design import Points
from gametheory_eeu.sweeps.priors import Priors, priors_of
from gametheory_eeu.sweeps.sampled_share import power_of_two, scramblings
from gametheory_eeu.sweeps.tiles import Array

if TYPE_CHECKING:
    from xarray import DataArray, Dataset

DRAW = "draw"
"""The dimension of the points drawn."""


def quantiles(
    subject: object,
    priors: object,
    *,
    q: object = (0.05, 0.25, 0.5, 0.75, 0.95),
    outputs: object = None,
    given: object = (),
    size: int = 2**13,
    rng: int = 0,
) -> Dataset:
    """The quantiles of each quantity, over a scrambled Sobol' sample of the parameters.

    Parameters
    ----------
    subject : game, Quantity, SymPy expression, or text
    priors : mapping of parameter to prior
        A pair ``(low, high)``, a frozen distribution of ``scipy.stats``, or one number.
    q : sequence of numbers between 0 and 1
    outputs : list of str, optional
        As in :func:`sweep`; of a game its quantities, unless given.
    given : conditions, optional
        The domain of an expression's symbols.
    size : int
        The number of points, a power of two.
    rng : int
        The seed.

    Returns
    -------
    xarray.Dataset
        Each quantity along ``quantile``, over the points in the domain at which it exists; and
        ``<name>_share``, the share of the points in the domain at which it does. Of truths, such
        as ``exists``, the share only.

    Raises
    ------
    GameTheoryError
        A parameter without a prior, no point in the domain.

    Examples
    --------
    >>> table = quantiles("x*y", {"x": (0, 1), "y": (1, 2)}, q=[0.5], size=1024)
    >>> round(float(table["value"][0]), 2)
    0.73
    >>> table = quantiles("sqrt(x)", {"x": (-1, 3)}, q=[0.5], size=1024)
    >>> float(table["value_share"])
    0.75
    """
    import xarray as xr

    levels = _levels(q)
    known = priors_of(priors)
    size = power_of_two("size", size, 2, 2**22)
    seed = arg.integer("rng", rng, 0, 2**63)
    if not known.symbols:
        raise ParameterError("priors", priors, "a distribution of at least one parameter")
    (uniform,) = scramblings(len(known.symbols), size, seed, 1)
    outputs = "quantities" if outputs is None and isinstance(subject, AbstractGame) else outputs
    table = drawn(subject, known, uniform, outputs, given)
    inside = table["inside"].values
    if not inside.any():
        raise GameTheoryError("no point of the priors lies in the domain")
    variables: dict[str, Any] = {}
    for name, variable in table.data_vars.items():
        if variable.dtype == np.float64:
            variables |= _of_values(str(name), variable, inside, levels)
        elif variable.dtype == bool and name != "inside":
            variables |= _of_truths(str(name), variable, inside)
    labels = {k: v for k, v in table.coords.items() if DRAW not in v.dims}
    about = {"long_name": "probability below"}
    attributes = {**table.attrs, "points": f"{size} of sobol, seed {seed}"}
    return xr.Dataset(variables, {"quantile": ("quantile", levels, about), **labels}, attributes)


def drawn(
    subject: object, priors: Priors, uniform: Array, outputs: object, given: object = ()
) -> Dataset:
    """A sweep over points of the unit cube, each parameter by its prior."""
    tile = priors.tile(uniform)
    points = Points({s.name: column.floats for s, column in tile.columns.items()}, DRAW)
    kept = {s.name: value for s, value in priors.values.items()}
    return sweep(subject, points, outputs=outputs, given=given, **kept)


def _levels(q: object) -> list[float]:
    entries = arg.sequence("q", [q] if isinstance(q, (int, float)) else q, "numbers from 0 to 1")
    levels = [exact(entry, "q") for entry in entries]
    if not levels or not all(v.is_number and 0 <= v <= 1 for v in levels):
        raise ParameterError("q", q, "numbers from 0 to 1, at least one")
    return [float(level) for level in levels]


def _of_values(
    name: str, variable: DataArray, inside: Array, levels: list[float]
) -> dict[str, Any]:
    values = np.moveaxis(variable.values, variable.dims.index(DRAW), -1)[..., inside]
    lead = tuple(d for d in variable.dims if d != DRAW)

    def of_existing(row: Array) -> Array:
        existing = row[~np.isnan(row)]
        return np.quantile(existing, levels) if existing.size else np.full(len(levels), np.nan)

    result = np.moveaxis(np.apply_along_axis(of_existing, -1, values), -1, 0)
    share = (~np.isnan(values)).mean(axis=-1)
    about = {"long_name": f"share of the points in the domain at which {name} exists"}
    return {
        name: (("quantile", *lead), result, dict(variable.attrs)),
        f"{name}_share": (lead, share, about),
    }


def _of_truths(name: str, variable: DataArray, inside: Array) -> dict[str, Any]:
    values = np.moveaxis(variable.values, variable.dims.index(DRAW), -1)[..., inside]
    lead = tuple(d for d in variable.dims if d != DRAW)
    about = {"long_name": f"share of the points in the domain: {variable.attrs['long_name']}"}
    return {f"{name}_share": (lead, values.mean(axis=-1), about)}
