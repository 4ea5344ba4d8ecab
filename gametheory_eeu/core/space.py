"""Space: the symbols a statement ranges over and the constraints they obey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.arguments import assumptions_text, mapping, symbols_by_name
from gametheory_eeu.core.definedness import condition_at, nonreal_constant, rationalize_floats
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.core.exact import exact
from gametheory_eeu.core.expressions import is_condition
from gametheory_eeu.core.grammar import parse
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.size_limits import CONDITIONS, check_count, check_expression
from gametheory_eeu.errors import SpaceError, UnknownNameError, short_repr

if TYPE_CHECKING:
    from gametheory_eeu.prover import Proof

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

    SpaceError for an assumption that no condition can say, such as that of being whole, and that is
    not known to hold.

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


_MAX_NESTING = 50


@dataclass(frozen=True)
class Space(Picklable):
    """The set of points at which every constraint is defined and true.

    Parameters
    ----------
    symbols : tuple of SymPy symbols
        What varies. A symbol that no constraint mentions ranges over all reals. Assumptions on a
        symbol (``positive=True``, ``integer=True``, …) count as constraints.
    constraints : tuple of SymPy Booleans

    Raises
    ------
    SpaceError
        Two different symbols of one name, or a symbol that is not real.

    Examples
    --------
    >>> space = Space.of("0 < c < tau", "tau < 1")
    >>> space.contains({"c": "1/4", "tau": "1/2"})
    True
    >>> space.contains({"c": "3/4", "tau": "1/2"})
    False
    """

    symbols: tuple[Symbol, ...]
    constraints: tuple[Boolean, ...] = ()

    def __post_init__(self) -> None:
        symbols = _items("symbols", self.symbols)
        for item in symbols:
            if not isinstance(item, sp.Symbol):
                raise SpaceError(
                    f"{short_repr(item)} is not a SymPy symbol; for text, use Space.of('x > 0')"
                )
        constraints = _items("constraints", self.constraints)
        for item in constraints:
            if not is_condition(item):
                raise SpaceError(
                    f"{short_repr(item)} is not a SymPy condition such as x > 0; for text, use "
                    "Space.of('x > 0')"
                )
        free = set().union(*(c.free_symbols for c in constraints))
        known = dict.fromkeys([*symbols, *sorted(free - set(symbols), key=str)])
        object.__setattr__(self, "symbols", tuple(known))
        object.__setattr__(self, "constraints", tuple(dict.fromkeys(constraints)))
        check_symbols(self.symbols)

    @classmethod
    def of(cls, *given: object, symbols: Iterable[Symbol] = ()) -> Space:
        """A space from whatever a user may write: relations, text, other spaces, lists of them."""
        _check_sizes(_flatten(given))
        space_symbols: dict[Symbol, None] = dict.fromkeys(arg.symbols("symbols", symbols))
        constraints: list[Boolean] = []
        names = {s.name: s for s in [*space_symbols, *_symbols_in(given)]}
        for item in _flatten(given):
            if isinstance(item, Space):
                space_symbols.update(dict.fromkeys(item.symbols))
                constraints.extend(item.constraints)
            else:
                constraints.extend(_conjuncts(_condition(item, names)))
        return cls(tuple(space_symbols), tuple(constraints))

    def __and__(self, other: object) -> Space:
        return Space.of(self, other)

    @property
    def condition(self) -> Boolean:
        """All constraints as one Boolean (a symbol's own assumptions are not repeated)."""
        return sp.And(*self.constraints)

    def subs(self, values: Mapping[Symbol, Expr]) -> Space:
        """The space with some symbols replaced; constraints that become true are dropped.

        What a symbol says of itself is asked of the value that takes its place.
        """
        values = self._canonical_values(values)
        constraints = [condition_at(c, values) for c in self.constraints]
        constraints += [c for s in self.symbols if s in values
                        for c in assumption_conditions(s, values[s])]  # fmt: skip
        remaining = [s for s in self.symbols if s not in values]
        new_symbols = [s for v in values.values() for s in getattr(v, "free_symbols", ())]
        return Space(
            (*remaining, *sorted(set(new_symbols) - set(remaining), key=str)),
            tuple(c for c in constraints if c != sp.true),
        )

    def _canonical_values(self, values: Mapping[Symbol, Expr]) -> Mapping[Symbol, Expr]:
        """Values by the space's own symbols, matched by name."""
        values = mapping("values", values, "a mapping of symbols to their values")
        if all(isinstance(k, sp.Symbol) and _is_real(v) for k, v in values.items()):
            own = {s.name: s for s in self.symbols}
            return {own.get(k.name, k): v for k, v in values.items()}
        return self.point(values)

    def contains(self, point: Mapping[object, object]) -> bool:
        """Whether the point, given for every symbol by name or symbol, obeys every constraint.

        Raises
        ------
        SpaceError
            A symbol without a value.
        GameTheoryError
            Whether a number is zero could not be settled.
        """
        values = self.point(point)
        missing = [s.name for s in self.symbols if s not in values]
        if missing:
            raise SpaceError(
                f"the point leaves {', '.join(missing)} open; give every symbol a value"
            )
        is_admissible = all(assumptions_hold(s, values[s]) for s in self.symbols)
        return is_admissible and all(truth_value(c, values) is True for c in self.constraints)

    def point(self, point: Mapping[object, object]) -> dict[Symbol, Expr]:
        """The point with exact values, by the space's own symbols."""
        names = {s.name: s for s in self.symbols}
        result: dict[Symbol, Expr] = {}
        for key, value in mapping("point", point, "a mapping of symbols to their values").items():
            name = key.name if isinstance(key, sp.Symbol) else key
            if not isinstance(name, str) or name not in names:
                raise UnknownNameError("symbol", name, names)
            if names[name] in result:
                raise SpaceError(
                    f"{name} is given twice, by its name and by a symbol; once will do"
                )
            result[names[name]] = exact(value, name)
        return result

    @property
    def empty(self) -> Proof:
        """A proof that the space is empty, or an exact point that refutes it."""
        from gametheory_eeu.prover import is_empty

        return is_empty(self)

    def witness(self) -> Mapping[Symbol, Expr] | None:
        """A small exact point of the space; None where the space is proved empty.

        Raises
        ------
        UnsupportedError
            Neither a point nor a proof of emptiness was found.
        """
        from gametheory_eeu.prover import witness

        return witness(self)

    def __str__(self) -> str:
        names = ", ".join(s.name for s in self.symbols)
        return f"{{({names}): {' and '.join(map(str, self.constraints)) or 'all reals'}}}"

    def _repr_latex_(self) -> str:
        from gametheory_eeu import display

        return display.space_latex(self)


def _check_sizes(items: list[object]) -> None:
    check_count("what is given", len(items), CONDITIONS)
    for item in items:
        if isinstance(item, sp.Basic):
            check_expression("a condition in what is given", item)


def _items(name: str, given: object) -> tuple[Any, ...]:
    """What is given as a list, or an array of one axis."""
    is_list = isinstance(given, Iterable) and not isinstance(given, (str, sp.Basic))
    if not is_list or getattr(given, "ndim", 1) != 1:
        raise SpaceError(
            f"the {name} of a space are a tuple, and {short_repr(given)} is not; to build a space "
            "from whatever you may write, use Space.of"
        )
    return tuple(given)  # type: ignore[arg-type]


def check_symbols(symbols: Iterable[Symbol]) -> None:
    """Refuse a symbol that is not real, and two different symbols of one name."""
    items = arg.symbols("symbols", symbols)
    for symbol in items:
        if not symbol.name:
            raise SpaceError("a symbol without a name; give it one")
        if symbol.is_extended_real is False or symbol.is_finite is False:
            raise SpaceError(f"the symbol {symbol.name} is not real; only real symbols are meant")
    symbols_by_name(items)


def _is_real(value: object) -> bool:
    return isinstance(value, sp.Expr) and value.is_extended_real is not False


def _flatten(given: object, depth: int = 0) -> list[object]:
    if not isinstance(given, (list, tuple, set, frozenset)):
        return [given]
    if depth > _MAX_NESTING:
        raise SpaceError(f"what is given is nested more than {_MAX_NESTING} lists deep")
    return [item for part in given for item in _flatten(part, depth + 1)]


def _symbols_in(given: object) -> list[Symbol]:
    result: list[Symbol] = []
    for item in _flatten(given):
        if isinstance(item, Space):
            result.extend(item.symbols)
        elif isinstance(item, sp.Basic):
            result.extend(item.free_symbols)
    return result


def _condition(item: object, names: Mapping[str, Symbol]) -> Boolean:
    if isinstance(item, str):
        # A name the other constraints use is that symbol; any other is a new real one.
        item = parse(item, known=names)
    if isinstance(item, (bool, sp.logic.boolalg.BooleanAtom)):
        return sp.true if item else sp.false
    if not is_condition(item):
        raise SpaceError(
            f"{short_repr(item)} is not a condition; allowed: a relation such as x > 0, And, Or, "
            "Not, text such as '0 < x < 1', or a Space"
        )
    constant = nonreal_constant(item)
    if constant is not None:
        raise SpaceError(f"{short_repr(item)} has no truth: {constant} is not a finite real number")
    return rationalize_floats(item)


def _conjuncts(condition: Boolean) -> list[Boolean]:
    parts = list(condition.args) if isinstance(condition, sp.And) else [condition]
    return [part for part in parts if part != sp.true]
