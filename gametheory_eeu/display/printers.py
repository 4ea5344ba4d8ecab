"""Expressions, conditions and numbers: as exact text, for readers, and in LaTeX."""

from __future__ import annotations

from typing import Any, TypeAlias

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import precedence
from sympy.printing.str import StrPrinter

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.display.notation import symbol_latex, symbol_text

Bounds: TypeAlias = tuple[Boolean, Symbol, Boolean]
"""A lower bound, the symbol, an upper bound."""

_RELATIONS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STAR = "\0"
_LONGEST_EXACT = 10


def plain(expression: Expr) -> str:
    """Text that :func:`gametheory_eeu.parse` reads back to the same expression."""
    return str(_Plain().doprint(expression))


def unicode(expression: Expr) -> str:
    """Text for a reader: ``μ ≤ 1/2``."""
    return str(_Unicode().doprint(expression)).replace("*", "·").replace(_STAR, "*")


def latex(expression: Expr) -> str:
    r"""LaTeX: ``\mu \leq \frac{1}{2}``."""
    return str(_Latex().doprint(expression))


class _Plain(StrPrinter):  # type: ignore[misc]  # SymPy is untyped
    """SymPy's own text, but with the operators of the library's grammar."""

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
        below, symbol, above = part
        first, second = (_RELATIONS[_at_most(bound)] for bound in (below, above))
        between = f" {first} {self._print(symbol)} {second} "
        return f"{self._print(below.lts)}{between}{self._print(above.gts)}"

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
        below, symbol, above = part
        first, second = ({"<": "<", "<=": r"\leq"}[_at_most(bound)] for bound in (below, above))
        between = f" {first} {self._print(symbol)} {second} "
        return f"{self._print(below.lts)}{between}{self._print(above.gts)}"


def _in_order(condition: Expr) -> list[Boolean]:
    return sorted(condition.args, key=sp.default_sort_key)


def _chained(condition: Expr) -> list[Boolean | Bounds]:
    """The parts of a conjunction, two bounds of one symbol taken together: 0 ≤ q ≤ 1."""
    parts = _in_order(condition)
    inequalities = [part for part in parts if hasattr(part, "lts")]
    below = {part.gts: part for part in inequalities if part.gts.is_Symbol}
    above = {part.lts: part for part in inequalities if part.lts.is_Symbol}
    both = [s for s in below if s in above and below[s] != above[s]]
    used = [below[s] for s in both] + [above[s] for s in both]
    kept: list[Boolean | Bounds] = [part for part in parts if part not in used]
    return [*kept, *((below[s], s, above[s]) for s in both)]


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
    exact = unicode(expression)
    beside = f"≈ {decimal(expression)}"
    return f"{exact} {beside}" if len(exact) <= _LONGEST_EXACT else beside


def shown_latex(expression: Expr) -> str:
    """The same in LaTeX."""
    if not is_number(expression):
        return latex(expression)
    if is_short(expression):
        return decimal(expression)
    beside = rf"\approx {decimal(expression)}"
    fits = len(unicode(expression)) <= _LONGEST_EXACT
    return f"{latex(expression)} {beside}" if fits else beside


def is_number(expression: Expr) -> bool:
    """Whether it is a number, not an expression with symbols and not a condition."""
    return isinstance(expression, sp.Expr) and bool(expression.is_number)


def is_short(value: Expr) -> bool:
    """Whether three decimals are the exact value, so that a reader needs no fraction."""
    return bool(value.is_Rational and 1000 % value.q == 0)


def decimal(value: Expr) -> str:
    """The decimal of a number: exact where three places are, else four significant digits."""
    number = float(value)
    whole = len(str(int(abs(number))))
    places = 3 if is_short(value) else max(0, 4 - whole) if abs(number) >= 1 else 4
    text = f"{number:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
