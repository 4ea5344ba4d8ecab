"""Subgame-perfect equilibria of a tree with continuous moves, from backward induction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.forms.tree_plan import Plan
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.prover.case_distinction import is_satisfiable
from gametheory_eeu.prover.proof_search import is_supported
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.moves import Decision, RealChoice
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value
from gametheory_eeu.solvers.subgame_perfect import BackwardInduction, Option

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_tree import ContinuousTree

_METHOD = "backward induction through every best choice, in cases"
_WHY = (
    "at every information set all best choices were followed, in pure strategies; where somebody "
    "is indifferent off the path, either does"
)


def solve(game: ContinuousTree, concept: str) -> EquilibriumSet:
    """Every subgame-perfect equilibrium in pure strategies, up to ties off the path."""
    induction = BackwardInduction(game.nodes, game.players, game.space)
    solutions = induction.solve()
    strategies = _Strategies(game, induction.options, solutions)
    equilibria = tuple(strategies.equilibrium(s, concept) for s in solutions)
    complete, why = _completeness(game, induction)
    if not equilibria and complete == sp.true:
        why = f"{why}; there is none, since somewhere no choice is best: a payoff grows, or jumps"
    return EquilibriumSet(equilibria, game, concept, _METHOD, complete, why)


def _completeness(game: ContinuousTree, induction: BackwardInduction) -> tuple[Boolean, str]:
    if not induction.gaps:
        return sp.true, _WHY
    parameters = set(game.space.symbols)
    gaps = [
        gap.condition if gap.condition.free_symbols <= parameters else sp.true
        for gap in induction.gaps
    ]
    complete = prover.simplify(sp.Not(sp.Or(*gaps)), game.space)
    reasons = "; ".join(dict.fromkeys(gap.why for gap in induction.gaps))
    return complete, f"where this does not hold, equilibria may be missing: {reasons}"


class _Strategies:
    """The strategies of an equilibrium, from the options at each information set."""

    def __init__(
        self,
        game: ContinuousTree,
        options: Mapping[str, list[Option]],
        solutions: Sequence[Continuation],
    ) -> None:
        self.game, self.options, self.solutions = game, options, solutions

    def equilibrium(self, solution: Continuation, concept: str) -> Equilibrium:
        """The equilibrium with a solution's play on the path."""
        profile: dict[str, dict[str, Expr]] = {}
        responses: dict[str, Expr] = {}
        plan = Plan.of(self.game, self.options, solution)
        for name, node in self.game.information_sets.items():
            space = self.game.history_space(name, solution.condition)
            options = plan.options[name]
            if isinstance(node, Decision):
                profile[name] = {
                    a: _by_cases([(sp.Integer(o.play == a), o.condition) for o in options], space)
                    for a in node.actions
                }
            elif (x := node.range.symbol) in solution.free:
                responses[x.name] = x
            else:
                responses[x.name] = _by_cases(
                    [(_sample(o, x), o.condition) for o in options], space
                )
        where = sp.true
        if solution.free:
            within = Space.of(self.game.space, solution.condition, symbols=solution.free)
            where = simplify_condition(solution.where, within)
        return Equilibrium(
            self._name(solution),
            profile,
            dict(solution.payoffs),
            solution.condition,
            concept,
            free=solution.free,
            where=where,
            note=self._note(solution),
            choices=solution.choices,
            responses=FrozenMapping(responses),
            game=self.game,
        )

    def _name(self, solution: Continuation) -> str:
        parts = []
        for name, node in self.game.information_sets.items():
            if isinstance(node, RealChoice):
                place = solution.places.get(node.range.symbol.name)
                parts += [place] if place else []
            elif name in solution.steps:
                parts.append(" or ".join(a for a in node.actions if a in solution.steps[name]))
        return "; ".join(parts)

    def _note(self, solution: Continuation) -> str:
        """A sentence on each tie on the path that is broken as it must be."""
        sentences = []
        for name, numbers in solution.selection.items():
            node = self.game.information_sets[name]
            if not isinstance(node, Decision):
                continue
            taken = self.options[name][numbers[0]].play
            known = {s: solution.choices[s.name] for s in self.game.known(name)
                     if s.name in solution.choices}  # fmt: skip
            others = [o for o in self.options[name] if o.play != taken]
            space = Space.of(self.game.space, solution.condition)
            tie = sp.Or(*(o.condition.xreplace(known) for o in others))
            if known and tie.free_symbols <= set(space.symbols) and is_supported(tie, space):
                reason = f": otherwise {' and '.join(map(str, known))} would not be best"
                is_forced = not self._has_alternative(name, solution)
                sentences.append(
                    f"{name} is indifferent and plays {taken}{reason if is_forced else ''}"
                )
        return "; ".join(sentences)

    def _has_alternative(self, name: str, solution: Continuation) -> bool:
        """Whether an equilibrium with other play at an information set exists at the same point."""
        return any(
            other.steps.get(name) != solution.steps[name]
            and is_satisfiable(Space.of(self.game.space, solution.condition, other.condition))
            for other in self.solutions
            if name in other.steps
        )


def _by_cases(plays: Sequence[tuple[Expr, Boolean]], space: Space) -> Expr:
    """A value by cases, of which the last holds wherever no other does."""
    joined: list[tuple[Expr, Boolean]] = []
    for value, condition in plays:
        if joined and joined[-1][0] == value:
            joined[-1] = (value, sp.Or(joined[-1][1], condition))
        else:
            joined.append((value, condition))
    if len(joined) == 1:
        return joined[0][0]
    cases = [(value, simplify_condition(condition, space)) for value, condition in joined[:-1]]
    return sp.Piecewise(*cases, (joined[-1][0], True))


def _sample(option: Option, x: Symbol) -> Expr:
    """The number played; of several that are alike, one."""
    value = sp.sympify(option.play)
    if x not in value.free_symbols:
        return value
    bounds: dict[bool, list[tuple[bool, Expr]]] = {True: [], False: []}
    for relation in sp.And.make_args(option.range):
        gap = sp.expand(relation.gts - relation.lts)
        slope = gap.coeff(x, 1)
        end = simplify_value(-gap.coeff(x, 0) / slope)
        bounds[bool(slope > 0)].append((isinstance(relation, (sp.Ge, sp.Le)), end))
    lows, highs = ([e for _, e in bounds[side]] for side in (True, False))
    low, high = sp.Max(*lows), sp.Min(*highs)
    if lows and highs:
        return (low + high) / 2
    return low + 1 if lows else high - 1


__all__ = ["solve"]
