"""Numerical analysis of participation games: equilibria, cascades, bills, the potential."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import numpy as np
import sympy as sp

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import (
    ParameterError,
    TooLargeError,
    UnsupportedError,
)
from gametheory_eeu.errors import short_repr as printed
from gametheory_eeu.games import Equilibrium
from gametheory_eeu.models.participation.numbers import (
    PLAIN_NASH,
    Bill,
    Cascade,
    EquilibriumSizes,
    Exclusion,
    Joiners,
    NumericForm,
    Pairs,
    PotentialMaximiser,
    TippingPoint,
    to_sympy,
)
from gametheory_eeu.solvers.cheapest_order import cheapest_order, maximising_sets
from gametheory_eeu.solvers.crowd import Crowd
from gametheory_eeu.solvers.thresholds import Array, ThresholdNetwork

MAX_TIED = 16


class NumericalAnalysis(NumericForm):
    """Numerical analysis of a participation game."""

    # Pure equilibria.

    def least_equilibrium(self, ties: str = "join") -> Joiners:
        """The smallest set that is an equilibrium; every other contains it."""
        model = self._numeric_model()
        if isinstance(model, Crowd):
            sizes, tie_start = model.sizes(_check_ties(ties)), model.indifferent().start
            size = tie_start if ties == "both" and model.gain == 0 else int(sizes[0])
            return self._joiners(model.order[:size])
        return self._joiners(_concatenate(model.ascending_rounds(_check_ties(ties))))

    def greatest_equilibrium(self) -> Joiners:
        """The largest set that is an equilibrium, under either convention of ties."""
        model = self._numeric_model()
        if isinstance(model, Crowd):
            return self._joiners(model.order[: int(model.sizes()[-1])])
        leavers = _concatenate(model.descending_rounds())
        return self._joiners(np.setdiff1d(np.arange(len(model)), leavers))

    def pure_equilibria(self, ties: str = "join") -> tuple[Joiners, ...]:
        """Every pure equilibrium by who joins: on a network of up to 20 members, by every set.

        With uniform complementarity ``equilibrium_sizes()`` has them at any size.
        """
        equilibria = self._equilibrium_arrays(_check_ties(ties))
        return tuple(self._joiners(np.flatnonzero(joins)) for joins in equilibria)

    def equilibrium_sizes(self, ties: str = "join") -> EquilibriumSizes:
        """All pure equilibria with uniform complementarity, at any number of members.

        O(n log n): the k least resistant join, for each size k.
        """
        model = self._uniform_model("equilibrium sizes")
        indifferent = (
            model.order[model.indifferent()] if _check_ties(ties) == "both" else model.order[:0]
        )
        return EquilibriumSizes(
            model.sizes(ties), self._names(model.order), self._names(indifferent), ties, model.exact
        )

    def reluctance(self) -> Array:
        """The power at which the next member joins, by how many have joined (floats)."""
        model = self._uniform_model("reluctances in one order")
        return np.asarray(model.reluctance / model.unit, dtype=float)

    def _equilibrium_arrays(self, ties: str) -> Iterator[Array]:
        model = self._numeric_model()
        if isinstance(model, ThresholdNetwork):
            yield from model.all(ties)
            return
        indifferent = model.indifferent()
        if ties == "both" and indifferent.stop > indifferent.start:
            yield from self._tied_equilibria(model, indifferent)
            return
        for size in model.sizes(ties):
            yield np.isin(np.arange(len(model.order)), model.order[:size])

    def _tied_equilibria(self, model: Crowd, indifferent: slice) -> Iterator[Array]:
        count = indifferent.stop - indifferent.start
        if count > MAX_TIED:
            raise TooLargeError(
                f"{count} indifferent members make 2^{count} plain Nash equilibria; at most "
                f"{MAX_TIED} are listed one by one. equilibrium_sizes(ties='both') has them as "
                "one family"
            )
        for choice in product((False, True), repeat=count):
            joins = np.zeros(len(model.order), dtype=bool)
            joins[model.order[: indifferent.start]] = True
            joins[model.order[indifferent]] = choice
            yield joins

    @arg.validate(start=arg.text)
    def cascade(self, start: str = "nobody") -> Cascade:
        """Simultaneous rounds of best replies, ties joining, until nobody moves.

        Parameters
        ----------
        start : {"nobody", "everybody"}
        """
        if start not in ("nobody", "everybody"):
            raise ParameterError("start", start, "'nobody' or 'everybody'")
        model, up = self._numeric_model(), start == "nobody"
        if isinstance(model, Crowd):
            sizes = model.rounds(up=up)
            movers = [model.order[min(a, b) : max(a, b)] for a, b in pairwise(sizes)]
        else:
            movers = model.ascending_rounds() if up else model.descending_rounds()
            steps = [len(m) if up else -len(m) for m in movers]
            sizes = np.cumsum([0 if up else len(model), *steps]).tolist()
        return Cascade(tuple(sizes), tuple(self._names(m) for m in movers), start, model.exact)

    # Tipping points.

    def tipping_points(self) -> tuple[TippingPoint, ...]:
        """Between neighbouring equilibrium sizes, the least number of extra joiners needed."""
        model = self._uniform_model("tipping points")
        sizes, critical_sizes = model.sizes().tolist(), model.tipping_sizes().tolist()
        critical_sizes = [size for size in critical_sizes if size > sizes[0]]
        return tuple(
            TippingPoint(below, above, size, size - below)
            for below, above, size in zip(sizes, sizes[1:], critical_sizes, strict=False)
        )

    def mixed_equilibria(self) -> tuple[Equilibrium, ...]:
        """Every equilibrium in which two or more mix, uniform complementarity: all unstable."""
        model = self._uniform_model("mixed equilibria")
        return tuple(self._mixed_equilibrium(model, *mixture) for mixture in model.mixed())

    def _mixed_equilibrium(
        self, model: Crowd, joiner_count: int, mixed_probabilities: tuple[Any, ...]
    ) -> Equilibrium:
        probabilities = [1] * joiner_count + [to_sympy(q) for q in mixed_probabilities]
        probabilities += [0] * (len(model.order) - len(probabilities))
        join_probability = dict(zip(model.order.tolist(), probabilities, strict=True))
        profile = {
            m: {"Join": join_probability[i], "Stay": 1 - join_probability[i]}
            for i, m in enumerate(self.players)
        }
        payoffs = {m: self.payoff(profile, m) for m in self.players}
        label = "/".join(
            self.players[i]
            for i in model.order[joiner_count : joiner_count + len(mixed_probabilities)]
        )
        return Equilibrium(f"mix-{label}", profile, payoffs, sp.true, PLAIN_NASH, game=self)

    # Bills.

    def bill(self, order: Sequence[str] | None = None) -> Bill:
        """The cost of offers one by one, in a given order or in the cheapest.

        Parameters
        ----------
        order : members, optional
            In which dominance is iterated. Without it the cheapest order: exact with uniform
            complementarity at any size (the least resistant first) and on a network of up to 16
            members; beyond that a good order and a bound below.
        """
        return self._cheapest_bill() if order is None else self._bill_in_order(order)

    def _bill_in_order(self, order: Sequence[str]) -> Bill:
        game: Any = self
        allowed = f"each of {', '.join(self.players)} once"
        sequence = arg.sequence("order", order, allowed)
        order = [m if isinstance(m, str) else printed(m) for m in sequence]
        if sorted(order) != sorted(self.players):
            raise ParameterError("order", order, allowed)
        positions = [self.players.index(str(m)) for m in order]
        power = self.values.get(self.symbols.P, self.symbols.P)
        offers = tuple(
            sp.Max(0, game.resistances[i] - power - game.gains(i, positions[:m]))
            for m, i in enumerate(positions)
        )
        uniform_bill = game.uniform_bill if "uniform_bill" in game.quantities else None
        return Bill(
            sp.Add(*offers), tuple(map(str, order)), offers, None, False, uniform_bill, exact=True
        )

    def _cheapest_bill(self) -> Bill:
        model = self._numeric_model()
        if isinstance(model, Crowd):
            # A convex cost of resistance less help is least where both are sorted alike.
            payments = np.maximum(model.reluctance - model.power, 0)
            order, bound = model.order, payments.sum()
        else:
            optimum = cheapest_order(model)
            order = np.array(optimum.order, dtype=np.int64)
            payments, bound = np.array(optimum.offers, dtype=object)[order], optimum.bound
        return self._make_bill(model, order, payments, bound)

    def _make_bill(
        self, model: Crowd | ThresholdNetwork, order: Array, payments: Array, bound: Any
    ) -> Bill:
        total = payments.sum()
        power = model.value(model.power)
        uniform = len(order) * max(model.absolute - power, 0)
        return Bill(
            to_sympy(model.value(total)),
            self._names(order),
            self._amounts(model, payments),
            to_sympy(model.value(bound)),
            bool(total == bound),
            to_sympy(uniform),
            model.exact,
        )

    def _amounts(self, model: Crowd | ThresholdNetwork, payments: Array) -> Any:
        return tuple(to_sympy(model.value(x)) for x in payments)

    # The potential.

    def potential_maximiser(self) -> PotentialMaximiser:
        """The joiners that maximise the potential; complementarity has to be symmetric.

        The potential of a set is ``sum(P - resistance) + complementarity of the pairs inside``.
        """
        model = self._numeric_model()
        if not model.exact:
            raise UnsupportedError(
                "a minimum cut needs exact numbers; give whole numbers or Fractions"
            )
        if isinstance(model, Crowd):
            return self._uniform_maximiser(model)
        targets, sources, gains = self._symmetric_pairs(model)
        optimum = maximising_sets(model.power - model.resistance, (targets, sources, gains))
        least, greatest = (
            self._joiners(np.flatnonzero(x)) for x in (optimum.least, optimum.greatest)
        )
        return PotentialMaximiser(least, greatest, to_sympy(model.value(optimum.value)), exact=True)

    def _uniform_maximiser(self, model: Crowd) -> PotentialMaximiser:
        """The maximiser under uniform complementarity: a number of least resistant members."""
        sums = np.append(0, np.cumsum(model.power - model.reluctance))
        best_sizes = np.flatnonzero(sums == sums.max())
        least, greatest = (
            self._joiners(model.order[: int(k)]) for k in (best_sizes[0], best_sizes[-1])
        )
        return PotentialMaximiser(least, greatest, to_sympy(model.value(sums.max())), exact=True)

    def _symmetric_pairs(self, model: ThresholdNetwork) -> Pairs:
        matrix = model.matrix()
        difference = (matrix - matrix.T).tocoo()
        asymmetric = np.flatnonzero(difference.data)
        if asymmetric.size:
            i, j = int(difference.row[asymmetric[0]]), int(difference.col[asymmetric[0]])
            both_gains = (
                f"{to_sympy(model.value(matrix[i, j]))} and {to_sympy(model.value(matrix[j, i]))}"
            )
            raise ParameterError(
                "complementarity",
                both_gains,
                "a symmetric one: there is no potential otherwise",
                f"The gains between members {i + 1} and {j + 1} differ",
            )
        upper = model.receivers < model.givers
        return model.receivers[upper], model.givers[upper], model.gain[upper]

    # Going ahead without a member.

    def without(self, member: str) -> Exclusion:
        """The effect of excluding a member on the absolute threshold; the others' gains stay."""
        i = self._position(member)
        model = self._network
        remaining = np.delete(np.arange(len(model)), i)
        if not len(remaining):
            raise ParameterError("member", member, "one of two or more members")
        internal = (model.receivers != i) & (model.givers != i)
        endpoints = (
            np.searchsorted(remaining, model.receivers[internal]),
            np.searchsorted(remaining, model.givers[internal]),
        )
        subnetwork = ThresholdNetwork.of(
            model.resistance[remaining], (*endpoints, model.gain[internal]), Fraction(0)
        )
        threshold = model.value(subnetwork.best_order()[0])
        demands = model.value((model.resistance - model.total_gains)[i])
        lowers = bool(demands > threshold)
        return Exclusion(
            str(member), to_sympy(model.absolute), to_sympy(threshold), lowers, to_sympy(demands)
        )

    def _position(self, member: str) -> int:
        return self.players.index(arg.one_of("member", member, self.players))


@arg.validate(ties=arg.text)
def _check_ties(ties: str) -> str:
    if ties not in ("join", "both"):
        raise ParameterError("ties", ties, "'join' or 'both'")
    return ties


def _concatenate(rounds: list[Array]) -> Array:
    return np.concatenate(rounds) if rounds else np.zeros(0, dtype=np.int64)
