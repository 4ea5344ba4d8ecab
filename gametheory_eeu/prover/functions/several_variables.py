r"""An actual function of several variables with declared properties and given values.

With :math:`r_i = 1/(1 + x_i - l_i)` on an infinite interval, and :math:`r_i = (h_i - x_i)/(h_i -
l_i)` on a finite one, the function is a polynomial in the r's and 1/r. So are its derivatives, in
which signs are asked of Bernstein coefficients. A dominant diagonal makes a Hessian definite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, product
from math import comb
from operator import mul
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.prover.functions.construction import Data, Linear, assertion, linear, solve
from gametheory_eeu.prover.functions.declaration import Declaration, Order

Exponents = tuple[int, ...]
_DEGREES = (2, 4)
_RATIOS = (sp.S.One, sp.Rational(1, 3), sp.Integer(3))
_MAX_VARIABLES = 2


def forms(
    declaration: Declaration, data: Data, ratios: tuple[Expr, ...] = _RATIOS
) -> Iterator[Form]:
    """Systems for functions that may have the properties, from few unknowns to many."""
    supported = all(low.is_finite for low, _ in declaration.domain)
    if declaration.arity != _MAX_VARIABLES or not supported or declaration.degree is not None:
        return
    for degree in _DEGREES:
        for ratio in ratios if declaration.curvature else ratios[:1]:
            form = Form(declaration, degree)
            form.ask_properties(ratio)
            form.ask_values(data)
            yield form


def functions(declaration: Declaration, data: Data) -> Iterator[Expr]:
    """Functions through the values that have the properties, as SymPy Lambdas."""
    for form in forms(declaration, data):
        solution = solve(form.text, form.names)
        if solution is not None:
            function = form.function(solution)
            if has_joint_properties(function, declaration):
                yield function


class Form:
    """The polynomial with unknown coefficients and the inequalities for them."""

    def __init__(self, declaration: Declaration, degree: int) -> None:
        self.declaration, self.degree = declaration, degree
        self.lines: list[str] = []
        ranges = [range(-1 if high == sp.oo else 0, degree + 1) for _, high in declaration.domain]
        exponents = list(product(*ranges))
        self.unknowns = {e: f"p{i}" for i, e in enumerate(exponents)}

    @property
    def names(self) -> list[str]:
        """The names of the unknown coefficients."""
        return list(self.unknowns.values())

    def derivative(self, order: Order) -> dict[Exponents, Linear]:
        """The forms of a derivative, by the exponents of the r's."""
        found: dict[Exponents, Linear] = {}
        for exponents, name in self.unknowns.items():
            shifted, factor = [], sp.S.One
            for e, j, (low, high) in zip(exponents, order, self.declaration.domain, strict=True):
                infinite = high == sp.oo
                factor *= (-1) ** j * (sp.rf(e, j) if infinite else sp.ff(e, j) / (high - low) ** j)
                shifted.append(e + j if infinite else e - j)
            if factor != 0:
                found[tuple(shifted)] = {name: factor}
        return found

    def ask_sign(self, forms: Mapping[Exponents, Linear], sign: str) -> None:
        """Bernstein coefficients of one sign; one of them not zero where it is strict."""
        if not forms:
            if "=" not in sign:
                self.lines.append("(assert false)")
            return
        forms = _from_zero(forms)  # a power of r in front is positive
        degrees = tuple(map(max, zip(*forms, strict=True)))
        coefficients = [
            linear(*((_weight(e, index, degrees), form) for e, form in forms.items()))
            for index in product(*(range(n + 1) for n in degrees))
        ]
        self.lines += [assertion(coefficient, sign[0] + "=") for coefficient in coefficients]
        if "=" not in sign:
            self.lines.append(assertion(linear(*((1, c) for c in coefficients)), sign))

    def ask_properties(self, ratio: Expr) -> None:
        """Declared signs; bounds; a dominant diagonal of the Hessian."""
        for order, sign in self.declaration.signs:
            self.ask_sign(self.derivative(order), sign)
        curvature = self.declaration.curvature
        n = self.declaration.arity
        for i, j in combinations(range(n), 2) if curvature else ():
            cross = self.derivative(self.declaration.order(i, j))
            for k, weight in ((i, ratio), (j, 1 / ratio)):
                own = self.derivative(self.declaration.order(k, k))
                for factor in (weight, -weight):
                    self.ask_sign(_aligned(own, cross, factor), curvature)
        zero = self.declaration.order()
        for bound, sign in zip(self.declaration.bounds or (), (">=", "<="), strict=False):
            self.ask_sign(_aligned(self.derivative(zero), {zero: {"": bound}}, -1), sign)

    def ask_values(self, data: Data) -> None:
        """The given values of the function and of its derivatives."""
        for node, orders in data.items():
            r = _slacks(node, self.declaration)
            for order, value in orders.items():
                other = {value: sp.S.One} if isinstance(value, str) else {"": value}
                terms = ((_monomial(r, e), form) for e, form in self.derivative(order).items())
                self.lines.append(assertion(linear((-1, other), *terms), "="))

    @property
    def text(self) -> str:
        """The unknowns and the system in SMT-LIB."""
        return "\n".join([*(f"(declare-const {n} Real)" for n in self.names), *self.lines])

    def function(self, solution: Mapping[str, Expr]) -> Expr:
        """The function of a solution."""
        variables = sp.symbols(f"x1:{self.declaration.arity + 1}", real=True)
        r = _slacks(variables, self.declaration)
        terms = (solution[name] * _monomial(r, e) for e, name in self.unknowns.items())
        return sp.Lambda(variables, sp.Add(*terms))


def _from_zero(terms: Mapping[Exponents, Any]) -> dict[Exponents, Any]:
    """The terms divided by the highest power of each r that divides all of them."""
    lowest = tuple(map(min, zip(*terms, strict=True)))
    return {tuple(k - m for k, m in zip(e, lowest, strict=True)): c for e, c in terms.items()}


def _slacks(node: Sequence[Expr], declaration: Declaration) -> list[Expr]:
    """The r's at an argument."""
    return [
        1 / (1 + x - low) if high == sp.oo else (high - x) / (high - low)
        for x, (low, high) in zip(node, declaration.domain, strict=True)
    ]


def _monomial(r: Sequence[Expr], exponents: Exponents) -> Expr:
    return reduce(mul, (b**e for b, e in zip(r, exponents, strict=True)))


def _weight(exponents: Exponents, index: Exponents, degrees: Exponents) -> Expr:
    """The part of a monomial in a Bernstein coefficient; zero where it has none."""
    pairs = zip(exponents, index, degrees, strict=True)
    return reduce(mul, (sp.Rational(comb(m, e), comb(n, e)) for e, m, n in pairs))


def _aligned(
    own: Mapping[Exponents, Linear], cross: Mapping[Exponents, Linear], factor: Expr | int
) -> dict[Exponents, Linear]:
    """A derivative plus a multiple of another."""
    exponents = dict.fromkeys([*own, *cross])
    return {e: linear((1, own.get(e, {})), (factor, cross.get(e, {}))) for e in exponents}


Laurent = dict[Exponents, Expr]
"""A polynomial in the r's and their inverses: coefficients by exponents."""


def _laurent(function: Expr, declaration: Declaration) -> Laurent | None:
    """A function in the r's, by substitution; None where it is no such polynomial."""
    variables = tuple(function.variables)
    r = sp.symbols(f"r1:{len(variables) + 1}", positive=True)
    inverse = {
        x: low + (1 - b) / b if high == sp.oo else high - b * (high - low)
        for x, b, (low, high) in zip(variables, r, declaration.domain, strict=True)
    }
    total: Laurent = {}
    for term in sp.Add.make_args(function.expr):
        above, below = sp.fraction(sp.cancel(term.subs(inverse, simultaneous=True)))
        divisor = sp.Poly(below, *r)
        if len(divisor.terms()) != 1:
            return None
        ((powers, scale),) = divisor.terms()
        for exponents, c in sp.Poly(above, *r).as_dict().items():
            key = tuple(e - k for e, k in zip(exponents, powers, strict=True))
            total[key] = total.get(key, sp.S.Zero) + c / scale
    total = _nonzero(total)
    finite = [i for i, (_, high) in enumerate(declaration.domain) if high != sp.oo]
    has_pole = any(e[i] < 0 for e in total for i in finite)
    return None if has_pole else total


def _slope(f: Laurent, order: Order, declaration: Declaration) -> Laurent:
    """A derivative in the variables themselves, by the chain rule: dr/dx is -r**2, or -1/width."""
    for i, (times, (low, high)) in enumerate(zip(order, declaration.domain, strict=True)):
        step, scale = (1, sp.S.One) if high == sp.oo else (-1, 1 / (high - low))
        for _ in range(times):
            f = {
                (*e[:i], e[i] + step, *e[i + 1 :]): -e[i] * scale * c for e, c in f.items() if e[i]
            }
    return f


def _nonzero(f: Laurent) -> Laurent:
    return {e: c for e, c in f.items() if c != 0}


def _sum(f: Laurent, g: Laurent, factor: Expr) -> Laurent:
    return _nonzero({e: f.get(e, 0) + factor * g.get(e, 0) for e in (*f, *g)})


def _product(f: Laurent, g: Laurent) -> Laurent:
    result: Laurent = {}
    for (e, c), (k, b) in product(f.items(), g.items()):
        key = tuple(i + j for i, j in zip(e, k, strict=True))
        result[key] = result.get(key, sp.S.Zero) + c * b
    return _nonzero(result)


def _has_sign(f: Laurent, relation: str) -> bool:
    """Whether it has a sign where every r is between 0 and 1, by its Bernstein coefficients."""
    if not f:
        return "=" in relation
    terms = _from_zero(f)
    degrees = tuple(map(max, zip(*terms, strict=True)))
    wanted = 1 if ">" in relation else -1
    coefficients = (
        sum((c * _weight(e, index, degrees) for e, c in terms.items()), sp.S.Zero)
        for index in product(*(range(n + 1) for n in degrees))
    )  # of a polynomial that is not zero one of them is not
    return all(coefficient * wanted >= 0 for coefficient in coefficients)


def has_joint_properties(function: Expr, declaration: Declaration) -> bool:
    """Whether a rational function of several variables has every property declared.

    It is checked from its formula alone; a pole in the domain is refused with it.
    """
    is_read = declaration.arity == _MAX_VARIABLES and declaration.degree is None
    if len(function.variables) != declaration.arity or not is_read:
        return False
    f = _laurent(function, declaration)
    if f is None:
        return False
    claims = [(_slope(f, order, declaration), sign) for order, sign in declaration.signs]
    zero = declaration.order()
    for bound, sign in zip(declaration.bounds or (), (">=", "<="), strict=False):
        claims.append((_sum(f, {zero: bound}, sp.S.NegativeOne), sign))
    claims += list(_minor_claims(f, declaration))
    return all(_has_sign(claim, sign) for claim, sign in claims)


def _minor_claims(f: Laurent, declaration: Declaration) -> Iterator[tuple[Laurent, str]]:
    """The principal minors of the Hessian of two variables, with their signs."""
    curvature = declaration.curvature
    if not curvature:
        return
    n = declaration.arity
    own = [_slope(f, declaration.order(i, i), declaration) for i in range(n)]
    yield from ((second, curvature) for second in own)
    for i, j in combinations(range(n), 2):
        cross = _slope(f, declaration.order(i, j), declaration)
        minor = _sum(_product(own[i], own[j]), _product(cross, cross), sp.S.NegativeOne)
        yield minor, ">" + curvature[1:]


def joint_derivative_at(function: Expr, order: Order, node: tuple[Expr, ...]) -> Expr | None:
    """The exact value of a derivative at a point; None where it has none."""
    variables = tuple(function.variables)
    derivative = function.expr
    for variable, times in zip(variables, order, strict=True):
        derivative = sp.diff(derivative, variable, times)
    value = derivative.subs(dict(zip(variables, node, strict=True)))
    return value if value.is_Rational else None
