"""Hedging: common agency, its truthful equilibrium and what it pays to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Equilibrium, Game, Obligation, declare, quantity
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice, best_payoff, isolated_solutions
from gametheory_eeu.models.hedging.principals import (
    CommonAgency,
    alignment_cost,
    opposition_worth,
    support_worth,
)
from gametheory_eeu.models.publication import Publication

BERNHEIM_WHINSTON = Source("L", "BernheimWhinston1986", "truthful equilibrium")
_ALIGNMENT = sp.Symbol("a", real=True)
_TRANSFERS = {"hegemon": "t_R", "rival": "t_E"}
_PLACES = {"interior": "between", "a = 0": "none", "a = 1": "full"}


class Hedging(Game):
    r"""Hedging: a member sells its alignment to a hegemon and to a rival.

    **Players.** A hegemon, its rival, and a member between them.

    **Timing.** The two principals offer, at once, a payment for every alignment :math:`a` in
    :math:`[0, 1]`. The member chooses one, and is paid by both.

    **Payoffs.** Alignment is worth :math:`\mu V_R a` to the hegemon, whose cause pays off with
    probability :math:`\mu` (1 unless set), and :math:`V_E(1-a)` to the rival. It costs the member
    :math:`k(a - a_0)^2/2`.

    **Concept.** Truthful equilibrium: each offer differs from what alignment is worth to the
    principal by a constant, unless it is zero. Alignment is then best for all three together, and
    a principal pays what makes the member as well off as with the other alone. Other equilibria
    exist, also at other alignments (see the propositions).

    After Bernheim and Whinston (1986).
    """

    title = "Hedging"
    publication = Publication(
        "bernheim and whinston 1986",
        "two principals bid for the policy of one agent",
        ("agency",),
        "BernheimWhinston1986",
    )

    parameters = declare(
        v.HEGEMON_STAKE,
        v.RIVAL_STAKE,
        v.ADJUSTMENT_COST,
        v.NATURAL_ALIGNMENT,
        v.with_default(v.TRUST, 1),
    )
    concepts: ClassVar[tuple[str, ...]] = ("truthful",)

    @staticmethod
    def among(
        supporters: Any,
        opponents: Any = (),
        *,
        adjustment_cost: Any = None,
        natural_alignment: Any = None,
    ) -> CommonAgency:
        """Hedging between any number of named principals, on either side or all on one.

        Parameters
        ----------
        supporters, opponents : list of str, or mapping of name to number
            Who wants alignment, and who wants none; names alone leave the stakes as symbols.
        adjustment_cost, natural_alignment : number or expression, optional

        Examples
        --------
        >>> Hedging.among(["North", "East"], ["West"])
        <Hedging between many: North, East for; West against>
        """
        return CommonAgency(
            supporters,
            opponents,
            adjustment_cost=adjustment_cost,
            natural_alignment=natural_alignment,
        )

    @property
    def players(self) -> tuple[str, ...]:
        """Both principals and the member."""
        return (*_TRANSFERS, "member")

    def _worth(self, player: str, a: Expr) -> Expr:
        """What an alignment is worth to a player, payments apart."""
        s = self.symbols
        if player == "hegemon":
            return support_worth(a, s.mu * s.V_R)
        if player == "rival":
            return opposition_worth(a, s.V_E)
        return -alignment_cost(a, s.k, s.a_0)

    def joint_choice(self, *principals: str) -> ContinuousGame:
        """The choice that is best for the member and some of the principals together.

        Examples
        --------
        >>> Hedging(V_E=1, k=2, a_0="1/2").joint_choice("rival").solve()["a = 0"].choices["a"]
        0
        """
        for name in principals:
            arg.one_of("principal", name, _TRANSFERS)
        worth = sp.Add(*(self._worth(p, _ALIGNMENT) for p in (*principals, "member")))
        together = ", ".join((*principals, "member"))
        problem = ContinuousGame({together: worth}, {together: "0 <= a <= 1"})
        return problem.over(self.general.space).over(self.space, self.values)

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The payoff at an alignment and two payments: ``{"a": …, "t_R": …, "t_E": …}``."""
        self._check_player(player)
        names = ("a", *_TRANSFERS.values())
        if set(profile) != set(names):
            allowed = f"a value for each of {', '.join(names)}"
            raise ParameterError("profile", dict(profile), allowed)
        value = {name: exact(profile[name], name) for name in names}
        paid = [value[name] for name in _TRANSFERS.values()]
        own = sp.Add(*paid) if player == "member" else -value[_TRANSFERS[player]]
        worth = self._worth(player, _ALIGNMENT).subs(self.values, simultaneous=True)
        return worth.subs(_ALIGNMENT, value["a"]) + own

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """The truthful equilibrium, case by case: where three best alignments are inside or not."""
        return _truthful_equilibria(self.general)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """Joint worth is convex in what alignment is worth, so that truthful payoffs are unique."""
        return (
            "joint choices",
            sp.true,
            "truthful equilibria maximise the joint payoff, which is strictly concave; what all "
            "three have together is at most what the member has with one principal and with the "
            "other, so a principal's payoff is what is lost without it",
        )

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Bernheim and Whinston's characterisation, against every other alignment."""
        return tuple(self._obligations(equilibrium))

    def _obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        a, other = equilibrium.choices["a"], sp.Dummy("a'", real=True)
        elsewhere = sp.Or(other < 0, other > 1)

        def worth(player: str, level: Expr) -> Expr:
            return self._worth(player, level).subs(self.values, simultaneous=True)

        everyone = [sp.Add(*(worth(p, level) for p in self.players)) for level in (a, other)]
        yield Obligation("the alignment is possible", sp.And(a >= 0, a <= 1))
        yield Obligation("no other is better for all together",
                         sp.Or(elsewhere, everyone[1] <= everyone[0]))  # fmt: skip
        member = equilibrium.payoffs["member"]
        for left_out, payer in (("hegemon", "rival"), ("rival", "hegemon")):
            paid = equilibrium.choices[_TRANSFERS[payer]]
            yield Obligation(f"the {payer} pays, and is not paid", paid >= 0)

            def alone(level: Expr, payer: str = payer, paid: Expr = paid) -> Expr:
                """What the member has from one truthful offer, where that is not zero."""
                return paid + worth(payer, level) - worth(payer, a) + worth("member", level)

            yield Obligation(f"without the {left_out} the member has no more",
                             sp.Or(elsewhere, alone(other) <= member))  # fmt: skip
            best = _best_alone(self.general, payer).subs(self.values, simultaneous=True)
            yield Obligation(f"and no less: the {left_out} pays no more than it has to",
                             alone(best) >= member)  # fmt: skip

    def _joint_payoff(self, *principals: str) -> Expr:
        """The most that the member and some of the principals have together."""
        return best_payoff(self.general.joint_choice(*principals))

    def _transfer(self, principal: str, other: str) -> Expr:
        """What a principal pays: its worth, less what all have together and would without it."""
        loss = self._joint_payoff(*_TRANSFERS) - self._joint_payoff(other)
        return self._worth(principal, self._best_alignment) - loss

    @property
    def _best_alignment(self) -> Expr:
        return best_choice(self.general.joint_choice(*_TRANSFERS), "a")

    @quantity("a^*", BERNHEIM_WHINSTON)
    def alignment(self) -> Expr:
        """The member's alignment with the hegemon."""
        return self._best_alignment

    @quantity("t_R", BERNHEIM_WHINSTON)
    def hegemon_transfer(self) -> Expr:
        """What the hegemon pays the member."""
        return self._transfer("hegemon", "rival")

    @quantity("t_E", BERNHEIM_WHINSTON)
    def rival_transfer(self) -> Expr:
        """What the rival pays the member."""
        return self._transfer("rival", "hegemon")

    @quantity("U", BERNHEIM_WHINSTON)
    def hedging_rent(self) -> Expr:
        """What the member gains by standing between the two."""
        alone = self._joint_payoff("hegemon") + self._joint_payoff("rival")
        return alone - self._joint_payoff(*_TRANSFERS)


@lru_cache(maxsize=64)
def _truthful_equilibria(game: Hedging) -> tuple[Equilibrium, ...]:
    """The truthful equilibrium in the symbols of a game, for each place of the best alignments."""
    space = game.space
    problems = [game.joint_choice(*p) for p in (_TRANSFERS, ["hegemon"], ["rival"])]
    result = []
    for all_three, with_hegemon, with_rival in product(*map(isolated_solutions, problems)):
        solutions = (all_three, with_hegemon, with_rival)
        condition = sp.And(*(s.condition for s in solutions))
        if condition == sp.false or not prover.is_satisfiable(Space.of(space, condition)):
            continue
        whole, hegemon, rival = (sp.Add(*s.payoffs.values()) for s in solutions)
        a = all_three.choices["a"]
        net = {"hegemon": whole - rival, "rival": whole - hegemon}
        choices = {"a": a} | {
            name: sp.factor(game._worth(principal, a) - net[principal])
            for principal, name in _TRANSFERS.items()
        }
        payoff = {p: sp.factor(game.payoff(choices, p)) for p in game.players}
        result.append(
            Equilibrium(
                _name(solutions), FrozenMapping(), payoff, prover.simplify(condition, space),
                game.concepts[0], choices=choices, game=game,
                note="alignment is best for all three; each principal pays what makes the member "
                "as well off as with the other alone",
            )
        )  # fmt: skip
    return tuple(result)


def _name(solutions: Iterable[Equilibrium]) -> str:
    together, hegemon, rival = (_PLACES[s.name] for s in solutions)
    places = {"hegemon": hegemon, "rival": rival}
    alone = [f"{place} with the {p} alone" for p, place in places.items() if place != together]
    return "; ".join([together, *alone])


def _best_alone(game: Hedging, principal: str) -> Expr:
    """The best alignment for the member and one principal."""
    return best_choice(game.joint_choice(principal), "a")
