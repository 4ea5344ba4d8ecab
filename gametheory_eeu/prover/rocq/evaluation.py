"""Statements about numbers: the certificate is the arithmetic itself."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.evaluate import truth_value, value
from gametheory_eeu.prover.certificate import Inference, Reasoning, RelationSign
from gametheory_eeu.prover.facts import is_rational
from gametheory_eeu.prover.rocq.ledger import NoCounterpartError

_MAX_BITS = 200
"""Of a number; one that is longer takes Rocq seconds to read."""


def _number(side: Expr) -> Expr:
    """The value of a side of a relation; 0 where it has none."""
    result = value(side, {})
    return sp.Integer(0) if result is None else result


def _is_long(number: Expr) -> bool:
    return bool(max(abs(number.p), number.q).bit_length() > _MAX_BITS)


def evaluation(statement: Boolean) -> Reasoning:
    """The reasoning of a true statement without symbols.

    Raises
    ------
    NoCounterpartError
        A number that is not rational.
    """
    if isinstance(statement, sp.core.relational.Relational):
        if not is_rational(statement):
            raise NoCounterpartError(
                f"{statement} is a statement about numbers that are not rational"
            )
        if any(map(_is_long, (*statement.atoms(sp.Rational), *map(_number, statement.args)))):
            raise NoCounterpartError(f"{statement} has numbers of more than {_MAX_BITS} bits")
        return RelationSign(statement, (), sp.Integer(1), ())
    if statement == sp.true:
        return Inference(statement, (), None, ())
    if isinstance(statement, sp.And):
        return Inference(statement, (), None, tuple(map(evaluation, statement.args)))
    if isinstance(statement, sp.Or):
        part = next(part for part in statement.args if truth_value(part, {}))
        return Inference(statement, (), None, (evaluation(part),))
    raise NoCounterpartError(f"{statement} is no relation between numbers")
