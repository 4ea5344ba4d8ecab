"""Participation: the game, its thresholds, bills and equilibria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Calibration, Source
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import Equilibrium, Increment, Obligation, declare, quantity
from gametheory_eeu.games.quantity import Quantity
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.models import vocabulary as v
from gametheory_eeu.models.participation.analysis import NumericalAnalysis
from gametheory_eeu.models.participation.numbers import PLAIN_NASH, TIES_JOIN, is_matrix
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.solvers import pure_nash

if TYPE_CHECKING:
    from gametheory_eeu.models.participation.continuum import ParticipationOfContinuum
    from gametheory_eeu.models.participation.variants import ParticipationOnNetwork

ACTIONS = ("Join", "Stay")
MAX_SYMBOLIC_MEMBERS = 4
_PURE_STRATEGIES = {
    action: FrozenMapping({a: sp.Integer(a == action) for a in ACTIONS}) for action in ACTIONS
}
_SEGAL = Source("L", "Segal2003")
_BILLS = Source("L", "BernsteinWinter2012")


def _positions(name: str, value: object) -> tuple[int, ...]:
    sequence = arg.sequence(name, value, "a list of the members' places, from 0")
    return tuple(arg.integer(name, position) for position in sequence)


class Participation(NumericalAnalysis):
    r"""Participation: a threshold game of joining, with complementarities between joiners.

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
    publication = Publication(
        "granovetter 1978",
        "each joins once enough others have: thresholds and cascades",
        ("coordination", "collective action"),
        "Granovetter1978",
    )

    parameters = declare(v.HEGEMON_POWER, v.RESISTANCE, v.COMPLEMENTARITY, v.MEMBER_COUNT)
    actions = ACTIONS
    concepts: tuple[str, ...] = (TIES_JOIN, PLAIN_NASH)

    def __new__(cls, **arguments: Any) -> Self:
        """A network where complementarity comes as rows or pairs; arrays where it is large."""
        game_class: Any = cls._variant_class(arguments)
        game: Self = object.__new__(game_class)
        return game

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values; rows or pairs of complementarity make it a network."""
        complementarity = values.get("complementarity", values.get("beta"))
        if not is_matrix(complementarity) or "pair" in {
            parameter.index for parameter in type(self).parameters
        }:
            return super().at(calibration, **values)
        other_values = {k: x for k, x in self.given.items() if k != "complementarity"}
        is_numbered = self.members == tuple(str(i + 1) for i in range(len(self.members or ())))
        members: Any = len(self.members) if self.members and is_numbered else self.members
        values = {k: x for k, x in values.items() if k not in ("complementarity", "beta")}
        game: Any = Participation(members=members, complementarity=complementarity, **other_values)
        return game.at(calibration, **values) if calibration or values else game  # type: ignore[no-any-return]

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
        from gametheory_eeu.models.participation.variants import ParticipationOnNetwork

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
        """The members' resistance, at the game's values; one entry if members are alike."""
        symbols = (self.symbols.theta,) if self.members is None else self.symbols.theta
        return tuple(self.values.get(x, x) for x in symbols)

    @arg.validate(i=arg.integer, j=arg.integer)
    def gain(self, i: int, j: int) -> Expr:
        """The gain of i from the joining of j."""
        if i == j:
            return sp.Integer(0)
        s = self.symbols
        count = s.n if self.members is None else len(self.players)
        return (s.beta / (count - 1)).subs(self.values)

    @arg.validate(i=arg.integer, joiners=_positions)
    def gains(self, i: int, joiners: Iterable[int]) -> Expr:
        """The gain of i from the joining of several members."""
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
        from gametheory_eeu.games.game import QuantityTable

        quantities = [q for declaration in self._quantities for q in declaration.of(self)]
        return QuantityTable({q.name: q.subs(self.values) for q in quantities})

    @quantity("P_E", _SEGAL)
    def equilibrium_threshold(self) -> Expr:
        """The power from which all joining is an equilibrium."""
        if self._has_numbers:
            return self._number("equilibrium")
        if self.members is None:
            return self.resistances[0] - self._beta
        positions = range(len(self.players))
        return sp.Max(*(t - self.gains(i, positions) for i, t in enumerate(self.resistances)))

    @quantity("P_{abs}", _SEGAL)
    def absolute_threshold(self) -> Expr | None:
        """The power from which all joining is the only equilibrium."""
        if self._has_numbers:
            return self._number("absolute")
        if self.members is None:
            return self.resistances[0]
        if self._has_too_many_sets:
            return None
        return sp.Max(*(self._least_reluctance(subset) for subset in self._nonempty_sets()))

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
        return self._member_count * sp.Max(0, absolute - self._power)

    @quantity("B", _BILLS, exists_when=lambda game: game.order_free)
    def order_free_bill(self) -> Expr | None:
        """What offers one by one cost, in any order."""
        if self._is_large:
            return None
        if self.members is None:
            return self._member_count * (self.resistances[0] - self._power - self._beta / 2)
        pairs = ((i, j) for i in range(len(self.players)) for j in range(i))
        total = sp.Add(*self.resistances) - self._member_count * self._power
        return total - sp.Add(*(self.gain(i, j) for i, j in pairs))

    @quantity("n \\max(0, P_{abs} - P) - B", _BILLS, exists_when=lambda game: game.order_free)
    def value_of_bilateralism(self) -> Expr | None:
        """What offers one by one save against the same offer to all."""
        absolute = type(self).absolute_threshold.function(self)
        if absolute is None or self._is_large:
            return None
        uniform = self._member_count * (
            absolute - self._power
        )  # where it exists, P <= P_E <= P_abs
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
        if self.members is not None or self._is_large:
            return None
        return (self.resistances[0] - self._power) / self._beta

    @property
    def order_free(self) -> Boolean:
        """Condition that the bill of every order is the same."""
        positions = range(len(self.players)) if self.members else ()
        final_reluctances = (t - self.gains(i, positions) for i, t in enumerate(self.resistances))
        if self.members is None:
            final_reluctances = (t - self._beta for t in self.resistances)
        floor_conditions = (sp.Le(self._power, bound) for bound in final_reluctances)
        symmetry = (sp.Eq(self.gain(i, j), self.gain(j, i)) for i in positions for j in range(i))
        return sp.And(*floor_conditions, *symmetry)

    @property
    def _member_count(self) -> Expr:
        if self.members is not None:
            return sp.Integer(len(self.members))
        return self.values.get(self.symbols.n, self.symbols.n)

    def _nonempty_sets(self) -> Iterator[tuple[int, ...]]:
        positions = range(len(self.players))
        for membership in product((0, 1), repeat=len(self.players)):
            if any(membership):
                yield tuple(i for i in positions if membership[i])

    def _least_reluctance(self, outsiders: tuple[int, ...]) -> Expr:
        """The power at which somebody in the set joins, all others having joined.

        All joining is the only equilibrium where this power is reached for every set.
        """
        insiders = [j for j in range(len(self.players)) if j not in outsiders]
        return sp.Min(*(self.resistances[i] - self.gains(i, insiders) for i in outsiders))

    # Payoffs at any profile.

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """Expected payoff of a member at a profile, pure or mixed.

        Where members are alike, ``{"member": shares}`` gives the share of members that join, and
        the payoff is that of a member drawn at random.
        """
        self._check_player(player)
        join_probabilities = [
            mixed_strategy(p, profile.get(p), ACTIONS)["Join"] for p in self.players
        ]
        if self.members is None:
            share, n = join_probabilities[0], self._member_count
            others = self._beta * (share * n - 1) / (n - 1)
            return share * (self._power + others - self.resistances[0])
        i = self.players.index(player)
        others = sp.Add(*(q * self.gain(i, j) for j, q in enumerate(join_probabilities) if q != 0))
        return join_probabilities[i] * (self._power + others - self.resistances[i])

    def increments(self) -> Iterator[Increment]:
        """The gain of a member from joining over staying, by the others' joining."""
        if self.members is None:
            yield self._symmetric_increment()
            return
        join_symbols = {m: sp.Symbol(f"x_{m}", real=True) for m in self.players}
        for member in self.players:
            mix = {m: {"Join": x, "Stay": 1 - x} for m, x in join_symbols.items() if m != member}
            gain = self.payoff({**mix, member: "Join"}, member)
            gain = sp.expand(gain - self.payoff({**mix, member: "Stay"}, member))
            bounds = (sp.And(x >= 0, x <= 1) for m, x in join_symbols.items() if m != member)
            larger_gains = tuple(gain.subs(x, 1) - gain.subs(x, 0) + gain
                           for m, x in join_symbols.items() if m != member)  # fmt: skip
            yield Increment(member, gain, larger_gains, tuple(bounds))

    def _symmetric_increment(self) -> Increment:
        """The increment of an equal member: joiners share the total payoff equally."""
        n, k = self._member_count, sp.Symbol("k", real=True)
        share = (k + 1) / n
        total_payoff = self.payoff({"member": {"Join": share, "Stay": 1 - share}}, "member")
        gain = sp.simplify(total_payoff * n / (k + 1))
        return Increment("a member", gain, (gain.subs(k, k + 1),), (k >= 0, k <= n - 1))

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """No member gains by the other action; where ties join, none stays that is indifferent."""
        strict = equilibrium.concept == TIES_JOIN
        if self.members is None:
            share = equilibrium.profile["member"]["Join"]
            return tuple(self._symmetric_obligations(share, strict=strict))
        return tuple(self._member_obligations(equilibrium, strict=strict))

    def _symmetric_obligations(self, share: Expr, *, strict: bool) -> Iterator[Obligation]:
        n, joiners = self._member_count, share * self._member_count
        for others, relation, status in (
            (joiners - 1, sp.Ge, "joins"),
            (joiners, sp.Lt if strict else sp.Le, "stays"),
        ):
            if (share == 0 and status == "joins") or (share == 1 and status == "stays"):
                continue
            joining_payoff = self._power + self._beta * others / (n - 1) - self.resistances[0]
            yield Obligation(
                f"a member that {status} gains nothing by changing", relation(joining_payoff, 0)
            )

    def _member_obligations(
        self, equilibrium: Equilibrium, *, strict: bool
    ) -> Iterator[Obligation]:
        profile = {m: dict(mix) for m, mix in equilibrium.profile.items()}
        for m in self.players:
            joining_payoff = self.payoff({**profile, m: "Join"}, m)
            if profile[m]["Join"] != 0:
                yield Obligation(f"{m}: to stay gains nothing", sp.Ge(joining_payoff, 0))
            if profile[m]["Stay"] != 0:
                relation = sp.Lt if strict else sp.Le
                yield Obligation(f"{m}: to join gains nothing", relation(joining_payoff, 0))

    def form(self) -> NormalForm:
        """The normal form of a game of listed members."""
        members = self._listed_members()
        return NormalForm(self._pure_payoffs, players=members, actions=[ACTIONS] * len(members))

    def _pure_payoffs(self, pure: tuple[str, ...]) -> list[Expr]:
        return [self._pure_payoff(pure, i) for i in range(len(pure))]

    # Every pure equilibrium.

    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Closed forms for equal members; for numbers the sorted order, or all sets."""
        if self.members is None:
            return self._symmetric_equilibria(concept)
        if self._has_numbers and self._power.is_Rational:
            return self._numeric_equilibria(concept)
        return self._symbolic_equilibria(concept)

    def _symmetric_equilibria(self, concept: str) -> Iterator[Equilibrium]:
        s = self.symbols
        relation = sp.Lt if concept == TIES_JOIN else sp.Le
        k = sp.Symbol("k", integer=True)
        yield self._symmetric_equilibrium("none-Join", relation(s.P, s.theta), 0, concept)
        yield self._symmetric_equilibrium("all-Join", sp.Ge(s.P, s.theta - s.beta), 1, concept)
        if concept == PLAIN_NASH:
            tie = sp.And(sp.Eq(s.beta, 0), sp.Eq(s.P, s.theta))
            interior = sp.And(k >= 1, k <= s.n - 1)
            yield self._symmetric_equilibrium(
                "some-Join", tie, k / s.n, concept, free=(k,), where=interior
            )

    def _symmetric_equilibrium(
        self, name: str, condition: Boolean, share: Expr, concept: str, **fields: Any
    ) -> Equilibrium:
        s = self.symbols
        shares = {"Join": sp.sympify(share), "Stay": 1 - sp.sympify(share)}
        payoff = s.P + s.beta - s.theta if share == 1 else sp.Integer(0)
        return Equilibrium(
            name, {"member": shares}, {"member": payoff}, condition, concept, game=self, **fields
        )

    def _symbolic_equilibria(self, concept: str) -> Iterator[Equilibrium]:
        n = len(self.players)
        if n > MAX_SYMBOLIC_MEMBERS:
            raise TooLargeError(
                f"{n} members make {2**n} profiles; at most {MAX_SYMBOLIC_MEMBERS} members are "
                "searched with symbols. Give every parameter a number, or leave members= out: "
                "members that are alike are solved in closed form for every n"
            )
        for pure, condition in pure_nash([ACTIONS] * n, self._pure_payoff):
            tie_conditions = [] if concept == PLAIN_NASH else self._strict_stays(pure)
            yield self._pure_equilibrium(pure, sp.And(condition, *tie_conditions), concept)

    def _pure_payoff(self, pure: tuple[str, ...], i: int) -> Expr:
        if pure[i] == "Stay":
            return sp.Integer(0)
        joiners = tuple(j for j, action in enumerate(pure) if action == "Join")
        return self._power + self.gains(i, joiners) - self.resistances[i]

    def _strict_stays(self, pure: tuple[str, ...]) -> Iterator[Boolean]:
        for i, action in enumerate(pure):
            if action == "Stay":
                deviation = (*pure[:i], "Join", *pure[i + 1 :])
                yield sp.Lt(self._pure_payoff(deviation, i), 0)

    def _numeric_equilibria(self, concept: str) -> Iterator[Equilibrium]:
        for joins in self._equilibrium_arrays("join" if concept == TIES_JOIN else "both"):
            yield self._pure_equilibrium(
                tuple("Join" if x else "Stay" for x in joins), sp.true, concept
            )

    def _pure_equilibrium(
        self, pure: tuple[str, ...], condition: Boolean, concept: str
    ) -> Equilibrium:
        profile = {
            m: _PURE_STRATEGIES[action] for m, action in zip(self.players, pure, strict=True)
        }
        payoffs = dict(zip(self.players, self._pure_payoffs(pure), strict=True))
        symmetric_name = {"Join": "all-Join", "Stay": "none-Join"}[pure[0]]
        name = symmetric_name if len(set(pure)) == 1 else "/".join(pure)
        return Equilibrium(name, profile, payoffs, condition, concept, game=self)

    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """All pure equilibria, everywhere."""
        if self.members is None:
            reason = "no number of equal members between none and all is one, see lemmas()"
            return "closed form", sp.true, reason
        return "search over joiners", sp.true, "every set of joiners was looked at"

    @classmethod
    def lemmas(cls) -> tuple[prover.Proof, ...]:
        """Proofs that equal members join all or none, but for the tie without complementarity."""
        from gametheory_eeu.models.participation.propositions import lemmas

        return lemmas(cls())
