"""Result classes of the numerical analysis of participation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.results import Displayable, StructuralEquality
from gametheory_eeu.errors import DoesNotExistError


@dataclass(frozen=True, eq=False)
class Joiners(StructuralEquality, Displayable):
    """A set of members that join: names, or positions as an array where members are many."""

    members: Any
    size: int
    exact: bool


@dataclass(frozen=True, eq=False)
class EquilibriumSizes(StructuralEquality, Displayable):
    """Every pure equilibrium by its size: the ``size`` least resistant join.

    Parameters
    ----------
    sizes : array
        Ascending.
    order : tuple of names, or array of positions
        Members from the least resistant on.
    indifferent : tuple of names, or array of positions
        Under plain Nash without complementarity: of these any subset may join.
    ties : str
        ``"join"`` or ``"both"``.
    exact : bool
        False where the game was given as floats.
    """

    sizes: Any
    order: Any
    indifferent: Any
    ties: str
    exact: bool

    def joiners(self, size: int) -> Any:
        """The joiners in the equilibrium of this size."""
        return self.order[:size]


@dataclass(frozen=True, eq=False)
class Cascade(StructuralEquality, Displayable):
    """Simultaneous rounds of best replies, from nobody or from everybody.

    Parameters
    ----------
    sizes : tuple of int
        Joiners before the first round, and after each.
    rounds : tuple
        Who moves in each round: names, or positions where members are many.
    start : str
        ``"nobody"`` (up to the least equilibrium) or ``"everybody"`` (down to the greatest).
    exact : bool
        False where the game was given as floats.
    """

    sizes: tuple[int, ...]
    rounds: tuple[Any, ...]
    start: str
    exact: bool


@dataclass(frozen=True)
class TippingPoint(Displayable):
    """Between two neighbouring equilibrium sizes: how many must join before others follow.

    Parameters
    ----------
    below, above : int
        The neighbouring sizes.
    critical_size : int
        With so many joined, held until the next has, the climb goes on by itself.
    joiners_needed : int
        ``critical_size - below``; the next least resistant are counted.
    """

    below: int
    above: int
    critical_size: int
    joiners_needed: int


@dataclass(frozen=True, eq=False)
class Bill(StructuralEquality, Displayable):
    """The cost of making all joining the only equilibrium by offers one by one.

    Parameters
    ----------
    total : number or expression
    order : tuple of names, or array of positions
        In which dominance is iterated; not an order in time.
    offers : tuple of numbers, or array
        To the members in this order.
    lower_bound : number or None
        No order is cheaper. For a given order, None.
    cheapest : bool
        Whether the order is proved cheapest (the total meets the bound).
    uniform : number, expression or None
        The same offer to all; None where it has no closed form.
    exact : bool
    """

    total: Expr
    order: Any
    offers: Any
    lower_bound: Expr | None
    cheapest: bool
    uniform: Expr | None
    exact: bool

    @property
    def value_of_bilateralism(self) -> Expr:
        """The saving of offers one by one against the same offer to all, or a bound below it."""
        if self.uniform is None:
            raise DoesNotExistError(
                "the same offer to all has no closed form for so many members with symbols; give "
                "every parameter a number"
            )
        return self.uniform - self.total


@dataclass(frozen=True, eq=False)
class PotentialMaximiser(StructuralEquality, Displayable):
    """The sets of joiners that maximise the potential: all lie between these two."""

    least: Joiners
    greatest: Joiners
    potential: Expr
    exact: bool


@dataclass(frozen=True)
class Exclusion(Displayable):
    """The effect of excluding a member on the absolute threshold.

    Parameters
    ----------
    member : str
    with_member, without : number
        The absolute threshold.
    lowers : Boolean
        Whether it falls: exactly where the member, once all others have joined, still demands
        more than the others' own threshold.
    demands : number
        The power at which the member joins after all others.
    """

    member: str
    with_member: Expr
    without: Expr
    lowers: Boolean
    demands: Expr


__all__ = [
    "Bill",
    "Cascade",
    "EquilibriumSizes",
    "Joiners",
    "Exclusion",
    "PotentialMaximiser",
    "TippingPoint",
]
