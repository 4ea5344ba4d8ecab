"""Boundaries between the formulas of a quantity: continuity, kinks and jumps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.core.signs import SIGNS, SYMBOLS, opposite
from gametheory_eeu.statics.condition_forms import ConditionForms
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.piecewise import Breakpoint, substitute
from gametheory_eeu.statics.settled import sign

BoundaryKind = Literal["smooth", "kink", "continuous", "jump", "open"]
_DIRECTIONS = {"+": "up by ", "-": "down by ", ">=0": "up or not at all, by ",
         "<=0": "down or not at all, by "}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Boundary(Displayable):
    """The boundary between two formulas of a quantity, crossed as a parameter rises.

    Parameters
    ----------
    where : ConditionForms
        The equation of the boundary.
    space : Space
        The boundary itself, as part of the parameter space: where both formulas have a value.
    before, after : SymPy expressions
        The quantity's formula on either side, in the direction in which the parameter rises where
        ``directed``.
    is_directed : bool
        Whether the parameter crosses in this direction wherever it crosses, which was proved.
    jump : str
        The sign of the formula after less the formula before, on the boundary.
    slope_change : str
        The sign of the slope after less the slope before, on the boundary.
    proofs : tuple of Proof
        Of these, and of the direction.
    why : str
        Where continuity was not decided, the reason.
    """

    where: ConditionForms
    space: Space
    before: Expr
    after: Expr
    is_directed: bool
    jump: str
    slope_change: str
    proofs: tuple[prover.Proof, ...]
    why: str = ""

    @property
    def kind(self) -> BoundaryKind:
        """The kind of boundary, as far as it was proved.

        ``"smooth"``: continuous, with one slope. ``"kink"``: continuous, and the slopes differ
        everywhere on the boundary. ``"continuous"``: continuous, and the slopes differ on part of
        it, or that is open. ``"jump"``: it jumps, everywhere or on part of it. ``"open"``: neither
        continuity nor a jump was proved.
        """
        if self.jump != "0":
            return "open" if self.why else "jump"
        return (
            "smooth"
            if self.slope_change == "0"
            else "kink"
            if self.slope_change in ("+", "-")
            else "continuous"
        )

    @property
    def size(self) -> Expr:
        """The jump of the quantity in crossing; zero where it is continuous."""
        if self.jump == "0":
            return sp.Integer(0)
        return substitute(self.where.condition, self.after - self.before)

    @property
    def text(self) -> str:
        """Description of the boundary, with its equation."""
        where = self.where.by_name
        return f"at {where.lhs} = {where.rhs}: {self.what}"

    @property
    def what(self) -> str:
        """Description of the behaviour at the boundary."""
        if self.kind == "jump":
            direction = _DIRECTIONS.get(self.jump, "by ") if self.is_directed else "by "
            return f"jumps {direction}{-self.size if direction.startswith('down') else self.size}"
        if self.kind == "kink":
            kink_direction = (
                {"+": ", upward", "-": ", downward"}[self.slope_change] if self.is_directed else ""
            )
            return f"continuous, with a kink{kink_direction}"
        return {"smooth": "continuous, with one slope", "continuous": "continuous",
                "open": f"not decided ({self.why})"}[self.kind]  # fmt: skip

    def __repr__(self) -> str:
        return f"<{self.text}>"


def boundary(edge: Breakpoint, shift: ShiftParameter) -> Boundary:
    """The boundary at a breakpoint, in the direction in which the parameter rises."""
    space = Space.of(edge.place, *shift.ties(edge.zero, edge.gap))
    crossing = sign(shift.slope(edge.zero), space)
    direction = crossing.sign
    is_falling = direction == "-"
    before, after = (edge.above, edge.below) if is_falling else (edge.below, edge.above)
    slope_change, proofs = _slope_change(edge, shift, crossing, space)
    jump = _opposite(edge.jump.sign) if is_falling else edge.jump.sign
    is_undecided = edge.jump.verdict == "unknown"
    why = (edge.jump.proof.why.rstrip(".") or "no proof was found") if is_undecided else ""
    return Boundary(edge.where, space, before.expression, after.expression,
                    edge.is_separating and direction in ("+", "-"), jump,
                    _opposite(slope_change) if is_falling else slope_change,
                    (*edge.jump.proofs, *proofs), why)  # fmt: skip


def _slope_change(
    edge: Breakpoint, shift: ShiftParameter, crossing: prover.Sign, space: Space
) -> tuple[str, tuple[prover.Proof, ...]]:
    """Sign of the slope above less the slope below, on the boundary, with its proofs."""
    if edge.jump.sign != "0":
        return "?", crossing.proofs
    if edge.ratio is not None and crossing.sign in ("+", "-"):
        ratio_sign = sign(edge.ratio, space)
        sign_text = ratio_sign.sign if crossing.sign == "+" else _opposite(ratio_sign.sign)
        return sign_text, (*crossing.proofs, *ratio_sign.proofs)
    slope_difference = shift.slope(edge.above.expression) - shift.slope(edge.below.expression)
    result = sign(substitute(edge.where.condition, slope_difference), space)
    return result.sign, (*crossing.proofs, *result.proofs)


def _opposite(symbol: str) -> str:
    return str(SYMBOLS[opposite(SIGNS[symbol])])


__all__ = ["Boundary", "boundary"]
