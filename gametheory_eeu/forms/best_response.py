"""Best responses in continuous choices, in cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.forms.choice_equilibria import place_name
from gametheory_eeu.solvers.active_sets import (
    ActiveSetSearch,
    ChoiceEquilibrium,
    UnsolvedActiveSet,
)
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value

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
    own = set(agent.own)
    relevant = [c for c in game.choice_space.constraints if own.isdisjoint(c.free_symbols)]
    space = Space(tuple(s for s in game.choice_space.symbols if s not in own), tuple(relevant))
    search = ActiveSetSearch((agent,), space)
    solutions = list(search.solutions())
    unsolved = [s.condition for s in solutions if isinstance(s, UnsolvedActiveSet)]
    complete = prover.simplify(sp.Not(sp.Or(*unsolved)), space) if unsolved else sp.true
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


__all__ = ["BestResponse", "ResponseCase", "best_response"]
