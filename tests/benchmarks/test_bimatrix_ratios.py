"""All extreme equilibria of two-player games, beside pygambit and, where it is installed, lrsnash.

One run, the same random games for all, seconds of CPU, medians; ``-s`` prints the ratios. lrsnash
is Avis's C program (Debian's package ``lrslib``), and its seconds include its start. Nothing is
asserted about time, and where nothing is timed, small games stand for large ones.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pygambit
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu

Game = tuple[Any, Any]
ROUNDS = 7
LARGEST_FOR_PYGAMBIT = 8
DRAWS: dict[str, Callable[[np.random.Generator, int], Any]] = {
    "integers to 99": lambda rng, n: rng.integers(-99, 100, (n, n)),
    "many ties": lambda rng, n: rng.integers(0, 3, (n, n)),
}


def ours(game: Game) -> int:
    return len(eeu.NormalForm(*game).extreme_equilibria())


def by_pygambit(game: Game) -> int:
    form = pygambit.StrategicGame.from_arrays(*game)
    return len(set(map(repr, pygambit.nash.enummixed_solve(form, rational=True).equilibria)))


def by_lrsnash(path: Path) -> int:
    result = subprocess.run(["lrsnash", path], capture_output=True, text=True, check=True)
    (line,) = (x for x in result.stdout.splitlines() if "Number of equilibria found" in x)
    return int(line.split(":")[1])


def written(game: Game, path: Path) -> Path:
    rows = [" ".join(map(str, row)) for table in game for row in [*table.tolist(), []]]
    path.write_text(f"{game[0].shape[0]} {game[0].shape[1]}\n\n" + "\n".join(rows))
    return path


def seconds_of_children() -> float:
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(clock: Callable[[], float], solver: Callable[[Any], int], game: Any) -> tuple[float, int]:
    start = clock()
    count = solver(game)
    return clock() - start, count


@pytest.mark.benchmark(group="all extreme equilibria, ratios to ours")
@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("size", [5, 8, 10, 12, 14])
def test_ratios(benchmark: BenchmarkFixture, size: int, draw: str, tmp_path: Path) -> None:
    rounds, size = (ROUNDS, size) if benchmark.enabled else (1, min(size, 8))
    games = [
        (DRAWS[draw](rng, size), DRAWS[draw](rng, size))
        for rng in map(np.random.default_rng, range(rounds))
    ]
    seconds: dict[str, list[float]] = {}
    for game in games:
        spent, count = timed(process_time, ours, game)
        seconds.setdefault("ours", []).append(spent)
        if shutil.which("lrsnash"):
            path = written(game, tmp_path / "game")
            spent, its_count = timed(seconds_of_children, by_lrsnash, path)
            seconds.setdefault("lrsnash", []).append(spent)
            assert its_count == count
        if size <= (LARGEST_FOR_PYGAMBIT if benchmark.enabled else 5):
            spent, its_count = timed(process_time, by_pygambit, game)
            seconds.setdefault("pygambit", []).append(spent)
            assert its_count == count
    benchmark.pedantic(ours, (games[0],), rounds=1)
    own = median(seconds["ours"])
    ratios = {name: round(median(times) / own, 2) for name, times in seconds.items()}
    benchmark.extra_info.update(ratios)
    print(f"{size}x{size}, {draw}: ours {own:.4f} s of CPU, times ours: {ratios}")
