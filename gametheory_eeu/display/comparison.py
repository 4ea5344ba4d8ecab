"""Games side by side, and quantities along a parameter, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import sympy as sp

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.result_tables import summary, table, title
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model import AbstractGame, EquilibriumSet, Game
from gametheory_eeu.model.equilibrium import unique_names
from gametheory_eeu.statics import Curve

_ABSENT = "—"


@arg.validate(concept=arg.optional(arg.text), differences=arg.flag)
def compare(*games: AbstractGame, concept: str | None = None, differences: bool = False) -> Table:
    """Games side by side: values, quantities, and equilibria with their conditions and payoffs.

    Parameters
    ----------
    *games : two games or more
        Two calibrations of one game, or variants of a game that you write.
    concept : str, optional
        The solution concept; by default each game's own first.
    differences : bool
        Whether rows in which all games agree are left out.

    Examples
    --------
    >>> from gametheory_eeu import NormalForm
    >>> before = NormalForm([[3, 0], [5, 1]], [[3, 5], [0, 1]], title="Before")
    >>> after = NormalForm([[3, 0], [2, 1]], [[3, 2], [0, 1]], title="After")
    >>> print(compare(before, after, differences=True))
    Before and After, side by side
    kind          name                       Before   After
    ────────────────────────────────────────────────────────
    equilibrium   1, 1                       —        exists
    equilibrium   1 + 2, 1 + 2               —        exists
    payoff        player 1 at 1, 1           —        3
    payoff        player 2 at 1, 1           —        3
    payoff        player 1 at 1 + 2, 1 + 2   —        1.5
    payoff        player 2 at 1 + 2, 1 + 2   —        1.5
    """
    if len(games) < 2 or not all(isinstance(game, AbstractGame) for game in games):
        raise ParameterError("games", games, "two games or more, each with solve(): models, or "
                             "forms such as NormalForm")  # fmt: skip
    labels = unique_names([game.calibration or title(game) for game in games])
    solutions = [game.solve(concept) for game in games]
    rows = [
        *_rows("parameter", [_values(game) for game in games]),
        *_rows("quantity", [_quantities(game) for game in games]),
        *_rows("equilibrium", [_conditions(solution) for solution in solutions]),
        *_rows("payoff", [_payoffs(solution) for solution in solutions]),
    ]
    if differences:
        rows = [row for row in rows if any(cell != row[2] for cell in row[3:])]
    caption = f"{' and '.join(labels)}, side by side"
    return Table(("kind", "name", *labels), tuple(rows), caption)


def _rows(kind: str, columns: list[dict[str, Cell]]) -> Iterator[tuple[Cell, ...]]:
    """A row for each name, with what each game has under it."""
    for name in dict.fromkeys(name for column in columns for name in column):
        yield kind, name, *(column.get(name, _ABSENT) for column in columns)


def _values(game: AbstractGame) -> dict[str, Cell]:
    return dict(game.parameters.values) if isinstance(game, Game) else {}


def _quantities(game: AbstractGame) -> dict[str, Cell]:
    quantities: Mapping[str, object] = game.quantities
    return {name: table(q).rows[2][1] for name, q in quantities.items()}


def _conditions(solution: EquilibriumSet) -> dict[str, Cell]:
    return {e.name: "exists" if e.condition == sp.true else e.condition for e in solution}


def _payoffs(solution: EquilibriumSet) -> dict[str, Cell]:
    return {
        f"{player} at {e.name}": payoff for e in solution for player, payoff in e.payoffs.items()
    }


@table.register
def _(result: Curve) -> Table:
    columns = (result.symbol.name, *(line.name for line in result.lines))
    rows = tuple(
        (point, *("" if value is None else value for value in values)) for point, values in result
    )
    names = ", ".join(line.name for line in result.lines)
    return Table(columns, rows, f"{title(result.game)}: {names} along {result.parameter}")


@summary.register
def _(result: Curve) -> Table:
    """Of many points the first and the last."""
    whole = table(result)
    short = whole.shortened()
    return whole if short is whole else replace(short, note=f"{len(whole.rows)} points.")
