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
from itertools import groupby, pairwise
from math import comb, factorial
from operator import itemgetter

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions.checks import has_properties
from gametheory_eeu.prover.functions.declaration import Declaration, Node, Order
from gametheory_eeu.prover.rational_function import numeral
from gametheory_eeu.prover.smt_solvers import exact_value

Data = Mapping[Node, Mapping[Order, Expr | str]]
"""By argument and order: a value, or the solver's name of one."""
Linear = dict[str, Expr]
"""A linear form: coefficients by name; the constant by the empty name."""
_TAIL = 3
"""Powers of r beyond the highest order."""


def linear(*terms: tuple[Expr | int, Linear]) -> Linear:
    """The sum of multiples of linear forms."""
    total: Linear = {}
    for factor, form in terms:
        for name, c in form.items():
            total[name] = total.get(name, sp.S.Zero) + factor * c
    return total


def assertion(form: Linear, relation: str) -> str:
    """The SMT-LIB assertion that a linear form compares with zero like this."""
    terms = [numeral(c) if not n else f"(* {numeral(c)} {n})" for n, c in form.items() if c != 0]
    total = "0" if not terms else terms[0] if len(terms) == 1 else f"(+ {' '.join(terms)})"
    return f"(assert ({relation} {total} 0))"


@dataclass
class System:
    """The linear system of a function through some values.

    ``declaration`` is in numbers, ``prefix`` heads the names of the unknowns, and so many
    ``subdivisions`` are knots between two arguments and beyond the outermost.
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
        points = {*(a for (a,) in self.data), *(a for a, _ in self.declaration.points)}
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
        self.lines.append(assertion(form, relation))

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

    def _end(self, i: int) -> list[Linear]:
        """The derivatives of the polynomial part of piece i at its right end."""
        at_end = self.values[i + 1]
        if i or self.root is None:
            return at_end
        h, half = self.knots[1] - self.knots[0], sp.Rational(1, 2)
        return [linear((1, v), (-sp.ff(half, j) / h**j, self.root)) for j, v in enumerate(at_end)]

    def _coefficients(self, i: int, j: int) -> list[Linear]:
        """The derivative of order j on piece i in powers of (x - knot)/h."""
        k, h = self.smoothness, self.knots[i + 1] - self.knots[i]
        start = self.values[i]
        slope = linear((1, self._end(i)[k]), (-1, start[k]))
        found = [linear((h**m / factorial(m), start[j + m])) for m in range(k - j + 1)]
        return [*found, linear((h ** (k - j) / factorial(k - j + 1), slope))]

    def _piece(self, i: int) -> None:
        end = self._end(i)
        for j in range(self.smoothness):
            terms = [(1, coefficient) for coefficient in self._coefficients(i, j)]
            self._assert(linear(*terms, (-1, end[j])), "=")
        for order, sign in self.signs:
            self._positive(self._coefficients(i, order), sign)
        for bound, sign in zip(self.declaration.bounds or (), (">=", "<="), strict=False):
            first, *rest = self._coefficients(i, 0)
            if i == 0 and self.root is not None and sign == "<=":
                first = linear((1, first), (1, self.root))  # the root is at most its coefficient
            self._positive([linear((1, first), (-1, {"": bound})), *rest], sign)
        for order, sign in self.signs:
            if "=" not in sign:
                self._strict(i, order, sign)

    def _strict(self, i: int, order: int, sign: str) -> None:
        """A strict sign at the ends of a piece that are inside the domain, or of its integral."""
        inner = [at for at in (i, i + 1) if self.knots[at] not in (self.low, self.high)]
        for at in inner:
            self._assert(self.values[at][order], sign)
        if not inner:  # one Bernstein coefficient that is not zero makes the inside strict
            self._assert(linear(*((1, c) for c in self._coefficients(i, order))), sign)

    def _positive(self, powers: list[Linear], sign: str) -> None:
        weak = ">=" if ">" in sign else "<="
        n = len(powers) - 1
        for m in range(n + 1):
            weights = (sp.Rational(comb(m, i), comb(n, i)) for i in range(m + 1))
            self._assert(linear(*zip(weights, powers, strict=False)), weak)

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
            terms = [(_tail_factor(e, j) * side**j, p[e]) for e in powers]
            self._assert(linear(*terms, (-1, at_knot[j])), "=")
        claims = [(j, sign, sp.Integer(0)) for j, sign in self.signs]
        if self.declaration.bounds is not None:
            low, high = self.declaration.bounds
            claims += [(0, ">=", low), (0, "<=", high)]
        for j, sign, bound in claims:
            forms = [linear((_tail_factor(e, j) * side**j, p[e])) for e in powers]
            if j == 0 and bound != 0:
                forms[growth] = linear((1, forms[growth]), (-1, {"": bound}))
            self._positive(forms, sign)

    def _values(self) -> None:
        for argument, value in self.declaration.points:
            self._fix(argument, 0, value)
        for (argument,), orders in self.data.items():
            for (order,), value in orders.items():
                self._fix(argument, order, value)

    def _fix(self, argument: Expr, order: int, value: str | Expr) -> None:
        form = self.values[self.knots.index(argument)][order]
        other = {value: sp.S.One} if isinstance(value, str) else {"": value}
        self._assert(linear((1, form), (-1, other)), "=")

    @property
    def text(self) -> str:
        """The unknowns and the system in SMT-LIB."""
        return "\n".join([*(f"(declare-const {n} Real)" for n in self.names), *self.lines])

    def function(self, solution: Mapping[str, Expr]) -> Expr:
        """The function of a solution, as ``Lambda(x, Piecewise(...))``."""
        x = sp.Symbol("x", real=True)

        def number(form: Linear) -> Expr:
            return sum((c * (solution[n] if n else 1) for n, c in form.items()), sp.Integer(0))

        def tail(side: int, t: Expr) -> Expr:
            numbers = {e: number(form) for e, form in self.tails[side].items()}
            return sp.Add(*(
                c * (sp.expand((1 + t) ** -e) if e < 0 else (1 + t) ** -e)
                for e, c in numbers.items() if c
            ))  # fmt: skip

        cases: list[tuple[Expr, Expr]] = []
        if -1 in self.tails:
            cases.append((tail(-1, self.knots[0] - x), sp.Lt(x, self.knots[0], evaluate=False)))
        for i, (a, b) in enumerate(pairwise(self.knots)):
            t = (x - a) / (b - a)
            formula = sp.expand(
                sum(number(c) * t**m for m, c in enumerate(self._coefficients(i, 0)))
            )
            if i == 0 and self.root is not None:
                formula += number(self.root) * sp.sqrt(t)
            cases.append((formula, sp.Lt(x, b, evaluate=False)))
        if 1 in self.tails:
            cases.append((tail(1, x - self.knots[-1]), sp.true))
        cases[-1] = cases[-1][0], sp.true
        # Neighbours of one formula are one case, up to where the last of them ends.
        merged = [(f, list(group)[-1][1]) for f, group in groupby(cases, key=itemgetter(0))]
        body = sp.Piecewise(*merged, evaluate=False) if len(merged) > 1 else merged[0][0]
        return sp.Lambda((x,), body)


def _tail_factor(e: int, j: int) -> Expr:
    """The j-th derivative of (1 + t)**(-e) at t = 0."""
    result = sp.Integer(1)
    for i in range(j):
        result *= -(e + i)
    return result


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


def functions(declaration: Declaration, data: Data, order: int, prefix: str) -> Iterator[Expr]:
    """Functions through the values that have the properties, as SymPy Lambdas."""
    for system in systems(declaration, data, order, prefix):
        solution = solve(system.text, system.names)
        if solution is not None:
            function = system.function(solution)
            if has_properties(function, declaration, order):
                yield function


@lru_cache(maxsize=256)
def example(declaration: Declaration) -> Expr | None:
    """A function with the declared properties; None where none was built.

    Examples
    --------
    >>> rising = Declaration("u", ((sp.Integer(0), sp.Integer(1)),), (((1,), ">"), ((2,), "<")))
    >>> function = example(rising)
    >>> (function(0) < function(sp.Rational(1, 2))) and (function(sp.Rational(1, 2)) < function(1))
    True
    """
    return next(functions(declaration, {}, max(declaration.top, 1), "e"), None)
