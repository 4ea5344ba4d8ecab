"""Logarithms, exponentials and pi as unknowns that obey what is known of them.

A claim proved for *every* value such an unknown may take is proved for its own value; the converse
does not hold, so nothing is ever refuted this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.logic.proving import holds
from gametheory_eeu.space import Space

_READ = (sp.log, sp.exp, sp.erfinv)


@dataclass(frozen=True)
class Relaxation:
    """An expression over a wider space, with unknowns in place of transcendental values."""

    expression: Expr
    space: Space
    stands_for: dict[Symbol, Expr]

    def restored(self, expression: Expr) -> Expr:
        """An expression in the unknowns, in its own terms again."""
        for symbol, value in reversed(self.stands_for.items()):
            expression = expression.xreplace({symbol: value})
        return expression


def is_transcendental(expression: Expr | Boolean) -> bool:
    """Whether logarithms, exponentials, the inverse error function or pi occur."""
    return bool(expression.has(sp.pi, *_READ))


def relaxed(expression: Expr, space: Space) -> Relaxation:
    """The expression and the space with unknowns for what is transcendental, innermost first.

    Of ``L = log(y)``: ``1 - 1/y < L < y - 1`` unless ``y = 1``, where ``L = 0``; of two of them,
    the order of their arguments. Of ``E = exp(y)``: ``E > 0``, ``E >= 1 + y``. Of the inverse
    error function: its sign.

    Raises
    ------
    UnsupportedError
        An argument that is not proved to lie where the function is defined.
    """
    found: dict[Symbol, Expr] = {}
    pieces: list[Expr] = [expression, *space.constraints]
    known: list[Boolean] = []
    while True:
        inner = next(_innermost(pieces), None)
        if inner is None:
            break
        symbol = sp.Dummy(f"t{len(found)}", real=True)
        own = [c for c in pieces[1:] if not is_transcendental(c)]
        _check_defined(inner, Space.of(*own, *known, symbols=space.symbols))
        pieces = [piece.xreplace({inner: symbol}) for piece in pieces]
        known += _facts(symbol, inner)
        known += _orders(symbol, inner, found)
        found[symbol] = inner
    return Relaxation(pieces[0], Space.of(*pieces[1:], *known, symbols=space.symbols), found)


def _innermost(pieces: list[Expr]) -> Iterator[Expr]:
    for piece in pieces:
        atoms = piece.atoms(*_READ) | ({sp.pi} if piece.has(sp.pi) else set())
        for atom in sorted(atoms, key=lambda a: (sp.count_ops(a), sp.default_sort_key(a))):
            if not any(is_transcendental(argument) for argument in atom.args):
                yield atom


def _check_defined(atom: Expr, space: Space) -> None:
    if isinstance(atom, sp.log):
        inside = sp.Gt(atom.args[0], 0, evaluate=False)
    elif isinstance(atom, sp.erfinv):
        inside = sp.And(atom.args[0] < 1, atom.args[0] > -1)
    else:
        return
    if not holds(inside, space):
        raise UnsupportedError(f"{atom} is not proved to be defined everywhere on the space")


def _facts(symbol: Symbol, atom: Expr) -> list[Boolean]:
    if atom == sp.pi:
        return [symbol > sp.Rational(333, 106), symbol < sp.Rational(355, 113)]
    (y,) = atom.args
    if isinstance(atom, sp.log):
        at_one = sp.And(sp.Eq(y, 1), sp.Eq(symbol, 0))
        return [sp.Or(at_one, sp.And(sp.Ne(y, 1), symbol > 1 - 1 / y, symbol < y - 1))]
    if isinstance(atom, sp.exp):
        return [symbol > 0, symbol >= 1 + y]
    return [_same_order(symbol, sp.Integer(0), y, sp.Integer(0))]


def _orders(symbol: Symbol, atom: Expr, found: dict[Symbol, Expr]) -> list[Boolean]:
    """Each of the functions rises: two values are ordered as their arguments are."""
    if not atom.args:
        return []
    (y,) = atom.args
    same = [(other, at) for other, at in found.items() if at.func == atom.func and at.args]
    return [_same_order(symbol, other, y, at.args[0]) for other, at in same]


def _same_order(a: Expr, b: Expr, x: Expr, y: Expr) -> Boolean:
    cases = ((a < b, x < y), (a > b, x > y), (sp.Eq(a, b), sp.Eq(x, y)))
    return sp.Or(*(sp.And(*case) for case in cases))


__all__ = ["Relaxation", "is_transcendental", "relaxed"]
