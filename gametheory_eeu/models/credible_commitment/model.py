"""Credible commitment, the one-shot trust game: tree, quantities and equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import (
    Equilibrium,
    Game,
    Obligation,
    Verification,
    assessment,
    declare,
    quantity,
)
from gametheory_eeu.model import tree as t
from gametheory_eeu.models import vocabulary as v

KYDD = Source("L", "Kydd2005", "ch. 2; with an opportunist's restraint and an outside payoff")


class CredibleCommitment(Game):
    r"""Credible commitment: a member's trust in a hegemon that may break its word.

    **Players.** A member and a hegemon.

    **Timing.** Nature draws the hegemon's type: restrained with probability :math:`\mu`, who
    always honours; otherwise an opportunist, whom circumstances hold to its word with
    probability :math:`\sigma` and leave free otherwise. The member, uninformed, joins or stays
    out. If it joins, a free opportunist honours or exploits.

    **Payoffs** (member, hegemon). Stay out: :math:`(o, v)`, with :math:`o = 0` unless set.
    Honoured: :math:`(b, r)`. Exploited: :math:`(-\ell, g)`, with :math:`v < r < g`.

    **Concept.** Perfect Bayesian equilibrium; Nash on request, to see what perfection rules
    out.

    After Kreps (1990) and Kydd (2000, 2005).
    """

    title = "Credible commitment"

    parameters = declare(
        v.TRUST,
        v.OPPORTUNIST_RESTRAINT,
        v.MEMBERSHIP_BENEFIT,
        v.ENCROACHMENT_LOSS,
        v.with_default(v.OUTSIDE_OPTION, 0),
        v.HONOUR_PAYOFF,
        v.TEMPTATION_PAYOFF,
        v.PUNISHMENT_PAYOFF,
    )
    actions: ClassVar[Mapping[str, tuple[str, ...]]] = FrozenMapping(
        {"member": ("join", "stay out"), "free opportunist": ("honour", "exploit")}
    )
    concepts = ("perfect Bayesian", "Nash")

    @property
    def players(self) -> tuple[str, ...]:
        """The two sides; nature is none."""
        return ("member", "hegemon")

    def constraints(self) -> tuple[Boolean, ...]:
        """The hegemon's payoffs are ordered: nobody joins < honouring < breaking its word."""
        s = self.symbols
        return sp.Lt(s.v, s.r), sp.Lt(s.r, s.g)

    @property
    def tree(self) -> t.Node:
        """The game tree, at the game's values."""
        s = self.symbols
        outside = t.Outcome({"member": s.o, "hegemon": s.v})
        honour_outcome = t.Outcome({"member": s.b, "hegemon": s.r})
        exploit_outcome = t.Outcome({"member": -s.ell, "hegemon": s.g})
        choices = (("honour", honour_outcome), ("exploit", exploit_outcome))
        free_move = t.Move("hegemon", "free opportunist", choices, "free")

        def member_move(node: str, successor: t.Node) -> t.Move:
            return t.Move("member", "member", (("join", successor), ("stay out", outside)), node)

        opportunist = t.Chance(
            (
                ("held", s.sigma, member_move("held", honour_outcome)),
                ("free", 1 - s.sigma, member_move("free", free_move)),
            )
        )
        restrained = member_move("restrained", honour_outcome)
        root = t.Chance((("restrained", s.mu, restrained), ("opportunist", 1 - s.mu, opportunist)))
        return t.substitute_in_tree(root, self.values)

    @quantity(r"\mu^*", KYDD, exists_when=lambda game: game._has_interior_threshold)
    def trust_threshold(self) -> Expr:
        """The trust above which joining is optimal, where some trust makes the difference."""
        numerator, denominator = self._threshold_fraction
        return numerator / denominator

    @property
    def _threshold_fraction(self) -> tuple[Expr, Expr]:
        """Numerator and denominator of the trust threshold."""
        s = self.symbols
        return s.ell + s.o - s.sigma * (s.b + s.ell), (1 - s.sigma) * (s.b + s.ell)

    @property
    def _has_interior_threshold(self) -> Boolean:
        """Whether the trust threshold lies in [0, 1]."""
        numerator, denominator = self._threshold_fraction
        return sp.And(sp.Ge(numerator, 0), sp.Le(numerator, denominator))

    @quantity(r"p", KYDD)
    def honour_probability(self) -> Expr:
        """The probability that the hegemon's word is kept, when a free opportunist exploits."""
        return self._honour_probability

    @property
    def _honour_probability(self) -> Expr:
        s = self.symbols
        return s.mu + (1 - s.mu) * s.sigma

    @quantity(r"U_{join}", KYDD)
    def joining_payoff(self) -> Expr:
        """The member's expected payoff from joining, when a free opportunist exploits."""
        s = self.symbols
        return self._honour_probability * s.b - (1 - self._honour_probability) * s.ell

    @quantity(r"L", KYDD)
    def expected_loss(self) -> Expr:
        """The loss a member expects from broken promises: the risk of membership."""
        s = self.symbols
        return (1 - s.mu) * (1 - s.sigma) * s.ell

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Joining, staying out and the tie; under Nash also those on incredible promises."""
        s, game = self.symbols, self.general
        threshold = game.quantities["trust_threshold"].expression
        q = sp.Symbol("q", real=True)
        yield self._assessment(
            "join",
            1,
            0,
            sp.Gt(s.mu, threshold),
            concept,
            note="trust is above its threshold, so the member joins",
        )
        yield self._assessment(
            "stay out",
            0,
            0,
            sp.Lt(s.mu, threshold),
            concept,
            note="trust is below its threshold, so no promise brings the member in",
        )
        yield self._assessment(
            "indifferent",
            q,
            0,
            sp.Eq(s.mu, threshold),
            concept,
            free=(q,),
            where=sp.And(q >= 0, q <= 1),
            note="trust is at its threshold: joining with any probability q",
        )
        if concept == "Nash":
            promised_payoff = (s.mu + (1 - s.mu) * (s.sigma + (1 - s.sigma) * q)) * (
                s.b + s.ell
            ) - s.ell
            yield self._assessment(
                "stay out, incredible promise",
                0,
                q,
                sp.Lt(s.mu, threshold),
                concept,
                free=(q,),
                where=sp.And(q > 0, q <= 1, promised_payoff <= s.o),
                note="Nash, not perfect: off the path a free opportunist would honour with "
                "probability q, though exploiting pays it more",
            )
            yield from self._untested_promises(threshold, q)

    def _untested_promises(self, threshold: Expr, q: Symbol) -> Iterator[Equilibrium]:
        """Nash equilibria at mu = 1, where the opportunist's plan is off the path."""
        s, certainty = self.symbols, sp.Eq(self.symbols.mu, 1)
        p = sp.Symbol("p", real=True)
        note = "Nash, not perfect: no opportunist is ever drawn, so its plan is never tested"
        yield self._assessment(
            "join, untested promise",
            1,
            q,
            sp.And(certainty, sp.Gt(s.mu, threshold)),
            "Nash",
            free=(q,),
            where=sp.And(q > 0, q <= 1),
            note=note,
        )
        yield self._assessment(
            "indifferent, untested promise",
            p,
            q,
            sp.And(certainty, sp.Eq(s.mu, threshold)),
            "Nash",
            free=(p, q),
            where=sp.And(p >= 0, p <= 1, q > 0, q <= 1),
            note=note,
        )

    def _assessment(
        self,
        name: str,
        join: Expr,
        honour: Expr,
        condition: Boolean,
        concept: str,
        *,
        free: tuple[Symbol, ...] = (),
        where: Boolean = sp.true,
        note: str = "",
    ) -> Equilibrium:
        s = self.symbols
        profile = {
            "member": {"join": join, "stay out": 1 - join},
            "free opportunist": {"honour": honour, "exploit": 1 - honour},
        }
        beliefs = {
            "member": {
                "restrained": s.mu,
                "held": (1 - s.mu) * s.sigma,
                "free": (1 - s.mu) * (1 - s.sigma),
            },
            "free opportunist": {"free": sp.Integer(1)},
        }
        payoffs = {p: self.general.payoff(profile, p) for p in self.players}
        return Equilibrium(
            name,
            profile,
            payoffs,
            condition,
            concept,
            beliefs,
            free,
            where,
            note,
            game=self,
        )

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff at a profile: by information set, an action or a mix of actions."""
        self._check_player(player)
        return t.shorter_form(t.expected_payoff(self.tree, _mixed_profile(self, profile), player))

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Bayes' rule and sequential rationality on the tree (Nash: on the path only)."""
        return assessment.obligations(
            self.tree,
            (equilibrium.profile, equilibrium.beliefs),
            perfect=equilibrium.concept != "Nash",
        )

    @arg.validate(profile=arg.mapping)
    def examine(
        self, profile: Mapping[str, Any], concept: str = "perfect Bayesian"
    ) -> Verification:
        """Check any profile, with the beliefs Bayes' rule gives it; the answer names what fails.

        Examples
        --------
        >>> game = CredibleCommitment(mu="1/4", sigma=0, b=1, ell=1, r=1, g=2, v=0)
        >>> game.examine({"member": "join", "free opportunist": "exploit"}).failures
        ('at member: stay out gains nothing',)
        """
        concept = self._concept(concept)
        mixed_profile = _mixed_profile(self, profile)
        beliefs = assessment.bayesian_beliefs(self.tree, mixed_profile)
        obligations = assessment.obligations(
            self.tree, (mixed_profile, beliefs), perfect=concept != "Nash"
        )
        return Verification.of(obligations, self.space)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """A free opportunist has one best reply, and the member's payoff is linear in its mix."""
        reason = (
            "g > r makes exploiting the free opportunist's only optimal action wherever it moves; "
            "against it the member's payoff is linear in the probability of joining, and its slope "
            "has the sign of mu - mu*"
        )
        if concept == "Nash":
            reason += (
                "; Nash leaves the opportunist's plan open only where play never reaches it: the "
                "member stays out for sure, or mu = 1"
            )
        return "closed form", sp.true, reason


def _mixed_profile(
    game: CredibleCommitment, profile: Mapping[str, Any]
) -> dict[str, dict[str, Expr]]:
    return {
        name: t.mixed_strategy(name, profile.get(name), actions)
        for name, actions in game.actions.items()
    }
