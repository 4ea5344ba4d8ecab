"""Games of three or more players in numbers: exact algebraic equilibria, limits."""

from itertools import product
from random import Random

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.forms import support_enumeration
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.solvers.polynomial_zeros import canonical_form

TWO = [["1", "2"]] * 3


def test_a_unique_equilibrium_in_irrational_numbers() -> None:
    cells = dict(
        zip(
            product("12", repeat=3),
            [
                (3, 0, 2),
                (1, 0, 0),
                (0, 2, 0),
                (0, 1, 0),
                (0, 1, 0),
                (0, 3, 0),
                (1, 0, 0),
                (2, 0, 3),
            ],
            strict=True,
        )
    )
    found = eeu.NormalForm(lambda profile: cells[profile], actions=TWO).solve()
    assert found.complete_where == sp.true
    (equilibrium,) = found
    assert not any(p.is_rational for mix in equilibrium.strategies.values() for p in mix)
    assert equilibrium.verify().verdict == "proved"


def test_an_equilibrium_of_high_degree_is_written_with_one_root_and_proved() -> None:
    rng = Random(4)
    game = eeu.NormalForm(
        lambda profile: [rng.randint(-100, 100) for _ in profile], actions=[["a", "b", "c"]] * 3
    )
    found = game.solve()
    assert max(len(e.profile["player 1"]["a"].atoms(sp.CRootOf)) for e in found) == 1
    assert {e.verify().verdict for e in found} == {"proved"}


def test_a_zero_in_one_root_is_seen_exactly() -> None:
    x = sp.Symbol("x")
    root = sp.CRootOf(x**5 - x - 1, 0)
    assert canonical_form(root**6 - root**2 - root) == 0
    assert canonical_form(root**2) == root**2
    assert canonical_form(sp.sqrt(2) * (sp.sqrt(2) + 1) - 2) == sp.sqrt(2)


def test_where_nothing_matters_every_support_is_a_family() -> None:
    game = eeu.NormalForm(lambda _: [0, 0, 0], actions=TWO)
    found = game.solve()
    assert len(found) == 27
    assert found.complete_where == sp.true
    assert [len(e.free) for e in found] == [0] * 8 + [1] * 12 + [2] * 6 + [3]
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_a_continuum_is_a_curve_of_completely_mixed_equilibria() -> None:
    """Nau, Gomez Canovas and Hansen (2004), section 5: three pure, and the continuum."""
    found = eeu.classic("Nau's Continuum").game.solve()
    assert found.complete_where == sp.true
    assert found.names[:3] == ("T, R, 1", "B, L, 1", "B, R, 2")
    assert {v.verdict for v in found.verify().values()} == {"proved"}
    curve = found["T + B, L + R, 1 + 2"]
    assert len(curve.free) == 1
    assert curve.profile["player 3"] == {"1": sp.Rational(1, 4), "2": sp.Rational(3, 4)}


def test_equilibria_of_a_segment_have_their_ends() -> None:
    """Nau, Gomez Canovas and Hansen (2004), section 6: the equilibria are a line segment."""
    found = eeu.classic("Nau's Segment").game.solve()
    assert found.complete_where == sp.true
    assert [len(e.free) for e in found] == [0, 0, 1]
    half = (sp.Rational(1, 2), sp.Rational(1, 2))
    for equilibrium in found:
        assert equilibrium.strategies["player 1"] == half == equilibrium.strategies["player 2"]


def crowding(given: str = "0 < c and c < v") -> eeu.NormalForm:
    return eeu.NormalForm(
        lambda profile: [f"v - {profile.count('1')}*c" if a == "1" else "0" for a in profile],
        actions=TWO,
        given=given.split(" and "),
    )


def test_with_symbols_every_equilibrium_has_its_condition() -> None:
    found = crowding().solve()
    assert found.complete_where == sp.true
    given = "0 < c and c < v"
    mixed = found["1 + 2, 1 + 2, 1 + 2"]
    assert eeu.equivalent(mixed.condition, "v < 3*c", given=given).verdict == "proved"
    assert eeu.equivalent(found["1, 1, 1"].condition, "v >= 3*c", given=given).verdict == "proved"
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_with_symbols_a_square_root_is_proved() -> None:
    """Diekmann (1985): each of three waits with probability sqrt(k/u)."""
    found = eeu.classic("Volunteer's Dilemma").game.solve()
    waits = found["volunteer + wait, volunteer + wait, volunteer + wait"].profile["player 1"][
        "wait"
    ]
    u, k = sp.symbols("u k", real=True)
    assert sp.simplify(waits**2 - k / u) == 0
    assert found.complete_where == sp.true
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_a_game_too_large_says_its_size_and_what_to_do() -> None:
    game = eeu.NormalForm(lambda _: [0] * 4, actions=[list("abcde")] * 4)
    with pytest.raises(TooLargeError, match=r"5x5x5x5 game has 923521 supports.*pure Nash"):
        game.solve()
    assert len(game.solve("pure Nash")) == 625


def with_symbols() -> eeu.NormalForm:
    cells = [[["a", "1 - b"], ["b", "a - 1"]], [["0", "a*b"], ["b - a", "1"]]]
    return eeu.NormalForm(cells, cells[::-1], cells)


def test_what_takes_too_many_questions_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_enumeration, "MAX_CASES", 5)
    with pytest.raises(TooLargeError, match=r"takes more than 5 questions .* give values"):
        with_symbols().solve()


def test_what_takes_too_long_with_symbols_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_enumeration, "GUARD", Budget(claim_seconds=1e-3))
    game = with_symbols()
    with pytest.raises(eeu.GameTheoryError, match=r"took longer .* give values to some symbols"):
        game.solve()
    assert len(game.solve("pure Nash")) > 0
