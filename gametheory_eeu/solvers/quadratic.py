"""The roots of a quadratic with symbols, and what polynomials in a root satisfy, without roots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from math import prod

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.solvers.indifference import Family
from gametheory_eeu.solvers.linear_bounds import RELATIONS, line


@dataclass(frozen=True)
class Quadratic:
    """``a x^2 + b x + c = 0`` in one unknown; the coefficients are polynomials in parameters.

    Examples
    --------
    >>> x, k = sp.symbols("x k", real=True)
    >>> quadratic = Quadratic(x, (sp.Integer(1), sp.Integer(0), -k))
    >>> quadratic.finish(1)(2 * x + x**2), quadratic.finish(1)(1 / (1 - x))
    (2*sqrt(k) + k, -2/(2*sqrt(k) - 2))
    >>> quadratic.relation(1 - x, ">", 1)
    1 - k > 0
    """

    x: Symbol
    coefficients: tuple[Expr, Expr, Expr]

    @cached_property
    def discriminant(self) -> Expr:
        """Not negative where there are real roots."""
        a, b, c = self.coefficients
        return sp.factor(b**2 - 4 * a * c)

    def _line(self, value: Expr) -> tuple[Expr, Expr]:
        """R and s with value = r x + s at both roots."""
        above, below = sp.fraction(sp.cancel(sp.together(value)))
        parameters = set().union(*(e.free_symbols for e in (above, below, *self.coefficients)))
        symbols = sorted(parameters - {self.x}, key=str)
        numbers = _roots_in(above, below, *self.coefficients)
        field = sp.QQ.algebraic_field(*numbers) if numbers else sp.QQ
        domain = field.frac_field(*symbols) if symbols else field
        a, b, c = self.coefficients
        modulus, top, bottom = (
            sp.Poly(e, self.x, domain=domain)
            for e in (a * self.x**2 + b * self.x + c, above, below)
        )
        rest = (top * sp.invert(bottom.rem(modulus), modulus)).rem(modulus)
        return rest.coeff_monomial(self.x), rest.coeff_monomial(1)

    def finish(self, side: int) -> Callable[[Expr], Expr]:
        """Values of rational functions of the unknown at one root, with a single square root.

        A quotient whose denominator may vanish at the *other* root stays a quotient: with the root
        taken out of the denominator it would not exist there.
        """

        def at(value: Expr) -> Expr:
            if self.x not in value.free_symbols:
                return sp.cancel(value)
            if self._is_safe(value):
                return self._at(value, side)
            above, below = sp.fraction(sp.cancel(sp.together(value)))
            return self._over(above, below, side)

        return at

    def _at(self, value: Expr, side: int) -> Expr:
        a, b, _ = self.coefficients
        r, s = self._line(value)
        root = side * sp.sqrt(self.discriminant)
        return sp.cancel(s - r * b / (2 * a)) + sp.cancel(r / (2 * a)) * root

    def _is_safe(self, value: Expr) -> bool:
        """Whether no factor comes into the denominator but those of a and of the value's own."""
        a, below = self.coefficients[0], sp.fraction(sp.cancel(sp.together(value)))[1]
        known = {f for e in (a, below) for f, _ in sp.factor_list(e)[1]}
        return all(
            f in known
            for part in self._line(value)
            for f, _ in sp.factor_list(sp.fraction(sp.cancel(part))[1])[1]
        )

    def _over(self, above: Expr, below: Expr, side: int) -> Expr:
        """A quotient of two lines in the square root, without what they share."""
        a, b, _ = self.coefficients
        lines = [(sp.cancel(2 * a * s - r * b), r) for r, s in map(self._line, (above, below))]
        parts = [part for line_ in lines for part in line_]
        below_all = sp.lcm_list([sp.fraction(sp.cancel(part))[1] for part in parts])
        whole = [sp.cancel(part * below_all) for part in parts]
        shared = sp.gcd_list(whole)
        u, v, w, z = (sp.expand(sp.cancel(part / shared)) for part in whole)
        root = side * sp.sqrt(self.discriminant)
        return (u + v * root) / (w + z * root)

    def at_root(self, family: Family, side: int) -> Family:
        """A family with the unknown at one root; what it must satisfy is written without roots."""
        x, a = self.x, self.coefficients[0]
        real = RELATIONS[">=" if side > 0 else ">"](self.discriminant, 0)
        atoms = [(e, op) for e, op in family.where if x in e.free_symbols]
        bounds = [e for e, op in atoms if op == ">" and line(e) is not None]
        inside = [self.relation(e, ">", side) for e in bounds]
        inside += [self.product(e, op, side, bounds) for e, op in atoms if e not in bounds]
        return Family(
            values=family.values,
            free=tuple(s for s in family.free if s != x),
            where=tuple((e, op) for e, op in family.where if x not in e.free_symbols),
            given=(*family.given, sp.Ne(a, 0), real, *inside),
        )

    def product(self, value: Expr, op: str, side: int, positive: Sequence[Expr] = ()) -> Boolean:
        """How a polynomial compares with zero at a root: by the signs of its factors.

        A probability that is a quotient leads to numerator times denominator; each of them is of
        low degree at the root, their product is not.
        """
        constant, powers = sp.factor_list(value)
        for bound in positive:
            sign = {f: k for f, k in ((bound, 1), (-bound, -1)) for f in (sp.expand(f),)}
            constant *= prod(sign[f] ** power for f, power in powers if f in sign)
            powers = [(f, power) for f, power in powers if f not in sign]
        factors = [f for f, power in powers if power % 2]
        squares = [f for f, power in powers if power % 2 == 0]
        if op == "!=":
            return sp.And(*(self.relation(f, "!=", side) for f in (*factors, *squares)))
        apart = sp.And(*(self.relation(f, "!=", side) for f in squares))
        signs = (
            sp.And(*(self.relation(sign * f, op, side) for f, sign in zip(factors, s, strict=True)))
            for s in product((1, -1), repeat=len(factors))
            if prod(s) * constant > 0
        )
        if op == ">":
            return sp.And(apart, sp.Or(*signs))
        return sp.Or(sp.Not(apart), *signs)

    def relation(self, value: Expr, op: str, side: int) -> Boolean:
        """How a polynomial or rational function compares with zero at a root that is real.

        It is u + v sqrt(D) there, up to a positive factor; and this is positive where u and v
        are not negative, or else where the square of the positive one is larger.
        """
        turn = -1 if value.could_extract_minus_sign() else 1
        u, v, inside = _at_larger_root(self, turn * value)
        u, v = turn * u, turn * side * v
        if op == "!=":
            return sp.Or(sp.Ne(inside, 0), sp.Gt(u * v, 0))
        over = RELATIONS[op]
        if v == 0:
            return over(u, 0)
        return sp.Or(
            sp.And(over(u, 0), sp.Ge(v, 0)),
            sp.And(over(u, 0), over(inside, 0)),
            sp.And(sp.Ge(v, 0), over(-inside, 0)),
        )


def _roots_in(*expressions: Expr) -> list[Expr]:
    """The irrational roots of numbers that occur."""
    powers = set().union(*(e.atoms(sp.Pow) for e in expressions))
    return sorted((p for p in powers if p.is_number and not p.is_rational), key=str)


@lru_cache(maxsize=1024)
def _at_larger_root(quadratic: Quadratic, value: Expr) -> tuple[Expr, Expr, Expr]:
    """U, v of the value at the root with +sqrt(D), and what has the sign of u^2 - v^2 D."""
    a, b, c = quadratic.coefficients
    r, s = quadratic._line(value)
    u, v = _polynomials(s - r * b / (2 * a), r / (2 * a))
    top, below = sp.fraction(sp.cancel(sp.together(a * (a * s**2 - r * s * b + r**2 * c))))
    return u, v, sp.expand(_same_sign(top * below))


def _polynomials(u: Expr, v: Expr) -> tuple[Expr, Expr]:
    """Two rational functions over one positive factor, as small as they get."""
    (up, down), (vp, vown) = (sp.fraction(sp.cancel(e)) for e in (u, v))
    below = sp.lcm(down, vown)
    above = [sp.cancel(up * below / down), sp.cancel(vp * below / vown)]
    shared = sp.gcd(*above)
    sign = _same_sign(shared * below)
    first, second = (sp.expand(sign * sp.cancel(e / shared)) for e in above)
    return first, second


def _same_sign(product: Expr) -> Expr:
    """A smaller product that is positive, zero and negative at the same points."""
    constant, factors = sp.factor_list(product)
    return sp.Mul(sp.sign(constant), *(f ** (1 if power % 2 else 2) for f, power in factors))


__all__ = ["Quadratic"]
