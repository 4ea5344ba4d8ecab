"""Many members of the contest at a tie: one family, against every profile of the payoff table."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.models.bandwagoning_contest.equilibrium_search import MAX_LISTED_TIES
from tests.properties.contest_table import ACTIONS, Case, Pure

LAM, TAU = Fraction(9, 10), Fraction(1, 2)
MANY = range(MAX_LISTED_TIES + 1, 9)


def at_the_tie(w: tuple[Fraction, ...], c: str = "1/20", like: int = -1) -> Case:
    """A contest in which every member of the weight of one of them is indifferent."""
    power = TAU * (1 + w[like]) / (LAM - TAU)
    return Case(power, Fraction(1), w, Fraction(c), TAU, LAM)


def contest(case: Case) -> eeu.BandwagoningContest:
    return eeu.BandwagoningContest(
        P=case.P, R=case.R, w=case.w, c=case.c, tau=case.tau, lam=case.lam
    )


def by_enumeration(case: Case) -> set[Pure]:
    """Every profile of three actions each at which nobody gains, none left out."""

    def stands(pure: Pure) -> bool:
        for i, own in enumerate(pure):
            at = case.payoff(pure, i)
            for other in ACTIONS:
                if other != own and case.payoff((*pure[:i], other, *pure[i + 1 :]), i) > at:
                    return False
        return True

    return set(filter(stands, product(ACTIONS, repeat=len(case.w))))


def written_out(equilibrium: eeu.Equilibrium) -> Iterator[Pure]:
    """Every pure profile that an equilibrium, or a family, stands for."""
    for ones in product((0, 1), repeat=len(equilibrium.free)):
        at = dict(zip(equilibrium.free, map(sp.Integer, ones), strict=True))
        if equilibrium.where.subs(at) == sp.true:
            mixes = [
                {a: p.subs(at) for a, p in mix.items()} for mix in equilibrium.profile.values()
            ]
            assert all(sorted(mix.values()) == [0, 0, 1] for mix in mixes)
            yield tuple(next(a for a, p in mix.items() if p == 1) for mix in mixes)


ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
CASES = {
    **{f"{n} alike": at_the_tie((ONE,) * n) for n in range(1, 9)},
    **{f"{n} alike, nobody balances": at_the_tie((ONE,) * n, "49/100") for n in (6, 7)},
    "a lighter one joins": at_the_tie((HALF, *(ONE,) * 7)),
    "a heavier one waits": at_the_tie((ONE, ONE, TWO, *(ONE,) * 5), like=0),
    "one of each": at_the_tie((TWO, *(ONE,) * 5, HALF), like=1),
    "two ties of one weight in three": at_the_tie((TWO, HALF, ONE, TWO, HALF, ONE)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_written_out_it_is_the_enumeration(case: Case) -> None:
    found = [pure for equilibrium in contest(case).solve() for pure in written_out(equilibrium)]
    assert len(found) == len(set(found))  # each in exactly one of the listed
    assert set(found) == by_enumeration(case)


@pytest.mark.parametrize("n", [*MANY, 16])
def test_the_family_says_how_many_it_stands_for_and_is_verified(n: int) -> None:
    found = contest(at_the_tie((ONE,) * n)).solve()
    assert found.names[:3] == ("all-Join", "all-Wait", "all-Either")
    family = found["all-Either"]
    assert f"{2**n - 2} equilibria" in family.note
    assert f"stands for {2**n - 2} equilibria" in found.why
    assert found.complete_where == sp.true
    if n < 16:
        assert len(list(written_out(family))) == 2**n - 2
    verified = family.verify()
    assert (verified.verdict, verified.vacuous) == ("proved", False)
    assert len(verified.results) == n * 2 * 2  # both actions that are played, each against two
    assert family.game.payoff(family.profile, "1") == family.payoffs["1"] == -sp.Rational(1, 2)


def test_the_family_is_refuted_where_there_is_no_tie() -> None:
    game = contest(at_the_tie((HALF, *(ONE,) * 7)))
    family = next(e for e in game.solve() if e.free)
    above = replace(family, game=game.at(P=3)).verify()
    assert above.failures == tuple(f"{m} that plays Wait: Join gains nothing" for m in "2345678")
    below = replace(family, game=game.at(P="12/5")).verify()
    assert "2 that plays Join: Wait gains nothing" in below.failures


def test_where_values_leave_no_tie_the_family_is_gone() -> None:
    found = contest(at_the_tie((ONE,) * 16)).solve()
    assert found.at(P=3).names == ("all-Join", "all-Balance")


def test_the_family_is_written_and_read_like_any_other() -> None:
    found = contest(at_the_tie((TWO, *(ONE,) * 7))).solve()
    name = "Wait" + "/Either" * 7
    assert eeu.from_json(found.to_json()) == found
    assert name in repr(found)
    family = found[name]
    assert rf"\emph{{{name}}} (for each $" in family.to_latex()
    assert [str(s) for s in family.free] == [f"j_{k}" for k in range(2, 9)]
    row: dict[str, Any] = family.to_dataframe().iloc[0].to_dict()
    assert row["at 1"] == "Wait"
    assert row["at 2"] == "Join (j_2), Wait (1 - j_2)"
