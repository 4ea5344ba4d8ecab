"""Theorems on least and greatest equilibria, applied where their premises are proved.

The best replies are compared at two points: of the others' actions, and of a parameter. Increasing
differences of consecutive actions are those of all; single crossing has to be proved of every two
actions, for sums of gains that cross zero once need not do so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.games import Increment
from gametheory_eeu.prover.case_distinction import is_satisfiable
from gametheory_eeu.statics.continuous_choices import Choices, domain_failures
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.increasing_differences import (
    Comparison,
    GainChange,
    Pair,
    is_smooth,
    segment_claims,
)
from gametheory_eeu.statics.table import EXTREMAL_EQUILIBRIA, MonotoneStatic

INCREASING_DIFFERENCES = "increasing differences (Topkis 1979; Milgrom and Roberts 1990)"
SINGLE_CROSSING = "single crossing (Milgrom and Shannon 1994)"
WeakSign = Literal[">=0", "<=0", "0", "?"]
_WEAK_SIGNS: tuple[WeakSign, ...] = (">=0", "<=0")
_Proofs = tuple[prover.Proof, ...]
_ProofPair = tuple[_Proofs, _Proofs]
"""Proofs of an order or of a single crossing, and of what they rest on."""


@dataclass(frozen=True)
class _Conclusion:
    """The conclusion on all comparisons: a sign with its theorem, or the failure."""

    sign: WeakSign
    theorem: str
    proofs: _Proofs
    why: str = ""
    premises: _Proofs = ()


# Actions with names.


def monotone_rows(
    increments: Iterable[Increment], space: Space, parameters: Iterable[Parameter]
) -> Iterator[MonotoneStatic]:
    """A row for the least and one for the greatest equilibrium, for each parameter."""
    all_increments = tuple(increments)
    complements = _complementarity(list(_action_comparisons(all_increments, space)))
    payoffs = {i.who: i.payoffs for i in all_increments if i.payoffs}
    failures = [why for pair in payoffs.items() for why in domain_failures(*pair, space)]
    for parameter in parameters:
        shift = ShiftParameter(parameter)
        moved = (i for i in all_increments if shift.moves(i.gain))
        comparisons = [_parameter_comparison(i, space, shift) for i in moved]
        all_failures = [*failures, *_parameter_failures(all_increments, space, shift)]
        if comparisons or not (complements.why or all_failures):
            yield from _rows(
                parameter, complements, _Differences(comparisons, shift), all_failures, space
            )


def _action_comparisons(increments: Iterable[Increment], space: Space) -> Iterator[Comparison]:
    for increment in increments:
        domain = Space.of(space, *increment.where)
        for raised in increment.raised:
            yield Comparison(increment.who, increment.gain, raised, domain,
                             consecutive=increment.consecutive, alone=increment.alone)  # fmt: skip


def _parameter_comparison(increment: Increment, space: Space, shift: ShiftParameter) -> Comparison:
    domain, symbol, gain = Space.of(space, *increment.where), shift.symbol, increment.gain
    pair, claims = Pair.of(domain, symbol), segment_claims(domain, symbol)
    comparison = Comparison(increment.who, gain, pair.raised(gain), pair.space,
                            consecutive=increment.consecutive, alone=increment.alone)  # fmt: skip
    if claims is None or not is_smooth(gain, (symbol,)):
        return comparison
    return replace(comparison, slope=shift.rate(gain), along=domain, segment_claims=claims)


def _parameter_failures(
    increments: Iterable[Increment], space: Space, shift: ShiftParameter
) -> Iterator[str]:
    """Failed premises on the parameter: it moves the actions, or has a single value."""
    symbol = shift.symbol
    if any(shift.moves(*increment.where) for increment in increments):
        yield f"what the others may do moves with {symbol}"
    if not is_satisfiable(Pair.of(space, symbol).space):
        yield f"no two values of {symbol} are possible with everything else equal"


# Choices that are numbers.


def monotone_choice_rows(
    choices: Choices, parameters: Iterable[Parameter]
) -> Iterator[MonotoneStatic]:
    """Rows for the extremal equilibria where players choose numbers."""
    complements = _complementarity(list(choices.complements()))
    failures = list(choices.failures())
    for parameter in parameters:
        shift = ShiftParameter(parameter)
        differences = _choice_differences(choices, shift)
        all_failures = list(failures)
        if choices.is_fixed(shift):
            all_failures.append(
                f"no two values of {shift.symbol} are possible with everything else equal"
            )
        if differences.comparisons or not (complements.why or all_failures):
            yield from _rows(parameter, complements, differences, all_failures, choices.space)


def _choice_differences(choices: Choices, shift: ShiftParameter) -> _Differences:
    varying_ends = choices.varying_ends(shift)
    if not varying_ends and not shift.moves(*choices.payoffs.values()):
        return _Differences([], shift)
    signs = tuple(
        sign for sign in _WEAK_SIGNS if choices.has_monotone_ends(shift, rising=sign == ">=0")
    )
    proofs = tuple(result.proof for result in choices.endpoint_signs(shift)) if signs else ()
    return _Differences(list(choices.differences(shift)), shift, varying_ends, signs, proofs)


# The theorem.


@dataclass(frozen=True)
class _Differences:
    """The gains' changes with a parameter, and the directions that action sets allow.

    Where the parameter moves ends of intervals, the signs say which way these were proved to go.
    """

    comparisons: list[Comparison]
    shift: ShiftParameter
    varying_ends: tuple[Expr, ...] = ()
    signs: tuple[WeakSign, ...] = _WEAK_SIGNS
    proofs: _Proofs = ()

    def conclusion(self) -> _Conclusion:
        """The common direction of all comparisons, if there is one."""
        symbol = self.shift.symbol
        if not self.signs:
            ends = ", ".join(map(str, self.varying_ends))
            why = f"the ends of what may be chosen, {ends}, do not move one way with {symbol}"
            return _Conclusion("?", "", (), why)
        changes = [c.order() for c in self.comparisons if c.consecutive]
        proofs, premises = _merge_proofs(changes)
        if all(change.sign == "0" for change in changes) and not self.varying_ends:
            return _Conclusion("0", INCREASING_DIFFERENCES, proofs, premises=premises)
        for sign in self.signs:
            if all(change.is_monotone(up=sign == ">=0") for change in changes):
                premises = (*self.proofs, *premises)
                return _Conclusion(sign, INCREASING_DIFFERENCES, proofs, premises=premises)
        return self._single_crossing() or self._failure(proofs)

    def _single_crossing(self) -> _Conclusion | None:
        """The conclusion by single crossing, one way or the other; both ways, nothing moves."""
        crossings = [
            (sign, found)
            for sign in self.signs
            if (found := _crossing_proofs(self.comparisons, rising=sign == ">=0")) is not None
        ]
        if not crossings:
            return None
        proofs, premises = zip(*(found for _, found in crossings), strict=True)
        if len(crossings) == 2 and not self.varying_ends:
            premises = _unique_proofs(*premises)
            return _Conclusion("0", SINGLE_CROSSING, _unique_proofs(*proofs), premises=premises)
        premises = (*self.proofs, *premises[0])
        return _Conclusion(crossings[0][0], SINGLE_CROSSING, proofs[0], premises=premises)

    def _failure(self, proofs: _Proofs) -> _Conclusion:
        """The failure of increasing differences, with counterexamples."""
        message = f"gains from a higher action do not move one way with {self.shift.symbol}"
        counterexamples = [
            c.counterexample(rising=sign == ">=0")
            for sign in self.signs
            for c in self.comparisons
            if c.consecutive and not c.order().is_monotone(up=sign == ">=0")
        ]
        return _Conclusion("?", "", proofs, message + _point_text(counterexamples))


def _rows(
    parameter: Parameter,
    complements: _Conclusion,
    differences: _Differences,
    failures: list[str],
    space: Space,
) -> Iterator[MonotoneStatic]:
    conclusion = differences.conclusion()
    premises = _unique_proofs(complements.premises, conclusion.premises)
    reasons = [why for why in (complements.why, conclusion.why, *failures) if why]
    why = "no theorem applies: " + "; ".join(dict.fromkeys(reasons)) if reasons else ""
    theorems = (complements.theorem, conclusion.theorem)
    theorem = SINGLE_CROSSING if SINGLE_CROSSING in theorems else INCREASING_DIFFERENCES
    for quantity in EXTREMAL_EQUILIBRIA:
        yield MonotoneStatic(
            quantity, parameter, "?" if why else conclusion.sign, "" if why else theorem,
            complements.proofs, conclusion.proofs, () if why else premises, why, space,
        )  # fmt: skip


def _complementarity(comparisons: list[Comparison]) -> _Conclusion:
    """Strategic complementarity: by increasing differences, else by single crossing."""
    changes: list[GainChange] = []
    for c in comparisons:
        if not c.consecutive:
            continue
        changes.append(c.order())
        if changes[-1].is_monotone(up=True):
            continue
        if (found := _crossing_proofs(comparisons, rising=True)) is not None:
            return _Conclusion(">=0", SINGLE_CROSSING, found[0], premises=found[1])
        message = f"{c.who}'s gain from a higher action falls in another's action"
        point_text = _point_text([c.counterexample(rising=True)])
        return _Conclusion("?", "", changes[-1].proofs, message + point_text)
    proofs, premises = _merge_proofs(changes)
    return _Conclusion(">=0", INCREASING_DIFFERENCES, proofs, premises=premises)


def _crossing_proofs(comparisons: Iterable[Comparison], *, rising: bool) -> _ProofPair | None:
    """Proofs that every gain goes one way, or crosses zero once where that is enough."""
    proofs: list[prover.Proof] = []
    premises: list[prover.Proof] = []
    for c in comparisons:
        change = c.order()
        if change.is_monotone(up=rising):
            proofs += change.proofs
            premises += change.premises
            continue
        crossing = c.single_crossing(rising=rising) if c.alone else None
        if crossing is None:
            return None
        proofs += crossing
    return _unique_proofs(tuple(proofs)), _unique_proofs(tuple(premises))


def _merge_proofs(changes: Iterable[GainChange]) -> _ProofPair:
    pairs = [(change.proofs, change.premises) for change in changes]
    return _unique_proofs(*(p for p, _ in pairs)), _unique_proofs(*(q for _, q in pairs))


def _unique_proofs(*proofs: _Proofs) -> _Proofs:
    return tuple(dict.fromkeys(p for group in proofs for p in group))


def _point_text(points: Iterable[Mapping[Symbol, Expr] | None]) -> str:
    """Points at which a premise fails, as text; at most two."""
    texts = (", ".join(f"{s} = {v}" for s, v in p.items()) for p in points if p is not None)
    distinct_texts = list(dict.fromkeys(texts))[:2]
    return f", as at {', and at '.join(distinct_texts)}" if distinct_texts else ""
