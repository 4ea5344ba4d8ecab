"""A hub and its members bargaining at once: in pairs that take each other as given, or together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import DoesNotExistError
from gametheory_eeu.solvers.renegotiation import HubOutcome, Worth, as_fraction, by_subset

Numbers = Sequence[Fraction]


def near_the_whole(worth: Worth, members: Sequence[str]) -> tuple[Fraction, list[Fraction]]:
    """What the whole union is worth to the hub, and what it is worth without each member."""
    names = tuple(members)
    if callable(worth):
        everyone = frozenset(names)
        sets: list[Any] = [everyone, *(everyone - {m} for m in names)]
        found = [as_fraction(arg.called("worth", worth, union), "worth") for union in sets]
        return found[0], found[1:]
    values = by_subset(worth, names)
    top = len(values) - 1
    return values[top], [values[top & ~(1 << i)] for i in range(len(names))]


def nash_in_nash(
    members: Sequence[str], whole: Fraction, without: Numbers, gains: Numbers, odds: Numbers
) -> HubOutcome:
    """Each pair divides its own gain, all other agreements taken as kept (the whole union).

    Parameters
    ----------
    members : sequence of str
    whole : Fraction
        What the whole union is worth to the hub.
    without : sequence of Fraction
        The same without each member.
    gains, odds : sequence of Fraction
        Each member's own gain before transfers, and its bargaining weight over the hub's.

    Raises
    ------
    DoesNotExistError
        Some pair has nothing to gain from its agreement, so the whole union is no outcome.

    Examples
    --------
    >>> none, odds = [Fraction(0)] * 2, [Fraction(3)] * 2
    >>> nash_in_nash("ab", Fraction(2), none, none, odds).payoff
    Fraction(-1, 1)
    """
    found: dict[str, Fraction] = {}
    for member, left, gain, weight in zip(members, without, gains, odds, strict=True):
        surplus = whole - left + gain
        if surplus < 0:
            raise DoesNotExistError(
                f"the whole union is no Nash-in-Nash outcome: the hub and {member} together lose "
                f"{-surplus} by their agreement"
            )
        found[member] = weight / (1 + weight) * surplus
    transfers = {m: net - gain for (m, net), gain in zip(found.items(), gains, strict=True)}
    payoff = whole - sum(transfers.values())
    return HubOutcome(tuple(members), payoff, Frozen(transfers), Frozen(found))


def one_table(members: Sequence[str], whole: Fraction, gains: Numbers, odds: Numbers) -> HubOutcome:
    """All or nobody: the joint surplus in proportion to the weights, the hub's being 1.

    Examples
    --------
    >>> one_table("ab", Fraction(2), [Fraction(0)] * 2, [Fraction(3)] * 2).payoff
    Fraction(2, 7)
    """
    surplus = whole + sum(gains)
    if surplus < 0:
        nothing = Frozen(dict.fromkeys(members, Fraction(0)))
        return HubOutcome((), Fraction(0), Frozen({}), nothing)
    unit = surplus / (1 + sum(odds))
    found = {m: weight * unit for m, weight in zip(members, odds, strict=True)}
    transfers = {m: net - gain for (m, net), gain in zip(found.items(), gains, strict=True)}
    return HubOutcome(tuple(members), unit, Frozen(transfers), Frozen(found))
