"""Named members of the union: their terms with the hegemon, who joins, and at what price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.cases.eeu.whole_argument.chain import chain
from gametheory_eeu.errors import SpaceError
from gametheory_eeu.models.hub_bargaining import HubBargaining
from gametheory_eeu.models.hub_bargaining.outcomes import Spoke, additive_worth, as_fraction
from gametheory_eeu.solvers.hub_protocols import HubOutcome, renegotiated


@dataclass(frozen=True)
class Division:
    """The outcome of the bargaining with the named members, and the surplus of each one's deal."""

    outcome: HubOutcome
    surpluses: Mapping[str, Expr]


@lru_cache(maxsize=32)
def hub(names: tuple[str, ...]) -> HubBargaining:
    """The bargaining of the hegemon with members of these names, in symbols."""
    return HubBargaining(members=list(names))


class NamedMembers:
    """The hegemon's bargaining with named members, at values that stay from period to period.

    Refused where full binding costs the hegemon more than the loss that it spares a member.
    """

    def __init__(self, values: Mapping[str, Mapping[str, Expr]], control_cost: Expr) -> None:
        game = hub(tuple(values))
        self.symbols = game.symbols
        own: dict[Symbol, Expr] = {game.symbols.kappa: control_cost}
        for member, entries in values.items():
            own |= {game.symbols[name][member]: value for name, value in entries.items()}
        for constraint in game.constraints():
            if constraint.xreplace(own) == sp.false:
                terms = ", ".join(
                    f"{x} = {own[x]}" for x in sorted(constraint.free_symbols, key=str)
                )
                raise SpaceError(f"{terms} contradicts {constraint} in HubBargaining; change one")
        weights = (p for p in game.parameters if p.name.startswith("bargaining_weight"))
        gammas: dict[Symbol, Any] = {p.symbol: p.default for p in weights}
        self.spokes = tuple(
            Spoke(spoke.name, *(term.xreplace(own) for term in (
                spoke.a, spoke.e, gammas[spoke.gamma])))
            for spoke in game.spokes
        )  # fmt: skip

    def divide(
        self, *, trust: Expr, binding: Expr, exit_loss: Expr, urgency: Expr, prestige: Expr
    ) -> Division:
        """Who is in and what each is paid, renegotiated bilateral, in one state."""
        s = self.symbols
        point = {s.mu: trust, s.alpha: binding, s.rho_H: urgency}
        point |= dict.fromkeys(s.D, exit_loss)
        spokes = [spoke.at(point) for spoke in self.spokes]
        names = [spoke.name for spoke in spokes]
        worth = additive_worth(names, spokes, as_fraction(prestige, {}))
        e, omega = [spoke.e for spoke in spokes], [spoke.omega for spoke in spokes]
        outcome = renegotiated(names, worth, e, omega).outcome()
        surpluses = {i.name: i.S.xreplace(point) for i in self.spokes}
        return Division(outcome, surpluses)


@lru_cache(maxsize=64)
def named_members(values: Mapping[str, Mapping[str, Expr]], control_cost: Expr) -> NamedMembers:
    """The bargaining at values, kept."""
    return NamedMembers(values, control_cost)


def union_depth(values: Iterable[Mapping[str, Expr]], trust: Expr, cost: Expr) -> Expr | None:
    """The depth of a union at a trust, that of its least willing member; None without members."""
    s = chain(shock=False).symbols
    shared = {s.mu: trust, s.q: cost}
    depths = [depth.xreplace(shared) for depth in _of_members("depth.depth", values)]
    return sp.Min(*depths) if depths else None


def depth_threshold(values: Iterable[Mapping[str, Expr]]) -> Expr:
    """The trust from which a union has some depth: that of its least willing member."""
    return sp.Max(*_of_members("depth.trust_threshold", values))


def _of_members(name: str, values: Iterable[Mapping[str, Expr]]) -> list[Expr]:
    """A quantity of the chain at what each member gains and loses."""
    argument = chain(shock=False)
    expression, s = argument.chain.quantity(name).expression, argument.symbols
    return [
        expression.xreplace(
            {s.zeta: sp.Integer(0), s.b: own["membership_benefit"], s.ell: own["encroachment_loss"]}
        )
        for own in values
    ]
