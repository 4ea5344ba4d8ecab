"""Power that shifts while sides bargain, as one file: the model and what it implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.model import (
    Claim,
    Equilibrium,
    Game,
    Obligation,
    Proposition,
    declare,
    quantity,
)
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.solvers.power_shift_path import BargainingPath, bargaining_path

POWELL = Source("L", "Powell2004", "the inefficiency condition")
PROTOCOL = Source("M", "Powell2006", "the hegemon offers, or the member does, in every period")
HEGEMON, MEMBER = "subgame perfect, hegemon offers", "subgame perfect, member offers"
SIDES = ("hegemon", "member")
_DEPTH = (v.LOCK_IN.condition, v.INTEGRATION_DEPTH.condition)


class PowerShift(Game):
    r"""Power shift: a deal today makes the hegemon stronger tomorrow.

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

    parameters = declare(
        v.DISCOUNT_FACTOR,
        v.HEGEMON_STRENGTH,
        v.BREAKDOWN_COST,
        v.POWER_SHIFT,
        v.LOCK_IN,
        v.INTEGRATION_DEPTH,
    )
    actions: ClassVar[Mapping[str, tuple[str, ...]]] = Frozen(
        {
            "offers by": SIDES,
            "today": ("settle", "break down"),
            "later": ("settle", "break down"),
        }
    )
    concepts = (HEGEMON, MEMBER)

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

    @quantity("x_0", PROTOCOL, exists_when=lambda game: game._made_up_for)
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
    def _made_up_for(self) -> Boolean:
        return sp.Le(self.symbols.s, type(self).tolerable_shift.function(self))

    @arg.checks(offers_by=arg.text)
    def path(
        self,
        hegemon: Iterable[object] | None = None,
        member: Iterable[object] | None = None,
        *,
        offers_by: Literal["hegemon", "member"] = "hegemon",
    ) -> BargainingPath:
        """Bargaining along any path of strengths, period by period, exact; the last pair lasts.

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
            strengths = [self._at(s.p), self._at(s.p + s.s)]
            hegemon, member = strengths, [1 - p - self._at(s.c_b) for p in strengths]
        hegemon, member = (_strengths("hegemon", hegemon), _strengths("member", member))
        delta = self._at(s.delta)
        proposer: Literal["rising", "declining"] = (
            "rising" if offers_by == "hegemon" else "declining"
        )
        needed = [delta, *hegemon, *member]
        if any(x.free_symbols for x in needed):
            raise GameTheoryError(
                "a path needs numbers: game.at(delta=…, p=…, c_b=…, s=…).path(), or give the path"
            )
        return bargaining_path(hegemon, member, delta, proposer)

    def _at(self, expression: Expr) -> Expr:
        return expression.subs(self.values, simultaneous=True).subs(self.values)

    # Payoffs and equilibria.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The average payoff where each period settles with some probability, at the offers made.

        ``profile["offers by"]`` is ``"hegemon"`` or ``"member"``; a lottery means that it is drawn
        once, at the start.
        """
        self._check_player(player)
        mixes = {where: mixed(where, profile.get(where), a) for where, a in self.actions.items()}
        worth = sum(
            chance * self._worth(offering, mixes["today"]["settle"], mixes["later"]["settle"])
            for offering, chance in mixes["offers by"].items()
        )
        if player == "hegemon":
            return self._at(_tidy(worth))
        s = self.symbols
        today, later = mixes["today"]["break down"], mixes["later"]["break down"]
        lost = s.c_b * (today + (1 - today) * s.delta * later)
        return self._at(_tidy(1 - lost - worth))

    def _worth(self, offering: str, today: Expr, later: Expr) -> Expr:
        """The hegemon's average payoff: the pie not wasted is the member's otherwise."""
        s, (x_0, x_1) = self.symbols, self._member_shares(offering)
        after = later * (1 - x_1) + (1 - later) * (s.p + s.s)
        return today * ((1 - s.delta) * (1 - x_0) + s.delta * after) + (1 - today) * s.p

    def _member_shares(self, offering: str) -> tuple[Expr, Expr]:
        """What the member gets today and later if there is agreement."""
        declared, s = type(self), self.symbols
        if offering == "hegemon":
            return declared.offer_today.function(self), declared.offer_later.function(self)
        return 1 - sp.Max(0, s.p - s.delta * s.s / (1 - s.delta)), 1 - s.p - s.s

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Settlement, breakdown, and the tie between them."""
        s, general = self.symbols, self.general
        q = sp.Symbol("q", real=True)
        limit = general.tolerable_shift if concept == HEGEMON else general.powell_shift
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
        self, name: str, settle: Expr, condition: Boolean, concept: str, **more: Any
    ) -> Equilibrium:
        by = "hegemon" if concept == HEGEMON else "member"
        profile = {
            "offers by": mixed("offers by", by, SIDES),
            "today": {"settle": settle, "break down": 1 - settle},
            "later": {"settle": sp.Integer(1), "break down": sp.Integer(0)},
        }
        payoffs = {p: self.general.payoff(profile, p) for p in SIDES}
        return Equilibrium(name, profile, payoffs, condition, concept, game=self, **more)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Backward induction, against every offer ``x`` there could be, later and then today."""
        by = "hegemon" if equilibrium.concept == HEGEMON else "member"
        s = self.symbols
        x_0, x_1 = self._member_shares(by)
        later = {"hegemon": 1 - x_1, "member": x_1}
        settle = equilibrium.profile["today"]["settle"]
        steps = [
            *_owed("later", by, x_1, later, later, (s.p + s.s, s.c_b, s.delta), sp.Integer(1)),
            *_owed("today", by, x_0, _expected(x_0, later, s.delta), later,
                   (s.p, s.c_b, s.delta), settle),
        ]  # fmt: skip
        return tuple(Obligation(o.where, self._at(o.statement)) for o in steps)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Power no longer shifts tomorrow: values there are unique, and today follows from them."""
        return (
            "backward induction",
            sp.true,
            "once power is constant, the side that offers leaves the other its strength in every "
            "equilibrium (a breakdown wastes c_b > 0), so continuation values are unique and one "
            "step of backward induction is left; what is offered where everything is refused is "
            "idle and not listed",
        )

    def propositions(self) -> tuple[Proposition, ...]:
        """What holds at all parameters, with its proofs."""
        game = self.general
        s, space = game.symbols, Space.of(game.space, *_DEPTH)
        powell = game.powell_gap > 0
        by_depth = game.powell_gap.subs(s.s, s.xi * s.y)
        price = game.offer_today - (1 - s.p - s.c_b)

        def claim(name: str, statement: str, *steps: Boolean) -> Proposition:
            claims = tuple(Claim.of(step, given=space) for step in steps)
            return Proposition(name, statement, "all parameters", claims)

        return (
            claim(
                "Powell's condition suffices",
                "where it holds there is a breakdown today, whoever offers",
                sp.Implies(powell, sp.And(s.s > game.tolerable_shift, s.s > game.powell_shift)),
            ),
            claim(
                "Powell's condition decides if the member offers",
                "then there is a breakdown today exactly where the condition holds",
                sp.Or(
                    sp.And(powell, s.s > game.powell_shift),
                    sp.And(sp.Not(powell), s.s <= game.powell_shift),
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
                sp.diff(by_depth, s.y) > 0,
                sp.diff(game.breaking_depth, s.xi) < 0,
            ),
            claim(
                "the price of a shift",
                "a settlement pays the member more than its strength today, by delta s/(1 - delta)",
                sp.Eq(price, s.delta * s.s / (1 - s.delta), evaluate=False),
                price >= 0,
            ),
        )


def _tidy(expression: Expr) -> Expr:
    """A quotient of polynomials in lowest terms, with what is not one kept as it is."""
    kept = {atom: sp.Dummy() for atom in expression.atoms(sp.Max)}
    back = {dummy: atom for atom, dummy in kept.items()}
    return sp.cancel(expression.xreplace(kept)).xreplace(back)


def _expected(share: Expr, later: Mapping[str, Expr], delta: Expr) -> dict[str, Expr]:
    """What a share for the member today and a settlement later are worth to each."""
    return {
        "hegemon": (1 - delta) * (1 - share) + delta * later["hegemon"],
        "member": (1 - delta) * share + delta * later["member"],
    }


def _owed(
    when: str,
    by: str,
    share: Expr,
    agreed: Mapping[str, Expr],
    later: Mapping[str, Expr],
    strength: tuple[Expr, Expr, Expr],
    settle: Expr,
) -> Iterator[Obligation]:
    """What agreement at a share owes in one period, and what refusing it owes.

    With a free probability of settling both hold: each is as good as the other.
    """
    p, cost, delta = strength
    alone = {"hegemon": p, "member": 1 - p - cost}
    other = "member" if by == "hegemon" else "hegemon"
    x = sp.Symbol("x", real=True)
    offered = _expected(x, later, delta)
    possible = sp.And(x >= 0, x <= 1)
    accepted = sp.And(possible, sp.Gt(offered[other], alone[other]))
    if settle != 0:
        yield Obligation(f"{when}: the share is one", sp.And(share >= 0, share <= 1))
        yield Obligation(f"{when}: the {other} accepts", agreed[other] >= alone[other])
        yield Obligation(f"{when}: the {by} rather settles", agreed[by] >= alone[by])
        gains = sp.Implies(accepted, offered[by] <= agreed[by])
        yield Obligation(f"{when}: no other accepted offer is better for the {by}", gains)
    if settle != 1:
        gains = sp.Implies(accepted, offered[by] <= alone[by])
        yield Obligation(f"{when}: no accepted offer is better for the {by} than none", gains)


def _strengths(name: str, given: Iterable[object]) -> list[Expr]:
    """A strength for each period, exactly."""
    allowed = "a sequence of strengths, one for each period"
    listed = tuple(given) if isinstance(given, Iterator) else arg.sequence(name, given, allowed)
    return [exact(strength, name) for strength in listed]
