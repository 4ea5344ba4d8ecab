"""Tables of equilibria: payoffs, probabilities and choices by label, and why some have no value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.sweeps.plan import Plan, Variable
from gametheory_eeu.sweeps.tiles import Array

MEANINGS = {
    "payoff": "expected payoff",
    "probability": "probability of an action",
    "choice_value": "continuous choice on the path",
}
"""The tables, and what their entries are."""

LABELS = frozenset({"equilibrium", "player", "action", "choice"})
"""Their dimensions."""

KNOWN, ABSENT, AFTER_A_CHOICE, IN_A_FAMILY = range(4)
_REASONS = (
    "a_value_where_it_exists",
    "no_part_of_this_equilibrium",
    "depends_on_an_earlier_choice",
    "differs_between_members_of_a_family",
)


def table_variable(name: str, dimension: str) -> Variable:
    """The variable of a table, by equilibrium and label."""
    about = FrozenMapping({"long_name": MEANINGS[name]})
    return Variable(name, ("equilibrium", dimension), "value", about)


def tables(equilibrium: Equilibrium) -> dict[str, tuple[str, Mapping[str, Expr]]]:
    """The tables of an equilibrium: each with its dimension and its values by label."""
    probabilities = {
        f"{place}: {action}": probability
        for place, mix in equilibrium.profile.items()
        for action, probability in mix.items()
    }
    return {
        "payoff": ("player", equilibrium.payoffs),
        "probability": ("action", probabilities),
        "choice_value": ("choice", equilibrium.choices),
    }


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


def reason_flags(plan: Plan) -> Iterator[tuple[Variable, Array]]:
    """A flag for each table that has no value at some place, the same at every point."""
    for variable in plan.variables:
        if variable.name not in plan.reasons:
            continue
        places = plan.reasons[variable.name]
        dimension = variable.dimensions[1]
        values = [[places.get((e, label), ABSENT) for label in plan.labels[dimension]]
                  for e in plan.labels["equilibrium"]]  # fmt: skip
        flags = np.array(values, dtype=np.int8)
        if flags.any():
            about = _about(variable.name, plan.families)
            yield Variable(f"{variable.name}_flag", variable.dimensions, "flag", about), flags


def _about(name: str, ranges: tuple[str, ...]) -> Mapping[str, Any]:
    return FrozenMapping({
        "long_name": f"why {name} has no value in an equilibrium that exists, if it has none",
        "flag_values": tuple(range(len(_REASONS))),
        "flag_meanings": " ".join(_REASONS),
        "families": "; ".join(ranges),
    })  # fmt: skip


__all__ = ["KNOWN", "LABELS", "MEANINGS", "families", "reason", "reason_flags", "reasons",
           "table_variable", "tables"]  # fmt: skip
