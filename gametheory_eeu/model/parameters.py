"""A game's parameters: the declared table, its symbols, and how user values are read into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from itertools import permutations
from numbers import Integral

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Source, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.core.size_limits import MEMBERS, check_count
from gametheory_eeu.errors import (
    ParameterError,
    UnknownAttributeError,
    UnknownNameError,
)


@dataclass(frozen=True, repr=False)
class ParameterTable(Shown):
    """The parameters of a game, with their values and sources once it has them.

    Indexed by name or ASCII symbol, iterated in the order of declaration.
    """

    rows: tuple[Parameter, ...]
    values: Mapping[str, Expr] = field(default_factory=Frozen)
    sources: Mapping[str, Source] = field(default_factory=Frozen)

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> Parameter:
        return self.rows[self.position(key)]

    @arg.checks(key=arg.text)
    def position(self, key: str) -> int:
        """Where the parameter of this name or ASCII symbol stands."""
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

    @arg.checks(name=arg.text)
    def source(self, name: str) -> Source:
        """Where the value is from, by name or ASCII symbol; else, where the parameter is from."""
        row = self[name]
        return self.sources.get(row.name, row.source)

    @arg.checks(members=arg.optional(arg.names))
    def expanded(self, members: Sequence[str] | None) -> ParameterTable:
        """With a row for each member in place of a vector parameter, none for their number."""
        if members is None:
            return self
        rows: list[Parameter] = []
        for row in self.rows:
            if row.index == "member":
                rows += [self._of_member(row, m) for m in members]
            elif row.index == "pair":
                rows += [row.component(f"{i}.{j}") for i, j in permutations(members, 2)]
            elif row.index != "count":
                rows.append(row)
        return ParameterTable(tuple(rows))

    def _of_member(self, row: Parameter, member: str) -> Parameter:
        """A row for one member; what it derives from is the member's own too."""
        own = row.component(member)
        if row.default is None:
            return own
        vectors = (r for r in self.rows if r.index == "member")
        return replace(
            own,
            default=row.default.xreplace({r.symbol: r.component(member).symbol for r in vectors}),
        )

    def __repr__(self) -> str:
        return f"<parameters: {', '.join(self.names)}>"


@arg.checks(rows=arg.a(Parameter, "a Parameter"))
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
        return arg.row("symbol", tuple(self._entries.values()), key, lambda found: (str(found),))

    def __iter__(self) -> Iterator[Expr]:
        return iter(dict.fromkeys(self._entries.values()))

    def __len__(self) -> int:
        return len(dict.fromkeys(self._entries.values()))

    def __dir__(self) -> list[str]:
        return list(self._entries)

    def __repr__(self) -> str:
        return f"({', '.join(map(str, self))})"

    @classmethod
    @arg.checks(
        table=arg.a(ParameterTable, "a table of parameters"), members=arg.optional(arg.names)
    )
    def of(cls, table: ParameterTable, members: Sequence[str] | None) -> Symbols:
        """The symbols of a declared table, expanded over the members."""
        entries: dict[str, Symbol | Symbols] = {}
        for row in table:
            value: Symbol | Symbols = row.symbol
            if members is not None and row.index == "count":
                continue
            if members is not None and row.index == "member":
                value = cls({m: row.component(m).symbol for m in members})
            if members is not None and row.index == "pair":
                value = cls({i: cls(_row(row, i, members)) for i in members})
            entries[row.symbol.name] = entries[row.name] = value
        return cls(entries)


def _row(row: Parameter, one: str, members: Sequence[str]) -> dict[str, Symbol]:
    """The symbols of a pair parameter for one member, by the other's name."""
    return {m: row.component(f"{one}.{m}").symbol for m in members if m != one}


def member_names(members: object, given: Mapping[str, object]) -> tuple[str, ...] | None:
    """The members' names, from ``members=`` or from the values given for vector parameters."""
    if members is None:
        return _members_implied(given)
    if isinstance(members, bool) or not isinstance(members, (Integral, list, tuple)):
        raise ParameterError("members", members, "a whole number >= 1 or a list of names")
    if isinstance(members, Integral):
        if members < 1:
            raise ParameterError("members", members, "a whole number >= 1 or a list of names")
        check_count("members=", int(members), MEMBERS)
        return tuple(str(i + 1) for i in range(int(members)))
    check_count("members=", len(members), MEMBERS)
    names = tuple(members)
    if not names or not all(isinstance(n, str) and n.isidentifier() for n in names):
        raise ParameterError(
            "members",
            members,
            "names, each a single word",
            "Write for example ['Belarus', 'Kazakhstan']",
        )
    if len(set(names)) < len(names):
        raise ParameterError("members", members, "names that differ")
    _check_pairs(names)
    return names


def _check_pairs(names: tuple[str, ...]) -> None:
    """A pair's symbol ends in both names: with an underscore in one, two pairs may share it."""
    if any("_" in name for name in names):
        pairs = Counter("_".join(pair) for pair in permutations(names, 2))
        shared, count = max(pairs.items(), key=lambda item: item[1], default=("", 1))
        if count > 1:
            allowed = "names of which no two pairs read alike"
            raise ParameterError("members", names, allowed, f"Two pairs would be {shared!r}")


def _members_implied(given: Mapping[str, object]) -> tuple[str, ...] | None:
    dotted = dict.fromkeys(m for key in given for m in key.split(".")[1:])
    if dotted:
        if wrong := [m for m in dotted if not (m.isidentifier() or m.isdigit())]:
            raise ParameterError("member", wrong[0], "a name that is a single word")
        return tuple(dotted)
    for name, value in given.items():
        if isinstance(value, Mapping):
            names = (m for key in value for m in (key if isinstance(key, tuple) else (key,)))
            return member_names(list(dict.fromkeys(names)), {})
        if is_vector(value):
            count = _length(value)
            if count == 0:
                raise ParameterError(name, value, "at least one member's value")
            return member_names(count, {})
    return None


def _length(value: object) -> int:
    """How many entries; what says so itself is not read for it."""
    return len(value) if isinstance(value, Sized) else len(list(value))  # type: ignore[call-overload]


def is_vector(value: object) -> bool:
    """Whether a value lists one number for each member."""
    if isinstance(value, (str, bytes, sp.Basic)) or getattr(value, "ndim", 1) == 0:
        return False
    return isinstance(value, Iterable)


def components(row: Parameter, value: object, members: Sequence[str] | None) -> dict[str, object]:
    """What a user gave for one declared parameter, by component name."""
    if row.index == "pair" and members is not None:
        return _pairs(row, value, members)
    if row.index != "member":
        if is_vector(value):
            raise ParameterError(row.name, value, f"one value ({row.meaning})")
        return {row.name: value}
    if members is None:
        return {row.name: value}
    if isinstance(value, Mapping):
        wrong = [key for key in value if key not in members]
        if wrong:
            raise UnknownNameError("member", str(wrong[0]), members)
        return {f"{row.name}.{key}": value[key] for key in value}
    if is_vector(value):
        listed = list(value)  # type: ignore[call-overload]
        if len(listed) != len(members):
            raise ParameterError(
                row.name,
                value,
                f"{len(members)} values, one for each of {', '.join(members)}",
                f"{len(listed)} came",
            )
        return {f"{row.name}.{m}": v for m, v in zip(members, listed, strict=True)}
    return {f"{row.name}.{m}": value for m in members}


def _pairs(row: Parameter, value: object, members: Sequence[str]) -> dict[str, object]:
    """A pair parameter: one value for all, a dict of pairs (those left out are 0), or rows."""
    names = {f"{row.name}.{i}.{j}": (i, j) for i, j in permutations(members, 2)}
    if not is_vector(value):
        return dict.fromkeys(names, value)
    given = value if isinstance(value, Mapping) else _from_rows(row, value, members)
    for key, entry in given.items():
        if not (isinstance(key, tuple) and len(key) == 2):
            raise ParameterError(row.name, key, "pairs of members", "Write {('A', 'B'): 1}")
        for member in key:
            if member not in members:
                raise UnknownNameError("member", str(member), members)
        if key[0] == key[1] and exact(entry, f"{row.name}.{key[0]}.{key[1]}") != 0:
            raise ParameterError(
                row.name, entry, f"0 from {key[0]} to itself", "Leave the diagonal 0"
            )
    return {name: given.get(pair, 0) for name, pair in names.items()}


def _from_rows(
    row: Parameter, value: object, members: Sequence[str]
) -> dict[tuple[str, str], object]:
    rows = [list(line) if is_vector(line) else [] for line in value]  # type: ignore[attr-defined]
    n = len(members)
    if len(rows) != n or any(len(line) != n for line in rows):
        shape = " x ".join(map(str, sorted({len(rows), *map(len, rows)})))
        raise ParameterError(
            row.name,
            value,
            f"{n} rows of {n}, one for each of {', '.join(members)}",
            f"{shape} came",
        )
    return {(i, j): rows[a][b] for a, i in enumerate(members) for b, j in enumerate(members)}
