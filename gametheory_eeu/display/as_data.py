"""Results as data: a pandas data frame, CSV and JSON, exact in each."""

from __future__ import annotations

import csv as csv_format
import json
from functools import singledispatch
from io import StringIO
from typing import Any

import sympy as sp

import gametheory_eeu
from gametheory_eeu.core import Space, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.forms_as_data import AnyForm, form_data, form_from_data
from gametheory_eeu.display.games_as_data import (
    are_text,
    argument_data,
    argument_from_data,
    entry,
    game_data,
    game_from_data,
    text_rows,
)
from gametheory_eeu.display.printers import math_text, plain_text
from gametheory_eeu.display.proofs_as_data import (
    damaged,
    proof_data,
    proof_from_data,
)
from gametheory_eeu.display.result_tables import table
from gametheory_eeu.display.tables import Cell, Table, write_cell
from gametheory_eeu.display.value_tables import DECIMAL, value_table
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms import (
    CheapTalk,
    ContinuousGame,
    ContinuousTree,
    ExtensiveForm,
    NormalForm,
    SignallingGame,
    SymmetricGame,
)
from gametheory_eeu.games import (
    AbstractGame,
    Argument,
    Equilibrium,
    EquilibriumSet,
    Game,
    Partition,
)
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


@arg.validate(flat=arg.flag)
def dataframe(result: Any, flat: bool = False) -> Any:
    """A pandas data frame: numbers, expressions and conditions stay exact SymPy objects.

    What the table is of, and what it is claimed under, is in ``attrs["caption"]`` and
    ``attrs["note"]``.

    Parameters
    ----------
    result : any result of the library
    flat : bool
        One value in each cell, and a decimal column beside each column of numbers, as in
        :func:`csv`; otherwise the columns that a reader sees.
    """
    result_table = value_table(result) if flat else table(result)
    frame = _frame(result_table)
    if flat:
        for name in frame.columns:
            if name.endswith(DECIMAL):
                frame[name] = frame[name].replace("", "nan").astype(float)
    frame.attrs.update(caption=result_table.caption, note=cell_exact_text(result_table.note))
    return frame


def _frame(table: Table) -> Any:
    import pandas as pd

    rows = [[cell if isinstance(cell, sp.Basic) else cell_exact_text(cell) for cell in row]
            for row in table.rows]  # fmt: skip
    if table.is_record:
        names = [name for name, _ in table.rows]
        return pd.DataFrame([[value for _, value in rows]], columns=names)
    return pd.DataFrame(rows, columns=list(table.columns))


def csv(result: Any) -> str:
    """Comma-separated values, one in each cell.

    Exact numbers are text that :func:`~gametheory_eeu.core.parse` reads, and each column that has
    any is followed by one of decimal numbers.
    """
    result_table, stream = value_table(result), StringIO()
    writer = csv_format.writer(stream, lineterminator="\n")
    if not result_table.is_record:
        writer.writerow(result_table.columns)
    writer.writerows(_exact_rows(result_table))
    return stream.getvalue()


def cell_exact_text(cell: Cell) -> str:
    """A cell as exact text; expressions can be read back."""
    return write_cell(cell, lambda math: math_text(math).replace("−", "-"), plain_text)


def _exact_rows(table: Table) -> list[list[str]]:
    return [[cell_exact_text(cell) for cell in row] for row in table.rows]


def json_text(result: Any) -> str:
    """JSON with the versions that made it and exact numbers as text."""
    result_table = table(result)
    header = {
        "library": gametheory_eeu.__name__,
        "version": gametheory_eeu.__version__,
        "format": FORMAT,
        "type": type(result).__name__,
    }
    body = {
        "caption": result_table.caption,
        "columns": list(result_table.columns),
        "rows": _exact_rows(result_table),
        "note": cell_exact_text(result_table.note),
    }
    return json.dumps(header | _origin(result) | body, ensure_ascii=False, indent=1)


@singledispatch
def _origin(_: Any) -> dict[str, Any]:
    """Data from which a result is computed again."""
    return {}


@_origin.register
def _(result: Argument) -> dict[str, Any]:
    games = {name: _origin(game) for name, game in result.chain.bare_games.items()}
    return {"argument": argument_data(result, games)} if all(games.values()) else {}


@_origin.register(Game)
def _(result: Game) -> dict[str, Any]:
    if getattr(result, "variant", "") == "at large":  # its arrays are not written
        return {}
    return {"game": game_data(result)}


@_origin.register(CheapTalk)
@_origin.register(ContinuousGame)
@_origin.register(ContinuousTree)
@_origin.register(SignallingGame)
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
    given = _extra_constraints(result.space, result.game)
    return origin | {"concept": result.concept, "given": given, "edges": result.with_edges}


@_origin.register
def _(result: Uniqueness) -> dict[str, Any]:
    game = result.solution.game
    origin = _origin(game)
    if not origin:
        return {}
    given = _extra_constraints(result.space, game)
    return origin | {"concept": result.solution.concept, "given": given}


def _extra_constraints(space: Space, game: AbstractGame) -> list[str]:
    """Constraints on the symbols beyond those of the game."""
    return [plain_text(c) for c in space.constraints if c not in game.space.constraints]


def from_json(text: str) -> Any:
    """Read a result from the JSON that ``to_json`` writes.

    A game is built again, and a proof found again. One equilibrium or all of them, comparative
    statics, regimes and uniqueness are *computed* again from the game's values, never taken on
    trust, and refused where their names, signs or rows differ from the text's.
    Every other result comes back as a :class:`Table` of exact text.

    Raises
    ------
    GameTheoryError
        Not this library's JSON, a newer layout, or contents that do not follow from the game.
    """
    data = _load(text)
    if "argument" in data:
        game: Any = argument_from_data(entry(data, "argument", dict))
    elif "game" in data:
        game = game_from_data(entry(data, "game", dict))
    elif "form" in data:
        game = form_from_data(entry(data, "form", dict))
    elif "proof" in data:
        return proof_from_data(entry(data, "proof", dict))
    else:
        return _table(data)
    kind = entry(data, "type", str)
    if kind == type(game).__name__ and not {"concept", "signs"} & data.keys():
        return game
    if kind == EquilibriumSet.__name__:
        names, solution = entry(data, "names", list), game.solve(entry(data, "concept", str))
        generic = solution.without_ties()
        equilibria = generic if names == list(generic.names) else solution
        return _require_equal(equilibria, list(equilibria.names), names)
    if kind == StaticsTable.__name__:
        signs = text_rows(data, "signs", width=3)
        statics = _statics(game, signs)
        return _require_equal(statics, _signs(statics), signs)
    if kind == Equilibrium.__name__:
        return _equilibrium(game, data)
    if kind in (Partition.__name__, Uniqueness.__name__):
        return _regimes_or_uniqueness(game, kind, data)
    return _table(data)


def _equilibrium(game: Any, data: dict[str, Any]) -> Equilibrium:
    """The game's equilibrium whose table has the stored rows."""
    rows, concept = entry(data, "rows", list), entry(data, "concept", str)
    first = [concept] if concept in game.concepts else []
    for candidate in dict.fromkeys([*first, *game.concepts]):
        solution: EquilibriumSet = game.solve(candidate)
        for equilibrium in solution:
            if _exact_rows(table(equilibrium)) == rows:
                return equilibrium
    raise GameTheoryError(f"the game has no such equilibrium: {rows}")


def _regimes_or_uniqueness(game: Any, kind: str, data: dict[str, Any]) -> Any:
    """Regimes or uniqueness, computed again; the rows must equal the stored ones."""
    symbols = {symbol.name: symbol for symbol in game.space.symbols}
    given = [parse(str(condition), symbols) for condition in entry(data, "given", list)]
    concept = entry(data, "concept", str)
    if kind == Uniqueness.__name__:
        result: Any = prove_unique(game, given, concept)
    else:
        result = regimes(game, concept, given, entry(data, "edges", bool))
    return _require_equal(result, _exact_rows(table(result)), entry(data, "rows", list))


def _load(text: str) -> dict[str, Any]:
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


def _table(data: dict[str, Any]) -> Table:
    columns = entry(data, "columns", list)
    if not are_text(columns):
        raise damaged("'columns' must be texts")
    rows = tuple(map(tuple, text_rows(data, "rows", len(columns))))
    return Table(tuple(columns), rows, entry(data, "caption", str), entry(data, "note", str))


def _statics(game: Game, signs: list[list[str]]) -> StaticsTable:
    """The stored rows of a table of comparative statics, computed again."""
    pairs = {(quantity, parameter) for quantity, parameter, _ in signs}
    table = comparative_statics(game)
    rows, zeros = (tuple(r for r in group if (r.quantity, r.parameter.name) in pairs)
                   for group in (table.rows, table.zeros))  # fmt: skip
    return StaticsTable(rows, game, zeros=zeros)


def _signs(table: StaticsTable) -> list[list[str]]:
    return [[r.quantity, r.parameter.name, r.sign] for r in (*table.rows, *table.zeros)]


def _require_equal(result: Any, actual: object, expected: object) -> Any:
    if actual != expected:
        raise GameTheoryError(f"the JSON says {expected}, but the game implies {actual}")
    return result
