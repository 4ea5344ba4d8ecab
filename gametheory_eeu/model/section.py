"""How a section of the theory is written down: each proposition a function that yields claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from inspect import getdoc
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim, EquilibriumSet, Proposition
from gametheory_eeu.prover import Proof
from gametheory_eeu.prover.statement import iff

ALL = "all parameters"
EVERY_N = "every n, by induction"
ANY_N = "every n"
LIMIT = "limit"
EXAMPLE = "at the example"
SIZES = (2, 3, 4, 5, 6)
Writer: TypeAlias = Callable[..., Iterable[Claim]]


@dataclass(frozen=True)
class Section:
    """A section of the theory: its mark, the game it is about and where it is from."""

    mark: str
    game: str
    source: Source
    found: list[Proposition] = field(default_factory=list)

    def proposition(
        self,
        name: str,
        kind: str,
        scope: str = ALL,
        *,
        sizes: tuple[int, ...] = (),
        source: Source | None = None,
    ) -> Callable[[Writer], Writer]:
        """Note a proposition: the function's docstring states it, what it yields is claimed.

        With ``sizes`` the function takes a number of members, and each number is a proposition of
        its own.
        """

        def note(write: Writer) -> Writer:
            statement = " ".join((getdoc(write) or "").split())
            for n in sizes or (0,):
                own = f"{self.mark}-{name}" + (f"-n{n}" if n else "")
                self.found.append(
                    Proposition(
                        own,
                        statement.replace(" n members", f" {n} members") if n else statement,
                        f"n = {n}" if n else scope,
                        _Sized(write, n) if n else write,
                        kind,
                        self.mark,
                        self.game,
                        source or self.source,
                    )
                )
            return write

        return note


@dataclass(frozen=True)
class _Sized:
    """A writer for one number of members; equal to another of the same, as a partial is not."""

    write: Writer
    n: int

    def __call__(self) -> Iterable[Claim]:
        return self.write(self.n)


def signs(expression: Expr, given: object, /, **directions: str) -> Iterator[Claim]:
    """The derivative of an expression in each named symbol has the sign given: "+" or "-"."""
    space = Space.of(given)
    known = {s.name: s for s in space.symbols}
    relations = {"+": sp.Gt, "-": sp.Lt, ">=0": sp.Ge, "<=0": sp.Le}
    for name, direction in directions.items():
        slope = sp.factor(sp.diff(expression, known[name]))
        claim = relations[direction](slope, 0, evaluate=False)
        yield Claim.of(claim, space, f"in {name}: {direction}")


def equal(one: object, other: object) -> Boolean:
    """An equation, kept as one."""
    return sp.Eq(sp.sympify(one), sp.sympify(other), evaluate=False)


def only_if(condition: Boolean, consequence: Boolean) -> Boolean:
    """An implication, kept as one."""
    return sp.Implies(condition, consequence, evaluate=False)


def all_of(*claims: Boolean) -> Boolean:
    """A conjunction, kept as written."""
    return sp.And(*claims, evaluate=False)


def owed(solutions: EquilibriumSet, given: object = ()) -> Iterator[Claim]:
    """What each equilibrium of a set owes where it is said to exist: no profitable deviation."""
    for equilibrium in solutions:
        space = Space.of(equilibrium.space, given)
        for obligation in solutions.game.obligations(equilibrium):
            says = f"{equilibrium.name}: {obligation.where}"
            yield Claim.of(obligation.statement, space, says)


def real(names: str) -> Any:
    """Real symbols."""
    return sp.symbols(names, real=True)


def about(value: Expr, shown: str) -> Boolean:
    """That a value rounds to the decimal shown."""
    digits = len(shown.partition(".")[2])
    unit = sp.Rational(1, 2 * 10**digits)
    near = sp.Rational(shown)
    bounds = sp.Ge(value, near - unit, evaluate=False), sp.Le(value, near + unit, evaluate=False)
    return all_of(*bounds)


def stated(propositions: Iterable[Proposition], *names: str) -> Iterator[Claim]:
    """The claims of those that a game itself states, by name."""
    by_name = {proposition.name: proposition for proposition in propositions}
    for name in names:
        yield from (replace(c, says=c.says or name) for c in by_name[name].claims)


def proved(proofs: Iterable[Proof]) -> Iterator[Claim]:
    """The lemmas of a game as claims."""
    for proof in proofs:
        yield Claim.of(proof.statement, proof.space, "lemma")


__all__ = [
    "ALL", "ANY_N", "EVERY_N", "EXAMPLE", "LIMIT", "SIZES", "Section", "about", "all_of", "equal",
    "iff", "only_if", "owed", "proved", "real", "signs", "stated",
]  # fmt: skip
