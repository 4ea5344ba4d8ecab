"""The Nash equilibria of a game of three or more players, pure and mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import fmpq, fmpq_poly

from gametheory_eeu import logic
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.forms.two_players import in_numbers
from gametheory_eeu.logic.budget import Budget, OutOfTimeError
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.solvers.enclosed_equilibria import Approximate, enclosed_equilibria
from gametheory_eeu.solvers.support_enumeration import Isolated, mixed_equilibria
from gametheory_eeu.solvers.support_families import Open, Solved, on_support
from gametheory_eeu.solvers.table import Profile, Support, Table, every_support, pure_equilibria
from gametheory_eeu.space import Space

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

MOST_WITH_SYMBOLS = 700
"""Supports of a game with symbols."""
_INFINITE = "infinitely many solutions without a closed form"
_LARGE = "its equations are too large for the exact method and not all enclosed"
GUARD = Budget(claim_seconds=120)
"""On all questions about a game with symbols, only so that nothing hangs."""
MOST_BOXES = 6_000
"""Of interval arithmetic, for all supports of a game together."""


@dataclass
class _Found:
    """What has been found: with its support, and which supports were not settled, where and why."""

    game: NormalForm
    equilibria: list[tuple[Support, Equilibrium]] = field(default_factory=list)
    left: list[tuple[Support, Boolean, str]] = field(default_factory=list)
    exact: bool = True
    boxes: int = MOST_BOXES

    def named(self) -> Iterator[Equilibrium]:
        """The equilibria, smallest support first; those with one support are numbered.

        In numbers by increasing probabilities, player by player and action by action.
        """
        count = Counter(support for support, _ in self.equilibria)
        seen: Counter[Support] = Counter()
        for support, found in sorted(self.equilibria, key=_place):
            seen[support] += 1
            number = f" ({seen[support]})" if count[support] > 1 else ""
            yield replace(found, name=support_name(self.game, support) + number)

    @property
    def complete_where(self) -> Boolean:
        open_ = sp.Or(*(where for _, where, _ in self.left))
        return logic.simplify(sp.Not(open_), self.game.space)

    @property
    def why(self) -> str:
        if not self.left:
            enclosed = self.boxes < MOST_BOXES
            how = "solved with all cases followed"
            return f"every support was looked at, and its equations {how}" + (
                ", or all their solutions enclosed in interval arithmetic" if enclosed else ""
            )
        open_ = "; ".join(
            f"{support_name(self.game, support)} ({why})" for support, _, why in self.left
        )
        return f"all supports but these were settled: {open_}"


def _place(found: tuple[Support, Equilibrium]) -> tuple[Any, ...]:
    """Where an equilibrium is listed: by its support, in numbers then by its probabilities."""
    support, one = found
    chances = [p for mix in one.profile.values() for p in mix.values()]
    numbers = () if any(p.free_symbols for p in chances) else tuple(float(p) for p in chances)
    return sum(map(len, support)), support, numbers


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
    found = _Found(game)
    if in_numbers(game):
        _in_numbers(found)
        method = "support enumeration, each polynomial system solved exactly"
    else:
        _with_symbols(found)
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


def _in_numbers(found: _Found) -> None:
    numbers = table(found.game)
    for each in mixed_equilibria(numbers):
        if isinstance(each, Isolated):
            found.equilibria.append((each.support, _isolated(found.game, each)))
        elif each.why == "infinite":
            _by_cases(found, each.support)
        else:
            _enclosed(found, numbers, each.support)


def _with_symbols(found: _Found) -> None:
    """Support by support; what takes longer than the guard is refused, never half an answer."""
    try:
        with GUARD.guard():
            for support in every_support(found.game.shape, MOST_WITH_SYMBOLS):
                _by_cases(found, support)
    except OutOfTimeError:
        raise TooLargeError(
            f"the mixed equilibria of this game in {len(found.game.symbols)} symbols took longer "
            f"than {GUARD.claim_seconds:g} seconds; give values to some symbols with .at(...), say "
            'more of them in given=, or ask for "pure Nash", whose conditions are exact'
        ) from None


def _enclosed(found: _Found, numbers: Table, support: Support) -> None:
    """What is too large to solve exactly, as far as the work left for interval arithmetic goes."""
    settled = enclosed_equilibria(numbers, support, min(found.boxes, MOST_BOXES // 2))
    found.boxes -= settled.boxes
    if settled.equilibria:
        found.exact = False
    for each in settled.equilibria:
        found.equilibria.append((support, _approximate(found.game, each)))
    if not settled.complete:
        found.left.append((support, sp.true, _LARGE))


def _approximate(game: NormalForm, found: Approximate) -> Equilibrium:
    profile = {
        player: {a: sp.Rational(*c.as_integer_ratio()) for a, c in zip(own, mix, strict=True)}
        for (player, own), mix in zip(game.actions.items(), found.chances, strict=True)
    }
    payoffs = {player: game.payoff(profile, player) for player in game.players}
    radius = sp.Rational(*found.radius.as_integer_ratio())
    note = f"a true equilibrium lies within {float(radius):.1e} of each probability"
    return Equilibrium("", profile, payoffs, sp.true, "Nash", note=note, radius=radius, game=game)


def _by_cases(found: _Found, support: Support) -> None:
    game = found.game
    actions, cells = list(game.actions.values()), list(game.payoffs.values())
    names = [[f"p({a}|{player})" for a in own] for player, own in game.actions.items()]

    def payoff(profile: Profile, i: int) -> Expr:
        return cells[i][tuple(own[a] for own, a in zip(actions, profile, strict=True))]

    for each in on_support(support, names, payoff, game.space):
        if isinstance(each, Open):
            where = logic.simplify(each.where, game.space)
            if where != sp.false:
                found.left.append((support, where, _INFINITE))
            continue
        condition = logic.simplify(each.condition, game.space)
        if condition != sp.false:
            found.equilibria.append((support, _family(game, each, condition)))


def _family(game: NormalForm, found: Solved, condition: Boolean) -> Equilibrium:
    profile = {
        player: dict(zip(own, chances, strict=True))
        for (player, own), chances in zip(game.actions.items(), found.chances, strict=True)
    }
    payoffs = dict(zip(game.players, found.worth, strict=True))
    range_ = logic.simplify(found.where, Space.of(game.space, condition, symbols=found.free))
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
