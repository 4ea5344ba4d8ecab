"""Parser of text: numbers, names, arithmetic, relations and logic; it never runs code.

SymPy's own ``sympify`` executes what it is given and reads N, S, E and beta as other things; here
a name is a symbol and only that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.definedness import EVALUATION_ERRORS, build, guards, nonreal_constant
from gametheory_eeu.core.expressions import FUNCTIONS
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TextError, nearest, short_repr

_WORD = r"[^\W\d¹²³⁰⁴-⁹][^\W¹²³⁰⁴-⁹]*"
_NAME = re.compile(rf"{_WORD}(?:\.{_WORD})*")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    rf"|(?P<name>{_NAME.pattern})"
    r"|(?P<quoted>`(?:[^`]|``)+`)"
    r"|(?P<op>\*\*|<=|>=|==|!=|<|>|=>|[-+*/^(),&|~≤≥≠·−]))"
)
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "·": "*", "−": "-"}
_INSTEAD = {"=": "; for equality write ==", **dict.fromkeys("¹²³⁰⁴⁵⁶⁷⁸⁹", "; for a power write ^")}
_KEYWORDS = frozenset({"and", "or", "not", "true", "True", "false", "False"})
_MAX_CHARACTERS = 20_000
_MAX_NESTING = 60
_MAX_BITS = 20_000
_MAX_COMPARISONS = 2_000
_MAX_DEGREE = 40


@arg.validate(
    text=arg.instance_of(str, "text"),
    symbols=arg.optional(arg.mapping),
    known=arg.optional(arg.mapping),
)
def parse(
    text: str,
    symbols: Mapping[str, Expr] | None = None,
    *,
    known: Mapping[str, Expr] | None = None,
    undefined: bool = False,
) -> Expr:
    """Read an expression, a relation or a condition.

    Parameters
    ----------
    text : str
        For example ``"7/10"``, ``"b/(b + ell)"``, ``"0 < c < tau"``, ``"x > 0 and y > x"``.
        ``^`` and ``**`` both mean power. Decimals are exact. A name that is no single word
        stands between backquotes: ``"`the cost` > 0"``. A name is a symbol and only that: ``pi``
        too; the number is ``sympy.pi``.
    symbols : mapping of str to SymPy expression, optional
        What each name stands for. Without it every name becomes ``Symbol(name, real=True)``.
    known : mapping of str to SymPy expression, optional
        What some names stand for where ``symbols`` is not given.
    undefined : bool
        Whether constants that are no real numbers, such as ``sqrt(-2)``, are read too, and left as
        they were written: what is said of them is undefined. Otherwise they are refused by name.

    Returns
    -------
    SymPy expression or Boolean

    Raises
    ------
    TextError
        Outside the grammar, an unknown name (the nearest is suggested), a number too large, or a
        constant that is no real number.

    Notes
    -----
    What SymPy would cancel at the price of a denominator, a root or a logarithm is left as it was
    written: ``x/x`` is not 1, for it is undefined where x is 0.

    Examples
    --------
    >>> parse("7/10")
    7/10
    >>> parse("0 < c < 1/2")
    (0 < c) & (c < 1/2)
    >>> parse("x/x")
    x/x
    """
    if len(text) > _MAX_CHARACTERS:
        raise TextError(f"text of {len(text)} characters; at most {_MAX_CHARACTERS} are read")
    parser = _Parser(text, symbols, known or {}, undefined)
    try:
        result = parser.implication()
    except TextError:
        raise
    except EVALUATION_ERRORS as error:
        parser.fail(str(error).rstrip("."))
    if parser.token:
        parser.fail(f"unexpected {parser.token[:80]!r}")
    constant = None if undefined else nonreal_constant(result)
    if constant is not None:
        parser.fail(f"{constant} is not a finite real number")
    if result.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I):
        parser.fail("it is not a finite real number")
    return result


def relation_as_written(
    text: str, symbols: Mapping[str, Expr] | None, known: Mapping[str, Expr]
) -> Expr:
    """A statement that SymPy evaluates to true or false; a single relation as it was written.

    Examples
    --------
    >>> relation_as_written("x^2 >= 0", None, {})
    x**2 >= 0
    """
    parser = _Parser(text, symbols, known, undefined=True)
    left = parser.sum()
    operator = parser.take(*RELATIONS)
    right = parser.sum() if operator else left
    if not operator or parser.token:
        return parse(text, symbols, known=known, undefined=True)
    relation = RELATIONS[operator]
    sides = parser.as_number(left), parser.as_number(right)
    written: Expr = relation(*sides, evaluate=False)
    return written if written.free_symbols else relation(*sides)


def quote_name(name: str) -> str:
    """Quote a symbol's name with backquotes where it is not a single word.

    Examples
    --------
    >>> quote_name("cost"), quote_name("the cost")
    ('cost', '`the cost`')
    """
    if name not in _KEYWORDS and _NAME.fullmatch(name):
        return name
    return f"`{name.replace('`', '``')}`"


class _Parser:
    """Recursive-descent parser, one method for each level of precedence, lowest first."""

    def __init__(
        self,
        text: str,
        symbols: Mapping[str, Expr] | None,
        known: Mapping[str, Expr],
        undefined: bool,
    ) -> None:
        self.text, self.symbols, self.known, self.undefined = text, symbols, known, undefined
        self.at, self.start, self.depth, self.compared = 0, 0, 0, 0
        self.token, self.kind, self.previous = "", "", ""
        self.advance()

    def fail(self, reason: str) -> None:
        raise TextError(
            f"cannot read {self.text[:80]!r}: {reason}. Numbers, names, + - * / ^, sqrt, ln (log), "
            "exp, abs, min, max, < <= > >= == !=, and, or, not are understood; text is never run"
        )

    def advance(self) -> str:
        previous = self.token
        rest = self.text[self.at :]
        if not rest.strip():
            self.token = self.kind = ""
            return previous
        match = _TOKEN.match(rest)
        if match is None:
            sign = rest.strip()[0]
            self.fail(f"unexpected {sign!r}{_INSTEAD.get(sign, '')}")
        else:
            self.previous = self.text[self.start : self.at]
            self.start = self.at
            self.at += match.end()
            self.kind = str(match.lastgroup)
            self.token = match.group(self.kind)
            if self.kind == "op":
                self.token = _SIGNS.get(self.token, self.token)
            if self.kind == "quoted":
                self.token = self.token[1:-1].replace("``", "`")
        return previous

    def take(self, *tokens: str) -> str:
        return self.advance() if self.sees(*tokens) else ""

    def sees(self, *tokens: str) -> bool:
        return self.token in tokens and self.kind not in ("number", "quoted")

    def implication(self) -> Expr:
        premise = self.disjunction()
        if not self.take("=>"):
            return premise
        return self.construct(
            sp.Implies, self.as_condition(premise), self.as_condition(self.nested(self.implication))
        )

    def disjunction(self) -> Expr:
        return self.junction(sp.Or, ("or", "|"), self.conjunction)

    def conjunction(self) -> Expr:
        return self.junction(sp.And, ("and", "&"), self.negation)

    def junction(
        self, join: Callable[..., Boolean], signs: tuple[str, str], operand: Callable[[], Expr]
    ) -> Expr:
        parts = [operand()]
        while self.take(*signs):
            parts.append(operand())
        return self.construct(join, *map(self.as_condition, parts)) if parts[1:] else parts[0]

    def negation(self) -> Expr:
        if self.take("not", "~"):
            operand = self.nested(self.negation)
            return self.construct(sp.Not, self.as_condition(operand))
        return self.relation()

    def relation(self) -> Expr:
        left, relations = self.sum(), []
        while operator := self.take(*RELATIONS):
            right = self.sum()
            sides = self.as_number(left), self.as_number(right)
            relations.append(self.construct(RELATIONS[operator], *sides))
            left = right
        return self.construct(sp.And, *relations) if relations else left

    def sum(self) -> Expr:
        terms = [self.product()]
        while operator := self.take("+", "-"):
            right = self.as_number(self.product())
            terms = [
                self.as_number(terms[0]),
                *terms[1:],
                right if operator == "+" else self.negate(right),
            ]
        self.bounded(terms)
        return self.construct(sp.Add, *terms) if len(terms) > 1 else terms[0]

    def product(self) -> Expr:
        factors = [self.factor()]
        while operator := self.take("*", "/"):
            right = self.as_number(self.factor())
            if operator == "/" and right == 0 and not self.undefined:
                self.fail("division by zero")
            factors.append(
                right if operator == "*" else self.construct(sp.Pow, right, sp.Integer(-1))
            )
        if (self.kind not in ("", "op") and not self.sees("and", "or", "not")) or self.sees("("):
            sides = self.text[self.start : self.at].strip(), self.previous.strip()
            self.fail("unexpected {!r} after {!r}; for a product write *".format(*sides))
        if len(factors) == 1:
            return factors[0]
        self.bounded([self.as_number(factors[0]), *factors[1:]])
        return self.construct(sp.Mul, *factors)

    def factor(self) -> Expr:
        if self.take("-"):
            return self.negate(self.as_number(self.nested(self.factor)))
        if self.take("+"):
            return self.as_number(self.nested(self.factor))
        base = self.atom()
        return self.power(self.as_number(base)) if self.take("**", "^") else base

    def power(self, base: Expr) -> Expr:
        exponent = self.as_number(self.nested(self.factor))
        if not exponent.is_Rational:
            return self.construct(sp.Pow, base, exponent)
        if base.is_number:
            bit_size = 1 if not base.is_Rational else max(abs(base.p), base.q).bit_length()
            if bit_size * abs(exponent.p) > _MAX_BITS or exponent.q > 1000:
                self.fail("the power is too large")
        elif max(abs(exponent.p), exponent.q) > 1000:
            self.fail("the power is too large")
        if base == 0 and exponent == 0:
            self.fail("0^0 has no value")
        if base == 0 and exponent < 0 and not self.undefined:
            self.fail("division by zero")
        if exponent == 0 and base.is_nonzero is not True:
            self.fail(f"({base})^0 has no value where {base} is 0; write 1")
        return self.construct(sp.Pow, base, exponent)

    def atom(self) -> Expr:
        if self.kind == "number":
            return self.number(self.advance())
        if self.kind == "name" and self.token not in ("and", "or", "not"):
            return self.name(self.advance())
        if self.kind == "quoted":
            name = self.advance()
            return self.call(name) if self.sees("(") else self.symbol(name)
        if self.take("("):
            expression = self.nested(self.implication)
            if not self.take(")"):
                self.fail("a parenthesis is not closed")
            return expression
        self.fail(f"unexpected {self.token[:80]!r}" if self.token else "it ends too early")
        raise AssertionError  # pragma: no cover

    def number(self, text: str) -> Expr:
        mantissa, _, exponent = text.lower().partition("e")
        if len(mantissa) > 1000 or len(exponent) > 5 or abs(int(exponent or 0)) > 1000:
            self.fail("the number is too long")
        return sp.Rational(text)

    def name(self, name: str) -> Expr:
        if self.sees("("):
            return self.call(name)
        if name in ("true", "True", "false", "False"):
            return sp.true if name.lower() == "true" else sp.false
        return self.symbol(name)

    def symbol(self, name: str) -> Expr:
        if self.symbols is None:
            return (
                self.resolve(name, self.known)
                if name in self.known
                else (sp.Symbol(name, real=True))
            )
        if name not in self.symbols:
            matches = nearest(name, self.symbols, count=2)
            hint = f"; did you mean {matches}?" if matches else ""
            self.fail(f"{name[:80]!r} names nothing here{hint} (known: {', '.join(self.symbols)})")
        return self.resolve(name, self.symbols)

    def resolve(self, name: str, known: Mapping[str, Expr]) -> Expr:
        expression = known[name]
        if not isinstance(expression, sp.Basic):
            self.fail(
                f"{name[:80]!r} stands for {short_repr(expression)}, which is no SymPy expression"
            )
        return expression

    def cases(self) -> Expr:
        """``Piecewise((value, condition), …)``, as SymPy writes it."""
        pairs: list[tuple[Expr, Boolean]] = []
        while not pairs or self.take(","):
            if not self.take("("):
                self.fail("Piecewise takes pairs (value, condition)")
            value = self.as_number(self.nested(self.sum))
            if not self.take(","):
                self.fail("Piecewise takes pairs (value, condition)")
            condition = self.nested(self.implication)
            pairs.append((value, self.as_condition(condition)))
            if not self.take(")"):
                self.fail("a parenthesis is not closed")
        if not self.take(")"):
            self.fail("a parenthesis is not closed")
        result = sp.Piecewise(*pairs, evaluate=False)
        if not result.args:
            self.fail("no case of a Piecewise ever holds")
        if not frozenset().union(*(guards(part) for pair in pairs for part in pair)) <= guards(
            result
        ):
            self.fail("SymPy would forget where a condition inside a Piecewise is undefined")
        return result

    def root(self, polynomial: Expr, index: Expr) -> Expr:
        """A real root of a polynomial, by its index, as SymPy writes it."""
        (unknown, *others) = sorted(polynomial.free_symbols, key=str) or [None]
        if unknown is None or others or not polynomial.is_polynomial(unknown):
            self.fail("CRootOf takes a polynomial in one name and a place")
        poly = sp.Poly(polynomial, unknown)
        if poly.degree() > _MAX_DEGREE or not 0 <= index < poly.count_roots():
            self.fail(f"CRootOf takes a degree up to {_MAX_DEGREE} and the place of a real root")
        return sp.CRootOf(poly, int(index))

    def function(self, name: str) -> tuple[Callable[..., Expr], int]:
        """A function and the number of its arguments, zero for any."""
        known: Any = (self.known if self.symbols is None else self.symbols).get(name)
        if isinstance(known, sp.core.function.FunctionClass):
            return known, 0
        if name not in FUNCTIONS:
            self.fail(f"{name[:80]!r} is not a function it knows; for a product write *")
        return FUNCTIONS[name]

    def call(self, name: str) -> Expr:
        if name == "Piecewise":
            self.advance()
            return self.cases()
        function, arity = self.function(name)
        self.advance()
        arguments = [self.as_number(self.nested(self.sum))]
        while self.take(","):
            arguments.append(self.as_number(self.nested(self.sum)))
        if not self.take(")"):
            self.fail("a parenthesis is not closed")
        if arity and len(arguments) != arity:
            self.fail(f"{name} takes {arity} argument{'s' if arity > 1 else ''}")
        if function is sp.CRootOf:
            return self.root(*arguments)
        if function in (sp.Min, sp.Max):  # SymPy compares each argument with every other
            self.compared += sum(len(a.args) or 1 for a in arguments) ** 2
            if self.compared > _MAX_COMPARISONS:
                self.fail("min and max have too many arguments")
        return self.construct(function, *arguments)

    def construct(self, function: Callable[..., Expr], *parts: Expr) -> Expr:
        """Apply a function to its arguments, unevaluated where SymPy would enlarge the domain.

        ``And`` and ``Or`` cannot be left as written; they are refused instead.
        """
        if {sp.And: sp.false, sp.Or: sp.true}.get(function) in parts:
            return function(*parts)
        result = build(function, *parts)
        if result is None:
            self.fail("SymPy would forget where this is undefined; prove the parts one by one")
        return result

    def negate(self, value: Expr) -> Expr:
        result = -value
        keeps_guards = guards(value) <= guards(result)
        return result if keeps_guards else sp.Mul(-1, value, evaluate=False)

    def nested(self, production: Callable[[], Expr]) -> Expr:
        self.depth += 1
        if self.depth > _MAX_NESTING:
            self.fail("it is nested too deeply")
        result = production()
        self.depth -= 1
        return result

    def bounded(self, values: list[Expr]) -> None:
        rationals = (value for value in values if isinstance(value, sp.Rational))
        if sum(max(abs(number.p), number.q).bit_length() for number in rationals) > 4 * _MAX_BITS:
            self.fail("the number is too large")

    def as_number(self, value: Expr) -> Expr:
        if not isinstance(value, sp.Expr):
            self.fail(f"{value} is a condition where a number is needed")
        return value

    def as_condition(self, value: Expr) -> Boolean:
        if isinstance(value, sp.Expr):
            self.fail(f"{value} is a number where a condition is needed")
        return value
