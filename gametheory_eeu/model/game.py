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
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Parameter, Source, Space, condition_at
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    UnknownNameError,
    shown,
)
from gametheory_eeu.model.equilibrium import Equilibrium, EquilibriumSet
from gametheory_eeu.model.parameter_values import Reader, check
from gametheory_eeu.model.parameters import (
    ParameterTable,
    Symbols,
    declare,
    member_names,
)
from gametheory_eeu.model.quantity import Implicit, Quantity, quantity
from gametheory_eeu.model.solvable import AbstractGame

GIVEN = Source("M", note="given by the user")


class Game(AbstractGame):
    """A game: parameters, a space, players, payoffs, and what follows from them.

    A subclass declares ``parameters``, ``players``, ``constraints``, ``payoff`` and
    ``equilibria``, and its quantities with :class:`quantity`.

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
        own = tuple(v for v in vars(cls).values() if isinstance(v, quantity))
        cls._quantities = (*cls._quantities, *own)
        if "parameters" in vars(cls):
            vector = any(row.index == "member" for row in cls.parameters)
            names = [*(["members"] if vector else []), *cls.parameters.names]
            keywords = [Argument(name, Argument.KEYWORD_ONLY, default=None) for name in names]
            cls.__signature__ = Signature(keywords)  # type: ignore[attr-defined]

    def __init__(self, *, members: object = None, **values: object) -> None:
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
        set_ = self.__dict__.update
        set_(members=members, basis=basis)
        reader = self._reader
        table = reader.table
        set_(symbols=Symbols.of(type(self).parameters, members))
        set_(given=Frozen(reader.given(values)))
        set_(calibration=_label(basis, self.given))
        set_(values=Frozen(reader.values(self.given)))
        known = {row.name: self.values[row.symbol] for row in table if row.symbol in self.values}
        marked = {name: sources.get(name, GIVEN) for name in self.given}
        set_(parameters=ParameterTable(table.rows, Frozen(known), Frozen(marked)))
        check(self._space().constraints, self.values, self.space, type(self).__name__)

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

    members: tuple[str, ...] | None
    basis: Calibration | None
    """The calibration it was last put at, as that was."""
    calibration: str
    """Its name, and which of its values have changed since: ``"2014, changed: rival_power"``."""
    given: Mapping[str, Expr]
    symbols: Symbols
    values: Mapping[Symbol, Expr]

    # What a subclass says.

    def constraints(self) -> tuple[Boolean, ...]:
        """What holds between the parameters, beyond their domains."""
        return ()

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Every equilibrium, in the symbols of a game without values."""
        self._undeclared("equilibria")

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The method, where the equilibria are all of them, and what establishes that."""
        self._undeclared("completeness")

    # What every game can do.

    def _point(self, values: Mapping[str, object]) -> Mapping[Symbol, Expr]:
        """Values by any name of a parameter."""
        at = self.at(**values).values
        return {symbol: at[symbol] for symbol in self.space.symbols if symbol in at}

    @classmethod
    def from_article(cls, name: str) -> Self:
        """The game at one of the article's calibrations: ``"2013"``, ``"2014"``, ``"2015"``."""
        from gametheory_eeu.cases import eeu as article

        return cls().at(article.calibration(cls.__name__, name))

    @classmethod
    def from_data(cls, year: str) -> Self:
        """The game at published data of a year, apart from the article's own calibrations."""
        from gametheory_eeu.cases import eeu as article

        return cls().at(article.data_calibration(cls.__name__, year))

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some parameters; later values replace earlier ones."""
        if not isinstance(calibration, Calibration | None):
            raise ParameterError(
                "calibration",
                calibration,
                "a Calibration; values go by keyword",
                f"For the article's own, write {type(self).__name__}.from_article("
                f"{shown(calibration)})",
            )
        marked = {} if calibration is None else dict(calibration.values)
        new = {self._reader.full_name(k): v for k, (v, _) in marked.items()}
        replaced = self._reader.named(values)
        new |= replaced
        changed = {key.partition(".")[0] if key in type(self).parameters else key for key in new}
        changed |= self._replaced_by(changed)
        kept = {k: v for k, v in self.given.items() if not {k, k.partition(".")[0]} & changed}
        sources = {k: v for k, v in self.parameters.sources.items() if k in kept}
        sources |= {k: source for k, (_, source) in marked.items() if k not in replaced}
        members = self.members
        if members is None and self._has_members:
            members = member_names(None, new)
        return self._like(members, {**kept, **new}, sources, self._basis(calibration, members))

    @arg.checks(basis=arg.optional(arg.a(Calibration, "a calibration")))
    def with_basis(self, basis: Calibration | None) -> Self:
        """The same game, read as a calibration of which some values may have changed.

        Parameters
        ----------
        basis : Calibration or None
            With a value for each of this game's own parameters that it is about.
        """
        return self._like(self.members, self.given, self.parameters.sources, basis)

    def _basis(
        self, calibration: Calibration | None, members: tuple[str, ...] | None
    ) -> Calibration | None:
        """A calibration by this game's own names, a value for each member; without, the last."""
        if calibration is None:
            return self.basis
        reader = Reader(type(self).parameters, members, type(self).__name__)
        found: dict[str, tuple[Expr, Source]] = {}
        for name, (value, source) in calibration.values.items():
            found |= {each: (v, source) for each, v in reader.given({name: value}).items()}
        return Calibration(calibration.name, found, calibration.description)

    @cached_property
    def general(self) -> Self:
        """The same game without values."""
        fixed = (p for p in type(self).parameters if p.default is not None and p.default.is_number)
        lifted = {row.name: row.symbol for row in fixed}
        return self if self.given == lifted else self._like(self.members, lifted, {}, None)

    @cached_property
    def space(self) -> Space:
        """The symbols left and the constraints they obey."""
        return self._space().subs(self.values)

    def _space(self) -> Space:
        constraints = self.constraints()
        used = {symbol for c in constraints for symbol in c.free_symbols}
        table = type(self).parameters.expanded(self.members)
        derived = [row for row in table if row.default is not None]
        rows = [row for row in table if row.symbol in used or not self._idle(row, derived)]
        symbols = {row.symbol for row in rows}
        conditions = [*(row.condition for row in rows), *constraints]
        inside = [c for c in conditions if c.free_symbols <= symbols]
        return Space(
            tuple(row.symbol for row in rows),
            tuple(part for c in inside for part in _parts(c) if part != sp.true),
        )

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by name, at the game's values."""
        return QuantityTable({q.name: q.subs(self.values) for q in _quantities(self.general)})

    @property
    def roots(self) -> Mapping[str, tuple[str, Implicit]]:
        """What only an equation defines: name to its symbol in LaTeX, and the equation.

        Such a root has comparative statics, by the implicit function theorem, and no formula.
        """
        return Frozen()

    def _replaced_by(self, changed: set[str]) -> set[str]:
        """What gives way: the ingredients of a derived parameter that is given, or the reverse."""
        replaced: set[str] = set()
        for row in self.parameters:
            if row.default is not None:
                symbols = row.default.free_symbols
                ingredients = {r.name for r in self.parameters if r.symbol in symbols}
                given = bool(ingredients & changed)
                if row.name in changed and not given:
                    replaced |= ingredients
                if given and row.name not in changed:
                    replaced.add(row.name)
        return replaced

    @arg.checks(name=arg.text)
    def missing_quantity(self, name: str) -> Expr:
        """Refuse a declared quantity that this form of the game does not have."""
        raise DoesNotExistError(
            f"{name} does not exist in this form of {type(self).__name__}: "
            f"it has {', '.join(self.quantities)}"
        )

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, each with the exact condition under which it exists.

        Parameters
        ----------
        concept : str, optional
            One of ``concepts``; the first is the default.
        """
        concept = self._concept(concept)
        found = []
        for general in self.equilibria(concept):
            equilibrium = general.subs(self.values, self)
            condition = equilibrium.condition
            if condition != sp.true:
                condition = prover.simplify(condition, self.space)
                equilibrium = replace(equilibrium, condition=condition)
            if condition != sp.false and not self._out_of_range(equilibrium):
                found.append(equilibrium)
        method, where, why = self.completeness(concept)
        return EquilibriumSet(
            tuple(found), self, concept, method, condition_at(where, self.values), why
        )

    def comparative_statics(
        self, quantity: str | None = None, wrt: str | None = None, at: str | None = None
    ) -> Any:
        """Derivatives of quantities and payoffs, each with the proved sign.

        Parameters
        ----------
        quantity : str, optional
            Only this one; ``"payoff"`` means all payoffs.
        wrt : str, optional
            Only this parameter, by name or ASCII symbol.
        at : str, optional
            Only payoffs, at the equilibrium of this name.
        """
        from gametheory_eeu.statics import comparative_statics

        return comparative_statics(self, quantity=quantity, wrt=wrt, at=at)

    @property
    def _has_members(self) -> bool:
        return any(row.index == "member" for row in type(self).parameters)

    @property
    def _reader(self) -> Reader:
        return Reader(type(self).parameters, self.members, type(self).__name__)

    def _idle(self, row: Parameter, derived: Iterable[Parameter]) -> bool:
        """An ingredient of a derived parameter that stands for itself: the game does without it."""
        mine = [
            r for r in derived if r.default is not None and row.symbol in r.default.free_symbols
        ]
        return (
            bool(mine)
            and row.symbol not in self.values
            and not any(r.symbol in self.values and r.name not in self.given for r in mine)
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
        who = [] if self.members is None else [f"members={list(self.members)}"]
        values = [f"{name}={value}" for name, value in self.given.items()]
        where = f" at {self.calibration!r}" if self.calibration else ""
        return f"{type(self).__name__}({', '.join(who + values)}){where}"


class QuantityTable(Frozen[str, Quantity], Shown):
    """A game's quantities by name."""

    __slots__ = ()

    __str__ = Shown.__str__

    def __getitem__(self, key: str) -> Quantity:
        return self._items[arg.one_of("quantity", key, self._items)]


@lru_cache(maxsize=256)
def _quantities(general: Game) -> tuple[Quantity, ...]:
    return tuple(q for declared in general._quantities for q in declared.of(general))


def _label(basis: Calibration | None, given: Mapping[str, Expr]) -> str:
    """A calibration's name, and the values of it that are no longer its own."""
    if basis is None or not basis.name:
        return ""
    changed = [name for name in basis if given.get(name) != basis[name]]
    return f"{basis.name}, changed: {', '.join(changed)}" if changed else basis.name


def _parts(condition: Boolean) -> tuple[Boolean, ...]:
    return condition.args if isinstance(condition, sp.And) else (condition,)


__all__ = ["Game", "QuantityTable"]
