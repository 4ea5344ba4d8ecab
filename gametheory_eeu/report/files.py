"""The files of a report, and the folder that they are written into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from gametheory_eeu import display
from gametheory_eeu.cases import Case, CaseClaims, Chapter, Exhibit, cite
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report import claims, exhibits, page, proofs, propositions, side_by_side
from gametheory_eeu.report.findings import MAP, ChapterResults, figures
from gametheory_eeu.report.side_by_side import concatenate

DOCUMENT = "report.tex"
MANIFEST = "manifest.sha256"
"""One line a file, ``<SHA-256>  <name>``: what ``sha256sum --check`` reads."""

HEADER = "# Made by gametheory_eeu; do not edit: it says which files may be written anew."
"""The first line of a manifest of this library; ``sha256sum`` takes it for a comment."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Folder:
    """A folder that this library writes to.

    Parameters
    ----------
    path : path
        Created when first written to, if it does not exist.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.known = self._read_manifest()

    def refuse_to_overwrite(self, names: Iterable[str]) -> None:
        """Refuse files of other makers, or changed since they were made, and unwritable folders.

        Raises
        ------
        GameTheoryError
            Names the first such file.
        """
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


Maker: TypeAlias = Callable[[ChapterResults], bytes]

_TABLES: Mapping[str, Callable[[ChapterResults], Any]] = {
    "parameters.csv": lambda findings: concatenate(
        {k: g.parameters for k, g in findings.games.items()}
    ),
    "quantities.csv": lambda findings: concatenate(
        {k: g.quantities for k, g in findings.games.items()}
    ),
    "equilibria.csv": lambda findings: concatenate(findings.solutions),
    "equilibria_general.csv": lambda findings: findings.solution,
    "signs.csv": lambda findings: findings.statics,
}
_FRAGMENTS: Mapping[str, Callable[[ChapterResults], Any]] = {
    "proposition.tex": lambda findings: findings.solution,
    "parameters.tex": lambda findings: side_by_side.parameters(findings.main, findings.case),
    "quantities.tex": lambda findings: side_by_side.quantities(findings.main).without("quantity"),
    "signs.tex": lambda findings: findings.statics,
}


@dataclass(frozen=True)
class Edition:
    """Selection of a case's chapters, and whether each has all of its files or the main ones only.

    Parameters
    ----------
    case : Case
    chapters : tuple of Chapter
    is_complete : bool
    with_theory : bool
        Whether the propositions of the theory on the case's games are judged and written.
    with_proofs : bool
        Whether what is proved is written for Rocq, too.
    with_argument : bool
        Whether the claims and the exhibits of the case are.
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

    def makers(self, chapter: Chapter) -> dict[str, Maker]:
        """Makers of a chapter's files, by name."""
        makers = self._complete_makers(chapter) if self.is_complete else self._main_makers(chapter)
        return {f"{chapter.folder}/{name}": maker for name, maker in makers.items()}

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
        yield from claims.NAMES if self.claims else ()
        for exhibit in self.exhibits:
            yield from exhibits.names(exhibit)
        yield from propositions.NAMES if self.with_theory else ()
        yield from (proofs.NAME,) if self.with_proofs else ()
        for chapter in self.chapters:
            yield from self.makers(chapter)

    def _complete_makers(self, chapter: Chapter) -> dict[str, Maker]:
        makers: dict[str, Maker] = {"readings.txt": _sentences}
        makers |= {name: partial(_csv, extract) for name, extract in _TABLES.items()}
        makers |= {name: partial(_tex, extract) for name, extract in _FRAGMENTS.items()}
        if chapter.regime_axes:
            makers |= {"regimes.csv": partial(_csv, _regimes)}
            makers |= {"regimes.tex": partial(_tex, _regimes)}
        for name in (*figures(self.case, chapter), "signs", *_maps(chapter)):
            makers |= {f"{name}.{kind}": partial(_image, name, kind) for kind in ("png", "svg")}
        return makers

    def _main_makers(self, chapter: Chapter) -> dict[str, Maker]:
        makers = {name: partial(_csv, _TABLES[name]) for name in ("quantities.csv", "signs.csv")}
        makers |= {"proposition.tex": partial(_tex, _FRAGMENTS["proposition.tex"])}
        shown = (*list(figures(self.case, chapter))[:1], *_maps(chapter))
        return makers | {f"{name}.png": partial(_image, name, "png") for name in shown}

    def _fragments(self) -> Iterator[tuple[str, list[str]]]:
        """The titles of the document's sections, and the names of what is LaTeX in each."""
        if self.claims:
            yield "Claims", [claims.NAMES[1]]
        for exhibit in self.exhibits:
            if exhibit.table is not None:
                yield exhibit.title, [f"{exhibit.name}.tex"]
        for chapter in self.chapters:
            yield chapter.title, list(filter(_is_latex, self.makers(chapter)))

    def document(self, made: Mapping[str, bytes]) -> bytes:
        """A document for plain LaTeX: with the tables and propositions in it, or their files.

        Parameters
        ----------
        made : mapping of name to content
            What came of the work; where every table has its file, it is not looked at.
        """
        body = []
        for title, names in self._fragments():
            body += ["", rf"\section{{{display.escape(title)}}}"]
            body += [
                rf"\input{{{name}}}" if self.is_complete else made[name].decode().rstrip("\n")
                for name in names
            ]
        return "\n".join([
            display.PREAMBLE,
            rf"\title{{{display.escape(self.case.title)}: equilibria, thresholds and signs}}",
            r"\date{}",
            r"\begin{document}",
            r"\maketitle",
            *body,
            "",
            r"\end{document}",
            "",
        ]).encode()  # fmt: skip


def everything(case: Case, *, with_proofs: bool = False) -> Edition:
    """Every game of a case, and the theory's propositions on them."""
    with_theory = bool(propositions.of(case))
    return Edition(
        case,
        case.chapters,
        with_theory=with_theory,
        with_argument=True,
        with_proofs=with_proofs,
    )


def core(case: Case) -> Edition:
    """The main files of the games whose regimes are mapped; of every game where none is."""
    mapped = tuple(chapter for chapter in case.chapters if chapter.regime_axes)
    return Edition(case, mapped or case.chapters, is_complete=False, with_argument=True)


def _maps(chapter: Chapter) -> tuple[str, ...]:
    return (MAP,) if chapter.regime_axes else ()


def _is_latex(name: str) -> bool:
    return name.endswith(".tex")


def _regimes(results: ChapterResults) -> Any:
    return results.regimes


def _csv(extract: Callable[[ChapterResults], Any], results: ChapterResults) -> bytes:
    return display.csv(extract(results)).encode()


def _tex(extract: Callable[[ChapterResults], Any], results: ChapterResults) -> bytes:
    return f"{display.latex(extract(results))}\n".encode()


def _sentences(results: ChapterResults) -> bytes:
    return "".join(f"{label}: {text}\n" for label, text in results.sentences.items()).encode()


def _image(name: str, kind: str, results: ChapterResults) -> bytes:
    figure = results.figure(name)
    content = display.figure_bytes(figure, kind)
    figure.set_layout_engine("none")  # It is laid out: a second format keeps the places.
    return content
