"""Dominated actions of a normal form, and what is left when they are removed one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import lcm
from typing import TYPE_CHECKING, Literal

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.solvers.dominance import dominance_condition, dominating_mix, dominating_row

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

Kind = Literal["strict", "weak"]
_EACH = tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Dominated(Shown):
    """An action that a player need not use.

    Parameters
    ----------
    player, action : str
    kind : {"strict", "weak"}
    condition : SymPy Boolean
        Where it is dominated.
    by : mapping of action to probability
        What dominates it, in numbers; empty where that depends on the symbols.
    """

    player: str
    action: str
    kind: Kind
    condition: Boolean
    by: Frozen[str, Expr]

    def __repr__(self) -> str:
        where = "" if self.condition == sp.true else f" if {self.condition}"
        way = "strictly" if self.kind == "strict" else "weakly"
        return f"<{self.player}: {self.action} is {way} dominated{where}>"


@dataclass(frozen=True, repr=False)
class Elimination(Shown):
    """What is left after dominated actions were removed, round by round.

    Parameters
    ----------
    rounds : tuple of tuples of Dominated
        In order; within a round all are removed at once.
    game : NormalForm
        What is left.
    start : NormalForm
        The game before.
    """

    rounds: tuple[tuple[Dominated, ...], ...]
    game: NormalForm
    start: NormalForm = field(repr=False)

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """The Nash equilibria of the game at the start that are no longer there.

        None vanishes with strictly dominated actions; with weakly dominated ones some may. Both
        games are solved when this is asked for, not before.
        """
        if not any(one.kind == "weak" for found in self.rounds for one in found):
            return ()
        after = set(self.game.solve().names)
        return tuple(name for name in self.start.solve().names if name not in after)

    @property
    def solvable(self) -> bool:
        """Whether a single profile is left."""
        return set(self.game.shape) == {1}

    def __repr__(self) -> str:
        gone = sum(map(len, self.rounds))
        return f"<{gone} actions removed in {len(self.rounds)} rounds: {self.game!r}>"


def dominated(game: NormalForm, kind: str, mixed: bool) -> tuple[Dominated, ...]:
    """Every action that is dominated somewhere in the space."""
    return tuple(_dominated(game, _kind(kind), mixed, dict(game.actions)))


def eliminate(game: NormalForm, kind: str, mixed: bool) -> Elimination:
    """Remove what is dominated on the whole space, until nothing is."""
    left, rounds = dict(game.actions), []
    while True:
        found = _dominated(game, _kind(kind), mixed, left)
        gone = tuple(d for d in found if d.condition == sp.true)
        if not gone:
            break
        rounds.append(gone)
        removed = {(d.player, d.action) for d in gone}
        left = {p: tuple(a for a in own if (p, a) not in removed) for p, own in left.items()}
    return Elimination(tuple(rounds), game.restricted(left), game)


def _kind(kind: str) -> Kind:
    if kind not in ("strict", "weak"):
        raise ParameterError("kind", kind, "'strict' or 'weak'")
    return "strict" if kind == "strict" else "weak"


def _dominated(
    game: NormalForm, kind: Kind, mixed: bool, left: dict[str, _EACH]
) -> Iterator[Dominated]:
    for player, own in left.items():
        rows = dict(zip(own, _rows(game, player, left), strict=True))
        for action in own:
            others = {a: r for a, r in rows.items() if a != action}
            found = _judged(game, rows[action], others, kind, mixed)
            if found is not None:
                condition, by = found
                yield Dominated(player, action, kind, condition, by)


def _judged(
    game: NormalForm, row: list[Expr], others: dict[str, list[Expr]], kind: Kind, mixed: bool
) -> tuple[Boolean, Frozen[str, Expr]] | None:
    strict = kind == "strict"
    rows = [row, *others.values()]
    if not all(v.is_Rational for r in rows for v in r):
        condition = dominance_condition(row, rows[1:], strict, game.space, mixed)
        return None if condition == sp.false else (condition, Frozen())
    scale = lcm(*(int(v.q) for r in rows for v in r))
    first, *rest = [[int(v.p) * (scale // int(v.q)) for v in r] for r in rows]
    weights = (dominating_mix if mixed else dominating_row)(first, rest, strict)
    if weights is None:
        return None
    total = sum(weights)
    shares = zip(others, weights, strict=True)
    return sp.true, Frozen({a: sp.Rational(w, total) for a, w in shares if w})


def _rows(game: NormalForm, player: str, left: dict[str, _EACH]) -> Iterator[list[Expr]]:
    """What each action of the player earns against every profile of the others."""
    place = game.players.index(player)
    against = [own for p, own in left.items() if p != player]
    for action in left[player]:
        profiles = ((*rest[:place], action, *rest[place:]) for rest in product(*against))
        yield [game.payoffs[player][profile] for profile in profiles]


__all__ = ["Dominated", "Elimination", "dominated", "eliminate"]
