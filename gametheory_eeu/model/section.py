"""Sections of the theory: each proposition is a function that yields its claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from inspect import getdoc
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.core.signs import sign_claim
from gametheory_eeu.model import Claim, EquilibriumSet, Proposition
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.statement import iff

ALL_PARAMETERS = "all parameters"
BY_INDUCTION = "every n, by induction"
ANY_N = "every n"
LIMIT = "limit"
EXAMPLE = "at the example"
SIZES = (2, 3, 4, 5, 6)
ClaimWriter: TypeAlias = Callable[..., Iterable[Claim]]


@dataclass(frozen=True)
class Section:
    """A section of the theory: its mark, its game and its source."""

    mark: str
    game: str
    source: Source
    propositions: list[Proposition] = field(default_factory=list)

    def proposition(
        self,
        name: str,
        kind: str,
        scope: str = ALL_PARAMETERS,
        *,
        sizes: tuple[int, ...] = (),
        source: Source | None = None,
    ) -> Callable[[ClaimWriter], ClaimWriter]:
        """Register a proposition: the docstring is its statement, the yielded claims its content.

        With ``sizes`` the function takes a number of members, and each number is a proposition of
        its own.
        """

        def decorator(writer: ClaimWriter) -> ClaimWriter:
            statement = " ".join((getdoc(writer) or "").split())
            for n in sizes or (0,):
                full_name = f"{self.mark}-{name}" + (f"-n{n}" if n else "")
                self.propositions.append(
                    Proposition(
                        full_name,
                        statement.replace(" n members", f" {n} members") if n else statement,
                        f"n = {n}" if n else scope,
                        _SizedWriter(writer, n) if n else writer,
                        kind,
                        self.mark,
                        self.game,
                        source or self.source,
                    )
                )
            return writer

        return decorator


@dataclass(frozen=True)
class _SizedWriter:
    """A writer of claims for one number of members; equal writers compare equal."""

    write: ClaimWriter
    n: int

    def __call__(self) -> Iterable[Claim]:
        return self.write(self.n)


def sign_claims(expression: Expr, given: object, /, **directions: str) -> Iterator[Claim]:
    """Claims that the derivatives of an expression in the named symbols have the given signs."""
    space = Space.of(given)
    by_name = {s.name: s for s in space.symbols}
    for name, direction in directions.items():
        derivative = sp.factor(sp.diff(expression, by_name[name]))
        claim = sign_claim(derivative, direction)
        yield Claim.of(claim, space, f"in {name}: {direction}")


def equality(left: object, right: object) -> Boolean:
    """An unevaluated equation."""
    return sp.Eq(sp.sympify(left), sp.sympify(right), evaluate=False)


def implication(condition: Boolean, consequence: Boolean) -> Boolean:
    """An unevaluated implication."""
    return sp.Implies(condition, consequence, evaluate=False)


def conjunction(*claims: Boolean) -> Boolean:
    """An unevaluated conjunction."""
    return sp.And(*claims, evaluate=False)


def equilibrium_claims(solutions: EquilibriumSet, given: object = ()) -> Iterator[Claim]:
    """Claims that each equilibrium of a set satisfies its conditions where it exists."""
    for equilibrium in solutions:
        space = Space.of(equilibrium.space, given)
        for obligation in solutions.game.obligations(equilibrium):
            label = f"{equilibrium.name}: {obligation.where}"
            yield Claim.of(obligation.statement, space, label)


def real_symbols(names: str) -> Any:
    """Real symbols."""
    return sp.symbols(names, real=True)


def rounds_to(value: Expr, decimal: str) -> Boolean:
    """The condition that a value rounds to a decimal."""
    digits = len(decimal.partition(".")[2])
    unit = sp.Rational(1, 2 * 10**digits)
    center = sp.Rational(decimal)
    bounds = (
        sp.Ge(value, center - unit, evaluate=False),
        sp.Le(value, center + unit, evaluate=False),
    )
    return conjunction(*bounds)


def claims_by_name(propositions: Iterable[Proposition], *names: str) -> Iterator[Claim]:
    """The claims of a game's own propositions, by name."""
    by_name = {proposition.name: proposition for proposition in propositions}
    for name in names:
        yield from (replace(c, label=c.label or name) for c in by_name[name].claims)


def lemma_claims(proofs: Iterable[Proof]) -> Iterator[Claim]:
    """The lemmas of a game as claims."""
    for proof in proofs:
        yield Claim.of(proof.statement, proof.space, "lemma")


__all__ = [
    "ALL_PARAMETERS",
    "ANY_N",
    "BY_INDUCTION",
    "EXAMPLE",
    "LIMIT",
    "SIZES",
    "Section",
    "claims_by_name",
    "conjunction",
    "equality",
    "equilibrium_claims",
    "iff",
    "implication",
    "lemma_claims",
    "real_symbols",
    "rounds_to",
    "sign_claims",
]
