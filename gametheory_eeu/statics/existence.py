"""Where a formula exists, and where one more of a whole number leaves it: what bounds a sign."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.logic.natural_domain import natural_domain
from gametheory_eeu.space import Space
from gametheory_eeu.statics.said import said


@lru_cache(maxsize=2048)
def restriction(parts: tuple[Expr | Boolean, ...], space: Space) -> tuple[Boolean, ...]:
    """What a space does not yet say of the natural domain of some expressions.

    Raises
    ------
    UnsupportedError
        A function whose domain is not known.

    Examples
    --------
    >>> y = sp.Symbol("y", real=True)
    >>> restriction((sp.log(y),), Space.of(sp.Ne(y, 0)))
    (y > 0,)
    >>> restriction((sp.log(y),), Space.of(y > 1))
    ()
    """
    return missing((natural_domain(part) for part in parts), space)


def missing(conditions: Iterable[Boolean], space: Space) -> tuple[Boolean, ...]:
    """Those of some conditions, conjunct by conjunct, that a space was not proved to imply."""
    wanted = sp.And(*conditions)
    conjuncts = wanted.args if isinstance(wanted, sp.And) else (wanted,)
    found: list[Boolean] = []
    for part in sorted(conjuncts, key=lambda c: (sp.count_ops(c), str(c))):
        so_far = Space.of(space, *found)
        if not _implied(part, so_far):
            found.append(said(part, so_far).condition)
    return tuple(found)


def _implied(condition: Boolean, space: Space) -> bool:
    if condition in (sp.true, sp.false):
        return bool(condition == sp.true)
    if condition in space.constraints:
        return True
    try:
        return logic.prove(condition, given=space).verdict == "proved"
    except UnsupportedError:
        return False


__all__ = ["missing", "restriction"]
