"""Increasing differences and single crossing: gains from a higher action or choice.

The claims are about two points, not about a slope, so that poles, gaps and jumps between the points
cannot hide in them. A slope is a second route, where the points were proved to be connected.
In a tree the actions at each information set are a chain, and a plan is one action at each: a
player with several sets has a lattice of plans, on which gains must not fall in his own other
actions either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, count, product
from math import comb, prod
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.games import Increment
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS, assumptions
from gametheory_eeu.prover.proof_search import prove_supported
from gametheory_eeu.statics.condition_forms import sign

MAX_PROFILES = 4096
MAX_INCREMENTS = 20_000


def increments_of(game: Any) -> Iterator[Increment]:
    """The gains from a higher action, in the order of the game's actions, the first the lowest."""
    increments = getattr(game, "increments", None)
    return iter(increments()) if increments is not None else _Actions(game).increments()


class _Actions:
    """The actions at each place (player, or information set), and the player who moves there."""

    def __init__(self, game: Any) -> None:
        actions = getattr(game, "actions", None)
        if actions is None:
            raise ParameterError("game", game, "a game of named actions, such as a NormalForm")
        if not isinstance(actions, Mapping):  # shared by all
            actions = dict.fromkeys(game.players, actions)
        self.game = game
        self.actions: Mapping[str, Sequence[str]] = actions
        player_at = getattr(game, "player_at", str)
        self.player = {place: player_at(place) for place in actions}
        self._payoff_cache: dict[tuple[str, ...], Expr] = {}
        self._check_size()

    def _check_size(self) -> None:
        sizes = {place: len(actions) for place, actions in self.actions.items()}
        profiles = prod(sizes.values())
        pairs = sum(profiles // k * comb(k, 2) for k in sizes.values() if k)
        for size, limit, noun in (
            (profiles, MAX_PROFILES, "profiles"),
            (pairs, MAX_INCREMENTS, "gains from a higher action"),
        ):
            if size > limit:
                raise TooLargeError(
                    f"{size} {noun}; at most {limit} are gone through: take fewer players or "
                    "actions"
                )

    def increments(self) -> Iterator[Increment]:
        """Each gain from a higher action, and that gain after one action elsewhere is raised."""
        for place, own_actions in self.actions.items():
            others = [other for other in self.actions if other != place]
            is_only_place = all(self.player[other] != self.player[place] for other in others)
            for low, high in combinations(own_actions, 2):
                consecutive = own_actions.index(high) == own_actions.index(low) + 1
                for other_actions in product(*(self.actions[other] for other in others)):
                    profile = dict(zip(others, other_actions, strict=True))
                    raised = (
                        self._payoffs(place, low, high, {**profile, other: next_action})
                        for other in others
                        for next_action in self._next(other, profile[other])
                    )
                    raised_gains = (second - first for first, second in raised)
                    context = ", ".join(f"{other}: {action}" for other, action in profile.items())
                    label = f"{self.player[place]} ({context})" if context else self.player[place]
                    payoffs = self._payoffs(place, low, high, profile)
                    yield Increment(label, payoffs[1] - payoffs[0], tuple(raised_gains), (),
                                    payoffs, consecutive, is_only_place)  # fmt: skip

    def _payoffs(
        self, place: str, low: str, high: str, profile: Mapping[str, str]
    ) -> tuple[Expr, Expr]:
        """The payoffs from a lower and from a higher action."""
        first, second = (self._payoff(place, {**profile, place: a}) for a in (low, high))
        return first, second

    def _payoff(self, place: str, profile: Mapping[str, str]) -> Expr:
        key = (self.player[place], *(profile[p] for p in self.actions))
        if key not in self._payoff_cache:
            self._payoff_cache[key] = sp.sympify(self.game.payoff(profile, self.player[place]))
        return self._payoff_cache[key]

    def _next(self, place: str, action: str) -> Sequence[str]:
        """The action after one, or nothing."""
        actions = self.actions[place]
        return actions[actions.index(action) + 1 :][:1]


_SMOOTH_FUNCTIONS = (
    sp.Add, sp.Mul, sp.exp, sp.log, sp.erf, sp.erfc, sp.erfinv, sp.sin, sp.cos, sp.atan, sp.sinh,
    sp.cosh, sp.tanh, sp.asinh,
)  # fmt: skip
"""Functions that are smooth wherever they and their derivatives have a value."""
_INTERVAL_ASSUMPTIONS = {
    "real", "commutative", "positive", "negative", "nonnegative", "nonpositive", "nonzero",
    "finite", "extended_real",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two values of a symbol, the second higher, with everything else equal; both in the space."""

    symbol: Symbol
    higher: Symbol
    space: Space

    @classmethod
    def of(cls, space: Space, symbol: Symbol) -> Pair:
        """Two points of a space that differ in one symbol."""
        higher = fresh_symbol(f"{symbol.name}_higher", space, **symbol._assumptions_orig)
        ordering = higher >= symbol + 1 if symbol.is_integer else higher > symbol
        higher_space = space.subs({symbol: higher})
        new_symbols = [s for s in higher_space.symbols if s not in space.symbols]
        both = Space.of(space, *higher_space.constraints, ordering, symbols=new_symbols)
        return cls(symbol, higher, both)

    def raised(self, expression: Expr | Boolean) -> Expr:
        """An expression or condition at the second point."""
        return expression.xreplace({self.symbol: self.higher})


def fresh_symbol(name: str, space: Space, **symbol_assumptions: bool) -> Symbol:
    """A symbol whose name the space does not use yet."""
    used_names = {s.name for s in space.symbols}
    candidates = chain((name,), (f"{name}_{i}" for i in count(2)))
    free_name = next(candidate for candidate in candidates if candidate not in used_names)
    return sp.Symbol(free_name, **{"real": True, **symbol_assumptions})


@dataclass(frozen=True)
class GainChange:
    """The sign of a gain's change between two points, with its proofs.

    Where there is no sign they are of what was settled on the way. Premises say that the points are
    connected, where the sign is that of a slope.
    """

    sign: str
    proofs: tuple[prover.Proof, ...]
    premises: tuple[prover.Proof, ...] = ()

    def is_monotone(self, *, up: bool) -> bool:
        """Whether the gain is monotone in the given direction."""
        return SIGNS[self.sign] <= SIGNS[">=0" if up else "<=0"]


@dataclass(frozen=True)
class Comparison:
    """A gain at two ordered points of a space, whose values are to be compared.

    The slope, where there is one, has the sign of the difference, by integration along a space in
    which the points are connected; the claims say so, each over a space. The last two are as of an
    :class:`gametheory_eeu.games.Increment`.
    """

    who: str
    before: Expr
    after: Expr
    space: Space
    slope: Expr | None = None
    along: Space | None = None
    segment_claims: tuple[tuple[Boolean, Space], ...] = ()
    consecutive: bool = True
    alone: bool = True

    def order(self) -> GainChange:
        """The sign of the gain's change between the points, with its proofs."""
        result = sign(self.after - self.before, self.space)
        if result.proof.vacuous:
            return GainChange("0", ())  # no two such points
        if result.verdict == "proved":
            return GainChange(result.sign, (result.proof,))
        if self.slope is None or self.along is None or result.verdict == "depends":
            return GainChange("?", result.proofs)
        slope_sign = sign(self.slope, self.along)
        path_proofs = tuple(prove_supported(*claim) for claim in self.segment_claims)
        verdicts = {slope_sign.verdict, *(proof.verdict for proof in path_proofs)}
        if verdicts == {"proved"}:
            return GainChange(slope_sign.sign, (slope_sign.proof,), path_proofs)
        return GainChange("?", result.proofs)

    def single_crossing(self, *, rising: bool) -> tuple[prover.Proof, ...] | None:
        """Proofs of single crossing: a gain stays positive, or nonnegative, if it is so."""
        values = (self.before, self.after) if rising else (self.after, self.before)
        proofs: list[prover.Proof] = []
        for relation in (sp.Ge, sp.Gt):
            sides = (relation(value, 0, evaluate=False) for value in values)
            claim = sp.Implies(*sides, evaluate=False)
            proofs.append(prove_supported(claim, self.space))
            if proofs[-1].verdict != "proved":
                return None
        return tuple(proofs)

    def counterexample(self, *, rising: bool) -> Mapping[Symbol, Expr] | None:
        """A point at which the gains are in the opposite order, if one is found."""
        relation = sp.Ge if rising else sp.Le
        proof = prove_supported(relation(self.after - self.before, 0, evaluate=False), self.space)
        return proof.witnesses[0] if proof.witnesses else None


def segment_claims(space: Space, symbol: Symbol) -> tuple[tuple[Boolean, Space], ...] | None:
    """Claims that the segment between two points of a space, along a symbol, lies in it.

    None where the symbol's own assumptions leave gaps.
    """
    if not set(symbol._assumptions_orig) <= _INTERVAL_ASSUMPTIONS:
        return None
    pair = Pair.of(space, symbol)
    middle = fresh_symbol(f"{symbol.name}_between", pair.space)
    segment = Space.of(pair.space, middle > symbol, middle < pair.higher)
    constraints = [
        c for c in (*space.constraints, *assumptions(symbol)) if symbol in c.free_symbols
    ]
    middle_constraints = (c.xreplace({symbol: middle}) for c in constraints)
    return tuple((c, segment) for c in middle_constraints if c != sp.true)


def is_smooth(expression: Expr, symbols: Sequence[Symbol]) -> bool:
    """Whether an expression has derivatives in some symbols wherever these have a value."""
    if not expression.free_symbols & set(symbols) or isinstance(expression, sp.Symbol):
        return True
    if isinstance(expression, sp.Piecewise):
        conditions = (condition for _, condition in expression.args)
        if any(c.free_symbols & set(symbols) for c in conditions):
            return False
        return all(is_smooth(value, symbols) for value, _ in expression.args)
    if isinstance(expression, sp.Pow):
        is_smooth_power = expression.exp.is_Rational or expression.base == sp.E
        return bool(is_smooth_power) and all(is_smooth(part, symbols) for part in expression.args)
    if isinstance(expression, CASE_FUNCTIONS) or not isinstance(expression, _SMOOTH_FUNCTIONS):
        return False
    return all(is_smooth(part, symbols) for part in expression.args)


def is_continuous_node(expression: Expr) -> bool:
    """Whether an expression is continuous where it has values, if its arguments are.

    A power is so even at zero, where ``0**y`` has a value only for positive ``y``.
    """
    return isinstance(expression, (*_SMOOTH_FUNCTIONS, sp.Pow, sp.Abs, sp.Max, sp.Min))
