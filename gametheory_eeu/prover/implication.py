"""Emptiness, equivalence, implication and simplification, each by one or a few proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions.declaration import mentions
from gametheory_eeu.prover.merge_relations import merge
from gametheory_eeu.prover.point_search import (
    EASY_POINTS,
    check_sat,
    point_test,
    satisfiability,
    simplest_point,
)
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import iff, is_proved, parse_statements, prove_on_space
from gametheory_eeu.prover.proof_search import require_condition as checked
from gametheory_eeu.prover.proof_text import solver_question
from gametheory_eeu.prover.rational_function import TRUE
from gametheory_eeu.prover.smt_query import Query, all_parts, split


def is_empty(space: object) -> Proof:
    """Prove that a space has no point, or refute it with an exact one.

    Examples
    --------
    >>> is_empty(["x > 1", "x < 1"]).verdict
    'proved'
    >>> is_empty("x**2 < 2").witnesses
    ({x: 0},)
    """
    return prove_on_space(sp.false, Space.of(space))


def is_satisfiable(given: object) -> bool:
    """Whether some point satisfies all that is given.

    Raises
    ------
    UnsupportedError
        It was not settled within the limits.

    Examples
    --------
    >>> is_satisfiable(["x > 0", "x**2 + 1 < 2*x"])
    False
    """
    space = Space.of(given)
    statuses = {satisfiability(part) for part in all_parts(space)}
    if "unknown" in statuses and "unsat" not in statuses:
        raise UnsupportedError(f"whether {space} has a point was not settled within the limits")
    return "unsat" not in statuses


def witness(space: object) -> Mapping[Symbol, Expr] | None:
    """A small exact point of a space; None where the space is proved empty.

    Raises
    ------
    UnsupportedError
        Neither a point nor a proof of emptiness was found.

    Examples
    --------
    >>> witness("0 < c < tau < 1")
    {c: 1/2, tau: 2/3}
    """
    proof = is_empty(space)
    if proof.verdict == "unknown":
        raise UnsupportedError(f"whether {proof.space} has a point was not settled: {proof.why}")
    return proof.witnesses[0] if proof.witnesses else None


def equivalent(a: Boolean | str, b: Boolean | str, given: object = ()) -> Proof:
    """Prove that two conditions are defined and agree at every point of the space.

    Examples
    --------
    >>> equivalent("x**2 < 1", "abs(x) < 1").verdict
    'proved'
    """
    (left, right), space = parse_statements([a, b], given)
    return prove_on_space(iff(checked(left), checked(right)), space)


def implies(a: Boolean | str, b: Boolean | str, given: object = ()) -> Proof:
    """Prove that the second condition holds wherever the first does.

    Examples
    --------
    >>> implies("x > 1", "x**2 > 1").verdict
    'proved'
    """
    (left, right), space = parse_statements([a, b], given)
    return prove_on_space(sp.Implies(checked(left), checked(right), evaluate=False), space)


def simplify(condition: Boolean | str, given: object = ()) -> Boolean:
    """An equivalent condition on the space, without redundant parts.

    Conjuncts that follow from the space or from the other conjuncts are dropped, and disjuncts
    that imply the others; the atoms that stay are the ones that were written, but that several
    which compare the same two sides are one (``x > y or x = y`` is ``x >= y``). The result is true
    where the condition is, false where it is, and may be defined where it is not.

    Examples
    --------
    >>> simplify("x > 0 and x > -1 and y < 2", given="y < 1")
    x > 0
    """
    (statement,), space = parse_statements([condition], given)
    merged = merge(checked(statement))
    if not mentions(merged, *space.constraints):
        return merge(_simplify(merged, space))
    from gametheory_eeu.prover.functions.proofs import in_values

    condition_in_values, known, restore = in_values(merged, space)
    return restore(merge(_simplify(condition_in_values, known)))


@lru_cache(maxsize=8192)
def _simplify(condition: Boolean, space: Space) -> Boolean:
    if condition in (sp.true, sp.false):
        return condition
    if is_proved(condition, space, STEP):
        return sp.true
    if _is_never_true(condition, space):
        return sp.false
    if isinstance(condition, (sp.And, sp.Or)):
        return _drop_redundant(condition, space)
    return condition


def _is_never_true(condition: Boolean, space: Space) -> bool:
    """Whether no point of the space makes the condition true."""
    part, _ = split(Space.of(space, condition), condition.free_symbols)
    problem = Query(sp.true, part)
    if simplest_point(problem, point_test(problem, True), EASY_POINTS) is not None:
        return False
    return check_sat(problem, TRUE, budget=STEP, rounds=2).status == "unsat"


def _drop_redundant(condition: Boolean, space: Space) -> Boolean:
    """Drop, last first, each redundant part; then simplify those that remain."""
    join = condition.func
    parts = sorted(condition.args, key=lambda c: (sp.count_ops(c), str(c)))
    for part in reversed(list(parts)):
        others = join(*(c for c in parts if c != part))
        sides = (others, part) if join is sp.And else (part, others)
        if is_proved(sp.Implies(*sides, evaluate=False), space, STEP):
            parts.remove(part)
    return join(*(_simplify(part, _context(parts, part, join, space)) for part in parts))


def _context(parts: list[Boolean], part: Boolean, join: type, space: Space) -> Space:
    """The space inside a conjunct: the other conjuncts hold, if defined everywhere."""
    if join is not sp.And or not isinstance(part, sp.Or):
        return space
    relations = (c for c in parts if c != part and c.is_Relational)
    return Space.of(space, *(c for c in relations if (c.lhs - c.rhs).is_polynomial()))


@arg.validate(statements=arg.conditions)
def prove_all(statements: Sequence[Boolean], given: object = ()) -> Proof:
    """Prove that all statements hold at every point of a space, each by a proof of its own.

    Returns
    -------
    Proof
        Of their conjunction. Proved where each part is; otherwise what was found of the first
        part that is not. The certificate is the question about the whole.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> prove_all([x > 1, x**2 > 1], given=x > 1).verdict
    'proved'
    """
    symbols = {symbol for statement in statements for symbol in statement.free_symbols}
    space = Space.of(given, symbols=sorted(symbols, key=str))
    conjunction = (
        sp.And(*statements, evaluate=False) if len(statements) > 1 else sp.And(*statements)
    )
    proofs = [prove_on_space(statement, space) for statement in statements]
    if not proofs:
        return prove_on_space(sp.true, space)
    unproved = [proof for proof in proofs if proof.verdict != "proved"]
    refuted = [proof for proof in unproved if proof.verdict == "refuted"]
    if unproved:
        return replace((refuted or unproved)[0], statement=conjunction)
    query = Query(conjunction, split(space, conjunction.free_symbols)[0])
    methods = ", ".join(dict.fromkeys(proof.method for proof in proofs))
    method = methods if len(proofs) == 1 else f"{methods}, {len(proofs)} parts"
    certificate = solver_question(method, query.text(query.untrue))
    return replace(proofs[0], statement=conjunction, method=method, certificate=certificate)
