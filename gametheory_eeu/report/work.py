"""Work of a report: the claims, the whole argument, a chapter, the theory, each in any process."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any, Literal, TypeAlias

from rich.console import Console
from rich.text import Text

from gametheory_eeu import display
from gametheory_eeu._registry import provided
from gametheory_eeu.cases import Case, Diagram, load_case
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report import annexes, files, findings, sections
from gametheory_eeu.report.files import Edition
from gametheory_eeu.report.findings import ChapterResults
from gametheory_eeu.report.page import PageSection

THEORY = "The theory"
Kind: TypeAlias = Literal["claims", "whole", "chapter", "theory"]
Part: TypeAlias = PageSection | Diagram | annexes.Theorems


@dataclass(frozen=True)
class Paper:
    """Terminal or file that tables are printed for."""

    width: int
    is_terminal: bool

    def console(self) -> Console:
        """A console that writes into a string, as wide and as plain."""
        return Console(file=StringIO(), width=self.width, force_terminal=self.is_terminal,
                       highlight=False, soft_wrap=False)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A part of a report: the claims, the diagram and the exhibits, a chapter, or the theory.

    Without a path it is of the library's own case; a chapter is found by the name of its game.
    """

    path: Path | None
    kind: Kind
    name: str
    is_complete: bool
    with_argument: bool
    with_theorems: bool
    paper: Paper

    @property
    def size(self) -> int:
        """A guess of how long it takes: of a chapter, by the signs of its comparative statics."""
        if self.kind == "chapter":
            game = _case(self.path).chapter(self.name).game_class
            return len(game.parameters) * len(game().quantities)
        return {"claims": 50, "theory": 1000, "whole": 30}[self.kind]


@dataclass(frozen=True)
class Product:
    """What came of a task: text for the terminal, files by name, parts of the page."""

    text: str
    files: dict[str, bytes]
    parts: tuple[Part, ...]


def tasks(edition: Edition, paper: Paper) -> list[Task]:
    """The tasks of an edition, in the order in which they are shown."""
    parts: list[tuple[Kind, str]] = [("claims", "")] if edition.claims else []
    parts += [("whole", "")]
    parts += [("chapter", chapter.name) for chapter in edition.chapters]
    parts += [("theory", "")] * edition.with_theory
    path, complete, whole = edition.case.path, edition.is_complete, edition.with_argument
    return [
        Task(path, kind, name, complete, whole, edition.with_proofs, paper) for kind, name in parts
    ]


def products(work: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Product]]:
    """Each task with what came of it, as it is done: in order where there is one process."""
    if jobs <= 1 or len(work) <= 1:
        for task in work:
            yield task, perform(task)
        return
    longest_first = sorted(work, key=lambda task: -task.size)
    with _pool(min(jobs, len(work))) as pool:
        futures = {pool.submit(perform, task): task for task in longest_first}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BrokenProcessPool:
            raise GameTheoryError(
                "a process of the report was ended from outside, perhaps for want of memory; "
                "write --jobs 1 for one process"
            ) from None


@contextmanager
def _pool(size: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes end with the work, however that ends."""
    others = set(active_children())
    pool = ProcessPoolExecutor(size, get_context("spawn"), initializer=_begin)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(active_children()) - others:
            process.terminate()
        raise
    pool.shutdown()


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one; look for cycles as seldom as it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)


def perform(task: Task) -> Product:
    """Do a task: solve, prove, draw."""
    case = _case(task.path)
    console = task.paper.console()
    make = {"claims": _claims, "whole": _whole, "chapter": _chapter, "theory": _theory}[task.kind]
    made, *parts = make(case, task, console)
    file: Any = console.file
    return Product(file.getvalue(), made, tuple(parts))


@lru_cache(maxsize=4)
def _case(path: Path | None) -> Case:
    case: Case = provided("own case") if path is None else load_case(path)
    return case


_Made: TypeAlias = tuple[Any, ...]
"""Files by name, then parts of the page."""


def _theory(case: Case, task: Task, console: Console) -> _Made:
    judgements = annexes.theory_of(case).judge()
    console.print(Text(f"{THEORY}: {repr(judgements).strip('<>')}."), end="\n\n")
    theorems = [annexes.theorems_of(judgements, "proposition")] if task.with_theorems else []
    return annexes.proposition_files(judgements), sections.of_theory(judgements), *theorems


def _claims(case: Case, task: Task, console: Console) -> _Made:
    console.print(Text(f"{sections.claim_count(case)}."), end="\n\n")
    return annexes.claim_files(case), sections.of_claims(case, with_conditions=task.is_complete)


def _whole(case: Case, task: Task, console: Console) -> _Made:
    made: dict[str, bytes] = {}
    parts: list[PageSection | Diagram] = [case.drawn()]
    for exhibit in Edition(case, (), task.is_complete, with_argument=task.with_argument).exhibits:
        results, figure = annexes.exhibited(exhibit)
        for result in results if task.is_complete else annexes.exhibited_in_brief(exhibit):
            _print_result(console, result)
        png = None if figure is None else display.figure_bytes(figure, "png")
        made |= annexes.exhibit_files(exhibit, results, png)
        parts.append(sections.of_exhibit(exhibit, results, png))
    return made, *parts


def _chapter(case: Case, task: Task, console: Console) -> _Made:
    chapter = case.chapter(task.name)
    results = ChapterResults(case, chapter)
    results.compute()
    if task.is_complete:
        _print_tables(console, results)
    names = Edition(case, (chapter,), task.is_complete).chapter_names(chapter)
    made = {name: files.content(name, results) for name in names}
    theorems = [annexes.theorems_of(results.statics, chapter.folder)] if task.with_theorems else []
    return made, sections.of_chapter(results, made), *theorems


def _print_tables(console: Console, results: ChapterResults) -> None:
    """Print a chapter's tables."""
    console.rule(Text(results.chapter.title.upper(), style="bold"), align="left")
    for equilibria in (results.solution, *results.refinements):
        _print_result(console, equilibria)
    _print_result(console, results.statics)
    if results.regimes is not None:
        _print_result(console, results.regimes)
    if results.dependent_signs.rows:
        _print_result(console, results.dependent_signs)
    for games in results.groups:
        _print_result(console, findings.parameters(games, results.case))
        _print_result(console, findings.quantities(games).without("quantity"))
    _print_result(console, findings.equilibria(results.solutions))


def _print_result(console: Console, result: Any) -> None:
    """Print a result and an empty line, with style only in a terminal."""
    if console.is_terminal:
        renderable = display.renderable(display.summary(result), console.width)
        console.print(renderable, soft_wrap=True)  # Rich would cut what is longer than a line.
    else:
        console.out(display.text(result, console.width))
    console.print()
