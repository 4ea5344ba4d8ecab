"""Sweeps in parts: lazily, by workers, into files, stopped and gone on with."""

from collections.abc import Iterator
from contextlib import ExitStack, nullcontext, suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sympy as sp
import xarray as xr

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps import __main__ as command_line
from gametheory_eeu.sweeps import regions, storage, targets
from gametheory_eeu.sweeps.tiles import Column

pytest.importorskip("dask")

GAME = eeu.CredibleCommitment(opportunist_restraint=0, r=2, g=3, v=1)
GRIDS: dict[str, Any] = {
    "trust": np.linspace(0, 1, 61),
    "encroachment_loss": np.linspace(0.1, 3, 41),
    "membership_benefit": [1, "7/3"],
}
PARTS = {"trust": 20}


@pytest.fixture(scope="module")
def whole() -> Any:
    return eeu.sweep(GAME, **GRIDS)


def stop_after(count: int) -> Any:
    seen: list[int] = []

    def progress(done: int, total: int) -> None:
        seen.append(done)
        if len(seen) > count:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("chunks", [PARTS, 7, {"encroachment_loss": 1, "trust": 61}],
                         ids=["by one", "number", "thin"])  # fmt: skip
def test_parts_are_equal_to_the_bit(whole: xr.Dataset, chunks: Any) -> None:
    lazy = eeu.sweep(GAME, chunks=chunks, **GRIDS)
    assert lazy.exists.chunks is not None
    xr.testing.assert_identical(lazy.compute(scheduler="threads"), whole)


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_tiles_are_equal_to_the_bit(
    whole: xr.Dataset, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {**GRIDS, "trust": GRIDS["trust"][:3]}
    monkeypatch.setattr(regions, "tile_shape", lambda shape: (1,) * (len(shape) - 1) + (block,))
    xr.testing.assert_identical(eeu.sweep(GAME, **few), whole.isel(trust=slice(3)))


def test_parts_of_any_function_are_equal_to_the_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy takes other paths through short and strided arrays than through long ones."""
    x, y = sp.symbols("x y", positive=True)
    functions = [sp.exp(x) * y, sp.log(x + 3) / y, x**y, sp.erfinv(x / 10) - sp.sin(y)]
    rng = np.random.default_rng(0)
    values = {"x": rng.uniform(0.1, 3, 37), "y": rng.uniform(0.1, 3, 29)}
    strided = {"x": xr.DataArray(np.repeat(values["x"][np.newaxis], 29, axis=0), dims=("b", "a")),
               "y": xr.DataArray(values["y"], dims="b")}  # fmt: skip
    whole = [eeu.sweep(f, **values)["value"].values for f in functions]
    for f, expected in zip(functions, whole, strict=True):
        lazy = eeu.sweep(f, chunks={"x": 20, "y": 5}, **values)
        np.testing.assert_array_equal(lazy["value"].values, expected)
        np.testing.assert_array_equal(eeu.sweep(f, **strided)["value"].values.T, expected)
    monkeypatch.setattr(regions, "tile_shape", lambda _: (1, 7))
    for f, expected in zip(functions, whole, strict=True):
        np.testing.assert_array_equal(eeu.sweep(f, **values)["value"].values, expected)


@pytest.mark.parametrize("suffix", [".zarr", ".nc"])
def test_a_sweep_that_is_stopped_at_its_start_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    sweep = partial(eeu.sweep, "x**2", x=np.arange(4), chunks=2, out=tmp_path / f"a{suffix}")
    kind = storage.ZarrStorage if suffix == ".zarr" else storage.NetcdfStorage
    create = kind.create

    def stopped(*arguments: Any) -> None:
        create(*arguments)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kind, "create", stopped)
    with pytest.raises(GameTheoryError, match="the same call begins again"):
        sweep()
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    with pytest.raises(KeyboardInterrupt):
        sweep(progress=stop_after(0))
    with sweep() as table:
        assert table["value"].values.tolist() == [0, 1, 4, 9]


def test_a_file_that_the_disk_has_no_room_for_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "disk_usage", lambda _: SimpleNamespace(free=2**20))
    with pytest.raises(GameTheoryError, match=r"takes 1\.2 MB, 1\.0 MB are free"):
        eeu.sweep("x**2", x=np.arange(10_000), out=tmp_path / "a.nc")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".zarr", ".nc"])
def test_a_stopped_sweep_goes_on_where_it_was(
    whole: xr.Dataset, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"sweep{suffix}"
    with pytest.raises(KeyboardInterrupt):
        eeu.sweep(GAME, chunks=PARTS, out=out, progress=stop_after(2), **GRIDS)
    opened = xr.open_zarr(out) if suffix == ".zarr" else xr.open_dataset(out, engine="h5netcdf")
    with opened as partial:
        np.testing.assert_array_equal(
            partial.joining_payoff.values[:40], whole.joining_payoff.values[:40]
        )
        assert np.isnan(partial.joining_payoff.values[40:]).all()
        assert not partial.inside.values[40:].any()
    done: list[int] = []
    with eeu.sweep(
        GAME, chunks=PARTS, out=out, progress=lambda n, _: done.append(n), **GRIDS
    ) as written:
        assert done == [40 * 82, 60 * 82, 61 * 82]
        for name in whole.variables:
            np.testing.assert_array_equal(written[name].values, whole[name].values)
        assert written.attrs == whole.attrs
        assert written.trust_threshold.attrs["symbol"] == whole.trust_threshold.attrs["symbol"]


def test_another_sweep_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    eeu.sweep("x + y", x=[1, 2], y=[3], out=out).close()
    with pytest.raises(ParameterError, match="another sweep"):
        eeu.sweep("x - y", x=[1, 2], y=[3], out=out)
    (tmp_path / "b.nc").write_text("mine", "utf-8")
    with pytest.raises(ParameterError, match="a new path"):
        eeu.sweep("x", x=[1], out=tmp_path / "b.nc")


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.zarr"
    write = storage.ZarrStorage.write
    parts: list[Any] = []

    def full(self: Any, region: Any, part: Any) -> None:
        if len(parts) == 2:
            raise OSError(28, "No space left on device")
        parts.append(region)
        write(self, region, part)

    monkeypatch.setattr(storage.ZarrStorage, "write", full)
    with pytest.raises(GameTheoryError, match=r"No space left on device.*2 parts are finished"):
        eeu.sweep("x**2", x=np.arange(10), chunks=2, out=out)
    monkeypatch.undo()
    with eeu.sweep("x**2", x=np.arange(10), chunks=2, out=out) as table:
        assert table["value"].values.tolist() == [k**2 for k in range(10)]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_two_processes_give_the_same_bits(whole: xr.Dataset, client: Any, tmp_path: Path) -> None:
    xr.testing.assert_identical(eeu.sweep(GAME, chunks=PARTS, client=client, **GRIDS), whole)
    with eeu.sweep(GAME, chunks=PARTS, client=client, out=tmp_path / "a.nc", **GRIDS) as written:
        np.testing.assert_array_equal(written.exists.values, whole.exists.values)


@pytest.mark.parametrize("is_in_reach", [True, False])
def test_workers_write_their_parts_themselves_where_they_reach_the_storage(
    is_in_reach: bool, client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else they send them, and this process writes, as it does for a netCDF file."""
    written: list[Any] = []
    write = storage.ZarrStorage.write

    def write_here(self: Any, region: Any, part: Any) -> None:
        written.append(region)
        write(self, region, part)

    monkeypatch.setattr(storage.ZarrStorage, "write", write_here)  # of this process only
    if not is_in_reach:
        monkeypatch.setattr(storage.ZarrStorage, "token", storage.Storage.token)
    out = tmp_path / "a.zarr"
    with eeu.sweep("x**2", x=np.arange(40), chunks=4, client=client, out=out) as table:
        np.testing.assert_array_equal(table["value"].values, np.arange(40.0) ** 2)
    assert len(written) == (0 if is_in_reach else 10)
    assert not list(out.glob("*.running"))


def test_parts_come_in_files_where_both_sides_see_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = targets.plan_of(targets.target_of("x**2"), ("x",), None)
    part = regions.Grid(plan, {plan.symbols["x"]: Column(np.arange(4.0))}, (4,))
    token = tmp_path / "token"
    assert isinstance(regions.part_values(token, part, (slice(4),)), dict)
    token.touch()
    path = regions.part_values(token, part, (slice(4),))
    assert isinstance(path, Path)
    assert regions.read_arrays(path, part.arrays())["value"].tolist() == [0, 1, 4, 9]
    assert list(tmp_path.iterdir()) == [token]

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    sent = regions.part_values(token, part, (slice(4),))
    assert regions.read_arrays(sent, ())["value"].tolist() == [0, 1, 4, 9]
    assert list(tmp_path.iterdir()) == [token]


class FullStorage(storage.ZarrStorage):
    """A store on a disk without room."""

    def write(self, region: Any, part: Any) -> None:
        raise OSError(28, "No space left on device")


def test_a_worker_that_cannot_write_says_so(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "ZarrStorage", FullStorage)
    with pytest.raises(GameTheoryError, match=r"could not be written \(No space left.*nothing is"):
        eeu.sweep("x**2", x=np.arange(4), chunks=2, client=client, out=tmp_path / "a.zarr")


def kill_worker(_: Any) -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("suffix", ["nc", "zarr"])
def test_a_worker_that_is_killed_loses_nothing(suffix: str, client: Any, tmp_path: Path) -> None:
    out = tmp_path / f"a.{suffix}"
    expected = np.arange(40.0) ** 2

    def progress(done: int, _: int) -> None:
        if done == 8:
            client.submit(kill_worker, done, pure=False, retries=0)

    sweep = partial(eeu.sweep, "x**2", x=np.arange(40), chunks=4, client=client, out=out)
    with suppress(GameTheoryError):  # where the cluster gives up, what is finished is kept
        sweep(progress=progress)
    with sweep() as table:
        np.testing.assert_array_equal(table["value"].values, expected)


def test_the_command_line_starts_as_many_workers_as_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By keyword: the first argument of a LocalCluster is its name."""
    distributed = pytest.importorskip("distributed")
    asked: list[Any] = []

    def cluster(**how: Any) -> Any:
        asked.append(how["n_workers"])
        return nullcontext()

    monkeypatch.setattr(distributed, "LocalCluster", cluster)
    monkeypatch.setattr(distributed, "Client", lambda _: nullcontext("a client"))
    with ExitStack() as stack:
        assert command_line._client(1, stack) is None
        assert command_line._client(3, stack) == "a client"
    assert asked == [3]


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.nc"
    kept = ["membership_benefit=1", "sigma=0", "r=2", "g=3", "v=1"]
    command = ["CredibleCommitment", "trust=0:1:5", "ell=1/2,1", *kept, "--out", str(out)]
    assert command_line.main([*command, "--outputs", "trust_threshold,exists"]) == 0
    shown = capsys.readouterr()
    assert "'trust': 5, 'encroachment_loss': 2" in shown.out
    assert "100%" in shown.err
    with xr.open_dataset(out, engine="h5netcdf") as table:
        assert table.trust_threshold.values[0].tolist() == [1 / 3, 0.5]
    assert command_line.main([*command, "--quiet"]) == 1
    assert "another sweep" in capsys.readouterr().err
    assert command_line.main(["CredibleCommitment", "trust", "--out", "x.nc"]) == 1
    assert "name=low:high:count" in capsys.readouterr().err
