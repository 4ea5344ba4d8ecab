"""Games in JSON: the class, by what it is and not by its name alone, and the values given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from hashlib import sha256
from typing import Any, TypeVar

import gametheory_eeu
from gametheory_eeu._types import Expr
from gametheory_eeu.core import Calibration, Source, parse
from gametheory_eeu.display.forms_as_data import form_data
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.display.proofs_as_data import assumptions_data, damaged, symbols_from_data
from gametheory_eeu.errors import GameTheoryError, UnknownNameError, UnsupportedError
from gametheory_eeu.games import Argument, Game

G = TypeVar("G", bound=Game)


def game_data(game: Game) -> dict[str, Any]:
    """The data of a game, from which it can be built again."""
    given = {name: (value, game.parameters.source(name)) for name, value in game.given.items()}
    basis = {} if game.basis is None else game.basis.values
    expressions = [value for value, _ in (*given.values(), *basis.values())]
    symbols = {s.name: assumptions_data(s) for value in expressions for s in value.free_symbols}
    members = None if game.members is None else list(game.members)
    kind = type(game)
    data = {"name": kind.__name__, "members": members, "calibration": "", "values": _rows(given)}
    if not _is_of_library(kind):
        data |= {"module": kind.__module__, "class": kind.__qualname__, "digest": _digest(game)}
    if game.basis is not None:
        data |= {"calibration": game.basis.name, "calibrated": _rows(basis)}
    return data | ({"symbols": symbols} if symbols else {})


def _rows(values: Mapping[str, tuple[Expr, Source]]) -> dict[str, list[str]]:
    """Values of parameters with their sources, as texts."""
    return {name: [plain_text(value), *astuple(source)] for name, (value, source) in values.items()}


def argument_data(argument: Argument, games: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The data of an argument whose games have the data that is given."""
    chain = argument.chain
    expressions = [*chain.given, *(s for game in chain.games.values() for s in game.space.symbols)]
    return {
        "games": games,
        "links": dict(argument.links),
        "given": [plain_text(condition) for condition in chain.given],
        "symbols": {s.name: assumptions_data(s) for e in expressions for s in e.free_symbols},
        "apart": sorted(".".join(place) for place in chain.apart),
        "title": argument.title,
        "game": game_data(argument),
    }


def argument_from_data(data: dict[str, Any]) -> Argument:
    """An argument: its games built again, joined as they were, at its values."""
    games = {}
    for name, game in entry(data, "games", dict).items():
        is_argument = "argument" in game
        games[name] = (
            argument_from_data(game["argument"]) if is_argument else game_from_data(game["game"])
        )
    symbols = symbols_from_data(entry(data, "symbols", dict).items())
    given = [parse(str(condition), known=symbols) for condition in entry(data, "given", list)]
    argument = Argument(
        games,
        entry(data, "links", dict),
        given=given,
        apart=entry(data, "apart", list),
        title=entry(data, "title", str),
    )
    return _at_values(argument, entry(data, "game", dict))


def game_from_data(data: dict[str, Any]) -> Game:
    """The library's game of a name; or the user's, of the class that it was written from.

    Nothing is imported but the library's own: a file must not run code.
    """
    name = entry(data, "name", str)
    if "module" not in data:
        return _built(_class_of_name(name), data)
    place = entry(data, "module", str), entry(data, "class", str)
    known = [kind for kind in _subclasses(Game) if not _is_of_library(kind)]
    candidates = [kind for kind in known if (kind.__module__, kind.__qualname__) == place]
    for kind in reversed(candidates):  # of two of a name and place, the later first
        game = _built(kind, data)
        if _digest(game) == entry(data, "digest", str):
            return game
    title = f"the game {place[1]!r} of the module {place[0]!r}"
    if candidates:
        raise GameTheoryError(f"{title} is another one than was written: its form has changed")
    raise GameTheoryError(f"{title} is not loaded: import or define it first")


def _class_of_name(name: str) -> type[Game]:
    """The library's class; else, for what versions before 0.3 wrote, the user's latest."""
    found = getattr(gametheory_eeu, name, None)
    if isinstance(found, type) and issubclass(found, Game):
        return found
    known = {kind.__name__: kind for kind in sorted(_subclasses(Game), key=_is_of_library)}
    if name not in known:
        raise UnknownNameError("game", name, known)
    return known[name]


def _subclasses(kind: type[Game]) -> Iterator[type[Game]]:
    """Classes derived from a class of games, as far as they are loaded, in order of definition."""
    for derived in kind.__subclasses__():
        yield derived
        yield from _subclasses(derived)


def _is_of_library(kind: type) -> bool:
    return kind.__module__.startswith(f"{gametheory_eeu.__name__}.")


def _digest(game: Game) -> str:
    """What tells a game from another one of its class's name: its form, or else its quantities."""
    try:
        form: Any = game._finite_form if game.has_form else None
    except UnsupportedError:  # none while its members are not listed
        form = None
    data = (
        {name: str(quantity.expression) for name, quantity in game.quantities.items()}
        if form is None
        else form_data(form) | {"title": ""}
    )
    return sha256(json.dumps(data).encode()).hexdigest()[:16]


def _built(kind: type[Game], data: dict[str, Any]) -> Game:
    """A game of a class, at the stored values."""
    members = _members(data)
    try:
        general = kind() if members is None else kind(members=members)
    except GameTheoryError:
        raise
    except Exception as error:
        raise GameTheoryError(
            f"{kind.__qualname__} cannot be built again from its values: without any it raises "
            f"{type(error).__name__}: {error}"
        ) from error
    return _at_values(general, data)


def _at_values(general: G, origin: dict[str, Any]) -> G:
    """A game at the stored values, with their sources and the calibration they come from."""
    assumptions = entry(origin, "symbols", dict) if "symbols" in origin else {}
    symbols = symbols_from_data(assumptions.items())
    values = _sourced_values(origin, "values", symbols)
    name = entry(origin, "calibration", str)
    if "calibrated" not in origin:
        return general.at(Calibration(name, values))
    basis = Calibration(name, _sourced_values(origin, "calibrated", symbols))
    return general.at(Calibration("", values)).with_basis(basis)


def _sourced_values(
    origin: dict[str, Any], name: str, symbols: Mapping[str, Any]
) -> dict[str, tuple[Any, Source]]:
    """Values of parameters with their sources."""
    entries = entry(origin, name, dict)
    rows = text_rows({name: list(entries.values())}, name, 4)
    return {key: (parse(value, known=symbols), Source(*source)) for key, (value, *source) in
            zip(entries, rows, strict=True)}  # fmt: skip


def _members(origin: dict[str, Any]) -> list[str] | int | None:
    """Members as a game takes them: their number where the library named them."""
    if origin.get("members") is None:
        return None
    names: list[str] = entry(origin, "members", list)
    return len(names) if names == [str(i + 1) for i in range(len(names))] else names


def entry(data: dict[str, Any], name: str, kind: type[Any]) -> Any:
    """An entry of the JSON, refused where it is missing or of another type."""
    if not isinstance(data.get(name), kind):
        expected = "text" if kind is str else f"a {kind.__name__}"
        actual = f"is {data[name]!r:.80}" if name in data else "is missing"
        raise damaged(f"{name!r} must be {expected}, but {actual}")
    return data[name]


def text_rows(data: dict[str, Any], name: str, width: int) -> list[list[Any]]:
    """An entry that is a list of rows of text, all of one width."""
    rows: list[Any] = entry(data, name, list)
    for row in rows:
        if not (isinstance(row, list) and len(row) == width and are_text(row)):
            raise damaged(f"{row!r:.80} in {name!r} must be {width} texts")
    return rows


def are_text(values: list[Any]) -> bool:
    """Whether all values are texts."""
    return all(isinstance(value, str) for value in values)


__all__ = [
    "are_text",
    "argument_data",
    "argument_from_data",
    "entry",
    "game_data",
    "game_from_data",
    "text_rows",
]
