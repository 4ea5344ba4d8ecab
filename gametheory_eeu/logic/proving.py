"""The claim that a statement is defined and true at every point of a space: proved or refuted.

The question put to the solver is the opposite one, "is there a point of the space where the
statement is not true?". No such point is a proof. A point is a refutation once it has been made
exact and confirmed by evaluation; anything else is "unknown".
"""

from __future__ import annotations

from functools import lru_cache

from gametheory_eeu._frozen import Frozen
from gametheory_eeu._types import Boolean, Point
from gametheory_eeu.logic import emptiness
from gametheory_eeu.logic.evaluate import UndecidedError, truth
from gametheory_eeu.logic.formula import TRUE
from gametheory_eeu.logic.proof import Proof
from gametheory_eeu.logic.question import Question, all_parts, split
from gametheory_eeu.logic.reading import Symbols, condition, read
from gametheory_eeu.logic.search import search
from gametheory_eeu.logic.solvers import DEFAULT_RLIMIT, OutOfTimeError, ask, budget
from gametheory_eeu.space import Space

Found = tuple[Point, bool | None]
"""A point of the space, and what the statement is there: false, or None for undefined."""
_LEFT_OPEN = "The solver reached its limit without an answer."
_OUT_OF_TIME = "The wall-clock guard on all queries of one claim stopped the search."
_NOT_CONFIRMED = "A counterexample may exist, but no exact point was found and confirmed."


def prove(
    statement: Boolean | str,
    given: object = (),
    *,
    symbols: Symbols | None = None,
    rlimit: int = DEFAULT_RLIMIT,
    solver: str = "z3",
) -> Proof:
    """Prove or refute that the statement is defined and true at every point of the space.

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
    solver : {"z3", "cvc5"}
        Who looks for the proof.

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
    (found,), space = read([statement], given, symbols or ())
    return settle(condition(found), space, rlimit, solver)


def settle(
    statement: Boolean, space: Space, rlimit: int = DEFAULT_RLIMIT, solver: str = "z3"
) -> Proof:
    """:func:`prove` for a condition and a space that has all its symbols; answers are kept."""
    try:
        return _settled(statement, space, rlimit, solver)
    except OutOfTimeError:
        return Proof(statement, space, "unknown", solver, why=_OUT_OF_TIME)


@lru_cache(maxsize=8192)
def _settled(statement: Boolean, space: Space, rlimit: int, solver: str) -> Proof:
    with budget():
        proof = None if statement.free_symbols else _by_evaluation(statement, space, solver)
        return _by_solver(statement, space, rlimit, solver) if proof is None else proof


def holds(statement: Boolean, space: Space, rlimit: int = DEFAULT_RLIMIT) -> bool:
    """Whether a proof was found; no counterexample is looked for, no emptiness noted."""
    question = Question(statement, split(space, statement.free_symbols)[0])
    return ask(question.text(question.untrue), rlimit=rlimit).status == "unsat"


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


def _by_solver(statement: Boolean, space: Space, rlimit: int, solver: str) -> Proof:
    question = Question(statement, split(space, statement.free_symbols)[0])
    text = question.text(question.untrue)
    status = ask(text, solver, rlimit).status
    if status == "unsat":
        return _proved(statement, space, solver, solver, text)
    found = _counterexample(question, space)
    why = _NOT_CONFIRMED if status == "sat" else _LEFT_OPEN
    return _concluded(statement, space, solver, solver, found, why)


def _counterexample(question: Question, space: Space) -> Found | None:
    """A confirmed point where the statement is false, or else one where it is undefined."""
    rest = emptiness.joint(split(space, question.statement.free_symbols)[1])
    if rest is None:
        return None
    goals: dict[str, bool | None] = {question.untrue: None, question.false: False}
    for goal, expected in reversed(goals.items()):
        point = search(question, goal, emptiness.confirmation(question, expected))
        if point is not None:
            return {**rest, **point}, expected
    return None


def _concluded(
    statement: Boolean, space: Space, method: str, solver: str, found: Found | None, why: str
) -> Proof:
    """A refutation by a confirmed point; without one, the space may be empty."""
    if found is not None:
        return _refuted(statement, space, *found)
    if emptiness.empty_part(space, solver) is not None:
        return _proved(statement, space, method, solver)
    return Proof(statement, space, "unknown", method, why=why)


def _proved(
    statement: Boolean, space: Space, method: str, solver: str, certificate: str = ""
) -> Proof:
    empty = emptiness.empty_part(space, solver)
    if empty is not None:
        certificate = emptiness.question(empty).text(TRUE)
        return Proof(statement, space, "proved", method, certificate, vacuous=True,
                     clash=emptiness.clash(empty), why="The space has no point.")  # fmt: skip
    why = "No point of the space makes the statement untrue."
    if any(emptiness.inhabited(part, solver) == "unknown" for part in all_parts(space)):
        why += " Whether the space has any point was not settled."
    return Proof(statement, space, "proved", method, certificate, why=why)


def _refuted(statement: Boolean, space: Space, point: Point, value: bool | None) -> Proof:
    points = (Frozen({s: point[s] for s in space.symbols}),)
    false, undefined = ((), points) if value is None else (points, ())
    why = f"The statement is {'undefined' if value is None else 'false'} at a point of the space."
    return Proof(statement, space, "refuted", "exact evaluation", witnesses=false,
                 undefined_at=undefined, why=why)  # fmt: skip


__all__ = ["holds", "prove", "settle"]
