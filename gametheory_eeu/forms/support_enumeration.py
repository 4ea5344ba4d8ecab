"""Support enumeration: its results, and the equilibria of a game of three or more players."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import fmpq_poly
from sympy.polys.fields import sfield

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.forms.two_player_equilibria import (
    has_rational_payoffs,
    profile_of,
    support_name,
)
from gametheory_eeu.games import Equilibrium, EquilibriumSet
from gametheory_eeu.games.equilibrium import unique_names
from gametheory_eeu.prover.budget import STEP, Budget, Effort, OutOfTimeError
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.condition_simplification import sign_conjunction, simplify_condition
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
from gametheory_eeu.solvers.readable import complement
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.support_families import OpenSupport, SupportFamily, families_on_support

if TYPE_CHECKING:
    from gametheory_eeu.forms.game_form import GameForm
    from gametheory_eeu.forms.normal_form import NormalForm

MAX_BOXES = 6_000
"""Of interval arithmetic, for all supports of a game together."""
MAX_CASES = 3_000
"""Of equations with symbols, and questions to shorten their conditions, for all supports."""
MAX_SIMPLIFIED_SIZE = 600
"""Operations up to which a condition is shortened; of a longer one it is only asked whether it is
ever true, and it stays as it is."""
MAX_SAMPLES = 60_000
"""Points among which those are looked for at which a long condition holds."""
GUARD = Budget(claim_seconds=600)
"""On all questions about a game with symbols, only so that nothing hangs: the count stops first."""
_NO_CLOSED_FORM = "infinitely many solutions without a closed form"
_EXACT_METHOD = "support enumeration, each polynomial system solved exactly"
_CASES_METHOD = "support enumeration with exact case distinctions"
NOT_ENCLOSED = "its equations are too large for the exact method and not all enclosed"
MAX_SUPPORTS = 700
"""Supports of a game with symbols."""


@dataclass
class SupportResults:
    """Equilibria by support, and the unsolved supports with condition and reason."""

    space: Space
    """Of the game."""
    label: Callable[[Support], str]
    """The name of a support."""
    equilibria: list[tuple[Support, Equilibrium]] = field(default_factory=list)
    left: list[tuple[Support, Boolean, str]] = field(default_factory=list)
    exact: bool = True
    boxes: int = MAX_BOXES
    effort: Effort = field(
        default_factory=lambda: Effort("finding the mixed equilibria of this game", MAX_CASES)
    )

    @contextmanager
    def time_limit(self) -> Iterator[None]:
        """A time limit on the enclosed computation; TooLargeError when it is exceeded."""
        try:
            with GUARD.guard():
                yield
        except OutOfTimeError:
            raise TooLargeError(
                f"{self.effort.problem} in {len(self.space.symbols)} symbols took longer than "
                f"{GUARD.claim_seconds:g} seconds; give values to some symbols with .at(...), say "
                'more of them in given=, or ask for "pure Nash", whose conditions are exact'
            ) from None

    @cached_property
    def _samples(self) -> Samples:
        symbols, _ = sfield([sp.Dummy(), *self.space.symbols])
        return Samples.of(symbols, self.space.constraints)

    @cached_property
    def _dense_samples(self) -> Samples:
        """Dense samples of the space, for conditions that hold on a small part of it."""
        samples = self._samples
        return Samples.of(
            samples.field, self.space.constraints, drawn=MAX_SAMPLES, kept=MAX_SAMPLES
        )

    def simplify_condition(self, condition: Boolean) -> Boolean:
        """An equivalent simpler condition; false where it is proved unsatisfiable."""
        if sp.count_ops(condition) <= MAX_SIMPLIFIED_SIZE:
            return simplify_condition(condition, self.space, self._samples, effort=self.effort)
        simplified = sign_conjunction(condition, self.space, self._dense_samples, self.effort)
        if simplified is not None:
            return simplify_condition(simplified, self.space, self._samples, effort=self.effort)
        truth_values = self._samples.truth(condition)
        if truth_values is not None and truth_values.any():
            return condition
        self.effort.spend()
        is_unsatisfiable = is_proved(sp.Not(condition), self.space, STEP)
        return sp.false if is_unsatisfiable else condition

    def add_unsolved(self, support: Support, where: Boolean, why: str) -> None:
        """Record that a support is unsolved where a condition holds."""
        where = self.simplify_condition(where)
        if where != sp.false:
            self.left.append((support, where, why))

    def add_families(
        self,
        support: Support,
        cases: Iterable[SupportFamily | OpenSupport],
        why_unsolved: str,
        equilibrium: Callable[[SupportFamily, Boolean, Boolean], Equilibrium],
    ) -> None:
        """Record the cases of a support; equilibria from their conditions and free ranges."""
        for case in cases:
            if isinstance(case, OpenSupport):
                self.add_unsolved(support, case.where, why_unsolved)
                continue
            condition = self.simplify_condition(case.condition)
            if condition != sp.false:
                where = prover.simplify(
                    case.where, Space.of(self.space, condition, symbols=case.free)
                )
                self.equilibria.append((support, equilibrium(case, condition, where)))

    def equilibrium_set(
        self, game: GameForm, concept: str, *, in_numbers: bool, enclosed: str
    ) -> EquilibriumSet:
        """The equilibria of a game, in numbers or with symbols; some may be enclosed."""
        method = _EXACT_METHOD if in_numbers else _CASES_METHOD
        if not self.exact:
            method += f"; {enclosed}, each equilibrium certified"
        return EquilibriumSet(
            tuple(self.named()), game, concept, method, self.complete_where, self.why, self.exact
        )

    def named(self) -> Iterator[Equilibrium]:
        """The equilibria with names, smallest support first; those of one support are numbered.

        In numbers by increasing probabilities, player by player and action by action.
        """
        totals = Counter(support for support, _ in self.equilibria)
        counts: Counter[Support] = Counter()
        for support, equilibrium in sorted(self.equilibria, key=_sort_key):
            counts[support] += 1
            suffix = f" ({counts[support]})" if totals[support] > 1 else ""
            yield replace(equilibrium, name=self.label(support) + suffix)

    @property
    def complete_where(self) -> Boolean:
        """The condition under which every support is solved."""
        return complement((where for _, where, _ in self.left), self.space)

    @property
    def why(self) -> str:
        """The reason for completeness, or the unsolved supports."""
        if not self.left:
            why = "every support was looked at, and its equations solved with all cases followed"
            is_exact = self.boxes == MAX_BOXES
            enclosed = ", or all their solutions enclosed in interval arithmetic"
            return why if is_exact else why + enclosed
        unsolved = "; ".join(f"{self.label(support)} ({why})" for support, _, why in self.left)
        return f"all supports but these were settled: {unsolved}"


def with_radius(equilibrium: Equilibrium, radius: Expr) -> Equilibrium:
    """The equilibrium of which each probability is known within a radius only."""
    note = f"a true equilibrium lies within {float(radius):.1e} of each probability"
    return replace(equilibrium, radius=radius, note=note)


def _sort_key(entry: tuple[Support, Equilibrium]) -> tuple[Any, ...]:
    """The sort key of an equilibrium: its support, then numerical probabilities."""
    support, equilibrium = entry
    probabilities = [p for mix in equilibrium.profile.values() for p in mix.values()]
    has_symbols = any(p.free_symbols for p in probabilities)
    numbers = () if has_symbols else tuple(map(float, probabilities))
    return sum(map(len, support)), support, numbers


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


def solve(game: NormalForm) -> EquilibriumSet:
    """Every Nash equilibrium, by support enumeration.

    In numbers each polynomial system is solved exactly; where it has a continuum of solutions,
    and with symbols, by cases that are linear in one probability after the other.
    """
    results = SupportResults(game.space, partial(support_name, game))
    is_rational = has_rational_payoffs(game)
    (_solve_rational if is_rational else _solve_symbolic)(game, results)
    enclosed = "the largest in interval arithmetic"
    return results.equilibrium_set(game, "Nash", in_numbers=is_rational, enclosed=enclosed)


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
    profile = profile_of(game, (map(to_sympy, mix) for mix in approximation.chances))
    payoffs = {player: game.payoff(profile, player) for player in game.players}
    equilibrium = Equilibrium("", profile, payoffs, sp.true, "Nash", game=game)
    return with_radius(equilibrium, to_sympy(approximation.radius))


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

    def equilibrium(family: SupportFamily, condition: Boolean, where: Boolean) -> Equilibrium:
        profile = profile_of(game, family.chances)
        payoffs = dict(zip(game.players, family.payoffs, strict=True))
        return Equilibrium(
            "", profile, payoffs, condition, "Nash", free=family.free, where=where, game=game
        )

    cases = families_on_support(support, unknowns, payoff, game.space, results.effort)
    results.add_families(support, cases, _NO_CLOSED_FORM, equilibrium)


def _isolated_equilibrium(game: NormalForm, solution: IsolatedEquilibrium) -> Equilibrium:
    point = solution.point
    profile = profile_of(game, (map(point.number, mix) for mix in solution.probabilities))
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
