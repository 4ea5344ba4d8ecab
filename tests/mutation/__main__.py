"""Plant single faults in the prover, the solvers and the statics, and see which the tests catch.

``python -m tests.mutation --sample 60`` from the root of the project; ``--module`` for one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.mutation import trial
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.mutants import Mutant, mutants, unchanged
from tests.mutation.nearest import PACKAGE, ROOMS, nearest
from tests.mutation.trial import Verdict, load, start, verdict


def sample(modules: Iterable[Path], size: int, seed: str) -> list[Mutant]:
    """As many mutants as asked, drawn by their own names: a change elsewhere draws no others."""
    found = [m for path in modules for m in mutants(path) if m.key not in EQUIVALENT]
    return sorted(found, key=lambda m: m.rank(seed))[:size]


def outcomes(wanted: list[Mutant], jobs: int) -> Iterator[tuple[Mutant, Verdict]]:
    """Each mutant with what became of it, as many at a time as there are jobs."""
    left, running = list(reversed(wanted)), dict[int, Mutant]()
    with tempfile.TemporaryDirectory() as folder:
        while left or running:
            while left and len(running) < jobs:
                mutant = left.pop()
                running[start(mutant, Path(folder, "log"))] = mutant
            child, status = os.wait()
            yield running.pop(child), verdict(status)


def main() -> int:
    """Draw, try, tell; the exit code says whether enough were caught."""
    options = _options()
    modules = [PACKAGE / f"{name}.py" for name in options.module] or None
    drawn: list[Mutant] = []
    for room in ROOMS:
        inside = modules or sorted((PACKAGE / room).glob("*.py"))
        own = [path for path in inside if path.parent.name == room]
        size = options.sample if modules else options.sample // len(ROOMS)
        drawn += sample(own, size, options.seed)
    trial.SECONDS = options.seconds
    load()
    if not drawn or not _is_fair(drawn[0].path):
        print("no trial: without a fault the tests fail, or there are none")
        return 2
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    tally: Counter[str] = Counter()
    for mutant, found in outcomes(drawn, options.jobs):
        tally[found] += 1
        if found != "caught" or options.verbose:
            print(f"{found:9} {mutant}")
    share = tally["caught"] / len(drawn)
    print(f"{tally['caught']} of {len(drawn)} mutants caught: {share:.1%}")
    return 0 if not tally["broken"] and share >= options.least else 1


def _is_fair(path: Path) -> bool:
    """Whether the first tests of a module pass where it has no fault."""
    with tempfile.TemporaryDirectory() as folder:
        start(unchanged(path), Path(folder, "log"), nearest(path)[:2])
        return verdict(os.wait()[1]) == "survived"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=24, help="how many mutants")
    parser.add_argument("--seed", default="2014", help="any text: another draws other mutants")
    parser.add_argument("--module", action="append", default=[], help="such as prover/smt_encoding")
    parser.add_argument("--least", type=float, default=0.9, help="the share to be caught")
    parser.add_argument("--seconds", type=int, default=trial.SECONDS, help="for each mutant")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--verbose", action="store_true", help="name what was caught, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
