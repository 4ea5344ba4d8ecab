"""Which supports a tree in numbers admits, by linear programmes in realisation plans.

In the sequence form (von Stengel 1996; Koller, Megiddo and von Stengel 1996) a player of perfect
recall is described by the weight of each sequence of his moves, and what another player's plan is
worth is linear in these weights. Whether some weights make the plans that are played best is a
linear programme for each player, also while some supports are still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from flint import fmpq

from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.model.subgames import Plan, Step, Steps, information_sets, own_steps
from gametheory_eeu.model.tree import Chance, Node, Outcome, children
from gametheory_eeu.solvers.exact_linear_programming import best_distribution

Last: TypeAlias = "Step | None"
"""A player's last move, information set and action; None before its first."""
Form: TypeAlias = dict[Last, Any]
"""A linear form in the weights of sequences."""
Weights: TypeAlias = dict[int, Any]
"""A linear form in the unknowns of a programme."""
Supports: TypeAlias = Mapping[str, tuple[str, ...]]
MOST_POINTS = 12
"""Weights kept for each player, in case they do again."""
MOST_VISITS = 300_000
"""Nodes looked at to write the programmes down."""


@dataclass(frozen=True, eq=False)
class Replies:
    """What the plans from an information set on are worth, in the weights of one opponent.

    Parameters
    ----------
    before : own moves on the way there
    plans : sequence of plans
    worth : for each plan a linear form
    opponent : str or None
        None where nobody else has a say.
    """

    before: Steps
    plans: tuple[Plan, ...]
    worth: tuple[Form, ...]
    opponent: str | None

    @cached_property
    def sets(self) -> frozenset[str]:
        """The player's own information sets on which it turns."""
        return frozenset({name for plan in self.plans for name in plan} | dict(self.before).keys())

    def within(self, chosen: Supports) -> list[bool]:
        """Of each plan whether it is played with positive probability."""
        return [all(a in chosen[n] for n, a in plan.items()) for plan in self.plans]

    @cached_property
    def gains(self) -> dict[tuple[int, int], Form]:
        """What one plan brings more than another, by their positions; filled as it is asked."""
        return {}

    def gain(self, plan: int, best: int) -> Form:
        """What a plan brings more than another."""
        if (plan, best) not in self.gains:
            mine, other = self.worth[plan], self.worth[best]
            both = {s: mine.get(s, fmpq(0)) - other.get(s, fmpq(0)) for s in {**mine, **other}}
            self.gains[plan, best] = {s: v for s, v in both.items() if v != 0}
        return self.gains[plan, best]


class RealizationPlans:
    """The linear programmes of one tree.

    Parameters
    ----------
    root : Node
        With rational payoffs and probabilities.
    plans : mapping of information set to its player's plans from there on
        For the sets at which plans are to be best replies.
    """

    def __init__(self, root: Node, plans: Mapping[str, Sequence[Plan]]) -> None:
        self.moves = information_sets(root)
        self.before = {m.information_set: steps for m, steps in own_steps(root)}
        self.replies: dict[str, Replies] = {}
        self._visits = 0
        for name, options in plans.items():
            found = self._replies(root, name, tuple(options))
            if found is not None:
                self.replies[name] = found
        self._spoken = {r: self._sets_of(r) for r in self.replies.values()}
        self._known: dict[object, bool] = {}
        self._points: dict[str | None, tuple[Form, ...]] = {}

    def _replies(self, root: Node, name: str, options: tuple[Plan, ...]) -> Replies | None:
        """None where the worth is no linear form in one opponent's weights."""
        player, before = self.moves[name][0].player, self.before[name]
        worth: list[Form] = []
        opponents: set[str] = set()
        for plan in options:
            form: Form = {}
            for weight, last in self._ends(root, player, name, {**dict(before), **plan}):
                if self._visits > MOST_VISITS or len(last) > 1:
                    return None
                opponents |= last.keys()
                sequence = next(iter(last.values()), None)
                form[sequence] = form.get(sequence, fmpq(0)) + weight
            worth.append(form)
        if len(opponents) > 1:
            return None
        return Replies(before, options, tuple(worth), next(iter(opponents), None))

    def _ends(
        self, root: Node, player: str, name: str, own: Mapping[str, str]
    ) -> Iterator[tuple[Any, dict[str, Step]]]:
        """Payoffs, times chance, of the ends that a plan leads to; the others' last moves there."""

        def walk(
            node: Node, weight: Any, last: dict[str, Step], arrived: bool
        ) -> Iterator[tuple[Any, dict[str, Step]]]:
            self._visits += 1
            if isinstance(node, Outcome):
                if arrived:
                    yield weight * _fraction(node.payoffs[player]), last
            elif isinstance(node, Chance):
                for _, chance, child in node.branches:
                    yield from walk(child, weight * _fraction(chance), last, arrived)
            elif node.player == player:
                there = arrived or node.information_set == name
                action = own.get(node.information_set)
                for label, child in node.actions:
                    if label == action:
                        yield from walk(child, weight, last, there)
            else:
                for label, child in node.actions:
                    step = {node.player: (node.information_set, label)}
                    yield from walk(child, weight, {**last, **step}, arrived)

        return walk(root, fmpq(1), {}, False)

    def _sets_of(self, one: Replies) -> frozenset[str]:
        """The opponent's sets that its moves there, and before them, are at."""
        steps = {step for form in one.worth for step in form if step is not None}
        return frozenset(n for at, _ in steps for n in (at, *dict(self.before[at])))

    def allows(self, chosen: Supports, name: str) -> bool:
        """Whether the supports chosen so far, the last at ``name``, leave each player weights."""
        player = self.moves[name][0].player
        due = [r for r in self.replies.values() if self._is_due(r, chosen)]
        touched = dict.fromkeys([player, *(r.opponent for r in due if name in r.sets)])
        return all(
            self._feasible(one, chosen, [r for r in due if r.opponent == one]) for one in touched
        )

    def _is_due(self, one: Replies, chosen: Supports) -> bool:
        """Whether all own supports are known, and the own play leads there."""
        return one.sets <= chosen.keys() and all(a in chosen[at] for at, a in one.before)

    def _feasible(self, player: str | None, chosen: Supports, due: Sequence[Replies]) -> bool:
        if not due or not all(self._alone(r, chosen) for r in due):
            return not due
        spoken = {name for r in due for name in self._spoken[r]}
        own = {n: chosen[n] for n in spoken if n in chosen}
        theirs = frozenset((n, chosen[n]) for r in due for n in r.sets)
        key = player, frozenset(own.items()), theirs
        if key not in self._known:
            self._known[key] = self._seen(player, own, chosen, due) or self._solved(
                own, chosen, due
            )
        return self._known[key]

    def _alone(self, one: Replies, chosen: Supports) -> bool:
        """Whether some weights make it best by itself, whatever else is chosen."""
        key = one, frozenset((n, chosen[n]) for n in one.sets)
        if key not in self._known:
            self._known[key] = self._solved({}, chosen, [one])
        return self._known[key]

    def _seen(
        self, player: str | None, own: Supports, chosen: Supports, due: Sequence[Replies]
    ) -> bool:
        """Whether weights found before do."""
        zero, known = fmpq(0), self._points.get(player, ())
        return any(
            all(
                (point.get((name, a), zero) > 0) == (a in support)
                for name, support in own.items()
                if point.get(self._earlier(name), zero) > 0
                for a, _ in self.moves[name][0].actions
            )
            and all(self._obeys(point, one, chosen) for one in due)
            for point in known
        )

    def _obeys(self, point: Form, one: Replies, chosen: Supports) -> bool:
        within = one.within(chosen)
        best = within.index(True)
        gains = (
            (inside, sum((v * point.get(s, 0) for s, v in one.gain(k, best).items()), fmpq(0)))
            for k, inside in enumerate(within)
        )
        return all(gain == 0 if inside else gain <= 0 for inside, gain in gains)

    def _earlier(self, name: str) -> Last:
        return self.before[name][-1] if self.before[name] else None

    def _solved(self, own: Supports, chosen: Supports, due: Sequence[Replies]) -> bool:
        player = due[0].opponent
        programme = _Programme(self._weights({n for r in due for n in self._spoken[r]}, own))
        for one in due:
            within = one.within(chosen)
            best = within.index(True)
            for k, inside in enumerate(within):
                programme.no_gain(one.gain(k, best), equal=inside)
        point = programme.point()
        if point:
            self._points[player] = (point, *self._points.get(player, ())[: MOST_POINTS - 1])
        return point is not None

    def _weights(
        self, spoken: set[str], own: Supports
    ) -> Iterator[tuple[Last, str, tuple[str, ...], bool]]:
        """Each set that matters: the move before it, its name, what may be played, if for sure.

        What is done at other sets can follow from whatever weight arrives there.
        """
        for name, nodes in self.moves.items():
            if name in spoken:
                actions = tuple(a for a, _ in nodes[0].actions)
                yield self._earlier(name), name, own.get(name, actions), name in own


_BOUND = 0
"""The unknown that no weight of what is surely played falls below."""


class _Programme:
    """Weights of one player's sequences as linear forms in as few unknowns as possible."""

    def __init__(self, sets: Iterator[tuple[Last, str, tuple[str, ...], bool]]) -> None:
        self.size = 2
        self.forms: dict[Last, Weights] = {None: {1: fmpq(1), _BOUND: fmpq(1)}}
        self.rows: list[Weights] = []
        for before, name, actions, sure in sets:
            whole = self.forms.get(before)
            if whole is not None:
                self._divide(whole, name, actions, sure)

    def _divide(self, whole: Weights, name: str, actions: tuple[str, ...], sure: bool) -> None:
        """What arrives is parted among the actions; the last gets what is left."""
        above = {_BOUND: fmpq(1)} if sure else {}
        rest = whole
        for action in actions[:-1]:
            own: Weights = {self.size: fmpq(1), **above}
            self.forms[name, action] = own
            rest = _plus(rest, own, -1)
            self.size += 1
        self.forms[name, actions[-1]] = rest
        if len(actions) > 1:
            self.rows.append(_plus(above, rest, -1))

    def no_gain(self, gain: Form, *, equal: bool) -> None:
        """One plan brings no more than another, or as much."""
        row: Weights = {}
        for sequence, factor in gain.items():
            row = _plus(row, self.forms.get(sequence, {}), factor)
        if row:
            self.rows += [row, _plus({}, row, -1)] if equal else [row]

    def point(self) -> Form | None:
        """Positive weights that obey every row, if there are any; empty where not looked for.

        The largest lower bound on the weights that are to be positive is positive.
        """
        objective = [int(k == _BOUND) for k in range(self.size)]
        rows = [[row.get(k, fmpq(0)) for k in range(self.size)] for row in self.rows]
        try:
            found = best_distribution(objective, rows)
        except DoesNotExistError:
            return None
        except TooLargeError:
            return {}  # what is asked later decides
        if found.value <= 0:
            return None
        x = [fmpq(v.numerator, v.denominator) for v in found.point]
        return {
            sequence: sum((v * x[k] for k, v in form.items()), fmpq(0))
            for sequence, form in self.forms.items()
        }


def _plus(one: Weights, other: Weights, factor: Any) -> Weights:
    """A form and a multiple of another."""
    total = dict(one)
    for k, v in other.items():
        total[k] = total.get(k, fmpq(0)) + factor * v
    return {k: v for k, v in total.items() if v != 0}


@lru_cache(maxsize=65536)
def _fraction(value: Any) -> fmpq:
    return fmpq(int(value.p), int(value.q))


def in_numbers(root: Node) -> bool:
    """Whether every payoff and probability is a rational number, and no chance is zero."""
    if isinstance(root, Outcome):
        return all(payoff.is_Rational for payoff in root.payoffs.values())
    if isinstance(root, Chance) and not all(
        chance.is_Rational and chance.is_positive for _, chance, _ in root.branches
    ):
        return False
    return all(map(in_numbers, children(root)))


__all__ = ["RealizationPlans", "Replies", "in_numbers"]
