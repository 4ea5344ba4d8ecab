"""The published models against the papers: all equilibria, as published, and every proposition.

The published values are written down here as the papers have them; the models are payoffs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
import sympy as sp

import gametheory_eeu as eeu

OWN = [row.name for row in eeu.models() if row.game_class in eeu.models.LITERATURE]


@dataclass(frozen=True)
class Published:
    """By the name of an equilibrium its choices and its condition; how many there are."""

    place: str
    equilibria: Mapping[str, tuple[Mapping[str, str], str]]
    number: int
    payoffs: Mapping[str, str] = field(default_factory=dict)
    """Of the first of them."""


PUBLISHED = {
    "acemoglu and robinson 2006": Published(
        "the vote where a promise is not believed, force where it is cheap",
        {
            "promise; accept, vote": ({}, "theta - m <= q*T and k >= q*T"),
            "democratise; revolt, vote": ({}, "theta - m >= q*T and k >= T"),
            "repress; revolt, vote": ({}, "theta - m >= q*T and k <= T"),
        }, 13,
    ),
    "baron and ferejohn 1989": Published(
        "the closed rule, n = 2 m + 1: delta/n to each of m others",
        {"x at a breakpoint; yes": ({"x": "delta/(2*m + 1)"}, "delta > 0")}, 1,
        {"proposer": "1 - delta*m/(2*m + 1)", "partner": "delta/(2*m + 1)"},
    ),
    "barro and gordon 1983": Published(
        "discretion: inflation b/a, at a cost of b^2/(2 a)",
        {"interior": ({"pi_g": "b/a", "pi_e": "b/a"}, "a > 0")}, 1,
        {"government": "-b**2/(2*a)", "public": "0"},
    ),
    "cournot 1838": Published(
        "ch. VII",
        {
            "interior": (
                {"q_1": "(a - 2*c_1 + c_2)/3", "q_2": "(a - 2*c_2 + c_1)/3"},
                "2*c_1 < a + c_2 and 2*c_2 < a + c_1",
            ),
            "q_1 = 0": ({"q_1": "0", "q_2": "(a - c_2)/2"}, "2*c_1 >= a + c_2"),
            "q_2 = 0": ({"q_1": "(a - c_1)/2", "q_2": "0"}, "2*c_2 >= a + c_1"),
        }, 3,
    ),
    "crawford and sobel 1982": Published(
        "section 4: N steps iff 2 N (N - 1) b < 1",
        {
            "1 step": ({"y_1": "1/2"}, "b > 0"),
            "2 steps": ({"s_1": "1/2 - 2*b", "y_1": "1/4 - b", "y_2": "3/4 - b"}, "b < 1/4"),
            "3 steps": ({"s_1": "1/3 - 4*b", "s_2": "2/3 - 4*b"}, "b < 1/12"),
        }, 3, {"receiver": "-1/12"},
    ),
    "downs 1957": Published(
        "the median voter's position",
        {
            "left, left": ({}, "l >= 1/2"),
            "centre, centre": ({}, "l <= 1/2 and r <= 1/2"),
            "right, right": ({}, "r >= 1/2"),
        }, 17, {"party 1": "1/2", "party 2": "1/2"},
    ),
    "fearon 1994": Published(
        "a threat that is meant and conceded to, and none that is not, resisted",
        {
            "threaten, fight; concede": ({}, "(1 - p)*v <= c and p*v - c >= -a"),
            "stay quiet, back down; resist": ({}, "p*v - c <= -a"),
        }, 17,
    ),
    "fearon 1995": Published(
        "a uniform cost: the risk-return trade-off and its corners",
        {
            "x inside; accept or fight": (
                {"x": "p + (C - c_A)/2"}, "c_A < C and C + 2*p < 2 + c_A",
            ),
            "x at a breakpoint; accept": ({"x": "p"}, "c_A >= C"),
            "x = 1; accept or fight": ({"x": "1"}, "C + 2*p >= 2 + c_A"),
        }, 3,
    ),
    "holmstrom and milgrom 1987": Published(
        "the linear contract: the incentive 1/(1 + r c s) and what it leaves the principal",
        {
            "b inside; F at a breakpoint; accept; e inside": (
                {"b": "1/(1 + c*r*s)", "e": "1/(c*(1 + c*r*s))"}, "c > 0",
            ),
        }, 1, {"principal": "1/(2*c*(1 + c*r*s))", "agent": "0"},
    ),
    "kilgour and zagare 1991": Published(
        "the credibility threshold of unilateral deterrence",
        {
            "wait; resist, concede": ({}, "q >= g/(g + k)"),
            "demand; resist, concede": ({}, "q <= g/(g + k)"),
        }, 3,
    ),
    "kydd 2005": Published(
        "the least trust that cooperation needs",
        {
            "cooperate, cooperate": ({}, "t_1*(1 + s - b) >= s and t_2*(1 + s - b) >= s"),
            "defect, defect": ({}, "s > 0"),
        }, 5,
    ),
    "kydland and prescott 1977": Published(
        "houses are built, and the dam is",
        {"build; protect": ({}, "v > 0")}, 1, {"settlers": "v", "government": "v - k"},
    ),
    "olson and zeckhauser 1966": Published(
        "the smaller ally pays nothing",
        {"y = 0": ({"x": "a - 1", "y": "0"}, "a > b")}, 1,
    ),
    "powell 2006": Published(
        "large, rapid shifts: fighting iff delta p_2 - p_1 > (1 - delta) c_B",
        {
            "x at a breakpoint; accept": (
                {"x": "1 - (1 - p_1 - c_B - delta*(1 - p_2 - c_B))/(1 - delta)"},
                "delta*p_2 - p_1 <= (1 - delta)*c_B",
            ),
            "x = 0; attack": ({"x": "0"}, "delta*p_2 - p_1 >= (1 - delta)*c_B"),
        }, 3,
    ),
    "putnam 1988": Published(
        "the size of the win-set: the larger of the two values counts",
        {
            "x at a breakpoint; agree; ratify": ({"x": "1 - f"}, "f >= r"),
            "x at a breakpoint; agree; ratify (2)": ({"x": "1 - r"}, "f < r"),
        }, 2,
    ),
    "romer and rosenthal 1978": Published(
        "the regimes of the status quo",
        {
            "x inside; accept": ({"x": "s"}, "q < -s or q > s"),
            "x at a breakpoint; accept": ({"x": "-q"}, "-s <= q <= 0"),
            "x at a breakpoint; accept (2)": ({"x": "q"}, "0 < q <= s"),
        }, 5,
    ),
    "spence 1973": Published(
        "low: none; high: any that the low type would not copy and the high type still wants",
        {
            "separating, least cost": (
                {"e_low": "0", "w_low": "t_L", "e_high": "t_L*(t_H - t_L)", "w_high": "t_H"},
                "t_L < t_H",
            ),
            "pooling": ({"w_low": "p*t_H + (1 - p)*t_L", "w_high": "p*t_H + (1 - p)*t_L"}, "p > 0"),
        }, 3,
    ),
    "stackelberg 1934": Published(
        "unequal costs: interior, dropping out, blockade, limit quantity",
        {
            "q_1 inside; q_2 inside": (
                {"q_1": "(a - 2*c_1 + c_2)/2", "q_2": "(a + 2*c_1 - 3*c_2)/4"},
                "a + c_2 > 2*c_1 and a + 2*c_1 > 3*c_2",
            ),
            "q_1 = 0; q_2 inside": ({"q_1": "0", "q_2": "(a - c_2)/2"}, "2*c_1 >= a + c_2"),
            "q_1 inside; q_2 = 0": ({"q_1": "(a - c_1)/2"}, "2*c_2 > a + c_1"),
            "q_1 at a breakpoint; q_2 = 0": (
                {"q_1": "a - c_2"}, "3*c_2 >= a + 2*c_1 and a + c_1 >= 2*c_2",
            ),
        }, 4,
    ),
    "tullock 1980": Published(
        "two unequal prizes",
        {"interior": ({"x": "v**2*w/(v + w)**2", "y": "v*w**2/(v + w)**2"}, "v > 0")}, 1,
    ),
    "weingast 1997": Published(
        "respect and transgression are both equilibria wherever rights are worth a challenge",
        {
            "respect; challenge; challenge": ({}, "c < ell"),
            "transgress; acquiesce; acquiesce": ({}, "c < ell"),
        }, 5,
    ),
    "wittman 1983": Published(
        "a uniform median voter, policy and office",
        {
            "interior": ({"x": "k/2", "y": "1 - k/2"}, "0 < k < 1"),
            "x = 0; y = 1": ({"x": "0", "y": "1"}, "k <= 0"),
            "x = 1/2; y = 1/2": ({"x": "1/2", "y": "1/2"}, "k >= 1"),
        }, 3,
    ),
}  # fmt: skip


def test_every_model_of_a_paper_is_here() -> None:
    assert sorted(PUBLISHED) == OWN


@pytest.mark.parametrize("name", OWN)
def test_equilibria_and_propositions_are_the_published_ones(name: str) -> None:
    published, game = PUBLISHED[name], eeu.model(name)
    known = {s.name: s for s in game.space.symbols}
    solution = game.solve()
    assert solution.complete_where == sp.true, solution.why
    assert len(solution) == published.number
    assert {check.verdict for check in solution.verify().values()} == {"proved"}
    for label, (choices, where) in published.equilibria.items():
        found = solution[label]
        assert eeu.equivalent(found.condition, where, given=game.space).verdict == "proved", label
        for choice, text in choices.items():
            claim = sp.Eq(found.choices[choice], eeu.parse(text, known=known))
            proof = eeu.prove(claim, given=[*game.space.constraints, found.condition])
            assert proof.verdict == "proved", (label, choice)
    for player, text in published.payoffs.items():
        assert sp.simplify(solution[0].payoffs[player] - eeu.parse(text, known=known)) == 0
    judged = game.propositions().judge()
    assert len(judged) >= 1
    for each in judged:
        naive = any(claim.naive for claim in each.claims)
        assert each.verdict == ("corrected" if naive else "proved"), each.proposition.name


def test_cases_that_meet_count_one_equilibrium_where_they_do() -> None:
    """Putnam's two cases are one proposal at f = r; so are two of Romer's at q = 0."""
    assert len(eeu.model("putnam 1988", f="1/2", r="1/2", k=1).solve()) == 1
    assert eeu.prove_unique(eeu.model("putnam 1988")).verdict == "unique"
    at_ideal = eeu.model("romer and rosenthal 1978", s=1, q=0).solve()
    assert [e.choices["x"] for e in at_ideal if not e.free] == [0]
