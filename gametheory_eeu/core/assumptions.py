"""Assumptions of symbols, such as ``positive=True``, as conditions on their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.arguments import assumptions_text
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import SpaceError

_ROOT_ASSUMPTIONS = {"irrational": True, "rational": False, "integer": False, "noninteger": True}
"""What a rational multiple of an irreducible polynomial's root is; SymPy leaves it open."""
_COMMON_ASSUMPTIONS = {"real", "extended_real", "finite", "complex", "hermitian", "commutative"}
"""What is assumed of every symbol here, and is not asked of an expression once more."""
_SIGN_RELATIONS = {
    "positive": sp.Gt,
    "negative": sp.Lt,
    "nonnegative": sp.Ge,
    "nonpositive": sp.Le,
    "nonzero": sp.Ne,
    "zero": sp.Eq,
}


@arg.validate(
    symbol=arg.instance_of(sp.Symbol, "a SymPy symbol"),
    value=arg.instance_of(sp.Expr, "a SymPy expression"),
)
def assumptions_hold(symbol: Symbol, value: Expr) -> bool:
    """Whether every assumption of a symbol is known to hold at a value.

    Examples
    --------
    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> [assumptions_hold(n, sp.Rational(x)) for x in ("3", "-3", "1/2")]
    [True, False, False]
    """
    return all(
        _assumption_value(value, key) is required
        for key, required in symbol._assumptions_orig.items()
    )


def assumption_conditions(symbol: Symbol, value: Expr) -> Iterator[Boolean]:
    """Conditions that a symbol's assumptions impose on an expression in its place.

    Raises
    ------
    SpaceError
        An assumption that no condition can say, such as that of being whole, and that is not
        known to hold.

    Examples
    --------
    >>> a = sp.Symbol("a", real=True)
    >>> list(assumption_conditions(sp.Symbol("n", positive=True), a - 1))
    [a - 1 > 0]
    """
    if value == symbol or value.is_number:
        if value != symbol and not assumptions_hold(symbol, value):
            yield sp.false
        return
    for key, required in symbol._assumptions_orig.items():
        relation = _SIGN_RELATIONS.get(key.removeprefix("extended_"))
        if relation is not None:
            condition = relation(value, 0)
            yield condition if required else sp.Not(condition)
        elif key not in _COMMON_ASSUMPTIONS and _assumption_value(value, key) is not required:
            raise SpaceError(
                f"{symbol.name} = {value} is not known to be {key}={required}, as the symbol "
                f"{symbol.name} says of itself ({assumptions_text(symbol)}); write it in symbols "
                "that are"
            )


@arg.validate(point=arg.point)
def check_assumptions(point: Mapping[Symbol, Expr]) -> None:
    """Refuse numbers that contradict the assumptions of their symbols.

    Raises
    ------
    SpaceError
    """
    for symbol, value in point.items():
        if value.is_number and not assumptions_hold(symbol, value):
            raise SpaceError(
                f"{symbol.name} = {value} contradicts what the symbol {symbol.name} says of "
                f"itself: {assumptions_text(symbol)}; give it such a value, or use another symbol"
            )


def _assumption_value(value: Expr, key: str) -> bool | None:
    relation = _SIGN_RELATIONS.get(key.removeprefix("extended_"))
    if relation is not None:
        return truth_value(relation(value, 0), {}) if value.is_real is not False else False
    if key in _ROOT_ASSUMPTIONS and isinstance(value.as_coeff_Mul()[1], sp.CRootOf):
        return _ROOT_ASSUMPTIONS[key]
    if key == "real" and _is_rational_function(value):
        return True
    result: bool | None = getattr(value, f"is_{key}", None)
    return result


def _is_rational_function(value: Expr) -> bool:
    """Whether it is a rational function of real symbols, so real wherever it is defined."""
    has_integer_powers = all(node.exp.is_Integer for node in value.atoms(sp.Pow))
    return has_integer_powers and all(
        node.is_Add or node.is_Mul or node.is_Pow or node.is_Rational or node.is_Symbol
        for node in sp.preorder_traversal(value)
    ) and all(s.is_real for s in value.free_symbols)  # fmt: skip
