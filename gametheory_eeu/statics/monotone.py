"""Monotone comparative statics of the least and the greatest equilibrium, proved.

No derivative is taken of an equilibrium, and none has to be unique. Where a player's gain from a
higher action never falls in the others' actions (strategic complements), there are a least and a
greatest equilibrium; where it never falls in a parameter either, both rise with it, weakly.
Topkis (1979), Milgrom and Roberts (1990); with single crossing in place of increasing differences,
Milgrom and Shannon (1994).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.core.signs import SIGNS

EXTREMAL_EQUILIBRIA = ("least equilibrium", "greatest equilibrium")
_SYMBOLS = {"least equilibrium": r"\underline{x}", "greatest equilibrium": r"\overline{x}"}


@dataclass(frozen=True, repr=False)
class MonotoneStatic(Displayable):
    """The direction in which an extremal equilibrium moves with a parameter.

    Parameters
    ----------
    quantity : {"least equilibrium", "greatest equilibrium"}
    parameter : Parameter
    sign : {">=0", "<=0", "0", "?"}
        Weak: some action may stay as it is.
    theorem : str
        What the claim rests on; "" where none applies.
    complements : tuple of Proof
        That no gain from a higher action falls in the others' actions.
    differences : tuple of Proof
        That each such gain moves one way with the parameter, or crosses zero once.
    premises : tuple of Proof
        That points between are in the space, where the sign is that of a slope; that the ends of
        the intervals that the parameter moves go its way.
    why : str
        Where no theorem applies, which premises fail, with a point if one was found.
    space : Space
        Over which the claim is made: of the game, with the choices where these are numbers.
    """

    quantity: str
    parameter: Parameter
    sign: Literal[">=0", "<=0", "0", "?"]
    theorem: str
    complements: tuple[prover.Proof, ...]
    differences: tuple[prover.Proof, ...]
    premises: tuple[prover.Proof, ...] = ()
    why: str = ""
    space: Space = field(default_factory=lambda: Space(()))

    @property
    def symbol(self) -> str:
        """The equilibrium in LaTeX."""
        return _SYMBOLS[self.quantity]

    @property
    def verdict(self) -> Literal["proved", "unknown"]:
        """``"proved"``, or ``"unknown"`` where no theorem applies."""
        return "unknown" if self.sign == "?" else "proved"

    @property
    def reading(self) -> str:
        """The claim in words."""
        if self.sign == "?":
            return f"unknown ({self.why})"
        direction = {">=0": "rises weakly", "<=0": "falls weakly", "0": "does not move"}[self.sign]
        return f"{direction}, by {self.theorem}"

    @property
    def proofs(self) -> tuple[prover.Proof, ...]:
        """All proofs that the claim rests on."""
        return (*self.complements, *self.differences, *self.premises)

    def recheck(self) -> bool | None:
        """Check the proofs again by their other routes, and that they are of what is claimed."""
        if self.sign == "?":
            return None
        # What crosses zero in neither direction does not move: two proofs, one for each way.
        is_two_way = self.sign == "0" and any(
            p.statement.func is sp.Implies for p in self.differences
        )
        signs = (">=0", "<=0") if is_two_way else (self.sign,)
        claims_match = all(_is_sign_claim(p.statement, ">=0") for p in self.complements) and all(
            any(_is_sign_claim(p.statement, sign) for sign in signs) for p in self.differences
        )
        checks = [claims_match, *(p.verdict == "proved" and p.recheck() for p in self.proofs)]
        return False if False in checks else None if None in checks else True

    def __repr__(self) -> str:
        return f"<{self.quantity} in {self.parameter.name}: {self.reading}>"


@dataclass(frozen=True, repr=False)
class MonotoneTable(Displayable):
    """Monotone comparative statics: a row for each extremal equilibrium and parameter.

    Parameters
    ----------
    rows : tuple of MonotoneStatic
    title : str
    notes : tuple of str
        What a reader has to know, such as of which equilibria it speaks.
    """

    rows: tuple[MonotoneStatic, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[MonotoneStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[str, str]) -> MonotoneStatic:
        """A row by (quantity, parameter); the ASCII symbol will do."""
        return arg.lookup(
            "row",
            self.rows,
            key,
            lambda row: [
                (row.quantity, row.parameter.name),
                (row.quantity, row.parameter.symbol.name),
            ],
        )

    def __repr__(self) -> str:
        proved = sum(row.verdict == "proved" for row in self.rows)
        return f"<{len(self)} monotone comparative statics: {proved} proved>"


def _is_sign_claim(statement: Boolean, sign: str) -> bool:
    """Whether a statement claims the sign of a difference, or that a gain crosses zero once."""
    if isinstance(statement, sp.Implies):
        return all(isinstance(side, (sp.Ge, sp.Gt)) and side.rhs == 0 for side in statement.args)
    is_claim = statement.is_Relational and SIGNS[statement.func] <= SIGNS[sign]
    return bool(statement == sp.true or (is_claim and statement.rhs == 0))


def extremal_rows(
    parameter: Parameter,
    sign: Literal[">=0", "<=0", "0", "?"],
    theorem: str,
    complements: tuple[prover.Proof, ...],
    differences: tuple[prover.Proof, ...],
    premises: tuple[prover.Proof, ...],
    why: str,
    space: Space,
) -> Iterator[MonotoneStatic]:
    """The same row for the least and for the greatest equilibrium."""
    for quantity in EXTREMAL_EQUILIBRIA:
        yield MonotoneStatic(
            quantity, parameter, sign, theorem, complements, differences, premises, why, space
        )
