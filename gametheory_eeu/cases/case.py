"""Case: facts, calibrations and sources of an argument, and the games that formalise it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from traceback import extract_tb
from types import ModuleType, NoneType
from typing import Any, Self

from gametheory_eeu.cases.chapter import Chapter, Exhibit
from gametheory_eeu.cases.claims import CaseClaim, CaseClaims
from gametheory_eeu.cases.diagram import Diagram
from gametheory_eeu.cases.facts import Facts, check_reference, read_values
from gametheory_eeu.core import Calibration, Source, declare_marks
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.bibliography import Bibliography
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError
from gametheory_eeu.games import Game
from gametheory_eeu.models import CLASSES, bibliography
from gametheory_eeu.models.registry import propositions_of

_CALIBRATIONS = "a list of Calibrations for each game, by the name of its class"
_BIBLIOGRAPHY = "a Bibliography: Case.from_csv takes the path of a .bib file"


@dataclass(frozen=True)
class Case:
    """A case: what an argument takes as fact, and the games that formalise it, in its order.

    Parameters
    ----------
    title : str
    chapters : sequence of Chapter
        The games, in the order of the report; a class or a name will do for a Chapter.
    calibrations : mapping of game's name to sequence of Calibration
        In the order in which they are shown.
    facts : Facts
    bibliography : Bibliography
        Of the case's own sources; the models' literature is known besides.
    aliases : mapping of str to str
        Further names of calibrations.
    whole_theory : bool
        Whether the report judges every proposition of the theory, or those on its games only.
    summary : str
        The argument in plain words; paragraphs are lines.
    exhibits : sequence of Exhibit
        Tables and figures of the whole argument.
    diagram : Diagram, or a function that returns one, optional
        By default the games, with an arrow where a later one has parameters of an earlier one.
    claims : sequence of CaseClaim
        What the text claims, each with its place, its game and its verdict.
    marks : mapping of one capital letter to its meaning
        Further marks of sources, beside A, L, M and D. Where a source bears one before the case is
        made, ``core.declare_marks`` comes first.

    Raises
    ------
    GameTheoryError
        An unknown game, parameter or calibration, a missing value, a source that is not in the
        bibliography: named, with what to do.
    """

    title: str
    chapters: tuple[Chapter, ...]
    calibrations: Mapping[str, Sequence[Calibration]]
    facts: Facts = field(default_factory=Facts)
    bibliography: Bibliography = field(default_factory=Bibliography)
    aliases: Mapping[str, str] = FrozenMapping()
    whole_theory: bool = False
    summary: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    diagram: Diagram | Callable[[], Diagram] | None = None
    claims: CaseClaims = field(default_factory=CaseClaims)
    marks: Mapping[str, str] = FrozenMapping()
    path: Path | None = field(default=None, compare=False)
    """The file that defines it, where it was loaded from one."""

    def __post_init__(self) -> None:
        arg.text("title", self.title)
        arg.instance("facts", self.facts, Facts, "Facts")
        arg.instance("bibliography", self.bibliography, Bibliography, _BIBLIOGRAPHY)
        object.__setattr__(self, "marks", declare_marks(self.marks))
        claims: Any = self.claims
        if not isinstance(claims, CaseClaims):
            object.__setattr__(self, "claims", CaseClaims(claims))
        object.__setattr__(self, "chapters", read_chapters(self.chapters))
        own = {c.name: c.game for c in self.chapters if not isinstance(c.game, str)}
        object.__setattr__(self, "claims", _with_own_games(self.claims, own))
        names = [chapter.name for chapter in self.chapters]
        tables: dict[str, tuple[Calibration, ...]] = {}
        for game, rows in arg.mapping("calibrations", self.calibrations, _CALIBRATIONS).items():
            arg.one_of(f"game of the case {self.title!r}", game, names)
            tables[game] = arg.sequence("calibrations", rows, _CALIBRATIONS)
            for row in tables[game]:
                arg.instance("calibration", row, Calibration, _CALIBRATIONS)
        object.__setattr__(self, "calibrations", FrozenMapping(tables))
        self._check_report()
        aliases = arg.mapping("aliases", self.aliases, "a mapping of alias to calibration's name")
        object.__setattr__(self, "aliases", FrozenMapping(aliases))

    def _check_report(self) -> None:
        """Refuse what a report cannot show."""
        arg.text("summary", self.summary)
        exhibits = arg.sequence("exhibits", self.exhibits, "a list of Exhibits")
        for exhibit in exhibits:
            arg.instance("exhibit", exhibit, Exhibit, "an Exhibit")
        arg.names("exhibits", [exhibit.name for exhibit in exhibits])
        object.__setattr__(self, "exhibits", exhibits)
        if not isinstance(self.diagram, (Diagram, NoneType)):
            arg.function("diagram", self.diagram, "a Diagram, or a function that returns one")

    @classmethod
    def from_csv(
        cls,
        title: str,
        chapters: Sequence[object],
        values: str | Path,
        bibliography: str | Path | None = None,
        claims: Sequence[CaseClaim] = (),
        marks: Mapping[str, str] = FrozenMapping(),
        **others: Any,
    ) -> Self:
        """A case whose facts and calibrations are the rows of a table.

        Parameters
        ----------
        title : str
        chapters : sequence of Chapter, class of a game, or name of one
        values : path
            A CSV with the columns ``name``, ``calibration``, ``value``, ``mark``, ``reference``,
            ``note``, and, as you need them, ``game``, ``meaning`` and ``year``. A row without a
            calibration is a fact; any other gives a parameter its value, in every game of the
            case that has it, or in ``game`` only; ``*`` stands for every calibration. A value may
            name facts: ``"states - 1"``.
        bibliography : path, optional
            A ``.bib`` file, by whose keys references are looked up. A reference of one word is a
            key, of it or of the models' literature.
        claims : sequence of CaseClaim
        marks : mapping of one capital letter to its meaning
        **others
            Further fields of the case: ``summary``, ``exhibits``, ``diagram``.
        """
        games = read_chapters(chapters)
        own = declare_marks(marks)
        files = () if bibliography is None else (arg.path("bibliography", bibliography),)
        works = Bibliography(files)
        facts, calibrations = read_values(arg.path("values", values), games, works=works)
        others = {"claims": CaseClaims(tuple(claims)), "marks": own, **others}
        return cls(title, games, calibrations, facts, works, **others)

    def chapter(self, name: str) -> Chapter:
        """The chapter of a game, by its class's name."""
        arg.one_of("game of the case", name, [chapter.name for chapter in self.chapters])
        return next(chapter for chapter in self.chapters if chapter.name == name)

    def calibration(self, game: str, name: object) -> Calibration:
        """One calibration of a game.

        Parameters
        ----------
        game : str
            The name of its class.
        name : str
            The calibration's; a year may be a number.
        """
        arg.one_of("calibrated game", game, self.calibrations)
        rows = self.calibrations[game]
        text = str(name) if type(name) is int and abs(name) < 10_000 else name
        key = arg.one_of("calibration", text, [*(row.name for row in rows), *self.aliases])
        key = self.aliases.get(key, key)
        return next(row for row in rows if row.name == key)

    def drawn(self) -> Diagram:
        """The diagram of the argument."""
        if self.diagram is None:
            return Diagram.of_chapters(self.chapters)
        if isinstance(self.diagram, Diagram):
            return self.diagram
        result = arg.call("diagram", self.diagram)
        return arg.instance("diagram", result, Diagram, "a Diagram")  # type: ignore[no-any-return]

    def cite(self, reference: str) -> str:
        """A citation as text for a key of the bibliography; other text is returned unchanged."""
        return (self.bibliography + bibliography()).cite(reference)

    def check(self) -> None:
        """Refuse what does not fit: names, values and sources, with what to do."""
        for fact in self.facts:
            self._check_source(f"the fact {fact.name}", fact.source)
        for claim in self.claims:
            self._check_claim(claim)
        for chapter in self.chapters:
            self._check_chapter(chapter)

    def _check_claim(self, claim: CaseClaim) -> None:
        self._check_source(f"claim {claim.number}", claim.source)
        if isinstance(claim.formal, str):
            try:
                _ = claim.parts
            except GameTheoryError as error:
                raise GameTheoryError(f"claim {claim.number}: {error}") from None

    def _check_chapter(self, chapter: Chapter) -> None:
        rows = self.calibrations.get(chapter.name, ())
        if not rows:
            raise GameTheoryError(
                f"{chapter.name} has no calibration in the case {self.title!r}; give its "
                f"parameters values under at least one name: {_parameters(chapter)}"
            )
        names = [row.name for row in rows]
        if len(set(names)) < len(names):
            raise ParameterError(
                f"calibrations of {chapter.name}", names, "names that differ", "Rename one"
            )
        for row in rows:
            self._check_calibration(chapter, row)
        own = chapter.game_class.parameters
        for parameter in own:
            self._check_source(f"{parameter.name} of {chapter.name}", parameter.source)
        if not isinstance(chapter.game, str):
            for quantity in chapter.game._quantities:
                self._check_source(f"{quantity.name} of {chapter.name}", quantity.source)
            for proposition in propositions_of(chapter.game):
                self._check_source(f"the proposition {proposition.name}", proposition.source)
        for name in (*chapter.open, *(chapter.regime_axes or ())):
            known = [text for p in own for text in (p.name, p.symbol.name, p.name.split(".")[0])]
            arg.one_of(f"parameter of {chapter.name}", name, dict.fromkeys(known))
        used = [name for f in (chapter.figures or {}).values() for name in (f.at, *f.compare)]
        for name in (*chapter.apart, *used):
            arg.one_of(f"calibration of {chapter.name}", name, names)

    def _check_calibration(self, chapter: Chapter, row: Calibration) -> None:
        for name, source in row.sources().items():
            self._check_source(f"{name} in the calibration {row.name!r}", source)
        try:
            game = chapter.game_class().at(row)
        except UnknownNameError as error:
            raise GameTheoryError(
                f"the calibration {row.name!r} of {chapter.name}: {error}"
            ) from None
        missing = [p.name for p in game.parameters if not _has_value(game, p, chapter)]
        if missing:
            raise GameTheoryError(
                f"the calibration {row.name!r} of {chapter.name} has no value for "
                f"{', '.join(missing)}; give it one, or name it in Chapter(open=[…])"
            )

    def _check_source(self, what: str, source: Source) -> None:
        """Refuse a key that is in no bibliography."""
        check_reference(f"the source of {what}", source.reference, self.bibliography)


def read_chapters(chapters: object) -> tuple[Chapter, ...]:
    """Chapters, from chapters, classes of games or names of the library's."""
    items = arg.sequence("chapters", chapters, "a list of Chapters, games' classes or their names")
    result = tuple(item if isinstance(item, Chapter) else Chapter(item) for item in items)
    names = [chapter.name for chapter in result]
    if not names or len(set(names)) < len(names):
        raise ParameterError("chapters", names, "one or more games, each once")
    return result


def _with_own_games(claims: CaseClaims, own: Mapping[str, type[Game]]) -> CaseClaims:
    """The claims of a case, its own games in the place of their names; others are the library's."""

    def resolve(game: Any, claim: CaseClaim) -> Any:
        if isinstance(game, str) and game and game not in {*own, *CLASSES}:
            place = f"Claim {claim.number} names it; write a class, or the name of one of these"
            raise UnknownNameError(
                "game", game, [*own, *(n for n in CLASSES if n not in own)], place
            )
        return own.get(game, game) if isinstance(game, str) else game

    def resolved(claim: CaseClaim) -> CaseClaim:
        at = tuple((resolve(game, claim), calibration) for game, calibration in claim.at)
        return replace(claim, game=resolve(claim.game, claim), at=at)

    return CaseClaims(tuple(map(resolved, claims)))


def _parameters(chapter: Chapter) -> str:
    return ", ".join(chapter.game_class.parameters.names)


def _has_value(game: Any, parameter: Any, chapter: Chapter) -> bool:
    names = {parameter.name, parameter.name.split(".")[0], parameter.symbol.name}
    return bool(
        parameter.symbol in game.values
        or parameter.default is not None
        or names & set(chapter.open)
        or _is_ingredient(game, parameter)
    )


def _is_ingredient(game: Any, parameter: Any) -> bool:
    """Whether a parameter only serves to derive another, which has a value."""
    derived = (row for row in game.parameters if row.default is not None)
    users = [row for row in derived if parameter.symbol in row.default.free_symbols]
    return bool(users) and all(row.symbol in game.values for row in users)


FILE, NAME = "case.py", "CASE"


def load_case(path: str | Path) -> Case:
    """Load a case from a file that defines ``CASE``, and check that everything fits.

    Parameters
    ----------
    path : path
        A Python file, or a folder that holds ``case.py``. The file is run.

    Raises
    ------
    GameTheoryError
        There is no such file, it does not run, it defines no case, or the case does not fit.
    """
    file = _file(arg.path("case", path))
    module = _run(file)
    case = getattr(module, NAME, None)
    if not isinstance(case, Case):
        raise GameTheoryError(
            f"{file} defines no case; write {NAME} = eeu.Case.from_csv(…) or "
            f"{NAME} = eeu.Case(…) in it"
        )
    case.check()
    return replace(case, path=file)


def _file(path: Path) -> Path:
    file = path / FILE if path.is_dir() else path
    if not file.is_file() or file.suffix != ".py":
        reason = f"{path} is no Python file" if path.exists() else f"there is no file {path}"
        what = f"{path} is a folder without {FILE}" if path.is_dir() else reason
        raise GameTheoryError(
            f"{what}; name a Python file that defines {NAME}, or a folder with {FILE}"
        )
    return file.resolve()


def _run(file: Path) -> ModuleType:
    """Run the file as a module; its folder is where it imports others from."""
    name = f"{file.stem}_of_case"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise GameTheoryError(f"{file} is no Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(file.parent))
    try:
        spec.loader.exec_module(module)
    except GameTheoryError:
        raise
    except Exception as error:
        raise GameTheoryError(f"{_place(file, error)}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(file.parent))
    return module


def _place(file: Path, error: Exception) -> str:
    lines = [frame.lineno for frame in extract_tb(error.__traceback__)
             if Path(frame.filename) == file]  # fmt: skip
    line = getattr(error, "lineno", None) or (lines[-1] if lines else None)
    return f"{file}, line {line}" if line else str(file)
