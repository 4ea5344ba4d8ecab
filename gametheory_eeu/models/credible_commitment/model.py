"""Credible commitment, the one-shot trust game: tree, quantities and equilibria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Game, Verification, declare, quantity
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication

KYDD = Source("L", "Kydd2005", "ch. 2; with an opportunist's restraint and an outside payoff")
_UNTESTED = "Nash, not perfect: no opportunist is ever drawn, so its plan is never tested"
_ONE_BEST_REPLY = (
    "g > r makes exploiting the free opportunist's only optimal action wherever it moves; against "
    "it the member's payoff is linear in the probability of joining, and its slope has the sign of "
    "mu - mu*"
)


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
    publication = Publication(
        "kreps 1990",
        "a promise is trusted if enough of those who make it are held to it",
        ("commitment", "trust"),
        "Kreps1990",
    )

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
    names = FrozenMapping(
        {
            "join; exploit": "join",
            "stay out; exploit": "stay out",
            "join + stay out; exploit (tie)": "indifferent",
            "stay out; honour": "stay out, incredible promise",
            "stay out; honour + exploit (tie)": "stay out, incredible promise",
            "join; honour": "join, untested promise",
            "join; honour + exploit (tie)": "join, untested promise",
            "join + stay out; honour (tie)": "indifferent, untested promise",
            "join + stay out; honour + exploit (tie)": "indifferent, untested promise",
        }
    )
    notes = FrozenMapping(
        {
            "join": "trust is above its threshold, so the member joins",
            "stay out": "trust is below its threshold, so no promise brings the member in",
            "indifferent": "trust is at its threshold: joining with any probability q",
            "stay out, incredible promise": "Nash, not perfect: off the path a free opportunist "
            "would honour with probability q, though exploiting pays it more",
            "join, untested promise": _UNTESTED,
            "indifferent, untested promise": _UNTESTED,
        }
    )
    reasons = FrozenMapping(
        {
            "perfect Bayesian": _ONE_BEST_REPLY,
            "Nash": f"{_ONE_BEST_REPLY}; Nash leaves the opportunist's plan open only where play "
            "never reaches it: the member stays out for sure, or mu = 1",
        }
    )
    closed_ties = True

    def constraints(self) -> tuple[Boolean, ...]:
        """The hegemon's payoffs are ordered: nobody joins < honouring < breaking its word."""
        s = self.symbols
        return sp.Lt(s.v, s.r), sp.Lt(s.r, s.g)

    def form(self) -> ExtensiveForm:
        """The game tree."""
        s = self.symbols
        outside = Outcome({"member": s.o, "hegemon": s.v})
        honoured = Outcome({"member": s.b, "hegemon": s.r})
        exploited = Outcome({"member": -s.ell, "hegemon": s.g})

        def member(node: str, joined: Node) -> Move:
            return Move("member", "member", (("join", joined), ("stay out", outside)), node)

        choice = (("honour", honoured), ("exploit", exploited))
        free = member("free", Move("hegemon", "free opportunist", choice, "free"))
        held = member("held", honoured)
        opportunist = Chance((("held", s.sigma, held), ("free", 1 - s.sigma, free)))
        restrained = member("restrained", honoured)
        root = Chance((("restrained", s.mu, restrained), ("opportunist", 1 - s.mu, opportunist)))
        return ExtensiveForm(root, ["member", "hegemon"])

    @property
    def tree(self) -> Node:
        """The game tree's root, at the game's values."""
        return self.form().root

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
        return self.form().verify_assessment(profile, concept=self._concept(concept))
