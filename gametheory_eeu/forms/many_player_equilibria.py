"""The Nash equilibria of a game of three or more players, pure and mixed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import fmpq_poly

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.forms.support_enumeration import (
    MAX_BOXES,
    NO_CLOSED_FORM,
    NOT_ENCLOSED,
    SupportResults,
)
from gametheory_eeu.forms.two_player_equilibria import has_rational_payoffs
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.model.unique_names import unique_names
from gametheory_eeu.solvers.integer_game import (
    ApproximateEquilibrium,
    IntegerGame,
    IsolatedEquilibrium,
    Profile,
    Support,
    all_supports,
    enclosed_equilibria,
    mixed_equilibria,
    pure_equilibria,
)
from gametheory_eeu.solvers.support_families import OpenSupport, SupportFamily, families_on_support

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

MAX_SUPPORTS = 700
"""Supports of a game with symbols."""


def integer_game(game: NormalForm) -> IntegerGame:
    """A game with rational payoffs as a game with integer payoffs."""
    positions = list(IntegerGame.profiles(game.shape))
    payoffs = [
        dict(zip(positions, entries.values(), strict=True)) for entries in game.payoffs.values()
    ]
    return IntegerGame(game.shape, payoffs)


def pure_profiles(game: NormalForm) -> list[tuple[str, ...]] | None:
    """The pure equilibria of a game with rational payoffs; None for other games."""
    if not has_rational_payoffs(game):
        return None
    actions = list(game.actions.values())
    profiles = pure_equilibria(integer_game(game))
    return [tuple(choices[a] for choices, a in zip(actions, p, strict=True)) for p in profiles]


def nash_equilibria(game: NormalForm) -> EquilibriumSet:
    """Every Nash equilibrium, by support enumeration.

    In numbers each polynomial system is solved exactly; where it has a continuum of solutions,
    and with symbols, by cases that are linear in one probability after the other.
    """
    results = SupportResults(game.space, partial(support_name, game))
    if has_rational_payoffs(game):
        _solve_rational(game, results)
        method = "support enumeration, each polynomial system solved exactly"
    else:
        _solve_symbolic(game, results)
        method = "support enumeration with exact case distinctions"
    equilibria = tuple(results.named())
    if not results.exact:
        method += "; the largest in interval arithmetic, each equilibrium certified"
    complete, why = results.complete_where, results.why
    return EquilibriumSet(equilibria, game, "Nash", method, complete, why, results.exact)


def support_name(game: NormalForm, support: Support) -> str:
    """The name of a support: the actions played with positive probability."""
    actions = game.actions.values()
    return ", ".join(
        " + ".join(choices[a] for a in indices)
        for choices, indices in zip(actions, support, strict=True)
    )


def _solve_rational(game: NormalForm, results: SupportResults) -> None:
    scaled_game = integer_game(game)
    for solution in mixed_equilibria(scaled_game):
        if isinstance(solution, IsolatedEquilibrium):
            results.equilibria.append((solution.support, _isolated_equilibrium(game, solution)))
        elif solution.why == "infinite":
            _solve_by_cases(game, results, solution.support)
        else:
            _solve_by_enclosure(game, results, scaled_game, solution.support)


def _solve_symbolic(game: NormalForm, results: SupportResults) -> None:
    with results.time_limit():
        for support in all_supports(game.shape, MAX_SUPPORTS):
            _solve_by_cases(game, results, support)


def _solve_by_enclosure(
    game: NormalForm, results: SupportResults, scaled_game: IntegerGame, support: Support
) -> None:
    """Add equilibria on a support too large for the exact method, by interval arithmetic."""
    enclosure = enclosed_equilibria(scaled_game, support, min(results.boxes, MAX_BOXES // 2))
    results.boxes -= enclosure.boxes
    if enclosure.equilibria:
        results.exact = False
    for approximation in enclosure.equilibria:
        results.equilibria.append((support, _approximate_equilibrium(game, approximation)))
    if not enclosure.complete:
        results.add_unsolved(support, sp.true, NOT_ENCLOSED)


def _approximate_equilibrium(
    game: NormalForm, approximation: ApproximateEquilibrium
) -> Equilibrium:
    profile = {
        player: {a: to_sympy(c) for a, c in zip(choices, mix, strict=True)}
        for (player, choices), mix in zip(game.actions.items(), approximation.chances, strict=True)
    }
    payoffs = {player: game.payoff(profile, player) for player in game.players}
    radius = to_sympy(approximation.radius)
    note = f"a true equilibrium lies within {float(radius):.1e} of each probability"
    return Equilibrium("", profile, payoffs, sp.true, "Nash", note=note, radius=radius, game=game)


def _solve_by_cases(game: NormalForm, results: SupportResults, support: Support) -> None:
    actions, payoff_tables = list(game.actions.values()), list(game.payoffs.values())
    labels = (f"p({a}|{player})" for player, choices in game.actions.items() for a in choices)
    used_names = [s.name for s in game.space.symbols]
    fresh_names = iter(unique_names([*used_names, *labels])[len(used_names) :])
    unknowns = [[next(fresh_names) for _ in choices] for choices in actions]

    def payoff(profile: Profile, i: int) -> Expr:
        return payoff_tables[i][
            tuple(choices[a] for choices, a in zip(actions, profile, strict=True))
        ]

    for case in families_on_support(support, unknowns, payoff, game.space, results.effort):
        if isinstance(case, OpenSupport):
            results.add_unsolved(support, case.where, NO_CLOSED_FORM)
            continue
        condition = results.simplify_condition(case.condition)
        if condition != sp.false:
            results.equilibria.append((support, _equilibrium_family(game, case, condition)))


def _equilibrium_family(
    game: NormalForm, solution: SupportFamily, condition: Boolean
) -> Equilibrium:
    profile = {
        player: dict(zip(choices, probabilities, strict=True))
        for (player, choices), probabilities in zip(
            game.actions.items(), solution.chances, strict=True
        )
    }
    payoffs = dict(zip(game.players, solution.payoffs, strict=True))
    free_range = prover.simplify(
        solution.where, Space.of(game.space, condition, symbols=solution.free)
    )
    return Equilibrium(
        "", profile, payoffs, condition, "Nash", free=solution.free, where=free_range, game=game
    )


def _isolated_equilibrium(game: NormalForm, solution: IsolatedEquilibrium) -> Equilibrium:
    point = solution.point
    profile = {
        player: {a: point.number(probability) for a, probability in zip(choices, mix, strict=True)}
        for (player, choices), mix in zip(game.actions.items(), solution.probabilities, strict=True)
    }
    payoffs = {player: _expected_payoff(game, solution, player) for player in game.players}
    return Equilibrium("", profile, payoffs, sp.true, "Nash", game=game)


def _expected_payoff(game: NormalForm, solution: IsolatedEquilibrium, player: str) -> Expr:
    total = fmpq_poly([0])
    for profile, value in zip(
        IntegerGame.profiles(game.shape), game.payoffs[player].values(), strict=True
    ):
        term: Any = fmpq_poly([to_fmpq(value)])
        for mix, a in zip(solution.probabilities, profile, strict=True):
            term = solution.point.reduce(term * mix[a])
        total += term
    return solution.point.number(total)
