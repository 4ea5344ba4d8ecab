"""Repeated commitment and binding: the game, its punishments and equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.games import Equilibrium, Game, Obligation, Proposition, declare, quantity
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.repeated_commitment import automata as plans
from gametheory_eeu.models.repeated_commitment.automata import AutomatonEquilibrium
from gametheory_eeu.prover.merge_relations import solve_linear
from gametheory_eeu.solvers import repeated_games as patience
from gametheory_eeu.solvers.repeated_games import (
    Automaton,
    one_shot_deviations,
    player_plans,
    state_values,
    substitute_values,
)

FRIEDMAN = Source("L", "Friedman1971", "trigger strategies")
BINDING_FORM = Source("M", "NorthWeingast1989", "binding as a cost and a cut in temptation")


class RepeatedCommitment(Game):
    r"""Repeated commitment: honouring sustained by trigger strategies and binding.

    **Players.** A member and a hegemon.

    **Timing.** Each period the member joins or stays out; if it joins, the hegemon honours its
    word or exploits. Everything done is seen by both, and the same begins again. The hegemon
    discounts by :math:`\delta`; how the member discounts does not matter to the plans below,
    since nothing it does changes what follows.

    **Payoffs** of a period (member, hegemon). Stay out: :math:`(0, v)`. Honoured:
    :math:`(b, r - d\alpha)`. Exploited: :math:`(-\ell, g - k_b\alpha)`. Binding of depth
    :math:`\alpha` costs the hegemon :math:`d` only while it honours and takes :math:`k_b` off
    the temptation; :math:`v < r < g`.

    **Concept.** Subgame perfect equilibrium in plans that depend on whether the word was ever
    broken; Nash on request, which forgives an empty threat.

    **What keeps the word.** By any punishment whatever, subgame perfect or not, the hegemon's
    word is kept for ever in some equilibrium iff grim trigger deters, :math:`\alpha M \geq N`, or
    honouring pays at once, :math:`\alpha(k_b - d) \geq g - r` (``sustainable``; the
    proposition "any punishment" proves it). The least and the most binding below are those of
    grim trigger alone.

    **Punishments.** Grim trigger: one breach and the member stays out for ever. For
    :math:`T` periods: it stays out that long and then trusts again. By :math:`m` of :math:`n`
    members: the hegemon's word is one word, kept to all or broken to all who are in; each
    member is an :math:`n`-th of its payoffs, and after each breach :math:`m` of those still in
    leave for good while the others stay.

    After Friedman (1971), Abreu (1988), North and Weingast (1989), Ikenberry (2001).
    """

    title = "Repeated commitment"
    publication = Publication(
        "friedman 1971",
        "promises that are kept because breaking them ends cooperation",
        ("commitment", "reputation"),
        "Friedman1971",
    )

    parameters = declare(
        v.DISCOUNT_FACTOR,
        v.HONOUR_PAYOFF,
        v.TEMPTATION_PAYOFF,
        v.PUNISHMENT_PAYOFF,
        v.BINDING,
        v.BINDING_COST,
        v.BINDING_BITE,
        v.MEMBERSHIP_BENEFIT,
        v.ENCROACHMENT_LOSS,
    )
    actions: ClassVar[Mapping[str, tuple[str, ...]]] = FrozenMapping(
        {
            f"{who}, {state}": choices
            for state in ("trusted", "expelled")
            for who, choices in (
                ("member", ("join", "stay out")),
                ("hegemon", ("honour", "exploit")),
            )
        }
    )
    concepts = ("subgame perfect", "Nash")

    @property
    def players(self) -> tuple[str, ...]:
        """The two sides."""
        return ("member", "hegemon")

    def constraints(self) -> tuple[Boolean, ...]:
        """The hegemon's payoffs are ordered: nobody joins < honouring < breaking its word."""
        s = self.symbols
        return sp.Lt(s.v, s.r), sp.Lt(s.r, s.g)

    # What follows.

    @quantity(r"\delta^*", FRIEDMAN)
    def critical_discount_factor(self) -> Expr:
        """The patience from which honouring is sustained for ever, without binding."""
        s = self.symbols
        return patience.grim_trigger(s.r, s.g, s.v)

    @quantity(r"\delta^*_\alpha", BINDING_FORM, exists_when=lambda game: game._is_tempted)
    def bound_discount_factor(self) -> Expr:
        """The patience from which honouring is sustained for ever, with binding as it is."""
        payoffs = self._stage_payoffs
        return patience.grim_trigger(payoffs.honour, payoffs.exploit, payoffs.apart)

    @quantity("N", BINDING_FORM)
    def binding_need(self) -> Expr:
        """What honouring without binding falls short of breaking the word, in average terms."""
        s = self.symbols
        return (1 - s.delta) * s.g + s.delta * s.v - s.r

    @quantity("M", BINDING_FORM)
    def binding_effect(self) -> Expr:
        """What full binding adds to honouring over breaking the word, in average terms."""
        s = self.symbols
        return (1 - s.delta) * s.k_b - s.d

    @quantity(r"\alpha_{min}", BINDING_FORM, exists_when=lambda game: game._has_deterrent_binding)
    def minimum_binding(self) -> Expr:
        """The least binding with which grim trigger deters (0: patience does it alone).

        It exists where grim trigger deters at some depth; what any other punishment attains is
        ``sustainable``.
        """
        need, effect = self._need_and_effect
        return sp.Piecewise((0, need <= 0), (need / effect, True))

    @quantity(r"\alpha_{max}", BINDING_FORM, exists_when=lambda game: game._has_deterrent_binding)
    def maximum_binding(self) -> Expr:
        """The most binding with which grim trigger deters; below 1 where more undoes itself.

        It exists where grim trigger deters at some depth; what any other punishment attains is
        ``sustainable``.
        """
        need, effect = self._need_and_effect
        self_defeating = sp.And(effect < 0, effect < need)
        return sp.Piecewise((need / effect, self_defeating), (1, True))

    @property
    def binding_cases(self) -> dict[str, Boolean]:
        """The exhaustive and disjoint cases of the effect of binding on grim trigger.

        Where binding defeats itself no depth lets grim trigger deter; honouring may yet pay at
        once, see ``sustainable``.

        Examples
        --------
        >>> game = RepeatedCommitment(r=1, g=2, v=0, delta="2/5", d="9/5", k_b=3)
        >>> [case for case, holds in game.binding_cases.items() if holds == sp.true]
        ['binding defeats itself']
        """
        need, effect = (q.subs(self.values) for q in self._need_and_effect)
        return {
            "no binding needed, any allowed": sp.And(need <= 0, effect >= need),
            "no binding needed, too much undoes it": sp.And(need <= 0, effect < need),
            "binding from the least on": sp.And(need > 0, effect >= need),
            "binding defeats itself": sp.And(need > 0, effect < need),
        }

    @property
    def sustainable(self) -> Boolean:
        """Condition that honouring for ever is an equilibrium path under some punishment.

        Examples
        --------
        Grim trigger deters at no depth, but from a half on honouring pays at once.

        >>> game = RepeatedCommitment(r=1, g=2, v=0, b=1, ell=1, delta="2/5", d=10, k_b=12)
        >>> game.binding_cases["binding defeats itself"], game.sustainable
        (True, alpha >= 1/2)
        >>> game.at(alpha="1/2").solve()["always honour"].payoffs["hegemon"]
        -4
        """
        need, effect = self._need_and_effect
        dominance = self._is_honouring_dominant
        condition = sp.Or(self.symbols.alpha * effect >= need, dominance).subs(self.values)
        return solve_linear(prover.simplify(condition, self.space))

    @property
    def _is_honouring_dominant(self) -> Boolean:
        """Condition that honouring pays at least what exploiting does, whatever follows."""
        s = self.symbols
        return s.alpha * (s.k_b - s.d) >= s.g - s.r

    @property
    def _need_and_effect(self) -> tuple[Expr, Expr]:
        game_class = type(self)
        return game_class.binding_need.function(self), game_class.binding_effect.function(self)

    @property
    def _has_deterrent_binding(self) -> Boolean:
        need, effect = self._need_and_effect
        return sp.Or(need <= 0, need <= effect)

    @property
    def _stage_payoffs(self) -> plans.StagePayoffs:
        s = self.symbols
        honour, exploit = s.r - s.d * s.alpha, s.g - s.k_b * s.alpha
        return plans.StagePayoffs(honour, exploit, s.v, s.b, s.ell, s.delta)

    @property
    def _is_tempted(self) -> Boolean:
        payoffs = self._stage_payoffs
        return sp.And(payoffs.honour <= payoffs.exploit, payoffs.apart < payoffs.honour)

    # Equilibria.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Grim trigger, always honouring and never honouring."""
        s = self.symbols
        need, effect = self._need_and_effect
        deterrence = s.alpha * effect >= need
        credibility = s.alpha * (s.k_b - s.d) <= s.g - s.r
        is_perfect = concept != "Nash"
        yield self._trigger_equilibrium(
            "grim trigger",
            plans.COOPERATION,
            plans.PUNISHMENT,
            sp.And(deterrence, credibility) if is_perfect else deterrence,
            concept,
            note="the word is kept, for fear of standing alone for ever",
        )
        yield self._trigger_equilibrium(
            "always honour",
            plans.COOPERATION,
            plans.COOPERATION,
            self._is_honouring_dominant,
            concept,
            note="binding alone takes the temptation away: no punishment is needed",
        )
        yield self._trigger_equilibrium(
            "never honour",
            plans.PUNISHMENT,
            plans.PUNISHMENT,
            credibility if is_perfect else sp.true,
            concept,
            note="nobody trusts, and the hegemon would confirm it",
        )

    def punishment(
        self, *, length: int | None = None, punishers: int | None = None, members: int | None = None
    ) -> Equilibrium:
        """The equilibrium of honouring under a milder punishment, with its exact condition.

        Parameters
        ----------
        length : int, optional
            Periods for which the member stays out after a breach.
        punishers, members : int, optional
            After each breach this many of the members still in leave for good.

        Examples
        --------
        >>> game = RepeatedCommitment(r=2, g=3, v=0, alpha=0, d=0, k_b=1, b=1, ell=1)
        >>> game.punishment(length=1).condition
        1 <= 2*delta
        >>> game.punishment(punishers=1, members=2).condition
        2 - 2*delta <= 2*delta
        """
        plans.check_punishment(length, punishers, members)
        if length is not None:
            return self._finite_punishment(length)
        return self._partial_punishment(punishers, members)  # type: ignore[arg-type]

    def critical_discount_factor_under(
        self, *, length: int | None = None, punishers: int | None = None, members: int | None = None
    ) -> Expr:
        """The patience from which a milder punishment sustains honouring, without binding.

        Examples
        --------
        >>> game = RepeatedCommitment(r=2, g=3, v=0)
        >>> game.critical_discount_factor, game.critical_discount_factor_under(length=1)
        (1/3, 1/2)
        """
        r, g, outside = (self.symbols[x].subs(self.values) for x in ("r", "g", "v"))
        plans.check_punishment(length, punishers, members)
        if length is not None:
            return patience.finite_punishment(r, g, outside, length)
        share = sp.Rational(punishers, members)
        return patience.grim_trigger(r, g, r - share * (r - outside))

    def _finite_punishment(self, length: int) -> Equilibrium:
        game, payoffs = self.general, self.general._stage_payoffs
        deterrence = patience.deterrence_condition(
            payoffs.honour, payoffs.exploit, payoffs.apart, length, payoffs.discount
        )
        automaton = plans.trigger_strategy(payoffs, plans.COOPERATION, plans.PUNISHMENT, length)
        name = f"expulsion for {length} period{'s' * (length > 1)}"
        note = "the word is kept, for fear of standing alone for a while"
        return self._specialise(
            game._punishment_equilibrium(name, automaton, deterrence, "subgame perfect", note)
        )

    def _partial_punishment(self, punishers: int, members: int) -> Equilibrium:
        game, payoffs = self.general, self.general._stage_payoffs
        gain = members * (1 - payoffs.discount) * (payoffs.exploit - payoffs.honour)
        deterrence = sp.Le(gain, punishers * payoffs.discount * (payoffs.honour - payoffs.apart))
        automaton = plans.desertion_strategy(payoffs, punishers, members)
        name, note = (
            f"{punishers} of {members} leave",
            "the word is kept, for fear of who would leave",
        )
        return self._specialise(
            game._punishment_equilibrium(name, automaton, deterrence, "subgame perfect", note)
        )

    def _punishment_equilibrium(
        self, name: str, automaton: Automaton, deterrence: Boolean, concept: str, note: str
    ) -> AutomatonEquilibrium:
        """The equilibrium of honouring throughout, under the punishment of an automaton."""
        flow = self._stage_payoffs
        condition = sp.And(deterrence, sp.Le(flow.honour, flow.exploit))
        payoffs = {"member": flow.benefit, "hegemon": flow.honour}
        profile = {
            node: {a: sp.Integer(a == action) for (a,) in state.steps}
            for node, state in automaton.items()
            for action in state.prescription.values()
        }
        return AutomatonEquilibrium(
            name, profile, payoffs, condition, concept, note=note, game=self, automaton=automaton
        )

    def _specialise(self, general: AutomatonEquilibrium) -> Equilibrium:
        """An equilibrium at this game's values, its condition simplified on the space."""
        equilibrium = general.subs(self.values, self)
        return replace(equilibrium, condition=prover.simplify(equilibrium.condition, self.space))

    def _trigger_equilibrium(
        self,
        name: str,
        trust_actions: plans.ActionPair,
        punishment_actions: plans.ActionPair,
        condition: Boolean,
        concept: str,
        note: str,
    ) -> Equilibrium:
        game = self.general
        automaton = plans.trigger_strategy(
            game._stage_payoffs, trust_actions, punishment_actions, None
        )
        profile = {}
        for decision, choices in self.actions.items():
            (action,) = automaton[decision].prescription.values()
            profile[decision] = mixed_strategy(decision, action, choices)
        payoffs = {p: game.payoff(profile, p) for p in self.players}
        return AutomatonEquilibrium(
            name, profile, payoffs, condition, concept, note=note, game=self, automaton=automaton
        )

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The average discounted payoff of a period, at a strategy of the two states.

        The plan may mix; "expelled" is where play is once the word has been broken.
        """
        self._check_player(player)
        s = self.symbols
        mixes = {
            decision: mixed_strategy(decision, profile.get(decision), a)
            for decision, a in self.actions.items()
        }
        trusted_payoff, breach = self._period_payoff(mixes, "trusted", player)
        expelled_payoff, _ = self._period_payoff(mixes, "expelled", player)
        average = ((1 - s.delta) * trusted_payoff + s.delta * breach * expelled_payoff) / (
            1 - s.delta * (1 - breach)
        )
        return sp.cancel(average).subs(self.values)

    def _period_payoff(
        self, mixes: Mapping[str, Mapping[str, Expr]], state: str, player: str
    ) -> tuple[Expr, Expr]:
        """The payoff of a period in a state, and the probability of a breach in it."""
        flow, join = self._stage_payoffs, mixes[f"member, {state}"]["join"]
        breach = join * mixes[f"hegemon, {state}"]["exploit"]
        honour, exploit, outside = (
            (flow.honour, flow.exploit, flow.apart)
            if player == "hegemon"
            else (flow.benefit, -flow.loss, 0)
        )
        return (join - breach) * honour + breach * exploit + (1 - join) * outside, breach

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No one-shot deviation gains in any state (Nash: no other strategy from the start)."""
        assert isinstance(equilibrium, AutomatonEquilibrium)
        automaton = substitute_values(equilibrium.automaton, self.values)
        if equilibrium.concept == "Nash":
            return tuple(self._reply_obligations(automaton))
        return tuple(
            Obligation(
                f"{deviation.state}: {deviation.action} gains nothing",
                sp.Le(sp.factor(deviation.gain), 0),
            )
            for deviation in one_shot_deviations(automaton)
        )

    def _reply_obligations(self, automaton: Automaton) -> Iterator[Obligation]:
        """Obligations that no other strategy of a player does better from the start on."""
        start = next(iter(automaton))
        path_values = state_values(automaton)[start]
        for player in self.players:
            for name, deviation in player_plans(automaton, player):
                gain = sp.factor(state_values(deviation)[start][player] - path_values[player])
                yield Obligation(f"{player}: {name} gains nothing", sp.Le(gain, 0))

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Repetition allows far more than can be listed; these are the extremes."""
        return (
            "closed form",
            sp.false,
            "the folk theorem: patience sustains a continuum of other plans. The word is kept for "
            "ever in some equilibrium exactly where one of these keeps it: where exploiting pays "
            "more at once, no equilibrium is worse for the hegemon than v or exploiting for ever "
            "(Abreu 1988; see the proposition 'any punishment')",
        )

    def lemmas(self) -> tuple[Proposition, ...]:
        """Propositions at all parameters, lengths and numbers of members, with their proofs."""
        from gametheory_eeu.models.repeated_commitment.propositions import general_propositions

        return general_propositions(self.general)
