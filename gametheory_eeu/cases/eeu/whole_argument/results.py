"""Results of the whole argument: states, members, and the recovery of trust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable

NO_DEAL = "no deal"


@dataclass(frozen=True)
class State(Displayable):
    """The outcome of the argument in one state, exact.

    Parameters
    ----------
    state : str
    trust, exit_loss, weight : SymPy numbers
        Trust, the hegemon's loss if the deal fails, and a member's bargaining weight.
    regime : str
        ``"bilateral"``, ``"multilateral"``, ``"indifferent"`` at the threshold, or ``"no deal"``.
    surplus : SymPy number or None
        Of a deal at the best binding; None where members are named: see ``members``.
    price : SymPy number or None
        In cash, to each member; None without a deal, or where members are named.
    control : SymPy number or None
        What the hegemon keeps of a member's value: V - kappa alpha - t.
    depth, alignment : SymPy number or None
    threshold : SymPy number
        The power from which there is no choice but to bandwagon.
    union : tuple of str
        Who is in, where members are named.
    members : tuple of MemberRow
    """

    state: str
    trust: Expr
    exit_loss: Expr
    weight: Expr | None
    regime: str
    surplus: Expr | None
    price: Expr | None
    control: Expr | None
    depth: Expr | None
    alignment: Expr | None
    threshold: Expr
    union: tuple[str, ...] = ()
    members: tuple[MemberRow, ...] = field(default=(), repr=False)

    @property
    def complete(self) -> bool | None:
        """Whether the union of all that are named is viable; None where members are alike."""
        return len(self.union) == len(self.members) if self.members else None


@dataclass(frozen=True)
class MemberRow(Displayable):
    """One named member in one state.

    Parameters
    ----------
    state, member : str
    surplus : SymPy number
        Of its own deal, prestige apart.
    joins : bool
    price : SymPy number or None
        None where it does not join.
    gain : SymPy number
        Its gain over its outside payoff, the price included.
    """

    state: str
    member: str
    surplus: Expr
    joins: bool
    price: Expr | None
    gain: Expr


class _Rows:
    """Rows by position or name."""

    rows: tuple[State, ...] | tuple[MemberRow, ...] | tuple[RecoveryRow, ...]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, repr=False)
class States(_Rows, Displayable):
    """The states of the argument, one a row; by position or by name."""

    rows: tuple[State, ...]
    caption: str = "The whole argument"

    def __iter__(self) -> Iterator[State]:
        return iter(self.rows)

    def __getitem__(self, key: int | str) -> State:
        found: State = arg.lookup("state", self.rows, key, lambda row: (row.state,))
        return found

    @property
    def members(self) -> MemberTable:
        """Each named member in each state: whether it joins, and at what price."""
        rows = tuple(row for state in self.rows for row in state.members)
        return MemberTable(rows, f"{self.caption}: members")

    def __repr__(self) -> str:
        return f"<states: {'; '.join(f'{row.state}, {row.regime}' for row in self.rows)}>"


@dataclass(frozen=True, repr=False)
class MemberTable(_Rows, Displayable):
    """Named members, one a row for each state."""

    rows: tuple[MemberRow, ...]
    caption: str = "Members"

    def __iter__(self) -> Iterator[MemberRow]:
        return iter(self.rows)

    def __getitem__(self, key: int | tuple[str, str]) -> MemberRow:
        """A row by position, or by (state, member)."""
        found: MemberRow = arg.lookup("row", self.rows, key, lambda row: [(row.state, row.member)])
        return found

    def __repr__(self) -> str:
        return f"<{len(self)} rows of members>"


@dataclass(frozen=True)
class RecoveryRow(Displayable):
    """How long trust takes to a target.

    Parameters
    ----------
    target : str
    trust : SymPy number
        The trust to be reached.
    periods : SymPy expression
        Quiet periods, as a real number, exact.
    whole_periods : int
    """

    target: str
    trust: Expr
    periods: Expr
    whole_periods: int


@dataclass(frozen=True, repr=False)
class Recovery(_Rows, Displayable):
    """The recovery of trust, one target a row; by position or by name."""

    rows: tuple[RecoveryRow, ...]
    caption: str = "Recovery of trust in quiet periods"

    def __iter__(self) -> Iterator[RecoveryRow]:
        return iter(self.rows)

    def __getitem__(self, key: int | str) -> RecoveryRow:
        found: RecoveryRow = arg.lookup("target", self.rows, key, lambda row: (row.target,))
        return found

    def __repr__(self) -> str:
        return f"<recovery: {'; '.join(f'{r.whole_periods} to {r.target}' for r in self.rows)}>"
