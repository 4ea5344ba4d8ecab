"""Plan of a sweep: a game's readings as formulas and kernels, which fill the arrays of a tile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from math import prod
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import evaluate
from gametheory_eeu.core.conversions import to_fraction
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.sweeps.exact_values import ExactValues
from gametheory_eeu.sweeps.formulas import Signs, SignTable
from gametheory_eeu.sweeps.tiles import Array, Tile
from gametheory_eeu.sweeps.value_kernels import ValueKernel

COMPUTED, OUTSIDE, NONEXISTENT, NOT_FINITE, NOT_WORKED_OUT = range(5)
FLAGS = (
    "computed",
    "outside_the_domain",
    "does_not_exist",
    "no_finite_value",
    "not_worked_out",
)
POINT_FLAG = "point_flag"
"""The variable that says, at each point, whether an equilibrium that exists lacks a value."""
KNOWN, ABSENT, AFTER_A_CHOICE, IN_A_FAMILY = range(4)
REASONS = (
    "a_value_where_it_exists",
    "no_part_of_this_equilibrium",
    "depends_on_an_earlier_choice",
    "differs_between_members_of_a_family",
)
_TYPES: dict[str, Any] = {"truth": bool, "flag": np.int8, "regime": np.int64}
MAX_REGIMES = 62
"""The most equilibria of which a regime can be one integer."""


@dataclass(frozen=True)
class Variable(Picklable):
    """One variable of the result.

    Parameters
    ----------
    name : str
    dimensions : tuple of str
        Those before the swept ones.
    kind : {"value", "truth", "flag", "regime"}
    attributes : mapping of str to str
    """

    name: str
    dimensions: tuple[str, ...]
    kind: str
    attributes: Mapping[str, Any] = field(default_factory=FrozenMapping)

    def dtype(self, exact: bool) -> Any:
        """The type of the entries."""
        return _TYPES.get(self.kind, object if exact else np.float64)

    def file_attributes(self) -> dict[str, Any]:
        """The attributes as files hold them: lists in place of tuples."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in self._items}

    @cached_property
    def _items(self) -> tuple[tuple[str, Any], ...]:
        return tuple(self.attributes.items())


@dataclass(frozen=True)
class Entry(Picklable):
    """An expression, where it exists, and its place in a variable of values."""

    variable: str
    place: tuple[int, ...]
    expression: Expr
    exists: Boolean


@dataclass(frozen=True)
class Plan(Picklable):
    """What is worked out at each point.

    Parameters
    ----------
    symbols : mapping of parameter to symbol
    domain : tuple of SymPy Booleans
        Outside of it nothing is computed.
    variables : tuple of Variable
    labels : mapping of dimension to tuple of str
        Of the dimensions before the swept ones.
    truths : mapping of variable to Booleans
        One for each place.
    entries : tuple of Entry
    reasons : mapping of variable to (mapping of labels to int)
        Why an equilibrium's values are no functions of the parameters, where they are none.
    families : tuple of str
        The families among the equilibria, each with the range of its members.
    existence : tuple of SymPy Booleans
        When each equilibrium exists, of all that a regime tells.
    """

    symbols: Mapping[str, Symbol]
    domain: tuple[Boolean, ...]
    variables: tuple[Variable, ...]
    labels: Mapping[str, tuple[str, ...]]
    truths: Mapping[str, tuple[Boolean, ...]]
    entries: tuple[Entry, ...]
    reasons: Mapping[str, Mapping[tuple[str, str], int]] = FrozenMapping()
    families: tuple[str, ...] = ()
    existence: tuple[Boolean, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the variables."""
        return frozenset(variable.name for variable in self.variables)

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of the variables that have a row for each equilibrium."""
        return frozenset(v.name for v in self.variables if "equilibrium" in v.dimensions)

    @cached_property
    def reason_flags(self) -> tuple[tuple[Variable, Array], ...]:
        """A flag for each table that has no value at some place, the same at every point."""
        return tuple(flag for v in self.variables if v.name in self.reasons
                     for flag in self._reason_flag(v))  # fmt: skip

    def _reason_flag(self, table: Variable) -> Iterator[tuple[Variable, Array]]:
        equilibrium, dimension = table.dimensions
        places = self.reasons[table.name]
        flags = [[places.get((e, label), ABSENT) for label in self.labels[dimension]]
                 for e in self.labels[equilibrium]]  # fmt: skip
        about = {
            "long_name": f"why {table.name} has no value where an equilibrium exists, if so",
            "flag_values": tuple(range(len(REASONS))),
            "flag_meanings": " ".join(REASONS),
            "families": "; ".join(self.families),
        }
        if any(map(any, flags)):
            flag = Variable(f"{table.name}_flag", table.dimensions, "flag", FrozenMapping(about))
            yield flag, np.array(flags, dtype=np.int8)

    def only(self, *names: str) -> Plan:
        """The plan for the truth of some conditions, and nothing else."""
        return replace(
            self,
            variables=tuple(v for v in self.variables if v.name in names),
            labels=FrozenMapping(),
            truths=FrozenMapping({name: self.truths[name] for name in names}),
            entries=(),
            reasons=FrozenMapping(),
        )

    def of_equilibria(self, names: Sequence[str]) -> Plan:
        """The plan for some of the equilibria; a regime still tells of all."""
        known = self.labels["equilibrium"]
        tables = self.tables
        places = {known.index(name): k for k, name in enumerate(names)}
        return replace(
            self,
            labels=FrozenMapping({**self.labels, "equilibrium": tuple(names)}),
            truths=FrozenMapping({
                name: tuple(conditions[k] for k in places) if name in tables else conditions
                for name, conditions in self.truths.items()
            }),
            entries=tuple(
                replace(e, place=(places[e.place[0]], *e.place[1:])) if e.variable in tables else e
                for e in self.entries if e.variable not in tables or e.place[0] in places
            ),
        )  # fmt: skip

    def shape(self, variable: Variable) -> tuple[int, ...]:
        """The shape of a variable before the swept dimensions."""
        return tuple(len(self.labels[d]) for d in variable.dimensions)

    def arrays(self, shape: Sequence[int], exact: bool = False) -> dict[str, Array]:
        """Empty arrays for every variable over a region of some shape."""
        return {
            v.name: np.empty((*lead, *shape), v.dtype(exact))
            for v, lead in zip(self.variables, self._leads, strict=True)
        }

    @cached_property
    def _leads(self) -> tuple[tuple[int, ...], ...]:
        """Each variable's shape before the swept dimensions."""
        return tuple(map(self.shape, self.variables))

    @cached_property
    def point_bytes(self) -> int:
        """The bytes that the variables take at one point."""
        sizes = (np.dtype(v.dtype(False)).itemsize for v in self.variables)
        return sum(prod(lead) * size for lead, size in zip(self._leads, sizes, strict=True))

    def fill(self, tile: Tile, arrays: Mapping[str, Array]) -> None:
        """Fill the arrays of a tile in floating point, every condition decided exactly."""
        self._compiled.fill(tile, arrays)

    @cached_property
    def _compiled(self) -> CompiledPlan:
        return compiled(self)

    def fill_exactly(self, tile: Tile, arrays: Mapping[str, Array]) -> None:
        """Fill the arrays of a tile in exact arithmetic, point by point."""
        shape = tile.shape(tuple(tile.columns))
        symbols = tuple(tile.columns)
        for index in np.ndindex(*shape):
            point = tile.exact_point(symbols, index)
            for name, place, value in self._exact_values(point):
                arrays[name][(*place, *index)] = value

    def _exact_values(self, point: Mapping[Symbol, Expr]) -> Iterable[tuple[str, Any, Any]]:
        inside = all(_holds(c, point) for c in (*self.domain, *self._whole(point)))
        for name, conditions in self.truths.items():
            for k, condition in enumerate(conditions):
                place = (k,) if name == "exists" else ()
                yield name, place, inside and _holds(condition, point)
        if "regime" in self.names:
            exists = [inside and _holds(c, point) for c in self.existence]
            yield "regime", (), sum(e << k for k, e in enumerate(exists)) if inside else -1
        flag_at_point = COMPUTED
        for entry in self.entries:
            held = inside and _holds(entry.exists, point)
            value = evaluate.value(entry.expression, point) if held else None
            if held and value is None and entry.place:
                flag_at_point = NOT_FINITE
            yield entry.variable, entry.place, exact_number(value)
            if f"{entry.variable}_flag" in self.names:
                reasons = (
                    (not inside, OUTSIDE),
                    (not held, NONEXISTENT),
                    (value is None, NOT_FINITE),
                )
                flag = next((flag for applies, flag in reasons if applies), COMPUTED)
                yield f"{entry.variable}_flag", (), flag
        if POINT_FLAG in self.names:
            yield POINT_FLAG, (), flag_at_point

    def _whole(self, point: Mapping[Symbol, Expr]) -> list[Boolean]:
        return [sp.true if point[s].is_integer else sp.false for s in point if s.is_integer]


def exact_number(value: Expr | None) -> Any:
    """A Fraction where the value is rational, a SymPy number where it is not, NaN where none is."""
    if value is None:
        return np.nan
    return to_fraction(value) if value.is_Rational else value


def _holds(condition: Boolean, point: Mapping[Symbol, Expr]) -> bool:
    return evaluate.truth_value(condition, point) is True


@lru_cache(maxsize=32)
def compiled(plan: Plan) -> CompiledPlan:
    """The code of a plan, made once in each process."""
    return CompiledPlan(plan)


class CompiledPlan:
    """A plan's formulas and kernels."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.table = plan, SignTable()
        formula = self.table.formula
        self.inside = formula(sp.And(*plan.domain, evaluate=False)) if plan.domain else True
        self.whole = [self.table.whole(s) for s in plan.symbols.values() if s.is_integer]
        self.truths = {
            name: [formula(c) for c in conditions] for name, conditions in plan.truths.items()
        }
        self.existence = [formula(condition) for condition in plan.existence]
        self.held = [formula(entry.exists) for entry in plan.entries]
        self.kernel = ValueKernel((entry.expression for entry in plan.entries), self.table)
        self.exact_values = [ExactValues(entry.expression, self.table) for entry in plan.entries]

    def fill(self, tile: Tile, arrays: Mapping[str, Array]) -> None:
        """Fill the arrays of a tile."""
        signs = Signs(self.table, tile)
        inside = signs.truth(self.inside)
        for formula in self.whole:
            inside = inside & signs.truth(formula)
        is_inside = bool(inside.all())
        for name, formulas in self.truths.items():
            target = arrays[name] if name == "exists" else arrays[name][np.newaxis]
            for k, formula in enumerate(formulas):
                np.logical_and(signs.truth(formula), inside, out=target[k])
        if "regime" in arrays:
            self._fill_regime(arrays, signs, inside)
        if self.plan.entries:
            self._fill_values(tile, arrays, signs, inside, is_inside)

    def _fill_regime(self, arrays: Mapping[str, Array], signs: Signs, inside: Array) -> None:
        regime = arrays["regime"]
        regime[...] = 0
        for k, formula in enumerate(self.existence):
            regime |= signs.truth(formula).astype(np.int64) << k
        np.copyto(regime, -1, where=~inside)

    def _fill_values(
        self,
        tile: Tile,
        arrays: Mapping[str, Array],
        signs: Signs,
        inside: Array,
        is_inside: bool,
    ) -> None:
        values = self.kernel.values(tile, signs)
        if POINT_FLAG in arrays:
            arrays[POINT_FLAG][...] = COMPUTED
        existence: dict[int, _Existence] = {}
        for k, (entry, formula, value) in enumerate(
            zip(self.plan.entries, self.held, values, strict=True)
        ):
            if id(formula) not in existence:
                held = signs.truth(formula)
                held = held if is_inside else held & inside
                existence[id(formula)] = _Existence(held, inside)
            target = arrays[entry.variable][entry.place] if entry.place else arrays[entry.variable]
            held_here = existence[id(formula)]
            exact_values = self.exact_values[k]
            missing = held_here.enter(target, value, tile.beyond_floats(exact_values.symbols))
            if missing is not None:
                untold = exact_values.enter(target, missing, tile, signs)
            flag = arrays.get(f"{entry.variable}_flag")
            if flag is not None:
                held_here.enter_flag(flag, target)
            if missing is not None:
                flag = arrays[POINT_FLAG] if flag is None else flag
                np.copyto(flag, NOT_FINITE, where=missing & np.isnan(target))
                np.copyto(flag, NOT_WORKED_OUT, where=untold)


class _Existence:
    """Where some values exist, and how they are entered: NaN, with a flag, where they do not."""

    def __init__(self, held: Array, inside: Array) -> None:
        self.inside = inside
        self.is_uniform = bool(held.all() or not held.any())
        self.held = held[(slice(1),) * held.ndim] if self.is_uniform else held

    @cached_property
    def _bits(self) -> Array:
        """The bits that make NaN of any number, where a value does not exist; else no bits."""
        bits = self.held.astype(np.int64)
        bits -= 1
        return bits

    def enter(self, target: Array, value: Any, extreme: Array | None) -> Array | None:
        """Enter a value where it exists and is finite, and NaN elsewhere.

        Where it exists and is not finite, or the point is beyond floats (``extreme``), is what is
        returned, if that is anywhere.

        By their bits, for a branch at each point would cost more than all else.
        """
        if self.is_uniform and not self.held.flat[0]:
            target[...] = np.nan
            return None
        numbers = np.asarray(value, dtype=np.float64)
        np.bitwise_or(numbers.view(np.int64), self._bits, out=target.view(np.int64))
        if extreme is None and np.isfinite(numbers).all():
            return None
        unknown = ~np.isfinite(target)
        missing = (unknown if extreme is None else unknown | extreme) & self.held
        np.copyto(target, np.nan, where=missing)
        return missing if missing.any() else None

    def enter_flag(self, flag: Array, values: Array) -> None:
        """Enter why each value is missing."""
        flag[...] = self._flags
        missing = np.isnan(values)
        if np.count_nonzero(missing) != self._missing_count * (flag.size // self._flags.size):
            np.copyto(flag, NOT_FINITE, where=missing & (flag == COMPUTED))

    @cached_property
    def _flags(self) -> Array:
        """The flags where all values that exist are finite."""
        flags = np.where(self.held, np.int8(COMPUTED), np.int8(NONEXISTENT))
        return flags if self.inside.all() else np.where(self.inside, flags, np.int8(OUTSIDE))

    @cached_property
    def _missing_count(self) -> int:
        return int(np.count_nonzero(self._flags))
