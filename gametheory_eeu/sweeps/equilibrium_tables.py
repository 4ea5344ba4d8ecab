"""Tables of equilibria: payoffs, probabilities and choices by label, and why some have no value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.sweeps.plan import ABSENT, AFTER_A_CHOICE, IN_A_FAMILY, KNOWN, Variable

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


__all__ = ["LABELS", "MEANINGS", "families", "reason", "reasons", "table_variable",
           "tables"]  # fmt: skip
