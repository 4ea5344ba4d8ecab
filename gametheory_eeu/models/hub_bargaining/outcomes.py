"""A hub's terms with each member, and the outcome of each protocol in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, TooLargeError
from gametheory_eeu.solvers.hub_protocols import (
    MAX_MEMBERS,
    HubOutcome,
    Worth,
    joint_bargaining,
    nash_in_nash,
    renegotiated,
    union_worths,
)

if TYPE_CHECKING:
    from gametheory_eeu.models.hub_bargaining.model import HubBargaining

RENEGOTIATED, NASH_IN_NASH, ONE_TABLE = "renegotiated bilateral", "Nash-in-Nash", "one table"


NOTES = {
    "whole union": "every member is in, and paid by its own deal and its part of the prestige",
    "union of the willing": "prestige does not carry the members whose deals lose: they stay out",
    "no union": "no deal has a surplus, and prestige does not make up for it",
}


@dataclass(frozen=True)
class Spoke:
    """A member's terms: the hegemon's gain, its own, their sum, its weight and its odds."""

    name: str
    a: Expr
    e: Expr
    gamma: Expr

    @property
    def S(self) -> Expr:
        """The surplus of its deal."""
        return self.a + self.e

    @cached_property
    def gain(self) -> Expr:
        """The surplus where there is one, else zero."""
        return sp.Max(0, self.S)

    @cached_property
    def loss(self) -> Expr:
        """The loss of its deal where there is no surplus, else zero."""
        return sp.Max(0, -self.S)

    @cached_property
    def omega(self) -> Expr:
        """Its bargaining weight over the hegemon's."""
        return self.gamma / (1 - self.gamma)

    def named(self) -> Spoke:
        """The same member with a symbol for each of its terms."""
        a, e, gamma = (sp.Symbol(f"{x}_{self.name}", real=True) for x in ("a", "e", "gamma"))
        return Spoke(self.name, a, e, gamma)

    @classmethod
    def from_parts(cls, name: str) -> Spoke:
        """A member whose gain, loss and odds are symbols, with surplus S = G - L."""
        gain, loss, e, odds = (sp.Symbol(f"{x}_{name}", real=True) for x in ("G", "L", "e", "w"))
        spoke = cls(name, gain - loss - e, e, odds / (1 + odds))
        spoke.__dict__.update(gain=gain, loss=loss, omega=odds)
        return spoke

    def terms(self, symbolic: Spoke) -> tuple[tuple[Expr, Expr], ...]:
        """Each of those symbols with the term it stands for."""
        return (symbolic.a, self.a), (symbolic.e, self.e), (symbolic.gamma, self.gamma)

    def at(self, values: Mapping[Any, Any]) -> Spoke:
        """The same terms as Fractions, at numbers for every symbol."""
        numbers = (as_fraction(x, values) for x in (self.a, self.e, self.gamma))
        return Spoke(self.name, *numbers)


def as_fraction(expression: Expr, values: Mapping[Any, Any]) -> Fraction:
    """An expression as a Fraction at numbers; an error if a symbol remains."""
    value = expression.xreplace(values)
    if not value.is_Rational:
        missing = ", ".join(sorted(map(str, value.free_symbols))) or str(value)
        raise GameTheoryError(
            f"an outcome in numbers needs a rational number for {missing}: write game.at(…)"
        )
    return Fraction(int(value.p), int(value.q))


def outcome(game: HubBargaining, protocol: str, value: Worth | None) -> HubOutcome:
    """The outcome of a protocol at the game's numbers: see ``HubBargaining.outcome``."""
    arg.one_of("protocol", protocol, game.concepts)
    names, terms = _numeric_spokes(game)
    e, omega = [x.e for x in terms], [x.omega for x in terms]
    union_value = value
    if union_value is None:
        union_value = additive_worth(names, terms, as_fraction(game.symbols.Z, game.values))
    if protocol == RENEGOTIATED:
        _check_size(len(names), default=value is None)
        return renegotiated(names, union_value, e, omega).outcome()
    grand_value, values_without = union_worths(union_value, names)
    if protocol == ONE_TABLE:
        return joint_bargaining(names, grand_value, e, omega)
    return nash_in_nash(names, grand_value, values_without, e, omega)


def _numeric_spokes(game: HubBargaining) -> tuple[tuple[str, ...], list[Spoke]]:
    """The names of the members and their terms as Fractions, one entry a member."""
    if game.members is not None:
        return game.members, [i.at(game.values) for i in game.spokes]
    count = game.values.get(game.symbols.n)
    if count is None:
        raise GameTheoryError(
            "an outcome in numbers needs the number of members: write game.at(member_count=…)"
        )
    terms = [i.at(game.values) for i in game.spokes]
    return tuple(str(k + 1) for k in range(int(count))), terms * int(count)


def additive_worth(names: Sequence[str], terms: Sequence[Spoke], prestige: Fraction) -> Worth:
    """The worth of a union to the hegemon: its deals, and prestige for the whole union."""
    gains = dict(zip(names, (i.a for i in terms), strict=True))

    def worth(union: frozenset[str]) -> Fraction:
        total = sum((gains[m] for m in union), Fraction(0))
        return total + (prestige if len(union) == len(names) else 0)

    return worth


def _check_size(count: int, *, default: bool) -> None:
    if count > MAX_MEMBERS:
        alternative = (
            "game.transfers and game.solve() are closed forms for any number of them"
            if default
            else "where they are alike, solvers.renegotiated_by_number takes any number of them"
        )
        raise TooLargeError(
            f"{count} members make {2**count} unions; at most {MAX_MEMBERS} members are "
            f"solved by recursion over unions; {alternative}"
        )


def fallback_outcome(game: HubBargaining) -> tuple[str, str]:
    """The name and the union of the outcome where the whole union fails."""
    is_symmetric = game.members is None
    return ("no union", "nobody") if is_symmetric else ("union of the willing", "the willing")


def with_symbolic_terms(game: HubBargaining) -> tuple[HubBargaining, dict[Expr, Expr]]:
    """The game with a symbol for each member's terms, and what the symbols stand for."""
    generic = _without_values(game)
    symbolic = tuple(i.named() for i in generic.spokes)
    substitution = {
        x: y
        for i, symbolic_spoke in zip(generic.spokes, symbolic, strict=True)
        for x, y in i.terms(symbolic_spoke)
    }
    return _with_spokes(generic, symbolic), substitution


def _with_spokes(game: HubBargaining, spokes: tuple[Spoke, ...]) -> HubBargaining:
    """The game with these terms in place of its own; no cache is shared with another.

    A game is frozen to its users; this one has not been seen by any yet.
    """
    game.__dict__.update(spokes=spokes, own_terms=spokes)
    return game


def _without_values(game: HubBargaining) -> HubBargaining:
    """The game with the same members; those that were only counted are counted again."""
    names = list(game.members or ())
    is_numbered = names == [str(k + 1) for k in range(len(names))]
    return type(game)(members=len(names) if is_numbered else names)


def with_symbolic_parts(game: HubBargaining) -> HubBargaining:
    """The game with symbols for each member's gain, loss and odds, at the general prices.

    With G = max(0, S), L = max(0, -S) every game is one of these, so what holds of all non-negative
    G and L holds of it; then a claim is about polynomials, with no maximum left in it.
    """
    generic = _without_values(game)
    _with_spokes(generic, tuple(Spoke.from_parts(i.name) for i in generic.spokes))
    generic.__dict__["_price"] = generic.general_price
    return generic
