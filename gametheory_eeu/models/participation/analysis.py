"""Readings of a participation game at numbers: equilibria at any size, cascades, bills."""

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
from gametheory_eeu.errors import shown as printed
from gametheory_eeu.model import Equilibrium
from gametheory_eeu.models.participation.numbers import BOTH, Core, Pairs, shown
from gametheory_eeu.models.participation.results import (
    Bill,
    Cascade,
    EquilibriumSizes,
    Joiners,
    LeftOut,
    PotentialMaximiser,
    TippingPoint,
)
from gametheory_eeu.solvers.cheapest_order import cheapest_order
from gametheory_eeu.solvers.integer_arrays import Array
from gametheory_eeu.solvers.minimum_cut import best_sets
from gametheory_eeu.solvers.network_thresholds import Network
from gametheory_eeu.solvers.uniform_thresholds import Crowd

MOST_TIED = 16


class Readings(Core):
    """A participation game read at numbers."""

    # Pure equilibria.

    def least_equilibrium(self, ties: str = "join") -> Joiners:
        """The smallest set that is an equilibrium; every other contains it."""
        core = self._at_power()
        if isinstance(core, Crowd):
            sizes, first = core.sizes(_ties(ties)), core.indifferent().start
            least = first if ties == "both" and core.gain == 0 else int(sizes[0])
            return self._joiners(core.order[:least])
        return self._joiners(_joined(core.climb(_ties(ties))))

    def greatest_equilibrium(self) -> Joiners:
        """The largest set that is an equilibrium, under either convention of ties."""
        core = self._at_power()
        if isinstance(core, Crowd):
            return self._joiners(core.order[: int(core.sizes()[-1])])
        out = _joined(core.unravel())
        return self._joiners(np.setdiff1d(np.arange(len(core)), out))

    def pure_equilibria(self, ties: str = "join") -> tuple[Joiners, ...]:
        """Every pure equilibrium by who joins: on a network of up to 20 members, by every set.

        With uniform complementarity ``equilibrium_sizes()`` has them at any size.
        """
        found = self._all_joining(_ties(ties))
        return tuple(self._joiners(np.flatnonzero(joins)) for joins in found)

    def equilibrium_sizes(self, ties: str = "join") -> EquilibriumSizes:
        """All pure equilibria with uniform complementarity, at any number of members.

        O(n log n): the k least resistant join, for each size k.
        """
        core = self._uniform("equilibrium sizes")
        tied = core.order[core.indifferent()] if _ties(ties) == "both" else core.order[:0]
        return EquilibriumSizes(
            core.sizes(ties), self._names(core.order), self._names(tied), ties, core.exact
        )

    def reluctance(self) -> Array:
        """The power that the next least resistant asks for, by how many have joined (floats)."""
        core = self._uniform("reluctances in one order")
        return np.asarray(core.reluctance / core.unit, dtype=float)

    def _all_joining(self, ties: str) -> Iterator[Array]:
        core = self._at_power()
        if isinstance(core, Network):
            yield from core.all(ties)
            return
        tied = core.indifferent()
        if ties == "both" and tied.stop > tied.start:
            yield from self._all_tied(core, tied)
            return
        for size in core.sizes(ties):
            yield np.isin(np.arange(len(core.order)), core.order[:size])

    def _all_tied(self, core: Crowd, tied: slice) -> Iterator[Array]:
        count = tied.stop - tied.start
        if count > MOST_TIED:
            raise TooLargeError(
                f"{count} indifferent members make 2^{count} plain Nash equilibria; at most "
                f"{MOST_TIED} are listed one by one. equilibrium_sizes(ties='both') has them as "
                "one family"
            )
        for chosen in product((False, True), repeat=count):
            joins = np.zeros(len(core.order), dtype=bool)
            joins[core.order[: tied.start]] = True
            joins[core.order[tied]] = chosen
            yield joins

    @arg.checks(start=arg.text)
    def cascade(self, start: str = "nobody") -> Cascade:
        """Simultaneous rounds of best replies, ties joining, until nobody moves.

        Parameters
        ----------
        start : {"nobody", "everybody"}
        """
        if start not in ("nobody", "everybody"):
            raise ParameterError("start", start, "'nobody' or 'everybody'")
        core, up = self._at_power(), start == "nobody"
        if isinstance(core, Crowd):
            sizes = core.rounds(up=up)
            moved = [core.order[min(a, b) : max(a, b)] for a, b in pairwise(sizes)]
        else:
            moved = core.climb() if up else core.unravel()
            steps = [len(m) if up else -len(m) for m in moved]
            sizes = np.cumsum([0 if up else len(core), *steps]).tolist()
        return Cascade(tuple(sizes), tuple(self._names(m) for m in moved), start, core.exact)

    # Tipping points.

    def tipping_points(self) -> tuple[TippingPoint, ...]:
        """Between neighbouring equilibrium sizes, the least number of extra joiners needed."""
        core = self._uniform("tipping points")
        sizes, critical = core.sizes().tolist(), core.tipping().tolist()
        critical = [t for t in critical if t > sizes[0]]
        return tuple(
            TippingPoint(below, above, t, t - below)
            for below, above, t in zip(sizes, sizes[1:], critical, strict=False)
        )

    def mixed_equilibria(self) -> tuple[Equilibrium, ...]:
        """Every equilibrium in which two or more mix, uniform complementarity: all unstable."""
        core = self._uniform("mixed equilibria")
        return tuple(self._mixture(core, *found) for found in core.mixed())

    def _mixture(self, core: Crowd, first: int, chances: tuple[Any, ...]) -> Equilibrium:
        ranked = [1] * first + [shown(q) for q in chances]
        ranked += [0] * (len(core.order) - len(ranked))
        chance = dict(zip(core.order.tolist(), ranked, strict=True))
        profile = {
            m: {"Join": chance[i], "Stay": 1 - chance[i]} for i, m in enumerate(self.players)
        }
        payoffs = {m: self.payoff(profile, m) for m in self.players}
        mixing = "/".join(self.players[i] for i in core.order[first : first + len(chances)])
        return Equilibrium(f"mix-{mixing}", profile, payoffs, sp.true, BOTH, game=self)

    # Bills.

    def bill(self, order: Sequence[str] | None = None) -> Bill:
        """What offers one by one cost: in a given order, or in the cheapest.

        Parameters
        ----------
        order : members, optional
            In which dominance is iterated. Without it the cheapest order: exact with uniform
            complementarity at any size (the least resistant first) and on a network of up to 16
            members; beyond that a good order and a bound below.
        """
        return self._cheapest() if order is None else self._in_order(order)

    def _in_order(self, order: Sequence[str]) -> Bill:
        game: Any = self
        allowed = f"each of {', '.join(self.players)} once"
        given = arg.sequence("order", order, allowed)
        order = [m if isinstance(m, str) else printed(m) for m in given]
        if sorted(order) != sorted(self.players):
            raise ParameterError("order", order, allowed)
        places = [self.players.index(str(m)) for m in order]
        power = self.values.get(self.symbols.P, self.symbols.P)
        offers = tuple(
            sp.Max(0, game.resistances[i] - power - game.gains(i, places[:m]))
            for m, i in enumerate(places)
        )
        uniform = game.uniform_bill if "uniform_bill" in game.quantities else None
        return Bill(
            sp.Add(*offers), tuple(map(str, order)), offers, None, False, uniform, exact=True
        )

    def _cheapest(self) -> Bill:
        core = self._at_power()
        if isinstance(core, Crowd):
            # A convex cost of resistance less help is least where both are sorted alike.
            paid = np.maximum(core.reluctance - core.power, 0)
            order, bound = core.order, paid.sum()
        else:
            found = cheapest_order(core)
            order = np.array(found.order, dtype=np.int64)
            paid, bound = np.array(found.offers, dtype=object)[order], found.bound
        return self._billed(core, order, paid, bound)

    def _billed(self, core: Crowd | Network, order: Array, paid: Array, bound: Any) -> Bill:
        total = paid.sum()
        level = core.value(core.power)
        uniform = len(order) * max(core.absolute - level, 0)
        return Bill(
            shown(core.value(total)),
            self._names(order),
            self._amounts(core, paid),
            shown(core.value(bound)),
            bool(total == bound),
            shown(uniform),
            core.exact,
        )

    def _amounts(self, core: Crowd | Network, paid: Array) -> Any:
        return tuple(shown(core.value(x)) for x in paid)

    # The potential.

    def potential_maximiser(self) -> PotentialMaximiser:
        """The joiners that maximise the potential; complementarity has to be symmetric.

        The potential of a set is ``sum(P - resistance) + complementarity of the pairs inside``.
        """
        core = self._at_power()
        if not core.exact:
            raise UnsupportedError(
                "a minimum cut needs exact numbers; give whole numbers or Fractions"
            )
        if isinstance(core, Crowd):
            return self._best_of_sorted(core)
        one, other, gain = self._symmetric(core)
        found = best_sets(core.power - core.resistance, (one, other, gain))
        least, greatest = (self._joiners(np.flatnonzero(x)) for x in (found.least, found.greatest))
        return PotentialMaximiser(least, greatest, shown(core.value(found.value)), exact=True)

    def _best_of_sorted(self, core: Crowd) -> PotentialMaximiser:
        """With uniform complementarity a best set of each size is the least resistant ones."""
        sums = np.append(0, np.cumsum(core.power - core.reluctance))
        best = np.flatnonzero(sums == sums.max())
        least, greatest = (self._joiners(core.order[: int(k)]) for k in (best[0], best[-1]))
        return PotentialMaximiser(least, greatest, shown(core.value(sums.max())), exact=True)

    def _symmetric(self, core: Network) -> Pairs:
        matrix = core.matrix()
        difference = (matrix - matrix.T).tocoo()
        wrong = np.flatnonzero(difference.data)
        if wrong.size:
            i, j = int(difference.row[wrong[0]]), int(difference.col[wrong[0]])
            both = f"{shown(core.value(matrix[i, j]))} and {shown(core.value(matrix[j, i]))}"
            raise ParameterError(
                "complementarity",
                both,
                "a symmetric one: there is no potential otherwise",
                f"The gains between members {i + 1} and {j + 1} differ",
            )
        above = core.to < core.givers
        return core.to[above], core.givers[above], core.gain[above]

    # Going ahead without a member.

    def without(self, member: str) -> LeftOut:
        """What leaving a member out does to the absolute threshold; the others' gains stay."""
        i = self._position(member)
        core = self._network
        kept = np.delete(np.arange(len(core)), i)
        if not len(kept):
            raise ParameterError("member", member, "one of two or more members")
        inside = (core.to != i) & (core.givers != i)
        renamed = np.searchsorted(kept, core.to[inside]), np.searchsorted(kept, core.givers[inside])
        rest = Network.of(core.resistance[kept], (*renamed, core.gain[inside]), Fraction(0))
        after = core.value(rest.best_order()[0])
        demands = core.value((core.resistance - core.received)[i])
        lowers = bool(demands > after)
        return LeftOut(str(member), shown(core.absolute), shown(after), lowers, shown(demands))

    def _position(self, member: str) -> int:
        return self.players.index(arg.one_of("member", member, self.players))


@arg.checks(ties=arg.text)
def _ties(ties: str) -> str:
    if ties not in ("join", "both"):
        raise ParameterError("ties", ties, "'join' or 'both'")
    return ties


def _joined(rounds: list[Array]) -> Array:
    return np.concatenate(rounds) if rounds else np.zeros(0, dtype=np.int64)


__all__ = ["Readings"]
