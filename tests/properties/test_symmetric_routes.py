"""Symmetric games of three and four actions, by their small form and by other routes."""

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from math import comb
from random import Random

import pygambit
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.games import EquilibriumSet
from gametheory_eeu.interop import to_pygambit
from gametheory_eeu.solvers.counts import multinomial
from gametheory_eeu.solvers.symmetric_supports import CountTable, _enclose_equilibria

Samples = Callable[[int], range]
EACH = "each player"


def drawn(rng: Random, actions: str, players: int, most: int = 9) -> eeu.SymmetricGame:
    size = comb(players + len(actions) - 2, len(actions) - 1)
    return eeu.SymmetricGame(
        {a: [rng.randint(-most, most) for _ in range(size)] for a in actions}, players
    )


def whole(small: eeu.SymmetricGame) -> eeu.NormalForm:
    """The same game written out, profile by profile."""

    def pay(profile: tuple[str, ...]) -> list[sp.Expr]:
        def others(i: int) -> tuple[int, ...]:
            rest = profile[:i] + profile[i + 1 :]
            return tuple(rest.count(a) for a in small.actions)

        return [small.by_counts(own)[others(i)] for i, own in enumerate(profile)]

    return eeu.NormalForm(pay, actions=[list(small.actions)] * small.number)


def points(found: EquilibriumSet) -> list[tuple[sp.Expr, ...]]:
    """The isolated equilibria in which all play the same, to forty digits."""
    mixes = [list(e.strategies.values()) for e in found if not e.free]
    alike = (m[0] for m in mixes if all(each == m[0] for each in m))
    return sorted(tuple(sp.N(p, 40) for p in mix) for mix in alike)


def agree(one: list[tuple[sp.Expr, ...]], other: list[tuple[sp.Expr, ...]]) -> bool:
    tiny = sp.Rational(1, 10**30)
    return len(one) == len(other) and all(
        abs(p - q) < tiny
        for a, b in zip(one, other, strict=True)
        for p, q in zip(a, b, strict=True)
    )


def by_gambit(game: eeu.NormalForm) -> list[tuple[sp.Expr, ...]]:
    """The equilibria in which both play the same, exactly."""
    theirs = to_pygambit(game)
    mixes = [
        [tuple(sp.Rational(str(x)) for _, x in profile[player]) for player in theirs.players]
        for profile in pygambit.nash.enummixed_solve(theirs, rational=True).equilibria
    ]
    return sorted({first for first, second in mixes if first == second})


def test_two_players_against_the_normal_form_and_gambit(rng: Random, samples: Samples) -> None:
    compared = 0
    for k in samples(120):
        small = drawn(rng, "abc" if k % 2 else "abcd", 2)
        found, large = small.solve(), whole(small)
        assert found.complete_where == sp.true
        everything = large.solve()
        if any(e.free for e in (*found, *everything)):
            continue
        compared += 1
        assert agree(points(found), points(everything))
        assert agree(points(found), by_gambit(large))
    assert compared >= 100


def test_three_players_against_the_normal_form(rng: Random, samples: Samples) -> None:
    compared = 0
    for _ in samples(30):
        small = drawn(rng, "abc", 3)
        found, everything = small.solve(), whole(small).solve()
        assert found.complete_where == sp.true
        if any(e.free for e in (*found, *everything)):
            continue
        assert everything.complete_where == sp.true
        compared += 1
        assert agree(points(found), points(everything))
    assert compared >= 15


@pytest.mark.parametrize(("actions", "players", "games"), [("abc", 4, 16), ("abcd", 3, 16)])
def test_exact_points_are_those_that_intervals_enclose(
    actions: str, players: int, games: int, rng: Random, samples: Samples
) -> None:
    """The zeros by a Groebner basis against Krawczyk's operator, support by support."""
    settled = 0
    for _ in samples(games):
        small = drawn(rng, actions, players)
        found = small.solve()
        if any(e.free for e in found):
            continue
        table = CountTable.of(players - 1, [small.by_counts(a) for a in actions])
        count = Counter(e.support[EACH] for e in found)
        for m in range(2, len(actions) + 1):
            for own in combinations(range(len(actions)), m):
                enclosed = _enclose_equilibria(table, own, 3_000)
                if enclosed.status == "complete":
                    settled += 1
                    assert len(enclosed.equilibria) == count[tuple(actions[a] for a in own)]
    assert settled >= games * 3


@pytest.mark.parametrize(("actions", "players"), [("abc", 4), ("abcd", 3)])
def test_nobody_gains_in_the_game_written_out(
    actions: str, players: int, rng: Random, samples: Samples
) -> None:
    for _ in samples(8):
        small = drawn(rng, actions, players)
        large = whole(small)
        for mix in points(small.solve()):
            exact = list(map(sp.Rational, mix))
            off = 1 - sp.Add(*exact)
            assert abs(off) < sp.Rational(1, 10**30)
            exact[exact.index(max(exact))] += off
            profile = {p: dict(zip(actions, exact, strict=True)) for p in large.players}
            reached = large.payoff(profile, "player 1")
            for action in actions:
                other = large.payoff({**profile, "player 1": action}, "player 1")
                assert other - reached < sp.Rational(1, 10**20)


def test_pure_equilibria_against_every_profile(rng: Random, samples: Samples) -> None:
    sizes = [("abc", 2), ("abc", 3), ("abc", 4), ("abcd", 2), ("abcd", 3)]
    for k in samples(200):
        actions, players = sizes[k % len(sizes)]
        small = drawn(rng, actions, players, most=2)
        large = whole(small)
        assert large.is_symmetric
        assert large.symmetric_form() == small
        profiles = (name.split(", ") for name in large.solve("pure Nash").names)
        expected = Counter(tuple(p.count(a) for a in actions) for p in profiles)
        found = {}
        for equilibrium in small.solve("pure Nash"):
            taken = {group.split()[1]: int(group.split()[0]) for group in equilibrium.profile}
            counts = tuple(taken.get(a, 0) for a in actions)
            found[counts] = multinomial(counts)
            assert f"stands for {found[counts]} equilibria" in equilibrium.note
        assert found == expected
        by_number = large.pure_by_number()
        assert {each.counts: each.count for each in by_number} == expected


def test_anonymous_games_against_every_profile(rng: Random, samples: Samples) -> None:
    for k in samples(40):
        actions, players = ("abc", 2 + k % 3) if k % 4 else ("abcd", 3)
        kinds = [drawn(rng, actions, players, most=1) for _ in range(players)]
        tables = [whole(kind) for kind in kinds]

        def pay(profile: tuple[str, ...], tables: list[eeu.NormalForm] = tables) -> list[sp.Expr]:
            return [t.payoffs[p][profile] for t, p in zip(tables, tables[0].players, strict=True)]

        game = eeu.NormalForm(pay, actions=[list(actions)] * players)
        assert game.is_anonymous
        profiles = (name.split(", ") for name in game.solve("pure Nash").names)
        expected = Counter(tuple(p.count(a) for a in actions) for p in profiles)
        found = {each.counts: each.count for each in game.pure_by_number()}
        assert found == expected


def test_with_a_symbol_at_values(rng: Random, samples: Samples) -> None:
    """Conditions and closed forms of two players' games at values against the game in numbers."""
    t = sp.Symbol("t", real=True)
    compared = 0
    for _ in samples(12):
        rows = {a: [sp.Integer(rng.randint(-4, 4)) for _ in range(3)] for a in "abc"}
        for _ in range(2):
            rows[rng.choice("abc")][rng.randrange(3)] += rng.choice((1, -1, 2)) * t
        game = eeu.SymmetricGame(rows, 2, given=t > -4)
        found = game.solve()
        assert found.complete_where == sp.true
        assert {v.verdict for v in found.verify().values()} == {"proved"}
        for value in (sp.Rational(rng.randint(-39, 80), 10), sp.Integer(rng.randint(-3, 5))):
            there = [e for e in found if e.condition.xreplace({t: value}) == sp.true]
            numbers = game.at(t=value).solve()
            if any(e.free for e in (*there, *numbers)):
                continue
            compared += 1
            at = sorted(tuple(sp.N(p.xreplace({t: value}), 40) for p in e.profile[EACH].values())
                        for e in there)  # fmt: skip
            assert agree(at, points(numbers))
    assert compared >= 15


def test_the_worth_of_an_action_is_its_payoff_in_the_game_written_out(
    rng: Random, samples: Samples
) -> None:
    for k in samples(12):
        actions, players = [("abc", 4), ("abcd", 3), ("abc", 2)][k % 3]
        small = drawn(rng, actions, players)
        large = whole(small)
        weights = [rng.randint(0, 3) for _ in actions]
        weights[k % len(actions)] += 1
        mix = {a: sp.Rational(w, sum(weights)) for a, w in zip(actions, weights, strict=True)}
        for action in actions:
            profile = {**dict.fromkeys(large.players, mix), "player 1": action}
            assert small.worth(action, mix) == large.payoff(profile, "player 1")
        assert small.payoff({EACH: mix}) == large.payoff(
            dict.fromkeys(large.players, mix), "player 2"
        )
