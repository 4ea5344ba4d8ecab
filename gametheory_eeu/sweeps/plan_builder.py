"""PlanBuilder: the variables of a sweep, from quantities and from equilibria."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Quantity
from gametheory_eeu.sweeps.family_values import common_value
from gametheory_eeu.sweeps.plan import (
    ABSENT,
    AFTER_A_CHOICE,
    COMPUTED,
    FLAGS,
    IN_A_FAMILY,
    KNOWN,
    MAX_REGIMES,
    NOT_FINITE,
    NOT_WORKED_OUT,
    POINT_FLAG,
    Entry,
    Plan,
    Variable,
)

MEANINGS = {
    "payoff": "expected payoff",
    "probability": "probability of an action",
    "choice_value": "continuous choice on the path",
}
"""The tables, and what their entries are."""

LABELS = frozenset({"equilibrium", "player", "action", "choice"})
"""Their dimensions."""


def table_variable(name: str, dimension: str) -> Variable:
    """The variable of a table, by equilibrium and label."""
    about = FrozenMapping({"long_name": MEANINGS[name]})
    return Variable(name, ("equilibrium", dimension), "value", about)


def point_flag() -> Variable:
    """The variable that says where an equilibrium that exists lacks a value."""
    codes = (COMPUTED, NOT_FINITE, NOT_WORKED_OUT)
    about = {
        "long_name": "why an equilibrium that exists has no value at a point, if one has none",
        "flag_values": codes,
        "flag_meanings": " ".join(FLAGS[code] for code in codes),
    }
    return Variable(POINT_FLAG, (), "flag", FrozenMapping(about))


def tables(equilibrium: Equilibrium) -> dict[str, tuple[str, Mapping[str, Expr]]]:
    """The tables of an equilibrium: each with its dimension and its values by label.

    What all members of a family share is without their index.
    """
    probabilities = {
        f"{place}: {action}": probability
        for place, mix in equilibrium.profile.items()
        for action, probability in mix.items()
    }
    rows = {
        "payoff": ("player", equilibrium.payoffs),
        "probability": ("action", probabilities),
        "choice_value": ("choice", equilibrium.choices),
    }
    if not equilibrium.free:
        return rows
    return {
        name: (dimension, {label: _shared(value, equilibrium) for label, value in row.items()})
        for name, (dimension, row) in rows.items()
    }


def _shared(value: Expr | None, equilibrium: Equilibrium) -> Expr | None:
    if value is None:
        return None
    return common_value(value, equilibrium.condition, tuple(equilibrium.free))


def reason(value: Expr | None, equilibrium: Equilibrium, parameters: Collection[Symbol]) -> int:
    """Why a value is no function of the parameters; ``KNOWN`` where it is one."""
    if value is None or value == sp.nan:
        return ABSENT
    if value.free_symbols & set(equilibrium.free):
        return IN_A_FAMILY
    return KNOWN if value.free_symbols <= set(parameters) else AFTER_A_CHOICE


def reasons(
    name: str, equilibria: Iterable[Equilibrium], parameters: Collection[Symbol]
) -> dict[tuple[str, str], int]:
    """The reasons in a table, by equilibrium and label."""
    result: dict[tuple[str, str], int] = {}
    for e in equilibria:
        for label, value in tables(e)[name][1].items():
            place = e.name, label
            result[place] = max(reason(value, e, parameters), result.get(place, KNOWN))
    return result


def families(equilibria: Iterable[Equilibrium]) -> tuple[str, ...]:
    """The families among equilibria, each with the range of its members."""
    return tuple(dict.fromkeys(f"{e.name}: {e.where}" for e in equilibria if e.free))


class PlanBuilder:
    """A plan in the making: its variables, what they are true of, and their entries."""

    def __init__(self) -> None:
        self.variables: list[Variable] = []
        self.truths: dict[str, tuple[Boolean, ...]] = {}
        self.labels: dict[str, tuple[str, ...]] = {}
        self.entries: list[Entry] = []
        self.reasons: dict[str, Mapping[tuple[str, str], int]] = {}
        self.families: tuple[str, ...] = ()
        self.add_truth("inside", sp.true, "whether the point is in the domain")

    def plan(self, symbols: Mapping[str, Symbol], domain: tuple[Boolean, ...]) -> Plan:
        """The plan over some parameters."""
        return Plan(
            FrozenMapping(symbols),
            domain,
            tuple(self.variables),
            FrozenMapping(self.labels),
            FrozenMapping(self.truths),
            tuple(self.entries),
            FrozenMapping(self.reasons),
            self.families,
            self.truths.get("exists", ()),
        )

    def add_truth(self, name: str, condition: Boolean, meaning: str) -> None:
        """Add the truth of a condition."""
        self._add(name, (), "truth", {"long_name": meaning})
        self.truths[name] = (condition,)

    def add_value(self, name: str, value: Expr, exists: Boolean, about: Mapping[str, str]) -> None:
        """Add an expression, and the flag that says why it has no value."""
        self._add(name, (), "value", about)
        self._add(f"{name}_flag", (), "flag", {
            "long_name": f"why {name} has no value, if it has none",
            "flag_values": tuple(range(len(FLAGS))),
            "flag_meanings": " ".join(FLAGS),
        })  # fmt: skip
        self.entries.append(Entry(name, (), value, exists))

    def add_solution(self, solution: EquilibriumSet, wanted: Collection[str]) -> None:
        """Add whether each equilibrium exists, what is played and what it pays."""
        equilibria = solution.equilibria
        self.labels["equilibrium"] = tuple(e.name for e in equilibria)
        self._add("exists", ("equilibrium",), "truth", {"long_name": "whether it exists"})
        self.truths["exists"] = tuple(e.condition for e in equilibria)
        if solution.complete_where != sp.true:
            meaning = "whether the equilibria are proved to be all"
            self.add_truth("complete", solution.complete_where, meaning)
        if "regime" in wanted and len(equilibria) <= MAX_REGIMES:
            self._add("regime", (), "regime", regime_attributes(self.labels["equilibrium"]))
        self.families = families(equilibria)
        for name in (name for name in MEANINGS if name in wanted):
            self._add_table(name, equilibria, frozenset(solution.game.space.symbols))
        if any(variable.name in MEANINGS for variable in self.variables):
            self.variables.append(point_flag())

    def _add_table(
        self, name: str, equilibria: tuple[Equilibrium, ...], parameters: frozenset[Symbol]
    ) -> None:
        """Add one value for each equilibrium and label; NaN where it is no function of parameters.

        Such are the members of a family, and answers to a choice that may be any number.
        """
        rows = [tables(equilibrium)[name] for equilibrium in equilibria]
        columns = tuple(dict.fromkeys(key for _, row in rows for key in row))
        if not columns:
            return
        dimension = rows[0][0]
        self.labels[dimension] = columns
        self.variables.append(table_variable(name, dimension))
        for k, (equilibrium, (_, row)) in enumerate(zip(equilibria, rows, strict=True)):
            for j, column in enumerate(columns):
                is_known = reason(row.get(column), equilibrium, parameters) == KNOWN
                entry = (row[column], equilibrium.condition) if is_known else (sp.nan, sp.false)
                self.entries.append(Entry(name, (k, j), *entry))
        self.reasons[name] = FrozenMapping(reasons(name, equilibria, parameters))

    def _add(
        self, name: str, dimensions: tuple[str, ...], kind: str, about: Mapping[str, Any]
    ) -> None:
        self.variables.append(Variable(name, dimensions, kind, FrozenMapping(about)))


def regime_attributes(names: tuple[str, ...]) -> dict[str, Any]:
    """How a regime is coded: one bit for each equilibrium (the CF conventions' flag_masks)."""
    return {
        "long_name": "the equilibria that exist, one bit each; -1 outside the domain",
        "flag_masks": tuple(1 << k for k in range(len(names))),
        "flag_meanings": " | ".join(names),
    }


def quantity_attributes(quantity: Quantity) -> dict[str, str]:
    """What is known of a quantity."""
    return {
        "long_name": " ".join(quantity.meaning.split()),
        "symbol": quantity.symbol,
        "source": str(quantity.source),
    }
