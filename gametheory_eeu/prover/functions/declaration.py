"""Unspecified functions as SymPy functions: what is declared of one, and its derivatives.

A function is a class of SymPy functions made from its declaration. Its derivatives are such classes
too, named u', u'' or f_1, f_12, so that ``diff(u(x*y), x)`` is ``y*u'(x*y)``.
"""

from __future__ import annotations

import copyreg
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp
from sympy.core.function import FunctionClass

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import exact, parse
from gametheory_eeu.errors import ParameterError, SpaceError, UnsupportedError

Order = tuple[int, ...]
"""How often a function is differentiated in each variable."""
Node = tuple[Expr, ...]
"""The argument of a function, a number or an expression for each variable."""
WORDS = {">": "positive", ">=": "nonnegative", "<": "negative", "<=": "nonpositive"}


@dataclass(frozen=True)
class Declaration:
    """What is known of an unspecified function.

    Parameters
    ----------
    name : str
    domain : tuple of (low, high)
        An interval for each variable, infinite ends included.
    signs : tuple of (order, relation)
        Relations ">", ">=", "<", "<=" of derivatives to zero inside the domain.
    curvature : {"", "<", "<=", ">", ">="}
        Of a function of several variables: "<" strictly concave, ">=" convex.
    points : tuple of (argument, value)
        Of a function of one variable.
    bounds : tuple of (least, greatest) or None
        Values are not beyond them.
    degree : SymPy expression or None
        Of homogeneity.
    inada : tuple of {"low", "high"}
        Ends at which the derivative tends to infinity, or to zero.
    hazard, log_concave : bool
        Of a distribution function: f/(1 - F) does not fall; F'/F does not rise.
    kind : {"function", "distribution"}
    """

    name: str
    domain: tuple[tuple[Expr, Expr], ...]
    signs: tuple[tuple[Order, str], ...] = ()
    curvature: str = ""
    points: tuple[tuple[Expr, Expr], ...] = ()
    bounds: tuple[Expr, Expr] | None = None
    degree: Expr | None = None
    inada: tuple[str, ...] = ()
    hazard: bool = False
    log_concave: bool = False
    kind: str = "function"

    @property
    def arity(self) -> int:
        """The number of variables."""
        return len(self.domain)

    def order(self, *variables: int) -> Order:
        """That of the function differentiated once in each of the variables, by their places."""
        return tuple(variables.count(i) for i in range(self.arity))

    def sign(self, order: Order) -> str:
        """The declared sign of a derivative; empty where none is."""
        return dict(self.signs).get(order, "")

    @cached_property
    def top(self) -> int:
        """The highest order of derivative of which something is declared."""
        orders = [sum(order) for order, _ in self.signs]
        return max([*orders, 2 if self.curvature or self.hazard or self.log_concave else 0,
                    1 if self.inada else 0])  # fmt: skip

    @property
    def symbols(self) -> frozenset[sp.Symbol]:
        """The symbols in the ends of the domain and the values."""
        parts = [*self.domain, *self.points, self.bounds or (), (self.degree or 0,)]
        return frozenset().union(
            *(part.free_symbols for pair in parts for part in pair if isinstance(part, sp.Basic))
        )

    def at(self, values: Mapping[Any, Any]) -> Declaration:
        """The declaration with expressions for the symbols in it."""

        def pairs(items: tuple[tuple[Expr, Expr], ...]) -> tuple[tuple[Expr, Expr], ...]:
            return tuple((a.xreplace(values), b.xreplace(values)) for a, b in items)

        bounds = None if self.bounds is None else pairs((self.bounds,))[0]
        degree = None if self.degree is None else self.degree.xreplace(values)
        return replace(self, domain=pairs(self.domain), points=pairs(self.points), bounds=bounds,
                       degree=degree)  # fmt: skip

    def text(self) -> str:
        """The declaration in words.

        Examples
        --------
        >>> print(Declaration("u", ((sp.Integer(0), sp.oo),), (((1,), ">"), ((2,), "<"))).text())
        u on [0, oo) with u' > 0, u'' < 0
        """
        return self._written("", str)

    def to_latex(self) -> str:
        """The declaration in words, with its formulas in LaTeX."""
        return self._written("$", lambda e: str(sp.latex(e)))

    def _written(self, mark: str, write: Callable[[Expr], str]) -> str:
        le = "<=" if not mark else r"\le"
        signs = {"<=": le, ">=": r"\ge"} if mark else {}

        def formula(text: str) -> str:
            return f"{mark}{text}{mark}"

        known = [
            formula(f"{derivative_name(self.name, order)} {signs.get(rel, rel)} 0")
            for order, rel in self.signs
        ]
        word = "strictly " if self.curvature in ("<", ">") else ""
        shape = "concave" if "<" in self.curvature else "convex"
        known += [f"{word}{shape}"] if self.curvature else []
        known += [formula(f"{self.name}({write(a)}) = {write(v)}") for a, v in self.points]
        if self.bounds:
            low, high = map(write, self.bounds)
            known.append(formula(f"{low} {le} {self.name} {le} {high}"))
        degree = "" if self.degree is None else formula(write(self.degree))
        known += [f"homogeneous of degree {degree}"] if degree else []
        slope = formula(f"{self.name}'")
        known += [f"{slope} infinite at the low end"] if "low" in self.inada else []
        known += [f"{slope} zero at the high end"] if "high" in self.inada else []
        known += ["increasing hazard"] if self.hazard else []
        known += ["log-concave"] if self.log_concave else []
        times = r" \times " if mark else " x "
        domain = formula(times.join(_interval_text(i, write) for i in self.domain))
        text = f"{formula(self.name)} on {domain}"
        return f"{text} with {', '.join(known)}" if known else text


def _interval_text(interval: tuple[Expr, Expr], write: Callable[[Expr], str] = str) -> str:
    low, high = interval
    left, right = "(" if low == -sp.oo else "[", ")" if high == sp.oo else "]"
    return f"{left}{write(low)}, {write(high)}{right}"


def derivative_name(name: str, order: Order) -> str:
    """The name of a derivative: u', u'', u^(4); f_1, f_12 of several variables."""
    if len(order) == 1:
        return name + "'" * order[0] if order[0] < 4 else f"{name}^({order[0]})"
    indices = "".join(str(i + 1) * n for i, n in enumerate(order))
    return f"{name}_{indices}" if indices else name


class OutsideDomainError(ParameterError, UnsupportedError):
    """A function at an argument where it has no value."""


class UnspecifiedClass(FunctionClass):  # type: ignore[misc]
    """The type of the classes of unspecified functions."""

    declaration: Declaration
    order: Order

    def __repr__(cls) -> str:  # noqa: N805 - of a metaclass
        return str(cls.__name__)

    def __eq__(cls, other: object) -> bool:  # noqa: N805
        return cls is other

    def __hash__(cls) -> int:  # noqa: N805
        return type.__hash__(cls)


class Unspecified(sp.Function, metaclass=UnspecifiedClass):  # type: ignore[misc]
    """An unspecified function at an argument."""

    declaration: Declaration
    order: Order
    is_number = False  # a value is a number, but no particular one

    def __new__(cls, *args: Any, **options: Any) -> Any:
        """The function at arguments: expressions, text or numbers, inside its domain."""
        declaration = cls.declaration
        if len(args) != declaration.arity:
            raise ParameterError(
                f"the arguments of {cls.__name__}", args,
                f"{declaration.arity} of them, for that many variables were declared",
            )  # fmt: skip
        arguments = [_argument(cls.__name__, a) for a in args]
        for argument, (low, high) in zip(arguments, declaration.domain, strict=True):
            if argument.is_Rational and _is_outside(argument, low, high, sum(cls.order) > 0):
                raise OutsideDomainError(
                    f"the argument of {cls.__name__}", argument,
                    f"a value in {_interval_text((low, high))}"
                    + (", its ends left out for a derivative" if sum(cls.order) else ""),
                )  # fmt: skip
        return super().__new__(cls, *arguments, **options)

    def fdiff(self, argindex: int = 1) -> Expr:
        """The derivative in one argument."""
        order = list(self.order)
        order[argindex - 1] += 1
        return unspecified(self.declaration, tuple(order))(*self.args)

    def domain_conditions(self) -> list[Boolean]:
        """That every argument is in its interval; inside it, for a derivative."""
        is_open = sum(self.order) > 0
        found = []
        for argument, (low, high) in zip(self.args, self.declaration.domain, strict=True):
            found += [] if low == -sp.oo else [(sp.Gt if is_open else sp.Ge)(argument, low)]
            found += [] if high == sp.oo else [(sp.Lt if is_open else sp.Le)(argument, high)]
        return found

    @property
    def free_symbols(self) -> set[sp.Symbol]:
        """The symbols in the arguments and in the declaration."""
        return set().union(self.declaration.symbols, *(a.free_symbols for a in self.args))

    def _xreplace(self, rule: Mapping[Any, Any]) -> tuple[Any, bool]:
        if self in rule or not any(symbol in rule for symbol in self.declaration.symbols):
            result: tuple[Any, bool] = super()._xreplace(rule)
            return result
        arguments = [a.xreplace(rule) for a in self.args]
        return unspecified(self.declaration.at(rule), self.order)(*arguments), True

    def _eval_subs(self, old: Expr, new: Expr) -> Expr | None:
        if old not in self.declaration.symbols:
            return None
        arguments = [a.subs(old, new) for a in self.args]
        return unspecified(self.declaration.at({old: new}), self.order)(*arguments)

    def _eval_derivative(self, symbol: sp.Symbol) -> Expr:
        if symbol in self.declaration.symbols:
            raise UnsupportedError(
                f"{self.declaration.name} itself depends on {symbol}, which stands in its "
                "declaration; a derivative with respect to it is not read"
            )
        return super()._eval_derivative(symbol)

    def _latex(self, printer: Any, exp: Any = None) -> str:
        symbol: str = printer._print(sp.Symbol(self.declaration.name))
        marks = re.sub("([_^])(.*)", r"\1{\2}", derivative_name("", self.order))
        arguments = ", ".join(printer._print(a) for a in self.args)
        text = rf"{symbol}{marks}\left({arguments}\right)"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


def _argument(name: str, value: object) -> Expr:
    if isinstance(value, str):
        value = parse(value)
    return value if isinstance(value, sp.Expr) else exact(value, f"the argument of {name}")


def _is_outside(argument: Expr, low: Expr, high: Expr, is_open: bool) -> bool:
    at_end = is_open and (argument in (low, high))
    return bool(sp.true in (argument < low, argument > high) or at_end)


_CLASSES: dict[tuple[Declaration, Order], Any] = {}


def unspecified(declaration: Declaration, order: Order | None = None) -> Any:
    """The class of a function, or of one of its derivatives; one class for one declaration."""
    order = (0,) * declaration.arity if order is None else order
    key = declaration, order
    if key not in _CLASSES:
        name = derivative_name(declaration.name, order)
        body = {
            "declaration": declaration,
            "order": order,
            "nargs": declaration.arity,
            "is_real": True,
            "__module__": __name__,
            "__doc__": f"{declaration.text()}.",
        }
        _CLASSES[key] = UnspecifiedClass(name, (Unspecified,), body)
    return _CLASSES[key]


def _reduce(cls: Any) -> tuple[Any, ...] | str:
    if cls is Unspecified:
        return "Unspecified"
    return unspecified, (cls.declaration, cls.order)


copyreg.pickle(UnspecifiedClass, _reduce)


def applications(formulas: Iterable[Boolean | Expr]) -> list[Expr]:
    """Every unspecified function at an argument in some formulas, inner ones first.

    A SpaceError where different things are declared of two functions of one name.
    """
    found: dict[Expr, None] = {}
    if _CLASSES:
        for formula in formulas:
            for node in sp.postorder_traversal(formula):
                if isinstance(node, Unspecified):
                    found.setdefault(node)
    _check_names(found)
    return list(found)


def any_declared() -> bool:
    """Whether any function was declared so far, so that it may occur somewhere."""
    return bool(_CLASSES)


def mentions(*formulas: Boolean | Expr) -> bool:
    """Whether an unspecified function occurs in some formulas."""
    return bool(_CLASSES) and any(formula.has(Unspecified) for formula in formulas)


def _check_names(found: Iterable[Expr]) -> None:
    declarations: dict[str, Declaration] = {}
    for node in found:
        first = declarations.setdefault(node.declaration.name, node.declaration)
        if first != node.declaration:
            raise SpaceError(
                f"two different functions of one name: {first.text()}; and "
                f"{node.declaration.text()}. Give one of them another name"
            )
