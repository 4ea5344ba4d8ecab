"""Correlated equilibria: what a mediator may recommend so that everybody obeys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import ParameterError, UnknownNameError, UnsupportedError
from gametheory_eeu.forms.two_player_equilibria import in_numbers
from gametheory_eeu.model import Obligation, Verification
from gametheory_eeu.model.algebraic_numbers import collected
from gametheory_eeu.solvers.exact_linear_programming import best_distribution
from gametheory_eeu.solvers.extreme_rays import extreme_rays

if TYPE_CHECKING:
    from gametheory_eeu.forms.normal_form import NormalForm

PureProfile = tuple[str, ...]
Objective = str | Mapping[str, object]


@dataclass(frozen=True, repr=False)
class CorrelatedEquilibrium(Shown):
    """A distribution over profiles from which each player is told his own action, and obeys.

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
        """A probability distribution, and no player gains by another action than the one told."""
        chances = self.distribution.values()
        whole = sp.And(sp.Eq(sp.Add(*chances), 1), *(sp.Ge(c, 0) for c in chances))
        owed = [Obligation("the recommendations are a probability distribution", whole)]
        for player, told, other, gain in _gains(self.game, self.distribution):
            where = f"{player}: {other} instead of {told} gains nothing"
            owed.append(Obligation(where, _at_most_zero(gain)))
        return tuple(owed)

    @property
    def condition(self) -> Boolean:
        """Where the distribution is a correlated equilibrium, simplified on the game's space."""
        from gametheory_eeu import prover

        return prover.simplify(sp.And(*(o.statement for o in self.obligations)), self.game.space)

    def verify(self) -> Verification:
        """Prove each obligation on the game's space."""
        return Verification.of(self.obligations, self.game.space)

    def __repr__(self) -> str:
        shown = "; ".join(f"{', '.join(p)}: {c}" for p, c in self.distribution.items())
        return f"<correlated equilibrium {shown}>"


def _at_most_zero(gain: Expr) -> Boolean:
    """A gain that is not positive, what is subtracted on the right."""
    terms = sp.Add.make_args(sp.expand(gain * sp.ilcm(1, *(q.q for q in gain.atoms(sp.Rational)))))
    less = [-t for t in terms if t.could_extract_minus_sign()]
    return sp.Le(sp.Add(*(t for t in terms if not t.could_extract_minus_sign())), sp.Add(*less))


def device(game: NormalForm, distribution: Mapping[Sequence[str], object]) -> CorrelatedEquilibrium:
    """A distribution as a correlated equilibrium, to be verified."""
    if not isinstance(distribution, Mapping):
        raise ParameterError("distribution", distribution, "a mapping of profile to probability")
    known = set(game.profiles)
    names = {s.name: s for s in game.symbols}
    found: dict[PureProfile, Expr] = {}
    for profile, chance in distribution.items():
        arg.sequence("profile", profile, "a tuple of the players' actions")
        if not all(isinstance(action, str) for action in profile):
            raise ParameterError("profile", profile, "a tuple of the players' actions")
        if tuple(profile) not in known:
            raise UnknownNameError("profile", ", ".join(profile), map(", ".join, game.profiles))
        found[tuple(profile)] = exact(chance, f"distribution[{', '.join(profile)}]", names)
    total = sp.Add(*found.values())
    if (total.is_number and sp.simplify(total - 1) != 0) or any(
        c.is_negative for c in found.values()
    ):
        raise ParameterError("distribution", dict(distribution), "probabilities that sum to one")
    return _of(game, found)


def best(game: NormalForm, objective: Objective) -> CorrelatedEquilibrium:
    """The correlated equilibrium with the largest value of a linear objective."""
    _check_numbers(game)
    weights = _weights(game, objective)
    goal = [
        sp.Add(*(w * game.payoffs[p][profile] for p, w in weights.items()))
        for profile in game.profiles
    ]
    rows = [[-slope for slope in row] for row in _incentives(game)]
    found = best_distribution(goal, rows)
    chances = (sp.Rational(x.numerator, x.denominator) for x in found.point)
    pairs = zip(game.profiles, chances, strict=True)
    value = sp.Rational(found.value.numerator, found.value.denominator)
    return _of(game, {p: c for p, c in pairs if c != 0}, value)


def vertices(game: NormalForm) -> tuple[CorrelatedEquilibrium, ...]:
    """The vertices of the polytope of correlated equilibria, of which all others are mixes."""
    _check_numbers(game)
    rows = [_whole(row) for row in _incentives(game)]
    found = []
    for ray in extreme_rays(len(game.profiles), rows):
        total = sum(ray.at)
        pairs = zip(game.profiles, ray.at, strict=True)
        found.append(_of(game, {p: sp.Rational(v, total) for p, v in pairs if v}))
    return tuple(found)


def _of(
    game: NormalForm, chances: Mapping[PureProfile, Expr], value: Expr | None = None
) -> CorrelatedEquilibrium:
    payoffs = {
        player: sp.Add(*(c * game.payoffs[player][profile] for profile, c in chances.items()))
        for player in game.players
    }
    return CorrelatedEquilibrium(Frozen(chances), Frozen(payoffs), game, value)


def _gains(
    game: NormalForm, chances: Mapping[PureProfile, Expr]
) -> Iterator[tuple[str, str, str, Expr]]:
    """What each player gains in all, told one action and taking another."""
    for i, (player, own) in enumerate(game.actions.items()):
        cells = game.payoffs[player]
        for told in own:
            for other in own:
                if told != other:
                    gain = (
                        chance * (cells[(*profile[:i], other, *profile[i + 1 :])] - cells[profile])
                        for profile, chance in chances.items()
                        if profile[i] == told
                    )
                    yield player, told, other, collected(sp.Add(*gain))


def _incentives(game: NormalForm) -> list[list[Expr]]:
    """For each player and pair of actions, what obeying is worth at each profile."""
    return [
        [
            cells[p] - cells[(*p[:i], other, *p[i + 1 :])] if p[i] == told else sp.Integer(0)
            for p in game.profiles
        ]
        for i, (cells, own) in enumerate(
            zip(game.payoffs.values(), game.actions.values(), strict=True)
        )
        for told in own
        for other in own
        if told != other
    ]


def _whole(row: Sequence[Expr]) -> list[int]:
    scale = sp.ilcm(1, *(v.q for v in row))
    return [int(v * scale) for v in row]


def _weights(game: NormalForm, objective: Objective) -> dict[str, Expr]:
    if isinstance(objective, str) and objective == "welfare":
        return {player: sp.Integer(1) for player in game.players}
    if not isinstance(objective, (str, Mapping)):
        raise ParameterError("maximise", objective, "'welfare', a player, or weights by player")
    given: Mapping[str, object] = {objective: 1} if isinstance(objective, str) else objective
    for player in given:
        if player not in game.players:
            raise UnknownNameError("player (or 'welfare')", player, game.players)
    return {player: _number(f"weight of {player}", weight) for player, weight in given.items()}


def _number(name: str, given: object) -> Expr:
    value = exact(given, name)
    if not value.is_Rational:
        raise ParameterError(name, given, "a rational number")
    return value


def _check_numbers(game: NormalForm) -> None:
    if not in_numbers(game):
        raise UnsupportedError(
            f"correlated equilibria of {game!r} are found in numbers only; give values with at(), "
            "or ask correlated_device(...) for the conditions of a given distribution"
        )


__all__ = ["CorrelatedEquilibrium", "best", "device", "vertices"]
