"""The equilibria of a symmetric game in which all play the same mix."""

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
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.forms.support_enumeration import MOST_BOXES, NOT_ENCLOSED, BySupport
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.certified_zeros import middle_and_error
from gametheory_eeu.solvers.compositions import how_many, within
from gametheory_eeu.solvers.indifference import Family, exists_where
from gametheory_eeu.solvers.integer_game import Support
from gametheory_eeu.solvers.linear_bounds import RELATIONS, Atom
from gametheory_eeu.solvers.support_families import Open, Solved, equal_worths
from gametheory_eeu.solvers.symmetric_roots import LARGEST_EXACT, Mix, interior_mixes
from gametheory_eeu.solvers.symmetric_supports import (
    AlikeExactly,
    AlikeNearby,
    CountTable,
    Own,
    alike_on,
)

if TYPE_CHECKING:
    from gametheory_eeu.forms.symmetric_game import SymmetricGame

EACH = "each player"
MOST_TERMS = 200_000
"""In the equations of all supports together, in numbers."""
MOST_STEPS = 250_000
"""Differences of payoffs that the equations of a game with symbols are made of."""
_OPEN = "its equations have no closed form here; give values to some symbols"


def symmetric_equilibria(game: SymmetricGame) -> EquilibriumSet:
    """Every symmetric equilibrium: with two actions by one polynomial, with more by support."""
    return _between_two(game) if len(game.actions) == 2 else _by_support(game)


def _between_two(game: SymmetricGame) -> EquilibriumSet:
    first, second = game.actions
    gains = game.gains
    found = [
        _all(game, first, sp.Ge(gains[-1], 0)),
        _all(game, second, sp.Le(gains[0], 0)),
    ]
    why, complete = "every zero of the polynomial of gains was found", sp.true
    try:
        mixes = list(interior_mixes(gains))
    except UnsupportedError as error:
        mixes, complete, why = [], sp.false, str(error)
    exactly = all(mix.radius == 0 for mix in mixes)
    kept = [e for e in found if e.condition != sp.false]
    mixing = [e for mix in mixes if (e := _mixing(game, mix)).condition != sp.false]
    isolated = [e for e in mixing if not e.free]
    numbered = {
        e: f"{e.name} ({k + 1})" if len(isolated) > 1 else e.name for k, e in enumerate(isolated)
    }
    kept += [replace(e, name=numbered.get(e, e.name)) for e in mixing]
    method = "the zeros of one polynomial in one probability"
    return EquilibriumSet(tuple(kept), game, "symmetric Nash", method, complete, why, exactly)


def _all(game: SymmetricGame, action: str, owed: Boolean) -> Equilibrium:
    mix = {a: sp.Integer(int(a == action)) for a in game.actions}
    return _equilibrium(game, mix, prover.simplify(owed, game.space), name=action)


def _mixing(game: SymmetricGame, mix: Mix) -> Equilibrium:
    first, second = game.actions
    condition = prover.simplify(mix.condition, game.space)
    name = f"{first} + {second}{' (any)' if mix.free else ''}"
    where = sp.And(*(sp.And(p > 0, p < 1) for p in mix.free))
    chances = {first: mix.first, second: mix.second}
    found = _equilibrium(game, chances, condition, mix.free, where, name)
    return found if mix.radius == 0 else _within(found, mix.radius)


def _equilibrium(
    game: SymmetricGame,
    mix: Mapping[str, Expr],
    condition: Boolean = sp.true,
    free: tuple[Symbol, ...] = (),
    where: Boolean = sp.true,
    name: str = "",
) -> Equilibrium:
    payoffs = {EACH: game.payoff({EACH: mix})}
    return Equilibrium(
        name, {EACH: mix}, payoffs, condition, "Nash", free=free, where=where, game=game
    )


def _within(found: Equilibrium, radius: Expr) -> Equilibrium:
    note = f"a true equilibrium lies within {float(radius):.1e} of each probability"
    return replace(found, radius=radius, note=note)


def _by_support(game: SymmetricGame) -> EquilibriumSet:
    """In numbers each system is solved exactly; a continuum, and symbols, by cases."""
    numbers = game.in_numbers
    _check_size(game)

    def label(support: Support) -> str:
        return " + ".join(game.actions[a] for a in support[0])

    found = BySupport(game.space, label)
    if numbers:
        _in_numbers(game, found)
        method = "support enumeration, each polynomial system solved exactly"
    else:
        _with_symbols(game, found)
        method = "support enumeration with exact case distinctions"
    equilibria = tuple(found.named())
    if not found.exact:
        method += "; what is too large for that enclosed, each equilibrium certified"
    complete, why, exact = found.complete_where, found.why, found.exact
    return EquilibriumSet(equilibria, game, "symmetric Nash", method, complete, why, exact)


def _check_size(game: SymmetricGame) -> None:
    k, others = len(game.actions), game.number - 1
    sizes = {m: comb(k, m) * how_many(others, m) * k for m in range(1, k + 1)}
    if game.in_numbers:
        size, most, what = sum(sizes.values()), MOST_TERMS, "have about {} terms"
    else:
        size = sum(terms * max(1, (m - 1) * others) for m, terms in sizes.items())
        most, what = MOST_STEPS, "with symbols take about {} differences of payoffs"
    if size > most:
        raise TooLargeError(
            f"{game.number} players with {k} actions have {2**k - 1} supports, whose equations "
            f"{what.format(size)}, above the limit of {most}; solve the game for 'pure Nash', "
            "give values to all symbols, or leave out dominated actions"
        )


def _supports(game: SymmetricGame) -> Iterator[Own]:
    """The smallest first."""
    k = len(game.actions)
    return chain(*(combinations(range(k), m) for m in range(1, k + 1)))


def _in_numbers(game: SymmetricGame, found: BySupport) -> None:
    table = CountTable.of(game.number - 1, [game.by_counts(a) for a in game.actions])
    for own in _supports(game):
        settled = alike_on(table, own, min(found.boxes, MOST_BOXES // 2))
        found.boxes -= settled.boxes
        for each in settled.found:
            equilibrium = _in_number_field(game, each)
            found.exact = found.exact and equilibrium.radius == 0
            found.equilibria.append(((own,), equilibrium))
        if settled.status == "infinite":
            _by_cases(game, found, own)
        elif settled.status == "large":
            found.leave((own,), sp.true, NOT_ENCLOSED)


def _in_number_field(game: SymmetricGame, found: AlikeExactly | AlikeNearby) -> Equilibrium:
    """Exact where the numbers are of a degree that can be read, else an enclosure."""
    if isinstance(found, AlikeExactly) and found.degree <= LARGEST_EXACT:
        numbers = map(found.point.number, found.chances)
        return _equilibrium(game, dict(zip(game.actions, numbers, strict=True)))
    balls = (found.nearby if isinstance(found, AlikeExactly) else found).chances
    pairs = [middle_and_error(ball) for ball in balls]
    middles = [sp.Rational(m.numerator, m.denominator) for m, _ in pairs]
    radius = sp.Add(*(sp.Rational(e.numerator, e.denominator) for _, e in pairs))
    widest = max(range(len(middles)), key=lambda a: middles[a])
    middles[widest] += 1 - sp.Add(*middles)
    mix = dict(zip(game.actions, middles, strict=True))
    return _within(_equilibrium(game, mix), radius)


def _with_symbols(game: SymmetricGame, found: BySupport) -> None:
    with found.guarded():
        for own in _supports(game):
            _by_cases(game, found, own)


def _by_cases(game: SymmetricGame, found: BySupport, own: Own) -> None:
    names = [sp.Symbol(f"p({game.actions[a]})", real=True) for a in own[:-1]]
    mix = dict(zip(own, [*names, 1 - sp.Add(*names)], strict=True))
    cases = list(equal_worths((own,), [mix], [_worths(game, mix)], game.space, found.effort))
    if len(own) == 2 and any(isinstance(case, Open) for case in cases):
        cases = _by_one_polynomial(game, own) or cases
    for each in _merged(cases, game.space):
        if isinstance(each, Open):
            found.leave((own,), each.where, _OPEN)
            continue
        condition = found.shortened(each.condition)
        if condition != sp.false:
            found.equilibria.append(((own,), _family(game, each, condition)))


def _merged(cases: list[Solved | Open], space: Space) -> list[Solved | Open]:
    """Isolated cases that are one formula as one, wherever either of them holds."""
    kept: list[Solved | Open] = []
    for case in cases:
        for k, other in enumerate(kept):
            if isinstance(case, Solved) and isinstance(other, Solved):
                both = replace(other, condition=sp.Or(other.condition, case.condition))
                if _is_one(other, case, space):
                    kept[k] = both
                    break
                if _is_one(case, other, space):
                    kept[k] = replace(case, condition=both.condition)
                    break
        else:
            kept.append(case)
    return kept


def _is_one(formula: Solved, case: Solved, space: Space) -> bool:
    """Whether a formula says of the other case, all over it, what is so there."""
    if formula.free or case.free:
        return False
    pairs = zip((*formula.chances[0], *formula.worth), (*case.chances[0], *case.worth), strict=True)
    same = sp.And(*(sp.Eq(a, b) for a, b in pairs if a != b))
    return same == sp.true or (
        same != sp.false and holds(same, Space.of(space, case.condition), STEP)
    )


def _worths(game: SymmetricGame, mix: Mapping[int, Expr]) -> list[Expr]:
    chances = {game.actions[a]: chance for a, chance in mix.items()}
    return [game.worth(action, chances) for action in game.actions]


def _family(game: SymmetricGame, found: Solved, condition: Boolean) -> Equilibrium:
    chances = dict(zip(game.actions, found.chances[0], strict=True))
    range_ = prover.simplify(found.where, Space.of(game.space, condition, symbols=found.free))
    payoffs = {EACH: found.worth[0]}
    return Equilibrium(
        "", {EACH: chances}, payoffs, condition, "Nash", free=found.free, where=range_, game=game
    )


def _by_one_polynomial(game: SymmetricGame, own: Own) -> list[Solved | Open]:
    """A mix of two actions by the closed forms of one polynomial; nothing where it has none."""
    parts, others = len(game.actions), game.number - 1
    first, second = (game.by_counts(game.actions[a]) for a in own)
    inside = [within((k, others - k), own, parts) for k in range(others + 1)]
    try:
        mixes = list(interior_mixes([sp.expand(first[c] - second[c]) for c in inside]))
    except UnsupportedError:
        return []
    return [_against_the_rest(game, own, mix) for mix in mixes if mix.condition != sp.false]


def _against_the_rest(game: SymmetricGame, own: Own, mix: Mix) -> Solved | Open:
    """A mix of two actions, where no other action is worth more."""
    at = {own[0]: mix.first, own[1]: mix.second}
    earned = _worths(game, at)
    best = earned[own[0]]
    atoms: list[Atom] = [(best - earned[a], ">=") for a in range(len(earned)) if a not in own]
    chances = (tuple(at.get(a, sp.Integer(0)) for a in range(len(earned))),)
    if not mix.free:
        owed = sp.And(mix.condition, *(RELATIONS[op](e, 0) for e, op in atoms))
        return Solved((own,), chances, (best,), owed)
    atoms += [(p, ">") for p in mix.free] + [(1 - p, ">") for p in mix.free]
    expanded = tuple((sp.expand(e), op) for e, op in atoms)
    condition = exists_where(Family(free=mix.free, where=expanded, given=(mix.condition,)))
    if condition is None:
        return Open((own,), mix.condition)
    where = sp.And(*(RELATIONS[op](e, 0) for e, op in expanded))
    return Solved((own,), chances, (best,), condition, mix.free, where)


__all__ = ["EACH", "symmetric_equilibria"]
