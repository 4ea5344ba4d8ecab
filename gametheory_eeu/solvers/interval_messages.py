"""Cheap talk about an interval: messages that part the states into intervals.

A sender knows a state, uniform on an interval; a receiver hears a message and acts. Where each
payoff is strictly concave in the action, with a cross derivative of one sign, the states that
prefer one action to another lie on one side of a state that is indifferent. With any k actions
that occur in an equilibrium the states are therefore parted into k intervals: at each cut-off the
sender is indifferent between the actions beside it, and each action is best on average over its
interval (Crawford and Sobel 1982).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.prover.proof_search import prove_supported
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.polynomial_families import polynomial_families
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value
from gametheory_eeu.solvers.solution_families import conjunction, existence_condition

_MAX_CASES = 200
_FIRST, _LAST = sp.Dummy("l", real=True), sp.Dummy("h", real=True)
"""The ends of an interval of states."""


class Steps(NamedTuple):
    """An equilibrium of some steps: cut-offs, the action of each interval, and where it exists.

    On a knife edge it may be a family: of any cut-offs in ``free`` that obey ``where``.
    """

    cutoffs: tuple[Expr, ...]
    actions: tuple[Expr, ...]
    condition: Boolean
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true


class StepsByNumber(NamedTuple):
    """Equilibria of any number of steps: the k-th cut-off and action, and where they exist."""

    cutoff: Expr
    action: Expr
    condition: Boolean


@dataclass(frozen=True)
class IntervalMessages:
    """Equilibria of cheap talk about a state that is uniform on an interval.

    Payoffs are polynomials in the state and in the action, of degree two in the latter; the space
    is of the parameters.
    """

    sender: Expr
    receiver: Expr
    state: ChoiceRange
    action: Symbol
    space: Space

    def check(self) -> None:
        """Refuse payoffs unless messages were proved to part the states into intervals."""
        y, s = self.action, self.state.symbol
        within = Space.of(self.space, self.state.contains(s), symbols=(s, y))
        for player, payoff in (("sender", self.sender), ("receiver", self.receiver)):
            if not payoff.is_polynomial(y, s) or sp.degree(payoff, y) != 2:
                raise UnsupportedError(
                    f"the payoff of the {player} is solved where it is a polynomial in {y} and "
                    f"{s}, of degree two in {y}"
                )
            claims = {
                f"strictly concave in {y}": sp.diff(payoff, y, 2) < 0,
                f"one in which a higher {s} is reason for a higher {y}": sp.diff(payoff, y, s) > 0,
            }
            for words, claim in claims.items():
                if prove_supported(claim, within).verdict != "proved":
                    raise UnsupportedError(
                        f"the payoff of the {player} was not proved to be {words}, so that "
                        "messages need not part the states into intervals"
                    )

    @cached_property
    def best_action(self) -> Expr:
        """The action that is best on average over an interval, from its ends."""
        s = self.state.symbol
        slope = sp.integrate(sp.expand(sp.diff(self.receiver, self.action)), (s, _FIRST, _LAST))
        constant, linear = (sp.expand(slope).coeff(self.action, k) for k in (0, 1))
        return sp.cancel(-constant / linear)

    @cached_property
    def indifference(self) -> tuple[Expr, Expr]:
        """The slope and the constant of what a state gains from a higher action, per unit of it.

        With u = A y^2 + B y + C in the action, u(z) - u(y) is (z - y)(A (y + z) + B).
        """
        payoff = sp.expand(self.sender)
        return payoff.coeff(self.action, 2), payoff.coeff(self.action, 1)

    def action_between(self, first: Expr, last: Expr) -> Expr:
        """The best action over an interval with these ends."""
        return simplify_value(self.best_action.xreplace({_FIRST: first, _LAST: last}))

    def gain(self, first: Expr, cutoff: Expr, last: Expr) -> Expr:
        """A number with the sign of what the state at a cut-off gains from the higher action."""
        a, b = (e.xreplace({self.state.symbol: cutoff}) for e in self.indifference)
        total = self.action_between(first, cutoff) + self.action_between(cutoff, last)
        return sp.fraction(sp.together(sp.expand(a * total + b)))[0]

    def names(self, number: int) -> list[Symbol]:
        """The symbols of the cut-offs of a number of steps."""
        return [sp.Symbol(f"{self.state.symbol}_{k}", real=True) for k in range(1, number)]

    def steps(self, number: int) -> Iterator[Steps | None]:
        """The equilibria of a number of steps; None where cut-offs have no closed form."""
        names = self.names(number)
        ends = [self.state.low, *names, self.state.high]
        gains = [self.gain(*ends[k : k + 3]) for k in range(number - 1)]
        rises = [(b - a, ">") for a, b in pairwise(ends)]
        effort = Effort("parting the states", _MAX_CASES, "ask for fewer messages")
        rising = Space.of(self.space, *(d > 0 for d, _ in rises), symbols=names)
        for family, value in polynomial_families(gains, rises, names, rising, effort):
            if family.open:
                yield None
                continue
            condition = simplify_condition(existence_condition(family, self.space), self.space)
            if condition != sp.false:
                cutoffs = tuple(simplify_value(value(family.values.get(x, x))) for x in names)
                where = conjunction(family.where)
                yield Steps(
                    cutoffs, self.actions(cutoffs), condition, family.free,
                    where if family.free else sp.true,
                )  # fmt: skip

    def actions(self, cutoffs: Sequence[Expr]) -> tuple[Expr, ...]:
        """The best action over each of the intervals that cut-offs part."""
        ends = [self.state.low, *cutoffs, self.state.high]
        return tuple(self.action_between(*pair) for pair in pairwise(ends))

    def any_steps(self, index: Symbol, number: Symbol, space: Space) -> StepsByNumber:
        """The equilibrium of as many steps as a symbol says.

        Indifference is a linear recurrence of order two; where 1 is its double root, what solves it
        is a quadratic in the index, and two ends make it unique. Any other is refused.
        """
        low, high = self.state.low, self.state.high
        before, at, after = sp.symbols("a b c", cls=sp.Dummy, real=True)
        gain = sp.Poly(sp.expand(self.gain(before, at, after)), before, at, after)
        first, middle, last = (gain.coeff_monomial(x) for x in (before, at, after))
        has_double_root = gain.total_degree() == 1 and (
            sp.expand(first - last) == 0 == sp.expand(middle + 2 * last)
        )
        if not has_double_root or prove_supported(sp.Ne(last, 0), self.space).verdict != "proved":
            raise UnsupportedError(
                "cut-offs by a symbol are known where the sender is indifferent along a sequence "
                "with constant second differences; give the number of messages"
            )
        bend = -gain.coeff_monomial(1) / (2 * last)
        slope = (high - low) / number - bend * number
        cutoff = low + slope * index + bend * index**2
        width = sp.expand(cutoff.xreplace({index: index + 1}) - cutoff)
        # Linear in the index, so that all are positive where the first and the last one are.
        widths = [width.xreplace({index: end}) > 0 for end in (sp.S.Zero, number - 1)]
        condition = simplify_condition(
            sp.And(*(sp.Gt(factorization(w.lhs - w.rhs), 0) for w in widths)), space
        )
        action = self.action_between(cutoff.xreplace({index: index - 1}), cutoff)
        return StepsByNumber(simplify_value(sp.expand(cutoff)), action, condition)
