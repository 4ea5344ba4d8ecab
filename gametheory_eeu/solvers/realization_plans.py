"""Feasible supports of a numerical tree, by linear programmes in realization plans.

In the sequence form (von Stengel 1996; Koller, Megiddo and von Stengel 1996) a player of perfect
recall is described by the weight of each sequence of his moves, and what another player's plan is
worth is linear in these weights. Whether some weights make the plans that are played best is a
linear programme for each player, also while some supports are still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from flint import fmpq

from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.games.tree import (
    Chance,
    Node,
    Outcome,
    Plan,
    Step,
    Steps,
    children,
    information_sets,
    own_histories,
)
from gametheory_eeu.solvers.exact_linear_programming import best_distribution

LastMove: TypeAlias = "Step | None"
"""A player's last move, information set and action; None before its first."""
RealizationForm: TypeAlias = dict[LastMove, Any]
"""A linear form in the weights of sequences."""
UnknownForm: TypeAlias = dict[int, Any]
"""A linear form in the unknowns of a programme."""
Supports: TypeAlias = Mapping[str, tuple[str, ...]]
MAX_POINTS = 12
"""Weights kept for each player, in case they do again."""
MAX_VISITS = 300_000
"""Nodes looked at to write the programmes down."""


@dataclass(frozen=True, eq=False)
class PlanPayoffs:
    """Expected payoffs of the plans from an information set on, linear in one opponent's plan.

    ``before`` are own moves on the way there; there is no opponent where nobody else has a say.
    """

    before: Steps
    plans: tuple[Plan, ...]
    payoffs: tuple[RealizationForm, ...]
    opponent: str | None

    @cached_property
    def sets(self) -> frozenset[str]:
        """The player's own information sets that the plans involve."""
        return frozenset({name for plan in self.plans for name in plan} | dict(self.before).keys())

    def within(self, supports: Supports) -> list[bool]:
        """Whether each plan is played with positive probability."""
        return [all(a in supports[n] for n, a in plan.items()) for plan in self.plans]

    @cached_property
    def gains(self) -> dict[tuple[int, int], RealizationForm]:
        """Cache of payoff differences between plans, by their positions."""
        return {}

    def gain(self, plan: int, best: int) -> RealizationForm:
        """The payoff difference between two plans."""
        if (plan, best) not in self.gains:
            payoffs, best_payoffs = self.payoffs[plan], self.payoffs[best]
            difference = {
                s: payoffs.get(s, fmpq(0)) - best_payoffs.get(s, fmpq(0))
                for s in {**payoffs, **best_payoffs}
            }
            self.gains[plan, best] = {s: v for s, v in difference.items() if v != 0}
        return self.gains[plan, best]


class RealizationPlans:
    """The linear programmes of one tree with rational payoffs and probabilities.

    ``plans`` are by information set its player's plans from there on, for the sets at which plans
    are to be best replies.
    """

    def __init__(self, root: Node, plans: Mapping[str, Sequence[Plan]]) -> None:
        self.moves = information_sets(root)
        self.before = {m.information_set: steps for m, steps in own_histories(root)}
        self.replies: dict[str, PlanPayoffs] = {}
        self._visits = 0
        for name, options in plans.items():
            payoffs = self._plan_payoffs(root, name, tuple(options))
            if payoffs is not None:
                self.replies[name] = payoffs
        self._opponent_sets = {r: self._find_opponent_sets(r) for r in self.replies.values()}
        self._feasibility: dict[object, bool] = {}
        self._points: dict[str | None, tuple[RealizationForm, ...]] = {}

    def _plan_payoffs(self, root: Node, name: str, options: tuple[Plan, ...]) -> PlanPayoffs | None:
        """Expected payoffs of plans; None where not linear in one opponent's weights."""
        player, before = self.moves[name][0].player, self.before[name]
        forms: list[RealizationForm] = []
        opponents: set[str] = set()
        for plan in options:
            form: RealizationForm = {}
            for weight, last_moves in self._outcomes(root, player, name, {**dict(before), **plan}):
                if self._visits > MAX_VISITS or len(last_moves) > 1:
                    return None
                opponents |= last_moves.keys()
                sequence = next(iter(last_moves.values()), None)
                form[sequence] = form.get(sequence, fmpq(0)) + weight
            forms.append(form)
        if len(opponents) > 1:
            return None
        return PlanPayoffs(before, options, tuple(forms), next(iter(opponents), None))

    def _outcomes(
        self, root: Node, player: str, name: str, strategy: Mapping[str, str]
    ) -> Iterator[tuple[Any, dict[str, Step]]]:
        """Chance-weighted payoffs at the outcomes of a plan, with the others' last moves there."""

        def walk(
            node: Node, weight: Any, last_moves: dict[str, Step], has_arrived: bool
        ) -> Iterator[tuple[Any, dict[str, Step]]]:
            self._visits += 1
            if isinstance(node, Outcome):
                if has_arrived:
                    yield weight * to_fmpq(node.payoffs[player]), last_moves
            elif isinstance(node, Chance):
                for _, chance, child in node.branches:
                    yield from walk(child, weight * to_fmpq(chance), last_moves, has_arrived)
            elif node.player == player:
                arrives = has_arrived or node.information_set == name
                action = strategy.get(node.information_set)
                for label, child in node.actions:
                    if label == action:
                        yield from walk(child, weight, last_moves, arrives)
            else:
                for label, child in node.actions:
                    step = {node.player: (node.information_set, label)}
                    yield from walk(child, weight, {**last_moves, **step}, has_arrived)

        return walk(root, fmpq(1), {}, False)

    def _find_opponent_sets(self, payoffs: PlanPayoffs) -> frozenset[str]:
        """The opponent's information sets on the paths of its moves."""
        steps = {step for form in payoffs.payoffs for step in form if step is not None}
        return frozenset(
            n
            for information_set, _ in steps
            for n in (information_set, *dict(self.before[information_set]))
        )

    def is_feasible(self, supports: Supports, name: str) -> bool:
        """Whether the supports so far, the last at ``name``, are feasible for each player."""
        player = self.moves[name][0].player
        active = [r for r in self.replies.values() if self._is_active(r, supports)]
        opponents = dict.fromkeys([player, *(r.opponent for r in active if name in r.sets)])
        return all(
            self._is_player_feasible(
                opponent, supports, [r for r in active if r.opponent == opponent]
            )
            for opponent in opponents
        )

    def _is_active(self, payoffs: PlanPayoffs, supports: Supports) -> bool:
        """Whether all own supports are known and own play reaches the information set."""
        return payoffs.sets <= supports.keys() and all(
            a in supports[information_set] for information_set, a in payoffs.before
        )

    def _is_player_feasible(
        self, player: str | None, supports: Supports, active: Sequence[PlanPayoffs]
    ) -> bool:
        if not active or not all(self._is_single_feasible(r, supports) for r in active):
            return not active
        sets = {name for r in active for name in self._opponent_sets[r]}
        own_supports = {n: supports[n] for n in sets if n in supports}
        other_supports = frozenset((n, supports[n]) for r in active for n in r.sets)
        key = player, frozenset(own_supports.items()), other_supports
        if key not in self._feasibility:
            self._feasibility[key] = self._has_stored_point(
                player, own_supports, supports, active
            ) or self._has_solution(own_supports, supports, active)
        return self._feasibility[key]

    def _is_single_feasible(self, payoffs: PlanPayoffs, supports: Supports) -> bool:
        """Whether some weights make the plans best, ignoring all other conditions."""
        key = payoffs, frozenset((n, supports[n]) for n in payoffs.sets)
        if key not in self._feasibility:
            self._feasibility[key] = self._has_solution({}, supports, [payoffs])
        return self._feasibility[key]

    def _has_stored_point(
        self,
        player: str | None,
        own_supports: Supports,
        supports: Supports,
        active: Sequence[PlanPayoffs],
    ) -> bool:
        """Whether stored weights satisfy the conditions."""
        zero, points = fmpq(0), self._points.get(player, ())
        return any(
            all(
                (point.get((name, a), zero) > 0) == (a in support)
                for name, support in own_supports.items()
                if point.get(self._last_move(name), zero) > 0
                for a, _ in self.moves[name][0].actions
            )
            and all(self._is_optimal_at(point, payoffs, supports) for payoffs in active)
            for point in points
        )

    def _is_optimal_at(
        self, point: RealizationForm, payoffs: PlanPayoffs, supports: Supports
    ) -> bool:
        mask = payoffs.within(supports)
        best = mask.index(True)
        gains = (
            (
                is_played,
                sum((v * point.get(s, 0) for s, v in payoffs.gain(k, best).items()), fmpq(0)),
            )
            for k, is_played in enumerate(mask)
        )
        return all(gain == 0 if is_played else gain <= 0 for is_played, gain in gains)

    def _last_move(self, name: str) -> LastMove:
        return self.before[name][-1] if self.before[name] else None

    def _has_solution(
        self, own_supports: Supports, supports: Supports, active: Sequence[PlanPayoffs]
    ) -> bool:
        player = active[0].opponent
        programme = _WeightProgramme(
            self._weight_sets({n for r in active for n in self._opponent_sets[r]}, own_supports)
        )
        for payoffs in active:
            mask = payoffs.within(supports)
            best = mask.index(True)
            for k, is_played in enumerate(mask):
                programme.add_gain_constraint(payoffs.gain(k, best), equal=is_played)
        point = programme.point()
        if point:
            self._points[player] = (point, *self._points.get(player, ())[: MAX_POINTS - 1])
        return point is not None

    def _weight_sets(
        self, sets: set[str], own_supports: Supports
    ) -> Iterator[tuple[LastMove, str, tuple[str, ...], bool]]:
        """Relevant sets: previous move, name, allowed actions, and whether these are given.

        What is done at other sets can follow from whatever weight arrives there.
        """
        for name, nodes in self.moves.items():
            if name in sets:
                actions = tuple(a for a, _ in nodes[0].actions)
                yield (
                    self._last_move(name),
                    name,
                    own_supports.get(name, actions),
                    name in own_supports,
                )


_LOWER_BOUND = 0
"""The unknown that no weight of what is surely played falls below."""


class _WeightProgramme:
    """Weights of one player's sequences as linear forms in as few unknowns as possible."""

    def __init__(self, sets: Iterator[tuple[LastMove, str, tuple[str, ...], bool]]) -> None:
        self.size = 2
        self.forms: dict[LastMove, UnknownForm] = {None: {1: fmpq(1), _LOWER_BOUND: fmpq(1)}}
        self.rows: list[UnknownForm] = []
        for before, name, actions, is_positive in sets:
            weight = self.forms.get(before)
            if weight is not None:
                self._split_weight(weight, name, actions, is_positive)

    def _split_weight(
        self, weight: UnknownForm, name: str, actions: tuple[str, ...], is_positive: bool
    ) -> None:
        """Split the weight of a set among its actions; the last one gets the remainder."""
        lower_bound = {_LOWER_BOUND: fmpq(1)} if is_positive else {}
        rest = weight
        for action in actions[:-1]:
            form: UnknownForm = {self.size: fmpq(1), **lower_bound}
            self.forms[name, action] = form
            rest = _add_multiple(rest, form, -1)
            self.size += 1
        self.forms[name, actions[-1]] = rest
        if len(actions) > 1:
            self.rows.append(_add_multiple(lower_bound, rest, -1))

    def add_gain_constraint(self, gain: RealizationForm, *, equal: bool) -> None:
        """Require that one plan gains nothing over another, or exactly nothing."""
        row: UnknownForm = {}
        for sequence, factor in gain.items():
            row = _add_multiple(row, self.forms.get(sequence, {}), factor)
        if row:
            self.rows += [row, _add_multiple({}, row, -1)] if equal else [row]

    def point(self) -> RealizationForm | None:
        """Positive weights that satisfy every row; None if there are none, empty if too large.

        The largest lower bound on the weights that are to be positive is positive.
        """
        objective = [int(k == _LOWER_BOUND) for k in range(self.size)]
        rows = [[row.get(k, fmpq(0)) for k in range(self.size)] for row in self.rows]
        try:
            optimum = best_distribution(objective, rows)
        except DoesNotExistError:
            return None
        except TooLargeError:
            return {}  # what is asked later decides
        if optimum.value <= 0:
            return None
        x = [to_fmpq(v) for v in optimum.point]
        return {
            sequence: sum((v * x[k] for k, v in form.items()), fmpq(0))
            for sequence, form in self.forms.items()
        }


def _add_multiple(first: UnknownForm, second: UnknownForm, factor: Any) -> UnknownForm:
    """The sum of a form and a multiple of another."""
    total = dict(first)
    for k, v in second.items():
        total[k] = total.get(k, fmpq(0)) + factor * v
    return {k: v for k, v in total.items() if v != 0}


def is_rational_tree(root: Node) -> bool:
    """Whether every payoff and probability is a rational number, and no chance is zero."""
    if isinstance(root, Outcome):
        return all(payoff.is_Rational for payoff in root.payoffs.values())
    if isinstance(root, Chance) and not all(
        chance.is_Rational and chance.is_positive for _, chance, _ in root.branches
    ):
        return False
    return all(map(is_rational_tree, children(root)))
