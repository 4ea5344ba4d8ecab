"""Systems of conditions for equilibria in behaviour strategies with given supports.

For every choice of supports the conditions are equalities and inequalities in the probabilities,
and in the beliefs where play does not arrive; :mod:`indifference` solves them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from math import prod
from typing import Literal, TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.consistent_beliefs import UnreachedSet, consistent_bases
from gametheory_eeu.games.tree import (
    Node,
    first_information_sets,
    information_sets,
)
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers.information_set_values import (
    PlanValues,
    RationalityConditions,
    SearchCounts,
    SingleSetTree,
    SymbolFactory,
    check_plans,
    plan_values,
)
from gametheory_eeu.solvers.polynomial_families import closed_families, identity
from gametheory_eeu.solvers.polynomial_zeros import canonical_form
from gametheory_eeu.solvers.realization_plans import RealizationPlans, Supports
from gametheory_eeu.solvers.solution_families import (
    AtomicFormula,
    SolutionFamily,
    simplify_atoms,
    solution_families,
    solvability_condition,
)
from gametheory_eeu.solvers.support_families import BackSubstitution

MAX_SYSTEMS = 6_000
"""Systems of equations before a tree is too large; one with many symbols counts for several."""
MAX_SYMBOLIC_CHOICES = 2_000_000
"""Choices of supports, counted in the same way, above which none is looked at."""
MAX_CASES = 1_000
"""Cases followed in one of these systems."""
Concept: TypeAlias = Literal["Nash", "perfect", "sequential"]
"""What an equilibrium of a subgame is to be."""
ANY = ("any",)
"""Where a player's own play never leads, whatever it would do is part of one family."""

LocalStrategy = dict[str, Expr]


@dataclass(frozen=True)
class AssessmentFamily:
    """A family of equilibria of one tree: strategies and beliefs in the family's unknowns."""

    family: SolutionFamily
    profile: Mapping[str, LocalStrategy]
    beliefs: Mapping[str, LocalStrategy] = field(default_factory=dict)
    back_substitution: BackSubstitution = identity
    """What is to be done to values in the unknowns once those of the family are put in."""


class SupportSystems:
    """Systems of conditions for the equilibria of one tree with given supports.

    ``inherited`` are unknowns in the tree's payoffs, with their range; symbols and counts are those
    of the whole tree. "perfect" demands beliefs and sequential rationality at every information
    set, "sequential" beliefs that are consistent as well.
    """

    def __init__(
        self,
        root: Node,
        space: Space,
        inherited: SolutionFamily,
        symbols: SymbolFactory,
        concept: Concept,
        work: SearchCounts,
    ) -> None:
        self.space, self.inherited, self.symbols, self.work = space, inherited, symbols, work
        self.perfect, self.consistent = concept != "Nash", concept == "sequential"
        sets = information_sets(root)
        self.actions = {n: tuple(a for a, _ in nodes[0].actions) for n, nodes in sets.items()}
        self.action_symbols = {
            name: {a: sp.Dummy(f"{a} at {name}", real=True) for a in actions}
            for name, actions in self.actions.items()
        }
        self.owner = {s: name for name, mix in self.action_symbols.items() for s in mix.values()}
        rational_sets = sets if self.perfect else first_information_sets(root)
        check_plans(root, rational_sets)
        self._check_size()
        self.places = plan_values(root, self.action_symbols, rational_sets)
        self.dependencies = {place.name: self._dependencies(place) for place in self.places}
        self.simultaneous = SingleSetTree.of(root, perfect=self.perfect)
        self.linear: RealizationPlans | None = None
        self._conditions_cache: dict[object, tuple[RationalityConditions, ...]] = {}

    def _dependencies(self, place: PlanValues) -> tuple[str, ...]:
        """The information sets whose supports the conditions at a place depend on."""
        symbols = {
            s for e in chain(*place.payoffs, place.reach_probabilities) for s in e.free_symbols
        }
        names = {self.owner[s] for s in symbols if s in self.owner}
        names |= {name for plan in place.plans for name in plan}
        return tuple(name for name in self.actions if name in names)

    def _count_system(self) -> None:
        self.work.systems += self._question_cost
        if self.work.systems > MAX_SYSTEMS:
            self._raise_too_large(f"{MAX_SYSTEMS // self._question_cost} systems of equations")

    @staticmethod
    def _question_limit() -> Effort:
        alternative = "check single profiles with verify_assessment(...)"
        return Effort("a choice of supports of this tree", MAX_CASES, alternative)

    @property
    def _question_cost(self) -> int:
        """Cost of a question with these symbols, in questions without symbols."""
        size = len(self.space.symbols)
        return 1 if size == 0 else 2 + size**2 // 4

    @property
    def _choices(self) -> int:
        return prod(2 ** len(actions) - 1 for actions in self.actions.values())

    def _check_size(self) -> None:
        if self.space.symbols and self._choices * self._question_cost > MAX_SYMBOLIC_CHOICES:
            self._raise_too_large(
                f"about {MAX_SYMBOLIC_CHOICES // self._question_cost} with these symbols"
            )

    def _raise_too_large(self, limit: str) -> None:
        raise TooLargeError(
            f"{len(self.actions)} information sets with {self._choices} choices of supports are "
            f"more than the exhaustive search follows ({limit}); give values to symbols, leave "
            "out actions that are never best, or check single profiles with verify_assessment(...)"
        )

    def mix(self, name: str, support: tuple[str, ...]) -> tuple[LocalStrategy, tuple[Symbol, ...]]:
        """Action probabilities with this support, and the unknowns in them."""
        actions = self.actions[name]
        support_actions = actions if support == ANY else support
        kind = "any" if support == ANY else "p"
        unknowns = tuple(self.symbols.of(kind, a, name) for a in support_actions[:-1])
        probabilities = dict(zip(support_actions, (*unknowns, 1 - sp.Add(*unknowns)), strict=True))
        return {a: probabilities.get(a, sp.Integer(0)) for a in actions}, unknowns

    def _conditions_at(
        self, place: PlanValues, supports: Supports
    ) -> tuple[RationalityConditions, ...]:
        """Rationality conditions at a place, case by case; empty where none can be met."""
        names = self.dependencies[place.name]
        key = place.name, tuple(supports[name] for name in names)
        if key not in self._conditions_cache:
            substitution = {
                self.action_symbols[name][action]: chance
                for name in names
                for action, chance in self.mix(name, supports[name])[0].items()
            }
            cases = self._belief_cases(place, supports, substitution)
            candidates = (
                self._best_reply_conditions(place, supports, substitution, *case) for case in cases
            )
            self._conditions_cache[key] = tuple(
                conditions
                for conditions in candidates
                if conditions and self._is_satisfiable(conditions, place, supports)
            )
        return self._conditions_cache[key]

    def _belief_cases(
        self, place: PlanValues, supports: Supports, substitution: Mapping[Symbol, Expr]
    ) -> Iterator[tuple[tuple[Expr, ...], RationalityConditions]]:
        """Beliefs by case: Bayes' rule where the place is reached, free where it is not."""
        arrival = tuple(e.xreplace(substitution) for e in place.reach_probabilities)
        if not self.perfect:
            yield arrival, RationalityConditions()
            return
        if len(place.nodes) == 1:
            certainty = (sp.Integer(1),)
            yield (
                certainty,
                RationalityConditions(belief=dict(zip(place.nodes, certainty, strict=True))),
            )
            return
        reach_weight = sp.Add(
            *(
                probability
                for probability, steps in zip(place.chance_probabilities, place.steps, strict=True)
                if all(a in supports[n] for n, a in steps)
            )
        )
        reachability = prover.simplify(sp.Gt(reach_weight, 0), self.space)
        if reachability != sp.false:
            total = sp.Add(*arrival)
            belief = {n: w / total for n, w in zip(place.nodes, arrival, strict=True)}
            atoms: tuple[AtomicFormula, ...] = (
                () if reachability == sp.true else ((reach_weight, ">"),)
            )
            yield arrival, RationalityConditions(atoms=atoms, belief=belief)
        if reachability != sp.true:
            yield self._off_path_case(place, reach_weight)

    def _off_path_case(
        self, place: PlanValues, reach_weight: Expr
    ) -> tuple[tuple[Expr, ...], RationalityConditions]:
        belief_symbols = tuple(self.symbols.of("b", node, place.name) for node in place.nodes[:-1])
        weights = (*belief_symbols, 1 - sp.Add(*belief_symbols))
        return weights, RationalityConditions(
            equalities=(reach_weight,),
            atoms=tuple((w, ">=") for w in weights),
            unknowns=belief_symbols,
            belief=dict(zip(place.nodes, weights, strict=True)),
        )

    def _best_reply_conditions(
        self, place: PlanValues, supports: Supports, substitution: Mapping[Symbol, Expr],
        weights: tuple[Expr, ...], case: RationalityConditions,
    ) -> RationalityConditions | None:  # fmt: skip
        """Best-reply conditions: plans in the supports are equally good, all others no better."""
        payoffs = [
            canonical_form(
                sp.Add(*(w * v.xreplace(substitution) for w, v in zip(weights, row, strict=True)))
            )
            for row in place.payoffs
        ]
        in_support = [all(a in supports[n] for n, a in plan.items()) for plan in place.plans]
        best = payoffs[in_support.index(True)]
        gains = [sp.expand(best - w) for w in payoffs]
        equalities = [
            g for g, is_inside in zip(gains, in_support, strict=True) if is_inside and g != 0
        ]
        atoms = simplify_atoms(
            (*case.atoms, *((g, ">=") for g, is_inside in zip(gains, in_support, strict=True)
                            if not is_inside))
        )  # fmt: skip
        if atoms is None or any(g.is_Rational for g in equalities):
            return None
        conditions = RationalityConditions(
            (*case.equalities, *equalities), atoms, case.unknowns, case.belief
        )
        return None if self._is_contradictory(conditions) else conditions

    def _is_satisfiable(
        self, case: RationalityConditions, place: PlanValues, supports: Supports
    ) -> bool:
        """Whether some probabilities with these supports meet the conditions at the place."""
        if not case.unknowns and self._is_known_feasible(place):
            return True
        conditions = (*case.equalities, *(e for e, _ in case.atoms))
        if all(e.free_symbols <= set(self.space.symbols) for e in conditions):
            return True
        unknowns, atoms = [*self.inherited.free, *case.unknowns], [*self.inherited.where]
        for name in self.dependencies[place.name]:
            symbols, ranges = self._probability_ranges(name, supports[name])
            unknowns += symbols
            atoms += ranges
        self._count_system()
        system = case.equalities, (*atoms, *case.atoms), unknowns, self.space
        solutions = solution_families(*system, self._question_limit())
        return any(f.open or solvability_condition(f.where, f.free) != sp.false for f in solutions)

    def _is_known_feasible(self, place: PlanValues) -> bool:
        """Whether the supports are known to admit probabilities that meet its conditions."""
        if self.linear is None:
            return self.simultaneous is not None
        return place.name in self.linear.replies

    def _probability_ranges(
        self, name: str, support: tuple[str, ...]
    ) -> tuple[list[Symbol], list[AtomicFormula]]:
        """The unknown probabilities at an information set, and their ranges."""
        mix, unknowns = self.mix(name, support)
        op = ">=" if support == ANY else ">"
        return list(unknowns), [(p, op) for p in mix.values() if p != 0 and unknowns]

    def _is_contradictory(self, case: RationalityConditions) -> bool:
        """Whether the conditions on parameters alone are contradictory."""
        conditions = [sp.Eq(e, 0) for e in case.equalities]
        conditions += [RELATIONS[op](e, 0) for e, op in case.atoms]
        parameters = set(self.space.symbols)
        parameter_conditions = [c for c in conditions if c.free_symbols <= parameters]
        return (
            bool(parameter_conditions)
            and prover.simplify(sp.And(*parameter_conditions), self.space) == sp.false
        )

    def _solutions(
        self, supports: Supports, conditions: Mapping[str, RationalityConditions]
    ) -> Iterator[AssessmentFamily]:
        profile, unknowns, atoms = {}, list(self.inherited.free), list(self.inherited.where)
        for name in self.actions:
            profile[name] = self.mix(name, supports[name])[0]
            symbols, ranges = self._probability_ranges(name, supports[name])
            unknowns += symbols
            atoms += ranges
        for case in conditions.values():
            unknowns += case.unknowns
            atoms += case.atoms
        equalities = [e for case in conditions.values() for e in case.equalities if e != 0]
        space = Space.of(self.space, *self.inherited.given)
        for consistency, positive in self._consistency_cases(profile, conditions):
            self._count_system()
            system = [*equalities, *consistency], [*atoms, *positive], unknowns, space
            for family in solution_families(*system, self._question_limit()):
                for closed_form, back_substitution in closed_families(family, space):
                    yield AssessmentFamily(
                        closed_form,
                        profile,
                        self._beliefs(conditions, closed_form),
                        back_substitution,
                    )

    def _consistency_cases(
        self, profile: Mapping[str, LocalStrategy], conditions: Mapping[str, RationalityConditions]
    ) -> Iterator[tuple[list[Expr], list[AtomicFormula]]]:
        """Consistency conditions on off-path beliefs, case by case."""
        off_path = [p for p in self.places if self.consistent and conditions[p.name].unknowns]
        weights = {p.name: conditions[p.name].belief for p in off_path}
        unreached = [
            UnreachedSet(p.name, p.nodes, p.chance_probabilities, p.steps) for p in off_path
        ]
        for basis in consistent_bases(unreached, lambda step: profile[step[0]][step[1]], weights):
            zero, positive = list(basis.equalities), list[AtomicFormula]()
            for name, support in basis.supports.items():
                zero += [w for node, w in weights[name].items() if node not in support]
                positive += [(weights[name][node], ">") for node in support]
            yield zero, positive

    def _beliefs(
        self, conditions: Mapping[str, RationalityConditions], family: SolutionFamily
    ) -> dict[str, LocalStrategy]:
        if not self.perfect:
            return {}
        return {
            name: {n: sp.cancel(b.xreplace(family.values)) for n, b in case.belief.items()}
            for name, case in conditions.items()
        }
