"""Refinement loop: whether a goal is unsatisfiable, with sharper and sharper bounds."""

from __future__ import annotations

from typing import NamedTuple

from gametheory_eeu._types import Point
from gametheory_eeu.prover.budget import CLAIM, Budget
from gametheory_eeu.prover.smt_query import Query
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


__all__ = ["ROUNDS", "CheckResult", "check_sat"]
