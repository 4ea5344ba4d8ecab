"""Values of the whole argument: the worked example's, the named members', and a user's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.chapter import Chapter
from gametheory_eeu.cases.eeu.calibrations import FOLDER, calibration
from gametheory_eeu.cases.eeu.whole_argument.chain import chain
from gametheory_eeu.cases.facts import read_values
from gametheory_eeu.core import Source, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.games.game import USER_SOURCE
from gametheory_eeu.games.parameters import member_names
from gametheory_eeu.models.hub_bargaining import HubBargaining

Value = tuple[Expr, Source]

STATES = ("before 2014", "2014-15", "later")
YEARS = dict(zip(STATES, ("2013", "2014", "2015"), strict=True))
"""The states, and the calibrations of the games that they are."""
BY_STATE = ("exit_loss", "hegemon_urgency", "prestige")
"""Parameters that differ from state to state."""
BY_MEMBER = (
    "membership_benefit",
    "encroachment_loss",
    "outside_option",
    "member_value",
    "member_urgency",
)
"""Parameters that differ from member to member, where members are named."""
_EXAMPLE, _MEMBERS = read_values(FOLDER / "data" / "whole_argument.csv", [Chapter("HubBargaining")])
"""What the calibrations of the games do not have: a row for all, or for a member by name."""


@cache
def common_values() -> Mapping[str, Value]:
    """The values that are the same in every state."""
    deal = calibration("AsymmetricBargaining", "2013").values
    trust = calibration("TrustRecovery", "2013").values
    contest = calibration("BandwagoningContest", "2013").values
    return FrozenMapping(
        {
            **{name: deal[name] for name in (*BY_MEMBER, "control_cost")},
            **{name: trust[name] for name in (
                "trust", "restrained_violation_rate", "opportunist_violation_rate")},
            **{name: contest[name] for name in (
                "rival_power", "weights", "member_count", "balancing_cost", "domination_loss",
                "hegemon_power", "power_ceiling")},
            **{fact.name: (fact.value, fact.source) for fact in _EXAMPLE},
        }
    )  # fmt: skip


@cache
def state_values(*, named: bool) -> Mapping[str, Mapping[str, Value]]:
    """The values of each parameter that differs by state; prestige only where members are named."""
    none = sp.Integer(0), Source("M", note="no prestige in the worked example")
    result: dict[str, Mapping[str, Value]] = {}
    for name in BY_STATE:
        games = ("HubBargaining",) if name == "prestige" else ("AsymmetricBargaining",)
        by_state = {s: calibration(games[0], year).values[name] for s, year in YEARS.items()}
        is_left_out = name == "prestige" and not named
        result[name] = FrozenMapping(dict.fromkeys(STATES, none) if is_left_out else by_state)
    return FrozenMapping(result)


def worked_example(
    members: Mapping[str, Mapping[str, Value]] | None,
) -> tuple[Mapping[str, Value], Mapping[str, Mapping[str, Value]]]:
    """The values common to all states, and those by state, with members alike or named."""
    common = dict(common_values())
    if members is not None:
        source = Source("M", note="the members that are named")
        common["member_count"] = (sp.Integer(len(members)), source)
    return common, state_values(named=members is not None)


MEMBERS: Mapping[str, Mapping[str, Value]] = FrozenMapping(
    {row.name: row.values for row in _MEMBERS["HubBargaining"]}
)
"""What sets the members apart; in everything else they are those of the worked example."""


_ALLOWED = "a list of names, or a mapping of name to the values that set the member apart"
_FIXED = {
    "bargaining_weight": "it follows from the urgencies",
    "target_trust": "recovery() has its own",
    "reform_rate": "trust recovers from evidence here",
    "binding_delivery": "the union's bargaining knows no other than 0",
}
"""Parameters of the chain that are not the user's to set here, and why."""


def settable(key: str, *, named: bool) -> str:
    """The full name of a parameter that may be set; others are refused with why."""
    table = chain(shock=False).chain.table
    known = [*table.names, *(row.symbol.name for row in table)]
    name = table[arg.one_of("parameter", key, known)].name
    if name in _FIXED or (named and name == "member_count"):
        why = _FIXED.get(name, "it is that of the members named")
        raise ParameterError(name, key, f"nothing, for {why}")
    return name


def number(name: str, value: object) -> Expr:
    """A value that has to be a number."""
    result = exact(value, name)
    if not result.is_number:
        raise ParameterError(
            name, value, "a number", "In symbols ask EurasianArgument().argument, the chain"
        )
    return result


def share(name: str, value: object) -> Expr:
    """A number from 0 up to, and without, 1."""
    result = number(name, value)
    if not 0 <= result < 1:
        raise ParameterError(name, value, "in [0, 1)")
    return result


def read_by_state(name: str, value: object, rows: Mapping[str, Value]) -> Mapping[str, Value]:
    """A value for every state, or values for some."""
    if not isinstance(value, Mapping):
        return FrozenMapping(dict.fromkeys(STATES, (number(name, value), USER_SOURCE)))
    new = {
        arg.one_of("state", state, STATES): (number(f"{name} in {state!r}", v), USER_SOURCE)
        for state, v in value.items()
    }
    return FrozenMapping({**rows, **new})


def read_members(members: object) -> Mapping[str, Mapping[str, Value]] | None:
    """Named members with what sets each apart; None where members are alike."""
    if members is None:
        return None
    given = members if isinstance(members, Mapping) else {}
    names = member_names(list(given) if isinstance(members, Mapping) else members, {})
    if isinstance(members, Mapping | list | tuple):
        known = MEMBERS
        own = {name: dict(known.get(name, {})) for name in names or ()}
        for name, entries in given.items():
            for key, value in arg.mapping(f"members[{name!r}]", entries, _ALLOWED).items():
                arg.one_of("parameter of a member", key, BY_MEMBER)
                own[name][key] = (_member_number(key, value), USER_SOURCE)
        return FrozenMapping({name: FrozenMapping(entries) for name, entries in own.items()})
    raise ParameterError("members", members, _ALLOWED)


def _member_number(name: str, value: object) -> Expr:
    """A number in the domain of a member's parameter."""
    return HubBargaining.parameters[name].value(number(name, value))


def changes(
    common: Mapping[str, Value],
    by_state: Mapping[str, Mapping[str, Value]],
    members: Mapping[str, Mapping[str, Value]] | None,
) -> str:
    """What is not as in the worked example, members as in the case: ``", changed: trust"``."""
    given: dict[str, Value | Mapping[str, Value]] = {**common, **by_state}
    basis: dict[str, Value | Mapping[str, Value]] = {
        **common_values(),
        **state_values(named=members is not None),
    }
    own = [name for name, value in given.items()
           if (members is None or name != "member_count")
           and _numbers(value) != _numbers(basis.get(name))]  # fmt: skip
    for member, entries in (members or {}).items():
        known = MEMBERS.get(member, {})
        own += [f"{name}.{member}" for name, value in entries.items()
                if _numbers(value) != _numbers(known.get(name))]  # fmt: skip
    return f", changed: {', '.join(own)}" if own else ""


def _numbers(value: Value | Mapping[str, Value] | None) -> object:
    """A value without its source, or the values by state."""
    if isinstance(value, Mapping):
        return {state: number for state, (number, _) in value.items()}
    return value and value[0]
