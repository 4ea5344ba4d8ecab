"""Parameters of a game: the declared table, its symbols, the members' components, values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, permutations
from numbers import Integral
from typing import TypeGuard

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Source, Space, condition_at, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.core.size_limits import MEMBERS, check_count
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownAttributeError,
    UnknownNameError,
)
from gametheory_eeu.games.quantity import simplify_constant


@dataclass(frozen=True, repr=False)
class ParameterTable(Displayable):
    """The parameters of a game, with their values and sources once it has them.

    Indexed by name or ASCII symbol, iterated in the order of declaration.
    """

    rows: tuple[Parameter, ...]
    values: Mapping[str, Expr] = field(default_factory=FrozenMapping)
    sources: Mapping[str, Source] = field(default_factory=FrozenMapping)

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> Parameter:
        return self.rows[self.position(key)]

    @arg.validate(key=arg.text)
    def position(self, key: str) -> int:
        """The position of the parameter of this name or ASCII symbol."""
        for i, row in enumerate(self.rows):
            if key in (row.name, row.symbol.name):
                return i
        raise UnknownNameError("parameter", key, self.names)

    def __contains__(self, key: object) -> bool:
        return any(key in (row.name, row.symbol.name) for row in self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """Names, in order."""
        return tuple(row.name for row in self.rows)

    @arg.validate(name=arg.text)
    def source(self, name: str) -> Source:
        """The source of the value, by name or ASCII symbol; else of the parameter."""
        row = self[name]
        return self.sources.get(row.name, row.source)

    @arg.validate(members=arg.optional(arg.names))
    def expand(self, members: Sequence[str] | None) -> ParameterTable:
        """The table with a row for each member in place of each vector parameter."""
        if members is None:
            return self
        rows: list[Parameter] = []
        for row in self.rows:
            if row.index == "member":
                rows += [self._member_row(row, member) for member in members]
            elif row.index == "pair":
                rows += [row.component(f"{i}.{j}") for i, j in permutations(members, 2)]
            elif row.index != "count":
                rows.append(row)
        return ParameterTable(tuple(rows))

    def _member_row(self, row: Parameter, member: str) -> Parameter:
        """The row of one member; a default refers to the member's own components."""
        component = row.component(member)
        if row.default is None:
            return component
        vectors = (parameter for parameter in self.rows if parameter.index == "member")
        return replace(
            component,
            default=row.default.xreplace(
                {parameter.symbol: parameter.component(member).symbol for parameter in vectors}
            ),
        )

    def __repr__(self) -> str:
        return f"<parameters: {', '.join(self.names)}>"


@arg.validate(rows=arg.instance_of(Parameter, "a Parameter"))
def declare(*rows: Parameter) -> ParameterTable:
    """The parameters of a game, in the order a paper would introduce them."""
    return ParameterTable(rows)


class Symbols:
    """The symbols of a game, by ASCII name or by parameter name, as attributes.

    A parameter that each member has is a tuple-like of symbols, with the members as attributes.
    """

    def __init__(self, entries: Mapping[str, Symbol | Symbols]) -> None:
        self._entries = dict(entries)

    def __getattr__(self, name: str) -> Expr:
        if name.startswith("__") or "_entries" not in self.__dict__:
            raise AttributeError(name)
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownAttributeError("symbol", name, self._entries) from None

    def __getitem__(self, key: str | int) -> Expr:
        if isinstance(key, str):
            return self._entries[arg.one_of("symbol", key, self._entries)]
        return arg.lookup("symbol", tuple(self), key, lambda symbol: (str(symbol),))

    def __iter__(self) -> Iterator[Expr]:
        return iter(dict.fromkeys(self._entries.values()))

    def __len__(self) -> int:
        return len(dict.fromkeys(self._entries.values()))

    def __dir__(self) -> list[str]:
        return list(self._entries)

    def __repr__(self) -> str:
        return f"({', '.join(map(str, self))})"

    @classmethod
    @arg.validate(
        table=arg.instance_of(ParameterTable, "a table of parameters"),
        members=arg.optional(arg.names),
    )
    def of(cls, table: ParameterTable, members: Sequence[str] | None) -> Symbols:
        """The symbols of a declared table, expanded over the members."""
        entries: dict[str, Symbol | Symbols] = {}
        for row in table:
            value: Symbol | Symbols = row.symbol
            if members is not None and row.index == "count":
                continue
            if members is not None and row.index == "member":
                value = cls({i: row.component(i).symbol for i in members})
            if members is not None and row.index == "pair":
                own: dict[str, dict[str, Symbol]] = {i: {} for i in members}
                for i, j in permutations(members, 2):
                    own[i][j] = row.component(f"{i}.{j}").symbol
                value = cls({i: cls(symbols) for i, symbols in own.items()})
            entries[row.symbol.name] = entries[row.name] = value
        return cls(entries)


def member_names(members: object, given: Mapping[str, object]) -> tuple[str, ...] | None:
    """The members' names, from ``members=`` or from the values given for vector parameters."""
    if members is None:
        return _implied_members(given)
    if isinstance(members, bool) or not isinstance(members, (Integral, list, tuple)):
        raise ParameterError("members", members, "a whole number >= 1 or a list of names")
    if isinstance(members, Integral):
        if members < 1:
            raise ParameterError("members", members, "a whole number >= 1 or a list of names")
        check_count("members=", int(members), MEMBERS)
        return tuple(str(i + 1) for i in range(int(members)))
    check_count("members=", len(members), MEMBERS)
    names = tuple(members)
    if not names or not all(isinstance(name, str) and _is_name(name) for name in names):
        raise ParameterError(
            "members",
            members,
            "names, each a single word, or words with one space between each two",
            "Write for example ['North', 'New South']",
        )
    if len({name.replace(" ", "_") for name in names}) < len(names):
        raise ParameterError("members", members, "names that differ")
    _check_pairs(tuple(name.replace(" ", "_") for name in names))
    return names


def _is_name(name: str) -> bool:
    """Whether it is a word, or several with one space between each two."""
    words = name.split(" ")
    return words[0].isidentifier() and "_".join(words).isidentifier() and "" not in words


def _check_pairs(names: tuple[str, ...]) -> None:
    """Refuse names of which two pairs would share a symbol."""
    if any("_" in name for name in names):
        pairs = Counter("_".join(pair) for pair in permutations(names, 2))
        label, count = max(pairs.items(), key=lambda item: item[1], default=("", 1))
        if count > 1:
            allowed = "names of which no two pairs read alike"
            raise ParameterError("members", names, allowed, f"Two pairs would be {label!r}")


def _implied_members(given: Mapping[str, object]) -> tuple[str, ...] | None:
    suffixes = dict.fromkeys(member for key in given for member in key.split(".")[1:])
    if suffixes:
        if invalid := [member for member in suffixes if not (_is_name(member) or member.isdigit())]:
            raise ParameterError(
                "member",
                invalid[0],
                "a name that is a single word, or words with one space between each two",
            )
        return tuple(suffixes)
    for name, value in given.items():
        if isinstance(value, Mapping):
            names = (m for key in value for m in (key if isinstance(key, tuple) else (key,)))
            return member_names(list(dict.fromkeys(names)), {})
        if is_vector(value):
            count = len(value) if isinstance(value, Sized) else len(tuple(value))
            if count == 0:
                raise ParameterError(name, value, "at least one member's value")
            return member_names(count, {})
    return None


def listed(values: Mapping[str, object]) -> dict[str, object]:
    """The values with those that can be read only once as tuples."""
    most = MEMBERS.most + 1
    return {
        name: tuple(islice(value, most))
        if is_vector(value) and not isinstance(value, Sized)
        else value
        for name, value in values.items()
    }


def is_vector(value: object) -> TypeGuard[Iterable[object]]:
    """Whether a value lists one number for each member."""
    if isinstance(value, (str, bytes, sp.Basic)) or getattr(value, "ndim", 1) == 0:
        return False
    return isinstance(value, Iterable)


def components(row: Parameter, value: object, members: Sequence[str] | None) -> dict[str, object]:
    """A user's value of one declared parameter, by component name."""
    if row.index == "pair" and members is not None:
        return _pair_components(row, value, members)
    if row.index != "member" and is_vector(value):
        raise ParameterError(row.name, value, f"one value ({row.meaning})")
    if row.index != "member" or members is None:
        return {row.name: value}
    by_member: Mapping[str, object] = dict.fromkeys(members, value)
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in members]
        if unknown:
            raise UnknownNameError("member", str(unknown[0]), members)
        by_member = value
    elif is_vector(value):
        entries = list(value)
        if len(entries) != len(members):
            raise ParameterError(
                row.name,
                value,
                f"{len(members)} values, one for each of {', '.join(members)}",
                f"{len(entries)} came",
            )
        by_member = dict(zip(members, entries, strict=True))
    return {f"{row.name}.{member}": entry for member, entry in by_member.items()}


def _pair_components(row: Parameter, value: object, members: Sequence[str]) -> dict[str, object]:
    """A pair parameter: one value for all, a dict of pairs (those left out are 0), or rows."""
    names = {f"{row.name}.{i}.{j}": (i, j) for i, j in permutations(members, 2)}
    if not is_vector(value):
        return dict.fromkeys(names, value)
    entries = value if isinstance(value, Mapping) else _pairs_from_rows(row, value, members)
    for key, entry in entries.items():
        if not (isinstance(key, tuple) and len(key) == 2):
            raise ParameterError(row.name, key, "pairs of members", "Write {('A', 'B'): 1}")
        for member in key:
            if member not in members:
                raise UnknownNameError("member", str(member), members)
        if key[0] == key[1] and exact(entry, f"{row.name}.{key[0]}.{key[1]}") != 0:
            raise ParameterError(
                row.name, entry, f"0 from {key[0]} to itself", "Leave the diagonal 0"
            )
    return {name: entries.get(pair, 0) for name, pair in names.items()}


def _pairs_from_rows(
    row: Parameter, value: object, members: Sequence[str]
) -> dict[tuple[str, str], object]:
    rows = [list(entries) if is_vector(entries) else [] for entries in value]  # type: ignore[attr-defined]
    n = len(members)
    if len(rows) != n or any(len(entries) != n for entries in rows):
        shape = " x ".join(map(str, sorted({len(rows), *map(len, rows)})))
        raise ParameterError(
            row.name,
            value,
            f"{n} rows of {n}, one for each of {', '.join(members)}",
            f"{shape} came",
        )
    return {(i, j): rows[a][b] for a, i in enumerate(members) for b, j in enumerate(members)}


@dataclass(frozen=True)
class ValueReader:
    """A reader of values for the declared parameters of a game, over its members."""

    parameters: ParameterTable
    members: tuple[str, ...] | None
    game: str

    @cached_property
    def table(self) -> ParameterTable:
        """The declared parameters, one row for each member where each has its own."""
        return self.parameters.expand(self.members)

    @cached_property
    def symbols(self) -> dict[str, Symbol]:
        """The symbols by name, of the symbol or of the parameter."""
        by_symbol = {row.symbol.name: row.symbol for row in self.table}
        return by_symbol | {row.name: row.symbol for row in self.table}

    def full_name(self, key: str) -> str:
        """A parameter's name from its name or ASCII symbol; a component keeps its member."""
        head, dot, tail = key.partition(".")
        if head not in self.parameters:
            raise UnknownNameError(f"parameter of {self.game}", key, self.parameters.names)
        return self.parameters[head].name + dot + tail

    def named(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values by parameter name, each given once."""
        result: dict[str, object] = {}
        for key, value in values.items():
            name = self.full_name(key)
            if name in result:
                raise GameTheoryError(
                    f"{name} is given twice, by its name and by its symbol; give it once"
                )
            result[name] = value
        return result

    def given(self, values: Mapping[str, object]) -> dict[str, Expr]:
        """Exact values by component name, each in its domain."""
        flat_values = self._flatten(values)
        table, symbols = self.table, self.symbols
        exact_values = {
            name: table[name].value(value, symbols) for name, value in flat_values.items()
        }
        # A parameter set to its own symbol is left open: that is how a default is lifted.
        return {
            name: value
            for name, value in exact_values.items()
            if value != table[name].symbol or table[name].default is not None
        }

    def values(self, given: Mapping[str, Expr]) -> dict[Symbol, Expr]:
        """Values by symbol: those given, and the derived ones."""
        table = self.table
        values = _resolve_references({table[name].symbol: value for name, value in given.items()})
        for row in table:
            if row.default is None:
                continue
            ingredients = row.default.free_symbols
            if row.symbol in values:
                if ingredients & values.keys():
                    _check_derived(row, values)
            elif not ingredients or ingredients & values.keys():
                values[row.symbol] = row.default.subs(values, simultaneous=True)
        # Again, for values that name what has just followed from others.
        return _resolve_references(
            {symbol: value for symbol, value in values.items() if value != symbol}
        )

    def _flatten(self, values: Mapping[str, object]) -> dict[str, object]:
        result: dict[str, object] = {}
        for name, value in self.named(values).items():
            row = self.parameters[name.partition(".")[0]]
            if self.members is not None and row.index == "count":
                self._check_count(row, value)
                continue
            entries = {name: value} if "." in name else components(row, value, self.members)
            if repeated := result.keys() & entries.keys():
                raise GameTheoryError(f"{min(repeated)} is given twice, by itself and in {name}")
            result |= entries
        return result

    def _check_count(self, row: Parameter, value: object) -> None:
        members = self.members or ()
        if row.value(value) != len(members):
            raise SpaceError(
                f"{row.name} = {value} contradicts the {len(members)} members "
                f"{', '.join(members)}; leave it out where members or their values are listed"
            )


def check_constraints(
    constraints: tuple[Boolean, ...], values: Mapping[Symbol, Expr], space: Space, game: str
) -> None:
    """Refuse values that contradict the constraints."""
    for constraint in constraints:
        if simplify_constant(condition_at(constraint, values)) == sp.false:
            symbols = sorted(constraint.free_symbols & values.keys(), key=str)
            assignments = ", ".join(f"{symbol} = {values[symbol]}" for symbol in symbols)
            names = " or ".join(map(str, symbols))
            raise SpaceError(f"{assignments} contradicts {constraint} in {game}; change {names}")
    new_constraints = [condition for condition in space.constraints if condition not in constraints]
    if not new_constraints or len(space.constraints) == 1:
        return
    empty = space.empty
    if empty.verdict == "proved":
        clash = " and ".join(map(str, empty.clash or new_constraints))
        raise SpaceError(f"no {game} has these values: {clash} contradict each other")


def _check_derived(row: Parameter, values: Mapping[Symbol, Expr]) -> None:
    derived = row.default.subs(values, simultaneous=True)  # type: ignore[union-attr]
    if sp.simplify(derived - values[row.symbol]) != 0:
        raise SpaceError(
            f"{row.name} = {values[row.symbol]} contradicts {row.symbol} = {row.default}, "
            f"which is {derived} here; give {row.name} or what it follows from, not both"
        )


def _resolve_references(values: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """Values with references to other parameters replaced by those parameters' values."""
    self_references = {symbol: value for symbol, value in values.items() if value == symbol}
    pending = {symbol: value for symbol, value in values.items() if symbol not in self_references}
    for _ in range(len(pending) + 1):
        if not any(value.free_symbols & pending.keys() for value in pending.values()):
            return {**self_references, **pending}
        pending = {s: value.subs(pending, simultaneous=True) for s, value in pending.items()}
    cycle = ", ".join(
        f"{s} = {values[s]}" for s in pending if pending[s].free_symbols & pending.keys()
    )
    raise SpaceError(f"{cycle}: values that follow from each other in a circle; break it")
