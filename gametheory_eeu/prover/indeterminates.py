"""Indeterminates of a statement, and the natural domains of expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.functions.declaration import Unspecified
from gametheory_eeu.prover.transcendentals import is_atom

CASE_FUNCTIONS = (sp.Abs, sp.Max, sp.Min, sp.sign, sp.Piecewise)
_SIGN_ASSUMPTIONS = (("positive", sp.Gt), ("negative", sp.Lt), ("zero", sp.Eq),
          ("nonnegative", sp.Ge), ("nonpositive", sp.Le), ("nonzero", sp.Ne))  # fmt: skip


def unknowns(statements: Iterable[Boolean | Expr]) -> dict[Expr, str]:
    """The names of all symbols and of all subexpressions that need an unknown of their own."""
    nodes = dict.fromkeys(node for s in statements for node in _subexpressions(s))
    symbols = sorted((n for n in nodes if isinstance(n, sp.Symbol)), key=lambda s: s.name)
    names = {s: _smt_name(s, index) for index, s in enumerate(symbols)}
    keys = dict.fromkeys(key for n in nodes if (key := unknown_key(n)) is not None)
    return names | {key: f"u{index}" for index, key in enumerate(keys)}


def unknown_key(node: Expr) -> Expr | None:
    """The expression of a node's unknown: b**(1/q) for b**(p/q); None without unknown."""
    if isinstance(node, sp.Pow) and isinstance(node.exp, sp.Rational) and node.exp.q > 1:
        return sp.Pow(node.base, sp.Rational(1, node.exp.q), evaluate=False)
    return node if isinstance(node, (*CASE_FUNCTIONS, sp.CRootOf)) or is_atom(node) else None


def cases(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    """The values of a node, each with its condition; where two conditions hold they agree."""
    if isinstance(node, sp.Piecewise):
        negations: list[Boolean] = []
        for value, condition in node.args:
            yield sp.And(*negations, condition, evaluate=False), value
            negations.append(sp.Not(condition, evaluate=False))
    elif isinstance(node, (sp.Max, sp.Min)):
        relation = sp.Ge if isinstance(node, sp.Max) else sp.Le
        for value in node.args:
            relations = (relation(value, o, evaluate=False) for o in node.args if o != value)
            yield sp.And(*relations, evaluate=False), value
    else:
        (argument,) = node.args
        negative = sp.Mul(-1, argument, evaluate=_is_polynomial(argument))
        values = (1, -1, 0) if isinstance(node, sp.sign) else (argument, negative, 0)
        for value, relation in zip(map(sp.sympify, values), (sp.Gt, sp.Lt, sp.Eq), strict=True):
            yield relation(argument, 0, evaluate=False), value


def _is_polynomial(expr: Expr) -> bool:
    """Whether SymPy may rewrite it and nothing is lost: no denominator, no root, no case."""
    types = (sp.Symbol, sp.Rational, sp.Add, sp.Mul)
    return all(isinstance(n, types) or (n.is_Pow and n.exp.is_Integer and n.exp.is_positive)
               for n in sp.preorder_traversal(expr))  # fmt: skip


def assumptions(symbol: Symbol) -> list[Boolean]:
    """A symbol's own assumptions as relations; an integer is relaxed to a real number."""
    relations = [relation(symbol, 0, evaluate=False) for name, relation in _SIGN_ASSUMPTIONS
             if getattr(symbol, f"is_{name}")]  # fmt: skip
    if symbol.is_integer and symbol.is_positive:
        relations.append(sp.Ge(symbol, 1, evaluate=False))
    if symbol.is_integer and symbol.is_negative:
        relations.append(sp.Le(symbol, -1, evaluate=False))
    return relations


def is_relaxed(symbol: Symbol) -> bool:
    """Whether a symbol's assumptions say more than the solver knows."""
    kinds = (symbol.is_integer, symbol.is_rational, symbol.is_algebraic)
    return any(kind is not None for kind in kinds)


def _subexpressions(expr: Expr) -> Iterator[Expr]:
    yield expr
    if isinstance(expr, sp.CRootOf):
        return
    for part in expr.args:
        yield from _subexpressions(part)


def _smt_name(symbol: Symbol, index: int) -> str:
    """An SMT-LIB name that no solver reserves: ``$mu``; odd names become ``$`` and a number."""
    is_identifier = re.fullmatch(r"[A-Za-z_]\w*(\.\w+)*", symbol.name, re.ASCII)
    return f"${symbol.name}" if is_identifier else f"${index}"


def unsupported_error(expr: Expr) -> UnsupportedError:
    """The error for an expression outside what can be decided, naming the function."""
    name = getattr(getattr(expr, "func", None), "__name__", type(expr).__name__)
    if isinstance(expr, Unspecified):
        return UnsupportedError(
            f"an unspecified function cannot be used in this: {expr}; it can in prove, sign, "
            "simplify, comparative_statics, and in what finite games pay, with solve and verify. "
            f"Otherwise put an actual function in the place of {expr.declaration.name}"
        )
    return UnsupportedError(
        f"the prover does not decide {name}, as in {expr}; it reads + - * /, powers, log, exp, "
        "erfinv, Abs, Min, Max, sign and Piecewise of real expressions"
    )


_TOTAL_FUNCTIONS = (
    sp.Add, sp.Mul, sp.Abs, sp.Max, sp.Min, sp.sign, sp.exp, sp.erf, sp.erfc, sp.sin, sp.cos,
    sp.atan, sp.sinh, sp.cosh, sp.tanh, sp.asinh,
)  # fmt: skip
"""Functions with a value wherever their arguments have one."""


@lru_cache(maxsize=4096)
def natural_domain(expression: Expr) -> Boolean:
    """The condition under which every part of an expression is a real number.

    A derivative does not tell: that of ``log(y)`` has values where ``log(y)`` has none.

    Raises
    ------
    UnsupportedError
        A function whose domain is not known here.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> natural_domain(sp.log(x) + sp.sqrt(y)) == sp.And(x > 0, y >= 0)
    True
    """
    return sp.And(*_domain_conditions(expression))


def _domain_conditions(expression: Expr) -> Iterator[Boolean]:
    if isinstance(expression, sp.Piecewise):
        yield _piecewise_domain(expression)
        return
    for part in expression.args:
        yield natural_domain(part)
    if isinstance(expression, sp.Pow):
        yield _power_domain(expression.base, expression.exp)
    elif isinstance(expression, sp.log):
        yield sp.Gt(expression.args[0], 0)
    elif isinstance(expression, Unspecified):
        yield sp.And(*expression.domain_conditions())
    elif isinstance(expression, sp.erfinv):
        yield sp.And(sp.Gt(expression.args[0], -1), sp.Lt(expression.args[0], 1))
    elif expression.args and not isinstance(
        expression, (*_TOTAL_FUNCTIONS, sp.CRootOf, sp.logic.boolalg.Boolean)
    ):
        raise unsupported_error(expression)


def _power_domain(base: Expr, exponent: Expr) -> Boolean:
    """The domain of a power: a root needs a base >= 0; ``0**0`` is 1 where it is so written."""
    if exponent.is_Integer:
        return sp.Ne(base, 0) if exponent.is_negative else sp.true
    if exponent.is_Rational:
        return sp.Gt(base, 0) if exponent.is_negative else sp.Ge(base, 0)
    at_zero = sp.And(sp.Eq(base, 0), sp.Gt(exponent, 0))
    return sp.Or(sp.Ne(base, 0) if exponent.is_integer else sp.Gt(base, 0), at_zero)


def _piecewise_domain(piecewise: Expr) -> Boolean:
    """The domain of a Piecewise: the first true case and the conditions up to it have values."""
    alternatives: list[Boolean] = []
    premises: list[Boolean] = []
    for value, condition in piecewise.args:
        premises.append(natural_domain(condition))
        alternatives.append(sp.And(*premises, condition, natural_domain(value)))
        premises.append(sp.to_nnf(sp.Not(condition), simplify=False))
    is_total = all(natural_domain(part) == sp.true for pair in piecewise.args for part in pair)
    if is_total and piecewise.args[-1][1] == sp.true:
        return sp.true
    return sp.Or(*alternatives)
