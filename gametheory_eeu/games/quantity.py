"""Quantities: named expressions of a game, where they exist, and conditions in terms of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gametheory_eeu._registry import provided
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source, Space, condition_at, fresh_symbols
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, Picklable
from gametheory_eeu.core.signs import reverse
from gametheory_eeu.errors import DoesNotExistError
from gametheory_eeu.games.declarations import read_condition, read_expression
from gametheory_eeu.prover.proof_search import is_proved


@dataclass(frozen=True)
class ImplicitRoot(Picklable):
    """A quantity as the root ``unknown`` of ``equation = 0`` that obeys ``branch``.

    Derivatives of a root are simpler, and provable, through the implicit function theorem.
    """

    unknown: Symbol
    equation: Expr
    branch: Boolean

    @arg.validate(values=arg.point)
    def subs(self, values: Mapping[Symbol, Expr]) -> ImplicitRoot:
        """The root at values for some of the parameters."""
        fresh = fresh_symbols([self.unknown], values)
        replacements = {**values, **fresh}
        unknown = fresh.get(self.unknown, self.unknown)
        return ImplicitRoot(
            unknown, self.equation.xreplace(replacements), self.branch.xreplace(replacements)
        )


@dataclass(frozen=True, repr=False)
class Quantity(Displayable):
    r"""A quantity the model implies, never evaluated where it does not exist.

    Parameters
    ----------
    name : str
        The game's attribute, for example ``"trust_threshold"``.
    symbol : str
        As written in a paper, in LaTeX: ``r"\mu^*"``.
    expression : SymPy expression
    exists_when : SymPy Boolean
    meaning : str
    source : Source
    implicit : ImplicitRoot, optional
        The equation the quantity solves, where that is the better definition.
    """

    name: str
    symbol: str
    expression: Expr
    exists_when: Boolean
    meaning: str
    source: Source
    implicit: ImplicitRoot | None = None

    @property
    def value(self) -> Expr:
        """The expression; refused where the quantity does not exist.

        Raises
        ------
        DoesNotExistError
            Where ``exists_when`` is false at the game's values.
        """
        if self.exists_when == sp.false:
            raise DoesNotExistError(
                f"{self.name} does not exist at these values. It is: {self.meaning}. The general "
                f"game's quantities[{self.name!r}].exists_when says where it does"
            )
        return self.expression

    @arg.validate(values=arg.point)
    def subs(self, values: Mapping[Symbol, Expr]) -> Quantity:
        """The quantity at values for some of the parameters."""
        exists = simplify_constant(condition_at(self.exists_when, values))
        expression = self.expression if exists == sp.false else self.expression.xreplace(values)
        implicit = None if self.implicit is None else self.implicit.subs(values)
        return Quantity(
            self.name, self.symbol, expression, exists, self.meaning, self.source, implicit
        )

    def sweep(self, *designs: object, **grids: object) -> Any:
        """The quantity at every point of a grid or a sample, as :func:`sweep` gives it.

        Parameters
        ----------
        *designs, **grids
            By symbol, as in ``quantity.sweep(mu=[0.2, 0.4], ell=1)``.

        Returns
        -------
        xarray.Dataset
        """
        return provided("sweep")(self, *designs, **grids)

    def __repr__(self) -> str:
        return f"Quantity({self.name} = {self.expression})"


def simplify_constant(condition: Boolean) -> Boolean:
    """Simplify a condition without symbols to true or false."""
    if condition.free_symbols or condition in (sp.true, sp.false):
        return condition
    return sp.simplify(condition)


def value_or_components(quantities: Mapping[str, Quantity], name: str) -> Any:
    """The value of a quantity, or of its components by member; None where there is none."""
    if name in quantities:
        return quantities[name].value
    prefix = f"{name}."
    components = {k.removeprefix(prefix): q for k, q in quantities.items() if k.startswith(prefix)}
    return {key: q.value for key, q in components.items()} or None


_SYMBOL = "the symbol of the quantity in LaTeX, as text"


class quantity:  # noqa: N801 - a decorator, used like property
    """Declare a game's quantity: decorates a method that returns it in the game's own symbols.

    It is an expression in ``self.symbols``, or text by the parameters' names. The method's
    docstring is the meaning. A method that returns a mapping declares one quantity for each key,
    named ``name.key``.
    """

    def __init__(
        self,
        symbol: str,
        source: Source | None = None,
        exists_when: Callable[[Any], Boolean] | None = None,
        implicit: Callable[[Any], ImplicitRoot] | None = None,
    ) -> None:
        arg.text("symbol of a quantity", symbol, _SYMBOL, 'Write @quantity("v^*") over the method')
        self.symbol, self.source = symbol, source or Source("M")
        self.exists_when, self.implicit = exists_when, implicit

    def __call__(self, function: Callable[[Any], Expr]) -> quantity:
        """Decorate the method."""
        self.function, self.name = function, function.__name__
        self.__doc__ = function.__doc__
        return self

    def __get__(self, game: Any, owner: type) -> Any:
        """On a game: the value at the game's values. On the class: the declaration."""
        if game is None:
            return self
        value = value_or_components(game.quantities, self.name)
        return game.missing_quantity(self.name) if value is None else value

    def of(self, game: Any) -> list[Quantity]:
        """The quantity, or its components, in the symbols of a game without values."""
        result = self.function(game)
        if result is None:
            return []
        label = f"{self.name} of {type(game).__name__}"
        exists = (
            sp.true
            if self.exists_when is None
            else read_condition(f"exists_when of {label}", self.exists_when(game), game)
        )
        implicit = None if self.implicit is None else self.implicit(game)
        meaning = " ".join((self.__doc__ or "").split("\n\n")[0].split()).rstrip(".")
        if not isinstance(result, Mapping):
            value = read_expression(label, result, game)
            return [Quantity(self.name, self.symbol, value, exists, meaning, self.source, implicit)]
        return [
            Quantity(
                f"{self.name}.{key}",
                f"{self.symbol}^{{\\text{{{key}}}}}",
                read_expression(f"{self.name}.{key} of {type(game).__name__}", value, game),
                exists,
                f"{meaning} ({key})",
                self.source,
            )
            for key, value in result.items()
        ]


def in_quantities(condition: Boolean, quantities: Iterable[Quantity], space: Space) -> Boolean:
    """The condition with each relation as a bound by a quantity, where it is one on the space.

    A relation is a bound by a quantity Q if it is linear in a symbol x and x = Q solves it, or if
    it is a multiple of Q; the first such quantity is taken. Of two symbols the one that comes first
    in the space is bounded by the other.
    """
    expressions = [q.expression for q in quantities if _is_rational(q.expression)]
    relations = condition.atoms(sp.core.relational.Relational)
    return condition.xreplace({r: _bound(r, expressions, space) for r in relations})


def _is_rational(expression: Expr) -> bool:
    symbols = expression.free_symbols
    return bool(symbols) and not expression.is_Symbol and expression.is_rational_function(*symbols)


def _bound(relation: Boolean, expressions: list[Expr], space: Space) -> Boolean:
    difference = relation.lhs - relation.rhs
    if not difference.is_polynomial(*difference.free_symbols):
        return relation
    for expression in expressions:
        for side, coefficient in _sides(difference, expression):
            if not _is_defined(expression, space):
                break
            if is_proved(sp.Gt(coefficient, 0), space):
                return relation.func(*side)
            if is_proved(sp.Lt(coefficient, 0), space):
                return reverse(relation.func)(*side)
    return _in_order(relation, space)


def _is_defined(expression: Expr, space: Space) -> bool:
    denominator = sp.denom(sp.together(expression))
    return denominator.is_number or is_proved(sp.Ne(denominator, 0), space)


def _in_order(relation: Boolean, space: Space) -> Boolean:
    order = space.symbols
    if relation.lhs in order and relation.rhs in order:
        is_ordered = order.index(relation.lhs) < order.index(relation.rhs)
        return relation if is_ordered else relation.reversed
    return relation


def _sides(difference: Expr, expression: Expr) -> Iterator[tuple[tuple[Expr, Expr], Expr]]:
    """The sides of bounds by an expression, with the coefficients of the difference in them."""
    if not expression.free_symbols <= difference.free_symbols:
        return
    for x in sorted(difference.free_symbols - expression.free_symbols, key=str):
        polynomial = sp.Poly(difference, x)
        if polynomial.degree() == 1:
            slope, intercept = polynomial.all_coeffs()
            if sp.cancel(slope * expression + intercept) == 0:
                yield (x, expression), slope
    ratio = sp.cancel(difference / expression)
    if ratio.is_number:
        yield (expression, sp.Integer(0)), ratio
