"""Dynamics of a normal form: replicator, fictitious play, the Moran process, phase portraits.

Paths are numerical and nashpy's. The probability of fixation is exact, with symbols.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import sympy as sp

from gametheory_eeu._registry import provided
from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.results import FrozenMapping, Plottable
from gametheory_eeu.errors import DoesNotExistError, ParameterError, UnsupportedError
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.games.tree import mixed_strategy
from gametheory_eeu.solvers.readable import simplify_value

if TYPE_CHECKING:
    import numpy as np

    from gametheory_eeu.forms.normal_form import NormalForm

    Array: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

POPULATION = "population"
"""The name of the one population of a symmetric game."""
_MOST = 100_000
_MAX_POPULATION = 500


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
        return _replicator(self._game, start, until, count)

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
        return _fictitious_play(self._game, rounds, rng)

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
        return _moran(self._game, population, steps, rng)

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
        return _fixation_probability(self._game, action, population, initial)

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


def _replicator(
    game: NormalForm, start: Mapping[str, Any] | None, until: float, count: int
) -> Trajectory:
    """The replicator dynamics from a start: of one population, or of two."""
    import numpy as np

    times = np.linspace(0, _positive("until", until), arg.integer("count", count, 2, _MOST))
    nash = nash_game(game)
    if game.is_symmetric:
        (first,) = _starts(game, start, (POPULATION,))
        paths = [nash.replicator_dynamics(y0=first, timepoints=times)]
        return _trajectory(game, "replicator dynamics", times, (POPULATION,), paths)
    one, other = _starts(game, start, game.players)
    paths = list(nash.asymmetric_replicator_dynamics(x0=one, y0=other, timepoints=times))
    return _trajectory(game, "replicator dynamics", times, game.players, paths)


def _fictitious_play(game: NormalForm, rounds: int, rng: np.random.Generator | None) -> Trajectory:
    """Each plays a best response to how often the other has taken each action so far."""
    import numpy as np

    _check_generator(rng)
    count = arg.integer("rounds", rounds, 1, _MOST)
    nash = nash_game(game)
    with _seeded(rng):
        counts = list(nash.fictitious_play(iterations=count))[1:]  # before the first round: nothing
    paths = [np.array([own[k] / own[k].sum() for own in counts]) for k in (0, 1)]
    times = np.arange(1, len(counts) + 1, dtype=float)
    return _trajectory(game, "fictitious play", times, game.players, paths)


def _moran(
    game: NormalForm, population: Mapping[str, int], steps: int, rng: np.random.Generator | None
) -> Trajectory:
    """One path of the Moran process: a birth by fitness and a death at random in each step."""
    import numpy as np

    _check_generator(rng)
    actions = _actions_of_one_population(game)
    numbers = _population(actions, population)
    nash = nash_game(game)
    if float(nash.payoff_matrices[0].min()) < 0:
        raise UnsupportedError("payoffs are fitness here, and none may be negative; add a number "
                               "to all of them")  # fmt: skip
    start = np.repeat(np.arange(len(actions)), numbers)
    with _seeded(rng):
        limit = arg.integer("steps", steps, 1, _MOST)
        states = [start, *islice(nash.moran_process(initial_population=start), limit)]
    paths = [np.array([np.bincount(s, minlength=len(actions)) / len(start) for s in states])]
    times = np.arange(len(states), dtype=float)
    return _trajectory(game, "Moran process", times, (POPULATION,), paths)


def _fixation_probability(game: NormalForm, action: str, population: int, initial: int) -> Expr:
    """The probability that an action takes over, exact: a birth and death chain's."""
    actions = _actions_of_one_population(game)
    size = arg.integer("population", population, 2, _MAX_POPULATION)
    start = arg.integer("initial", initial, 1, size - 1)
    if len(actions) != 2:
        raise UnsupportedError(f"a probability of fixation is of two actions, and {game!r} has "
                               f"{len(actions)}; take .restricted(...)")  # fmt: skip
    own = arg.one_of("action", action, actions)
    (other,) = (a for a in actions if a != own)
    payoffs = game.payoffs[game.players[0]]
    odds, product, before = sp.Integer(1), sp.Integer(1), sp.Integer(1)
    for k in range(1, size):
        fitness = (k - 1) * payoffs[own, own] + (size - k) * payoffs[own, other]
        rival = k * payoffs[other, own] + (size - k - 1) * payoffs[other, other]
        if fitness.is_number and not (fitness > 0 and rival >= 0):
            raise UnsupportedError("payoffs are fitness here, and have to be positive; add a "
                                   "number to all of them")  # fmt: skip
        product = product * rival / fitness
        odds += product
        before = odds if k == start - 1 else before
    return simplify_value(before / odds)


def nash_game(game: NormalForm) -> Any:
    """The game as nashpy's, in floats."""
    if len(game.players) != 2:
        raise UnsupportedError(f"dynamics are of games of two players, and this is {game!r}")
    if game.symbols:
        names = ", ".join(s.name for s in game.symbols)
        raise DoesNotExistError(f"dynamics need numbers for {names}; give them with .at(...)")
    return provided("nashpy game")(game)


def _actions_of_one_population(game: NormalForm) -> tuple[str, ...]:
    if len(game.players) != 2 or not game.is_symmetric:
        raise UnsupportedError(
            f"a Moran process is of one population, so of a symmetric game of two players; "
            f"this is {game!r}"
        )
    return game.actions[game.players[0]]


def _starts(game: NormalForm, start: object, whose: Sequence[str]) -> list[Array]:
    """The shares at the start, even unless given."""
    import numpy as np

    own_actions = [game.actions[p] for p in game.players[: len(whose)]]
    if start is None:
        return [np.full(len(actions), 1 / len(actions)) for actions in own_actions]
    allowed = "shares of the actions" + f", for each of {', '.join(whose)}" * (len(whose) > 1)
    shares = arg.mapping("start", start, allowed)
    given = {POPULATION: shares} if whose == (POPULATION,) else shares
    if set(given) != set(whose):
        raise ParameterError("start", start, allowed)
    mixes = (mixed_strategy(w, given[w], a) for w, a in zip(whose, own_actions, strict=True))
    return [np.array([float(p) for p in mix.values()]) for mix in mixes]


def _population(actions: Sequence[str], population: Mapping[str, int]) -> list[int]:
    given = arg.mapping("population", population, "a mapping of action to how many take it")
    for name in given:
        arg.one_of("action", name, actions)
    numbers = [arg.integer(f"population of {a}", given.get(a, 0)) for a in actions]
    if not 2 <= sum(numbers) <= _MAX_POPULATION:
        raise ParameterError("population", population, f"from 2 to {_MAX_POPULATION} in all")
    return numbers


def _positive(name: str, value: object) -> float:
    number = exact(value, name)
    if not (number.is_number and 0 < number < _MOST):
        raise ParameterError(name, value, f"a positive number below {_MOST}")
    return float(number)


def _check_generator(rng: object) -> None:
    import numpy as np

    if rng is not None:
        allowed = "a generator, such as numpy.random.default_rng(1)"
        arg.instance("rng", rng, np.random.Generator, allowed)


@contextmanager
def _seeded(rng: np.random.Generator | None) -> Iterator[None]:
    """Let nashpy, which draws from NumPy's global generator, draw from one of ours."""
    import numpy as np

    before = np.random.get_state()  # noqa: NPY002 - nashpy's generator
    own = np.random.default_rng() if rng is None else rng
    seed = int(own.integers(2**32))
    np.random.seed(seed)  # noqa: NPY002 - likewise
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002 - likewise


def _trajectory(
    game: NormalForm, dynamic: str, times: Array, whose: Iterable[str], paths: Sequence[Array]
) -> Trajectory:
    shares = {
        population: FrozenMapping(
            {a: tuple(map(float, path[:, k])) for k, a in enumerate(game.actions[player])}
        )
        for population, player, path in zip(whose, game.players, paths, strict=False)
    }
    return Trajectory(game, dynamic, tuple(map(float, times)), FrozenMapping(shares))
