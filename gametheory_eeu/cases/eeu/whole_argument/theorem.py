"""The theorem on the two shocks: its parts, and its premises at numbers."""

from __future__ import annotations

from collections.abc import Mapping

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import Argument, Propositions
from gametheory_eeu.models.registry import propositions

PARTS = tuple(f"7-theorem-{number}" for number in ("i", "ii", "iii", "iv", "v"))


def theorem() -> Propositions:
    """The parts (i) to (v), in order."""
    section = propositions("7")
    return Propositions(tuple(section[name] for name in PARTS))


def premises(before: Argument, after: Argument, trust: Expr) -> Mapping[str, bool]:
    """Whether each premise holds, from the chain before and after and the trust that is left."""
    values = [argument.parameters.values for argument in (before, after)]
    threshold = before.quantity("institutions.binding_threshold").value
    surpluses = [argument.quantity("union.surplus").value for argument in (before, after)]

    def change(name: str) -> Expr:
        return values[1][name] - values[0][name]

    return FrozenMapping(
        {
            "no prestige": not any(row["prestige"] for row in values),
            "trust falls through the threshold": bool(trust < threshold < values[0]["trust"]),
            "a failure becomes dearer": bool(change("exit_loss") > 0),
            "time becomes no longer": bool(change("bargaining_weight") >= 0),
            "both agreements are strict": all(surplus > 0 for surplus in surpluses),
        }
    )


__all__ = ["PARTS", "premises", "theorem"]
