"""Announcements as signals: an able and an unable incumbent, separate or pooled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.electoral_cycle import payoffs

ROGOFF = Source("L", "Rogoff1990", "two types, a linear cost of the signal [M]")
_TYPES = ("able", "unable")
_SIGNALS = dict(zip(_TYPES, ("a_H", "a_L"), strict=True))
_NOTE = "whoever announces anything else is taken for unable"


class ElectoralSignal(Game):
    r"""The electoral cycle with signals: what an announcement tells of an incumbent.

    **Players.** An incumbent of one of two types, and voters.

    **Timing.** Nature draws the type: able with probability :math:`p`. The incumbent announces
    :math:`a \ge 0`. Voters, who see it, form a belief.

    **Payoffs.** A unit of announcement costs an able incumbent :math:`c_H`, an unable one
    :math:`c_L > c_H`. Being taken for able with probability :math:`\beta` is worth
    :math:`\beta K`.

    **Concept.** Perfect Bayesian equilibrium in pure strategies, of which there is a continuum of
    separating and one of pooling ones. Off the path voters take the incumbent for unable, which
    deters most: what other beliefs support, these do. Some equilibria are mixed.

    After Rogoff (1990) and Spence (1973).
    """

    title = "Electoral cycle with signals"

    parameters = declare(v.PRIZE, v.LOW_COST, v.HIGH_COST, v.PRIOR)
    concepts = ("pure perfect Bayesian",)

    def constraints(self) -> tuple[Boolean, ...]:
        """Announcing costs an able incumbent less."""
        return (sp.Gt(self.symbols.c_L, self.symbols.c_H),)

    @property
    def players(self) -> tuple[str, ...]:
        """The incumbent's two types."""
        return _TYPES

    def _cost(self, kind: str) -> Expr:
        return self.symbols.c_H if kind == "able" else self.symbols.c_L

    def _payoff(self, kind: str, signal: Expr, belief: Expr) -> Expr:
        prize = belief * self.symbols.K
        value = payoffs.signalling_payoff(signal, self._cost(kind), prize)
        return value.xreplace(dict(self.values))

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """A type's payoff where the types announce ``{"a_H": …, "a_L": …}`` and are believed."""
        self._check_player(player)
        if set(profile) != set(_SIGNALS.values()):
            raise ParameterError("profile", dict(profile), "the announcements a_H and a_L")
        sent = {kind: exact(profile[name], name) for kind, name in _SIGNALS.items()}
        pooled = sp.Eq(sent["able"], sent["unable"])
        alone = self._payoff(player, sent[player], sp.Integer(player == "able"))
        together = self._payoff(player, sent[player], self.symbols.p)
        return sp.Piecewise((together, pooled), (alone, True))

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """The separating and the pooling continuum."""
        s, a = self.symbols, sp.Symbol("a", real=True)
        apart = sp.And(a >= s.K / s.c_L, a <= s.K / s.c_H)
        yield self._family("separating", {"a_H": a, "a_L": sp.S.Zero}, a, apart)
        together = sp.And(a >= 0, a <= s.p * s.K / s.c_L)
        yield self._family("pooling", {"a_H": a, "a_L": a}, a, together)

    def _family(
        self, name: str, choices: Mapping[str, Expr], free: Expr, where: Boolean
    ) -> Equilibrium:
        general = self.general
        beliefs = {k: self.symbols.p if name == "pooling" else sp.Integer(k == "able")
                   for k in _TYPES}  # fmt: skip
        earned = {k: general._payoff(k, choices[_SIGNALS[k]], beliefs[k]) for k in _TYPES}
        return Equilibrium(
            name, FrozenMapping(), earned, sp.true, self.concepts[0], choices=choices,
            free=(free,), where=where, note=_NOTE, game=self,
        )  # fmt: skip

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Each type's announcement against the other's, and against any other."""
        return tuple(self._obligations(equilibrium))

    def _obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        other = sp.Dummy("a'", real=True)
        pooled = equilibrium.choices["a_H"] == equilibrium.choices["a_L"]
        for kind, name in _SIGNALS.items():
            sent, earned = equilibrium.choices[name], equilibrium.payoffs[kind]
            yield Obligation(f"{name} is an announcement", sent >= 0)
            deviation = self._payoff(kind, other, sp.S.Zero)
            yield Obligation(f"{kind}: nothing else that is taken for unable is better",
                             sp.Or(other < 0, deviation <= earned))  # fmt: skip
            if not pooled:
                rival = "a_L" if name == "a_H" else "a_H"
                imitation = self._payoff(
                    kind, equilibrium.choices[rival], sp.Integer(rival == "a_H")
                )
                yield Obligation(f"{kind}: passing for the other type is no better",
                                 imitation <= earned)  # fmt: skip

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """By cases: the types announce the same, or not."""
        return (
            "by cases",
            sp.true,
            "types that part have the unable one announce nothing, and no imitation or deviation "
            "pays on the range only; types that pool are held by the unable one's deviation to "
            "nothing. Mixed equilibria are not among these",
        )

    @quantity("a_H^*", ROGOFF)
    def least_cost(self) -> Expr:
        """The least announcement by which an able incumbent is told apart."""
        s, amount = self.symbols, sp.Dummy("a", real=True)
        imitation = payoffs.signalling_payoff(amount, s.c_L, s.K)
        (least,) = sp.solve(imitation, amount)
        return least

    @quantity(r"\bar a_P", ROGOFF)
    def most_pooled(self) -> Expr:
        """The most that both types may announce alike."""
        s, amount = self.symbols, sp.Dummy("a", real=True)
        (most,) = sp.solve(payoffs.signalling_payoff(amount, s.c_L, s.p * s.K), amount)
        return most
