"""What a user gives the whole argument: values, values by state, named members."""

from __future__ import annotations

from collections.abc import Mapping

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.eeu.whole_argument import values as values_of
from gametheory_eeu.cases.eeu.whole_argument.chain import chain
from gametheory_eeu.cases.eeu.whole_argument.values import BY_MEMBER, STATES, Value
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.model.game import USER_SOURCE
from gametheory_eeu.model.parameters import member_names
from gametheory_eeu.models.hub_bargaining import HubBargaining

_MEMBERS = "a list of names, or a mapping of name to the values that set the member apart"
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
        known = values_of.MEMBERS
        own = {name: dict(known.get(name, {})) for name in names or ()}
        for name, entries in given.items():
            for key, value in arg.mapping(f"members[{name!r}]", entries, _MEMBERS).items():
                arg.one_of("parameter of a member", key, BY_MEMBER)
                own[name][key] = (_member_number(key, value), USER_SOURCE)
        return FrozenMapping({name: FrozenMapping(entries) for name, entries in own.items()})
    raise ParameterError("members", members, _MEMBERS)


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
        **values_of.common_values(),
        **values_of.state_values(named=members is not None),
    }
    own = [name for name, value in given.items()
           if (members is None or name != "member_count")
           and _numbers(value) != _numbers(basis.get(name))]  # fmt: skip
    for member, entries in (members or {}).items():
        known = values_of.MEMBERS.get(member, {})
        own += [f"{name}.{member}" for name, value in entries.items()
                if _numbers(value) != _numbers(known.get(name))]  # fmt: skip
    return f", changed: {', '.join(own)}" if own else ""


def _numbers(value: Value | Mapping[str, Value] | None) -> object:
    """A value without its source, or the values by state."""
    if isinstance(value, Mapping):
        return {state: number for state, (number, _) in value.items()}
    return value and value[0]


__all__ = ["changes", "number", "read_by_state", "read_members", "settable", "share"]
