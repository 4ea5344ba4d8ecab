"""Chambers of a voting body: votes and quota as a user writes them, in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd, lcm
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.games.parameters import member_names

_VOTES = "a list of positive numbers, or a mapping of member to number"
_NUMBER = "a positive rational number"


@dataclass(frozen=True)
class Chamber(Picklable):
    """One chamber: the votes of each member and the quota, exact.

    Parameters
    ----------
    name : str
        Empty where it is the only one.
    votes : tuple of SymPy numbers
        In the members' order.
    quota : SymPy number
    """

    name: str
    votes: tuple[Expr, ...]
    quota: Expr

    @property
    def whole(self) -> tuple[tuple[int, ...], int]:
        """The same votes and quota as whole numbers without a common factor."""
        unit = lcm(*(int(v.q) for v in self.votes))
        votes = [int(v * unit) for v in self.votes]
        factor = gcd(*votes)
        return tuple(v // factor for v in votes), int(sp.ceiling(self.quota * unit / factor))

    @property
    def label(self) -> str:
        """The chamber's name for an error."""
        return f" of {self.name}" if self.name else ""

    def __str__(self) -> str:
        votes = ", ".join(map(str, self.votes))
        return f"{self.name and self.name + ' '}[{self.quota}; {votes}]"


def read_chambers(
    votes: object, quota: object, members: object
) -> tuple[tuple[str, ...], tuple[Chamber, ...]]:
    """The members' names, and the chambers with the votes in their order.

    Raises
    ------
    ParameterError
        Votes or a quota that are no positive numbers, a quota that nobody can reach, a member
        without votes anywhere.
    UnknownNameError
        A chamber or a member that is named in one place only.
    """
    if isinstance(quota, Mapping):
        by_chamber = _same_chambers(votes, quota)
    else:
        by_chamber = {"": (votes, quota)}
    names = _names(members, [v for v, _ in by_chamber.values()])
    chambers = tuple(
        _chamber(name, entries, needed, names) for name, (entries, needed) in by_chamber.items()
    )
    for i, member in enumerate(names):
        if not any(chamber.votes[i] for chamber in chambers):
            fix = "Leave it out: it has no power" if len(names) > 1 else ""
            raise ParameterError(f"votes.{member}", 0, "more than 0 in some chamber", fix)
    return names, chambers


def _same_chambers(votes: object, quota: Mapping[Any, Any]) -> dict[str, tuple[object, object]]:
    allowed = "votes and quota by the same names of chambers"
    named = arg.mapping("votes", votes, allowed, "Write votes={'states': [1, 1], 'people': [3, 2]}")
    chambers = arg.names("quota", list(quota), "a mapping of chamber to quota")
    if not chambers:
        raise ParameterError("quota", dict(quota), "at least one chamber")
    for name in named:
        arg.one_of("chamber", name, chambers)
    for name in chambers:
        if name not in named:
            raise UnknownNameError("chamber among the votes", name, map(str, named))
    return {name: (named[name], quota[name]) for name in chambers}


def _names(members: object, votes: Sequence[object]) -> tuple[str, ...]:
    """The members' names, as given, or as the votes name them, or by number."""
    found: dict[str, None] = {}
    counts = []
    for entries in votes:
        if isinstance(entries, Mapping):
            found |= dict.fromkeys(entries)
        else:
            counts.append(len(arg.sequence("votes", entries, _VOTES)))
    if members is None and not found and counts:
        members = counts[0]
        if not members:
            raise ParameterError("votes", votes[0], "votes of at least one member")
    names = member_names(list(found) if members is None else members, {}) or ()
    for count in counts:
        if count != len(names):
            allowed = f"{len(names)} numbers, one for each of {', '.join(names)}"
            raise ParameterError("votes", votes, allowed, f"{count} came")
    for name in found:
        arg.one_of("member", name, names)
    return names


def _chamber(name: str, entries: Any, quota: object, members: Sequence[str]) -> Chamber:
    named = isinstance(entries, Mapping)
    listed = [entries.get(m, 0) for m in members] if named else list(entries)
    several = bool(name)
    label = f" of {name}" if several else ""
    votes = tuple(
        _rational(f"votes.{member}{label}", value, zero=several)
        for member, value in zip(members, listed, strict=True)
    )
    needed, total = _rational(f"quota{label}", quota), sp.Add(*votes)
    if needed > total:
        raise ParameterError(
            f"quota{label}", quota, f"at most {total}, the votes of all together",
            "Nobody can reach it",
        )  # fmt: skip
    return Chamber(name, votes, needed)


def _rational(name: str, value: object, *, zero: bool = False) -> Expr:
    number = exact(value, name)
    if not number.is_Rational or number < 0 or (number == 0 and not zero):
        fix = "" if number.is_Rational else "Votes are counted: give each a number"
        raise ParameterError(name, value, f"{_NUMBER}, or 0" if zero else _NUMBER, fix)
    return number
