"""EurasianArgument: the whole argument as one model, in states, counterfactuals and over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Self

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.eeu.whole_argument.chain import (
    TITLE,
    argument_at,
    chain,
    premises,
    trust_of,
)
from gametheory_eeu.cases.eeu.whole_argument.members import (
    NamedMembers,
    depth_threshold,
    named_members,
    union_depth,
)
from gametheory_eeu.cases.eeu.whole_argument.results import (
    NO_DEAL,
    MemberRow,
    Recovery,
    RecoveryRow,
    State,
    States,
)
from gametheory_eeu.cases.eeu.whole_argument.values import (
    BY_MEMBER,
    BY_STATE,
    STATES,
    Value,
    changes,
    number,
    read_by_state,
    read_members,
    settable,
    share,
    worked_example,
)
from gametheory_eeu.core import Calibration, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.games import Argument, Propositions, Stage
from gametheory_eeu.games.game import USER_SOURCE
from gametheory_eeu.models.registry import propositions
from gametheory_eeu.models.trust_recovery import TrustRecovery

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from xarray import Dataset

COUNTERFACTUALS: Mapping[str, tuple[bool, bool]] = FrozenMapping(
    {"trust intact": (False, True), "no urgency": (True, False)}
)
"""By name, whether the shocks to trust and to urgency happen."""


@dataclass(frozen=True, init=False, repr=False)
class EurasianArgument(Displayable):
    r"""The whole argument: from pressure on a neighbour to a union dearly bought, and after.

    A hegemon, misjudging what a neighbour's public bears, risks a revolt (*pressure*). What it does
    then lowers everybody's trust by Bayes' rule (*shock*). Where trust is low, deals have to bind
    (*institutions*); each member is paid for its consent, the more the more the hegemon would lose
    by a failure and the more it is in a hurry (*union*). Trust also decides how deep the union is
    (*depth*), how far members lean to the hegemon (*hedging*), and the power from which they would
    have no choice (*contest*). Then interest fades and trust recovers, quiet period by quiet
    period. Every formula is that of the game concerned; :attr:`argument` is their chain.

    Parameters
    ----------
    members : list of str, or mapping of name to values, optional
        Named members; without them members are alike. What sets the members of the case apart is
        known; others have the values of the worked example, or those that are given:
        ``{"Belarus": {}, "Ukraine": {"outside_option": 2}}``. Prestige from a complete union then
        counts, and members are carried by it or not.
    **values
        Any parameter of the chain by name or ASCII symbol, in place of the worked example's;
        ``exit_loss``, ``hegemon_urgency`` and ``prestige`` may be given by state, as in
        ``exit_loss={"later": "1/2"}``.

    Raises
    ------
    ParameterError, UnknownNameError, SpaceError

    Examples
    --------
    >>> whole = EurasianArgument()
    >>> for state in whole.states():
    ...     print(state.state, state.regime, state.price)
    before 2014 bilateral 1/50
    2014-15 multilateral 2951/5920
    later multilateral 509/3700
    >>> [state.regime for state in whole.counterfactuals()]
    ['bilateral', 'no deal']
    """

    common: Mapping[str, Value]
    by_state: Mapping[str, Mapping[str, Value]]
    members: Mapping[str, Mapping[str, Value]] | None

    def __init__(self, *, members: object = None, **values: object) -> None:
        named = read_members(members)
        self._set(*worked_example(named), named)
        self._replace(values)

    def _replace(self, values: Mapping[str, object]) -> None:
        """Put values in the place of others, and refuse what contradicts itself in some state."""
        common, by_state = dict(self.common), dict(self.by_state)
        for key, value in values.items():
            name = settable(key, named=self.members is not None)
            if name in BY_STATE:
                by_state[name] = read_by_state(name, value, by_state[name])
            else:
                common[name] = (number(name, value), USER_SOURCE)
        self._set(FrozenMapping(common), FrozenMapping(by_state), self.members)
        for state in STATES:
            self.argument_in(state)
        if self.members is not None:
            self._terms()  # refused where a member's values contradict each other

    def _set(
        self,
        common: Mapping[str, Value],
        by_state: Mapping[str, Mapping[str, Value]],
        members: Mapping[str, Mapping[str, Value]] | None,
    ) -> None:
        self.__dict__.update(common=common, by_state=by_state, members=members)

    # The chain.

    @property
    def argument(self) -> Argument:
        """The games in their chain after the shock, in symbols: its quantities, space and proofs.

        Examples
        --------
        >>> EurasianArgument().argument.links["union.trust"]
        'shock.trust_after_violation'
        """
        return chain(shock=True)

    @property
    def argument_before(self) -> Argument:
        """The same chain with the shock to trust switched off."""
        return chain(shock=False)

    @property
    def pressure(self) -> Stage:
        """What was asked of the neighbour before the shock, and what that risked.

        Examples
        --------
        >>> asked = EurasianArgument().pressure
        >>> asked.pressure, asked.informed_pressure, asked.revolt_probability
        (2/5, 1/4, 2/3)
        """
        return self.argument_in(STATES[0]).stages["pressure"]

    @arg.validate(urgency_shock=arg.flag)
    def calibration(self, state: str, *, urgency_shock: bool = True) -> Calibration:
        """The values of the chain's parameters in a state, each with its source."""
        arg.one_of("state", state, STATES)
        hurry = state if urgency_shock else STATES[0]
        entries = dict(self.common)
        for name, rows in self.by_state.items():
            entries[name] = rows[state if name == "prestige" else hurry]
        # The neighbour is pressed before: a revolt then costs what a failure costs then.
        entries.setdefault("exit_loss_pressure", self.by_state["exit_loss"][STATES[0]])
        return Calibration(state, entries)

    @arg.validate(trust_shock=arg.flag, urgency_shock=arg.flag)
    def argument_in(
        self, state: str = STATES[1], *, trust_shock: bool = True, urgency_shock: bool = True
    ) -> Argument:
        """The games in their chain at the values of a state, with its shocks or without.

        Parameters
        ----------
        state : str
        trust_shock, urgency_shock : bool

        Examples
        --------
        >>> EurasianArgument().argument_in("2014-15").union.transfer
        2951/5920
        """
        arg.one_of("state", state, STATES)
        return argument_at(
            trust_shock and state != STATES[0],
            self.calibration(state, urgency_shock=urgency_shock),
            None if self.members is None else self._mean_loss(),
        )

    def _mean_loss(self) -> Expr:
        """The mean of the members' losses by encroachment; of one that stands for all, its own."""
        losses = [self._member_values(m)["encroachment_loss"] for m in self.members or ("",)]
        return sp.Add(*losses) / len(losses)

    def _member_values(self, member: str) -> dict[str, Expr]:
        own = {} if not self.members else self.members[member]
        return {name: (own.get(name) or self.common[name])[0] for name in BY_MEMBER}

    # States and counterfactuals.

    @arg.validate(trust_shock=arg.flag, urgency_shock=arg.flag)
    def states(self, *, trust_shock: bool = True, urgency_shock: bool = True) -> States:
        """The outcome in each state.

        Parameters
        ----------
        trust_shock : bool
            Whether trust falls in 2014.
        urgency_shock : bool
            Whether a failure becomes dearer to the hegemon, and time shorter.

        Examples
        --------
        >>> EurasianArgument().states(trust_shock=False)["2014-15"].regime
        'bilateral'
        """
        rows = (_state_of(self, name, name, trust_shock, urgency_shock) for name in STATES)
        return States(tuple(rows), self.caption)

    def counterfactuals(self) -> States:
        """2014-15 with one of the two shocks switched off."""
        rows = (
            _state_of(self, name, STATES[1], *switches)
            for name, switches in COUNTERFACTUALS.items()
        )
        return States(tuple(rows), f"{self.caption}: counterfactuals of {STATES[1]}")

    @cached_property
    def rows(self) -> tuple[State, ...]:
        """The states, then the counterfactuals."""
        return (*self.states().rows, *self.counterfactuals().rows)

    @property
    def caption(self) -> str:
        """Its title, and which values are not the worked example's."""
        return f"{TITLE}{changes(self.common, self.by_state, self.members)}"

    def _state(self, name: str, argument: Argument) -> State:
        q = argument.quantity
        values = argument.parameters.values
        trust = trust_of(argument)
        difference = trust - q("institutions.binding_threshold").value
        regime = "bilateral" if difference > 0 else "multilateral" if difference else "indifferent"
        shared = (name, trust, values["exit_loss"])
        p_abs = q("contest.absolute_threshold").value
        alignment = q("hedging.alignment").value
        if self.members is not None:
            members, union = self._members(name, argument)
            depth = self._union_depth(union, trust)
            alignment = alignment if union else None
            return State(
                *shared, None, regime if union else NO_DEAL, None, None, None, depth, alignment,
                p_abs, union, members,
            )  # fmt: skip
        weight = argument.values[argument.symbols.gamma]
        surplus = q("union.surplus").value
        if q("union.transfer").exists_when != sp.true:
            return State(*shared, weight, NO_DEAL, surplus, None, None, None, None, p_abs)
        price = q("union.transfer").value
        control = values["member_value"] - values["control_cost"] * q("institutions.binding").value
        return State(
            *shared, weight, regime, surplus, price, control - price, q("depth.depth").value,
            alignment, p_abs,
        )  # fmt: skip

    # Named members.

    def _terms(self) -> NamedMembers:
        """The bargaining of the hegemon with the named members."""
        if self.members is None:
            raise GameTheoryError(
                "members are alike here; name them, as in EurasianArgument(members=['Belarus'])"
            )
        own = {member: FrozenMapping(self._member_values(member)) for member in self.members}
        return named_members(FrozenMapping(own), self.common["control_cost"][0])

    def _members(
        self, state: str, argument: Argument
    ) -> tuple[tuple[MemberRow, ...], tuple[str, ...]]:
        values = argument.parameters.values
        division = self._terms().divide(
            trust=trust_of(argument),
            binding=argument.quantity("institutions.binding").value,
            exit_loss=values["exit_loss"],
            urgency=values["hegemon_urgency"],
            prestige=values["prestige"],
        )
        outcome = division.outcome
        prices = {member: exact(outcome.transfers[member]) for member in outcome.union}
        rows = (
            MemberRow(state, m, surplus, m in prices, prices.get(m), exact(outcome.gains[m]))
            for m, surplus in division.surpluses.items()
        )
        return tuple(rows), outcome.union

    def _union_depth(self, union: Iterable[str], trust: Expr) -> Expr | None:
        """The depth of a union of named members at a trust."""
        return union_depth(map(self._member_values, union), trust, self.common["depth_cost"][0])

    def _depth_threshold(self, argument: Argument) -> Expr:
        """The trust from which a union of all has some depth."""
        if self.members is None:
            return argument.quantity("depth.trust_threshold").value
        return depth_threshold(map(self._member_values, self.members))

    # Over time.

    def recovery(self) -> Recovery:
        """The quiet periods that trust takes to what it was, and to what decides.

        Examples
        --------
        >>> [(row.target, row.whole_periods) for row in EurasianArgument().recovery()]
        [('any depth', 32), ('bilateral deals', 41), ('trust before', 50)]
        """
        after = self.argument_in(STATES[1])
        rates = {"eps": self.common["restrained_violation_rate"][0],
                 "phi": self.common["opportunist_violation_rate"][0]}  # fmt: skip
        targets = {
            "any depth": self._depth_threshold(after),
            "bilateral deals": after.quantity("institutions.binding_threshold").value,
            "trust before": self.common["trust"][0],
        }
        rows = []
        for name, target in targets.items():
            game = TrustRecovery(mu=trust_of(after), mu_T=target, **rates)
            rows.append(
                RecoveryRow(name, target, game.recovery_periods, game.whole_recovery_periods())
            )
        return Recovery(tuple(rows))

    def path(
        self,
        periods: int = 60,
        *,
        trust_shock: bool = True,
        urgency_shock: bool = True,
        decay: object = "4/5",
        hurry: int = 2,
    ) -> Dataset:
        """The argument over time: the shock in period 0, then quiet periods.

        The exit loss decays geometrically to its ordinary level, trust recovers by Bayes' rule, and
        in each period there is a deal where its surplus is not negative: a member leaves where it
        is, and comes back where it is not.

        Parameters
        ----------
        periods : int
            Quiet periods after the shock.
        trust_shock, urgency_shock : bool
            As in :meth:`states`.
        decay : number
            In [0, 1): the share of the exit loss above its ordinary level that a period leaves.
        hurry : int
            Periods in which the hegemon is pressed for time, from the shock on.

        Returns
        -------
        xarray.Dataset
            By period from -1, the state before; with units, sources and versions in ``attrs``.
        """
        from gametheory_eeu.cases.eeu.whole_argument.path import dataset

        return dataset(
            self,
            arg.integer("periods", periods, 1, 1000),
            switches=(
                arg.flag("trust_shock", trust_shock),
                arg.flag("urgency_shock", urgency_shock),
            ),
            decay=share("decay", decay),
            hurry=arg.integer("hurry", hurry, 0, 1000),
        )

    def plot(self, **options: Any) -> Figure:
        """The path as a figure; options are those of :meth:`path`."""
        from gametheory_eeu import display

        return display.figure(self, **options)

    # What is proved.

    @staticmethod
    def theorem() -> Propositions:
        """The theorem on the two shocks, part by part; ``judge()`` proves it.

        Examples
        --------
        >>> [part.name for part in EurasianArgument.theorem()]
        ['7-theorem-i', '7-theorem-ii', '7-theorem-iii', '7-theorem-iv', '7-theorem-v']
        """
        parts = (p for p in propositions("7") if p.name.startswith("7-theorem-"))
        return Propositions(tuple(parts))

    def premises(self) -> Mapping[str, bool]:
        """Whether the theorem's premises hold at these values: where all do, so does what it says.

        Examples
        --------
        >>> all(EurasianArgument().premises().values())
        True
        """
        if self.members is not None:
            raise UnsupportedError("the theorem is about members that are alike; name none")
        before, after = (self.argument_in(state) for state in STATES[:2])
        return premises(before, after, trust_of(after))

    @staticmethod
    def propositions() -> Propositions:
        """Everything that is proved of the whole argument, the theorem and the worked example."""
        return propositions("7")

    def at(self, **values: object) -> Self:
        """The same argument with other values; later ones replace earlier ones."""
        result = object.__new__(type(self))
        result._set(self.common, self.by_state, self.members)
        result._replace(values)
        return result

    def __repr__(self) -> str:
        names = "members alike" if self.members is None else ", ".join(self.members)
        return f"<the whole argument: {names}{changes(self.common, self.by_state, self.members)}>"


@lru_cache(maxsize=256)
def _state_of(
    whole: EurasianArgument, name: str, state: str, trust_shock: bool, urgency_shock: bool
) -> State:
    argument = whole.argument_in(state, trust_shock=trust_shock, urgency_shock=urgency_shock)
    return whole._state(name, argument)
