"""The best choices of a real number where what follows is known in cases.

Where several continuations hold at one choice, whoever moves later is indifferent there, and may do
either. A choice is an equilibrium's if no other choice pays more *whatever the indifferent do*
there: since a payoff near such a choice comes close to that of each continuation that holds near
it, only the continuations that hold on intervals count (Selten's subgame perfection with a
continuum of moves; the tie-break that existence forces is then a result, not an assumption). Best
choices are joined where they are one: at ends and breakpoints that meet, and in continua.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.case_distinction import interior, is_satisfiable
from gametheory_eeu.prover.proof_search import is_supported
from gametheory_eeu.solvers.active_sets import ActiveSetSearch, UnsolvedActiveSet
from gametheory_eeu.solvers.continuation import Conjunction, Continuation, linear_conjunctions
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, PayoffPiece, Place
from gametheory_eeu.solvers.readable import simplify_condition


def joined_choices(
    continuations: Iterable[Continuation], x: Symbol, space: Space
) -> list[Continuation]:
    """The best choices of a number, those with the same play and the same values as one."""
    isolated: list[Continuation] = []
    families: list[Continuation] = []
    for item in continuations:
        if x in item.free:
            families = [f for f in families if not _is_within(f, item, x, space)]
            if not any(_is_within(item, f, x, space) for f in families):
                families.append(item)
            continue
        for k, known in enumerate(isolated):
            joined = _joined(known, item, space) or _joined(item, known, space)
            if joined is not None:
                isolated[k] = joined
                break
        else:
            isolated.append(item)
    for item in list(isolated):
        for k, family in enumerate(families):
            wider = _with_point(family, item, x, space)
            if wider is not None:
                families[k] = wider
                isolated.remove(item)
                break
    return isolated + families


def _joined(known: Continuation, item: Continuation, space: Space) -> Continuation | None:
    """One choice with the values of the first, if they are those of the second where it holds."""
    steps = _common_steps(known, item)
    if steps is None or known.free != item.free or known.where != item.where:
        return None
    if not _agree(known, item, Space.of(space, item.condition)):
        return None
    condition = simplify_condition(sp.Or(known.condition, item.condition), space)
    return replace(known, condition=condition, steps=steps)


def _common_steps(
    known: Continuation, item: Continuation
) -> FrozenMapping[str, tuple[str, ...]] | None:
    """The play of both, what is played with probability zero left out; None if it differs."""
    if known.steps.keys() != item.steps.keys():
        return None
    result: dict[str, tuple[str, ...]] = {}
    for name, labels in known.steps.items():
        others = item.steps[name]
        if set(labels) <= set(others):
            result[name] = labels
        elif set(others) <= set(labels):
            result[name] = others
        else:
            return None
    return FrozenMapping(result)


def _agree(known: Continuation, item: Continuation, space: Space) -> bool:
    """Whether values and payoffs are the same on a space."""
    if known.choices.keys() != item.choices.keys():
        return False
    pairs = [(known.choices[name], value) for name, value in item.choices.items()]
    pairs += [(known.payoffs[player], value) for player, value in item.payoffs.items()]
    gaps = [a - b for a, b in pairs if a != b]
    return all(is_supported(sp.Eq(factorization(gap), 0), space) for gap in gaps)


def _with_point(
    family: Continuation, item: Continuation, x: Symbol, space: Space
) -> Continuation | None:
    """The family with an end added that is a best choice wherever the family is; None if not so."""
    if _common_steps(family, item) is None:
        return None
    value = item.choices[x.name]
    at_value = family.at({x: value})
    if not _agree(at_value, replace(item, where=at_value.where), Space.of(space, item.condition)):
        return None
    relations = sp.And.make_args(family.where)
    strict = [r for r in relations if isinstance(r, (sp.Gt, sp.Lt))]
    at_end = [r for r in strict if _vanishes(r, x, value)]
    within = Space.of(space, family.condition, symbols=(x,))
    for ends in (at_end, strict):
        weak = {r: sp.Ge(r.gts, r.lts) for r in ends}
        where = sp.And(*(weak.get(r, r) for r in relations))
        added = Space.of(within, where, sp.Not(family.where))
        is_covered = is_supported(
            sp.Implies(item.condition, sp.And(family.condition, where.xreplace({x: value}))), space
        )
        if is_covered and is_supported(sp.And(sp.Eq(x, value), item.condition), added):
            return replace(family, where=where)
    return None


def _is_within(inner: Continuation, outer: Continuation, x: Symbol, space: Space) -> bool:
    """Whether a continuum of best choices is part of another."""
    if _common_steps(outer, inner) is None:
        return False
    within = Space.of(space, inner.condition, inner.where, symbols=(x,))
    return _agree(outer, inner, within) and is_supported(
        sp.And(outer.condition, outer.where), within
    )


def _vanishes(relation: Boolean, x: Symbol, value: Expr) -> bool:
    return bool(sp.simplify((relation.gts - relation.lts).xreplace({x: value})) == 0)


@dataclass(frozen=True)
class BestChoice:
    """A best choice: its value, where it is one, and the continuation that follows it."""

    value: Expr
    condition: Boolean
    place: Place
    continuation: int
    free: tuple[Symbol, ...]
    where: Boolean


class Gap(NamedTuple):
    """Where some best choices may be missing, and why."""

    condition: Boolean
    why: str


class _Piece(NamedTuple):
    """A continuation on an interval of choices, under conditions free of the choice."""

    continuation: int
    given: Conjunction
    atoms: Conjunction
    formula: Expr


def best_choices(
    player: str, choice: ChoiceRange, continuations: Sequence[Continuation], space: Space
) -> Iterator[BestChoice | Gap]:
    """Every best choice, and where some may be missing.

    The continuations have smooth payoffs; the space is of the parameters and of the numbers chosen
    before.
    """
    x = choice.symbol
    within = Space.of(space, choice.contains(x), symbols=(x,))
    pieces: list[_Piece] = []
    for number, continuation in enumerate(continuations):
        for conjunction in linear_conjunctions(continuation.condition, x, within):
            own = tuple(a for a in conjunction if x in a[0].free_symbols)
            rest = tuple(a for a in conjunction if x not in a[0].free_symbols)
            pieces.append(_Piece(number, rest, own, continuation.payoffs[player]))
    for regime, active in _regimes(pieces, space):
        if not active:
            yield Gap(regime, f"nothing that follows the choice of {x} was found to be best")
            continue
        subspace = Space.of(space, regime)
        yield from _overlaps(active, continuations, regime, Space.of(within, regime))
        agent = Agent(
            player,
            sp.Integer(0),
            (choice,),
            Space.of(within, regime),
            tuple(PayoffPiece(piece.atoms, piece.formula) for piece in active),
        )
        for solution in ActiveSetSearch((agent,), subspace).solutions():
            condition = sp.And(regime, solution.condition)
            if isinstance(solution, UnsolvedActiveSet):
                yield Gap(condition, f"the choice of {x}: {solution.why}")
                continue
            number = active[solution.pieces[0]].continuation
            yield BestChoice(
                solution.values[x],
                condition,
                solution.places[x],
                number,
                solution.free,
                solution.where,
            )
        for expression in _undecided(pieces):
            tie = sp.Eq(expression, 0)
            if regime != sp.true and is_satisfiable(Space.of(space, tie)):
                yield Gap(tie, f"a tie that the choice of {x} does not break")


def _undecided(pieces: Sequence[_Piece]) -> list[Expr]:
    """The expressions free of the choice on whose sign a continuation depends."""
    result: dict[Expr, None] = {}
    for piece in pieces:
        for expression, _ in piece.given:
            canonical = sp.factor_terms(factorization(expression))
            if -canonical not in result and canonical not in result:
                result[canonical] = None
    return list(result)


def _regimes(
    pieces: Sequence[_Piece], space: Space
) -> Iterator[tuple[Boolean, tuple[_Piece, ...]]]:
    """The sign patterns of what is free of the choice, each with the pieces that hold there."""
    expressions = _undecided(pieces)
    if not expressions:
        yield sp.true, tuple(pieces)
        return
    grouped: dict[tuple[_Piece, ...], Boolean] = {}
    for signs in product((1, -1), repeat=len(expressions)):
        strict = sp.And(*(sp.Gt(s * e, 0) for s, e in zip(signs, expressions, strict=True)))
        inside = Space.of(space, strict)
        if not is_satisfiable(inside):
            continue
        active = tuple(p for p in pieces if all(_sign_fits(a, signs, expressions) for a in p.given))
        weak = sp.And(*(sp.Ge(s * e, 0) for s, e in zip(signs, expressions, strict=True)))
        grouped[active] = sp.Or(grouped.get(active, sp.false), weak)
    for active, regime in grouped.items():
        yield regime, active


def _sign_fits(
    formula: tuple[Expr, str], signs: Sequence[int], expressions: Sequence[Expr]
) -> bool:
    """Whether a relation holds where each expression has the sign given."""
    expression, op = formula
    canonical = sp.factor_terms(factorization(expression))
    for sign, known in zip(signs, expressions, strict=True):
        for factor in (1, -1):
            if canonical == factor * known:
                return bool(RELATIONS[op](sp.Integer(sign * factor), 0))
    raise AssertionError(f"{expression} has no sign")  # every one was collected


def _overlaps(
    pieces: Sequence[_Piece], continuations: Sequence[Continuation], regime: Boolean, space: Space
) -> Iterator[Gap]:
    """Where two continuations with different payoffs hold on an interval of choices."""
    for first, second in combinations(pieces, 2):
        one, other = (continuations[p.continuation].payoffs for p in (first, second))
        if one == other:
            continue
        relations = (RELATIONS[op](e, 0) for p in (first, second) for e, op in p.atoms)
        both = interior(sp.And(*relations), frozenset(space.symbols))
        if both != sp.false and is_satisfiable(Space.of(space, both)):
            yield Gap(regime, "several continuations are equilibria of one subgame")
            return
