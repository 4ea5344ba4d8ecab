"""Where a formula exists, and where one more of a whole number leaves it: what bounds a sign."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.natural_domain import natural_domain
from gametheory_eeu.statics.condition_forms import said


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
            found.append(min(part, said(part, so_far).condition, key=sp.count_ops))
    return tuple(found)


def _implied(condition: Boolean, space: Space) -> bool:
    if condition == sp.true or condition in space.constraints:
        return True
    for given in (space, _rational_part(space)):
        try:
            return prover.prove(condition, given=given).verdict == "proved"
        except UnsupportedError:
            continue  # what follows from a part of what is given follows from all of it
    return False


def _rational_part(space: Space) -> Space:
    """The space without the constraints that are not between rational functions."""
    kept = (c for c in space.constraints if c.is_Relational and not c.has(sp.Function)
            and (c.lhs - c.rhs).is_rational_function(*c.free_symbols)
            and not c.atoms(sp.NumberSymbol))  # fmt: skip
    return Space(space.symbols, tuple(kept))


__all__ = ["missing", "restriction"]
