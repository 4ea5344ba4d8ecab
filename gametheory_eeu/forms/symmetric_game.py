"""Symmetric games of many players, with payoffs by the counts of the others' actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import PURE_SYMBOLS, SYMBOLS
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.forms.payoff_arrays import PayoffInput, PayoffRow, read_payoffs
from gametheory_eeu.forms.symmetric_mixed import EACH_PLAYER, symmetric_equilibria
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Increment, Obligation
from gametheory_eeu.games.equilibrium import distribution_obligation
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.prover.budget import Budget, OutOfTimeError
from gametheory_eeu.solvers.counts import (
    Counts,
    add_player,
    composition_count,
    compositions,
    expected_value,
    multinomial,
    remove_player,
)
from gametheory_eeu.solvers.polynomial_zeros import canonical_form
from gametheory_eeu.solvers.symmetric_roots import bernstein

MAX_INCREMENTS = 4096
MAX_SPLITS = 2_000
"""Compositions of a game with symbols and more than two actions."""
GUARD = Budget(claim_seconds=120)


class SymmetricGame(GameForm):
    """A symmetric game of any number of players, with payoffs by counts of the others.

    Parameters
    ----------
    payoffs : mapping of action to payoffs
        With two actions, for each n payoffs: to one who takes it when 0, 1, …, n - 1 of the
        *others* take the first action; or a function of that number. With more, a function of the
        others' counts, a tuple in the order of the actions that sums to n - 1; or a mapping of such
        tuples to payoffs; or the payoffs in the order of ``counts``.
    players : int
        n, at least 2.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the symbols.
    title : str

    Raises
    ------
    ParameterError
        Payoffs that are missing, or no numbers.
    TooLargeError
        More than 20,000 payoffs.

    Notes
    -----
    Symmetric: any permutation of the players leaves the game as it is. A symmetric equilibrium is
    then one mix: with two actions a zero of one polynomial; with more, on a support of m actions
    a zero of m - 1 polynomials of degree n - 1. A pure one is a number of players at each
    action, and stands for every choice of who they are.

    Examples
    --------
    The volunteer's dilemma (Diekmann 1985): a hundred could help, one is enough.

    >>> game = SymmetricGame(
    ...     {"help": lambda others: "u - k", "wait": lambda others: "u" if others else 0},
    ...     players=100, given=["0 < k", "k < u"])
    >>> game.solve()["help + wait"].profile["each player"]["wait"]
    (k/u)**(1/99)
    >>> game.solve("pure Nash").names
    ('1 help, 99 wait',)

    Three roads, each as slow as it has drivers (Rosenthal 1973), the last with a toll:

    >>> roads = SymmetricGame(
    ...     {road: lambda others, k=k: f"-{others[k] + 1} - {'t' if k == 2 else 0}"
    ...      for k, road in enumerate(["A", "B", "C"])},
    ...     players=4, given=["0 <= t", "t < 1"])
    >>> roads.solve()["A + B + C"].profile["each player"]["C"]
    1/3 - 2*t/9
    """

    concepts: tuple[str, ...] = ("symmetric Nash", "pure Nash")

    number: int
    payoffs: Mapping[str, PayoffRow]

    def __init__(
        self, payoffs: PayoffInput, players: int, *, given: object = (), title: str = ""
    ) -> None:
        number, rows, space = read_payoffs(payoffs, players, given)
        self._set_parts(space, title, number=number, payoffs=rows)

    @property
    def players(self) -> tuple[str, ...]:
        """The representative player, who stands for all."""
        return (EACH_PLAYER,)

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions, in order."""
        return tuple(self.payoffs)

    @cached_property
    def counts(self) -> tuple[Counts, ...]:
        """The counts of the others at each action, in the order of each action's payoffs."""
        return tuple(compositions(self.number - 1, len(self.payoffs)))

    @cached_property
    def in_numbers(self) -> bool:
        """Whether every payoff is a rational number."""
        return all(value.is_Rational for row in self.payoffs.values() for value in row)

    @cached_property
    def _payoffs_by_counts(self) -> Mapping[str, Mapping[Counts, Expr]]:
        rows = self.payoffs.items()
        return FrozenMapping(
            {a: FrozenMapping(dict(zip(self.counts, row, strict=True))) for a, row in rows}
        )

    def by_counts(self, action: str) -> Mapping[Counts, Expr]:
        """The payoffs of an action by the counts of the others at each action.

        Examples
        --------
        >>> SymmetricGame({"a": [0, 2], "b": [1, 0]}, players=2).by_counts("a")
        {(0, 1): 0, (1, 0): 2}
        """
        return self._payoffs_by_counts[arg.one_of("action", action, self.actions)]

    def _changed(self, change: Callable[[Expr], Expr]) -> dict[str, object]:
        payoffs = {a: tuple(map(change, row)) for a, row in self.payoffs.items()}
        return {"number": self.number, "payoffs": FrozenMapping(payoffs)}

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        is_binary = len(self.actions) == 2
        for action, row in self.payoffs.items():
            for counts, value in zip(self.counts, row, strict=True):
                yield f"payoff of {action} against {counts[0] if is_binary else counts}", value

    @arg.validate(mix=arg.mapping)
    def worth(self, action: str, mix: Mapping[str, Expr]) -> Expr:
        """The expected payoff of an action when each of the others plays the mix."""
        arg.one_of("action", action, self.actions)
        mix = {a: p if isinstance(p := mix.get(a, 0), sp.Basic) else exact(p, a)
               for a in self.actions}  # fmt: skip
        if len(self.actions) > 2:
            probabilities = [sp.sympify(mix.get(a, 0)) for a in self.actions]
            return canonical_form(expected_value(self.by_counts(action), probabilities))
        row, (first, second) = self.payoffs[action], self.actions
        forward, backward = bernstein(row), bernstein(list(reversed(row)))
        is_forward = sum(c != 0 for c in forward) <= sum(c != 0 for c in backward)
        coefficients, probability = (forward, mix[first]) if is_forward else (backward, mix[second])
        return canonical_form(sp.Add(*(c * probability**j for j, c in enumerate(coefficients))))

    def payoff(self, profile: Mapping[str, Any], player: str = EACH_PLAYER) -> Expr:
        """The expected payoff of each player when all play the same mix."""
        self._check_player(player)
        mix = mixed_strategy(EACH_PLAYER, profile.get(EACH_PLAYER), self.actions)
        return canonical_form(sp.Add(*(c * self.worth(a, mix) for a, c in mix.items() if c != 0)))

    @property
    def gains(self) -> list[Expr]:
        """The payoff differences of the first and second action, in the order of ``counts``."""
        first, second, *_ = self.payoffs.values()
        return [sp.expand(a - b) for a, b in zip(first, second, strict=True)]

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every symmetric equilibrium, or every pure one by the number of players at each action.

        A pure equilibrium with n_1, n_2, … players at the actions stands for n!/(n_1! n_2! …).
        Mixed ones are numbered where there are several, in numbers by increasing probability; see
        ``EquilibriumSet.families_at``.
        With more than two actions symmetric ones are found support by support: in numbers
        exactly, or enclosed; with symbols where the equations have a closed form. Where that is
        not so, ``complete_where`` is false and ``why`` names the support.

        Raises
        ------
        TooLargeError
            Equations with too many terms, or too many splits with symbols.
        SpaceError
            What is given of the symbols contradicts itself.
        DoesNotExistError
            A payoff is not a real number on all of the space.
        """
        concept = self._concept(concept)
        if self._has_functions:
            return self._solve_with_functions(concept)
        self._check_solvable(PURE_SYMBOLS if concept == "pure Nash" else SYMBOLS)
        return _pure_equilibria(self) if concept == "pure Nash" else symmetric_equilibria(self)

    def increments(self) -> Iterator[Increment]:
        """A player's gains from each higher action, by the counts of the others.

        Raises
        ------
        TooLargeError
            Too many to go through.
        """
        return _increments(self)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The obligations of an equilibrium: a distribution, and no profitable deviation."""
        if EACH_PLAYER in equilibrium.profile:
            return tuple(self._mix_obligations(equilibrium))
        return tuple(_group_obligations(self, equilibrium))

    def _mix_obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        mix, slack = equilibrium.profile[EACH_PLAYER], self._slack(equilibrium)
        yield distribution_obligation(f"{EACH_PLAYER}: the strategy is", mix.values())
        equilibrium_payoff = self.payoff({EACH_PLAYER: mix})
        for action in self.actions:
            gain = canonical_form(self.worth(action, mix) - equilibrium_payoff)
            yield Obligation(f"{EACH_PLAYER}: {action} gains nothing", sp.Le(gain, slack))

    def _slack(self, equilibrium: Equilibrium) -> Expr:
        """The largest apparent gain that the radius of an enclosure allows."""
        if equilibrium.radius == 0:
            return sp.Integer(0)
        largest_payoff = max(abs(v) for row in self.payoffs.values() for v in row)
        return 2 * len(self.actions) * self.number * largest_payoff * equilibrium.radius

    def _parts(self) -> tuple[object, ...]:
        return self.number, tuple(self.payoffs.items())

    def __repr__(self) -> str:
        return f"<symmetric game of {self.number} players with the actions {self.actions}>"


def _pure_equilibria(game: SymmetricGame) -> EquilibriumSet:
    """Every pure equilibrium; each stands for every choice of who takes which action."""
    is_binary = len(game.actions) == 2
    unit = "number of players" if is_binary else "split of the players among the actions"
    equilibria = tuple(_solve_rational(game) if game.in_numbers else _solve_symbolic(game))
    method = "enumeration of numbers" if is_binary else "enumeration of splits"
    why = f"every {unit} was looked at"
    return EquilibriumSet(equilibria, game, "pure Nash", method, sp.true, why)


def _solve_rational(game: SymmetricGame) -> Iterator[Equilibrium]:
    """Pure equilibria for numerical payoffs, from the best responses to each split."""
    rows = list(game.payoffs.values())
    best_responses = {}
    for k, others in enumerate(game.counts):
        maximum = max(row[k] for row in rows)
        best_responses[others] = {a for a, row in enumerate(rows) if row[k] == maximum}
    for counts in compositions(game.number, len(rows)):
        if all(
            a in best_responses[remove_player(counts, a)] for a, count in enumerate(counts) if count
        ):
            yield _equilibrium(game, counts, sp.true)


def _solve_symbolic(game: SymmetricGame) -> list[Equilibrium]:
    size = composition_count(game.number, len(game.actions))
    if len(game.actions) > 2 and size > MAX_SPLITS:
        raise TooLargeError(
            f"{game.number} players part among {len(game.actions)} actions in {size} ways, above "
            f"the limit of {MAX_SPLITS} for a game with symbols; give values to all of them "
            "with .at(...)"
        )
    equilibria = []
    try:
        with GUARD.guard():
            for counts in compositions(game.number, len(game.actions)):
                condition = prover.simplify(_equilibrium_condition(game, counts), game.space)
                if condition != sp.false:
                    equilibria.append(_equilibrium(game, counts, condition))
    except OutOfTimeError:
        raise TooLargeError(
            f"the {size} splits of the players took longer than {GUARD.claim_seconds:g} seconds; "
            "give values to some symbols with .at(...), or say more of them in given="
        ) from None
    return equilibria


def _equilibrium_condition(game: SymmetricGame, counts: Counts) -> Boolean:
    """The condition under which no player gains by a deviation."""
    payoffs = [game.by_counts(action) for action in game.actions]
    inequalities: list[Boolean] = []
    for a, count in enumerate(counts):
        others = remove_player(counts, a)
        for b in range(len(counts)):
            if count and a < b:
                inequalities.append(sp.Ge(sp.expand(payoffs[a][others] - payoffs[b][others]), 0))
            elif count and b < a:
                inequalities.append(sp.Le(sp.expand(payoffs[b][others] - payoffs[a][others]), 0))
    return sp.And(*inequalities)


def _equilibrium(game: SymmetricGame, counts: Counts, condition: Boolean) -> Equilibrium:
    group_sizes = {a: count for a, count in zip(game.actions, counts, strict=True) if count}
    profile = {
        f"{count} {a}": {b: sp.Integer(int(a == b)) for b in game.actions}
        for a, count in group_sizes.items()
    }
    payoffs = {
        f"{count} {a}": game.by_counts(a)[remove_player(counts, game.actions.index(a))]
        for a, count in group_sizes.items()
    }
    choice = (
        f"any {counts[0]} of {game.number}" if len(counts) == 2 else "any choice of who is where"
    )
    note = f"stands for {multinomial(counts)} equilibria: {choice}"
    name = ", ".join(profile)
    return Equilibrium(name, profile, payoffs, condition, "Nash", note=note, game=game)


def _group_obligations(game: SymmetricGame, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """The obligations that no player of any group gains by another action."""
    groups = (group.split(" ", 1) for group in equilibrium.profile)
    group_sizes = {action: int(count) for count, action in groups}
    counts = tuple(group_sizes.get(action, 0) for action in game.actions)
    for current in group_sizes:
        others = remove_player(counts, game.actions.index(current))
        for alternative in game.actions:
            if alternative != current:
                gain = game.by_counts(alternative)[others] - game.by_counts(current)[others]
                name = f"those who {current}: {alternative} gains nothing"
                yield Obligation(name, sp.Le(sp.expand(gain), 0))


def _increments(game: SymmetricGame) -> Iterator[Increment]:
    """The gain from a higher action at each split of the others, and after one of them moves up.

    Actions are in the order of the game, the first the lowest. Equal gains are told once.
    """
    steps = range(len(game.actions) - 1)
    pairs = list(combinations(range(len(game.actions)), 2))
    size = len(game.counts) * len(pairs)
    if size > MAX_INCREMENTS:
        raise TooLargeError(
            f"{size} gains from a higher action; at most {MAX_INCREMENTS} are gone through: take "
            "fewer players or actions"
        )
    seen: set[tuple[Expr, tuple[Expr, ...], bool]] = set()
    for low, high in pairs:
        lower, higher = (game.by_counts(game.actions[a]) for a in (low, high))
        gains = {others: sp.expand(higher[others] - lower[others]) for others in game.counts}
        for others, gain in gains.items():
            neighbours = (add_player(remove_player(others, a), a + 1) for a in steps if others[a])
            raised_gains = tuple(dict.fromkeys(gains[counts] for counts in neighbours))
            if (gain, raised_gains, high == low + 1) not in seen:
                seen.add((gain, raised_gains, high == low + 1))
                payoffs = (lower[others], higher[others])
                yield Increment(
                    _label(game, low, others), gain, raised_gains, (), payoffs, high == low + 1
                )


def _label(game: SymmetricGame, low: int, others: Counts) -> str:
    counts = (f"{k} {a}" for k, a in zip(others, game.actions, strict=True) if k)
    return f"a player at {game.actions[low]} (others: {', '.join(counts)})"
