"""Which theorem on least and greatest equilibria applies, from what was proved of its premises.

The best replies are compared at two points: of the others' actions, and of a parameter. Increasing
differences of consecutive actions are those of all; single crossing has to be proved of every two
actions, for sums of gains that cross zero once need not do so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.model import Increment
from gametheory_eeu.statics.case_distinction import possible
from gametheory_eeu.statics.continuous_choices import Choices, undefined
from gametheory_eeu.statics.derivatives import Mover
from gametheory_eeu.statics.increasing_differences import (
    Comparison,
    Order,
    Pair,
    connection,
    is_smooth,
)
from gametheory_eeu.statics.monotone import MonotoneStatic, ends

CARDINAL = "increasing differences (Topkis 1979; Milgrom and Roberts 1990)"
ORDINAL = "single crossing (Milgrom and Shannon 1994)"
Way = Literal[">=0", "<=0", "0", "?"]
_Proofs = tuple[prover.Proof, ...]
_Crossing = tuple[_Proofs, _Proofs]
"""Proofs of an order or of a single crossing, and of what they rest on."""


@dataclass(frozen=True)
class _Found:
    """What was proved of all comparisons: with which theorem, and otherwise what fails."""

    way: Way
    theorem: str
    proofs: _Proofs
    why: str = ""
    premises: _Proofs = ()


# Actions with names.


def monotone(
    increments: Iterable[Increment], space: Space, parameters: Iterable[Parameter]
) -> Iterator[MonotoneStatic]:
    """A row for the least and one for the greatest equilibrium, for each parameter.

    Parameters
    ----------
    increments : iterable of Increment
        What each player gains by a higher action.
    space : Space
    parameters : iterable of Parameter
    """
    found = tuple(increments)
    complements = _complements(list(_by_the_others(found, space)))
    payoffs = {i.who: i.payoffs for i in found if i.payoffs}
    failures = [why for who, parts in payoffs.items() for why in undefined(who, parts, space)]
    for parameter in parameters:
        mover = Mover(parameter)
        moved = [c for i in found if mover.moves(i.gain) for c in _by_parameter(i, space, mover)]
        more = [*failures, *_unmoved(found, space, mover)]
        if moved or not (complements.why or more):
            yield from _rows(parameter, complements, _Differences(moved, mover), more, space)


def _by_the_others(increments: Iterable[Increment], space: Space) -> Iterator[Comparison]:
    for i in increments:
        place = Space.of(space, *i.where)
        for raised in i.raised:
            yield Comparison(i.who, i.gain, raised, place,
                             consecutive=i.consecutive, alone=i.alone)  # fmt: skip


def _by_parameter(i: Increment, space: Space, mover: Mover) -> Iterator[Comparison]:
    place, s = Space.of(space, *i.where), mover.symbol
    pair, paths = Pair.of(place, s), connection(place, s)
    if paths is None or not is_smooth(i.gain, (s,)):
        yield Comparison(i.who, i.gain, pair.raised(i.gain), pair.space,
                         consecutive=i.consecutive, alone=i.alone)  # fmt: skip
    else:
        yield Comparison(i.who, i.gain, pair.raised(i.gain), pair.space, mover.rate(i.gain), place,
                         paths, i.consecutive, i.alone)  # fmt: skip


def _unmoved(increments: Iterable[Increment], space: Space, mover: Mover) -> Iterator[str]:
    """What else the parameter must not do: move the actions, or have but one value."""
    s = mover.symbol
    if any(mover.moves(*i.where) for i in increments):
        yield f"what the others may do moves with {s}"
    if not possible(Pair.of(space, s).space):
        yield f"no two values of {s} are possible with everything else equal"


# Choices that are numbers.


def monotone_choices(choices: Choices, parameters: Iterable[Parameter]) -> Iterator[MonotoneStatic]:
    """The same rows where players choose numbers."""
    complements = _complements(list(choices.complements()))
    failures = list(choices.failures())
    for parameter in parameters:
        mover = Mover(parameter)
        differences = _of_choices(choices, mover)
        more = list(failures)
        if choices.is_fixed(mover):
            more.append(f"no two values of {mover.symbol} are possible with everything else equal")
        if differences.comparisons or not (complements.why or more):
            yield from _rows(parameter, complements, differences, more, choices.space)


def _of_choices(choices: Choices, mover: Mover) -> _Differences:
    moved_ends = choices.moved_ends(mover)
    if not moved_ends and not mover.moves(*choices.payoffs.values()):
        return _Differences([], mover)
    both: tuple[Way, ...] = (">=0", "<=0")
    ways = [way for way in both if choices.ascend(mover, rising=way == ">=0")]
    proofs = tuple(found.proof for found in choices.ends_move(mover)) if ways else ()
    return _Differences(list(choices.differences(mover)), mover, moved_ends, tuple(ways), proofs)


# The theorem.


@dataclass(frozen=True)
class _Differences:
    """How the gains move with a parameter, and which way the sets of actions let them.

    Parameters
    ----------
    comparisons : list of Comparison
    mover : Mover
    moved_ends : tuple of SymPy expressions
        Of the intervals that the parameter moves.
    ways : tuple of str
        Which way these were proved to go.
    proofs : tuple of Proof
    """

    comparisons: list[Comparison]
    mover: Mover
    moved_ends: tuple[Expr, ...] = ()
    ways: tuple[Way, ...] = (">=0", "<=0")
    proofs: _Proofs = ()

    def found(self) -> _Found:
        """Which way all move."""
        s = self.mover.symbol
        if not self.ways:
            moved = ", ".join(map(str, self.moved_ends))
            return _Found("?", "", (), f"the ends of what may be chosen, {moved}, do not move one "
                                       f"way with {s}")  # fmt: skip
        orders = [c.order() for c in self.comparisons if c.consecutive]
        proofs, premises = _collected(orders)
        if all(o.sign == "0" for o in orders) and not self.moved_ends:
            return _Found("0", CARDINAL, proofs, premises=premises)
        for way in self.ways:
            if all(o.goes(up=way == ">=0") for o in orders):
                return _Found(way, CARDINAL, proofs, premises=(*self.proofs, *premises))
        return self._crossing() or self._failing(proofs)

    def _crossing(self) -> _Found | None:
        """Single crossing, one way or the other; both ways, nothing moves."""
        found = {way: _all_cross(self.comparisons, rising=way == ">=0") for way in self.ways}
        ways: list[tuple[Way, _Crossing]] = [(w, c) for w, c in found.items() if c is not None]
        if not ways:
            return None
        proofs, premises = zip(*(crossing for _, crossing in ways), strict=True)
        if len(ways) == 2 and not self.moved_ends:
            return _Found("0", ORDINAL, _once(*proofs), premises=_once(*premises))
        return _Found(ways[0][0], ORDINAL, proofs[0], premises=(*self.proofs, *premises[0]))

    def _failing(self, proofs: _Proofs) -> _Found:
        """Where the gains do not rise, and where they do not fall, of what may be chosen."""
        what = f"gains from a higher action do not move one way with {self.mover.symbol}"
        wrong = [
            c.counterexample(rising=way == ">=0")
            for way in self.ways
            for c in self.comparisons
            if c.consecutive and not c.order().goes(up=way == ">=0")
        ]
        return _Found("?", "", proofs, what + _at(wrong))


def _rows(
    parameter: Parameter,
    complements: _Found,
    differences: _Differences,
    failures: list[str],
    space: Space,
) -> Iterator[MonotoneStatic]:
    found = differences.found()
    premises = _once(complements.premises, found.premises)
    reasons = [why for why in (complements.why, found.why, *failures) if why]
    why = "no theorem applies: " + "; ".join(dict.fromkeys(reasons)) if reasons else ""
    theorem = ORDINAL if ORDINAL in (complements.theorem, found.theorem) else CARDINAL
    way: Way = "?" if why else found.way
    yield from ends(
        parameter, way, "" if why else theorem, complements.proofs, found.proofs,
        () if why else premises, why, space,
    )  # fmt: skip


def _complements(comparisons: list[Comparison]) -> _Found:
    """No gain falls in the others' actions; or at least it never turns from gain to loss."""
    orders: list[Order] = []
    for c in comparisons:
        if not c.consecutive:
            continue
        orders.append(c.order())
        if orders[-1].rises:
            continue
        crossing = _all_cross(comparisons, rising=True)
        if crossing is not None:
            return _Found(">=0", ORDINAL, crossing[0], premises=crossing[1])
        what = f"{c.who}'s gain from a higher action falls in another's action"
        where = _at([c.counterexample(rising=True)])
        return _Found("?", "", orders[-1].proofs, what + where)
    proofs, premises = _collected(orders)
    return _Found(">=0", CARDINAL, proofs, premises=premises)


def _all_cross(comparisons: Iterable[Comparison], *, rising: bool) -> _Crossing | None:
    """That every gain goes one way, or crosses zero once where that is enough."""
    proofs: list[prover.Proof] = []
    premises: list[prover.Proof] = []
    for c in comparisons:
        order = c.order()
        if order.goes(up=rising):
            proofs += order.proofs
            premises += order.premises
            continue
        crossing = c.crosses(rising=rising) if c.alone else None
        if crossing is None:
            return None
        proofs += crossing
    return _once(tuple(proofs)), _once(tuple(premises))


def _collected(orders: Iterable[Order]) -> _Crossing:
    found = list(orders)
    return _once(*(o.proofs for o in found)), _once(*(o.premises for o in found))


def _once(*proofs: _Proofs) -> _Proofs:
    return tuple(dict.fromkeys(p for some in proofs for p in some))


def _at(points: Iterable[Mapping[Symbol, Expr] | None]) -> str:
    """Where a premise fails, at most twice: one that does not rise, and one that does not fall."""
    shown = (", ".join(f"{s} = {v}" for s, v in p.items()) for p in points if p is not None)
    first = list(dict.fromkeys(shown))[:2]
    return f", as at {', and at '.join(first)}" if first else ""


__all__ = ["CARDINAL", "ORDINAL", "monotone", "monotone_choices"]
