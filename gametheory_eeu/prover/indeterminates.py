"""What a statement speaks of: its symbols, and the subexpressions that are not polynomial."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.transcendentals import is_atom

BY_CASES = (sp.Abs, sp.Max, sp.Min, sp.sign, sp.Piecewise)
_SIGNS = (("positive", sp.Gt), ("negative", sp.Lt), ("zero", sp.Eq),
          ("nonnegative", sp.Ge), ("nonpositive", sp.Le), ("nonzero", sp.Ne))  # fmt: skip


def unknowns(statements: Iterable[Boolean | Expr]) -> dict[Expr, str]:
    """Every symbol, and every subexpression that needs an unknown of its own, with its name."""
    nodes = dict.fromkeys(node for s in statements for node in _nodes(s))
    symbols = sorted((n for n in nodes if isinstance(n, sp.Symbol)), key=lambda s: s.name)
    names = {s: _name(s, place) for place, s in enumerate(symbols)}
    others = dict.fromkeys(key for n in nodes if (key := unknown_of(n)) is not None)
    return names | {key: f"u{place}" for place, key in enumerate(others)}


def unknown_of(node: Expr) -> Expr | None:
    """What the node's unknown stands for: the root b**(1/q) for b**(p/q); None without unknown."""
    if isinstance(node, sp.Pow) and isinstance(node.exp, sp.Rational) and node.exp.q > 1:
        return sp.Pow(node.base, sp.Rational(1, node.exp.q), evaluate=False)
    return node if isinstance(node, (*BY_CASES, sp.CRootOf)) or is_atom(node) else None


def cases(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    """A node's values, each where its condition is true; where two are true they agree."""
    if isinstance(node, sp.Piecewise):
        earlier: list[Boolean] = []
        for value, condition in node.args:
            yield sp.And(*earlier, condition, evaluate=False), value
            earlier.append(sp.Not(condition, evaluate=False))
    elif isinstance(node, (sp.Max, sp.Min)):
        relation = sp.Ge if isinstance(node, sp.Max) else sp.Le
        for value in node.args:
            others = (relation(value, o, evaluate=False) for o in node.args if o != value)
            yield sp.And(*others, evaluate=False), value
    else:
        (argument,) = node.args
        negative = sp.Mul(-1, argument, evaluate=_is_polynomial(argument))
        values = (1, -1, 0) if isinstance(node, sp.sign) else (argument, negative, 0)
        for value, relation in zip(map(sp.sympify, values), (sp.Gt, sp.Lt, sp.Eq), strict=True):
            yield relation(argument, 0, evaluate=False), value


def _is_polynomial(expr: Expr) -> bool:
    """Whether SymPy may rewrite it and nothing is lost: no denominator, no root, no case."""
    known = (sp.Symbol, sp.Rational, sp.Add, sp.Mul)
    return all(isinstance(n, known) or (n.is_Pow and n.exp.is_Integer and n.exp.is_positive)
               for n in sp.preorder_traversal(expr))  # fmt: skip


def assumptions(symbol: Symbol) -> list[Boolean]:
    """A symbol's own assumptions as relations; an integer is relaxed to a real number."""
    found = [relation(symbol, 0, evaluate=False) for name, relation in _SIGNS
             if getattr(symbol, f"is_{name}")]  # fmt: skip
    if symbol.is_integer and symbol.is_positive:
        found.append(sp.Ge(symbol, 1, evaluate=False))
    if symbol.is_integer and symbol.is_negative:
        found.append(sp.Le(symbol, -1, evaluate=False))
    return found


def is_relaxed(symbol: Symbol) -> bool:
    """Whether the solver knows less of a symbol than its assumptions say."""
    kinds = (symbol.is_integer, symbol.is_rational, symbol.is_algebraic)
    return any(kind is not None for kind in kinds)


def _nodes(expr: Expr) -> Iterator[Expr]:
    yield expr
    if isinstance(expr, sp.CRootOf):
        return
    for part in expr.args:
        yield from _nodes(part)


def _name(symbol: Symbol, place: int) -> str:
    """A name no solver has a use for: ``$mu``; odd names become ``$`` and a number."""
    plain = re.fullmatch(r"[A-Za-z_]\w*(\.\w+)*", symbol.name, re.ASCII)
    return f"${symbol.name}" if plain else f"${place}"


def unsupported(expr: Expr) -> UnsupportedError:
    """The error for an expression outside what can be decided, naming the function."""
    what = getattr(getattr(expr, "func", None), "__name__", type(expr).__name__)
    return UnsupportedError(
        f"the prover does not decide {what}, as in {expr}; it reads + - * /, powers, log, exp, "
        "erfinv, Abs, Min, Max, sign and Piecewise of real expressions"
    )


__all__ = [
    "BY_CASES",
    "assumptions",
    "cases",
    "is_relaxed",
    "unknown_of",
    "unknowns",
    "unsupported",
]
