"""Bargaining under shifting power: the game, its thresholds and its equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games import (
    Claim,
    Equilibrium,
    Game,
    Obligation,
    Proposition,
    declare,
    quantity,
)
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.solvers.power_shift_path import BargainingPath, bargaining_path

POWELL = Source("L", "Powell2004", "the inefficiency condition")
PROTOCOL = Source("M", "Powell2006", "the hegemon offers, or the member does, in every period")
HEGEMON_OFFERS, MEMBER_OFFERS = "subgame perfect, hegemon offers", "subgame perfect, member offers"
SIDES = ("hegemon", "member")
_DEPTH_CONDITIONS = (v.LOCK_IN.condition, v.INTEGRATION_DEPTH.condition)


class PowerShift(Game):
    r"""Power shift: bargaining in which a deal today makes the hegemon stronger tomorrow.

    **Players.** The hegemon, whose power rises, and a member, whose power falls.

    **Timing.** In every period there is a pie of 1 to divide. One side offers a division, the
    other accepts or refuses; the member may also leave before it offers. A refusal or an exit
    breaks the union for good. Everything is seen by both; both discount by :math:`\delta`.

    **Payoffs.** The shares agreed on. After a breakdown today, in every period from then on,
    :math:`p` for the hegemon and :math:`1 - p - c_b` for the member: a breakdown destroys
    :math:`c_b`. From tomorrow on the hegemon's strength is :math:`p + s` and the member's
    :math:`1 - p - s - c_b`. The shift may come from integration itself, :math:`s = \xi y`: the
    deeper, the stronger the hegemon. Payoffs are averages per period.

    **Concept.** Subgame perfect equilibrium. Who offers is a choice of the model: by default the
    hegemon; the member is the protocol under which agreement is easiest to keep.

    **Powell's condition.** With minmax values :math:`M_1` for the hegemon and :math:`M_2` for
    the member and :math:`B` all there is to divide, :math:`\delta M_1(t+1) + M_2(t) > B` makes
    every equilibrium inefficient, whoever offers. Here, per period:
    :math:`\delta(p+s) + 1 - p - c_b > 1`. It is sufficient, not necessary.

    After Powell (2004, 2006). The two protocols and the shift from integration are this
    project's.
    """

    title = "Power shift"
    publication = Publication(
        "powell 2004",
        "a deal today makes one side stronger tomorrow: where no offer keeps the peace",
        ("commitment", "bargaining"),
        "Powell2004",
    )

    parameters = declare(
        v.DISCOUNT_FACTOR,
        v.HEGEMON_STRENGTH,
        v.BREAKDOWN_COST,
        v.POWER_SHIFT,
        v.LOCK_IN,
        v.INTEGRATION_DEPTH,
    )
    actions: ClassVar[Mapping[str, tuple[str, ...]]] = FrozenMapping(
        {
            "offers by": SIDES,
            "today": ("settle", "break down"),
            "later": ("settle", "break down"),
        }
    )
    concepts = (HEGEMON_OFFERS, MEMBER_OFFERS)

    @property
    def players(self) -> tuple[str, ...]:
        """The two sides."""
        return SIDES

    def constraints(self) -> tuple[Boolean, ...]:
        """The member is left with something, even tomorrow."""
        s = self.symbols
        return (sp.Le(s.p + s.s + s.c_b, 1),)

    # What follows.

    @quantity(r"\bar s", PROTOCOL)
    def tolerable_shift(self) -> Expr:
        """The largest shift that offers by the hegemon can make up for."""
        s = self.symbols
        return (s.p + s.c_b) * (1 - s.delta) / s.delta

    @quantity("s^P", POWELL)
    def powell_shift(self) -> Expr:
        """The shift beyond which Powell's condition holds: no way of bargaining makes up for it."""
        s = self.symbols
        return (s.p + s.c_b) / s.delta - s.p

    @quantity("G", POWELL)
    def powell_gap(self) -> Expr:
        """What both can secure beyond all there is to divide; above 0 every equilibrium breaks."""
        s = self.symbols
        return s.delta * (s.p + s.s) + (1 - s.p - s.c_b) - 1

    @quantity(r"\bar\delta", PROTOCOL, exists_when=lambda game: game.symbols.s > 0)
    def breaking_patience(self) -> Expr:
        """The patience beyond which the member breaks away today, if the hegemon offers."""
        s = self.symbols
        return (s.p + s.c_b) / (s.p + s.c_b + s.s)

    @quantity(r"\bar y", PROTOCOL, exists_when=lambda game: game.symbols.xi > 0)
    def breaking_depth(self) -> Expr:
        """The depth of integration beyond which the member breaks away today."""
        s = self.symbols
        return (s.p + s.c_b) * (1 - s.delta) / (s.delta * s.xi)

    @quantity("x_0", PROTOCOL, exists_when=lambda game: game._is_tolerable)
    def offer_today(self) -> Expr:
        """What the hegemon offers today: the member's strength, and the price of the shift."""
        s = self.symbols
        return 1 - s.p - s.c_b + s.delta * s.s / (1 - s.delta)

    @quantity("x_1", PROTOCOL)
    def offer_later(self) -> Expr:
        """What the hegemon offers once power has shifted: the member's strength then."""
        s = self.symbols
        return 1 - s.p - s.s - s.c_b

    @property
    def _is_tolerable(self) -> Boolean:
        return sp.Le(self.symbols.s, type(self).tolerable_shift.function(self))

    @arg.validate(offers_by=arg.text)
    def path(
        self,
        hegemon: Iterable[object] | None = None,
        member: Iterable[object] | None = None,
        *,
        offers_by: Literal["hegemon", "member"] = "hegemon",
    ) -> BargainingPath:
        """The bargaining path for any sequence of strengths, exact; the last pair lasts.

        Parameters
        ----------
        hegemon, member : sequences of numbers, optional
            Their shares after a breakdown in each period; by default this game's own two.
        offers_by : {"hegemon", "member"}

        Examples
        --------
        >>> game = PowerShift(delta="1/2", p="1/5", c_b="1/10", s="2/5")
        >>> game.path().breakdown
        0
        >>> game.path(["1/5", "2/5", "3/5"], ["7/10", "1/2", "3/10"]).breakdown is None
        True
        """
        s = self.symbols
        if offers_by not in SIDES:
            raise ParameterError("offers_by", offers_by, " or ".join(map(repr, SIDES)))
        if (hegemon is None) != (member is None):
            raise ParameterError("path", (hegemon, member), "strengths of both sides, or of none")
        if hegemon is None or member is None:
            strengths = [self._substitute(s.p), self._substitute(s.p + s.s)]
            hegemon, member = strengths, [1 - p - self._substitute(s.c_b) for p in strengths]
        hegemon, member = (_strengths("hegemon", hegemon), _strengths("member", member))
        delta = self._substitute(s.delta)
        proposer: Literal["rising", "declining"] = (
            "rising" if offers_by == "hegemon" else "declining"
        )
        inputs = [delta, *hegemon, *member]
        if any(x.free_symbols for x in inputs):
            raise GameTheoryError(
                "a path needs numbers: game.at(delta=…, p=…, c_b=…, s=…).path(), or give the path"
            )
        return bargaining_path(hegemon, member, delta, proposer)

    def _substitute(self, expression: Expr) -> Expr:
        return expression.subs(self.values, simultaneous=True).subs(self.values)

    # Payoffs and equilibria.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The average payoff where each period settles with some probability, at the offers made.

        ``profile["offers by"]`` is ``"hegemon"`` or ``"member"``; a lottery means that it is drawn
        once, at the start.
        """
        self._check_player(player)
        mixes = {
            decision: mixed_strategy(decision, profile.get(decision), a)
            for decision, a in self.actions.items()
        }
        hegemon_payoff = sum(
            probability
            * self._hegemon_payoff(proposer, mixes["today"]["settle"], mixes["later"]["settle"])
            for proposer, probability in mixes["offers by"].items()
        )
        if player == "hegemon":
            return self._substitute(_cancel(hegemon_payoff))
        s = self.symbols
        today, later = mixes["today"]["break down"], mixes["later"]["break down"]
        loss = s.c_b * (today + (1 - today) * s.delta * later)
        return self._substitute(_cancel(1 - loss - hegemon_payoff))

    def _hegemon_payoff(self, proposer: str, today: Expr, later: Expr) -> Expr:
        """The hegemon's average payoff; the member has the rest of the pie not wasted."""
        s, (x_0, x_1) = self.symbols, self._member_shares(proposer)
        continuation = later * (1 - x_1) + (1 - later) * (s.p + s.s)
        return today * ((1 - s.delta) * (1 - x_0) + s.delta * continuation) + (1 - today) * s.p

    def _member_shares(self, proposer: str) -> tuple[Expr, Expr]:
        """The member's shares today and later under agreement."""
        game_class, s = type(self), self.symbols
        if proposer == "hegemon":
            return game_class.offer_today.function(self), game_class.offer_later.function(self)
        return 1 - sp.Max(0, s.p - s.delta * s.s / (1 - s.delta)), 1 - s.p - s.s

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Settlement, breakdown and the tie between them, at the tolerable shift."""
        s, general = self.symbols, self.general
        q = sp.Symbol("q", real=True)
        limit = general.tolerable_shift if concept == HEGEMON_OFFERS else general.powell_shift
        yield self._outcome(
            "settlement",
            sp.Integer(1),
            sp.Le(s.s, limit),
            concept,
            note="the member is paid today for being weaker tomorrow",
        )
        yield self._outcome(
            "breakdown",
            sp.Integer(0),
            sp.Gt(s.s, limit),
            concept,
            note="not even the whole pie of today makes up for tomorrow: the member breaks away, "
            "whatever is offered",
        )
        yield self._outcome(
            "indifferent",
            q,
            sp.Eq(s.s, limit),
            concept,
            free=(q,),
            where=sp.And(q >= 0, q < 1),
            note="the whole pie of today just makes up for tomorrow",
        )

    def _outcome(
        self, name: str, settle: Expr, condition: Boolean, concept: str, **fields: Any
    ) -> Equilibrium:
        proposer = "hegemon" if concept == HEGEMON_OFFERS else "member"
        profile = {
            "offers by": mixed_strategy("offers by", proposer, SIDES),
            "today": {"settle": settle, "break down": 1 - settle},
            "later": {"settle": sp.Integer(1), "break down": sp.Integer(0)},
        }
        payoffs = {p: self.general.payoff(profile, p) for p in SIDES}
        return Equilibrium(name, profile, payoffs, condition, concept, game=self, **fields)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Backward induction against every offer ``x``, later and then today."""
        side = "hegemon" if equilibrium.concept == HEGEMON_OFFERS else "member"
        s = self.symbols
        x_0, x_1 = self._member_shares(side)
        later = {"hegemon": 1 - x_1, "member": x_1}
        settle = equilibrium.profile["today"]["settle"]
        steps = [
            *_checks("later", side, x_1, later, later, (s.p + s.s, s.c_b, s.delta), sp.Integer(1)),
            *_checks("today", side, x_0, _expected_payoffs(x_0, later, s.delta), later,
                   (s.p, s.c_b, s.delta), settle),
        ]  # fmt: skip
        return tuple(Obligation(o.where, self._substitute(o.statement)) for o in steps)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Power is constant from tomorrow on: values there are unique, and today follows."""
        return (
            "backward induction",
            sp.true,
            "once power is constant, the side that offers leaves the other its strength in every "
            "equilibrium (a breakdown wastes c_b > 0), so continuation values are unique and one "
            "step of backward induction is left; what is offered where everything is refused is "
            "idle and not listed",
        )

    def lemmas(self) -> tuple[Proposition, ...]:
        """Propositions that hold at all parameters, with their proofs."""
        game = self.general
        s, space = game.symbols, Space.of(game.space, *_DEPTH_CONDITIONS)
        powell_condition = game.powell_gap > 0
        gap_by_depth = game.powell_gap.subs(s.s, s.xi * s.y)
        price = game.offer_today - (1 - s.p - s.c_b)

        def claim(name: str, statement: str, *steps: Boolean) -> Proposition:
            claims = tuple(Claim.of(step, given=space) for step in steps)
            return Proposition(name, statement, "all parameters", claims)

        return (
            claim(
                "Powell's condition suffices",
                "where it holds there is a breakdown today, whoever offers",
                sp.Implies(
                    powell_condition, sp.And(s.s > game.tolerable_shift, s.s > game.powell_shift)
                ),
            ),
            claim(
                "Powell's condition decides if the member offers",
                "then there is a breakdown today exactly where the condition holds",
                sp.Or(
                    sp.And(powell_condition, s.s > game.powell_shift),
                    sp.And(sp.Not(powell_condition), s.s <= game.powell_shift),
                ),
            ),
            claim(
                "what the condition misses",
                "if the hegemon offers, shifts that are smaller by the cost of a breakdown break",
                sp.Eq(game.powell_shift - game.tolerable_shift, s.c_b, evaluate=False),
            ),
            claim(
                "larger, faster, more patient",
                "a larger shift, more patience, deeper integration that lasts: each makes a "
                "breakdown today more likely",
                sp.diff(game.powell_gap, s.s) > 0,
                sp.diff(game.powell_gap, s.delta) > 0,
                sp.diff(game.tolerable_shift, s.delta) < 0,
                sp.diff(gap_by_depth, s.y) > 0,
                sp.diff(game.breaking_depth, s.xi) < 0,
            ),
            claim(
                "the price of a shift",
                "a settlement pays the member more than its strength today, by delta s/(1 - delta)",
                sp.Eq(price, s.delta * s.s / (1 - s.delta), evaluate=False),
                price >= 0,
            ),
        )


def _cancel(expression: Expr) -> Expr:
    """A rational function in lowest terms, with maxima as indeterminates."""
    dummies = {atom: sp.Dummy() for atom in expression.atoms(sp.Max)}
    originals = {dummy: atom for atom, dummy in dummies.items()}
    return sp.cancel(expression.xreplace(dummies)).xreplace(originals)


def _expected_payoffs(share: Expr, later: Mapping[str, Expr], delta: Expr) -> dict[str, Expr]:
    """The payoffs of both from a share for the member today and a settlement later."""
    return {
        "hegemon": (1 - delta) * (1 - share) + delta * later["hegemon"],
        "member": (1 - delta) * share + delta * later["member"],
    }


def _checks(
    period: str,
    proposer: str,
    share: Expr,
    agreement: Mapping[str, Expr],
    later: Mapping[str, Expr],
    strength: tuple[Expr, Expr, Expr],
    settle: Expr,
) -> Iterator[Obligation]:
    """The obligations of agreement and of refusal in one period.

    With a free probability of settling both hold: each is as good as the other.
    """
    p, cost, delta = strength
    breakdown = {"hegemon": p, "member": 1 - p - cost}
    responder = "member" if proposer == "hegemon" else "hegemon"
    x = sp.Symbol("x", real=True)
    offer_payoffs = _expected_payoffs(x, later, delta)
    feasible = sp.And(x >= 0, x <= 1)
    acceptance = sp.And(feasible, sp.Gt(offer_payoffs[responder], breakdown[responder]))
    if settle != 0:
        yield Obligation(f"{period}: the share is one", sp.And(share >= 0, share <= 1))
        yield Obligation(
            f"{period}: the {responder} accepts", agreement[responder] >= breakdown[responder]
        )
        yield Obligation(
            f"{period}: the {proposer} rather settles", agreement[proposer] >= breakdown[proposer]
        )
        no_better_offer = sp.Implies(acceptance, offer_payoffs[proposer] <= agreement[proposer])
        yield Obligation(
            f"{period}: no other accepted offer is better for the {proposer}", no_better_offer
        )
    if settle != 1:
        no_better_offer = sp.Implies(acceptance, offer_payoffs[proposer] <= breakdown[proposer])
        yield Obligation(
            f"{period}: no accepted offer is better for the {proposer} than none", no_better_offer
        )


def _strengths(name: str, values: Iterable[object]) -> list[Expr]:
    """A strength for each period, exactly."""
    allowed = "a sequence of strengths, one for each period"
    sequence = (
        tuple(values) if isinstance(values, Iterator) else arg.sequence(name, values, allowed)
    )
    return [exact(strength, name) for strength in sequence]
