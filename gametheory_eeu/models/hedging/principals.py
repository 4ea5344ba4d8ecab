"""Hedging between any number of named principals: all payments of truthful equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any, ClassVar, Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import ParameterTable, declare
from gametheory_eeu.games.parameters import ValueReader, member_names
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.best_choice import best_choice, best_payoff, isolated_solutions

STAKES: Parameter = replace(
    v.HEGEMON_STAKE,
    name="stakes",
    symbol=sp.Symbol("V", real=True),
    index="member",
    meaning="a principal's value of full alignment with its side",
)
MAX_SIDE = 12
"""Principals on one side, of which every coalition sets a bound."""
_ALIGNMENT = sp.Symbol("a", real=True)
_NET_STAKE = sp.Symbol("x", real=True)


@dataclass(frozen=True)
class PrincipalRow(Picklable):
    """A principal, and the least and the most that it pays in a truthful equilibrium."""

    principal: str
    side: str
    stake: Expr
    least_transfer: Expr
    greatest_transfer: Expr


@dataclass(frozen=True, init=False, repr=False)
class CommonAgency(Displayable):
    r"""Hedging between named principals: a member paid for alignment, and for keeping away.

    **Players.** Supporters, to whom alignment :math:`a` in :math:`[0, 1]` is worth
    :math:`V_j a`; opponents, to whom it is worth :math:`V_j(1-a)`; and the member, whom it costs
    :math:`k(a - a_0)^2/2`. All principals offer, at once, a payment for every alignment.

    **Truthful equilibria.** Let :math:`W(S)` be the most that the member and the principals in
    :math:`S` have together. The alignment is best for all; the principals' payoffs, payments
    deducted, are the Pareto frontier of :math:`\sum_{j \in J} n_j \le W(N) - W(N \setminus J)`
    for every coalition :math:`J` (Bernheim and Whinston 1986, theorem 2). Joint worth is convex in
    the sum of stakes, so that here a bound on a coalition of both sides follows from those on
    its two parts, and each side as a whole meets its own: **the sides pay what two principals
    with their summed stakes would pay, and the member's rent is theirs.** How a side shares its
    bill is open within its bounds, unless it has one principal or would not move the member.

    Parameters
    ----------
    supporters, opponents : list of str, or mapping of name to number
        Names alone leave the stakes as symbols.
    adjustment_cost, natural_alignment
        Left out, they stay symbols too.

    Raises
    ------
    ParameterError
        No principal at all, a name on both sides, a stake that is not positive.

    Examples
    --------
    >>> between = CommonAgency({"North": "1/5", "East": "1/10"}, {"West": "1/5"},
    ...                        adjustment_cost=1, natural_alignment="1/2")
    >>> between.alignment, between.hedging_rent, between.is_unique
    (3/5, 3/50, False)
    >>> [(row.principal, row.least_transfer, row.greatest_transfer) for row in between.rows]
    [('North', 1/50, 1/25), ('East', 1/200, 1/40), ('West', 1/50, 1/50)]
    """

    title: ClassVar[str] = "Hedging between many"
    parameters: ClassVar[ParameterTable] = declare(STAKES, v.ADJUSTMENT_COST, v.NATURAL_ALIGNMENT)

    supporters: tuple[str, ...]
    opponents: tuple[str, ...]
    given: Mapping[str, Expr]

    def __init__(
        self,
        supporters: object,
        opponents: object = (),
        *,
        adjustment_cost: object = None,
        natural_alignment: object = None,
    ) -> None:
        sides = [_side("supporters", supporters), _side("opponents", opponents)]
        first, second = (tuple(side) for side in sides)
        if not first and not second:
            raise ParameterError("supporters", supporters, "a principal at least, on either side")
        if both := [name for name in first if name in second]:
            raise ParameterError("opponents", both, "names that are not supporters too")
        member_names([*first, *second], {})
        self.__dict__.update(supporters=first, opponents=second, given=FrozenMapping())
        stakes = {f"stakes.{n}": x for side in sides for n, x in side.items() if x is not None}
        rest = {"adjustment_cost": adjustment_cost, "natural_alignment": natural_alignment}
        values = {**stakes, **{name: x for name, x in rest.items() if x is not None}}
        self.__dict__.update(given=FrozenMapping(self._reader.given(values)))

    @property
    def principals(self) -> tuple[str, ...]:
        """The supporters and the opponents."""
        return self.supporters + self.opponents

    @cached_property
    def _reader(self) -> ValueReader:
        return ValueReader(self.parameters, self.principals, type(self).__name__)

    def at(self, **values: object) -> Self:
        """The same principals with other values: ``at(stakes={"North": 1, ...}, k=2)``."""
        result: Self = object.__new__(type(self))
        given = FrozenMapping({**self.given, **self._reader.given(values)})
        result.__dict__.update(supporters=self.supporters, opponents=self.opponents, given=given)
        return result

    @cached_property
    def values(self) -> Mapping[Symbol, Expr]:
        """Values by symbol."""
        return self._reader.values(self.given)

    @cached_property
    def space(self) -> Space:
        """The parameters that are left as symbols."""
        rows = self._reader.table
        whole = Space(tuple(row.symbol for row in rows), tuple(row.condition for row in rows))
        return whole.subs(self.values)

    @cached_property
    def stakes(self) -> Mapping[str, Expr]:
        """The stake of each principal."""
        symbols = {name: STAKES.component(name).symbol for name in self.principals}
        return FrozenMapping({name: self.values.get(s, s) for name, s in symbols.items()})

    @cached_property
    def _adjustment(self) -> Mapping[Symbol, Expr]:
        """The member's own parameters."""
        own = v.ADJUSTMENT_COST.symbol, v.NATURAL_ALIGNMENT.symbol
        return FrozenMapping({s: self.values.get(s, s) for s in own})

    def worth(self, principal: str, alignment: object) -> Expr:
        """The worth of an alignment to a principal, payments apart."""
        arg.one_of("principal", principal, self.principals)
        formula = support_worth if principal in self.supporters else opposition_worth
        return formula(exact(alignment, "alignment"), self.stakes[principal])

    # What coalitions have.

    def _in_numbers(self, formula: Expr, net_stake: Expr) -> Expr:
        """A formula of a decision, for a sum of stakes, with the cases that occur."""
        result = formula.xreplace({**self._adjustment, _NET_STAKE: net_stake})
        if not isinstance(result, sp.Piecewise):
            return result
        return sp.Piecewise(*(
            case for case in result.args if prover.is_satisfiable(Space.of(self.space, case[1]))
        ))  # fmt: skip

    def _net_stake(self, coalition: Iterable[str]) -> Expr:
        signs = {name: 1 if name in self.supporters else -1 for name in self.principals}
        return sp.Add(*(signs[name] * self.stakes[name] for name in coalition))

    def _choice(self, coalition: Iterable[str]) -> Expr:
        return self._in_numbers(best_choice(_decision(), "a"), self._net_stake(coalition))

    def joint_payoff(self, *principals: str) -> Expr:
        """The most that the member and some of the principals have together.

        Examples
        --------
        >>> CommonAgency({"North": 1}, {"West": 1}, adjustment_cost=1,
        ...              natural_alignment=0).joint_payoff("North", "West")
        1
        """
        for name in principals:
            arg.one_of("principal", name, self.principals)
        return self._joint_payoff(frozenset(principals))

    def _joint_payoff(self, coalition: frozenset[str]) -> Expr:
        if coalition not in self._joint_payoffs:
            self._joint_payoffs[coalition] = self._joint_payoff_of(coalition)
        return self._joint_payoffs[coalition]

    @cached_property
    def _joint_payoffs(self) -> dict[frozenset[str], Expr]:
        return {}

    def _joint_payoff_of(self, coalition: frozenset[str]) -> Expr:
        away = sp.Add(*(self.stakes[name] for name in self.opponents if name in coalition))
        names = [name for name in self.principals if name in coalition]
        return away + self._in_numbers(best_payoff(_decision()), self._net_stake(names))

    @cached_property
    def alignment(self) -> Expr:
        """The alignment, which is best for all together."""
        return self._choice(self.principals)

    @cached_property
    def hedging_rent(self) -> Expr:
        """The member's payoff, the same in every truthful equilibrium."""
        sides = sp.Add(*map(self._joint_payoff, map(frozenset, (self.supporters, self.opponents))))
        return sides - self._joint_payoff(frozenset(self.principals))

    # What is paid.

    def _loss(self, coalition: Iterable[str]) -> Expr:
        """What all have together, less what they would have without a coalition."""
        everyone = frozenset(self.principals)
        return self._joint_payoff(everyone) - self._joint_payoff(everyone - set(coalition))

    def least_transfer(self, *principals: str) -> Expr:
        """The least that principals of one side pay together; the whole side pays just this.

        Examples
        --------
        >>> between = CommonAgency(["North", "East"], ["West"])
        >>> stakes = {"North": "1/5", "East": "1/10", "West": "1/5"}
        >>> between.at(k=1, a_0="1/2", stakes=stakes).least_transfer("North", "East")
        9/200
        """
        for name in principals:
            arg.one_of("principal", name, self.principals)
        if len({name in self.supporters for name in principals}) > 1:
            raise ParameterError("principals", principals, "names of one side")
        return self._least_transfer(principals)

    def _least_transfer(self, coalition: Iterable[str]) -> Expr:
        names = tuple(dict.fromkeys(coalition))
        return sp.Add(*(self.worth(name, self.alignment) for name in names)) - self._loss(names)

    def transfers(self, *first: str) -> Mapping[str, Expr]:
        """The payments of each principal where some pay as little as they can, one after another.

        They are the extreme points of all truthful equilibria's payments: every other is a
        weighted mean of them, side by side.

        Parameters
        ----------
        *first : str
            Who pays least, in this order within each side; the others follow.
        """
        for name in first:
            arg.one_of("principal", name, self.principals)
        paid: dict[str, Expr] = {}
        for side in self._sides:
            order = [name for name in dict.fromkeys((*first, *side)) if name in side]
            totals = [self._least_transfer(order[:size]) for size in range(len(order) + 1)]
            paid |= {name: totals[k + 1] - totals[k] for k, name in enumerate(order)}
        return FrozenMapping({name: paid[name] for name in self.principals})

    def is_truthful(self, transfers: object) -> Boolean:
        """The condition that these payments are those of a truthful equilibrium.

        Parameters
        ----------
        transfers : mapping of principal to number

        Examples
        --------
        >>> between = CommonAgency({"North": "1/5", "East": "1/10"}, {"West": "1/5"},
        ...                        adjustment_cost=1, natural_alignment="1/2")
        >>> between.is_truthful(between.transfers("East"))
        True
        >>> between.is_truthful({"North": "1/25", "East": "1/25", "West": "1/50"})
        False
        """
        values = arg.mapping("transfers", transfers, "a payment of each principal")
        if set(values) != set(self.principals):
            allowed = f"a payment of each of {', '.join(self.principals)}"
            raise ParameterError("transfers", dict(values), allowed)
        paid = {name: exact(values[name], name) for name in self.principals}
        return sp.And(*(
            (sp.Eq if coalition == side else sp.Ge)(sp.Add(*(paid[n] for n in coalition)), bound)
            for side in self._sides
            for coalition, bound in self._bounds(side)
        ))  # fmt: skip

    def _bounds(self, side: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Expr]]:
        if len(side) > MAX_SIDE:
            raise TooLargeError(
                f"every coalition of a side sets a bound, and {len(side)} principals are above the "
                f"limit of {MAX_SIDE}; ask for the least transfer of those that matter"
            )
        for size in range(1, len(side) + 1):
            for coalition in combinations(side, size):
                yield coalition, self._least_transfer(coalition)

    @property
    def _sides(self) -> tuple[tuple[str, ...], ...]:
        return tuple(side for side in (self.supporters, self.opponents) if side)

    @cached_property
    def is_unique(self) -> Boolean:
        """The condition that all truthful equilibria have the same payments.

        Each side has one principal, or the member would do the same without it: at an end.

        Examples
        --------
        >>> CommonAgency(["North"], ["West"]).is_unique
        True
        """
        conditions = []
        for side, end, other in ((self.supporters, "a = 0", "a = 1"),
                                 (self.opponents, "a = 1", "a = 0")):  # fmt: skip
            if len(side) > 1:
                alone = [name for name in self.principals if name not in side]
                conditions.append(
                    sp.Or(self._is_at(end, self.principals), self._is_at(other, alone))
                )
        return prover.simplify(sp.And(*conditions), self.space)

    def _is_at(self, end: str, coalition: Iterable[str]) -> Boolean:
        """The condition that an end is best for the member and a coalition."""
        (solution,) = (e for e in isolated_solutions(_decision()) if e.name == end)
        return self._in_numbers(solution.condition, self._net_stake(coalition))

    def offer(self, principal: str, transfer: object) -> Expr:
        """The truthful offer, for every alignment ``a``, of which a payment is accepted."""
        net = self.worth(principal, self.alignment) - exact(transfer, "transfer")
        return sp.Max(0, self.worth(principal, _ALIGNMENT) - net)

    @property
    def caption(self) -> str:
        """The table's caption."""
        return f"{self.title}: the payments of truthful equilibria"

    @property
    def rows(self) -> tuple[PrincipalRow, ...]:
        """A row for each principal."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[PrincipalRow]:
        for side, kind in ((self.supporters, "supporter"), (self.opponents, "opponent")):
            for name in side:
                others = tuple(other for other in side if other != name)
                greatest = self._least_transfer(side) - self._least_transfer(others)
                least = self._least_transfer((name,))
                yield PrincipalRow(name, kind, self.stakes[name], least, greatest)

    def __repr__(self) -> str:
        sides = (self.supporters, "for"), (self.opponents, "against")
        words = [f"{', '.join(side)} {word}" for side, word in sides if side]
        return f"<{self.title}: {'; '.join(words)}>"


def _side(name: str, value: object) -> Mapping[str, Any]:
    """The principals of a side, each with its stake or None."""
    allowed = "a list of names, or a mapping of names to stakes"
    if isinstance(value, Mapping):
        return dict(value)
    names = arg.sequence(name, value, allowed)
    if not all(isinstance(item, str) for item in names):
        raise ParameterError(name, value, allowed)
    if len(set(names)) < len(names):
        raise ParameterError(name, value, "names that differ")
    return dict.fromkeys(names)


@lru_cache(maxsize=1)
def _decision() -> ContinuousGame:
    """The member's choice where alignment is worth a sum of stakes, of either sign."""
    k, start = v.ADJUSTMENT_COST.symbol, v.NATURAL_ALIGNMENT.symbol
    worth = support_worth(_ALIGNMENT, _NET_STAKE) - alignment_cost(_ALIGNMENT, k, start)
    given = [v.ADJUSTMENT_COST.condition, v.NATURAL_ALIGNMENT.condition]
    return ContinuousGame({"all": worth}, {"all": "0 <= a <= 1"}, given=given)


def alignment_cost(a: Expr, k: Expr, natural: Expr) -> Expr:
    """The member's cost of alignment."""
    return k * (a - natural) ** 2 / 2


def support_worth(a: Expr, stake: Expr) -> Expr:
    """What alignment is worth to who wants it."""
    return stake * a


def opposition_worth(a: Expr, stake: Expr) -> Expr:
    """What alignment is worth to who wants none."""
    return stake * (1 - a)
