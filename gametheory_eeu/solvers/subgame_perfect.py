"""Backward induction in trees whose moves may be real numbers.

What follows a node is known in cases (:class:`Continuation`): at a choice among finitely many
actions the best of them, at a choice of a real number its maxima, at a draw the expectation.
A number that nature draws, and finite chance moves, are put off until somebody moves who knows
them: a player who does not know them chooses once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.prover.case_distinction import cases, is_satisfiable
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.solvers.continuation import (
    MAX_CONTINUATIONS,
    Continuation,
    expected_continuations,
    occurring,
    smooth_cases,
    weighted_sum,
)
from gametheory_eeu.solvers.moves import (
    ChoiceRange,
    Decision,
    Draw,
    End,
    History,
    Lottery,
    Nodes,
    RealChoice,
    members,
)
from gametheory_eeu.solvers.optimal_choice import BestChoice, Gap, best_choices, joined_choices
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value


class Premise(NamedTuple):
    """What an option takes for granted: which options are taken later, at which numbers."""

    selection: Mapping[str, tuple[int, ...]]
    choices: Mapping[str, Expr]


class Option(NamedTuple):
    """What may be played at an information set: an action or a number, and where.

    A number that may be any within a range is free, and ``range`` says which are alike.
    """

    condition: Boolean
    play: str | Expr
    premises: tuple[Premise, ...]
    range: Boolean = sp.true


class Position(NamedTuple):
    """A node that may have been reached: its probability, and the draws not yet looked at."""

    weight: Expr
    history: History
    draws: tuple[Draw, ...]


@dataclass
class BackwardInduction:
    """Solution of a tree by backward induction.

    Once :meth:`solve` has been called, ``options`` has by information set what may be played there
    after every history, and ``gaps`` where equilibria may be missing.
    """

    nodes: Nodes
    players: tuple[str, ...]
    space: Space
    options: dict[str, list[Option]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.members = members(self.nodes)

    def solve(self) -> list[Continuation]:
        """The equilibria of the whole game, each with its condition on the parameters.

        UnsupportedError where somebody moves without knowing what an informed player has done:
        signalling.
        """
        return self._solve([Position(sp.Integer(1), (), ())], self.space)

    def _solve(self, positions: Sequence[Position], space: Space) -> list[Continuation]:
        """What follows one of several nodes, chance alone having led to one or another."""
        ends: list[Position] = []
        groups: dict[str, list[Position]] = {}
        stack = list(positions)
        while stack:
            position = stack.pop(0)
            node = self.nodes[position.history]
            if isinstance(node, End):
                ends.append(position)
            elif isinstance(node, Lottery):
                stack += [
                    Position(position.weight * p, (*position.history, label), position.draws)
                    for label, p in node.probabilities.items()
                ]
            elif isinstance(node, Draw):
                history = (*position.history, *node.labels)
                stack.append(Position(position.weight, history, (*position.draws, node)))
            else:
                groups.setdefault(node.information_set, []).append(position)
        parts = [self._end(position, space) for position in ends]
        parts += [self._group(name, group, space) for name, group in groups.items()]
        return self._sum(parts, space)

    def _sum(
        self, parts: Sequence[list[tuple[Expr, Continuation]]], space: Space
    ) -> list[Continuation]:
        count = prod(map(len, parts))
        if count > MAX_CONTINUATIONS:
            raise TooLargeError(
                f"what follows chance falls into {count} cases, above the limit of "
                f"{MAX_CONTINUATIONS}; give some parameters values"
            )
        if len(parts) == 1 and all(weight == 1 for weight, _ in parts[0]):
            return [continuation for _, continuation in parts[0]]
        sums = [
            weighted_sum([(dict.fromkeys(self.players, w), c) for w, c in combination])
            for combination in product(*parts)
        ]
        return occurring(sums, space)

    def _end(self, position: Position, space: Space) -> list[tuple[Expr, Continuation]]:
        node = self.nodes[position.history]
        assert isinstance(node, End)
        result = [Continuation(sp.true, FrozenMapping(dict(node.payoffs)))]
        result = self._expected(result, position.draws, space)
        return [(position.weight, c) for c in result]

    def _expected(
        self, continuations: list[Continuation], draws: Sequence[Draw], space: Space
    ) -> list[Continuation]:
        for k, draw in reversed(list(enumerate(draws))):
            outer = [d.distribution for d in draws[:k]]
            bounds = [d.bounds for d in outer]
            within = Space.of(space, *bounds, symbols=[d.symbol for d in outer])
            continuations = expected_continuations(draw.distribution, continuations, within)
        return continuations

    # Information sets.

    def _group(
        self, name: str, group: list[Position], space: Space
    ) -> list[tuple[Expr, Continuation]]:
        if {p.history for p in group} != set(self.members[name]):
            raise UnsupportedError(
                f"whoever moves at {name!r} does not know what a better informed player did "
                "before; such signals are not solved with real numbers: write a finite tree, or "
                "let the uninformed move first"
            )
        node = self.nodes[group[0].history]
        assert isinstance(node, Decision | RealChoice)
        known = [
            tuple(d for d in position.draws if node.player in d.known_to) for position in group
        ]
        if len(set(known)) > 1:
            raise UnsupportedError(
                f"the nodes of {name!r} differ in what {node.player} knows of nature's draws; "
                "give them information sets of their own"
            )
        total = factorization(sp.Add(*(position.weight for position in group)))
        if total == 0 and len(group) > 1:
            raise UnsupportedError(
                f"{name!r} is reached with probability zero, so that nothing says what is believed "
                "there; leave out chance's outcomes of probability zero"
            )
        inner = space
        for draw in known[0]:
            inner = Space.of(inner, draw.bounds, symbols=(draw.number,))
        reached = [
            Position(
                sp.Integer(1) if total == 0 else sp.cancel(position.weight / total),
                position.history,
                tuple(d for d in position.draws if node.player not in d.known_to),
            )
            for position in group
        ]
        if isinstance(node, Decision):
            result = self._decide(node, reached, inner)
        else:
            result = self._choose(node, reached, inner)
        self._check_known(node)
        return [(total, c) for c in self._expected(result, known[0], space)]

    def _check_known(self, node: Decision | RealChoice) -> None:
        """Refuse a move that turns on a number which the player does not know, but may infer."""
        hidden = {
            other.distribution.symbol
            for other in self.nodes.values()
            if isinstance(other, Draw) and node.player not in other.known_to
        }
        for option in self.options[node.information_set]:
            play = sp.sympify(option.play) if not isinstance(option.play, str) else sp.Integer(0)
            used = (option.condition.free_symbols | play.free_symbols) & hidden
            if used:
                names = ", ".join(sorted(s.name for s in used))
                raise UnsupportedError(
                    f"what is best at {node.information_set!r} turns on {names}, which "
                    f"{node.player} does not know and would infer from what was done before; such "
                    "signals are not solved with real numbers: write a finite tree, or let the "
                    "uninformed move first"
                )

    def _after(self, positions: Sequence[Position], label: str) -> list[Position]:
        return [Position(w, (*history, label), draws) for w, history, draws in positions]

    def _decide(
        self, node: Decision, positions: Sequence[Position], space: Space
    ) -> list[Continuation]:
        """The best of finitely many actions; where several are, each."""
        after = {a: self._solve(self._after(positions, a), space) for a in node.actions}
        result: list[Continuation] = []
        options = self.options.setdefault(node.information_set, [])
        for action, continuations in after.items():
            others = [after[other] for other in node.actions if other != action]
            for continuation in continuations:
                first = len(options)
                options += self._best_where(node.player, action, continuation, others, space)
                condition = sp.Or(*(option.condition for option in options[first:]))
                following = continuation.after_action(node.information_set, action)
                numbers = range(first, len(options))
                result += [
                    best.taking(node.information_set, numbers)
                    for best in occurring([replace(following, condition=condition)], space)
                ]
        return result

    def _best_where(
        self,
        player: str,
        action: str,
        continuation: Continuation,
        others: Sequence[Sequence[Continuation]],
        space: Space,
    ) -> Iterator[Option]:
        """Where an action pays at least what every other one does, whatever follows these."""
        own = continuation.payoffs[player]
        for combination in product(*others):
            relations = [
                sp.And(other.condition, _at_least(own, other.payoffs[player], space))
                for other in combination
            ]
            case = sp.And(continuation.condition, *relations)
            if case != sp.false and is_satisfiable(Space.of(space, case)):
                premises = [Premise(c.selection, c.choices) for c in (continuation, *combination)]
                yield Option(simplify_condition(case, space), action, tuple(premises))

    def _choose(
        self, node: RealChoice, positions: Sequence[Position], space: Space
    ) -> list[Continuation]:
        """The best choices of a real number, each with what follows it."""
        choice, x = node.range, node.range.symbol
        within = Space.of(space, choice.contains(x), symbols=(x,))
        after = smooth_cases(self._solve(self._after(positions, x.name), within), within)
        candidates: list[Continuation] = []
        for solution in best_choices(node.player, choice, after, space):
            if isinstance(solution, Gap):
                self.gaps.append(solution)
            elif is_satisfiable(Space.of(space, solution.condition)):
                following = _chosen(choice, solution, after[solution.continuation])
                candidates += occurring([following], space)
        result: list[Continuation] = []
        options = self.options.setdefault(node.information_set, [])
        for best in joined_choices(candidates, x, space):
            if best.free and self._matters_before(best, positions[0].history):
                self.gaps.append(Gap(best.condition, f"a continuum of best choices of {x}"))
            premise = Premise(best.selection, best.choices)
            result.append(best.taking(node.information_set, [len(options)]))
            options.append(Option(best.condition, best.choices[x.name], (premise,), best.where))
        return result

    def _matters_before(self, best: Continuation, history: History) -> bool:
        """Whether somebody moves before a continuum of best choices, of which payoffs depend."""
        before = (self.nodes[history[:k]] for k in range(len(history)))
        is_first = not any(isinstance(node, Decision | RealChoice) for node in before)
        payoffs = best.payoffs.values()
        return not is_first and any(v.free_symbols & set(best.free) for v in payoffs)


def _chosen(choice: ChoiceRange, solution: BestChoice, after: Continuation) -> Continuation:
    """What follows a best choice, with the choice before it."""
    x, value = choice.symbol, simplify_value(solution.value)
    following = after.at({x: value})
    ends = {"low": f"{x} = {choice.low}", "high": f"{x} = {choice.high}"}
    inside = f"{x} inside" if solution.place == "inside" else f"{x} at a breakpoint"
    place = ends.get(solution.place, inside)
    return replace(
        following,
        condition=solution.condition,
        payoffs=FrozenMapping({p: simplify_value(v) for p, v in following.payoffs.items()}),
        choices=FrozenMapping({x.name: value, **following.choices}),
        places=FrozenMapping({x.name: place, **following.places}),
        free=(*solution.free, *following.free),
        where=sp.And(solution.where, following.where),
    )


def _at_least(own: Expr, other: Expr, space: Space) -> Boolean:
    """The condition that one payoff is at least another, free of ``Min``, ``Max`` and ``Abs``."""
    gap = simplify_value(own - other)
    if not gap.has(*CASE_FUNCTIONS):
        return sp.Ge(gap, 0)
    return sp.Or(*(sp.And(case.condition, sp.Ge(case.expression, 0)) for case in cases(gap, space)))
