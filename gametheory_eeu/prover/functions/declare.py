"""Declarations of unspecified functions by a user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact, parse
from gametheory_eeu.core.expressions import FUNCTION_NAMES
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError
from gametheory_eeu.prover.functions.construction import example
from gametheory_eeu.prover.functions.declaration import WORDS, Declaration, Order, unspecified

_SHAPES = {
    "increasing": (1, ">"),
    "decreasing": (1, "<"),
    "concave": (2, "<"),
    "convex": (2, ">"),
    "positive": (0, ">"),
    "nonnegative": (0, ">="),
}
_INFINITE = {"oo": sp.oo, "-oo": -sp.oo, "inf": sp.oo, "-inf": -sp.oo}
_MAX_ORDER = 6
_MAX_VARIABLES = 6
_MAX_POINTS = 20
PROPERTIES = (*_SHAPES, "signs", "at", "bounded", "homogeneous", "inada", "on", "variables")


@arg.validate(name=arg.text)
def function(name: str, **properties: Any) -> Any:
    """An unspecified function, of which only declared properties are known.

    It is smooth: as often continuously differentiable inside its domain as a statement and its own
    properties ask, and continuous at an end of the domain where it has a value.

    Parameters
    ----------
    name : str
        A word, such as ``"u"``.
    increasing, decreasing, concave, convex : bool or "weakly"
        Of the derivatives' signs inside the domain: u' > 0, u' < 0, u'' < 0, u'' > 0, or the weak
        inequality. Of several variables: all first derivatives; a definite Hessian.
    positive, nonnegative : bool
        u > 0, u >= 0.
    signs : mapping of order to ">", ">=", "<" or "<="
        Of any derivative: ``{3: ">"}`` is prudence (Kimball 1990); ``{(1, 1): ">"}`` is that of
        the cross derivative of two variables.
    at : mapping of argument to value
        Known values: ``{0: 0}``.
    bounded : (least, greatest)
    homogeneous : number or symbol
        The degree. Euler's equation holds.
    inada : "low", "high" or "both"
        u' is infinite at the low end, zero at the high end (Inada 1963).
    on : (low, high), or one such pair for each variable
        The domain; ends may be symbols or infinite. Real numbers unless given.
    variables : int
        Their number, one unless given.

    Returns
    -------
    class of SymPy functions
        ``u(x)`` is an expression, ``diff(u(x), x)`` is ``u'(x)``.

    Raises
    ------
    SpaceError
        No function has all of them, with those that clash.
    UnknownNameError
        A property that is not known.

    Examples
    --------
    >>> u = function("u", increasing=True, concave=True, on=(0, "oo"), at={0: 0})
    >>> x, y = sp.symbols("x y", positive=True)
    >>> sp.diff(u(x * y), x)
    y*u'(x*y)
    >>> from gametheory_eeu.prover import prove
    >>> prove(u(x) / x > sp.diff(u(x), x)).verdict
    'proved'
    """
    for key in properties:
        if key not in PROPERTIES:
            raise UnknownNameError("property of a function", key, PROPERTIES)
    name = _name(name)
    arity = arg.integer("variables", properties.pop("variables", 1), least=1, most=_MAX_VARIABLES)
    declaration = Declaration(
        name,
        domain=_domain(properties.pop("on", None), arity),
        signs=_signs(properties, arity),
        curvature=_curvature(properties) if arity > 1 else "",
        points=_points(properties.get("at"), arity),
        bounds=_pair("bounded", properties.get("bounded")),
        degree=_degree(properties.get("homogeneous")),
        inada=_inada(properties.get("inada"), arity),
    )
    _check_together(declaration)
    return unspecified(declaration)


@arg.validate(name=arg.text, increasing_hazard=arg.flag, log_concave=arg.flag)
def distribution(
    name: str,
    on: object,
    *,
    increasing_hazard: bool = False,
    log_concave: bool = False,
    signs: object = None,
) -> Any:
    """An unspecified distribution function with a positive density on an interval.

    Parameters
    ----------
    name : str
    on : (low, high)
        Its interval: the function is 0 at the low end and 1 at the high end, if finite.
    increasing_hazard : bool
        The density over the probability of more, F'/(1 - F), nowhere falls (Barlow and Proschan
        1965).
    log_concave : bool
        F'/F nowhere rises (Bagnoli and Bergstrom 2005).
    signs : mapping of order to ">", ">=", "<" or "<="
        Of derivatives: ``{2: "<"}`` is a falling density.

    Returns
    -------
    class of SymPy functions

    Examples
    --------
    >>> F = distribution("F", on=(0, 1), increasing_hazard=True)
    >>> c = sp.Symbol("c", real=True)
    >>> from gametheory_eeu.prover import prove
    >>> prove(F(c) < 1, given="0 < c < 1").verdict
    'proved'
    """
    domain = _domain(on, 1)
    ((low, high),) = domain
    points = [
        (end, sp.Integer(v)) for end, v in ((low, 0), (high, 1)) if end.is_finite is not False
    ]
    known = dict(_signs({"signs": signs}, 1))
    if known.get((1,), ">") != ">":
        raise ParameterError("signs", signs, "signs that leave the density positive")
    declaration = Declaration(
        _name(name), domain, tuple(sorted({**known, (1,): ">"}.items())), points=tuple(points),
        bounds=(sp.Integer(0), sp.Integer(1)), hazard=increasing_hazard, log_concave=log_concave,
        kind="distribution",
    )  # fmt: skip
    _check_together(declaration)
    return unspecified(declaration)


def _name(name: str) -> str:
    if not name.isidentifier() or name in FUNCTION_NAMES:
        raise ParameterError("name", name, "a word, such as u, that names no other function")
    return name


def _expression(name: str, value: object) -> Expr:
    if isinstance(value, str):
        value = _INFINITE.get(value) or parse(value)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        value = sp.oo if value > 0 else -sp.oo
    if isinstance(value, sp.Basic) and value in (sp.oo, -sp.oo):
        return value
    return exact(value, name)


def _finite(name: str, value: object) -> Expr:
    """A finite number, a symbol or an expression, perhaps as text."""
    found = _expression(name, value)
    if found in (sp.oo, -sp.oo) or not isinstance(found, sp.Expr):
        raise ParameterError(name, value, "finite numbers and symbols")
    return found


def _domain(given: object, arity: int) -> tuple[tuple[Expr, Expr], ...]:
    if given is None:
        return ((-sp.oo, sp.oo),) * arity
    items = arg.sequence("on", given, "a pair (low, high)")
    if len(items) == arity and all(isinstance(item, (list, tuple)) for item in items):
        pairs = items
    else:
        pairs = (items,) * arity
    found = []
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise ParameterError("on", given, "a pair (low, high), or one for each variable")
        low, high = (_expression("on", end) for end in pair)
        if (low < high) == sp.false:
            raise ParameterError("on", given, "a low end below the high end")
        found.append((low, high))
    return tuple(found)


def _strictness(name: str, value: object) -> str | None:
    """The end of a relation's sign: "" for True, "=" for "weakly"; None for False."""
    if isinstance(value, str) and value == "weakly":
        return "="
    if type(value).__name__ not in ("bool", "bool_"):
        raise ParameterError(name, value, 'True, False or "weakly"')
    return "" if value else None


def _signs(properties: Mapping[str, Any], arity: int) -> tuple[tuple[Order, str], ...]:
    found: dict[Order, tuple[str, str]] = {}

    def add(order: Order, relation: str, source: str) -> None:
        other = found.get(order)
        if other is not None and other[0][0] != relation[0]:
            raise SpaceError(
                f"{other[1]} and {source} contradict each other: one says that a derivative of "
                f"order {sum(order)} is {WORDS[other[0]]}, the other that it is {WORDS[relation]}"
            )
        if other is None or "=" in other[0]:
            found[order] = relation, source

    for key, (order, relation) in _SHAPES.items():
        strict = _strictness(key, properties.get(key, False))
        if strict is None or (order == 2 and arity > 1):
            continue
        sign = relation[0] + (strict or relation[1:])
        for unit in _orders(order, arity):
            add(unit, sign, f"{key}={properties[key]!r}")
    for raw, relation in _mapping("signs", properties.get("signs")).items():
        add(
            _order(raw, arity),
            arg.one_of("sign", relation, WORDS),
            f"signs={{{raw!r}: {relation!r}}}",
        )
    return tuple(sorted((order, relation) for order, (relation, _) in found.items()))


def _mapping(name: str, value: object) -> Mapping[Any, Any]:
    return {} if value is None else arg.mapping(name, value, "a mapping")


def _orders(order: int, arity: int) -> list[Order]:
    if order == 0:
        return [(0,) * arity]
    return [tuple(order * (i == j) for j in range(arity)) for i in range(arity)]


def _order(raw: object, arity: int) -> Order:
    items = (raw,) if not isinstance(raw, (tuple, list)) else tuple(raw)
    if len(items) != arity:
        raise ParameterError("an order in signs", raw, f"{arity} whole numbers, one a variable")
    order = tuple(arg.integer("an order in signs", item, most=_MAX_ORDER) for item in items)
    if sum(order) > _MAX_ORDER:
        raise ParameterError("an order in signs", raw, f"orders up to {_MAX_ORDER} in all")
    return order


def _curvature(properties: Mapping[str, Any]) -> str:
    found = {key: _strictness(key, properties.get(key, False)) for key in ("concave", "convex")}
    if all(strict is not None for strict in found.values()):
        raise SpaceError("concave and convex contradict each other: a Hessian has one sign")
    if found["concave"] is not None:
        return "<" + found["concave"]
    return "" if found["convex"] is None else ">" + found["convex"]


def _points(given: object, arity: int) -> tuple[tuple[Expr, Expr], ...]:
    if given is not None and arity > 1:
        raise ParameterError("at", given, "nothing, for a function of several variables")
    values = _mapping("at", given)
    if len(values) > _MAX_POINTS:
        raise ParameterError("at", given, f"at most {_MAX_POINTS} values")
    return tuple((_finite("at", a), _finite("at", v)) for a, v in values.items())


def _pair(name: str, given: object) -> tuple[Expr, Expr] | None:
    if given is None:
        return None
    items = arg.sequence(name, given, "a pair (least, greatest)")
    if len(items) != 2:
        raise ParameterError(name, given, "a pair (least, greatest)")
    low, high = (_finite(name, item) for item in items)
    if (low < high) == sp.false:
        raise ParameterError(name, given, "a least value below the greatest")
    return low, high


def _degree(given: object) -> Expr | None:
    return None if given is None else _finite("homogeneous", given)


def _inada(given: object, arity: int) -> tuple[str, ...]:
    if given is None:
        return ()
    if arity > 1:
        raise ParameterError("inada", given, "nothing, for a function of several variables")
    kind = arg.one_of("Inada end", given, ("low", "high", "both"))
    return ("low", "high") if kind == "both" else (kind,)


def _check_together(declaration: Declaration) -> None:
    """Refuse properties that clash; a function that has them all is built where that is tried."""
    for argument, _ in declaration.points:
        low, high = declaration.domain[0]
        if sp.true in (argument < low, argument > high):
            raise ParameterError("at", argument, f"an argument from {low} to {high}")
    if declaration.arity > 1 or declaration.symbols or declaration.degree is not None:
        return
    # A uniform, exponential or logistic distribution has both of these; none is rational.
    declaration = replace(declaration, hazard=False, log_concave=False)
    if example(declaration) is not None:
        return
    clash = _clash(declaration)
    raise SpaceError(
        f"no function was built that has these properties together: {clash.text()}; drop one of "
        "them, or change the domain with on="
    )


def _clash(declaration: Declaration) -> Declaration:
    """The declaration without the properties that can be spared from the clash."""
    smallest = declaration
    for key in ("signs", "points", "inada"):
        for item in getattr(declaration, key):
            kept: Any = tuple(x for x in getattr(smallest, key) if x != item)
            fewer = replace(smallest, **{key: kept})
            if example(fewer) is None:
                smallest = fewer
    fewer = replace(smallest, bounds=None)
    if smallest.bounds is not None and example(fewer) is None:
        smallest = fewer
    return smallest
