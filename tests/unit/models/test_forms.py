"""Equilibria written by hand against the finite form at small numbers of players.

A game that has no finite form for every n, or only one too large, writes its equilibria by hand.
Where members are listed the form knows nothing of that: at exact random points, ties among them,
and in symbols, both have the same equilibria with the same conditions, none missing or invented.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu._types import Boolean
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms import SymmetricGame
from gametheory_eeu.games import Equilibrium, Game
from gametheory_eeu.models.bandwagoning_contest import BandwagoningContest
from gametheory_eeu.models.global_game import GlobalGame
from gametheory_eeu.models.participation import Participation
from gametheory_eeu.models.reputation import Reputation

Pure = tuple[str, ...]
Conditions = dict[Pure, Boolean]
TIES_JOIN = Participation.concepts[0]


def pure(equilibrium: Equilibrium) -> Pure:
    """The action of each player."""
    return tuple(action for (action,) in equilibrium.support.values())


def joins_at_ties(game: Game, profile: Pure) -> bool:
    """Whether nobody stays who is indifferent."""
    chosen = dict(zip(game.players, profile, strict=True))
    return all(
        action == "Join" or game.form().payoff({**chosen, player: "Join"}, player) < 0
        for player, action in chosen.items()
    )


def participation(rng: random.Random, n: int) -> dict[str, Any]:
    """Small whole numbers, so that ties are frequent."""
    return {"P": rng.randint(1, 4), "beta": rng.randint(0, 3),
            "theta": [rng.randint(0, 5) for _ in range(n)]}  # fmt: skip


def network(rng: random.Random, n: int) -> dict[str, Any]:
    """A complementarity for each pair."""
    rows = [[0 if i == j else rng.randint(0, 3) for j in range(n)] for i in range(n)]
    return {**participation(rng, n), "beta": rows}


def contest(rng: random.Random, n: int) -> dict[str, Any]:
    """A power at random, or at a threshold of one member or of all."""
    c, tau, lam = sorted(Fraction(k, 20) for k in rng.sample(range(1, 20), 3))
    rival, weights = rng.randint(1, 3), [Fraction(rng.randint(1, 3), rng.choice([1, 8]))
                                         for _ in range(n)]  # fmt: skip
    powers = [
        Fraction(rng.randint(1, 40), 4),
        tau * (rival + weights[0]) / (lam - tau),
        (tau - c) * (rival + sum(weights)) / (lam - tau + c),
    ]
    values = {"P": rng.choice(powers), "R": rival, "w": weights}
    return {**values, "c": c, "tau": tau, "lam": lam}


LISTED: list[tuple[type[Game], str, Callable[[random.Random, int], dict[str, Any]]]] = [
    (Participation, TIES_JOIN, participation),
    (Participation, "Nash", participation),
    (Participation, TIES_JOIN, network),
    (Participation, "Nash", network),
    (BandwagoningContest, "pure Nash", contest),
]


@pytest.mark.parametrize(("kind", "concept", "values"), LISTED)
@pytest.mark.parametrize("n", [2, 3])
def test_at_points_the_equilibria_are_those_of_the_form(
    kind: type[Game],
    concept: str,
    values: Callable[[random.Random, int], dict[str, Any]],
    n: int,
    rng: random.Random,
) -> None:
    for _ in range(12):
        game = kind(**values(rng, n))
        expected = [pure(e) for e in game.form().solve("pure Nash")]
        if concept == TIES_JOIN:
            expected = [profile for profile in expected if joins_at_ties(game, profile)]
        assert Counter(map(pure, game.solve(concept))) == Counter(expected), game


def conditions(equilibria: Iterator[Equilibrium]) -> Conditions:
    return {pure(e): e.condition for e in equilibria}


@pytest.mark.parametrize("n", [2, 3])
@pytest.mark.parametrize("kind", [Participation, BandwagoningContest])
def test_in_symbols_the_conditions_are_those_of_the_form(kind: type[Game], n: int) -> None:
    game = kind(members=n)
    found = conditions(iter(game.solve(game.concepts[-1])))
    expected = conditions(iter(game.form().solve("pure Nash")))
    assert found.keys() == expected.keys()
    for profile, condition in expected.items():
        assert eeu.equivalent(condition, found[profile], given=game.space).verdict == "proved"


def sizes(equilibrium: Equilibrium, n: int) -> Iterator[tuple[int, ...]]:
    """How many of n alike take each action, for every member of a family."""
    for k in range(n + 1) if equilibrium.free else [0]:
        at = dict.fromkeys(equilibrium.free, sp.Integer(k)) | {sp.Symbol("n", real=True): n}
        if sp.sympify(equilibrium.where).subs(at) == sp.true:
            yield tuple(
                int(n * sp.sympify(p).subs(at)) for p in equilibrium.profile["member"].values()
            )


@pytest.mark.parametrize(("kind", "concept", "values"), [LISTED[1], LISTED[4]])
@pytest.mark.parametrize("n", [2, 3])
def test_members_that_are_alike_part_as_in_the_form(
    kind: Any,
    concept: str,
    values: Callable[[random.Random, int], dict[str, Any]],
    n: int,
    rng: random.Random,
) -> None:
    """The closed form for every number of members, at n, against n listed members."""
    vector = "theta" if kind is Participation else "w"
    for _ in range(12):
        given = values(rng, n)
        one = given[vector][0]
        alike, listed = kind(**{**given, vector: one, "n": n}), kind(**{**given, vector: [one] * n})
        found = {counts for e in alike.solve(concept) for counts in sizes(e, n)}
        expected = {
            tuple(map(pure(e).count, kind.actions)) for e in listed.form().solve("pure Nash")
        }
        assert found == expected, alike


@pytest.mark.parametrize("n", [2, 3])
def test_a_crowd_of_few_has_the_shares_of_the_continuum(n: int, rng: random.Random) -> None:
    """The share of the others that joins is on average the chance with which each does."""
    game = GlobalGame()
    s = game.symbols
    joining = [s.P + s.beta * sp.Rational(k, n - 1) - s.theta for k in range(n)]
    few = SymmetricGame({"join": joining, "stay out": [0] * n}, players=n, given=game.space)
    for _ in range(8):
        values = {"P": rng.randint(1, 5), "theta": rng.randint(1, 5), "beta": rng.randint(1, 4)}
        found = {e.profile["member"]["join"] for e in game.at(**values).solve("Nash")}
        assert found == {e.profile["each player"]["join"] for e in few.at(**values).solve()}


def played(equilibrium: Equilibrium, actions: Mapping[str, Pure]) -> dict[str, dict[str, Any]]:
    """What a plan by states plays at every history."""
    return {
        place: {a: equilibrium.profile[place.partition(" [")[0]][a] for a in choices}
        for place, choices in actions.items()
    }


@pytest.mark.parametrize(("n", "points"), [(1, 8), (2, 6), (3, 1)])
def test_reputation_has_the_sequential_equilibria_of_its_tree(
    n: int, points: int, rng: random.Random
) -> None:
    """Between ties there is one, and the engine for trees finds no other."""
    for _ in range(points):
        b = Fraction(rng.randint(1, 3), 4)
        bounds = [b**k for k in range(n + 1)] + [Fraction(0)]
        place = rng.randrange(n + 1) if n < 3 else 0
        p = (bounds[place] + bounds[place + 1]) / 2
        game = Reputation(member_count=n, a=1 + Fraction(rng.randint(1, 9), 4), b=b, p=p)
        form = game.form()
        (ours,), (theirs,) = game.solve(), form.solve("sequential")
        assert played(ours, form.actions) == {k: dict(m) for k, m in theirs.profile.items()}
        hegemon = ours.payoffs["weak hegemon"] * (1 - sp.Rational(p))
        assert theirs.payoffs == {**ours.payoffs, "weak hegemon": hegemon}


def test_without_listed_members_there_is_no_finite_form() -> None:
    for kind in (Participation, BandwagoningContest):
        with pytest.raises(UnsupportedError, match=f"{kind.__name__} has no finite form.*members="):
            kind().form()
