"""Citation of anything that has sources: a game, a proposition, a result, a claim, a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import getattr_static
from pathlib import Path
from types import ModuleType
from typing import Any

from gametheory_eeu._registry import provided
from gametheory_eeu.cases.case import Case
from gametheory_eeu.cases.claims import CaseClaim
from gametheory_eeu.core import Bibliography, Citation, Source, Work
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError, short_repr
from gametheory_eeu.games import AbstractGame, Argument, Proposition
from gametheory_eeu.models import CLASSES, bibliography, model_class

LIBRARY = Bibliography((Path(__file__).parents[1] / "library.bib",))
TEXT = "article"
"""The name of the text that the library's own case formalises."""

_KINDS = (
    "a game or its class, a proposition or its judgement, a result with a .game, a claim with a "
    ".source, a calibration, a case, a Source, a key of the bibliography; with no argument: the "
    "library"
)

_OWN_WORKS = (
    'For your own works, write bibliography=Bibliography(("works.bib",)); a source may name one in '
    "several words, too"
)


def cite(*what: object, bibliography: Bibliography | Case | None = None) -> Citation:
    """The works that something rests on, as text and BibTeX.

    Parameters
    ----------
    *what : objects
        With no argument: the library; ``eeu.article``, or ``"article"``, is the text whose
        argument it formalises. Otherwise anything with sources: a game or its class, or its name;
        a proposition or its judgement; a result with a ``game``, such as an EquilibriumSet; a
        claim with a ``source`` and a ``game``; a Calibration, a Case, a Source; or a key.
    bibliography : Bibliography or Case, optional
        Of one's own; its keys count before those of the library.

    Raises
    ------
    UnknownNameError
        A key that is in no bibliography: the nearest that is.
    ParameterError
        What cannot have sources.
    GameTheoryError
        A game that names no sources, such as one of payoffs alone.

    Examples
    --------
    >>> print(cite("Kydd2005").text)
    Andrew H. Kydd. Trust and Mistrust in International Relations. Princeton University Press, 2005.
    """
    items = what or (LIBRARY,)
    known = _known(bibliography, items)
    notes: dict[str, list[str]] = {}
    for item in items:
        for source in _sources(item, known):
            if source.reference:
                notes.setdefault(source.reference, []).append(source.note)
    captions = ", ".join(dict.fromkeys(_name(item) for item in items))
    return Citation(captions, tuple(_work(key, own, known) for key, own in notes.items()))


def _known(own: object, items: Iterable[object]) -> Bibliography:
    """The bibliographies in which a key is looked up, the user's own first."""
    if isinstance(own, Case):
        own = own.bibliography
    if own is not None:
        arg.instance("bibliography", own, Bibliography, "a Bibliography, or a Case")
    parts = [own] if isinstance(own, Bibliography) else []
    parts += [item.bibliography for item in items if isinstance(item, Case)]
    parts += [item for item in items if isinstance(item, Bibliography)]
    parts += [bibliography(), provided("own case").bibliography, LIBRARY]
    files = dict.fromkeys(file for part in parts for file in part.files)
    return Bibliography(tuple(files))


def _work(reference: str, notes: Iterable[str], known: Bibliography) -> Work:
    """The work of a source; one in several words, that is no key, is cited as it stands."""
    note = "; ".join(filter(None, dict.fromkeys(notes)))
    if reference not in known and " " in reference:
        return Work("", reference, note)
    if reference not in known:
        raise UnknownNameError("entry of the bibliography", reference, known, _OWN_WORKS)
    return known.work(reference, note)


def _sources(item: Any, known: Bibliography) -> Iterator[Source]:
    """The sources of anything."""
    if isinstance(item, Source):
        yield item
    elif isinstance(item, ModuleType) and item.__name__ == __name__.partition(".")[0]:
        yield from _sources(LIBRARY, known)
    elif isinstance(item, Bibliography):
        yield from (Source("L", key) for key in item)
    elif isinstance(item, str):
        yield from _sources_of_name(item, known)
    elif isinstance(item, ModuleType) and isinstance(getattr(item, "CASE", None), Case):
        yield from _text_of(item.CASE)
    elif isinstance(item, Case):
        yield from _sources_of_case(item, known)
    elif isinstance(item, Proposition):
        yield from _sources_of_proposition(item)
    elif _is_game(item):
        yield from _sources_of_game(item)
    else:
        yield from _sources_of_parts(item, known)


def _sources_of_name(name: str, known: Bibliography) -> Iterator[Source]:
    if name == TEXT:
        yield from _text_of(provided("own case"))
    elif name in CLASSES:
        yield from _sources_of_game(model_class(name))
    elif name in known:
        yield Source("L", name)
    else:
        names = [*known, *CLASSES, TEXT]
        raise UnknownNameError("entry of the bibliography", name, names, _OWN_WORKS)


def _sources_of_proposition(proposition: Proposition) -> Iterator[Source]:
    """Its own, or where that names no work those of its game."""
    if proposition.source.reference or proposition.game not in CLASSES:
        yield proposition.source
    else:
        yield from _sources_of_game(model_class(proposition.game))


def _text_of(case: Case) -> Iterator[Source]:
    """The text that a case formalises: its facts say so by their mark."""
    for reference in dict.fromkeys(f.source.reference for f in case.facts if f.source.mark == "A"):
        yield Source("A", reference)


def _sources_of_case(case: Case, known: Bibliography) -> Iterator[Source]:
    yield from (fact.source for fact in case.facts)
    for rows in case.calibrations.values():
        for calibration in rows:
            yield from calibration.sources().values()
    for chapter in case.chapters:
        yield from _sources_of_game(chapter.game_class)
    for claim in case.claims:
        yield from _sources_of_parts(claim, known)


def _sources_of_game(game: Any) -> Iterator[Source]:
    """Those of its parameters and their values, of its quantities and its propositions."""
    if isinstance(game, Argument):
        for each in game.chain.games.values():
            yield from _sources_of_game(each)
    kind = game if isinstance(game, type) else type(game)
    table: Any = game.parameters
    yield from (row.source for row in table)
    if hasattr(table, "source"):
        yield from (table.source(row.name) for row in table)
    for name in dir(kind):
        source = getattr(getattr_static(kind, name), "source", None)
        yield from [source] if isinstance(source, Source) else []
    from gametheory_eeu.models.registry import propositions_of

    yield from (p.source for p in propositions_of(kind))


def _sources_of_parts(item: Any, known: Bibliography) -> Iterator[Source]:
    """Those of what has a ``source``, ``sources()``, a ``proposition``, a ``claim``, a ``game``."""
    source, several = getattr(item, "source", None), getattr(item, "sources", None)
    kinds = (Proposition, CaseClaim)
    parts = [part for part in _parts(item) if _is_game(part) or isinstance(part, kinds)]
    if isinstance(source, Source):
        yield source
    elif callable(several) and not isinstance(item, type):
        yield from several().values()
    elif not parts:
        raise _without_sources(item)
    if isinstance(item, CaseClaim):
        yield from _sources_of_claim(item)
    for part in parts:
        yield from _sources(part, known)


def _without_sources(item: Any) -> GameTheoryError:
    game = getattr(item, "game", item)
    if not isinstance(game, AbstractGame):
        return ParameterError("what", item, _KINDS)
    return GameTheoryError(f"{short_repr(game)} names no sources; cite the library with eeu.cite()")


def _sources_of_claim(claim: CaseClaim) -> Iterator[Source]:
    """Those of its figures, and of the propositions that it comes to."""
    from gametheory_eeu.models.registry import propositions

    yield from (fact.source for fact in claim.facts)
    for name in claim.propositions:
        yield propositions()[name.partition("/")[0]].source


def _parts(item: Any) -> Iterator[Any]:
    """What a result is about."""
    yield from (getattr(item, name, None) for name in ("proposition", "claim", "game", "argument"))


def _is_game(item: Any) -> bool:
    """Whether it is a game with parameters, or the name of one of the library's."""
    if isinstance(item, str):
        return item in CLASSES
    return hasattr(item, "parameters") and hasattr(item, "quantities")


def _name(item: Any) -> str:
    """What is cited, in words."""
    if item is LIBRARY or isinstance(item, ModuleType):
        return str(item.CASE.title) if hasattr(item, "CASE") else "the library"
    if isinstance(item, (str, Source)):
        return str(item)
    if isinstance(item, Bibliography):
        return "a bibliography"
    names = (getattr(item, name, "") for name in ("title", "name"))
    own = next((name for name in names if isinstance(name, str) and name), "")
    part = next((part for part in _parts(item) if part), None)
    return own or (type(item).__name__ if part is None else _name(part))
