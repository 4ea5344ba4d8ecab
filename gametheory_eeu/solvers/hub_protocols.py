"""Simultaneous bargaining of a hub with its members: Nash-in-Nash, or one joint table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import FrozenMapping
from gametheory_eeu.errors import DoesNotExistError
from gametheory_eeu.solvers.renegotiation import HubOutcome, Worth, as_fraction, worth_by_subset

Numbers = Sequence[Fraction]


def union_worths(worth: Worth, members: Sequence[str]) -> tuple[Fraction, list[Fraction]]:
    """Worth to the hub of the full union, and of the union without each member."""
    names = tuple(members)
    if callable(worth):
        full_union = frozenset(names)
        unions: list[Any] = [full_union, *(full_union - {m} for m in names)]
        worths = [as_fraction(arg.call("worth", worth, union), "worth") for union in unions]
        return worths[0], worths[1:]
    values = worth_by_subset(worth, names)
    full_mask = len(values) - 1
    return values[full_mask], [values[full_mask & ~(1 << i)] for i in range(len(names))]


def nash_in_nash(
    members: Sequence[str],
    union_worth: Fraction,
    worths_without: Numbers,
    gains: Numbers,
    odds: Numbers,
) -> HubOutcome:
    """Nash-in-Nash: each pair splits its surplus, all other agreements taken as given.

    Parameters
    ----------
    members : sequence of str
    union_worth : Fraction
        What the whole union is worth to the hub.
    worths_without : sequence of Fraction
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
    net_gains: dict[str, Fraction] = {}
    for member, worth_without, gain, weight in zip(
        members, worths_without, gains, odds, strict=True
    ):
        surplus = union_worth - worth_without + gain
        if surplus < 0:
            raise DoesNotExistError(
                f"the whole union is no Nash-in-Nash outcome: the hub and {member} together lose "
                f"{-surplus} by their agreement"
            )
        net_gains[member] = weight / (1 + weight) * surplus
    transfers = {m: net - gain for (m, net), gain in zip(net_gains.items(), gains, strict=True)}
    payoff = union_worth - sum(transfers.values())
    return HubOutcome(tuple(members), payoff, FrozenMapping(transfers), FrozenMapping(net_gains))


def joint_bargaining(
    members: Sequence[str], union_worth: Fraction, gains: Numbers, odds: Numbers
) -> HubOutcome:
    """Joint agreement of all or none: the surplus split in proportion to the weights.

    Examples
    --------
    >>> joint_bargaining("ab", Fraction(2), [Fraction(0)] * 2, [Fraction(3)] * 2).payoff
    Fraction(2, 7)
    """
    surplus = union_worth + sum(gains)
    if surplus < 0:
        no_gains = FrozenMapping(dict.fromkeys(members, Fraction(0)))
        return HubOutcome((), Fraction(0), FrozenMapping({}), no_gains)
    unit = surplus / (1 + sum(odds))
    net_gains = {m: weight * unit for m, weight in zip(members, odds, strict=True)}
    transfers = {m: net - gain for (m, net), gain in zip(net_gains.items(), gains, strict=True)}
    return HubOutcome(tuple(members), unit, FrozenMapping(transfers), FrozenMapping(net_gains))
