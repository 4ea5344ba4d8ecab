"""Where payoffs are real numbers: what a game must know of its symbols before it is solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import DoesNotExistError, UnsupportedError


def check_defined(payoffs: Iterable[tuple[str, Expr]], space: Space) -> None:
    """Refuse payoffs that are not real numbers on all of the space, by proof.

    Nothing is asked of a payoff without denominators, roots and logarithms.

    Parameters
    ----------
    payoffs : iterable of pairs
        What the payoff is called in an error, and the payoff.
    space : Space

    Raises
    ------
    DoesNotExistError
        A payoff that is not proved to be a real number everywhere: where it may not be, a point
        if there is one, and what to say of the symbols.
    """
    proved: set[Boolean] = set()
    for name, payoff in payoffs:
        for demand in _demands(payoff):
            if demand not in proved:
                _check(name, payoff, demand, space)
                proved.add(demand)


def _check(name: str, payoff: Expr, demand: Boolean, space: Space) -> None:
    try:
        proof = prover.prove(demand, given=space)
    except UnsupportedError:
        return  # what the prover cannot read the solver refuses by name
    if proof.verdict == "proved":
        return
    is_real = f"the {name} is {payoff}, a real number only where {_shown(demand)}"
    if proof.witnesses:
        point = ", ".join(f"{s} = {v}" for s, v in proof.witnesses[0].items())
        what = f"{is_real}, and what is given allows {point}"
    else:
        what = f"{is_real}, which was not proved of what is given"
    raise DoesNotExistError(f"{what}; add to given= the condition {_shown(demand)!r}")


def _shown(demand: Boolean) -> str:
    """A condition as given= takes it."""
    if isinstance(demand, sp.Ne):
        return f"{demand.lhs} != {demand.rhs}"
    return str(demand)


def _demands(payoff: Expr) -> Iterator[Boolean]:
    """What must hold for an expression to be a real number, innermost first."""
    if not payoff.free_symbols:
        return
    if isinstance(payoff, sp.Piecewise):  # what its branches demand the solvers ask in their place
        if payoff.args[-1].cond != sp.true:
            yield sp.Or(*(condition for _, condition in payoff.args))
        return
    for part in payoff.args:
        yield from _demands(part)
    demand = _demand(payoff)
    if demand not in (None, sp.true):
        yield demand


def _demand(node: Expr) -> Boolean | None:
    if isinstance(node, sp.log):
        return sp.Gt(node.args[0], 0)
    if not isinstance(node, sp.Pow) or node.base == sp.E:
        return None
    if node.exp.is_Integer:
        return sp.Ne(node.base, 0) if node.exp.is_negative else None
    if node.exp.is_Rational:  # a root is that of a number that is not negative
        return sp.Gt(node.base, 0) if node.exp.is_negative else sp.Ge(node.base, 0)
    if node.exp.is_integer and node.exp.is_nonnegative:
        return None
    return sp.Gt(node.base, 0)


__all__ = ["check_defined"]
