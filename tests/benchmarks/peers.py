"""Sweeps beside what users would take instead, on the same work in the same run, as ratios.

``nox -s peers`` installs the peers and prints the tables; ``--long`` adds what takes minutes.
Nothing is asserted about time; that the results agree is.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from statistics import median
from subprocess import run
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, NamedTuple

import numpy as np
import pygambit

import gametheory_eeu as eeu
from gametheory_eeu.models.participation.variants import ParticipationAtLarge
from tests.benchmarks.peer_solvers import by_nashpy, by_pygambit, by_quantecon

REPEATS = 5
GAMES: dict[int, tuple[Any, Any]] = {
    2: ([["a", 0], [0, "b"]], [[1, 0], [0, 1]]),
    4: ([["a", 0], [0, "b"]], [["c", 0], [0, "d"]]),
    6: ([["a", "b"], ["c", "d"]], [["e", 0], [0, "f"]]),
}


class Row(NamedTuple):
    """One comparison: seconds of ours and of theirs, for the same work."""

    work: str
    ours: float
    peer: str
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times ours theirs takes."""
        return self.theirs / self.ours


def seconds(
    function: Callable[[], object],
    repeats: int | None = None,
    clock: Callable[[], float] = perf_counter,
) -> float:
    """The median of some runs, after one that is not counted."""
    function()
    return median(once(function, clock) for _ in range(repeats or REPEATS))


def once(function: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """The seconds of one run."""
    start = clock()
    function()
    return clock() - start


def bimatrix_games(count: int, parameters: int) -> list[Row]:
    """All equilibria of many 2x2 games, per game.

    First as the regime, which says what equilibria there are, with the probabilities of the mixed
    one (of a pure one the name says what is played); then as a table of them all.
    """
    game = eeu.NormalForm(*GAMES[parameters])
    names = [s.name for s in game.space.symbols]
    design = eeu.points(count, method="random", **dict.fromkeys(names, (-1, 1)))
    values = np.array([design.columns[name] for name in names])
    numbers = [_arrays(names, values[:, k]) for k in range(min(count, 1000))]
    theirs = {}
    for peer, solve, few in PEERS:
        solve_all = partial(_solve_all, solve, numbers[:few])
        theirs[peer] = seconds(solve_all) / len(numbers[:few]), solve_all()
    rows = []
    for form, kept in FORMS.items():
        sweep = partial(eeu.sweep, game, design, **kept)
        table = sweep()
        ours = seconds(sweep) / count
        work = f"2x2 games, {parameters} parameters, {form}"
        rows.append(Row(work, ours, "copy of the bytes", _copy(table.nbytes) / count))
        counts = _counts(table)
        for peer, (time, found) in theirs.items():
            assert found == counts[: len(found)]  # generic games: no ties
            rows.append(Row(work, ours, peer, time))
    return rows


FORMS: dict[str, dict[str, Any]] = {
    "regime and mixes": {
        "outputs": ["regime", "probability"],
        "equilibria": ["1 + 2, 1 + 2"],
    },
    "table": {"outputs": ["exists", "probability"]},
}


def _counts(table: Any) -> list[int]:
    """How many equilibria each game of a sweep has."""
    if "regime" in table:
        return [int(regime).bit_count() for regime in table.regime.values[:1000]]
    result: list[int] = table.exists.sum("equilibrium").values[:1000].tolist()
    return result


def _copy(size: int) -> float:
    """Seconds to copy some bytes to where they have not been."""
    source = np.ones(size // 8)
    return seconds(source.copy)


def _solve_all(solve: Callable[[Any, Any], int], games: Sequence[tuple[Any, Any]]) -> list[int]:
    return [solve(*arrays) for arrays in games]


def _arrays(names: Sequence[str], values: Any) -> tuple[Any, Any]:
    """One game's payoffs as two arrays of floats."""
    point = dict(zip(names, map(float, values), strict=True))
    first, second = (
        np.array([[point.get(str(x), x) for x in row] for row in matrix], dtype=float)
        for matrix in GAMES[len(names)]
    )
    return first, second


PEERS = [
    ("quantecon support_enumeration, warm", by_quantecon, 1000),
    ("nashpy support_enumeration", by_nashpy, 200),
    ("pygambit enummixed, exact", by_pygambit, 200),
]


def closed_form(count: int) -> Row:
    """One quantity at many points, beside the same formula by hand."""
    quantity = eeu.CredibleCommitment().quantities["trust_threshold"]
    design = eeu.points(count, method="random", sigma=(0, 0.4), b=(1, 2), ell=(2, 3))
    sigma, b, ell = (np.asarray(design.columns[name]) for name in ("sigma", "b", "ell"))

    def by_hand() -> Any:
        return (ell - sigma * (b + ell)) / ((1 - sigma) * (b + ell))

    table = eeu.sweep(quantity, design)
    np.testing.assert_allclose(table.trust_threshold.values, by_hand(), rtol=1e-13)
    ours = seconds(lambda: eeu.sweep(quantity, design))
    return Row(f"a closed form at {count:.0e} points", ours, "NumPy by hand", seconds(by_hand))


def participation(players: int) -> Row:
    """All pure equilibria of a joining game of some players, built and solved."""
    resistance = list(range(1, players + 1))

    def ours() -> int:
        game = ParticipationAtLarge(P=2, resistance=resistance, complementarity=players)
        return len(game.equilibrium_sizes().sizes)

    def theirs() -> int:
        shape = (2,) * players
        payoffs = []
        joined = np.indices(shape).sum(axis=0)
        for i, r in enumerate(resistance):
            gain = 2 - r + players * (joined - 1) / (players - 1)
            payoffs.append(np.where(np.indices(shape)[i] == 1, gain, 0.0))
        game = pygambit.StrategicGame.from_arrays(*payoffs)
        return len(pygambit.nash.enumpure_solve(game).equilibria)

    return Row(f"participation, {players} members", seconds(ours, 25), "pygambit", once(theirs))


def many_members(players: int) -> str:
    """Seconds to build a joining game of many members and find all its pure equilibria."""
    resistance = np.random.default_rng(players).integers(0, 1000, players)

    def ours() -> int:
        game = ParticipationAtLarge(P=200, resistance=resistance, complementarity=600)
        return len(game.equilibrium_sizes().sizes)

    return f"participation, {players:.0e} members, built and solved: {seconds(ours, 3):.2f} s"


def growth(counts: Sequence[int]) -> list[str]:
    """How the CPU time of repeated sweeps grows with the number of their points."""
    first, last = (f"10^{np.log10(count):.0f}" for count in (counts[0], counts[-1]))
    head = [
        f"| CPU time, {first} to {last} points | exponent | of the points alone | one point "
        "| each at last |",
        "| --- | --: | --: | --: | --: |",
    ]
    return head + [_growth_row(work, sweep, counts) for work, sweep in _sweeps()]


def _growth_row(
    work: str, sweep: Callable[[int], Callable[[], object]], counts: Sequence[int]
) -> str:
    """The exponent of a call's time, and of what it takes beyond a call for one point."""
    one, *times = (
        seconds(sweep(count), 3 if count > 10**6 else 7 * REPEATS, process_time)
        for count in (1, *counts)
    )
    whole, alone = (
        np.polyfit(np.log(counts), np.log([max(time - fixed, 1e-9) for time in times]), 1)[0]
        for fixed in (0, one)
    )
    point = 1e9 * times[-1] / counts[-1]
    return f"| {work} | {whole:.3f} | {alone:.3f} | {1e3 * one:.2f} ms | {point:.0f} ns |"


def _sweeps() -> Iterator[tuple[str, Callable[[int], Callable[[], object]]]]:
    """The sweeps whose growth is measured: from a number of points to the call."""
    for parameters, payoffs in GAMES.items():
        game = eeu.NormalForm(*payoffs)
        ranges = {s.name: (-1, 1) for s in game.space.symbols}
        yield f"2x2 games, {parameters} parameters, everything", partial(_sweep, game, ranges, {})
    everything = {k: value for k, value in ARGUMENT_KEPT.items() if k != "outputs"}
    argument = partial(_sweep, _argument(), ARGUMENT_RANGES)
    yield "the whole argument, everything", partial(argument, everything)
    yield "the whole argument, four quantities", partial(argument, ARGUMENT_KEPT)


def _sweep(
    game: Any, ranges: Mapping[str, tuple[float, float]], kept: Mapping[str, Any], count: int
) -> Callable[[], object]:
    return partial(eeu.sweep, game, eeu.points(count, method="random", **ranges), **kept)


ARGUMENT_RANGES = {"exit_loss": (0.1, 2.0), "trust": (0.3, 0.9)}
ARGUMENT_KEPT: dict[str, Any] = {
    "target_trust": 0.8,
    "reform_rate": 0.1,
    "outputs": ["union.transfer", "depth.depth", "hedging.alignment", "contest.absolute_threshold"],
}


def _argument() -> Any:
    return eeu.EurasianArgument().argument_in("2014-15")


def two_processes(least: float = 30) -> Row:
    """A sweep into a file that takes one process some seconds, by one process and by two."""
    from distributed import Client, LocalCluster

    argument = _argument()
    trust = np.linspace(*ARGUMENT_RANGES["trust"], 1000)
    times: dict[int, float] = {}
    rows = 1000
    for workers in (1, 2):
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
            TemporaryDirectory() as folder,
        ):

            def sweep(rows: int, name: str, folder: str = folder, client: Any = client) -> object:
                grid = np.linspace(*ARGUMENT_RANGES["exit_loss"], rows)
                return eeu.sweep(
                    argument, exit_loss=grid, trust=trust, chunks={"exit_loss": 1000},
                    client=client, out=f"{folder}/{name}.zarr", **ARGUMENT_KEPT,
                )  # fmt: skip

            sweep(1000, "first")
            if workers == 1:
                rows = int(1.8 * least / (once(partial(sweep, 4000, "second")) / 4000))
            times[workers] = once(partial(sweep, rows, "whole"))
    work = f"the whole argument at {rows * 1000:.1e} points, into Zarr"
    return Row(work, times[2], "one process", times[1])


def machine() -> str:
    """The machine and the versions."""
    names = ("numpy", "nashpy", "pygambit", "quantecon")
    return ", ".join([platform.machine(), platform.processor() or platform.system(),
                      f"Python {platform.python_version()}",
                      *(f"{name} {version(name)}" for name in names)])  # fmt: skip


def lines(rows: Sequence[Row]) -> list[str]:
    """The rows as a table in Markdown."""
    head = ["| work | ours | peer | theirs | theirs / ours |", "| --- | --: | --- | --: | --: |"]
    return head + [
        f"| {r.work} | {r.ours:.2e} s | {r.peer} | {r.theirs:.2e} s | {r.ratio:,.3g} |"
        for r in rows
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10**6, help="games in a sweep")
    parser.add_argument("--points", type=int, default=10**7, help="points of a closed form")
    parser.add_argument("--long", action="store_true", help="18 players, two processes, growth")
    parser.add_argument("--growth", action="store_true", help="growth alone")
    chosen = parser.parse_args(arguments)
    if chosen.growth:
        print(*growth([10**4, 10**5, 10**6, 10**7]), sep="\n")
        return
    rows = [row for parameters in GAMES for row in bimatrix_games(chosen.count, parameters)]
    rows.append(closed_form(chosen.points))
    rows.append(participation(8))
    if chosen.long:
        rows += [participation(n) for n in (12, 18)]
        rows.append(two_processes())
    print(machine())
    print(*lines(rows), sep="\n")
    if chosen.long:
        print("", many_members(10**6), "", sep="\n", flush=True)
        # In a process of its own: what has been freed here would be lent to the larger results.
        run([sys.executable, "-m", "tests.benchmarks.peers", "--growth"], check=True)


if __name__ == "__main__":
    main()
