"""Whether a space has points: part by part, since parts that share no symbol do not meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.budget import CLAIM
from gametheory_eeu.prover.evaluate import UndecidedError, obeys, truth
from gametheory_eeu.prover.indeterminates import is_relaxed
from gametheory_eeu.prover.orthant import domain
from gametheory_eeu.prover.point_search import search
from gametheory_eeu.prover.refine import nowhere
from gametheory_eeu.prover.smt_formula import TRUE
from gametheory_eeu.prover.smt_query import Part, Question, all_parts
from gametheory_eeu.prover.smt_solvers import SolverName, Status, ask


def question(part: Part) -> Question:
    """The question whether the part has any point at all."""
    return Question(sp.true, part)


@lru_cache(maxsize=8192)
def inhabited(part: Part, solver: SolverName = "z3") -> Status:
    """Whether the part of a space has a point: "sat", "unsat" or "unknown"."""
    if not part.constraints or (solver == "z3" and easy_point(part) is not None):
        return "sat"
    asked = question(part)
    relaxed = asked.is_relaxed or any(map(is_relaxed, part.symbols))
    if not relaxed:
        return ask(asked.text(TRUE), solver, asked.affordable(CLAIM, solver)).status
    status = nowhere(asked, TRUE, solver, rounds=1).status
    if status != "sat" or point_of(part) is not None:
        return status
    return "unsat" if nowhere(asked, TRUE, solver).status == "unsat" else "unknown"


@lru_cache(maxsize=8192)
def point_of(part: Part) -> Point | None:
    """A small exact point of a part of a space; None where none is found."""
    asked = question(part)
    return search(asked, TRUE, confirmation(asked, True))


@lru_cache(maxsize=8192)
def easy_point(part: Part) -> Point | None:
    """An exact point of a part of a space that shows without a solver; None for none."""
    symbols = tuple(sorted(part.symbols, key=lambda s: s.name))
    space = Space(symbols, part.constraints)
    for point in domain(symbols, part.constraints).candidates:
        try:
            if obeys(space, point):
                return point
        except UndecidedError:
            continue
    return None


def sample_of(part: Part) -> Point | None:
    """Any exact point of a part of a space, an easy one first; None where none is found."""
    easy = easy_point(part)
    return point_of(part) if easy is None else easy


def joint(apart: Iterable[Part]) -> Point | None:
    """A point of all the parts together; None where one of them has none to show."""
    found: dict[Symbol, Expr] = {}
    for part in apart:
        point = point_of(part)
        if point is None:
            return None
        found |= point
    return found


def empty_part(space: Space, solver: SolverName = "z3") -> Part | None:
    """A part of the space that was proved to have no point."""
    return next((p for p in all_parts(space) if inhabited(p, solver) == "unsat"), None)


def clash(part: Part) -> tuple[Boolean, ...]:
    """Constraints of an empty part that cannot hold together, none of which can be spared."""
    kept = part.constraints
    for constraint in part.constraints:
        fewer = tuple(c for c in kept if c != constraint)
        if inhabited(Part(part.symbols, fewer)) == "unsat":
            kept = fewer
    return kept


def confirmation(asked: Question, expected: bool | None) -> Callable[[Point], bool]:
    """A test of a point: in the part, and there the statement is true, false or (None) undefined.

    The original objects are evaluated exactly; nothing of the encoding is trusted.
    """
    space = Space(tuple(asked.symbols), asked.part.constraints)

    def confirmed(point: Point) -> bool:
        try:
            return obeys(space, point) and truth(asked.statement, point) is expected
        except UndecidedError:
            return False

    return confirmed


__all__ = [
    "clash", "confirmation", "empty_part", "inhabited", "joint", "point_of", "question",
    "sample_of",
]  # fmt: skip
