"""Analysis of a normal form: dominance, maximin, equilibrium components, risk dominance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.forms import dominance, symmetry, two_player_equilibria
from gametheory_eeu.forms.dominance import DominatedAction, Elimination, Maximin
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.forms.two_player_equilibria import Component
from gametheory_eeu.games import Equilibrium, EquilibriumSet
from gametheory_eeu.solvers.extreme_equilibria import ExtremeEquilibria
from gametheory_eeu.solvers.readable import arrange_relation

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm


class NormalFormAnalysis(GameForm):
    """Best responses, dominance, maximin, equilibrium components and risk dominance."""

    @property
    def _form(self) -> NormalForm:
        return cast("NormalForm", self)

    @cached_property
    def extremes(self) -> ExtremeEquilibria:
        """The extreme equilibria of a two-player rational game, as pairs of vertices."""
        return two_player_equilibria.extremes(self._form)

    def extreme_equilibria(self) -> tuple[Equilibrium, ...]:
        """Every extreme equilibrium of a two-player game with rational payoffs.

        All equilibria are mixes of these; see :meth:`components` for which.

        Raises
        ------
        UnsupportedError
            More players, or payoffs that are not rational numbers.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([[1, 1], [0, 2]], [[1, 1], [0, 2]])
        >>> [e.name for e in game.extreme_equilibria()]
        ['1, 1', '1, 1 + 2', '2, 2']
        """
        return two_player_equilibria.extreme_points(self._form)

    def components(self) -> tuple[Component, ...]:
        """The connected components of the equilibria of a two-player game with rational payoffs.

        Each is a union of maximal Nash subsets, and these are the products of two polytopes
        (Avis, Rosenberg, Savani and von Stengel 2010).

        Raises
        ------
        UnsupportedError
            More players, or payoffs that are not rational numbers.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> for component in NormalForm([[1, 1], [0, 2]], [[1, 1], [0, 2]]).components():
        ...     print(repr(component))
        <component of dimension 1: 2 extreme equilibria in 1 Nash subset>
        <component of dimension 0: 1 extreme equilibrium in 1 Nash subset>
        """
        return two_player_equilibria.components(self._form)

    def ess(self) -> EquilibriumSet:
        """Every evolutionarily stable strategy of a symmetric game, with its condition.

        Its ``verify()`` asks the definition: no other mix does as well against the strategy and
        as well against itself (Maynard Smith and Price 1973).

        Raises
        ------
        UnsupportedError
            A game that is not of two players, or not symmetric.
        TooLargeError
            More than four actions, or six where there are no symbols.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> hawk_dove = NormalForm([["(v-c)/2", "v"], [0, "v/2"]], [["(v-c)/2", 0], ["v", "v/2"]],
        ...                        actions=[["Hawk", "Dove"]] * 2, given=["v > 0", "c > 0"])
        >>> for stable in hawk_dove.ess():
        ...     print(stable.name, "|", stable.strategies["player 1"], "|", stable.condition)
        Hawk | (1, 0) | v >= c
        Hawk + Dove | (v/c, 1 - v/c) | c > v
        """
        return symmetry.stable_equilibria(self._form)

    @arg.validate(player=arg.text, against=arg.mapping)
    def best_responses(
        self, player: str, against: Mapping[str, Any]
    ) -> FrozenMapping[str, Boolean]:
        """The condition under which each action is a best response to the others' strategies.

        Parameters
        ----------
        player : str
        against : mapping of the other players to an action or a mix of actions

        Returns
        -------
        mapping of action to condition
            Actions that are never a best response on the space are left out.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([["a", 0], [0, 1]], [[1, 0], [0, 1]], given="a > 0")
        >>> game.best_responses("player 1", {"player 2": {"1": "1/2", "2": "1/2"}})
        {'1': a >= 1, '2': a <= 1}
        """
        game = self._form
        game._check_size()
        game._check_player(player)
        payoffs = {a: game.payoff({**against, player: a}, player) for a in game.actions[player]}
        conditions = {}
        for action, value in payoffs.items():
            inequalities = sp.And(
                *(arrange_relation(value - alternative, sp.Ge) for alternative in payoffs.values())
            )
            condition = prover.simplify(inequalities, game.space)
            if condition != sp.false:
                conditions[action] = condition
        return FrozenMapping(conditions)

    @arg.validate(kind=arg.text, mixed=arg.flag)
    def dominated(self, kind: str = "strict", *, mixed: bool = True) -> tuple[DominatedAction, ...]:
        """Every dominated action, with the condition under which it is dominated.

        Parameters
        ----------
        kind : {"strict", "weak"}
            Worse against everything, or never better and somewhere worse.
        mixed : bool
            Whether mixes of actions may dominate.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([[4, 0], [0, 4], [1, 1]], [[1, 1]] * 3)
        >>> [(d.action, dict(d.dominating_mix)) for d in game.dominated()]
        [('3', {'1': 1/2, '2': 1/2})]
        """
        self._check_size()
        return dominance.dominated(self._form, kind, mixed)

    @arg.validate(kind=arg.text, mixed=arg.flag)
    def eliminate(self, kind: str = "strict", *, mixed: bool = True) -> Elimination:
        """Iterated elimination of dominated actions.

        With symbols an action is removed where it is dominated on the whole space. The order of
        removal does not matter for strict dominance; for weak dominance it does, and here all
        that are dominated go at once.

        Parameters
        ----------
        kind : {"strict", "weak"}
        mixed : bool
            Whether mixes of actions may dominate.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> NormalForm([[1, 1], [1, 0]], [[1, 1], [1, 0]]).eliminate("weak").eliminated_equilibria
        ('1, 2', '2, 1', '1, 1 + 2', '1 + 2, 1')
        """
        self._check_size()
        return dominance.eliminate(self._form, kind, mixed)

    @arg.validate(player=arg.text)
    def maximin(self, player: str) -> Maximin:
        """A player's maximin value and maximin strategies.

        Raises
        ------
        UnsupportedError
            Payoffs that are not rational numbers.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> NormalForm([[2, 0], [0, 1]], [[0, 0], [0, 0]]).maximin("player 1").value
        2/3
        """
        self._check_player(player)
        return dominance.maximin(self._form, player)

    def value(self) -> Expr:
        """The value of a zero-sum (or constant-sum) game of two players to the first player.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> NormalForm([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]).value()
        0
        """
        return dominance.value(self._form)

    def risk_dominates(self, one: tuple[str, str], other: tuple[str, str]) -> Boolean:
        """The condition under which one pure equilibrium of a 2x2 game risk-dominates another.

        Both are strict equilibria there, and the product of what the players lose by leaving the
        first alone is greater (Harsanyi and Selten 1988).

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> stag = NormalForm([["s", 0], ["h", "h"]], [["s", "h"], [0, "h"]],
        ...                   actions=[["Stag", "Hare"]] * 2, given="0 < h < s")
        >>> stag.risk_dominates(("Stag", "Stag"), ("Hare", "Hare"))
        s > 2*h
        """
        return dominance.risk_dominates(self._form, one, other)

    def payoff_dominates(self, one: tuple[str, ...], other: tuple[str, ...]) -> Boolean:
        """The condition under which one pure equilibrium payoff-dominates another.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> stag = NormalForm([["s", 0], ["h", "h"]], [["s", "h"], [0, "h"]],
        ...                   actions=[["Stag", "Hare"]] * 2, given="0 < h < s")
        >>> stag.payoff_dominates(("Stag", "Stag"), ("Hare", "Hare"))
        True
        """
        return dominance.payoff_dominates(self._form, one, other)
