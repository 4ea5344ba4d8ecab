"""How large a problem may be: everything that is given is counted here before work begins.

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
    """How many of something there may be, and what to do instead of having more."""

    noun: str
    most: int
    instead: str


_LETTER = "write one symbol for it, and say in given= what is known of the symbol"
CHARACTERS = Limit("characters", 20_000, "write it shorter, or give a SymPy expression")
NESTING = Limit("levels of nesting", 150, _LETTER)
OPERATIONS = Limit("operations", 20_000, _LETTER)
DIGITS = Limit("digits", 4_000, "measure in a larger unit, or round it")
CONDITIONS = Limit("conditions", 2_000, "leave out those that follow from others")
MEMBERS = Limit("names", 200, "leave members= out: their number is then a symbol")
PAYOFFS = Limit("payoffs", 500_000, "leave out dominated actions, or take fewer players")

# Of the payoffs of a game that is solved with symbols.
DEGREE = Limit("as its degree", 200, _LETTER)
TERMS = Limit("terms once it is multiplied out", 600, _LETTER)
_FEWER = "write one symbol for a sum of them, or give values to some with .at(...)"
SYMBOLS = Limit("symbols", 60, _FEWER)
SYMBOLS_WHEN_PURE = Limit("symbols", 300, _FEWER)
SYMBOLS_OF_A_STATEMENT = Limit("symbols", 100, "write one symbol for a sum of them")


def check_count(what: str, count: int, limit: Limit) -> None:
    """Refuse a count above its limit.

    Raises
    ------
    TooLargeError

    Examples
    --------
    >>> check_count("members=", 5000, MEMBERS)
    Traceback (most recent call last):
        ...
    gametheory_eeu.errors.TooLargeError: members= has 5000 names, above the limit of 200; leave members= out: their number is then a symbol
    """  # noqa: E501
    if count > limit.most:
        raise TooLargeError(
            f"{what} has {counted(count)} {limit.noun}, above the limit of {limit.most}; "
            f"{limit.instead}"
        )


def counted(count: int) -> str:
    """A count as it is told: in full, or as a power of ten where that would fill a line.

    Examples
    --------
    >>> counted(5000), counted(10**30)
    ('5000', 'about 10^30')
    """
    return str(count) if count < 10**12 else f"about 10^{digits(count) - 1}"


def digits(number: int) -> int:
    """How many decimal digits a whole number has, without writing them.

    Examples
    --------
    >>> digits(999), digits(10**6000)
    (3, 6001)
    """
    return int(log10(abs(number))) + 1 if number else 1


def check_expression(what: str, expression: sp.Basic) -> None:
    """Refuse an expression that is too deep, too long, or has too long a number.

    Raises
    ------
    TooLargeError
    """
    try:
        depth, operations, longest = _remembered(expression)
    except RecursionError:  # in the hash of what SymPy never looked at
        depth, operations, longest = _measured(expression)
    check_count(what, depth, NESTING)
    check_count(what, operations, OPERATIONS)
    check_count(f"a number in {what}", longest, DIGITS)


@lru_cache(maxsize=32768)
def _remembered(expression: sp.Basic) -> tuple[int, int, int]:
    return _measured(expression)


def _measured(expression: sp.Basic) -> tuple[int, int, int]:
    """Depth, number of parts, digits of the longest number; not counted further than the limits."""
    left, operations, deepest, longest = [(expression, 1)], 0, 0, 1
    while left and operations <= OPERATIONS.most:
        node, depth = left.pop()
        operations, deepest = operations + 1, max(deepest, depth)
        if isinstance(node, sp.Rational):
            longest = max(longest, digits(int(node.p)), digits(int(node.q)))
        left += [(part, depth + 1) for part in node.args]
    return deepest, operations, longest


class Expanded(NamedTuple):
    """A bound on the degree of an expression, and on its terms, once it is multiplied out."""

    degree: int
    terms: int


def expanded(expression: Expr) -> Expanded:
    """What an expression becomes when it is multiplied out, without doing it.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> expanded((x + y + 1) ** 10)
    Expanded(degree=10, terms=66)
    """
    if expression.is_Add:
        parts = [expanded(part) for part in expression.args]
        return Expanded(max(p.degree for p in parts), sum(p.terms for p in parts))
    if expression.is_Mul:
        return _product([expanded(part) for part in expression.args])
    if expression.is_Pow and expression.exp.is_Integer:
        base, power = expanded(expression.base), abs(int(expression.exp))
        return Expanded(base.degree * power, _of_power(base.terms, power))
    inner = [expanded(part) for part in expression.args]
    most = max((p.terms for p in inner), default=1)
    return Expanded(max([int(bool(expression.free_symbols)), *(p.degree for p in inner)]), most)


def _product(parts: Iterable[Expanded]) -> Expanded:
    degree, terms = 0, 1
    for part in parts:
        degree, terms = degree + part.degree, min(terms * part.terms, 10**12)
    return Expanded(degree, terms)


def _of_power(terms: int, power: int) -> int:
    """Ways to take so many factors, in any order, from so many terms."""
    few = min(terms - 1, power)
    return 1 if few == 0 else comb(power + terms - 1, few) if few < 200 else 10**12


def check_solvable(what: str, payoffs: Iterable[tuple[str, Expr]], limit: Limit = SYMBOLS) -> None:
    """Refuse payoffs that no method can take apart: many symbols, high degrees, many terms.

    Parameters
    ----------
    what : str
        The game, for the error.
    payoffs : pairs of what a payoff is called and the payoff
    limit : Limit
        On the symbols of all together.

    Raises
    ------
    TooLargeError
    """
    symbols: set[sp.Symbol] = set()
    seen: set[Expr] = set()
    for name, payoff in payoffs:
        if payoff in seen or payoff.is_Rational:
            continue
        seen.add(payoff)
        found = expanded(payoff)
        check_count(f"the {name}", found.degree, DEGREE)
        check_count(f"the {name}", found.terms, TERMS)
        symbols |= payoff.free_symbols
    check_count(what, len(symbols), limit)


__all__ = [
    "CHARACTERS", "CONDITIONS", "DEGREE", "DIGITS", "Limit", "MEMBERS", "NESTING",
    "OPERATIONS", "PAYOFFS", "SYMBOLS", "SYMBOLS_OF_A_STATEMENT",
    "SYMBOLS_WHEN_PURE", "TERMS", "check_count", "check_expression",
    "check_solvable", "counted", "digits", "expanded",
]  # fmt: skip
