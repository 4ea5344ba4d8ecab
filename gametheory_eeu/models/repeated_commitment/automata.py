"""Strategies of repeated commitment as finite automata.

Members move first in a period, then the hegemon. Only the hegemon's breach moves the plan on, so
how a member discounts does not matter; the automata give it the hegemon's discount factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games import Equilibrium
from gametheory_eeu.solvers.repeated_games import ActionProfile, Automaton, State, Transition

ActionPair = tuple[str, str]
"""What the member and the hegemon do while a state lasts."""
COOPERATION, PUNISHMENT = ("join", "honour"), ("stay out", "exploit")
MAX_MEMBERS = 200
"""Members a punishment is worked out for, state by state."""


@dataclass(frozen=True, repr=False)
class AutomatonEquilibrium(Equilibrium):
    """An equilibrium in strategies of the repeated game, with its automaton."""

    automaton: Automaton = field(default_factory=FrozenMapping)


@dataclass(frozen=True)
class StagePayoffs:
    """Stage payoffs: the hegemon's if it honours, exploits or stands apart; the member's."""

    honour: Expr
    exploit: Expr
    apart: Expr
    benefit: Expr
    loss: Expr
    discount: Expr


def trigger_strategy(
    payoffs: StagePayoffs,
    trust_actions: ActionPair,
    punishment_actions: ActionPair,
    length: int | None,
) -> Automaton:
    """Trust until a breach, then expulsion for ``length`` periods, or for ever."""
    names = (
        ["expelled"] if length is None else [f"expelled {i} of {length}" for i in _one_to(length)]
    )
    successors = names if length is None else [*names[1:], "trusted"]
    states = dict(_decision_states(payoffs, "trusted", trust_actions, "trusted", names[0]))
    for name, successor in zip(names, successors, strict=True):
        states |= _decision_states(payoffs, name, punishment_actions, successor, successor)
    return FrozenMapping(states)


def _one_to(last: int) -> range:
    return range(1, last + 1)


def _decision_states(
    payoffs: StagePayoffs, name: str, actions: ActionPair, after_honour: str, after_exploit: str
) -> Iterator[tuple[str, State]]:
    """The member's state and the hegemon's, with the successors to either action."""

    def step(member: Expr, hegemon: Expr, successor: str) -> Transition:
        return Transition(
            FrozenMapping({"member": member, "hegemon": hegemon}),
            payoffs.discount,
            f"member, {successor}",
        )

    zero = sp.Integer(0)
    to_hegemon = Transition(
        FrozenMapping({"member": zero, "hegemon": zero}), sp.Integer(1), f"hegemon, {name}"
    )
    member: dict[ActionProfile, Transition] = {
        ("join",): to_hegemon,
        ("stay out",): step(zero, payoffs.apart, after_honour),
    }
    hegemon: dict[ActionProfile, Transition] = {
        ("honour",): step(payoffs.benefit, payoffs.honour, after_honour),
        ("exploit",): step(-payoffs.loss, payoffs.exploit, after_exploit),
    }
    yield f"member, {name}", State(FrozenMapping({"member": actions[0]}), FrozenMapping(member))
    yield f"hegemon, {name}", State(FrozenMapping({"hegemon": actions[1]}), FrozenMapping(hegemon))


def desertion_strategy(payoffs: StagePayoffs, punishers: int, members: int) -> Automaton:
    """The strategy in which ``punishers`` members leave for good after each breach.

    The hegemon keeps its word to all who are in or breaks it to all of them; each member is a
    share ``1/members`` of its payoffs.
    """
    states: dict[str, State] = {}
    for present in (*range(members, 0, -punishers), 0):
        states |= _Period(payoffs, punishers, members, present).states()
    return FrozenMapping(states)


@dataclass(frozen=True)
class _Period:
    """A period in which ``present`` of the members are still trusting."""

    payoffs: StagePayoffs
    punishers: int
    members: int
    present: int

    def states(self) -> dict[str, State]:
        """The decision states of a trusting member, of one that left, and of the hegemon."""
        states = {}
        if self.present > 0:
            states[f"trusting member, {self.label}"] = self._member_state(
                "trusting", "join", "absent"
            )
        if self.present < self.members:
            states[f"expelled member, {self.label}"] = self._member_state(
                "expelled", "stay out", "back"
            )
        if self.present > 0:
            states[f"hegemon, {self.label}"] = self._hegemon_state(
                self.present, self.payoffs.benefit
            )
            states[f"hegemon, {self.label}, one absent"] = self._hegemon_state(self.present - 1, 0)
        if self.present < self.members:
            states[f"hegemon, {self.label}, one back"] = self._returner_state()
        return states

    @property
    def label(self) -> str:
        return f"{self.present} of {self.members} in"

    @property
    def start(self) -> str:
        role = "trusting" if self.present else "expelled"
        return f"{role} member, {self.label}"

    def _member_state(self, role: str, action: str, deviation: str) -> State:
        other_action = "stay out" if action == "join" else "join"
        steps: dict[ActionProfile, Transition] = {
            (action,): self._conforming_step(role),
            (other_action,): self._transition(f"hegemon, {self.label}, one {deviation}"),
        }
        return State(FrozenMapping({f"{role} member": action}), FrozenMapping(steps))

    def _conforming_step(self, role: str) -> Transition:
        if role == "trusting" and self.present < self.members:
            return self._transition(f"expelled member, {self.label}")
        if self.present == 0:
            return self._payoff_step(self.payoffs.apart, 0, 0, self.start)
        return self._transition(f"hegemon, {self.label}")

    def _transition(self, successor: str) -> Transition:
        """A transition within the same period, without payoffs."""
        zero_payoffs = dict.fromkeys(
            ("hegemon", "trusting member", "expelled member"), sp.Integer(0)
        )
        return Transition(FrozenMapping(zero_payoffs), sp.Integer(1), successor)

    def _payoff_step(
        self, hegemon: Expr, trusting: Expr, expelled: Expr, successor: str
    ) -> Transition:
        payoffs = {"hegemon": hegemon, "trusting member": trusting, "expelled member": expelled}
        return Transition(
            FrozenMapping({p: sp.sympify(u) for p, u in payoffs.items()}),
            self.payoffs.discount,
            successor,
        )

    def _hegemon_payoff(self, honoured_count: int, exploited_count: int) -> Expr:
        payoffs, count = self.payoffs, self.members
        return (
            honoured_count * payoffs.honour
            + exploited_count * payoffs.exploit
            + (count - honoured_count - exploited_count) * payoffs.apart
        ) / sp.Integer(count)

    def _hegemon_state(self, count: int, benefit: Expr) -> State:
        """The hegemon's choice towards those that join; ``benefit`` is the one member's."""
        remaining = max(self.present - self.punishers, 0)
        successor = _Period(self.payoffs, self.punishers, self.members, remaining).start
        loss = -self.payoffs.loss if benefit else 0
        steps: dict[ActionProfile, Transition] = {
            ("honour",): self._payoff_step(self._hegemon_payoff(count, 0), benefit, 0, self.start),
            ("exploit",): self._payoff_step(self._hegemon_payoff(0, count), loss, 0, successor),
        }
        return State(FrozenMapping({"hegemon": "honour"}), FrozenMapping(steps))

    def _returner_state(self) -> State:
        """The hegemon's choice when one that had left joins again, without consequences."""
        payoffs, count = self.payoffs, self.present
        trusting_payoff = payoffs.benefit if count else 0
        steps: dict[ActionProfile, Transition] = {
            ("honour",): self._payoff_step(
                self._hegemon_payoff(count + 1, 0), trusting_payoff, payoffs.benefit, self.start
            ),
            ("exploit",): self._payoff_step(
                self._hegemon_payoff(count, 1), trusting_payoff, -payoffs.loss, self.start
            ),
        }
        return State(FrozenMapping({"hegemon": "exploit"}), FrozenMapping(steps))


def check_punishment(length: object, punishers: object, members: object) -> None:
    """A length, or both punishers and members; the numbers of these."""
    given = {"length": length, "punishers": punishers, "members": members}
    missing = [name for name, value in given.items() if value is None]
    if missing not in (["punishers", "members"], ["length"]):
        raise ParameterError("punishment", given, "length, or both punishers and members")
    if length is not None:
        return
    for name, value in (("punishers", punishers), ("members", members)):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_MEMBERS:
            raise ParameterError(name, value, f"a whole number from 1 to {MAX_MEMBERS}")
    if punishers > members:  # type: ignore[operator]
        raise ParameterError("punishers", punishers, f"at most the {members} members")
