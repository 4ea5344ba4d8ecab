"""Expressions, conditions and numbers: as exact text, for readers, and in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import precedence
from sympy.printing.str import StrPrinter

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.grammar import quote_name
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover.merge_relations import solve_linear

LETTERS: dict[str, tuple[str, str]] = {
    "alpha": (r"\alpha", "α"), "beta": (r"\beta", "β"), "gamma": (r"\gamma", "γ"),
    "delta": (r"\delta", "δ"), "eps": (r"\varepsilon", "ε"), "theta": (r"\theta", "θ"),
    "kappa": (r"\kappa", "κ"), "lam": (r"\lambda", "λ"), "mu": (r"\mu", "μ"),
    "pi": (r"\pi", "π"), "rho": (r"\rho", "ρ"), "sigma": (r"\sigma", "σ"), "tau": (r"\tau", "τ"),
    "phi": (r"\varphi", "φ"), "omega": (r"\omega", "ω"), "ell": (r"\ell", "ℓ"), "xi": (r"\xi", "ξ"),
    "nu": (r"\nu", "ν"), "eta": (r"\eta", "η"), "zeta": (r"\zeta", "ζ"), "chi": (r"\chi", "χ"),
    "psi": (r"\psi", "ψ"), "Omega": (r"\Omega", "Ω"),
}  # fmt: skip
"""The one table of letters: the ASCII name to LaTeX and to Unicode."""

SIGNS = {
    "+": "+", "-": "-", "0": "0", ">=0": r"\geq 0", "<=0": r"\leq 0", "?": r"\pm", "unknown": "?",
}  # fmt: skip
"""A sign in LaTeX: ± where both signs are proved to occur, ? where it is not known."""

_UNICODE = dict(LETTERS.values()) | {
    r"\max": "max", r"\min": "min", r"\leq": "≤", r"\geq": "≥", r"\pm": "±", r"\,": " ",
    r"\sum": "Σ", r"\setminus": "∖",
}  # fmt: skip
_ACCENTS = {"bar": "\N{COMBINING MACRON}", "hat": "\N{COMBINING CIRCUMFLEX ACCENT}"}
_TEX_CHARACTERS = set("\\{}^")
SPECIAL_CHARACTERS = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
"""Characters that mean something to LaTeX, and how each is written to mean itself."""
_ESCAPES = str.maketrans(SPECIAL_CHARACTERS)


@dataclass(frozen=True)
class Math:
    """A piece of mathematics that is written in LaTeX, such as a quantity's symbol."""

    tex: str


def symbol_latex(name: str) -> str:
    r"""A symbol in LaTeX: ``P_max`` is ``P_{\max}``, ``ell`` is ``\ell``.

    A symbol whose name is LaTeX already stands for a quantity, and keeps it.
    """
    if _TEX_CHARACTERS & set(name):
        return math_latex(Math(name))
    head, _, tail = name.partition("_")
    return f"{_letter_latex(head)}_{{{_letter_latex(tail)}}}" if tail else _letter_latex(head)


@arg.validate(name=arg.text)
def symbol_text(name: str) -> str:
    """A symbol in Unicode: ``lam`` is ``λ``."""
    if _TEX_CHARACTERS & set(name):
        return math_text(Math(name))
    head, separator, tail = name.partition("_")
    return LETTERS.get(head, ("", head))[1] + separator + LETTERS.get(tail, ("", tail))[1]


def math_latex(math: Math) -> str:
    """LaTeX with words in subscripts set upright, as journals do."""
    tex = re.sub(r"_\{(\w+)\}", lambda match: f"_{{{_letter_latex(match[1])}}}", math.tex)
    return re.sub(r"\\text\{([^{}]*)\}", lambda match: rf"\text{{{_escape_words(match[1])}}}", tex)


def math_text(math: Math) -> str:
    """A piece of LaTeX mathematics as Unicode text."""
    text = re.sub(r"\^\{\\text\{([^}]*)\}\}", r"[\1]", math.tex)
    text = re.sub(r"\\text\{([^}]*)\}", r"\1", text)
    text = re.sub(r"\\(bar|hat) ?\{?(\\?\w+)\}?", lambda match: match[2] + _ACCENTS[match[1]], text)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", _root_text, text)
    text = re.sub(r"\\[a-zA-Z]+|\\,", lambda match: _UNICODE.get(match[0], match[0]), text)
    text = re.sub(r"([_^])\{([^}]*)\}", r"\1\2", text)
    return text.replace("^*", "*").replace("-", "−")


def _root_text(match: re.Match[str]) -> str:
    """A square root; a sum or product under it in parentheses."""
    return f"√{match[1]}" if len(match[1]) == 1 else f"√({match[1]})"


def _letter_latex(word: str) -> str:
    """A letter of the table in LaTeX; other words upright."""
    if word in ("max", "min"):
        return "\\" + word
    if word in LETTERS:
        return LETTERS[word][0]
    escaped_word = word.translate(_ESCAPES).replace(" ", r"\ ")
    return escaped_word if len(word) < 2 else rf"\mathrm{{{escaped_word}}}"


def _escape_words(text: str) -> str:
    """Words inside a formula, with unescaped special characters escaped."""
    return re.sub(r"(?<!\\)[&%$#_]", lambda match: SPECIAL_CHARACTERS[match[0]], text)


_RELATIONS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STAR = "\0"
_MAX_EXACT_LENGTH = 10  # in characters
_MAX_EXACT_BITS = 64
_TINY, _HUGE = sp.Rational(1, 10**4), 10**15
"""Numbers outside are written with a power of ten."""


def plain_text(expression: Expr) -> str:
    """Text that :func:`gametheory_eeu.parse` reads back to the same expression."""
    return str(_PlainPrinter().doprint(expression))


def unicode_text(expression: Expr) -> str:
    """Text for a reader: ``μ ≤ 1/2``; relations linear in one symbol are solved for it."""
    return (
        str(_UnicodePrinter().doprint(solve_linear(expression)))
        .replace("*", "·")
        .replace(_STAR, "*")
    )


def latex(expression: Expr) -> str:
    r"""LaTeX text; relations linear in one symbol are solved for it."""
    return str(_LatexPrinter().doprint(solve_linear(expression)))


class _PlainPrinter(StrPrinter):  # type: ignore[misc]  # SymPy is untyped
    """Printer of exact text in the library's grammar."""

    def _print_Symbol(self, symbol: Expr) -> str:
        return quote_name(symbol.name)

    def _print_Function(self, application: Expr) -> str:
        name = self._function_name(type(application).__name__)
        return f"{name}({', '.join(map(self._print, application.args))})"

    def _function_name(self, name: str) -> str:
        return quote_name(name)

    def _print_Relational(self, relation: Expr) -> str:
        return f"{self._print(relation.lhs)} {relation.rel_op} {self._print(relation.rhs)}"

    def _print_And(self, condition: Expr) -> str:
        return " and ".join(map(self._clause, _sorted_parts(condition)))

    def _print_Or(self, condition: Expr) -> str:
        return " or ".join(map(self._clause, _sorted_parts(condition)))

    def _print_Not(self, condition: Expr) -> str:
        return f"not ({self._print(condition.args[0])})"

    def _print_Implies(self, condition: Expr) -> str:
        return " => ".join(f"({self._print(part)})" for part in condition.args)

    def _clause(self, part: Any) -> str:
        text = self._print(part)
        return str(text) if isinstance(part, (Relational, sp.Symbol)) else f"({text})"


class _PositiveFirst:
    """Printer of sums with a positive term first."""

    def _as_ordered_terms(self, expr: Expr, order: str | None = None) -> list[Expr]:
        terms = super()._as_ordered_terms(expr, order=order)  # type: ignore[misc]
        return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))


class _UnicodePrinter(_PositiveFirst, _PlainPrinter):
    """Printer of Unicode text: Greek letters, ≤, superscripts, a dot for products."""

    def _print_Symbol(self, symbol: Expr) -> str:
        return symbol_text(symbol.name).replace("*", _STAR)  # The star of mu* is no product.

    def _function_name(self, name: str) -> str:
        return name

    def _print_Relational(self, relation: Expr) -> str:
        sides = self._print(relation.lhs), self._print(relation.rhs)
        return f" {_RELATIONS[relation.rel_op]} ".join(sides)

    def _print_And(self, condition: Expr) -> str:
        return " and ".join(map(self._clause, _conjunction_parts(condition)))

    def _clause(self, part: Any) -> str:
        if not isinstance(part, tuple):
            return super()._clause(part)
        comparisons = (
            f" {_RELATIONS[_order_operator(link)]} {self._print(link.gts)}" for link in part
        )
        return f"{self._print(part[0].lts)}{''.join(comparisons)}"

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
            power = str(exponent).translate(_SUPERSCRIPTS)
            return str(self.parenthesize(base, precedence(expression), strict=False)) + power
        if exponent == sp.S.Half:
            return f"√{self._print(base)}" if base.is_Atom else f"√({self._print(base)})"
        return str(super()._print_Pow(expression, rational))


class _LatexPrinter(_PositiveFirst, LatexPrinter):  # type: ignore[misc]  # SymPy is untyped
    """Printer of LaTeX in the library's notation."""

    def _print_Symbol(self, expr: Expr, style: str = "plain") -> str:
        return symbol_latex(expr.name)

    def _print_And(self, e: Expr) -> str:
        return r" \text{ and } ".join(map(self._clause, _conjunction_parts(e)))

    def _print_Or(self, e: Expr) -> str:
        return r" \text{ or } ".join(map(self._clause, _sorted_parts(e)))

    def _clause(self, part: Any) -> str:
        if not isinstance(part, tuple):
            text = self._print(part)
            is_atomic = isinstance(part, (Relational, sp.Symbol))
            return str(text) if is_atomic else rf"\left({text}\right)"
        signs = {"<": "<", "<=": r"\leq"}
        comparisons = (f" {signs[_order_operator(link)]} {self._print(link.gts)}" for link in part)
        return f"{self._print(part[0].lts)}{''.join(comparisons)}"


def _sorted_parts(condition: Expr) -> list[Boolean]:
    return sorted(condition.args, key=sp.default_sort_key)


def _conjunction_parts(condition: Expr) -> list[Boolean | tuple[Boolean, ...]]:
    """Parts of a conjunction; those of one chain such as 0 ≤ q ≤ 1 together."""
    chains = _chains(_sorted_parts(condition))
    return [*(chain[0] for chain in chains if len(chain) == 1),
            *(chain for chain in chains if len(chain) > 1)]  # fmt: skip


def clauses(conditions: Iterable[Boolean]) -> list[Boolean]:
    """Conditions in their order, each chain of inequalities as one.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c", real=True)
    >>> list(map(unicode_text, clauses([a > 0, b < c, a < b])))
    ['0 < a < b < c']
    """
    parts = [part for condition in conditions for part in sp.And.make_args(condition)]
    return [_symbol_on_left(*chain) if len(chain) == 1 else sp.And(*chain)
            for chain in _chains(parts)]  # fmt: skip


def _symbol_on_left(part: Boolean) -> Boolean:
    """A bound of a symbol by a number, the symbol first."""
    return part.reversed if part.is_Relational and part.lhs.is_number else part


def _chains(parts: list[Boolean]) -> list[tuple[Boolean, ...]]:
    """Relations grouped into chains, each relation in exactly one."""
    parts = list(dict.fromkeys(parts))
    inequalities = [part for part in parts if hasattr(part, "lts")]
    by_greater = {part.gts: part for part in inequalities if part.gts.is_Symbol}
    by_lesser = {part.lts: part for part in inequalities if part.lts.is_Symbol}
    successors = {
        by_greater[s]: by_lesser[s]
        for s in by_greater
        if s in by_lesser and by_greater[s] != by_lesser[s]
    }
    non_initial = set(successors.values())
    chains: list[tuple[Boolean, ...]] = []
    visited: set[Boolean] = set()
    for start in sorted(parts, key=lambda part: part in non_initial):  # a circle has no beginning
        chain: list[Boolean] = []
        link: Boolean | None = start
        while link is not None and link not in visited:
            visited.add(link)
            chain.append(link)
            link = successors.get(link)
        chains += [tuple(chain)] if chain else []
    return sorted(chains, key=lambda chain: min(parts.index(link) for link in chain))


def _order_operator(bound: Boolean) -> str:
    return "<" if isinstance(bound, (sp.Lt, sp.Gt)) else "<="


def value_text(expression: Expr) -> str:
    """A value for a reader: exact, with a decimal beside it where that helps.

    Examples
    --------
    >>> value_text(sp.Rational(7, 10)), value_text(sp.Rational(7, 37))
    ('0.7', '7/37 ≈ 0.1892')
    """
    if not is_number(expression):
        return unicode_text(expression)
    if is_short(expression):
        return decimal(expression)
    sign = "=" if _is_exact(expression) else "≈"
    decimal_text = f"{sign} {decimal(expression)}"
    if _has_short_form(expression):
        return f"{unicode_text(expression)} {decimal_text}"
    return decimal_text.removeprefix("= ")


def value_latex(expression: Expr) -> str:
    """A value in LaTeX: exact, with a decimal beside it where that helps."""
    if not is_number(expression):
        return latex(expression)
    number = re.sub(r"e(-?\d+)", r" \\cdot 10^{\1}", decimal(expression))
    if is_short(expression):
        return number
    sign = "=" if _is_exact(expression) else r"\approx"
    if _has_short_form(expression):
        return f"{latex(expression)} {sign} {number}"
    return f"{sign} {number}".removeprefix("= ")


def is_number(expression: Expr) -> bool:
    """Whether it is a number, not an expression with symbols, a condition or infinity."""
    if not isinstance(expression, sp.Expr):
        return False
    return bool(expression.is_number) and expression.is_finite is not False


@arg.validate(value=arg.instance_of(sp.Expr, "a number, as a SymPy expression"))
def is_short(value: Expr) -> bool:
    """Whether four decimals are the exact value, so that a reader needs no fraction."""
    return bool(value.is_Rational and 10_000 % value.q == 0 and abs(value) < _HUGE)


def _is_exact(value: Expr) -> bool:
    """Whether the decimal equals the number."""
    return bool(value.is_Rational and sp.Rational(decimal(value)) == value)


def _has_short_form(value: Expr) -> bool:
    """Whether the exact number is short enough to stand beside its decimal."""
    if value.is_Rational and max(abs(value.p), value.q).bit_length() > _MAX_EXACT_BITS:
        return False
    return len(unicode_text(value)) <= _MAX_EXACT_LENGTH


def _check_number(name: str, value: object) -> Expr:
    number: Expr = arg.instance(name, value, sp.Expr, "a real number, as a SymPy expression")
    if not number.is_number or number.is_real is False or number is sp.nan:
        raise ParameterError(name, value, "a real number, as a SymPy expression")
    return value


@arg.validate(value=_check_number)
def decimal(value: Expr) -> str:
    """The decimal of a number: exact where four places are, else four significant digits.

    Examples
    --------
    >>> decimal(sp.Rational(9, 16)), decimal(sp.Integer(10) ** 400), decimal(sp.Rational(1, 10**9))
    ('0.5625', '1e400', '1e-9')
    """
    approximation = sp.N(value, 15)
    magnitude = abs(approximation)
    if magnitude < _TINY and (magnitude == 0 or value.equals(0)):
        return "0"
    if not _TINY <= magnitude < _HUGE:
        return _scientific(str(approximation))
    number = float(approximation)
    integer_digits = len(str(int(abs(number))))
    decimal_places = 4 if is_short(value) else max(0, 4 - integer_digits) if abs(number) >= 1 else 4
    return _trim_zeros(f"{number:.{decimal_places}f}")


def _scientific(number: str) -> str:
    """Four significant digits and a power of ten: ``1.235e-9``."""
    digits, _, exponent = f"{Decimal(number):.3e}".partition("e")
    return f"{_trim_zeros(digits)}e{int(exponent)}"


def _trim_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
