"""Command line of the report: a case's games at every calibration, printed and written."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NoReturn, TypeAlias

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from gametheory_eeu import __version__
from gametheory_eeu._registry import provided
from gametheory_eeu.cases import Case, Chapter, Diagram, cite, load_case
from gametheory_eeu.core import MARKS
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report import annexes, files, page, sections, work
from gametheory_eeu.report.files import DOCUMENT, MANIFEST, Edition, Folder
from gametheory_eeu.report.findings import ChapterResults
from gametheory_eeu.report.page import PageSection, grouped

PROGRAM = "gametheory_eeu"
DEFAULT_FOLDER = "gametheory_eeu_results"
EXIT_FAILURE, EXIT_INTERRUPT = 1, 130
_WIDTH = 100
_MOST_JOBS = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job.

    Parameters
    ----------
    arguments : sequence of str, optional
        As on the command line, without the program's name; by default those.

    Returns
    -------
    int
        0; 1 where the case or the folder cannot be used; 130 on Ctrl-C or SIGTERM. Bad arguments
        exit with 2.

    Notes
    -----
    As a command it uses several processes where that is worth it, called from Python one, unless
    ``--jobs`` asks for more.
    """
    parser = _argument_parser()
    options = parser.parse_args(arguments)
    if arguments is None:  # as a command: a request to end is an interruption
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        case = provided("own case") if options.case is None else load_case(options.case)
        edition = _edition(case, options, parser)
        jobs = options.jobs or (_processors() if arguments is None else 1)
        _run(options.output, edition, quiet=options.quiet, jobs=jobs)
    except GameTheoryError as error:
        return _report_error(str(error), EXIT_FAILURE)
    except KeyboardInterrupt:
        return _report_error("interrupted", EXIT_INTERRUPT)
    except BrokenPipeError:
        # Whoever read the output has closed it; nothing is left to say, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    return 0


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


class _ArgumentParser(argparse.ArgumentParser):
    """Argument parser that reports an error in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{PROGRAM}: error: {message} (see --help)\n")


def _argument_parser() -> argparse.ArgumentParser:
    parser = _ArgumentParser(
        prog=f"python -m {PROGRAM}",
        description="Solve games at each calibration: equilibria, thresholds, proved signs, "
        "maps of regimes. Without options the three core games, in half a minute.",
        epilog="A file that this command did not make, or that has changed since, is never "
        f"overwritten. The folder's {MANIFEST} can be checked with sha256sum --check.",
        allow_abbrev=False,
    )
    parser.add_argument("-o", "--output", metavar="DIR", default=DEFAULT_FOLDER, type=_path,
                        help="folder for the results (default: %(default)s)")  # fmt: skip
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true",
                       help="every game, and every proposition of the theory")  # fmt: skip
    which.add_argument("--proofs", action="store_true",
                       help="the same, and proofs.v: what is proved, for Rocq")  # fmt: skip
    each = "one game with all its tables and figures; may be repeated"
    which.add_argument("--game", metavar="NAME", action="append", default=[], help=each)
    parser.add_argument("--case", metavar="PATH", type=_path,
                        help="a case of your own: a Python file that defines CASE, or a folder "
                        "with case.py (default: the library's own)")  # fmt: skip
    processes = f"processes (default: one a processor, at most {_MOST_JOBS})"
    parser.add_argument("-j", "--jobs", metavar="N", type=_positive, help=processes)
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser


def _path(text: str) -> str:
    """Path; an empty one is a slip, such as a variable that is not set."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the path is empty")
    return text


def _positive(text: str) -> int:
    """Number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a whole number, 1 or more, and not {text!r}")
    return int(text)


def _processors() -> int:
    """Processors that this process may use, up to a limit."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST_JOBS)
    return min(os.cpu_count() or 1, _MOST_JOBS)


def _report_error(message: str, code: int) -> int:
    print(f"{PROGRAM}: error: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201
    return code


def _edition(case: Case, options: argparse.Namespace, parser: argparse.ArgumentParser) -> Edition:
    if options.all or options.proofs:
        return files.everything(case, with_proofs=options.proofs)
    chosen = [_chapter(case, name, parser) for name in options.game]
    chapters = tuple(chapter for chapter in case.chapters if chapter in chosen)
    return Edition(case, chapters) if chapters else files.core(case)


def _chapter(case: Case, name: str, parser: argparse.ArgumentParser) -> Chapter:
    """The chapter of a game, by its class's name or its folder's, in any case."""
    found = [c for c in case.chapters if name.lower() in (c.name.lower(), c.folder)]
    if not found:
        known = ", ".join(chapter.name for chapter in case.chapters)
        parser.error(f"argument --game: there is no game {name!r}; known: {known}")
    return found[0]


def _run(output: str, edition: Edition, *, quiet: bool, jobs: int) -> None:
    folder = Folder(output)
    names = edition.names()
    folder.refuse_to_overwrite(names)
    console = _console(quiet)
    todo = work.tasks(edition, work.Paper(console.width, console.is_terminal))
    words = _words(edition)
    _print_argument(console, edition, words)
    folder.write(edition.shared_files())
    done: dict[work.Task, work.Product] = {}
    printed = 0
    with _progress(console, "Solving, proving, drawing") as status:
        for task, product in work.products(todo, jobs):
            folder.write({name: product.files[name] for name in product.files if name in names})
            done[task] = product
            while printed < len(todo) and todo[printed] in done:
                _print_text(console, done[todo[printed]].text)
                printed += 1
            status(f"{len(done)} of {len(todo)} done")
    parts = [part for task in todo for part in done[task].parts]
    made = {name: content for task in todo for name, content in done[task].files.items()}
    html = _page(edition, words, parts).html(MANIFEST)
    folder.write({DOCUMENT: edition.document(made), page.NAME: html.encode()})
    theorems = ""
    if edition.with_proofs:
        proved = [part for part in parts if isinstance(part, annexes.Theorems)]
        content, theorems = annexes.theorem_file(proved)
        folder.write({annexes.PROOFS: content})
    _print_directions(console, folder, edition, theorems)


Words: TypeAlias = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The title of each game, and what holds at each calibration."""


def _words(edition: Edition) -> Words:
    """What the games say; in an edition of main files only at the main calibrations."""
    result = []
    for chapter in edition.chapters:
        found = ChapterResults(edition.case, chapter)
        labels = found.games if edition.is_complete else found.main
        sentences = tuple((label, found.sentences[label]) for label in labels)
        pairs = sentences if edition.is_complete else grouped(sentences)
        legend = found.legend(sentence for _, sentence in sentences)
        own = (("symbols", f"{legend}."),) if legend else ()
        result.append((chapter.title, (*own, *pairs)))
    return tuple(result)


def _page(edition: Edition, words: Words, parts: list[work.Part]) -> page.Page:
    case = edition.case
    (diagram,) = (part for part in parts if isinstance(part, Diagram))
    found = [part for part in parts if isinstance(part, PageSection)]
    return page.Page(
        case.title,
        tuple(filter(None, case.summary.split("\n"))),
        words,
        diagram,
        (*found, sections.of_sources(case)),
        tuple(name for name in edition.names() if name != page.NAME),
        cite().text,
    )


def _print_text(console: Console, text: str) -> None:
    """Print text that is laid out already, if there is any."""
    if text:
        console.print(Text.from_ansi(f"{text.rstrip()}\n", no_wrap=True), soft_wrap=True)


def _print_directions(console: Console, folder: Folder, edition: Edition, theorems: str) -> None:
    """Say what was written, what to open, what a referee can check, and what else can be run."""
    lines = [
        f"{len(edition.names())} files written to {folder.path}, listed in {MANIFEST}.",
        f"Open {folder.path / page.NAME} in a browser; {DOCUMENT} typesets the propositions.",
    ]
    lines += [theorems] if theorems else []
    if replace(edition, with_proofs=False) != files.everything(edition.case):
        case = "" if edition.case.path is None else f" --case {edition.case.path}"
        every = f"python -m {PROGRAM}{case} --all"
        lines += [f"Every game, with all its files: {every}. One of them: --game NAME."]
    for line in lines:
        console.print(Text(line))


def _console(quiet: bool) -> Console:
    """Console, plain and 100 columns wide where the output is no terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # A terminal without Greek letters gets "?".
    width = None if sys.stdout.isatty() else _WIDTH
    return Console(quiet=quiet, width=width, highlight=False, soft_wrap=False)


@contextmanager
def _progress(console: Console, task: str) -> Iterator[Callable[[str], None]]:
    """Show a line with the time, in a terminal only, gone when the work is done."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    hidden = console.quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        line = progress.add_task(task, total=None)
        yield lambda state: progress.update(line, description=f"{task}: {state}")


def _print_argument(console: Console, edition: Edition, words: Words) -> None:
    """Print the argument: in its own words, and what each game says at each calibration."""
    console.rule(Text("IN PLAIN WORDS", style="bold"), align="left")
    for paragraph in filter(None, edition.case.summary.split("\n")):
        console.print(Text(paragraph), end="\n\n")
    for title, sentences in words:
        console.print(Text(title, style="bold"))
        for label, sentence in sentences:
            console.print(Text(f"{label}: {sentence}"))
        console.print()
    marks = ", ".join(
        f"[{mark}] {meaning}" for mark, meaning in {**MARKS, **edition.case.marks}.items()
    )
    console.print(Text(f"Every number says where it is from: {marks}."), end="\n\n")
