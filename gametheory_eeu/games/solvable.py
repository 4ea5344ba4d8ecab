"""AbstractGame: the interface of every game, the library's or a user's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from inspect import isfunction, signature
from typing import Any, NoReturn, Self

from gametheory_eeu import prover
from gametheory_eeu._registry import provided
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Calibration, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games.equilibrium import Equilibrium, EquilibriumSet, Obligation, Profile


@dataclass(frozen=True)
class Increment(Picklable):
    """A player's gain from a higher action, given the actions of the others.

    Parameters
    ----------
    who : str
    gain : SymPy expression
        The payoff at the higher action less that at the lower one.
    raised : tuple of SymPy expressions
        The same gain after another player took the next higher action.
    where : tuple of SymPy Booleans
        Over which actions of the others.
    payoffs : tuple of SymPy expressions
        What the gain is the difference of: it has a value only where they have.
    consecutive : bool
        Whether there is no action between the two.
    alone : bool
        Whether the player chooses nothing else. Only then is it enough that the gain of every pair
        of actions, consecutive or not, crosses zero once.
    """

    who: str
    gain: Expr
    raised: tuple[Expr, ...]
    where: tuple[Boolean, ...] = ()
    payoffs: tuple[Expr, ...] = ()
    consecutive: bool = True
    alone: bool = True


def mixed_profile(name: str, value: object) -> Mapping[str, Mapping[str, Expr]]:
    """Validate a profile: by player or information set, the probability of each action."""
    allowed = "a mapping of information set, or player, to a mapping of action to probability"
    for mix in arg.mapping(name, value, allowed).values():
        arg.mapping(name, mix, allowed)
    return value  # type: ignore[return-value]


def strategy_profile(name: str, value: object) -> Mapping[str, Any]:
    """Validate a profile: by player or information set, an action or a mix of actions."""
    return arg.mapping(name, value, _PROFILE)


_PROFILE = "a mapping with an action, or a mix of actions, for each player or information set"
_EQUILIBRIUM = arg.instance_of(Equilibrium, "an equilibrium of the game, as solve() gives them")
_VALIDATORS: dict[str, dict[str, arg.Validator]] = {
    "payoff": {"profile": strategy_profile, "player": arg.text, "protocol": arg.text},
    "strategies": {"profile": mixed_profile},
    "obligations": {"equilibrium": _EQUILIBRIUM},
    "equilibria": {"concept": arg.text},
    "completeness": {"concept": arg.text},
}


class AbstractGame(Displayable):
    """Players, a space of parameters, payoffs at a profile, and equilibria.

    A subclass says who plays, what they get, and how it is solved; equilibria, their verification,
    regimes, comparative statics and figures need no more than this.
    """

    def __init_subclass__(cls) -> None:
        """Validate the arguments of the methods that a subclass defines."""
        super().__init_subclass__()
        for name, validators in _VALIDATORS.items():
            method = vars(cls).get(name)
            if isfunction(method) and not hasattr(method, "__wrapped__"):
                parameters = signature(method).parameters
                own_validators = {
                    key: validator for key, validator in validators.items() if key in parameters
                }
                setattr(cls, name, arg.validate(**own_validators)(method))

    calibration: str = ""

    @property
    def concepts(self) -> tuple[str, ...]:
        """The solution concepts, the default first."""
        return ("Nash",)

    @property
    def players(self) -> tuple[str, ...]:
        """The players."""
        self._refuse_undeclared("players")

    @property
    def space(self) -> Space:
        """The symbols left and the constraints they obey."""
        self._refuse_undeclared("space")

    @property
    def quantities(self) -> Mapping[str, Any]:
        """The quantities of the game; none unless it declares some."""
        return FrozenMapping()

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player at any profile, at the game's values."""
        self._refuse_undeclared("payoff")

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The conditions of the concept on the equilibrium, from the game's own payoffs."""
        self._refuse_undeclared("obligations")

    def continuous_choices(self) -> tuple[Mapping[str, Expr], Mapping[str, Symbol], Space] | None:
        """Payoffs, one choice a player, and their space; None of a game of named actions."""
        return None

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, each with the exact condition under which it exists."""
        self._refuse_undeclared("solve")

    def comparative_statics(
        self, quantity: str | None = None, wrt: str | None = None, at: str | None = None
    ) -> Any:
        """Derivatives of quantities, choices and payoffs, each with the proved sign.

        Parameters
        ----------
        quantity : str, optional
            Only this one; ``"payoff"`` means all payoffs, ``"choice"`` all choices.
        wrt : str, optional
            Only this parameter, by name or ASCII symbol.
        at : str, optional
            Only payoffs, at the equilibrium of this name; of a game that a user wrote, all that is
            played and earned there.
        """
        return provided("comparative statics")(self, quantity=quantity, wrt=wrt, at=at)

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some parameters."""
        self._refuse_undeclared("at")

    @arg.validate(profile=mixed_profile)
    def strategies(self, profile: Profile) -> dict[str, tuple[Expr, ...]]:
        """A profile by player: probabilities in action order."""
        return {key: tuple(mix.values()) for key, mix in profile.items()}

    def plot(self, **options: Any) -> Any:
        """The figure of the game, as a Matplotlib figure."""
        from gametheory_eeu import display

        return display.figure(self, **options)

    @arg.validate(x=arg.optional(arg.text), y=arg.optional(arg.text))
    def explore(self, x: str | None = None, y: str | None = None) -> Any:
        """Sliders over the parameters, in a notebook: equilibria, regimes and thresholds move.

        A game of the library with a value for every parameter has all of them open again, each
        slider at its own value; otherwise those that are left have sliders.

        Parameters
        ----------
        x, y : str, optional
            The symbols along the axes of the map; the first two on which the equilibria turn.

        Raises
        ------
        UnsupportedError
            This is no notebook.
        GameTheoryError
            ipywidgets is not installed; the message has the line that installs it.
        """
        from gametheory_eeu import display

        return display.explore(self, x, y)

    def _point(self, values: Mapping[str, object]) -> Mapping[Symbol, Expr]:
        """Values by name as a point of the space."""
        return self.space.point(dict(values.items()))

    def _has_no_member(self, family: Equilibrium) -> bool:
        """Whether a family has no member at the game's values."""
        if not family.free:
            return False
        try:
            return not prover.is_satisfiable(family.space)
        except UnsupportedError:  # not settled: the family is kept, with its range
            return False

    def _concept(self, name: str | None) -> str:
        if name is None:
            return self.concepts[0]
        return arg.one_of("concept", name, self.concepts)

    def _refuse_undeclared(self, name: str) -> NoReturn:
        """Raise an error for a method that the subclass does not define."""
        raise UnsupportedError(
            f"{type(self).__name__} does not say its {name}, on which this rests; define {name} in "
            "the class, as the games of the library do"
        )

    def _check_player(self, name: str) -> None:
        arg.one_of("player", name, self.players)


@arg.validate(game=arg.instance_of(AbstractGame, "a game"))
def title_of(game: AbstractGame) -> str:
    """A game's title, or what kind of game it is."""
    kind = re.sub("(?<!^)(?=[A-Z])", " ", type(game).__name__).capitalize()
    return str(getattr(game, "title", "") or kind)
