"""Expected payoffs of plans at the information sets of a tree, as polynomials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.subgames import Plan, Step, node_paths, plan_counts, plans
from gametheory_eeu.model.tree import Move, Node, expected_payoff
from gametheory_eeu.model.unique_names import unique_name
from gametheory_eeu.solvers.linear_existence import AtomicFormula

MAX_PLANS = 20_000
"""Plans from each information set on, times its nodes, in sum."""


class SymbolFactory:
    """Distinct symbols for probabilities and beliefs, one for each action or node.

    Parameters
    ----------
    space : Space
        Whose symbols it leaves alone.
    """

    def __init__(self, space: Space) -> None:
        self._names = {s.name for s in space.symbols}
        self._symbols: dict[tuple[str, str, str], Symbol] = {}

    def of(self, kind: str, label: str, information_set: str) -> Symbol:
        """The symbol of a probability, a belief, or an unconstrained choice."""
        key = kind, label, information_set
        if key not in self._symbols:
            name = unique_name(f"{kind}({label}|{information_set})", self._names)
            self._names.add(name)
            self._symbols[key] = sp.Symbol(name, real=True)
        return self._symbols[key]


@dataclass
class SearchCounts:
    """Counts of search steps and of systems solved, over all subgames of a tree."""

    steps: int = 0
    systems: int = 0


@dataclass(frozen=True)
class RationalityConditions:
    """Rationality conditions at one information set for some supports, with its belief."""

    equalities: tuple[Expr, ...] = ()
    atoms: tuple[AtomicFormula, ...] = ()
    unknowns: tuple[Symbol, ...] = ()
    belief: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanValues:
    """Expected payoffs of all plans at one information set; polynomials in action symbols.

    ``payoffs[plan][node]`` is a plan's expected payoff from a node on,
    ``reach_probabilities[node]`` the probability of the node, ``chance_probabilities[node]``
    chance's factor of it, and
    ``steps[node]`` the actions on the path.
    """

    name: str
    nodes: tuple[str, ...]
    plans: tuple[Plan, ...]
    payoffs: tuple[tuple[Expr, ...], ...]
    reach_probabilities: tuple[Expr, ...]
    chance_probabilities: tuple[Expr, ...]
    steps: tuple[tuple[Step, ...], ...]


def plan_values(
    root: Node,
    profile: Mapping[str, Mapping[str, Expr]],
    nodes_by_set: Mapping[str, tuple[Move, ...]],
) -> list[PlanValues]:
    """Expected payoffs of plans at each of the given information sets.

    Parameters
    ----------
    root : Node
    profile : by information set a symbol for each action
    nodes_by_set : their nodes by information set
    """
    paths = {(m.information_set, m.node): (chance, steps) for m, chance, steps in node_paths(root)}
    return [_plan_values_at(root, profile, nodes, paths) for nodes in nodes_by_set.values()]


def _plan_values_at(
    root: Node,
    profile: Mapping[str, Mapping[str, Expr]],
    nodes: tuple[Move, ...],
    paths: Mapping[tuple[str, str], tuple[Expr, tuple[Step, ...]]],
) -> PlanValues:
    name, player = nodes[0].information_set, nodes[0].player
    options = tuple(plans(root, name))
    pure_strategies = [{n: {a: sp.Integer(1)} for n, a in plan.items()} for plan in options]
    expected_payoffs = tuple(
        tuple(sp.expand(expected_payoff(node, {**profile, **strategy}, player)) for node in nodes)
        for strategy in pure_strategies
    )
    chances, steps = zip(*(paths[name, node.node] for node in nodes), strict=True)
    reach = tuple(
        sp.Mul(chance, *(profile[n][a] for n, a in path))
        for chance, path in zip(chances, steps, strict=True)
    )
    return PlanValues(
        name, tuple(n.node for n in nodes), options, expected_payoffs, reach, chances, steps
    )


def check_plans(root: Node, nodes_by_set: Mapping[str, tuple[Move, ...]]) -> None:
    """Check that the number of plans is within the limit.

    Raises
    ------
    TooLargeError
        More than ``MAX_PLANS``.
    """
    counts = plan_counts(root)
    total = sum(counts[name] * len(nodes) for name, nodes in nodes_by_set.items())
    if total > MAX_PLANS:
        name = max(nodes_by_set, key=counts.__getitem__)
        raise TooLargeError(
            f"from information set {name!r} on its player has {counts[name]} plans, and with those "
            f"from the others {total} are more than the limit of {MAX_PLANS}; cut the tree, or "
            "leave out actions that are never best"
        )
