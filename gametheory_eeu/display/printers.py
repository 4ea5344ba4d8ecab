"""Expressions, conditions and numbers: as exact text, for readers, and in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import precedence
from sympy.printing.str import StrPrinter

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.grammar import written_name
from gametheory_eeu.display.notation import symbol_latex, symbol_text
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover.merge_relations import solved

_RELATIONS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STAR = "\0"
_LONGEST_EXACT = 10  # in characters
_LONGEST_BITS = 64
_TINY, _HUGE = sp.Rational(1, 10**4), 10**15
"""Numbers outside are written with a power of ten."""


def plain(expression: Expr) -> str:
    """Text that :func:`gametheory_eeu.parse` reads back to the same expression."""
    return str(_Plain().doprint(expression))


def unicode(expression: Expr) -> str:
    """Text for a reader: ``μ ≤ 1/2``, what is linear in one symbol solved for it."""
    return str(_Unicode().doprint(solved(expression))).replace("*", "·").replace(_STAR, "*")


def latex(expression: Expr) -> str:
    r"""LaTeX: ``\mu \leq \frac{1}{2}``, what is linear in one symbol solved for it."""
    return str(_Latex().doprint(solved(expression)))


class _Plain(StrPrinter):  # type: ignore[misc]  # SymPy is untyped
    """SymPy's own text, but with the operators and the names of the library's grammar."""

    def _print_Symbol(self, symbol: Expr) -> str:
        return written_name(symbol.name)

    def _print_Relational(self, relation: Expr) -> str:
        return f"{self._print(relation.lhs)} {relation.rel_op} {self._print(relation.rhs)}"

    def _print_And(self, condition: Expr) -> str:
        return " and ".join(map(self._clause, _in_order(condition)))

    def _print_Or(self, condition: Expr) -> str:
        return " or ".join(map(self._clause, _in_order(condition)))

    def _print_Not(self, condition: Expr) -> str:
        return f"not ({self._print(condition.args[0])})"

    def _print_Implies(self, condition: Expr) -> str:
        return " => ".join(f"({self._print(part)})" for part in condition.args)

    def _clause(self, part: Any) -> str:
        printed = self._print(part)
        return str(printed) if isinstance(part, (Relational, sp.Symbol)) else f"({printed})"


class _PositiveFirst:
    """Sums that begin with a positive term, as people write them."""

    def _as_ordered_terms(self, expr: Expr, order: str | None = None) -> list[Expr]:
        terms = super()._as_ordered_terms(expr, order=order)  # type: ignore[misc]
        return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))


class _Unicode(_PositiveFirst, _Plain):
    """Greek letters, ≤, superscripts, a dot for products."""

    def _print_Symbol(self, symbol: Expr) -> str:
        return symbol_text(symbol.name).replace("*", _STAR)  # The star of mu* is no product.

    def _print_Relational(self, relation: Expr) -> str:
        sides = self._print(relation.lhs), self._print(relation.rhs)
        return f" {_RELATIONS[relation.rel_op]} ".join(sides)

    def _print_And(self, condition: Expr) -> str:
        return " and ".join(map(self._clause, _chained(condition)))

    def _clause(self, part: Any) -> str:
        if not isinstance(part, tuple):
            return super()._clause(part)
        rest = (f" {_RELATIONS[_at_most(link)]} {self._print(link.gts)}" for link in part)
        return f"{self._print(part[0].lts)}{''.join(rest)}"

    def _print_BooleanTrue(self, _: Expr) -> str:
        return "always"

    def _print_BooleanFalse(self, _: Expr) -> str:
        return "never"

    def _print_Max(self, expression: Expr) -> str:
        return f"{expression.func.__name__.lower()}({', '.join(map(self._print, expression.args))})"

    _print_Min = _print_Max

    def _print_Pow(self, expression: Expr, rational: bool = False) -> str:
        base, exponent = expression.as_base_exp()
        if exponent.is_Integer and exponent > 1:
            raised = str(exponent).translate(_SUPERSCRIPTS)
            return str(self.parenthesize(base, precedence(expression), strict=False)) + raised
        if exponent == sp.S.Half:
            return f"√{self._print(base)}" if base.is_Atom else f"√({self._print(base)})"
        return str(super()._print_Pow(expression, rational))


class _Latex(_PositiveFirst, LatexPrinter):  # type: ignore[misc]  # SymPy is untyped
    """The notation of the papers."""

    def _print_Symbol(self, expr: Expr, style: str = "plain") -> str:
        return symbol_latex(expr.name)

    def _print_And(self, e: Expr) -> str:
        return r" \text{ and } ".join(map(self._clause, _chained(e)))

    def _print_Or(self, e: Expr) -> str:
        return r" \text{ or } ".join(map(self._clause, _in_order(e)))

    def _clause(self, part: Any) -> str:
        if not isinstance(part, tuple):
            printed = self._print(part)
            whole = isinstance(part, (Relational, sp.Symbol))
            return str(printed) if whole else rf"\left({printed}\right)"
        signs = {"<": "<", "<=": r"\leq"}
        rest = (f" {signs[_at_most(link)]} {self._print(link.gts)}" for link in part)
        return f"{self._print(part[0].lts)}{''.join(rest)}"


def _in_order(condition: Expr) -> list[Boolean]:
    return sorted(condition.args, key=sp.default_sort_key)


def _chained(condition: Expr) -> list[Boolean | tuple[Boolean, ...]]:
    """The parts of a conjunction; what is one chain, 0 ≤ q ≤ 1 or S < P < R < T, together."""
    found = _chains(_in_order(condition))
    return [*(chain[0] for chain in found if len(chain) == 1),
            *(chain for chain in found if len(chain) > 1)]  # fmt: skip


def clauses(conditions: Iterable[Boolean]) -> list[Boolean]:
    """Conditions in their order, each chain of inequalities as one.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c", real=True)
    >>> list(map(unicode, clauses([a > 0, b < c, a < b])))
    ['0 < a < b < c']
    """
    parts = [part for condition in conditions for part in sp.And.make_args(condition)]
    return [_symbol_first(*chain) if len(chain) == 1 else sp.And(*chain)
            for chain in _chains(parts)]  # fmt: skip


def _symbol_first(part: Boolean) -> Boolean:
    """A bound of a symbol by a number, the symbol first."""
    return part.reversed if part.is_Relational and part.lhs.is_number else part


def _chains(parts: list[Boolean]) -> list[tuple[Boolean, ...]]:
    """Relations, those that share a symbol between them in a row; each in one row."""
    parts = list(dict.fromkeys(parts))
    inequalities = [part for part in parts if hasattr(part, "lts")]
    below = {part.gts: part for part in inequalities if part.gts.is_Symbol}
    above = {part.lts: part for part in inequalities if part.lts.is_Symbol}
    after = {below[s]: above[s] for s in below if s in above and below[s] != above[s]}
    later = set(after.values())
    rows: list[tuple[Boolean, ...]] = []
    placed: set[Boolean] = set()
    for first in sorted(parts, key=lambda part: part in later):  # a circle has no beginning
        row: list[Boolean] = []
        link: Boolean | None = first
        while link is not None and link not in placed:
            placed.add(link)
            row.append(link)
            link = after.get(link)
        rows += [tuple(row)] if row else []
    return sorted(rows, key=lambda row: min(parts.index(link) for link in row))


def _at_most(bound: Boolean) -> str:
    return "<" if isinstance(bound, (sp.Lt, sp.Gt)) else "<="


def shown(expression: Expr) -> str:
    """A value for a reader: exact, with a decimal beside it where that helps.

    Examples
    --------
    >>> shown(sp.Rational(7, 10)), shown(sp.Rational(7, 37))
    ('0.7', '7/37 ≈ 0.1892')
    """
    if not is_number(expression):
        return unicode(expression)
    if is_short(expression):
        return decimal(expression)
    sign = "=" if _is_exact(expression) else "≈"
    beside = f"{sign} {decimal(expression)}"
    if _fits(expression):
        return f"{unicode(expression)} {beside}"
    return beside.removeprefix("= ")


def shown_latex(expression: Expr) -> str:
    """The same in LaTeX."""
    if not is_number(expression):
        return latex(expression)
    number = re.sub(r"e(-?\d+)", r" \\cdot 10^{\1}", decimal(expression))
    if is_short(expression):
        return number
    sign = "=" if _is_exact(expression) else r"\approx"
    if _fits(expression):
        return f"{latex(expression)} {sign} {number}"
    return f"{sign} {number}".removeprefix("= ")


def is_number(expression: Expr) -> bool:
    """Whether it is a number, not an expression with symbols, a condition or infinity."""
    if not isinstance(expression, sp.Expr):
        return False
    return bool(expression.is_number) and expression.is_finite is not False


@arg.checks(value=arg.a(sp.Expr, "a number, as a SymPy expression"))
def is_short(value: Expr) -> bool:
    """Whether four decimals are the exact value, so that a reader needs no fraction."""
    return bool(value.is_Rational and 10_000 % value.q == 0 and abs(value) < _HUGE)


def _is_exact(value: Expr) -> bool:
    """Whether the decimal is the number itself."""
    return bool(value.is_Rational and sp.Rational(decimal(value)) == value)


def _fits(value: Expr) -> bool:
    """Whether there is room for the exact number beside its decimal."""
    if value.is_Rational and max(abs(value.p), value.q).bit_length() > _LONGEST_BITS:
        return False
    return len(unicode(value)) <= _LONGEST_EXACT


def _number(name: str, value: object) -> Expr:
    number: Expr = arg.instance(name, value, sp.Expr, "a real number, as a SymPy expression")
    if not number.is_number or number.is_real is False or number is sp.nan:
        raise ParameterError(name, value, "a real number, as a SymPy expression")
    return value


@arg.checks(value=_number)
def decimal(value: Expr) -> str:
    """The decimal of a number: exact where four places are, else four significant digits.

    Examples
    --------
    >>> decimal(sp.Rational(9, 16)), decimal(sp.Integer(10) ** 400), decimal(sp.Rational(1, 10**9))
    ('0.5625', '1e400', '1e-9')
    """
    near = sp.N(value, 15)
    size = abs(near)
    if size < _TINY and (size == 0 or value.equals(0)):
        return "0"
    if not _TINY <= size < _HUGE:
        return _scientific(str(near))
    number = float(near)
    whole = len(str(int(abs(number))))
    places = 4 if is_short(value) else max(0, 4 - whole) if abs(number) >= 1 else 4
    return _trimmed(f"{number:.{places}f}")


def _scientific(number: str) -> str:
    """Four significant digits and a power of ten: ``1.235e-9``."""
    digits, _, exponent = f"{Decimal(number):.3e}".partition("e")
    return f"{_trimmed(digits)}e{int(exponent)}"


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
