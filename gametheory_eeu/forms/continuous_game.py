"""Games in which players choose real numbers at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Self

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.forms import choice_equilibria
from gametheory_eeu.forms.best_response import (
    BestResponse,
    FirstOrderConditions,
    best_response,
    first_order_conditions,
)
from gametheory_eeu.forms.choice_input import (
    ChoiceInput,
    Types,
    TypesInput,
    players_by_type,
    read_parts,
    type_probabilities,
)
from gametheory_eeu.forms.game_form import GameForm, check_defined, check_nonempty
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.prover.functions import mentions
from gametheory_eeu.solvers.mixed_intervals import RankPayoff
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, Curvature


class ContinuousGame(GameForm):
    """A game in which each player chooses one or more real numbers, all at once.

    Parameters
    ----------
    payoffs : mapping of player to payoff
        Text, numbers or SymPy expressions in the choices and any other symbols, the parameters:
        polynomials, quotients, logarithms, and ``Min``, ``Max``, ``Abs`` and ``Piecewise`` of them.
        One player alone is a decision problem.
    choices : mapping of player to range, or to a list of ranges
        Text or a SymPy relation that names the choice and bounds it: ``"x >= 0"``,
        ``"0 <= x <= C"``; the symbol alone where any real number may be chosen. Ends are
        expressions in the parameters.
    others : mapping of choice to symbol, optional
        For equal players of whom one is written down: to the own choice, the symbol that the payoff
        uses for what *each* of the others chooses. Their number may be a symbol.
    types : mapping of player to mapping of type to probability, optional
        What only the player knows. The payoff of such a player may be a mapping of type to payoff;
        every type is a player "player, type" with a choice of its own, "q_1_low" for q_1.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the parameters.
    title : str

    Raises
    ------
    ParameterError
        A range that is empty or no range, a choice made twice or used by nobody, a player without
        one.

    Notes
    -----
    Every pure equilibrium is found: at one, each choice is at an end of its range, at a breakpoint
    of the payoff, or where the derivative is zero; all solutions of all these combinations are
    followed, and kept where no deviation pays. Where that was not settled for one of them,
    ``complete_where`` is false and ``why`` names it.

    Examples
    --------
    Two firms choose quantities (Cournot 1838):

    >>> game = ContinuousGame(
    ...     {"firm 1": "(a - q_1 - q_2 - c_1)*q_1", "firm 2": "(a - q_1 - q_2 - c_2)*q_2"},
    ...     choices={"firm 1": "q_1 >= 0", "firm 2": "q_2 >= 0"},
    ...     given="0 < c_1 < a and 0 < c_2 < a")
    >>> solution = game.solve()
    >>> solution.names
    ('interior', 'q_1 = 0', 'q_2 = 0')
    >>> solution["interior"].choices["q_1"]
    (a - 2*c_1 + c_2)/3
    >>> bool(solution["interior"].verify())
    True

    Any number of equal contestants for a prize (Tullock 1980):

    >>> contest = ContinuousGame(
    ...     {"each": "v*x/(x + (n - 1)*y) - x"}, choices={"each": "x > 0"}, others={"x": "y"},
    ...     given="v > 0 and n >= 2")
    >>> contest.solve()["interior"].choices["x"]
    v*(n - 1)/n**2

    A firm whose cost only it knows:

    >>> game = ContinuousGame(
    ...     {"1": {"low": "(1 - q_1 - q_2)*q_1", "high": "(1 - q_1 - q_2 - c)*q_1"},
    ...      "2": "(1 - q_1 - q_2)*q_2"},
    ...     choices={"1": "q_1 >= 0", "2": "q_2 >= 0"},
    ...     types={"1": {"low": "p", "high": "1 - p"}}, given="0 < c < 1/4 and 0 < p < 1")
    >>> game.solve()["interior"].choices["q_2"]
    -(c*p - c - 1)/3
    """

    payoffs: Mapping[str, Expr]
    choices: Mapping[str, tuple[ChoiceRange, ...]]
    others: Mapping[Symbol, Symbol]
    types: Types

    def __init__(
        self,
        payoffs: Mapping[str, object],
        choices: Mapping[str, ChoiceInput],
        *,
        others: Mapping[str | Symbol, str | Symbol] | None = None,
        types: TypesInput | None = None,
        given: object = (),
        title: str = "",
    ) -> None:
        known_types: Types = FrozenMapping()
        if types is not None:
            typed = players_by_type(payoffs, choices, types, given)
            payoffs, choices, given = typed.payoffs, typed.choices, typed.given
            known_types = typed.types
        parts = read_parts(payoffs, choices, {} if others is None else others, given)
        self._set_parts(
            parts.space, title, payoffs=parts.payoffs, choices=parts.choices, others=parts.others,
            types=known_types,
        )  # fmt: skip

    @property
    def concepts(self) -> tuple[str, ...]:
        """Nash, or with types Bayesian Nash; the symmetric one; and mixed where ranks decide."""
        if self.types:
            return ("Bayesian Nash",)
        mixed = () if self.rank_payoffs is None else (choice_equilibria.MIXED,)
        return ("Nash", "symmetric Nash", *mixed)

    @cached_property
    def rank_payoffs(self) -> tuple[RankPayoff, RankPayoff] | None:
        """Two players' payoffs that turn on whose choice is the higher; None of other games."""
        return choice_equilibria.rank_payoffs(self)

    @arg.validate(types=type_probabilities)
    def with_types(self, types: Types) -> Self:
        """The same game, its players read as types of players: as a file holds it."""
        return self._with_parts(
            self.space, payoffs=self.payoffs, choices=self.choices, others=self.others, types=types
        )

    @property
    def players(self) -> tuple[str, ...]:
        """The players in order."""
        return tuple(self.payoffs)

    @cached_property
    def ranges(self) -> Mapping[str, ChoiceRange]:
        """Every choice's range, by the choice's name."""
        return FrozenMapping(
            {r.symbol.name: r for player_ranges in self.choices.values() for r in player_ranges}
        )

    @property
    def chosen(self) -> tuple[Symbol, ...]:
        """The symbols of all choices, and of what each of the other equal players chooses."""
        return (*(r.symbol for r in self.ranges.values()), *self.others.values())

    @cached_property
    def choice_space(self) -> Space:
        """The parameters and every choice, each in its range."""
        ranges = [(r, r.symbol) for r in self.ranges.values()]
        ranges += [(self.ranges[x.name], other) for x, other in self.others.items()]
        symbols = [symbol for _, symbol in ranges]
        return Space.of(self.space, *(r.contains(s) for r, s in ranges), symbols=symbols)

    @cached_property
    def agents(self) -> tuple[Agent, ...]:
        """The players as the solver sees them."""
        return tuple(
            Agent(player, payoff, self.choices[player], self.choice_space)
            for player, payoff in self.payoffs.items()
        )

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        def at(values: Mapping[str, Expr]) -> FrozenMapping[str, Expr]:
            return FrozenMapping({key: substitute(v, point) for key, v in values.items()})

        choices = {p: tuple(r.at(point) for r in group) for p, group in self.choices.items()}
        return {
            "payoffs": at(self.payoffs),
            "choices": FrozenMapping(choices),
            "others": self.others,
            "types": FrozenMapping({player: at(types) for player, types in self.types.items()}),
        }

    def _payoff_symbols(self) -> set[Symbol]:
        return super()._payoff_symbols() - set(self.chosen)

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        for player, payoff in self.payoffs.items():
            yield f"payoff of {player}", payoff

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The payoff of a player, given the value of every choice by its name."""
        self._check_player(player)
        return substitute(self.payoffs[player], self._values(profile))

    def _values(self, profile: Mapping[str, Any]) -> dict[Symbol, Expr]:
        """Values of the choices, each of the others' like an own one unless it is given."""
        names = {name: r.symbol for name, r in self.ranges.items()}
        names |= {s.name: s for s in self.others.values()}
        values: dict[Symbol, Expr] = {}
        for name, value in arg.mapping("profile", profile, "a value for every choice").items():
            if str(name) not in names:
                raise UnknownNameError("choice", str(name), names)
            values[names[str(name)]] = exact(value, str(name))
        for x, other in self.others.items():
            if x in values:
                values.setdefault(other, values[x])
        missing = [name for name, symbol in names.items() if symbol not in values]
        if missing:
            raise ParameterError("profile", dict(profile), f"a value for {', '.join(missing)}, too")
        return values

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every pure equilibrium, corners included, each with its exact condition.

        ``"symmetric Nash"``, or ``"symmetric"``: those in which equal players choose alike.
        ``"mixed Nash"``, of two players whose payoffs turn on whose choice is the higher: those in
        which both mix over one interval, see ``Equilibrium.distributions``.

        Raises
        ------
        SpaceError
            What is given of the parameters contradicts itself.
        DoesNotExistError
            A payoff that is not a real number on all of the ranges, or that grows without bound
            in a player's own choice.
        UnsupportedError
            Symmetric equilibria of players who are not equal.
        TooLargeError
            Too many combinations of ends, or cases.
        """
        if isinstance(concept, str) and concept in ("symmetric", "mixed"):
            concept = f"{concept} Nash"
        concept = self._concept(concept)
        self._check_payoffs()
        if concept == choice_equilibria.MIXED:
            return choice_equilibria.solve_mixed(self)
        return choice_equilibria.solve(self, concept)

    def _check_payoffs(self) -> None:
        if mentions(*self.payoffs.values()):
            raise UnsupportedError(
                "payoffs with unspecified functions have no equilibria in closed form; read "
                ".first_order_conditions(), which are exact where payoffs are concave, and "
                "comparative_statics(game)"
            )
        self._check_size()
        check_nonempty(self.space)
        check_defined(self._named_payoffs(), self.choice_space)
        for agent in self.agents:
            for choice in agent.ranges:
                direction = choice_equilibria.growth(agent, choice)
                if direction:
                    raise DoesNotExistError(
                        f"the payoff of {agent.name} grows without bound as {choice.symbol} "
                        f"{direction}: no choice is best; bound {choice.symbol} in choices="
                    )

    @arg.validate(player=arg.text)
    def best_response(self, player: str) -> BestResponse:
        """A player's best choices against any choices of the others, in cases.

        Each case holds under a condition on the parameters and on the others' choices, and is a
        global maximum there.

        Examples
        --------
        >>> game = ContinuousGame({"A": "x*(1 - x - y)", "B": "y*(1 - x - y)"},
        ...                       choices={"A": "0 <= x <= 1", "B": "0 <= y <= 1"})
        >>> [(case.name, case.choices["x"]) for case in game.best_response("A")]
        [('interior', 1/2 - y/2), ('x = 0', 0)]
        """
        self._check_player(player)
        self._check_payoffs()
        return best_response(self, player)

    @arg.validate(player=arg.text)
    def second_order(self, player: str) -> Curvature:
        """The shape of a player's payoff in their own choices: concave, quasi-concave, or neither.

        Examples
        --------
        >>> game = ContinuousGame({"A": "x*(1 - x - y)", "B": "y*(1 - x - y)"},
        ...                       choices={"A": "0 <= x <= 1", "B": "0 <= y <= 1"})
        >>> game.second_order("A")
        <A's payoff in their own choice: concave (proved)>
        """
        self._check_player(player)
        return next(agent.curvature for agent in self.agents if agent.name == player)

    def first_order_conditions(self) -> FirstOrderConditions:
        """The conditions that choices at an equilibrium obey, solved or not.

        Each choice is inside its range with a marginal payoff of zero, or at an end that the
        marginal payoff points out of. Where every payoff is concave in the own choices, these are
        the equilibria. Payoffs may have unspecified functions.

        Raises
        ------
        UnsupportedError
            Payoffs with ``Max``, ``Min``, ``Abs`` or ``Piecewise``.

        Examples
        --------
        >>> import sympy as sp
        >>> from gametheory_eeu import function
        >>> x, p, w = sp.symbols("x p w", real=True)
        >>> f = function("f", increasing=True, concave=True)
        >>> game = ContinuousGame({"firm": p*f(x) - w*x}, choices={"firm": "x >= 0"},
        ...                       given="p > 0 and w > 0")
        >>> conditions = game.first_order_conditions()
        >>> conditions["firm", "x = 0"].condition
        Eq(x, 0) & (p*f'(0) - w <= 0)
        >>> conditions.sufficient, conditions.verify().verdict
        (True, 'proved')
        """
        return first_order_conditions(self)

    def continuous_choices(self) -> tuple[Mapping[str, Expr], Mapping[str, Symbol], Space]:
        """Payoffs, one choice a player, and the space of parameters and choices.

        Raises
        ------
        UnsupportedError
            Several choices of one player, or one player who stands for many.
        """
        if self.others or any(len(group) > 1 for group in self.choices.values()):
            raise UnsupportedError(
                "monotone statics are of players with one choice each, all of them written down"
            )
        own = {player: group[0].symbol for player, group in self.choices.items()}
        return self.payoffs, own, self.choice_space

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The obligations of an equilibrium: each choice in its range, and no better one."""
        if equilibrium.distributions:
            return tuple(choice_equilibria.mixed_obligations(self, equilibrium))
        return tuple(self._obligations(equilibrium))

    def _obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        values = self._values(equilibrium.choices)
        for name, choice in self.ranges.items():
            is_inside = choice.contains(values[choice.symbol])
            if is_inside != sp.true:
                yield Obligation(f"{name} is in its range", is_inside)
        for player, payoff in self.payoffs.items():
            deviation = {
                r.symbol: sp.Dummy(f"{r.symbol.name}'", real=True) for r in self.choices[player]
            }
            reach = [b for r in self.choices[player] for b in r.bounds(deviation[r.symbol])]
            gain = substitute(payoff, {**values, **deviation}) - substitute(payoff, values)
            claim: Boolean = sp.Or(*map(sp.Not, reach), sp.Le(gain, 0))
            names = " and ".join(x.name for x in deviation)
            yield Obligation(f"{player}: no other {names} gains anything", claim)

    def _parts(self) -> tuple[object, ...]:
        return self.payoffs, self.choices, self.others, self.types

    def __repr__(self) -> str:
        ranges = ", ".join(map(str, self.ranges.values()))
        names = ", ".join(s.name for s in self.symbols)
        return f"<game in {ranges} of {', '.join(self.players)}{f' in {names}' if names else ''}>"
