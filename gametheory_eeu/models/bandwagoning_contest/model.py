"""The bandwagoning contest as one file: the model and what it implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model import Equilibrium, Game, Implicit, Obligation, declare, quantity
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.bandwagoning_contest.equilibrium_search import (
    ACTIONS,
    MOST_LISTED_TIES,
    MOST_MEMBERS,
    MOST_SYMBOLIC_MEMBERS,
    ContestSearch,
)

_LEFT = "joiners and balancers cannot coexist and nobody balances alone"
_EQUAL = "equal members balance all or none, and split between joining and waiting only at the tie"
_UNEQUAL = "who balances is lighter than everybody who waits"
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
        arg.one_of("action", action, ACTIONS)
        if not all(hasattr(x, name) for name in ("tau", "lam", "P", "R", "c")):
            raise ParameterError("at", at, "what holds the game's symbols or numbers by name")
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
        return prover.simplify(condition.subs(self.values, simultaneous=True), self.space)

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
        own = mixes.pop(player)
        weight = dict(zip(self.players, self._weights, strict=True))
        others = [(weight[m], mix["Balance"]) for m, mix in mixes.items()]
        costs = (p * self._expected_cost(a, weight[player], others) for a, p in own.items() if p)
        return (-sp.Add(*costs)).subs(self.values)

    def _expected_cost(self, action: str, own: Expr, others: list[tuple[Expr, Expr]]) -> Expr:
        """What an action costs on average, the others balancing with these probabilities."""
        if action != "Balance":
            return self.cost(action, own, sp.Integer(0))
        lots = [[(w * x, p if x else 1 - p) for x in (0, 1) if p != 1 - x] for w, p in others]
        return sp.Add(
            *(
                sp.Mul(*(chance for _, chance in lot))
                * self.cost(action, own, own + sp.Add(*(w for w, _ in lot)))
                for lot in product(*lots)
            )
        )

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
        support = equilibrium.support
        profile = {
            m: actions[0] if len(actions) == 1 else equilibrium.profile[m]
            for m, actions in support.items()
        }
        for m, own in ((p, action) for p in self.players for action in support[p]):
            at = self.payoff({**profile, m: own}, m)
            who = m if len(support[m]) == 1 else f"{m} that plays {own}"
            for other in ACTIONS:
                if other != own:
                    gain = self.payoff({**profile, m: other}, m)
                    yield Obligation(f"{who}: {other} gains nothing", sp.Ge(at, gain))

    # Every pure equilibrium.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Equal members: three symmetric equilibria and the tie. Named: the profiles left."""
        if self.members is None:
            return self._of_equals()
        return ContestSearch(self, self._weights).equilibria()

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

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """All of them, everywhere: the lemmas exclude every other profile."""
        if self.members is None:
            return "closed form", sp.true, f"{_LEFT}; {_EQUAL}: each proved, see lemmas()"
        search = ContestSearch(self, self._weights)
        family = (
            f". The family stands for {search.stands_for} equilibria, those between its two ends"
            if search.ties
            else ""
        )
        why = f"{_LEFT}; {_UNEQUAL}: each proved, see lemmas(){family}"
        return "search over coalitions", sp.true, why

    @classmethod
    def lemmas(cls) -> tuple[prover.Proof, ...]:
        """Proofs that no other pure profile is an equilibrium, for any number of members.

        Nobody joins while another balances; nobody balances alone; and nobody waits while a
        member of the same weight, or a heavier one, balances. The last makes the balancers the
        lightest members, and all or none of those that are alike.
        """
        game = cls()
        s, cost = game.symbols, game.cost
        x, y, z = sp.symbols("x y z", real=True)
        sizes = [x > 0, y > 0, z >= 0]
        coexist = sp.And(
            sp.Le(cost("Balance", x, x + z), s.tau), sp.Le(s.tau, cost("Balance", y, x + z + y))
        )
        alone = sp.Le(cost("Balance", x, x), cost("Wait", x, 0))
        lighter = sp.And(
            sp.Le(y, x),
            sp.Le(cost("Balance", x, x + z), cost("Wait", x, 0)),
            sp.Le(cost("Wait", y, 0), cost("Balance", y, x + z + y)),
        )
        return tuple(
            prover.prove(sp.Not(claim), given=[game.space, *sizes])
            for claim in (coexist, alone, lighter)
        )


def _absolute(game: BandwagoningContest) -> Expr:
    return type(game).absolute_threshold.function(game)


__all__ = [
    "ACTIONS",
    "MOST_LISTED_TIES",
    "MOST_MEMBERS",
    "MOST_SYMBOLIC_MEMBERS",
    "BandwagoningContest",
]
