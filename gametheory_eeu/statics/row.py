"""One row: how a quantity moves with a parameter, branch by branch, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, Parameter, Space
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.model import Implicit
from gametheory_eeu.statics.boundaries import Boundary
from gametheory_eeu.statics.condition_forms import Said
from gametheory_eeu.statics.sign_conditions import Turning

Verdict = Literal["proved", "depends", "unknown"]
_UP, _DOWN = {"+", ">=0", "0"}, {"-", "<=0", "0"}


@dataclass(frozen=True, repr=False)
class Branch(Shown):
    """How a quantity moves where it has one formula.

    Parameters
    ----------
    where : Said
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
    turning : Turning or None
        Where a weak sign is strict; where an undecided one is positive; proved.
    """

    where: Said
    value: Expr
    derivative: Expr
    space: Space
    result: prover.Sign
    turning: Turning | None = None

    @property
    def condition(self) -> Boolean:
        """Where the branch is, in the parameters."""
        return self.where.condition

    @property
    def claim(self) -> str:
        """The sign, ``"+"`` in front of a condition too: what :attr:`reading` begins with."""
        return {">=0": "+", "<=0": "-", "?": "+"}[self.result.sign] if self.turning else (
            self.result.sign)  # fmt: skip

    @property
    def reading(self) -> str:
        """The sign in words, such as ``"- iff mu < 1, else 0"``."""
        if self.result.verdict == "unknown":
            return f"unknown ({self.why})"
        if self.turning is None:
            return self.claim
        rest = "" if self.result.sign == "?" else ", else 0"
        return f"{self.claim} iff {self.turning.text}{rest}"

    @property
    def why(self) -> str:
        """Where the sign is unknown: what stood in the way."""
        found = (self.result.proof, *self.result.proofs)
        unknown = (p.why.rstrip(".") for p in found if p.verdict == "unknown")
        reasons = dict.fromkeys(filter(None, unknown))
        return "; ".join(reasons) or "no proof was found"

    @property
    def strict(self) -> Boolean | None:
        """Where the sign of the row is strict, on this branch; None where that is not known."""
        if self.result.sign in ("+", "-"):
            return self.condition
        if self.result.sign == "0":
            return sp.false
        return None if self.turning is None else sp.And(self.condition, self.turning.condition)

    def __repr__(self) -> str:
        return f"<where {self.condition}: {self.reading}>"


@dataclass(frozen=True, repr=False)
class ComparativeStatic(Shown):
    """How one quantity moves with one parameter.

    Parameters
    ----------
    quantity : str
        A quantity's name, or "payoff of … at …".
    symbol : str
        The quantity in LaTeX.
    parameter : Parameter
    value : SymPy expression
        The quantity, with the parameter itself left open.
    branches : tuple of Branch
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
    root : Implicit or None
        The equation of which the quantity is, or is made from, a root.
    exists : SymPy Boolean
        Where the quantity exists, edges included.
    """

    quantity: str
    symbol: str
    parameter: Parameter
    value: Expr
    branches: tuple[Branch, ...]
    boundaries: tuple[Boundary, ...] = ()
    regular: tuple[prover.Proof, ...] = ()
    note: str = ""
    derived: tuple[Parameter, ...] = ()
    root: Implicit | None = None
    exists: Boolean = sp.true

    @property
    def is_whole(self) -> bool:
        """Whether the parameter moves by one at a time."""
        symbol = self.parameter.symbol
        return bool(self.parameter.domain == COUNT or symbol.is_integer)

    @cached_property
    def derivative(self) -> Expr:
        """The derivative, or difference; of several branches, a Piecewise.

        For an implicit quantity it may contain ``x``, the quantity itself.
        """
        if len(self.branches) == 1:
            return self.branches[0].derivative
        *most, last = ((b.derivative, b.condition) for b in self.branches)
        return sp.Piecewise(*most, (last[0], True))

    @cached_property
    def space(self) -> Space:
        """Over which the sign is claimed: where the derivative exists."""
        if len(self.branches) == 1:
            return self.branches[0].space
        common = [c for c in self.branches[0].space.constraints
                  if all(c in b.space.constraints for b in self.branches)]  # fmt: skip
        symbols = self.branches[0].space.symbols
        return Space.of(*common, sp.Or(*(b.condition for b in self.branches)), symbols=symbols)

    @cached_property
    def sign(self) -> str:
        """``"+"``, ``"-"``, ``"0"``, ``">=0"``, ``"<=0"`` or ``"?"``."""
        found = {b.result.sign for b in self.branches}
        if len(found) == 1:
            return str(found.pop())
        return ">=0" if found <= _UP else "<=0" if found <= _DOWN else "?"

    @cached_property
    def verdict(self) -> Verdict:
        """``"proved"``, ``"depends"`` (proved to take both signs) or ``"unknown"``."""
        if self.sign != "?":
            return "proved"
        up = any(b.result.sign == "+" or b.result.verdict == "depends" for b in self.branches)
        down = any(b.result.sign == "-" or b.result.verdict == "depends" for b in self.branches)
        known = all(b.result.verdict != "unknown" for b in self.branches)
        return "depends" if known and len(self.witnesses) == 2 and (up or down) else "unknown"

    @cached_property
    def witnesses(self) -> tuple[Mapping[Symbol, Expr], ...]:
        """Where the sign depends: an exact point where it is positive, one where it is negative."""
        if self.sign != "?":
            return ()
        for branch in self.branches:
            if branch.result.verdict == "depends":
                return branch.result.witnesses
        found = (self._somewhere(sp.Gt), self._somewhere(sp.Lt))
        return tuple(point for point in found if point is not None)

    def _somewhere(self, relation: type) -> Mapping[Symbol, Expr] | None:
        wanted = ("+", ">=0") if relation is sp.Gt else ("-", "<=0")
        for branch in self.branches:
            if branch.result.sign in wanted:
                proof = prover.is_empty([branch.space, relation(branch.derivative, 0)])
                if proof.witnesses:
                    return proof.witnesses[0]
        return None

    @property
    def deciding(self) -> Expr | None:
        """Where the sign depends: positive exactly where this is. With branches, see each."""
        return self.branches[0].result.deciding if len(self.branches) == 1 else None

    @property
    def turning(self) -> Turning | None:
        """Where one branch is all: where its sign is strict, or positive."""
        return self.branches[0].turning if len(self.branches) == 1 else None

    @property
    def condition(self) -> Boolean | None:
        """Where a weak sign is strict; where an undecided one is positive."""
        if self.sign in ("+", "-", "0") or self.verdict == "unknown":
            return None
        if self.sign == "?":
            parts = [sp.false if b.result.sign in _DOWN else b.strict for b in self.branches]
        else:
            parts = [b.strict for b in self.branches]
        return None if None in parts else sp.Or(*parts)

    @property
    def condition_text(self) -> str:
        """The condition in words: a quantity's name where it is one."""
        if self.turning is not None:
            return self.turning.text
        return "" if self.condition is None else str(self.condition)

    @property
    def proofs(self) -> tuple[prover.Proof, ...]:
        """Everything that was settled for the row."""
        found = [p for b in self.branches for p in b.result.proofs]
        found += [p for b in self.branches if b.turning for p in b.turning.proofs]
        found += [p for edge in self.boundaries for p in edge.proofs]
        return (*self.regular, *found)

    @property
    def certificate(self) -> str:
        """What a referee can check: the proofs behind the sign."""
        return "\n\n".join(str(proof.certificate) for proof in self.proofs if proof.certificate)

    @property
    def reading(self) -> str:
        """The sign in words, such as ``"- iff mu < 1, else 0"`` or ``"+ iff surplus > 0"``."""
        told: dict[str, list[Boolean]] = {}
        for branch in self.branches:
            told.setdefault(branch.reading, []).append(branch.where.by_name)
        if len(told) == 1:
            return next(iter(told))
        return "; ".join(f"{what} where {sp.Or(*where)}" for what, where in told.items())

    def recheck(self) -> bool | None:
        """Check the row again by other routes; see :func:`gametheory_eeu.statics.recheck`."""
        from gametheory_eeu.statics.recheck import recheck

        return recheck(self)

    def __repr__(self) -> str:
        name = f"d {self.quantity} / d {self.parameter.name}"
        return f"<{name}: {self.reading} ({self.verdict})>"


__all__ = ["Branch", "ComparativeStatic", "Verdict"]
