"""An actual function of one variable with declared properties and given values.

The highest derivative is linear between knots; all lower ones follow by integration. A sign inside
a piece is asked of the Bernstein coefficients of the derivative, which are linear in what is
unknown. Beyond the last knot the function is a polynomial in r = s/(s + t) and 1/r, whose
derivatives are of that form again. So the whole is a system of linear inequalities in rational
numbers, which is solved exactly. (Bernstein coefficients: Farouki 2012.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import comb, factorial

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions.declaration import Declaration
from gametheory_eeu.prover.rational_function import numeral
from gametheory_eeu.prover.smt_solvers import exact_value

Data = Mapping[Expr, Mapping[int, str | Expr]]
"""By argument and order: a value, or the solver's name of one."""
Linear = dict[str, Expr]
"""A linear form: coefficients by name; the constant by the empty name."""
_TAIL = 3
"""Powers of r beyond the highest order."""
_MARGINS = (sp.Rational(1, 2), sp.Integer(1))


@dataclass
class System:
    """The linear system of a function through some values.

    Parameters
    ----------
    declaration : Declaration
        In numbers.
    data : mapping
    smoothness : int
    prefix : str
        Of the names of the unknowns.
    subdivisions : int
        Knots between two arguments, and beyond the outermost.
    """

    declaration: Declaration
    data: Data
    smoothness: int
    prefix: str
    subdivisions: int = 1
    extra_signs: tuple[tuple[int, str], ...] = ()
    names: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.low, self.high = self.declaration.domain[0]
        self.knots = self._make_knots()
        self.signs = [(order[0], sign) for order, sign in self.declaration.signs]
        self.signs += list(self.extra_signs)
        self._build()

    def _make_knots(self) -> list[Expr]:
        points = {*self.data, *(a for a, _ in self.declaration.points)}
        points |= {end for end in (self.low, self.high) if end.is_finite}
        if not points:
            points = {sp.Integer(0)}
        if len(points) == 1 and not (self.low.is_finite and self.high.is_finite):
            points |= {max(points) + 1} if not self.high.is_finite else {min(points) - 1}
        knots = sorted(points)
        fine = set(knots)
        n = self.subdivisions
        for a, b in pairwise(knots):
            fine |= {a + (b - a) * sp.Rational(i, n + 1) for i in range(1, n + 1)}
        if self.high == sp.oo:
            fine |= {knots[-1] + i for i in range(1, n + 1)}
        if self.low == -sp.oo:
            fine |= {knots[0] - i for i in range(1, n + 1)}
        return sorted(fine)

    def _name(self, text: str) -> str:
        name = f"{self.prefix}{text}"
        self.names.append(name)
        return name

    def _assert(self, form: Linear, relation: str) -> None:
        terms = [
            numeral(c) if not name else f"(* {numeral(c)} {name})"
            for name, c in form.items()
            if c != 0
        ]
        total = "0" if not terms else terms[0] if len(terms) == 1 else f"(+ {' '.join(terms)})"
        self.lines.append(f"(assert ({relation} {total} 0))")

    def _build(self) -> None:
        k = self.smoothness
        self.values = [
            [{self._name(f"d{i}_{j}"): sp.Integer(1)} for j in range(k + 1)]
            for i in range(len(self.knots))
        ]
        self.root: Linear | None = None
        if "low" in self.declaration.inada and self.low.is_finite:
            self.root = {self._name("c"): sp.Integer(1)}
            self._assert(self.root, ">")
        for i in range(len(self.knots) - 1):
            self._piece(i)
        self.tails: dict[int, dict[int, Linear]] = {}
        for side, end in ((1, self.high), (-1, self.low)):
            if not end.is_finite:
                self._tail(side)
        if "high" in self.declaration.inada and self.high.is_finite:
            self._assert(self.values[-1][1], "=")
        self._values()

    def _start(self, i: int) -> list[Linear]:
        return self.values[i]

    def _end(self, i: int) -> list[Linear]:
        """The derivatives of the polynomial part of piece i at its right end."""
        at_end = self.values[i + 1]
        if i or self.root is None:
            return at_end
        h = self.knots[1] - self.knots[0]
        half = sp.Rational(1, 2)
        return [_add(v, self.root, -sp.ff(half, j) / h**j) for j, v in enumerate(at_end)]

    def _coefficients(self, i: int, j: int) -> list[Linear]:
        """The derivative of order j on piece i in powers of (x - knot)/h."""
        k, h = self.smoothness, self.knots[i + 1] - self.knots[i]
        start, end = self._start(i), self._end(i)
        found = [_scale(start[j + m], h**m / factorial(m)) for m in range(k - j + 1)]
        slope = _add(end[k], start[k], sp.Integer(-1))
        return [*found, _scale(slope, h ** (k - j) / factorial(k - j + 1))]

    def _piece(self, i: int) -> None:
        k = self.smoothness
        end = self._end(i)
        for j in range(k):
            total: Linear = {}
            for coefficient in self._coefficients(i, j):
                total = _add(total, coefficient)
            self._assert(_add(total, end[j], sp.Integer(-1)), "=")
        for order, sign in self.signs:
            self._positive(self._coefficients(i, order), sign)
        if self.declaration.bounds is not None:
            for bound, sign in zip(self.declaration.bounds, (">=", "<="), strict=True):
                first, *rest = self._coefficients(i, 0)
                if i == 0 and self.root is not None and sign == "<=":
                    first = _add(first, self.root)  # the root is at most its coefficient
                self._positive([_add(first, {"": bound}, sp.Integer(-1)), *rest], sign)
        for order, sign in self.signs:
            if "=" not in sign:
                self._strict(i, order, sign)

    def _strict(self, i: int, order: int, sign: str) -> None:
        """A strict sign at the ends of a piece that are inside the domain, or of its integral."""
        inner = [at for at in (i, i + 1) if self.knots[at] not in (self.low, self.high)]
        for at in inner:
            self._assert(self.values[at][order], sign)
        if not inner:  # one Bernstein coefficient that is not zero makes the inside strict
            self._assert(_sum(self._coefficients(i, order)), sign)

    def _positive(self, powers: list[Linear], sign: str) -> None:
        weak = ">=" if ">" in sign else "<="
        n = len(powers) - 1
        for m in range(n + 1):
            total: Linear = {}
            for i, coefficient in enumerate(powers[: m + 1]):
                total = _add(total, coefficient, sp.Rational(comb(m, i), comb(n, i)))
            self._assert(total, weak)

    def _tail(self, side: int) -> None:
        """The function beyond the outermost knot: a polynomial in r and 1/r, scale one."""
        k = self.smoothness
        growth = 0 if "high" in self.declaration.inada and side == 1 else k
        powers = range(-growth, k + _TAIL + 1)
        label = "h" if side == 1 else "l"
        p = {e: {self._name(f"{label}{e - powers[0]}"): sp.Integer(1)} for e in powers}
        self.tails[side] = p
        at_knot = self.values[-1 if side == 1 else 0]
        for j in range(k + 1):
            total: Linear = {}
            for e in powers:
                total = _add(total, p[e], _tail_factor(e, j) * side**j)
            self._assert(_add(total, at_knot[j], sp.Integer(-1)), "=")
        claims = [(j, sign, sp.Integer(0)) for j, sign in self.signs]
        if self.declaration.bounds is not None:
            low, high = self.declaration.bounds
            claims += [(0, ">=", low), (0, "<=", high)]
        for j, sign, bound in claims:
            forms = [_scale(p[e], _tail_factor(e, j) * side**j) for e in powers]
            if j == 0 and bound != 0:
                forms[growth] = _add(forms[growth], {"": bound}, sp.Integer(-1))
            self._positive(forms, sign)

    def _values(self) -> None:
        for argument, value in self.declaration.points:
            self._fix(argument, 0, value)
        for argument, orders in self.data.items():
            for order, value in orders.items():
                self._fix(argument, order, value)

    def _fix(self, argument: Expr, order: int, value: str | Expr) -> None:
        form = self.values[self.knots.index(argument)][order]
        other = {value: sp.Integer(1)} if isinstance(value, str) else {"": value}
        self._assert(_add(form, other, sp.Integer(-1)), "=")

    @property
    def text(self) -> str:
        """The unknowns and the system in SMT-LIB."""
        return "\n".join([*(f"(declare-const {n} Real)" for n in self.names), *self.lines])

    def function(self, solution: Mapping[str, Expr]) -> Expr:
        """The function of a solution, as ``Lambda(x, Piecewise(...))``."""
        x = sp.Symbol("x", real=True)

        def number(form: Linear) -> Expr:
            return sum((c * (solution[n] if n else 1) for n, c in form.items()), sp.Integer(0))

        cases: list[tuple[Expr, Expr]] = []
        if -1 in self.tails:
            formula = _tail_formula(self.tails[-1], self.knots[0] - x, number)
            cases.append((formula, sp.Lt(x, self.knots[0], evaluate=False)))
        for i, a in enumerate(self.knots[:-1]):
            b = self.knots[i + 1]
            t = (x - a) / (b - a)
            powers = self._coefficients(i, 0)
            formula = sp.expand(sum(number(c) * t**m for m, c in enumerate(powers)))
            if i == 0 and self.root is not None:
                formula += number(self.root) * sp.sqrt(t)
            cases.append((formula, sp.Lt(x, b, evaluate=False)))
        if 1 in self.tails:
            formula = _tail_formula(self.tails[1], x - self.knots[-1], number)
            cases.append((formula, sp.true))
        formula, _ = cases.pop()
        merged = _merge([*cases, (formula, sp.true)])
        body = sp.Piecewise(*merged, evaluate=False) if len(merged) > 1 else merged[0][0]
        return sp.Lambda((x,), body)


def _merge(cases: list[tuple[Expr, Expr]]) -> list[tuple[Expr, Expr]]:
    """Neighbouring cases of one formula as one."""
    merged: list[tuple[Expr, Expr]] = []
    for formula, condition in cases:
        if merged and merged[-1][0] == formula:
            merged[-1] = formula, condition
        else:
            merged.append((formula, condition))
    return merged


def _tail_factor(e: int, j: int) -> Expr:
    """The j-th derivative of (1 + t)**(-e) at t = 0."""
    result = sp.Integer(1)
    for i in range(j):
        result *= -(e + i)
    return result


def _tail_formula(p: Mapping[int, Linear], t: Expr, number: object) -> Expr:
    terms: list[Expr] = []
    for e, form in p.items():
        coefficient = number(form)  # type: ignore[operator]
        if coefficient:
            base = sp.expand((1 + t) ** -e) if e < 0 else (1 + t) ** -e
            terms.append(coefficient * base)
    return sp.Add(*terms)


def _add(a: Linear, b: Linear, factor: Expr = sp.S.One) -> Linear:
    result = dict(a)
    for name, c in b.items():
        result[name] = result.get(name, sp.Integer(0)) + c * factor
    return result


def _scale(a: Linear, factor: Expr) -> Linear:
    return {name: c * factor for name, c in a.items()}


def _sum(forms: list[Linear]) -> Linear:
    total: Linear = {}
    for form in forms:
        total = _add(total, form)
    return total


def solve(text: str, names: list[str]) -> dict[str, Expr] | None:
    """The values of a linear system's unknowns; None where it has no solution."""
    import z3

    solver = z3.Solver(ctx=z3.Context())
    solver.set("rlimit", STEP.rlimit * 10)
    solver.set("timeout", STEP.milliseconds)
    solver.from_string(text)
    if str(solver.check()) != "sat":
        return None
    model = solver.model()
    found = {d.name(): exact_value(model[d]) for d in model}
    return {name: sp.Integer(0) if found.get(name) is None else found[name] for name in names}


def systems(declaration: Declaration, data: Data, smoothness: int, prefix: str) -> Iterator[System]:
    """Systems to be tried, from few knots to many.

    A convex distribution function has an increasing hazard, a concave one is log-concave; those
    stronger conditions are linear. What comes out is checked for the property itself.
    """
    stronger: list[tuple[tuple[int, str], ...]] = [()]
    convex, concave = ((2, ">="),), ((2, "<="),)
    if declaration.hazard or declaration.log_concave:
        stronger = [convex] * declaration.hazard + [concave] * declaration.log_concave + [()]
    for extra in stronger:
        for subdivisions in (1, 4):
            yield System(declaration, data, smoothness, prefix, subdivisions, extra)


@lru_cache(maxsize=256)
def example(declaration: Declaration, smoothness: int | None = None) -> Expr | None:
    """A function with the declared properties; None where none was built.

    Examples
    --------
    >>> rising = Declaration("u", ((sp.Integer(0), sp.Integer(1)),), (((1,), ">"), ((2,), "<")))
    >>> function = example(rising)
    >>> (function(0) < function(sp.Rational(1, 2))) and (function(sp.Rational(1, 2)) < function(1))
    True
    """
    from gametheory_eeu.prover.functions.checks import has_properties

    order = max(declaration.top, 1) if smoothness is None else smoothness
    for system in systems(declaration, {}, order, "e"):
        solution = solve(system.text, system.names)
        if solution is not None:
            function = system.function(solution)
            if has_properties(function, declaration, order):
                return function
    return None


__all__ = ["Data", "System", "example", "systems"]
