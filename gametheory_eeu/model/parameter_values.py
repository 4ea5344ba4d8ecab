"""Conversion of a user's values: names, members, derived parameters, contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Space, condition_at
from gametheory_eeu.errors import GameTheoryError, SpaceError, UnknownNameError
from gametheory_eeu.model.parameters import ParameterTable, components


@dataclass(frozen=True)
class ValueReader:
    """A reader of values for the declared parameters of a game, over its members."""

    parameters: ParameterTable
    members: tuple[str, ...] | None
    game: str

    @cached_property
    def table(self) -> ParameterTable:
        """The declared parameters, one row for each member where each has its own."""
        return self.parameters.expand(self.members)

    @cached_property
    def _symbols(self) -> dict[str, Symbol]:
        """The symbols by name, of the symbol or of the parameter."""
        by_symbol = {row.symbol.name: row.symbol for row in self.table}
        return by_symbol | {row.name: row.symbol for row in self.table}

    def full_name(self, key: str) -> str:
        """A parameter's name from its name or ASCII symbol; a component keeps its member."""
        head, dot, tail = key.partition(".")
        if head not in self.parameters:
            raise UnknownNameError(f"parameter of {self.game}", key, self.parameters.names)
        return self.parameters[head].name + dot + tail

    def named(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values by parameter name, each given once."""
        result: dict[str, object] = {}
        for key, value in values.items():
            name = self.full_name(key)
            if name in result:
                raise GameTheoryError(
                    f"{name} is given twice, by its name and by its symbol; give it once"
                )
            result[name] = value
        return result

    def given(self, values: Mapping[str, object]) -> dict[str, Expr]:
        """Exact values by component name, each in its domain."""
        flat_values = self._flatten(values)
        table, symbols = self.table, self._symbols
        exact_values = {
            name: table[name].value(value, symbols) for name, value in flat_values.items()
        }
        # A parameter set to its own symbol is left open: that is how a default is lifted.
        return {
            name: value
            for name, value in exact_values.items()
            if value != table[name].symbol or table[name].default is not None
        }

    def values(self, given: Mapping[str, Expr]) -> dict[Symbol, Expr]:
        """Values by symbol: those given, and the derived ones."""
        table = self.table
        values = _resolve_references({table[name].symbol: value for name, value in given.items()})
        for row in table:
            if row.default is None:
                continue
            ingredients = row.default.free_symbols
            if row.symbol in values:
                if ingredients & values.keys():
                    _check_derived(row, values)
            elif not ingredients or ingredients & values.keys():
                values[row.symbol] = row.default.subs(values, simultaneous=True)
        # Again, for values that name what has just followed from others.
        return _resolve_references(
            {symbol: value for symbol, value in values.items() if value != symbol}
        )

    def _flatten(self, values: Mapping[str, object]) -> dict[str, object]:
        result: dict[str, object] = {}
        for name, value in self.named(values).items():
            row = self.parameters[name.partition(".")[0]]
            if self.members is not None and row.index == "count":
                self._check_count(row, value)
                continue
            entries = {name: value} if "." in name else components(row, value, self.members)
            if repeated := result.keys() & entries.keys():
                raise GameTheoryError(f"{min(repeated)} is given twice, by itself and in {name}")
            result |= entries
        return result

    def _check_count(self, row: Parameter, value: object) -> None:
        members = self.members or ()
        if row.value(value) != len(members):
            raise SpaceError(
                f"{row.name} = {value} contradicts the {len(members)} members "
                f"{', '.join(members)}; leave it out where members or their values are listed"
            )


def check_constraints(
    constraints: tuple[Boolean, ...], values: Mapping[Symbol, Expr], space: Space, game: str
) -> None:
    """Refuse values that contradict the constraints."""
    for constraint in constraints:
        if _condition_value(constraint, values) == sp.false:
            symbols = sorted(constraint.free_symbols & values.keys(), key=str)
            assignments = ", ".join(f"{symbol} = {values[symbol]}" for symbol in symbols)
            names = " or ".join(map(str, symbols))
            raise SpaceError(f"{assignments} contradicts {constraint} in {game}; change {names}")
    new_constraints = [condition for condition in space.constraints if condition not in constraints]
    if not new_constraints or len(space.constraints) == 1:
        return
    empty = space.empty
    if empty.verdict == "proved":
        clash = " and ".join(map(str, empty.clash or new_constraints))
        raise SpaceError(f"no {game} has these values: {clash} contradict each other")


def _check_derived(row: Parameter, values: Mapping[Symbol, Expr]) -> None:
    derived = row.default.subs(values, simultaneous=True)  # type: ignore[union-attr]
    if sp.simplify(derived - values[row.symbol]) != 0:
        raise SpaceError(
            f"{row.name} = {values[row.symbol]} contradicts {row.symbol} = {row.default}, "
            f"which is {derived} here; give {row.name} or what it follows from, not both"
        )


def _resolve_references(values: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """Values with references to other parameters replaced by those parameters' values."""
    self_references = {symbol: value for symbol, value in values.items() if value == symbol}
    pending = {symbol: value for symbol, value in values.items() if symbol not in self_references}
    for _ in range(len(pending) + 1):
        if not any(value.free_symbols & pending.keys() for value in pending.values()):
            return {**self_references, **pending}
        pending = {s: value.subs(pending, simultaneous=True) for s, value in pending.items()}
    cycle = ", ".join(
        f"{s} = {values[s]}" for s in pending if pending[s].free_symbols & pending.keys()
    )
    raise SpaceError(f"{cycle}: values that follow from each other in a circle; break it")


def _condition_value(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean:
    result = condition_at(condition, values)
    is_settled = result.free_symbols or result in (sp.true, sp.false)
    return result if is_settled else sp.simplify(result)
