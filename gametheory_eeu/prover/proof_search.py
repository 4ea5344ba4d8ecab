"""Proof or refutation of a claim that a statement is true at every point of a space.

The question put to the solver is the opposite one, "is there a point of the space where the
statement is not true?". No such point is a proof. A point is a refutation once it has been made
exact and confirmed by evaluation; anything else is "unknown".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

import sympy as sp
from sympy.logic.boolalg import BooleanAtom

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space, exact, parse, rationalize_floats
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.core.grammar import relation_as_written
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import STATEMENT_SYMBOLS, check_count, check_expression
from gametheory_eeu.errors import ParameterError, SpaceError, UnsupportedError, short_repr
from gametheory_eeu.prover.budget import CLAIM, PROBE, Budget, OutOfTimeError
from gametheory_eeu.prover.certificate import CoefficientCertificate
from gametheory_eeu.prover.certificate_search import ProofTree, certificate, valid_tree
from gametheory_eeu.prover.functions.declaration import mentions
from gametheory_eeu.prover.point_search import (
    EASY_POINTS,
    check_sat,
    empty_part,
    find_point,
    joint_point,
    point_test,
    satisfiability,
    simplest_point,
    unsat_core,
)
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_text import solver_question
from gametheory_eeu.prover.rational_function import TRUE
from gametheory_eeu.prover.smt_query import (
    Part,
    Query,
    all_parts,
    is_large,
    split,
    substitute_powers,
)
from gametheory_eeu.prover.smt_solvers import SolverName, ask, has_cvc5

SymbolTable: TypeAlias = Mapping[str, Symbol] | Iterable[Symbol]


def parse_statements(
    statements: Iterable[object], given: object, symbols: SymbolTable = ()
) -> tuple[list[Expr], Space]:
    """Expressions and conditions in one set of symbols, and the space with all of them.

    A name in text is a symbol of ``symbols``, of the space or of an earlier statement; where
    ``symbols`` is not given, any other name is a new real symbol.
    """
    items = list(statements)
    for item in items:
        if isinstance(item, sp.Basic):
            check_expression("the statement", item)
    symbol_table = _symbols_by_name(symbols)
    space = Space.of(given, symbols=_free_symbols([*items, *symbol_table.values()]))
    expressions = []
    for item in items:
        expr = _expression(item, space, symbol_table)
        space = Space.of(space, symbols=(*space.symbols, *_free_symbols([expr])))
        expressions.append(expr)
    free_symbols = {s for expr in expressions for s in expr.free_symbols}
    check_count("the statement", len(free_symbols), STATEMENT_SYMBOLS)
    return expressions, space


def require_condition(statement: object) -> Boolean:
    """The statement, required to be a condition."""
    if not isinstance(statement, sp.logic.boolalg.Boolean) or isinstance(statement, sp.Symbol):
        raise SpaceError(
            f"{short_repr(statement)} is not a statement; write a relation such as x > 0, or text"
        )
    return statement


def iff(a: Boolean, b: Boolean) -> Boolean:
    """The biconditional: both defined and of one truth value, unlike SymPy's ``Equivalent``."""
    implications = (sp.Implies(*pair, evaluate=False) for pair in ((a, b), (b, a)))
    return sp.And(*implications, evaluate=False)


def _symbols_by_name(symbols: SymbolTable) -> dict[str, Symbol]:
    if isinstance(symbols, Mapping):
        arg.symbols("symbols", list(symbols.values()))
        return {arg.text("symbols", name): symbols[name] for name in symbols}
    return arg.symbols_by_name(arg.symbols("symbols", symbols))


def _expression(item: object, space: Space, symbol_table: Mapping[str, Symbol]) -> Expr:
    """An expression or a condition, as text or as it came."""
    if isinstance(item, str):
        return _parse_text(item, space, symbol_table)
    if isinstance(item, bool):
        return sp.true if item else sp.false
    if isinstance(item, sp.logic.boolalg.Boolean):
        return rationalize_floats(item)
    return exact(item, "expression")


def _parse_text(text: str, space: Space, symbol_table: Mapping[str, Symbol]) -> Expr:
    space_symbols = {s.name: s for s in space.symbols}
    names = {n: space_symbols.get(s.name, s) for n, s in symbol_table.items()} or None
    result = parse(text, names, known=space_symbols, undefined=True)
    if result in (sp.true, sp.false):  # a reader of the proof wants to see what was claimed
        return relation_as_written(text, names, space_symbols)
    return result


def _free_symbols(items: Iterable[object]) -> list[Symbol]:
    return sorted({s for item in items for s in getattr(item, "free_symbols", ())}, key=str)


Counterexample = tuple[Point, bool | None]
"""A point of the space, and what the statement is there: false, or None for undefined."""
_SOLVERS: dict[str, tuple[SolverName, ...]] = {
    "any": ("z3", "cvc5"),
    "z3": ("z3",),
    "cvc5": ("cvc5",),
}
_LIMIT_REACHED = "The solver reached its limit without an answer."
_LIMIT_REACHED_LARGE = (
    f"{_LIMIT_REACHED} Of a question as large as this it is asked little: write one symbol for a "
    f"part of it, or give an rlimit above {CLAIM.rlimit}."
)
_OUT_OF_TIME = "The wall-clock guard on all queries of one claim stopped the search."
_UNCONFIRMED = "A counterexample may exist, but no exact point was found and confirmed."


@arg.validate(solver=arg.text)
def prove(
    statement: Boolean | str,
    given: object = (),
    *,
    symbols: SymbolTable | None = None,
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
    (claim,), space = parse_statements([statement], given, () if symbols is None else symbols)
    try:
        return prove_on_space(require_condition(claim), space, Budget(rlimit), solver)
    except UnsupportedError:
        value = claim.func(*claim.args) if claim.is_Relational else claim
        if not isinstance(value, BooleanAtom):
            raise
        return prove_on_space(value, space, Budget(rlimit), solver)  # SymPy knows what we cannot


def prove_supported(statement: Boolean, space: Space) -> Proof:
    """A proof; "unknown", by the method "none", of what the prover cannot read."""
    try:
        return prove(statement, given=space)
    except UnsupportedError as error:
        return Proof(statement, space, "unknown", "none", why=str(error))


def is_supported(claim: Boolean, space: Space) -> bool:
    """Whether a claim is proved; false, too, where the prover cannot read it."""
    return claim == sp.true or (
        claim != sp.false and prove_supported(claim, space).verdict == "proved"
    )


def prove_on_space(
    statement: Boolean, space: Space, budget: Budget = CLAIM, solver: str = "any"
) -> Proof:
    """:func:`prove` for a condition and a space that has all its symbols; answers are kept."""
    if solver not in _SOLVERS:
        raise ParameterError("solver", solver, "'any', 'z3' or 'cvc5'")
    try:
        if mentions(statement, *space.constraints):
            return _prove_unspecified(statement, space, budget, solver)
        return _cached_proof(statement, space, budget, solver)
    except OutOfTimeError:
        return Proof(statement, space, "unknown", solver, why=_OUT_OF_TIME)


@lru_cache(maxsize=1024)
def _prove_unspecified(statement: Boolean, space: Space, budget: Budget, solver: str) -> Proof:
    """The proof of a statement about unspecified functions, from what is declared of them."""
    from gametheory_eeu.prover.functions.proofs import prove_unspecified

    return prove_unspecified(statement, space, budget, solver)


@lru_cache(maxsize=8192)
def _cached_proof(statement: Boolean, space: Space, budget: Budget, solver: str) -> Proof:
    with budget.guard():
        proof = None if statement.free_symbols else _by_evaluation(statement, space, solver)
        if proof is None and solver == "any":
            proof = _by_certificate(statement, space)
        return _by_solver(statement, space, budget, solver) if proof is None else proof


def is_proved(statement: Boolean, space: Space, budget: Budget = CLAIM) -> bool:
    """Whether a proof is found; no counterexample is searched for, and emptiness not reported."""
    part, _ = split(space, statement.free_symbols)
    try:
        return _is_proved(statement, part, budget)
    except _NotSettledError:
        return False
    except UnsupportedError:
        if not mentions(statement, *space.constraints):
            raise
        from gametheory_eeu.prover.functions.proofs import in_values

        return is_proved(*in_values(statement, space)[:2], budget)


class _NotSettledError(Exception):
    """A claim that was not settled, which is not kept: a guard on time may have made it."""


@lru_cache(maxsize=8192)
def _is_proved(statement: Boolean, part: Part, budget: Budget) -> bool:
    if _tree(statement, part) is not None:
        return True
    query = Query(statement, part)
    if simplest_point(query, point_test(query, False), EASY_POINTS) is not None:
        return False
    query = Query(*substitute_powers(statement, part))
    status = check_sat(query, query.untrue, budget=budget, rounds=2).status
    if status == "unknown":
        raise _NotSettledError
    return status == "unsat"


def _by_evaluation(statement: Boolean, space: Space, solver: str) -> Proof | None:
    """The proof or refutation of a statement without symbols, by its value."""
    try:
        value = truth_value(statement, {})
    except UndecidedError:
        return None
    if value:
        return _proof(statement, space, "evaluation", solver)
    point = joint_point(all_parts(space))
    counterexample = None if point is None else (point, value)
    return _conclusion(statement, space, "evaluation", solver, counterexample, _UNCONFIRMED)


def _by_certificate(statement: Boolean, space: Space) -> Proof | None:
    tree = _tree(statement, split(space, statement.free_symbols)[0])
    if tree is None:
        return None
    return _proof(statement, space, "coefficient certificate", "any", certificate(tree))


def _tree(statement: Boolean, part: Part) -> ProofTree | None:
    """The proof tree; not searched for where a plain query, which costs less, has a point.

    That is a point of what the solver knows, and a certificate knows no more.
    """
    if is_large(statement, part):
        query = Query(statement, part)
        if ask(query.text(query.untrue), budget=PROBE).status == "sat":
            return None
    return valid_tree(statement, part)


def _by_solver(statement: Boolean, space: Space, budget: Budget, solver: str) -> Proof:
    part, other_parts = split(space, statement.free_symbols)
    query = Query(statement, part)
    first, *other_solvers = _SOLVERS[solver]
    for expected in (False, None) if query.is_heavy else (False,):
        point = simplest_point(query, point_test(query, expected))
        if point is not None and (other_values := joint_point(other_parts)) is not None:
            return _refutation(statement, space, {**other_values, **point}, expected)
    reduced_query = Query(*substitute_powers(statement, part))
    status, text = check_sat(reduced_query, reduced_query.untrue, first, budget)
    if status == "unsat":
        return _proof(statement, space, first, solver, solver_question(first, text))
    counterexample = _counterexample(query, space)
    is_open = counterexample is None and status == "unknown"
    for other_solver in other_solvers if is_open and has_cvc5() else ():
        other_budget = reduced_query.affordable_budget(budget, other_solver)
        if ask(text, other_solver, other_budget).status == "unsat":
            question = solver_question(other_solver, text)
            return _proof(statement, space, other_solver, solver, question)
    reason = _LIMIT_REACHED_LARGE if reduced_query.has_slow_steps else _LIMIT_REACHED
    why = _UNCONFIRMED if status == "sat" else reason
    return _conclusion(statement, space, first, solver, counterexample, why)


def _counterexample(query: Query, space: Space) -> Counterexample | None:
    """A confirmed point where the statement is false, or else one where it is undefined."""
    other_values = joint_point(split(space, query.statement.free_symbols)[1])
    if other_values is None:
        return None
    goals: list[tuple[str, list[bool | None]]] = [(query.false, [False]), (query.untrue, [None])]
    if query.is_heavy:  # one search, for either
        goals = [(query.untrue, [False, None])]
    for goal, expected in goals:
        point_tests = [point_test(query, value) for value in expected]
        point = find_point(query, goal, lambda p, tests=point_tests: any(test(p) for test in tests))  # type: ignore[misc]
        if point is not None:
            return {**other_values, **point}, truth_value(query.statement, point)
    return None


def _conclusion(
    statement: Boolean,
    space: Space,
    method: str,
    solver: str,
    counterexample: Counterexample | None,
    why: str,
) -> Proof:
    """The refutation by a confirmed point; without one, the space may be empty."""
    if counterexample is not None:
        return _refutation(statement, space, *counterexample)
    if empty_part(space, _SOLVERS[solver][0]) is not None:
        return _proof(statement, space, method, solver)
    return Proof(statement, space, "unknown", method, why=why)


def _proof(
    statement: Boolean,
    space: Space,
    method: str,
    solver: str,
    certificate: str | CoefficientCertificate = "",
) -> Proof:
    judge = _SOLVERS[solver][0]
    empty = empty_part(space, judge)
    if empty is not None:
        text = check_sat(Query(sp.true, empty), TRUE, judge).text
        return Proof(
            statement,
            space,
            "proved",
            judge,
            solver_question(judge, text),
            vacuous=True,
            clash=unsat_core(empty),
            why="The space has no point.",
        )
    why = "No point of the space makes the statement untrue."
    if any(satisfiability(part, judge) == "unknown" for part in all_parts(space)):
        why += " Whether the space has any point was not settled."
    return Proof(statement, space, "proved", method, certificate, why=why)


def _refutation(statement: Boolean, space: Space, point: Point, value: bool | None) -> Proof:
    points = (FrozenMapping({s: point[s] for s in space.symbols}),)
    false, undefined = ((), points) if value is None else (points, ())
    why = f"The statement is {'undefined' if value is None else 'false'} at a point of the space."
    return Proof(statement, space, "refuted", "exact evaluation", witnesses=false,
                 undefined_at=undefined, why=why)  # fmt: skip
