"""Equilibria of an extensive form in behaviour strategies, by enumeration of supports.

Every equilibrium has some supports, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, islice, product
from math import prod
from typing import TypeVar

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.equilibrium import Profile as BehaviourProfile
from gametheory_eeu.games.tree import (
    Node,
    children,
    expected_payoff,
    own_histories,
    players_of,
    subgame_roots,
    truncate,
)
from gametheory_eeu.solvers.information_set_values import (
    PlanValues,
    RationalityConditions,
    SearchCounts,
    SymbolFactory,
)
from gametheory_eeu.solvers.polynomial_zeros import canonical_form
from gametheory_eeu.solvers.realization_plans import RealizationPlans, Supports, is_rational_tree
from gametheory_eeu.solvers.solution_families import SolutionFamily, existence_condition
from gametheory_eeu.solvers.support_systems import (
    ANY,
    MAX_SYSTEMS,
    AssessmentFamily,
    Concept,
    SupportSystems,
)

MAX_STEPS = 100_000
"""Partial choices of supports looked at before a tree is called too large."""
MAX_CANDIDATES = 2_000
"""Choices of supports that may hold equilibria, after all that are ruled out."""
Leaf = TypeVar("Leaf")


class SupportSearch(SupportSystems):
    """Exhaustive search over supports for the equilibria of one tree; see its parameters there."""

    def __init__(
        self,
        root: Node,
        space: Space,
        inherited: SolutionFamily,
        symbols: SymbolFactory,
        concept: Concept,
        work: SearchCounts,
    ) -> None:
        super().__init__(root, space, inherited, symbols, concept, work)
        if self.simultaneous is None and is_rational_tree(root):
            self.linear = RealizationPlans(root, {place.name: place.plans for place in self.places})
        self.before = {m.information_set: steps[-1:] for m, steps in own_histories(root)}
        self.order = self._order()
        self.schedule = self._schedule(self.order)

    def _order(self) -> list[str]:
        """The information sets in an order that allows early checks of places."""
        order: dict[str, None] = {}
        pending = [set(self.dependencies[place.name]) for place in self.places]
        while pending:
            smallest = min(pending, key=lambda names: len(names - order.keys()))
            pending.remove(smallest)
            for name in self.actions:
                if name in smallest and name not in order:
                    order |= dict.fromkeys(self._with_predecessors(name))
        return list(order | dict.fromkeys(self.actions))

    def _with_predecessors(self, name: str) -> list[str]:
        predecessors = [n for n, _ in self.before[name]]
        return [*(m for n in predecessors for m in self._with_predecessors(n)), name]

    def _schedule(self, order: list[str]) -> dict[str, list[PlanValues]]:
        """The places that can be checked after each information set's support is chosen."""
        schedule: dict[str, list[PlanValues]] = {name: [] for name in order}
        for place in self.places:
            schedule[max(self.dependencies[place.name], key=order.index)].append(place)
        return schedule

    def run(self) -> Iterator[AssessmentFamily]:
        """Equilibrium families, in the order of supports by information set."""
        if self.simultaneous is not None:
            candidates = self._candidates(self.simultaneous.supports())
            for supports, mixes in sorted(candidates, key=lambda item: self._sort_key(item[0])):
                if mixes is None:
                    known = {p.name: self._conditions_at(p, supports) for p in self.places}
                    yield from self._leaf_families(supports, known)
                else:
                    yield self._point_family(mixes)
            return
        leaves = self._candidates(self._extensions({}, {}, self.order))
        for supports, conditions in sorted(leaves, key=lambda leaf: self._sort_key(leaf[0])):
            yield from self._leaf_families(supports, conditions)

    def _candidates(self, choices: Iterator[Leaf]) -> list[Leaf]:
        """The candidate supports as a list; an error if there are too many to solve."""
        limit = min(MAX_CANDIDATES, MAX_SYSTEMS // self._question_cost)
        leaves = list(islice(choices, limit + 1))
        if len(leaves) > limit:
            self._raise_too_large(
                f"more than {limit} of them may hold equilibria, as where all is tied"
            )
        return leaves

    def _sort_key(self, supports: Supports) -> list[tuple[int, list[int]]]:
        """Sort key of a choice of supports: set by set, fewest actions first."""
        return [
            (len(supports[name]), [actions.index(a) for a in supports[name] if a in actions])
            for name, actions in self.actions.items()
        ]

    def _extensions(
        self,
        supports: Supports,
        conditions: Mapping[str, tuple[RationalityConditions, ...]],
        names: list[str],
    ) -> Iterator[tuple[Supports, Mapping[str, tuple[RationalityConditions, ...]]]]:
        """Extensions of a partial choice of supports that nothing rules out."""
        if not names:
            yield supports, conditions
            return
        name, *rest = names
        for support in self._supports(name, supports):
            self._count_step()
            extension = {**supports, name: support}
            if self.linear is not None and not self.linear.is_feasible(extension, name):
                continue
            new_conditions = {
                place.name: self._conditions_at(place, extension) for place in self.schedule[name]
            }
            if all(new_conditions.values()):
                yield from self._extensions(extension, {**conditions, **new_conditions}, rest)

    def _leaf_families(
        self, supports: Supports, conditions: Mapping[str, tuple[RationalityConditions, ...]]
    ) -> Iterator[AssessmentFamily]:
        for choice in product(*conditions.values()):
            yield from self._solutions(supports, dict(zip(conditions, choice, strict=True)))

    def _point_family(self, mixes: BehaviourProfile) -> AssessmentFamily:
        """The equilibrium at given numerical mixed actions, with its beliefs."""
        substitution = {
            self.action_symbols[n][a]: chance
            for n, mix in mixes.items()
            for a, chance in mix.items()
        }
        beliefs = {}
        for place in self.places if self.perfect else ():
            weights = [canonical_form(e.xreplace(substitution)) for e in place.reach_probabilities]
            total = canonical_form(sp.Add(*weights))
            pairs = zip(place.nodes, weights, strict=True)
            beliefs[place.name] = {n: canonical_form(sp.radsimp(w / total)) for n, w in pairs}
        family = SolutionFamily(free=self.inherited.free, where=self.inherited.where)
        return AssessmentFamily(family, {n: dict(mix) for n, mix in mixes.items()}, beliefs)

    def _count_step(self) -> None:
        self.work.steps += 1
        if self.work.steps > MAX_STEPS:
            self._raise_too_large(f"{MAX_STEPS} partial choices")

    def _supports(self, name: str, supports: Supports) -> Iterator[tuple[str, ...]]:
        """Supports at an information set, fewest actions first; ``ANY`` off its player's path."""
        if not self.perfect and any(a not in supports[n] for n, a in self.before[name]):
            yield ANY
            return
        actions = self._candidate_actions(name)
        for size in range(1, len(actions) + 1):
            yield from combinations(actions, size)

    def _candidate_actions(self, name: str) -> tuple[str, ...]:
        """Actions a support may contain: the best ones alone, where all values are numbers."""
        actions = self.actions[name]
        place = next((p for p in self.places if p.name == name), None)
        if place is None or len(place.nodes) > 1 or len(place.plans) != len(actions):
            return actions
        values = [row[0] for row in place.payoffs]
        if (
            not all(v.is_Rational for v in values)
            or place.chance_probabilities[0].is_positive is not True
        ):
            return actions
        if not self.perfect and place.steps[0]:
            return actions
        best = max(values)
        return tuple(a for a, v in zip(actions, values, strict=True) if v == best)


MAX_FAMILIES = 5_000
"""Families of a subgame before a tree is called too large."""


@dataclass(frozen=True)
class SubgameFamily:
    """A family of equilibria of a subgame.

    ``condition`` is exact, and None where it was not found: then the family may have no member
    where ``family.condition`` holds, and has none elsewhere.
    """

    family: SolutionFamily
    profile: BehaviourProfile
    beliefs: BehaviourProfile
    payoffs: Mapping[str, Expr]
    condition: Boolean | None = field(default=None)


def subgame_equilibria(root: Node, space: Space, demand: Concept) -> tuple[SubgameFamily, ...]:
    """Every equilibrium that induces in each subgame an equilibrium of the concept.

    "Nash": subgame perfect; "perfect": perfect Bayesian in each subgame; "sequential".
    """
    starts = {id(start): start for start in subgame_roots(root)}
    return tuple(_Induction(space, demand, starts, SymbolFactory(space)).solutions(root))


def nash_equilibria(root: Node, space: Space) -> tuple[SubgameFamily, ...]:
    """Every Nash equilibrium: the tree taken as a single game."""
    return tuple(_Induction(space, "Nash", {id(root): root}, SymbolFactory(space)).solutions(root))


@dataclass(frozen=True)
class _Induction:
    """Backward induction over subgames, whose roots are kept by id."""

    space: Space
    demand: Concept
    starts: Mapping[int, Node]
    symbols: SymbolFactory
    work: SearchCounts = field(default_factory=SearchCounts)

    def solutions(self, start: Node) -> list[SubgameFamily]:
        """Every family of a subgame, with those below it."""
        nodes = _next_starts(start, self.starts)
        results: list[SubgameFamily] = []
        for parts, joint in _compatible_families(
            [self.solutions(node) for node in nodes], self.space
        ):
            values = {id(n): p.payoffs for n, p in zip(nodes, parts, strict=True)}
            tree = truncate(start, values)
            search = SupportSearch(tree, self.space, joint, self.symbols, self.demand, self.work)
            for assessment in search.run():
                family = _combine(assessment, parts, joint, start, self.space)
                if family.condition != sp.false:
                    results.append(family)
                    _check_count(len(results))
        return results


def _compatible_families(
    subgame_families: Sequence[Sequence[SubgameFamily]], space: Space
) -> Iterator[tuple[tuple[SubgameFamily, ...], SolutionFamily]]:
    """Combinations of one family of each subgame that can exist at the same parameters."""
    _check_count(prod(map(len, _independent_subgames(subgame_families))))
    combinations: list[tuple[SubgameFamily, ...]] = [()]
    for k, families in enumerate(subgame_families):
        combinations = [(*old, new) for old in combinations for new in families]
        if k:
            combinations = [p for p in combinations if _is_possible(p, space)]
        _check_count(len(combinations))
    for parts in combinations:
        yield parts, _joint_family(parts)


def _independent_subgames(
    subgame_families: Sequence[Sequence[SubgameFamily]],
) -> list[Sequence[SubgameFamily]]:
    """Subgames whose conditions share no symbol with those of any other."""
    symbols = [
        set().union(*(g.free_symbols for s in families for g in s.family.given))
        for families in subgame_families
    ]
    return [
        families
        for k, families in enumerate(subgame_families)
        if all(
            symbols[k].isdisjoint(other_symbols)
            for n, other_symbols in enumerate(symbols)
            if n != k
        )
    ]


def _is_possible(parts: tuple[SubgameFamily, ...], space: Space) -> bool:
    given = dict.fromkeys(g for part in parts for g in part.family.given)
    return not given or prover.simplify(sp.And(*given), space) != sp.false


def _check_count(families: int) -> None:
    if families > MAX_FAMILIES:
        raise TooLargeError(
            f"the subgames have {families} or more families of equilibria together, above the "
            f"limit of {MAX_FAMILIES}: many moves are tied, or turn on parameters of their own; "
            "give values that break ties, or solve the subgames by themselves (game.subgames)"
        )


def _next_starts(start: Node, starts: Mapping[int, Node]) -> list[Node]:
    """The roots of the next subgames below a node."""
    nodes: list[Node] = []
    for child in children(start):
        nodes += [child] if id(child) in starts else _next_starts(child, starts)
    return nodes


def _joint_family(parts: tuple[SubgameFamily, ...]) -> SolutionFamily:
    families = [part.family for part in parts]
    return SolutionFamily(
        free=tuple(s for f in families for s in f.free),
        where=tuple(a for f in families for a in f.where),
        given=tuple(dict.fromkeys(g for f in families for g in f.given)),
        open=tuple(e for f in families for e in f.open),
    )


def _combine(
    assessment: AssessmentFamily,
    parts: tuple[SubgameFamily, ...],
    joint: SolutionFamily,
    start: Node,
    space: Space,
) -> SubgameFamily:
    """The family combined with those of the next subgames, conditions simplified."""
    profile = _merge_profiles(assessment, assessment.profile, *(p.profile for p in parts))
    beliefs = _merge_profiles(assessment, assessment.beliefs, *(p.beliefs for p in parts))
    given = dict.fromkeys((*joint.given, *assessment.family.given))
    condition = prover.simplify(sp.And(*given), space)
    conjuncts = condition.args if isinstance(condition, sp.And) else (condition,)
    family = replace(
        assessment.family,
        given=conjuncts,
        open=(*joint.open, *assessment.family.open),
    )
    payoffs = {p: canonical_form(expected_payoff(start, profile, p)) for p in players_of(start)}
    existence = sp.false if condition == sp.false else existence_condition(family, space)
    if existence is not None:
        existence = prover.simplify(existence, space)
    return SubgameFamily(family, profile, beliefs, payoffs, existence)


def _merge_profiles(
    assessment: AssessmentFamily, *parts: BehaviourProfile
) -> dict[str, dict[str, Expr]]:
    values = assessment.family.values
    return {
        name: {
            key: assessment.back_substitution(value.xreplace(values)) for key, value in mix.items()
        }
        for part in parts
        for name, mix in part.items()
    }
