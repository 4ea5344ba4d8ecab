"""Pure equilibria of the contest among named members, by search over coalitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games import Equilibrium
from gametheory_eeu.solvers import pure_nash

if TYPE_CHECKING:
    from gametheory_eeu.models.bandwagoning_contest.model import BandwagoningContest

ACTIONS = ("Join", "Wait", "Balance")
MAX_MEMBERS = 100
MAX_SYMBOLIC_MEMBERS = 4
MAX_LISTED_TIES = 6
"""More tied members than these are one family: t of them make 2**t equilibria."""

_PURE_STRATEGIES = {
    action: FrozenMapping({a: sp.Integer(a == action) for a in ACTIONS}) for action in ACTIONS
}
PureProfile = tuple[str, ...]


class ContestSearch:
    """Search for every pure equilibrium of a contest among named members.

    What ``BandwagoningContest.lemmas`` leaves: nobody balances, and each joins or waits as it
    likes; or two or more balance, all others wait, and nobody who waits is as light as one who
    balances. With the weights in order that is one set of balancers for each weight.

    Raises
    ------
    TooLargeError
        More than ``MAX_MEMBERS`` members with numbers, or ``MAX_SYMBOLIC_MEMBERS`` with symbols.
    """

    def __init__(self, game: BandwagoningContest, weights: tuple[Expr, ...]) -> None:
        self.game, self.members = game, game.players
        self.known = [game.values.get(w, w) for w in weights]
        self.numbers = self._numeric_parameters()
        self.weights: Any = weights if self.numbers is None else self.numbers.w
        _check_size(len(weights), numeric=self.numbers is not None)

    def _numeric_parameters(self) -> SimpleNamespace | None:
        """The parameter values as Fractions, or None unless all are rational."""
        s, values = self.game.symbols, self.game.values
        parameter_values = [*(values.get(x, x) for x in (s.P, s.R, s.tau, s.c, s.lam)), *self.known]
        if not all(value.is_Rational for value in parameter_values):
            return None
        p, r, tau, c, lam, *w = (Fraction(int(q.p), int(q.q)) for q in parameter_values)
        return SimpleNamespace(P=p, R=r, tau=tau, c=c, lam=lam, w=w)

    def equilibria(self) -> Iterator[Equilibrium]:
        """Those without balancers, then the balancing sets, the smallest first."""
        if self.ties:
            yield from self._equilibria_among(self._extreme_profiles())
            yield self._tie_family()
        else:
            yield from self._equilibria_among(product(*self._best_reply_sets))
        yield from self._equilibria_among(self._coalitions())

    def _equilibria_among(self, candidates: Iterable[PureProfile]) -> Iterator[Equilibrium]:
        for pure, condition in pure_nash([ACTIONS] * len(self.weights), self._payoff, candidates):
            payoffs = {m: self._payoff(pure, i) for i, m in enumerate(self.members)}
            profile = {
                m: _PURE_STRATEGIES[action] for m, action in zip(self.members, pure, strict=True)
            }
            yield self._equilibrium(pure, profile, payoffs, condition)

    def _payoff(self, pure: PureProfile, i: int) -> Any:
        balancing_weight: Any = 0
        if pure[i] == "Balance":  # nobody else's cost depends on who balances
            pairs = zip(self.weights, pure, strict=True)
            balancing_weight = sum(w for w, action in pairs if action == "Balance")
        return -self.game.cost(pure[i], self.weights[i], balancing_weight, self.numbers)

    def _equilibrium(
        self,
        actions: PureProfile,
        profile: Mapping[str, Mapping[str, Expr]],
        payoffs: Mapping[str, Any],
        condition: Boolean,
        **fields: Any,
    ) -> Equilibrium:
        name = f"all-{actions[0]}" if len(set(actions)) == 1 else "/".join(actions)
        concept = self.game.concepts[0]
        return Equilibrium(name, profile, payoffs, condition, concept, game=self.game, **fields)

    # Nobody balances.

    @cached_property
    def _best_reply_sets(self) -> list[PureProfile]:
        """Each member's best replies while nobody balances."""
        if self.numbers is None:
            return [("Join", "Wait")] * len(self.weights)
        return [self._best_actions(weight) for weight in self.weights]

    def _best_actions(self, weight: Any) -> PureProfile:
        costs = {a: self.game.cost(a, weight, 0, self.numbers) for a in ("Join", "Wait")}
        return tuple(action for action, cost in costs.items() if cost == min(costs.values()))

    @cached_property
    def ties(self) -> tuple[str, ...]:
        """The members that are indifferent between joining and waiting, if too many to list."""
        if self.numbers is None:
            return ()
        pairs = zip(self.members, self._best_reply_sets, strict=True)
        tied_members = tuple(member for member, replies in pairs if len(replies) > 1)
        return tied_members if len(tied_members) > MAX_LISTED_TIES else ()

    @property
    def family_size(self) -> int:
        """Number of equilibria in the family of tied members, its two ends excluded."""
        return int(2 ** len(self.ties)) - 2

    def _extreme_profiles(self) -> Iterator[PureProfile]:
        """The two profiles in which all tied members join, or all wait."""
        yield tuple(replies[0] for replies in self._best_reply_sets)
        yield tuple(replies[-1] for replies in self._best_reply_sets)

    def _tie_family(self) -> Equilibrium:
        """The family in which each tied member joins (1) or waits (0), not all alike.

        While nobody balances no member's cost depends on the others: where both ends are
        equilibria, so is everything between.
        """
        flags: dict[str, Symbol] = {m: sp.Symbol(f"j_{m}", integer=True) for m in self.ties}
        pure, _ = self._extreme_profiles()
        actions = tuple(
            "Either" if m in flags else a for m, a in zip(self.members, pure, strict=True)
        )
        profile = {m: _PURE_STRATEGIES[a] for m, a in zip(self.members, pure, strict=True)}
        for m, j in flags.items():
            profile[m] = FrozenMapping({"Join": j, "Wait": 1 - j, "Balance": sp.Integer(0)})
        total = sp.Add(*flags.values())
        bounds = (relation for j in flags.values() for relation in (j >= 0, j <= 1))
        return self._equilibrium(
            actions,
            profile,
            {m: self._payoff(pure, i) for i, m in enumerate(self.members)},
            sp.true,
            free=tuple(flags.values()),
            where=sp.And(*bounds, total >= 1, total <= len(flags) - 1),
            note=f"at the tie: each of {len(flags)} members joins (1) or waits (0), not all alike; "
            f"{self.family_size} equilibria",
        )

    # Some balance.

    def _coalitions(self) -> Iterator[PureProfile]:
        positions = range(len(self.weights))
        for coalition in (
            self._lightest_coalitions() if self._has_numeric_weights else self._all_coalitions()
        ):
            yield tuple("Balance" if i in coalition else "Wait" for i in positions)

    @property
    def _has_numeric_weights(self) -> bool:
        return all(weight.is_Rational for weight in self.known)

    def _lightest_coalitions(self) -> Iterator[set[int]]:
        """For each weight, the coalition of all members up to it."""
        for bound in sorted(set(self.known)):
            coalition = {i for i, weight in enumerate(self.known) if weight <= bound}
            if len(coalition) > 1:
                yield coalition

    def _all_coalitions(self) -> Iterator[tuple[int, ...]]:
        """All coalitions of two or more members, for weights of unknown order."""
        positions = range(len(self.weights))
        for size in range(2, len(positions) + 1):
            yield from combinations(positions, size)


def _check_size(count: int, *, numeric: bool) -> None:
    advice = "leave members= out: equal members are solved in closed form for every n"
    if numeric and count > MAX_MEMBERS:
        raise TooLargeError(
            f"{count} unequal members are too many: at most {MAX_MEMBERS} members are searched "
            f"exhaustively with numbers. If they are alike, {advice}"
        )
    if not numeric and count > MAX_SYMBOLIC_MEMBERS:
        raise TooLargeError(
            f"{count} unequal members make {2**count} coalitions; at most "
            f"{MAX_SYMBOLIC_MEMBERS} members are searched exhaustively with symbols. Give every "
            f"parameter a number (up to {MAX_MEMBERS} members), or {advice}"
        )
