"""The hub with many spokes: the game, its three protocols and their outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.games import Equilibrium, Game, Obligation, Proposition, declare, quantity
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.hub_bargaining import lemmas, outcomes
from gametheory_eeu.models.hub_bargaining.outcomes import (
    NASH_IN_NASH,
    ONE_TABLE,
    RENEGOTIATED,
    Spoke,
)
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.solvers.hub_protocols import HubOutcome, Worth

UNIONS = ("all", "the willing", "nobody")
STOLE_ZWIEBEL = Source("L", "StoleZwiebel1996", "with unequal weights and viability [M]")
PAIRS = Source("L", "CollardWexlerGowrisankaranLee2019")
KALAI = Source("L", "Kalai1977", "weights 1 for the hub, omega_i for a member")
MODEL_CHOICE = Source("M", note="the hegemon's and the member's gains from a deal")


class HubBargaining(Game):
    r"""The hub with many spokes: one hegemon buys the consent of several members.

    **Players.** The hegemon and :math:`n` members.

    **What is divided.** With member :math:`i` in, the hegemon gains :math:`a_i = V_i + D_i -
    \kappa\alpha` and the member :math:`e_i = \mu b_i - (1-\mu)(1-\alpha)\ell_i - o_i` before
    transfers; their surplus is :math:`S_i = a_i + e_i`. The complete union, and only that, also
    brings the hegemon prestige: the union :math:`S` is worth :math:`F(S) = \sum_{i \in S} a_i +
    Z \cdot 1[S = N]` to it. Weights are :math:`\gamma_i`, odds :math:`\omega_i =
    \gamma_i/(1-\gamma_i)`.

    **Concepts: three protocols.** *Renegotiated bilateral*: deals are struck one to one, and when
    a member leaves, the hegemon bargains anew with those that are left. With the set :math:`S`
    still in, :math:`\pi'(S) = [F(S) + \sum_S e_i + \sum_S \omega_i \pi(S \setminus i)]/(1 +
    \sum_S \omega_i)`; the union is viable if :math:`\pi'(S) \ge \pi(S \setminus i)` for each
    member, and otherwise the hegemon keeps its best viable union. *Nash-in-Nash*: each pair
    divides its own gain and takes all other deals as kept. *One table*: all agree or nobody does.
    At a tie deals are struck. Payoffs are gains over having no union.

    After Stole and Zwiebel (1996), Horn and Wolinsky (1988) and Collard-Wexler, Gowrisankaran and
    Lee (2019). Brügemann, Gautier and Menzio (2019) show that Stole and Zwiebel's own extensive
    form does not give these payoffs, and one that does; for weights other than one half the
    foundation is a modelling choice.
    """

    title = "Hub bargaining"
    publication = Publication(
        "horn and wolinsky 1988",
        "a hub bargains with each of several partners, as substitutes or complements",
        ("bargaining",),
        "HornWolinsky1988",
    )

    parameters = declare(
        v.TRUST,
        v.each(v.MEMBERSHIP_BENEFIT),
        v.each(v.ENCROACHMENT_LOSS),
        v.each(v.OUTSIDE_OPTION),
        v.BINDING,
        v.CONTROL_COST,
        v.each(v.MEMBER_VALUE),
        v.each(v.EXIT_LOSS),
        v.PRESTIGE,
        v.MEMBER_COUNT,
        v.each(v.BARGAINING_WEIGHT),
        v.HEGEMON_URGENCY,
        v.each(v.MEMBER_URGENCY),
    )
    concepts = (RENEGOTIATED, NASH_IN_NASH, ONE_TABLE)

    own_terms: tuple[Spoke, ...] | None = None
    """Terms in place of those that follow from the parameters: see ``hub_outcomes``."""

    def _key(self) -> tuple[object, ...]:
        return *super()._key(), self.own_terms

    @property
    def players(self) -> tuple[str, ...]:
        """The hegemon, then the members; one stands for all where they are alike."""
        return ("hegemon", *(self.members or ("member",)))

    def constraints(self) -> tuple[Boolean, ...]:
        """Full binding costs the hegemon less than the loss it spares each member."""
        s = self.symbols
        losses = (s.ell,) if self.members is None else tuple(s.ell)
        return tuple(sp.Lt(s.kappa, loss) for loss in losses)

    @cached_property
    def spokes(self) -> tuple[Spoke, ...]:
        """Each member's terms in the game's symbols; one for all where they are alike."""
        s = self.symbols

        def spoke(name: str, component: Callable[[Expr], Expr]) -> Spoke:
            a = component(s.V) + component(s.D) - s.kappa * s.alpha
            e = (
                s.mu * component(s.b)
                - (1 - s.mu) * (1 - s.alpha) * component(s.ell)
                - component(s.o)
            )
            return Spoke(name, a, e, component(s.gamma))

        if self.members is None:
            return (spoke("member", lambda symbol: symbol),)
        return tuple(spoke(m, lambda symbols, m=m: symbols[m]) for m in self.members)  # type: ignore[misc]

    @arg.validate(of=arg.function)
    def total(self, of: Callable[[Spoke], Expr]) -> Expr:
        """The sum of a term over all members."""
        terms = [exact(arg.call("of", of, spoke), "of") for spoke in self.spokes]
        return self.symbols.n * terms[0] if self.members is None else sp.Add(*terms)

    def _per_member(self, term: Callable[[Spoke], Expr]) -> Expr | Mapping[str, Expr]:
        """A term of each member; one value where they are alike."""
        if self.members is None:
            return term(self.spokes[0])
        return {spoke.name: term(spoke) for spoke in self.spokes}

    @property
    def _total_odds(self) -> Expr:
        """The sum of all odds, the hegemon's 1 included."""
        return 1 + self.total(lambda i: i.omega)

    def _member_share(self, i: Spoke) -> Expr:
        """A member's share of the prestige of the whole union."""
        if self.members is None:
            return i.gamma / (1 - i.gamma + i.gamma * self.symbols.n)
        return i.omega / self._total_odds

    @cached_property
    def _total_loss(self) -> Expr:
        return self.total(lambda i: i.loss)

    @property
    def _has_all_surpluses(self) -> Boolean:
        """Condition that every deal has a surplus of its own."""
        return sp.And(*(sp.Ge(i.S, 0) for i in self.spokes))

    @property
    def _prestige_suffices(self) -> Boolean:
        """Condition that prestige covers the members whose own deals lose."""
        if self.members is None:
            return sp.Ge(self.symbols.n * self.spokes[0].S + self.symbols.Z, 0)
        return sp.Ge(self.symbols.Z, self._total_loss)

    @property
    def _has_pair_gains(self) -> Boolean:
        return sp.And(*(sp.Ge(i.S + self.symbols.Z, 0) for i in self.spokes))

    @property
    def _joint_gain(self) -> Expr:
        return self.total(lambda i: i.S) + self.symbols.Z

    # What the model implies.

    @quantity("e", MODEL_CHOICE)
    def member_net_gain(self) -> Expr | Mapping[str, Expr]:
        """What a deal gives a member before transfers, above its outside payoff."""
        return self._per_member(lambda i: i.e)

    @quantity("S", MODEL_CHOICE)
    def surplus(self) -> Expr | Mapping[str, Expr]:
        """What a deal is worth to the hegemon and the member together, prestige apart."""
        return self._per_member(lambda i: i.S)

    @quantity("L", Source("M", note="derived"))
    def prestige_needed(self) -> Expr:
        """The prestige that carries the members whose deals lose: from there on all are in."""
        return self._total_loss

    @quantity("t", STOLE_ZWIEBEL, exists_when=lambda game: game._prestige_suffices)
    def transfer(self) -> Expr | None:
        """What the hegemon pays each member of the whole union, renegotiated bilateral."""
        return self._price(self.spokes[0]) if self.members is None else None

    @quantity("t", STOLE_ZWIEBEL, exists_when=lambda game: game._prestige_suffices)
    def transfers(self) -> Mapping[str, Expr] | None:
        """What the hegemon pays this member of the whole union, renegotiated bilateral."""
        return None if self.members is None else {i.name: self._price(i) for i in self.spokes}

    def _price(self, i: Spoke) -> Expr:
        """The closed form if every deal has a surplus, else the general price."""
        return sp.Piecewise(
            (self.closed_price(i), self._has_all_surpluses), (self.general_price(i), True)
        )

    @arg.validate(i=arg.instance_of(Spoke, "one of the game's spokes"))
    def closed_price(self, i: Spoke) -> Expr:
        """A member's price in the whole union where every deal has a surplus of its own."""
        return i.gamma * i.a - (1 - i.gamma) * i.e + self.symbols.Z * self._member_share(i)

    @arg.validate(i=arg.instance_of(Spoke, "one of the game's spokes"))
    def general_price(self, i: Spoke) -> Expr:
        """A member's price in the whole union, net of the losses that prestige must cover."""
        if self.members is None:
            return self._member_share(i) * self._joint_gain - i.e
        net_prestige = self.symbols.Z - self._total_loss
        return i.gamma * i.gain + net_prestige * self._member_share(i) - i.e

    @quantity(r"\omega/(1+\sum\omega)", STOLE_ZWIEBEL)
    def prestige_share(self) -> Expr | Mapping[str, Expr]:
        """Each member's part of the prestige, renegotiated bilateral or at one table."""
        return self._per_member(self._member_share)

    @quantity(r"\sum\omega/(1+\sum\omega)", STOLE_ZWIEBEL)
    def prestige_taken(self) -> Expr:
        """The part of the hegemon's prestige that all members take together."""
        if self.members is None:
            return self.symbols.n * self._member_share(self.spokes[0])
        return 1 - 1 / self._total_odds

    @quantity(
        r"\pi(N) - \pi(N \setminus i)",
        STOLE_ZWIEBEL,
        exists_when=lambda game: game._prestige_suffices,
    )
    def cost_of_one_exit(self) -> Expr | Mapping[str, Expr]:
        """What one member's exit costs the hegemon, which then bargains anew with the others."""
        hub_share = 1 / self._total_odds
        net_prestige = self.symbols.Z - self._total_loss
        return self._per_member(lambda i: (1 - i.gamma) * i.gain + net_prestige * hub_share)

    @quantity(r"\pi_{ren}", STOLE_ZWIEBEL)
    def renegotiated_payoff(self) -> Expr:
        """The hegemon's gain, renegotiated bilateral, whatever union comes of it."""
        willing_gain = self.total(lambda i: (1 - i.gamma) * i.gain)
        return willing_gain + sp.Max(0, self.symbols.Z - self._total_loss) / self._total_odds

    @quantity(r"\pi_{NiN}", PAIRS, exists_when=lambda game: game._has_pair_gains)
    def nash_in_nash_payoff(self) -> Expr:
        """The hegemon's gain from the whole union, Nash-in-Nash; negative: it is insolvent."""
        z = self.symbols.Z
        return self.total(lambda i: (1 - i.gamma) * i.S) + z * (1 - self.total(lambda i: i.gamma))

    @quantity(r"\pi_{table}", KALAI)
    def one_table_payoff(self) -> Expr:
        """The hegemon's gain at one table."""
        return sp.Max(0, self._joint_gain) / self._total_odds

    @quantity("t^{NiN}", PAIRS, exists_when=lambda game: game._has_pair_gains)
    def nash_in_nash_transfer(self) -> Expr | Mapping[str, Expr]:
        """What the hegemon pays a member of the whole union, Nash-in-Nash."""
        z = self.symbols.Z
        return self._per_member(lambda i: i.gamma * (i.a + z) - (1 - i.gamma) * i.e)

    @quantity("t^{table}", KALAI, exists_when=lambda game: sp.Ge(game._joint_gain, 0))
    def one_table_transfer(self) -> Expr | Mapping[str, Expr]:
        """What the hegemon pays a member at one table."""
        return self._per_member(lambda i: self._member_share(i) * self._joint_gain - i.e)

    @quantity(
        "Z_{max}",
        PAIRS,
        exists_when=lambda game: sp.And(game._has_all_surpluses, game.total(lambda i: i.gamma) > 1),
    )
    def solvency_limit(self) -> Expr:
        """The prestige beyond which Nash-in-Nash ruins the hegemon; none if weights sum to <= 1."""
        solvent_gain = self.total(lambda i: (1 - i.gamma) * i.S)
        return solvent_gain / (self.total(lambda i: i.gamma) - 1)

    # Equilibria: the outcome of each protocol.

    def payoff(self, profile: Mapping[str, Any], player: str, protocol: str = RENEGOTIATED) -> Expr:
        """Expected gain over having no union, at a profile's chances of each union.

        ``{"union": "all"}``, ``{"union": "the willing"}`` (those whose own deals have a surplus)
        or ``{"union": "nobody"}``, or chances of them. A protocol sets the transfers.
        """
        self._check_player(player)
        probabilities = mixed_strategy("union", profile.get("union"), UNIONS)
        union_payoffs = {
            "all": self._grand_payoff,
            "the willing": self._willing_payoff,
            "nobody": self._null_payoff,
        }
        terms = [p * union_payoffs[u](player, protocol) for u, p in probabilities.items() if p != 0]
        return sp.Add(*terms).xreplace(self.values)

    def _grand_payoff(self, player: str, protocol: str) -> Expr:
        if protocol not in self.concepts:
            raise UnknownNameError("protocol", protocol, self.concepts)
        if player == "hegemon":
            return self._joint_gain - self.total(lambda i: self._net_gain(i, protocol))
        return self._net_gain(self._find_spoke(player), protocol)

    def _net_gain(self, i: Spoke, protocol: str) -> Expr:
        """A member's gain in the whole union, transfers included."""
        if protocol == ONE_TABLE:
            return self._member_share(i) * self._joint_gain
        if protocol == NASH_IN_NASH:
            return i.gamma * (i.S + self.symbols.Z)
        return self._price(i) + i.e

    def _willing_payoff(self, player: str, protocol: str) -> Expr:
        """The payoff of each willing member's own deal; prestige plays no part."""
        if player == "hegemon":
            return self.total(lambda i: (1 - i.gamma) * i.gain)
        i = self._find_spoke(player)
        return i.gamma * i.gain

    def _null_payoff(self, player: str, protocol: str) -> Expr:
        return sp.Integer(0)

    def _find_spoke(self, name: str) -> Spoke:
        return next(i for i in self.spokes if i.name == name)

    def equilibria(self, concept: str) -> Iterator[Equilibrium]:
        """The outcome of a protocol at all parameters."""
        game = self.general
        z, total_loss, joint_gain = game.symbols.Z, game._total_loss, game._joint_gain
        fallback_name, fallback = outcomes.fallback_outcome(game)
        if concept == RENEGOTIATED:
            suffices, tie = game._prestige_suffices, sp.And(sp.Eq(z, total_loss), total_loss > 0)
            yield self._union_equilibrium("whole union", "all", suffices, concept)
            yield self._union_equilibrium(fallback_name, fallback, sp.Not(suffices), concept)
            yield self._tie_equilibrium(fallback, tie, concept)
        elif concept == ONE_TABLE:
            yield self._union_equilibrium("whole union", "all", sp.Ge(joint_gain, 0), concept)
            yield self._union_equilibrium("no union", "nobody", sp.Lt(joint_gain, 0), concept)
            yield self._tie_equilibrium("nobody", sp.Eq(joint_gain, 0), concept)
        else:
            yield self._union_equilibrium("whole union", "all", game._has_pair_gains, concept)
            yield self._union_equilibrium(fallback_name, fallback, game._has_no_completion, concept)

    @property
    def _has_no_completion(self) -> Boolean:
        """Condition that some are unwilling and none completes the union at a gain."""
        unwilling = [sp.Lt(i.S, 0) for i in self.spokes]
        losing = [sp.Lt(i.S + self.symbols.Z, 0) for i in self.spokes]
        if self.members is None:
            return sp.And(unwilling[0], sp.Or(sp.Ge(self.symbols.n, 2), losing[0]))
        pairs = (sp.And(x, y) for k, x in enumerate(unwilling) for y in unwilling[:k])
        return sp.Or(*losing, *pairs)

    def _union_equilibrium(
        self, name: str, union: str, condition: Boolean, concept: str
    ) -> Equilibrium:
        mix = {u: sp.Integer(u == union) for u in UNIONS}
        return self._equilibrium(name, mix, condition, concept, note=outcomes.NOTES[name])

    def _tie_equilibrium(self, alternative: str, condition: Boolean, concept: str) -> Equilibrium:
        q = sp.Symbol("q", real=True)
        mix = dict.fromkeys(UNIONS, sp.Integer(0)) | {"all": q, alternative: 1 - q}
        note = "a tie: the whole union with any probability gives everybody the same"
        where = sp.And(q >= 0, q < 1)
        return self._equilibrium(
            "indifferent", mix, condition, concept, free=(q,), where=where, note=note
        )

    def _equilibrium(
        self, name: str, mix: Mapping[str, Expr], condition: Boolean, concept: str, **fields: Any
    ) -> Equilibrium:
        profile = {"union": mix}
        payoffs = {p: self.general.payoff(profile, p, concept) for p in self.players}
        return Equilibrium(name, profile, payoffs, condition, concept, game=self, **fields)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The conditions that the protocol imposes on payoffs."""
        return tuple(lemmas.obligations(self, equilibrium))

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The outcome is unique, but for members that add exactly nothing."""
        no_idle_member = sp.And(*(sp.Ne(i.S, 0) for i in self.spokes))
        idle_note = (
            "a member whose own deal adds exactly nothing may also be left out: same payoffs"
        )
        if concept == ONE_TABLE:
            return (
                "closed form",
                sp.true,
                "the Nash product has one maximiser on a positive surplus",
            )
        where = sp.Or(self._total_loss < self.symbols.Z, no_idle_member)
        if concept == NASH_IN_NASH:
            pairs = sp.And(*(sp.Ne(i.S + self.symbols.Z, 0) for i in self.spokes))
            return (
                "closed form",
                sp.And(no_idle_member, pairs),
                "given all other deals a pair agrees iff its own gain is positive: smaller unions "
                f"have no prestige, so they hold the willing; {idle_note}",
            )
        reason = "smaller unions have no prestige, so by induction they keep the willing"
        return "closed form, by induction over unions", where, f"{reason}; {idle_note}"

    # Other worths, numbers, and theorems.

    def outcome(self, protocol: str = RENEGOTIATED, value: Worth | None = None) -> HubOutcome:
        r"""The outcome of a protocol at the game's numbers, for any values of unions.

        Parameters
        ----------
        protocol : str
        value : mapping, callable or sequence, optional
            What each set of members is worth to the hegemon, in place of :math:`\sum a_i` and
            prestige: see ``solvers.renegotiated``. Zero for the empty set.

        Examples
        --------
        >>> game = HubBargaining(members=["A", "B"], mu=1, b=1, ell=1, o=1, alpha=0, kappa="1/2",
        ...                      V=0, D=0, Z=0, gamma="1/2")
        >>> game.outcome(value=lambda union: len(union) ** 2).transfers
        {'A': Fraction(7, 6), 'B': Fraction(7, 6)}
        """
        return outcomes.outcome(self, protocol, value)

    @staticmethod
    def lemmas() -> tuple[Proposition, ...]:
        """Propositions on the three protocols, for every number of members and for 2 to 6."""
        return lemmas.all_lemmas()
