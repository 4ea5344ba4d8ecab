"""Symmetric normal forms: their symmetric form, and evolutionarily stable strategies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import Limit, check_count
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms.symmetric_game import SymmetricGame
from gametheory_eeu.forms.two_player_equilibria import has_rational_payoffs
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.solvers.condition_simplification import simplify_with_samples
from gametheory_eeu.solvers.counts import Counts, compositions
from gametheory_eeu.solvers.evolutionary_stability import stable_strategies
from gametheory_eeu.solvers.pure_nash import (
    EquilibriaByCounts,
    EquilibriaByNumber,
    equilibria_by_counts,
    equilibria_by_number,
)
from gametheory_eeu.solvers.readable import simplify_value

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

PayoffKey = tuple[object, str, tuple[str, ...]]
EVOLUTIONARILY_STABLE = "evolutionarily stable"
_METHOD = "supports and best replies, each by strict copositivity (Haigh, Abakuks, Hadeler)"
_WHY = "every support and every set of best replies to it was followed"
_ACTIONS = Limit("actions", 6, "leave out actions that are dominated")
_WITH_SYMBOLS = Limit("actions", 4, "give values to the symbols by .at(...)")


def is_anonymous(game: NormalForm) -> bool:
    """Whether each payoff depends on one's own action and on how many others take each."""
    return _has_equal_payoffs(game, lambda i, action, others: (i, action, others))


def is_symmetric(game: NormalForm) -> bool:
    """Whether the game is anonymous and all players have the same payoffs."""
    return _has_equal_payoffs(game, lambda _, action, others: (None, action, others))


def _has_equal_payoffs(
    game: NormalForm, key: Callable[[int, str, tuple[str, ...]], PayoffKey]
) -> bool:
    if len(set(game.actions.values())) > 1:
        return False
    first_payoffs: dict[PayoffKey, Expr] = {}
    for i, table in enumerate(game.payoffs.values()):
        for profile, value in table.items():
            others = tuple(sorted(profile[:i] + profile[i + 1 :]))
            first_payoff = first_payoffs.setdefault(key(i, profile[i], others), value)
            if first_payoff is not value and sp.simplify(first_payoff - value) != 0:
                return False
    return True


def symmetric_form(game: NormalForm) -> SymmetricGame:
    """The symmetric form: payoffs by how many others take each action."""
    _check_symmetry(game, symmetric=True)
    actions, other_count = next(iter(game.actions.values())), len(game.players) - 1
    payoffs = {a: _payoffs_by_counts(game, 0, a) for a in actions}
    return SymmetricGame(payoffs, other_count + 1, given=game.space, title=game.title)


def pure_by_number(
    game: NormalForm,
) -> tuple[EquilibriaByNumber, ...] | tuple[EquilibriaByCounts, ...]:
    """The pure equilibria of an anonymous rational game, by how many take each action."""
    _check_symmetry(game, symmetric=False)
    if not has_rational_payoffs(game):
        raise UnsupportedError("pure equilibria by number are found in numbers; use at() first")
    actions, players = next(iter(game.actions.values())), range(len(game.players))
    payoffs = [[_payoffs_by_counts(game, i, action) for action in actions] for i in players]
    if len(actions) > 2:
        return tuple(equilibria_by_counts(payoffs))
    gains = [[first[c] - second[c] for c in first] for first, second in payoffs]
    return tuple(equilibria_by_number(gains))


def _payoffs_by_counts(game: NormalForm, i: int, action: str) -> dict[Counts, Expr]:
    """The payoffs of a player's action by the others' counts, in ascending order."""
    actions = next(iter(game.actions.values()))
    table = game.payoffs[game.players[i]]
    payoffs = {}
    for counts in compositions(len(game.players) - 1, len(actions)):
        others = [a for a, count in zip(actions, counts, strict=True) for _ in range(count)]
        payoffs[counts] = table[(*others[:i], action, *others[i:])]
    return payoffs


def _check_symmetry(game: NormalForm, *, symmetric: bool) -> None:
    kind = "symmetric" if symmetric else "anonymous"
    is_valid = is_symmetric(game) if symmetric else is_anonymous(game)
    if not is_valid or game.shape[0] < 2:
        raise UnsupportedError(
            f"{game!r} has no {kind} small form: that takes two or more actions of the same names "
            f"for all, and {'the same ' if symmetric else ''}payoffs by own action and by how many "
            "others take each; solve() takes the game as it is"
        )


def stable_equilibria(game: NormalForm) -> EquilibriumSet:
    """Every evolutionarily stable strategy, both players' alike, with its condition."""
    if len(game.players) != 2 or not game.is_symmetric:
        raise UnsupportedError(
            "evolutionary stability is of symmetric games of two players: the same actions, and "
            f"the second's payoffs those of the first with places changed; this is {game!r}"
        )
    first, second = game.players
    actions = game.actions[first]
    check_count("the game", len(actions), _WITH_SYMBOLS if game.space.symbols else _ACTIONS)
    matrix = [[game.payoffs[first][a, b] for b in actions] for a in actions]
    found: list[Equilibrium] = []
    for strategy in stable_strategies(matrix):
        condition = simplify_with_samples(sp.Or(*strategy.conditions), game.space)
        if condition == sp.false:
            continue
        values = map(simplify_value, strategy.mix)
        mix = FrozenMapping(dict(zip(actions, values, strict=True)))
        name = " + ".join(a for a, p in mix.items() if p != 0)
        payoffs = dict.fromkeys(game.players, simplify_value(strategy.payoff))
        both = {first: mix, second: mix}
        found.append(Equilibrium(name, both, payoffs, condition, EVOLUTIONARILY_STABLE, game=game))
    return EquilibriumSet(tuple(found), game, EVOLUTIONARILY_STABLE, _METHOD, sp.true, _WHY, True)


def no_mutant_invades(game: NormalForm, equilibrium: Equilibrium) -> Obligation:
    """That no mutant invades, by the definition, for every mix that a mutant may play."""
    player = game.players[0]
    mix = dict(equilibrium.profile[player])
    mutant = {a: sp.Symbol(f"y_{k + 1}", real=True) for k, a in enumerate(mix)}

    def payoff(own: dict[str, Expr], others: dict[str, Expr]) -> Expr:
        return game.payoff({player: own, game.players[1]: others}, player)

    def gain(others: dict[str, Expr]) -> Expr:
        return sp.expand(payoff(mix, others) - payoff(mutant, others))

    is_mix = [sp.Eq(sp.Add(*mutant.values()), 1), *(sp.Ge(y, 0) for y in mutant.values())]
    differs = sp.Or(*(sp.Ne(mutant[a], mix[a]) for a in mix))
    resists = sp.Or(sp.Gt(gain(mix), 0), sp.And(sp.Eq(gain(mix), 0), sp.Gt(gain(mutant), 0)))
    return Obligation(
        "no mutant invades", sp.Implies(sp.And(*is_mix, differs), resists, evaluate=False)
    )
