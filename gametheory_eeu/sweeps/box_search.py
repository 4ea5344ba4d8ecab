"""Branch and bound over a box: in which parts a condition is proved to hold, and to fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import count, product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover import Proof, prove

TRUE, FALSE, OUTSIDE, UNSETTLED = "true", "false", "outside", "unsettled"
RLIMIT = 2_000_000
"""Of one proof; a box for which it does not do is cut further."""


@dataclass(frozen=True)
class Cell(Picklable):
    """An open box: between which numbers each symbol lies."""

    bounds: Mapping[Symbol, tuple[Expr, Expr]]

    @property
    def condition(self) -> Boolean:
        """The box as a condition."""
        return sp.And(*(c for s, (low, high) in self.bounds.items() for c in (s > low, s < high)))

    @cached_property
    def volume(self) -> Expr:
        """The product of its sides."""
        return sp.prod(high - low for low, high in self.bounds.values())

    def points(self) -> Iterator[tuple[tuple[int, ...], dict[Symbol, Expr]]]:
        """Points just inside the corners, each with the ends that it is near to."""
        for ends in product((0, 1), repeat=len(self.bounds)):
            near = zip(ends, self.bounds.items(), strict=True)
            yield ends, {s: (15 * pair[end] + pair[1 - end]) / 16 for end, (s, pair) in near}

    def halves(self, symbol: Symbol) -> Iterator[Cell]:
        """The two halves along one side."""
        low, high = self.bounds[symbol]
        middle = (low + high) / 2
        for pair in ((low, middle), (middle, high)):
            yield Cell(FrozenMapping({**self.bounds, symbol: pair}))


@dataclass(frozen=True)
class Question(Picklable):
    """A condition over a domain, asked of boxes."""

    condition: Boolean
    domain: tuple[Boolean, ...]

    def proof(self, cell: Cell, verdict: str) -> Proof | None:
        """A proof that all of a box has a verdict; None where none is found."""
        statement = sp.Not(self.condition, evaluate=False) if verdict == FALSE else self.condition
        try:
            proof = prove(statement, given=Space.of(cell.condition, *self.domain), rlimit=RLIMIT)
        except UnsupportedError:
            return None
        if proof.verdict != "proved" or proof.vacuous is not (verdict == OUTSIDE):
            return None
        return proof

    def sample(self, cell: Cell) -> dict[tuple[int, ...], str]:
        """The verdict at points of a box, exactly; only a box of one verdict is worth a proof."""
        return {ends: self._at(point) for ends, point in cell.points()}

    def _at(self, point: Mapping[Symbol, Expr]) -> str:
        try:
            if any(truth_value(c, point) is not True for c in self.domain):
                return OUTSIDE
            return {True: TRUE, False: FALSE, None: UNSETTLED}[truth_value(self.condition, point)]
        except UndecidedError:
            return UNSETTLED


def search(
    question: Question, whole: Cell, width: Expr, proofs: int
) -> dict[str, list[tuple[Cell, Proof | None]]]:
    """The parts of a box by verdict, the largest looked at first.

    Parameters
    ----------
    question : Question
    whole : Cell
    width : SymPy number
        A side of this share of the whole is not cut any more.
    proofs : int
        The most proofs that are tried.
    """
    result: dict[str, list[tuple[Cell, Proof | None]]] = {
        v: [] for v in (TRUE, FALSE, OUTSIDE, UNSETTLED)
    }
    order, queue = count(), [(-whole.volume, 0, whole)]
    next(order)
    while queue:
        _, _, cell = heappop(queue)
        sample = question.sample(cell)
        verdicts = set(sample.values()) - {OUTSIDE} or {OUTSIDE}
        proof, verdict = None, next(iter(verdicts))
        if len(verdicts) == 1 and verdict != UNSETTLED and proofs > 0:
            proofs -= 1
            proof = question.proof(cell, verdict)
        if proof is not None:
            result[verdict].append((cell, proof))
            continue
        side = _side(cell, whole, width, sample)
        if side is None or proofs <= 0:
            result[UNSETTLED].append((cell, None))
            continue
        for half in cell.halves(side):
            heappush(queue, (-half.volume, next(order), half))
    return result


def _side(
    cell: Cell, whole: Cell, width: Expr, sample: Mapping[tuple[int, ...], str]
) -> Symbol | None:
    """Which side to cut: across which the verdict changes most often, then the longest."""
    candidates = []
    for place, (symbol, (low, high)) in enumerate(cell.bounds.items()):
        ends = whole.bounds[symbol]
        length = (high - low) / (ends[1] - ends[0])
        if length > width:
            candidates.append((length, _changes(sample, place), -place, symbol))
    return max(candidates)[-1] if candidates else None


def _changes(sample: Mapping[tuple[int, ...], str], place: int) -> int:
    """Pairs of corners that differ in one side, and in the verdict."""
    return sum(
        verdict != sample[*ends[:place], 1, *ends[place + 1 :]]
        for ends, verdict in sample.items()
        if not ends[place]
    )


__all__ = ["FALSE", "OUTSIDE", "TRUE", "UNSETTLED", "Cell", "Question", "search"]
