"""Dominated actions of a normal form and their iterated elimination."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.conversions import to_integers
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.solvers.dominance import dominance_condition, dominating_mix, dominating_row

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
        rows = dict(zip(choices, _payoff_rows(game, player, actions), strict=True))
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


def _payoff_rows(
    game: NormalForm, player: str, actions: dict[str, _ActionTuple]
) -> Iterator[list[Expr]]:
    """Each action's payoffs against every profile of the others."""
    position = game.players.index(player)
    opponent_actions = [choices for p, choices in actions.items() if p != player]
    for action in actions[player]:
        profiles = (
            (*others[:position], action, *others[position:])
            for others in product(*opponent_actions)
        )
        yield [game.payoffs[player][profile] for profile in profiles]
