"""Equilibria of a continuous game from the solutions of its active sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, factorization
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.prover.case_distinction import cases
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.solvers.active_sets import (
    ActiveSetSearch,
    ChoiceEquilibrium,
    UnsolvedActiveSet,
)
from gametheory_eeu.solvers.choice_range import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, Place
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_game import ContinuousGame

INTERIOR = "interior"
_METHOD = "every active set of the first-order conditions"


def solve(game: ContinuousGame, concept: str) -> EquilibriumSet:
    """Every equilibrium of a continuous game, with the reason for completeness."""
    agents, ties = game.agents, dict[Symbol, Symbol]()
    if game.others:
        ties = {other: x for x, other in game.others.items()}
    elif concept == "symmetric Nash":
        agents, ties = _representative(game)
    search = ActiveSetSearch(agents, game.space, ties)
    solutions = list(search.solutions())
    unsolved = [s for s in solutions if isinstance(s, UnsolvedActiveSet)]
    found = [s for s in solutions if isinstance(s, ChoiceEquilibrium)]
    equilibria = tuple(_equilibria(game, ties, found, concept))
    left = sp.Or(*(s.condition for s in unsolved))
    complete = prover.simplify(sp.Not(left), game.space) if unsolved else sp.true
    why = _reason(game, search, unsolved)
    return EquilibriumSet(equilibria, game, concept, _METHOD, complete, why)


def _reason(
    game: ContinuousGame, search: ActiveSetSearch, unsolved: list[UnsolvedActiveSet]
) -> str:
    if unsolved:
        ranges = _by_symbol(game)
        items = dict.fromkeys(f"{place_name(s.places, ranges)} ({s.why})" for s in unsolved)
        return f"all were settled but these: {'; '.join(items)}"
    shapes = {agent.curvature.shape for agent in search.agents}
    if search.scale.orders:
        shapes = {"quasi-concave" if shape == "concave" else shape for shape in shapes}
    if shapes == {"concave"}:
        sufficient = "they suffice, each payoff being concave in the own choice"
    elif "unknown" not in shapes:
        sufficient = "they suffice, each payoff having one peak in the own choice"
    else:
        sufficient = "each solution was compared with every deviation"
    return f"all solutions of these conditions were followed, and {sufficient}"


def _equilibria(
    game: ContinuousGame,
    ties: Mapping[Symbol, Symbol],
    solutions: Iterable[ChoiceEquilibrium],
    concept: str,
) -> Iterator[Equilibrium]:
    ranges = _by_symbol(game)
    for solution in sorted(solutions, key=_order):
        condition = simplify_condition(solution.condition, game.space)
        if condition == sp.false:
            continue
        values = {x: simplify_value(v) for x, v in solution.values.items()}
        values |= {other: values[x] for other, x in ties.items()}
        own = {r.symbol.name: values[r.symbol] for r in game.ranges.values()}
        existence = Space.of(game.space, condition, solution.where, symbols=solution.free)
        payoffs = {p: _value(u.xreplace(values), existence) for p, u in game.payoffs.items()}
        yield Equilibrium(
            place_name(solution.places, ranges),
            {},
            payoffs,
            condition,
            concept,
            free=solution.free,
            where=prover.simplify(solution.where, Space.of(game.space, symbols=solution.free)),
            choices=own,
            game=game,
        )


def _value(expression: Expr, space: Space) -> Expr:
    """A value without Max, Abs and Piecewise where one case alone occurs on the space."""
    if expression.has(*CASE_FUNCTIONS):
        occurring = cases(expression.rewrite(sp.Piecewise), space)
        expression = occurring[0].expression if len(occurring) == 1 else expression
    return simplify_value(expression)


def _order(solution: ChoiceEquilibrium) -> tuple[int, tuple[bool, ...]]:
    """Interior first, then by the number of choices at an end, those of first players first."""
    inside = tuple(place == "inside" for place in solution.places.values())
    return -sum(inside), inside


def _by_symbol(game: ContinuousGame) -> dict[Symbol, ChoiceRange]:
    return {r.symbol: r for r in game.ranges.values()}


def place_name(places: Mapping[Symbol, Place], ranges: Mapping[Symbol, ChoiceRange]) -> str:
    """The name of an active set: the choices at an end or breakpoint; of others, "interior"."""
    parts: list[str] = []
    for x, place in places.items():
        if place in ("low", "high", "point"):
            parts.append(f"{x} = {ranges[x].high if place == 'high' else ranges[x].low}")
        elif place == "edge":
            parts.append(f"{x} at a breakpoint")
    return "; ".join(parts) or INTERIOR


def _representative(game: ContinuousGame) -> tuple[tuple[Agent, ...], dict[Symbol, Symbol]]:
    """The first of equal players, with the others' choices tied to theirs.

    Raises
    ------
    UnsupportedError
        The players are not equal.
    """
    first, *rest = game.agents
    ties: dict[Symbol, Symbol] = {}
    for agent in rest:
        if len(agent.ranges) != len(first.ranges):
            break
        ties |= {
            own.symbol: other.symbol for own, other in zip(agent.ranges, first.ranges, strict=True)
        }
    if len(ties) == len(rest) * len(first.ranges) and _is_symmetric(game):
        return (first,), ties
    raise UnsupportedError(
        "the players are not equal, so that a symmetric equilibrium need not be one of all; ask "
        'for "Nash"'
    )


def _is_symmetric(game: ContinuousGame) -> bool:
    """Whether every exchange of two players leaves the game as it is."""
    agents = game.agents
    for i, j in permutations(range(len(agents)), 2):
        if i > j:
            continue
        exchange: dict[Symbol, Symbol] = {}
        for a, b in zip(agents[i].ranges, agents[j].ranges, strict=True):
            exchange |= {a.symbol: b.symbol, b.symbol: a.symbol}
            if a.at({a.symbol: b.symbol}) != ChoiceRange(
                a.symbol, b.low, b.high, b.has_low, b.has_high
            ):
                return False
        images = {i: j, j: i}
        for k, agent in enumerate(agents):
            image = agents[images.get(k, k)].payoff
            if sp.simplify(agent.payoff.xreplace(exchange) - image) != 0:
                return False
    return True


def growth(agent: Agent, choice: ChoiceRange) -> str:
    """In which direction a payoff grows without bound, if it is proved to; empty if not."""
    numerator, denominator = common_denominator(agent.payoff)
    x = choice.symbol
    if not numerator.is_polynomial(x) or not denominator.is_polynomial(x):
        return ""
    degree = sp.degree(numerator, x) - sp.degree(denominator, x)
    if degree <= 0:
        return ""
    leading = sp.LC(numerator, x) / sp.LC(denominator, x)
    ends = ((sp.oo, choice.high, 1, "grows"), (-sp.oo, choice.low, (-1) ** int(degree), "falls"))
    for infinite, end, sign, direction in ends:
        if end == infinite:
            try:
                if prover.sign(factorization(sign * leading), given=agent.space).sign == "+":
                    return direction
            except UnsupportedError:
                continue
    return ""


__all__ = ["INTERIOR", "growth", "place_name", "solve"]
