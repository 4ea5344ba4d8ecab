"""Scenario discovery: boxes of parameters in which a conclusion is proved to hold, or to fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover import Proof
from gametheory_eeu.sweeps.box_search import (
    FALSE,
    OUTSIDE,
    TRUE,
    UNSETTLED,
    Cell,
    Question,
    large_boxes,
    search,
)
from gametheory_eeu.sweeps.priors import Priors
from gametheory_eeu.sweeps.statements import statement_of

MAX_DIMENSION = 6


@dataclass(frozen=True, repr=False)
class Box(Displayable):
    """A box of parameters with one verdict all over it.

    Parameters
    ----------
    verdict : {"true", "false", "outside", "unsettled"}
        Whether the conclusion holds throughout, or nowhere, in the domain; or the box lies outside
        of it.
    bounds : mapping of parameter to pair of exact numbers
        Each strictly between the two.
    share : SymPy Rational
        Of the volume of the whole.
    proofs : tuple of Proof
        One of all of it, or those of its parts; none where it is unsettled.
    """

    verdict: str
    bounds: Mapping[str, tuple[Expr, Expr]]
    share: Expr
    proofs: tuple[Proof, ...] = ()

    def __repr__(self) -> str:
        return f"<{self.verdict} where {_text(self.bounds)}>"


@dataclass(frozen=True, repr=False)
class BoxPartition(Displayable):
    """A box of parameters divided by whether a conclusion is proved to hold.

    Parameters
    ----------
    condition : SymPy Boolean
    boxes : tuple of Box
        The largest of each verdict first.
    """

    condition: Boolean
    boxes: tuple[Box, ...]

    @property
    def caption(self) -> str:
        """What is asked."""
        return f"Whether {self.condition}"

    @property
    def rows(self) -> tuple[BoxRow, ...]:
        """The boxes that are settled, and the rest as one row."""
        rows = [BoxRow(b.verdict, _text(b.bounds), b.share) for b in self
                if b.verdict != UNSETTLED]  # fmt: skip
        rest = self.share(UNSETTLED)
        return (*rows, *([BoxRow(UNSETTLED, "elsewhere", rest)] if rest else []))

    def of(self, verdict: str) -> tuple[Box, ...]:
        """The boxes of a verdict, the largest first."""
        arg.one_of("verdict", verdict, (TRUE, FALSE, OUTSIDE, UNSETTLED))
        return tuple(box for box in self.boxes if box.verdict == verdict)

    def share(self, verdict: str) -> Expr:
        """The share of the volume that the boxes of a verdict have, exactly."""
        return sum((box.share for box in self.of(verdict)), sp.Integer(0))

    def recheck(self) -> bool:
        """Whether each proof is confirmed by another route; see ``Proof.recheck``."""
        return all(proof.recheck() is True for box in self for proof in box.proofs)

    def __iter__(self) -> Iterator[Box]:
        return iter(self.boxes)

    def __len__(self) -> int:
        return len(self.boxes)

    def __repr__(self) -> str:
        shares = ", ".join(
            f"{len(self.of(v))} boxes {v} ({float(self.share(v)):.1%})"
            for v in (TRUE, FALSE, OUTSIDE, UNSETTLED)
            if self.of(v)
        )
        return f"<{shares}>"


@dataclass(frozen=True)
class BoxRow:
    """A row of the table of boxes."""

    verdict: str
    where: str
    share: Expr


def boxes(
    statement: object,
    box: object,
    *,
    given: object = (),
    game: object = None,
    width: object = "1/16",
    proofs: int = 200,
) -> BoxPartition:
    """Boxes of parameters in which a conclusion is proved to hold, and to fail.

    By branch and bound: a box that looks to be of one kind at points near its corners is proved,
    by :func:`~gametheory_eeu.prover.prove`, to be of that kind, and is cut in two where it is not.
    What is proved is then put together to a few large boxes.

    Parameters
    ----------
    statement : SymPy condition, str, Regime, Equilibrium, or CaseClaim
        As in :func:`probability`.
    box : mapping of parameter or symbol to pair of numbers
        The whole; one number is kept.
    given : conditions, optional
        The domain, besides the game's own.
    game : game, optional
    width : number
        A side of this share of the whole is not cut any more.
    proofs : int
        The most proofs that are tried; the largest boxes come first.

    Raises
    ------
    ParameterError
        A side that is no pair of rational numbers; more than six sides.

    Notes
    -----
    The patient rule induction method (Friedman and Fisher 1999), as in scenario discovery, peels
    boxes off a sample: they are dense in cases and may hold others. Here a box is a theorem, and
    what is not settled is named with its exact share.

    Examples
    --------
    >>> found = boxes("x + y < 1", {"x": (0, 1), "y": (0, 1)}, width="1/4")
    >>> found
    <3 boxes true (37.5%), 3 boxes false (37.5%), 4 boxes unsettled (25.0%)>
    >>> found.of("true")[0]
    <true where 0 < x < 1/2 and 0 < y < 1/2>
    """
    step = exact(width, "width")
    if not (step.is_number and 0 < step < 1):
        raise ParameterError("width", width, "a number between 0 and 1")
    most = arg.integer("proofs", proofs, 1, 10**6)
    meant, sides = statement_of(statement, given, game).under(box)
    whole = _whole(sides)
    question = Question(meant.condition, meant.domain)
    found = search(question, whole, step, most)
    rows: list[Box] = []
    for verdict, parts in found.items():
        known = dict(parts)
        for cell in large_boxes(list(known)):
            proved = _proofs(question, cell, verdict, known)
            bounds = {sides.label(s): pair for s, pair in cell.bounds.items()}
            share = cell.volume / whole.volume
            rows.append(Box(verdict, FrozenMapping(bounds), share, proved))
    return BoxPartition(meant.condition, tuple(rows))


def _whole(sides: Priors) -> Cell:
    allowed = "a pair (low, high) of rational numbers"
    if not 1 <= len(sides.symbols) <= MAX_DIMENSION:
        raise ParameterError("box", [s.name for s in sides.symbols], "from 1 to 6 sides")
    for symbol, side in sides.distributions.items():
        if symbol.is_integer or not getattr(side, "is_rational", False):
            raise ParameterError(symbol.name, side, allowed)
    return Cell(FrozenMapping({s: (d.low, d.high) for s, d in sides.distributions.items()}))


def _proofs(
    question: Question, cell: Cell, verdict: str, known: Mapping[Cell, Any]
) -> tuple[Proof, ...]:
    """A proof of a whole box, or those of the parts that it is made of."""
    if verdict == UNSETTLED:
        return ()
    if cell in known:
        return (known[cell],)
    proof = question.proof(cell, verdict)
    if proof is not None:
        return (proof,)
    return tuple(proof for part, proof in known.items() if _overlaps(cell.bounds, part.bounds))


def _overlaps(a: Mapping[Symbol, Any], b: Mapping[Symbol, Any]) -> bool:
    return all(a[s][0] < high and low < a[s][1] for s, (low, high) in b.items())


def _text(bounds: Mapping[str, tuple[Expr, Expr]]) -> str:
    return " and ".join(f"{low} < {name} < {high}" for name, (low, high) in bounds.items())
