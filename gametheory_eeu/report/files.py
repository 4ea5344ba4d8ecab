"""The files of a report, and the folder that they are written into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from gametheory_eeu import display
from gametheory_eeu.cases import Case, CaseClaims, Chapter, Exhibit, cite
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report import annexes, findings, page
from gametheory_eeu.report.findings import MAP, ChapterResults, concatenate, figures

DOCUMENT = "report.tex"
MANIFEST = "manifest.sha256"
"""One line a file, ``<SHA-256>  <name>``: what ``sha256sum --check`` reads."""

HEADER = "# Made by gametheory_eeu; do not edit: it says which files may be written anew."
"""The first line of a manifest of this library; ``sha256sum`` takes it for a comment."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Folder:
    """A folder that this library writes to, created when first written to."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.known = self._read_manifest()

    def refuse_to_overwrite(self, names: Iterable[str]) -> None:
        """Refuse files of other makers, or changed since they were made, and unwritable folders."""
        for name in names:
            target = self.path / name
            if (target.is_symlink() or target.exists()) and self.known.get(name) != _digest(target):
                raise _foreign_file_error(target)
        self._create()

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files, and the manifest whatever happens, so that the next run knows its own."""
        self.refuse_to_overwrite(files)
        digests = dict(self.known)
        try:
            for name, content in files.items():
                target = self.path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                digests[name] = sha256(content).hexdigest()
                target.write_bytes(content)
        except OSError as error:
            raise GameTheoryError(f"cannot write {error.filename}: {error.strerror}") from None
        finally:
            lines = [HEADER, *(f"{digests[name]}  {name}" for name in sorted(digests)), ""]
            (self.path / MANIFEST).write_text("\n".join(lines), encoding="utf-8", newline="\n")
        self.known = digests

    def _read_manifest(self) -> dict[str, str]:
        path = self.path / MANIFEST
        if path.is_symlink():
            raise _foreign_file_error(path)
        try:
            header, *lines = path.read_text("utf-8").splitlines() or [""]
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, UnicodeDecodeError):
            raise GameTheoryError(f"cannot read {path}") from None
        matches = [_LINE.fullmatch(line) for line in lines]
        if header != HEADER or None in matches:
            raise _foreign_file_error(path)
        return {match[2]: match[1] for match in matches if match}

    def _create(self) -> None:
        """Create the folder and check that it is writable, before any work is done."""
        probe = self.path / f".{MANIFEST}.trial"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            probe.touch()
            probe.unlink()
        except FileExistsError:
            raise GameTheoryError(f"{self.path} is a file; name a folder with --output") from None
        except OSError as error:
            raise GameTheoryError(f"cannot write to {self.path}: {error.strerror}") from None


def _foreign_file_error(path: Path) -> GameTheoryError:
    return GameTheoryError(
        f"{path} was not made by this command, or has changed since; "
        "move it away, or give another folder with --output"
    )


def _digest(path: Path) -> str:
    is_regular = path.is_file() and not path.is_symlink()
    return sha256(path.read_bytes()).hexdigest() if is_regular else "not a file of this command"


_TABLES: Mapping[str, Callable[[ChapterResults], Any]] = {
    "parameters.csv": lambda r: concatenate({k: g.parameters for k, g in r.games.items()}),
    "quantities.csv": lambda r: concatenate({k: g.quantities for k, g in r.games.items()}),
    "equilibria.csv": lambda r: concatenate(r.solutions),
    "equilibria_general.csv": lambda r: r.solution,
    "signs.csv": lambda r: r.statics,
    "proposition.tex": lambda r: r.solution,
    "parameters.tex": lambda r: findings.parameters(r.main, r.case),
    "quantities.tex": lambda r: findings.quantities(r.main).without("quantity"),
    "signs.tex": lambda r: r.statics,
    "regimes.csv": lambda r: r.regimes,
    "regimes.tex": lambda r: r.regimes,
}
_MAIN_TABLES = ("quantities.csv", "signs.csv", "proposition.tex")


def content(name: str, results: ChapterResults) -> bytes:
    """The content of one of a chapter's files."""
    own = name.rpartition("/")[2]
    stem, _, kind = own.rpartition(".")
    if own in _TABLES:
        return annexes.written(_TABLES[own](results), kind)
    if kind == "txt":
        return "".join(f"{k}: {text}\n" for k, text in results.sentences.items()).encode()
    figure = results.figure(stem)
    picture = display.figure_bytes(figure, kind)
    figure.set_layout_engine("none")  # It is laid out: a second format keeps the places.
    return picture


@dataclass(frozen=True)
class Edition:
    """Selection of a case's chapters, and whether each has all of its files or the main ones only.

    With the theory its propositions on the case's games are judged and written; with the argument
    the claims and the exhibits of the case are; with proofs what is proved is written for Rocq.
    """

    case: Case
    chapters: tuple[Chapter, ...]
    is_complete: bool = True
    with_theory: bool = False
    with_argument: bool = False
    with_proofs: bool = False

    @property
    def claims(self) -> CaseClaims:
        """The claims that are judged."""
        return self.case.claims if self.with_argument else CaseClaims()

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """The exhibits that are shown."""
        every = self.case.exhibits if self.with_argument else ()
        return tuple(exhibit for exhibit in every if self.is_complete or exhibit.is_main)

    def chapter_names(self, chapter: Chapter) -> list[str]:
        """The names of a chapter's files."""
        drawn, maps = list(figures(self.case, chapter)), [MAP] * bool(chapter.regime_axes)
        if self.is_complete:
            tables = [name for name in _TABLES if maps or not name.startswith("regimes.")]
            pictures = [f"{n}.{kind}" for n in (*drawn, "signs", *maps) for kind in ("png", "svg")]
            own = ["readings.txt", *tables, *pictures]
        else:
            own = [*_MAIN_TABLES, *(f"{name}.png" for name in (*drawn[:1], *maps))]
        return [f"{chapter.folder}/{name}" for name in own]

    def shared_files(self) -> dict[str, bytes]:
        """The files that need no work, by name."""
        texts = {"references.bib": cite(self.case).bibtex}
        if self.case.facts:
            texts["facts.csv"] = display.csv(self.case.facts)
        return {name: text.encode() for name, text in texts.items()}

    def names(self) -> list[str]:
        """Name of every file, known before any work is done: all but the document's own tables."""
        made = self._made() if self.is_complete else (n for n in self._made() if not _is_latex(n))
        return [page.NAME, DOCUMENT, "references.bib", *made]

    def _made(self) -> Iterator[str]:
        """Names of the files that take work, and of the document's own tables."""
        yield from ("facts.csv",) if self.case.facts else ()
        yield from annexes.CLAIMS if self.claims else ()
        for exhibit in self.exhibits:
            yield from annexes.exhibit_names(exhibit)
        yield from annexes.PROPOSITIONS if self.with_theory else ()
        yield from (annexes.PROOFS,) if self.with_proofs else ()
        for chapter in self.chapters:
            yield from self.chapter_names(chapter)

    def _fragments(self) -> Iterator[tuple[str, list[str]]]:
        """The titles of the document's sections, and the names of what is LaTeX in each."""
        if self.claims:
            yield "Claims", list(filter(_is_latex, annexes.CLAIMS))
        for exhibit in self.exhibits:
            if exhibit.table is not None:
                yield exhibit.title, list(filter(_is_latex, annexes.exhibit_names(exhibit)))
        for chapter in self.chapters:
            yield chapter.title, list(filter(_is_latex, self.chapter_names(chapter)))

    def document(self, made: Mapping[str, bytes]) -> bytes:
        """A document for plain LaTeX that has what was made, or takes in the files of it."""
        body = []
        for title, names in self._fragments():
            body += ["", rf"\section{{{display.escape(title)}}}"]
            body += [
                rf"\input{{{name}}}" if self.is_complete else made[name].decode().rstrip("\n")
                for name in names
            ]
        title = f"{display.escape(self.case.title)}: equilibria, thresholds and signs"
        return annexes.latex_document(title, *body, "").encode()


def everything(case: Case, *, with_proofs: bool = False) -> Edition:
    """Every game of a case, and the theory's propositions on them."""
    theory = bool(annexes.theory_of(case))
    return Edition(case, case.chapters, True, theory, with_argument=True, with_proofs=with_proofs)


def core(case: Case) -> Edition:
    """The main files of the games whose regimes are mapped; of every game where none is."""
    mapped = tuple(chapter for chapter in case.chapters if chapter.regime_axes)
    return Edition(case, mapped or case.chapters, is_complete=False, with_argument=True)


def _is_latex(name: str) -> bool:
    return name.endswith(".tex")
