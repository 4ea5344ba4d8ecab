"""Explanation of a claim: what it is, what was proved, and what would make it fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.cases.claim_parts import Part, PartJudgement
from gametheory_eeu.cases.robustness import CalibratedStatement, Robustness, robustness_of
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.prover import prove

_MOST_PROOFS = 40


@dataclass(frozen=True, repr=False)
class NeededAssumption(Picklable):
    """An assumption of the model without which a statement of the claim fails, and where it does.

    Parameters
    ----------
    assumption : SymPy Boolean
    part : Part
    point : mapping of symbol to exact value
    """

    assumption: Boolean
    part: Part
    point: Mapping[Symbol, Expr]


@dataclass(frozen=True, repr=False)
class Explanation(Displayable):
    """Place, paraphrase, model, statement, verdict, proof, and what would make the claim fail.

    Parameters
    ----------
    judgement : ClaimJudgement
    needed : tuple of NeededAssumption
        Assumptions of the model that the proofs need, one at a time, with a point at which the
        statement fails without; found by the prover, of those that it could settle.
    robustness : Robustness
    """

    judgement: Any
    needed: tuple[NeededAssumption, ...]
    robustness: Robustness

    @property
    def claim(self) -> Any:
        """The claim."""
        return self.judgement.claim

    @property
    def verdict(self) -> str:
        """The verdict on it."""
        result: str = self.judgement.verdict
        return result

    def __repr__(self) -> str:
        return f"<explanation of {self.claim!r}: {self.verdict}>"


@cache
def explain(judgement: Any) -> Explanation:
    """The explanation of a claim's judgement."""
    return Explanation(judgement, tuple(_needed(judgement.parts)), robustness(judgement))


def robustness(judgement: Any) -> Robustness:
    """How far each parameter may move before a claim, or its condition, fails."""
    at_point = [p.part for p in judgement.parts if p.verdict == "holds at the calibration"]
    rows = [CalibratedStatement(part.statement, part.space, part.point) for part in at_point]
    if judgement.verdict == "proved if":
        for condition in judgement.conditions:
            symbols = condition.free_symbols
            space = next(p.part.space for p in judgement.parts if symbols <= set(p.part.symbols))
            point = {s: v for s, v in judgement.claim.point.items() if s in space.symbols}
            if symbols and symbols <= set(point):
                rows.append(CalibratedStatement(condition, space, FrozenMapping(point)))
    return robustness_of(rows)


def _needed(parts: tuple[PartJudgement, ...]) -> Iterator[NeededAssumption]:
    """Each assumption without which a proved statement is refuted."""
    attempts = 0
    known: set[Boolean] = set()
    for part in (p.part for p in parts if p.verdict == "proved"):
        for assumption in part.space.constraints:
            attempts += 1
            if attempts > _MOST_PROOFS:
                return
            if assumption in known or assumption.free_symbols.isdisjoint(
                part.statement.free_symbols
            ):
                continue
            others = [c for c in part.space.constraints if c != assumption]
            proof = prove(part.statement, given=Space.of(*others, symbols=part.space.symbols))
            if proof.witnesses:
                known.add(assumption)
                yield NeededAssumption(assumption, part, proof.witnesses[0])
