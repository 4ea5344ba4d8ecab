"""Finite games in extensive form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import tree_strategies
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.forms.normal_form import NormalForm
from gametheory_eeu.forms.tree_builder import TreeBuilder
from gametheory_eeu.forms.tree_equilibria import beliefs_of, equilibria
from gametheory_eeu.forms.tree_strategies import check_chances, check_tree
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation, Verification
from gametheory_eeu.games.assessment import (
    bayesian_beliefs,
    consistency_obligations,
    obligations,
    subgame_obligations,
)
from gametheory_eeu.games.tree import (
    Chance,
    Move,
    Node,
    Outcome,
    change_in_tree,
    edges,
    expected_payoff,
    information_sets,
    levels,
    mixed_strategy,
    shorter_form,
    subgame_roots,
)


class ExtensiveForm(GameForm):
    """A finite game in extensive form with perfect recall, its payoffs numbers or symbols.

    Write one with :meth:`builder`; the constructor takes a tree that is there already.

    **Concepts.** "subgame perfect" (by default where every information set is a single node): Nash
    in every subgame (Selten 1965). "perfect Bayesian" (the default elsewhere): at every
    information set no plan gains given the belief there, and in every subgame beliefs follow
    Bayes' rule wherever that subgame's play arrives; elsewhere a belief is free. This is weak
    perfect Bayesian equilibrium (Mas-Colell, Whinston and Green 1995, 9.C) in every subgame, so
    that each is subgame perfect. "sequential": beliefs off the path are consistent as well, limits
    of Bayes' rule as every action is taken by a tremble (Kreps and Wilson 1982), so that nobody's
    deviation says what he does not know. "Nash": no player's plan gains against the others'.

    Parameters
    ----------
    root : Node
        Nodes of ``gametheory_eeu.games.tree``. Unspecified functions, made by
        ``gametheory_eeu.function``, may occur in payoffs and probabilities.
    players : sequence of str
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the symbols. That probabilities are not negative is added.
    title : str

    Raises
    ------
    ParameterError
        Imperfect recall, an information set whose nodes differ in player or actions,
        probabilities that do not sum to one, a payoff missing or of nobody.
    TooLargeError
        Too many nodes, or moves after each other.

    Examples
    --------
    >>> game = (
    ...     ExtensiveForm.builder("member", "hegemon", given=["b > 0", "l > 0", "g > r"])
    ...     .move("member", ["join", "stay out"])
    ...     .move("hegemon", ["honour", "exploit"], after="join")
    ...     .payoffs("join/honour", "b", "r")
    ...     .payoffs("join/exploit", "-l", "g")
    ...     .payoffs("stay out", 0, 0)
    ...     .build()
    ... )
    >>> game.solve()
    <1 subgame perfect equilibrium: stay out; exploit>
    """

    concepts: tuple[str, ...] = (
        "subgame perfect", "perfect Bayesian", "sequential", "Nash",
    )  # fmt: skip

    root: Node

    @arg.validate(
        root=arg.instance_of(
            (Move, Chance, Outcome), "a Node: write the tree with ExtensiveForm.builder"
        ),
        players=arg.names,
    )
    def __init__(
        self, root: Node, players: Sequence[str], *, given: object = (), title: str = ""
    ) -> None:
        space = check_tree(root, tuple(players), Space.of(given, symbols=_symbols(root)))
        self._set_parts(space, title, root=root, _players=tuple(players))

    @classmethod
    def builder(
        cls, *players: str, given: object = (), title: str = ""
    ) -> TreeBuilder[ExtensiveForm]:
        """A builder of a game of these players; see :class:`TreeBuilder`."""
        return TreeBuilder(*players, given=given, title=title)

    @property
    def players(self) -> tuple[str, ...]:
        """The players in order, without chance."""
        names: tuple[str, ...] = self.__dict__["_players"]
        return names

    @cached_property
    def information_sets(self) -> Mapping[str, tuple[Move, ...]]:
        """The nodes of each information set, in order of distance from the root."""
        return FrozenMapping(information_sets(self.root))

    @cached_property
    def actions(self) -> Mapping[str, tuple[str, ...]]:
        """The actions at each information set."""
        sets = self.information_sets.items()
        return FrozenMapping({name: tuple(a for a, _ in nodes[0].actions) for name, nodes in sets})

    @property
    def is_of_perfect_information(self) -> bool:
        """Whether every information set is a single node."""
        return all(len(nodes) == 1 for nodes in self.information_sets.values())

    @cached_property
    def subgames(self) -> tuple[ExtensiveForm, ...]:
        """Every subgame as a game, the whole game first.

        A chance node may start one.
        """
        return tuple(
            ExtensiveForm(node, self.players, given=self.space, title=self.title)
            for node in subgame_roots(self.root)
        )

    def player_at(self, information_set: str) -> str:
        """The player who moves at an information set."""
        name = arg.one_of("information set", information_set, self.information_sets)
        return self.information_sets[name][0].player

    def _changed(self, change: Callable[[Expr], Expr]) -> dict[str, object]:
        return {"root": change_in_tree(self.root, change), "_players": self.players}

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player at a profile of behaviour strategies."""
        self._check_player(player)
        return shorter_form(expected_payoff(self.root, self.mixes(profile), player))

    def mixes(self, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
        """A behaviour profile: the probability of every action at each information set."""
        if not hasattr(profile, "items"):
            allowed = f"a mapping with an action for each of {', '.join(self.actions)}"
            raise ParameterError("profile", profile, allowed)
        for name in profile:
            arg.one_of("information set", name, self.actions)
        return {
            name: mixed_strategy(name, profile.get(name), a) for name, a in self.actions.items()
        }

    def bayesian_beliefs(self, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
        """Beliefs by Bayes' rule at the information sets that a behaviour profile reaches."""
        return beliefs_of(self, self.mixes(profile))

    @arg.validate(reduced=arg.flag)
    def normal_form(self, *, reduced: bool = True) -> NormalForm:
        """The game in normal form, each strategy named by its actions: "in/fight".

        Parameters
        ----------
        reduced : bool
            Leave out what a strategy itself keeps from being reached (Kohlberg and Mertens 1986
            call strategies that differ in it equivalent).

        Raises
        ------
        TooLargeError
        """
        return tree_strategies.normal_form(self, reduced=reduced)

    @arg.validate(profile=arg.mapping)
    def behaviour(self, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
        """Behaviour strategies equivalent to mixed strategies of the reduced normal form.

        Parameters
        ----------
        profile : mapping of player to a strategy, or to a mix of strategies
        """
        return tree_strategies.behaviour(self, profile)

    @arg.validate(profile=arg.mapping)
    def mixture(self, profile: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
        """Mixed strategies of the reduced normal form equivalent to behaviour strategies."""
        return tree_strategies.mixture(self, profile)

    @arg.validate(profile=arg.mapping, player=arg.text)
    def best_replies(self, profile: Mapping[str, Any], player: str) -> dict[str, Boolean]:
        """A player's best replies among its reduced strategies, each with its condition.

        Examples
        --------
        >>> game = TreeBuilder("1", "2").move("1", ["L", "R"]).move("2", ["l", "r"], "L")
        >>> game = game.payoffs("R", 2, 2).payoffs("L/l", 0, 0).payoffs("L/r", "a", 1).build()
        >>> game.best_replies({"1": "L", "2": "r"}, "1")
        {'L': a >= 2, 'R': a <= 2}
        """
        self._check_player(player)
        return tree_strategies.best_replies(self, profile, player)

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, each with the exact condition under which it exists.

        What is played with positive probability names an equilibrium. Ties and continua are
        families: ``free`` holds the probabilities and, where play does not arrive, the beliefs
        that are not determined, ``where`` their range.

        Parameters
        ----------
        concept : {"subgame perfect", "perfect Bayesian", "sequential", "Nash"}, optional
            By default the first under perfect information, otherwise the second.

        Raises
        ------
        TooLargeError
            More choices of supports than can be searched.
        SpaceError
            What is given of the symbols contradicts itself.
        DoesNotExistError
            A payoff is not a real number on all of the space.
        UnsupportedError
            "sequential" where the probability of a chance move may be zero.
        """
        concept = self._concept(concept)
        if self._has_functions:
            return self._solve_with_functions(concept)
        self._check_solvable()
        return equilibria(self, concept)

    def _concept(self, name: str | None) -> str:
        if name is None and not self.is_of_perfect_information:
            return "perfect Bayesian"
        return super()._concept(name)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The obligations that the solution concept imposes on the equilibrium."""
        beliefs, concept = equilibrium.beliefs, equilibrium.concept
        return self._concept_obligations(equilibrium.profile, beliefs, concept, equilibrium.space)

    def _concept_obligations(
        self, profile: Any, beliefs: Any, concept: str, space: Space
    ) -> tuple[Obligation, ...]:
        if concept == "subgame perfect":
            return subgame_obligations(self.root, profile)
        result = obligations(self.root, (profile, beliefs), perfect=concept != "Nash")
        if concept == "sequential":
            check_chances(self.root, space)
            result += consistency_obligations(self.root, (profile, beliefs), space)
        return result

    @arg.validate(profile=arg.mapping, beliefs=arg.optional(arg.mapping), concept=arg.text)
    def verify_assessment(
        self,
        profile: Mapping[str, Any],
        beliefs: Mapping[str, Any] | None = None,
        concept: str = "perfect Bayesian",
    ) -> Verification:
        """Verify an assessment, that is a profile with beliefs; failures are named.

        Parameters
        ----------
        profile : mapping of information set to an action, or to a mix of actions
        beliefs : mapping of information set to a node, or to the probability of each node
            What is left out is what Bayes' rule gives; where it gives nothing the check fails.
        concept : str

        Examples
        --------
        >>> game = TreeBuilder("1", "2").move("1", ["L", "R"]).move("2", ["l", "r"], "L")
        >>> game = game.payoffs("R", 2, 2).payoffs("L/l", 0, 0).payoffs("L/r", 3, 1).build()
        >>> game.verify_assessment({"1": "R", "2": "l"}, concept="Nash").verdict
        'proved'
        >>> game.verify_assessment({"1": "R", "2": "l"}).failures
        ('at 2: r gains nothing',)
        """
        concept = super()._concept(concept)
        strategies = self.mixes(profile)
        full_beliefs = bayesian_beliefs(self.root, strategies) | self._beliefs(
            {} if beliefs is None else beliefs
        )
        conditions = self._concept_obligations(strategies, full_beliefs, concept, self.space)
        return Verification.of(conditions, self.space)

    def _beliefs(self, beliefs: Mapping[str, Any]) -> dict[str, dict[str, Expr]]:
        for name in beliefs:
            arg.one_of("information set", name, self.information_sets)
        return {
            name: mixed_strategy(
                name, belief, tuple(m.node for m in self.information_sets[name]), "beliefs"
            )
            for name, belief in beliefs.items()
        }

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        return _named_payoffs(self.root)

    def _parts(self) -> tuple[object, ...]:
        return self.players, self.root

    def __repr__(self) -> str:
        names = ", ".join(s.name for s in self.symbols)
        size = f"{len(self.information_sets)} information sets"
        players = ", ".join(self.players)
        return f"<game tree of {players}: {size}{f', in {names}' if names else ''}>"


def _symbols(root: Node) -> list[Symbol]:
    """Every symbol of the tree."""
    symbols: set[Symbol] = set()
    for node in chain(*levels(root)):
        payoffs = node.payoffs.values() if isinstance(node, Outcome) else ()
        probabilities = (p for _, p, _ in node.branches) if isinstance(node, Chance) else ()
        symbols |= {s for e in (*payoffs, *probabilities) for s in e.free_symbols}
    return sorted(symbols, key=str)


def _named_payoffs(node: Node, history: tuple[str, ...] = ()) -> Iterator[tuple[str, Expr]]:
    if isinstance(node, Outcome):
        location = "/".join(history) or "the start"
        yield from ((f"payoff of {p} after {location}", v) for p, v in node.payoffs.items())
        return
    for label, *_, child in edges(node):
        yield from _named_payoffs(child, (*history, label))
