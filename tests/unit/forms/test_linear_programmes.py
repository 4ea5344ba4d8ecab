"""One exact linear programme in place of every vertex: values, mixes, dominance, by two routes."""

from fractions import Fraction
from itertools import permutations, product
from random import Random

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.solvers import exact_linear_programming
from gametheory_eeu.solvers.exact_linear_programming import (
    Programme,
    best_distribution,
    dual_simplex,
    float_vertex,
    solve_matrix_game,
)
from gametheory_eeu.solvers.extreme_equilibria import vertices

Matrix = list[list[Fraction]]


def remainders(size: int) -> Matrix:
    """M[i][j] = (7ij + i + 3j^2) mod 13 - 6."""
    return [
        [Fraction((7 * i * j + i + 3 * j * j) % 13 - 6) for j in range(size)] for i in range(size)
    ]


def soldiers() -> Matrix:
    """Colonel Blotto (Borel 1921): five soldiers on three fields; the difference of fields won."""
    splits = [split for split in product(range(6), repeat=3) if sum(split) == 5]
    return [[Fraction(sum((a > b) - (a < b) for a, b in zip(x, y, strict=True))) for y in splits]
            for x in splits]  # fmt: skip


def poker() -> Matrix:
    """Kuhn (1950): three cards, one bet; for each card check and fold, check and call, or bet."""
    first, second = list(product(range(3), repeat=3)), list(product(range(4), repeat=3))

    def won(mine: int, theirs: int, plan: int, answer: int) -> int:
        side, (calls, bets) = (1 if mine > theirs else -1), divmod(answer, 2)
        if plan == 2:
            return 2 * side if calls else 1
        if not bets:
            return side
        return 2 * side if plan == 1 else -1

    deals = list(permutations(range(3), 2))
    return [[Fraction(sum(won(a, b, x[a], y[b]) for a, b in deals), 6) for y in second]
            for x in first]  # fmt: skip


def zero_sum(matrix: Matrix) -> eeu.NormalForm:
    return eeu.NormalForm(matrix, [[-v for v in row] for row in matrix])


VALUES = [(remainders(13), "1/2"), (soldiers(), "0"), (poker(), "-1/18")]


@pytest.mark.parametrize(("matrix", "value"), VALUES, ids=["remainders", "soldiers", "poker"])
def test_the_value_of_a_large_game_and_mixes_that_prove_it(matrix: Matrix, value: str) -> None:
    game = zero_sum(matrix)
    assert game.value() == sp.Rational(value)
    mine, theirs = (game.maximin(player) for player in game.players)
    assert mine.value == -theirs.value == sp.Rational(value)
    earned = [sum(p * v for p, v in zip(mine.strategy, column, strict=True))
              for column in zip(*matrix, strict=True)]  # fmt: skip
    conceded = [sum(p * v for p, v in zip(theirs.strategy, row, strict=True)) for row in matrix]
    assert min(earned) == max(conceded) == mine.value
    # What the others can do against it is a proof too.
    held = [sum(row[int(k) - 1] * chance for (k,), chance in mine.against.items())
            for row in matrix]  # fmt: skip
    assert max(held) == mine.value


def test_poker_has_its_published_strategies() -> None:
    """Kuhn (1950): the first player bluffs with the lowest card no more than one time in three."""
    found = zero_sum(poker()).maximin("player 1")
    plans = list(product(range(3), repeat=3))
    assert len(found.strategies) == 12
    for mix in found.strategies:
        bluffs = sum(p for p, plan in zip(mix, plans, strict=True) if plan[0] == 2)
        best = sum(p for p, plan in zip(mix, plans, strict=True) if plan[2] == 2)
        assert 0 <= bluffs <= sp.Rational(1, 3)
        assert best == 3 * bluffs


def test_what_three_players_can_do_to_the_fourth() -> None:
    rng = Random(11)
    game = eeu.NormalForm(lambda p: [rng.randint(-9, 9) for _ in p], actions=[["a", "b"]] * 4)
    found = game.maximin("player 3")
    assert sum(found.against.values()) == 1
    for action in game.actions["player 3"]:
        cells = game.payoffs["player 3"]
        held = sum(c * cells[(*rest[:2], action, *rest[2:])] for rest, c in found.against.items())
        assert held <= found.value
    for mix in found.strategies:
        assert sum(mix) == 1


def test_correlated_payoffs_of_a_large_zero_sum_game() -> None:
    game = zero_sum(remainders(8))
    for objective in ("player 1", "player 2", "welfare"):
        found = game.correlated_equilibrium(objective)
        assert found.payoffs == {"player 1": sp.Rational(-1, 3), "player 2": sp.Rational(1, 3)}
    assert found.verify().verdict == "proved"


@pytest.mark.parametrize("kind", ["strict", "weak"])
@pytest.mark.parametrize("size", [14, 20])
def test_the_travellers_dilemma_is_eliminated(kind: str, size: int) -> None:
    """Basu (1994): claims of 2 and more, the lower one is paid to both, and 2 from one to one."""

    def payoffs(profile: tuple[str, ...]) -> list[int]:
        mine, theirs = map(int, profile)
        gain = 2 * ((mine < theirs) - (mine > theirs))
        return [min(mine, theirs) + gain, min(mine, theirs) - gain]

    claims = [str(k) for k in range(2, size + 2)]
    found = eeu.NormalForm(payoffs, actions=[claims] * 2).eliminate(kind)
    assert found.is_dominance_solvable
    assert found.game.profiles == (("2", "2"),)


def test_weak_elimination_solves_nothing_until_asked_what_it_loses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    game = eeu.NormalForm([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    with monkeypatch.context() as patch:
        patch.delattr(eeu.NormalForm, "solve")
        found = game.eliminate("weak")
        assert repr(found) == "<2 actions removed in 1 rounds: <1x1 game of player 1, player 2>>"
    assert found.eliminated_equilibria == ("1, 2", "2, 1", "1, 1 + 2", "1 + 2, 1")


@pytest.mark.parametrize("scale", [Fraction(1), Fraction(1, 7), Fraction(10**40)])
def test_two_routes_to_a_matrix_game(scale: Fraction) -> None:
    """Floating point made exact, the exact simplex method, and the vertices of the polyhedron."""
    rng = Random(5)
    for _ in range(8):
        size = rng.randint(2, 5), rng.randint(2, 5)
        matrix = [[scale * rng.randint(-4, 4) for _ in range(size[1])] for _ in range(size[0])]
        losses = [[-int(v / scale) for v in column] for column in zip(*matrix, strict=True)]
        worst = (max(sum(a * p for a, p in zip(row, v.strategy, strict=True)) for row in losses)
                 for v in vertices(losses))  # fmt: skip
        assert solve_matrix_game(matrix).value == -min(worst) * scale


def test_floating_point_only_proposes() -> None:
    rng = Random(6)
    proposed = 0
    for _ in range(20):
        costs = [to_fmpq(Fraction(rng.randint(-9, 9))) for _ in range(6)]
        rows = [[to_fmpq(Fraction(rng.randint(-9, 5))) for _ in range(6)] for _ in range(5)]
        programme = Programme(costs, rows, [to_fmpq(Fraction(0))] * 5, True)
        point, prices = dual_simplex(programme)
        assert programme.proves(point, prices)
        assert not programme.proves(point, [p + 1 for p in prices])
        assert not programme.proves([x * 2 for x in point], prices)
        found = float_vertex(programme)
        if found is not None and programme.proves(*found):
            proposed += 1
            assert sum(c * x for c, x in zip(costs, found[0], strict=True)) == sum(
                c * x for c, x in zip(costs, point, strict=True)
            )
    assert proposed > 15


def nothing(_programme: Programme) -> None:
    """Floating point fails."""


def test_a_wrong_proposal_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = remainders(20)

    def corner(programme: Programme) -> object:
        zeros = [to_fmpq(Fraction(0))] * len(programme.rows)
        return [to_fmpq(Fraction(1))] * len(programme.costs), zeros

    right = solve_matrix_game(matrix).value
    monkeypatch.setattr(exact_linear_programming, "float_vertex", corner)
    assert solve_matrix_game(matrix).value == right
    monkeypatch.setattr(exact_linear_programming, "float_vertex", nothing)
    assert solve_matrix_game(matrix).value == right


def test_what_no_distribution_obeys_and_what_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DoesNotExistError, match="no distribution"):
        best_distribution([1, 2], [[1, 1]])
    monkeypatch.setattr(exact_linear_programming, "float_vertex", nothing)
    monkeypatch.setattr("gametheory_eeu.solvers.exact_linear_programming.MAX_UPDATES", 2_000)
    with pytest.raises(TooLargeError, match="more than 2000 operations"):
        solve_matrix_game(remainders(20))


def test_numbers_of_many_digits_are_solved_exactly() -> None:
    rng = Random(8)
    matrix = [[10 ** rng.randint(0, 60) for _ in range(18)] for _ in range(18)]
    found = solve_matrix_game(matrix)
    columns = zip(*matrix, strict=True)
    assert min(sum(a * p for a, p in zip(c, found.mix, strict=True)) for c in columns) == max(
        sum(a * p for a, p in zip(row, found.against, strict=True)) for row in matrix
    )


@pytest.mark.parametrize("strict", [True, False])
def test_dominance_by_a_programme_and_by_rays(strict: bool) -> None:
    """Against the cone of mixes that lose nowhere: what its rays say was the earlier method."""
    from gametheory_eeu.solvers.dominance import dominating_mix
    from gametheory_eeu.solvers.extreme_equilibria import extreme_rays

    rng = Random(9)
    seen = set()
    for _ in range(300):
        count, width = rng.randint(2, 4), rng.randint(1, 4)
        row = [rng.randint(0, 2) for _ in range(width)]
        others = [[rng.randint(0, 4) for _ in range(width)] for _ in range(count)]
        gains = [[other[s] - row[s] for other in others] for s in range(width)]
        rays = [ray.at for ray in extreme_rays(count, gains)]
        sums = [[sum(g * w for g, w in zip(gain, ray, strict=True)) for gain in gains]
                for ray in rays]  # fmt: skip
        total = [sum(column) for column in zip(*sums, strict=True)] or [0]
        expected = min(total) > 0 if strict else any(map(any, sums))
        found = dominating_mix(row, others, strict)
        assert (found is not None) == expected
        seen.add(expected)
        if found is not None:
            gain = [sum(g * w for g, w in zip(gain, found, strict=True)) for gain in gains]
            assert min(gain) > 0 if strict else min(gain) >= 0 < max(gain)
    assert seen == {True, False}
