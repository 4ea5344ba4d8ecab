"""Symmetric mixed equilibria of a symmetric game."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations
from math import comb
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_sympy
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.forms.support_enumeration import (
    MAX_BOXES,
    NOT_ENCLOSED,
    SupportResults,
    with_radius,
)
from gametheory_eeu.games import Equilibrium, EquilibriumSet
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.certified_zeros import midpoint_and_radius
from gametheory_eeu.solvers.counts import composition_count, embed
from gametheory_eeu.solvers.integer_game import Support
from gametheory_eeu.solvers.solution_families import (
    AtomicFormula,
    SolutionFamily,
    existence_condition,
)
from gametheory_eeu.solvers.support_families import (
    OpenSupport,
    SupportFamily,
    indifference_families,
)
from gametheory_eeu.solvers.symmetric_roots import (
    LARGEST_EXACT_DEGREE,
    SymmetricMix,
    interior_mixes,
)
from gametheory_eeu.solvers.symmetric_supports import (
    CountTable,
    OwnSupport,
    SymmetricEnclosure,
    SymmetricEquilibrium,
    solve_support,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.symmetric_game import SymmetricGame

EACH_PLAYER = "each player"
MAX_TERMS = 200_000
"""In the equations of all supports together, in numbers."""
MAX_STEPS = 250_000
"""Differences of payoffs that the equations of a game with symbols are made of."""
_NO_CLOSED_FORM = "its equations have no closed form here; give values to some symbols"


def symmetric_equilibria(game: SymmetricGame) -> EquilibriumSet:
    """Every symmetric equilibrium: with two actions by one polynomial, with more by support."""
    return _two_action_equilibria(game) if len(game.actions) == 2 else _support_enumeration(game)


def _two_action_equilibria(game: SymmetricGame) -> EquilibriumSet:
    first, second = game.actions
    gains = game.gains
    pure = [
        _pure_equilibrium(game, first, sp.Ge(gains[-1], 0)),
        _pure_equilibrium(game, second, sp.Le(gains[0], 0)),
    ]
    why, complete = "every zero of the polynomial of gains was found", sp.true
    try:
        mixes = list(interior_mixes(gains))
    except UnsupportedError as error:
        mixes, complete, why = [], sp.false, str(error)
    is_exact = all(mix.radius == 0 for mix in mixes)
    equilibria = [e for e in pure if e.condition != sp.false]
    mixed = [e for mix in mixes if (e := _mixed_equilibrium(game, mix)).condition != sp.false]
    isolated = [e for e in mixed if not e.free]
    names = {
        e: f"{e.name} ({k + 1})" if len(isolated) > 1 else e.name for k, e in enumerate(isolated)
    }
    equilibria += [replace(e, name=names.get(e, e.name)) for e in mixed]
    method = "the zeros of one polynomial in one probability"
    return EquilibriumSet(
        tuple(equilibria), game, "symmetric Nash", method, complete, why, is_exact
    )


def _pure_equilibrium(game: SymmetricGame, action: str, condition: Boolean) -> Equilibrium:
    mix = {a: sp.Integer(int(a == action)) for a in game.actions}
    return _equilibrium(game, mix, prover.simplify(condition, game.space), name=action)


def _mixed_equilibrium(game: SymmetricGame, mix: SymmetricMix) -> Equilibrium:
    first, second = game.actions
    condition = prover.simplify(mix.condition, game.space)
    name = f"{first} + {second}{' (any)' if mix.free else ''}"
    where = sp.And(*(sp.And(p > 0, p < 1) for p in mix.free))
    probabilities = {first: mix.first, second: mix.second}
    equilibrium = _equilibrium(game, probabilities, condition, mix.free, where, name)
    return equilibrium if mix.radius == 0 else with_radius(equilibrium, mix.radius)


def _equilibrium(
    game: SymmetricGame,
    mix: Mapping[str, Expr],
    condition: Boolean = sp.true,
    free: tuple[Symbol, ...] = (),
    where: Boolean = sp.true,
    name: str = "",
    payoff: Expr | None = None,
) -> Equilibrium:
    payoffs = {EACH_PLAYER: game.payoff({EACH_PLAYER: mix}) if payoff is None else payoff}
    return Equilibrium(
        name, {EACH_PLAYER: mix}, payoffs, condition, "Nash", free=free, where=where, game=game
    )


def _support_enumeration(game: SymmetricGame) -> EquilibriumSet:
    """Symmetric equilibria by support enumeration: exact for numbers, by cases for symbols."""
    _check_size(game)

    def label(support: Support) -> str:
        return " + ".join(game.actions[a] for a in support[0])

    results = SupportResults(game.space, label)
    (_solve_rational if game.in_numbers else _solve_symbolic)(game, results)
    enclosed = "what is too large for that enclosed"
    return results.equilibrium_set(
        game, "symmetric Nash", in_numbers=game.in_numbers, enclosed=enclosed
    )


def _check_size(game: SymmetricGame) -> None:
    k, others = len(game.actions), game.number - 1
    sizes = {m: comb(k, m) * composition_count(others, m) * k for m in range(1, k + 1)}
    if game.in_numbers:
        size, limit, text = sum(sizes.values()), MAX_TERMS, "have about {} terms"
    else:
        size = sum(terms * max(1, (m - 1) * others) for m, terms in sizes.items())
        limit, text = MAX_STEPS, "with symbols take about {} differences of payoffs"
    if size > limit:
        raise TooLargeError(
            f"{game.number} players with {k} actions have {2**k - 1} supports, whose equations "
            f"{text.format(size)}, above the limit of {limit}; solve the game for 'pure Nash', "
            "give values to all symbols, or leave out dominated actions"
        )


def _supports(game: SymmetricGame) -> Iterator[OwnSupport]:
    """The supports, smallest first."""
    k = len(game.actions)
    return chain(*(combinations(range(k), m) for m in range(1, k + 1)))


def _solve_rational(game: SymmetricGame, results: SupportResults) -> None:
    table = CountTable.of(game.number - 1, [game.by_counts(a) for a in game.actions])
    for support in _supports(game):
        solution = solve_support(table, support, min(results.boxes, MAX_BOXES // 2))
        results.boxes -= solution.boxes
        for point in solution.equilibria:
            equilibrium = _algebraic_equilibrium(game, point)
            results.exact = results.exact and equilibrium.radius == 0
            results.equilibria.append(((support,), equilibrium))
        if solution.status == "infinite":
            _solve_by_cases(game, results, support)
        elif solution.status == "large":
            results.add_unsolved((support,), sp.true, NOT_ENCLOSED)


def _algebraic_equilibrium(
    game: SymmetricGame, solution: SymmetricEquilibrium | SymmetricEnclosure
) -> Equilibrium:
    """An equilibrium in algebraic numbers of low degree, otherwise an enclosure."""
    if isinstance(solution, SymmetricEquilibrium) and solution.degree <= LARGEST_EXACT_DEGREE:
        values = map(solution.point.number, solution.chances)
        return _equilibrium(game, dict(zip(game.actions, values, strict=True)))
    balls = (solution.enclosure if isinstance(solution, SymmetricEquilibrium) else solution).chances
    pairs = [midpoint_and_radius(ball) for ball in balls]
    midpoints = [to_sympy(m) for m, _ in pairs]
    radius = sp.Add(*(to_sympy(e) for _, e in pairs))
    largest = max(range(len(midpoints)), key=lambda a: midpoints[a])
    midpoints[largest] += 1 - sp.Add(*midpoints)
    mix = dict(zip(game.actions, midpoints, strict=True))
    return with_radius(_equilibrium(game, mix), radius)


def _solve_symbolic(game: SymmetricGame, results: SupportResults) -> None:
    with results.time_limit():
        for support in _supports(game):
            _solve_by_cases(game, results, support)


def _solve_by_cases(game: SymmetricGame, results: SupportResults, support: OwnSupport) -> None:
    unknowns = [sp.Symbol(f"p({game.actions[a]})", real=True) for a in support[:-1]]
    mix = dict(zip(support, [*unknowns, 1 - sp.Add(*unknowns)], strict=True))
    cases = list(
        indifference_families(
            (support,), [mix], [_expected_payoffs(game, mix)], game.space, results.effort
        )
    )
    if len(support) == 2 and any(isinstance(case, OpenSupport) for case in cases):
        cases = _polynomial_solutions(game, support) or cases

    def equilibrium(family: SupportFamily, condition: Boolean, where: Boolean) -> Equilibrium:
        mix = dict(zip(game.actions, family.chances[0], strict=True))
        return _equilibrium(game, mix, condition, family.free, where, payoff=family.payoffs[0])

    results.add_families((support,), _merge(cases, game.space), _NO_CLOSED_FORM, equilibrium)


def _merge(
    cases: list[SupportFamily | OpenSupport], space: Space
) -> list[SupportFamily | OpenSupport]:
    """Merge isolated cases that have the same formula."""
    result: list[SupportFamily | OpenSupport] = []
    for case in cases:
        for k, earlier in enumerate(result):
            if isinstance(case, SupportFamily) and isinstance(earlier, SupportFamily):
                union = replace(earlier, condition=sp.Or(earlier.condition, case.condition))
                if _is_special_case(earlier, case, space):
                    result[k] = union
                    break
                if _is_special_case(case, earlier, space):
                    result[k] = replace(case, condition=union.condition)
                    break
        else:
            result.append(case)
    return result


def _is_special_case(formula: SupportFamily, case: SupportFamily, space: Space) -> bool:
    """Whether one case's formula gives the other case's solution wherever the other holds."""
    if formula.free or case.free:
        return False
    pairs = zip(
        (*formula.chances[0], *formula.payoffs), (*case.chances[0], *case.payoffs), strict=True
    )
    equations = sp.And(*(sp.Eq(a, b) for a, b in pairs if a != b))
    return equations == sp.true or (
        equations != sp.false and is_proved(equations, Space.of(space, case.condition), STEP)
    )


def _expected_payoffs(game: SymmetricGame, mix: Mapping[int, Expr]) -> list[Expr]:
    probabilities = {game.actions[a]: probability for a, probability in mix.items()}
    return [game.worth(action, probabilities) for action in game.actions]


def _polynomial_solutions(
    game: SymmetricGame, support: OwnSupport
) -> list[SupportFamily | OpenSupport]:
    """Mixes of two actions at the closed-form zeros of one polynomial; empty without them."""
    action_count, others = len(game.actions), game.number - 1
    first, second = (game.by_counts(game.actions[a]) for a in support)
    all_counts = [embed((k, others - k), support, action_count) for k in range(others + 1)]
    try:
        mixes = list(interior_mixes([sp.expand(first[c] - second[c]) for c in all_counts]))
    except UnsupportedError:
        return []
    return [_pair_solution(game, support, mix) for mix in mixes if mix.condition != sp.false]


def _pair_solution(
    game: SymmetricGame, support: OwnSupport, mix: SymmetricMix
) -> SupportFamily | OpenSupport:
    """The solution at a mix of two actions, where no other action has a higher payoff."""
    pair_probabilities = {support[0]: mix.first, support[1]: mix.second}
    payoffs = _expected_payoffs(game, pair_probabilities)
    best_payoff = payoffs[support[0]]
    atoms: list[AtomicFormula] = [
        (best_payoff - payoffs[a], ">=") for a in range(len(payoffs)) if a not in support
    ]
    probabilities = (tuple(pair_probabilities.get(a, sp.Integer(0)) for a in range(len(payoffs))),)
    if not mix.free:
        full_condition = sp.And(mix.condition, *(RELATIONS[op](e, 0) for e, op in atoms))
        return SupportFamily((support,), probabilities, (best_payoff,), full_condition)
    atoms += [(p, ">") for p in mix.free] + [(1 - p, ">") for p in mix.free]
    expanded = tuple((sp.expand(e), op) for e, op in atoms)
    condition = existence_condition(
        SolutionFamily(free=mix.free, where=expanded, given=(mix.condition,))
    )
    if condition is None:
        return OpenSupport((support,), mix.condition)
    where = sp.And(*(RELATIONS[op](e, 0) for e, op in expanded))
    return SupportFamily((support,), probabilities, (best_payoff,), condition, mix.free, where)
