"""Reputation's published values: Kreps and Wilson (1982), Journal of Economic Theory 27."""

from fractions import Fraction

import pytest
import sympy as sp

import gametheory_eeu as eeu


@pytest.mark.parametrize(
    ("b", "n", "expected"), [("1/2", 1, "1/2"), ("1/2", 3, "1/8"), ("1/4", 4, "1/256")]
)
def test_threshold_of_belief(b: str, n: int, expected: str) -> None:
    """kw_1/2_1, kw_1/2_3, kw_1/4_4: with n left the threshold is b^n."""
    assert eeu.Reputation(b=b, member_count=n).entry_threshold == sp.Rational(expected)


def test_first_deterred() -> None:
    """kw_len: with b = 1/2 and p = 1/10 members stay while four or more are left."""
    course = eeu.Reputation(a=2, b="1/2", p="1/10", member_count=20).course()
    first = next(row for row in course if row.defies > 0)
    assert first.members_left + 1 == 4
    assert course.deterred == 17


def test_mixing_at_equality_is_reached() -> None:
    """After a fight the belief is b^(n-1), and the next stays with probability 1/a."""
    course = eeu.Reputation(a=3, b="1/2", p="1/10", member_count=3).course()
    first, second = course.rows[:2]
    assert (
        first.weak_fights
        == Fraction(1, 3)
        == Fraction(1, 10) * Fraction(3, 4) / (Fraction(9, 10) * Fraction(1, 4))
    )
    assert second.belief == second.threshold == Fraction(1, 4)
    assert second.defies == 1 - Fraction(1, 3)


def test_one_exit_invites_the_next() -> None:
    """Once the hegemon has given way, every later member defies and is not fought."""
    rows = [r for r in eeu.Reputation(a=2, b="1/2", p="1/50", n=5).course() if r.belief == 0]
    assert rows
    assert all(row.defies == 1 and row.fought == 0 for row in rows)


def test_others_exist_only_at_ties_or_without_perfection() -> None:
    """Unique away from the ties when the tough type cannot but fight; Nash has more."""
    assert eeu.Reputation.uniqueness().verdict == "proved"
    game = eeu.Reputation(a=2, b="1/2", p="1/10", n=3)
    assert game.solve().complete_where == sp.true
    found = game.solve("Nash")
    assert found.names == ("0 deterred", "all deterred, incredible threat")
    assert found.complete_where == sp.false
    assert game.at(p="1/4").solve().complete_where == sp.false
