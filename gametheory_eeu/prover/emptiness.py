"""Emptiness of a space, part by part, by queries with sharper and sharper bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.prover.budget import CLAIM, Budget
from gametheory_eeu.prover.indeterminates import is_relaxed
from gametheory_eeu.prover.orthant import domain
from gametheory_eeu.prover.point_search import contains, find_point
from gametheory_eeu.prover.rational_function import TRUE
from gametheory_eeu.prover.smt_query import Part, Query, all_parts
from gametheory_eeu.prover.smt_solvers import SolverName, Status, ask

ROUNDS = 6
"""How often what is known of whole numbers and of atoms is made sharper."""


class CheckResult(NamedTuple):
    """The last status, and the SMT-LIB text it answers."""

    status: Status
    text: str


def check_sat(
    query: Query,
    goal: str,
    solver: SolverName = "z3",
    budget: Budget = CLAIM,
    rounds: int = ROUNDS,
) -> CheckResult:
    """Whether the goal holds at a point: unsat if at none, sat if it may hold at one."""
    budget = query.affordable_budget(budget, solver)
    text = query.text(goal)
    status = ask(text, solver, budget).status
    point: Point | None = None
    for _ in range(rounds if query.is_relaxed else 0):
        if status == "unsat" or not query.sharpen(point):
            break
        text = query.text(goal)
        answer = ask(text, solver, budget, map(query.name, query.symbols))
        status = answer.status
        if status != "unsat" and solver != "z3":  # only z3 says where to look
            answer = ask(text, "z3", budget, map(query.name, query.symbols))
        point = query.point(answer)
    return CheckResult(status, text)


def query(part: Part) -> Query:
    """The query whether a part of a space has a point."""
    return Query(sp.true, part)


@lru_cache(maxsize=8192)
def satisfiability(part: Part, solver: SolverName = "z3") -> Status:
    """Whether the part of a space has a point, as the status of a query."""
    if not part.constraints or (solver == "z3" and easy_point(part) is not None):
        return "sat"
    emptiness_query = query(part)
    relaxed = emptiness_query.is_relaxed or any(map(is_relaxed, part.symbols))
    if not relaxed:
        return ask(
            emptiness_query.text(TRUE), solver, emptiness_query.affordable_budget(CLAIM, solver)
        ).status
    status = check_sat(emptiness_query, TRUE, solver, rounds=1).status
    if status != "sat" or small_point(part) is not None:
        return status
    return "unsat" if check_sat(emptiness_query, TRUE, solver).status == "unsat" else "unknown"


@lru_cache(maxsize=8192)
def small_point(part: Part) -> Point | None:
    """A small exact point of a part of a space; None where none is found."""
    emptiness_query = query(part)
    return find_point(emptiness_query, TRUE, point_test(emptiness_query, True))


@lru_cache(maxsize=8192)
def easy_point(part: Part) -> Point | None:
    """An exact point of a part of a space that shows without a solver; None for none."""
    symbols = tuple(sorted(part.symbols, key=lambda s: s.name))
    space = Space(symbols, part.constraints)
    for point in domain(symbols, part.constraints).candidates:
        try:
            if contains(space, point):
                return point
        except UndecidedError:
            continue
    return None


def any_point(part: Part) -> Point | None:
    """Any exact point of a part of a space, an easy one first; None where none is found."""
    point = easy_point(part)
    return small_point(part) if point is None else point


def joint_point(parts: Iterable[Part]) -> Point | None:
    """A point of all the parts together; None where one of them has none to show."""
    values: dict[Symbol, Expr] = {}
    for part in parts:
        point = small_point(part)
        if point is None:
            return None
        values |= point
    return values


def empty_part(space: Space, solver: SolverName = "z3") -> Part | None:
    """A part of the space that is proved to have no point."""
    return next((p for p in all_parts(space) if satisfiability(p, solver) == "unsat"), None)


def unsat_core(part: Part) -> tuple[Boolean, ...]:
    """A minimal unsatisfiable core of the constraints of an empty part."""
    core = part.constraints
    for constraint in part.constraints:
        subset = tuple(c for c in core if c != constraint)
        if satisfiability(Part(part.symbols, subset)) == "unsat":
            core = subset
    return core


def point_test(problem: Query, expected: bool | None) -> Callable[[Point], bool]:
    """A test of a point: in the part, and there the statement is true, false or (None) undefined.

    The original objects are evaluated exactly; nothing of the encoding is trusted.
    """
    space = Space(tuple(problem.symbols), problem.part.constraints)

    def is_witness(point: Point) -> bool:
        try:
            return contains(space, point) and truth_value(problem.statement, point) is expected
        except UndecidedError:
            return False

    return is_witness
