"""Quantity: a named expression of a game, and where it exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gametheory_eeu._registry import provided
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source, condition_at, fresh_symbols
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, Picklable
from gametheory_eeu.errors import DoesNotExistError


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
        exists = _simplify_constant(condition_at(self.exists_when, values))
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


def _simplify_constant(condition: Boolean) -> Boolean:
    """Simplify a condition without symbols to true or false."""
    if condition.free_symbols or condition in (sp.true, sp.false):
        return condition
    return sp.simplify(condition)


class quantity:  # noqa: N801 - a decorator, used like property
    """Declare a game's quantity: decorates a method that returns it in the game's own symbols.

    The method's docstring is the meaning. A method that returns a mapping declares one quantity
    for each key, named ``name.key``.
    """

    def __init__(
        self,
        symbol: str,
        source: Source | None = None,
        exists_when: Callable[[Any], Boolean] | None = None,
        implicit: Callable[[Any], ImplicitRoot] | None = None,
    ) -> None:
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
        quantities = game.quantities
        if self.name in quantities:
            return quantities[self.name].value
        prefix = f"{self.name}."
        components = {
            key.removeprefix(prefix): q.value
            for key, q in quantities.items()
            if key.startswith(prefix)
        }
        return components if components else game.missing_quantity(self.name)

    def of(self, game: Any) -> list[Quantity]:
        """The quantity, or its components, in the symbols of a game without values."""
        result = self.function(game)
        if result is None:
            return []
        exists = sp.true if self.exists_when is None else self.exists_when(game)
        implicit = None if self.implicit is None else self.implicit(game)
        meaning = " ".join((self.__doc__ or "").split("\n\n")[0].split()).rstrip(".")
        if not isinstance(result, Mapping):
            return [
                Quantity(self.name, self.symbol, result, exists, meaning, self.source, implicit)
            ]
        return [
            Quantity(
                f"{self.name}.{key}",
                f"{self.symbol}^{{\\text{{{key}}}}}",
                value,
                exists,
                f"{meaning} ({key})",
                self.source,
            )
            for key, value in result.items()
        ]
