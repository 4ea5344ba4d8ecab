"""Targets of a sweep: a game, or an expression of a user's own, as a plan over its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Space, condition_at, parse, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.expressions import is_condition
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import check_expression
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
    short_repr,
)
from gametheory_eeu.games import Argument, EquilibriumSet, Game, Quantity
from gametheory_eeu.games.parameters import ValueReader
from gametheory_eeu.games.solvable import AbstractGame
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.sweeps.plan import Plan
from gametheory_eeu.sweeps.plan_builder import PlanBuilder, quantity_attributes

T = TypeVar("T")
SOLUTION_OUTPUTS = ("exists", "regime", "payoff", "probability", "choice_value")
_ALLOWED = "a game, a quantity of one, an expression or a condition (SymPy or text)"


class Target:
    """What is swept: its parameters by name, and the plan for some of its outputs."""

    title: str
    name: str

    def full_name(self, key: str) -> str:
        """A parameter's name, from its name or symbol."""
        raise NotImplementedError

    def plain_name(self, key: str) -> str:
        """The same, of a parameter with components too."""
        return self.full_name(key)

    def parameter(self, name: str) -> Parameter | None:
        """What is known of a parameter."""
        return None

    def at(self, values: Mapping[str, object]) -> Target:
        """The same at values for some parameters."""
        raise NotImplementedError

    def plan(self, names: Sequence[str], outputs: Sequence[str] | None) -> Plan:
        """The plan over the swept parameters."""
        raise NotImplementedError

    def solve_at(self, point: Mapping[Symbol, Expr]) -> EquilibriumSet:
        """The equilibria at one point."""
        raise NotImplementedError

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """What the result says of its origin."""
        return {"title": self.title}


def target_of(subject: object, concept: str | None = None, given: object = ()) -> Target:
    """The target that a user's argument stands for; of one game always the same."""
    if isinstance(subject, type) and issubclass(subject, Game):
        raise ParameterError("game", subject, _ALLOWED, f"Write {subject.__name__}()")
    has_domain = not (isinstance(given, tuple) and not given)
    if isinstance(subject, AbstractGame) or hasattr(subject, "argument_in"):
        if has_domain:
            raise ParameterError(
                "given", given, "nothing with a game, which has a domain of its own"
            )
        name = None if concept is None else arg.text("concept", concept)
        return _target_of_game(Itself(subject), name)
    if concept is not None:
        raise ParameterError("concept", concept, "None: only a game has solution concepts")
    if isinstance(subject, Quantity) and not has_domain:
        return _target_of_quantity(Itself(subject))
    return ExpressionTarget(subject, given)


@dataclass(frozen=True, eq=False)
class Itself(Generic[T]):
    """An object that equals itself only: an equal game may have other sources."""

    value: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=64)
def _target_of_game(subject: Itself[Any], concept: str | None) -> Target:
    game = subject.value
    if not isinstance(game, AbstractGame):
        game = game.argument_in()
    return GameTarget(game, concept) if isinstance(game, Game) else FormTarget(game, concept)


@lru_cache(maxsize=64)
def _target_of_quantity(subject: Itself[Quantity]) -> Target:
    return ExpressionTarget(subject.value)


@lru_cache(maxsize=64)
def target_at(target: Target, values: FrozenMapping[str, Expr | str]) -> Target:
    """A target at values for some parameters; the same for the same values."""
    return target.at(values) if values else target


@lru_cache(maxsize=64)
def plan_of(target: Target, names: tuple[str, ...], outputs: tuple[str, ...] | None) -> Plan:
    """A target's plan, made once for some parameters and outputs."""
    return target.plan(names, outputs)


class ExpressionTarget(Target):
    """An expression, a condition or a quantity, over its own symbols."""

    def __init__(self, subject: object, given: object = ()) -> None:
        space = Space.of(given)
        names = {s.name: s for s in space.symbols}
        self.quantity = subject if isinstance(subject, Quantity) else None
        exists: Boolean = sp.true
        if isinstance(subject, str):
            subject = parse(subject, known=names)
        if self.quantity is not None:
            subject, exists = self.quantity.expression, self.quantity.exists_when
        if not isinstance(subject, (sp.Expr, sp.logic.boolalg.Boolean)):
            raise ParameterError("game", subject, _ALLOWED)
        check_expression("game", subject)
        if functions := sorted(map(str, subject.atoms(sp.core.function.AppliedUndef))):
            raise ParameterError("game", subject, "known functions", f"Write {functions[0]} out")
        self.expression, self.exists = subject, exists
        self.space = Space.of(space, symbols=subject.free_symbols | exists.free_symbols)
        self.name = self.quantity.name if self.quantity else short_repr(subject)
        self.title = self.quantity.meaning if self.quantity else self.name

    def full_name(self, key: str) -> str:
        """The symbol's name."""
        return arg.one_of("symbol", key, [s.name for s in self.space.symbols])

    def at(self, values: Mapping[str, object]) -> ExpressionTarget:
        """The expression at values for some of its symbols."""
        point = self.space.point({self.full_name(k): v for k, v in values.items()})
        result = copy(self)
        at = condition_at if is_condition(self.expression) else substitute
        result.expression = at(self.expression, point)
        result.exists = condition_at(self.exists, point)
        result.space = self.space.subs(point)
        return result

    def plan(self, names: Sequence[str], outputs: Sequence[str] | None) -> Plan:
        """The value, or the truth, at each point."""
        if outputs is not None:
            raise ParameterError("outputs", list(outputs), "None: an expression has one value")
        symbols = {s.name: s for s in self.space.symbols if s.name in names}
        _refuse_leftover(self.expression.free_symbols | self.exists.free_symbols, symbols, self)
        domain = _domain(self.space, symbols.values())
        builder = PlanBuilder()
        if is_condition(self.expression):
            builder.add_truth("holds", self.expression, str(self.expression))
        else:
            name = self.quantity.name if self.quantity else "value"
            builder.add_value(name, self.expression, self.exists, self.about)
        return builder.plan(symbols, domain)

    @property
    def about(self) -> dict[str, str]:
        """The attributes of the value."""
        if self.quantity is None:
            return {"long_name": str(self.expression), "formula": sp.latex(self.expression)}
        return quantity_attributes(self.quantity)


class SolvableTarget(Target):
    """A game, over its open parameters: its quantities, and its equilibria where it is solved."""

    game: AbstractGame
    concept: str | None

    def plan(self, names: Sequence[str], outputs: Sequence[str] | None) -> Plan:
        """The plan at the game's values, the swept parameters left open."""
        symbols, game = self.opened(names)
        wanted, quantities = _outputs(game, outputs)
        builder = PlanBuilder()
        for quantity in quantities:
            self._add(quantity, builder, game, is_named=outputs is not None)
        if wanted & set(SOLUTION_OUTPUTS) and not isinstance(game, Argument):
            builder.add_solution(_solution(game, self.concept), wanted)
        plan = builder.plan(symbols, _domain(game.space, symbols.values()))
        leftover = set(game.space.symbols) if outputs is None else _used(plan)
        _refuse_leftover(leftover, symbols, self)
        return plan

    def opened(self, names: Sequence[str]) -> tuple[dict[str, Symbol], AbstractGame]:
        """The symbols of some parameters, and the game with these left open."""
        raise NotImplementedError

    def _add(
        self, quantity: Quantity, builder: PlanBuilder, game: AbstractGame, *, is_named: bool
    ) -> None:
        """Add a quantity; one that needs more than the parameters only where it is named."""
        needed = quantity.expression.free_symbols | quantity.exists_when.free_symbols
        beyond = needed - set(game.space.symbols)
        if not beyond:
            about = quantity_attributes(quantity)
            builder.add_value(quantity.name, quantity.expression, quantity.exists_when, about)
        elif is_named:
            left = ", ".join(sorted(s.name for s in beyond))
            raise DoesNotExistError(f"{quantity.name} needs {left}, which is no parameter here")


class GameTarget(SolvableTarget):
    """A game of declared parameters."""

    game: Game

    def __init__(self, game: Game, concept: str | None) -> None:
        self.game, self.concept = game, concept
        self.reader = ValueReader(type(game).parameters, game.members, type(game).__name__)
        self.title, self.name = repr(game), type(game).__name__

    def plain_name(self, key: str) -> str:
        """A parameter's name, of one with components too."""
        return self.reader.full_name(key)

    def full_name(self, key: str) -> str:
        """A parameter's name, a component's with its member."""
        name = self.plain_name(key)
        if name in self.reader.table:
            return name
        components = [row.name for row in self.reader.table if row.name.startswith(f"{name}.")]
        if not components:
            raise UnknownNameError(f"parameter of {self.name}", key, self.reader.table.names)
        raise ParameterError(
            name, "one grid", f"a grid of each component: {', '.join(components)}",
            "Sweep {'" + components[0] + "': […]}, or points that lie together",
        )  # fmt: skip

    def parameter(self, name: str) -> Parameter | None:
        """The parameter's row."""
        return self.reader.table[name]

    def at(self, values: Mapping[str, object]) -> GameTarget:
        """The game at values for some parameters."""
        return GameTarget(self.game.at(**dict(values)), self.concept)

    def opened(self, names: Sequence[str]) -> tuple[dict[str, Symbol], Game]:
        """The symbols of some parameters, and the game with these left open."""
        symbols = {name: self.reader.table[name].symbol for name in names}
        return symbols, self.game.at(**dict(symbols))

    def solve_at(self, point: Mapping[Symbol, Expr]) -> EquilibriumSet:
        """The equilibria at one point."""
        names = {row.symbol: row.name for row in self.reader.table}
        return self.game.at(**{names[s]: v for s, v in point.items()}).solve(self.concept)

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """The values that are kept, each with its source."""
        rows = [
            f"{name} = {value}: {self.game.parameters.sources[name]}"
            for name, value in self.game.given.items()
        ]
        return {
            "title": self.title,
            "calibration": self.game.calibration,
            "values": "\n".join(rows),
        }


class FormTarget(SolvableTarget):
    """A game in one of its forms, over the symbols that it was written in."""

    def __init__(self, game: AbstractGame, concept: str | None) -> None:
        self.game, self.concept = game, concept
        self.title = self.name = type(game).__name__

    def full_name(self, key: str) -> str:
        """The symbol's name."""
        return arg.one_of("parameter", key, [s.name for s in self.game.space.symbols])

    def at(self, values: Mapping[str, object]) -> FormTarget:
        """The game at values for some symbols."""
        return FormTarget(self.game.at(**dict(values)), self.concept)

    def opened(self, names: Sequence[str]) -> tuple[dict[str, Symbol], AbstractGame]:
        """The symbols of some parameters, and the game."""
        return {s.name: s for s in self.game.space.symbols if s.name in names}, self.game

    def solve_at(self, point: Mapping[Symbol, Expr]) -> EquilibriumSet:
        """The equilibria at one point."""
        return self.game.at(**{s.name: v for s, v in point.items()}).solve(self.concept)


@lru_cache(maxsize=64)
def _solution(game: AbstractGame, concept: str | None) -> EquilibriumSet:
    """The equilibria with symbols; none, and nowhere complete, where that is out of reach."""
    try:
        return game.solve(concept)
    except (UnsupportedError, TooLargeError) as error:
        return EquilibriumSet((), game, concept or "", "point by point", sp.false, str(error), True)


def _outputs(
    game: AbstractGame, outputs: Sequence[str] | None
) -> tuple[set[str], Iterable[Quantity]]:
    """The names of the outputs, and the quantities among them; of an argument no others."""
    if isinstance(game, Argument) and outputs is not None and "quantities" not in outputs:
        return set(outputs), [game.quantity(name) for name in dict.fromkeys(outputs)]
    if not isinstance(game, Argument) and outputs and set(outputs) <= set(SOLUTION_OUTPUTS):
        return set(outputs), ()  # the quantities, which may take long, are not worked out
    wanted = _wanted(outputs, game.quantities, isinstance(game, Argument))
    return wanted, [q for name, q in game.quantities.items() if name in wanted]


def _wanted(
    outputs: Sequence[str] | None, quantities: Mapping[str, Quantity], no_solution: bool
) -> set[str]:
    """The names of the outputs asked for; all without being asked."""
    solution = () if no_solution else SOLUTION_OUTPUTS
    if outputs is None:
        return {*solution, *quantities}
    known = [*solution, *quantities, "quantities"]
    wanted = {arg.one_of("output", name, known) for name in outputs}
    return wanted - {"quantities"} | (set(quantities) if "quantities" in wanted else set())


def _refuse_leftover(
    needed: Iterable[Symbol], symbols: Mapping[str, Symbol], target: Target
) -> None:
    left = sorted({s.name for s in needed} - {s.name for s in symbols.values()})
    if left:
        raise GameTheoryError(
            f"{target.name}: {', '.join(left)} {'has' if len(left) == 1 else 'have'} no value; "
            "give each a grid, or a value by game.at(...)"
        )


def _used(plan: Plan) -> set[Symbol]:
    """The symbols on which the outputs depend."""
    conditions = [c for name, cs in plan.truths.items() if name != "inside" for c in cs]
    parts = [*conditions, *(e.expression for e in plan.entries), *(e.exists for e in plan.entries)]
    return set().union(*(part.free_symbols for part in parts)) if parts else set()


def _domain(space: Space, symbols: Iterable[Symbol]) -> tuple[Boolean, ...]:
    """The constraints on the swept symbols, with what these say of their own signs."""
    known = set(symbols)
    own = [c for s in known for c in assumptions(s)]
    return (*(c for c in space.constraints if c.free_symbols <= known), *own)
