"""The main job: every game at every calibration, to the terminal and into a folder."""

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
from gametheory_eeu.report.chapters import CHAPTERS
from gametheory_eeu.report.findings import Findings
from gametheory_eeu.report.folder import MANIFEST, Folder

PROGRAM = "gametheory_eeu"
DEFAULT_FOLDER = "gametheory_eeu_results"
FAILED, INTERRUPTED = 1, 130
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
    options = _parser().parse_args(arguments)
    try:
        _run(options.output, quiet=options.quiet)
    except GameTheoryError as error:
        return _failed(str(error), FAILED)
    except KeyboardInterrupt:
        return _failed("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the output has closed it; nothing is left to say, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return 0


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{PROGRAM}: error: {message} (see --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"python -m {PROGRAM}",
        description="Solve each game at each calibration: parameters with their sources, "
        "equilibria, thresholds, proved signs, figures.",
        epilog="A file that this command did not make, or that has changed since, is never "
        f"overwritten. The folder's {MANIFEST} can be checked with sha256sum --check.",
        allow_abbrev=False,
    )
    parser.add_argument("-o", "--output", metavar="DIR", default=DEFAULT_FOLDER, type=_name,
                        help="folder for the results (default: %(default)s)")  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    return parser


def _name(text: str) -> str:
    """The name of a folder; an empty one is a slip, such as a variable that is not set."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return text


def _failed(message: str, code: int) -> int:
    print(f"{PROGRAM}: error: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201
    return code


def _run(output: str, *, quiet: bool) -> None:
    folder = Folder(output)
    folder.refuse_to_overwrite(files.names())
    console = _console(quiet)
    content = files.of_article()
    _show_facts(console)
    for chapter in CHAPTERS:
        found = Findings(chapter)
        with _progress(console, f"{chapter.title}: solving and proving"):
            found.prepare()
        _show(console, found)
        with _progress(console, f"{chapter.title}: drawing and writing"):
            content |= {name: make(found) for name, make in files.of_chapter(chapter).items()}
    with _progress(console, "The theory: proving its propositions"):
        judged = propositions.judged()
    content |= propositions.files(judged)
    console.print(Text(f"The theory: {repr(judged).strip('<>')}."), end="\n\n")
    folder.write(content)
    console.print(Text(f"{len(content)} files written to {folder.path}, listed in {MANIFEST}."))


def _console(quiet: bool) -> Console:
    """Plain and 100 columns wide where the output is no terminal."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # A terminal without Greek letters gets "?".
    width = None if sys.stdout.isatty() else _WIDTH
    return Console(quiet=quiet, width=width, highlight=False, soft_wrap=False)


@contextmanager
def _progress(console: Console, what: str) -> Iterator[None]:
    """A line that shows the time, in a terminal only, and gone when the work is done."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    hidden = console.quiet or not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        progress.add_task(what, total=None)
        yield


def _show_facts(console: Console) -> None:
    marks = ", ".join(f"[{mark}] {meaning}" for mark, meaning in MARKS.items())
    console.print(Text(f"Every number says where it is from: {marks}."), end="\n\n")
    _print(console, side_by_side.facts())


def _show(console: Console, found: Findings) -> None:
    """A chapter in the terminal."""
    console.rule(Text(found.chapter.title.upper(), style="bold"), align="left")
    for equilibria in (found.solution, *found.refinements):
        _print(console, equilibria)
    _print(console, found.statics)
    if found.regimes is not None:
        _print(console, found.regimes)
    if found.settled.rows:
        _print(console, found.settled)
    for cases in filter(None, (found.article, found.data)):
        _print(console, side_by_side.parameters(cases))
        _print(console, side_by_side.quantities(cases).without("quantity"))
    _print(console, side_by_side.equilibria(found.solutions))
    console.print(Text("In plain words", style="bold"))
    for label, sentence in found.sentences.items():
        console.print(Text(f"{label}: {sentence}"))
    console.print()


def _print(console: Console, result: Any) -> None:
    """A result and an empty line; where nobody looks at a terminal, without its trimmings."""
    if console.is_terminal:
        shown = display.renderable(display.reading(result), console.width)
        console.print(shown, soft_wrap=True)  # Rich would cut what is longer than a line.
    else:
        console.out(display.text(result, _WIDTH))
    console.print()
