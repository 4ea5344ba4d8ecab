"""Repeated games: strategies as automata, and the critical patience of trigger strategies.

An automaton has exact values and one-shot deviations. Of trigger strategies four payoffs a period
decide: cooperating, the best deviation from it, being punished and, for tit-for-tat, being the one
who cooperates alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
    short_repr,
)

ActionProfile: TypeAlias = tuple[str, ...]
"""One action for each player who moves in a state, in the order of ``State.plays``."""


@dataclass(frozen=True)
class Transition:
    """The payoffs of an action profile, the discount factor of later payoffs, the next state."""

    payoffs: Mapping[str, Expr]
    discount: Expr
    next_state: str


@dataclass(frozen=True)
class State:
    """The prescribed action of each player who moves, and a transition for each profile."""

    prescription: Mapping[str, str]
    steps: Mapping[ActionProfile, Transition]

    @property
    def plan_transition(self) -> Transition:
        """The transition if every player follows the plan."""
        return self.steps[tuple(self.prescription.values())]


@dataclass(frozen=True)
class Deviation:
    """A one-shot deviation from the plan by one player in one state, with its gain."""

    state: str
    player: str
    action: str
    gain: Expr


Automaton: TypeAlias = Mapping[str, State]


def state_values(automaton: Automaton) -> FrozenMapping[str, FrozenMapping[str, Expr]]:
    """Discounted payoffs of the plan from each state, by state and player.

    The plan runs from every state into a cycle; a cycle's value solves one linear equation, and the
    states before it follow backward. Exact, with numbers or symbols.
    """
    payoffs: dict[str, FrozenMapping[str, Expr]] = {}
    for start in automaton:
        path: list[str] = []
        name = start
        while name not in payoffs and name not in path:
            if name not in automaton:
                raise UnknownNameError("state of the automaton", name, automaton)
            path.append(name)
            name = automaton[name].plan_transition.next_state
        if name not in payoffs:
            payoffs[name] = _cycle_values(automaton, name)
        for state in reversed(path):
            if state not in payoffs:
                payoffs[state] = _transition_values(automaton[state].plan_transition, payoffs)
    return FrozenMapping(payoffs)


def _cycle_values(automaton: Automaton, start: str) -> FrozenMapping[str, Expr]:
    """Payoffs at a state of a cycle: the discounted sum of one round, repeated for ever."""
    weight: Expr = sp.Integer(1)
    totals = dict.fromkeys(automaton[start].plan_transition.payoffs, sp.Integer(0))
    name = start
    while True:
        step = automaton[name].plan_transition
        for player, payoff in step.payoffs.items():
            totals[player] += weight * payoff
        weight, name = weight * step.discount, step.next_state
        if name == start:
            break
    if weight == 1:
        raise ParameterError("discount", weight, "a factor below 1 somewhere in every cycle")
    return FrozenMapping({player: payoff / (1 - weight) for player, payoff in totals.items()})


def _transition_values(
    step: Transition, state_payoffs: Mapping[str, Mapping[str, Expr]]
) -> FrozenMapping[str, Expr]:
    continuation = state_payoffs[step.next_state]
    return FrozenMapping(
        {p: payoff + step.discount * continuation[p] for p, payoff in step.payoffs.items()}
    )


def one_shot_deviations(automaton: Automaton) -> Iterator[Deviation]:
    """Every one-shot deviation of one player at one state, with its gain.

    The plan is subgame perfect exactly where no gain is positive: with discounting and bounded
    payoffs a profitable deviation contains a profitable one-shot deviation (Blackwell 1965).
    """
    state_payoffs = state_values(automaton)
    for name, state in automaton.items():
        plan_profile = tuple(state.prescription.values())
        for profile in state.steps:
            deviators = [i for i, action in enumerate(profile) if action != plan_profile[i]]
            if len(deviators) != 1:
                continue
            player = tuple(state.prescription)[deviators[0]]
            payoff = _transition_values(state.steps[profile], state_payoffs)[player]
            yield Deviation(
                name, player, profile[deviators[0]], payoff - state_payoffs[name][player]
            )


def player_plans(automaton: Automaton, player: str) -> Iterator[tuple[str, Automaton]]:
    """Pure plans of one player on the same states, the others' fixed: name and automaton.

    Among them is a best reply, since against an automaton a player faces a decision process.
    """
    position = {
        s: tuple(a.prescription).index(player)
        for s, a in automaton.items()
        if player in a.prescription
    }
    action_sets = [
        tuple(dict.fromkeys(profile[i] for profile in automaton[s].steps))
        for s, i in position.items()
    ]
    for actions in product(*action_sets):
        plan = dict(zip(position, actions, strict=True))
        states = {
            s: State(
                FrozenMapping({**automaton[s].prescription, player: action}), automaton[s].steps
            )
            for s, action in plan.items()
        }
        yield "; ".join(f"{s}: {a}" for s, a in plan.items()), {**automaton, **states}


def substitute_values(
    automaton: Automaton, substitution: Mapping[Symbol, Expr]
) -> dict[str, State]:
    """Substitute values for symbols of an automaton."""

    def substitute_step(transition: Transition) -> Transition:
        payoffs = {
            p: sp.sympify(payoff).subs(substitution) for p, payoff in transition.payoffs.items()
        }
        return Transition(
            FrozenMapping(payoffs),
            sp.sympify(transition.discount).subs(substitution),
            transition.next_state,
        )

    return {
        name: State(
            state.prescription,
            FrozenMapping({profile: substitute_step(s) for profile, s in state.steps.items()}),
        )
        for name, state in automaton.items()
    }


MAX_PERIODS = 60
"""The longest finite punishment; its condition is a polynomial of that degree."""


def grim_trigger(cooperate: Expr, deviate: Expr, punished: Expr) -> Expr:
    """Critical discount factor of grim trigger (Friedman 1971).

    Examples
    --------
    Three firms that share a market and would otherwise price at cost:

    >>> grim_trigger(sp.Rational(1, 3), 1, 0)
    2/3
    """
    return sp.sympify(deviate - cooperate) / sp.sympify(deviate - punished)


def tit_for_tat(temptation: Expr, reward: Expr, punished: Expr, sucker: Expr) -> Expr:
    """Critical discount factor of tit-for-tat against itself in a prisoners' dilemma.

    The larger of what deters deviating for ever and what deters alternating (Axelrod 1984,
    proposition 2).

    Examples
    --------
    >>> tit_for_tat(5, 3, 1, 0)
    2/3
    """
    gain = sp.sympify(temptation - reward)
    return sp.Max(gain / (temptation - punished), gain / (reward - sucker))


def annuity(length: int, discount_factor: Expr) -> Expr:
    """Present value of a payoff of 1 in each of the next ``length`` periods."""
    return sp.Add(*(discount_factor**i for i in range(1, _check_periods(length) + 1)))


def deterrence_condition(
    cooperate: Expr, deviate: Expr, punished: Expr, length: int, discount_factor: Expr
) -> Boolean:
    """Condition that ``length`` periods of punishment outweigh the gain from one deviation."""
    loss = (cooperate - punished) * annuity(length, discount_factor)
    return sp.Le(deviate - cooperate, loss)


def finite_punishment(cooperate: Expr, deviate: Expr, punished: Expr, length: int) -> Expr:
    """Critical discount factor of a punishment of ``length`` periods.

    For one and two periods a formula; for more an algebraic number, exact, of rational payoffs.
    DoesNotExistError where even full patience would not do: the periods are too few.
    """
    _check_periods(length)
    loss = sp.sympify(cooperate - punished)
    ratio = sp.S.Zero if loss == 0 else sp.cancel(sp.sympify(deviate - cooperate) / loss)
    if ratio.is_nonpositive or loss.is_nonpositive:
        raise ParameterError(
            "payoffs", (cooperate, deviate, punished), "punished < cooperate < deviate"
        )
    if ratio.is_number and ratio >= length:
        raise DoesNotExistError(
            f"{length} period(s) of punishment deter nobody, however patient: the temptation is "
            f"{ratio} periods' loss. Use more than {ratio} periods"
        )
    if length == 1:
        return ratio
    if length == 2:
        return (sp.sqrt(1 + 4 * ratio) - 1) / 2
    return _positive_root(ratio, length)


def _positive_root(ratio: Expr, length: int) -> Expr:
    """The only positive root of x + x² + … = ratio: its left side rises from 0."""
    if not ratio.is_Rational:
        raise UnsupportedError(
            f"the critical discount factor of {length} periods needs rational payoffs, and "
            f"{ratio} is none; the condition itself holds with symbols"
        )
    x = sp.Symbol("x")
    (root,) = (r for r in sp.Poly(annuity(length, x) - ratio, x).real_roots() if r > 0)
    return root


def _check_periods(length: object) -> int:
    if isinstance(length, bool) or not isinstance(length, int) or length < 1:
        raise ParameterError("length", length, "a whole number of periods, at least 1")
    if length > MAX_PERIODS:
        raise TooLargeError(
            f"{short_repr(length)} periods of punishment: exact conditions go to {MAX_PERIODS}. "
            f"Use grim trigger, the limit, which differs by what {MAX_PERIODS} discounted periods "
            "leave"
        )
    return length
