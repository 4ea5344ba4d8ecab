"""AnySteps: the equilibrium of cheap talk with as many steps as a symbol says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.model import Obligation, Verification
from gametheory_eeu.solvers.interval_messages import IntervalMessages
from gametheory_eeu.solvers.readable import simplify_value


@dataclass(frozen=True, repr=False)
class AnySteps(Displayable):
    """Cut-offs and actions of cheap talk by their index, of any number of steps.

    Parameters
    ----------
    number, index : SymPy symbols
        Of the steps, and of one of them: from 1 to the number; cut-off 0 is the lowest state.
    cutoff, action : SymPy expressions
        In the index.
    condition : SymPy Boolean
        The equilibrium exists there and only there.
    payoffs : mapping of player to expected payoff
    space : Space
        The parameters and the number.
    method : IntervalMessages
        The payoffs that they are equilibria of.
    """

    number: Symbol
    index: Symbol
    cutoff: Expr
    action: Expr
    condition: Boolean
    payoffs: Mapping[str, Expr]
    space: Space
    method: IntervalMessages

    @classmethod
    def of(cls, method: IntervalMessages, number: Symbol, index: Symbol, space: Space) -> AnySteps:
        """The equilibrium of a game's payoffs."""
        found = method.any_steps(index, number, space)
        payoffs = {
            player: _expected(method, formula, found.cutoff, found.action, index, number)
            for player, formula in (("sender", method.sender), ("receiver", method.receiver))
        }
        return cls(number, index, *found, FrozenMapping(payoffs), space, method)

    def verify(self) -> Verification:
        """Check the equilibrium at every index: order, indifference, and the best actions.

        That a state prefers the message of its own step to all others, not only to those beside
        it, follows from its payoff's cross derivative, which has one sign.
        """
        k, number = self.index, self.number
        space = Space.of(self.space, self.condition, k >= 1, k <= number)
        return Verification.of(tuple(self._obligations()), space)

    def _obligations(self) -> Iterator[Obligation]:
        method, k = self.method, self.index
        y, s = method.action, method.state.symbol
        z = sp.Dummy(f"{y}'", real=True)
        low, high = self._cutoff(k - 1), self.cutoff
        for where, end, value in (
            ("the first cut-off is the lowest state", self._cutoff(sp.S.Zero), method.state.low),
            ("the last is the highest", self._cutoff(self.number), method.state.high),
        ):
            yield Obligation(where, sp.Eq(sp.simplify(end - value), 0, evaluate=False))
        yield Obligation("a step has a length", sp.Gt(sp.expand(high - low), 0))
        gain = method.receiver.xreplace({y: z}) - method.receiver.xreplace({y: self.action})
        total = sp.integrate(sp.expand(gain), (s, low, high))
        yield Obligation(
            "receiver: no other action in a step gains anything", sp.Le(sp.factor(total), 0)
        )
        pays = [method.sender.xreplace({y: self._action(j), s: self.cutoff}) for j in (k, k + 1)]
        yield Obligation(
            "sender: at a cut-off both messages pay the same",
            sp.Eq(sp.simplify(pays[0] - pays[1]), 0, evaluate=False),
        )

    def _cutoff(self, index: Expr) -> Expr:
        return self.cutoff.xreplace({self.index: index})

    def _action(self, index: Expr) -> Expr:
        return self.action.xreplace({self.index: index})

    def __repr__(self) -> str:
        return f"<equilibrium of {self.number} steps if {self.condition}>"


def _expected(
    method: IntervalMessages,
    formula: Expr,
    cutoff: Expr,
    action: Expr,
    index: Symbol,
    number: Symbol,
) -> Expr:
    """The expected payoff: a sum over the steps, of a polynomial in their index."""
    low = cutoff.xreplace({index: index - 1})
    inside = sp.expand(formula.xreplace({method.action: action}))
    part = sp.expand(sp.integrate(inside, (method.state.symbol, low, cutoff)))
    total = sp.summation(part, (index, 1, number))
    return simplify_value(sp.expand(total / (method.state.high - method.state.low)))


__all__ = ["AnySteps"]
