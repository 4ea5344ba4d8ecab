"""A statement over a space, written for a solver; and the parts of a space that do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.enclosures import bounds
from gametheory_eeu.prover.budget import CLAIM, LOOK, STEP, Budget
from gametheory_eeu.prover.evaluate import UndecidedError, value
from gametheory_eeu.prover.integer_ranges import ranges
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_formula import conj, disj, neg, number
from gametheory_eeu.prover.smt_solvers import Answer, SolverName

_LARGE = 180
"""Relations times symbols; what the library's own games ask is smaller."""

_LONG, _HIGH, _LETTERS = 10_000, 50, 1_000
"""Characters put to a solver; a power; a polynomial's terms times its degree. Usual questions have
less of each."""


@dataclass(frozen=True)
class Part:
    """Symbols and the constraints that tie them to each other and to no other symbol."""

    symbols: frozenset[Symbol]
    constraints: tuple[Boolean, ...]


def split(space: Space, near: Iterable[Symbol] = ()) -> tuple[Part, list[Part]]:
    """The part of the space around the symbols ``near``, and the other parts."""
    first, rest = _split(space, frozenset(near))
    return first, list(rest)


@lru_cache(maxsize=8192)
def _split(space: Space, around: frozenset[Symbol]) -> tuple[Part, tuple[Part, ...]]:
    groups = [frozenset({s}) for s in space.symbols]
    tied = [frozenset(c.free_symbols) for c in space.constraints]
    for tie in (around, *tied):
        apart = [g for g in groups if not g & tie]
        groups = [*apart, tie.union(*(g for g in groups if g & tie))]
    found = [
        Part(g, tuple(c for c, tie in zip(space.constraints, tied, strict=True) if g & tie))
        for g in groups
        if g
    ]
    bare = tuple(c for c, tie in zip(space.constraints, tied, strict=True) if not tie)
    found += [Part(frozenset(), bare)] if bare else []
    touching = [part for part in found if part.symbols & around]
    first = touching[0] if touching else Part(frozenset(), ())
    return first, tuple(part for part in found if part not in touching)


def all_parts(space: Space) -> list[Part]:
    """The space as parts that share no symbol."""
    return split(space)[1]


def is_large(statement: Boolean, part: Part) -> bool:
    """Whether a certificate, or small numbers, may cost more than a plain query: by a count."""
    symbols = part.symbols | statement.free_symbols
    return _relations((statement, *part.constraints)) * len(symbols) > _LARGE


def _relations(formulas: Iterable[Boolean]) -> int:
    return sum(isinstance(node, sp.core.relational.Relational)
               for f in formulas for node in sp.preorder_traversal(f))  # fmt: skip


class Question:
    """The formulas of one question, and the SMT-LIB texts that ask for a point of it."""

    def __init__(self, statement: Boolean, part: Part) -> None:
        self.part, self.statement = part, statement
        self.symbols = sorted(part.symbols | statement.free_symbols, key=lambda s: s.name)
        self._encoder = Encoder([*part.constraints, statement, *self.symbols], relaxed=True)
        self._sharper: list[str] = []
        self._places: dict[tuple[Expr, Expr], None] = {}
        self._given = [self._encoder.truth(c)[0] for c in part.constraints]
        self.true, self.false = self._encoder.truth(statement)

    @cached_property
    def _base(self) -> str:
        encoder, given = self._encoder, conj(*self._given)
        known = [*encoder.declarations, *encoder.definitions, *encoder.relations]
        return "\n".join([*known, f"(assert {given})"])

    def about(self, symbol: Symbol) -> list[Boolean]:
        """The constraints in which a symbol occurs."""
        return self._about.get(symbol, [])

    @cached_property
    def _about(self) -> dict[Symbol, list[Boolean]]:
        found: dict[Symbol, list[Boolean]] = {}
        for constraint in self.part.constraints:
            for symbol in constraint.free_symbols:
                found.setdefault(symbol, []).append(constraint)
        return found

    @property
    def is_relaxed(self) -> bool:
        """Whether the text says less than is true: of whole numbers, or of atoms."""
        return bool(self._encoder.atoms) or any(s.is_integer for s in self.symbols)

    @cached_property
    def is_large(self) -> bool:
        """Whether it has many relations and symbols."""
        return is_large(self.statement, self.part)

    @cached_property
    def is_heavy(self) -> bool:
        """Whether a search for small numbers would take long: by the length of what is asked."""
        return self.is_high or len(self.text(self.untrue)) > _LONG

    @cached_property
    def is_high(self) -> bool:
        """Whether a solver's single steps take long: by a power, or by a polynomial's letters."""
        return self._encoder.letters > _LETTERS or self.power > _HIGH

    @cached_property
    def power(self) -> int:
        """The highest power that is written in it."""
        formulas = (self.statement, *self.part.constraints)
        powers = (p.exp for f in formulas for p in f.atoms(sp.Pow) if p.exp.is_Integer)
        return max((int(abs(power)) for power in powers), default=0)

    @cached_property
    def relations(self) -> int:
        """How many relations it has."""
        return _relations((self.statement, *self.part.constraints))

    def affordable(self, budget: Budget, solver: SolverName = "z3") -> Budget:
        """Little where the question is high, unless a user allows more than usual.

        A unit of cvc5's is less work than one of z3's, and its process can be ended.
        """
        little = LOOK if solver == "z3" else STEP
        return little if self.is_high and little.rlimit < budget.rlimit <= CLAIM.rlimit else budget

    def sharpen(self, near: Point | None = None) -> bool:
        """Say more of whole numbers, and of atoms near a point; False if there is no more."""
        if not self._sharper:
            wholes = ranges(tuple(self.symbols), self.part.constraints)
            self._sharper = [f"(assert {self._one_of(s, *r)})" for s, r in wholes]
            self._sharper += self._encoder.sharper()
        new = [p for p in self._near(near or {}) if p not in self._places]
        self._places.update(dict.fromkeys(new))
        self._sharper += self._encoder.sharper(new)[len(self._encoder.sharper()) :]
        return bool(new) or near is None

    def _near(self, point: Point) -> list[tuple[Expr, Expr]]:
        """The atoms, each with a simple number near its argument at a point."""
        found = []
        for node in self._encoder.atoms:
            if node.free_symbols and len(node.args) == 1 and node.free_symbols <= set(point):
                try:
                    exact = value(node.args[0], point)
                except UndecidedError:
                    continue
                ends = None if exact is None else bounds(exact)
                if ends is not None:
                    middle: Expr = (ends[0] + ends[1]) / 2
                    found.append((node, middle.limit_denominator(1000)))
        return found

    def _one_of(
        self, symbol: Symbol, values: Iterable[int], least: int | None, most: int | None
    ) -> str:
        """The symbol is one of some whole numbers, or beyond them."""
        ends = [sp.Ge(symbol, least)] if least is not None else []
        ends += [sp.Le(symbol, most)] if most is not None else []
        cases = [sp.Eq(symbol, v, evaluate=False) for v in values] + ends
        return disj(*(self._encoder.truth(case)[0] for case in cases))

    @property
    def untrue(self) -> str:
        """Where the statement is false or undefined."""
        return neg(self.true)

    def text(self, goal: str, fixed: Mapping[Symbol, Expr] | None = None) -> str:
        """Ask for a point of the part where the goal holds, with some symbols fixed."""
        values = [f"(assert {self._equal(s, v)})" for s, v in (fixed or {}).items()]
        values += self._atoms_at(fixed) if fixed else []
        return "\n".join([self._base, *self._sharper, *values, f"(assert {goal})"])

    def _atoms_at(self, fixed: Point) -> list[str]:
        """Close bounds on the atoms whose symbols are all fixed."""
        lines = []
        for node, atom in self._encoder.atoms.items():
            if node.free_symbols and node.free_symbols <= set(fixed):
                try:
                    exact = value(node, fixed)
                except UndecidedError:
                    continue
                ends = None if exact is None else bounds(exact)
                if ends is not None:
                    name = self._encoder.names[atom.node]
                    lines.append(f"(assert (<= {number(ends[0])} {name} {number(ends[1])}))")
        return lines

    def name(self, symbol: Symbol) -> str:
        """The symbol's name in the text."""
        return self._encoder.names[symbol]

    def point(self, answer: Answer) -> Point:
        """The values that a solver gave the symbols."""
        named = {self.name(symbol): symbol for symbol in self.symbols}
        return {named[name]: found for name, found in answer.values.items() if name in named}

    def _equal(self, symbol: Symbol, value: Expr) -> str:
        if isinstance(value, sp.Rational):
            return f"(= {self.name(symbol)} {number(value)})"
        scale, root = value.as_coeff_Mul()  # SymPy writes some roots as a multiple of another
        ends = sorted(scale * end for end in root.poly.intervals()[root.index][0])
        zero = sp.Eq(root.poly.as_expr(symbol / scale), 0, evaluate=False)
        bounds = (sp.Ge(symbol, ends[0], evaluate=False), sp.Le(symbol, ends[1], evaluate=False))
        return conj(*(self._encoder.truth(c)[0] for c in (zero, *bounds)))


__all__ = ["Part", "Question", "all_parts", "is_large", "split"]
