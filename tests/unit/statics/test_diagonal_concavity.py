"""Uniqueness from the shape of payoffs: where no closed form exists, and never by mistake."""

from fractions import Fraction

import pytest
import sympy as sp
from scipy.optimize import minimize_scalar

import gametheory_eeu as eeu


def game(cross: str = "x*y/2", high: str = "0 <= x <= 5") -> eeu.ContinuousGame:
    return eeu.ContinuousGame(
        {"1": f"a*x - x**2 - x**4 + {cross}", "2": "b*y - y**2 - y**4 - x*y/3"},
        choices={"1": high, "2": "0 <= y <= 5"}, given="0 < a < 5 and 0 < b < 5",
    )  # fmt: skip


def test_rosens_condition_proves_what_has_no_closed_form() -> None:
    result = eeu.prove_unique(game())
    assert result.verdict == "unique"
    assert "diagonally strictly concave (Rosen 1965)" in result.why
    assert result.recheck() is True
    assert set(result.space.symbols) == {sp.Symbol("a", real=True), sp.Symbol("b", real=True)}
    assert eeu.display.from_json(result.to_json()) == result


def test_a_dominant_diagonal_suffices_where_the_symmetric_part_does_not() -> None:
    """With cross derivatives 1.9 and -0.1 beside -2 and -1: rows dominate."""
    shaped = eeu.ContinuousGame(
        {"1": "a*x - x**2 - x**4/100 + 19*x*y/10", "2": "b*y - y**2/20 - y**4/100 + y*x/20"},
        choices={"1": "0 <= x <= 1", "2": "0 <= y <= 1"}, given="0 < a < 5 and 0 < b < 5",
    )  # fmt: skip
    result = eeu.prove_unique(shaped)
    assert result.verdict == "unique"
    assert "Gabay and Moulin 1980" in result.why


@pytest.mark.parametrize(
    "other",
    [
        game(cross="9*x*y"),  # the cross derivative outweighs
        game(high="x >= 0"),  # an open end: existence is not given
        eeu.ContinuousGame({"1": "x**4 - 3*x**2 + a*x", "2": "b*y - y**4 - x*y"},
                           choices={"1": "-1 <= x <= 1", "2": "-1 <= y <= 1"}),  # not concave
    ],
    ids=["cross", "open", "not concave"],
)  # fmt: skip
def test_nothing_is_claimed_without_the_conditions(other: eeu.ContinuousGame) -> None:
    assert eeu.prove_unique(other).verdict != "unique"


def test_two_equilibria_are_not_called_one() -> None:
    """Coordination: x*y with a weak own curvature has the two corners."""
    corners = eeu.ContinuousGame(
        {"1": "2*x*y - x - x**2/4", "2": "2*x*y - y - y**2/4"},
        choices={"1": "0 <= x <= 1", "2": "0 <= y <= 1"},
    )
    assert eeu.prove_unique(corners).verdict == "several"


@pytest.mark.parametrize(("a", "b"), [(1, 1), (4, "1/2"), ("1/3", 4)])
def test_best_responses_from_everywhere_meet_at_one_point(a: object, b: object) -> None:
    """In numbers: iterated best responses from four corners end at the same place."""
    at, bt = float(Fraction(str(a))), float(Fraction(str(b)))
    corners = [(0.0, 0.0), (5.0, 0.0), (0.0, 5.0), (5.0, 5.0)]
    ends = [_iterate(corner, at, bt) for corner in corners]
    assert all(end == pytest.approx(ends[0], abs=1e-4) for end in ends)


def _iterate(start: tuple[float, float], a: float, b: float) -> tuple[float, float]:
    place = start
    for _ in range(60):
        first, second = place
        place = _best(a + second / 2), _best(b - first / 3)
    return place


def _best(slope: float) -> float:
    """The maximum of slope z - z^2 - z^4 on [0, 5]."""
    found = minimize_scalar(
        lambda z: z**4 + z**2 - slope * z, bounds=(0, 5), method="bounded", options={"xatol": 1e-10}
    )
    return float(found.x)
