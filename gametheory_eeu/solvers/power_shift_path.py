"""Bargaining while power shifts: what is offered each period, and when it breaks down.

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
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.errors import ParameterError, TooLargeError

Proposer = Literal["rising", "declining"]
LONGEST = 5_000


@dataclass(frozen=True)
class Stage(Stored):
    """One period: who could have what alone, what is agreed, and what each side expects.

    ``share`` is the declining side's share of the period's pie, None where bargaining breaks down.
    """

    rising: Fraction
    declining: Fraction
    share: Fraction | None
    rising_value: Fraction
    declining_value: Fraction


@dataclass(frozen=True)
class BargainingPath(Stored):
    """The path of bargaining, period by period; the last period repeats for ever.

    Parameters
    ----------
    stages : tuple of Stage
        From each period on, as if it were reached.
    discount_factor : Fraction
    proposer : {"rising", "declining"}
    breakdown : int or None
        The period in which bargaining breaks down, counted from 0.
    sufficient : tuple of int
        The periods in which Powell's condition holds: no agreement can then be kept under any
        way of bargaining that leaves the sides these minmax values.
    """

    stages: tuple[Stage, ...]
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
        """The share of all there is to divide that a breakdown destroys, seen from the start."""
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
    strengths = _strengths(_numbers("rising", rising), _numbers("declining", declining))
    (delta,) = _numbers("discount_factor", [discount_factor])
    if not 0 < delta < 1:
        raise ParameterError("discount_factor", delta, "a number strictly between 0 and 1")
    if proposer not in ("rising", "declining"):
        raise ParameterError("proposer", proposer, "'rising' or 'declining'")
    stages = [_constant(*strengths[-1], proposer)]
    for own, other in reversed(strengths[:-1]):
        stages.append(_before(stages[-1], own, other, delta, proposer))
    stages.reverse()
    broken = (t for t, stage in enumerate(stages) if stage.share is None)
    sufficient = _sufficient(strengths, delta, proposer)
    return BargainingPath(tuple(stages), delta, proposer, next(broken, None), sufficient)


def _constant(rising: Fraction, declining: Fraction, proposer: Proposer) -> Stage:
    """Strengths that stay: the one who proposes leaves the other its strength, every period."""
    share = declining if proposer == "rising" else 1 - rising
    return Stage(rising, declining, share, 1 - share, share)


def _before(
    later: Stage, rising: Fraction, declining: Fraction, delta: Fraction, proposer: Proposer
) -> Stage:
    """What happens in a period, given what each side expects of the next."""
    waiting = delta * later.rising_value, delta * later.declining_value
    broken = Stage(rising, declining, None, rising, declining)
    if proposer == "rising":
        share = max(Fraction(0), (declining - waiting[1]) / (1 - delta))
    else:
        share = min(Fraction(1), 1 - (rising - waiting[0]) / (1 - delta))
    if not 0 <= share <= 1:
        return broken
    agreed = Stage(
        rising,
        declining,
        share,
        (1 - delta) * (1 - share) + waiting[0],
        (1 - delta) * share + waiting[1],
    )
    if proposer == "declining":
        return agreed if agreed.declining_value >= declining else broken
    stays_for_nothing = waiting[1] >= declining  # the rising side could not even provoke it
    return agreed if stays_for_nothing or agreed.rising_value >= rising else broken


def _sufficient(
    strengths: Sequence[tuple[Fraction, Fraction]], delta: Fraction, proposer: Proposer
) -> tuple[int, ...]:
    """Where what one can hold tomorrow and the other today do not fit into the whole.

    A side can be held to its strength by a breakdown, but not below: with the rising side
    proposing, the other may also wait with nothing, and may let it wait with everything.
    """
    top, low = strengths[-1]
    found = []
    for t in range(len(strengths) - 2, -1, -1):
        rising, declining = strengths[t]
        now = max(declining, delta * low) if proposer == "rising" else declining
        if delta * top + now > 1:
            found.append(t)
        low = now
        top = min(rising, 1 - delta + delta * top) if proposer == "rising" else rising
    return tuple(reversed(found))


def _numbers(name: str, given: Iterable[object]) -> list[Fraction]:
    numbers = []
    for value in given:
        number = exact(value, name)
        if not number.is_Rational:
            raise ParameterError(
                name, value, "rational numbers", "With symbols, read the quantities of PowerShift"
            )
        numbers.append(Fraction(int(number.p), int(number.q)))
    return numbers


def _strengths(
    rising: list[Fraction], declining: list[Fraction]
) -> list[tuple[Fraction, Fraction]]:
    if not rising or len(rising) != len(declining):
        came = f"{len(rising)} and {len(declining)}"
        raise ParameterError("strengths", came, "as many for one side as for the other, at least 1")
    if len(rising) > LONGEST:
        raise TooLargeError(
            f"{len(rising)} periods; exact fractions go to {LONGEST}. Merge periods in which "
            f"strengths hardly move"
        )
    for t, (one, other) in enumerate(zip(rising, declining, strict=True)):
        if one < 0 or other < 0 or one + other > 1:
            came = f"{one} and {other}"
            raise ParameterError(
                f"strengths in period {t}", came, "shares of one pie: >= 0, sum <= 1"
            )
    return list(zip(rising, declining, strict=True))
