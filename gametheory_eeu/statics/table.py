"""The table of comparative statics: each derivative with its sign, and what establishes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._shown import Shown
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Game
from gametheory_eeu.space import Parameter
from gametheory_eeu.statics.moving import moving
from gametheory_eeu.statics.rows import Setting, rows
from gametheory_eeu.statics.static import ComparativeStatic


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
    """

    rows: tuple[ComparativeStatic, ...]
    game: Game | None = None
    title: str = ""
    notes: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that move something, in the order of their declaration."""
        moved = tuple(dict.fromkeys(row.parameter for row in self.rows))
        if self.game is None:
            return moved
        declared = type(self.game).parameters.expanded(self.game.members)
        return tuple(p for p in declared if p in moved)

    def __iter__(self) -> Iterator[ComparativeStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: int | tuple[str, str]) -> ComparativeStatic:
        """A row by position, or by (quantity, parameter); the ASCII symbol will do for both."""
        if isinstance(key, int):
            return self.rows[key]
        quantity, parameter = key
        for row in self.rows:
            if row.quantity == quantity and parameter in (
                row.parameter.name,
                row.parameter.symbol.name,
            ):
                return row
        known = (f"({r.quantity}, {r.parameter.name})" for r in self.rows)
        raise UnknownNameError("row", f"({quantity}, {parameter})", known)

    def __repr__(self) -> str:
        proved = sum(row.verdict == "proved" for row in self.rows)
        depends = sum(row.verdict == "depends" for row in self.rows)
        return f"<{len(self)} comparative statics: {proved} proved, {depends} depend>"


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
    if not found:
        raise UnknownNameError("quantity", str(quantity), [what.name for what in moving(game)])
    named = tuple(q for q in game.quantities.values() if q.exists_when != sp.false)
    setting = Setting(declared.rows, game.general.space, game.values, named)
    # Where a quantity, an equilibrium or a derivative does not exist, there is no sign.
    made = tuple(row for what in found for row in rows(what, setting, wanted))
    return StaticsTable(made, game)


def _named(name: str, wanted: str) -> bool:
    return name == wanted or (wanted == "payoff" and name.startswith("payoff of"))


comparative_statics = of_game
__all__ = ["StaticsTable", "comparative_statics", "of_game"]
