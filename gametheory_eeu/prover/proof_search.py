"""The claim that a statement is defined and true at every point of a space: proved or refuted.

The question put to the solver is the opposite one, "is there a point of the space where the
statement is not true?". No such point is a proof. A point is a refutation once it has been made
exact and confirmed by evaluation; anything else is "unknown".
"""

from __future__ import annotations

from functools import lru_cache

from gametheory_eeu._types import Boolean, Point
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover import emptiness
from gametheory_eeu.prover.budget import CLAIM, LOOK, Budget, OutOfTimeError
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.certificate_build import certificate, shown
from gametheory_eeu.prover.certificate_search import Tree
from gametheory_eeu.prover.evaluate import UndecidedError, truth
from gametheory_eeu.prover.point_search import search, simplest
from gametheory_eeu.prover.power_substitution import by_powers
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.refine import nowhere
from gametheory_eeu.prover.smt_formula import TRUE
from gametheory_eeu.prover.smt_query import Part, Question, all_parts, is_large, split
from gametheory_eeu.prover.smt_solvers import SolverName, ask, has_cvc5
from gametheory_eeu.prover.statement import Symbols, condition, read

Found = tuple[Point, bool | None]
"""A point of the space, and what the statement is there: false, or None for undefined."""
_SOLVERS: dict[str, tuple[SolverName, ...]] = {
    "any": ("z3", "cvc5"),
    "z3": ("z3",),
    "cvc5": ("cvc5",),
}
_LEFT_OPEN = "The solver reached its limit without an answer."
_LEFT_OPEN_HEAVY = (
    f"{_LEFT_OPEN} Of a question as large as this it is asked little: write one symbol for a part "
    f"of it, or give an rlimit above {CLAIM.rlimit}."
)
_OUT_OF_TIME = "The wall-clock guard on all queries of one claim stopped the search."
_NOT_CONFIRMED = "A counterexample may exist, but no exact point was found and confirmed."


@arg.checks(solver=arg.text)
def prove(
    statement: Boolean | str,
    given: object = (),
    *,
    symbols: Symbols | None = None,
    rlimit: int = CLAIM.rlimit,
    solver: str = "any",
) -> Proof:
    """Prove or refute that the statement is defined and true at every point of the space.

    Cheapest first: evaluation, a certificate that a reader can check, a solver; ``Proof.method``
    says which.

    Parameters
    ----------
    statement : SymPy Boolean or str
        Relations between real expressions, joined by And, Or, Not, Implies, Equivalent, ITE.
        A name in text is the symbol of that name in ``given``, or a new real symbol.
    given : Space, SymPy Boolean, str, or lists of them
        The space. A symbol's own assumptions count; a constraint excludes the points where it is
        undefined. Integers are relaxed to real numbers for a proof, and searched for a refutation.
    symbols : iterable of symbols, or mapping of name to symbol, optional
        The only names the statement's text may use.
    rlimit : int
        The limit of a query in z3's deterministic resource units; its wall-clock time is guarded
        too (30 seconds, and 90 for the whole claim), only so that nothing hangs.
    solver : {"any", "z3", "cvc5"}
        "any": a coefficient certificate, z3, and cvc5 where z3 leaves it open and cvc5 is
        installed; or only the solver that is named.

    Returns
    -------
    Proof

    Raises
    ------
    UnsupportedError
        A function the prover does not decide, by name; a polynomial of a degree above 200.

    Examples
    --------
    >>> prove("(tau - c)*(lam - tau) > 0", given="0 < c < tau < lam <= 1").verdict
    'proved'
    >>> proof = prove("1/x > 0", given="x >= 0")
    >>> proof.verdict, proof.witnesses, proof.undefined_at
    ('refuted', (), ({x: 0},))
    """
    (found,), space = read([statement], given, () if symbols is None else symbols)
    return settle(condition(found), space, Budget(rlimit), solver)


def settle(statement: Boolean, space: Space, budget: Budget = CLAIM, solver: str = "any") -> Proof:
    """:func:`prove` for a condition and a space that has all its symbols; answers are kept."""
    if solver not in _SOLVERS:
        raise ParameterError("solver", solver, "'any', 'z3' or 'cvc5'")
    try:
        return _settled(statement, space, budget, solver)
    except OutOfTimeError:
        return Proof(statement, space, "unknown", solver, why=_OUT_OF_TIME)


@lru_cache(maxsize=8192)
def _settled(statement: Boolean, space: Space, budget: Budget, solver: str) -> Proof:
    with budget.guard():
        proof = None if statement.free_symbols else _by_evaluation(statement, space, solver)
        if proof is None and solver == "any":
            proof = _by_certificate(statement, space)
        return _by_solver(statement, space, budget, solver) if proof is None else proof


def holds(statement: Boolean, space: Space, budget: Budget = CLAIM) -> bool:
    """Whether a proof was found; no counterexample is looked for, no emptiness noted."""
    part, _ = split(space, statement.free_symbols)
    if _tree(statement, part) is not None:
        return True
    question = Question(*by_powers(statement, part))
    return nowhere(question, question.untrue, budget=budget, rounds=2).status == "unsat"


def _by_evaluation(statement: Boolean, space: Space, solver: str) -> Proof | None:
    """A statement without symbols has a value; only the space is left to look at."""
    try:
        value = truth(statement, {})
    except UndecidedError:
        return None
    if value:
        return _proved(statement, space, "evaluation", solver)
    point = emptiness.joint(all_parts(space))
    found = None if point is None else (point, value)
    return _concluded(statement, space, "evaluation", solver, found, _NOT_CONFIRMED)


def _by_certificate(statement: Boolean, space: Space) -> Proof | None:
    tree = _tree(statement, split(space, statement.free_symbols)[0])
    if tree is None:
        return None
    return _proved(statement, space, "coefficient certificate", "any", certificate(tree))


def _tree(statement: Boolean, part: Part) -> Tree | None:
    """A certificate's; none is looked for where a plain query, which costs less, has a point.

    That is a point of what the solver knows, and a certificate knows no more.
    """
    if is_large(statement, part):
        question = Question(statement, part)
        if ask(question.text(question.untrue), budget=LOOK).status == "sat":
            return None
    return shown(statement, part)


def _by_solver(statement: Boolean, space: Space, budget: Budget, solver: str) -> Proof:
    part, rest = split(space, statement.free_symbols)
    question = Question(statement, part)
    first, *others = _SOLVERS[solver]
    for expected in (False, None) if question.is_heavy else (False,):
        point = simplest(question, emptiness.confirmation(question, expected))
        if point is not None and (elsewhere := emptiness.joint(rest)) is not None:
            return _refuted(statement, space, {**elsewhere, **point}, expected)
    asked = Question(*by_powers(statement, part))
    status, text = nowhere(asked, asked.untrue, first, budget)
    if status == "unsat":
        return _proved(statement, space, first, solver, text)
    found = _counterexample(question, space)
    for other in others if found is None and status == "unknown" and has_cvc5() else ():
        if ask(text, other, asked.affordable(budget, other)).status == "unsat":
            return _proved(statement, space, other, solver, text)
    open_ = _LEFT_OPEN_HEAVY if asked.is_high else _LEFT_OPEN
    why = _NOT_CONFIRMED if status == "sat" else open_
    return _concluded(statement, space, first, solver, found, why)


def _counterexample(question: Question, space: Space) -> Found | None:
    """A confirmed point where the statement is false, or else one where it is undefined."""
    rest = emptiness.joint(split(space, question.statement.free_symbols)[1])
    if rest is None:
        return None
    goals: list[tuple[str, list[bool | None]]] = [(question.false, [False])]
    goals.append((question.untrue, [None]))
    if question.is_heavy:  # one search, for either
        goals = [(question.untrue, [False, None])]
    for goal, expected in goals:
        confirmed = [emptiness.confirmation(question, value) for value in expected]
        point = search(question, goal, lambda p, tests=confirmed: any(test(p) for test in tests))  # type: ignore[misc]
        if point is not None:
            return {**rest, **point}, truth(question.statement, point)
    return None


def _concluded(
    statement: Boolean, space: Space, method: str, solver: str, found: Found | None, why: str
) -> Proof:
    """A refutation by a confirmed point; without one, the space may be empty."""
    if found is not None:
        return _refuted(statement, space, *found)
    if emptiness.empty_part(space, _SOLVERS[solver][0]) is not None:
        return _proved(statement, space, method, solver)
    return Proof(statement, space, "unknown", method, why=why)


def _proved(
    statement: Boolean,
    space: Space,
    method: str,
    solver: str,
    certificate: str | CoefficientCertificate = "",
) -> Proof:
    judge = _SOLVERS[solver][0]
    empty = emptiness.empty_part(space, judge)
    if empty is not None:
        text = nowhere(emptiness.question(empty), TRUE, judge).text
        return Proof(statement, space, "proved", judge, text, vacuous=True,
                     clash=emptiness.clash(empty), why="The space has no point.")  # fmt: skip
    why = "No point of the space makes the statement untrue."
    if any(emptiness.inhabited(part, judge) == "unknown" for part in all_parts(space)):
        why += " Whether the space has any point was not settled."
    return Proof(statement, space, "proved", method, certificate, why=why)


def _refuted(statement: Boolean, space: Space, point: Point, value: bool | None) -> Proof:
    points = (Frozen({s: point[s] for s in space.symbols}),)
    false, undefined = ((), points) if value is None else (points, ())
    why = f"The statement is {'undefined' if value is None else 'false'} at a point of the space."
    return Proof(statement, space, "refuted", "exact evaluation", witnesses=false,
                 undefined_at=undefined, why=why)  # fmt: skip


__all__ = ["holds", "prove", "settle"]
