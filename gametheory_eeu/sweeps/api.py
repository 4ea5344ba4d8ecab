"""sweep: a game's readings over grids and samples of its parameters, as a labelled dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache, partial
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact as as_exact
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import GameTheoryError, ParameterError, TooLargeError
from gametheory_eeu.sweeps.design import Design, DesignReader, as_floats
from gametheory_eeu.sweeps.plan import Plan
from gametheory_eeu.sweeps.plan_builder import LABELS
from gametheory_eeu.sweeps.point_solutions import with_point_solutions
from gametheory_eeu.sweeps.regions import (
    PART,
    Grid,
    advancing,
    chunk_shape,
    lazy_arrays,
    part_values,
    read_arrays,
    regions,
    results,
    tile_shape,
)
from gametheory_eeu.sweeps.storage import run, storage
from gametheory_eeu.sweeps.targets import (
    SOLUTION_OUTPUTS,
    Itself,
    Target,
    plan_of,
    target_at,
    target_of,
)
from gametheory_eeu.sweeps.tiles import Array

if TYPE_CHECKING:
    from xarray import Coordinates, Dataset

MAX_EXACT = 100_000
MAX_BYTES = 8 * 2**30
"""The most that a dataset in memory may take."""


def sweep(  # noqa: PLR0913 - each is a choice of the user
    game: object,
    *designs: object,
    outputs: object = None,
    equilibria: object = None,
    concept: str | None = None,
    given: object = (),
    exact: bool = False,
    chunks: object = None,
    client: Any = None,
    out: object = None,
    progress: object = False,
    **grids: object,
) -> Dataset:
    """A game's quantities, equilibria and regimes at every point of a grid or a sample.

    Values are floats; every condition, such as whether an equilibrium exists, is decided exactly,
    for the exact numbers that were given: a float is its shortest decimal, as in ``game.at``.

    Parameters
    ----------
    game : game, Quantity, SymPy expression or condition, or text
        Of the library's whole argument, its chain of games after the shock.
    *designs : Points or mapping of parameter to grid
        What keywords cannot say, such as ``{"weights.North": [1, 2]}``.
    outputs : list of str, optional
        Of ``"exists"``, ``"regime"``, ``"payoff"``, ``"probability"``, ``"choice_value"``, the
        names of the game's quantities, and ``"quantities"`` for all of these; without it all.
    equilibria : list of str, optional
        The equilibria whose existence, payoffs and strategies are wanted, by name, in the
        game's order; without it all. ``regime`` tells of all.
    concept : str, optional
        The solution concept.
    given : conditions, optional
        The domain of an expression's symbols; a game has its own.
    exact : bool
        Whether values are Fractions too, or SymPy numbers where they are irrational.
    chunks : int or mapping of dimension to int, optional
        The size of the parts along each dimension; the result is then lazy, by dask.
    client : distributed.Client, optional
        Whose workers work the parts out.
    out : path, optional
        A ``.zarr`` or ``.nc`` file, written as the parts come. The same call, after it was
        stopped, goes on from there.
    progress : bool or callable
        Whether to show a bar; or a function of the points done and their number.
    **grids
        By parameter: numbers, along a dimension of the parameter's name; a DataArray, along its
        own dimensions; :func:`points`; or one number, which is kept.

    Returns
    -------
    xarray.Dataset
        A dimension for each grid. ``inside`` says where the point is in the domain, ``exists``
        which equilibria exist, ``regime`` the same as one whole number, a bit for each
        equilibrium. Where a value does not exist it is NaN, and for each quantity
        ``<name>_flag`` says why. Units, sources and versions are in the attributes.

    Raises
    ------
    GameTheoryError
        A parameter without a value, an unknown one, a grid that is none, too many points.

    Examples
    --------
    >>> from gametheory_eeu import CredibleCommitment
    >>> game = CredibleCommitment(membership_benefit=1, opportunist_restraint=0)
    >>> table = sweep(game, outputs="trust_threshold", encroachment_loss=[1, 3])
    >>> table.trust_threshold.values.tolist()
    [0.5, 0.75]
    >>> sweep("x**2 - y", x=[1, 2], y=[0, 1], exact=True)["value"].values.tolist()
    [[Fraction(1, 1), Fraction(0, 1)], [Fraction(4, 1), Fraction(3, 1)]]
    """
    arg.flag("exact", exact)
    names = None if outputs is None else _names(outputs, "outputs")
    varying, fixed = _without_scalars((*designs, grids))
    whole = target_of(game, concept, given)
    target = target_at(whole, FrozenMapping(fixed))
    design = DesignReader(whole.full_name).read(varying)
    for name in fixed:
        _refuse_twice(whole.plain_name(name), design.parameters)
    plan = plan_of(target, tuple(design.parameters), names)
    _check_names(plan, design)
    chosen = None if equilibria is None else _equilibria(plan, equilibria)
    if chosen is not None and "complete" not in plan.names:
        plan = _plan_of_equilibria(Itself(plan), chosen)
    if client is not None and not hasattr(client, "submit"):
        raise ParameterError("client", client, "a distributed.Client, or None")
    _check_size(plan, design, exact=exact, in_memory=chunks is None and out is None)
    wanted = SOLUTION_OUTPUTS if names is None else names
    grid = with_point_solutions(Grid.of(plan, design, exact), target.solve_at, wanted)
    if chosen is not None and "complete" in plan.names:
        grid = grid.of_equilibria(_plan_of_equilibria(Itself(grid.plan), chosen))
    plan = grid.plan
    if chunks is not None and client is None and out is None:
        step = chunk_shape(chunks, design)
        return dataset(target, plan, design, lazy_arrays(grid, step))
    with advancing(progress, design.size) as advance:
        if out is not None:
            step = _step(chunks, design)
            place = storage(arg.path("out", out), grid, step)
            label = partial(dataset, target, plan, design)
            return run(place, grid, step, label, client, advance)
        arrays = grid.arrays()
        if client is None:
            grid.fill(arrays, advance)
        else:
            _collect(grid, _step(chunks, design), client, arrays, advance)
    return dataset(target, plan, design, arrays)


def _step(chunks: object, design: Design) -> tuple[int, ...]:
    """The shape of a part; without chunks as many points as are soon done and not too small."""
    if chunks is not None:
        return chunk_shape(chunks, design)
    return tile_shape(design.shape, PART)


def _collect(
    grid: Grid,
    step: tuple[int, ...],
    client: Any,
    arrays: Mapping[str, Array],
    advance: Callable[[int], object],
) -> None:
    """Fill the arrays by a client's workers."""
    with TemporaryDirectory() as folder:
        token = Path(folder, "token")
        token.touch()
        work = partial(part_values, token)
        for region, part in results(work, grid, list(regions(grid.shape, step)), client):
            place: Any = (Ellipsis, *region)
            for name, values in read_arrays(part, arrays).items():
                arrays[name][place] = values
            advance(prod(s.stop - s.start for s in region))


def _without_scalars(designs: Sequence[object]) -> tuple[list[object], dict[str, Expr | str]]:
    """The grids of a design, and what is kept at one value."""
    fixed: dict[str, Expr | str] = {}
    varying: list[object] = []
    for design in designs:
        if not isinstance(design, Mapping):
            varying.append(design)
            continue
        scalars = {name: value for name, value in design.items() if _is_scalar(value)}
        for name, value in scalars.items():
            _refuse_twice(arg.text("parameter", name), fixed)
            fixed[name] = value if isinstance(value, str) else as_exact(value, name)
        varying.append({name: value for name, value in design.items() if name not in scalars})
    return varying, fixed


def _refuse_twice(name: str, known: Iterable[str]) -> None:
    if name in known:
        raise GameTheoryError(f"{name} is given twice; give one value, or one grid")


def _is_scalar(value: object) -> bool:
    """Whether a value is one number, and no grid."""
    return isinstance(value, (int, float, str, Fraction, Decimal, sp.Expr, np.number))


def _names(value: object, parameter: str) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else arg.texts(parameter, value)


def _equilibria(plan: Plan, names: object) -> tuple[str, ...]:
    """The names of equilibria."""
    if "equilibrium" not in plan.labels:
        raise ParameterError("equilibria", names, "None: there are no equilibria among the outputs")
    chosen = _names(names, "equilibria")
    if not chosen:
        raise ParameterError("equilibria", names, "the name of at least one equilibrium")
    return chosen


@lru_cache(maxsize=64)
def _plan_of_equilibria(plan: Itself[Plan], names: tuple[str, ...]) -> Plan:
    """A plan for some of the equilibria, in the game's order; made once."""
    known = plan.value.labels["equilibrium"]
    chosen = {arg.one_of("equilibrium", name, known) for name in names}
    return plan.value.of_equilibria([name for name in known if name in chosen])


def _check_names(plan: Plan, design: Design) -> None:
    """Refuse what is swept under the name of something in the result."""
    names = plan.names | plan.labels.keys() | {v.name for v, _ in plan.reason_flags}
    if "complete" in names:
        names |= LABELS  # points that are solved one by one may have any of them
    swept = (*design.parameters, *design.dimensions)
    if clash := next((name for name in swept if name in names), None):
        raise GameTheoryError(
            f"the result has a variable or a dimension {clash}; give the symbol, or the dimension "
            "of the points or of the DataArray, another name"
        )


def _check_size(plan: Plan, design: Design, *, exact: bool, in_memory: bool) -> None:
    if exact and design.size > MAX_EXACT:
        raise TooLargeError(
            f"{design.size} points are too many for exact=True (at most {MAX_EXACT}); leave it "
            "out: conditions are decided exactly all the same, and values are floats"
        )
    if exact and not in_memory:
        raise ParameterError("exact", True, "False with chunks= or out=: files hold floats")
    total = plan.point_bytes * design.size
    if in_memory and total > MAX_BYTES:
        raise TooLargeError(
            f"{design.size} points take {total / 2**30:.0f} GiB, {plan.point_bytes} bytes each; "
            "ask for fewer outputs=, or give chunks= or out="
        )


EXACT = "none: values are exact"
ROUNDED = (
    "conditions, existence, regimes and the choice among cases are exact; values are floats, "
    "whose rounding errors are not bounded: where large parts cancel, or a denominator almost "
    "vanishes, no digit may be right; exact=True works them out without rounding"
)


def dataset(target: Target, plan: Plan, design: Design, arrays: Mapping[str, Any]) -> Dataset:
    """The arrays with their labels."""
    import xarray as xr

    swept = tuple(design.dimensions)
    variables = {
        v.name: xr.Variable(
            (*v.dimensions, *swept), arrays[v.name], v.file_attributes(), None, True
        )
        for v in plan.variables
    }
    for v, flags in plan.reason_flags:
        variables[v.name] = xr.Variable(v.dimensions, flags.copy(), v.file_attributes(), None, True)
    coordinates = _coordinates(target, plan, design)
    about = _attributes(target, design)
    kinds = {arrays[v.name].dtype == object for v in plan.variables if v.kind == "value"}
    if kinds:
        about["rounding"] = EXACT if True in kinds else ROUNDED
    return xr.Dataset(variables, coordinates, about)


def _coordinates(target: Target, plan: Plan, design: Design) -> Coordinates:
    """The labels of a plan and the values of a design."""
    import xarray as xr

    labels = _label_coordinates(tuple(plan.labels.items()))
    variables = {name: xr.Variable(*rest) for name, rest in design.coordinates.items()}
    for name, (dimensions, values) in design.parameters.items():
        floats = values if values.dtype != object else as_floats(values)
        variables[name] = xr.Variable(dimensions, floats, _about(target, name))
    indexed = xr.Coordinates({name: v for name, v in variables.items() if v.dims == (name,)})
    return xr.Coordinates(
        {**labels.variables, **variables, **indexed.variables},
        {**labels.xindexes, **indexed.xindexes},
    )


@lru_cache(maxsize=64)
def _label_coordinates(labels: tuple[tuple[str, tuple[str, ...]], ...]) -> Coordinates:
    """The labels of equilibria, players and actions, whose indexes are made once."""
    import xarray as xr

    return xr.Coordinates({name: list(values) for name, values in labels})


def _about(target: Target, name: str) -> dict[str, str]:
    row = target.parameter(name)
    if row is None:
        return {"long_name": name}
    return {
        "long_name": row.meaning,
        "units": row.unit,
        "symbol": row.symbol.name,
        "source": str(row.source),
    }


def _attributes(target: Target, design: Design) -> dict[str, str]:
    result = dict(target.attributes)
    if design.descriptions:
        drawn = (f"{name}: {text}" for name, text in design.descriptions.items())
        result["points"] = "; ".join(drawn)
    return {**result, "versions": _versions()}


@cache
def _versions() -> str:
    import scipy
    import sympy
    import xarray

    import gametheory_eeu

    modules = (gametheory_eeu, np, scipy, sympy, xarray)
    return ", ".join(f"{module.__name__} {module.__version__}" for module in modules)
