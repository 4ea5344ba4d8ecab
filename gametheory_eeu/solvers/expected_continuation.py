"""Expected continuations over a number drawn from an interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations, product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.case_distinction import is_satisfiable
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.continuation import (
    Conjunction,
    Continuation,
    linear_conjunctions,
    merged,
    occurring,
    smooth_cases,
)
from gametheory_eeu.solvers.distribution import Distribution
from gametheory_eeu.solvers.readable import simplify_value

MAX_CUTOFFS = 3
"""Values of the number drawn at which behaviour changes."""


def expected_continuations(
    distribution: Distribution, continuations: Sequence[Continuation], space: Space
) -> list[Continuation]:
    """What follows a draw, from what follows each value of the number drawn.

    Behaviour changes at cut-offs; for every order of them and of the ends of the interval, the
    expected payoffs are sums of integrals between neighbours. UnsupportedError for a cut-off that
    has no closed form, or a slope in the number drawn whose sign is not known.
    """
    c = distribution.symbol
    within = Space.of(space, distribution.bounds, symbols=(c,))
    continuations = smooth_cases(continuations, within)
    parts: list[tuple[Conjunction, Conjunction, Continuation]] = []
    cutoffs: dict[Expr, None] = {}
    for continuation in continuations:
        for conjunction in linear_conjunctions(continuation.condition, c, within):
            own = tuple(a for a in conjunction if c in a[0].free_symbols)
            rest = tuple(a for a in conjunction if c not in a[0].free_symbols)
            for expression, _ in own:
                cutoff = _cutoff(distribution, expression)
                if not _is_outside(distribution, cutoff, space):
                    cutoffs[cutoff] = None
            parts.append((own, rest, continuation))
    if len(cutoffs) > MAX_CUTOFFS:
        raise TooLargeError(
            f"behaviour changes at {len(cutoffs)} values of {c}, above the limit of {MAX_CUTOFFS}"
        )
    result: list[Continuation] = []
    for points, order in _orders(distribution, list(cutoffs), space):
        options = [
            list(_on_interval(distribution, parts, interval, Space.of(space, order)))
            for interval in pairwise(points)
        ]
        result += [
            _expected(distribution, points, combination, order) for combination in product(*options)
        ]
    return occurring(result, space)


def _cutoff(distribution: Distribution, expression: Expr) -> Expr:
    c = distribution.symbol
    if not expression.is_polynomial(c) or sp.degree(expression, c) != 1:
        raise UnsupportedError(
            f"what is best changes with {c} where {expression} = 0, which is not linear in {c}; "
            f"write payoffs that are linear in {c}"
        )
    line = sp.expand(expression)
    return sp.cancel(-line.coeff(c, 0) / line.coeff(c, 1))


def _is_outside(distribution: Distribution, cutoff: Expr, space: Space) -> bool:
    """Whether a cut-off is never inside the interval."""
    low, high = distribution.low, distribution.high
    return is_proved(sp.Or(sp.Le(cutoff, low), sp.Ge(cutoff, high)), space, STEP)


def _orders(
    distribution: Distribution, cutoffs: list[Expr], space: Space
) -> Iterator[tuple[tuple[Expr, ...], Boolean]]:
    """The ends and the cut-offs between them in every order, each with its condition."""
    low, high = distribution.low, distribution.high
    for places in product(("below", "inside", "above"), repeat=len(cutoffs)):
        outside = [
            sp.Le(e, low) if place == "below" else sp.Ge(e, high)
            for e, place in zip(cutoffs, places, strict=True)
            if place != "inside"
        ]
        inside = [e for e, place in zip(cutoffs, places, strict=True) if place == "inside"]
        for order in permutations(inside):
            points = (low, *order, high)
            between = [sp.Le(a, b) for a, b in pairwise(points)] if order else []
            condition = sp.And(*outside, *between)
            if condition != sp.false and is_satisfiable(Space.of(space, condition)):
                yield points, condition


def _on_interval(
    distribution: Distribution,
    parts: Sequence[tuple[Conjunction, Conjunction, Continuation]],
    interval: tuple[Expr, Expr],
    space: Space,
) -> Iterator[Continuation]:
    """The continuations between two neighbouring points, conditions on the number aside."""
    c = distribution.symbol
    seen: dict[Continuation, Boolean] = {}
    for own, rest, continuation in parts:
        if all(_holds_between(e, op, c, interval, space) for e, op in own):
            given = sp.And(*(RELATIONS[op](e, 0) for e, op in rest))
            seen[continuation] = sp.Or(seen.get(continuation, sp.false), given)
    for continuation, condition in seen.items():
        yield replace(continuation, condition=condition)


def _holds_between(
    expression: Expr, op: str, c: Expr, interval: tuple[Expr, Expr], space: Space
) -> bool:
    """Whether a line in the number drawn has its sign between two neighbouring points."""
    if op in ("==", "!="):
        return op == "!="
    low, high = interval
    inside = Space.of(space, sp.Gt(c, low), sp.Lt(c, high), symbols=(c,))
    return is_proved(RELATIONS[op](expression, 0), inside)


def _expected(
    distribution: Distribution,
    points: Sequence[Expr],
    combination: Sequence[Continuation],
    order: Boolean,
) -> Continuation:
    payoffs = {
        player: simplify_value(
            sp.Add(
                *(
                    distribution.expectation(part.payoffs[player], *interval)
                    for part, interval in zip(combination, pairwise(points), strict=True)
                )
            )
        )
        for player in combination[0].payoffs
    }
    result = merged(combination)
    condition = sp.And(order, result.condition)
    return replace(result, condition=condition, payoffs=FrozenMapping(payoffs))


__all__ = ["expected_continuations"]
