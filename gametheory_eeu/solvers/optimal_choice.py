"""The best choices of a real number where what follows is known in cases.

Where several continuations hold at one choice, whoever moves later is indifferent there, and may do
either. A choice is an equilibrium's if no other choice pays more *whatever the indifferent do*
there: since a payoff near such a choice comes close to that of each continuation that holds near
it, only the continuations that hold on intervals count (Selten's subgame perfection with a
continuum of moves; the tie-break that existence forces is then a result, not an assumption).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.case_distinction import interior, is_satisfiable
from gametheory_eeu.solvers.active_sets import ActiveSetSearch, UnsolvedActiveSet
from gametheory_eeu.solvers.choice_range import ChoiceRange
from gametheory_eeu.solvers.continuation import Conjunction, Continuation, linear_conjunctions
from gametheory_eeu.solvers.own_maximum import Agent, PayoffPiece, Place


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
        payoffs = (continuations[p.continuation].payoffs for p in (first, second))
        if first.continuation == second.continuation or len(set(map(_key, payoffs))) == 1:
            continue
        relations = (RELATIONS[op](e, 0) for p in (first, second) for e, op in p.atoms)
        both = interior(sp.And(*relations), frozenset(space.symbols))
        if both != sp.false and is_satisfiable(Space.of(space, both)):
            yield Gap(regime, "several continuations are equilibria of one subgame")
            return


def _key(payoffs: object) -> object:
    return tuple(sorted(dict(payoffs).items()))  # type: ignore[call-overload]


__all__ = ["BestChoice", "Gap", "best_choices"]
