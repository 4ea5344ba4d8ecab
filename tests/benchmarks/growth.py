"""How seconds grow with the size of what is solved: a power of it, or a power of a base."""

from collections.abc import Callable
from time import perf_counter
from typing import Any, Literal

import numpy as np
from pytest_benchmark.fixture import BenchmarkFixture

Kind = Literal["exponent", "base"]
"""``seconds ~ n ** exponent``, or ``seconds ~ base ** n``."""

_seconds: dict[str, dict[int, float]] = {}


def timed(
    benchmark: BenchmarkFixture, name: str, n: int, kind: Kind, work: Callable[[], Any]
) -> Any:
    """One run, and beside it the growth fitted to the sizes that have run so far."""
    start = perf_counter()
    found = benchmark.pedantic(work, rounds=1)
    _seconds.setdefault(name, {})[n] = perf_counter() - start
    if len(_seconds[name]) > 1:
        benchmark.extra_info[kind] = round(fitted(name, kind), 3)
        print(told(name, kind))
    return found


def fitted(name: str, kind: Kind) -> float:
    """The slope of the logarithm of time, by least squares over all sizes."""
    sizes, seconds = map(np.array, zip(*sorted(_seconds[name].items()), strict=True))
    slope = float(np.polyfit(np.log(sizes) if kind == "exponent" else sizes, np.log(seconds), 1)[0])
    return slope if kind == "exponent" else float(np.exp(slope))


def told(name: str, kind: Kind) -> str:
    """One line: what was run, and how it grows."""
    last = max(_seconds[name])
    sizes = f"n = {min(_seconds[name])} to {last}"
    return f"{name}, {sizes}: {kind} {fitted(name, kind):.2f}, {_seconds[name][last]:.2f} s at last"
