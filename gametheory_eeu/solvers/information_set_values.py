"""Values at information sets, and numerical trees with one such set for each player."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.equilibrium import Profile as BehaviourProfile
from gametheory_eeu.games.equilibrium import unique_name
from gametheory_eeu.games.tree import (
    Chance,
    Move,
    Node,
    Outcome,
    Plan,
    Step,
    children,
    expected_payoff,
    information_sets,
    node_paths,
    plan_counts,
    plans,
)
from gametheory_eeu.solvers.extreme_equilibria import bit_positions, extreme_equilibria
from gametheory_eeu.solvers.integer_game import (
    MAX_SUPPORTS,
    IntegerGame,
    IsolatedEquilibrium,
    Profile,
    mixed_equilibria,
)
from gametheory_eeu.solvers.realization_plans import Supports, is_rational_tree
from gametheory_eeu.solvers.solution_families import AtomicFormula

MAX_PLANS = 20_000
"""Plans from each information set on, times its nodes, in sum."""


class SymbolFactory:
    """Distinct symbols for probabilities and beliefs, for each action or node; not the space's."""

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

    The profile has by information set a symbol for each action.
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
    """Refuse more than ``MAX_PLANS`` plans (TooLargeError)."""
    counts = plan_counts(root)
    total = sum(counts[name] * len(nodes) for name, nodes in nodes_by_set.items())
    if total > MAX_PLANS:
        name = max(nodes_by_set, key=counts.__getitem__)
        raise TooLargeError(
            f"from information set {name!r} on its player has {counts[name]} plans, and with those "
            f"from the others {total} are more than the limit of {MAX_PLANS}; cut the tree, or "
            "leave out actions that are never best"
        )


MAX_CELLS = 20_000
"""At each information set what is played with positive probability."""


@dataclass(frozen=True)
class SingleSetTree:
    """A tree in which each player has one information set, with its normal form."""

    root: Node
    sets: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, root: Node, *, perfect: bool) -> SingleSetTree | None:
        """The tree, if each player has one set (always reached, if perfect); else None."""
        nodes_by_set = information_sets(root)
        players = {nodes[0].player for nodes in nodes_by_set.values()}
        if len(nodes_by_set) < 2 or len(players) < len(nodes_by_set) or not is_rational_tree(root):
            return None
        sets = {name: tuple(a for a, _ in nodes[0].actions) for name, nodes in nodes_by_set.items()}
        if prod(map(len, sets.values())) > MAX_CELLS:
            return None
        if perfect and not all(_is_always_reached(root, name) for name in sets):
            return None
        return cls(root, sets)

    def supports(self) -> Iterator[tuple[Supports, BehaviourProfile | None]]:
        """The supports of equilibria: with the probabilities where these are single numbers."""
        is_two_player = len(self.sets) == 2
        if (
            not is_two_player
            and prod(2 ** len(actions) - 1 for actions in self.sets.values()) > MAX_SUPPORTS
        ):
            raise TooLargeError(
                f"{len(self.sets)} simultaneous moves of {'x'.join(map(str, self._shape))} actions "
                f"have more than {MAX_SUPPORTS} choices of supports; leave out dominated actions"
            )
        yield from self._two_player_supports() if is_two_player else self._many_player_supports()

    @property
    def _shape(self) -> tuple[int, ...]:
        return tuple(map(len, self.sets.values()))

    def _integer_game(self) -> IntegerGame:
        payoffs: list[dict[Profile, Expr]] = [{} for _ in self.sets]
        movers = [nodes[0].player for nodes in information_sets(self.root).values()]
        for profile in product(*map(range, self._shape)):
            played = zip(self.sets.items(), profile, strict=True)
            strategy = {name: actions[k] for (name, actions), k in played}
            values = _pure_payoffs(self.root, strategy, movers)
            for cells, payoff in zip(payoffs, values, strict=True):
                cells[profile] = payoff
        return IntegerGame(self._shape, payoffs)

    def _supports_by_set(self, supports: tuple[tuple[int, ...], ...]) -> Supports:
        return {
            name: tuple(actions[k] for k in support)
            for (name, actions), support in zip(self.sets.items(), supports, strict=True)
        }

    def _two_player_supports(self) -> Iterator[tuple[Supports, BehaviourProfile | None]]:
        rows, columns = self._integer_game().rows
        extremes = extreme_equilibria(rows, [list(column) for column in zip(*columns, strict=True)])
        for first, second in extremes.supports():
            yield (
                self._supports_by_set((bit_positions(first), bit_positions(second))),
                None,
            )

    def _many_player_supports(self) -> Iterator[tuple[Supports, BehaviourProfile | None]]:
        for equilibrium in mixed_equilibria(self._integer_game()):
            yield (
                self._supports_by_set(equilibrium.support),
                self._mixed_profile(equilibrium)
                if isinstance(equilibrium, IsolatedEquilibrium)
                else None,
            )

    def _mixed_profile(self, equilibrium: IsolatedEquilibrium) -> BehaviourProfile:
        return {
            name: dict(zip(actions, map(equilibrium.point.number, probabilities), strict=True))
            for (name, actions), probabilities in zip(
                self.sets.items(), equilibrium.probabilities, strict=True
            )
        }


def _pure_payoffs(root: Node, played: Mapping[str, str], players: list[str]) -> list[Expr]:
    """Expected payoffs of a pure profile, one for each player."""
    if isinstance(root, Outcome):
        return [root.payoffs[p] for p in players]
    if isinstance(root, Chance):
        branches = [(p, _pure_payoffs(child, played, players)) for _, p, child in root.branches]
        return [sum(p * payoffs[k] for p, payoffs in branches) for k in range(len(players))]
    return _pure_payoffs(dict(root.actions)[played[root.information_set]], played, players)


def _is_always_reached(node: Node, name: str) -> bool:
    """Whether an information set is reached with positive probability under every profile."""
    if isinstance(node, Move):
        return node.information_set == name or all(
            _is_always_reached(c, name) for _, c in node.actions
        )
    return any(_is_always_reached(child, name) for child in children(node))
