"""The Nash equilibria of a game of three or more players, pure and mixed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import fmpq, fmpq_poly

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.forms.support_enumeration import (
    MOST_BOXES,
    NO_CLOSED_FORM,
    NOT_ENCLOSED,
    BySupport,
)
from gametheory_eeu.forms.two_player_equilibria import in_numbers
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.model.unique_names import told_apart
from gametheory_eeu.solvers.enclosed_equilibria import Approximate, enclosed_equilibria
from gametheory_eeu.solvers.integer_game import (
    Profile,
    Support,
    Table,
    every_support,
    pure_equilibria,
)
from gametheory_eeu.solvers.support_enumeration import Isolated, mixed_equilibria
from gametheory_eeu.solvers.support_families import Open, Solved, on_support

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

MOST_WITH_SYMBOLS = 700
"""Supports of a game with symbols."""


def table(game: NormalForm) -> Table:
    """A game in rational numbers as a table of whole ones."""
    numbered = list(Table.positions(game.shape))
    payoffs = [dict(zip(numbered, cells.values(), strict=True)) for cells in game.payoffs.values()]
    return Table(game.shape, payoffs)


def candidates(game: NormalForm) -> list[tuple[str, ...]] | None:
    """The profiles of the pure equilibria of a game in rational numbers; None for other games."""
    if not in_numbers(game):
        return None
    actions = list(game.actions.values())
    found = pure_equilibria(table(game))
    return [tuple(own[a] for own, a in zip(actions, p, strict=True)) for p in found]


def nash(game: NormalForm) -> EquilibriumSet:
    """Every equilibrium, support by support.

    In numbers each polynomial system is solved exactly; where it has a continuum of solutions,
    and with symbols, by cases that are linear in one probability after the other.
    """
    found = BySupport(game.space, partial(support_name, game))
    if in_numbers(game):
        _in_numbers(game, found)
        method = "support enumeration, each polynomial system solved exactly"
    else:
        _with_symbols(game, found)
        method = "support enumeration with exact case distinctions"
    equilibria = tuple(found.named())
    if not found.exact:
        method += "; the largest in interval arithmetic, each equilibrium certified"
    complete, why = found.complete_where, found.why
    return EquilibriumSet(equilibria, game, "Nash", method, complete, why, found.exact)


def support_name(game: NormalForm, support: Support) -> str:
    """The actions that are played: "a, b + c, d"."""
    actions = game.actions.values()
    return ", ".join(
        " + ".join(own[a] for a in played) for own, played in zip(actions, support, strict=True)
    )


def _in_numbers(game: NormalForm, found: BySupport) -> None:
    numbers = table(game)
    for each in mixed_equilibria(numbers):
        if isinstance(each, Isolated):
            found.equilibria.append((each.support, _isolated(game, each)))
        elif each.why == "infinite":
            _by_cases(game, found, each.support)
        else:
            _enclosed(game, found, numbers, each.support)


def _with_symbols(game: NormalForm, found: BySupport) -> None:
    with found.guarded():
        for support in every_support(game.shape, MOST_WITH_SYMBOLS):
            _by_cases(game, found, support)


def _enclosed(game: NormalForm, found: BySupport, numbers: Table, support: Support) -> None:
    """What is too large to solve exactly, as far as the work left for interval arithmetic goes."""
    settled = enclosed_equilibria(numbers, support, min(found.boxes, MOST_BOXES // 2))
    found.boxes -= settled.boxes
    if settled.equilibria:
        found.exact = False
    for each in settled.equilibria:
        found.equilibria.append((support, _approximate(game, each)))
    if not settled.complete:
        found.leave(support, sp.true, NOT_ENCLOSED)


def _approximate(game: NormalForm, found: Approximate) -> Equilibrium:
    profile = {
        player: {a: sp.Rational(*c.as_integer_ratio()) for a, c in zip(own, mix, strict=True)}
        for (player, own), mix in zip(game.actions.items(), found.chances, strict=True)
    }
    payoffs = {player: game.payoff(profile, player) for player in game.players}
    radius = sp.Rational(*found.radius.as_integer_ratio())
    note = f"a true equilibrium lies within {float(radius):.1e} of each probability"
    return Equilibrium("", profile, payoffs, sp.true, "Nash", note=note, radius=radius, game=game)


def _by_cases(game: NormalForm, found: BySupport, support: Support) -> None:
    actions, cells = list(game.actions.values()), list(game.payoffs.values())
    labels = (f"p({a}|{player})" for player, own in game.actions.items() for a in own)
    taken = [s.name for s in game.space.symbols]
    left = iter(told_apart([*taken, *labels])[len(taken) :])
    names = [[next(left) for _ in own] for own in actions]

    def payoff(profile: Profile, i: int) -> Expr:
        return cells[i][tuple(own[a] for own, a in zip(actions, profile, strict=True))]

    for each in on_support(support, names, payoff, game.space, found.effort):
        if isinstance(each, Open):
            found.leave(support, each.where, NO_CLOSED_FORM)
            continue
        condition = found.shortened(each.condition)
        if condition != sp.false:
            found.equilibria.append((support, _family(game, each, condition)))


def _family(game: NormalForm, found: Solved, condition: Boolean) -> Equilibrium:
    profile = {
        player: dict(zip(own, chances, strict=True))
        for (player, own), chances in zip(game.actions.items(), found.chances, strict=True)
    }
    payoffs = dict(zip(game.players, found.worth, strict=True))
    range_ = prover.simplify(found.where, Space.of(game.space, condition, symbols=found.free))
    return Equilibrium(
        "", profile, payoffs, condition, "Nash", free=found.free, where=range_, game=game
    )


def _isolated(game: NormalForm, found: Isolated) -> Equilibrium:
    point = found.point
    profile = {
        player: {a: point.number(chance) for a, chance in zip(own, mix, strict=True)}
        for (player, own), mix in zip(game.actions.items(), found.probabilities, strict=True)
    }
    payoffs = {player: _payoff(game, found, player) for player in game.players}
    return Equilibrium("", profile, payoffs, sp.true, "Nash", game=game)


def _payoff(game: NormalForm, found: Isolated, player: str) -> Expr:
    total = fmpq_poly([0])
    for profile, value in zip(
        Table.positions(game.shape), game.payoffs[player].values(), strict=True
    ):
        chance: Any = fmpq_poly([fmpq(int(value.p), int(value.q))])
        for mix, a in zip(found.probabilities, profile, strict=True):
            chance = found.point.reduced(chance * mix[a])
        total += chance
    return found.point.number(total)


__all__ = ["candidates", "nash", "support_name", "table"]
