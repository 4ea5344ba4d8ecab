"""Game: a formal model, written once with symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from inspect import Parameter as Argument
from inspect import Signature
from typing import Any, ClassVar, Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._registry import provided
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, Source, Space, condition_at
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import DoesNotExistError, ParameterError, UnknownNameError, short_repr
from gametheory_eeu.games.declarations import check_distinct, checked_constraints
from gametheory_eeu.games.equilibrium import EquilibriumSet
from gametheory_eeu.games.finite_form import FiniteFormGame
from gametheory_eeu.games.parameters import (
    ParameterTable,
    Symbols,
    ValueReader,
    check_constraints,
    declare,
    listed,
    member_names,
)
from gametheory_eeu.games.quantity import ImplicitRoot, Quantity, quantity
from gametheory_eeu.games.section import Propositions

USER_SOURCE = Source("M", note="given by the user")
_TABLE = "a table of Parameters: parameters = declare(p, q), with gametheory_eeu.games.declare"


class Game(FiniteFormGame):
    """A game: parameters, a space, players, payoffs, equilibria and quantities.

    A subclass declares ``parameters`` and ``constraints``, its quantities with :class:`quantity`,
    and its ``form``, from which ``players``, ``payoff`` and ``equilibria`` follow; where no finite
    form exists, it declares these.

    Parameters
    ----------
    members : int or list of str, optional
        Number or names of the members. Without it members are alike, their number is a symbol
        and a parameter that each member has is one value.
    **values
        Any parameter by name or ASCII symbol: a number (exact, or a float read as its shortest
        decimal), text, or a SymPy expression. What is left out stays a symbol.

    Raises
    ------
    ParameterError
        A value outside its domain.
    SpaceError
        Values that contradict the constraints between parameters.
    UnknownNameError
        A name that no parameter bears; the nearest is suggested.
    """

    parameters: ParameterTable = declare()
    _quantities: ClassVar[tuple[quantity, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        declarations = tuple(
            attribute for attribute in vars(cls).values() if isinstance(attribute, quantity)
        )
        cls._quantities = (*cls._quantities, *declarations)
        if "constraints" in vars(cls):
            cls.constraints = checked_constraints(cls.constraints)  # type: ignore[method-assign,assignment]
        if "parameters" in vars(cls):
            label = f"parameters of {cls.__name__}"
            arg.instance(label, vars(cls)["parameters"], ParameterTable, _TABLE)
            check_distinct(label, cls.parameters)
            has_vector = any(row.index == "member" for row in cls.parameters)
            names = [*(["members"] if has_vector else []), *cls.parameters.names]
            keywords = [Argument(name, Argument.KEYWORD_ONLY, default=None) for name in names]
            cls.__signature__ = Signature(keywords)  # type: ignore[attr-defined]

    def __init__(self, *, members: object = None, **values: object) -> None:
        values = listed(values)
        names = member_names(members, values) if self._has_members else None
        if members is not None and not self._has_members:
            raise UnknownNameError(
                f"parameter of {type(self).__name__}", "members", type(self).parameters.names
            )
        self._build(names, values, {}, None)

    def _build(
        self,
        members: tuple[str, ...] | None,
        values: Mapping[str, object],
        sources: Mapping[str, Source],
        basis: Calibration | None,
    ) -> None:
        update = self.__dict__.update
        update(members=members, basis=basis)
        value_reader = self._value_reader
        table = value_reader.table
        update(symbols=Symbols.of(type(self).parameters, members))
        update(given=FrozenMapping(value_reader.given(values)))
        update(calibration=_calibration_label(basis, self.given))
        update(values=FrozenMapping(value_reader.values(self.given)))
        known_values = {
            row.name: self.values[row.symbol] for row in table if row.symbol in self.values
        }
        value_sources = {name: sources.get(name, USER_SOURCE) for name in self.given}
        update(
            parameters=ParameterTable(
                table.rows, FrozenMapping(known_values), FrozenMapping(value_sources)
            )
        )
        constraints = self._space_without_values.constraints
        check_constraints(constraints, self.values, self.space, type(self).__name__)

    def _like(
        self,
        members: tuple[str, ...] | None,
        values: Mapping[str, object],
        sources: Mapping[str, Source],
        basis: Calibration | None,
    ) -> Self:
        game = object.__new__(type(self))
        game._build(members, values, sources, basis)
        return game

    basis: Calibration | None
    """The calibration it was last put at, as that was."""
    calibration: str
    """Its name, and which of its values have changed since: ``"crisis, changed: rival_power"``."""
    given: Mapping[str, Expr]
    symbols: Symbols

    # What a subclass says.

    def constraints(self) -> tuple[Boolean, ...]:
        """The constraints between the parameters, beyond their domains.

        Relations in ``self.symbols``, or text by the parameters' names: ``("gain > cost",)``.
        """
        return ()

    # What every game can do.

    def _point(self, values: Mapping[str, object]) -> Mapping[Symbol, Expr]:
        """A point of the space, from values by any name of a parameter."""
        fixed_values = self.at(**values).values
        return {
            symbol: fixed_values[symbol] for symbol in self.space.symbols if symbol in fixed_values
        }

    @classmethod
    def from_case(cls, case: Any, name: object) -> Self:
        """The game at one of a case's calibrations.

        Parameters
        ----------
        case : Case
            Such as :func:`gametheory_eeu.cases.load_case` gives.
        name : str
            The calibration's.
        """
        if not hasattr(case, "calibration"):
            raise ParameterError("case", case, "a Case", "Load one with load_case(path)")
        return cls().at(case.calibration(cls.__name__, name))

    @classmethod
    def from_article(cls, name: str) -> Self:
        """The game at a calibration of the library's own case."""
        return cls.from_case(provided("own case"), name)

    @classmethod
    def from_data(cls, year: str) -> Self:
        """The game at published data of the library's own case, apart from its calibrations."""
        return cls().at(provided("published data")(cls.__name__, year))

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some parameters; later values replace earlier ones."""
        if not isinstance(calibration, Calibration | None):
            raise ParameterError(
                "calibration",
                calibration,
                "a Calibration; values go by keyword",
                "For a case's, write "
                f"{type(self).__name__}.from_case(case, {short_repr(calibration)}); for the "
                f"library's own, write {type(self).__name__}.from_article("
                f"{short_repr(calibration)})",
            )
        calibrated = {} if calibration is None else dict(calibration.values)
        new_values = {self._value_reader.full_name(k): v for k, (v, _) in calibrated.items()}
        keyword_values = self._value_reader.named(listed(values))
        new_values |= keyword_values
        changed_names = {
            key.partition(".")[0] if key in type(self).parameters else key for key in new_values
        }
        changed_names |= self._replaced_names(changed_names)
        old_values = {
            k: v for k, v in self.given.items() if not {k, k.partition(".")[0]} & changed_names
        }
        sources = {k: v for k, v in self.parameters.sources.items() if k in old_values}
        sources |= {k: source for k, (_, source) in calibrated.items() if k not in keyword_values}
        members = self.members
        if members is None and self._has_members:
            members = member_names(None, new_values)
        return self._like(
            members, {**old_values, **new_values}, sources, self._basis_at(calibration, members)
        )

    @arg.validate(basis=arg.optional(arg.instance_of(Calibration, "a calibration")))
    def with_basis(self, basis: Calibration | None) -> Self:
        """The same game, with a calibration to which its values are compared.

        Parameters
        ----------
        basis : Calibration or None
            With a value for each of this game's own parameters that it is about.
        """
        return self._like(self.members, self.given, self.parameters.sources, basis)

    def _basis_at(
        self, calibration: Calibration | None, members: tuple[str, ...] | None
    ) -> Calibration | None:
        """The calibration by this game's own names; without one, the present basis."""
        if calibration is None:
            return self.basis
        value_reader = ValueReader(type(self).parameters, members, type(self).__name__)
        entries: dict[str, tuple[Expr, Source]] = {}
        for name, (value, source) in calibration.values.items():
            entries |= {
                component: (component_value, source)
                for component, component_value in value_reader.given({name: value}).items()
            }
        return Calibration(calibration.name, entries, calibration.description)

    @cached_property
    def general(self) -> Self:
        """The same game without values."""
        open_values = {
            row.name: row.symbol
            for row in type(self).parameters
            if row.default is not None and row.default.is_number
        }
        is_general = self.given == open_values
        return self if is_general else self._like(self.members, open_values, {}, None)

    @cached_property
    def space(self) -> Space:
        """The symbols left and the constraints they obey."""
        return self._space_without_values.subs(self.values)

    @cached_property
    def _space_without_values(self) -> Space:
        constraints = self.constraints()
        used_symbols = {symbol for condition in constraints for symbol in condition.free_symbols}
        table = type(self).parameters.expand(self.members)
        derived_rows = [row for row in table if row.default is not None]
        rows = [
            row
            for row in table
            if row.symbol in used_symbols or not self._is_unused(row, derived_rows)
        ]
        symbols = {row.symbol for row in rows}
        conditions = [*(row.condition for row in rows), *constraints]
        relevant = [condition for condition in conditions if condition.free_symbols <= symbols]
        return Space(
            tuple(row.symbol for row in rows),
            tuple(part for c in relevant for part in sp.And.make_args(c) if part != sp.true),
        )

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by name, at the game's values."""
        return QuantityTable({q.name: q.subs(self.values) for q in _quantities(self.general)})

    @property
    def roots(self) -> Mapping[str, tuple[str, ImplicitRoot]]:
        """Quantities defined only by an equation: by name, the LaTeX symbol and the equation.

        Such a root has comparative statics, by the implicit function theorem, and no formula.
        """
        return FrozenMapping()

    def propositions(self) -> Propositions:
        """What is claimed of the game, listed without proofs; ``judge()`` proves it."""
        found: Propositions = provided("propositions")(type(self))
        return found

    def _replaced_names(self, changed: set[str]) -> set[str]:
        """The ingredients of a derived parameter that is given, or the reverse."""
        result: set[str] = set()
        for row in self.parameters:
            if row.default is not None:
                symbols = row.default.free_symbols
                ingredients = {p.name for p in self.parameters if p.symbol in symbols}
                has_ingredient = bool(ingredients & changed)
                if row.name in changed and not has_ingredient:
                    result |= ingredients
                if has_ingredient and row.name not in changed:
                    result.add(row.name)
        return result

    @arg.validate(name=arg.text)
    def missing_quantity(self, name: str) -> Expr:
        """Refuse a declared quantity that this form of the game does not have."""
        why = self._why_missing(name) or f"it has {', '.join(self.quantities)}"
        raise DoesNotExistError(
            f"{name} does not exist in this form of {type(self).__name__}: {why}"
        )

    def _why_missing(self, _name: str) -> str:
        """Why this form of the game does not have a declared quantity, and what to do."""
        return ""

    def _declares(self, name: object) -> bool:
        """Whether a quantity of this name is declared, though perhaps not of this form."""
        return any(name == declared.name for declared in self._quantities)

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, each with the exact condition under which it exists.

        Parameters
        ----------
        concept : str, optional
            One of ``concepts``; the first is the default.
        """
        concept = self._concept(concept)
        equilibria = []
        for general in self.equilibria(concept):
            equilibrium = general.subs(self.values, self)
            condition = equilibrium.condition
            if condition != sp.true:
                condition = prover.simplify(condition, self.space)
                equilibrium = replace(equilibrium, condition=condition)
            if condition != sp.false and not self._has_no_member(equilibrium):
                equilibria.append(equilibrium)
        method, complete_where, why = self.completeness(concept)
        complete_where = condition_at(complete_where, self.values)
        exact = all(e.radius == 0 for e in equilibria)
        return EquilibriumSet(tuple(equilibria), self, concept, method, complete_where, why, exact)

    @property
    def _has_members(self) -> bool:
        return any(row.index == "member" for row in type(self).parameters)

    @property
    def _value_reader(self) -> ValueReader:
        return ValueReader(type(self).parameters, self.members, type(self).__name__)

    @cached_property
    def _symbols_by_name(self) -> Mapping[str, Symbol]:
        """The parameters' symbols, by the names that text may use."""
        return self._value_reader.symbols

    def _is_unused(self, row: Parameter, derived: Iterable[Parameter]) -> bool:
        """Whether a parameter is only an ingredient of a derived one that stays a symbol."""
        dependents = [
            parameter
            for parameter in derived
            if parameter.default is not None and row.symbol in parameter.default.free_symbols
        ]
        return (
            bool(dependents)
            and row.symbol not in self.values
            and not any(p.symbol in self.values and p.name not in self.given for p in dependents)
        )

    # Identity.

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a game is frozen; use game.at({name}=…)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a game is frozen; build a new one")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Game) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return type(self), self.members, self.values

    def __repr__(self) -> str:
        arguments = [] if self.members is None else [f"members={list(self.members)}"]
        values = [f"{name}={value}" for name, value in self.given.items()]
        suffix = f" at {self.calibration!r}" if self.calibration else ""
        return f"{type(self).__name__}({', '.join(arguments + values)}){suffix}"


class QuantityTable(FrozenMapping[str, Quantity], Displayable):
    """A game's quantities by name."""

    __slots__ = ()

    __str__ = Displayable.__str__

    def __getitem__(self, key: str) -> Quantity:
        return self._items[arg.one_of("quantity", key, self._items)]


@lru_cache(maxsize=256)
def _quantities(general: Game) -> tuple[Quantity, ...]:
    return tuple(q for declared in general._quantities for q in declared.of(general))


def _calibration_label(basis: Calibration | None, given: Mapping[str, Expr]) -> str:
    """The name of a calibration, and the values that have changed since."""
    if basis is None or not basis.name:
        return ""
    changed = [name for name in basis if given.get(name) != basis[name]]
    return f"{basis.name}, changed: {', '.join(changed)}" if changed else basis.name
