"""Storage of a sweep that is written as it comes, and goes on where it was stopped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from math import prod
from pathlib import Path
from shutil import disk_usage, rmtree
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps.regions import Grid, Region, WriteError, regions, results
from gametheory_eeu.sweeps.tiles import Array

if TYPE_CHECKING:
    from xarray import Dataset

_SUFFIXES = (".zarr", ".nc")
_OVERHEAD = 2**20
"""Bytes that a netCDF file may take beyond its arrays."""


def storage(path: Path, grid: Grid, step: Sequence[int]) -> Storage:
    """The storage at a path, by its suffix: ``.zarr`` or ``.nc``."""
    if path.suffix not in _SUFFIXES:
        raise ParameterError("out", str(path), "a path that ends in .zarr or .nc")
    kind = ZarrStorage if path.suffix == ".zarr" else NetcdfStorage
    return kind(path.absolute(), fingerprint(grid, step))


def fingerprint(grid: Grid, step: Sequence[int]) -> str:
    """A number that tells one sweep from any other, and one division into regions."""
    digest = sha256()
    for symbol, column in grid.columns.items():
        digest.update(symbol.name.encode())
        digest.update(column.floats.tobytes())
        if column.given is not None:
            digest.update(repr(column.given.tolist()).encode())
    plan = grid.plan
    variables = [(v.name, v.dimensions) for v in plan.variables]
    parts = (variables, plan.domain, dict(plan.truths), plan.entries, tuple(step), grid.shape)
    digest.update(repr(parts).encode())
    return digest.hexdigest()


@dataclass
class Storage:
    """Finished regions on disk, with a journal of which they are.

    Parameters
    ----------
    path : Path
    mark : str
        The sweep's fingerprint.
    """

    path: Path
    mark: str

    def journal(self, path: Path) -> Path:
        """The file that lists the finished regions of what is at a path."""
        raise NotImplementedError

    def done(self) -> list[Region] | None:
        """The regions that are finished; None where nothing was begun.

        Raises
        ------
        ParameterError
            What is at the path belongs to another sweep.
        """
        if not self.path.exists():
            return None
        journal = self.journal(self.path)
        if not journal.exists():
            raise ParameterError(
                "out", str(self.path), "a new path, or one at which this sweep was stopped"
            )
        record = json.loads(journal.read_text("utf-8"))
        if record["sweep"] != self.mark:
            raise ParameterError(
                "out", str(self.path), "a new path: another sweep, or other chunks, lie there"
            )
        return [tuple(slice(*ends) for ends in region) for region in record["done"]]

    def start(self, empty: Dataset) -> None:
        """Make room for the whole, under another name, so that a stop leaves nothing half made."""
        draft = self.path.with_name(f"{self.path.name}.draft")
        _remove(draft)
        try:
            self.create(draft, empty)
            self._record(self.journal(draft), ())
            draft.replace(self.path)
        finally:
            _remove(draft)

    def create(self, path: Path, empty: Dataset) -> None:
        """Write what is empty to a new path."""
        raise NotImplementedError

    def write(self, region: Region, part: Mapping[str, Array]) -> None:
        """Write one region."""
        raise NotImplementedError

    def record(self, done: Sequence[Region]) -> None:
        """Enter the finished regions in the journal, so that a stop leaves it whole."""
        self._record(self.journal(self.path), done)

    def _record(self, journal: Path, done: Sequence[Region]) -> None:
        ends = [[[s.start, s.stop] for s in region] for region in done]
        text = json.dumps({"sweep": self.mark, "done": ends})
        draft = journal.with_suffix(".tmp")
        draft.write_text(text, "utf-8")
        draft.replace(journal)

    def open(self) -> Dataset:
        """What is there, opened lazily."""
        raise NotImplementedError

    @contextmanager
    def token(self) -> Iterator[Path | None]:
        """A file by which a worker knows that it reaches this storage, while a sweep runs.

        None where only one process may write.
        """
        yield None


class ZarrStorage(Storage):
    """A Zarr store: a folder in which every chunk is a file of its own."""

    def journal(self, path: Path) -> Path:
        """The file that lists the finished regions of what is at a path."""
        return path / "sweep.json"

    def create(self, path: Path, empty: Dataset) -> None:
        """Write what is empty to a new path."""
        whole_numbers = (name for name, v in empty.data_vars.items() if v.dtype.kind == "i")
        encoding = {name: {"_FillValue": _EMPTY["i"]} for name in whole_numbers}
        empty.to_zarr(path, compute=False, encoding=encoding, zarr_format=2)

    def write(self, region: Region, part: Mapping[str, Array]) -> None:
        """Write one region."""
        import zarr

        store = zarr.open_group(self.path, mode="r+", use_consolidated=False)
        for name, values in part.items():
            target: Any = store[name]
            target[(*[slice(None)] * (values.ndim - len(region)), *region)] = values

    @contextmanager
    def token(self) -> Iterator[Path | None]:
        """A file by which a worker knows that it reaches this storage, while a sweep runs."""
        for old in self.path.glob("*.running"):  # of a process that was killed
            old.unlink(missing_ok=True)
        token = self.path / f"{uuid4().hex}.running"
        token.touch()
        try:
            yield token
        finally:
            token.unlink(missing_ok=True)

    def open(self) -> Dataset:
        """What is there, opened lazily."""
        import xarray as xr

        whole: Dataset = xr.open_zarr(self.path, mask_and_scale=False)
        for variable in whole.variables.values():
            variable.attrs.pop("_FillValue", None)  # what is empty is -1, and is read as it is
        return whole


class NetcdfStorage(Storage):
    """A netCDF file, closed after every region."""

    def journal(self, path: Path) -> Path:
        """The file that lists the finished regions of what is at a path."""
        return path.with_name(f"{self.path.name}.json")

    def create(self, path: Path, empty: Dataset) -> None:
        """Write what is empty to a new path."""
        _require_space(path, empty.nbytes + _OVERHEAD)
        empty.to_netcdf(path, engine="h5netcdf")

    def write(self, region: Region, part: Mapping[str, Array]) -> None:
        """Write one region."""
        import h5py

        with h5py.File(self.path, "r+") as file:
            for name, values in part.items():
                target = file[name]
                place = (*[slice(None)] * (values.ndim - len(region)), *region)
                target[place] = values.astype(target.dtype)

    def open(self) -> Dataset:
        """What is there, opened lazily."""
        import xarray as xr

        return xr.open_dataset(self.path, engine="h5netcdf", chunks={})


_EMPTY: Mapping[str, Any] = {"i": -1, "b": False, "f": np.nan}


def empty_arrays(grid: Grid, step: Sequence[int]) -> dict[str, Any]:
    """What stands where nothing is written yet, as dask arrays."""
    _require_storage_libraries()
    import dask.array as dask_array

    result = {}
    for variable in grid.plan.variables:
        lead = grid.plan.shape(variable)
        dtype = np.dtype(variable.dtype(grid.exact))
        result[variable.name] = dask_array.full(  # type: ignore[no-untyped-call]
            (*lead, *grid.shape), _EMPTY[dtype.kind], dtype=dtype, chunks=(*lead, *step)
        )
    return result


def run(
    target: Storage,
    grid: Grid,
    step: Sequence[int],
    label: Callable[[Mapping[str, Any]], Dataset],
    client: Any,
    advance: Callable[[int], object],
) -> Dataset:
    """Work out and write every region that is not there yet; the whole, opened lazily.

    Parameters
    ----------
    target : Storage
    grid : Grid
    step : tuple of int
        The shape of a region.
    label : callable
        From arrays to a labelled dataset.
    client : distributed.Client or None
    advance : callable
        Told how many more points are done.

    Raises
    ------
    GameTheoryError
        A disk that is full, or a file that cannot be written; what is finished is kept.
    """
    begun = target.done()
    done = begun or []
    try:
        if begun is None:
            target.start(label(empty_arrays(grid, step)))
        advance(sum(map(_size, done)))
        wanted = [r for r in regions(grid.shape, step) if r not in done]
        with target.token() as token:
            work = partial(_work_out, target, token)
            for region, part in results(work, grid, wanted, client):
                if part is not None:
                    target.write(region, part)
                done.append(region)
                target.record(done)
                advance(_size(region))
    except (OSError, WriteError) as error:
        kept = (
            f"{len(done)} parts are finished and kept, and the same call goes on from there"
            if done
            else "nothing is finished yet, and the same call begins again"
        )
        reason = getattr(error, "strerror", None) or error
        raise GameTheoryError(f"{target.path} could not be written ({reason}); {kept}") from error
    return target.open()


def _work_out(
    target: Storage, token: Path | None, part: Grid, region: Region
) -> dict[str, Array] | None:
    """Work out a part and write it, where the storage is in reach; else the arrays."""
    values = part.values()
    if token is None or not token.exists():
        return values
    try:
        target.write(region, values)
    except OSError as error:  # as the cluster's own errors are, too
        raise WriteError(error.strerror or str(error)) from error
    return None


def _size(region: Region) -> int:
    return prod(s.stop - s.start for s in region)


def _require_space(path: Path, size: int) -> None:
    """Refuse a file larger than its disk has room: HDF5 does not survive running out of it."""
    free = disk_usage(path.parent).free
    if free < size:
        raise OSError(
            ENOSPC, f"no space left: it takes {size / 1e6:,.1f} MB, {free / 1e6:,.1f} MB are free"
        )


def _remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir():
        rmtree(path)
    path.unlink(missing_ok=True)


def _require_storage_libraries() -> None:
    missing = [name for name in ("dask", "zarr", "h5netcdf") if find_spec(name) is None]
    if missing:
        raise GameTheoryError(
            f"out= needs {', '.join(missing)}; install by: pip install 'gametheory-eeu[sweep]'"
        )
