"""A row of comparative statics: its branches and the boundaries between formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, Parameter, Space
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.core.signs import SIGNS, SYMBOLS, opposite
from gametheory_eeu.games import ImplicitRoot
from gametheory_eeu.statics.condition_forms import ConditionForms, sign
from gametheory_eeu.statics.conditions import SignCondition
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.piecewise import Breakpoint, substitute

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
        if self.slope_change == "0":
            return "smooth"
        return "kink" if self.slope_change in ("+", "-") else "continuous"

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
            direction = ", upward" if self.slope_change == "+" else ", downward"
            return f"continuous, with a kink{direction if self.is_directed else ''}"
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


SignVerdict = Literal["proved", "depends", "unknown"]


@dataclass(frozen=True, repr=False)
class StaticsBranch(Displayable):
    """The derivative and its sign where a quantity has one formula.

    Parameters
    ----------
    where : ConditionForms
        Where, without the edges that the parameter moves; always, where it is the only branch.
    value : SymPy expression
        The quantity there, with the parameter itself left open.
    derivative : SymPy expression
        For a whole-number parameter, the difference one more makes.
    space : Space
        Over which the sign is claimed.
    result : Sign
        The sign, its verdict, its proofs, and where it depends on the parameters the deciding
        expression and two exact witnesses.
    sign_condition : SignCondition or None
        Where a weak sign is strict; where an undecided one is positive; proved.
    """

    where: ConditionForms
    value: Expr
    derivative: Expr
    space: Space
    result: prover.Sign
    sign_condition: SignCondition | None = None

    @property
    def condition(self) -> Boolean:
        """The branch's condition, in the parameters."""
        return self.where.condition

    @property
    def claim(self) -> str:
        """The sign, ``"+"`` in front of a condition too: what :attr:`reading` begins with."""
        return {">=0": "+", "<=0": "-", "?": "+"}[self.result.sign] if self.sign_condition else (
            self.result.sign)  # fmt: skip

    @property
    def reading(self) -> str:
        """The sign in words, such as ``"- iff mu < 1, else 0"``."""
        if self.result.verdict == "unknown":
            return f"unknown ({self.why})"
        if self.sign_condition is None:
            return self.claim
        suffix = "" if self.result.sign == "?" else ", else 0"
        return f"{self.claim} iff {self.sign_condition.text}{suffix}"

    @property
    def why(self) -> str:
        """The reason why the sign is unknown."""
        proofs = (self.result.proof, *self.result.proofs)
        explanations = (p.why.rstrip(".") for p in proofs if p.verdict == "unknown")
        reasons = dict.fromkeys(filter(None, explanations))
        return "; ".join(reasons) or "no proof was found"

    @property
    def strict(self) -> Boolean | None:
        """Where the row's sign is strict on this branch; None where that is not known."""
        if self.result.sign in ("+", "-"):
            return self.condition
        if self.result.sign == "0":
            return sp.false
        if self.sign_condition is None:
            return None
        return sp.And(self.condition, self.sign_condition.condition)

    def __repr__(self) -> str:
        return f"<where {self.condition}: {self.reading}>"


@dataclass(frozen=True, repr=False)
class ComparativeStatic(Displayable):
    """The derivative of one quantity in one parameter, with its proved sign.

    Parameters
    ----------
    quantity : str
        A quantity's name, or "payoff of … at …".
    symbol : str
        The quantity in LaTeX.
    parameter : Parameter
    value : SymPy expression
        The quantity, with the parameter itself left open.
    branches : tuple of StaticsBranch
        One, or as many as the quantity has formulas; each with its derivative, sign and proofs.
    boundaries : tuple of Boundary
        Where the parameter carries the quantity from one branch to another, and what happens.
    regular : tuple of Proof
        Of a root: that its equation has a slope there, so that it moves as the implicit function
        theorem says.
    note : str
        What a reader has to know.
    derived : tuple of Parameter
        Through which the parameter moves the quantity, besides directly.
    root : ImplicitRoot or None
        The equation of which the quantity is, or is made from, a root.
    exists : SymPy Boolean
        Where the quantity exists, edges included.
    system : tuple of pairs of SymPy symbol and expression
        Of an equilibrium without closed form: each choice, and the marginal payoff that is zero.
    """

    quantity: str
    symbol: str
    parameter: Parameter
    value: Expr
    branches: tuple[StaticsBranch, ...]
    boundaries: tuple[Boundary, ...] = ()
    regular: tuple[prover.Proof, ...] = ()
    note: str = ""
    derived: tuple[Parameter, ...] = ()
    root: ImplicitRoot | None = None
    exists: Boolean = sp.true
    system: tuple[tuple[Symbol, Expr], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the parameter moves in integer steps."""
        symbol = self.parameter.symbol
        return bool(self.parameter.domain == COUNT or symbol.is_integer)

    @cached_property
    def derivative(self) -> Expr:
        """The derivative, or difference; of several branches, a Piecewise.

        For an implicit quantity it may contain ``x``, the quantity itself.
        """
        if len(self.branches) == 1:
            return self.branches[0].derivative
        *initial, last = ((b.derivative, b.condition) for b in self.branches)
        return sp.Piecewise(*initial, (last[0], True))

    @cached_property
    def space(self) -> Space:
        """The space over which the sign is claimed: where the derivative exists."""
        if len(self.branches) == 1:
            return self.branches[0].space
        common = [c for c in self.branches[0].space.constraints
                  if all(c in b.space.constraints for b in self.branches)]  # fmt: skip
        symbols = self.branches[0].space.symbols
        return Space.of(*common, sp.Or(*(b.condition for b in self.branches)), symbols=symbols)

    @cached_property
    def sign(self) -> str:
        """``"+"``, ``"-"``, ``"0"``, ``">=0"``, ``"<=0"`` or ``"?"``."""
        symbols = {b.result.sign for b in self.branches}
        if len(symbols) == 1:
            return str(symbols.pop())
        signs = frozenset().union(*(SIGNS[symbol] for symbol in symbols))
        return ">=0" if signs <= SIGNS[">=0"] else "<=0" if signs <= SIGNS["<=0"] else "?"

    @cached_property
    def verdict(self) -> SignVerdict:
        """``"proved"``, ``"depends"`` (proved to take both signs) or ``"unknown"``."""
        if self.sign != "?":
            return "proved"
        results = [branch.result for branch in self.branches]
        has_strict = any(r.sign in ("+", "-") or r.verdict == "depends" for r in results)
        is_decided = all(r.verdict != "unknown" for r in results)
        is_both = is_decided and has_strict and len(self.witnesses) == 2
        return "depends" if is_both else "unknown"

    @cached_property
    def witnesses(self) -> tuple[Mapping[Symbol, Expr], ...]:
        """Where the sign depends: an exact point where it is positive, one where it is negative."""
        if self.sign != "?":
            return ()
        for branch in self.branches:
            if branch.result.verdict == "depends":
                return branch.result.witnesses
        points = (self._witness(sp.Gt), self._witness(sp.Lt))
        return tuple(point for point in points if point is not None)

    def _witness(self, relation: type) -> Mapping[Symbol, Expr] | None:
        signs = ("+", ">=0") if relation is sp.Gt else ("-", "<=0")
        for branch in self.branches:
            if branch.result.sign in signs:
                proof = prover.is_empty([branch.space, relation(branch.derivative, 0)])
                if proof.witnesses:
                    return proof.witnesses[0]
        return None

    @property
    def deciding(self) -> Expr | None:
        """The expression whose sign decides one that depends; None with several branches."""
        return self.branches[0].result.deciding if len(self.branches) == 1 else None

    @property
    def sign_condition(self) -> SignCondition | None:
        """The condition for a strict or a positive sign; None with several branches."""
        return self.branches[0].sign_condition if len(self.branches) == 1 else None

    @property
    def condition(self) -> Boolean | None:
        """The condition for a weak sign to be strict, or for an undecided one to be positive."""
        if self.sign in ("+", "-", "0") or self.verdict == "unknown":
            return None
        parts = [b.strict for b in self.branches]
        if self.sign == "?":
            never = [SIGNS[b.result.sign] <= SIGNS["<=0"] for b in self.branches]
            parts = [sp.false if n else part for n, part in zip(never, parts, strict=True)]
        return None if None in parts else sp.Or(*parts)

    @property
    def proofs(self) -> tuple[prover.Proof, ...]:
        """All proofs behind the row."""
        proofs = [p for b in self.branches for p in b.result.proofs]
        proofs += [p for b in self.branches if b.sign_condition for p in b.sign_condition.proofs]
        proofs += [p for boundary in self.boundaries for p in boundary.proofs]
        return (*self.regular, *proofs)

    @property
    def certificate(self) -> str:
        """The certificates of the proofs behind the sign."""
        return "\n\n".join(str(proof.certificate) for proof in self.proofs if proof.certificate)

    @property
    def reading(self) -> str:
        """The sign in words, such as ``"- iff mu < 1, else 0"`` or ``"+ iff surplus > 0"``."""
        conditions_by_text: dict[str, list[Boolean]] = {}
        for branch in self.branches:
            conditions_by_text.setdefault(branch.reading, []).append(branch.where.by_name)
        if len(conditions_by_text) == 1:
            return next(iter(conditions_by_text))
        return "; ".join(
            f"{text} where {sp.Or(*conditions)}" for text, conditions in conditions_by_text.items()
        )

    def recheck(self) -> bool | None:
        """Check the row again by other routes; see :func:`gametheory_eeu.statics.recheck`."""
        from gametheory_eeu.statics.recheck import recheck

        return recheck(self)

    def __repr__(self) -> str:
        name = f"d {self.quantity} / d {self.parameter.name}"
        return f"<{name}: {self.reading} ({self.verdict})>"
