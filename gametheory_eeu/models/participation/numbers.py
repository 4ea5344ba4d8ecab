"""Numerical form of a participation game, resistance and gains as arrays; results in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, ClassVar

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.results import Displayable, StructuralEquality
from gametheory_eeu.errors import DoesNotExistError, GameTheoryError, UnsupportedError
from gametheory_eeu.games import Game
from gametheory_eeu.solvers.crowd import Crowd
from gametheory_eeu.solvers.thresholds import Array, ThresholdNetwork, as_array

TIES_JOIN, PLAIN_NASH = "Nash, ties join", "Nash"
MAX_NAMED, MAX_NAMED_ON_NETWORK = 32, 12
MAX_CLOSED_FORM_MEMBERS = 3
_OVER_SETS = ("absolute_threshold", "uniform_bill", "value_of_bilateralism")
"""Quantities whose formula is a maximum over all sets of members."""
Pairs = tuple[Array, Array, Array]


def is_matrix(value: object) -> bool:
    """Whether complementarity comes as rows or pairs, and not as one number."""
    return isinstance(value, (Mapping, list, tuple)) or getattr(value, "ndim", 0) > 0


class NumericForm(Game):
    """A participation game with its numbers as arrays."""

    variant: ClassVar[str] = ""
    _variants: ClassVar[dict[str, type[Any]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.variant:
            cls._variants.setdefault(cls.variant, cls)

    @classmethod
    def _variant_class(cls, arguments: Mapping[str, Any]) -> type[Any]:
        """The class for the arguments: a network, arrays, or a symbol for each member."""
        network = is_matrix(arguments.get("complementarity", arguments.get("beta")))
        is_large = _exceeds(arguments, MAX_NAMED_ON_NETWORK if network else MAX_NAMED)
        variant = "at large" if is_large else "network" if network else ""
        if cls.variant:
            return cls
        found = cls._variants.get(variant, cls)
        return found if issubclass(found, cls) else cls

    # The numeric core.

    @cached_property
    def _rational_values(self) -> tuple[list[Expr], dict[tuple[int, int], Expr]]:
        """The resistances, and the gains by (to whom, from whose joining)."""
        game: Any = self
        count = len(self.players)
        gains = {(i, j): game.gain(i, j) for i, j in product(range(count), repeat=2) if i != j}
        return list(game.resistances), gains

    @property
    def _has_too_many_sets(self) -> bool:
        """Whether a formula over all sets of members would be too long."""
        return len(self.players) > MAX_CLOSED_FORM_MEMBERS and not self._has_numbers

    def _why_missing(self, name: str) -> str:
        if name in _OVER_SETS and self._has_too_many_sets:
            return (
                f"with symbols, beyond {MAX_CLOSED_FORM_MEMBERS} members, it is a maximum over too "
                "many sets of members for a formula; give values for resistance and complementarity"
            )
        if name == "tipping_share":
            return "it is of members that are alike; leave out members, and lists of their values"
        return ""

    @property
    def _has_numbers(self) -> bool:
        if self.members is None:
            return False
        resistance, gains = self._rational_values
        return all(x.is_Rational for x in [*resistance, *gains.values()])

    def _arrays(self) -> tuple[Array, Fraction | Pairs]:
        """Resistance and the uniform gain, or resistance and pairs."""
        self._require(self._missing())
        resistance, gains = self._rational_values
        theta = as_array([_fraction(x) for x in resistance], "resistance")
        if self._is_uniform:
            uniform_gain = next(iter(gains.values()), sp.Integer(0))
            return theta, _fraction(uniform_gain)
        entries = [(i, j, _fraction(x)) for (i, j), x in gains.items() if x != 0]
        target, source = (np.array([entry[a] for entry in entries], dtype=np.int64) for a in (0, 1))
        return theta, (target, source, as_array([entry[2] for entry in entries], "complementarity"))

    @property
    def _is_large(self) -> bool:
        return False

    @property
    def _is_uniform(self) -> bool:
        return True

    def _numeric_power(self) -> Fraction | None:
        power = self.values.get(self.symbols.P, self.symbols.P)
        return _fraction(power) if power.is_Rational else None

    @cached_property
    def _core(self) -> Crowd | ThresholdNetwork:
        theta, gain = self._arrays()
        power = self._numeric_power() or Fraction(0)
        return (
            ThresholdNetwork.of(theta, gain, power)
            if isinstance(gain, tuple)
            else Crowd.of(theta, gain, power)
        )

    @cached_property
    def _network(self) -> ThresholdNetwork:
        """The numeric model as a network, also where complementarity is uniform."""
        model = self._core
        if isinstance(model, ThresholdNetwork):
            return model
        theta, gain = self._arrays()
        count = len(theta)
        target, source = np.nonzero(~np.eye(count, dtype=bool))
        gains = np.full(len(target), gain, dtype=object)
        return ThresholdNetwork.of(
            theta, (target, source, gains), self._numeric_power() or Fraction(0)
        )

    def _require(self, names: Sequence[str]) -> None:
        if names:
            arguments = ", ".join(f"{name}=…" for name in names)
            raise GameTheoryError(
                f"this needs numbers for {', '.join(names)}: write game.at({arguments})"
            )

    def _missing(self) -> list[str]:
        """The parameters that still hold symbols."""
        if self.members is None and not self._is_large:
            raise GameTheoryError(
                f"members are alike here, and not told apart: write {type(self).__name__}"
                "(members=4, …) or give a list of resistance"
            )
        if self._has_numbers:
            return []
        resistance, gains = self._rational_values
        parts = {"resistance": resistance, "complementarity": gains.values()}
        return [name for name, values in parts.items() if not all(x.is_Rational for x in values)]

    def _numeric_model(self) -> Crowd | ThresholdNetwork:
        self._require(
            [*self._missing(), *(["hegemon_power"] if self._numeric_power() is None else [])]
        )
        return self._core

    def _uniform_model(self, subject: str) -> Crowd:
        model = self._numeric_model()
        if not isinstance(model, Crowd):
            raise UnsupportedError(
                f"{subject} are for uniform complementarity; on a network see least_equilibrium(), "
                "greatest_equilibrium() and cascade()"
            )
        return model

    def _number(self, name: str) -> Expr:
        return to_sympy(getattr(self._core, name))

    def _names(self, positions: Array) -> Any:
        """The names of members by position; positions themselves where members are many."""
        return tuple(self.players[i] for i in np.asarray(positions).tolist())

    def _joiners(self, positions: Array) -> Joiners:
        return Joiners(self._names(np.sort(positions)), len(positions), self._core.exact)


def _exceeds(arguments: Mapping[str, Any], limit: int) -> bool:
    """Whether a list of numbers has more entries than get a symbol each."""
    count = arguments.get("members")
    number = count if isinstance(count, int) else _length(count)
    lists = (arguments.get(k) for k in ("resistance", "theta", "complementarity", "beta"))
    return max(number, *map(_length, lists)) > limit


def _length(value: Any) -> int:
    """The number of entries or rows; 0 if the value is no list."""
    if getattr(value, "ndim", 0) > 0:
        return int(value.shape[0])
    return len(value) if isinstance(value, (list, tuple, range)) else 0


def _fraction(x: Expr) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def to_sympy(x: Any) -> Expr:
    """A Fraction as an exact SymPy number, a float as a SymPy float."""
    if isinstance(x, Fraction):
        return sp.Rational(x.numerator, x.denominator)
    return sp.Float(float(x)) if isinstance(x, (float, np.floating)) else sp.sympify(x)


@dataclass(frozen=True, eq=False)
class Joiners(StructuralEquality, Displayable):
    """A set of members that join: names, or positions as an array where members are many."""

    members: Any
    size: int
    exact: bool


@dataclass(frozen=True, eq=False)
class EquilibriumSizes(StructuralEquality, Displayable):
    """Every pure equilibrium by its size: the ``size`` least resistant join.

    Parameters
    ----------
    sizes : array
        Ascending.
    order : tuple of names, or array of positions
        Members from the least resistant on.
    indifferent : tuple of names, or array of positions
        Under plain Nash without complementarity: of these any subset may join.
    ties : str
        ``"join"`` or ``"both"``.
    exact : bool
        False where the game was given as floats.
    """

    sizes: Any
    order: Any
    indifferent: Any
    ties: str
    exact: bool

    def joiners(self, size: int) -> Any:
        """The joiners in the equilibrium of this size."""
        return self.order[:size]


@dataclass(frozen=True, eq=False)
class Cascade(StructuralEquality, Displayable):
    """Simultaneous rounds of best replies, from nobody or from everybody.

    Parameters
    ----------
    sizes : tuple of int
        Joiners before the first round, and after each.
    rounds : tuple
        Who moves in each round: names, or positions where members are many.
    start : str
        ``"nobody"`` (up to the least equilibrium) or ``"everybody"`` (down to the greatest).
    exact : bool
        False where the game was given as floats.
    """

    sizes: tuple[int, ...]
    rounds: tuple[Any, ...]
    start: str
    exact: bool


@dataclass(frozen=True)
class TippingPoint(Displayable):
    """Between two neighbouring equilibrium sizes: how many must join before others follow.

    Parameters
    ----------
    below, above : int
        The neighbouring sizes.
    critical_size : int
        With so many joined, held until the next has, the climb goes on by itself.
    joiners_needed : int
        ``critical_size - below``; the next least resistant are counted.
    """

    below: int
    above: int
    critical_size: int
    joiners_needed: int


@dataclass(frozen=True, eq=False)
class Bill(StructuralEquality, Displayable):
    """The cost of making all joining the only equilibrium by offers one by one.

    Parameters
    ----------
    total : number or expression
    order : tuple of names, or array of positions
        In which dominance is iterated; not an order in time.
    offers : tuple of numbers, or array
        To the members in this order.
    lower_bound : number or None
        No order is cheaper. For a given order, None.
    cheapest : bool
        Whether the order is proved cheapest (the total meets the bound).
    uniform : number, expression or None
        The same offer to all; None where it has no closed form.
    exact : bool
    """

    total: Expr
    order: Any
    offers: Any
    lower_bound: Expr | None
    cheapest: bool
    uniform: Expr | None
    exact: bool

    @property
    def value_of_bilateralism(self) -> Expr:
        """The saving of offers one by one against the same offer to all, or a bound below it."""
        if self.uniform is None:
            raise DoesNotExistError(
                "the same offer to all has no closed form for so many members with symbols; give "
                "every parameter a number"
            )
        return self.uniform - self.total


@dataclass(frozen=True, eq=False)
class PotentialMaximiser(StructuralEquality, Displayable):
    """The sets of joiners that maximise the potential: all lie between these two."""

    least: Joiners
    greatest: Joiners
    potential: Expr
    exact: bool


@dataclass(frozen=True)
class Exclusion(Displayable):
    """The effect of excluding a member on the absolute threshold.

    Parameters
    ----------
    member : str
    with_member, without : number
        The absolute threshold.
    lowers : Boolean
        Whether it falls: exactly where the member, once all others have joined, still demands
        more than the others' own threshold.
    demands : number
        The power at which the member joins after all others.
    """

    member: str
    with_member: Expr
    without: Expr
    lowers: Boolean
    demands: Expr
