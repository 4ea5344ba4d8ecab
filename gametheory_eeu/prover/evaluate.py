"""Exact evaluation at a point: the judge of witnesses, which shares nothing with the encoder."""

from __future__ import annotations

from collections.abc import Mapping

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import UndecidedError, sign_of, truth, value


def obeys(space: Space, point: Mapping[Symbol, Expr]) -> bool:
    """Whether every constraint is defined and true at the point, and every assumption holds."""
    return space.contains({s.name: v for s, v in point.items() if s in space.symbols})


@arg.checks(statement=arg.condition, point=arg.point)
def true_at(statement: Boolean, point: Mapping[Symbol, Expr]) -> bool:
    """Whether the statement is defined and true at the point, exactly.

    Raises
    ------
    GameTheoryError
        It could not be settled, or the point leaves a symbol open.
    """
    return truth(statement, point) is True


__all__ = ["UndecidedError", "obeys", "sign_of", "true_at", "truth", "value"]
