"""Continuations: what is played and paid from a node of a tree on, where that is an equilibrium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, factorization
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.case_distinction import cases, conjunctions_of, is_satisfiable
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.active_sets import atom
from gametheory_eeu.solvers.linear_existence import AtomicFormula
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value

MAX_CONTINUATIONS = 400
"""Cases of what follows a node."""


@dataclass(frozen=True)
class Continuation(Picklable):
    """An equilibrium of what follows a node, in the parameters and the numbers chosen before.

    Parameters
    ----------
    condition : SymPy Boolean
        Where it is one. Where several hold, whoever moves is indifferent between them.
    payoffs : mapping of player to expression
    choices : mapping of a choice's name to its value on the path
    steps : mapping of information set to the actions played there on the path; none at a number's
    places : mapping of a choice's name to where in its range it is, for its name
    selection : mapping of information set to the numbers of the options taken there on the path
    free, where : the choices on the path that may be any within a range, and the range
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
        for conjunction in _with_slope(rest, op, x, space):
            yield ((a, "=="), *conjunction)


def _sign(expression: Expr, space: Space) -> int | None:
    for sign in (1, -1):
        if is_proved(sp.Gt(sign * expression, 0), space, STEP):
            return sign
    return None


def _holds(expression: Expr, op: str, space: Space) -> bool:
    return is_proved(RELATIONS[op](expression, 0), space, STEP)


def _is_false(expression: Expr, op: str, space: Space) -> bool:
    return is_proved(sp.Not(RELATIONS[op](expression, 0)), space, STEP)


__all__ = [
    "Conjunction",
    "Continuation",
    "linear_conjunctions",
    "merged",
    "occurring",
    "smooth_cases",
    "weighted_sum",
]
