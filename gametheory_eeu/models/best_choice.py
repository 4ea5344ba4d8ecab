"""The best choice of a decision problem, as the engine finds it, for a game's quantities."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Equilibrium


@lru_cache(maxsize=256)
def isolated_solutions(problem: ContinuousGame) -> tuple[Equilibrium, ...]:
    """The solutions of a problem that are no continuum: at each point of its space there is one."""
    return tuple(e for e in problem.solve() if not e.free)


def best_choice(problem: ContinuousGame, name: str) -> Expr:
    """A choice at the solution, case by case.

    Examples
    --------
    >>> problem = ContinuousGame({"A": "p*x - x**2/2"}, {"A": "x >= 0"})
    >>> best_choice(problem, "x")
    Piecewise((p, p > 0), (0, True))
    """
    return _cases(problem, {e.name: e.choices[name] for e in isolated_solutions(problem)})


def best_payoff(problem: ContinuousGame) -> Expr:
    """The payoff of the only player at the solution, case by case."""
    (player,) = problem.players
    return _cases(problem, {e.name: e.payoffs[player] for e in isolated_solutions(problem)})


def _cases(problem: ContinuousGame, values: dict[str, Expr]) -> Expr:
    """Values where each solution exists; the last, that with the longest condition, elsewhere."""
    solutions = sorted(isolated_solutions(problem), key=_length)
    groups: dict[Expr, list[sp.Basic]] = {}
    for solution in solutions:
        groups.setdefault(values[solution.name], []).append(solution.condition)
    *first, (last, _) = groups.items()
    return sp.Piecewise(*((value, sp.Or(*where)) for value, where in first), (last, True))


def _length(solution: Equilibrium) -> int:
    return len(sp.And.make_args(solution.condition))
