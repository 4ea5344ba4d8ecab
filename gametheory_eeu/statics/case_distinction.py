"""An expression with Piecewise, Max, Min or Abs inside, as formulas free of them, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError, UnsupportedError

BY_CASES = (sp.Piecewise, sp.Max, sp.Min, sp.Abs, sp.sign)
MOST_CASES = 64


@dataclass(frozen=True)
class Case:
    """A formula and where it holds; where two cases overlap they agree."""

    condition: Boolean
    expression: Expr


def by_cases(expression: Expr, space: Space) -> tuple[Case, ...]:
    """The cases of an expression, those only that some point of the space is in.

    Cases with one formula are joined.

    Raises
    ------
    TooLargeError
        More cases than are worth a row each.
    """
    return _by_cases(expression, space)


@lru_cache(maxsize=2048)
def _by_cases(expression: Expr, space: Space) -> tuple[Case, ...]:
    thin = expression.has(sp.Piecewise, sp.sign)
    done: dict[Expr, Boolean] = {}
    left = [Case(sp.true, expression)]
    while left:
        case = left.pop()
        node = _next(case.expression)
        if node is None:
            done[case.expression] = sp.Or(case.condition, done.get(case.expression, sp.false))
            continue
        left += reversed([found for found in _split(case, node) if _occurs(found, space, thin)])
        if len(left) + len(done) > MOST_CASES:
            raise TooLargeError(
                f"the expression falls into more than {MOST_CASES} cases; ask for one that falls "
                "into fewer, or give some parameters values"
            )
    return tuple(Case(condition, formula) for formula, condition in done.items())


def _next(expression: Expr) -> Expr | None:
    """What to split first: the largest node that is decided without splitting another."""
    found = [node for node in expression.atoms(*BY_CASES) if not _waits(node)]
    return max(found, key=lambda n: (sp.count_ops(n), sp.default_sort_key(n))) if found else None


def _waits(node: Expr) -> bool:
    """Whether which case a node is in turns on a node inside."""
    deciding = [c for _, c in node.args] if isinstance(node, sp.Piecewise) else node.args
    return any(part.has(*BY_CASES) for part in deciding)


def _split(case: Case, node: Expr) -> Iterator[Case]:
    for condition, value in _alternatives(node):
        both = sp.And(case.condition, condition)
        if both != sp.false:
            yield Case(both, case.expression.xreplace({node: value}))


def _alternatives(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    """The cases of one node, each with its value."""
    if isinstance(node, sp.Piecewise):
        before: list[Boolean] = []
        for value, condition in node.args:
            yield sp.And(*map(negated, before), condition), value
            before.append(condition)
    elif isinstance(node, (sp.Max, sp.Min)):
        yield from _extreme(node)
    elif isinstance(node, sp.Abs):
        (x,) = node.args
        yield x >= 0, x
        yield x <= 0, -x
    else:
        (x,) = node.args
        yield from ((x > 0, sp.Integer(1)), (sp.Eq(x, 0), sp.Integer(0)), (x < 0, sp.Integer(-1)))


def _extreme(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    weak = sp.Ge if isinstance(node, sp.Max) else sp.Le
    order = sorted(node.args, key=sp.default_sort_key)
    for i, value in enumerate(order):
        yield sp.And(*(weak(value, other) for j, other in enumerate(order) if j != i)), value


def negated(condition: Boolean) -> Boolean:
    """The opposite, with the negation on the relations."""
    return sp.to_nnf(sp.Not(condition), simplify=False)


def _occurs(case: Case, space: Space, thin: bool) -> bool:
    """Whether some point is in the case; kept where that is not settled.

    Of maxima and minima alone a case that is only an edge is left out: its neighbours have it.
    """
    inside = case.condition
    if not thin:
        inside = opened(inside, frozenset(inside.free_symbols))
    return bool(inside == sp.true or (inside != sp.false and possible(Space.of(space, inside))))


def possible(space: Space) -> bool:
    """Whether a space has a point, as far as is settled."""
    try:
        return prover.satisfiable(space)
    except UnsupportedError:
        return True


def closed(condition: Boolean) -> Boolean:
    """A condition with its edges."""
    weak = {sp.Gt: sp.Ge, sp.Lt: sp.Le}
    swaps = {r: weak[r.func](*r.args) for r in condition.atoms(sp.Gt, sp.Lt)}
    return condition.xreplace({**swaps, **dict.fromkeys(condition.atoms(sp.Ne), sp.true)})


def opened(condition: Boolean, symbols: frozenset[Symbol]) -> Boolean:
    """A condition without the edges that the symbols move."""
    strict = {sp.Ge: sp.Gt, sp.Le: sp.Lt}
    swaps: dict[Boolean, Boolean] = {}
    for r in condition.atoms(sp.Ge, sp.Le, sp.Eq):
        if r.free_symbols & symbols:
            swaps[r] = sp.false if isinstance(r, sp.Eq) else strict[r.func](*r.args)
    return condition.xreplace(swaps)


__all__ = [
    "BY_CASES", "MOST_CASES", "Case", "by_cases", "closed", "negated", "opened", "possible",
]  # fmt: skip
