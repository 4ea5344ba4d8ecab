"""The table of comparative statics: each derivative with its sign, and what establishes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._shown import Shown
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import Game, Quantity
from gametheory_eeu.space import Parameter, Space
from gametheory_eeu.statics.derivatives import Derivative, derivatives, moving
from gametheory_eeu.statics.turning import Turning, turning


@dataclass(frozen=True, repr=False)
class ComparativeStatic(Shown):
    """How one quantity moves with one parameter.

    Parameters
    ----------
    quantity : str
        A quantity's name, or "payoff of … at …".
    symbol : str
        The quantity in LaTeX.
    parameter : Parameter
    derivative : SymPy expression
        For a whole-number parameter, the difference one more makes. For an implicit quantity it
        may contain ``x``, the quantity itself.
    space : Space
        Over which the sign is claimed.
    result : Sign
        The sign, its verdict, its proofs, and where it depends on the parameters the deciding
        expression and two exact witnesses.
    turning : Turning or None
        Where a weak sign is strict; where an undecided one is positive; proved.
    """

    quantity: str
    symbol: str
    parameter: Parameter
    derivative: Expr
    space: Space
    result: logic.Sign
    turning: Turning | None = None

    @property
    def sign(self) -> str:
        """``"+"``, ``"-"``, ``"0"``, ``">=0"``, ``"<=0"`` or ``"?"``."""
        return self.result.sign

    @property
    def verdict(self) -> str:
        """``"proved"``, ``"depends"`` (proved to take both signs) or ``"unknown"``."""
        return self.result.verdict

    @property
    def vacuous(self) -> bool:
        """Whether there is no point at which the derivative exists."""
        return any(proof.vacuous for proof in self.result.proofs)

    @property
    def deciding(self) -> Expr | None:
        """Where the sign depends: positive exactly where this is."""
        return self.result.deciding

    @property
    def condition(self) -> Boolean | None:
        """Where a weak sign is strict; where an undecided one is positive."""
        return None if self.turning is None else self.turning.condition

    @property
    def condition_text(self) -> str:
        """The condition in words: a quantity's name where it is one."""
        return "" if self.turning is None else self.turning.text

    @property
    def certificate(self) -> str:
        """What a referee can check: the proofs behind the sign."""
        return "\n\n".join(str(proof.certificate) for proof in self.result.proofs)

    @property
    def reading(self) -> str:
        """The sign in words, such as ``"- iff mu < 1, else 0"`` or ``"+ iff surplus > 0"``."""
        sign = {">=0": "+", "<=0": "-"}.get(self.sign, self.sign)
        if self.verdict == "unknown":
            return "unknown"
        if self.condition is None:
            return self.sign
        if self.sign == "?":
            return f"+ iff {self.condition_text}"
        return f"{sign} iff {self.condition_text}, else 0"

    def __repr__(self) -> str:
        name = f"d {self.quantity} / d {self.parameter.name}"
        return f"<{name}: {self.reading} ({self.verdict})>"


@dataclass(frozen=True, repr=False)
class StaticsTable(Shown):
    """Comparative statics of a game, a row for each quantity and parameter it moves with."""

    rows: tuple[ComparativeStatic, ...]
    game: Game

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


def comparative_statics(
    game: Game, quantity: str | None = None, wrt: str | None = None
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

    Raises
    ------
    UnknownNameError
        No quantity or parameter of that name.
    """
    wanted = None if wrt is None else type(game).parameters.expanded(game.members)[wrt]
    found = [what for what in moving(game) if quantity is None or _named(what.name, quantity)]
    if not found:
        raise UnknownNameError("quantity", str(quantity), [what.name for what in moving(game)])
    quantities = [q for q in game.quantities.values() if q.exists_when != sp.false]
    rows = [
        _row(derivative, quantities)
        for what in found
        for derivative in derivatives(game, what)
        if wanted is None or derivative.wrt == wanted
    ]
    # Where a quantity, an equilibrium or a derivative does not exist, there is no sign.
    return StaticsTable(tuple(row for row in rows if not row.vacuous), game)


def _named(name: str, wanted: str) -> bool:
    return name == wanted or (wanted == "payoff" and name.startswith("payoff of"))


def _row(d: Derivative, quantities: Sequence[Quantity]) -> ComparativeStatic:
    result = logic.sign(d.expression, given=d.space)
    on = turning(result, quantities)
    return ComparativeStatic(d.of.name, d.of.symbol, d.wrt, d.expression, d.space, result, on)
