"""Dominance: of actions and equilibria of a normal form, and maximin strategies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.conversions import to_integers, to_sympy
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError, UnsupportedError
from gametheory_eeu.solvers.condition_simplification import simplify_with_samples
from gametheory_eeu.solvers.dominance import dominance_condition, dominating_mix, dominating_row
from gametheory_eeu.solvers.exact_linear_programming import solve_matrix_game
from gametheory_eeu.solvers.extreme_equilibria import MAX_RAYS, extreme_rays
from gametheory_eeu.solvers.readable import arrange_relation

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

DominanceKind = Literal["strict", "weak"]
_ActionTuple = tuple[str, ...]


@dataclass(frozen=True, repr=False)
class DominatedAction(Displayable):
    """A dominated action, with the dominating mix and the condition.

    Parameters
    ----------
    player, action : str
    kind : {"strict", "weak"}
    condition : SymPy Boolean
        Where it is dominated.
    dominating_mix : mapping of action to probability
        What dominates it, in numbers; empty where that depends on the symbols.
    """

    player: str
    action: str
    kind: DominanceKind
    condition: Boolean
    dominating_mix: FrozenMapping[str, Expr]

    def __repr__(self) -> str:
        suffix = "" if self.condition == sp.true else f" if {self.condition}"
        adverb = "strictly" if self.kind == "strict" else "weakly"
        return f"<{self.player}: {self.action} is {adverb} dominated{suffix}>"


@dataclass(frozen=True, repr=False)
class Elimination(Displayable):
    """The result of iterated elimination of dominated actions.

    Parameters
    ----------
    rounds : tuple of tuples of DominatedAction
        In order; within a round all are removed at once.
    game : NormalForm
        What is left.
    start : NormalForm
        The game before.
    """

    rounds: tuple[tuple[DominatedAction, ...], ...]
    game: NormalForm
    start: NormalForm = field(repr=False)

    @cached_property
    def eliminated_equilibria(self) -> tuple[str, ...]:
        """The Nash equilibria of the initial game that the elimination removed.

        None vanishes with strictly dominated actions; with weakly dominated ones some may. Both
        games are solved when this is asked for, not before.
        """
        if not any(action.kind == "weak" for actions in self.rounds for action in actions):
            return ()
        remaining = set(self.game.solve().names)
        return tuple(name for name in self.start.solve().names if name not in remaining)

    @property
    def is_dominance_solvable(self) -> bool:
        """Whether the game is dominance solvable: a single profile remains."""
        return set(self.game.shape) == {1}

    def __repr__(self) -> str:
        count = sum(map(len, self.rounds))
        return f"<{count} actions removed in {len(self.rounds)} rounds: {self.game!r}>"


def dominated(game: NormalForm, kind: str, mixed: bool) -> tuple[DominatedAction, ...]:
    """Every action that is dominated somewhere in the space."""
    return tuple(_dominated_actions(game, _dominance_kind(kind), mixed, dict(game.actions)))


def eliminate(game: NormalForm, kind: str, mixed: bool) -> Elimination:
    """Remove the actions that are dominated on the whole space, until none is."""
    actions, rounds = dict(game.actions), []
    while True:
        candidates = _dominated_actions(game, _dominance_kind(kind), mixed, actions)
        round_actions = tuple(d for d in candidates if d.condition == sp.true)
        if not round_actions:
            break
        rounds.append(round_actions)
        pairs = {(d.player, d.action) for d in round_actions}
        actions = {
            p: tuple(a for a in choices if (p, a) not in pairs) for p, choices in actions.items()
        }
    return Elimination(tuple(rounds), game.restricted(actions), game)


def _dominance_kind(kind: str) -> DominanceKind:
    if kind not in ("strict", "weak"):
        raise ParameterError("kind", kind, "'strict' or 'weak'")
    return "strict" if kind == "strict" else "weak"


def _dominated_actions(
    game: NormalForm, kind: DominanceKind, mixed: bool, actions: dict[str, _ActionTuple]
) -> Iterator[DominatedAction]:
    for player, choices in actions.items():
        rows = dict(zip(choices, _payoff_matrix(game, player, actions), strict=True))
        for action in choices:
            others = {a: r for a, r in rows.items() if a != action}
            dominance = _dominance(game, rows[action], others, kind, mixed)
            if dominance is not None:
                condition, dominator = dominance
                yield DominatedAction(player, action, kind, condition, dominator)


def _dominance(
    game: NormalForm,
    row: list[Expr],
    others: dict[str, list[Expr]],
    kind: DominanceKind,
    mixed: bool,
) -> tuple[Boolean, FrozenMapping[str, Expr]] | None:
    strict = kind == "strict"
    rows = [row, *others.values()]
    if not all(v.is_Rational for r in rows for v in r):
        condition = dominance_condition(row, rows[1:], strict, game.space, mixed)
        return None if condition == sp.false else (condition, FrozenMapping())
    (own_row, *other_rows), _ = to_integers(rows)
    weights = (dominating_mix if mixed else dominating_row)(own_row, other_rows, strict)
    if weights is None:
        return None
    total = sum(weights)
    shares = zip(others, weights, strict=True)
    return sp.true, FrozenMapping({a: sp.Rational(w, total) for a, w in shares if w})


def _opponent_profiles(actions: Mapping[str, _ActionTuple], player: str) -> list[_ActionTuple]:
    return list(product(*(a for p, a in actions.items() if p != player)))


def _payoff_matrix(
    game: NormalForm, player: str, actions: Mapping[str, _ActionTuple]
) -> list[list[Expr]]:
    """Each action's payoffs against every profile of the others."""
    k, payoffs = game.players.index(player), game.payoffs[player]
    profiles = _opponent_profiles(actions, player)
    return [[payoffs[(*others[:k], own, *others[k:])] for others in profiles]
            for own in actions[player]]  # fmt: skip


@dataclass(frozen=True)
class Maximin(Displayable):
    """A player's maximin value and strategy, and the others' minimising mix.

    Parameters
    ----------
    player : str
    value : expression
    strategy : tuple of expressions
        A maximin strategy, probabilities in action order.
    against : mapping of the others' profile to probability
        What the others can do together, in player order, so that no action brings more.
    game : NormalForm
    """

    player: str
    value: Expr
    strategy: tuple[Expr, ...]
    against: FrozenMapping[tuple[str, ...], Expr]
    game: NormalForm = field(compare=False, repr=False)

    @cached_property
    def strategies(self) -> tuple[tuple[Expr, ...], ...]:
        """The extreme maximin strategies, of which every other is a convex combination.

        Raises
        ------
        TooLargeError
            More than can be listed; the value and one strategy need no list.
        """
        return tuple(_extreme_strategies(self))


def maximin(game: NormalForm, player: str) -> Maximin:
    """The maximin value and a strategy of a player, by one linear programme."""
    solution = solve_matrix_game(_rational_matrix(game, player))
    others = _opponent_profiles(game.actions, player)
    mix = zip(others, map(to_sympy, solution.against), strict=True)
    return Maximin(
        player,
        to_sympy(solution.value),
        tuple(map(to_sympy, solution.mix)),
        FrozenMapping({profile: probability for profile, probability in mix if probability != 0}),
        game,
    )


def _rational_matrix(game: NormalForm, player: str) -> list[list[Expr]]:
    """The payoff matrix of a player's actions against the others' profiles, in numbers."""
    if not all(v.is_Rational for v in game.payoffs[player].values()):
        raise UnsupportedError(
            "maximin strategies are for payoffs that are rational numbers; give values with "
            ".at(...), or solve the zero-sum game of these payoffs, whose equilibria hold them "
            "with their conditions"
        )
    return _payoff_matrix(game, player, game.actions)


def _extreme_strategies(result: Maximin) -> Iterator[tuple[Expr, ...]]:
    """The vertices of the optimal face, which the others' optimal mix spans (Goldman and Tucker).

    An action that earns less than the value against that mix is played in none of them, and
    whatever the others play with positive probability brings exactly the value.
    """
    matrix = _rational_matrix(result.game, result.player)
    others = _opponent_profiles(result.game.actions, result.player)
    probabilities = [result.against.get(profile, sp.Integer(0)) for profile in others]
    optimal_rows = [
        k
        for k, row in enumerate(matrix)
        if sp.Add(*(v * p for v, p in zip(row, probabilities, strict=True))) == result.value
    ]
    columns = zip(*(matrix[k] for k in optimal_rows), strict=True)
    excess = [[v - result.value for v in column] for column in columns]
    inequalities, _ = to_integers(excess)
    negatives = [
        [-v for v in row]
        for row, probability in zip(inequalities, probabilities, strict=True)
        if probability
    ]
    try:
        rays = extreme_rays(len(optimal_rows), [*negatives, *inequalities])
    except TooLargeError:
        raise TooLargeError(
            f"the maximin strategies of {result.player} have more than {MAX_RAYS} vertices on the "
            "way, too many to list; .strategy is one of them, and .value needs no list"
        ) from None
    for ray in rays:
        weights = dict(zip(optimal_rows, ray.at, strict=True))
        total = sum(ray.at)
        yield tuple(sp.Rational(weights.get(k, 0), total) for k in range(len(matrix)))


def value(game: NormalForm) -> Expr:
    """The value of a two-player zero-sum game to the first player."""
    first, *rest = game.players
    sums = [sp.expand(sum(game.payoffs[p][profile] for p in game.players)) for profile in
            game.profiles]  # fmt: skip
    if len(rest) != 1 or any(total != sums[0] for total in sums):
        raise UnsupportedError(
            "only a zero-sum (or constant-sum) game of two players has a value; for what a player "
            "can secure in any game, ask for .maximin(player)"
        )
    return maximin(game, first).value


def risk_dominates(game: NormalForm, first: _ActionTuple, second: _ActionTuple) -> Boolean:
    """The condition for risk dominance: strict equilibria and a greater product of losses."""
    if game.shape != (2, 2):
        raise UnsupportedError(
            f"risk dominance is for two players with two actions each, and this is {game!r}"
        )
    first, second = (_profile(game, profile) for profile in (first, second))
    if any(a == b for a, b in zip(first, second, strict=True)):
        raise UnsupportedError(f"{first} and {second} must differ in both players' actions")
    first_losses, second_losses = _losses(game, first), _losses(game, second)
    strict = [arrange_relation(loss, sp.Gt) for loss in (*first_losses, *second_losses)]
    difference = factorization(
        first_losses[0] * first_losses[1] - second_losses[0] * second_losses[1]
    )
    return simplify_with_samples(sp.And(*strict, sp.Gt(difference, 0)), game.space)


def payoff_dominates(game: NormalForm, first: _ActionTuple, second: _ActionTuple) -> Boolean:
    """The condition for payoff dominance: equilibria, the first better for every player."""
    first, second = (_profile(game, profile) for profile in (first, second))
    conditions = {e.name: e.condition for e in game.solve("pure Nash")}
    existence = sp.And(
        conditions.get(", ".join(first), sp.false), conditions.get(", ".join(second), sp.false)
    )
    gains = (
        arrange_relation(game.payoffs[p][first] - game.payoffs[p][second], sp.Gt)
        for p in game.players
    )
    return simplify_with_samples(sp.And(existence, *gains), game.space)


def _profile(game: NormalForm, value: object) -> tuple[str, ...]:
    """A pure profile of the game."""
    allowed = f"an action for each of {', '.join(game.players)}"
    profile = arg.sequence("profile", value, allowed)
    if not all(isinstance(action, str) for action in profile):
        raise ParameterError("profile", value, allowed)
    if profile not in game.profiles:
        raise UnknownNameError("profile", ", ".join(profile), map(", ".join, game.profiles))
    return profile


def _losses(game: NormalForm, profile: _ActionTuple) -> list[Expr]:
    """Each player's loss from a unilateral deviation from a profile of a 2x2 game."""
    losses = []
    for k, (player, actions) in enumerate(game.actions.items()):
        other = next(a for a in actions if a != profile[k])
        payoffs, deviation = game.payoffs[player], (*profile[:k], other, *profile[k + 1 :])
        losses.append(sp.expand(payoffs[profile] - payoffs[deviation]))
    return losses
