"""Normal forms of rational expressions: SymPy's, computed by flint, and kept.

A solver meets the same expressions again and again, and SymPy keeps none of these forms itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import sympy as sp
from flint import Ordering, fmpz_mpoly_ctx
from sympy.polys.orderings import lex
from sympy.polys.polyutils import expr_from_dict

from gametheory_eeu._types import Expr, Symbol

_SIZE = 8192
"""Of each cache: these forms cost more than most questions that are asked about them."""
_MAX_SYMBOLS = 60
_MAX_EXPONENT = 100


class _Quotient(NamedTuple):
    """Two integer polynomials without a common factor."""

    numerator: Any
    denominator: Any


class _NoQuotientError(Exception):
    """An expression that is no quotient of polynomials, with rational coefficients, in symbols."""


@lru_cache(maxsize=_SIZE)
def quotient_form(expression: Expr) -> Expr | None:
    """A quotient of two polynomials without a common factor, as ``sympy.cancel`` writes it.

    None for anything but a rational function of symbols with rational coefficients.
    """
    try:
        ring = _Ring(expression)
        numerator, denominator = ring.quotient(expression)
    except _NoQuotientError:
        return None
    if denominator.leading_coefficient() < 0:
        numerator, denominator = -numerator, -denominator
    return ring.expression(numerator) / ring.expression(denominator)


def cancel(expression: Expr) -> Expr:
    """An expression in lowest terms: what ``sympy.cancel`` returns."""
    if expression.is_Atom:
        return expression
    result = quotient_form(expression)
    return sp.cancel(expression) if result is None else result


@lru_cache(maxsize=_SIZE)
def expand(expression: Expr) -> Expr:
    """The sum of terms that ``sympy.expand`` makes of a polynomial; other things by that."""
    if expression.is_Atom:
        return expression
    try:
        ring = _Ring(expression)
        numerator, denominator = ring.quotient(expression)
    except _NoQuotientError:
        return sp.expand(expression)
    if not denominator.is_constant():
        return sp.expand(expression)
    return ring.expression(numerator, int(denominator.leading_coefficient()))


def factor_list(expression: Expr) -> tuple[Expr, tuple[tuple[Expr, int], ...]]:
    """The constant and the irreducible factors of a polynomial, each with its power.

    In the order of ``sympy.factor_list``.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> factor_list(2 * x**3 - 2 * x * y**2)
    (2, ((x, 1), (x - y, 1), (x + y, 1)))
    """
    result = _factor_list(expression) if expression.is_Add else None
    if result is None:
        constant, factors = sp.factor_list(expression)
        result = constant, tuple((f, int(power)) for f, power in factors)
    return result


@lru_cache(maxsize=_SIZE)
def _factor_list(expression: Expr) -> tuple[Expr, tuple[tuple[Expr, int], ...]] | None:
    try:
        ring = _Ring(expression)
        numerator, denominator = ring.quotient(expression)
    except _NoQuotientError:
        return None
    if not denominator.is_constant() or numerator.is_constant():
        return None
    constant, factors = numerator.factor()
    sign, positive = _positive_factors(factors)
    expressions = [(ring.expression(factor), power) for factor, power in positive]
    value = sp.Rational(sign * int(constant), int(denominator.leading_coefficient()))
    symbols = sp.Mul(*(f**power for f, power in expressions if f.is_Symbol))
    in_product = [arg.as_base_exp()[0] for arg in sp.Mul.make_args(symbols)]
    expressions.sort(key=lambda item: in_product.index(item[0]) if item[0].is_Symbol else -1)
    return value, tuple(sorted(expressions, key=_sympy_order(expressions)))


def _sympy_order(factors: list[tuple[Expr, int]]) -> Callable[[tuple[Expr, int]], Any]:
    """SymPy's sort key: factors that are symbols stand apart, all others have the same symbols."""
    symbols = frozenset().union(*(f.free_symbols for f, _ in factors if not f.is_Symbol))

    def key(item: tuple[Expr, int]) -> tuple[int, int, int, Any]:
        factor, power = item
        gens = (factor,) if factor.is_Symbol else _ordered(symbols)
        dense = sp.Poly(factor, *gens).rep.to_list()
        return len(dense), len(gens), power, dense

    return key


def ring_factor_list(polynomial: Any) -> tuple[Any, list[tuple[Any, int]]]:
    """The constant and the irreducible factors of an element of a SymPy ring.

    In the order of its own ``factor_list``, which is left to SymPy but over whole and rational
    numbers.

    Examples
    --------
    >>> from sympy.polys.rings import ring
    >>> R, x, y = ring("x, y", sp.ZZ)
    >>> ring_factor_list(2 * x**2 * y - 2 * y**3)
    (2, [(y, 1), (x - y, 1), (x + y, 1)])
    """
    ring = polynomial.ring
    domain = ring.domain
    if not (domain.is_ZZ or domain.is_QQ) or len(polynomial) < 2 or ring.order != lex:
        constant, factors = polynomial.factor_list()
        return constant, factors
    denominator, whole = polynomial.clear_denoms()
    context = _context(ring.ngens)
    constant, factors = context.from_dict({m: int(c) for m, c in whole.items()}).factor()
    sign, positive = _positive_factors(factors)
    result = [(_ring_element(factor, ring), power) for factor, power in positive]
    result.sort(key=lambda item: (len(dense := item[0].to_dense()), item[1], dense))
    return domain.quo(domain(sign * int(constant)), domain(int(denominator))), result


def field_element(expression: Expr, field: Any) -> Any:
    """A rational function as an element of a SymPy field, as the field's ``from_expr`` returns it.

    Examples
    --------
    >>> from sympy.polys.fields import field
    >>> F, x, y = field("x, y", sp.ZZ)
    >>> field_element((sp.Symbol("x") + 1) / sp.Symbol("y"), F)
    (x + 1)/y
    """
    domain = field.domain
    if (domain.is_ZZ or domain.is_QQ) and field.order == lex and not expression.is_Atom:
        try:
            ring = _Ring(expression, field.symbols)
            parts = ring.quotient(expression)
        except _NoQuotientError:
            return field.from_expr(expression)
        if parts.denominator.leading_coefficient() < 0:
            parts = _Quotient(-parts.numerator, -parts.denominator)
        return field.raw_new(*(_ring_element(part, field.ring) for part in parts))
    return field.from_expr(expression)


def _positive_factors(factors: list[tuple[Any, Any]]) -> tuple[int, list[tuple[Any, int]]]:
    """Factors with positive leading coefficients, and the sign of what was taken out."""
    sign, positive = 1, []
    for factor, power in factors:
        is_negative = factor.leading_coefficient() < 0
        positive.append((-factor if is_negative else factor, int(power)))
        sign *= (-1) ** int(power) if is_negative else 1
    return sign, positive


def _ring_element(polynomial: Any, ring: Any) -> Any:
    """A polynomial of flint in a SymPy ring."""
    terms = polynomial.to_dict().items()
    return ring.from_dict({tuple(map(int, m)): ring.domain(int(c)) for m, c in terms})


@lru_cache(maxsize=64)
def _context(count: int) -> Any:
    return fmpz_mpoly_ctx.get(tuple(f"x{k}" for k in range(count)), Ordering.lex)


class _Ring:
    """The polynomials in the symbols of an expression, in SymPy's order."""

    def __init__(self, expression: Expr, symbols: tuple[Symbol, ...] | None = None) -> None:
        if symbols is None:
            symbols = _ordered(frozenset(expression.free_symbols))
        if not symbols or len(symbols) > _MAX_SYMBOLS:
            raise _NoQuotientError
        self.symbols = symbols
        self.context = _context(len(symbols))
        self.one = self.context.constant(1)
        generators = zip(self.symbols, self.context.gens(), strict=True)
        self.known: dict[Expr, _Quotient] = {s: _Quotient(x, self.one) for s, x in generators}

    def quotient(self, expression: Expr) -> _Quotient:
        result = self.known.get(expression)
        if result is None:
            result = self.known[expression] = self._quotient(expression)
        return result

    def _quotient(self, expression: Expr) -> _Quotient:
        if expression.is_Rational:
            return _Quotient(*map(self.context.constant, (int(expression.p), int(expression.q))))
        if expression.is_Add:
            return self._sum([self.quotient(term) for term in expression.args])
        if expression.is_Mul:
            result = _Quotient(self.one, self.one)
            for factor in expression.args:
                result = _product(result, self.quotient(factor))
            return result
        if expression.is_Pow and expression.exp.is_Integer:
            exponent = int(expression.exp)
            if abs(exponent) <= _MAX_EXPONENT:
                numerator, denominator = self.quotient(expression.base)
                if exponent < 0:
                    numerator, denominator = denominator, numerator
                if not denominator.is_zero():
                    return _Quotient(numerator ** abs(exponent), denominator ** abs(exponent))
        raise _NoQuotientError

    def _sum(self, terms: list[_Quotient]) -> _Quotient:
        """The sum over the least common denominator, in lowest terms."""
        common = self.one
        for _, denominator in terms:
            if denominator != common:
                common *= _exact(denominator, common.gcd(denominator))
        total = self.context.constant(0)
        for numerator, denominator in terms:
            total += numerator if denominator == common else numerator * _exact(common, denominator)
        return _lowest_terms(total, common)

    def expression(self, polynomial: Any, divisor: int = 1) -> Expr:
        terms = {
            tuple(map(int, exponents)): sp.Rational(int(coefficient), divisor)
            for exponents, coefficient in polynomial.to_dict().items()
        }
        return expr_from_dict(terms, *self.symbols)


def _product(first: _Quotient, second: _Quotient) -> _Quotient:
    one = _lowest_terms(first.numerator, second.denominator)
    other = _lowest_terms(second.numerator, first.denominator)
    return _Quotient(one.numerator * other.numerator, one.denominator * other.denominator)


def _lowest_terms(numerator: Any, denominator: Any) -> _Quotient:
    if denominator.is_one():
        return _Quotient(numerator, denominator)
    divisor = numerator.gcd(denominator)
    return _Quotient(_exact(numerator, divisor), _exact(denominator, divisor))


def _exact(dividend: Any, divisor: Any) -> Any:
    """A quotient known to be a polynomial."""
    return dividend if divisor.is_one() else divmod(dividend, divisor)[0]


@lru_cache(maxsize=1024)
def _ordered(symbols: frozenset[Symbol]) -> tuple[Symbol, ...]:
    if not symbols:
        return ()
    gens: tuple[Symbol, ...] = sp.Poly(sp.Add(*symbols)).gens
    return gens


@lru_cache(maxsize=_SIZE)
def factorization(expression: Expr) -> Expr:
    """The product of irreducible factors.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> factorization(x**2 - y**2)
    (x - y)*(x + y)
    """
    return sp.factor(expression)


@lru_cache(maxsize=_SIZE)
def irreducible_factors(expression: Expr) -> tuple[Expr, ...]:
    """The irreducible factors of a polynomial, each once, without its constant.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> irreducible_factors(3 * x**2 * (x - y))
    (x, x - y)
    """
    return tuple(f for f, _ in factor_list(expression)[1])


@lru_cache(maxsize=_SIZE)
def lowest_terms(expression: Expr) -> tuple[Expr, Expr]:
    """The numerator and the denominator without a common factor.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> lowest_terms(x / (x - y) + y / (y - x))
    (1, 1)
    """
    quotient = quotient_form(expression)
    if quotient is None:
        quotient = sp.cancel(sp.together(expression))
    numerator, denominator = sp.fraction(quotient)
    return numerator, denominator


def has_quotient(expression: Expr) -> bool:
    """Whether a symbol is in a denominator.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> has_quotient(x / 2), has_quotient(2 / x)
    (False, True)
    """
    return any(p.exp.is_negative and p.base.free_symbols for p in expression.atoms(sp.Pow))


@lru_cache(maxsize=_SIZE)
def common_denominator(expression: Expr) -> tuple[Expr, Expr]:
    """A numerator and a denominator, which may have a common factor.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> common_denominator(x / y + 1)
    (x + y, y)
    """
    numerator, denominator = sp.fraction(sp.together(expression))
    return numerator, denominator
