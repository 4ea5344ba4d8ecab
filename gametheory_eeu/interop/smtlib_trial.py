"""Run the prover, z3 and cvc5 on every SMT-LIB file of a folder, and compare what they decide.

``python -m gametheory_eeu.interop.smtlib_trial FOLDER [--seconds 20]``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from gametheory_eeu.errors import GameFileError, GameTheoryError
from gametheory_eeu.interop.smtlib import SmtProblem, Status, read_smtlib
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.prover.smt_solvers import ask, has_cvc5


@dataclass(frozen=True)
class Trial:
    """What one solver said of one file."""

    file: str
    solver: str
    status: Status
    seconds: float
    declared: Status
    """What the file says of itself."""

    @property
    def is_wrong(self) -> bool:
        """Whether it contradicts the file."""
        return "unknown" not in (self.status, self.declared) and self.status != self.declared


def solvers(seconds: float) -> dict[str, Callable[[SmtProblem], Status]]:
    """The prover and the solvers by name, each with a limit of time for one file."""
    budget = Budget(rlimit=2**32 - 1, query_seconds=seconds, claim_seconds=seconds)

    def by_prover(problem: SmtProblem) -> Status:
        with budget.guard():
            return problem.decide()

    result: dict[str, Callable[[SmtProblem], Status]] = {
        "gametheory_eeu": by_prover,
        "z3": lambda problem: ask(problem.text, "z3", budget).status,
    }
    if has_cvc5():
        result["cvc5"] = lambda problem: ask(problem.text, "cvc5", budget).status
    return result


def trials(paths: Sequence[Path], seconds: float = 20) -> Iterator[Trial | GameFileError]:
    """Each solver on each file, or why a file is not read."""
    known = solvers(seconds)
    for path in paths:
        try:
            problem = read_smtlib(path)
        except GameFileError as error:
            yield GameFileError(0, f"{path.name}: {error}")
            continue
        for solver, decide in known.items():
            start = perf_counter()
            try:
                status = decide(problem)
            except GameTheoryError:  # out of time, or outside of what it decides
                status = "unknown"
            yield Trial(path.name, solver, status, perf_counter() - start, problem.status)


def summary(rows: Sequence[Trial]) -> Table:
    """What each solver decided, how often it was wrong, and how long it took."""
    table = Table("solver", "files", "decided", "share", "wrong", "seconds", "median")
    for solver in dict.fromkeys(row.solver for row in rows):
        own = [row for row in rows if row.solver == solver]
        decided = [row for row in own if row.status != "unknown"]
        times = [row.seconds for row in own]
        table.add_row(
            solver,
            str(len(own)),
            str(len(decided)),
            f"{len(decided) / len(own):.1%}",
            str(sum(row.is_wrong for row in own)),
            f"{sum(times):.2f}",
            f"{median(times):.3f}",
        )
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the files of a folder; 1 where there is none or where an answer is wrong."""
    parser = argparse.ArgumentParser(prog="python -m gametheory_eeu.interop.smtlib_trial",
                                     description=__doc__)  # fmt: skip
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=20, help="the limit of one file")
    chosen = parser.parse_args(arguments)
    console, errors = Console(), Console(stderr=True)
    paths = sorted(chosen.folder.rglob("*.smt2"))
    if not paths:
        errors.print(f"no .smt2 file in {chosen.folder}")
        return 1
    rows: list[Trial] = []
    for result in trials(paths, chosen.seconds):
        if isinstance(result, GameFileError):
            errors.print(str(result), markup=False, highlight=False)
        else:
            rows.append(result)
    if rows:
        console.print(summary(rows))
    return int(any(row.is_wrong for row in rows))


if __name__ == "__main__":
    sys.exit(main())
