"""A hub's bargaining with its members: one by one, Nash-in-Nash, or at one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.conversions import to_fmpq, to_fraction
from gametheory_eeu.core.exact import exact
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    TooLargeError,
    UnknownNameError,
    short_repr,
)

MAX_MEMBERS, MAX_ALIKE = 16, 5000
Worth = Mapping[Any, Any] | Sequence[Any] | Callable[[frozenset[str]], Any]


@dataclass(frozen=True)
class HubOutcome(Displayable):
    """The division of a union's worth between a hub and its members.

    Parameters
    ----------
    union : tuple of str
        Who is in, in the members' order.
    payoff : Fraction
        The hub's, above what it has without any agreement.
    transfers : mapping of member in the union to Fraction
    gains : mapping of member to Fraction
        Its own payoff above its outside payoff; zero outside the union.
    exact : bool
        Whether every number is exact; by subset recursion it always is.
    """

    union: tuple[str, ...]
    payoff: Fraction
    transfers: Mapping[str, Fraction]
    gains: Mapping[str, Fraction]
    exact: bool = True


@dataclass(frozen=True)
class Renegotiation(Picklable):
    """The hub's payoff with every set of members still in, and the union it then keeps.

    Sets are numbered in binary: the first member is 1, the second 2, the third 4, and so on.
    """

    members: tuple[str, ...]
    gains: tuple[fmpq, ...]
    odds: tuple[fmpq, ...]
    payoffs: tuple[fmpq, ...]
    unions: tuple[int, ...]

    def payoff(self, members: Iterable[str]) -> Fraction:
        """The hub's payoff while it bargains with these members."""
        return to_fraction(self.payoffs[_subset_number(members, self.members)])

    def outcome(self, members: Iterable[str] | None = None) -> HubOutcome:
        """The outcome with these members to start with; with all by default."""
        start = (
            (1 << len(self.members)) - 1
            if members is None
            else _subset_number(members, self.members)
        )
        union = self.unions[start]
        indices = [i for i in range(len(self.members)) if union >> i & 1]
        member_gains = {
            i: self.odds[i] * (self.payoffs[union] - self.payoffs[union & ~(1 << i)])
            for i in indices
        }
        names = self.members
        return HubOutcome(
            tuple(names[i] for i in indices),
            to_fraction(self.payoffs[union]),
            FrozenMapping(
                {names[i]: to_fraction(member_gains[i] - self.gains[i]) for i in indices}
            ),
            FrozenMapping(
                {m: to_fraction(member_gains.get(i, fmpq(0))) for i, m in enumerate(names)}
            ),
        )


def renegotiated(
    members: Sequence[str], worth: Worth, gains: Sequence[Any], odds: Sequence[Any]
) -> Renegotiation:
    r"""Solve bilateral bargaining with renegotiation, for any worth of unions.

    With the set :math:`S` still in, every member divides with the hub what the hub gains over
    going on without it: :math:`e_i + t_i = \omega_i(\pi(S) - \pi(S \setminus i))`. Hence
    :math:`\pi'(S) = [F(S) + \sum_S e_i + \sum_S \omega_i \pi(S \setminus i)]/(1 + \sum_S
    \omega_i)`. The union :math:`S` is viable if the hub would rather keep each member than go on
    without it, :math:`\pi'(S) \ge \pi(S \setminus i)`; otherwise it keeps its best viable union.

    Parameters
    ----------
    members : sequence of str
    worth : mapping, callable or sequence
        The hub's own worth :math:`F` of each set of members, zero for the empty set: a mapping
        from sets (or tuples) of names, a function of a frozenset of names, or a list of
        :math:`2^n` numbers in binary order.
    gains : sequence of numbers
        Each member's own gain :math:`e_i` before transfers.
    odds : sequence of numbers
        Each member's :math:`\omega_i`, its bargaining weight over the hub's; positive.

    Raises
    ------
    ParameterError
        A worth that is not zero at the empty set, or lacks subsets; odds that are not positive.
    TooLargeError
        More than 16 members.

    Examples
    --------
    The hub needs one of two members only, and divides equally with each:

    >>> glove = renegotiated("ab", lambda union: min(1, len(union)), [0, 0], [1, 1])
    >>> glove.payoff("ab")
    Fraction(2, 3)
    """
    names = tuple(members) if isinstance(members, str) else arg.sequence("members", members)
    if len(names) > MAX_MEMBERS:
        unions = str(2 ** len(names)) if len(names) < 1000 else f"2**{len(names)}"
        raise TooLargeError(
            f"{len(names)} members make {unions} unions; at most {MAX_MEMBERS} members "
            "are solved by recursion over unions. Where members are alike and only their number "
            "counts, use renegotiated_by_number, which takes up to "
            f"{MAX_ALIKE} of them"
        )
    if not all(isinstance(n, str) for n in names) or len(set(names)) < len(names):
        raise ParameterError("members", names, "a name for each, no two alike")
    e, omega = _to_rationals(gains, "gains", len(names)), _to_rationals(odds, "odds", len(names))
    _check_odds(omega)
    return Renegotiation(
        names, e, omega, *_solve_recursion(_worth_by_subset(worth, names), e, omega)
    )


def renegotiated_by_number(
    worth: Sequence[Any] | Callable[[int], Any], count: int, gain: Any, odds: Any
) -> tuple[tuple[Fraction, Fraction | None], ...]:
    """Solve the renegotiation of identical members: payoff and transfer by their number.

    Parameters
    ----------
    worth : sequence of ``count + 1`` numbers, or callable of a number of members
        Zero for no member.
    count : int
        The members to start with, up to 5,000.
    gain, odds : number
        Each member's own gain and its bargaining weight over the hub's.

    Raises
    ------
    ParameterError
        A count that is none, a worth that is not zero for no member, odds that are not positive.
    TooLargeError
        More than 5,000 members.

    Returns
    -------
    tuple of (payoff, transfer)
        For 0, 1, …, ``count`` members still in; the transfer is None where that union is not
        viable and the hub goes on with fewer.

    Examples
    --------
    >>> renegotiated_by_number(lambda k: k**2, 3, 0, 1)[3]
    (Fraction(7, 2), Fraction(11, 6))
    """
    _check_count(count)
    raw_values: Sequence[Any] = (
        worth if not callable(worth) else [arg.call("worth", worth, k) for k in range(count + 1)]
    )
    values = arg.sequence("worth", raw_values, "a list of numbers, or a function of a number")
    if len(values) != count + 1:
        raise ParameterError("worth", values, f"{count + 1} numbers, for 0 to {count} members")
    f = _to_rationals(values, "worth", count + 1)
    _check_empty_set(f[0])
    (e,), (omega,) = _to_rationals([gain], "gain", 1), _to_rationals([odds], "odds", 1)
    _check_odds([omega])
    payoffs, initial = [fmpq(0)], [(Fraction(0), None)]
    rows: list[tuple[Fraction, Fraction | None]] = list(initial)
    for k in range(1, count + 1):
        previous = payoffs[-1]
        payoff = (f[k] + k * e + k * omega * previous) / (1 + k * omega)
        viable = payoff >= previous
        payoffs.append(payoff if viable else previous)
        transfer = to_fraction(omega * (payoff - previous) - e) if viable else None
        rows.append((to_fraction(payoffs[-1]), transfer))
    return tuple(rows)


def _check_count(count: object) -> None:
    if type(count) is not int or count < 0:
        raise ParameterError("count", count, "a whole number of members, 0 or more")
    if count > MAX_ALIKE:
        raise TooLargeError(
            f"{short_repr(count)} members; at most {MAX_ALIKE} are solved by number, exactly. "
            "Where a union is worth a sum and a prize for all, HubBargaining has closed forms for "
            "any number"
        )


def _check_odds(odds: Iterable[fmpq]) -> None:
    for value in odds:
        if value <= 0:
            raise ParameterError("odds", str(value), "positive numbers")


def _solve_recursion(
    worth: Sequence[fmpq], gains: Sequence[fmpq], odds: Sequence[fmpq]
) -> tuple[tuple[fmpq, ...], tuple[int, ...]]:
    """Payoffs and unions of every subset, in binary order, so that subsets come first."""
    payoffs, unions = [fmpq(0)], [0]
    for number in range(1, len(worth)):
        indices = [i for i in range(len(odds)) if number >> i & 1]
        outside_payoffs = [payoffs[number & ~(1 << i)] for i in indices]
        total, weight = worth[number], fmpq(1)
        for i, outside_payoff in zip(indices, outside_payoffs, strict=True):
            total += gains[i] + odds[i] * outside_payoff
            weight += odds[i]
        payoff = total / weight
        best = max(outside_payoffs)
        if payoff >= best:
            payoffs.append(payoff)
            unions.append(number)
            continue
        candidates = (
            unions[number & ~(1 << i)]
            for i, v in zip(indices, outside_payoffs, strict=True)
            if v == best
        )
        payoffs.append(best)
        unions.append(max(candidates, key=int.bit_count))
    return tuple(payoffs), tuple(unions)


def _worth_by_subset(worth: Worth, members: tuple[str, ...]) -> tuple[fmpq, ...]:
    """The worth of every set of members, in binary order."""
    size = 1 << len(members)
    if callable(worth):
        raw_values: list[Any] = [
            arg.call("worth", worth, _members_of(number, members)) for number in range(size)
        ]
    elif isinstance(worth, Mapping):
        raw_values = _values_from_mapping(worth, members)
    else:
        raw_values = list(arg.sequence("worth", worth, "a mapping, a function or a list, by union"))
        if len(raw_values) != size:
            raise ParameterError(
                "worth", worth, f"{size} numbers, one for each subset of {len(members)} members",
                f"{len(raw_values)} came",
            )  # fmt: skip
    values = _to_rationals(raw_values, "worth", size)
    _check_empty_set(values[0])
    return values


def worth_by_subset(worth: Worth, members: tuple[str, ...]) -> tuple[Fraction, ...]:
    """The worth of every set of members as Fractions, in binary order; checked."""
    return tuple(map(to_fraction, _worth_by_subset(worth, members)))


def as_fraction(value: Any, name: str) -> Fraction:
    """A rational number as a Fraction; anything else is refused."""
    return to_fraction(_to_fmpq(value, name))


def _values_from_mapping(worth: Mapping[Any, Any], members: tuple[str, ...]) -> list[Any]:
    values = {
        _subset_number([key] if isinstance(key, str) and key in members else key, members): value
        for key, value in worth.items()
    }
    values.setdefault(0, 0)
    missing = [number for number in range(1 << len(members)) if number not in values]
    if missing:
        first = ", ".join(sorted(_members_of(missing[0], members)))
        raise ParameterError(
            "worth",
            f"a value for {len(values)} sets",
            f"a value for each of the {1 << len(members)} subsets",
            f"{len(missing)} are missing, the first is {{{first}}}",
        )
    return [values[number] for number in range(1 << len(members))]


def _check_empty_set(value: fmpq) -> None:
    if value != 0:
        raise ParameterError(
            "worth", str(value), "zero for the empty set", "Subtract it from every value"
        )


def _members_of(number: int, members: tuple[str, ...]) -> frozenset[str]:
    return frozenset(m for i, m in enumerate(members) if number >> i & 1)


def _subset_number(names: Iterable[str], members: tuple[str, ...]) -> int:
    number = 0
    value: object = names
    if not isinstance(value, Iterable):
        raise ParameterError("worth", names, "sets of members, each with what it is worth")
    for name in names:
        if name not in members:
            raise UnknownNameError("member", name, members)
        number |= 1 << members.index(name)
    return number


def _to_rationals(values: Sequence[Any], name: str, count: int) -> tuple[fmpq, ...]:
    values = arg.sequence(name, values, f"{count} numbers")
    if len(values) != count:
        raise ParameterError(name, values, f"{count} numbers", f"{len(values)} came")
    return tuple(_to_fmpq(value, name) for value in values)


def _to_fmpq(value: Any, name: str) -> fmpq:
    number = value if type(value) is int or isinstance(value, Fraction) else exact(value, name)
    if not isinstance(number, (int, Fraction)) and not number.is_Rational:
        raise ParameterError(
            name, value, "rational numbers", "Give every symbol a value: unions are compared"
        )
    return to_fmpq(number)


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

    ``worths_without`` is what the union is worth to the hub without each member, ``gains`` and
    ``odds`` each member's own gain before transfers and its bargaining weight over the hub's.
    DoesNotExistError where some pair has nothing to gain, so that the whole union is no outcome.
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
    """Joint agreement of all or none: the surplus split in proportion to the weights."""
    surplus = union_worth + sum(gains)
    if surplus < 0:
        no_gains = FrozenMapping(dict.fromkeys(members, Fraction(0)))
        return HubOutcome((), Fraction(0), FrozenMapping({}), no_gains)
    unit = surplus / (1 + sum(odds))
    net_gains = {m: weight * unit for m, weight in zip(members, odds, strict=True)}
    transfers = {m: net - gain for (m, net), gain in zip(net_gains.items(), gains, strict=True)}
    return HubOutcome(tuple(members), unit, FrozenMapping(transfers), FrozenMapping(net_gains))
