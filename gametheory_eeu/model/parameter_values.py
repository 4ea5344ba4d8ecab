"""How what a user writes becomes a game's values: names, members, derived parameters, clashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.errors import GameTheoryError, SpaceError, UnknownNameError
from gametheory_eeu.model.parameters import ParameterTable, components


@dataclass(frozen=True)
class Reader:
    """Reads values for the declared parameters of a game, over its members."""

    declared: ParameterTable
    members: tuple[str, ...] | None
    game: str

    @property
    def table(self) -> ParameterTable:
        """The declared parameters, one row for each member where each has its own."""
        return self.declared.expanded(self.members)

    def full_name(self, key: str) -> str:
        """A parameter's name from its name or ASCII symbol; a component keeps its member."""
        head, dot, tail = key.partition(".")
        if head not in self.declared:
            raise UnknownNameError(f"parameter of {self.game}", key, self.declared.names)
        return self.declared[head].name + dot + tail

    def named(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values by parameter name, each given once."""
        named: dict[str, object] = {}
        for key, value in values.items():
            name = self.full_name(key)
            if name in named:
                raise GameTheoryError(
                    f"{name} is given twice, by its name and by its symbol; give it once"
                )
            named[name] = value
        return named

    def given(self, values: Mapping[str, object]) -> dict[str, Expr]:
        """Exact values by component name, each in its domain."""
        flat = self._flat(values)
        table = self.table
        known = {row.symbol.name: row.symbol for row in table}
        known |= {row.name: row.symbol for row in table}
        exact = {name: table[name].value(value, known) for name, value in flat.items()}
        # A parameter set to its own symbol is left open: that is how a default is lifted.
        return {
            name: value
            for name, value in exact.items()
            if value != table[name].symbol or table[name].default is not None
        }

    def values(self, given: Mapping[str, Expr]) -> dict[Symbol, Expr]:
        """Values by symbol: those given, and those that follow from them."""
        table = self.table
        values = _settled({table[name].symbol: value for name, value in given.items()})
        for row in table:
            if row.default is None:
                continue
            ingredients = row.default.free_symbols
            if row.symbol in values:
                if ingredients & values.keys():
                    _agree(row, values)
            elif not ingredients or ingredients & values.keys():
                values[row.symbol] = row.default.subs(values, simultaneous=True)
        # Again, for values that name what has just followed from others.
        return _settled({symbol: value for symbol, value in values.items() if value != symbol})

    def _flat(self, values: Mapping[str, object]) -> dict[str, object]:
        flat: dict[str, object] = {}
        for name, value in self.named(values).items():
            row = self.declared[name.partition(".")[0]]
            if self.members is not None and row.index == "count":
                self._agree_on_count(row, value)
                continue
            new = {name: value} if "." in name else components(row, value, self.members)
            if repeated := flat.keys() & new.keys():
                raise GameTheoryError(f"{min(repeated)} is given twice, by itself and in {name}")
            flat |= new
        return flat

    def _agree_on_count(self, row: Parameter, value: object) -> None:
        members = self.members or ()
        if row.value(value) != len(members):
            raise SpaceError(
                f"{row.name} = {value} contradicts the {len(members)} members "
                f"{', '.join(members)}; leave it out where members or their values are listed"
            )


def check(
    pieces: tuple[Boolean, ...], values: Mapping[Symbol, Expr], space: Space, game: str
) -> None:
    """Refuse values that contradict the constraints, naming the clash."""
    for piece in pieces:
        if _holds(piece, values) == sp.false:
            used = sorted(piece.free_symbols & values.keys(), key=str)
            shown = ", ".join(f"{s} = {values[s]}" for s in used)
            change = " or ".join(map(str, used))
            raise SpaceError(f"{shown} contradicts {piece} in {game}; change {change}")
    changed = [c for c in space.constraints if c not in pieces]
    if not changed or len(space.constraints) == 1:
        return
    empty = space.empty
    if empty.verdict == "proved":
        clash = " and ".join(map(str, empty.clash or changed))
        raise SpaceError(f"no {game} has these values: {clash} contradict each other")


def _agree(row: Parameter, values: Mapping[Symbol, Expr]) -> None:
    derived = row.default.subs(values, simultaneous=True)  # type: ignore[union-attr]
    if sp.simplify(derived - values[row.symbol]) != 0:
        raise SpaceError(
            f"{row.name} = {values[row.symbol]} contradicts {row.symbol} = {row.default}, "
            f"which is {derived} here; give {row.name} or what it follows from, not both"
        )


def _settled(values: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """Values that name other parameters, at the values of those."""
    own = {symbol: value for symbol, value in values.items() if value == symbol}
    rest = {symbol: value for symbol, value in values.items() if symbol not in own}
    for _ in range(len(rest) + 1):
        if not any(value.free_symbols & rest.keys() for value in rest.values()):
            return {**own, **rest}
        rest = {s: value.subs(rest, simultaneous=True) for s, value in rest.items()}
    circle = ", ".join(f"{s} = {values[s]}" for s in rest if rest[s].free_symbols & rest.keys())
    raise SpaceError(f"{circle}: values that follow from each other in a circle; break it")


def _holds(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean:
    result = condition.xreplace(values)
    return result if result.free_symbols else sp.simplify(result)
