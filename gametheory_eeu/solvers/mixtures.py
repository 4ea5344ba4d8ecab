"""Mixture: one player's part of a family of equilibria with given supports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol


@dataclass(frozen=True)
class Mixture:
    """Strategies with one support against which the opponent's replies are best.

    Parameters
    ----------
    chances : tuple of expressions
        The probability of each action.
    dimension : int
        Of the solutions of the opponent's equations of indifference; inequalities may leave less.
    free : tuple of symbols
        What indexes a continuum.
    where : SymPy Boolean
        The exact range of ``free``.
    condition : SymPy Boolean
        Where there is any such strategy.
    """

    chances: tuple[Expr, ...]
    dimension: int = 0
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true
    condition: Boolean = sp.true


def fresh_symbols(letter: str, actions: int, reserved: Iterable[str]) -> tuple[Symbol, ...]:
    """A symbol for the probability of each action, under names not in use."""
    names = set(reserved)
    while any(f"{letter}_{k + 1}" in names for k in range(actions)):
        letter += letter[0]
    return tuple(sp.Symbol(f"{letter}_{k + 1}", real=True) for k in range(actions))


__all__ = ["Mixture", "fresh_symbols"]
