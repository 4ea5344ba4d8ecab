"""Games of several players, in numbers: against pygambit, and the mixed equilibria's own proofs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import numpy as np
import pygambit as gbt
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.games import Equilibrium

SHAPES = [(2, 2, 2), (2, 3, 2), (3, 3, 3), (2, 2, 2, 2), (4, 2, 3), (2, 2, 2, 2, 2), (3, 4)]


def random_game(rng: Random, shape: Sequence[int], most: int) -> eeu.NormalForm:
    """Payoffs from -most to most; few of them make ties."""
    actions = [[str(a + 1) for a in range(n)] for n in shape]
    return eeu.NormalForm(
        lambda profile: [rng.randint(-most, most) for _ in profile], actions=actions
    )


def generic_game(rng: Random, shape: Sequence[int]) -> eeu.NormalForm:
    """Payoffs that all differ."""
    size = prod(shape)
    draws = (iter(rng.sample(range(-10 * size, 10 * size), size)) for _ in shape)
    cells = dict(zip(product(*map(range, shape)), zip(*draws, strict=True), strict=True))
    actions = [[str(a + 1) for a in range(n)] for n in shape]
    return eeu.NormalForm(
        lambda profile: list(cells[tuple(int(a) - 1 for a in profile)]), actions=actions
    )


def in_gambit(game: eeu.NormalForm) -> gbt.StrategicGame:
    arrays = (
        np.array([int(v) for v in cells.values()]).reshape(game.shape)
        for cells in game.payoffs.values()
    )
    return gbt.StrategicGame.from_arrays(*arrays)


def theirs(
    game: gbt.StrategicGame, found: Iterable[gbt.MixedStrategyProfile]
) -> list[tuple[float, ...]]:
    return [
        tuple(float(chance) for player in game.players for _, chance in profile[player])
        for profile in found
    ]


def ours(equilibria: Iterable[Equilibrium]) -> list[tuple[float, ...]]:
    return [tuple(float(p) for mix in e.strategies.values() for p in mix) for e in equilibria]


def beside(point: tuple[float, ...], others: list[tuple[float, ...]]) -> bool:
    return any(np.allclose(point, other, atol=1e-5) for other in others)


@pytest.mark.parametrize("most", [1, 4, 100])
@pytest.mark.parametrize("shape", SHAPES)
def test_pure_equilibria_are_pygambits(
    shape: tuple[int, ...], most: int, rng: Random, samples: Callable[[int], range]
) -> None:
    for _ in samples(24):  # 504 games in all
        game = random_game(rng, shape, most)
        other = in_gambit(game)
        found = gbt.nash.enumpure_solve(other).equilibria
        assert sorted(ours(game.solve("pure Nash"))) == sorted(theirs(other, found))


@pytest.mark.parametrize(("shape", "count"), [((2, 2, 2), 100), ((2, 2, 3), 20), ((2, 3, 3), 6)])
def test_no_mixed_equilibrium_of_pygambit_is_missed(
    shape: tuple[int, ...], count: int, rng: Random, samples: Callable[[int], range]
) -> None:
    """Pygambit's own enumeration misses some (its numbers are even at times, against Wilson
    1971), so ours may be more; each of those is proved from the payoffs."""
    for _ in samples(count):
        game = generic_game(rng, shape)
        other = in_gambit(game)
        solution = game.solve("Nash")
        mine = ours(solution)
        found = theirs(other, gbt.nash.enumpoly_solve(other).equilibria)
        assert all(beside(point, mine) for point in found)
        assert len(mine) % 2 == 1
        for point, equilibrium in zip(mine, solution, strict=True):
            assert beside(point, found) or equilibrium.verify().verdict == "proved"


def test_every_mixed_equilibrium_is_proved(rng: Random, samples: Callable[[int], range]) -> None:
    for shape, count in [((2, 2, 2), 10), ((3, 3, 2), 3), ((2, 2, 2, 2), 2)]:
        for _ in samples(count):
            found = generic_game(rng, shape).solve()
            assert found.complete_where == sp.true
            assert {e.verify().verdict for e in found} == {"proved"}
            assert len(found) % 2 == 1  # Wilson (1971): generic games


@pytest.mark.parametrize("count", [1, 2])
def test_symbolic_answers_are_the_numeric_ones(count: int, rng: Random) -> None:
    for _ in range(2):
        names = ["x", "y"][:count]
        draws = [str(rng.randint(-4, 4)) for _ in range(24)]
        for place in rng.sample(range(24), 3):
            draws[place] = rng.choice(names)
        cells = iter(draws)
        game = eeu.NormalForm(
            lambda profile, cells=cells: [next(cells) for _ in profile], actions=[["1", "2"]] * 3
        )
        found = game.solve()
        for _ in range(12):
            values = {s.name: Fraction(rng.randint(-50, 50), 9) for s in game.symbols}
            agree(game, found, values)


@pytest.mark.parametrize("seed", [8, 10, 0, 4])
def test_three_players_with_symbols_everywhere(seed: int) -> None:
    """Every payoff is drawn; also points where payoffs tie. Some conditions have roots."""
    rng = Random(seed)
    entries = ["a", "0", "1", "b", "a-1"]
    game = eeu.NormalForm(
        lambda profile: [rng.choice(entries) for _ in profile], actions=[["x", "y"]] * 3
    )
    found = game.solve()
    # There the denominator of a probability is zero at the other root of degree two of seed 0.
    agree(game, found, {"a": Fraction(-6), "b": Fraction(-12)})
    for k in range(40):
        most, below = (2, 1) if k % 4 == 0 else (30, rng.choice([1, 2, 5, 9]))
        agree(game, found, {s.name: Fraction(rng.randint(-most, most), below)
                            for s in game.symbols})  # fmt: skip


def agree(game: eeu.NormalForm, found: eeu.EquilibriumSet, values: dict[str, Fraction]) -> None:
    """Where the symbolic answer is complete, it has the numeric game's equilibria, no others."""
    point = game.space.point(dict(values.items()))
    if found.complete_where.xreplace(point) != sp.true:
        return
    here = [e for e in found if e.condition.xreplace(point) == sp.true]
    at = game.at(**values).solve()
    assert sorted(supports(here, point)) == sorted(supports(at, {}))
    for mine in here:
        if not mine.free:
            chances = [float(p.xreplace(point)) for mix in mine.strategies.values() for p in mix]
            others = [[float(p) for mix in e.strategies.values() for p in mix]
                      for e in at if not e.free]  # fmt: skip
            assert any(np.allclose(chances, other) for other in others)


def supports(found: Iterable[Equilibrium], point: Mapping[sp.Symbol, sp.Expr]) -> list[str]:
    """With the dimension: at its edge the range of a family may be a single value."""
    return [
        f"{e.name.split(' (')[0]}, free {len(e.free) - pinned(e.where.xreplace(dict(point)))}"
        for e in found
    ]


def pinned(range_: sp.Basic) -> int:
    shown = range_ if range_ == sp.true else eeu.simplify(range_)
    return sum(isinstance(part, sp.Eq) for part in sp.And.make_args(shown))
