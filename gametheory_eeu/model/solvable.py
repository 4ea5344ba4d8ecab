"""What every game has, whether it is a model of the library or one a user wrote down."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isfunction, signature
from typing import Any, ClassVar, NoReturn, Self

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Calibration, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model.equilibrium import Equilibrium, EquilibriumSet, Obligation, Profile


def mixes(name: str, value: object) -> Mapping[str, Mapping[str, Expr]]:
    """The value, a profile: by player or information set, the probability of each action."""
    allowed = "a mapping of information set, or player, to a mapping of action to probability"
    for mix in arg.mapping(name, value, allowed).values():
        arg.mapping(name, mix, allowed)
    return value  # type: ignore[return-value]


def profile(name: str, value: object) -> Mapping[str, Any]:
    """The value, a mapping of player, or information set, to an action or to a mix of actions."""
    return arg.mapping(name, value, _PROFILE)


_PROFILE = "a mapping with an action, or a mix of actions, for each player or information set"
_EQUILIBRIUM = arg.a(Equilibrium, "an equilibrium of the game, as solve() gives them")
_ASKED: dict[str, dict[str, arg.Kind]] = {
    "payoff": {"profile": profile, "player": arg.text, "protocol": arg.text},
    "strategies": {"profile": mixes},
    "obligations": {"equilibrium": _EQUILIBRIUM},
    "equilibria": {"concept": arg.text},
    "completeness": {"concept": arg.text},
}


class AbstractGame(Shown):
    """Players, a space of parameters, payoffs at a profile, and equilibria.

    A subclass says who plays, what they get, and how it is solved; equilibria, their verification,
    regimes, comparative statics and figures need no more than this.
    """

    concepts: ClassVar[tuple[str, ...]] = ("Nash",)

    def __init_subclass__(cls) -> None:
        """Whatever a subclass says of a question, its arguments are looked at in the same way."""
        super().__init_subclass__()
        for name, kinds in _ASKED.items():
            answer = vars(cls).get(name)
            if isfunction(answer) and not hasattr(answer, "__wrapped__"):
                known = signature(answer).parameters
                own = {key: kind for key, kind in kinds.items() if key in known}
                setattr(cls, name, arg.checks(**own)(answer))

    calibration: str = ""

    @property
    def players(self) -> tuple[str, ...]:
        """Who plays."""
        self._undeclared("players")

    @property
    def space(self) -> Space:
        """The symbols left and the constraints they obey."""
        self._undeclared("space")

    @property
    def quantities(self) -> Mapping[str, Any]:
        """The quantities the model names; none unless it declares some."""
        return Frozen()

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player at any profile, at the game's values."""
        self._undeclared("payoff")

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """What the concept demands of the equilibrium, from the model's own payoffs."""
        self._undeclared("obligations")

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, each with the exact condition under which it exists."""
        self._undeclared("solve")

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some parameters."""
        self._undeclared("at")

    @arg.checks(profile=mixes)
    def strategies(self, profile: Profile) -> dict[str, tuple[Expr, ...]]:
        """A profile by player: probabilities in action order."""
        return {key: tuple(mix.values()) for key, mix in profile.items()}

    def plot(self, **options: Any) -> Any:
        """The figure that belongs to the game, as a Matplotlib figure."""
        from gametheory_eeu import display

        return display.figure(self, **options)

    def _point(self, values: Mapping[str, object]) -> Mapping[Symbol, Expr]:
        """Values by name as a point of the space."""
        return self.space.point(dict(values.items()))

    def _out_of_range(self, family: Equilibrium) -> bool:
        """Whether the values leave a family no member."""
        if not family.free:
            return False
        try:
            return not prover.satisfiable(family.space)
        except UnsupportedError:  # not settled: the family is kept, with its range
            return False

    def _concept(self, name: str | None) -> str:
        if name is None:
            return self.concepts[0]
        return arg.one_of("concept", name, self.concepts)

    def _undeclared(self, name: str) -> NoReturn:
        """Refuse what a subclass has to say and does not."""
        raise UnsupportedError(
            f"{type(self).__name__} does not say its {name}, on which this rests; define {name} in "
            "the class, as the games of the library do"
        )

    def _check_player(self, name: str) -> None:
        arg.one_of("player", name, self.players)


__all__ = ["AbstractGame"]
