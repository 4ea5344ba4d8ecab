"""The base class of games in normal, extensive and symmetric form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Self

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Calibration, Space, nonreal_constant, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import SYMBOLS, Limit, check_solvable
from gametheory_eeu.errors import DoesNotExistError, SpaceError, UnsupportedError
from gametheory_eeu.forms.payoff_arrays import at_values, check_defined, check_nonempty
from gametheory_eeu.model import AbstractGame, title_of
from gametheory_eeu.prover.functions import any_declared, mentions


class GameForm(AbstractGame):
    """An immutable game with payoffs over one space, equal by class, parts and space.

    A subclass keeps its parts with :meth:`_keep`, says in :meth:`_parts` which of them make it
    the game it is, and in :meth:`_at` what becomes of it at values for some of its symbols.
    """

    title: str

    def _set_parts(self, space: Space, title: str, **parts: object) -> None:
        arg.text("title", title)
        self.__dict__.update(parts, _space=space, title=title)

    @property
    def space(self) -> Space:
        """The symbols of the game and their constraints."""
        result: Space = self.__dict__["_space"]
        return result

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the game's space."""
        return self.space.symbols

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some of its symbols.

        Raises
        ------
        UnknownNameError
            A name that no symbol bears.
        SpaceError
            Values that contradict what is known of the symbols.
        DoesNotExistError
            Values at which a payoff is not a real number.
        """
        point, space = at_values(self.space, calibration, values)
        return self._over(space, point)

    @arg.validate(space=arg.instance_of(Space, "a Space"), values=arg.optional(arg.point))
    def over(self, space: Space, values: Mapping[Symbol, Expr] | None = None) -> Self:
        """The same payoffs, at values, over another space that has all symbols left in them."""
        game = self._over(space, values or {})
        if absent := game._payoff_symbols() - set(space.symbols):
            raise SpaceError(f"the space lacks {', '.join(sorted(s.name for s in absent))}")
        return game

    @property
    def values(self) -> Mapping[Symbol, Expr]:
        """The values that :meth:`at` put in the place of symbols; no part of which game it is."""
        result: Mapping[Symbol, Expr] = self.__dict__.get("_put_in", FrozenMapping())
        return result

    def _over(self, space: Space, point: Mapping[Symbol, Expr]) -> Self:
        game = object.__new__(type(self))
        earlier = {symbol: substitute(value, point) for symbol, value in self.values.items()}
        put_in = FrozenMapping(earlier | dict(point))
        game._set_parts(space, self.title, _put_in=put_in, **self._at(point))
        for name, value in game._named_payoffs() if point else ():
            if (
                value.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I)
                or nonreal_constant(value) is not None
            ):
                text = ", ".join(f"{symbol} = {number}" for symbol, number in point.items())
                raise DoesNotExistError(f"the {name} is not a real number at {text}")
        return game

    def continuous_choices(
        self,
    ) -> tuple[Mapping[str, Expr], Mapping[str, Symbol], Space] | None:
        """None of a game of named actions.

        Raises
        ------
        UnsupportedError
            A game of other choices than one number a player.
        """
        if hasattr(self, "actions"):
            return None
        raise UnsupportedError(
            "theorems on complements and on interior choices are of named actions, or of one "
            f"number that each player chooses; {title_of(self)} is of other choices"
        )

    @property
    def default_concept(self) -> str:
        """The concept that ``solve`` takes where none is named."""
        return self._concept(None)

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        """The parts at a point for some of the symbols."""
        return self._changed(lambda value: substitute(value, point))

    def _changed(self, change: Callable[[Expr], Expr]) -> dict[str, object]:
        """The parts of a finite form with every payoff and probability changed."""
        raise NotImplementedError

    @property
    def _has_functions(self) -> bool:
        """Whether unspecified functions occur in what is paid, drawn or given."""
        return any_declared() and mentions(*self._all_values(), *self.space.constraints)

    def _all_values(self) -> list[Expr]:
        """Every payoff and probability of a finite form."""
        found: list[Expr] = []

        def collect(value: Expr) -> Expr:
            found.append(value)
            return value

        self._changed(collect)
        return found

    def _in_values(self, change: Callable[[Expr], Expr], space: Space) -> Self:
        """The game with every payoff and probability changed, over another space."""
        game = object.__new__(type(self))
        game._set_parts(space, self.title, **self._changed(change))
        return game

    def _named_payoffs(self) -> Iterable[tuple[str, Expr]]:
        """Every payoff, each with its name for error messages."""
        raise NotImplementedError

    def _payoff_symbols(self) -> set[Symbol]:
        """The parameters in the payoffs."""
        return {s for _, value in self._named_payoffs() for s in value.free_symbols}

    def _check_size(self, limit: Limit = SYMBOLS) -> None:
        """Refuse payoffs that are too large to be analysed."""
        check_solvable("this game", self._named_payoffs(), limit)

    def _check_solvable(self, limit: Limit = SYMBOLS) -> None:
        """Refuse oversized payoffs, an empty space, and payoffs that are not real on the space."""
        self._check_size(limit)
        check_nonempty(self.space)
        check_defined(self._named_payoffs(), self.space)

    def _parts(self) -> tuple[object, ...]:
        """The data that identify the game, besides its class and its space."""
        raise NotImplementedError

    def _key(self) -> tuple[object, ...]:
        return type(self), *self._parts(), self.space

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a game is frozen; build a new one")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GameForm) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())
