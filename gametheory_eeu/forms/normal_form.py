"""Finite games in normal form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import PURE_SYMBOLS, SYMBOLS
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.forms import (
    correlated_equilibrium,
    support_enumeration,
    symmetry,
    two_player_equilibria,
)
from gametheory_eeu.forms.analysis import NormalFormAnalysis
from gametheory_eeu.forms.correlated_equilibrium import CorrelatedEquilibrium, Objective
from gametheory_eeu.forms.dynamics import NormalFormDynamics
from gametheory_eeu.forms.payoff_arrays import (
    ActionNames,
    PayoffTable,
    action_names,
    from_data_frames,
    from_payoff_vectors,
    payoff_tables,
)
from gametheory_eeu.forms.symmetric_game import SymmetricGame
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.games.equilibrium import distribution_obligation
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.solvers import pure_nash
from gametheory_eeu.solvers.polynomial_zeros import canonical_form
from gametheory_eeu.solvers.pure_nash import EquilibriaByCounts, EquilibriaByNumber


class NormalForm(NormalFormAnalysis, NormalFormDynamics):
    """A finite game in normal form, its payoffs numbers or symbols.

    Parameters
    ----------
    *payoffs : one array for each player, one table of payoff vectors, or one function
        Nested lists, NumPy arrays, SymPy matrices or pandas data frames of one shape, entry
        ``[i, j, ...]`` what the player gets when the first player takes its action ``i``, the
        second ``j``, and so on. Or one table as a textbook prints it, each cell with a payoff for
        every player: ``[[(3, 3), (0, 5)], [(5, 0), (1, 1)]]``. Or a function of a profile of
        action names that returns a payoff for each player. Unspecified functions, made by
        ``gametheory_eeu.function``, may occur in all of them.
    players : sequence of str, optional
        By default "player 1", "player 2", ….
    actions : sequence of sequences of str, or mapping of player to them, optional
        By default "1", "2", …, or the names of a data frame's rows and columns; needed with a
        function.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the symbols.
    title : str

    Examples
    --------
    >>> game = NormalForm([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> game.solve("pure Nash").names
    ('D, D',)
    >>> NormalForm([[(3, 3), (0, 5)], [(5, 0), (1, 1)]], actions=[["C", "D"]] * 2) == game
    True
    """

    concepts: tuple[str, ...] = ("Nash", "pure Nash")

    actions: Mapping[str, tuple[str, ...]]
    payoffs: Mapping[str, PayoffTable]

    def __init__(
        self,
        *payoffs: Any,
        players: Sequence[str] | None = None,
        actions: ActionNames | None = None,
        given: object = (),
        title: str = "",
    ) -> None:
        payoffs, actions = from_data_frames(from_payoff_vectors(payoffs), actions)
        choices = FrozenMapping(action_names(payoffs, players, actions))
        tables, space = payoff_tables(payoffs, choices, given)
        self._set_parts(space, title, actions=choices, payoffs=tables)

    @property
    def players(self) -> tuple[str, ...]:
        """The players in order."""
        return tuple(self.actions)

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of actions of each player."""
        return tuple(map(len, self.actions.values()))

    @cached_property
    def profiles(self) -> tuple[tuple[str, ...], ...]:
        """Every pure profile, the last player's action changing fastest."""
        return tuple(product(*self.actions.values()))

    def _changed(self, change: Callable[[Expr], Expr]) -> dict[str, object]:
        payoffs = {
            player: FrozenMapping({profile: change(value) for profile, value in table.items()})
            for player, table in self.payoffs.items()
        }
        return {"actions": self.actions, "payoffs": FrozenMapping(payoffs)}

    @arg.validate(player=arg.text)
    def payoff(self, profile: Mapping[str, Any] | Sequence[str], player: str) -> Expr:
        """The expected payoff of a player at a pure or mixed profile."""
        self._check_player(player)
        mix = self._mixed_profile(profile)
        probabilities = (
            (pure, sp.Mul(*(mix[p][a] for p, a in zip(self.players, pure, strict=True))))
            for pure in self.profiles
        )
        return sp.Add(*(c * self.payoffs[player][pure] for pure, c in probabilities if c != 0))

    def _mixed_profile(
        self, profile: Mapping[str, Any] | Sequence[str]
    ) -> dict[str, dict[str, Expr]]:
        if not isinstance(profile, Mapping):
            listed: object = profile
            is_listed = isinstance(listed, Sequence) and not isinstance(listed, str)
            if not is_listed or len(profile) != len(self.players):
                allowed = f"an action for each of {', '.join(self.players)}"
                raise ParameterError("profile", profile, allowed)
            profile = dict(zip(self.players, profile, strict=True))
        for name in profile:
            self._check_player(str(name))
        return {
            p: mixed_strategy(p, profile.get(p), choices) for p, choices in self.actions.items()
        }

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, each with the exact condition under which it exists.

        Its name is what is played with positive probability. Where several have one support a
        number is added, which counts what exists; see ``EquilibriumSet.families_at``.

        Raises
        ------
        SpaceError
            What is given of the symbols contradicts itself.
        DoesNotExistError
            A payoff is not a real number on all of the space.
        """
        concept = self._concept(concept)
        if self._has_functions:
            return self._solve_with_functions(concept)
        self._check_solvable(PURE_SYMBOLS if concept == "pure Nash" else SYMBOLS)
        if concept == "Nash":
            is_two_player = len(self.players) == 2
            solve = two_player_equilibria.solve if is_two_player else support_enumeration.solve
            return solve(self)
        equilibria = tuple(self._pure_equilibria())
        why = "every profile was looked at, and no deviation left out"
        return EquilibriumSet(equilibria, self, concept, "enumeration of profiles", sp.true, why)

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        for player, table in self.payoffs.items():
            for profile, value in table.items():
                yield f"payoff of {player} at {', '.join(profile)}", value

    @arg.validate(actions=arg.mapping)
    def restricted(self, actions: Mapping[str, Sequence[str]]) -> NormalForm:
        """The game restricted to some of each player's actions.

        Parameters
        ----------
        actions : mapping of player to the actions that stay
            Players that are left out keep all of theirs.
        """
        choices: dict[str, tuple[str, ...]] = dict(self.actions)
        for player, selection in actions.items():
            self._check_player(player)
            for action in arg.sequence(f"actions of {player}", selection, "a list of its actions"):
                if action not in self.actions[player]:
                    raise UnknownNameError(f"action of {player}", action, self.actions[player])
            choices[player] = tuple(a for a in self.actions[player] if a in set(selection))
            if not choices[player]:
                raise ParameterError(
                    f"actions of {player}", selection, "at least one of its actions"
                )
        profiles = list(product(*choices.values()))
        payoffs = {
            player: FrozenMapping({profile: table[profile] for profile in profiles})
            for player, table in self.payoffs.items()
        }
        parts = {"actions": FrozenMapping(choices), "payoffs": FrozenMapping(payoffs)}
        return self._with_parts(self.space, **parts)

    @property
    def is_symmetric(self) -> bool:
        """Whether every permutation of the players leaves the game as it is.

        All have the same actions, and what one gets depends on his own action and on how many of
        the others take each, in the same way for all.
        """
        return symmetry.is_symmetric(self)

    @property
    def is_anonymous(self) -> bool:
        """Whether each payoff is unchanged when the *others* change places.

        All have the same actions, and what one gets depends on his own action and on how many of
        the others take each; in which way may differ between players.
        """
        return symmetry.is_anonymous(self)

    def symmetric_form(self) -> SymmetricGame:
        """The symmetric form: payoffs by how many of the others take each action.

        Raises
        ------
        UnsupportedError
            The game is not symmetric.

        Examples
        --------
        >>> game = NormalForm([["(v-c)/2", "v"], [0, "v/2"]], [["(v-c)/2", 0], ["v", "v/2"]],
        ...                   actions=[["Hawk", "Dove"]] * 2, given=["v > 0", "c > 0"])
        >>> game.symmetric_form().solve()["Hawk + Dove"].profile
        {'each player': {'Hawk': v/c, 'Dove': (c - v)/c}}
        """
        return symmetry.symmetric_form(self)

    def pure_by_number(self) -> tuple[EquilibriaByNumber, ...] | tuple[EquilibriaByCounts, ...]:
        """The pure equilibria of an anonymous game, by how many take each action.

        With two actions by the number at the first, with more by the counts of all; each entry
        says which players would stay where, and how many equilibria it stands for.

        Raises
        ------
        UnsupportedError
            The game is not anonymous, or has symbols.

        Examples
        --------
        >>> three = ["a", "b", "c"]
        >>> apart = NormalForm(lambda p: [-p.count(own) for own in p], actions=[three] * 2)
        >>> [(found.counts, found.count) for found in apart.pure_by_number()]
        [((0, 1, 1), 2), ((1, 0, 1), 2), ((1, 1, 0), 2)]
        """
        return symmetry.pure_by_number(self)

    def correlated_equilibrium(self, maximise: Objective = "welfare") -> CorrelatedEquilibrium:
        """The correlated equilibrium of a game in numbers that is best for an objective.

        Found by an exact linear programme, with a dual point that proves it optimal (Aumann 1974,
        1987).

        Parameters
        ----------
        maximise : str or mapping
            "welfare", the sum of all payoffs; a player; or weights by player.

        Raises
        ------
        UnsupportedError
            Payoffs that are not rational numbers.

        Examples
        --------
        >>> chicken = NormalForm([[5, 0], [4, 1]], [[1, 0], [4, 5]])
        >>> chicken.correlated_equilibrium().payoffs
        {'player 1': 10/3, 'player 2': 10/3}
        """
        return correlated_equilibrium.optimum(self, maximise)

    def correlated_device(
        self, distribution: Mapping[Sequence[str], object]
    ) -> CorrelatedEquilibrium:
        """A given distribution over profiles, to be verified as a correlated equilibrium.

        With symbols, ``.condition`` says where it is one.

        Examples
        --------
        >>> game = NormalForm([["a", 0], [4, 1]], [[1, 0], [4, "a"]])
        >>> third = {("1", "1"): "1/3", ("2", "1"): "1/3", ("2", "2"): "1/3"}
        >>> game.correlated_device(third).condition
        (4 <= a) & (a <= 5)
        """
        return correlated_equilibrium.device(self, distribution)

    def correlated_vertices(self) -> tuple[CorrelatedEquilibrium, ...]:
        """The vertices of the polytope of correlated equilibria of a game in numbers.

        Raises
        ------
        UnsupportedError
            Payoffs that are not rational numbers.
        TooLargeError
            Too many vertices to enumerate.

        Examples
        --------
        >>> len(NormalForm([[5, 0], [4, 1]], [[1, 0], [4, 5]]).correlated_vertices())
        5
        """
        return correlated_equilibrium.vertices(self)

    def _pure_equilibria(self) -> Iterator[Equilibrium]:
        def payoff(pure: tuple[str, ...], i: int) -> Expr:
            return self.payoffs[self.players[i]][pure]

        for pure, inequalities in pure_nash(
            tuple(self.actions.values()), payoff, support_enumeration.pure_profiles(self)
        ):
            condition = prover.simplify(inequalities, self.space)
            if condition != sp.false:
                profile = self._mixed_profile(pure)
                payoffs = {p: self.payoffs[p][pure] for p in self.players}
                yield Equilibrium(", ".join(pure), profile, payoffs, condition, "Nash", game=self)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The obligations of a Nash equilibrium: distributions, and no profitable deviation."""
        result = []
        for player, mix in equilibrium.profile.items():
            result.append(distribution_obligation(f"{player}: the strategy is", mix.values()))
            equilibrium_payoff = self.payoff(equilibrium.profile, player)
            for action in self.actions[player]:
                deviation_payoff = self.payoff({**equilibrium.profile, player: action}, player)
                no_gain = sp.Le(
                    canonical_form(deviation_payoff - equilibrium_payoff), self._slack(equilibrium)
                )
                result.append(Obligation(f"{player}: {action} gains nothing", no_gain))
        if equilibrium.concept == symmetry.EVOLUTIONARILY_STABLE:
            result.append(symmetry.no_mutant_invades(self, equilibrium))
        return tuple(result)

    def _slack(self, equilibrium: Equilibrium) -> Expr:
        """The largest apparent gain that the radius of a numerical equilibrium allows.

        An expected payoff moves by no more than the largest payoff for each unit by which the
        probabilities move in all; a gain is a difference of two.
        """
        if equilibrium.radius == 0:
            return sp.Integer(0)
        largest_payoff = max(abs(v) for cells in self.payoffs.values() for v in cells.values())
        return 2 * largest_payoff * sum(self.shape) * equilibrium.radius

    def _parts(self) -> tuple[object, ...]:
        return self.actions, self.payoffs

    def __repr__(self) -> str:
        size = "x".join(map(str, self.shape))
        names = ", ".join(s.name for s in self.symbols)
        return f"<{size} game of {', '.join(self.players)}{f' in {names}' if names else ''}>"
