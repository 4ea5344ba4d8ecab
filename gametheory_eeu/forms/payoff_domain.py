"""Conditions under which payoffs are real numbers, checked before a game is solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import DoesNotExistError, UnsupportedError


def check_defined(payoffs: Iterable[tuple[str, Expr]], space: Space) -> None:
    """Refuse payoffs that are not proved to be real numbers on the whole space.

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
    proved_conditions: set[Boolean] = set()
    for name, payoff in payoffs:
        for condition in _real_conditions(payoff):
            if condition not in proved_conditions:
                _check_condition(name, payoff, condition, space)
                proved_conditions.add(condition)


def _check_condition(name: str, payoff: Expr, condition: Boolean, space: Space) -> None:
    try:
        proof = prover.prove(condition, given=space)
    except UnsupportedError:
        return  # what the prover cannot read the solver refuses by name
    if proof.verdict == "proved":
        return
    statement = f"the {name} is {payoff}, a real number only where {_condition_text(condition)}"
    if proof.witnesses:
        point = ", ".join(f"{s} = {v}" for s, v in proof.witnesses[0].items())
        reason = f"{statement}, and what is given allows {point}"
    else:
        reason = f"{statement}, which was not proved of what is given"
    raise DoesNotExistError(f"{reason}; add to given= the condition {_condition_text(condition)!r}")


def _condition_text(condition: Boolean) -> str:
    """A condition as text for the parameter ``given``."""
    if isinstance(condition, sp.Ne):
        return f"{condition.lhs} != {condition.rhs}"
    return str(condition)


def _real_conditions(payoff: Expr) -> Iterator[Boolean]:
    """The conditions for an expression to be a real number, innermost first."""
    if not payoff.free_symbols:
        return
    if isinstance(payoff, sp.Piecewise):  # what its branches demand the solvers ask in their place
        if payoff.args[-1].cond != sp.true:
            yield sp.Or(*(condition for _, condition in payoff.args))
        return
    for argument in payoff.args:
        yield from _real_conditions(argument)
    requirement = _node_condition(payoff)
    if requirement not in (None, sp.true):
        yield requirement


def _node_condition(node: Expr) -> Boolean | None:
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
