"""Game: a formal model, written once with symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from inspect import Parameter as Argument
from inspect import Signature
from typing import Any, ClassVar, Self

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._frozen import Frozen
from gametheory_eeu._shown import Shown
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    SpaceError,
    UnknownNameError,
)
from gametheory_eeu.model.equilibrium import Equilibrium, EquilibriumSet, Obligation, Profile
from gametheory_eeu.model.parameters import (
    ParameterTable,
    Symbols,
    components,
    declare,
    member_names,
)
from gametheory_eeu.model.quantity import Quantity, quantity
from gametheory_eeu.space import Calibration, Parameter, Source, Space

GIVEN = Source("M", note="given by the user")


class Game(Shown):
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
    concepts: ClassVar[tuple[str, ...]] = ("Nash",)
    _quantities: ClassVar[tuple[quantity, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = tuple(v for v in vars(cls).values() if isinstance(v, quantity))
        cls._quantities = (*cls._quantities, *own)
        if "parameters" in vars(cls):
            keywords = [
                Argument(p.name, Argument.KEYWORD_ONLY, default=None) for p in cls.parameters
            ]
            head = Argument("members", Argument.KEYWORD_ONLY, default=None)
            cls.__signature__ = Signature([head, *keywords])  # type: ignore[attr-defined]

    def __init__(self, *, members: object = None, **values: object) -> None:
        names = member_names(members, values) if self._has_members else None
        if members is not None and not self._has_members:
            raise UnknownNameError(
                f"parameter of {type(self).__name__}", "members", type(self).parameters.names
            )
        self._build(names, values, {}, "")

    def _build(
        self,
        members: tuple[str, ...] | None,
        values: Mapping[str, object],
        sources: Mapping[str, Source],
        calibration: str,
    ) -> None:
        table = type(self).parameters.expanded(members)
        set_ = self.__dict__.update
        set_(members=members, calibration=calibration)
        set_(symbols=Symbols.of(type(self).parameters, members))
        set_(given=Frozen(self._read(values, table)))
        set_(values=Frozen(self._resolved(table)))
        known = {row.name: self.values[row.symbol] for row in table if row.symbol in self.values}
        marked = {name: sources.get(name, GIVEN) for name in self.given}
        set_(parameters=ParameterTable(table.rows, Frozen(known), Frozen(marked)))
        self._check()

    def _like(
        self,
        members: tuple[str, ...] | None,
        values: Mapping[str, object],
        sources: Mapping[str, Source],
        calibration: str,
    ) -> Self:
        game = object.__new__(type(self))
        game._build(members, values, sources, calibration)
        return game

    members: tuple[str, ...] | None
    calibration: str
    given: Mapping[str, Expr]
    symbols: Symbols
    values: Mapping[Symbol, Expr]

    # What a subclass says.

    @property
    def players(self) -> tuple[str, ...]:
        """Who plays."""
        raise NotImplementedError

    def constraints(self) -> tuple[Boolean, ...]:
        """What holds between the parameters, beyond their domains."""
        return ()

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player at any profile, at the game's values."""
        raise NotImplementedError

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Every equilibrium, in the symbols of a game without values."""
        raise NotImplementedError

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The method, where the equilibria are all of them, and what establishes that."""
        raise NotImplementedError

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """What the concept demands of the equilibrium, from the model's own payoffs."""
        raise NotImplementedError

    def strategies(self, profile: Profile) -> dict[str, tuple[Expr, ...]]:
        """A profile by player: probabilities in action order."""
        return {key: tuple(mix.values()) for key, mix in profile.items()}

    def _check_player(self, name: str) -> None:
        if name not in self.players:
            raise UnknownNameError("player", name, self.players)

    # What every game can do.

    @classmethod
    def from_article(cls, name: str) -> Self:
        """The game at one of the article's calibrations: ``"2013"``, ``"2014"``, ``"2015"``."""
        from gametheory_eeu import article

        return cls().at(article.calibration(cls.__name__, name))

    @classmethod
    def from_data(cls, year: str) -> Self:
        """The game at published data of a year, apart from the article's own calibrations."""
        from gametheory_eeu import article

        return cls().at(article.data_calibration(cls.__name__, year))

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some parameters; later values replace earlier ones."""
        marked = {} if calibration is None else dict(calibration.values)
        new = {self._full_name(k): v for k, (v, _) in marked.items()}
        new |= self._named(values)
        changed = {key.partition(".")[0] if key in type(self).parameters else key for key in new}
        kept = {k: v for k, v in self.given.items() if not {k, k.partition(".")[0]} & changed}
        sources = {k: v for k, v in self.parameters.sources.items() if k in kept}
        replaced = self._named(values)
        sources |= {k: source for k, (_, source) in marked.items() if k not in replaced}
        members = self.members
        if members is None and self._has_members:
            members = member_names(None, new)
        label = self.calibration if calibration is None else calibration.name
        return self._like(members, {**kept, **new}, sources, label)

    @property
    def general(self) -> Self:
        """The same game without values."""
        fixed = (p for p in type(self).parameters if p.default is not None and p.default.is_number)
        lifted = {row.name: row.symbol for row in fixed}
        return self if self.given == lifted else self._like(self.members, lifted, {}, "")

    @cached_property
    def space(self) -> Space:
        """The symbols left and the constraints they obey."""
        return self._space().subs(self.values)

    def _space(self) -> Space:
        rows = [row for row in type(self).parameters.expanded(self.members) if not self._idle(row)]
        symbols = {row.symbol for row in rows}
        conditions = [*(row.condition for row in rows), *self.constraints()]
        inside = [c for c in conditions if c.free_symbols <= symbols]
        return Space(
            tuple(row.symbol for row in rows),
            tuple(part for c in inside for part in _parts(c) if part != sp.true),
        )

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by name, at the game's values."""
        general = self.general
        found = [q for declared in self._quantities for q in declared.of(general)]
        return QuantityTable({q.name: q.subs(self.values) for q in found})

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
        concept = self.concepts[0] if concept is None else concept
        if concept not in self.concepts:
            raise UnknownNameError("concept", concept, self.concepts)
        found = []
        for general in self.equilibria(concept):
            equilibrium = general.subs(self.values, self)
            condition = equilibrium.condition
            if condition != sp.true:
                condition = logic.simplify(condition, self.space)
                equilibrium = replace(equilibrium, condition=condition)
            if condition != sp.false:
                found.append(equilibrium)
        method, where, why = self.completeness(concept)
        return EquilibriumSet(tuple(found), self, concept, method, where.subs(self.values), why)

    def comparative_statics(self, quantity: str | None = None, wrt: str | None = None) -> Any:
        """Derivatives of quantities and payoffs, each with the proved sign."""
        from gametheory_eeu.statics import comparative_statics

        return comparative_statics(self, quantity=quantity, wrt=wrt)

    def plot(self, **options: Any) -> Any:
        """The figure that belongs to the game, as a Matplotlib figure."""
        from gametheory_eeu import display

        return display.figure(self, **options)

    # How values are read.

    @property
    def _has_members(self) -> bool:
        return any(row.index == "member" for row in type(self).parameters)

    def _full_name(self, key: str) -> str:
        head, dot, tail = key.partition(".")
        table = type(self).parameters
        if head not in table:
            raise UnknownNameError(f"parameter of {type(self).__name__}", key, table.names)
        return table[head].name + dot + tail

    def _named(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values by parameter name, each given once."""
        named: dict[str, object] = {}
        for key, value in values.items():
            name = self._full_name(key)
            if name in named:
                raise GameTheoryError(
                    f"{name} is given twice, by its name and by its symbol; give it once"
                )
            named[name] = value
        return named

    def _read(self, values: Mapping[str, object], table: ParameterTable) -> dict[str, Expr]:
        flat: dict[str, object] = {}
        declared = type(self).parameters
        for name, value in self._named(values).items():
            if self.members is not None and declared[name.partition(".")[0]].index == "count":
                self._agree_on_count(name, value)
                continue
            new = {name: value} if "." in name else components(declared[name], value, self.members)
            if repeated := flat.keys() & new.keys():
                raise GameTheoryError(f"{min(repeated)} is given twice, by itself and in {name}")
            flat |= new
        known = {row.symbol.name: row.symbol for row in table}
        known |= {row.name: row.symbol for row in table}
        exact = {name: table[name].value(value, known) for name, value in flat.items()}
        # A parameter set to its own symbol is left open: that is how a default is lifted.
        return {
            name: value
            for name, value in exact.items()
            if value != table[name].symbol or table[name].default is not None
        }

    def _resolved(self, table: ParameterTable) -> dict[Symbol, Expr]:
        values = _settled({table[name].symbol: value for name, value in self.given.items()})
        for row in table:
            if row.default is None:
                continue
            ingredients = row.default.free_symbols
            if row.symbol in values:
                if ingredients & values.keys():
                    self._agree(row, values)
            elif not ingredients or ingredients & values.keys():
                values[row.symbol] = row.default.subs(values, simultaneous=True)
        return {symbol: value for symbol, value in values.items() if value != symbol}

    def _agree(self, row: Parameter, values: Mapping[Symbol, Expr]) -> None:
        derived = row.default.subs(values, simultaneous=True)  # type: ignore[union-attr]
        if sp.simplify(derived - values[row.symbol]) != 0:
            raise SpaceError(
                f"{row.name} = {values[row.symbol]} contradicts {row.symbol} = {row.default}, "
                f"which is {derived} here; give {row.name} or what it follows from, not both"
            )

    def _agree_on_count(self, name: str, value: object) -> None:
        members = self.members or ()
        if sp.sympify(len(members)) != type(self).parameters[name].value(value):
            raise SpaceError(
                f"{name} = {value} contradicts the {len(members)} members {', '.join(members)}; "
                f"leave {name} out where members or their values are listed"
            )

    def _idle(self, row: Parameter) -> bool:
        """An ingredient of a derived parameter that stands for itself: the game does without it."""
        derived = [
            r
            for r in type(self).parameters
            if r.default is not None and row.symbol in r.default.free_symbols
        ]
        used = any(row.symbol in c.free_symbols for c in self.constraints())
        return (
            bool(derived)
            and not used
            and row.symbol not in self.values
            and not any(r.symbol in self.values and r.name not in self.given for r in derived)
        )

    def _check(self) -> None:
        pieces = self._space().constraints
        for piece in pieces:
            if _holds(piece, self.values) == sp.false:
                used = sorted(piece.free_symbols & self.values.keys(), key=str)
                values = ", ".join(f"{s} = {self.values[s]}" for s in used)
                raise SpaceError(
                    f"{values} contradicts {piece} in {type(self).__name__}; "
                    f"change {' or '.join(map(str, used))}"
                )
        changed = [c for c in self.space.constraints if c not in pieces]
        if changed and len(self.space.constraints) > 1:
            empty = self.space.empty
            if empty.verdict == "proved":
                clash = " and ".join(map(str, empty.clash or changed))
                raise SpaceError(
                    f"no {type(self).__name__} has these values: {clash} contradict each other"
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
        values = ", ".join(f"{name}={value}" for name, value in self.given.items())
        return f"{type(self).__name__}({values})"


class QuantityTable(Frozen[str, Quantity], Shown):
    """A game's quantities by name."""

    __slots__ = ()

    __str__ = Shown.__str__

    def __getitem__(self, key: str) -> Quantity:
        if key in self._items:
            return self._items[key]
        raise UnknownNameError("quantity", key, self._items)


def _parts(condition: Boolean) -> tuple[Boolean, ...]:
    return condition.args if isinstance(condition, sp.And) else (condition,)


def _settled(values: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """Values that name other parameters, at the values of those."""
    own = {symbol: value for symbol, value in values.items() if value == symbol}
    rest = {symbol: value for symbol, value in values.items() if symbol not in own}
    for _ in range(len(rest) + 1):
        if not any(value.free_symbols & rest.keys() for value in rest.values()):
            return {**own, **rest}
        rest = {s: value.subs(rest, simultaneous=True) for s, value in rest.items()}
    circle = ", ".join(f"{s} = {values[s]}" for s in rest if rest[s].free_symbols & rest.keys())
    raise SpaceError(f"{circle}: values that follow from each other in a circle; break it")


def _holds(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean:
    result = condition.xreplace(values)
    return result if result.free_symbols else sp.simplify(result)


__all__ = ["Game", "QuantityTable"]
