"""Exact evaluation at a point: the judge of witnesses, which shares nothing with the encoder."""

from __future__ import annotations

from collections.abc import Mapping

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import UndecidedError, sign_of, truth_value, value


def contains(space: Space, point: Mapping[Symbol, Expr]) -> bool:
    """Whether every constraint is defined and true at the point, and every assumption holds."""
    return space.contains({s.name: v for s, v in point.items() if s in space.symbols})


@arg.validate(statement=arg.condition, point=arg.point)
def is_true_at(statement: Boolean, point: Mapping[Symbol, Expr]) -> bool:
    """Whether the statement is defined and true at the point, exactly.

    Raises
    ------
    GameTheoryError
        It could not be settled, or the point leaves a symbol open.
    """
    return truth_value(statement, point) is True


__all__ = ["UndecidedError", "contains", "is_true_at", "sign_of", "truth_value", "value"]
