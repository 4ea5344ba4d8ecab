"""Enumeration of the sign vectors of polynomials on a space: the solver behind the regimes.

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
from gametheory_eeu.core.signs import ANY_SIGN
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.prover.rational_function import term
from gametheory_eeu.prover.sign_abstraction import (
    Junction,
    Literal,
    Literals,
    SignAbstraction,
    SignFormula,
    SignVector,
    conjunction,
    implicant,
)
from gametheory_eeu.prover.smt_solvers import exact_value, strategies

_BUDGET = Budget(rlimit=2_000_000)
_QUICK_RLIMIT, _QUICK_DEGREE, _MAX_FAILURES = 20_000, 2, 2


class UndecidedSignsError(Exception):
    """The solver reached its limit on whether some signs occur together."""

    def __init__(self, literals: Literals) -> None:
        super().__init__()
        self.literals = literals


class SignEnumerator:
    """The sign vectors that the polynomials of some conditions take on a space.

    ``possible`` has the signs that each polynomial takes, ``points`` every sign vector seen so far
    with the solver's values there.
    """

    def __init__(self, parts: SignAbstraction) -> None:
        import z3

        self._z3, self._ctx = z3, z3.Context()
        self.parts, self.count = parts, len(parts.polynomials)
        self.points: dict[tuple[int, ...], Point] = {}
        self._sign_vectors: list[tuple[int, ...]] = []
        self._point_bits = [dict.fromkeys(ANY_SIGN, 0) for _ in range(self.count)]
        self._propositions: dict[SignFormula, Any] = {}
        self._literals: dict[tuple[int, frozenset[int]], Any] = {}
        self._costs = [len(p) * (1 + int(p.total_degree())) for p in parts.polynomials]
        self._constants = [z3.Real(name, self._ctx) for name in parts.encoder.names.values()]
        self._load()
        self._sat_solver = z3.Solver(ctx=self._ctx)
        for k in range(self.count):
            positive, negative = self._positive_props[k], self._negative_props[k]
            self._sat_solver.add(z3.Or(z3.Not(positive), z3.Not(negative)))
        self._quick_solver = z3.Solver(ctx=self._ctx)
        self._quick_solver.set("core.minimize", True)
        self._quick_solver.set("rlimit", _QUICK_RLIMIT)
        self._quick_solver.add(*self._base)
        self._conflict: Literals | None = None  # why the last check failed, if that is known
        degrees = [int(p.total_degree()) for p in parts.polynomials]
        self._failures = 0 if max(degrees, default=0) <= _QUICK_DEGREE else _MAX_FAILURES + 1
        self._marks: dict[tuple[int, frozenset[int]], Any] = {}
        self.possible = [ANY_SIGN] * self.count
        self.empty = self._check({}) is None
        if not self.empty:
            self.possible = [self._signs_of(k) for k in range(self.count)]

    def cost(self, index: int) -> int:
        """The cost of reading and deciding a polynomial."""
        return self._costs[index]

    def point(self, formula: SignFormula) -> tuple[int, ...] | None:
        """Signs that occur together and make the formula true; None where none do.

        An UndecidedSignsError where the solver reached its limit on the signs it carries.
        """
        if formula is False or self.empty:
            return None
        point_mask = self._known_points(formula)
        if point_mask:
            return self._sign_vectors[(point_mask & -point_mask).bit_length() - 1]
        return self._search(formula)

    def excludes(self, formula: SignFormula) -> bool:
        """Whether it is proved that the formula is true nowhere on the space."""
        try:
            return self.point(formula) is None
        except UndecidedSignsError:
            return False

    def _known_points(self, formula: SignFormula) -> int:
        """The known points at which the formula is true, a bit for each."""
        if isinstance(formula, Literal):
            by_sign = self._point_bits[formula.polynomial]
            return reduce(or_, (by_sign[sign] for sign in formula.signs))
        if isinstance(formula, Junction):
            join = and_ if formula.is_conjunction else or_
            return reduce(join, map(self._known_points, formula.parts))
        return (1 << len(self.points)) - 1 if formula else 0

    def _search(self, formula: SignFormula) -> tuple[int, ...] | None:
        self._sat_solver.push()
        self._sat_solver.add(self._propositional(formula))
        cores = []
        try:
            while str(self._sat_solver.check()) == "sat":
                literals = implicant(formula, self._proposal(), self.cost)
                signs = self._check(literals)
                if signs is not None:
                    return signs
                cores.append(self._unsat_core(literals))
                self._sat_solver.add(self._exclusion(cores[-1]))
        finally:
            self._sat_solver.pop()
            for core in cores:
                self._sat_solver.add(self._exclusion(core))
        return None

    def _proposal(self) -> SignVector:
        model = self._sat_solver.model()

        def is_true(literal: Any) -> bool:
            return bool(self._z3.is_true(model.eval(literal, model_completion=True)))

        pairs = zip(self._positive_props, self._negative_props, strict=True)
        return [int(is_true(p)) - int(is_true(n)) for p, n in pairs]

    def _signs_of(self, k: int) -> frozenset[int]:
        """The signs that one polynomial takes; what cannot be settled counts as taken."""
        attained = {signs[k] for signs in self.points}
        for sign in sorted(ANY_SIGN - attained):
            literal = Literal(k, frozenset({sign}))
            if not self.excludes(literal):
                attained.add(sign)
        return frozenset(attained)

    def _check(self, literals: Literals) -> tuple[int, ...] | None:
        """A point of the space where the literals are true, by the signs there."""
        self._conflict = None
        status = self._quick_check(literals)
        if status != "unknown":
            return self._store_point(self._quick_solver.model()) if status == "sat" else None
        for solver in strategies(self._ctx):
            solver.set("rlimit", _BUDGET.rlimit)
            solver.set("timeout", _BUDGET.milliseconds)
            solver.add(*self._base, *(self._literal(k, signs) for k, signs in literals.items()))
            status = str(solver.check())
            if status != "unknown":
                return self._store_point(solver.model()) if status == "sat" else None
        raise UndecidedSignsError(literals)

    def _quick_check(self, literals: Literals) -> str:
        """The status by the incremental solver, and the conflict where it is unsat.

        It is far quicker where the polynomials are linear or nearly so; where it has failed a few
        times it is not asked again.
        """
        if self._failures > _MAX_FAILURES:
            return "unknown"
        assumptions = {str(m := self._mark(k, signs)): (k, m) for k, signs in literals.items()}
        status = str(self._quick_solver.check(*(mark for _, mark in assumptions.values())))
        if status == "unsat":
            core = (assumptions[str(mark)][0] for mark in self._quick_solver.unsat_core())
            self._conflict = {k: literals[k] for k in core}
        self._failures += status == "unknown"
        return status

    def _unsat_core(self, literals: Literals) -> Literals:
        """A minimal unsatisfiable core of literals that exclude each other."""
        if self._conflict is not None:
            return self._conflict
        core = dict(literals)
        for k in sorted(literals, key=self.cost, reverse=True):
            subset = {j: signs for j, signs in core.items() if j != k}
            try:
                if self._check(subset) is None:
                    core = subset
            except UndecidedSignsError:
                continue
        return core

    def _store_point(self, model: Any) -> tuple[int, ...]:
        signs = tuple(self._sign_at(model, k) for k in range(self.count))
        if signs in self.points:
            return signs
        values = [model.eval(name, model_completion=True) for name in self._constants]
        for k, sign in enumerate(signs):
            self._point_bits[k][sign] |= 1 << len(self.points)
        self._sign_vectors.append(signs)
        self.points[signs] = {
            key: exact_value(value)
            for key, value in zip(self.parts.encoder.names, values, strict=True)
        }
        return signs

    def _sign_at(self, model: Any, k: int) -> int:
        for sign, formula in ((1, self._positive_atoms[k]), (-1, self._negative_atoms[k])):
            if self._z3.is_true(model.eval(formula, model_completion=True)):
                return sign
        return 0

    def _load(self) -> None:
        """Parse the space and the sign relations of the polynomials in z3."""
        signs = [f"(assert ({relation} {term(p)} 0))" for p in self.parts.polynomials
                 for relation in "><"]  # fmt: skip
        text = "\n".join([self.parts.base, *signs])
        assertions = list(self._z3.parse_smt2_string(text, ctx=self._ctx))
        base_count = len(assertions) - len(signs)
        self._base, relations = assertions[:base_count], assertions[base_count:]
        self._positive_atoms, self._negative_atoms = relations[::2], relations[1::2]
        self._positive_props, self._negative_props = (
            [self._z3.Bool(f"{name}{k}", self._ctx) for k in range(self.count)] for name in "pn"
        )

    def _mark(self, k: int, signs: frozenset[int]) -> Any:
        """A proposition that implies the literal, known to the quick solver."""
        if (k, signs) not in self._marks:
            mark = self._z3.Bool(f"m{len(self._marks)}", self._ctx)
            self._quick_solver.add(self._z3.Implies(mark, self._literal(k, signs)))
            self._marks[k, signs] = mark
        return self._marks[k, signs]

    def _literal(self, k: int, signs: frozenset[int]) -> Any:
        if (k, signs) not in self._literals:
            atoms = self._positive_atoms[k], self._negative_atoms[k]
            self._literals[k, signs] = self._sign_condition(*atoms, signs)
        return self._literals[k, signs]

    def _exclusion(self, literals: Literals) -> Any:
        return self._z3.Not(self._propositional(conjunction(literals)))

    def _propositional(self, formula: SignFormula) -> Any:
        if formula not in self._propositions:
            self._propositions[formula] = self._translate(formula)
        return self._propositions[formula]

    def _translate(self, formula: SignFormula) -> Any:
        if isinstance(formula, Literal):
            k = formula.polynomial
            props = self._positive_props[k], self._negative_props[k]
            return self._sign_condition(*props, formula.signs)
        if isinstance(formula, Junction):
            join = self._z3.And if formula.is_conjunction else self._z3.Or
            return join([self._propositional(part) for part in formula.parts])
        return self._z3.BoolVal(formula, self._ctx)

    def _sign_condition(self, positive: Any, negative: Any, signs: Iterable[int]) -> Any:
        """The formula of a set of signs, in terms of ``positive`` and ``negative``."""
        z3, allowed = self._z3, set(signs)
        if allowed in ({0, 1}, {-1, 0}):
            return z3.Not(negative if 1 in allowed else positive)
        options: Sequence[tuple[int, Any]] = (
            (1, positive), (-1, negative), (0, z3.And(z3.Not(positive), z3.Not(negative))),
        )  # fmt: skip
        return z3.Or([formula for sign, formula in options if sign in allowed])
