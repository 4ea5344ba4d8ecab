"""The contest of named members: every pure equilibrium, among the profiles its lemmas leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.solvers import pure_nash

if TYPE_CHECKING:
    from gametheory_eeu.models.bandwagoning_contest.model import BandwagoningContest

ACTIONS = ("Join", "Wait", "Balance")
MOST_MEMBERS = 100
MOST_SYMBOLIC_MEMBERS = 4
MOST_LISTED_TIES = 6
"""More tied members than these are one family: t of them make 2**t equilibria."""

_PURE = {action: Frozen({a: sp.Integer(a == action) for a in ACTIONS}) for action in ACTIONS}
Pure = tuple[str, ...]


class ContestSearch:
    """Every pure equilibrium of a contest of named members.

    What ``BandwagoningContest.lemmas`` leaves: nobody balances, and each joins or waits as it
    likes; or two or more balance, all others wait, and nobody who waits is as light as one who
    balances. With the weights in order that is one set of balancers for each weight.

    Raises
    ------
    TooLargeError
        More than ``MOST_MEMBERS`` members with numbers, or ``MOST_SYMBOLIC_MEMBERS`` with symbols.
    """

    def __init__(self, game: BandwagoningContest, weights: tuple[Expr, ...]) -> None:
        self.game, self.members = game, game.players
        self.known = [game.values.get(w, w) for w in weights]
        self.numbers = self._numbers()
        self.weights: Any = weights if self.numbers is None else self.numbers.w
        _check_size(len(weights), numeric=self.numbers is not None)

    def _numbers(self) -> SimpleNamespace | None:
        """Every value as a Fraction, where all are rational numbers."""
        s, values = self.game.symbols, self.game.values
        found = [*(values.get(x, x) for x in (s.P, s.R, s.tau, s.c, s.lam)), *self.known]
        if not all(value.is_Rational for value in found):
            return None
        p, r, tau, c, lam, *w = (Fraction(int(q.p), int(q.q)) for q in found)
        return SimpleNamespace(P=p, R=r, tau=tau, c=c, lam=lam, w=w)

    def equilibria(self) -> Iterator[Equilibrium]:
        """Those without balancers, then the balancing sets, the smallest first."""
        if self.ties:
            yield from self._that_hold(self._ends())
            yield self._family()
        else:
            yield from self._that_hold(product(*self._without_balance))
        yield from self._that_hold(self._coalitions())

    def _that_hold(self, candidates: Iterable[Pure]) -> Iterator[Equilibrium]:
        for pure, condition in pure_nash([ACTIONS] * len(self.weights), self._payoff, candidates):
            payoffs = {m: self._payoff(pure, i) for i, m in enumerate(self.members)}
            profile = {m: _PURE[action] for m, action in zip(self.members, pure, strict=True)}
            yield self._equilibrium(pure, profile, payoffs, condition)

    def _payoff(self, pure: Pure, i: int) -> Any:
        balancing: Any = 0
        if pure[i] == "Balance":  # nobody else's cost depends on who balances
            pairs = zip(self.weights, pure, strict=True)
            balancing = sum(w for w, action in pairs if action == "Balance")
        return -self.game.cost(pure[i], self.weights[i], balancing, self.numbers)

    def _equilibrium(
        self,
        played: Pure,
        profile: Mapping[str, Mapping[str, Expr]],
        payoffs: Mapping[str, Any],
        condition: Boolean,
        **more: Any,
    ) -> Equilibrium:
        name = f"all-{played[0]}" if len(set(played)) == 1 else "/".join(played)
        concept = self.game.concepts[0]
        return Equilibrium(name, profile, payoffs, condition, concept, game=self.game, **more)

    # Nobody balances.

    @cached_property
    def _without_balance(self) -> list[Pure]:
        """For each member the actions that are best while nobody balances."""
        if self.numbers is None:
            return [("Join", "Wait")] * len(self.weights)
        return [self._best(weight) for weight in self.weights]

    def _best(self, weight: Any) -> Pure:
        costs = {a: self.game.cost(a, weight, 0, self.numbers) for a in ("Join", "Wait")}
        return tuple(action for action, cost in costs.items() if cost == min(costs.values()))

    @cached_property
    def ties(self) -> tuple[str, ...]:
        """The members to whom joining and waiting are equal, where they are too many to list."""
        if self.numbers is None:
            return ()
        pairs = zip(self.members, self._without_balance, strict=True)
        tied = tuple(member for member, best in pairs if len(best) > 1)
        return tied if len(tied) > MOST_LISTED_TIES else ()

    @property
    def stands_for(self) -> int:
        """How many equilibria the family of the tied members is: all but its two ends."""
        return int(2 ** len(self.ties)) - 2

    def _ends(self) -> Iterator[Pure]:
        """All tied members join, all wait."""
        yield tuple(best[0] for best in self._without_balance)
        yield tuple(best[-1] for best in self._without_balance)

    def _family(self) -> Equilibrium:
        """Each tied member joins (1) or waits (0), not all alike.

        While nobody balances no member's cost depends on the others: where both ends are
        equilibria, so is everything between.
        """
        joins: dict[str, Symbol] = {m: sp.Symbol(f"j_{m}", integer=True) for m in self.ties}
        pure, _ = self._ends()
        played = tuple(
            "Either" if m in joins else a for m, a in zip(self.members, pure, strict=True)
        )
        profile = {m: _PURE[a] for m, a in zip(self.members, pure, strict=True)}
        for m, j in joins.items():
            profile[m] = Frozen({"Join": j, "Wait": 1 - j, "Balance": sp.Integer(0)})
        total = sp.Add(*joins.values())
        each = (relation for j in joins.values() for relation in (j >= 0, j <= 1))
        return self._equilibrium(
            played,
            profile,
            {m: self._payoff(pure, i) for i, m in enumerate(self.members)},
            sp.true,
            free=tuple(joins.values()),
            where=sp.And(*each, total >= 1, total <= len(joins) - 1),
            note=f"at the tie: each of {len(joins)} members joins (1) or waits (0), not all alike; "
            f"{self.stands_for} equilibria",
        )

    # Some balance.

    def _coalitions(self) -> Iterator[Pure]:
        everyone = range(len(self.weights))
        for coalition in self._lightest() if self._ordered else self._every():
            yield tuple("Balance" if i in coalition else "Wait" for i in everyone)

    @property
    def _ordered(self) -> bool:
        return all(weight.is_Rational for weight in self.known)

    def _lightest(self) -> Iterator[set[int]]:
        """For each weight, all members up to it."""
        for most in sorted(set(self.known)):
            coalition = {i for i, weight in enumerate(self.known) if weight <= most}
            if len(coalition) > 1:
                yield coalition

    def _every(self) -> Iterator[tuple[int, ...]]:
        """Every set of two or more, where weights are symbols: their order is not known."""
        everyone = range(len(self.weights))
        for size in range(2, len(everyone) + 1):
            yield from combinations(everyone, size)


def _check_size(count: int, *, numeric: bool) -> None:
    equal = "leave members= out: equal members are solved in closed form for every n"
    if numeric and count > MOST_MEMBERS:
        raise TooLargeError(
            f"{count} unequal members are too many: at most {MOST_MEMBERS} members are searched "
            f"exhaustively with numbers. If they are alike, {equal}"
        )
    if not numeric and count > MOST_SYMBOLIC_MEMBERS:
        raise TooLargeError(
            f"{count} unequal members make {2**count} coalitions; at most "
            f"{MOST_SYMBOLIC_MEMBERS} members are searched exhaustively with symbols. Give every "
            f"parameter a number (up to {MOST_MEMBERS} members), or {equal}"
        )


__all__ = ["ACTIONS", "MOST_LISTED_TIES", "MOST_MEMBERS", "MOST_SYMBOLIC_MEMBERS", "ContestSearch"]
