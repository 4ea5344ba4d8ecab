"""Questions that are one or a few proofs: emptiness, equivalence, implication, simplification."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.emptiness import inhabited, question
from gametheory_eeu.prover.merge_relations import joined
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import holds, settle
from gametheory_eeu.prover.refine import nowhere
from gametheory_eeu.prover.smt_formula import TRUE
from gametheory_eeu.prover.smt_query import all_parts, split
from gametheory_eeu.prover.statement import condition as checked
from gametheory_eeu.prover.statement import iff, read


def is_empty(space: object) -> Proof:
    """Prove that a space has no point, or refute it with an exact one.

    Examples
    --------
    >>> is_empty(["x > 1", "x < 1"]).verdict
    'proved'
    >>> is_empty("x**2 < 2").witnesses
    ({x: 0},)
    """
    return settle(sp.false, Space.of(space))


def satisfiable(given: object) -> bool:
    """Whether some point obeys all that is given.

    Raises
    ------
    UnsupportedError
        It was not settled within the limits.

    Examples
    --------
    >>> satisfiable(["x > 0", "x**2 + 1 < 2*x"])
    False
    """
    space = Space.of(given)
    states = {inhabited(part) for part in all_parts(space)}
    if "unknown" in states and "unsat" not in states:
        raise UnsupportedError(f"whether {space} has a point was not settled within the limits")
    return "unsat" not in states


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
    (left, right), space = read([a, b], given)
    return settle(iff(checked(left), checked(right)), space)


def implies(a: Boolean | str, b: Boolean | str, given: object = ()) -> Proof:
    """Prove that the second condition holds wherever the first does.

    Examples
    --------
    >>> implies("x > 1", "x**2 > 1").verdict
    'proved'
    """
    (left, right), space = read([a, b], given)
    return settle(sp.Implies(checked(left), checked(right), evaluate=False), space)


def simplify(condition: Boolean | str, given: object = ()) -> Boolean:
    """A condition with the same points in the space, without the parts that say nothing new.

    Conjuncts that follow from the space or from the other conjuncts are dropped, and disjuncts
    that imply the others; the atoms that stay are the ones that were written, but that several
    which compare the same two sides are one (``x > y or x = y`` is ``x >= y``). The result is true
    where the condition is, false where it is, and may be defined where it is not.

    Examples
    --------
    >>> simplify("x > 0 and x > -1 and y < 2", given="y < 1")
    x > 0
    """
    (found,), space = read([condition], given)
    return joined(_simplify(joined(checked(found)), space))


@lru_cache(maxsize=8192)
def _simplify(condition: Boolean, space: Space) -> Boolean:
    if condition in (sp.true, sp.false):
        return condition
    if holds(condition, space, STEP):
        return sp.true
    if _never(condition, space):
        return sp.false
    if isinstance(condition, (sp.And, sp.Or)):
        return _without_idle_parts(condition, space)
    return condition


def _never(condition: Boolean, space: Space) -> bool:
    """Whether no point of the space makes the condition true."""
    part, _ = split(Space.of(space, condition), condition.free_symbols)
    return nowhere(question(part), TRUE, budget=STEP, rounds=2).status == "unsat"


def _without_idle_parts(condition: Boolean, space: Space) -> Boolean:
    """Drop, last first, each part whose absence changes nothing; then simplify what is left."""
    join = condition.func
    kept = sorted(condition.args, key=lambda c: (sp.count_ops(c), str(c)))
    for part in reversed(list(kept)):
        others = join(*(c for c in kept if c != part))
        ends = (others, part) if join is sp.And else (part, others)
        if holds(sp.Implies(*ends, evaluate=False), space, STEP):
            kept.remove(part)
    return join(*(_simplify(part, _context(kept, part, join, space)) for part in kept))


def _context(kept: list[Boolean], part: Boolean, join: type, space: Space) -> Space:
    """Inside a conjunct the other conjuncts may be assumed, where they are everywhere defined."""
    if join is not sp.And or not isinstance(part, sp.Or):
        return space
    total = (c for c in kept if c != part and c.is_Relational)
    return Space.of(space, *(c for c in total if (c.lhs - c.rhs).is_polynomial()))


__all__ = ["equivalent", "implies", "is_empty", "satisfiable", "simplify", "witness"]
