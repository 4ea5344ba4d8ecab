"""One number for each member, by place and by name."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, Picklable


@dataclass(frozen=True)
class MemberPower(Picklable):
    """A member and its power."""

    member: str
    power: Expr


@dataclass(frozen=True, eq=False, repr=False)
class PowerIndex(Displayable):
    """Power by member: a sequence of numbers in the members' order, read by name as well.

    Examples
    --------
    >>> import gametheory_eeu as eeu
    >>> power = eeu.VotingBody(votes={"A": 50, "B": 49, "C": 1}, quota=51).banzhaf
    >>> power["B"], power[1], list(power), power == (power["A"], power["B"], power["C"])
    (1/5, 1/5, [3/5, 1/5, 1/5], True)
    """

    name: str
    members: tuple[str, ...]
    powers: tuple[Expr, ...]

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[Expr]:
        return iter(self.powers)

    def __getitem__(self, key: int | str) -> Expr:
        return arg.lookup("member", self.rows, key, lambda row: (row.member,)).power

    def keys(self) -> tuple[str, ...]:
        """The members."""
        return self.members

    def values(self) -> tuple[Expr, ...]:
        """The numbers, in the members' order."""
        return self.powers

    def items(self) -> ItemsView[str, Expr]:
        """The members with their numbers."""
        return dict(zip(self.members, self.powers, strict=True)).items()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PowerIndex):
            return (self.members, self.powers) == (other.members, other.powers)
        if isinstance(other, Mapping):
            return dict(self.items()) == dict(other)
        if isinstance(other, Sequence) and not isinstance(other, str):
            return self.powers == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.powers)

    @property
    def caption(self) -> str:
        """The index's name, over its table."""
        return self.name

    @property
    def rows(self) -> tuple[MemberPower, ...]:
        """A row for each member."""
        return tuple(MemberPower(*pair) for pair in zip(self.members, self.powers, strict=True))

    def __repr__(self) -> str:
        pairs = ", ".join(f"{member}: {power}" for member, power in self.items())
        return f"<{self.name}: {pairs}>"


@dataclass(frozen=True)
class MemberRow(Picklable):
    """A member's votes and powers."""

    member: str
    votes: str
    shapley_shubik: Expr
    banzhaf: Expr
    absolute_banzhaf: Expr
    power_to_prevent: Expr
    power_to_initiate: Expr


def effective_power(formal: Expr, masking: Expr, bargaining: Expr) -> Expr:
    """Effective power: formal and bargaining power, weighted by the masked share."""
    return (1 - masking) * formal + masking * bargaining


def hegemon_share(mean_weight: Expr) -> Expr:
    """The hegemon's share of bargaining power, by the mean of the members' weights."""
    return 1 - mean_weight


def member_share(weight: Expr, members: Expr) -> Expr:
    """A member's share of bargaining power, by its weight and the number of members."""
    return weight / members
