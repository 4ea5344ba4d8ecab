"""Asking whether a goal holds nowhere, with more and more of what is known."""

from __future__ import annotations

from typing import NamedTuple

from gametheory_eeu._types import Point
from gametheory_eeu.prover.budget import CLAIM, Budget
from gametheory_eeu.prover.smt_query import Question
from gametheory_eeu.prover.smt_solvers import SolverName, Status, ask

ROUNDS = 6
"""How often what is known of whole numbers and of atoms is made sharper."""


class Asked(NamedTuple):
    """The last answer, and the text it answers."""

    status: Status
    text: str


def nowhere(
    question: Question,
    goal: str,
    solver: SolverName = "z3",
    budget: Budget = CLAIM,
    rounds: int = ROUNDS,
) -> Asked:
    """Whether the goal holds at no point: "unsat"; "sat" where it may hold at one."""
    budget = question.affordable(budget, solver)
    text = question.text(goal)
    status = ask(text, solver, budget).status
    near: Point | None = None
    for _ in range(rounds if question.is_relaxed else 0):
        if status == "unsat" or not question.sharpen(near):
            break
        text = question.text(goal)
        answer = ask(text, solver, budget, map(question.name, question.symbols))
        status = answer.status
        if status != "unsat" and solver != "z3":  # only z3 says where to look
            answer = ask(text, "z3", budget, map(question.name, question.symbols))
        near = question.point(answer)
    return Asked(status, text)


__all__ = ["ROUNDS", "Asked", "nowhere"]
