"""Bargaining while power shifts: the offer in each period, and the period of breakdown.

Every period there is a pie of 1. Two sides agree how to share it, or bargaining breaks down for
good; in period t a breakdown leaves them the strengths ``rising[t]`` and ``declining[t]``, as
shares of the pie in every period from then on. Values are averages per period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gametheory_eeu.core import exact
from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import ParameterError, TooLargeError

Proposer = Literal["rising", "declining"]
MAX_PERIODS = 5_000


@dataclass(frozen=True)
class BargainingStage(Picklable):
    """One period: strengths, agreed share and expected payoffs of the two sides.

    ``share`` is the declining side's share of the period's pie, None where bargaining breaks down.
    """

    rising: Fraction
    declining: Fraction
    share: Fraction | None
    rising_value: Fraction
    declining_value: Fraction


@dataclass(frozen=True)
class BargainingPath(Picklable):
    """The path of bargaining, period by period; the last period repeats for ever.

    Parameters
    ----------
    stages : tuple of BargainingStage
        From each period on, as if it were reached.
    discount_factor : Fraction
    proposer : {"rising", "declining"}
    breakdown : int or None
        The period in which bargaining breaks down, counted from 0.
    sufficient : tuple of int
        The periods in which Powell's condition holds: no agreement can then be kept under any
        way of bargaining that leaves the sides these minmax values.
    """

    stages: tuple[BargainingStage, ...]
    discount_factor: Fraction
    proposer: Proposer
    breakdown: int | None
    sufficient: tuple[int, ...]
    exact: bool = True

    @property
    def offers(self) -> tuple[Fraction, ...]:
        """The declining side's shares, period by period, before a breakdown."""
        shares = (stage.share for stage in self.stages[: self.breakdown])
        return tuple(share for share in shares if share is not None)

    @property
    def waste(self) -> Fraction:
        """The share of the total value that a breakdown destroys, seen from the start."""
        return 1 - self.stages[0].rising_value - self.stages[0].declining_value


def bargaining_path(
    rising: Iterable[object],
    declining: Iterable[object],
    discount_factor: object,
    proposer: Proposer = "rising",
) -> BargainingPath:
    """The subgame perfect path of bargaining, by backward induction, exact.

    One side proposes in every period. The declining side may also leave before it proposes.
    Where somebody is indifferent there is agreement.

    Parameters
    ----------
    rising, declining : sequences of numbers
        The sides' strengths, a pair for each period; the last pair holds for ever.
    discount_factor : number in (0, 1)
    proposer : {"rising", "declining"}

    Raises
    ------
    ParameterError
        Sequences that are empty or differ in length, strengths that are no shares of one pie, a
        discount factor at 0 or 1.
    TooLargeError
        More than 5,000 periods.

    Examples
    --------
    A sudden shift breaks what a gradual one leaves whole:

    >>> bargaining_path(["1/5", "3/5"], ["7/10", "3/10"], "1/2").breakdown
    0
    >>> slow = bargaining_path(["1/5", "2/5", "3/5"], ["7/10", "1/2", "3/10"], "1/2")
    >>> slow.breakdown, [str(share) for share in slow.offers]
    (None, ['9/10', '7/10', '3/10'])
    """
    strengths = _strength_pairs(
        _to_fractions("rising", rising), _to_fractions("declining", declining)
    )
    (delta,) = _to_fractions("discount_factor", [discount_factor])
    if not 0 < delta < 1:
        raise ParameterError("discount_factor", delta, "a number strictly between 0 and 1")
    if proposer not in ("rising", "declining"):
        raise ParameterError("proposer", proposer, "'rising' or 'declining'")
    stages = [_stationary_stage(*strengths[-1], proposer)]
    for rising_strength, declining_strength in reversed(strengths[:-1]):
        stages.append(
            _preceding_stage(stages[-1], rising_strength, declining_strength, delta, proposer)
        )
    stages.reverse()
    breakdowns = (t for t, stage in enumerate(stages) if stage.share is None)
    sufficient = _breakdown_periods(strengths, delta, proposer)
    return BargainingPath(tuple(stages), delta, proposer, next(breakdowns, None), sufficient)


def _stationary_stage(rising: Fraction, declining: Fraction, proposer: Proposer) -> BargainingStage:
    """The stage of constant strengths: the proposer leaves the other side its strength."""
    share = declining if proposer == "rising" else 1 - rising
    return BargainingStage(rising, declining, share, 1 - share, share)


def _preceding_stage(
    later: BargainingStage,
    rising: Fraction,
    declining: Fraction,
    delta: Fraction,
    proposer: Proposer,
) -> BargainingStage:
    """The stage that precedes a given one, by backward induction."""
    continuation = delta * later.rising_value, delta * later.declining_value
    breakdown = BargainingStage(rising, declining, None, rising, declining)
    if proposer == "rising":
        share = max(Fraction(0), (declining - continuation[1]) / (1 - delta))
    else:
        share = min(Fraction(1), 1 - (rising - continuation[0]) / (1 - delta))
    if not 0 <= share <= 1:
        return breakdown
    agreement = BargainingStage(
        rising,
        declining,
        share,
        (1 - delta) * (1 - share) + continuation[0],
        (1 - delta) * share + continuation[1],
    )
    if proposer == "declining":
        return agreement if agreement.declining_value >= declining else breakdown
    stays_for_nothing = continuation[1] >= declining  # the rising side could not even provoke it
    return agreement if stays_for_nothing or agreement.rising_value >= rising else breakdown


def _breakdown_periods(
    strengths: Sequence[tuple[Fraction, Fraction]], delta: Fraction, proposer: Proposer
) -> tuple[int, ...]:
    """The periods in which Powell's sufficient condition for breakdown holds.

    A side can be held to its strength by a breakdown, but not below: with the rising side
    proposing, the other may also wait with nothing, and may let it wait with everything.
    """
    top, low = strengths[-1]
    periods = []
    for t in range(len(strengths) - 2, -1, -1):
        rising, declining = strengths[t]
        floor = max(declining, delta * low) if proposer == "rising" else declining
        if delta * top + floor > 1:
            periods.append(t)
        low = floor
        top = min(rising, 1 - delta + delta * top) if proposer == "rising" else rising
    return tuple(reversed(periods))


def _to_fractions(name: str, values: Iterable[object]) -> list[Fraction]:
    numbers = []
    for value in values:
        number = exact(value, name)
        if not number.is_Rational:
            raise ParameterError(
                name, value, "rational numbers", "With symbols, read the quantities of PowerShift"
            )
        numbers.append(to_fraction(number))
    return numbers


def _strength_pairs(
    rising: list[Fraction], declining: list[Fraction]
) -> list[tuple[Fraction, Fraction]]:
    if not rising or len(rising) != len(declining):
        text = f"{len(rising)} and {len(declining)}"
        raise ParameterError("strengths", text, "as many for one side as for the other, at least 1")
    if len(rising) > MAX_PERIODS:
        raise TooLargeError(
            f"{len(rising)} periods; exact fractions go to {MAX_PERIODS}. Merge periods in which "
            f"strengths hardly move"
        )
    for t, (first, second) in enumerate(zip(rising, declining, strict=True)):
        if first < 0 or second < 0 or first + second > 1:
            text = f"{first} and {second}"
            raise ParameterError(
                f"strengths in period {t}", text, "shares of one pie: >= 0, sum <= 1"
            )
    return list(zip(rising, declining, strict=True))
