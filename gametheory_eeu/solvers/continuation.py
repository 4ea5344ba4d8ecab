"""Continuations: what is played and paid from a node of a tree on, where that is an equilibrium.

Of a number that is drawn from an interval they are expected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, permutations, product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, factorization
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.case_distinction import cases, conjunctions_of, is_satisfiable
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.active_sets import atom
from gametheory_eeu.solvers.moves import Distribution
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value
from gametheory_eeu.solvers.solution_families import AtomicFormula, conjunction

MAX_CONTINUATIONS = 400
"""Cases of what follows a node."""


@dataclass(frozen=True)
class Continuation(Picklable):
    """An equilibrium of what follows a node, in the parameters and the numbers chosen before.

    Where the conditions of several hold, whoever moves is indifferent between them. ``choices`` are
    the values on the path by the choice's name, ``places`` where in its range each is, for its
    name. ``steps`` are the actions on the path by information set, none at a number's;
    ``selection`` the numbers of the options taken there. What is ``free`` may be any choice on the
    path in its range.
    """

    condition: Boolean
    payoffs: Mapping[str, Expr]
    choices: Mapping[str, Expr] = field(default_factory=FrozenMapping)
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenMapping)
    places: Mapping[str, str] = field(default_factory=FrozenMapping)
    selection: Mapping[str, tuple[int, ...]] = field(default_factory=FrozenMapping)
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true

    def after_action(self, information_set: str, action: str) -> Continuation:
        """The continuation with an action before it."""
        return replace(self, steps=FrozenMapping({information_set: (action,), **self.steps}))

    def taking(self, information_set: str, options: Sequence[int]) -> Continuation:
        """The continuation with the numbers of the options taken."""
        selection = {information_set: tuple(options), **self.selection}
        return replace(self, selection=FrozenMapping(selection))

    def at(self, values: Mapping[Symbol, Expr]) -> Continuation:
        """The continuation at values of numbers chosen before."""
        return replace(
            self,
            condition=self.condition.xreplace(values),
            payoffs=FrozenMapping({p: v.xreplace(values) for p, v in self.payoffs.items()}),
            choices=FrozenMapping({x: v.xreplace(values) for x, v in self.choices.items()}),
            where=self.where.xreplace(values),
        )


def weighted_sum(parts: Sequence[tuple[Mapping[str, Expr], Continuation]]) -> Continuation:
    """What follows a chance move, from each outcome's weights (by player) and continuation."""
    payoffs = {
        p: simplify_value(sp.Add(*(weights[p] * part.payoffs[p] for weights, part in parts)))
        for p in parts[0][1].payoffs
    }
    return replace(merged([part for _, part in parts]), payoffs=FrozenMapping(payoffs))


def merged(parts: Sequence[Continuation]) -> Continuation:
    """Continuations that are each reached with some probability; the payoffs are the first's."""
    steps: dict[str, tuple[str, ...]] = {}
    choices: dict[str, Expr] = {}
    places: dict[str, str] = {}
    selection: dict[str, tuple[int, ...]] = {}
    for part in parts:
        for name, labels in part.steps.items():
            known = steps.get(name, ())
            steps[name] = known + tuple(label for label in labels if label not in known)
        choices = {**part.choices, **choices}
        places = {**part.places, **places}
        selection = {**part.selection, **selection}
    return Continuation(
        sp.And(*(part.condition for part in parts)),
        parts[0].payoffs,
        FrozenMapping(choices),
        FrozenMapping(steps),
        FrozenMapping(places),
        FrozenMapping(selection),
        tuple(dict.fromkeys(s for part in parts for s in part.free)),
        sp.And(*(part.where for part in parts)),
    )


def occurring(items: Sequence[Continuation], space: Space) -> list[Continuation]:
    """The continuations that occur on a space, their conditions simplified on it."""
    result = []
    for item in items:
        condition = item.condition
        if condition not in (sp.true, sp.false):
            if not is_satisfiable(Space.of(space, condition)):
                continue
            condition = simplify_condition(condition, space)
        if condition != sp.false:
            result.append(replace(item, condition=condition))
    if len(result) > MAX_CONTINUATIONS:
        raise TooLargeError(
            f"what follows a node falls into {len(result)} cases, above the limit of "
            f"{MAX_CONTINUATIONS}; give some parameters values"
        )
    return result


def smooth_cases(items: Sequence[Continuation], space: Space) -> list[Continuation]:
    """The continuations with ``Min``, ``Max``, ``Abs`` and ``Piecewise`` in payoffs resolved."""
    result: list[Continuation] = []
    for item in items:
        if not any(v.has(*CASE_FUNCTIONS) for v in item.payoffs.values()):
            result.append(item)
            continue
        players, values = zip(*item.payoffs.items(), strict=True)
        for case in cases(sp.Tuple(*values), Space.of(space, item.condition)):
            payoffs = FrozenMapping(dict(zip(players, case.expression, strict=True)))
            condition = sp.And(item.condition, case.condition)
            result.append(replace(item, payoffs=payoffs, condition=condition))
    return result


Conjunction = tuple[AtomicFormula, ...]


def linear_conjunctions(condition: Boolean, x: Symbol, space: Space) -> Iterator[Conjunction]:
    """Conjunctions of relations, each free of a symbol or linear in it, that make up a condition.

    The sign of every slope is known, or is among the relations. Products are split into the signs
    of their factors; a quadratic, by its roots. What is of higher degree stays as it is.
    """
    for relations in conjunctions_of(condition):
        if relations and not is_satisfiable(Space.of(space, *relations)):
            continue
        choices = [list(_linear_cases(atom(r), x, space)) for r in relations]
        for parts in product(*choices):
            yield tuple(dict.fromkeys(a for part in parts for a in part))


def _linear_cases(formula: AtomicFormula, x: Symbol, space: Space) -> Iterator[Conjunction]:
    expression, op = formula
    constant, powers = sp.factor_list(_numerator(expression, x, space, is_order=op in (">", ">=")))
    factors = [f for f, _ in powers]
    if op == "!=":
        yield tuple((factor, "!=") for factor in factors)
    elif op == "==":
        for k, factor in enumerate(factors):
            yield ((factor, "=="), *((other, "!=") for other in factors[:k]))
    else:
        yield from _product_cases(constant, powers, op, x, space)


def _numerator(expression: Expr, x: Symbol, space: Space, *, is_order: bool) -> Expr:
    """An expression without denominators that has the same sign, or the same zeros."""
    numerator, denominator = common_denominator(expression)
    if denominator.is_number:
        return expression
    if not is_order:
        return numerator
    sign = None if x in denominator.free_symbols else _sign(denominator, space)
    return numerator * (denominator if sign is None else sign)


def _product_cases(
    constant: Expr, powers: list[tuple[Expr, int]], op: str, x: Symbol, space: Space
) -> Iterator[Conjunction]:
    """The signs of its factors with which a product is positive (or not negative)."""
    odd = [f for f, m in powers if m % 2]
    even = [f for f, m in powers if m % 2 == 0]
    outside = tuple((f, "!=") for f in even) if op == ">" else ()
    for signs in product((1, -1), repeat=len(odd)):
        if constant * sp.Mul(*signs) > 0:
            cases_of = [list(_signed(s * f, op, x, space)) for s, f in zip(signs, odd, strict=True)]
            for parts in product(*cases_of):
                yield (*(a for part in parts for a in part), *outside)
    if op == ">=":
        for f in even:
            yield from _linear_cases((f, "=="), x, space)


def _signed(expression: Expr, op: str, x: Symbol, space: Space) -> Iterator[Conjunction]:
    """The cases of an irreducible expression that is positive (or not negative)."""
    if x not in expression.free_symbols:
        if not _is_false(expression, op, space):
            yield () if _holds(expression, op, space) else ((expression, op),)
        return
    degree = sp.degree(expression, x) if expression.is_polynomial(x) else 3
    if degree == 1:
        yield from _with_slope(expression, op, x, space)
    elif degree == 2:
        yield from _quadratic(expression, op, x, space)
    else:
        yield ((expression, op),)


def _with_slope(expression: Expr, op: str, x: Symbol, space: Space) -> Iterator[Conjunction]:
    slope = sp.expand(expression).coeff(x, 1)
    if _sign(slope, space) is not None:
        yield ((expression, op),)
        return
    for sign in (1, -1):
        yield ((sign * slope, ">"), (expression, op))
    yield ((slope, "=="), (sp.expand(expression).coeff(x, 0), op))


def _quadratic(expression: Expr, op: str, x: Symbol, space: Space) -> Iterator[Conjunction]:
    a, b, c = (sp.expand(expression).coeff(x, k) for k in (2, 1, 0))
    discriminant = factorization(b**2 - 4 * a * c)
    root = sp.sqrt(discriminant)
    low, high = (-b - root) / (2 * a), (-b + root) / (2 * a)
    leading, disc = _sign(a, space), _sign(discriminant, space)
    if leading != -1:
        given = () if leading else ((a, ">"),)
        inside = () if disc else ((discriminant, ">="),)
        if disc != -1:
            yield (*given, *inside, (low - x, op))
            yield (*given, *inside, (x - high, op))
        if disc != 1:
            yield (*given, *(() if disc else ((-discriminant, ">"),)))
    if leading != 1 and disc != -1:
        given = () if leading else ((-a, ">"),)
        inside = () if disc else ((discriminant, ">="),)
        yield (*given, *inside, (x - high, op), (low - x, op))
    if leading is None:
        rest = sp.expand(b * x + c)
        for atoms in _with_slope(rest, op, x, space):
            yield ((a, "=="), *atoms)


def _sign(expression: Expr, space: Space) -> int | None:
    for sign in (1, -1):
        if is_proved(sp.Gt(sign * expression, 0), space, STEP):
            return sign
    return None


def _holds(expression: Expr, op: str, space: Space) -> bool:
    return is_proved(RELATIONS[op](expression, 0), space, STEP)


def _is_false(expression: Expr, op: str, space: Space) -> bool:
    return is_proved(sp.Not(RELATIONS[op](expression, 0)), space, STEP)


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
        for atoms in linear_conjunctions(continuation.condition, c, within):
            own = tuple(a for a in atoms if c in a[0].free_symbols)
            rest = tuple(a for a in atoms if c not in a[0].free_symbols)
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
            given = conjunction(rest)
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
