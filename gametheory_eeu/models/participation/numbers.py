"""The numbers of a participation game as arrays, whatever form the game has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, ClassVar

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.model import Game
from gametheory_eeu.models.participation.results import Joiners
from gametheory_eeu.solvers.integer_arrays import Array, numbers
from gametheory_eeu.solvers.network_thresholds import Network
from gametheory_eeu.solvers.uniform_thresholds import Crowd

TIES_JOIN, BOTH = "Nash, ties join", "Nash"
MOST_NAMED, MOST_NAMED_ON_NETWORK = 32, 12
Pairs = tuple[Array, Array, Array]


def is_matrix(value: object) -> bool:
    """Whether complementarity comes as rows or pairs, and not as one number."""
    return isinstance(value, (Mapping, list, tuple)) or getattr(value, "ndim", 0) > 0


class Core(Game):
    """A participation game, and its numbers as arrays."""

    form: ClassVar[str] = ""

    @classmethod
    def _form(cls, given: Mapping[str, Any]) -> type[Any]:
        """The class for what was given: a network, arrays, or a symbol for each member."""
        network = is_matrix(given.get("complementarity", given.get("beta")))
        many = _many(given, MOST_NAMED_ON_NETWORK if network else MOST_NAMED)
        wanted = "at large" if many else "network" if network else ""
        if cls.form:
            return cls
        return next((kind for kind in cls.__subclasses__() if kind.form == wanted), cls)

    # The numeric core.

    @cached_property
    def _rational(self) -> tuple[list[Expr], dict[tuple[int, int], Expr]]:
        """Resistance, and gains by (to whom, from whose joining)."""
        game: Any = self
        n = len(self.players)
        gains = {(i, j): game.gain(i, j) for i, j in product(range(n), repeat=2) if i != j}
        return list(game.resistances), gains

    @property
    def _has_numbers(self) -> bool:
        if self.members is None:
            return False
        resistance, gains = self._rational
        return all(x.is_Rational for x in [*resistance, *gains.values()])

    def _arrays(self) -> tuple[Array, Fraction | Pairs]:
        """Resistance and uniform gain, or resistance and pairs."""
        self._require(self._missing())
        resistance, gains = self._rational
        theta = numbers([_fraction(x) for x in resistance], "resistance")
        if self._is_uniform:
            some = next(iter(gains.values()), sp.Integer(0))
            return theta, _fraction(some)
        found = [(i, j, _fraction(x)) for (i, j), x in gains.items() if x != 0]
        to, giver = (np.array([f[a] for f in found], dtype=np.int64) for a in (0, 1))
        return theta, (to, giver, numbers([f[2] for f in found], "complementarity"))

    @property
    def _is_at_large(self) -> bool:
        return False

    @property
    def _is_uniform(self) -> bool:
        return True

    def _level(self) -> Fraction | None:
        power = self.values.get(self.symbols.P, self.symbols.P)
        return _fraction(power) if power.is_Rational else None

    @cached_property
    def _core(self) -> Crowd | Network:
        theta, gain = self._arrays()
        power = self._level() or Fraction(0)
        return (
            Network.of(theta, gain, power)
            if isinstance(gain, tuple)
            else Crowd.of(theta, gain, power)
        )

    @cached_property
    def _network(self) -> Network:
        """The core as a network, also where complementarity is uniform."""
        core = self._core
        if isinstance(core, Network):
            return core
        theta, gain = self._arrays()
        n = len(theta)
        to, giver = np.nonzero(~np.eye(n, dtype=bool))
        each = np.full(len(to), gain, dtype=object)
        return Network.of(theta, (to, giver, each), self._level() or Fraction(0))

    def _require(self, names: Sequence[str]) -> None:
        if names:
            fix = ", ".join(f"{name}=…" for name in names)
            raise GameTheoryError(
                f"this needs numbers for {', '.join(names)}: write game.at({fix})"
            )

    def _missing(self) -> list[str]:
        """The parameters that still hold symbols."""
        if self.members is None and not self._is_at_large:
            raise GameTheoryError(
                f"members are alike here, and not told apart: write {type(self).__name__}"
                "(members=4, …) or give a list of resistance"
            )
        if self._has_numbers:
            return []
        resistance, gains = self._rational
        parts = {"resistance": resistance, "complementarity": gains.values()}
        return [name for name, found in parts.items() if not all(x.is_Rational for x in found)]

    def _at_power(self) -> Crowd | Network:
        self._require([*self._missing(), *(["hegemon_power"] if self._level() is None else [])])
        return self._core

    def _uniform(self, what: str) -> Crowd:
        core = self._at_power()
        if not isinstance(core, Crowd):
            raise UnsupportedError(
                f"{what} are for uniform complementarity; on a network see least_equilibrium(), "
                "greatest_equilibrium() and cascade()"
            )
        return core

    def _number(self, name: str) -> Expr:
        return shown(getattr(self._core, name))

    def _names(self, positions: Array) -> Any:
        """Members by position: their names; positions stay where members are many."""
        return tuple(self.players[i] for i in np.asarray(positions).tolist())

    def _joiners(self, positions: Array) -> Joiners:
        return Joiners(self._names(np.sort(positions)), len(positions), self._core.exact)


def _many(given: Mapping[str, Any], most: int) -> bool:
    """Whether a list of numbers is longer than is worth a symbol for each entry."""
    count = given.get("members")
    number = count if isinstance(count, int) else _length(count)
    lists = (given.get(k) for k in ("resistance", "theta", "complementarity", "beta"))
    return max(number, *map(_length, lists)) > most


def _length(value: Any) -> int:
    """How many entries or rows; none in what is no list."""
    if getattr(value, "ndim", 0) > 0:
        return int(value.shape[0])
    return len(value) if isinstance(value, (list, tuple, range)) else 0


def _fraction(x: Expr) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def shown(x: Any) -> Expr:
    """A Fraction as an exact SymPy number, a float as one with its digits."""
    if isinstance(x, Fraction):
        return sp.Rational(x.numerator, x.denominator)
    return sp.Float(float(x)) if isinstance(x, (float, np.floating)) else sp.sympify(x)


__all__ = ["BOTH", "TIES_JOIN", "Core", "Pairs", "is_matrix", "shown"]
