"""A voting body: its rule, the power of its members, and what masks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from math import factorial
from typing import Any, ClassVar, Self

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Source, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.games import ParameterTable, Quantity, QuantityTable, declare
from gametheory_eeu.games.parameters import ValueReader
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.voting_body.chambers import Chamber, read_chambers
from gametheory_eeu.models.voting_body.power_index import (
    MemberRow,
    PowerIndex,
    effective_power,
    hegemon_share,
    member_share,
)
from gametheory_eeu.solvers.counts import CoalitionCounts

WEIGHT = replace(v.BARGAINING_WEIGHT, default=None, index="member")
MASKING_SOURCE = Source("M", note="formal and bargaining power, weighted by the masked share")


@dataclass(frozen=True, init=False, repr=False)
class VotingBody(Displayable):
    r"""A voting body: who can decide, who can prevent, and what a vote is worth.

    **Members and rule.** Each member has votes :math:`w_i`; a coalition wins iff its votes reach
    the quota :math:`Q`, in every chamber where there are several. This is a simple game: it is not
    played, and has no equilibria; power is read from who can turn it.

    **Power.** *Shapley and Shubik*: the share of all orders of the members in which a member's
    votes are those that first win. A coalition's member is *critical* if it loses without it. The
    share of a member among all such turns is its (normalised) *Banzhaf* index; the probability
    that it is critical where all others vote by the toss of a coin its *absolute* one (Penrose).
    *Coleman*: the share of coalitions that win is the body's power to act; the share of winning
    coalitions that a member can make lose its power to prevent; the share of losing coalitions
    that it can make win its power to initiate.

    **Masking.** A share :math:`m` of decisions is really taken between the hegemon and one member
    at a time, where member :math:`i` has the bargaining weight :math:`\gamma_i`. The hegemon's
    effective power is :math:`(1-m)\phi_H + m(1-\bar\gamma)`, a member's
    :math:`(1-m)\phi_i + m\gamma_i/(N-1)`, with the formal (Shapley-Shubik) power :math:`\phi`.

    After Shapley and Shubik (1954), Penrose (1946), Banzhaf (1965) and Coleman (1971).

    Parameters
    ----------
    votes : list of numbers, or mapping of member to number
        With several chambers, a mapping of chamber to these. Fractions are exact.
    quota : number
        With several chambers, a mapping of chamber to number: votes *at least* so many win.
    members : list of str, optional
        Their names, where the votes are a list.
    hegemon : str, optional
        The member that bargains with each of the others; the first unless it is named.
    masking, bargaining_weight
        Where decisions are masked; left out they stay symbols. A weight is one number for all
        members but the hegemon, a list, or a mapping.

    Raises
    ------
    ParameterError
        A quota that is not positive or that nobody can reach; votes that are not positive.
    TooLargeError
        Too many different totals of votes: all are kept apart.

    Notes
    -----
    Counts are whole numbers of any size, from generating functions: with one chamber the work
    grows with members times the quota (200 members with hundreds of votes each: a second for the
    Banzhaf index, some seconds for Shapley and Shubik's), with several with members times the
    product of what is left above the quotas, at most a million.

    Examples
    --------
    >>> commission = VotingBody(votes=[2, 2, 2, 2, 2], quota=7)
    >>> list(commission.shapley_shubik)
    [1/5, 1/5, 1/5, 1/5, 1/5]
    >>> commission.power_to_prevent["1"], commission.power_to_act
    (2/3, 3/16)

    Two chambers, one of states and one of people:

    >>> body = VotingBody(votes={"states": [1, 1, 1], "people": [6, 3, 1]},
    ...                   quota={"states": 2, "people": 7}, members=["A", "B", "C"])
    >>> dict(body.shapley_shubik.items())
    {'A': 2/3, 'B': 1/6, 'C': 1/6}
    """

    title: ClassVar[str] = "Voting body"
    parameters: ClassVar[ParameterTable] = declare(v.VOTES, v.QUOTA, v.MASKING, WEIGHT)

    members: tuple[str, ...]
    chambers: tuple[Chamber, ...]
    hegemon: str
    given: Mapping[str, Expr]

    def __init__(
        self,
        votes: object,
        quota: object,
        *,
        members: object = None,
        hegemon: str | None = None,
        masking: object = None,
        bargaining_weight: object = None,
    ) -> None:
        names, chambers = read_chambers(votes, quota, members)
        first = names[0] if hegemon is None else arg.one_of("member", hegemon, names)
        self._set(names, chambers, first, FrozenMapping())
        values = {"masking": masking, "bargaining_weight": bargaining_weight}
        given = {name: value for name, value in values.items() if value is not None}
        self._set(names, chambers, first, self._read(given))

    def _set(
        self,
        members: tuple[str, ...],
        chambers: tuple[Chamber, ...],
        hegemon: str,
        given: Mapping[str, Expr],
    ) -> None:
        self.__dict__.update(members=members, chambers=chambers, hegemon=hegemon, given=given)

    @property
    def _reader(self) -> ValueReader:
        others = tuple(member for member in self.members if member != self.hegemon)
        return ValueReader(declare(v.MASKING, WEIGHT), others, type(self).__name__)

    def _read(self, values: Mapping[str, object]) -> Mapping[str, Expr]:
        return FrozenMapping(self._reader.given(values))

    def at(self, **values: object) -> Self:
        """The same body with values for masking and bargaining weights."""
        reader = self._reader
        changed = reader.named(values).keys()
        kept = {
            name: value
            for name, value in self.given.items()
            if not {name, name.partition(".")[0]} & changed
        }
        given = FrozenMapping({**kept, **reader.given(values)})
        body: Self = object.__new__(type(self))
        body._set(self.members, self.chambers, self.hegemon, given)
        return body

    # Counting.

    @cached_property
    def _votes(self) -> tuple[tuple[int, ...], ...]:
        """By member, whole votes in each chamber."""
        return tuple(zip(*(chamber.whole[0] for chamber in self.chambers), strict=True))

    @cached_property
    def _totals(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*self._votes, strict=True)))

    @cached_property
    def _quotas(self) -> tuple[int, ...]:
        return tuple(chamber.whole[1] for chamber in self.chambers)

    @cached_property
    def _counts_losing(self) -> bool:
        """Whether losing coalitions are counted, which with one chamber may be fewer."""
        return len(self.chambers) == 1 and 2 * self._quotas[0] <= self._totals[0] + 1

    @cached_property
    def _bounds(self) -> tuple[int, ...]:
        """The most votes of a losing coalition, or else of what a winning one leaves out."""
        if self._counts_losing:
            return (self._quotas[0] - 1,)
        return tuple(t - q for t, q in zip(self._totals, self._quotas, strict=True))

    @cached_property
    def _coalitions(self) -> CoalitionCounts:
        return CoalitionCounts.of(self._votes, self._bounds)

    @cached_property
    def winning_coalitions(self) -> int:
        """The number of coalitions that win."""
        within = self._coalitions.within(self._bounds)
        return 2 ** len(self.members) - within if self._counts_losing else within

    @cached_property
    def swings(self) -> Mapping[str, int]:
        """By member, the number of winning coalitions that lose without it."""
        return FrozenMapping(self._by_votes(self._swings))

    def _swings(self, member: int) -> int:
        # Of coalitions without i: those that lose without it, less those that lose with it. Where
        # winning ones are counted, by what they leave out: that win with it, less that do without.
        without, with_room = self._coalitions.without(member)
        return without - with_room

    def _by_votes(self, count: Any) -> dict[str, Any]:
        """A count by member, made once for members with the same votes."""
        known: dict[tuple[int, ...], Any] = {}
        for i, votes in enumerate(self._votes):
            if votes not in known:
                known[votes] = count(i)
        return {m: known[votes] for m, votes in zip(self.members, self._votes, strict=True)}

    def _index(self, name: str, by_member: Mapping[str, Expr]) -> PowerIndex:
        return PowerIndex(name, self.members, tuple(map(sp.sympify, by_member.values())))

    def _share(self, name: str, denominator: int) -> PowerIndex:
        return self._index(
            name, {m: sp.Rational(count, denominator) for m, count in self.swings.items()}
        )

    # Power.

    @cached_property
    def shapley_shubik(self) -> PowerIndex:
        """The share of orders in which each member's votes are those that first win."""
        counts, n = CoalitionCounts.of(self._votes, self._bounds, by_size=True), len(self.members)
        orders = [factorial(size) * factorial(n - 1 - size) for size in range(n)]

        def pivots(member: int) -> Expr:
            without, with_room = counts.without(member)
            by_size = counts.sizes(without - with_room)
            total = sum(a * b for a, b in zip(by_size, orders, strict=False))
            return sp.Rational(total, factorial(n))

        return self._index("Shapley-Shubik index", self._by_votes(pivots))

    @cached_property
    def banzhaf(self) -> PowerIndex:
        """The normalised Banzhaf index: each member's share of all turns; they sum to 1."""
        return self._share("Banzhaf index", sum(self.swings.values()))

    @cached_property
    def absolute_banzhaf(self) -> PowerIndex:
        """The probability that a member is critical if every other vote is a toss of a coin."""
        return self._share("Absolute Banzhaf index", 2 ** (len(self.members) - 1))

    @cached_property
    def power_to_act(self) -> Expr:
        """Coleman's power of the body to act: the share of coalitions that win."""
        return sp.Rational(self.winning_coalitions, 2 ** len(self.members))

    @cached_property
    def power_to_prevent(self) -> PowerIndex:
        """Coleman's power to prevent: the share of winning coalitions a member can make lose."""
        return self._share("Power to prevent", self.winning_coalitions)

    @cached_property
    def power_to_initiate(self) -> PowerIndex:
        """Coleman's power to initiate: the share of losing coalitions a member can make win."""
        return self._share("Power to initiate", 2 ** len(self.members) - self.winning_coalitions)

    # Who is who.

    @cached_property
    def proper(self) -> bool:
        """Whether no two coalitions without a common member can both win."""
        if any(2 * q > t for q, t in zip(self._quotas, self._totals, strict=True)):
            return True
        if len(self.chambers) == 1:
            reachable = 1  # bit k: some coalition has k votes
            for (votes,) in self._votes:
                reachable |= reachable << votes
            high = self._totals[0] - self._quotas[0]
            return not reachable & (2 ** (high + 1) - 2 ** self._quotas[0])
        return not self._coalitions.has_between(self._quotas, self._bounds)

    @cached_property
    def dummies(self) -> tuple[str, ...]:
        """Members whose votes never matter."""
        return tuple(member for member, count in self.swings.items() if count == 0)

    @cached_property
    def veto_members(self) -> tuple[str, ...]:
        """Members without whom nothing wins."""
        return tuple(m for m, count in self.swings.items() if count == self.winning_coalitions)

    @cached_property
    def dictator(self) -> str | None:
        """The member that decides alone, if there is one."""
        alone = [m for m, count in self.swings.items() if count == 2 ** (len(self.members) - 1)]
        return alone[0] if alone else None

    # Masking.

    @property
    def values(self) -> Mapping[Symbol, Expr]:
        """Values of masking and of bargaining weights, by symbol."""
        return self._reader.values(self.given)

    @property
    def space(self) -> Space:
        """Masking and the bargaining weights that are left as symbols."""
        rows = self._reader.table
        whole = Space(tuple(row.symbol for row in rows), tuple(row.condition for row in rows))
        return whole.subs(self.values)

    @property
    def effective_power(self) -> PowerIndex:
        """Formal and bargaining power, weighted by the share of decisions that is masked."""
        masking, *weights = (row.symbol for row in self._reader.table)
        mean = sp.Add(*weights) / max(1, len(weights))
        remaining, others = iter(weights), sp.Integer(max(1, len(weights)))
        powers = {
            member: effective_power(
                formal,
                masking,
                hegemon_share(mean)
                if member == self.hegemon
                else member_share(next(remaining), others),
            ).subs(self.values, simultaneous=True)
            for member, formal in self.shapley_shubik.items()
        }
        return self._index("Effective power", powers)

    @property
    def quantities(self) -> QuantityTable:
        """Every power of every member, and the body's power to act, with their sources."""
        indices = {
            "shapley_shubik": (r"\phi", Source("L", "ShapleyShubik1954")),
            "banzhaf": (r"\beta", Source("L", "Banzhaf1965")),
            "absolute_banzhaf": (r"\beta'", Source("L", "Penrose1946")),
            "power_to_prevent": ("P", Source("L", "Coleman1971")),
            "power_to_initiate": ("I", Source("L", "Coleman1971")),
            "effective_power": (r"\phi^m", MASKING_SOURCE),
        }
        coleman = Source("L", "Coleman1971")
        act = Quantity("power_to_act", "A", self.power_to_act, sp.true, _meaning("power_to_act"),
                       coleman)  # fmt: skip
        table = {act.name: act}
        for name, (symbol, source) in indices.items():
            for member, power in getattr(self, name).items():
                own = f"{name}.{member}"
                latex = rf"{symbol}_{{\text{{{member}}}}}"
                meaning = f"{_meaning(name)} ({member})"
                table[own] = Quantity(own, latex, power, sp.true, meaning, source)
        return QuantityTable(table)

    def comparative_statics(self, quantity: str | None = None, wrt: str | None = None) -> Any:
        """Derivatives of the members' effective power, each with the proved sign.

        Parameters
        ----------
        quantity : str, optional
            Only the power of this member.
        wrt : str, optional
            Only this parameter, by its symbol: ``"m"``.
        """
        from gametheory_eeu.statics import comparative_statics

        powers = dict(self.effective_power.items())
        if quantity is not None:
            arg.one_of("member", quantity, powers)
        return comparative_statics(
            powers, quantity, wrt, given=self.space, title="Effective power in a voting body"
        )

    def plot(self, **options: Any) -> Any:
        """The figure of the body: votes and power, and effective power by masking."""
        from gametheory_eeu import display

        return display.figure(self, **options)

    @property
    def caption(self) -> str:
        """The rule, over the table of members."""
        improper = "" if self.proper else "; two coalitions without a common member can both win"
        return f"{self.title} {self._rule}{improper}"

    @property
    def rows(self) -> tuple[MemberRow, ...]:
        """A row for each member: votes and powers."""
        indices = [getattr(self, f.name).powers for f in fields(MemberRow)[2:]]
        votes = [" / ".join(str(c.votes[i]) for c in self.chambers) for i in range(len(indices[0]))]
        return tuple(map(MemberRow, self.members, votes, *indices))

    @property
    def _rule(self) -> str:
        if len(self.members) > 30:
            quotas = " and ".join(str(c.quota) for c in self.chambers)
            return f"of {len(self.members)} members with the quota {quotas}"
        return " and ".join(map(str, self.chambers))

    def __repr__(self) -> str:
        return f"<voting body {self._rule}>"


def _meaning(name: str) -> str:
    """The meaning of a quantity: the first line of its docstring."""
    text = getattr(VotingBody, name).__doc__ or ""
    return " ".join(text.split()).rstrip(".")
