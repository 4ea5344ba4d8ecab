"""Truth values of statements by what is assumed of their relations."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.prover.facts import is_rational


def relations(statement: Boolean) -> Iterator[Boolean]:
    """The relations that a statement is made of, in the order in which they are written."""
    if isinstance(statement, sp.core.relational.Relational):
        yield statement
    elif isinstance(statement, sp.logic.boolalg.BooleanFunction):
        for part in statement.args:
            yield from relations(part)


def conjuncts(condition: Boolean) -> Iterator[Boolean]:
    """The parts of a conjunction; the condition itself where it is none."""
    if isinstance(condition, sp.And):
        for part in condition.args:
            yield from conjuncts(part)
    elif condition != sp.true:
        yield condition


def truth_value(statement: Boolean, known: Collection[Boolean]) -> bool | None:
    """The truth value of a statement that has a meaning, by relations known to be true.

    None where they do not determine it relation by relation.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> truth_value(sp.Or(x > 0, y > 0), {y <= 0, x > 0})
    True
    """
    if statement in (sp.true, sp.false):
        return bool(statement == sp.true)
    if isinstance(statement, sp.core.relational.Relational):
        return _relation_value(statement, known)
    parts = [truth_value(part, known) for part in statement.args]
    if isinstance(statement, sp.Not):
        return None if parts[0] is None else not parts[0]
    if isinstance(statement, sp.And):
        return False if False in parts else None if None in parts else True
    if isinstance(statement, sp.Or):
        return True if True in parts else None if None in parts else False
    if isinstance(statement, sp.Implies):
        premise, conclusion = parts
        if premise is False or conclusion is True:
            return True
        return None if None in parts else False
    if isinstance(statement, sp.Equivalent) and None not in parts:
        return len(set(parts)) == 1
    return None


def _relation_value(relation: Boolean, known: Collection[Boolean]) -> bool | None:
    if not relation.free_symbols and is_rational(relation):
        return bool(relation.doit())
    return True if relation in known else False if relation.negated in known else None
