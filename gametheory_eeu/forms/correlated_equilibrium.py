"""Correlated equilibria: distributions over profiles whose recommendations players obey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.conversions import to_sympy
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError, UnknownNameError, UnsupportedError
from gametheory_eeu.forms.two_player_equilibria import has_rational_payoffs
from gametheory_eeu.model import Obligation, Verification
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
        probabilities = self.distribution.values()
        is_distribution = sp.And(
            sp.Eq(sp.Add(*probabilities), 1), *(sp.Ge(c, 0) for c in probabilities)
        )
        obligations = [
            Obligation("the recommendations are a probability distribution", is_distribution)
        ]
        for player, recommendation, deviation, gain in _deviation_gains(
            self.game, self.distribution
        ):
            name = f"{player}: {deviation} instead of {recommendation} gains nothing"
            obligations.append(Obligation(name, _nonpositive(gain)))
        return tuple(obligations)

    @property
    def condition(self) -> Boolean:
        """The condition for a correlated equilibrium, simplified on the game's space."""
        from gametheory_eeu import prover

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
    if not isinstance(distribution, Mapping):
        raise ParameterError("distribution", distribution, "a mapping of profile to probability")
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
    constraints = [_integer_row(row) for row in _incentive_constraints(game)]
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


def _deviation_gains(
    game: NormalForm, distribution: Mapping[PureProfile, Expr]
) -> Iterator[tuple[str, str, str, Expr]]:
    """Each player's expected gain from each deviation from each recommendation."""
    for i, (player, actions) in enumerate(game.actions.items()):
        payoffs = game.payoffs[player]
        for recommendation in actions:
            for deviation in actions:
                if recommendation != deviation:
                    gain = (
                        probability
                        * (payoffs[(*profile[:i], deviation, *profile[i + 1 :])] - payoffs[profile])
                        for profile, probability in distribution.items()
                        if profile[i] == recommendation
                    )
                    yield player, recommendation, deviation, canonical_form(sp.Add(*gain))


def _incentive_constraints(game: NormalForm) -> list[list[Expr]]:
    """The incentive constraints as rows: a coefficient for the probability of each profile."""
    return [
        [
            payoffs[p] - payoffs[(*p[:i], deviation, *p[i + 1 :])]
            if p[i] == recommendation
            else sp.Integer(0)
            for p in game.profiles
        ]
        for i, (payoffs, actions) in enumerate(
            zip(game.payoffs.values(), game.actions.values(), strict=True)
        )
        for recommendation in actions
        for deviation in actions
        if recommendation != deviation
    ]


def _integer_row(row: Sequence[Expr]) -> list[int]:
    scale = sp.ilcm(1, *(v.q for v in row))
    return [int(v * scale) for v in row]


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
