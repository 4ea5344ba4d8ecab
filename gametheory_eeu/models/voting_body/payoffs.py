"""A voting body: power counted over orders (Shapley, Shubik 1954) and coalitions (Coleman 1971)."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

from gametheory_eeu._types import Expr


def shapley_shubik(votes: tuple[int, ...], quota: int) -> tuple[Fraction, ...]:
    """The share of orders in which each member's votes first reach the quota."""
    pivotal = [0] * len(votes)
    orders = list(permutations(range(len(votes))))
    for order in orders:
        total = 0
        for member in order:
            total += votes[member]
            if total >= quota:
                pivotal[member] += 1
                break
    return tuple(Fraction(count, len(orders)) for count in pivotal)


def power_to_prevent(votes: tuple[int, ...], quota: int) -> tuple[Fraction, ...]:
    """The share of winning coalitions that each member could make lose by leaving."""
    positions = range(len(votes))
    coalitions = [set(c) for size in range(len(votes) + 1) for c in combinations(positions, size)
               if sum(votes[i] for i in c) >= quota]  # fmt: skip
    swings = [sum(i in c and sum(votes[j] for j in c) - votes[i] < quota for c in coalitions)
              for i in positions]  # fmt: skip
    return tuple(Fraction(count, len(coalitions)) for count in swings)


def effective_power(count: Expr, masking: Expr, bargaining: Expr) -> Expr:
    """Effective power: formal and bargaining power, weighted by the masked share."""
    return (1 - masking) / count + masking * bargaining


__all__ = ["effective_power", "power_to_prevent", "shapley_shubik"]
