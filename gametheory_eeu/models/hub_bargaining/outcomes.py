"""A hub's terms with each member, and the outcome of each protocol in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, TooLargeError
from gametheory_eeu.solvers.hub_protocols import nash_in_nash, near_the_whole, one_table
from gametheory_eeu.solvers.renegotiation import MOST_MEMBERS, HubOutcome, Worth, renegotiated

if TYPE_CHECKING:
    from gametheory_eeu.models.hub_bargaining.model import HubBargaining

RENEGOTIATED, IN_PAIRS, TABLE = "renegotiated bilateral", "Nash-in-Nash", "one table"


NOTES = {
    "whole union": "every member is in, and paid by its own deal and its part of the prestige",
    "union of the willing": "prestige does not carry the members whose deals lose: they stay out",
    "no union": "no deal has a surplus, and prestige does not make up for it",
}


@dataclass(frozen=True)
class Spoke:
    """One member's terms: the hegemon's gain, its own, their sum, its weight and its odds."""

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
        """What its deal loses where it has no surplus, else zero."""
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
    def in_parts(cls, name: str) -> Spoke:
        """A member whose gain, loss and odds are symbols: it has S = G - L, whatever S is."""
        gain, loss, e, odds = (sp.Symbol(f"{x}_{name}", real=True) for x in ("G", "L", "e", "w"))
        found = cls(name, gain - loss - e, e, odds / (1 + odds))
        found.__dict__.update(gain=gain, loss=loss, omega=odds)
        return found

    def terms(self, named: Spoke) -> tuple[tuple[Expr, Expr], ...]:
        """Each of those symbols with what it stands for."""
        return (named.a, self.a), (named.e, self.e), (named.gamma, self.gamma)

    def at(self, values: Mapping[Any, Any]) -> Spoke:
        """The same in Fractions, at numbers for every symbol."""
        numbers = (as_fraction(x, values) for x in (self.a, self.e, self.gamma))
        return Spoke(self.name, *numbers)


def as_fraction(expression: Expr, values: Mapping[Any, Any]) -> Fraction:
    """An expression at numbers, refused where a symbol is left."""
    value = expression.xreplace(values)
    if not value.is_Rational:
        left = ", ".join(sorted(map(str, value.free_symbols))) or str(value)
        raise GameTheoryError(
            f"an outcome in numbers needs a rational number for {left}: write game.at(…)"
        )
    return Fraction(int(value.p), int(value.q))


def outcome(game: HubBargaining, protocol: str, value: Worth | None) -> HubOutcome:
    """What comes of a protocol at the game's numbers: see ``HubBargaining.outcome``."""
    arg.one_of("protocol", protocol, game.concepts)
    names, terms = _numbers(game)
    e, omega = [x.e for x in terms], [x.omega for x in terms]
    worth: Worth = _additive(game, names, terms) if value is None else value
    if protocol == RENEGOTIATED:
        _check_size(len(names), default=value is None)
        return renegotiated(names, worth, e, omega).outcome()
    whole, without = near_the_whole(worth, names)
    if protocol == TABLE:
        return one_table(names, whole, e, omega)
    return nash_in_nash(names, whole, without, e, omega)


def _numbers(game: HubBargaining) -> tuple[tuple[str, ...], list[Spoke]]:
    """The members and their terms as Fractions; as many of one kind as there are, if alike."""
    if game.members is not None:
        return game.members, [i.at(game.values) for i in game.spokes]
    count = game.values.get(game.symbols.n)
    if count is None:
        raise GameTheoryError(
            "an outcome in numbers needs the number of members: write game.at(member_count=…)"
        )
    terms = [i.at(game.values) for i in game.spokes]
    return tuple(str(k + 1) for k in range(int(count))), terms * int(count)


def _additive(game: HubBargaining, names: tuple[str, ...], terms: list[Spoke]) -> Worth:
    """Each deal for itself, and prestige from the whole union."""
    prestige = as_fraction(game.symbols.Z, game.values)
    own = dict(zip(names, (i.a for i in terms), strict=True))

    def worth(union: frozenset[str]) -> Fraction:
        total = sum((own[m] for m in union), Fraction(0))
        return total + (prestige if len(union) == len(names) else 0)

    return worth


def _check_size(count: int, *, default: bool) -> None:
    if count > MOST_MEMBERS:
        alternative = (
            "game.transfers and game.solve() are closed forms for any number of them"
            if default
            else "where they are alike, solvers.renegotiated_by_number takes any number of them"
        )
        raise TooLargeError(
            f"{count} members make {2**count} unions; at most {MOST_MEMBERS} members are "
            f"solved by recursion over unions; {alternative}"
        )


def left(game: HubBargaining) -> tuple[str, str]:
    """What remains where the whole union fails; nobody, where all are alike."""
    alike = game.members is None
    return ("no union", "nobody") if alike else ("union of the willing", "the willing")


def in_terms(game: HubBargaining) -> tuple[HubBargaining, dict[Expr, Expr]]:
    """The game in which each member's terms are symbols of their own, and what those stand for."""
    twin = _without_values(game)
    named = tuple(i.named() for i in twin.spokes)
    actual = {x: y for i, own in zip(twin.spokes, named, strict=True) for x, y in i.terms(own)}
    return _of_terms(twin, named), actual


def _of_terms(twin: HubBargaining, spokes: tuple[Spoke, ...]) -> HubBargaining:
    """With these terms, which make it a game of its own: nothing kept of one answers for another.

    A game is frozen to its users; this one has not been seen by any yet.
    """
    twin.__dict__.update(spokes=spokes, own_terms=spokes)
    return twin


def _without_values(game: HubBargaining) -> HubBargaining:
    """The game with the same members; those that were only counted are counted again."""
    names = list(game.members or ())
    counted = names == [str(k + 1) for k in range(len(names))]
    return type(game)(members=len(names) if counted else names)


def in_parts(game: HubBargaining) -> HubBargaining:
    """The game in which each member's gain, loss and odds are symbols, and prices the general ones.

    With G = max(0, S), L = max(0, -S) every game is one of these, so what holds of all non-negative
    G and L holds of it; then a claim is about polynomials, with no maximum left in it.
    """
    twin = _without_values(game)
    _of_terms(twin, tuple(Spoke.in_parts(i.name) for i in twin.spokes))
    twin.__dict__["_price"] = twin.general_price
    return twin
