"""Sweeps beside what users would take instead, on the same work in the same run, as ratios.

``nox -s peers`` installs the peers and prints the tables; ``--long`` adds what takes minutes.
Nothing is asserted about time; that the results agree is.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import pygambit

import gametheory_eeu as eeu
from gametheory_eeu.models.participation.large import ParticipationAtLarge
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


def seconds(function: Callable[[], object], repeats: int = REPEATS) -> float:
    """The median of some runs, after one that is not counted."""
    function()
    times = []
    for _ in range(repeats):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return median(times)


def bimatrix_games(count: int, parameters: int) -> list[Row]:
    """All equilibria of many 2x2 games, per game."""
    game = eeu.NormalForm(*GAMES[parameters])
    names = [s.name for s in game.space.symbols]
    design = eeu.points(count, method="random", **dict.fromkeys(names, (-1, 1)))
    wanted = ["exists", "probability"]
    table = eeu.sweep(game, design, outputs=wanted)
    ours = seconds(lambda: eeu.sweep(game, design, outputs=wanted)) / count
    work = f"2x2 games, {parameters} parameters"
    rows = [Row(work, ours, "copy of the bytes", _copy(table.nbytes) / count)]
    values = np.array([design.columns[name] for name in names])
    numbers = [_arrays(names, values[:, k]) for k in range(min(count, 1000))]
    counts = table.exists.sum("equilibrium").values
    for peer, solve, few in PEERS:
        sample = numbers[:few]
        solve_all = partial(_solve_all, solve, sample)
        assert solve_all() == counts[: len(sample)].tolist()  # generic games: no ties
        rows.append(Row(work, ours, peer, seconds(solve_all) / len(sample)))
    return rows


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

    return Row(
        f"participation, {players} members", seconds(ours, 3), "pygambit", seconds(theirs, 1)
    )


def extrapolated(rows: Sequence[Row], players: int = 18) -> float:
    """The ratio for more players than pygambit can build here, by its growth with their number."""
    known = {int(row.work.split()[1]): row for row in rows if row.work.startswith("participation")}
    slope, start = np.polyfit(list(known), [np.log(row.theirs) for row in known.values()], 1)
    return float(np.exp(start + slope * players)) / known[max(known)].ours


def growth(counts: Sequence[int]) -> float:
    """The exponent of the time of a sweep in the number of its points."""
    game = eeu.NormalForm(*GAMES[2])
    times = []
    for count in counts:
        design = eeu.points(count, method="random", a=(-1, 1), b=(-1, 1))
        times.append(seconds(partial(eeu.sweep, game, design, outputs=["exists", "regime"]), 3))
    return float(np.polyfit(np.log(counts), np.log(times), 1)[0])


def two_processes(count: int) -> Row:
    """A sweep by one process and by two."""
    from distributed import Client, LocalCluster

    game = eeu.EurasianArgument().argument_in("2014-15")
    grids = {"exit_loss": np.linspace(0.1, 2, count), "trust": np.linspace(0.3, 0.9, 1000)}
    wanted = ["union.transfer", "depth.depth", "hedging.alignment", "contest.absolute_threshold"]
    kept = {"target_trust": 0.8, "reform_rate": 0.1, "outputs": wanted}
    times = {}
    for workers in (1, 2):
        with (
            LocalCluster(workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            chunks = {"exit_loss": count // 40}
            work = partial(eeu.sweep, game, chunks=chunks, client=client, **kept, **grids)
            times[workers] = seconds(work, 1)
    title = f"the whole argument at {count * 1000:.0e} points"
    return Row(title, times[2], "one process", times[1])


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
    parser.add_argument("--long", action="store_true", help="growth, 18 players, two processes")
    chosen = parser.parse_args(arguments)
    rows = [row for parameters in GAMES for row in bimatrix_games(chosen.count, parameters)]
    rows.append(closed_form(chosen.points))
    rows.append(participation(8))
    if chosen.long:
        rows += [participation(n) for n in (10, 12)]
        rows.append(two_processes(20_000))
    print(machine())
    print(*lines(rows), sep="\n")
    if chosen.long:
        sizes = [10**4, 10**5, 10**6, 10**7]
        ratio = extrapolated(rows)
        print(f"participation, 18 members, by pygambit's growth: {ratio:.1e} times ours")
        print(f"growth with points, 10^4 to 10^7: exponent {growth(sizes):.3f}")


if __name__ == "__main__":
    main()
