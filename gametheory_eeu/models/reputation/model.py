"""Reputation of a hegemon, the chain-store game: the game and its equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.errors import TooLargeError, UnknownNameError, UnsupportedError
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import (
    Equilibrium,
    Game,
    Obligation,
    Proposition,
    declare,
    quantity,
)
from gametheory_eeu.games.tree import mixed_strategy, shorter_form
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.reputation.path import MAX_STAGES, EquilibriumPath, equilibrium_path
from gametheory_eeu.models.reputation.tree import (
    GAVE_WAY,
    UNTESTED,
    History,
    StateValues,
    after_fight,
    after_giving_way,
    after_staying,
    hegemon_infoset,
    member_infoset,
    reach_probabilities,
    states,
    whole_tree,
)

KREPS_WILSON = Source("L", "KrepsWilson1982", "sec. 2")
MEMBER_ACTIONS, HEGEMON_ACTIONS = ("stay", "defy"), ("fight", "give way")
MAX_MEMBERS = 8
"""Beyond so many members the plans of every history are not listed; their course still is."""


@dataclass(frozen=True)
class PriorPosition:
    """The position of the prior among the powers of b: above the ``first``-th, or at it."""

    first: int
    tie: bool

    def compared(self, last: int, power: int) -> int:
        """The sign of the belief after ``last`` minus b to the ``power``."""
        if last == GAVE_WAY:
            return -1
        if last != UNTESTED and last - 1 < self.first:
            return (power > last - 1) - (power < last - 1)
        if power == self.first:
            return 0 if self.tie else 1
        return 1 if power > self.first else -1


class Reputation(Game):
    r"""Reputation: a chain-store game of a hegemon and members that may defy it in turn.

    **Players.** Members :math:`n, n-1, \dots, 1`, numbered by how many are left when their turn
    comes, and a hegemon that is tough with probability :math:`p` and weak otherwise.

    **Timing.** In turn each member stays or defies, having seen everything before. The hegemon
    fights a defiant member or gives way. A tough hegemon always fights.

    **Payoffs.** A member: 0 if it stays, :math:`b` if it defies and the hegemon gives way,
    :math:`b - 1` if it is fought, with :math:`0 < b < 1`. The weak hegemon, each turn:
    :math:`a > 1` from a member that stays, 0 if it gives way, :math:`-1` if it fights.

    **Concept.** Perfect Bayesian equilibrium, the sequential equilibrium of Kreps and Wilson
    (1982); Nash on request, to see that others exist. Three members unless told otherwise.

    After Kreps and Wilson (1982) and Milgrom and Roberts (1982), whose chain store faces
    entrants; here a hegemon faces members that may leave.
    """

    title = "Reputation"
    publication = Publication(
        "kreps and wilson 1982",
        "a weak player who fights to be taken for a tough one",
        ("reputation", "deterrence"),
        "KrepsWilson1982",
    )

    parameters = declare(
        v.DETERRENCE_PAYOFF, v.ENTRY_PAYOFF, v.TOUGHNESS, v.with_default(v.MEMBER_COUNT, 3)
    )
    concepts = ("perfect Bayesian", "Nash")

    @property
    def players(self) -> tuple[str, ...]:
        """The weak hegemon, whose payoffs are counted, and the members in their order."""
        if not self._n.is_Integer or self._n > MAX_STAGES:
            return "weak hegemon", f"members {self._n} to 1"
        return ("weak hegemon", *(f"member {k}" for k in range(self.turns, 0, -1)))

    @property
    def turns(self) -> int:
        """The number of members."""
        count = self._n
        if not count.is_Integer:
            raise UnsupportedError(
                f"the plans of {count} members cannot be listed; give member_count a number, as in "
                "game.at(member_count=3). What holds for any number is in game.quantities and "
                "game.comparative_statics(quantity='entry_threshold')"
            )
        return int(count)

    @property
    def general(self) -> Self:
        """The same game without values, for as many members: their number shapes the game."""
        n = self.symbols.n
        count_value = {"member_count": self.values.get(n, n)}
        return self if dict(self.given) == count_value else self._like(None, count_value, {}, None)

    # What follows for the next of n members.

    @quantity("b^n", KREPS_WILSON)
    def entry_threshold(self) -> Expr:
        """The belief in toughness below which the next member defies, above which it stays."""
        return self._b**self._n

    @quantity(r"1/a", KREPS_WILSON)
    def indifferent_staying(self) -> Expr:
        """The probability with which a member stays when the belief is at its threshold."""
        return 1 / self.symbols.a

    @quantity("f", KREPS_WILSON, exists_when=lambda g: g.symbols.p < g._b ** (g._n - 1))
    def fight_probability(self) -> Expr:
        """The probability with which a weak hegemon fights the next member, if it defies."""
        p, next_threshold = self.symbols.p, self._b ** (self._n - 1)
        return p * (1 - next_threshold) / ((1 - p) * next_threshold)

    @quantity("F", KREPS_WILSON, exists_when=lambda g: g.symbols.p < g._b ** (g._n - 1))
    def resistance_probability(self) -> Expr:
        """The probability that the next member is fought if it defies, by either type."""
        return self.symbols.p / self._b ** (self._n - 1)

    @quantity("1-F", KREPS_WILSON, exists_when=lambda g: g.symbols.p < g._b ** (g._n - 1))
    def unravelling_probability(self) -> Expr:
        """The probability that one exit invites every other: the hegemon gives way to the next."""
        return 1 - self.symbols.p / self._b ** (self._n - 1)

    @quantity("p'", KREPS_WILSON)
    def reputation_after_fight(self) -> Expr:
        """The belief in toughness once the next member has been fought."""
        return sp.Max(self.symbols.p, self._b ** (self._n - 1))

    @property
    def _b(self) -> Expr:
        return self.symbols.b

    @property
    def _n(self) -> Expr:
        return self.values.get(self.symbols.n, self.symbols.n)

    def form(self) -> ExtensiveForm:
        """The tree of all histories; with three members or more a set is named with its own."""
        self._check_size()
        return whole_tree(self.turns, self.symbols)

    # Equilibria: one for each place of p among the powers of b.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Equilibria by the position of p among the powers of b; ties leave one mix free."""
        self._check_size()
        p, n, x = self.symbols.p, self.general.turns, sp.Symbol("x", real=True)
        for first in range(1, n + 2):
            bounds = [p > self._b**first] * (first <= n) + [p < self._b ** (first - 1)] * (
                first > 1
            )
            if self._is_possible(condition := sp.And(*bounds)):
                yield self._kreps_wilson(PriorPosition(first, tie=False), condition, concept)
        for first in range(1, n + 1):
            tie, condition = PriorPosition(first, tie=True), sp.Eq(p, self._b**first)
            if not self._is_possible(condition):
                continue
            yield self._kreps_wilson(tie, condition, concept)
            low = sp.Integer(0) if first == n else 1 / self.symbols.a
            other_mixes = sp.And(x >= low, x <= 1, sp.Ne(x, 1 / self.symbols.a))
            yield self._kreps_wilson(tie, condition, concept, x, other_mixes)
        if concept == "Nash":
            yield self._incredible_threat()

    def _is_possible(self, condition: Boolean) -> bool:
        """Whether the game's values do not exclude a condition."""
        return bool(condition.xreplace(self.values) != sp.false)

    def _check_size(self) -> None:
        if self.turns > MAX_MEMBERS:
            raise TooLargeError(
                f"{self.turns} members: the plans of at most {MAX_MEMBERS} are listed for every "
                "history; for more ask course(), which follows the path of play"
            )

    def _kreps_wilson(
        self, position: PriorPosition, condition: Boolean, concept: str,
        mix: Symbol | None = None, where: Boolean = sp.true,
    ) -> Equilibrium:  # fmt: skip
        n = self.general.turns
        deterred_count = n - position.first + (not position.tie)
        name = f"{deterred_count} deterred" + ", then a tie" * position.tie
        note = f"{deterred_count} of {n} members stay for certain"
        if position.first > 1:
            note += (
                f"; then defiance is met with a mix that keeps the belief at a power of {self._b}"
            )
        if mix is not None:
            name += ", other mixes"
            note += f"; member {position.first}, indifferent, stays with any probability {mix}"
        plans = {s: self._local_strategy(s, position, mix) for s in states(n)}
        beliefs = {s: self._belief(s, position) for s in plans}
        free = () if mix is None else (mix,)
        return self._assessment(name, plans, beliefs, condition, concept, free=free, where=where,
                                note=note)  # fmt: skip

    def _belief(self, state: History, position: PriorPosition) -> Expr:
        """The belief in toughness: p, raised by each fight to the power of b it was fought for."""
        _, last = state
        if last == GAVE_WAY:
            return sp.Integer(0)
        if last == UNTESTED or last - 1 >= position.first:
            return self.symbols.p
        return self._b ** (last - 1)

    def _local_strategy(
        self, state: History, position: PriorPosition, mix: Symbol | None
    ) -> tuple[Expr, Expr]:
        """The probabilities that the member stays and that a weak hegemon fights it."""
        k, last = state
        sign, belief = position.compared(last, k), self._belief(state, position)
        untested_tie = mix is not None and belief == self.symbols.p
        indifferent_mix = mix if untested_tie else 1 / self.symbols.a
        stay = {1: sp.Integer(1), -1: sp.Integer(0), 0: indifferent_mix}[sign]
        if k == 1 or last == GAVE_WAY:
            return stay, sp.Integer(0)
        if position.compared(last, k - 1) >= 0:
            return stay, sp.Integer(1)
        next_threshold = self._b ** (k - 1)
        return stay, belief * (1 - next_threshold) / ((1 - belief) * next_threshold)

    def _incredible_threat(self) -> Equilibrium:
        """The Nash equilibrium in which the threat to fight to the last deters everybody."""
        n, one = self.general.turns, sp.Integer(1)
        zero = sp.Integer(0)
        plans = {s: (zero if s[1] == GAVE_WAY else one, one) for s in states(n)}
        beliefs = {s: zero if s[1] == GAVE_WAY else self.symbols.p for s in plans}
        return self._assessment(
            "all deterred, incredible threat", plans, beliefs, sp.true, "Nash",
            note="Nash, not perfect: no member defies, so the plan to fight is never tested",
        )  # fmt: skip

    def _assessment(
        self, name: str, mix: Mapping[History, tuple[Expr, Expr]], beliefs: Mapping[History, Expr],
        condition: Boolean, concept: str, **fields: Any,
    ) -> Equilibrium:  # fmt: skip
        profile: dict[str, Mapping[str, Expr]] = {}
        for state, (stay, fight) in mix.items():
            profile[member_infoset(state)] = {"stay": stay, "defy": 1 - stay}
            profile[hegemon_infoset(state)] = {"fight": fight, "give way": 1 - fight}
        belief_profile = {
            member_infoset(s): {"tough": q, "weak": 1 - q} for s, q in beliefs.items()
        }
        general = self.general
        payoffs = {p: general.payoff(profile, p) for p in general.players}
        return Equilibrium(
            name, profile, payoffs, condition, concept, belief_profile, game=self, **fields
        )

    # Payoffs and what an equilibrium owes, from the rules of the game alone.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff at a profile: the weak hegemon's over all turns, or one member's."""
        self._check_size()
        self._check_player(player)
        stay, fight = self._local_strategies(profile)
        start = self.turns, UNTESTED
        if player == "weak hegemon":
            return shorter_form(self._continuation_values(stay, fight)[start])
        turn, (b, p) = int(player.split()[1]), map(self._substitute, (self._b, self.symbols.p))
        reached = next(
            w for w in reach_probabilities(self.turns, stay, fight, p) if next(iter(w))[0] == turn
        )
        terms = (
            (1 - stay[s]) * (b * (tough + weak) - tough - weak * fight[s])
            for s, (tough, weak) in reached.items()
        )
        return shorter_form(sp.Add(*terms))

    def _local_strategies(
        self, profile: Mapping[str, Any]
    ) -> tuple[dict[History, Expr], dict[History, Expr]]:
        all_states = states(self.turns)
        infosets = {name for s in all_states for name in (member_infoset(s), hegemon_infoset(s))}
        for name in profile:
            if name not in infosets:
                raise UnknownNameError("information set", name, infosets)
        stay = {
            s: mixed_strategy(m := member_infoset(s), profile.get(m), MEMBER_ACTIONS)["stay"]
            for s in all_states
        }
        fight = {
            s: mixed_strategy(h := hegemon_infoset(s), profile.get(h), HEGEMON_ACTIONS)["fight"]
            for s in all_states
        }
        return stay, fight

    def _substitute(self, expression: Expr) -> Expr:
        return expression.subs(self.values, simultaneous=True)

    def _continuation_values(
        self, stay: Mapping[History, Expr], fight: Mapping[History, Expr]
    ) -> dict[History, Expr]:
        """The weak hegemon's continuation value at each state, by backward induction."""
        a, zero = self._substitute(self.symbols.a), sp.Integer(0)
        values: dict[History, Expr] = {}
        for s in reversed(states(self.turns)):
            fight_value, yield_value = (
                values.get(after_fight(s), zero) - 1,
                values.get(after_giving_way(s), zero),
            )
            defiance_value = fight[s] * fight_value + (1 - fight[s]) * yield_value
            stay_value = a + values.get(after_staying(s), zero)
            values[s] = sp.factor(stay[s] * stay_value + (1 - stay[s]) * defiance_value)
        return values

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Bayes' rule after every history, and no gain from any single deviation.

        One-shot deviations suffice, since the game is finite and the beliefs follow Bayes' rule
        after every defiance, expected or not. Under Nash only what play reaches is owed.
        """
        stay, fight = self._local_strategies(equilibrium.profile)
        values = self._continuation_values(stay, fight)
        all_states = states(self.turns)
        belief = {s: equilibrium.beliefs[member_infoset(s)]["tough"] for s in all_states}
        if equilibrium.concept == "Nash":
            reached = reach_probabilities(self.turns, stay, fight, self._substitute(self.symbols.p))
            reached_states = [s for turn in reached for s in turn]
            conditions = [self._member_obligation(s, stay, fight, belief) for s in reached_states]
            defied_states = [s for s in reached_states if stay[s] != 1]
            return (
                *conditions,
                *(self._hegemon_obligation(s, fight, values) for s in defied_states),
            )
        conditions = [self._member_obligation(s, stay, fight, belief) for s in all_states]
        conditions += [self._hegemon_obligation(s, fight, values) for s in all_states]
        return (*conditions, *self._bayes_obligations(fight, belief))

    def _member_obligation(
        self, state: History, stay: StateValues, fight: StateValues, belief: StateValues
    ) -> Obligation:
        x, f, q = stay[state], fight[state], belief[state]
        gain = sp.factor(self._substitute(self._b) - q - (1 - q) * f)
        condition = sp.And(x >= 0, x <= 1, x * gain <= 0, (1 - x) * gain >= 0)
        return Obligation(
            f"at {member_infoset(state)}: neither staying nor defying gains", condition
        )

    def _hegemon_obligation(
        self, state: History, fight: StateValues, values: StateValues
    ) -> Obligation:
        f, zero = fight[state], sp.Integer(0)
        fight_value, yield_value = (
            values.get(after_fight(state), zero),
            values.get(after_giving_way(state), zero),
        )
        gain = sp.factor(fight_value - 1 - yield_value)
        condition = sp.And(f >= 0, f <= 1, (1 - f) * gain <= 0, f * gain >= 0)
        return Obligation(
            f"at {hegemon_infoset(state)}: neither fighting nor giving way gains", condition
        )

    def _bayes_obligations(self, fight: StateValues, belief: StateValues) -> Iterator[Obligation]:
        start = self.turns, UNTESTED
        yield Obligation(
            "at the start: the prior", sp.Eq(belief[start], self._substitute(self.symbols.p))
        )
        for state in (s for s in belief if s[0] > 1):
            q, posterior = belief[state], belief[after_fight(state)]
            update_error = sp.factor(posterior * (q + (1 - q) * fight[state]) - q)
            stay_error = sp.factor(belief[after_staying(state)] - q)
            condition = sp.And(
                sp.Eq(update_error, 0),
                sp.Eq(stay_error, 0),
                sp.Eq(belief[after_giving_way(state)], 0),
            )
            yield Obligation(
                f"after {member_infoset(state)}: beliefs follow Bayes' rule", condition
            )

    # The path of play, exact for hundreds of members.

    def course(self) -> EquilibriumPath:
        """The equilibrium path by stage: beliefs, defiance, fights and their probabilities.

        Needs numbers for everything; exact for hundreds of members. At a tie the Kreps–Wilson
        mix, staying with probability 1/a, is followed.

        Examples
        --------
        >>> game = Reputation(a=2, b="1/2", p="1/10", member_count=5)
        >>> game.course().deterred
        2
        """
        s = self.symbols
        return equilibrium_path(self.turns, *(self.values.get(x, x) for x in (s.a, s.b, s.p)))

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Unique away from the ties, given a tough type that always fights."""
        if concept == "Nash":
            return "closed form", sp.false, "Nash: threats that are never tested allow many others"
        s, n = self.symbols, self.general.turns
        ties = sp.And(*(sp.Ne(s.p, self._b**k) for k in range(1, n + 1)))
        return (
            "backward induction", ties,
            "with a tough type that always fights, every step of the induction has one solution "
            "unless p is a power of b, see uniqueness(); at such a tie the member's mix may also "
            "differ from history to history. In Kreps and Wilson's own game, whose tough type "
            "chooses, others exist, with beliefs that rise after giving way",
        )  # fmt: skip

    @classmethod
    def uniqueness(cls) -> Proposition:
        """Uniqueness of the induction step where the belief q is no power of b."""
        from gametheory_eeu.models.reputation.propositions import uniqueness

        return uniqueness()
