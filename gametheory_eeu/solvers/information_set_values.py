"""What each information set of a tree owes: its plans' worth in a symbol for every action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.subgames import Plan, Step, plan_counts, plans, ways
from gametheory_eeu.model.tree import Move, Node, value
from gametheory_eeu.model.unique_names import apart
from gametheory_eeu.solvers.linear_bounds import Atom

MOST_PLANS = 20_000
"""Plans from each information set on, times its nodes, in sum."""


class Unknowns:
    """One symbol for each action or node, however its labels read when joined.

    Parameters
    ----------
    space : Space
        Whose symbols it leaves alone.
    """

    def __init__(self, space: Space) -> None:
        self._taken = {s.name for s in space.symbols}
        self._symbols: dict[tuple[str, str, str], Symbol] = {}

    def of(self, what: str, label: str, place: str) -> Symbol:
        """The symbol of a probability, a belief, or what is any."""
        key = what, label, place
        if key not in self._symbols:
            name = apart(f"{what}({label}|{place})", self._taken)
            self._taken.add(name)
            self._symbols[key] = sp.Symbol(name, real=True)
        return self._symbols[key]


@dataclass
class Work:
    """What was looked at in all subgames of a tree."""

    steps: int = 0
    systems: int = 0


@dataclass(frozen=True)
class Owed:
    """What one information set owes at some supports, with the belief there."""

    equalities: tuple[Expr, ...] = ()
    atoms: tuple[Atom, ...] = ()
    unknowns: tuple[Symbol, ...] = ()
    belief: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """An information set that owes rationality; polynomials in a symbol for every action.

    ``worth[plan][node]`` is what a plan is worth from a node on, ``arrival[node]`` the probability
    of getting there, ``luck[node]`` chance's part in it, ``steps[node]`` the actions on the way.
    """

    name: str
    nodes: tuple[str, ...]
    plans: tuple[Plan, ...]
    worth: tuple[tuple[Expr, ...], ...]
    arrival: tuple[Expr, ...]
    luck: tuple[Expr, ...]
    steps: tuple[tuple[Step, ...], ...]


def places(
    root: Node,
    played: Mapping[str, Mapping[str, Expr]],
    owing: Mapping[str, tuple[Move, ...]],
) -> list[Place]:
    """The information sets that owe rationality.

    Parameters
    ----------
    root : Node
    played : by information set a symbol for each action
    owing : their nodes by information set
    """
    known = {(m.information_set, m.node): (luck, steps) for m, luck, steps in ways(root)}
    return [_place(root, played, nodes, known) for nodes in owing.values()]


def _place(
    root: Node,
    played: Mapping[str, Mapping[str, Expr]],
    nodes: tuple[Move, ...],
    known: Mapping[tuple[str, str], tuple[Expr, tuple[Step, ...]]],
) -> Place:
    name, player = nodes[0].information_set, nodes[0].player
    options = tuple(plans(root, name))
    pure = [{n: {a: sp.Integer(1)} for n, a in plan.items()} for plan in options]
    worth = tuple(
        tuple(sp.expand(value(node, {**played, **own}, player)) for node in nodes) for own in pure
    )
    luck, steps = zip(*(known[name, node.node] for node in nodes), strict=True)
    arrival = tuple(
        sp.Mul(chance, *(played[n][a] for n, a in way))
        for chance, way in zip(luck, steps, strict=True)
    )
    return Place(name, tuple(n.node for n in nodes), options, worth, arrival, luck, steps)


def check_plans(root: Node, owing: Mapping[str, tuple[Move, ...]]) -> None:
    """Count plans before they are listed.

    Raises
    ------
    TooLargeError
        More than ``MOST_PLANS``.
    """
    counts = plan_counts(root)
    total = sum(counts[name] * len(nodes) for name, nodes in owing.items())
    if total > MOST_PLANS:
        name = max(owing, key=counts.__getitem__)
        raise TooLargeError(
            f"from information set {name!r} on its player has {counts[name]} plans, and with those "
            f"from the others {total} are more than the limit of {MOST_PLANS}; cut the tree, or "
            "leave out actions that are never best"
        )


__all__ = ["Owed", "Place", "Unknowns", "Work", "check_plans", "places"]
