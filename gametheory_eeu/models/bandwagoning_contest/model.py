"""The bandwagoning contest: the game, its thresholds and its equilibria."""

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
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import Equilibrium, Game, ImplicitRoot, Obligation, declare, quantity
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.bandwagoning_contest.equilibrium_search import (
    ACTIONS,
    ContestSearch,
)

_COALITION_REASON = "joiners and balancers cannot coexist and nobody balances alone"
_EQUAL_REASON = (
    "equal members balance all or none, and split between joining and waiting only at the tie"
)
_UNEQUAL_REASON = "who balances is lighter than everybody who waits"
MODEL_CHOICE = Source("M", "Fiammenghi2011", "after it and Powell (1999)")


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
        """The cost of an action to a member with this weight.

        ``balancing`` is the weight that balances, the member's own included if it does. In the
        game's symbols, or in the numbers of ``at``.
        """
        values = self.symbols if at is None else at
        arg.one_of("action", action, ACTIONS)
        if not all(hasattr(values, name) for name in ("tau", "lam", "P", "R", "c")):
            raise ParameterError("at", at, "what holds the game's symbols or numbers by name")
        if action == "Join":
            return values.tau
        if action == "Wait":
            return values.lam * values.P / (values.P + values.R + weight)
        return values.c + values.lam * values.P / (values.P + values.R + balancing)

    @property
    def _weights(self) -> tuple[Expr, ...]:
        """The members' weights; the one weight of members that are alike."""
        return (self.symbols.w,) if self.members is None else tuple(self.symbols.w)

    @property
    def _total_weight(self) -> Expr:
        s = self.symbols
        return s.n * s.w if self.members is None else sp.Add(*self._weights)

    # What the model implies.

    @quantity("P_J", MODEL_CHOICE)
    def joining_threshold(self) -> Expr:
        """The power above which every member prefers joining to waiting."""
        return sp.Max(*(self._joining_threshold(w) for w in self._weights))

    @quantity("P_J", MODEL_CHOICE)
    def joining_thresholds(self) -> Mapping[str, Expr] | None:
        """The power above which this member prefers joining to waiting."""
        if self.members is None:
            return None
        return {
            m: self._joining_threshold(w) for m, w in zip(self.members, self._weights, strict=True)
        }

    @quantity(r"P_{abs}", MODEL_CHOICE)
    def absolute_threshold(self) -> Expr:
        """The power above which joining beats even the grand balancing coalition."""
        s = self.symbols
        return (s.tau - s.c) * (s.R + self._total_weight) / (s.lam - s.tau + s.c)

    @quantity(
        r"P_{rel}",
        MODEL_CHOICE,
        exists_when=lambda game: game._has_real_roots,
        implicit=lambda game: game._implicit_root(sp.Lt),
    )
    def balancing_threshold(self) -> Expr:
        """The least power against which a member would rather balance with all than wait."""
        _, b, root = self._quadratic
        return (-b - root) / (2 * self.symbols.c)

    @quantity(
        r"P_{hi}",
        MODEL_CHOICE,
        exists_when=lambda game: game._has_real_roots,
        implicit=lambda game: game._implicit_root(sp.Gt),
    )
    def upper_balancing_threshold(self) -> Expr:
        """The most power against which a member would rather balance with all than wait."""
        _, b, root = self._quadratic
        return (-b + root) / (2 * self.symbols.c)

    @quantity(r"\max(P_{abs}, P_J)", MODEL_CHOICE)
    def dominance_threshold(self) -> Expr:
        """The power above which joining is strictly dominant for every member."""
        thresholds = (self._joining_threshold(w) for w in self._weights)
        return sp.Max(_absolute_threshold(self), *thresholds)

    @quantity(r"P_{abs} - P", Source("A", note="claim 16"))
    def shortfall(self) -> Expr:
        """The power the hegemon lacks to leave no choice but to bandwagon."""
        return _absolute_threshold(self) - self.symbols.P

    @quantity(r"P_{abs} - P_{max}", Source("A", note="claim 17"))
    def ceiling_gap(self) -> Expr:
        """The power it would still lack with all its resources; positive: out of reach."""
        return _absolute_threshold(self) - self.symbols.P_max

    @property
    def soft_dominance(self) -> Boolean:
        """Condition that all joining is one of two equilibria, the other all balancing."""
        power = self.symbols.P
        joins = (sp.Ge(power, self._joining_threshold(w)) for w in self._weights)
        condition = sp.And(*joins, sp.Le(power, _absolute_threshold(self)))
        return prover.simplify(condition.subs(self.values, simultaneous=True), self.space)

    def _joining_threshold(self, weight: Expr) -> Expr:
        s = self.symbols
        return s.tau * (s.R + weight) / (s.lam - s.tau)

    @property
    def _quadratic(self) -> tuple[Expr, Expr, Expr]:
        """Waiting minus balancing with all, as -(c P^2 + b P + ...): polynomial, b, root."""
        s, w, total = self.symbols, self._weights[0], self._total_weight
        b = s.c * (2 * s.R + w + total) - s.lam * (total - w)
        constant = s.c * (s.R + w) * (s.R + total)
        return s.c * s.P**2 + b * s.P + constant, b, sp.sqrt(b**2 - 4 * s.c * constant)

    @property
    def _has_real_roots(self) -> Boolean:
        s, w, total = self.symbols, self._weights[0], self._total_weight
        _, b, _ = self._quadratic
        discriminant = b**2 - 4 * s.c**2 * (s.R + w) * (s.R + total)
        equal_weights = [sp.Eq(weight, w) for weight in self._weights[1:]]
        return sp.And(discriminant >= 0, b < 0, *equal_weights)

    def _implicit_root(self, side: Any) -> ImplicitRoot:
        s, w, total = self.symbols, self._weights[0], self._total_weight
        x = sp.Symbol("x", real=True)
        polynomial, _, _ = self._quadratic
        branch = side(x**2, (s.R + w) * (s.R + total))
        return ImplicitRoot(x, polynomial.subs(s.P, x), sp.And(x > 0, branch))

    # Payoffs at any profile.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff of a member at a profile, pure or mixed.

        Where members are alike, ``{"member": shares}`` gives the share of members that take each
        action, and the payoff is that of a member drawn at random.
        """
        self._check_player(player)
        mixes = {p: mixed_strategy(p, profile.get(p), ACTIONS) for p in self.players}
        if self.members is None:
            return self._average_payoff(mixes["member"]).subs(self.values)
        own_mix = mixes.pop(player)
        weights = dict(zip(self.players, self._weights, strict=True))
        others = [(weights[m], mix["Balance"]) for m, mix in mixes.items()]
        costs = (
            p * self._expected_cost(a, weights[player], others) for a, p in own_mix.items() if p
        )
        return (-sp.Add(*costs)).subs(self.values)

    def _expected_cost(
        self, action: str, own_weight: Expr, others: list[tuple[Expr, Expr]]
    ) -> Expr:
        """Expected cost of an action, given the others' probabilities of balancing."""
        if action != "Balance":
            return self.cost(action, own_weight, sp.Integer(0))
        lotteries = [[(w * x, p if x else 1 - p) for x in (0, 1) if p != 1 - x] for w, p in others]
        return sp.Add(
            *(
                sp.Mul(*(probability for _, probability in outcome))
                * self.cost(action, own_weight, own_weight + sp.Add(*(w for w, _ in outcome)))
                for outcome in product(*lotteries)
            )
        )

    def _average_payoff(self, shares: Mapping[str, Expr]) -> Expr:
        s = self.symbols
        balancing = s.n * shares["Balance"] * s.w
        return -sp.Add(*(p * self.cost(a, s.w, balancing) for a, p in shares.items() if p != 0))

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No member gains by another action."""
        if self.members is None:
            return tuple(self._symmetric_obligations(equilibrium.profile["member"]))
        return tuple(self._member_obligations(equilibrium))

    def _symmetric_obligations(self, shares: Mapping[str, Expr]) -> Iterator[Obligation]:
        s = self.symbols
        balancing = s.n * shares["Balance"] * s.w
        for action, share in shares.items():
            for deviation in ACTIONS:
                if share == 0 or deviation == action:
                    continue
                change = s.w * ((deviation == "Balance") - (action == "Balance"))
                current_cost = self.cost(action, s.w, balancing)
                deviation_cost = self.cost(deviation, s.w, balancing + change)
                label = f"a member that plays {action}: {deviation} gains nothing"
                yield Obligation(label, sp.Le(current_cost, deviation_cost).subs(self.values))

    def _member_obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        support = equilibrium.support
        profile = {
            m: actions[0] if len(actions) == 1 else equilibrium.profile[m]
            for m, actions in support.items()
        }
        for m, current in ((p, action) for p in self.players for action in support[p]):
            current_payoff = self.payoff({**profile, m: current}, m)
            subject = m if len(support[m]) == 1 else f"{m} that plays {current}"
            for deviation in ACTIONS:
                if deviation != current:
                    deviation_payoff = self.payoff({**profile, m: deviation}, m)
                    yield Obligation(
                        f"{subject}: {deviation} gains nothing",
                        sp.Ge(current_payoff, deviation_payoff),
                    )

    def form(self) -> NormalForm:
        """The normal form of a contest among listed members."""
        members = self._listed_members()
        return NormalForm(self._pure_payoffs, players=members, actions=[ACTIONS] * len(members))

    def _pure_payoffs(self, pure: tuple[str, ...]) -> list[Expr]:
        pairs = list(zip(pure, self._weights, strict=True))
        balancing = sp.Add(*(weight for action, weight in pairs if action == "Balance"))
        return [-self.cost(action, weight, balancing) for action, weight in pairs]

    # Every pure equilibrium.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Closed forms for equal members; a search over coalitions for named ones."""
        if self.members is None:
            return self._symmetric_equilibria()
        return ContestSearch(self, self._weights).equilibria()

    def _symmetric_equilibria(self) -> Iterator[Equilibrium]:
        s = self.symbols
        threshold = self._joining_threshold(s.w)
        k = sp.Symbol("k", integer=True)
        yield self._symmetric_equilibrium(
            "all-Wait",
            sp.Le(s.P, threshold),
            {"Wait": 1},
            note="the hegemon is too weak to be worth joining",
        )
        yield self._symmetric_equilibrium(
            "all-Join", sp.Ge(s.P, threshold), {"Join": 1}, note="everyone bandwagons"
        )
        yield self._symmetric_equilibrium(
            "Join/Wait",
            sp.And(sp.Eq(s.P, threshold), s.n >= 2),
            {"Join": k / s.n, "Wait": 1 - k / s.n},
            free=(k,),
            where=sp.And(k >= 1, k <= s.n - 1),
            note="at the tie: any k members join and the others wait",
        )
        yield self._symmetric_equilibrium(
            "all-Balance",
            sp.And(*self._all_balance_condition()),
            {"Balance": 1},
            note="all balance against the hegemon",
        )

    def _all_balance_condition(self) -> tuple[Boolean, Boolean]:
        polynomial, _, _ = self._quadratic
        return sp.Le(polynomial, 0), sp.Le(self.symbols.P, _absolute_threshold(self))

    def _symmetric_equilibrium(
        self, name: str, condition: Boolean, shares: Mapping[str, Any], **fields: Any
    ) -> Equilibrium:
        mix = {action: sp.sympify(shares.get(action, 0)) for action in ACTIONS}
        first_action = next(action for action in ACTIONS if mix[action] != 0)
        balancing = self._total_weight if first_action == "Balance" else sp.Integer(0)
        payoff = -self.cost(first_action, self.symbols.w, balancing)
        return Equilibrium(
            name,
            {"member": mix},
            {"member": payoff},
            condition,
            self.concepts[0],
            game=self,
            **fields,
        )

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """All of them, everywhere: the lemmas exclude every other profile."""
        if self.members is None:
            return (
                "closed form",
                sp.true,
                f"{_COALITION_REASON}; {_EQUAL_REASON}: each proved, see lemmas()",
            )
        search = ContestSearch(self, self._weights)
        family_note = (
            f". The family stands for {search.family_size} equilibria, those between its two ends"
            if search.ties
            else ""
        )
        reason = f"{_COALITION_REASON}; {_UNEQUAL_REASON}: each proved, see lemmas(){family_note}"
        return "search over coalitions", sp.true, reason

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
        domain = [x > 0, y > 0, z >= 0]
        coexistence = sp.And(
            sp.Le(cost("Balance", x, x + z), s.tau), sp.Le(s.tau, cost("Balance", y, x + z + y))
        )
        lone_balancer = sp.Le(cost("Balance", x, x), cost("Wait", x, 0))
        lighter_waiter = sp.And(
            sp.Le(y, x),
            sp.Le(cost("Balance", x, x + z), cost("Wait", x, 0)),
            sp.Le(cost("Wait", y, 0), cost("Balance", y, x + z + y)),
        )
        return tuple(
            prover.prove(sp.Not(claim), given=[game.space, *domain])
            for claim in (coexistence, lone_balancer, lighter_waiter)
        )


def _absolute_threshold(game: BandwagoningContest) -> Expr:
    return type(game).absolute_threshold.function(game)
