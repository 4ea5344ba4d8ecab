"""Uniqueness: that exactly one equilibrium exists at every parameter value, or where not.

Without solving, by the shape of the payoffs: a game in which each player chooses from a closed
interval, with payoffs that are continuous and concave in the own choice, has an equilibrium (Rosen
1965, theorem 1). There is at most one where the Jacobian of the marginal payoffs, symmetrised, is
negative definite (theorem 2), or where its diagonal dominates (Gabay and Moulin 1980).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import AbstractGame, Equilibrium, EquilibriumSet, join_names
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.statics.conditions import refuse_functions, restricted_space, solve

UniquenessVerdict = Literal["unique", "none", "several", "continuum", "unknown"]


@dataclass(frozen=True, repr=False)
class Uniqueness(Displayable):
    """Whether a game has exactly one equilibrium, with the proof or an exact counterexample.

    Parameters
    ----------
    verdict : {"unique", "none", "several", "continuum", "unknown"}
        "unique" is a theorem over the whole space; the next three hold at the witness.
    proof : Proof
        Of the statement "exactly one", with its scope: proved, or refuted at the witness; of
        continuous choices, where they were not all found, of a condition that suffices for it.
    existence : Proof
        That at least one exists, or that payoffs are concave in the own choice.
    solution : EquilibriumSet
        The equilibria, with their conditions.
    witnesses : tuple of mappings of symbol to exact value
        A point with none, several or a continuum; empty for a theorem.
    equilibria : tuple of Equilibrium
        Those that exist at the witness; for a theorem those that exist somewhere.
    why : str
        One sentence.
    scope : Space, optional
        The parameter values that the claim speaks of, where the proof speaks of choices too.
    """

    verdict: UniquenessVerdict
    proof: prover.Proof
    existence: prover.Proof
    solution: EquilibriumSet
    witnesses: tuple[Mapping[Symbol, Expr], ...]
    equilibria: tuple[Equilibrium, ...]
    why: str
    scope: Space | None = None

    @property
    def space(self) -> Space:
        """The parameter values the claim speaks of."""
        return self.proof.space if self.scope is None else self.scope

    def recheck(self) -> bool | None:
        """Check it again: a theorem by the second solver, a counterexample by solving there."""
        if self.verdict == "unique":
            return self.proof.recheck()
        if not self.witnesses:
            return None
        names = {e.name for e in self.solution if prover.is_true_at(e.condition, self.witnesses[0])}
        return names == {e.name for e in self.equilibria} and self.proof.recheck() is not False

    def __repr__(self) -> str:
        return f"<{self.verdict}: {self.why}>"


@arg.validate(concept=arg.optional(arg.text))
def prove_unique(game: AbstractGame, given: object = (), concept: str | None = None) -> Uniqueness:
    """Prove that a game has exactly one equilibrium at every parameter value, or show where not.

    Parameters
    ----------
    game : AbstractGame
        A model of the library, or a game a user wrote down.
    given : SymPy Boolean, str, or lists of them, optional
        Conditions on the game's symbols: the theorem is claimed where they hold.
    concept : str, optional
        One of the game's concepts; its first by default.

    Returns
    -------
    Uniqueness
        A theorem; or an exact point with several equilibria, a continuum or none; or "unknown",
        with what could not be settled. It is a theorem only where the solution is proved complete:
        where the solver may have missed equilibria, uniqueness is claimed of continuous choices
        alone, from the shape of the payoffs: diagonal strict concavity (Rosen 1965), or a dominant
        diagonal (Gabay and Moulin 1980).

    Raises
    ------
    SpaceError
        What is given contradicts the game's space.
    UnknownNameError
        No such concept, or a symbol that the game does not have.

    Examples
    --------
    >>> from gametheory_eeu.forms import NormalForm
    >>> game = NormalForm([["r", 0], ["t", "p"]], [["r", "t"], [0, "p"]],
    ...                   actions=[["C", "D"]] * 2, given="t > r and r > p and p > 0")
    >>> prove_unique(game, concept="pure Nash")
    <unique: Exactly one pure Nash equilibrium exists: D, D.>

    Without a closed form:

    >>> from gametheory_eeu.forms import ContinuousGame
    >>> game = ContinuousGame(
    ...     {"1": "a*x - x**2 - x**4 + x*y/2", "2": "b*y - y**2 - y**4 - x*y/3"},
    ...     choices={"1": "0 <= x <= 5", "2": "0 <= y <= 5"}, given="0 < a < 5 and 0 < b < 5")
    >>> prove_unique(game).why.rpartition(", and ")[2]
    'the payoffs are diagonally strictly concave (Rosen 1965).'
    """
    solution = solve(game, concept)
    space = restricted_space(game, given)
    conditions = [equilibrium.condition for equilibrium in solution]
    refuse_functions("several equilibria, or none,", (*conditions, *space.constraints))
    existence = prover.prove(sp.Or(*conditions), given=space)
    conjunctions = (sp.And(*pair, evaluate=False) for pair in combinations(conditions, 2))
    exclusions = [sp.Not(conjunction, evaluate=False) for conjunction in conjunctions]
    continuum_exclusions = [sp.Not(e.condition, evaluate=False) for e in solution if e.free]
    at_most_one = prover.prove_all([*continuum_exclusions, *exclusions], given=space)
    result = None
    for proof in (existence, at_most_one):
        if result is None and proof.verdict == "refuted" and proof.witnesses:
            result = _counterexample(solution, existence, proof)
    if result is None:
        completeness = prover.prove(solution.complete_where, given=space)
        result = _conclusion(solution, existence, at_most_one, completeness, space)
    return _by_shape(result, game, given) if result.verdict == "unknown" else result


def _by_shape(unknown: Uniqueness, game: AbstractGame, given: object) -> Uniqueness:
    """The theorem from the shape of continuous payoffs, where the solution left it open."""
    try:
        continuous = game.continuous_choices()
    except UnsupportedError:
        continuous = None
    if continuous is None or unknown.solution.concept not in ("Nash", "symmetric Nash"):
        return unknown
    payoffs, own, choice_space = continuous
    scope = restricted_space(game, given)
    theorem = shape_theorem(payoffs, own, Space.of(choice_space, scope))
    if theorem is None:
        return unknown
    listed = unknown.solution.equilibria
    why = (
        f"Exactly one {unknown.solution.concept} equilibrium exists: choices are from closed "
        f"intervals, and the payoffs are {theorem.name}."
    )
    return Uniqueness(
        "unique", theorem.at_most_one, theorem.existence, unknown.solution, (), listed, why, scope
    )


def _conclusion(
    solution: EquilibriumSet,
    existence: prover.Proof,
    at_most_one: prover.Proof,
    completeness: prover.Proof,
    space: Space,
) -> Uniqueness:
    """The theorem, where existence, uniqueness and completeness are all proved."""
    parts = {"that one exists": existence, "that there is no other": at_most_one,
             "that the solver missed none": completeness}  # fmt: skip
    exactly_one = prover.prove_all([existence.statement, at_most_one.statement], given=space)
    unproved_claims = [claim for claim, proof in parts.items() if proof.verdict != "proved"]
    if not unproved_claims:
        equilibria = tuple(e for e in solution if prover.simplify(e.condition, space) != sp.false)
        names = _name_list(e.name for e in equilibria)
        why = f"Exactly one {solution.concept} equilibrium exists: {names}."
        return Uniqueness("unique", exactly_one, existence, solution, (), equilibria, why)
    why = f"It was not established {' nor '.join(unproved_claims)}."
    if completeness.verdict != "proved":
        why += f" Of the solution it is known: {solution.why}."
    return Uniqueness("unknown", exactly_one, existence, solution, (), (), why)


def _counterexample(
    solution: EquilibriumSet, existence: prover.Proof, refutation: prover.Proof
) -> Uniqueness:
    """The refutation of one of the claims, at a point."""
    point = refutation.witnesses[0]
    equilibria = tuple(e for e in solution if prover.is_true_at(e.condition, point))
    point_text = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
    prefix = f"At {point_text} there" if point_text else "There"
    names = _name_list(e.name for e in equilibria)
    if not equilibria:
        return _nonexistence(solution, existence, refutation, prefix)
    families = [e for e in equilibria if e.free]
    is_countable = len(equilibria) > 1 and all(s.is_integer for e in families for s in e.free)
    if families and not is_countable:
        why = f"{prefix} is a continuum of equilibria: {names}."
        return Uniqueness(
            "continuum", refutation, existence, solution, refutation.witnesses, equilibria, why
        )
    count = "several" if families else len(equilibria)
    why = f"{prefix} are {count} equilibria: {names}."
    return Uniqueness(
        "several", refutation, existence, solution, refutation.witnesses, equilibria, why
    )


def _nonexistence(
    solution: EquilibriumSet, existence: prover.Proof, refutation: prover.Proof, prefix: str
) -> Uniqueness:
    """The verdict at a point without a known equilibrium."""
    is_complete = prover.is_true_at(solution.complete_where, refutation.witnesses[0])
    if is_complete:
        why = f"{prefix} is no {solution.concept} equilibrium."
        return Uniqueness("none", refutation, existence, solution, refutation.witnesses, (), why)
    why = (
        f"{prefix} may be none: none was found, and the solver may have missed some: "
        f"{solution.why}."
    )
    return Uniqueness("unknown", refutation, existence, solution, refutation.witnesses, (), why)


def _name_list(names: Iterable[str]) -> str:
    return join_names(list(names))


# By the shape of the payoffs.

ROSEN = "diagonally strictly concave (Rosen 1965)"
DOMINANCE = "concave with a dominant diagonal (Gabay and Moulin 1980)"


@dataclass(frozen=True)
class ShapeTheorem(Picklable):
    """A theorem on uniqueness from the shape of the payoffs, with the proofs of its premises."""

    name: str
    existence: prover.Proof
    at_most_one: prover.Proof


def shape_theorem(
    payoffs: Mapping[str, Expr], own: Mapping[str, Symbol], space: Space
) -> ShapeTheorem | None:
    """The first of the two theorems whose conditions are proved; None where neither is."""
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
