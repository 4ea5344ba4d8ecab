"""Points and designs: which values of which parameters a sweep looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps.priors import uniform_between
from gametheory_eeu.sweeps.tiles import Array, Column

_GRID = "a list of numbers, an array of one dimension, a DataArray, or points(...)"
_METHODS = ("random", "sobol", "halton", "latin hypercube")


@dataclass(frozen=True, repr=False)
class Points(Picklable):
    """Values of several parameters that belong together, point by point.

    Parameters
    ----------
    columns : mapping of parameter to sequence of numbers
        All of one length.
    dimension : str
        The name of the dimension along which they lie.
    description : str
        How they were drawn.
    """

    columns: Mapping[str, Any]
    dimension: str = "point"
    description: str = "given"

    def __post_init__(self) -> None:
        arg.text("dimension", self.dimension)
        arg.text("description", self.description)
        names = arg.mapping("points", self.columns, "a mapping of parameter to values")
        columns = {name: _values(name, values) for name, values in names.items()}
        if not columns:
            raise ParameterError("points", {}, "at least one point")
        sizes = {name: len(values) for name, values in columns.items()}
        if len(set(sizes.values())) != 1:
            lengths = ", ".join(f"{name}: {size}" for name, size in sizes.items())
            raise ParameterError(
                "points", lengths, "as many values of each parameter as of the others"
            )
        object.__setattr__(self, "columns", FrozenMapping(columns))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __repr__(self) -> str:
        return f"<{len(self)} points of {', '.join(self.columns)} ({self.description})>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Points) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        columns = tuple((name, tuple(values)) for name, values in self.columns.items())
        return columns, self.dimension, self.description


def points(
    rows: object = None,
    /,
    *,
    method: str = "sobol",
    rng: object = 0,
    dimension: str = "point",
    **columns: object,
) -> Points:
    """Points of a parameter space for :func:`sweep`: given one by one, or drawn.

    Parameters
    ----------
    rows : list of mappings, mapping of columns, data frame, or int
        Points as they are; or how many to draw, each parameter then being a pair
        ``(low, high)``, drawn evenly, or a frozen distribution of ``scipy.stats``.
    method : {"sobol", "random", "halton", "latin hypercube"}
        Of drawing; all but ``"random"`` fill the space more evenly than chance would.
    rng : int or numpy.random.Generator
        The seed; one seed gives one sample.
    dimension : str
        The name of the dimension along which the points lie.
    **columns
        Parameters by name.

    Raises
    ------
    ParameterError
        Columns of different lengths, no point, no distribution.

    Examples
    --------
    >>> points([{"trust": 0.5, "stakes": 1}, {"trust": "2/3", "stakes": 2}])
    <2 points of trust, stakes (given)>
    >>> points(1000, trust=(0, 1), stakes=(1, 3), rng=7)
    <1000 points of trust, stakes (sobol, seed 7)>
    """
    if isinstance(rows, (int, np.integer)) and not isinstance(rows, bool):
        size = arg.integer("rows", int(rows), 1, 10**9)
        arg.one_of("method", method, _METHODS)
        if not columns:
            raise ParameterError("points", columns, "a range or a distribution of each parameter")
        if not isinstance(rng, np.random.Generator):
            rng = arg.integer("rng", rng, 0, 2**63)
        seed = f", seed {rng}" if isinstance(rng, int) else ""
        uniform = _uniform(method, len(columns), size, rng)
        drawn = {
            name: _quantiles(name, distribution, uniform[:, k])
            for k, (name, distribution) in enumerate(columns.items())
        }
        return Points(drawn, dimension, method + seed)
    return Points({**_columns(rows), **columns}, dimension)


def _columns(rows: Any) -> dict[str, Any]:
    if rows is None:
        return {}
    if isinstance(rows, Points):
        return dict(rows.columns)
    if hasattr(rows, "to_dict") and hasattr(rows, "columns"):
        return {str(name): rows[name].to_numpy() for name in rows.columns}
    if isinstance(rows, Mapping):
        return dict(rows)
    table = arg.sequence("points", rows, "a list of mappings, a mapping, a data frame, or a number")
    names: list[str] = []
    for row in table:
        keys = list(arg.mapping("points", row, "each a mapping of parameter to value"))
        names = names or keys
        if set(keys) != set(names):
            raise ParameterError("points", row, f"a value for each of {', '.join(names)}")
    return {name: [row[name] for row in table] for name in names}


def _uniform(method: str, dimensions: int, size: int, rng: Any) -> Array:
    """Points of the unit cube."""
    generator = np.random.default_rng(rng)
    if method == "random":
        return generator.random((size, dimensions))
    from scipy.stats import qmc

    engines = {"sobol": qmc.Sobol, "halton": qmc.Halton, "latin hypercube": qmc.LatinHypercube}
    engine = engines[method](dimensions, rng=generator)
    if method == "sobol":  # balanced only in powers of two: drawn whole, and cut
        return np.asarray(engine.random_base2(max(size - 1, 1).bit_length())[:size])
    return np.asarray(engine.random(size))


def _quantiles(name: str, distribution: Any, uniform: Array) -> Array:
    allowed = "a pair (low, high), or a frozen distribution of scipy.stats"
    if hasattr(distribution, "ppf") and hasattr(distribution, "args"):
        return np.asarray(distribution.ppf(uniform), dtype=float)
    return uniform_between(name, distribution, allowed).ppf(uniform)


def _values(name: str, values: Any) -> Any:
    """Numbers as an array of floats, or as they were given where they are not floats."""
    if isinstance(values, Points) or hasattr(values, "ppf"):
        raise ParameterError(name, values, _GRID)
    if isinstance(values, (str, bytes, Mapping, sp.Basic)) or not hasattr(values, "__iter__"):
        raise ParameterError(name, values, _GRID, "For one value, write it in a list")
    array = values if isinstance(values, np.ndarray) else _object_array(name, values)
    if array.ndim != 1:
        raise ParameterError(name, f"an array of shape {array.shape}", _GRID)
    if not array.size:
        raise ParameterError(name, [], "at least one value")
    if array.dtype.kind in "fiu":
        if not np.isfinite(array).all():
            place = int(np.argwhere(~np.isfinite(array))[0, 0])
            raise ParameterError(name, array[place], f"finite numbers (see place {place})")
        is_held = array.dtype.kind == "f" or abs(array).max() < 2**53
        if is_held and array.dtype.itemsize <= 8:
            return _read_only(array.astype(np.float64))
    return _read_only(_as_exact(name, array))


def _object_array(name: str, values: Any) -> Array:
    entries = arg.call(name, list, values)
    if any(hasattr(entry, "__iter__") and not isinstance(entry, (str, sp.Basic))
           for entry in entries):  # fmt: skip
        raise ParameterError(
            name, values, _GRID, "For one value of each member, sweep name.member, or points(...)"
        )
    if all(type(entry) in (int, float, np.float64) for entry in entries) and all(
        abs(entry) < 2**53 for entry in entries
    ):
        return np.array(entries, dtype=float)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array


def _as_exact(name: str, array: Array) -> Array:
    result = np.empty(len(array), dtype=object)
    for place, value in enumerate(array.tolist()):
        number = exact(value, name)
        if not number.is_number:
            raise ParameterError(name, value, "numbers: a symbol cannot be swept over")
        result[place] = number
    return result


def as_floats(array: Array) -> Array:
    """The nearest floats to exact numbers; infinite where they are beyond all floats."""
    with np.errstate(over="ignore"):
        return np.vectorize(float, otypes=[float])(array)  # type: ignore[no-any-return]


def _read_only(array: Array) -> Array:
    array = array.copy() if array.flags.writeable else array
    array.setflags(write=False)
    return array


@dataclass(frozen=True)
class Design(Picklable):
    """What a sweep varies: dimensions, and each parameter's values along some of them.

    Parameters
    ----------
    dimensions : mapping of name to size
    parameters : mapping of parameter to (dimensions, values)
    coordinates : mapping of name to (dimension, values)
        Of a DataArray's own, for dimensions that are no parameters.
    descriptions : mapping of dimension to text
        How the points along it were drawn.
    """

    dimensions: Mapping[str, int]
    parameters: Mapping[str, tuple[tuple[str, ...], Any]]
    coordinates: Mapping[str, tuple[str, Any]] = field(default_factory=FrozenMapping)
    descriptions: Mapping[str, str] = field(default_factory=FrozenMapping)

    @property
    def size(self) -> int:
        """The number of points."""
        return prod(self.dimensions.values())

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of points along each dimension."""
        return tuple(self.dimensions.values())

    def columns(self) -> dict[str, Column]:
        """Each parameter's values, spread over the dimensions."""
        result = {}
        for name, (dimensions, values) in self.parameters.items():
            order = [d for d in self.dimensions if d in dimensions]
            shape = [self.dimensions[d] if d in order else 1 for d in self.dimensions]
            axes = [dimensions.index(d) for d in order]
            array = np.ascontiguousarray(values.transpose(axes).reshape(shape))
            if array.dtype == object:
                result[name] = Column(as_floats(array), array)
            else:
                result[name] = Column(array)
        return result


class DesignReader:
    """Reader of grids, points and DataArrays as one design.

    Parameters
    ----------
    full_name : callable
        From a parameter's name or symbol, as a user wrote it, to its name.
    """

    def __init__(self, full_name: Any) -> None:
        self.full_name = full_name
        self.dimensions: dict[str, int] = {}
        self.parameters: dict[str, tuple[tuple[str, ...], Any]] = {}
        self.coordinates: dict[str, tuple[str, Any]] = {}
        self.descriptions: dict[str, str] = {}

    def read(self, designs: Sequence[object]) -> Design:
        """The design of some points and mappings of names to grids."""
        for design in designs:
            if isinstance(design, Points):
                self._add_points(design)
            else:
                allowed = "points(...), or a mapping of parameter to grid"
                for name, grid in arg.mapping("design", design, allowed).items():
                    self._add(arg.text("parameter", name), grid)
        self._check_coordinates()
        if not self.parameters:
            raise GameTheoryError(
                "nothing to sweep: name a parameter and its values, as in "
                "sweep(game, trust=[0.1, 0.5, 0.9])"
            )
        return Design(
            FrozenMapping(self.dimensions),
            FrozenMapping(self.parameters),
            FrozenMapping(self.coordinates),
            FrozenMapping(self.descriptions),
        )

    def _add_points(self, design: Points, prefix: str = "") -> None:
        dimension = prefix or design.dimension
        self._add_dimension(dimension, len(design))
        self.descriptions[dimension] = design.description
        for name, values in design.columns.items():
            full = f"{prefix}.{name}" if prefix else name
            self._add_parameter(full, (dimension,), values)

    def _add(self, name: str, grid: object) -> None:
        if isinstance(grid, Points):
            self._add_points(grid, self.full_name(name))
        elif hasattr(grid, "dims") and hasattr(grid, "coords"):
            self._add_labelled(name, grid)
        else:
            full = self.full_name(name)
            values = _values(full, grid)
            self._add_dimension(full, len(values))
            self._add_parameter(full, (full,), values)

    def _add_labelled(self, name: str, grid: Any) -> None:
        dimensions = tuple(map(str, grid.dims))
        values = np.asarray(grid.values)
        if not dimensions or len(set(dimensions)) < len(dimensions):
            allowed = "a DataArray with at least one dimension, each of its own name"
            raise ParameterError(name, f"one of the dimensions {dimensions}", allowed)
        flat = _values(name, values.ravel())
        for dimension, size in zip(dimensions, values.shape, strict=True):
            self._add_dimension(dimension, size)
            if dimension in grid.coords:
                self._add_coordinate(name, dimension, np.asarray(grid.coords[dimension]))
        self._add_parameter(name, dimensions, flat.reshape(values.shape))

    def _add_dimension(self, name: str, size: int) -> None:
        if self.dimensions.setdefault(name, size) != size:
            raise ParameterError(
                name, size, f"{self.dimensions[name]} values, as many as {name} has elsewhere"
            )

    def _add_coordinate(self, name: str, dimension: str, values: Array) -> None:
        _, known = self.coordinates.setdefault(dimension, (dimension, values))
        if not np.array_equal(known, values):
            raise ParameterError(
                name, f"a DataArray with {dimension} = {values.tolist()}",
                f"the labels that {dimension} has elsewhere, {known.tolist()}",
            )  # fmt: skip

    def _check_coordinates(self) -> None:
        """Refuse labels along a parameter's own dimension that are not its values."""
        for name, (dimension, labels) in self.coordinates.items():
            dimensions, values = self.parameters.get(name, ((dimension,), labels))
            if dimensions != (dimension,) or not np.array_equal(values, labels):
                raise ParameterError(
                    name, f"a DataArray with {name} = {labels.tolist()}",
                    "a dimension of another name, for these are not the values",
                )  # fmt: skip

    def _add_parameter(self, name: str, dimensions: tuple[str, ...], values: Any) -> None:
        full = self.full_name(name)
        if full in self.parameters:
            raise GameTheoryError(f"{full} is swept twice; give its values once")
        self.parameters[full] = dimensions, values
