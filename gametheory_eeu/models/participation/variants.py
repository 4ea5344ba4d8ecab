"""Participation on a network, and of many members: its further forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Self

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, TooLargeError, UnsupportedError
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation, declare
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.participation.model import ACTIONS, Participation
from gametheory_eeu.models.participation.numbers import (
    PLAIN_NASH,
    TIES_JOIN,
    Pairs,
    is_matrix,
    to_sympy,
)
from gametheory_eeu.solvers.crowd import Crowd
from gametheory_eeu.solvers.thresholds import Array, ThresholdNetwork, as_array, exact_fraction


class ParticipationOnNetwork(Participation):
    r"""Participation where :math:`\beta_{ij}` differs from pair to pair.

    ``Participation`` becomes this where complementarity comes as rows or pairs; with ``members=``
    alone it has a symbol for each pair. Row i says what the others' joining is worth to i.

    Examples
    --------
    >>> ParticipationOnNetwork(members=2).equilibrium_threshold
    Max(-beta_1_2 + theta_1, -beta_2_1 + theta_2)
    """

    title = "Participation on a network"
    variant = "network"

    parameters = declare(
        v.HEGEMON_POWER, v.RESISTANCE, replace(v.COMPLEMENTARITY, index="pair"), v.MEMBER_COUNT
    )

    def __init__(self, *, members: object = None, **values: object) -> None:
        if members is None and not values:
            raise ParameterError(
                "members", None, "a whole number or names", "A network needs its members"
            )
        super().__init__(members=members, **values)

    def constraints(self) -> tuple[Boolean, ...]:
        """None between the parameters."""
        return ()

    @arg.validate(i=arg.integer, j=arg.integer)
    def gain(self, i: int, j: int) -> Expr:
        """The gain of i from the joining of j."""
        if i == j:
            return sp.Integer(0)
        names: Any = self.players
        symbol = self.symbols.beta[names[i]][names[j]]
        return self.values.get(symbol, symbol)

    @property
    def _is_uniform(self) -> bool:
        return False


MAX_LISTED = 2000


class ParticipationAtLarge(Participation):
    """Participation of many members, with arrays in place of symbols.

    ``Participation`` becomes this for more than 32 members (12 on a network). Whole numbers,
    Fractions and text stay exact; more than 1,000 floats are computed as floats, and every result
    then says ``exact=False``. Members are their positions from 0; equilibria are told by the share
    of members that join.

    Parameters
    ----------
    resistance : array or list
    complementarity : number, dense or sparse matrix, or dict of pairs of positions
    hegemon_power : number, optional

    Examples
    --------
    >>> game = Participation(hegemon_power=1, resistance=range(1, 101), complementarity=99)
    >>> game.greatest_equilibrium().size, game.absolute_threshold
    (100, 1)
    """

    title = "Participation at large"
    variant = "at large"

    parameters = declare(v.HEGEMON_POWER)
    resistance: Array
    complementarity: Fraction | float | Pairs

    def __init__(
        self,
        *,
        members: object = None,
        resistance: Any = None,
        complementarity: Any = None,
        **values: object,
    ) -> None:
        resistance = values.pop("theta", resistance)
        complementarity = values.pop("beta", complementarity)
        _check_arguments(members, resistance, complementarity)
        theta = _number_array(resistance, "resistance")
        gain = (
            _gain_pairs(complementarity, len(theta))
            if is_matrix(complementarity)
            else _uniform_gain(complementarity, len(theta))
        )
        self.__dict__.update(resistance=theta, complementarity=gain)
        super().__init__(**values)

    def _like(self, *arguments: Any) -> Self:
        game = object.__new__(type(self))
        game.__dict__.update(resistance=self.resistance, complementarity=self.complementarity)
        game._build(*arguments)
        return game

    def at(self, calibration: Any = None, /, **values: object) -> Any:
        """The same game at another power; or with other arrays."""
        names = ("resistance", "theta", "complementarity", "beta")
        arrays = {k: x for k, x in values.items() if k in names}
        if not arrays:
            return super().at(calibration, **values)
        raise ParameterError(
            next(iter(arrays)),
            "new arrays",
            "hegemon_power",
            "Build a new Participation(resistance=…, complementarity=…)",
        )

    @property
    def _has_numbers(self) -> bool:
        return True

    @property
    def _is_large(self) -> bool:
        return True

    @property
    def _is_uniform(self) -> bool:
        return not isinstance(self.complementarity, tuple)

    def _arrays(self) -> tuple[Array, Any]:
        return self.resistance, self.complementarity

    def constraints(self) -> tuple[Boolean, ...]:
        """None between the parameters."""
        return ()

    def _names(self, positions: Array) -> Array:
        array: Array = np.asarray(positions)
        return array

    def _amounts(self, model: Crowd | ThresholdNetwork, payments: Array) -> Array:
        return np.array([model.value(x) for x in payments], dtype=object if model.exact else float)

    def _position(self, member: Any) -> int:
        if not isinstance(member, (int, np.integer)) or not 0 <= member < len(self.resistance):
            raise ParameterError(
                "member", member, f"a position from 0 to {len(self.resistance) - 1}"
            )
        return int(member)

    def _bill_in_order(self, order: Any) -> Any:
        raise UnsupportedError(
            f"orders of one's own are for members by name, and {len(self.resistance)} are held as "
            "arrays; bill() has the cheapest order, or a good one with a bound"
        )

    # The quantities, from the arrays.

    @property
    def resistances(self) -> tuple[Expr, ...]:
        """The largest resistance, which alone determines dominance."""
        return (self._number("dominance"),)

    @property
    def _member_count(self) -> Expr:
        return sp.Integer(len(self.resistance))

    # Payoffs and equilibria.

    def payoffs_at(self, joins: Array) -> Array:
        """Every member's payoff of joining when those of a Boolean array join, from the model."""
        model, joins = self._numeric_model(), np.asarray(joins, dtype=bool)
        if joins.shape != self.resistance.shape:
            raise ParameterError(
                "joins", joins.shape, f"{len(self.resistance)} times True or False"
            )
        if isinstance(model, Crowd):
            others = joins.sum() - joins.astype(int)
            theta = np.empty_like(model.resistance)
            theta[model.order] = model.resistance
            return np.asarray(model.power + model.gain * others - theta)
        return np.asarray(
            model.power + model.matrix() @ joins.astype(model.gain.dtype) - model.resistance
        )

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff of a member drawn at random, when the least resistant share joins."""
        self._check_player(player)
        model = self._uniform_model("shares of members that join")
        share = mixed_strategy("member", profile.get("member"), ACTIONS)["Join"]
        size = share * len(self.resistance)
        if not size.is_Integer:
            raise ParameterError("share", share, f"a share of {len(self.resistance)} members")
        joins = np.zeros(len(self.resistance), dtype=bool)
        joins[model.order[: int(size)]] = True
        total = model.value(self.payoffs_at(joins)[joins].sum())
        return to_sympy(total) / len(self.resistance)

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Uniform complementarity: one equilibrium for each size."""
        model = self._numeric_model()
        if isinstance(model, ThresholdNetwork):
            raise UnsupportedError(
                f"solve() tells the equilibria of {len(self.resistance)} members by size, which on "
                "a network is not enough: see pure_equilibria() for up to 20 members, and "
                "least_equilibrium(), greatest_equilibrium() and cascade() for any number"
            )
        sizes = model.sizes("join" if concept == TIES_JOIN else "both")
        if len(sizes) > MAX_LISTED:
            raise TooLargeError(
                f"{len(sizes)} equilibria; at most {MAX_LISTED} are listed one by one. "
                "equilibrium_sizes() has all of them in one array"
            )
        return self._by_size(sizes, concept)

    def _by_size(self, sizes: Array, concept: str) -> Iterator[Equilibrium]:
        n = len(self.resistance)
        model = self._uniform_model("equilibria one by one")
        for size in sizes.tolist():
            share = sp.Rational(size, n)
            profile = {"member": {"Join": share, "Stay": 1 - share}}
            name = {0: "none-Join", n: "all-Join"}.get(size, f"{size}-Join")
            has_ties = concept == PLAIN_NASH and model.gain == 0
            note = "any of the indifferent members may be the last to join" if has_ties else ""
            payoffs = {"member": self.payoff(profile, "member")}
            yield Equilibrium(name, profile, payoffs, sp.true, concept, note=note, game=self)

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, by its size."""
        base = super().solve(concept)
        return EquilibriumSet(
            base.equilibria, self, base.concept, base.method, base.complete_where, base.why,
            exact=self._core.exact,
        )  # fmt: skip

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """All equilibria: the order of resistance leaves one candidate for each size."""
        return "sorted order", sp.true, "joiners resist less than stayers, so sizes tell all"

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No member gains by the other action, at the model's payoffs."""
        model = self._uniform_model("equilibria one by one")
        size = int(equilibrium.profile["member"]["Join"] * len(self.resistance))
        joins = np.zeros(len(self.resistance), dtype=bool)
        joins[model.order[:size]] = True
        payoffs = self.payoffs_at(joins)
        stayers_conform = (
            payoffs[~joins] < 0 if equilibrium.concept == TIES_JOIN else payoffs[~joins] <= 0
        )
        return (
            Obligation(
                "no joiner gains by staying", sp.true if (payoffs[joins] >= 0).all() else sp.false
            ),
            Obligation(
                "nobody else gains by joining", sp.true if stayers_conform.all() else sp.false
            ),
        )

    def _key(self) -> tuple[object, ...]:
        pairs = self.complementarity
        gains = tuple(map(_hash_key, pairs)) if isinstance(pairs, tuple) else pairs
        return type(self), _hash_key(self.resistance), gains, self.values

    def __repr__(self) -> str:
        kind = "uniform" if self._is_uniform else "a network"
        power = self.given.get("hegemon_power", "P")
        return f"Participation({len(self.resistance)} members, {kind}, hegemon_power={power})"


def _check_arguments(members: object, resistance: Any, complementarity: Any) -> None:
    for name, value in (("resistance", resistance), ("complementarity", complementarity)):
        if value is None:
            raise ParameterError(
                name, None, "numbers", "So many members are held as arrays, without symbols"
            )
    count = members if isinstance(members, int) else None if members is None else len(list(members))  # type: ignore[call-overload]
    if count is not None and count != len(resistance):
        raise ParameterError("resistance", resistance, f"{count} values, one for each member")


def _number_array(value: Any, name: str) -> Array:
    if getattr(value, "ndim", 1) != 1:
        raise ParameterError(name, value, "one number for each member")
    try:
        return as_array(value, name)
    except ValueError as error:
        if isinstance(error, ParameterError):
            raise
        raise ParameterError(
            name, value, "rational numbers", "Symbols are for up to 32 members, 12 on a network"
        ) from None


def _uniform_gain(value: Any, count: int) -> Fraction:
    beta = v.COMPLEMENTARITY.value(value)
    if not beta.is_Rational:
        raise ParameterError("complementarity", value, "a rational number, for so many members")
    return exact_fraction(beta, "complementarity") / (count - 1)


def _gain_pairs(value: Any, count: int) -> Pairs:
    """To whom, from whose joining, how much: from pairs, or a dense or sparse matrix."""
    if isinstance(value, Mapping):
        keys = _key_positions(value)
        in_range = keys.min(initial=0) >= 0 and keys.max(initial=0) < count
        shape, target, source = (
            (count, count) if in_range else "a pair outside",
            keys[:, 0],
            keys[:, 1],
        )
        gain: Any = list(value.values())
    else:
        matrix = value.tocoo() if hasattr(value, "tocoo") else _matrix(value)
        shape = matrix.shape
        target, source, gain = _matrix_entries(matrix)
    if shape != (count, count):
        raise ParameterError("complementarity", shape, f"{count} rows of {count}")
    gains = _number_array(gain, "complementarity")
    _check_gains(target, source, gains)
    return target.astype(np.int64), source.astype(np.int64), gains


def _matrix(rows: Any) -> Any:
    try:
        return np.asarray(rows)
    except ValueError:
        raise ParameterError("complementarity", rows, "rows of one length") from None


def _key_positions(pairs: Mapping[Any, Any]) -> Array:
    """The positions of each pair, one row a pair."""
    try:
        return np.array(list(pairs), dtype=np.int64).reshape(len(pairs), 2)
    except (TypeError, ValueError):
        first_pair = next(iter(pairs))
        raise ParameterError(
            "complementarity",
            first_pair,
            "pairs of positions (to whom, from whose joining), from 0",
        ) from None


def _matrix_entries(matrix: Any) -> tuple[Any, Any, Any]:
    """The positions and values of the entries of a square array."""
    if matrix.ndim != 2:
        raise ParameterError("complementarity", matrix.shape, "rows and columns")
    if hasattr(matrix, "row"):
        return matrix.row, matrix.col, matrix.data
    target, source = matrix.nonzero()
    return target, source, matrix[target, source]


def _check_gains(target: Array, source: Array, gain: Array) -> None:
    if (gain < 0).any():
        raise ParameterError("complementarity", gain.min(), ">= 0")
    loops = (target == source) & (gain != 0)
    if loops.any():
        raise ParameterError("complementarity", f"{gain[loops][0]} at position {target[loops][0]}",
                             "0 from a member to itself", "Leave the diagonal 0")  # fmt: skip


def _hash_key(array: Array) -> tuple[object, ...]:
    if array.dtype == object:
        return tuple(array.tolist())
    return array.dtype.str, array.tobytes()
