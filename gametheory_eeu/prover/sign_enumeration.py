"""Which signs some polynomials can take together on a space: the solver behind the regimes.

Two solvers work together. One knows only propositional logic: it proposes signs. The other is
asked whether a few signs occur together at a point of the space. Where they do, the point is kept
and answers later questions; where they do not, the first solver learns which signs exclude each
other, and never proposes them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from gametheory_eeu._types import Point
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.prover.rational_function import term
from gametheory_eeu.prover.sign_abstraction import TakenApart
from gametheory_eeu.prover.sign_formula import (
    ANY,
    Formula,
    Junction,
    Literal,
    Literals,
    Signs,
    conjunction,
    support,
)
from gametheory_eeu.prover.smt_solvers import exact_value, strategies

_BUDGET = Budget(rlimit=2_000_000)
_QUICK_RLIMIT, _QUICK_DEGREE, _MOST_FAILURES = 20_000, 2, 2


class Unsettled(Exception):
    """Whether these signs occur together was not settled within the limits."""

    def __init__(self, literals: Literals) -> None:
        super().__init__()
        self.literals = literals


class SignsTogether:
    """The signs that the polynomials of some conditions take together.

    Parameters
    ----------
    parts : TakenApart

    Attributes
    ----------
    possible : list of frozensets
        For each polynomial the signs it takes on the space.
    points : dict of signs to point
        Every sign vector seen so far, and the solver's values there.
    """

    def __init__(self, parts: TakenApart) -> None:
        import z3

        self._z3, self._ctx = z3, z3.Context()
        self.parts, self.count = parts, len(parts.polynomials)
        self.points: dict[tuple[int, ...], Point] = {}
        self._vectors: list[tuple[int, ...]] = []
        self._having = [dict.fromkeys(ANY, 0) for _ in range(self.count)]
        self._written: dict[Formula, Any] = {}
        self._literals: dict[tuple[int, frozenset[int]], Any] = {}
        self._costs = [len(p) * (1 + int(p.total_degree())) for p in parts.polynomials]
        self._names = [z3.Real(name, self._ctx) for name in parts.encoder.names.values()]
        self._read()
        self._proposer = z3.Solver(ctx=self._ctx)
        for k in range(self.count):
            self._proposer.add(z3.Or(z3.Not(self._positive[k]), z3.Not(self._negative[k])))
        self._quick = z3.Solver(ctx=self._ctx)
        self._quick.set("core.minimize", True)
        self._quick.set("rlimit", _QUICK_RLIMIT)
        self._quick.add(*self._base)
        self._reason: Literals | None = None  # why the last check failed, if that is known
        degrees = [int(p.total_degree()) for p in parts.polynomials]
        self._failures = 0 if max(degrees, default=0) <= _QUICK_DEGREE else _MOST_FAILURES + 1
        self._marks: dict[tuple[int, frozenset[int]], Any] = {}
        self.possible = [ANY] * self.count
        self.empty = self._check({}) is None
        if not self.empty:
            self.possible = [self._signs_of(k) for k in range(self.count)]

    def cost(self, place: int) -> int:
        """How hard a polynomial is to read and to decide."""
        return self._costs[place]

    def point(self, formula: Formula) -> tuple[int, ...] | None:
        """Signs that occur together and make the formula true; None where none do.

        Raises
        ------
        Unsettled
            The solver reached its limit on the signs it carries.
        """
        if formula is False or self.empty:
            return None
        seen = self._seen(formula)
        if seen:
            return self._vectors[(seen & -seen).bit_length() - 1]
        return self._search(formula)

    def excludes(self, formula: Formula) -> bool:
        """Whether it is proved that the formula is true nowhere on the space."""
        try:
            return self.point(formula) is None
        except Unsettled:
            return False

    def _seen(self, formula: Formula) -> int:
        """The known points at which the formula is true, a bit for each."""
        if isinstance(formula, Literal):
            by_sign = self._having[formula.polynomial]
            return reduce(or_, (by_sign[sign] for sign in formula.signs))
        if isinstance(formula, Junction):
            return reduce(and_ if formula.all_of else or_, map(self._seen, formula.parts))
        return (1 << len(self.points)) - 1 if formula else 0

    def _search(self, formula: Formula) -> tuple[int, ...] | None:
        self._proposer.push()
        self._proposer.add(self._propositional(formula))
        learnt = []
        try:
            while str(self._proposer.check()) == "sat":
                literals = support(formula, self._proposed(), self.cost)
                found = self._check(literals)
                if found is not None:
                    return found
                learnt.append(self._core(literals))
                self._proposer.add(self._never(learnt[-1]))
        finally:
            self._proposer.pop()
            for core in learnt:
                self._proposer.add(self._never(core))
        return None

    def _proposed(self) -> Signs:
        model = self._proposer.model()

        def true(literal: Any) -> bool:
            return bool(self._z3.is_true(model.eval(literal, model_completion=True)))

        pairs = zip(self._positive, self._negative, strict=True)
        return [int(true(p)) - int(true(n)) for p, n in pairs]

    def _signs_of(self, k: int) -> frozenset[int]:
        """The signs that one polynomial takes; what cannot be settled counts as taken."""
        found = {signs[k] for signs in self.points}
        for sign in sorted(ANY - found):
            only = Literal(k, frozenset({sign}))
            if not self.excludes(only):
                found.add(sign)
        return frozenset(found)

    def _check(self, literals: Literals) -> tuple[int, ...] | None:
        """A point of the space where the literals are true, by the signs there."""
        self._reason = None
        status = self._asked_quickly(literals)
        if status != "unknown":
            return self._kept(self._quick.model()) if status == "sat" else None
        for solver in strategies(self._ctx):
            solver.set("rlimit", _BUDGET.rlimit)
            solver.set("timeout", _BUDGET.milliseconds)
            solver.add(*self._base, *self._arithmetic(literals))
            status = str(solver.check())
            if status != "unknown":
                return self._kept(solver.model()) if status == "sat" else None
        raise Unsettled(literals)

    def _asked_quickly(self, literals: Literals) -> str:
        """The answer of the solver that keeps what it learns, and why where it is "unsat".

        It is far quicker where the polynomials are linear or nearly so; where it has failed a few
        times it is not asked again.
        """
        if self._failures > _MOST_FAILURES:
            return "unknown"
        marks = {str(m := self._marked(k, signs)): (k, m) for k, signs in literals.items()}
        status = str(self._quick.check(*(mark for _, mark in marks.values())))
        if status == "unsat":
            core = (marks[str(mark)][0] for mark in self._quick.unsat_core())
            self._reason = {k: literals[k] for k in core}
        self._failures += status == "unknown"
        return status

    def _core(self, literals: Literals) -> Literals:
        """Of literals that exclude each other, some that already do, none of which can go."""
        if self._reason is not None:
            return self._reason
        left = dict(literals)
        for k in sorted(literals, key=self.cost, reverse=True):
            fewer = {j: signs for j, signs in left.items() if j != k}
            try:
                if self._check(fewer) is None:
                    left = fewer
            except Unsettled:
                continue
        return left

    def _kept(self, model: Any) -> tuple[int, ...]:
        signs = tuple(self._sign_at(model, k) for k in range(self.count))
        if signs in self.points:
            return signs
        values = [model.eval(name, model_completion=True) for name in self._names]
        for k, sign in enumerate(signs):
            self._having[k][sign] |= 1 << len(self.points)
        self._vectors.append(signs)
        self.points[signs] = {
            key: exact_value(value)
            for key, value in zip(self.parts.encoder.names, values, strict=True)
        }
        return signs

    def _sign_at(self, model: Any, k: int) -> int:
        for sign, formula in ((1, self._above[k]), (-1, self._below[k])):
            if self._z3.is_true(model.eval(formula, model_completion=True)):
                return sign
        return 0

    def _read(self) -> None:
        """Let z3 read the space and the sign of each polynomial."""
        signs = [f"(assert ({relation} {term(p)} 0))" for p in self.parts.polynomials
                 for relation in "><"]  # fmt: skip
        text = "\n".join([self.parts.base, *signs])
        asserted = list(self._z3.parse_smt2_string(text, ctx=self._ctx))
        cut = len(asserted) - len(signs)
        self._base, both = asserted[:cut], asserted[cut:]
        self._above, self._below = both[::2], both[1::2]
        self._positive, self._negative = (
            [self._z3.Bool(f"{name}{k}", self._ctx) for k in range(self.count)] for name in "pn"
        )

    def _marked(self, k: int, signs: frozenset[int]) -> Any:
        """A proposition that implies the literal, known to the quick solver."""
        if (k, signs) not in self._marks:
            mark = self._z3.Bool(f"m{len(self._marks)}", self._ctx)
            self._quick.add(self._z3.Implies(mark, self._literal(k, signs)))
            self._marks[k, signs] = mark
        return self._marks[k, signs]

    def _arithmetic(self, literals: Literals) -> list[Any]:
        return [self._literal(k, signs) for k, signs in literals.items()]

    def _literal(self, k: int, signs: frozenset[int]) -> Any:
        if (k, signs) not in self._literals:
            self._literals[k, signs] = self._signed(self._above[k], self._below[k], signs)
        return self._literals[k, signs]

    def _never(self, literals: Literals) -> Any:
        return self._z3.Not(self._propositional(conjunction(literals)))

    def _propositional(self, formula: Formula) -> Any:
        if formula not in self._written:
            self._written[formula] = self._write(formula)
        return self._written[formula]

    def _write(self, formula: Formula) -> Any:
        if isinstance(formula, Literal):
            k = formula.polynomial
            return self._signed(self._positive[k], self._negative[k], formula.signs)
        if isinstance(formula, Junction):
            join = self._z3.And if formula.all_of else self._z3.Or
            return join([self._propositional(part) for part in formula.parts])
        return self._z3.BoolVal(formula, self._ctx)

    def _signed(self, positive: Any, negative: Any, signs: Iterable[int]) -> Any:
        """One of these signs, in terms of "positive" and "negative"."""
        z3, wanted = self._z3, set(signs)
        if wanted in ({0, 1}, {-1, 0}):
            return z3.Not(negative if 1 in wanted else positive)
        ways: Sequence[tuple[int, Any]] = (
            (1, positive), (-1, negative), (0, z3.And(z3.Not(positive), z3.Not(negative))),
        )  # fmt: skip
        return z3.Or([way for sign, way in ways if sign in wanted])


__all__ = ["SignsTogether", "Unsettled"]
