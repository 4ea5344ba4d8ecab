"""Change of variable x = t^q, after which payoffs with roots of a choice are polynomials in t."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import lcm

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.choice_range import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent


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


__all__ = ["RootScale"]
