"""The plans of repeated commitment as automata: who does what after which history.

Members move first in a period, then the hegemon. Only the hegemon's breach moves the plan on, so
how a member discounts does not matter; the automata give it the hegemon's discount factor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.solvers.automaton import Automaton, Joint, State, Step

Replies = tuple[str, str]
"""What the member and the hegemon do while a state lasts."""
KEPT, SHUT = ("join", "honour"), ("stay out", "exploit")


@dataclass(frozen=True)
class Flows:
    """What a period pays: the hegemon if its word is kept, broken, not asked for; the member."""

    kept: Expr
    broken: Expr
    apart: Expr
    benefit: Expr
    loss: Expr
    discount: Expr


def triggered(flows: Flows, trusted: Replies, expelled: Replies, length: int | None) -> Automaton:
    """Trust until a breach, then expulsion for ``length`` periods, or for ever."""
    names = (
        ["expelled"] if length is None else [f"expelled {i} of {length}" for i in _up_to(length)]
    )
    after = names if length is None else [*names[1:], "trusted"]
    states = dict(_two_nodes(flows, "trusted", trusted, "trusted", names[0]))
    for name, then in zip(names, after, strict=True):
        states |= _two_nodes(flows, name, expelled, then, then)
    return Frozen(states)


def _up_to(last: int) -> range:
    return range(1, last + 1)


def _two_nodes(
    f: Flows, name: str, replies: Replies, kept: str, broken: str
) -> Iterator[tuple[str, State]]:
    """The member's node and the hegemon's; where play goes if the word is kept, or broken."""

    def step(member: Expr, hegemon: Expr, then: str) -> Step:
        return Step(Frozen({"member": member, "hegemon": hegemon}), f.discount, f"member, {then}")

    zero = sp.Integer(0)
    asked = Step(Frozen({"member": zero, "hegemon": zero}), sp.Integer(1), f"hegemon, {name}")
    member: dict[Joint, Step] = {("join",): asked, ("stay out",): step(zero, f.apart, kept)}
    hegemon: dict[Joint, Step] = {("honour",): step(f.benefit, f.kept, kept),
               ("exploit",): step(-f.loss, f.broken, broken)}  # fmt: skip
    yield f"member, {name}", State(Frozen({"member": replies[0]}), Frozen(member))
    yield f"hegemon, {name}", State(Frozen({"hegemon": replies[1]}), Frozen(hegemon))


def deserted(flows: Flows, punishers: int, members: int) -> Automaton:
    """After each breach ``punishers`` of the members left leave for good; the others stay.

    The hegemon keeps its word to all who are in or breaks it to all of them; each member is a
    share ``1/members`` of its payoffs.
    """
    states: dict[str, State] = {}
    for present in (*range(members, 0, -punishers), 0):
        states |= _Round(flows, punishers, members, present).states()
    return Frozen(states)


@dataclass(frozen=True)
class _Round:
    """A period in which ``present`` of the members are still trusting."""

    flows: Flows
    punishers: int
    members: int
    present: int

    def states(self) -> dict[str, State]:
        """One of the trusting decides, one of those who left, and then the hegemon."""
        found = {}
        if self.present > 0:
            found[f"trusting member, {self.here}"] = self._member("trusting", "join", "absent")
        if self.present < self.members:
            found[f"expelled member, {self.here}"] = self._member("expelled", "stay out", "back")
        if self.present > 0:
            found[f"hegemon, {self.here}"] = self._hegemon(self.present, self.flows.benefit)
            found[f"hegemon, {self.here}, one absent"] = self._hegemon(self.present - 1, 0)
        if self.present < self.members:
            found[f"hegemon, {self.here}, one back"] = self._towards_one_back()
        return found

    @property
    def here(self) -> str:
        return f"{self.present} of {self.members} in"

    @property
    def start(self) -> str:
        first = "trusting" if self.present else "expelled"
        return f"{first} member, {self.here}"

    def _member(self, who: str, plays: str, otherwise: str) -> State:
        other = "stay out" if plays == "join" else "join"
        steps: dict[Joint, Step] = {
            (plays,): self._onward(who),
            (other,): self._within(f"hegemon, {self.here}, one {otherwise}"),
        }
        return State(Frozen({f"{who} member": plays}), Frozen(steps))

    def _onward(self, who: str) -> Step:
        if who == "trusting" and self.present < self.members:
            return self._within(f"expelled member, {self.here}")
        if self.present == 0:
            return self._pays(self.flows.apart, 0, 0, self.start)
        return self._within(f"hegemon, {self.here}")

    def _within(self, then: str) -> Step:
        """Later in the same period."""
        nothing = dict.fromkeys(("hegemon", "trusting member", "expelled member"), sp.Integer(0))
        return Step(Frozen(nothing), sp.Integer(1), then)

    def _pays(self, hegemon: Expr, trusting: Expr, expelled: Expr, then: str) -> Step:
        paid = {"hegemon": hegemon, "trusting member": trusting, "expelled member": expelled}
        return Step(Frozen({p: sp.sympify(u) for p, u in paid.items()}), self.flows.discount, then)

    def _shares(self, kept: int, broken: int) -> Expr:
        f, n = self.flows, self.members
        return (kept * f.kept + broken * f.broken + (n - kept - broken) * f.apart) / sp.Integer(n)

    def _hegemon(self, asked: int, benefit: Expr) -> State:
        """Keep its word to those who are asked, or break it; ``benefit`` is the one member's."""
        left = max(self.present - self.punishers, 0)
        fewer = _Round(self.flows, self.punishers, self.members, left).start
        loss = -self.flows.loss if benefit else 0
        steps: dict[Joint, Step] = {
            ("honour",): self._pays(self._shares(asked, 0), benefit, 0, self.start),
            ("exploit",): self._pays(self._shares(0, asked), loss, 0, fewer),
        }
        return State(Frozen({"hegemon": "honour"}), Frozen(steps))

    def _towards_one_back(self) -> State:
        """One who had left comes back: nothing follows from what is done to it."""
        f, n = self.flows, self.present
        trusting = f.benefit if n else 0
        steps: dict[Joint, Step] = {
            ("honour",): self._pays(self._shares(n + 1, 0), trusting, f.benefit, self.start),
            ("exploit",): self._pays(self._shares(n, 1), trusting, -f.loss, self.start),
        }
        return State(Frozen({"hegemon": "exploit"}), Frozen(steps))
