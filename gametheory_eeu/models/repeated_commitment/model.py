"""Repeated commitment and binding as one file: the model and what it implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model import Equilibrium, Game, Obligation, Proposition, declare, quantity
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.repeated_commitment import automata as plans
from gametheory_eeu.prover.merge_relations import solved
from gametheory_eeu.solvers import critical_discount_factor as patience
from gametheory_eeu.solvers.automaton import (
    Automaton,
    one_shot_deviations,
    own_plans,
    substituted,
    values,
)

FRIEDMAN = Source("L", "Friedman1971", "trigger strategies")
BINDING_FORM = Source("M", "NorthWeingast1989", "binding as a cost and a cut in temptation")
LARGEST = 200
"""Members a punishment is worked out for, state by state."""


@dataclass(frozen=True, repr=False)
class PlannedEquilibrium(Equilibrium):
    """An equilibrium in a plan for every history, with the automaton that is the plan."""

    automaton: Automaton = field(default_factory=Frozen)


class RepeatedCommitment(Game):
    r"""Repeated commitment: what keeps a hegemon's word when it can break it every day.

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
    actions: ClassVar[Mapping[str, tuple[str, ...]]] = Frozen(
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

    @quantity(r"\delta^*_\alpha", BINDING_FORM, exists_when=lambda game: game._tempted)
    def bound_discount_factor(self) -> Expr:
        """The patience from which honouring is sustained for ever, with binding as it is."""
        f = self._flows
        return patience.grim_trigger(f.kept, f.broken, f.apart)

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

    @quantity(r"\alpha_{min}", BINDING_FORM, exists_when=lambda game: game._can_be_bound)
    def minimum_binding(self) -> Expr:
        """The least binding with which grim trigger deters (0: patience does it alone).

        It exists where grim trigger deters at some depth; what any other punishment attains is
        ``sustainable``.
        """
        need, effect = self._need_and_effect
        return sp.Piecewise((0, need <= 0), (need / effect, True))

    @quantity(r"\alpha_{max}", BINDING_FORM, exists_when=lambda game: game._can_be_bound)
    def maximum_binding(self) -> Expr:
        """The most binding with which grim trigger deters; below 1 where more undoes itself.

        It exists where grim trigger deters at some depth; what any other punishment attains is
        ``sustainable``.
        """
        need, effect = self._need_and_effect
        undone = sp.And(effect < 0, effect < need)
        return sp.Piecewise((need / effect, undone), (1, True))

    @property
    def binding_cases(self) -> dict[str, Boolean]:
        """What binding can do for grim trigger: together these are all cases, and none overlap.

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
        """Where the word is kept for ever in some equilibrium, by whatever punishment.

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
        at_once = self._pays_at_once
        either = sp.Or(self.symbols.alpha * effect >= need, at_once).subs(self.values)
        return solved(prover.simplify(either, self.space))

    @property
    def _pays_at_once(self) -> Boolean:
        """Where honouring pays the hegemon at least what exploiting does, whatever follows."""
        s = self.symbols
        return s.alpha * (s.k_b - s.d) >= s.g - s.r

    @property
    def _need_and_effect(self) -> tuple[Expr, Expr]:
        declared = type(self)
        return declared.binding_need.function(self), declared.binding_effect.function(self)

    @property
    def _can_be_bound(self) -> Boolean:
        need, effect = self._need_and_effect
        return sp.Or(need <= 0, need <= effect)

    @property
    def _flows(self) -> plans.Flows:
        s = self.symbols
        kept, broken = s.r - s.d * s.alpha, s.g - s.k_b * s.alpha
        return plans.Flows(kept, broken, s.v, s.b, s.ell, s.delta)

    @property
    def _tempted(self) -> Boolean:
        f = self._flows
        return sp.And(f.kept <= f.broken, f.apart < f.kept)

    # Equilibria.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Grim trigger, honouring whatever happened, and never honouring."""
        s = self.symbols
        need, effect = self._need_and_effect
        patient = s.alpha * effect >= need
        credible = s.alpha * (s.k_b - s.d) <= s.g - s.r
        perfect = concept != "Nash"
        yield self._planned(
            "grim trigger",
            plans.KEPT,
            plans.SHUT,
            sp.And(patient, credible) if perfect else patient,
            concept,
            note="the word is kept, for fear of standing alone for ever",
        )
        yield self._planned(
            "always honour",
            plans.KEPT,
            plans.KEPT,
            self._pays_at_once,
            concept,
            note="binding alone takes the temptation away: no punishment is needed",
        )
        yield self._planned(
            "never honour",
            plans.SHUT,
            plans.SHUT,
            credible if perfect else sp.true,
            concept,
            note="nobody trusts, and the hegemon would confirm it",
        )

    def punishment(
        self, *, length: int | None = None, punishers: int | None = None, members: int | None = None
    ) -> Equilibrium:
        """Honouring under a milder punishment, with the exact condition under which it lasts.

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
        if length is not None and punishers is None and members is None:
            return self._expelled_for(length)
        if length is None and punishers is not None and members is not None:
            return self._left_by(punishers, members)
        given = {"length": length, "punishers": punishers, "members": members}
        raise ParameterError("punishment", given, "length, or both punishers and members")

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
        r, g, apart = (self.symbols[x].subs(self.values) for x in ("r", "g", "v"))
        if length is not None and punishers is None and members is None:
            return patience.finite_punishment(r, g, apart, length)
        if length is None and punishers is not None and members is not None:
            _check_punishers(punishers, members)
            share = sp.Rational(punishers, members)
            return patience.grim_trigger(r, g, r - share * (r - apart))
        given = {"length": length, "punishers": punishers, "members": members}
        raise ParameterError("punishment", given, "length, or both punishers and members")

    def _expelled_for(self, length: int) -> Equilibrium:
        game, f = self.general, self.general._flows
        deterred = patience.deterred(f.kept, f.broken, f.apart, length, f.discount)
        automaton = plans.triggered(f, plans.KEPT, plans.SHUT, length)
        name = f"expulsion for {length} period{'s' * (length > 1)}"
        note = "the word is kept, for fear of standing alone for a while"
        return self._placed(game._of(name, automaton, deterred, "subgame perfect", note))

    def _left_by(self, punishers: int, members: int) -> Equilibrium:
        _check_punishers(punishers, members)
        game, f = self.general, self.general._flows
        gain = members * (1 - f.discount) * (f.broken - f.kept)
        deterred = sp.Le(gain, punishers * f.discount * (f.kept - f.apart))
        automaton = plans.deserted(f, punishers, members)
        name, note = (
            f"{punishers} of {members} leave",
            "the word is kept, for fear of who would leave",
        )
        return self._placed(game._of(name, automaton, deterred, "subgame perfect", note))

    def _of(
        self, name: str, automaton: Automaton, deterred: Boolean, concept: str, note: str
    ) -> PlannedEquilibrium:
        """Honouring throughout; what follows a breach is credible where exploiting pays at once."""
        f = self._flows
        condition = sp.And(deterred, sp.Le(f.kept, f.broken))
        payoffs = {"member": f.benefit, "hegemon": f.kept}
        profile = {
            where: {a: sp.Integer(a == plays) for (a,) in state.steps}
            for where, state in automaton.items()
            for plays in state.plays.values()
        }
        return PlannedEquilibrium(
            name, profile, payoffs, condition, concept, note=note, game=self, automaton=automaton
        )

    def _placed(self, general: PlannedEquilibrium) -> Equilibrium:
        """At this game's values, the condition simplified on its space."""
        found = general.subs(self.values, self)
        return replace(found, condition=prover.simplify(found.condition, self.space))

    def _planned(
        self,
        name: str,
        trusted: plans.Replies,
        expelled: plans.Replies,
        condition: Boolean,
        concept: str,
        note: str,
    ) -> Equilibrium:
        game = self.general
        automaton = plans.triggered(game._flows, trusted, expelled, None)
        profile = {}
        for where, choices in self.actions.items():
            (plays,) = automaton[where].plays.values()
            profile[where] = mixed(where, plays, choices)
        payoffs = {p: game.payoff(profile, p) for p in self.players}
        return PlannedEquilibrium(
            name, profile, payoffs, condition, concept, note=note, game=self, automaton=automaton
        )

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The average payoff of a period, discounted, at a plan of the two states.

        The plan may mix; "expelled" is where play is once the word has been broken.
        """
        self._check_player(player)
        s = self.symbols
        mixes = {where: mixed(where, profile.get(where), a) for where, a in self.actions.items()}
        now, breach = self._period(mixes, "trusted", player)
        after, _ = self._period(mixes, "expelled", player)
        worth = ((1 - s.delta) * now + s.delta * breach * after) / (1 - s.delta * (1 - breach))
        return sp.cancel(worth).subs(self.values)

    def _period(
        self, mixes: Mapping[str, Mapping[str, Expr]], state: str, player: str
    ) -> tuple[Expr, Expr]:
        """What a period in a state pays, and the probability that the word is broken in it."""
        f, join = self._flows, mixes[f"member, {state}"]["join"]
        breach = join * mixes[f"hegemon, {state}"]["exploit"]
        kept, broken, apart = (
            (f.kept, f.broken, f.apart) if player == "hegemon" else (f.benefit, -f.loss, 0)
        )
        return (join - breach) * kept + breach * broken + (1 - join) * apart, breach

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No one-shot deviation gains in any state (Nash: no other plan gains from the start)."""
        assert isinstance(equilibrium, PlannedEquilibrium)
        plan = substituted(equilibrium.automaton, self.values)
        if equilibrium.concept == "Nash":
            return tuple(self._best_replies(plan))
        return tuple(
            Obligation(f"{d.state}: {d.action} gains nothing", sp.Le(sp.factor(d.gain), 0))
            for d in one_shot_deviations(plan)
        )

    def _best_replies(self, plan: Automaton) -> Iterator[Obligation]:
        """Against the other's plan, no plan of one's own does better from the first day on."""
        start = next(iter(plan))
        planned = values(plan)[start]
        for player in self.players:
            for name, other in own_plans(plan, player):
                gain = sp.factor(values(other)[start][player] - planned[player])
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

    def propositions(self) -> tuple[Proposition, ...]:
        """What holds at all parameters, at every length and at every number, with its proofs."""
        from gametheory_eeu.models.repeated_commitment.lemmas import propositions

        return propositions(self.general)


def _check_punishers(punishers: object, members: object) -> None:
    for name, value in (("punishers", punishers), ("members", members)):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST:
            raise ParameterError(name, value, f"a whole number from 1 to {LARGEST}")
    if punishers > members:  # type: ignore[operator]
        raise ParameterError("punishers", punishers, f"at most the {members} members")
