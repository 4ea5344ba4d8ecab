"""The table of comparative statics: each derivative with its sign and its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Plottable
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Game
from gametheory_eeu.statics.derivatives import Target, targets
from gametheory_eeu.statics.monotone import MonotoneStatic, MonotoneTable
from gametheory_eeu.statics.recheck import LocalEffectTable, local_effects
from gametheory_eeu.statics.row import ComparativeStatic
from gametheory_eeu.statics.row_computation import Setting, rows, zero_rows
from gametheory_eeu.statics.supermodular import monotone_rows

MAX_ZEROS = 2000
"""Cells of a table beyond which derivatives of zero are not listed: with many named members."""


@dataclass(frozen=True, repr=False)
class StaticsTable(Plottable):
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
        moving_parameters = [*(r.parameter for r in self.rows), *(r.parameter for r in self.ends)]
        table_parameters = tuple(
            dict.fromkeys(moving_parameters or (r.parameter for r in self.zeros))
        )
        if self.game is None:
            symbols = dict.fromkeys(s for r in (*self.rows, *self.zeros) for s in r.space.symbols)
            positions = {s: i for i, s in enumerate(symbols)}
            return tuple(
                sorted(table_parameters, key=lambda p: positions.get(p.symbol, len(positions)))
            )
        game_parameters = type(self.game).parameters.expand(self.game.members)
        return tuple(p for p in game_parameters if p in table_parameters)

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
        return arg.lookup(
            "row",
            self.all_rows if isinstance(key, tuple) else self.rows,
            key,
            lambda row: [
                (row.quantity, row.parameter.name),
                (row.quantity, row.parameter.symbol.name),
            ],
        )

    @arg.validate(
        calibration=arg.optional(
            arg.instance_of(Calibration, "a Calibration; values go by keyword")
        )
    )
    def at_calibration(
        self, calibration: Calibration | None = None, /, *, step: object = None, **values: object
    ) -> LocalEffectTable:
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
        exact_step = None if step is None else exact(step, "step")
        if self.game is None:
            symbols = {p.name: p.symbol for p in self.parameters}
            for row in self.rows:
                symbols |= {s.name: s for s in row.space.symbols}
            point = _values_by_symbol(values, symbols)
            return local_effects(self.rows, point, self.title, exact_step)
        game = self.game.at(calibration, **values) if calibration or values else self.game
        title = f"{type(game).__name__} {game.calibration}".strip()
        return local_effects(self.rows, game.values, title, exact_step)

    def recheck(self) -> bool | None:
        """Check every row again: False where one is contradicted, None where one is not settled."""
        checks = [row.recheck() for row in self.all_rows]
        return False if False in checks else None if None in checks else True

    def __repr__(self) -> str:
        proved_rows = sum(row.verdict == "proved" for row in self.rows)
        dependent_rows = sum(row.verdict == "depends" for row in self.rows)
        proved_ends = sum(row.verdict == "proved" for row in self.ends)
        zero_text = f"; {len(self.zeros)} of zero" if self.zeros else ""
        monotone_text = (
            f"; {len(self.ends)} of the least and the greatest equilibrium: {proved_ends} proved"
        )
        summary = f"{len(self)} comparative statics: {proved_rows} proved, {dependent_rows} depend"
        return f"<{summary}{zero_text}{monotone_text if len(self.ends) else ''}>"


def _values_by_symbol(
    values: Mapping[str, object], symbols: Mapping[str, Symbol]
) -> dict[Symbol, Expr]:
    for name in values:
        if name not in symbols:
            raise UnknownNameError("symbol", name, symbols)
    return {symbols[name]: exact(value, name) for name, value in values.items()}


def game_statics(
    game: Game, quantity: str | None = None, wrt: str | None = None, at: str | None = None
) -> StaticsTable:
    """Comparative statics of a game's quantities and payoffs, with signs proved.

    Parameters
    ----------
    game : Game
        Where a parameter has a value, derivatives are taken there.
    quantity : str, optional
        Only this one; ``"payoff"`` means all payoffs, ``"choice"`` all choices.
    wrt : str, optional
        Only this parameter, by name or ASCII symbol.
    at : str, optional
        Only payoffs, at the equilibrium of this name.

    Raises
    ------
    UnknownNameError
        No quantity, parameter or equilibrium of that name.
    """
    game_parameters = type(game).parameters.expand(game.members)
    selected_parameters = game_parameters.rows if wrt is None else (game_parameters[wrt],)
    selected_targets = [
        target
        for target in targets(game, quantity, at)
        if quantity is None or _is_selected(target.name, quantity)
    ]
    end_rows = () if at is not None else tuple(_extremal_rows(game, selected_parameters))
    if quantity is not None:
        end_rows = tuple(row for row in end_rows if row.quantity == quantity)
    if not selected_targets and not end_rows:
        names = [
            *(target.name for target in targets(game)),
            *dict.fromkeys(r.quantity for r in end_rows),
        ]
        raise UnknownNameError("quantity", str(quantity), names)
    quantities = tuple(q for q in game.quantities.values() if q.exists_when != sp.false)
    setting = Setting(game_parameters.rows, game.general.space, game.values, quantities)
    # Where a quantity, an equilibrium or a derivative does not exist, there is no sign.
    static_rows = tuple(
        row for target in selected_targets for row in rows(target, setting, selected_parameters)
    )
    moving_parameters = dict.fromkeys(
        [*(r.parameter for r in static_rows), *(r.parameter for r in end_rows)]
    )
    zero_statics = zero_derivatives(selected_targets, setting, tuple(moving_parameters))
    return StaticsTable(static_rows, game, ends=MonotoneTable(end_rows), zeros=zero_statics)


def zero_derivatives(
    moving_targets: Sequence[Target], setting: Setting, parameters: Sequence[Parameter]
) -> tuple[ComparativeStatic, ...]:
    """Zero derivatives in parameters that move something; none where they are too many."""
    if len(moving_targets) * len(parameters) > MAX_ZEROS:
        return ()
    return tuple(row for target in moving_targets for row in zero_rows(target, setting, parameters))


def _extremal_rows(game: Game, parameters: Iterable[Parameter]) -> Iterator[MonotoneStatic]:
    """Rows of the extremal equilibria, of a game that gives gains from a higher action."""
    increments = getattr(game.general, "increments", None)
    if increments is not None:
        # With the number of players the theorem's game changes: it says nothing of them.
        non_counts = (p for p in parameters if p.index != "count")
        yield from monotone_rows(increments(), game.general.space, non_counts)


def _is_selected(name: str, requested: str) -> bool:
    is_group = requested in ("payoff", "choice")
    return name == requested or (is_group and name.startswith(f"{requested} of"))
