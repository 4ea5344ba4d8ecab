"""Uniqueness: that exactly one equilibrium exists at every parameter value, or where not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.model import AbstractGame, Equilibrium, EquilibriumSet, joined
from gametheory_eeu.statics.restrict import narrowed, solved

Verdict = Literal["unique", "none", "several", "continuum", "unknown"]


@dataclass(frozen=True, repr=False)
class Uniqueness(Shown):
    """Whether a game has exactly one equilibrium, with the proof or an exact counterexample.

    Parameters
    ----------
    verdict : {"unique", "none", "several", "continuum", "unknown"}
        "unique" is a theorem over the whole space; the next three hold at the witness.
    proof : Proof
        Of the statement "exactly one", with its scope: proved, or refuted at the witness.
    existence : Proof
        That at least one exists.
    solution : EquilibriumSet
        The equilibria, with their conditions.
    witnesses : tuple of mappings of symbol to exact value
        A point with none, several or a continuum; empty for a theorem.
    equilibria : tuple of Equilibrium
        Those that exist at the witness; for a theorem those that exist somewhere.
    why : str
        One sentence.
    """

    verdict: Verdict
    proof: prover.Proof
    existence: prover.Proof
    solution: EquilibriumSet
    witnesses: tuple[Mapping[Symbol, Expr], ...]
    equilibria: tuple[Equilibrium, ...]
    why: str

    @property
    def space(self) -> Space:
        """The parameter values the claim speaks of."""
        return self.proof.space

    def recheck(self) -> bool | None:
        """Check it again: a theorem by the second solver, a counterexample by solving there."""
        if self.verdict == "unique":
            return self.proof.recheck()
        if not self.witnesses:
            return None
        found = {e.name for e in self.solution if prover.true_at(e.condition, self.witnesses[0])}
        return found == {e.name for e in self.equilibria} and self.proof.recheck() is not False

    def __repr__(self) -> str:
        return f"<{self.verdict}: {self.why}>"


@arg.checks(concept=arg.optional(arg.text))
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
        where the solver may have missed equilibria, uniqueness is not claimed.

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
    """
    solution = solved(game, concept)
    space = narrowed(game, given)
    conditions = [equilibrium.condition for equilibrium in solution]
    existence = prover.prove(sp.Or(*conditions), given=space)
    both = (sp.And(*pair, evaluate=False) for pair in combinations(conditions, 2))
    pairs = [sp.Not(together, evaluate=False) for together in both]
    continua = [sp.Not(e.condition, evaluate=False) for e in solution if e.free]
    only = prover.prove_in_parts([*continua, *pairs], given=space)
    for found in (existence, only):
        if found.verdict == "refuted" and found.witnesses:
            return _counterexample(solution, existence, found)
    complete = prover.prove(solution.complete_where, given=space)
    return _concluded(solution, existence, only, complete, space)


def _concluded(
    solution: EquilibriumSet,
    existence: prover.Proof,
    only: prover.Proof,
    complete: prover.Proof,
    space: Space,
) -> Uniqueness:
    """A theorem where existence, uniqueness and completeness are all proved."""
    parts = {"that one exists": existence, "that there is no other": only,
             "that the solver missed none": complete}  # fmt: skip
    whole = prover.prove_in_parts([existence.statement, only.statement], given=space)
    open_ = [what for what, proof in parts.items() if proof.verdict != "proved"]
    if not open_:
        somewhere = tuple(e for e in solution if _occurs(e.condition, space))
        names = _listed(e.name for e in somewhere)
        why = f"Exactly one {solution.concept} equilibrium exists: {names}."
        return Uniqueness("unique", whole, existence, solution, (), somewhere, why)
    why = f"It was not established {' nor '.join(open_)}."
    if complete.verdict != "proved":
        why += f" Of the solution it is known: {solution.why}."
    return Uniqueness("unknown", whole, existence, solution, (), (), why)


def _counterexample(
    solution: EquilibriumSet, existence: prover.Proof, found: prover.Proof
) -> Uniqueness:
    """What exists at the point that refutes one of the claims."""
    point = found.witnesses[0]
    there = tuple(e for e in solution if prover.true_at(e.condition, point))
    shown = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
    at = f"At {shown} there" if shown else "There"
    names = _listed(e.name for e in there)
    if not there:
        return _none(solution, existence, found, at)
    families = [e for e in there if e.free]
    counted = len(there) > 1 and all(s.is_integer for e in families for s in e.free)
    if families and not counted:
        why = f"{at} is a continuum of equilibria: {names}."
        return Uniqueness("continuum", found, existence, solution, found.witnesses, there, why)
    count = "several" if families else len(there)
    why = f"{at} are {count} equilibria: {names}."
    return Uniqueness("several", found, existence, solution, found.witnesses, there, why)


def _none(
    solution: EquilibriumSet, existence: prover.Proof, found: prover.Proof, at: str
) -> Uniqueness:
    """No equilibrium was found at a point: there is none only if the solver missed none there."""
    complete = prover.true_at(solution.complete_where, found.witnesses[0])
    if complete:
        why = f"{at} is no {solution.concept} equilibrium."
        return Uniqueness("none", found, existence, solution, found.witnesses, (), why)
    why = f"{at} may be none: none was found, and the solver may have missed some: {solution.why}."
    return Uniqueness("unknown", found, existence, solution, found.witnesses, (), why)


def _occurs(condition: Boolean, space: Space) -> bool:
    return bool(prover.simplify(condition, space) != sp.false)


def _listed(names: Iterable[str]) -> str:
    return joined(list(names))


__all__ = ["Uniqueness", "prove_unique"]
