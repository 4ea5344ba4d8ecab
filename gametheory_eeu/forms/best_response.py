"""Best responses in continuous choices, in cases, and first-order conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms.choice_equilibria import place_name
from gametheory_eeu.games import Obligation, Verification
from gametheory_eeu.prover.functions import OutsideDomainError
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.solvers.active_sets import ActiveSetSearch, ChoiceEquilibrium, UnsolvedActiveSet
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, Curvature, Place
from gametheory_eeu.solvers.readable import complement, simplify_condition, simplify_value

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_game import ContinuousGame


@dataclass(frozen=True)
class ResponseCase(Picklable):
    """A case of a best response: the choices, and the condition under which they are best.

    Parameters
    ----------
    name : str
        Where the choices are: "interior", or the ends they are at.
    choices : mapping of choice's name to its value
        In the parameters and the others' choices.
    condition : SymPy Boolean
    free : tuple of SymPy symbols
        Own choices that are all equally good, within ``where``.
    where : SymPy Boolean
    """

    name: str
    choices: Mapping[str, Expr]
    condition: Boolean
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true


@dataclass(frozen=True, repr=False)
class BestResponse(Displayable):
    """A player's best choices against all choices of the others.

    Parameters
    ----------
    player : str
    cases : tuple of ResponseCase
    space : Space
        Of the parameters and the others' choices.
    complete_where : SymPy Boolean
        Where every best choice is among the cases.
    """

    player: str
    cases: tuple[ResponseCase, ...]
    space: Space
    complete_where: Boolean

    def __iter__(self) -> Iterator[ResponseCase]:
        return iter(self.cases)

    def __len__(self) -> int:
        return len(self.cases)

    def __getitem__(self, key: int | str) -> ResponseCase:
        return arg.lookup("case", self.cases, key, lambda case: (case.name,))

    def __repr__(self) -> str:
        return f"<best response of {self.player} in {len(self)} cases>"


def best_response(game: ContinuousGame, player: str) -> BestResponse:
    """The best choices of one player, with the others' choices as parameters."""
    agent = next(agent for agent in game.agents if agent.name == player)
    own, whole = set(agent.own), game.choice_space
    relevant = (c for c in whole.constraints if own.isdisjoint(c.free_symbols))
    space = Space(tuple(s for s in whole.symbols if s not in own), tuple(relevant))
    search = ActiveSetSearch((agent,), space)
    solutions = list(search.solutions())
    unsolved = [s.condition for s in solutions if isinstance(s, UnsolvedActiveSet)]
    complete = complement(unsolved, space)
    cases = []
    for solution in solutions:
        if not isinstance(solution, ChoiceEquilibrium):
            continue
        condition = simplify_condition(solution.condition, space)
        if condition != sp.false:
            choices = FrozenMapping({x.name: simplify_value(v) for x, v in solution.values.items()})
            where = simplify_condition(solution.where, Space.of(space, symbols=solution.free))
            name = place_name(solution.places, {r.symbol: r for r in agent.ranges})
            cases.append(ResponseCase(name, choices, condition, solution.free, where))
    return BestResponse(player, tuple(cases), space, complete)


@dataclass(frozen=True)
class FirstOrderCase(Picklable):
    """Where the choices of a player are, and the condition under which they may be best there.

    Parameters
    ----------
    player : str
    name : str
        "interior", or the ends that choices are at.
    condition : SymPy Boolean or None
        In all choices and the parameters; None where a marginal payoff has no value at an end.
    choices : tuple of pairs of symbol and expression
        The player's choices; one inside its range is itself.
    """

    player: str
    name: str
    condition: Boolean | None
    choices: tuple[tuple[Symbol, Expr], ...]


@dataclass(frozen=True, repr=False)
class FirstOrderConditions(Displayable):
    """The first-order conditions of every player, in cases.

    Parameters
    ----------
    cases : tuple of FirstOrderCase
        Those of a player exclude each other; one of them holds at every equilibrium.
    curvatures : tuple of Curvature
        Of each payoff in the player's own choices: where it is concave, or has one peak, the cases
        suffice.
    game : ContinuousGame
    """

    cases: tuple[FirstOrderCase, ...]
    curvatures: tuple[Curvature, ...]
    game: ContinuousGame

    def __iter__(self) -> Iterator[FirstOrderCase]:
        return iter(self.cases)

    def __len__(self) -> int:
        return len(self.cases)

    def __getitem__(self, key: tuple[str, str]) -> FirstOrderCase:
        """A case by (player, name)."""
        return arg.lookup("case", self.cases, key, lambda case: [(case.player, case.name)])

    @property
    def sufficient(self) -> bool:
        """Whether the conditions are those of equilibria: payoffs are proved to have one peak."""
        return all(c.shape != "unknown" for c in self.curvatures)

    @property
    def condition(self) -> Boolean | None:
        """The condition on all choices: necessary for an equilibrium, exact where it suffices.

        None where that of a case is not known.
        """
        if any(case.condition is None for case in self.cases):
            return None
        players = dict.fromkeys(case.player for case in self.cases)
        return sp.And(
            *(sp.Or(*(c.condition for c in self.cases if c.player == p)) for p in players)
        )

    def verify(self) -> Verification:
        """Check that in each case no other choice gains: against the payoffs, not by concavity."""
        results = []
        for case in self.cases:
            if case.condition is not None:
                claim, given = _no_gain(self.game, case)
                proof = prover.prove(claim, given=given)
                obligation = Obligation(f"{case.player}, {case.name}: no other gains", claim)
                results.append((obligation, proof))
        return Verification(tuple(results))

    def __repr__(self) -> str:
        known = "exact" if self.sufficient and self.condition is not None else "necessary"
        return f"<first-order conditions in {len(self)} cases: {known}>"


def first_order_conditions(game: ContinuousGame) -> FirstOrderConditions:
    """The first-order conditions of a game.

    At an equilibrium each choice is inside its range with a marginal payoff of zero, or at an end
    that the marginal payoff points out of (Karush 1939; Kuhn and Tucker 1951). Where each payoff
    is concave in the player's own choices these conditions suffice: they are the equilibria,
    whether or not they can be solved, of unspecified functions too.
    """
    if any(payoff.has(*CASE_FUNCTIONS) for payoff in game.payoffs.values()):
        raise UnsupportedError("payoffs in pieces have no single first-order condition")
    cases = tuple(case for agent in game.agents for case in _cases(game, agent))
    return FirstOrderConditions(cases, tuple(agent.curvature for agent in game.agents), game)


def _cases(game: ContinuousGame, agent: Agent) -> Iterator[FirstOrderCase]:
    ranges = {r.symbol: r for r in agent.ranges}
    for places in product(*(_places(r) for r in agent.ranges)):
        named = dict(zip(agent.own, places, strict=True))
        values = {x: _value(ranges[x], place) for x, place in named.items()}
        name = place_name(named, ranges)
        choices = tuple(values.items())
        yield FirstOrderCase(agent.name, name, _condition(game, agent, named, values), choices)


def _places(choice: ChoiceRange) -> list[Place]:
    ends: list[Place] = ["low"] if choice.has_low else []
    return ["inside", *ends, *(["high"] if choice.has_high else [])]  # type: ignore[list-item]


def _value(choice: ChoiceRange, place: Place) -> Expr:
    return {"low": choice.low, "high": choice.high}.get(place, choice.symbol)


def _condition(
    game: ContinuousGame, agent: Agent, places: dict[Symbol, Place], values: dict[Symbol, Expr]
) -> Boolean | None:
    """The conditions on the choices of one player, those of equal players being the same."""
    ties = {other: values.get(x, x) for x, other in game.others.items()}
    parts: list[Boolean] = []
    for choice in agent.ranges:
        x, place = choice.symbol, places[choice.symbol]
        try:
            slope = agent.derivatives[x].xreplace({**values, **ties})
        except OutsideDomainError:  # of an unspecified function, at an end of its domain
            return None
        if place == "inside":
            parts += [choice.interior(x), sp.Eq(slope, 0)]
        else:
            parts += [sp.Eq(x, values[x]), sp.Le(slope, 0) if place == "low" else sp.Ge(slope, 0)]
    return sp.And(*parts)


def _no_gain(game: ContinuousGame, case: FirstOrderCase) -> tuple[Boolean, Space]:
    """The claim that no other choices of a player gain, and what is given where it is made."""
    agent = next(agent for agent in game.agents if agent.name == case.player)
    values = dict(case.choices)
    ties = {other: values.get(x, x) for x, other in game.others.items()}
    other = {x: sp.Dummy(f"{x.name}'", real=True) for x in agent.own}
    gain = agent.payoff.xreplace({**ties, **other}) - agent.payoff.xreplace({**ties, **values})
    reach = [b for r in agent.ranges for b in r.bounds(other[r.symbol])]
    fixed = {x: v for x, v in values.items() if v != x}
    known = [c.xreplace({**ties, **fixed}) for c in game.choice_space.constraints]
    assert case.condition is not None
    condition = case.condition.xreplace(fixed)
    symbols = [s for s in game.choice_space.symbols if s not in fixed and s not in ties]
    given = Space.of(*known, condition, *reach, symbols=[*symbols, *other.values()])
    return sp.Le(gain, 0), given
