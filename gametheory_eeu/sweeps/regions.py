"""Regions of a sweep: each worked out on its own, here, lazily or by the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from uuid import uuid4

import numpy as np

from gametheory_eeu._types import Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps.design import Design
from gametheory_eeu.sweeps.plan import Plan
from gametheory_eeu.sweeps.tiles import Array, Column, Tile

BLOCK = 131_072
"""Points in a tile: its arrays fit into a processor's caches, and outweigh the calls on them."""

PART = 1_000_000
"""Points in a part that is sent to a worker or written to a file."""

Region: TypeAlias = tuple[slice, ...]


T = TypeVar("T")


class WriteError(Exception):
    """A file could not be written, by this process or by a worker."""


@dataclass(frozen=True)
class Grid(Picklable):
    """A plan and the columns of a design, or of one region of it.

    Parameters
    ----------
    plan : Plan
    columns : mapping of symbol to Column
    shape : tuple of int
    exact : bool
    solved : mapping of place to (mapping of variable to values)
        What was worked out beforehand, where the plan's conditions end.
    """

    plan: Plan
    columns: Mapping[Symbol, Column]
    shape: tuple[int, ...]
    exact: bool = False
    solved: Mapping[tuple[int, ...], Mapping[str, Array]] = FrozenMapping()

    @classmethod
    def of(cls, plan: Plan, design: Design, exact: bool) -> Grid:
        """The whole of a design."""
        columns = {plan.symbols[name]: column for name, column in design.columns().items()}
        return cls(plan, columns, design.shape, exact)

    def of_equilibria(self, plan: Plan) -> Grid:
        """The same for a plan of some of the equilibria."""
        known = self.plan.labels["equilibrium"]
        chosen = [known.index(name) for name in plan.labels["equilibrium"]]
        solved = {
            place: FrozenMapping({
                name: value[chosen] if name in plan.tables else value
                for name, value in values.items()
            })
            for place, values in self.solved.items()
        }  # fmt: skip
        return replace(self, plan=plan, solved=FrozenMapping(solved))

    @cached_property
    def tile(self) -> Tile:
        """All of it as one tile."""
        return Tile(self.columns)

    def part(self, region: Region) -> Grid:
        """The part in a region."""
        shape = tuple(s.stop - s.start for s in region)
        if shape == self.shape:
            return self
        columns = {symbol: column.part(region) for symbol, column in self.columns.items()}
        solved = {
            tuple(k - s.start for k, s in zip(place, region, strict=True)): values
            for place, values in self.solved.items()
            if all(s.start <= k < s.stop for k, s in zip(place, region, strict=True))
        }
        return Grid(self.plan, columns, shape, self.exact, FrozenMapping(solved))

    def arrays(self) -> dict[str, Array]:
        """The arrays of every variable, empty."""
        return self.plan.arrays(self.shape, self.exact)

    def fill(self, arrays: Mapping[str, Array], advance: Callable[[int], object]) -> None:
        """Fill the arrays tile by tile; ``advance`` is told how many points are done."""
        fill = self.plan.fill_exactly if self.exact else self.plan.fill
        for region in regions(self.shape, tile_shape(self.shape)):
            part = self.part(region)
            place: Any = (Ellipsis, *region)
            parts = {name: array[place] for name, array in arrays.items()}
            fill(part.tile, parts)
            part.enter_solved(parts)
            advance(prod(part.shape))

    def enter_solved(self, arrays: Mapping[str, Array]) -> None:
        """Enter what was worked out beforehand."""
        for point, values in self.solved.items():
            place: Any = (Ellipsis, *point)
            for name, value in values.items():
                arrays[name][place] = value

    def values(self) -> dict[str, Array]:
        """The arrays of every variable."""
        arrays = self.arrays()
        self.fill(arrays, lambda _: None)
        return arrays


def tile_shape(shape: Sequence[int], size_limit: int = BLOCK) -> tuple[int, ...]:
    """The shape of a tile: whole along the last dimensions, as far as its size allows."""
    left, result = size_limit, []
    for size in reversed(tuple(shape)):
        step = max(1, min(size, left))
        result.append(step)
        left //= step
    return tuple(reversed(result))


def regions(shape: Sequence[int], step: Sequence[int]) -> Iterator[Region]:
    """The rectangular regions of at most some shape that make up an array, in order."""
    counts = [-(-size // length) for size, length in zip(shape, step, strict=True)]
    for index in np.ndindex(*counts):
        yield tuple(
            slice(i * length, min((i + 1) * length, size))
            for i, length, size in zip(index, step, shape, strict=True)
        )


def chunk_shape(chunks: object, design: Design) -> tuple[int, ...]:
    """The shape of a chunk, from a number for every dimension or a mapping of some."""
    allowed = "a number of points, or a mapping of dimension to number"
    if isinstance(chunks, int) and not isinstance(chunks, bool):
        sizes = dict.fromkeys(design.dimensions, chunks)
    elif isinstance(chunks, Mapping):
        sizes = dict(chunks)
        if unknown := [name for name in sizes if name not in design.dimensions]:
            names = ", ".join(design.dimensions)
            raise ParameterError("chunks", chunks, f"some of {names}", f"{unknown[0]} is none")
    else:
        raise ParameterError("chunks", chunks, allowed)
    lengths: list[Any] = list(sizes.values())
    if not all(isinstance(n, int) and n > 0 for n in lengths):
        raise ParameterError("chunks", chunks, allowed)
    return tuple(min(sizes.get(name, size), size) for name, size in design.dimensions.items())


def lazy_arrays(grid: Grid, step: Sequence[int]) -> dict[str, Any]:
    """The arrays of every variable as dask arrays, a task for each region."""
    dask, dask_array = _dask()
    places = list(regions(grid.shape, step))
    parts = [dask.delayed(grid.part(region).values, traverse=False)() for region in places]
    result = {}
    for variable in grid.plan.variables:
        lead = grid.plan.shape(variable)
        dtype = variable.dtype(grid.exact)
        blocks = np.empty([-(-n // s) for n, s in zip(grid.shape, step, strict=True)], dtype=object)
        for place, (region, part) in zip(
            np.ndindex(*blocks.shape), zip(places, parts, strict=True), strict=True
        ):
            shape = (*lead, *(s.stop - s.start for s in region))
            blocks[place] = dask_array.from_delayed(part[variable.name], shape, dtype)
        result[variable.name] = dask_array.block(blocks.tolist())
    return result


def part_values(token: Path, part: Grid, _region: Region) -> dict[str, Array] | Path:
    """The arrays of a part: in a file beside a token, where a worker sees it; else themselves.

    What travels through a scheduler takes as long as most points take to work out.
    """
    values = part.values()
    if part.exact or not token.exists():
        return values
    path = token.with_name(f"{uuid4().hex}.arrays")
    try:
        with path.open("wb") as file:
            for array in values.values():
                np.save(file, array, allow_pickle=False)
    except OSError:  # no room: the arrays travel
        path.unlink(missing_ok=True)
        return values
    return path


def read_arrays(part: dict[str, Array] | Path, names: Iterable[str]) -> dict[str, Array]:
    """The arrays that :func:`part_values` gave, and no file any more."""
    if isinstance(part, dict):
        return part
    with part.open("rb") as file:
        arrays = {name: np.load(file, allow_pickle=False) for name in names}
    part.unlink()
    return arrays


def results(
    work: Callable[[Grid, Region], T], grid: Grid, wanted: Sequence[Region], client: Any
) -> Iterator[tuple[Region, T]]:
    """The results of some regions as they are finished, by a client's workers or here.

    Parameters
    ----------
    work : callable
        From the grid's part in a region, and the region, to a result.
    grid : Grid
    wanted : sequence of Region
    client : distributed.Client or None

    Raises
    ------
    GameTheoryError
        A worker that was lost more often than the cluster allows.
    WriteError
        What ``work`` raises of it.
    """
    if client is None:
        for region in wanted:
            yield region, work(grid.part(region), region)
        return
    from distributed import as_completed

    plan = client.submit(_plan_on_worker, grid.plan, pure=False)  # travels once, and comes again
    waiting = iter(wanted)
    pending: dict[Any, Region] = {}
    running: Any = as_completed([])  # type: ignore[no-untyped-call]

    def submit() -> None:
        """Give the client one more region, if one is left."""
        region = next(waiting, None)
        if region is not None:
            part = grid.part(region)
            bare = (part.columns, part.shape, part.exact, part.solved)
            future = client.submit(_work_on_worker, work, plan, bare, region, pure=False)
            pending[future] = region
            running.add(future)

    for _ in range(2 * sum(client.nthreads().values()) or 2):
        submit()
    for future in running:
        region = pending.pop(future)
        try:
            result = future.result()
        except (GameTheoryError, WriteError):
            raise
        except Exception as error:
            raise GameTheoryError(
                f"the cluster gave up on a part of the sweep ({type(error).__name__}: {error}); "
                "where out= was given what is finished is kept, and the same call goes on"
            ) from error
        submit()
        yield region, result


def _plan_on_worker(plan: Plan) -> Plan:
    """A plan, unpacked and compiled once in a worker, again only where it was lost with one."""
    return plan


def _work_on_worker(
    work: Callable[[Grid, Region], T], plan: Plan, bare: tuple[Any, ...], region: Region
) -> T:
    return work(Grid(plan, *bare), region)


def _dask() -> tuple[Any, Any]:
    try:
        import dask
        import dask.array
    except ImportError:
        raise GameTheoryError(
            "chunks= needs dask; install it by: pip install 'gametheory-eeu[sweep]'"
        ) from None
    return dask, dask.array


@contextmanager
def advancing(progress: object, total: int) -> Iterator[Callable[[int], object]]:
    """A function that is told how many more points are done.

    Parameters
    ----------
    progress : bool or callable
        Whether to show a bar on the terminal; or what is called with the points done, and all.
    total : int
    """
    if callable(progress) and not isinstance(progress, type):
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            arg.call("progress", progress, done, total)

        yield advance
    elif arg.flag("progress", progress):
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("sweep", total=total)
            yield lambda count: bar.advance(task, count)
    else:
        yield lambda _: None
