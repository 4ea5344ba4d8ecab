"""Evolutionarily stable strategies of a normal form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import Limit, check_count
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.solvers.condition_simplification import simplify_with_samples
from gametheory_eeu.solvers.evolutionary_stability import stable_strategies
from gametheory_eeu.solvers.readable import simplify_value

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

CONCEPT = "evolutionarily stable"
_METHOD = "supports and best replies, each by strict copositivity (Haigh, Abakuks, Hadeler)"
_WHY = "every support and every set of best replies to it was followed"
_ACTIONS = Limit("actions", 6, "leave out actions that are dominated")
_WITH_SYMBOLS = Limit("actions", 4, "give values to the symbols by .at(...)")


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
        found.append(Equilibrium(name, both, payoffs, condition, CONCEPT, game=game))
    return EquilibriumSet(tuple(found), game, CONCEPT, _METHOD, sp.true, _WHY, True)


def obligations(game: NormalForm, equilibrium: Equilibrium) -> Iterator[Obligation]:
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
    yield Obligation(
        "no mutant invades", sp.Implies(sp.And(*is_mix, differs), resists, evaluate=False)
    )


__all__ = ["CONCEPT", "obligations", "stable_equilibria"]
