"""The table of comparative statics: each derivative with its sign, and what establishes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Game
from gametheory_eeu.statics.at_point import MotionTable, motions
from gametheory_eeu.statics.monotone import MonotoneStatic, MonotoneTable
from gametheory_eeu.statics.row import ComparativeStatic
from gametheory_eeu.statics.row_computation import Setting, rows, zeros
from gametheory_eeu.statics.supermodular import monotone
from gametheory_eeu.statics.targets import Moving, moving

MOST_ZEROS = 2000
"""Cells of a table beyond which derivatives of zero are not listed: with many named members."""


@dataclass(frozen=True, repr=False)
class StaticsTable(Shown):
    """Comparative statics, a row for each quantity and parameter it moves with.

    Parameters
    ----------
    rows : tuple of ComparativeStatic
    game : Game or None
        None for formulas that belong to no game.
    title : str
        Of formulas that belong to no game.
    notes : tuple of str
        What a reader has to know, such as which symbols range over all reals.
    ends : MonotoneTable
        How the least and the greatest equilibrium move, of a game with strategic complements.
    zeros : tuple of ComparativeStatic
        Of parameters that are not in a quantity: the derivative is zero, proved. They are found by
        name and shown, but do not count among the rows.
    """

    rows: tuple[ComparativeStatic, ...]
    game: Game | None = None
    title: str = ""
    notes: tuple[str, ...] = ()
    ends: MonotoneTable = field(default_factory=MonotoneTable)
    zeros: tuple[ComparativeStatic, ...] = ()

    @property
    def all_rows(self) -> tuple[ComparativeStatic | MonotoneStatic, ...]:
        """The rows, the derivatives of zero, then the least and the greatest equilibrium."""
        return (*self.rows, *self.zeros, *self.ends.rows)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that move something, in the order of their declaration; all if none do."""
        moves = [*(r.parameter for r in self.rows), *(r.parameter for r in self.ends)]
        moved = tuple(dict.fromkeys(moves or (r.parameter for r in self.zeros)))
        if self.game is None:
            symbols = dict.fromkeys(s for r in (*self.rows, *self.zeros) for s in r.space.symbols)
            order = {s: i for i, s in enumerate(symbols)}
            return tuple(sorted(moved, key=lambda p: order.get(p.symbol, len(order))))
        declared = type(self.game).parameters.expanded(self.game.members)
        return tuple(p for p in declared if p in moved)

    def __iter__(self) -> Iterator[ComparativeStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, key: int) -> ComparativeStatic: ...
    @overload
    def __getitem__(self, key: tuple[str, str]) -> Any: ...
    def __getitem__(self, key: int | tuple[str, str]) -> Any:
        """A row by position, or by (quantity, parameter); the ASCII symbol will do for both."""
        return arg.row(
            "row",
            self.all_rows if isinstance(key, tuple) else self.rows,
            key,
            lambda row: [
                (row.quantity, row.parameter.name),
                (row.quantity, row.parameter.symbol.name),
            ],
        )

    @arg.checks(calibration=arg.optional(arg.a(Calibration, "a Calibration; values go by keyword")))
    def at_calibration(
        self, calibration: Calibration | None = None, /, *, step: object = None, **values: object
    ) -> MotionTable:
        """Derivatives, elasticities and finite changes at numbers, exact.

        Parameters
        ----------
        calibration : Calibration, optional
        step : number, optional
            How far each parameter is moved for the finite change; a tenth of its value, and one
            for a whole number, where it is left out.
        **values
            Parameters by name or ASCII symbol; what the game has values for may be left out.

        Returns
        -------
        MotionTable
            With a note for each row that has no value there.
        """
        by = None if step is None else exact(step, "step")
        if self.game is None:
            named = {p.name: p.symbol for p in self.parameters}
            for row in self.rows:
                named |= {s.name: s for s in row.space.symbols}
            point = _by_symbol(values, named)
            return motions(self.rows, point, self.title, by)
        game = self.game.at(calibration, **values) if calibration or values else self.game
        title = f"{type(game).__name__} {game.calibration}".strip()
        return motions(self.rows, game.values, title, by)

    def recheck(self) -> bool | None:
        """Check every row again: False where one is contradicted, None where one is not settled."""
        found = [row.recheck() for row in self.all_rows]
        return False if False in found else None if None in found else True

    def __repr__(self) -> str:
        proved = sum(row.verdict == "proved" for row in self.rows)
        depends = sum(row.verdict == "depends" for row in self.rows)
        ends = sum(row.verdict == "proved" for row in self.ends)
        zero = f"; {len(self.zeros)} of zero" if self.zeros else ""
        more = f"; {len(self.ends)} of the least and the greatest equilibrium: {ends} proved"
        found = f"{len(self)} comparative statics: {proved} proved, {depends} depend"
        return f"<{found}{zero}{more if len(self.ends) else ''}>"


def _by_symbol(values: Mapping[str, object], named: Mapping[str, Symbol]) -> dict[Symbol, Expr]:
    for name in values:
        if name not in named:
            raise UnknownNameError("symbol", name, named)
    return {named[name]: exact(value, name) for name, value in values.items()}


def of_game(
    game: Game, quantity: str | None = None, wrt: str | None = None, at: str | None = None
) -> StaticsTable:
    """Every derivative of a game's quantities and payoffs, with its sign proved where it has one.

    Parameters
    ----------
    game : Game
        Where a parameter has a value, derivatives are taken there.
    quantity : str, optional
        Only this one; ``"payoff"`` means all payoffs.
    wrt : str, optional
        Only this parameter, by name or ASCII symbol.
    at : str, optional
        Only payoffs, at the equilibrium of this name.

    Raises
    ------
    UnknownNameError
        No quantity, parameter or equilibrium of that name.
    """
    declared = type(game).parameters.expanded(game.members)
    wanted = declared.rows if wrt is None else (declared[wrt],)
    found = [w for w in moving(game, quantity, at) if quantity is None or _named(w.name, quantity)]
    ends = () if at is not None else tuple(_ends(game, wanted))
    if quantity is not None:
        ends = tuple(row for row in ends if row.quantity == quantity)
    if not found and not ends:
        known = [*(w.name for w in moving(game)), *dict.fromkeys(r.quantity for r in ends)]
        raise UnknownNameError("quantity", str(quantity), known)
    named = tuple(q for q in game.quantities.values() if q.exists_when != sp.false)
    setting = Setting(declared.rows, game.general.space, game.values, named)
    # Where a quantity, an equilibrium or a derivative does not exist, there is no sign.
    made = tuple(row for what in found for row in rows(what, setting, wanted))
    moves = dict.fromkeys([*(r.parameter for r in made), *(r.parameter for r in ends)])
    still = zeros_of(found, setting, tuple(moves))
    return StaticsTable(made, game, ends=MonotoneTable(ends), zeros=still)


def zeros_of(
    found: Sequence[Moving], setting: Setting, parameters: Sequence[Parameter]
) -> tuple[ComparativeStatic, ...]:
    """The derivatives of zero, of parameters that move something; none where they are too many."""
    if len(found) * len(parameters) > MOST_ZEROS:
        return ()
    return tuple(row for what in found for row in zeros(what, setting, parameters))


def _ends(game: Game, wanted: Iterable[Parameter]) -> Iterator[MonotoneStatic]:
    """The least and the greatest equilibrium, of a game that says what a higher action gains."""
    increments = getattr(game.general, "increments", None)
    if increments is not None:
        # With the number of players the theorem's game changes: it says nothing of them.
        fixed = (p for p in wanted if p.index != "count")
        yield from monotone(increments(), game.general.space, fixed)


def _named(name: str, wanted: str) -> bool:
    return name == wanted or (wanted == "payoff" and name.startswith("payoff of"))


__all__ = ["MOST_ZEROS", "StaticsTable", "of_game", "zeros_of"]
