"""Size limits of problems, checked before any work begins.

A limit has a noun, a number and what to do instead; each refusal reads "… has 12 symbols, above
the limit of 10; …". What is counted is the text or the expression as it stands, never what becomes
of it, so that counting is quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import comb, log10
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.errors import TooLargeError


class Limit(NamedTuple):
    """An upper limit on a count, with advice for larger problems."""

    noun: str
    most: int
    instead: str


_USE_A_SYMBOL = "write one symbol for it, and say in given= what is known of the symbol"
NESTING = Limit("levels of nesting", 150, _USE_A_SYMBOL)
OPERATIONS = Limit("operations", 20_000, _USE_A_SYMBOL)
DIGITS = Limit("digits", 4_000, "measure in a larger unit, or round it")
CONDITIONS = Limit("conditions", 2_000, "leave out those that follow from others")
MEMBERS = Limit("names", 200, "leave members= out: their number is then a symbol")
PAYOFFS = Limit("payoffs", 500_000, "leave out dominated actions, or take fewer players")

# Of the payoffs of a game that is solved with symbols.
DEGREE = Limit("as its degree", 200, _USE_A_SYMBOL)
TERMS = Limit("terms once it is multiplied out", 600, _USE_A_SYMBOL)
_FEWER_SYMBOLS = "write one symbol for a sum of them, or give values to some with .at(...)"
SYMBOLS = Limit("symbols", 60, _FEWER_SYMBOLS)
PURE_SYMBOLS = Limit("symbols", 300, _FEWER_SYMBOLS)
STATEMENT_SYMBOLS = Limit("symbols", 100, "write one symbol for a sum of them")


def check_count(label: str, count: int, limit: Limit) -> None:
    """Refuse a count above its limit (TooLargeError).

    Examples
    --------
    >>> check_count("members=", 5000, MEMBERS)
    Traceback (most recent call last):
        ...
    gametheory_eeu.errors.TooLargeError: members= has 5000 names, above the limit of 200; leave members= out: their number is then a symbol
    """  # noqa: E501
    if count > limit.most:
        raise TooLargeError(
            f"{label} has {count_text(count)} {limit.noun}, above the limit of {limit.most}; "
            f"{limit.instead}"
        )


def count_text(count: int) -> str:
    """A count as text: in full, or as a power of ten where it is very large.

    Examples
    --------
    >>> count_text(5000), count_text(10**30)
    ('5000', 'about 10^30')
    """
    return str(count) if count < 10**12 else f"about 10^{digit_count(count) - 1}"


def digit_count(number: int) -> int:
    """The number of decimal digits of an integer."""
    return int(log10(abs(number))) + 1 if number else 1


def check_expression(label: str, expression: sp.Basic) -> None:
    """Refuse an expression that is too deep, too long, or has too long a number (TooLargeError)."""
    try:
        depth, operations, max_digits = _cached_size(expression)
    except RecursionError:  # in the hash of what SymPy never looked at
        depth, operations, max_digits = _size(expression)
    check_count(label, depth, NESTING)
    check_count(label, operations, OPERATIONS)
    check_count(f"a number in {label}", max_digits, DIGITS)


@lru_cache(maxsize=32768)
def _cached_size(expression: sp.Basic) -> tuple[int, int, int]:
    return _size(expression)


def _size(expression: sp.Basic) -> tuple[int, int, int]:
    """Depth, number of nodes and digits of the longest number, counted up to the limits."""
    stack, operations, max_depth, max_digits = [(expression, 1)], 0, 0, 1
    while stack and operations <= OPERATIONS.most:
        node, depth = stack.pop()
        operations, max_depth = operations + 1, max(max_depth, depth)
        if isinstance(node, sp.Rational):
            max_digits = max(max_digits, digit_count(int(node.p)), digit_count(int(node.q)))
        stack += [(argument, depth + 1) for argument in node.args]
    return max_depth, operations, max_digits


class ExpansionSize(NamedTuple):
    """Upper bounds on the degree and on the number of terms of an expanded expression."""

    degree: int
    terms: int


def expansion_size(expression: Expr) -> ExpansionSize:
    """Bound the size of an expression's expansion without expanding it."""
    if expression.is_Add:
        parts = [expansion_size(argument) for argument in expression.args]
        return ExpansionSize(max(p.degree for p in parts), sum(p.terms for p in parts))
    if expression.is_Mul:
        return _product_size([expansion_size(argument) for argument in expression.args])
    if expression.is_Pow and expression.exp.is_Integer:
        base, power = expansion_size(expression.base), abs(int(expression.exp))
        return ExpansionSize(base.degree * power, _power_terms(base.terms, power))
    sizes = [expansion_size(argument) for argument in expression.args]
    max_terms = max((p.terms for p in sizes), default=1)
    return ExpansionSize(
        max([int(bool(expression.free_symbols)), *(p.degree for p in sizes)]), max_terms
    )


def _product_size(parts: Iterable[ExpansionSize]) -> ExpansionSize:
    degree, terms = 0, 1
    for factor in parts:
        degree, terms = degree + factor.degree, min(terms * factor.terms, 10**12)
    return ExpansionSize(degree, terms)


def _power_terms(terms: int, power: int) -> int:
    """The number of monomials of a power of a sum: multisets of its terms."""
    smaller = min(terms - 1, power)
    return 1 if smaller == 0 else comb(power + terms - 1, smaller) if smaller < 200 else 10**12


def check_solvable(what: str, payoffs: Iterable[tuple[str, Expr]], limit: Limit = SYMBOLS) -> None:
    """Refuse payoffs with too many symbols, too high degrees or too many terms (TooLargeError).

    Payoffs come with their names, ``what`` names the game; the limit is on the symbols of all
    together.
    """
    symbols: set[sp.Symbol] = set()
    seen: set[Expr] = set()
    for name, payoff in payoffs:
        if payoff in seen or payoff.is_Rational:
            continue
        seen.add(payoff)
        size = expansion_size(payoff)
        check_count(f"the {name}", size.degree, DEGREE)
        check_count(f"the {name}", size.terms, TERMS)
        symbols |= payoff.free_symbols
    check_count(what, len(symbols), limit)
