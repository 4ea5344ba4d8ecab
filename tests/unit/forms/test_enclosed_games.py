"""Beyond the exact size: equilibria in interval arithmetic, against exact ones and as certified."""

from fractions import Fraction
from random import Random

import pytest
import sympy as sp
from flint import arb, fmpq, fmpq_poly

import gametheory_eeu as eeu
from gametheory_eeu.forms.support_enumeration import integer_game
from gametheory_eeu.solvers.certified_zeros import enclosed_zeros
from gametheory_eeu.solvers.integer_game import (
    IntegerGame,
    IsolatedEquilibrium,
    enclosed_equilibria,
    mixed_equilibria,
    undominated_supports,
)


def random_game(rng: Random, *shape: int) -> eeu.NormalForm:
    actions = [[str(a + 1) for a in range(n)] for n in shape]
    return eeu.NormalForm(
        lambda profile: [rng.randint(-100, 100) for _ in profile], actions=actions
    )


@pytest.mark.parametrize(("seed", "shape"), [(1, (2, 2, 2)), (2, (2, 2, 3)), (4, (3, 3, 3))])
def test_enclosures_hold_the_exact_equilibria(seed: int, shape: tuple[int, ...]) -> None:
    rng, compared = Random(seed), 0
    for _ in range(2 if shape == (3, 3, 3) else 6):
        numbers = integer_game(random_game(rng, *shape))
        exact = [e for e in mixed_equilibria(numbers) if isinstance(e, IsolatedEquilibrium)]
        for support in undominated_supports(numbers):
            if all(len(own) == 1 for own in support):
                continue
            settled = enclosed_equilibria(numbers, support, 3_000)
            if not settled.complete:
                continue  # two payoffs are equal there
            there = [e for e in exact if e.support == support]
            assert len(there) == len(settled.equilibria)
            for mine in settled.equilibria:
                assert mine.radius < 10**-30
                assert any(_within(mine.chances, mine.radius, other) for other in there)
                compared += 1
    assert compared > 2


def test_an_equilibrium_near_the_edge_is_not_lost() -> None:
    """A box may reach over the edge with its middle outside: that is no reason to drop it."""
    rng, shape = Random(3), (3, 3, 2)
    cells = list(IntegerGame.profiles(shape))
    for _ in range(10):
        numbers = IntegerGame(shape, [{p: rng.randint(-9, 9) for p in cells} for _ in shape])
    support = ((0, 1), (0, 1, 2), (0, 1))
    exact = [e for e in mixed_equilibria(numbers) if isinstance(e, IsolatedEquilibrium)]
    (there,) = (e for e in exact if e.support == support)
    settled = enclosed_equilibria(numbers, support, 1_500)
    (mine,) = settled.equilibria
    assert settled.complete
    assert _within(mine.chances, mine.radius, there)


def _within(
    chances: tuple[tuple[Fraction, ...], ...], radius: Fraction, other: IsolatedEquilibrium
) -> bool:
    """Exactly: every probability is within the radius of the algebraic number."""
    pairs = zip(sum(chances, ()), sum(other.probabilities, ()), strict=True)
    return all(
        other.point.sign(exact - _constant(c - radius))
        >= 0
        >= other.point.sign(exact - _constant(c + radius))
        for c, exact in pairs
    )


def _constant(value: Fraction) -> fmpq_poly:
    return fmpq_poly([fmpq(value.numerator, value.denominator)])


def test_beyond_the_exact_size_all_are_found_and_their_error_said() -> None:
    found = random_game(Random(4), 2, 2, 2, 3).solve()
    assert not found.exact
    numerical = [e for e in found if e.radius]
    assert numerical
    assert found.complete_where == sp.true
    assert len(found) % 2 == 1  # Wilson (1971)
    for equilibrium in numerical:
        assert 0 < equilibrium.radius < sp.Rational(1, 10**30)
        assert "within" in equilibrium.note
        assert equilibrium.verify().verdict == "proved"


def test_too_few_boxes_are_not_called_complete() -> None:
    numbers = integer_game(random_game(Random(2), 2, 2, 2, 2, 2))
    settled = enclosed_equilibria(numbers, ((0, 1),) * 5, 20)
    assert not settled.complete
    assert settled.boxes == 20


def test_a_double_zero_is_not_called_settled() -> None:
    found = enclosed_zeros(
        lambda x: [x[0] ** 2, x[1]],
        lambda x: [[2 * x[0], arb(0)], [arb(0), arb(1)]],
        (arb(0.1, 1), arb(0.1, 1)),
    )
    assert not found.complete
