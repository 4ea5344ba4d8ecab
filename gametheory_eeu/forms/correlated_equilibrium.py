"""Correlated equilibria: distributions over profiles whose recommendations players obey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.conversions import to_integers, to_sympy
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError, UnknownNameError, UnsupportedError
from gametheory_eeu.forms.two_player_equilibria import has_rational_payoffs
from gametheory_eeu.games import Obligation, Verification
from gametheory_eeu.games.equilibrium import distribution_obligation
from gametheory_eeu.solvers.exact_linear_programming import best_distribution
from gametheory_eeu.solvers.extreme_equilibria import extreme_rays
from gametheory_eeu.solvers.polynomial_zeros import canonical_form

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

PureProfile = tuple[str, ...]
Objective = str | Mapping[str, object]


@dataclass(frozen=True, repr=False)
class CorrelatedEquilibrium(Displayable):
    """A distribution over profiles from which obeying one's recommendation is optimal.

    Parameters
    ----------
    distribution : mapping of profile to probability
        Profiles that are left out have none.
    payoffs : mapping of player to expected payoff
    game : NormalForm
    value : expression, optional
        The largest value of the objective it was found with; nothing is better.
    """

    distribution: Mapping[PureProfile, Expr]
    payoffs: Mapping[str, Expr]
    game: NormalForm = field(compare=False)
    value: Expr | None = None

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """The axioms of a distribution and the incentive constraints of every player."""
        distribution = self.distribution
        return (
            distribution_obligation("the recommendations are", distribution.values()),
            *(
                Obligation(
                    f"{player}: {deviation} instead of {recommendation} gains nothing",
                    _nonpositive(gain),
                )
                for player, recommendation, deviation, gain in _gains(self.game, distribution)
            ),
        )

    @property
    def condition(self) -> Boolean:
        """The condition for a correlated equilibrium, simplified on the game's space."""
        return prover.simplify(sp.And(*(o.statement for o in self.obligations)), self.game.space)

    def verify(self) -> Verification:
        """Prove each obligation on the game's space."""
        return Verification.of(self.obligations, self.game.space)

    def __repr__(self) -> str:
        text = "; ".join(f"{', '.join(p)}: {c}" for p, c in self.distribution.items())
        return f"<correlated equilibrium {text}>"


def _nonpositive(gain: Expr) -> Boolean:
    """The inequality gain <= 0 with negative terms moved to the right-hand side."""
    terms = sp.Add.make_args(sp.expand(gain * sp.ilcm(1, *(q.q for q in gain.atoms(sp.Rational)))))
    right_terms = [-t for t in terms if t.could_extract_minus_sign()]
    return sp.Le(
        sp.Add(*(t for t in terms if not t.could_extract_minus_sign())), sp.Add(*right_terms)
    )


def device(game: NormalForm, distribution: Mapping[Sequence[str], object]) -> CorrelatedEquilibrium:
    """A distribution as a correlated equilibrium, to be verified."""
    arg.mapping("distribution", distribution, "a mapping of profile to probability")
    profiles = set(game.profiles)
    symbols = {s.name: s for s in game.symbols}
    probabilities: dict[PureProfile, Expr] = {}
    for profile, probability in distribution.items():
        arg.sequence("profile", profile, "a tuple of the players' actions")
        if not all(isinstance(action, str) for action in profile):
            raise ParameterError("profile", profile, "a tuple of the players' actions")
        if tuple(profile) not in profiles:
            raise UnknownNameError("profile", ", ".join(profile), map(", ".join, game.profiles))
        probabilities[tuple(profile)] = exact(
            probability, f"distribution[{', '.join(profile)}]", symbols
        )
    total = sp.Add(*probabilities.values())
    if (total.is_number and sp.simplify(total - 1) != 0) or any(
        c.is_negative for c in probabilities.values()
    ):
        raise ParameterError("distribution", dict(distribution), "probabilities that sum to one")
    return _from_distribution(game, probabilities)


def optimum(game: NormalForm, objective: Objective) -> CorrelatedEquilibrium:
    """The correlated equilibrium with the largest value of a linear objective."""
    _check_rational(game)
    weights = _weights(game, objective)
    coefficients = [
        sp.Add(*(w * game.payoffs[p][profile] for p, w in weights.items()))
        for profile in game.profiles
    ]
    constraints = [[-entry for entry in row] for row in _incentive_constraints(game)]
    solution = best_distribution(coefficients, constraints)
    probabilities = map(to_sympy, solution.point)
    pairs = zip(game.profiles, probabilities, strict=True)
    value = to_sympy(solution.value)
    return _from_distribution(game, {p: c for p, c in pairs if c != 0}, value)


def vertices(game: NormalForm) -> tuple[CorrelatedEquilibrium, ...]:
    """The vertices of the polytope of correlated equilibria, of which all others are mixes."""
    _check_rational(game)
    constraints, _ = to_integers(_incentive_constraints(game))
    equilibria = []
    for ray in extreme_rays(len(game.profiles), constraints):
        total = sum(ray.at)
        pairs = zip(game.profiles, ray.at, strict=True)
        equilibria.append(
            _from_distribution(game, {p: sp.Rational(v, total) for p, v in pairs if v})
        )
    return tuple(equilibria)


def _from_distribution(
    game: NormalForm, distribution: Mapping[PureProfile, Expr], value: Expr | None = None
) -> CorrelatedEquilibrium:
    payoffs = {
        player: sp.Add(*(c * game.payoffs[player][profile] for profile, c in distribution.items()))
        for player in game.players
    }
    return CorrelatedEquilibrium(FrozenMapping(distribution), FrozenMapping(payoffs), game, value)


def _gains(
    game: NormalForm, distribution: Mapping[PureProfile, Expr]
) -> Iterator[tuple[str, str, str, Expr]]:
    """Each player's expected gain from each deviation from each recommendation."""
    for player, recommendation, deviation in _disobedience(game):
        gains = _gains_by_profile(game, player, recommendation, deviation)
        gain = sp.Add(*(distribution[p] * gains[p] for p in distribution if p in gains))
        yield player, recommendation, deviation, canonical_form(gain)


def _disobedience(game: NormalForm) -> Iterator[tuple[str, str, str]]:
    """A player, a recommendation, and another action in its place."""
    for player, actions in game.actions.items():
        yield from ((player, *pair) for pair in permutations(actions, 2))


def _gains_by_profile(
    game: NormalForm, player: str, recommendation: str, deviation: str
) -> dict[PureProfile, Expr]:
    """The gain from a deviation at each profile that has the recommendation."""
    i, payoffs = game.players.index(player), game.payoffs[player]
    return {
        profile: payoffs[(*profile[:i], deviation, *profile[i + 1 :])] - payoff
        for profile, payoff in payoffs.items()
        if profile[i] == recommendation
    }


def _incentive_constraints(game: NormalForm) -> list[list[Expr]]:
    """The incentive constraints as rows: a coefficient for the probability of each profile."""
    rows = (_gains_by_profile(game, *disobedience) for disobedience in _disobedience(game))
    return [[-gains.get(profile, sp.Integer(0)) for profile in game.profiles] for gains in rows]


def _weights(game: NormalForm, objective: Objective) -> dict[str, Expr]:
    if isinstance(objective, str) and objective == "welfare":
        return {player: sp.Integer(1) for player in game.players}
    if not isinstance(objective, (str, Mapping)):
        raise ParameterError("maximise", objective, "'welfare', a player, or weights by player")
    weights: Mapping[str, object] = {objective: 1} if isinstance(objective, str) else objective
    for player in weights:
        if player not in game.players:
            raise UnknownNameError("player (or 'welfare')", player, game.players)
    return {player: _rational(f"weight of {player}", weight) for player, weight in weights.items()}


def _rational(name: str, raw: object) -> Expr:
    value = exact(raw, name)
    if not value.is_Rational:
        raise ParameterError(name, raw, "a rational number")
    return value


def _check_rational(game: NormalForm) -> None:
    if not has_rational_payoffs(game):
        raise UnsupportedError(
            f"correlated equilibria of {game!r} are found in numbers only; give values with at(), "
            "or ask correlated_device(...) for the conditions of a given distribution"
        )
