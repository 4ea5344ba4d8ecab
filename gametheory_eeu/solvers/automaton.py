"""Plans in repeated games as automata: exact values, and every one-shot deviation there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import ParameterError, UnknownNameError

Joint: TypeAlias = tuple[str, ...]
"""One action for each player who moves in a state, in the order of ``State.plays``."""


@dataclass(frozen=True)
class Step:
    """What a joint action leads to: payoffs now, what later payoffs are worth, the state then."""

    payoffs: Mapping[str, Expr]
    discount: Expr
    then: str


@dataclass(frozen=True)
class State:
    """What each player who moves here is to play, and the step after every joint action."""

    plays: Mapping[str, str]
    steps: Mapping[Joint, Step]

    @property
    def planned(self) -> Step:
        """The step if everybody keeps to the plan."""
        return self.steps[tuple(self.plays.values())]


@dataclass(frozen=True)
class Deviation:
    """One player departs from the plan once, in one state, and then returns to it."""

    state: str
    player: str
    action: str
    gain: Expr


Automaton: TypeAlias = Mapping[str, State]


def values(automaton: Automaton) -> Frozen[str, Frozen[str, Expr]]:
    """What the plan is worth from each state on: by state, the discounted sum for each player.

    The plan runs from every state into a cycle; a cycle's value solves one linear equation, and
    the states before it follow backward. Exact, with numbers or symbols.

    Raises
    ------
    ParameterError
        A cycle that is not discounted.
    UnknownNameError
        A step into a state that does not exist.

    Examples
    --------
    >>> delta = sp.Symbol("delta", real=True)
    >>> wait = State({"a": "wait"}, {("wait",): Step({"a": sp.Integer(1)}, delta, "on")})
    >>> values({"on": wait})["on"]["a"]
    1/(1 - delta)
    """
    found: dict[str, Frozen[str, Expr]] = {}
    for start in automaton:
        path: list[str] = []
        name = start
        while name not in found and name not in path:
            if name not in automaton:
                raise UnknownNameError("state of the automaton", name, automaton)
            path.append(name)
            name = automaton[name].planned.then
        if name not in found:
            found[name] = _around(automaton, name)
        for state in reversed(path):
            if state not in found:
                found[state] = _after(automaton[state].planned, found)
    return Frozen(found)


def _around(automaton: Automaton, start: str) -> Frozen[str, Expr]:
    """The value at a state the plan returns to: what one round pays, over and over."""
    weight: Expr = sp.Integer(1)
    total = dict.fromkeys(automaton[start].planned.payoffs, sp.Integer(0))
    name = start
    while True:
        step = automaton[name].planned
        for player, payoff in step.payoffs.items():
            total[player] += weight * payoff
        weight, name = weight * step.discount, step.then
        if name == start:
            break
    if weight == 1:
        raise ParameterError("discount", weight, "a factor below 1 somewhere in every cycle")
    return Frozen({player: payoff / (1 - weight) for player, payoff in total.items()})


def _after(step: Step, found: Mapping[str, Mapping[str, Expr]]) -> Frozen[str, Expr]:
    later = found[step.then]
    return Frozen({p: now + step.discount * later[p] for p, now in step.payoffs.items()})


def one_shot_deviations(automaton: Automaton) -> Iterator[Deviation]:
    """Every deviation at one state by one player, with its gain.

    The plan is subgame perfect exactly where no gain is positive: with discounting and bounded
    payoffs a profitable deviation contains a profitable one-shot deviation (Blackwell 1965).
    """
    worth = values(automaton)
    for name, state in automaton.items():
        planned = tuple(state.plays.values())
        for joint in state.steps:
            departing = [i for i, action in enumerate(joint) if action != planned[i]]
            if len(departing) != 1:
                continue
            player = tuple(state.plays)[departing[0]]
            instead = _after(state.steps[joint], worth)[player]
            yield Deviation(name, player, joint[departing[0]], instead - worth[name][player])


def own_plans(automaton: Automaton, player: str) -> Iterator[tuple[str, Automaton]]:
    """Every pure plan of one player on the same states, the others' kept: a name, and the whole.

    Among them is a best reply, since against an automaton a player faces a decision process.
    """
    position = {s: tuple(a.plays).index(player) for s, a in automaton.items() if player in a.plays}
    options = [
        tuple(dict.fromkeys(joint[i] for joint in automaton[s].steps)) for s, i in position.items()
    ]
    for choice in product(*options):
        chosen = dict(zip(position, choice, strict=True))
        changed = {
            s: State(Frozen({**automaton[s].plays, player: action}), automaton[s].steps)
            for s, action in chosen.items()
        }
        yield "; ".join(f"{s}: {a}" for s, a in chosen.items()), {**automaton, **changed}


def substituted(automaton: Automaton, known: Mapping[Symbol, Expr]) -> dict[str, State]:
    """The automaton with values for some of its symbols."""

    def step(old: Step) -> Step:
        payoffs = {p: sp.sympify(u).subs(known) for p, u in old.payoffs.items()}
        return Step(Frozen(payoffs), sp.sympify(old.discount).subs(known), old.then)

    return {
        name: State(state.plays, Frozen({joint: step(s) for joint, s in state.steps.items()}))
        for name, state in automaton.items()
    }
