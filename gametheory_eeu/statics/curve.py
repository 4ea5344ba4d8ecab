"""Curve: quantities of a game along one parameter, as a table and as a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.definedness import substitute
from gametheory_eeu.core.results import Plottable
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError
from gametheory_eeu.games import AbstractGame, Game
from gametheory_eeu.statics.derivatives import Target, equilibrium_targets
from gametheory_eeu.statics.derivatives import targets as game_targets

_MAX_POINTS = 100_000
_QUANTITY = "the name of a quantity, an expression in the game's symbols, or a list of them"
_ENDS = "two numbers, the smaller first"


@dataclass(frozen=True)
class CurveLine:
    """One quantity as a formula in the parameter along which it is looked at.

    Parameters
    ----------
    name : str
    expression : SymPy expression
    exists_when : SymPy Boolean
    label : str
        As a paper writes it, in LaTeX.
    """

    name: str
    expression: Expr
    exists_when: Boolean
    label: str


@dataclass(frozen=True, repr=False)
class Curve(Plottable):
    """Quantities of a game along one parameter, at exact points.

    Parameters
    ----------
    game : game
    parameter : str
        The name of what is on the axis.
    symbol : Symbol
    lines : tuple of CurveLine
    points : tuple of exact numbers
    values : tuple of tuples
        For each point the value of each line; None where it does not exist.
    """

    game: AbstractGame
    parameter: str
    symbol: Symbol
    lines: tuple[CurveLine, ...]
    points: tuple[Expr, ...]
    values: tuple[tuple[Expr | None, ...], ...]

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[tuple[Expr, tuple[Expr | None, ...]]]:
        return iter(zip(self.points, self.values, strict=True))

    def __repr__(self) -> str:
        names = ", ".join(line.name for line in self.lines)
        return f"<{names} along {self.parameter}: {len(self)} points>"


@arg.validate(game=arg.instance_of(AbstractGame, "a game"), along=arg.text)
def curve(
    game: AbstractGame,
    quantity: object,
    along: str,
    between: Sequence[object] = (0, 1),
    count: int = 11,
) -> Curve:
    """Quantities of a game along one parameter: a table of exact values, and a figure.

    Parameters
    ----------
    game : game
        With numbers for whatever else the quantities turn on.
    quantity : str, SymPy expression, or list of them
        Names of quantities, such as ``"trust_threshold"``; names of a table of comparative
        statics, such as ``"payoff of player 1 at stag, stag"``; or expressions in the game's
        symbols, those included that have values.
    along : str
        The parameter on the axis, by name or symbol.
    between : pair of numbers
        The ends of the axis.
    count : int
        The number of points, evenly spaced, the ends included.

    Raises
    ------
    GameTheoryError
        Symbols are left that need numbers; they are named.

    Examples
    --------
    >>> from gametheory_eeu import CredibleCommitment
    >>> game = CredibleCommitment(membership_benefit=1, opportunist_restraint=0)
    >>> threshold = curve(game, "trust_threshold", along="ell", between=(0, 2), count=5)
    >>> [value for _, (value,) in threshold]
    [None, 1/3, 1/2, 3/5, 2/3]
    """
    ends = _ends(between)
    number = arg.integer("count", count, least=2)
    if number > _MAX_POINTS:
        raise ParameterError("count", count, f"at most {_MAX_POINTS} points")
    opened, name, symbol = _open(game, along)
    lines = tuple(_line(opened, item) for item in _items(quantity))
    _require_numbers(lines, symbol)
    step = (ends[1] - ends[0]) / (number - 1)
    points = tuple(ends[0] + k * step for k in range(number))
    values = tuple(_values(lines, opened.space, symbol, x) for x in points)
    return Curve(game, name, symbol, lines, points, values)


def _values(
    lines: Sequence[CurveLine], space: Space, symbol: Symbol, at: Expr
) -> tuple[Expr | None, ...]:
    """The value of each line at a point; none outside the space."""
    own = (c for c in space.constraints if c.free_symbols == {symbol})
    if not all(prover.is_true_at(constraint, {symbol: at}) for constraint in own):
        return (None,) * len(lines)
    return tuple(_value(line, {symbol: at}) for line in lines)


def _value(line: CurveLine, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The exact value where the quantity exists, else None."""
    if line.exists_when != sp.true and not prover.is_true_at(line.exists_when, point):
        return None
    value = substitute(line.expression, point)
    return value if value.is_real is not False and value.is_finite is not False else None


def _ends(between: object) -> tuple[Expr, Expr]:
    pair = [exact(end, "between") for end in arg.sequence("between", between, _ENDS)]
    if len(pair) != 2 or not all(end.is_Rational for end in pair) or not pair[0] < pair[1]:
        raise ParameterError("between", between, _ENDS)
    return pair[0], pair[1]


def _items(quantity: object) -> tuple[object, ...]:
    if isinstance(quantity, (str, sp.Expr)):
        return (quantity,)
    items = arg.sequence("quantity", quantity, _QUANTITY)
    if not items or not all(isinstance(item, (str, sp.Expr)) for item in items):
        raise ParameterError("quantity", quantity, _QUANTITY)
    return items


def _open(game: AbstractGame, along: str) -> tuple[AbstractGame, str, Symbol]:
    """The game with one parameter left open, its full name and its symbol."""
    if isinstance(game, Game):
        row = game.parameters[along]
        return game.at(**{row.name: row.symbol}), row.name, row.symbol
    symbols = {s.name: s for s in game.space.symbols}
    if along not in symbols:
        raise UnknownNameError("symbol", along, symbols)
    return game, along, symbols[along]


def _line(game: AbstractGame, item: object) -> CurveLine:
    quantities: Mapping[str, Any] = game.quantities
    if isinstance(item, str) and item in quantities:
        found = quantities[item]
        return CurveLine(found.name, found.expression, found.exists_when, found.symbol)
    known = _known_symbols(game)
    try:
        expression = parse(item, known) if isinstance(item, str) else item
    except GameTheoryError:
        assert isinstance(item, str)
        targets = _targets(game) if " at " in item else {}
        if item in targets:
            target = targets[item]
            return CurveLine(item, target.expression, target.exists_when, target.symbol)
        if isinstance(game, Game) and game._declares(item):
            game.missing_quantity(item)
        if item.isidentifier() or targets:
            raise UnknownNameError("quantity", item, [*quantities, *targets, *known]) from None
        raise
    if not isinstance(expression, sp.Expr):
        raise ParameterError("quantity", item, _QUANTITY)
    own = {s: known[s.name] for s in expression.free_symbols if s.name in known}
    expression = substitute(expression.xreplace(own), _values_of(game))
    return CurveLine(str(item), expression, sp.true, "")


def _values_of(game: AbstractGame) -> Mapping[Symbol, Expr]:
    """What a game has put in the place of symbols."""
    values: Mapping[Symbol, Expr] = getattr(game, "values", {})
    return values


def _known_symbols(game: AbstractGame) -> dict[str, Symbol]:
    """The symbols of a game by name, those with values included; a model's by full name too."""
    rows = game.parameters if isinstance(game, Game) else ()
    symbols = (*game.space.symbols, *_values_of(game))
    return {s.name: s for s in symbols} | {row.name: row.symbol for row in rows}


def _targets(game: AbstractGame) -> dict[str, Target]:
    """What comparative statics take derivatives of, by name."""
    if isinstance(game, Game):
        found = (target.at(game.values) for target in game_targets(game, "payoff"))
        return {target.name: target for target in found}
    isolated = (e for e in game.solve() if not e.free)
    return {target.name: target for e in isolated for target in equilibrium_targets(e)}


def _require_numbers(lines: Sequence[CurveLine], symbol: Symbol) -> None:
    parts = (part for line in lines for part in (line.expression, line.exists_when))
    free = {s.name for part in parts for s in part.free_symbols} - {symbol.name}
    if free:
        names = ", ".join(sorted(free))
        raise GameTheoryError(
            f"{', '.join(line.name for line in lines)} needs numbers for {names}: give them to the "
            f"game first, as in game.at({', '.join(f'{name}=…' for name in sorted(free))})"
        )
