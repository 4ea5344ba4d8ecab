"""The bandwagoning contest as one file: the model and what it implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from types import SimpleNamespace
from typing import Any

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._frozen import Frozen
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games import vocabulary as v
from gametheory_eeu.model import Equilibrium, Game, Implicit, Obligation, declare, quantity
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.solvers import pure_nash
from gametheory_eeu.space import Source

ACTIONS = ("Join", "Wait", "Balance")
MOST_MEMBERS = 16
MOST_SYMBOLIC_MEMBERS = 4
_PURE = {action: Frozen({a: sp.Integer(a == action) for a in ACTIONS}) for action in ACTIONS}
OURS = Source("M", "Fiammenghi2011", "after it and Powell (1999)")


class BandwagoningContest(Game):
    r"""The bandwagoning contest: join a hegemon, wait, or balance against it.

    **Players.** :math:`n` members with weights :math:`w_i`, :math:`W = \sum_i w_i`.

    **Timing.** All choose at once, with complete information.

    **Actions and costs.** Join costs the autonomy :math:`\tau`. Wait risks domination:
    :math:`\lambda P/(P+R+w_i)`, against the hegemon's power :math:`P` with rival backing
    :math:`R`. Balance costs :math:`c` and pools the weights of all balancers: :math:`c +
    \lambda P/(P+R+w_S)`. Payoffs are minus the costs, and :math:`0 < c < \tau < \lambda \le 1`.

    **Concept.** Pure Nash equilibrium; ties keep every action that is optimal.

    A modelling choice of this project, after Fiammenghi (2011) and Powell (1999, ch. 5).
    """

    title = "Bandwagoning contest"

    parameters = declare(
        v.HEGEMON_POWER,
        v.RIVAL_POWER,
        v.WEIGHTS,
        v.MEMBER_COUNT,
        v.JOINING_COST,
        v.BALANCING_COST,
        v.DOMINATION_LOSS,
        v.POWER_CEILING,
    )
    actions = ACTIONS
    concepts = ("pure Nash",)

    @property
    def players(self) -> tuple[str, ...]:
        """The members; one stands for all where they are alike."""
        return self.members or ("member",)

    def constraints(self) -> tuple[Boolean, ...]:
        """Balancing costs less than joining, joining less than being dominated."""
        s = self.symbols
        return sp.Lt(s.c, s.tau), sp.Lt(s.tau, s.lam)

    def cost(self, action: str, weight: Any, balancing: Any, at: Any = None) -> Any:
        """What an action costs a member of this weight.

        ``balancing`` is the weight that balances, the member's own included if it does. In the
        game's symbols, or in the numbers of ``at``.
        """
        x = self.symbols if at is None else at
        if action == "Join":
            return x.tau
        if action == "Wait":
            return x.lam * x.P / (x.P + x.R + weight)
        return x.c + x.lam * x.P / (x.P + x.R + balancing)

    @property
    def _weights(self) -> tuple[Expr, ...]:
        """The members' weights; the one weight of members that are alike."""
        return (self.symbols.w,) if self.members is None else tuple(self.symbols.w)

    @property
    def _total(self) -> Expr:
        s = self.symbols
        return s.n * s.w if self.members is None else sp.Add(*self._weights)

    # What the model implies.

    @quantity("P_J", OURS)
    def joining_threshold(self) -> Expr:
        """The power above which every member prefers joining to waiting."""
        return sp.Max(*(self._joins_from(w) for w in self._weights))

    @quantity("P_J", OURS)
    def joining_thresholds(self) -> Mapping[str, Expr] | None:
        """The power above which this member prefers joining to waiting."""
        if self.members is None:
            return None
        return {m: self._joins_from(w) for m, w in zip(self.members, self._weights, strict=True)}

    @quantity(r"P_{abs}", OURS)
    def absolute_threshold(self) -> Expr:
        """The power above which joining beats even the grand balancing coalition."""
        s = self.symbols
        return (s.tau - s.c) * (s.R + self._total) / (s.lam - s.tau + s.c)

    @quantity(
        r"P_{rel}",
        OURS,
        exists_when=lambda game: game._roots_are_real,
        implicit=lambda game: game._root(sp.Lt),
    )
    def balancing_threshold(self) -> Expr:
        """The least power against which a member would rather balance with all than wait."""
        _, b, root = self._quadratic
        return (-b - root) / (2 * self.symbols.c)

    @quantity(
        r"P_{hi}",
        OURS,
        exists_when=lambda game: game._roots_are_real,
        implicit=lambda game: game._root(sp.Gt),
    )
    def upper_balancing_threshold(self) -> Expr:
        """The most power against which a member would rather balance with all than wait."""
        _, b, root = self._quadratic
        return (-b + root) / (2 * self.symbols.c)

    @quantity(r"\max(P_{abs}, P_J)", OURS)
    def dominance_threshold(self) -> Expr:
        """The power above which joining is strictly dominant for every member."""
        thresholds = (self._joins_from(w) for w in self._weights)
        return sp.Max(_absolute(self), *thresholds)

    @quantity(r"P_{abs} - P", Source("A", note="claim 16"))
    def shortfall(self) -> Expr:
        """The power the hegemon lacks to leave no choice but to bandwagon."""
        return _absolute(self) - self.symbols.P

    @quantity(r"P_{abs} - P_{max}", Source("A", note="claim 17"))
    def ceiling_gap(self) -> Expr:
        """The power it would still lack with all its resources; positive: out of reach."""
        return _absolute(self) - self.symbols.P_max

    @property
    def soft_dominance(self) -> Boolean:
        """Where all joining is one equilibrium of two, the other being that all balance."""
        power = self.symbols.P
        joins = (sp.Ge(power, self._joins_from(w)) for w in self._weights)
        condition = sp.And(*joins, sp.Le(power, _absolute(self)))
        return logic.simplify(condition.subs(self.values, simultaneous=True), self.space)

    def _joins_from(self, weight: Expr) -> Expr:
        s = self.symbols
        return s.tau * (s.R + weight) / (s.lam - s.tau)

    @property
    def _quadratic(self) -> tuple[Expr, Expr, Expr]:
        """Waiting minus balancing with all, as -(c P^2 + b P + ...): polynomial, b, root."""
        s, w, total = self.symbols, self._weights[0], self._total
        b = s.c * (2 * s.R + w + total) - s.lam * (total - w)
        last = s.c * (s.R + w) * (s.R + total)
        return s.c * s.P**2 + b * s.P + last, b, sp.sqrt(b**2 - 4 * s.c * last)

    @property
    def _roots_are_real(self) -> Boolean:
        s, w, total = self.symbols, self._weights[0], self._total
        _, b, _ = self._quadratic
        discriminant = b**2 - 4 * s.c**2 * (s.R + w) * (s.R + total)
        alike = [sp.Eq(other, w) for other in self._weights[1:]]
        return sp.And(discriminant >= 0, b < 0, *alike)

    def _root(self, side: Any) -> Implicit:
        s, w, total = self.symbols, self._weights[0], self._total
        x = sp.Symbol("x", real=True)
        polynomial, _, _ = self._quadratic
        smaller = side(x**2, (s.R + w) * (s.R + total))
        return Implicit(x, polynomial.subs(s.P, x), sp.And(x > 0, smaller))

    # Payoffs at any profile.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff of a member at a profile, pure or mixed.

        Where members are alike, ``{"member": shares}`` gives the share of members that take each
        action, and the payoff is that of a member drawn at random.
        """
        self._check_player(player)
        mixes = {p: mixed(p, profile.get(p), ACTIONS) for p in self.players}
        if self.members is None:
            return self._average(mixes["member"]).subs(self.values)
        position = self.players.index(player)
        total = sp.Integer(0)
        for pure in product(*([a for a, p in mixes[m].items() if p != 0] for m in self.players)):
            chance = sp.Mul(*(mixes[m][a] for m, a in zip(self.players, pure, strict=True)))
            total -= chance * self._own_cost(pure, position)
        return total.subs(self.values)

    def _own_cost(self, pure: tuple[str, ...], i: int) -> Expr:
        pairs = zip(self._weights, pure, strict=True)
        balancing = sp.Add(*(w for w, action in pairs if action == "Balance"))
        return self.cost(pure[i], self._weights[i], balancing)

    def _average(self, shares: Mapping[str, Expr]) -> Expr:
        s = self.symbols
        balancing = s.n * shares["Balance"] * s.w
        return -sp.Add(*(p * self.cost(a, s.w, balancing) for a, p in shares.items() if p != 0))

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No member gains by another action."""
        if self.members is None:
            return tuple(self._owed_by_a_group(equilibrium.profile["member"]))
        return tuple(self._owed_by_members(equilibrium))

    def _owed_by_a_group(self, shares: Mapping[str, Expr]) -> Iterator[Obligation]:
        s = self.symbols
        balancing = s.n * shares["Balance"] * s.w
        for action, share in shares.items():
            for other in ACTIONS:
                if share == 0 or other == action:
                    continue
                change = s.w * ((other == "Balance") - (action == "Balance"))
                stay = self.cost(action, s.w, balancing)
                leave = self.cost(other, s.w, balancing + change)
                where = f"a member that plays {action}: {other} gains nothing"
                yield Obligation(where, sp.Le(stay, leave).subs(self.values))

    def _owed_by_members(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        profile = {m: equilibrium.support[m][0] for m in self.players}
        for m in self.players:
            at = self.payoff(profile, m)
            for other in ACTIONS:
                if other != profile[m]:
                    gain = self.payoff({**profile, m: other}, m)
                    yield Obligation(f"{m}: {other} gains nothing", sp.Ge(at, gain))

    # Every pure equilibrium.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Equal members: three symmetric equilibria and the tie. Unequal: profile by profile."""
        return self._of_equals() if self.members is None else self._of_unequals()

    def _of_equals(self) -> Iterator[Equilibrium]:
        s = self.symbols
        threshold = self._joins_from(s.w)
        k = sp.Symbol("k", integer=True)
        yield self._alike(
            "all-Wait",
            sp.Le(s.P, threshold),
            {"Wait": 1},
            note="the hegemon is too weak to be worth joining",
        )
        yield self._alike(
            "all-Join", sp.Ge(s.P, threshold), {"Join": 1}, note="everyone bandwagons"
        )
        yield self._alike(
            "Join/Wait",
            sp.And(sp.Eq(s.P, threshold), s.n >= 2),
            {"Join": k / s.n, "Wait": 1 - k / s.n},
            free=(k,),
            where=sp.And(k >= 1, k <= s.n - 1),
            note="at the tie: any k members join and the others wait",
        )
        yield self._alike(
            "all-Balance",
            sp.And(*self._all_balance_condition()),
            {"Balance": 1},
            note="all balance against the hegemon",
        )

    def _all_balance_condition(self) -> tuple[Boolean, Boolean]:
        polynomial, _, _ = self._quadratic
        return sp.Le(polynomial, 0), sp.Le(self.symbols.P, _absolute(self))

    def _alike(
        self, name: str, condition: Boolean, shares: Mapping[str, Any], **more: Any
    ) -> Equilibrium:
        full = {action: sp.sympify(shares.get(action, 0)) for action in ACTIONS}
        first = next(action for action in ACTIONS if full[action] != 0)
        balancing = self._total if first == "Balance" else sp.Integer(0)
        payoff = -self.cost(first, self.symbols.w, balancing)
        return Equilibrium(
            name,
            {"member": full},
            {"member": payoff},
            condition,
            self.concepts[0],
            game=self,
            **more,
        )

    def _of_unequals(self) -> Iterator[Equilibrium]:
        numbers = self._numbers()
        self._check_size(numeric=numbers is not None)
        weights = self._weights if numbers is None else numbers.w
        actions = [ACTIONS] * len(weights)
        candidates = self._candidates(weights, numbers)

        def payoff(pure: tuple[str, ...], i: int) -> Any:
            together = sum(
                w for w, action in zip(weights, pure, strict=True) if action == "Balance"
            )
            return -self.cost(pure[i], weights[i], together, numbers)

        for pure, condition in pure_nash(actions, payoff, candidates):
            payoffs = {m: payoff(pure, i) for i, m in enumerate(self.players)}
            yield self._profile(pure, payoffs, condition)

    def _candidates(
        self, weights: Sequence[Any], numbers: SimpleNamespace | None
    ) -> Iterator[tuple[str, ...]]:
        """What ``lemmas`` leaves: nobody balances, or two or more do and nobody joins."""
        yield from product(*(self._without_balance(w, numbers) for w in weights))
        everyone = range(len(weights))
        for size in range(2, len(weights) + 1):
            for coalition in combinations(everyone, size):
                yield tuple("Balance" if i in coalition else "Wait" for i in everyone)

    def _without_balance(self, weight: Any, numbers: SimpleNamespace | None) -> tuple[str, ...]:
        if numbers is None:
            return ("Join", "Wait")
        costs = {action: self.cost(action, weight, 0, numbers) for action in ("Join", "Wait")}
        return tuple(action for action, cost in costs.items() if cost == min(costs.values()))

    def _numbers(self) -> SimpleNamespace | None:
        """Every value as a Fraction, where all are rational numbers."""
        s = self.symbols
        found = [self.values.get(x, x) for x in (s.P, s.R, s.tau, s.c, s.lam, *self._weights)]
        if not all(value.is_Rational for value in found):
            return None
        p, r, tau, c, lam, *w = (Fraction(int(q.p), int(q.q)) for q in found)
        return SimpleNamespace(P=p, R=r, tau=tau, c=c, lam=lam, w=w)

    def _check_size(self, *, numeric: bool) -> None:
        limit = MOST_MEMBERS if numeric else MOST_SYMBOLIC_MEMBERS
        if len(self._weights) > limit:
            raise TooLargeError(
                f"{len(self._weights)} unequal members make {2 ** len(self._weights)} coalitions; "
                f"at most {limit} members are searched exhaustively with "
                f"{'numbers' if numeric else 'symbols'}. Give every parameter a number (up to "
                f"{MOST_MEMBERS} members), or leave members= out: equal members are solved in "
                "closed form for every n"
            )

    def _profile(
        self, pure: tuple[str, ...], payoffs: Mapping[str, Any], condition: Boolean
    ) -> Equilibrium:
        profile = {m: _PURE[action] for m, action in zip(self.players, pure, strict=True)}
        name = f"all-{pure[0]}" if len(set(pure)) == 1 else "/".join(pure)
        return Equilibrium(name, profile, payoffs, condition, self.concepts[0], game=self)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """All of them, everywhere: the lemmas exclude every other profile."""
        method = "closed form" if self.members is None else "search over coalitions"
        return (
            method,
            sp.true,
            (
                "joiners and balancers cannot coexist and nobody balances alone; equal members "
                "balance all or none, and split between joining and waiting only at the tie: each "
                "proved, see lemmas()"
            ),
        )

    @classmethod
    def lemmas(cls) -> tuple[logic.Proof, ...]:
        """Proofs that no other pure profile is an equilibrium, for any number of members."""
        game = cls()
        s, cost = game.symbols, game.cost
        x, y, z = sp.symbols("x y z", real=True)
        sizes = [x > 0, y > 0, z >= 0]
        coexist = sp.And(
            sp.Le(cost("Balance", x, x + z), s.tau), sp.Le(s.tau, cost("Balance", y, x + z + y))
        )
        alone = sp.Le(cost("Balance", x, x), cost("Wait", x, 0))
        partial = sp.And(
            sp.Le(cost("Balance", x, x + z), cost("Wait", x, 0)),
            sp.Le(cost("Wait", x, 0), cost("Balance", x, 2 * x + z)),
        )
        return tuple(
            logic.prove(sp.Not(claim), given=[game.space, *sizes])
            for claim in (coexist, alone, partial)
        )


def _absolute(game: BandwagoningContest) -> Expr:
    return type(game).absolute_threshold.function(game)
