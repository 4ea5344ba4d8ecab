"""Results as data: a pandas data frame, CSV and JSON, exact in each."""

from __future__ import annotations

import csv as csv_format
import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from functools import singledispatch
from io import StringIO
from typing import Any

import sympy as sp

import gametheory_eeu
from gametheory_eeu.core import Calibration, Source, Space, parse
from gametheory_eeu.display.forms_as_data import AnyForm, form_data, form_from
from gametheory_eeu.display.notation import Math, math_text
from gametheory_eeu.display.printers import plain
from gametheory_eeu.display.proofs_as_data import proof_data, proof_from
from gametheory_eeu.display.result_tables import table
from gametheory_eeu.display.symbols_as_data import assumptions_data, symbols_from
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.errors import GameTheoryError, UnknownNameError
from gametheory_eeu.forms import ExtensiveForm, NormalForm, SymmetricGame
from gametheory_eeu.model import AbstractGame, Equilibrium, EquilibriumSet, Game, Partition
from gametheory_eeu.prover import Proof
from gametheory_eeu.statics import (
    StaticsTable,
    Uniqueness,
    comparative_statics,
    prove_unique,
    regimes,
)

FORMAT = 1
"""The version of the JSON layout; it changes when an old reader would be misled."""


def dataframe(result: Any) -> Any:
    """A pandas data frame: numbers, expressions and conditions stay exact SymPy objects.

    What the table is of, and what it is claimed under, is in ``attrs["caption"]`` and
    ``attrs["note"]``.
    """
    found = table(result)
    frame = _frame(found)
    frame.attrs.update(caption=found.caption, note=written(found.note))
    return frame


def _frame(found: Table) -> Any:
    import pandas as pd

    rows = [[cell if isinstance(cell, sp.Basic) else written(cell) for cell in row]
            for row in found.rows]  # fmt: skip
    if found.is_record:
        names = [name for name, _ in found.rows]
        return pd.DataFrame([[value for _, value in rows]], columns=names)
    return pd.DataFrame(rows, columns=list(found.columns))


def csv(result: Any) -> str:
    """Comma-separated values, with exact numbers that :func:`~gametheory_eeu.core.parse` reads."""
    found, stream = table(result), StringIO()
    writer = csv_format.writer(stream, lineterminator="\n")
    if not found.is_record:
        writer.writerow(found.columns)
    writer.writerows([written(cell) for cell in row] for row in found.rows)
    return stream.getvalue()


def written(cell: Cell) -> str:
    """A cell as exact text; expressions can be read back."""
    if isinstance(cell, tuple):
        return "".join(map(written, cell))
    if isinstance(cell, Math):
        return math_text(cell).replace("−", "-")
    return plain(cell) if isinstance(cell, sp.Basic) else str(cell)


def json_text(result: Any) -> str:
    """JSON with the versions that made it and exact numbers as text."""
    found = table(result)
    head = {
        "library": gametheory_eeu.__name__,
        "version": gametheory_eeu.__version__,
        "format": FORMAT,
        "type": type(result).__name__,
    }
    body = {
        "caption": found.caption,
        "columns": list(found.columns),
        "rows": [[written(cell) for cell in row] for row in found.rows],
        "note": written(found.note),
    }
    return json.dumps(head | _origin(result) | body, ensure_ascii=False, indent=1)


@singledispatch
def _origin(_: Any) -> dict[str, Any]:
    """What it takes to compute a result again."""
    return {}


@_origin.register
def _(result: Game) -> dict[str, Any]:
    if getattr(result, "form", "") == "at large":  # its arrays are not written
        return {}
    values = {name: [plain(value), *astuple(result.parameters.source(name))]
              for name, value in result.given.items()}  # fmt: skip
    basis = {} if result.basis is None else result.basis.values
    every = [*result.given.values(), *(value for value, _ in basis.values())]
    symbols = {s.name: assumptions_data(s) for value in every for s in value.free_symbols}
    members = None if result.members is None else list(result.members)
    name = type(result).__name__
    origin = {"name": name, "members": members, "calibration": "", "values": values}
    if result.basis is not None:
        calibrated = {key: [plain(value), *astuple(source)]
                      for key, (value, source) in basis.items()}  # fmt: skip
        origin |= {"calibration": result.basis.name, "calibrated": calibrated}
    return {"game": origin | ({"symbols": symbols} if symbols else {})}


@_origin.register(NormalForm)
@_origin.register(ExtensiveForm)
@_origin.register(SymmetricGame)
def _(result: AnyForm) -> dict[str, Any]:
    return {"form": form_data(result)}


@_origin.register
def _(result: Proof) -> dict[str, Any]:
    return {"proof": proof_data(result)}


@_origin.register
def _(result: EquilibriumSet) -> dict[str, Any]:
    return {**_origin(result.game), "concept": result.concept, "names": list(result.names)}


@_origin.register
def _(result: Equilibrium) -> dict[str, Any]:
    return {**_origin(result.game), "concept": result.concept}


@_origin.register
def _(result: StaticsTable) -> dict[str, Any]:
    return {} if result.game is None else {**_origin(result.game), "signs": _signs(result)}


@_origin.register
def _(result: Partition) -> dict[str, Any]:
    origin = _origin(result.game)
    if not origin:
        return {}
    return {**origin, "concept": result.concept, "given": _given(result.space, result.game),
            "edges": result.with_edges}  # fmt: skip


@_origin.register
def _(result: Uniqueness) -> dict[str, Any]:
    game = result.solution.game
    origin = _origin(game)
    if not origin:
        return {}
    return {**origin, "concept": result.solution.concept, "given": _given(result.space, game)}


def _given(space: Space, game: AbstractGame) -> list[str]:
    """What was said of the symbols beyond what the game says."""
    return [plain(c) for c in space.constraints if c not in game.space.constraints]


def from_json(text: str) -> Any:
    """Read what ``to_json`` wrote.

    A game is built again, and a proof found again. One equilibrium or all of them, comparative
    statics, regimes and uniqueness are *computed* again from the game's values, never taken on
    trust, and refused where their names, signs or rows differ from the text's.
    Every other result comes back as a :class:`Table` of exact text.

    Raises
    ------
    GameTheoryError
        Not this library's JSON, a newer layout, or contents that do not follow from the game.
    """
    data = _loaded(text)
    if "game" in data:
        game: Any = _game(_part(data, "game", dict))
    elif "form" in data:
        game = form_from(_part(data, "form", dict))
    elif "proof" in data:
        return proof_from(_part(data, "proof", dict))
    else:
        return _table(data)
    kind = _part(data, "type", str)
    if kind == EquilibriumSet.__name__:
        solved = game.solve(_part(data, "concept", str))
        return _agreed(solved, list(solved.names), _part(data, "names", list))
    if kind == StaticsTable.__name__:
        signs = _rows(data, "signs", width=3)
        statics = _statics(game, signs)
        return _agreed(statics, _signs(statics), signs)
    if kind == Equilibrium.__name__:
        return _equilibrium(game, data)
    if kind in (Partition.__name__, Uniqueness.__name__):
        return _divided(game, kind, data)
    return game if kind == type(game).__name__ else _table(data)


def _equilibrium(game: Any, data: dict[str, Any]) -> Equilibrium:
    """The equilibrium, found again among those of the game: every row must be its own."""
    rows, concept = _part(data, "rows", list), _part(data, "concept", str)
    first = [concept] if concept in game.concepts else []
    for each in dict.fromkeys([*first, *game.concepts]):
        solution: EquilibriumSet = game.solve(each)
        for found in solution:
            if [[written(cell) for cell in row] for row in table(found).rows] == rows:
                return found
    raise GameTheoryError(f"the game has no such equilibrium: {rows}")


def _divided(game: Any, kind: str, data: dict[str, Any]) -> Any:
    """Regimes or uniqueness, found again; every row must be what the text says."""
    known = {symbol.name: symbol for symbol in game.space.symbols}
    given = [parse(str(each), known) for each in _part(data, "given", list)]
    concept = _part(data, "concept", str)
    if kind == Uniqueness.__name__:
        found: Any = prove_unique(game, given, concept)
    else:
        found = regimes(game, concept, given, _part(data, "edges", bool))
    now = [[written(cell) for cell in row] for row in table(found).rows]
    return _agreed(found, now, _part(data, "rows", list))


def _loaded(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise GameTheoryError(f"this is not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("library") != gametheory_eeu.__name__:
        raise GameTheoryError("this JSON was not written by to_json() of this library")
    if data.get("format") != FORMAT:
        raise GameTheoryError(
            f"this JSON has layout {data.get('format')}, written by version {data.get('version')}; "
            f"version {gametheory_eeu.__version__} reads layout {FORMAT}"
        )
    return data


def _part(data: dict[str, Any], name: str, kind: type[Any]) -> Any:
    """An entry of the JSON, refused where it is missing or of another kind."""
    if not isinstance(data.get(name), kind):
        what = "text" if kind is str else f"a {kind.__name__}"
        came = f"is {data[name]!r:.80}" if name in data else "is missing"
        raise GameTheoryError(f"this JSON is damaged: {name!r} must be {what}, but {came}")
    return data[name]


def _rows(data: dict[str, Any], name: str, width: int) -> list[list[Any]]:
    """An entry that is a list of rows of text, each of one width."""
    rows: list[Any] = _part(data, name, list)
    for row in rows:
        if not (isinstance(row, list) and len(row) == width and _are_text(row)):
            raise GameTheoryError(
                f"this JSON is damaged: {row!r:.80} in {name!r} must be {width} texts"
            )
    return rows


def _are_text(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _table(data: dict[str, Any]) -> Table:
    columns = _part(data, "columns", list)
    if not _are_text(columns):
        raise GameTheoryError("this JSON is damaged: 'columns' must be texts")
    rows = tuple(map(tuple, _rows(data, "rows", len(columns))))
    return Table(tuple(columns), rows, _part(data, "caption", str), _part(data, "note", str))


def _game(origin: dict[str, Any]) -> Game:
    name = _part(origin, "name", str)
    getattr(gametheory_eeu, name, None)  # The library's own games load when first asked for.
    kinds = {kind.__name__: kind for kind in _below(Game)}
    if name not in kinds:
        raise UnknownNameError("game", name, kinds)
    members = _members(origin)
    general = kinds[name]() if members is None else kinds[name](members=members)
    own = _part(origin, "symbols", dict) if "symbols" in origin else {}
    symbols = symbols_from(own.items())
    values = _marked(origin, "values", symbols)
    name = _part(origin, "calibration", str)
    if "calibrated" not in origin:
        return general.at(Calibration(name, values))
    basis = Calibration(name, _marked(origin, "calibrated", symbols))
    return general.at(Calibration("", values)).with_basis(basis)


def _marked(
    origin: dict[str, Any], name: str, symbols: Mapping[str, Any]
) -> dict[str, tuple[Any, Source]]:
    """Values with their sources."""
    given = _part(origin, name, dict)
    rows = _rows({name: list(given.values())}, name, 4)
    return {key: (parse(value, known=symbols), Source(*source)) for key, (value, *source) in
            zip(given, rows, strict=True)}  # fmt: skip


def _members(origin: dict[str, Any]) -> list[str] | int | None:
    """The members as a game takes them: their number where the library itself named them."""
    if origin.get("members") is None:
        return None
    names: list[str] = _part(origin, "members", list)
    return len(names) if names == [str(i + 1) for i in range(len(names))] else names


def _below(kind: type[Game]) -> Iterator[type[Game]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _statics(game: Game, signs: list[list[str]]) -> StaticsTable:
    """The same rows of the table, computed again."""
    asked = {(quantity, parameter) for quantity, parameter, _ in signs}
    table = comparative_statics(game)
    rows, zeros = (tuple(r for r in part if (r.quantity, r.parameter.name) in asked)
                   for part in (table.rows, table.zeros))  # fmt: skip
    return StaticsTable(rows, game, zeros=zeros)


def _signs(found: StaticsTable) -> list[list[str]]:
    return [[r.quantity, r.parameter.name, r.sign] for r in (*found.rows, *found.zeros)]


def _agreed(found: Any, now: object, before: object) -> Any:
    if now != before:
        raise GameTheoryError(f"the JSON says {before}, but the game implies {now}")
    return found
