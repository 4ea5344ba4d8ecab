"""Global maxima of a payoff in a player's own choices: curvature, and deviations compared.

A difference of payoffs at the equilibrium value s and at a deviation z has the factor s - z; where
the first-order condition holds it has the factor twice. What is left decides on a deviation, and is
linear or quadratic in z for payoffs of degree up to three at an end of the range, and up to four
inside it: its sign on an interval is then an exact condition on the parameters. Payoffs with roots
of a choice x are polynomials in t, where x = t^q.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations
from math import lcm
from typing import Literal, NamedTuple

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, factorization, has_quotient
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.case_distinction import negation
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.proof_search import is_proved, prove_supported
from gametheory_eeu.solvers.interval_signs import (
    _interval,
    _is_proved,
    nonnegative_where,
    sign_on_interval,
)
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.readable import rewrite_relations
from gametheory_eeu.solvers.solution_families import AtomicFormula

Shape = Literal["concave", "quasi-concave", "unknown"]
Place = Literal["low", "high", "inside", "edge", "point"]
"""Where in its range a choice is: at an end, where the derivative is zero, at a breakpoint of the
payoff, or at the only point that there is."""
_START, _ALTERNATIVE = sp.Dummy("start'", real=True), sp.Dummy("deviation'", real=True)
"""The choice at the solution, and the one deviated to: the same ones in every comparison, so that
no difference is computed and no proof is searched for twice."""


@dataclass(frozen=True)
class Curvature(Picklable):
    """The shape of a payoff in a player's own choices, at all choices of the others.

    Parameters
    ----------
    player : str
    shape : {"concave", "quasi-concave", "unknown"}
        Quasi-concave: wherever the derivative is zero the second one is negative, so that there is
        one such point at most, and it is the maximum.
    proofs : tuple of Proof
        What was proved; where the shape is unknown, what was not.
    """

    player: str
    shape: Shape
    proofs: tuple[prover.Proof, ...]

    def __repr__(self) -> str:
        word = "neither was proved" if self.shape == "unknown" else f"{self.shape} (proved)"
        return f"<{self.player}'s payoff in their own choice: {word}>"


class PayoffPiece(NamedTuple):
    """A formula of a payoff, and the relations (to zero) where it holds."""

    atoms: tuple[AtomicFormula, ...]
    formula: Expr


@dataclass(frozen=True)
class Agent:
    """A player of a game with continuous choices.

    The payoff is in all choices and the parameters, ``ranges`` are those of the own choices, the
    space has all choices, each in its range. ``pieces`` come in place of the payoff where several
    formulas may apply at one point: what follows the choice is then open there, and the choice is
    an equilibrium's with either.
    """

    name: str
    payoff: Expr
    ranges: tuple[ChoiceRange, ...]
    space: Space
    pieces: tuple[PayoffPiece, ...] = ()

    @property
    def own(self) -> tuple[Symbol, ...]:
        """The symbols of the player's own choices."""
        return tuple(r.symbol for r in self.ranges)

    @cached_property
    def derivatives(self) -> Mapping[Symbol, Expr]:
        """The derivative of the payoff in each own choice."""
        return {x: sp.diff(self.payoff, x) for x in self.own}

    @cached_property
    def curvature(self) -> Curvature:
        """The shape of the payoff in the player's own choices."""
        if self.pieces or self.payoff.has(*CASE_FUNCTIONS):
            return Curvature(self.name, "unknown", ())
        return curvature(self)


def curvature(agent: Agent) -> Curvature:
    """The shape of a smooth payoff: concave if its Hessian is negative semidefinite.

    Inside the ranges: what is concave there, and continuous, is concave with the ends.
    """
    hessian = sp.hessian(agent.payoff, agent.own)
    space = Space.of(agent.space, *(r.interior(r.symbol) for r in agent.ranges))
    proofs: list[prover.Proof] = []
    for size in range(1, len(agent.own) + 1):
        for rows in combinations(range(len(agent.own)), size):
            minor = (-1) ** size * hessian.extract(rows, rows).det()
            proofs.append(prove_supported(sp.Ge(factorization(minor), 0), space))
    if all(proof.verdict == "proved" for proof in proofs):
        return Curvature(agent.name, "concave", tuple(proofs))
    if len(agent.own) == 1:
        (x,) = agent.own
        claim = sp.Or(sp.Ne(agent.derivatives[x], 0), sp.Lt(hessian[0, 0], 0))
        proof = prove_supported(
            claim, agent.space
        )  # at an end, too: there u' = 0 must not be a minimum
        if proof.verdict == "proved":
            return Curvature(agent.name, "quasi-concave", (proof,))
    return Curvature(agent.name, "unknown", tuple(p for p in proofs if p.verdict != "proved"))


@dataclass(frozen=True)
class Deviation:
    """A player's change of one choice, against the others' choices at a solution.

    ``values`` has every choice at the solution, ``place`` says where in its range the choice is,
    ``space`` is where the solution exists, ``formula`` the payoff there, as a formula in all
    choices, and ``pieces`` all formulas of the payoff; one that holds everywhere if it is smooth.
    """

    agent: Agent
    values: Mapping[Symbol, Expr]
    place: Place
    space: Space
    formula: Expr
    pieces: Sequence[PayoffPiece]

    @property
    def range(self) -> ChoiceRange:
        """The range of the choice, at the solution."""
        return self.agent.ranges[0].at(self.values)

    @cached_property
    def others(self) -> dict[Symbol, Expr]:
        """The values of all choices but the player's own."""
        return {s: v for s, v in self.values.items() if s not in self.agent.own}

    def no_gain(self) -> Boolean | None:
        """The condition that no deviation pays; None where it was not found."""
        conditions: list[Boolean] = []
        for atoms, formula in self.pieces:
            condition = self._piece_condition(atoms, formula)
            if condition is None:
                return None
            condition = rewrite_relations(condition, self.space)
            if condition == sp.false or _is_proved(sp.Not(condition), self.space):
                return sp.false
            conditions.append(condition)
        return sp.And(*conditions)

    def _piece_condition(self, atoms: tuple[AtomicFormula, ...], formula: Expr) -> Boolean | None:
        z, x = _ALTERNATIVE, self.agent.own[0]
        gap = self.formula.xreplace(self.values) - formula.xreplace({**self.others, x: z})
        where = [RELATIONS[op](e.xreplace({**self.others, x: z}), 0) for e, op in atoms]
        reach = sp.And(self.range.contains(z), *where)
        claim = sp.Or(negation(reach), sp.Ge(gap, 0))
        if not self.space.symbols:
            is_smooth = not atoms and self.formula == formula
            return self._in_numbers(formula, claim, smooth=is_smooth)
        is_smooth = self.formula == formula
        difference = self._reduced_difference(formula, self.space, reach, smooth=is_smooth)
        if is_smooth and difference is not None:  # of a lower degree, so that a proof costs less
            claim = sp.Or(negation(reach), sp.Ge(difference, 0))
        if _is_proved(claim, self.space):
            return sp.true
        if difference is None:
            return None
        interval = _interval(self.range, where, z, self.space)
        condition = None if interval is None else interval.nonnegative(difference, z)
        if condition is None and not atoms and len(self.space.symbols) == 1:
            choice = self.range
            return nonnegative_where(difference, z, (choice.low, choice.high), self.space)
        return condition

    def _in_numbers(self, formula: Expr, claim: Boolean, *, smooth: bool) -> Boolean | None:
        """Whether no deviation pays: by interval arithmetic, or by the prover where it is close."""
        if smooth:
            difference = self._reduced_difference(formula, self.space, sp.true, smooth=True)
            sign = None if difference is None else self._sign_on_range(difference)
            if sign is not None:
                return sp.true if sign > 0 else sp.false
        verdict = prove_supported(claim, self.space).verdict
        return {"proved": sp.true, "refuted": sp.false}.get(verdict)

    def _sign_on_range(self, difference: Expr) -> int | None:
        choice, z = self.range, _ALTERNATIVE
        if sp.oo in (-choice.low, choice.high) or not difference.is_polynomial(z):
            return None
        coefficients = sp.Poly(difference, z).all_coeffs()
        return sign_on_interval(coefficients, choice.low, choice.high)

    def _reduced_difference(
        self, formula: Expr, space: Space, reach: Boolean, *, smooth: bool
    ) -> Expr | None:
        """An expression that is non-negative where the deviation does not pay, of low degree."""
        z, x = _ALTERNATIVE, self.agent.own[0]
        if not smooth:
            gap = self.formula.xreplace(self.values) - formula.xreplace({**self.others, x: z})
            return _numerator(gap, Space.of(space, reach))
        reduced = _smooth_difference(self.agent, formula, self.place)
        if reduced is None:
            return None
        return reduced.xreplace({**self.others, _START: self.values[x]})


@lru_cache(maxsize=512)
def _smooth_difference(agent: Agent, formula: Expr, place: Place) -> Expr | None:
    """An expression in the choices before and after: non-negative where the change does not pay."""
    z, s, x = _ALTERNATIVE, _START, agent.own[0]
    gap = formula.xreplace({x: s}) - formula.xreplace({x: z})
    within = Space.of(agent.space, *(agent.ranges[0].contains(value) for value in (z, s)))
    numerator = _numerator(gap, within)
    if numerator is None or not numerator.is_polynomial(z, s):
        return None
    slope = _quotient(numerator, s - z)
    if slope is None or place not in ("inside", "low", "high"):
        return None if slope is None else numerator
    if place != "inside":
        return -slope if place == "low" else slope
    second = _quotient(slope - slope.xreplace({z: s}), z - s)
    return None if second is None else -second


def _quotient(dividend: Expr, divisor: Expr) -> Expr | None:
    """The quotient of polynomials in the two choices; None where a rest is left."""
    z, s = _ALTERNATIVE, _START
    quotient, rest = sp.div(sp.Poly(dividend, s, z), sp.Poly(divisor, s, z))
    return quotient.as_expr() if rest.is_zero else None


def _numerator(expression: Expr, space: Space) -> Expr | None:
    """A numerator with the sign of the expression; None where its denominator has no one sign."""
    if not has_quotient(expression):
        return sp.expand(expression)
    numerator, denominator = common_denominator(expression)
    if denominator.is_number:
        return sp.expand(numerator / denominator)
    for sign in (1, -1):
        if _is_proved(sp.Gt(sign * denominator, 0), space):
            return sp.expand(sign * numerator)
    return None


@dataclass(frozen=True)
class RootScale:
    """Choices x written as t^q, where roots of x of order q occur in payoffs: q and t by choice."""

    orders: Mapping[Symbol, int]
    symbols: Mapping[Symbol, Symbol]

    @classmethod
    def of(cls, agents: Iterable[Agent], ties: Mapping[Symbol, Symbol], space: Space) -> RootScale:
        """The scale of the agents' choices; a choice that may be negative keeps its own."""
        agent_list = list(agents)
        orders: dict[Symbol, int] = {}
        for choice in (r for agent in agent_list for r in agent.ranges):
            group = [choice.symbol, *(r for r, x in ties.items() if x == choice.symbol)]
            order = lcm(*(_order(agent.payoff, s) for agent in agent_list for s in group))
            if order > 1 and _is_nonnegative(choice, space):
                orders |= dict.fromkeys(group, order)
        return cls(orders, {x: sp.Dummy(x.name, real=True) for x in orders})

    def agent(self, agent: Agent, ranges: Mapping[Symbol, ChoiceRange]) -> Agent:
        """An agent with rescaled choices; the ranges are those of all rescaled symbols."""
        if not self.orders:
            return agent
        kept = [c for c in agent.space.constraints if c.free_symbols.isdisjoint(self.orders)]
        within = [self.range(ranges[x]).contains(t) for x, t in self.symbols.items()]
        symbols = [s for s in agent.space.symbols if s not in self.orders]
        space = Space.of(Space(tuple(symbols), tuple(kept)), *within, symbols=self.symbols.values())
        own = tuple(self.range(r) for r in agent.ranges)
        return replace(agent, payoff=self.rescale(agent.payoff), ranges=own, space=space)

    def range(self, choice: ChoiceRange) -> ChoiceRange:
        """The range of the rescaled choice."""
        x = choice.symbol
        if x not in self.orders:
            return choice
        root = sp.Rational(1, self.orders[x])
        high = choice.high if choice.high == sp.oo else choice.high**root
        return ChoiceRange(self.symbols[x], choice.low**root, high, choice.has_low, choice.has_high)

    def rescale(self, expression: Expr) -> Expr:
        """An expression in the rescaled choices."""

        def is_power(node: Expr) -> bool:
            return isinstance(node, sp.Pow) and node.base in self.orders

        def power(node: Expr) -> Expr:
            return self.symbols[node.base] ** (self.orders[node.base] * node.exp)

        powers = {x: self.symbols[x] ** q for x, q in self.orders.items()}
        return expression.replace(is_power, power).xreplace(powers)

    def restore(self, x: Symbol, values: Mapping[Symbol, Expr]) -> Expr:
        """The value of an own choice, from those of the rescaled ones."""
        if x not in self.orders:
            return values[x]
        return values[self.symbols[x]] ** self.orders[x]

    @property
    def roots(self) -> dict[Symbol, Expr]:
        """Each rescaled symbol as a root of the choice itself."""
        return {t: x ** sp.Rational(1, self.orders[x]) for x, t in self.symbols.items()}


def _order(payoff: Expr, x: Symbol) -> int:
    """The least common denominator of the exponents of a symbol."""
    exponents = (p.exp for p in payoff.atoms(sp.Pow) if p.base == x and p.exp.is_Rational)
    return lcm(1, *(int(e.q) for e in exponents))


def _is_nonnegative(choice: ChoiceRange, space: Space) -> bool:
    return choice.low != -sp.oo and is_proved(sp.Ge(choice.low, 0), space, STEP)
