"""Uniqueness by the shape of the payoffs, without solving: Rosen (1965), diagonal dominance.

A game in which each player chooses from a closed interval, with payoffs that are continuous and
concave in the own choice, has an equilibrium (Rosen 1965, theorem 1). There is at most one where
the Jacobian of the marginal payoffs, symmetrised, is negative definite (theorem 2), or where its
diagonal dominates (Gabay and Moulin 1980).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS

ROSEN = "diagonally strictly concave (Rosen 1965)"
DOMINANCE = "concave with a dominant diagonal (Gabay and Moulin 1980)"


@dataclass(frozen=True)
class ShapeTheorem(Picklable):
    """A theorem on uniqueness from the shape of the payoffs.

    Parameters
    ----------
    name : str
        What the payoffs are, and who proved that it suffices.
    existence, at_most_one : Proof
        That the payoffs are concave in the own choice on closed intervals; the condition itself.
    """

    name: str
    existence: prover.Proof
    at_most_one: prover.Proof


def shape_theorem(
    payoffs: Mapping[str, Expr], own: Mapping[str, Symbol], space: Space
) -> ShapeTheorem | None:
    """The first of the two theorems whose conditions are proved; None where neither is.

    Parameters
    ----------
    payoffs : mapping of player to payoff
    own : mapping of player to choice
    space : Space
        Of the parameters and the choices, each in its range.
    """
    choices = list(own.values())
    if any(payoff.has(*CASE_FUNCTIONS) for payoff in payoffs.values()):
        return None
    if not all(_is_closed_interval(x, choices, space) for x in choices):
        return None
    jacobian = marginal_jacobian(payoffs, own)
    second = [sp.Le(jacobian[k, k], 0, evaluate=False) for k in range(len(choices))]
    existence = prover.prove_all(second, given=space)
    if existence.verdict != "proved":
        return None
    for name, conditions in ((ROSEN, _definite(jacobian)), (DOMINANCE, _dominant(jacobian))):
        proof = prover.prove_all(list(conditions), given=space)
        if proof.verdict == "proved":
            return ShapeTheorem(name, existence, proof)
    return None


def marginal_jacobian(payoffs: Mapping[str, Expr], own: Mapping[str, Symbol]) -> sp.Matrix:
    """The Jacobian of the marginal payoffs, each in the player's own choice."""
    return sp.Matrix(
        [[sp.diff(payoffs[player], x, z) for z in own.values()] for player, x in own.items()]
    )


def _is_closed_interval(x: Symbol, choices: list[Symbol], space: Space) -> bool:
    """Whether a choice has two closed ends, free of choices, and no other limits."""
    limits = [c for c in space.constraints if x in c.free_symbols]
    sides = set()
    for limit in limits:
        if not isinstance(limit, (sp.Le, sp.Ge)) or limit.free_symbols & (set(choices) - {x}):
            return False
        gap = sp.expand(limit.gts - limit.lts)
        slope = sp.diff(gap, x)
        if slope not in (1, -1):
            return False
        sides.add(slope)
    return len(sides) == 2 and len(limits) == 2


def _definite(jacobian: sp.Matrix) -> Iterator[Boolean]:
    """The leading principal minors of -(J + J') are positive (Sylvester)."""
    symmetric = -(jacobian + jacobian.T)
    for size in range(1, symmetric.rows + 1):
        minor = sp.expand(symmetric[:size, :size].det())
        yield sp.Gt(minor, 0, evaluate=False)


def _dominant(jacobian: sp.Matrix) -> Iterator[Boolean]:
    """Each player's own second derivative outweighs the cross derivatives together."""
    for k in range(jacobian.rows):
        crosses = [sp.Abs(jacobian[k, j]) for j in range(jacobian.cols) if j != k]
        yield sp.Gt(-jacobian[k, k], sp.Add(*crosses), evaluate=False)


__all__ = ["DOMINANCE", "ROSEN", "ShapeTheorem", "marginal_jacobian", "shape_theorem"]
