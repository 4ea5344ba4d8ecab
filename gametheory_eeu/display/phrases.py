"""Solved games in sentences, with phrases for them, and side by side; all is read from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.figures import module_beside
from gametheory_eeu.display.printers import decimal, is_short, symbol_text
from gametheory_eeu.display.result_tables import table, title
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games import AbstractGame, EquilibriumSet, Game, Quantity
from gametheory_eeu.games.equilibrium import unique_names


def quantity_text(q: Quantity) -> str:
    """A quantity that exists, with its value: ``P_J = 2``."""
    return equation(q.symbol, q.value)


def equation(symbol: str, value: Expr) -> str:
    """Equation of a symbol and its value: ``P = 2``, or ``P_J ≈ 1.429`` where it is rounded."""
    return f"{symbol_text(symbol)} {'=' if is_short(value) else '≈'} {decimal(value)}"


def count_phrase(number: int, singular: str, plural: str) -> str:
    """A number with its noun: ``1 period``, ``2 periods``."""
    return f"{number} {singular if number == 1 else plural}"


@arg.validate(game=arg.instance_of(Game, "a game of parameters, at values"))
def sentence(game: Game) -> str:
    """A plain sentence on a game at its values: the model's own, or what its equilibria are.

    Examples
    --------
    >>> from gametheory_eeu import CredibleCommitment
    >>> sentence(CredibleCommitment(b=1, ell=1, sigma=0, mu="7/10")).partition(",")[0]
    'At μ = 0.7'
    """
    own = getattr(module_beside(type(game)), "sentence", None)
    return _equilibria_sentence(game) if own is None else str(own(game))


def _equilibria_sentence(game: Game) -> str:
    solution = game.solve()
    outcomes = [f"{e.name} ({e.note})" if e.note else e.name for e in solution]
    if not outcomes:
        return "No equilibrium was found."
    if len(outcomes) == 1:
        return f"The only equilibrium is {outcomes[0]}."
    return f"There are {len(outcomes)} equilibria: {'; '.join(outcomes)}."


# Games side by side.

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
    values = [dict(g.parameters.values) if isinstance(g, Game) else {} for g in games]
    rows = [
        *_rows("parameter", values),
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


def _quantities(game: AbstractGame) -> dict[str, Cell]:
    quantities: Mapping[str, object] = game.quantities
    return {name: table(q).rows[2][1] for name, q in quantities.items()}


def _conditions(solution: EquilibriumSet) -> dict[str, Cell]:
    return {e.name: "exists" if e.condition == sp.true else e.condition for e in solution}


def _payoffs(solution: EquilibriumSet) -> dict[str, Cell]:
    return {f"{player} at {e.name}": paid for e in solution for player, paid in e.payoffs.items()}
