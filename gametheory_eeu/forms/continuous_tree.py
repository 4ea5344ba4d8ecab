"""Games in extensive form in which moves may be real numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.forms import tree_solution
from gametheory_eeu.forms.continuous_moves import check_numbers, read_nodes
from gametheory_eeu.forms.game_form import GameForm, check_defined, check_nonempty
from gametheory_eeu.forms.tree_values import Strategies, obligations
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.solvers.moves import (
    Decision,
    Draw,
    End,
    Nodes,
    RealChoice,
    known_numbers,
    members,
    symbols_of,
)


class ContinuousTree(GameForm):
    """A game in extensive form in which players or nature may choose real numbers.

    Write one with :meth:`~gametheory_eeu.forms.ExtensiveForm.builder`, whose ``choose`` and
    ``draw`` add such moves.

    **Concept.** "subgame perfect": every move is best after everything that may have been chosen
    before, whether or not it is on the path. A player who does not know what nature drew chooses
    against its distribution; since nobody moves on what an informed player has done without knowing
    what they knew, no beliefs beyond that are needed.

    Parameters
    ----------
    nodes : mapping of history to node
        Nodes of ``gametheory_eeu.solvers.moves``.
    players : sequence of str
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the parameters.
    title : str

    Raises
    ------
    ParameterError
        A history without a node, a payoff missing, a number chosen twice or used before it is
        chosen, an empty range, a distribution that is none.

    Notes
    -----
    Equilibria are in pure strategies. Where somebody is indifferent on the path, the tie-break is
    a result: each that supports a best choice gives an equilibrium, and its ``note`` says so.
    Off the path any tie-break does, and one is given.

    Examples
    --------
    A take-it-or-leave-it offer: the responder keeps what is left, or its outside option w.

    >>> from gametheory_eeu import ExtensiveForm
    >>> game = (
    ...     ExtensiveForm.builder("A", "B", given="0 < w and w < 1")
    ...     .choose("A", "x", between=(0, 1))
    ...     .move("B", ["accept", "reject"], after="x")
    ...     .payoffs("x/accept", "x", "1 - x")
    ...     .payoffs("x/reject", 0, "w")
    ...     .build()
    ... )
    >>> offer = game.solve()[0]
    >>> offer.choices["x"], offer.profile["B"]["accept"]
    (1 - w, Piecewise((1, w + x <= 1), (0, True)))
    >>> offer.note
    'B is indifferent and plays accept: otherwise x would not be best'
    >>> bool(offer.verify())
    True
    """

    concepts: ClassVar[tuple[str, ...]] = ("subgame perfect",)

    nodes: Nodes

    def __init__(
        self, nodes: Nodes, players: Sequence[str], *, given: object = (), title: str = ""
    ) -> None:
        players = arg.names("players", players)
        nodes = read_nodes(nodes, players)
        used = {s for node in nodes.values() for s in symbols_of(node)}
        space = check_numbers(nodes, Space.of(given, symbols=sorted(used, key=str)))
        self._set_parts(space, title, nodes=nodes, _players=players)

    @property
    def players(self) -> tuple[str, ...]:
        """The players in order, without chance."""
        names: tuple[str, ...] = self.__dict__["_players"]
        return names

    @cached_property
    def information_sets(self) -> Mapping[str, Decision | RealChoice]:
        """What is to be decided at each information set, those nearer to the start first."""
        first = {name: histories[0] for name, histories in members(self.nodes).items()}
        nodes = {name: self.nodes[history] for name, history in first.items()}
        return FrozenMapping(
            {k: node for k, node in nodes.items() if isinstance(node, Decision | RealChoice)}
        )

    @cached_property
    def actions(self) -> Mapping[str, tuple[str, ...]]:
        """The actions at each information set with finitely many."""
        sets = self.information_sets.items()
        return FrozenMapping({k: node.actions for k, node in sets if isinstance(node, Decision)})

    @property
    def numbers(self) -> tuple[Symbol, ...]:
        """The real numbers that are chosen or drawn."""
        return tuple(dict.fromkeys(node.number for node in self._number_nodes))

    @property
    def _number_nodes(self) -> list[RealChoice | Draw]:
        return [node for node in self.nodes.values() if isinstance(node, RealChoice | Draw)]

    def known(self, information_set: str) -> tuple[Symbol, ...]:
        """The real numbers known at an information set."""
        name = arg.one_of("information set", information_set, self.information_sets)
        return known_numbers(self.nodes, members(self.nodes)[name][0])

    def history_space(self, information_set: str, condition: Boolean = sp.true) -> Space:
        """The parameters and the numbers known at an information set, each in its range."""
        known = self.known(information_set)
        ranges = [self.range_of(s.name) for s in known]
        return Space.of(self.space, condition, *ranges, symbols=known)

    @arg.validate(number=arg.text)
    def range_of(self, number: str) -> Boolean:
        """The condition that a real number, by its name, is in the range it is from."""
        name = arg.one_of("number", number, [s.name for s in self.numbers])
        return next(node.bounds for node in self._number_nodes if node.number.name == name)

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every subgame-perfect equilibrium in pure strategies, each with its exact condition.

        Raises
        ------
        SpaceError
            What is given of the parameters contradicts itself.
        DoesNotExistError
            A payoff that is not a real number on all of the ranges.
        UnsupportedError
            A move by somebody who sees what an informed player did, but not what they knew.
        TooLargeError
            Too many cases.
        """
        concept = self._concept(concept)
        self._check_size()
        check_nonempty(self.space)
        ranges = [self.range_of(s.name) for s in self.numbers]
        check_defined(self._named_payoffs(), Space.of(self.space, *ranges, symbols=self.numbers))
        return tree_solution.solve(self, concept)

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player.

        Parameters
        ----------
        profile : mapping
            By information set of finitely many actions, an action or the probability of each; by
            the name of a continuous choice, a number or an expression in what is known there.
        player : str
        """
        self._check_player(player)
        symbols = {s.name: s for s in (*self.symbols, *self.numbers)}
        strategies = Strategies.read(self.actions, self.information_sets, profile, symbols)
        return strategies.value(self, (), player)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """What an equilibrium must obey: at every information set, no other move gains anything."""
        strategies = Strategies(equilibrium.profile, self._responses(equilibrium))
        return tuple(obligations(self, strategies))

    def _responses(self, equilibrium: Equilibrium) -> Mapping[Symbol, Expr]:
        by_name = {s.name: s for s in self.numbers}
        return {by_name[name]: value for name, value in equilibrium.responses.items()}

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        nodes = {history: node.at(point) for history, node in self.nodes.items()}
        return {"nodes": FrozenMapping(nodes), "_players": self.players}

    def _payoff_symbols(self) -> set[Symbol]:
        used = {s for node in self.nodes.values() for s in symbols_of(node)}
        return used - set(self.numbers)

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        for history, node in self.nodes.items():
            if isinstance(node, End):
                place = "/".join(history)
                yield from ((f"payoff of {p} after {place}", v) for p, v in node.payoffs.items())

    def _parts(self) -> tuple[object, ...]:
        return self.players, self.nodes

    def __repr__(self) -> str:
        names = ", ".join(s.name for s in self.symbols)
        numbers = ", ".join(s.name for s in self.numbers)
        players = ", ".join(self.players)
        return f"<game tree of {players} with {numbers}{f', in {names}' if names else ''}>"
