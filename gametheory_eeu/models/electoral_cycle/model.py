"""The electoral cycle: one period's announcement, the calendar of many, and what signals tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice, isolated_solutions
from gametheory_eeu.models.publication import Publication

NORDHAUS = Source("L", "Nordhaus1975", "with a quadratic cost [M]")
ROGOFF = Source("L", "Rogoff1990", "two types, a linear cost of the signal [M]")
_AMOUNT = sp.Symbol("a", real=True)
_MOST_PERIODS = 10_000
_TYPES = ("able", "unable")
_SIGNALS = dict(zip(_TYPES, ("a_H", "a_L"), strict=True))
_NOTE = "whoever announces anything else is taken for unable"


class ElectoralCycle(Game):
    r"""The electoral cycle: announcements of integration before elections, and after.

    **Player.** An incumbent, who decides in every period how much to announce.

    **Payoffs.** An announcement :math:`a \ge 0` costs :math:`ca^2/2`. At the next election, in
    :math:`k` periods, voters remember :math:`q = d^k` of it, which is worth :math:`Bqa`; where no
    election is to come, :math:`q = 0`.

    **Concept.** The best announcement, period by period: none bears on another.

    After Nordhaus (1975). ``ElectoralCycle.signalling`` is the version of Rogoff (1990), in which
    types of incumbent separate or pool.
    """

    title = "Electoral cycle"
    publication = Publication(
        "nordhaus 1975",
        "policy before an election, for voters who forget",
        ("voting",),
        "Nordhaus1975",
    )

    parameters = declare(
        v.ANNOUNCEMENT_BENEFIT,
        v.ANNOUNCEMENT_COST,
        v.ELECTORAL_WEIGHT,
        v.MEMORY,
        v.PERIODS_TO_ELECTION,
    )
    names = FrozenMapping({"interior": "before an election", "a = 0": "no election to come"})

    def form(self) -> ContinuousGame:
        """One period's announcement."""
        s = self.symbols
        payoff = announcement_payoff(_AMOUNT, s.q, s.B, s.c)
        return ContinuousGame({"incumbent": payoff}, {"incumbent": "a >= 0"}, title=self.title)

    @quantity("a^*", NORDHAUS)
    def announcement(self) -> Expr:
        """What the incumbent announces in one period."""
        return best_choice(self.general.form(), "a")

    def calendar(self, elections: Any, periods: int) -> tuple[Expr, ...]:
        """The announcements of all periods, from the first on, exact.

        Parameters
        ----------
        elections : list of int
            The periods in which there is an election, counted from 1.
        periods : int

        Raises
        ------
        ParameterError
            A calendar without an election, or one outside of it.

        Examples
        --------
        >>> ElectoralCycle(B=1, c=1, d="1/2").calendar([3], 5)
        (1/4, 1/2, 1, 0, 0)
        """
        count = arg.integer("periods", periods, 1, _MOST_PERIODS)
        allowed = f"a list of at least one period, from 1 to {count}"
        dates = sorted(
            arg.integer("elections", date, 1, count)
            for date in arg.sequence("elections", elections, allowed)
        )
        if not dates:
            raise ParameterError("elections", elections, allowed, "There is no election in it")
        memory = self.symbols.d.xreplace(dict(self.values))
        weights = []
        for period in range(1, count + 1):
            to_come = [date for date in dates if date >= period]
            weights.append(memory ** (to_come[0] - period) if to_come else sp.S.Zero)
        return tuple(self._announced(weight) for weight in weights)

    def _announced(self, weight: Expr) -> Expr:
        """The engine's choice where an election is to come, or where none is."""
        solutions = {e.name: e.choices["a"] for e in isolated_solutions(self.general.form())}
        amount = solutions["interior" if weight != 0 else "a = 0"]
        values = {s: x for s, x in self.values.items() if s != self.symbols.q}
        return amount.xreplace({**values, self.symbols.q: weight})

    @classmethod
    def signalling(cls, **values: object) -> ElectoralSignal:
        """The version in which an incumbent's announcement tells its type (Rogoff 1990).

        Examples
        --------
        >>> ElectoralCycle.signalling(prize=1, low_cost=2, high_cost=1, prior="1/2").least_cost
        1/2
        """
        return ElectoralSignal(**values)


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
        value = signalling_payoff(signal, self._cost(kind), prize)
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
        imitation = signalling_payoff(amount, s.c_L, s.K)
        (least,) = sp.solve(imitation, amount)
        return least

    @quantity(r"\bar a_P", ROGOFF)
    def most_pooled(self) -> Expr:
        """The most that both types may announce alike."""
        s, amount = self.symbols, sp.Dummy("a", real=True)
        (most,) = sp.solve(signalling_payoff(amount, s.c_L, s.p * s.K), amount)
        return most


def announcement_payoff(amount: Expr, memory: Expr, benefit: Expr, cost: Expr) -> Expr:
    """Payoff from an announcement: the benefit remembered at the election, less its cost."""
    return benefit * memory * amount - cost * amount**2 / 2


def signalling_payoff(amount: Expr, unit_cost: Expr, prize: Expr) -> Expr:
    """Payoff from a signal to a type that wins the prize with it."""
    return prize - unit_cost * amount
