"""Participation as one file: the model and what it implies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar, Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Calibration, Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model import Equilibrium, Increment, Obligation, declare, quantity
from gametheory_eeu.model.quantity import Quantity
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.participation.analysis import Readings
from gametheory_eeu.models.participation.numbers import BOTH, TIES_JOIN, is_matrix
from gametheory_eeu.solvers import pure_nash

if TYPE_CHECKING:
    from gametheory_eeu.models.participation.continuum import ParticipationOfContinuum
    from gametheory_eeu.models.participation.network import ParticipationOnNetwork

ACTIONS = ("Join", "Stay")
MOST_SYMBOLIC_MEMBERS, MOST_IN_CLOSED_FORM = 4, 3
_PURE = {action: Frozen({a: sp.Integer(a == action) for a in ACTIONS}) for action in ACTIONS}
_SEGAL = Source("L", "Segal2003")
_BILLS = Source("L", "BernsteinWinter2012")


def _places(name: str, value: object) -> tuple[int, ...]:
    given = arg.sequence(name, value, "a list of the members' places, from 0")
    return tuple(arg.whole(name, each) for each in given)


class Participation(Readings):
    r"""Participation: each joins when the hegemon's power and the joiners make up for it.

    **Players.** :math:`n` members with resistance :math:`\theta_i`.

    **Timing.** All choose at once, with complete information.

    **Actions and payoffs.** Stay gives 0. Join gives :math:`P + \sum_{j \in S} \beta_{ij} -
    \theta_i`, where :math:`S` are the others that join and :math:`\beta_{ij} \ge 0` is what
    :math:`j`'s joining is worth to :math:`i`. Complementarity is *uniform*, :math:`\beta_{ij} =
    \beta/(n-1)` with :math:`n \ge 2`, or, given by rows or pairs, a *network*.

    **Concept.** Pure Nash equilibrium, of a supermodular game. By default who is indifferent
    joins; under plain ``"Nash"`` a tie keeps both actions.

    Schelling (1978) and Granovetter (1978) for thresholds, Topkis (1979) and Milgrom and Roberts
    (1990) for supermodularity, Segal (1999, 2003) and Bernstein and Winter (2012) for bills.

    Parameters
    ----------
    members : int or list of str, optional
        Without it, and without lists, members are alike and their number is a symbol.
    hegemon_power, resistance, complementarity
        Rows or pairs ``{(to whom, from whose joining): gain}`` of complementarity give a network.
        Lists of more members than are worth a symbol each are held as arrays; a SciPy sparse
        matrix will do for a large network.

    Examples
    --------
    >>> game = Participation(hegemon_power=1, resistance=[1, 2, 3, 4], complementarity=3)
    >>> game.equilibrium_threshold, game.absolute_threshold, game.dominance_threshold
    (1, 1, 4)
    >>> game.solve().names
    ('all-Join',)
    """

    title = "Participation"

    parameters = declare(v.HEGEMON_POWER, v.RESISTANCE, v.COMPLEMENTARITY, v.MEMBER_COUNT)
    actions = ACTIONS
    concepts: ClassVar[tuple[str, ...]] = (TIES_JOIN, BOTH)

    def __new__(cls, **given: Any) -> Self:
        """A network where complementarity comes as rows or pairs; arrays where it is large."""
        form: Any = cls._form(given)
        found: Self = object.__new__(form)
        return found

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values; rows or pairs of complementarity make it a network."""
        found = values.get("complementarity", values.get("beta"))
        if not is_matrix(found) or "pair" in {row.index for row in type(self).parameters}:
            return super().at(calibration, **values)
        kept = {k: x for k, x in self.given.items() if k != "complementarity"}
        numbered = self.members == tuple(str(i + 1) for i in range(len(self.members or ())))
        members: Any = len(self.members) if self.members and numbered else self.members
        values = {k: x for k, x in values.items() if k not in ("complementarity", "beta")}
        whole: Any = Participation(members=members, complementarity=found, **kept)
        return whole.at(calibration, **values) if calibration or values else whole  # type: ignore[no-any-return]

    @staticmethod
    def of_continuum(
        resistance: Any, complementarity: Any, hegemon_power: Any
    ) -> ParticipationOfContinuum:
        """Participation of a continuum of members whose resistance has a distribution."""
        from gametheory_eeu.models.participation.continuum import ParticipationOfContinuum

        return ParticipationOfContinuum(resistance, complementarity, hegemon_power)

    @staticmethod
    def on_network(members: Any, **values: Any) -> ParticipationOnNetwork:
        """Participation with a complementarity for each pair, symbols where none is given."""
        from gametheory_eeu.models.participation.network import ParticipationOnNetwork

        return ParticipationOnNetwork(members=members, **values)

    @property
    def players(self) -> tuple[str, ...]:
        """The members; one stands for all where they are alike."""
        return self.members or ("member",)

    def constraints(self) -> tuple[Boolean, ...]:
        """Uniform complementarity takes two members."""
        return (sp.Ge(self.symbols.n, 2),) if self.members is None else ()

    @property
    def resistances(self) -> tuple[Expr, ...]:
        """The members' resistance, at the game's values; the one of members that are alike."""
        found = (self.symbols.theta,) if self.members is None else self.symbols.theta
        return tuple(self.values.get(x, x) for x in found)

    @arg.checks(i=arg.whole, j=arg.whole)
    def gain(self, i: int, j: int) -> Expr:
        """What the joining of j is worth to i."""
        if i == j:
            return sp.Integer(0)
        s = self.symbols
        count = s.n if self.members is None else len(self.players)
        return (s.beta / (count - 1)).subs(self.values)

    @arg.checks(i=arg.whole, joiners=_places)
    def gains(self, i: int, joiners: Iterable[int]) -> Expr:
        """What the joining of several is worth to i."""
        return sp.Add(*(self.gain(i, j) for j in joiners))

    @property
    def _power(self) -> Expr:
        return self.values.get(self.symbols.P, self.symbols.P)

    @property
    def _beta(self) -> Expr:
        return self.values.get(self.symbols.beta, self.symbols.beta)

    # What the model implies.

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """Every quantity by name, at the game's values."""
        from gametheory_eeu.model.game import QuantityTable

        found = [q for declared in self._quantities for q in declared.of(self)]
        return QuantityTable({q.name: q.subs(self.values) for q in found})

    @quantity("P_E", _SEGAL)
    def equilibrium_threshold(self) -> Expr:
        """The power from which all joining is an equilibrium."""
        if self._has_numbers:
            return self._number("equilibrium")
        if self.members is None:
            return self.resistances[0] - self._beta
        everyone = range(len(self.players))
        return sp.Max(*(t - self.gains(i, everyone) for i, t in enumerate(self.resistances)))

    @quantity("P_{abs}", _SEGAL)
    def absolute_threshold(self) -> Expr | None:
        """The power from which all joining is the only equilibrium."""
        if self._has_numbers:
            return self._number("absolute")
        if self.members is None:
            return self.resistances[0]
        if len(self.players) > MOST_IN_CLOSED_FORM:
            return None
        return sp.Max(*(self._least_reluctant(kept) for kept in self._nonempty_sets()))

    @quantity("P_{dom}", Source("L", "MilgromRoberts1990"))
    def dominance_threshold(self) -> Expr:
        """The power from which joining is dominant: strictly above it."""
        return sp.Max(*self.resistances)

    @quantity("n \\max(0, P_{abs} - P)", _BILLS)
    def uniform_bill(self) -> Expr | None:
        """What the same offer to all costs that makes all joining the only equilibrium."""
        absolute = type(self).absolute_threshold.function(self)
        if absolute is None:
            return None
        return self._count * sp.Max(0, absolute - self._power)

    @quantity("B", _BILLS, exists_when=lambda game: game.order_free)
    def order_free_bill(self) -> Expr | None:
        """What offers one by one cost, in any order."""
        if self._is_at_large:
            return None
        if self.members is None:
            return self._count * (self.resistances[0] - self._power - self._beta / 2)
        pairs = ((i, j) for i in range(len(self.players)) for j in range(i))
        total = sp.Add(*self.resistances) - self._count * self._power
        return total - sp.Add(*(self.gain(i, j) for i, j in pairs))

    @quantity("n \\max(0, P_{abs} - P) - B", _BILLS, exists_when=lambda game: game.order_free)
    def value_of_bilateralism(self) -> Expr | None:
        """What offers one by one save against the same offer to all."""
        absolute = type(self).absolute_threshold.function(self)
        if absolute is None or self._is_at_large:
            return None
        uniform = self._count * (absolute - self._power)  # where it exists, P <= P_E <= P_abs
        return sp.expand(uniform - type(self).order_free_bill.function(self))

    @quantity(
        "q^*",
        Source("L", "Schelling1978"),
        exists_when=lambda game: sp.And(
            game.resistances[0] - game._beta < game._power, game._power < game.resistances[0]
        ),
    )
    def tipping_share(self) -> Expr | None:
        """The chance of joining at which members that are alike would be indifferent."""
        if self.members is not None or self._is_at_large:
            return None
        return (self.resistances[0] - self._power) / self._beta

    @property
    def order_free(self) -> Boolean:
        """Where the bill of every order is the same: symmetric, and everybody paid when last."""
        everyone = range(len(self.players)) if self.members else ()
        last = (t - self.gains(i, everyone) for i, t in enumerate(self.resistances))
        if self.members is None:
            last = (t - self._beta for t in self.resistances)
        floors = (sp.Le(self._power, bound) for bound in last)
        alike = (sp.Eq(self.gain(i, j), self.gain(j, i)) for i in everyone for j in range(i))
        return sp.And(*floors, *alike)

    @property
    def _count(self) -> Expr:
        if self.members is not None:
            return sp.Integer(len(self.members))
        return self.values.get(self.symbols.n, self.symbols.n)

    def _nonempty_sets(self) -> Iterator[tuple[int, ...]]:
        everyone = range(len(self.players))
        for inside in product((0, 1), repeat=len(self.players)):
            if any(inside):
                yield tuple(i for i in everyone if inside[i])

    def _least_reluctant(self, out: tuple[int, ...]) -> Expr:
        """The power at which somebody in the set joins, all others having joined.

        All joining is the only equilibrium where this power is reached for every set.
        """
        joined = [j for j in range(len(self.players)) if j not in out]
        return sp.Min(*(self.resistances[i] - self.gains(i, joined) for i in out))

    # Payoffs at any profile.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff of a member at a profile, pure or mixed.

        Where members are alike, ``{"member": shares}`` gives the share of members that join, and
        the payoff is that of a member drawn at random.
        """
        self._check_player(player)
        joining = [mixed(p, profile.get(p), ACTIONS)["Join"] for p in self.players]
        if self.members is None:
            share, n = joining[0], self._count
            others = self._beta * (share * n - 1) / (n - 1)
            return share * (self._power + others - self.resistances[0])
        i = self.players.index(player)
        others = sp.Add(*(q * self.gain(i, j) for j, q in enumerate(joining) if q != 0))
        return joining[i] * (self._power + others - self.resistances[i])

    def increments(self) -> Iterator[Increment]:
        """What joining gains a member over staying, by how many others join or by who does."""
        if self.members is None:
            yield self._increment_of_equals()
            return
        others = {m: sp.Symbol(f"x_{m}", real=True) for m in self.players}
        for member in self.players:
            mix = {m: {"Join": x, "Stay": 1 - x} for m, x in others.items() if m != member}
            gain = self.payoff({**mix, member: "Join"}, member)
            gain = sp.expand(gain - self.payoff({**mix, member: "Stay"}, member))
            within = (sp.And(x >= 0, x <= 1) for m, x in others.items() if m != member)
            raised = tuple(gain.subs(x, 1) - gain.subs(x, 0) + gain
                           for m, x in others.items() if m != member)  # fmt: skip
            yield Increment(member, gain, raised, tuple(within))

    def _increment_of_equals(self) -> Increment:
        """Those that stay get nothing, so joiners share what all members get together."""
        n, k = self._count, sp.Symbol("k", real=True)
        share = (k + 1) / n
        everyone = self.payoff({"member": {"Join": share, "Stay": 1 - share}}, "member")
        gain = sp.simplify(everyone * n / (k + 1))
        return Increment("a member", gain, (gain.subs(k, k + 1),), (k >= 0, k <= n - 1))

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No member gains by the other action; where ties join, none stays that is indifferent."""
        strict = equilibrium.concept == TIES_JOIN
        if self.members is None:
            share = equilibrium.profile["member"]["Join"]
            return tuple(self._owed_by_a_group(share, strict=strict))
        return tuple(self._owed_by_members(equilibrium, strict=strict))

    def _owed_by_a_group(self, share: Expr, *, strict: bool) -> Iterator[Obligation]:
        n, joiners = self._count, share * self._count
        for others, wants, who in (
            (joiners - 1, sp.Ge, "joins"),
            (joiners, sp.Lt if strict else sp.Le, "stays"),
        ):
            if (share == 0 and who == "joins") or (share == 1 and who == "stays"):
                continue
            worth = self._power + self._beta * others / (n - 1) - self.resistances[0]
            yield Obligation(f"a member that {who} gains nothing by changing", wants(worth, 0))

    def _owed_by_members(self, equilibrium: Equilibrium, *, strict: bool) -> Iterator[Obligation]:
        profile = {m: dict(mix) for m, mix in equilibrium.profile.items()}
        for m in self.players:
            joining = self.payoff({**profile, m: "Join"}, m)
            if profile[m]["Join"] != 0:
                yield Obligation(f"{m}: to stay gains nothing", sp.Ge(joining, 0))
            if profile[m]["Stay"] != 0:
                wants = sp.Lt if strict else sp.Le
                yield Obligation(f"{m}: to join gains nothing", wants(joining, 0))

    # Every pure equilibrium.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Members that are alike in closed form; numbers by the sorted order or by sets."""
        if self.members is None:
            return self._of_equals(concept)
        if self._has_numbers and self._power.is_Rational:
            return self._of_numbers(concept)
        return self._of_symbols(concept)

    def _of_equals(self, concept: str) -> Iterator[Equilibrium]:
        s = self.symbols
        stays = sp.Lt if concept == TIES_JOIN else sp.Le
        k = sp.Symbol("k", integer=True)
        yield self._alike("none-Join", stays(s.P, s.theta), 0, concept)
        yield self._alike("all-Join", sp.Ge(s.P, s.theta - s.beta), 1, concept)
        if concept == BOTH:
            tie = sp.And(sp.Eq(s.beta, 0), sp.Eq(s.P, s.theta))
            within = sp.And(k >= 1, k <= s.n - 1)
            yield self._alike("some-Join", tie, k / s.n, concept, free=(k,), where=within)

    def _alike(
        self, name: str, condition: Boolean, share: Expr, concept: str, **more: Any
    ) -> Equilibrium:
        s = self.symbols
        shares = {"Join": sp.sympify(share), "Stay": 1 - sp.sympify(share)}
        payoff = s.P + s.beta - s.theta if share == 1 else sp.Integer(0)
        return Equilibrium(
            name, {"member": shares}, {"member": payoff}, condition, concept, game=self, **more
        )

    def _of_symbols(self, concept: str) -> Iterator[Equilibrium]:
        n = len(self.players)
        if n > MOST_SYMBOLIC_MEMBERS:
            raise TooLargeError(
                f"{n} members make {2**n} profiles; at most {MOST_SYMBOLIC_MEMBERS} members are "
                "searched with symbols. Give every parameter a number, or leave members= out: "
                "members that are alike are solved in closed form for every n"
            )
        for pure, condition in pure_nash([ACTIONS] * n, self._pure_payoff):
            ties = [] if concept == BOTH else self._no_tie_stays(pure)
            yield self._profile(pure, sp.And(condition, *ties), concept)

    def _pure_payoff(self, pure: tuple[str, ...], i: int) -> Expr:
        if pure[i] == "Stay":
            return sp.Integer(0)
        joined = tuple(j for j, action in enumerate(pure) if action == "Join")
        return self._power + self.gains(i, joined) - self.resistances[i]

    def _no_tie_stays(self, pure: tuple[str, ...]) -> Iterator[Boolean]:
        for i, action in enumerate(pure):
            if action == "Stay":
                joining = (*pure[:i], "Join", *pure[i + 1 :])
                yield sp.Lt(self._pure_payoff(joining, i), 0)

    def _of_numbers(self, concept: str) -> Iterator[Equilibrium]:
        for joins in self._all_joining("join" if concept == TIES_JOIN else "both"):
            yield self._profile(tuple("Join" if x else "Stay" for x in joins), sp.true, concept)

    def _profile(self, pure: tuple[str, ...], condition: Boolean, concept: str) -> Equilibrium:
        profile = {m: _PURE[action] for m, action in zip(self.players, pure, strict=True)}
        payoffs = {m: self._pure_payoff(pure, i) for i, m in enumerate(self.players)}
        alike = {"Join": "all-Join", "Stay": "none-Join"}[pure[0]]
        name = alike if len(set(pure)) == 1 else "/".join(pure)
        return Equilibrium(name, profile, payoffs, condition, concept, game=self)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """All pure equilibria, everywhere."""
        if self.members is None:
            why = "no number of equal members between none and all is one, see lemmas()"
            return "closed form", sp.true, why
        return "search over joiners", sp.true, "every set of joiners was looked at"

    @classmethod
    def lemmas(cls) -> tuple[prover.Proof, ...]:
        """Proofs that equal members join all or none, but for the tie without complementarity."""
        game = cls()
        s, k = game.symbols, sp.Symbol("k", integer=True)
        joiner = s.P + s.beta * (k - 1) / (s.n - 1) - s.theta
        stayer = s.P + s.beta * k / (s.n - 1) - s.theta
        given = [game.space, k >= 1, k <= s.n - 1]
        tie = sp.And(sp.Eq(s.beta, 0), sp.Eq(s.P, s.theta))
        return (
            prover.prove(sp.Not(sp.And(joiner >= 0, stayer < 0)), given=given),
            prover.prove(sp.Implies(sp.And(joiner >= 0, stayer <= 0), tie), given=given),
        )


__all__ = ["ACTIONS", "Participation"]
