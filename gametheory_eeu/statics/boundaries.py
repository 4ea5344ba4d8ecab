"""What happens to a quantity where a parameter carries it from one formula to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.statics.condition_forms import Said
from gametheory_eeu.statics.derivatives import Mover
from gametheory_eeu.statics.piecewise import Edge, on
from gametheory_eeu.statics.settled import sign

Kind = Literal["smooth", "kink", "continuous", "jump", "open"]
_OPPOSITE = {"+": "-", "-": "+", ">=0": "<=0", "<=0": ">=0"}
_WAYS = {"+": "up by ", "-": "down by ", ">=0": "up or not at all, by ",
         "<=0": "down or not at all, by "}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Boundary(Shown):
    """Where a parameter carries a quantity from one formula to another, and what happens there.

    Parameters
    ----------
    where : Said
        The equation of the boundary.
    space : Space
        The boundary itself, as part of the parameter space: where both formulas have a value.
    before, after : SymPy expressions
        The quantity's formula on either side, in the direction in which the parameter rises where
        ``directed``.
    directed : bool
        Whether the parameter crosses in this direction wherever it crosses, which was proved.
    jump : str
        The sign of the formula after less the formula before, on the boundary.
    bend : str
        The sign of the slope after less the slope before, on the boundary.
    proofs : tuple of Proof
        Of these, and of the direction.
    why : str
        Where continuity was not decided, the reason.
    """

    where: Said
    space: Space
    before: Expr
    after: Expr
    directed: bool
    jump: str
    bend: str
    proofs: tuple[prover.Proof, ...]
    why: str = ""

    @property
    def kind(self) -> Kind:
        """What was proved of the quantity there.

        ``"smooth"``: continuous, with one slope. ``"kink"``: continuous, and the slopes differ
        everywhere on the boundary. ``"continuous"``: continuous, and the slopes differ on part of
        it, or that is open. ``"jump"``: it jumps, everywhere or on part of it. ``"open"``: neither
        continuity nor a jump was proved.
        """
        if self.jump != "0":
            return "open" if self.why else "jump"
        return "smooth" if self.bend == "0" else "kink" if self.bend in ("+", "-") else "continuous"

    @property
    def size(self) -> Expr:
        """What the quantity gains in crossing; zero where it is continuous."""
        if self.jump == "0":
            return sp.Integer(0)
        return on(self.where.condition, self.after - self.before)

    @property
    def text(self) -> str:
        """What happens there, in words."""
        where = self.where.by_name
        return f"at {where.lhs} = {where.rhs}: {self.what}"

    @property
    def what(self) -> str:
        """What happens there, without saying where."""
        if self.kind == "jump":
            way = _WAYS.get(self.jump, "by ") if self.directed else "by "
            return f"jumps {way}{-self.size if way.startswith('down') else self.size}"
        if self.kind == "kink":
            turn = {"+": ", upward", "-": ", downward"}[self.bend] if self.directed else ""
            return f"continuous, with a kink{turn}"
        return {"smooth": "continuous, with one slope", "continuous": "continuous",
                "open": f"not decided ({self.why})"}[self.kind]  # fmt: skip

    def __repr__(self) -> str:
        return f"<{self.text}>"


def boundary(edge: Edge, mover: Mover) -> Boundary:
    """An edge as the parameter crosses it."""
    place = Space.of(edge.place, *mover.ties(edge.zero, edge.gap))
    crossing = sign(mover.slope(edge.zero), place)
    rising = crossing.sign
    falls = rising == "-"
    before, after = (edge.above, edge.below) if falls else (edge.below, edge.above)
    bend, proofs = _bend(edge, mover, crossing, place)
    jump = _OPPOSITE.get(edge.jump.sign, edge.jump.sign) if falls else edge.jump.sign
    open_ = edge.jump.verdict == "unknown"
    why = (edge.jump.proof.why.rstrip(".") or "no proof was found") if open_ else ""
    return Boundary(edge.where, place, before.expression, after.expression,
                    edge.sided and rising in ("+", "-"), jump,
                    _OPPOSITE.get(bend, bend) if falls else bend,
                    (*edge.jump.proofs, *proofs), why)  # fmt: skip


def _bend(
    edge: Edge, mover: Mover, crossing: prover.Sign, place: Space
) -> tuple[str, tuple[prover.Proof, ...]]:
    """The slope above less that below: on the edge, the gap's ratio times the slope across."""
    if edge.jump.sign != "0":
        return "?", crossing.proofs
    if edge.ratio is not None and crossing.sign in ("+", "-"):
        steep = sign(edge.ratio, place)
        found = steep.sign if crossing.sign == "+" else _OPPOSITE.get(steep.sign, steep.sign)
        return found, (*crossing.proofs, *steep.proofs)
    slopes = mover.slope(edge.above.expression) - mover.slope(edge.below.expression)
    found_ = sign(on(edge.where.condition, slopes), place)
    return found_.sign, (*crossing.proofs, *found_.proofs)


__all__ = ["Boundary", "boundary"]
