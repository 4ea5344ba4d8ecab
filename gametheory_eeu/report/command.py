"""Command line of the report: every game at every calibration, printed and written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from gametheory_eeu import __version__, display
from gametheory_eeu.core import MARKS
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report import files, propositions, side_by_side
from gametheory_eeu.report.files import MANIFEST, Edition, Folder
from gametheory_eeu.report.findings import CHAPTERS, Chapter, ChapterResults

PROGRAM = "gametheory_eeu"
DEFAULT_FOLDER = "gametheory_eeu_results"
EXIT_FAILURE, EXIT_INTERRUPT = 1, 130
_WIDTH = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the job.

    Parameters
    ----------
    arguments : sequence of str, optional
        As on the command line, without the program's name; by default those.

    Returns
    -------
    int
        0; 1 where the folder cannot be used; 130 on Ctrl-C. Bad arguments exit with 2.
    """
    options = _argument_parser().parse_args(arguments)
    try:
        _run(options.output, _edition(options), quiet=options.quiet)
    except GameTheoryError as error:
        return _report_error(str(error), EXIT_FAILURE)
    except KeyboardInterrupt:
        return _report_error("interrupted", EXIT_INTERRUPT)
    except BrokenPipeError:
        # Whoever read the output has closed it; nothing is left to say, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    return 0


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
    parser.add_argument("-o", "--output", metavar="DIR", default=DEFAULT_FOLDER, type=_folder_name,
                        help="folder for the results (default: %(default)s)")  # fmt: skip
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true",
                       help="every game, and every proposition of the theory")  # fmt: skip
    which.add_argument(
        "--game",
        metavar="NAME",
        action="append",
        default=[],
        type=_chapter,
        help="one game with all its tables and figures; may be repeated",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser


def _folder_name(text: str) -> str:
    """Name of a folder; an empty one is a slip, such as a variable that is not set."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return text


def _chapter(name: str) -> Chapter:
    """The chapter of a game, by its class's name or its folder's, in any case."""
    for chapter in CHAPTERS:
        if name.lower() in (chapter.game.__name__.lower(), chapter.folder):
            return chapter
    known = ", ".join(chapter.game.__name__ for chapter in CHAPTERS)
    raise argparse.ArgumentTypeError(f"there is no game {name!r}; known: {known}")


def _report_error(message: str, code: int) -> int:
    print(f"{PROGRAM}: error: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201
    return code


def _edition(options: argparse.Namespace) -> Edition:
    if options.all:
        return files.ALL
    chosen = tuple(chapter for chapter in CHAPTERS if chapter in options.game)
    return Edition(chosen) if chosen else files.CORE


def _run(output: str, edition: Edition, *, quiet: bool) -> None:
    folder = Folder(output)
    folder.refuse_to_overwrite(edition.names())
    console = _console(quiet)
    report = [ChapterResults(chapter) for chapter in edition.chapters]
    _print_argument(console, report)
    folder.write(edition.shared_files())
    for results in report:
        title = results.chapter.title
        with _progress(console, f"{title}: solving and proving"):
            results.compute()
        _print_chapter(console, results, edition)
        with _progress(console, f"{title}: drawing and writing"):
            makers = edition.makers(results.chapter)
            folder.write({name: maker(results) for name, maker in makers.items()})
    if edition.with_theory:
        with _progress(console, "The theory: proving its propositions"):
            judgements = propositions.judge_all()
        folder.write(propositions.files(judgements))
        console.print(Text(f"The theory: {repr(judgements).strip('<>')}."), end="\n\n")
    _print_directions(console, folder, edition)


def _print_directions(console: Console, folder: Folder, edition: Edition) -> None:
    """Say what was written, what to open, and what else can be run."""
    count = len(list(edition.names()))
    lines = [f"{count} files written to {folder.path}, listed in {MANIFEST}."]
    first = edition.chapters[0]
    *_, figure = (name for name in edition.makers(first) if name.endswith(".png"))
    lines += [f"Look at {folder.path / figure} first; report.tex typesets the propositions."]
    if edition != files.ALL:
        lines += [
            f"Every game and the theory: python -m {PROGRAM} --all. "
            "One game with all its tables and figures: --game NAME."
        ]
    for line in lines:
        console.print(Text(line))


def _console(quiet: bool) -> Console:
    """Console, plain and 100 columns wide where the output is no terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # A terminal without Greek letters gets "?".
    width = None if sys.stdout.isatty() else _WIDTH
    return Console(quiet=quiet, width=width, highlight=False, soft_wrap=False)


@contextmanager
def _progress(console: Console, task: str) -> Iterator[None]:
    """Show a line with the time, in a terminal only, gone when the work is done."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    hidden = console.quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        progress.add_task(task, total=None)
        yield


def _print_argument(console: Console, report: list[ChapterResults]) -> None:
    """Print what each game says at each calibration, in one plain sentence."""
    console.rule(Text("IN PLAIN WORDS", style="bold"), align="left")
    for results in report:
        console.print(Text(results.chapter.title, style="bold"))
        for label, sentence in results.sentences.items():
            console.print(Text(f"{label}: {sentence}"))
        console.print()
    marks = ", ".join(f"[{mark}] {meaning}" for mark, meaning in MARKS.items())
    console.print(Text(f"Every number says where it is from: {marks}."), end="\n\n")


def _print_chapter(console: Console, results: ChapterResults, edition: Edition) -> None:
    """Print a chapter's tables in the terminal."""
    console.rule(Text(results.chapter.title.upper(), style="bold"), align="left")
    for equilibria in (results.solution, *results.refinements):
        _print_result(console, equilibria)
    _print_result(console, results.statics)
    if results.regimes is not None:
        _print_result(console, results.regimes)
    if results.dependent_signs.rows:
        _print_result(console, results.dependent_signs)
    for cases in filter(None, (results.article, results.data)):
        if edition.is_complete:
            _print_result(console, side_by_side.parameters(cases))
        _print_result(console, side_by_side.quantities(cases).without("quantity"))
    if edition.is_complete:
        _print_result(console, side_by_side.equilibria(results.solutions))


def _print_result(console: Console, result: Any) -> None:
    """Print a result and an empty line, with style only in a terminal."""
    if console.is_terminal:
        renderable = display.renderable(display.summary(result), console.width)
        console.print(renderable, soft_wrap=True)  # Rich would cut what is longer than a line.
    else:
        console.out(display.text(result, _WIDTH))
    console.print()
