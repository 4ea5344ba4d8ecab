"""Dynamics of a normal form: replicator, fictitious play, the Moran process, phase portraits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping, Plottable
from gametheory_eeu.forms.game_form import GameForm

if TYPE_CHECKING:
    import numpy as np

    from gametheory_eeu.forms.normal_form import NormalForm


@dataclass(frozen=True, repr=False)
class Trajectory(Plottable):
    """Shares of actions over time, by population or player.

    Parameters
    ----------
    game : NormalForm
    dynamic : str
        What moves them: "replicator dynamics", "fictitious play" or "Moran process".
    times : tuple of float
    shares : mapping of player, or "population", to mapping of action to tuple of float
        At each time the share of the population, or of a player's past play, with the action.
    """

    game: NormalForm
    dynamic: str
    times: tuple[float, ...]
    shares: Mapping[str, Mapping[str, tuple[float, ...]]]

    @property
    def end(self) -> Mapping[str, Mapping[str, float]]:
        """The shares at the last time."""
        last = {
            player: FrozenMapping({action: values[-1] for action, values in own.items()})
            for player, own in self.shares.items()
        }
        return FrozenMapping(last)

    def to_dataframe(self, flat: bool = False) -> Any:
        """A pandas data frame of floats, one row for each time; ``flat`` makes no difference."""
        import pandas as pd

        columns = {
            f"{action}, {player}" if len(self.shares) > 1 else action: values
            for player, own in self.shares.items()
            for action, values in own.items()
        }
        return pd.DataFrame({"time": self.times, **columns})

    def __len__(self) -> int:
        return len(self.times)

    def __repr__(self) -> str:
        whose = ", ".join(self.shares)
        return f"<{self.dynamic} of {whose}: {len(self)} times to {self.times[-1]:g}>"


class NormalFormDynamics(GameForm):
    """Dynamics of two-player games: paths at numbers, and the probability of fixation."""

    @property
    def _game(self) -> NormalForm:
        return cast("NormalForm", self)

    def replicator(
        self, start: Mapping[str, Any] | None = None, *, until: float = 20, count: int = 201
    ) -> Trajectory:
        """A path of the replicator dynamics (Taylor and Jonker 1978), by nashpy.

        In a symmetric game of one population, otherwise of a population for each player.

        Parameters
        ----------
        start : mapping, optional
            Of one population the share of each action; of two a mapping of player to such shares.
            Even shares unless given.
        until : number
            The last time.
        count : int
            How many times, evenly spaced from 0.

        Raises
        ------
        DoesNotExistError
            Symbols are left.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> hawk_dove = NormalForm([[-1, 2], [0, 1]], [[-1, 0], [2, 1]],
        ...                        actions=[["Hawk", "Dove"]] * 2)
        >>> path = hawk_dove.replicator({"Hawk": "1/10", "Dove": "9/10"})
        >>> round(path.end["population"]["Hawk"], 3)
        0.5
        """
        from gametheory_eeu.forms import trajectories

        return trajectories.replicator(self._game, start, until, count)

    def fictitious_play(
        self, rounds: int = 200, *, rng: np.random.Generator | None = None
    ) -> Trajectory:
        """How often each action has been taken, under fictitious play (Brown 1951), by nashpy.

        Each player takes a best response to the other's past play; ties are broken at random.

        Parameters
        ----------
        rounds : int
        rng : numpy.random.Generator, optional

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> pennies = NormalForm([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
        >>> import numpy as np
        >>> path = pennies.fictitious_play(2000, rng=np.random.default_rng(1))
        >>> abs(path.end["player 1"]["1"] - 1 / 2) < 0.05
        True
        """
        from gametheory_eeu.forms import trajectories

        return trajectories.fictitious_play(self._game, rounds, rng)

    def moran(
        self,
        population: Mapping[str, int],
        *,
        steps: int = 1000,
        rng: np.random.Generator | None = None,
    ) -> Trajectory:
        """One path of the Moran process (Nowak 2006), by nashpy, until one action is left.

        In each step one is born, with a probability in proportion to its payoff against all
        others, and takes the place of one who is drawn at random.

        Parameters
        ----------
        population : mapping of action to int
            How many take each action at the start.
        steps : int
            How many steps at most.
        rng : numpy.random.Generator, optional

        Raises
        ------
        UnsupportedError
            A game that is not symmetric, or with negative payoffs.

        Examples
        --------
        >>> import numpy as np
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([[3, 1], [2, 2]], [[3, 2], [1, 2]])
        >>> path = game.moran({"1": 5, "2": 5}, rng=np.random.default_rng(1))
        >>> sorted(path.end["population"].values())
        [0.0, 1.0]
        """
        from gametheory_eeu.forms import trajectories

        return trajectories.moran(self._game, population, steps, rng)

    @arg.validate(action=arg.text)
    def fixation_probability(self, action: str, population: int = 10, initial: int = 1) -> Expr:
        """The exact probability that an action takes over in the Moran process, with symbols.

        Of a symmetric game of two actions whose payoffs are positive (Nowak, Sasaki, Taylor and
        Fudenberg 2004).

        Parameters
        ----------
        action : str
        population : int
            How many there are.
        initial : int
            How many take the action at the start.

        Raises
        ------
        UnsupportedError
            A game that is not symmetric, of more actions, or with payoffs that are not positive.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([["r", "r"], [1, 1]], [["r", 1], ["r", 1]], given="r > 0")
        >>> game.fixation_probability("1", population=3)
        r**2/(r**2 + r + 1)
        """
        from gametheory_eeu.forms import trajectories

        return trajectories.fixation_probability(self._game, action, population, initial)

    def phase_portrait(self) -> Any:
        """The figure of the replicator dynamics, as a Matplotlib figure.

        A line for a symmetric game of two actions, a triangle for one of three, a square for other
        games of two actions each. Rest points come from exact equilibria; a full dot is
        evolutionarily stable, or a strict equilibrium where there are two populations.

        Raises
        ------
        UnsupportedError
            Another shape.
        DoesNotExistError
            Symbols are left.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([[1, 0], [0, 2]], [[2, 0], [0, 1]])
        >>> game.phase_portrait().axes[0].get_xlabel()
        'Share of 1, player 1'
        """
        return self.plot()
