"""Every sign that THEORY lists for the three games, proved, with where a weak one is strict.

``+``, ``-``: strict everywhere; ``>=0``, ``<=0``: weak, strict exactly where ``rule`` says;
``?``: takes both signs, positive exactly where ``rule`` says.
"""

from dataclasses import dataclass
from functools import cache

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.statics import StaticsTable

GAMES: dict[str, eeu.Game] = {
    "contest": eeu.BandwagoningContest(),
    "contest of 3": eeu.BandwagoningContest(members=3),
    "commitment": eeu.CredibleCommitment(),
    "commitment, o": eeu.CredibleCommitment(outside_option="o"),
    "bargaining": eeu.AsymmetricBargaining(),
}
SURPLUS = "V + D - kappa*alpha + mu*b - (1 - mu)*(1 - alpha)*ell - o"


@dataclass(frozen=True)
class Case:
    game: str
    quantity: str
    wrt: str
    sign: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.game}: d {self.quantity} / d {self.wrt}"


def cases(game: str, quantity: str, **signs: str) -> list[Case]:
    """``R="+"``, or ``ell=">=0 | alpha < 1"`` with the rule after the bar."""
    found = []
    for wrt, told in signs.items():
        sign, _, rule = told.partition(" | ")
        found.append(Case(game, quantity, wrt, sign, rule))
    return found


THEORY_3A = [
    *cases("contest", "absolute_threshold", R="+", n="+", w="+", tau="+", c="-", lam="-"),
    *cases("contest of 3", "absolute_threshold", R="+", w_1="+", w_2="+", w_3="+", tau="+",
           c="-", lam="-"),
    *cases("contest", "joining_threshold", R="+", w="+", tau="+", lam="-"),
    *cases("contest of 3", "joining_thresholds.2", R="+", w_2="+", tau="+", lam="-"),
    *cases("contest", "shortfall", P="-", R="+", n="+", w="+", tau="+", c="-", lam="-"),
    *cases("contest", "ceiling_gap", P_max="-", R="+", n="+", w="+", tau="+", c="-", lam="-"),
]  # fmt: skip
THEORY_4A = [
    *cases("commitment", "trust_threshold", ell="+", b="-", sigma="-", o="+"),
    # With an outside payoff three are weak where the threshold is a probability: zero at its ends.
    *cases("commitment, o", "trust_threshold", o="+", ell=">=0 | o < b", b="<=0 | ell + o > 0",
           sigma="<=0 | o < b"),
]  # fmt: skip
THEORY_5A = cases(
    "bargaining", "transfer",
    D="+", V="+", o="+", mu="-", b="<=0 | mu > 0", ell=">=0 | alpha < 1 and mu < 1", alpha="-",
    gamma=f">=0 | {SURPLUS} > 0", rho_H=f">=0 | {SURPLUS} > 0", rho_i=f"<=0 | {SURPLUS} > 0",
)  # fmt: skip
ALL = [*THEORY_3A, *THEORY_4A, *THEORY_5A]


@cache
def table(game: str, quantity: str) -> StaticsTable:
    found: StaticsTable = GAMES[game].comparative_statics(quantity)
    return found


@pytest.mark.parametrize("case", ALL, ids=str)
def test_sign(case: Case) -> None:
    row = table(case.game, case.quantity)[case.quantity, case.wrt]
    assert row.sign == case.sign
    assert row.verdict == ("depends" if case.sign == "?" else "proved")


@pytest.mark.parametrize("case", [case for case in ALL if case.rule], ids=str)
def test_rule(case: Case) -> None:
    """The derivative has its strict sign exactly where the rule says, and so has ``deciding``."""
    row = table(case.game, case.quantity)[case.quantity, case.wrt]
    flip = -1 if case.sign == "<=0" else 1
    names = {s.name: s for s in row.space.symbols}
    rule = eeu.parse(case.rule, names)
    strict = flip * row.derivative > 0
    assert eeu.equivalent(strict, rule, given=row.space).verdict == "proved"
    deciding = row.deciding
    assert deciding is not None
    positive = eeu.equivalent(deciding > 0, row.derivative > 0, given=row.space)
    assert positive.verdict == "proved"


@pytest.mark.parametrize("case", ALL, ids=str)
def test_sign_is_what_prove_says_of_the_derivative(case: Case) -> None:
    row = table(case.game, case.quantity)[case.quantity, case.wrt]
    claims = {"+": row.derivative > 0, "-": row.derivative < 0,
              ">=0": row.derivative >= 0, "<=0": row.derivative <= 0}  # fmt: skip
    holds = {sign: eeu.prove(c, given=row.space).verdict == "proved" for sign, c in claims.items()}
    expected = {"+": {"+", ">=0"}, "-": {"-", "<=0"}}.get(case.sign, {case.sign} - {"?"})
    assert {sign for sign, proved in holds.items() if proved} == expected


@pytest.mark.parametrize("game", GAMES)
def test_nothing_in_the_tables_is_unknown(game: str) -> None:
    found = GAMES[game].comparative_statics()
    assert len(found) > 10
    assert {row.verdict for row in found} <= {"proved", "depends"}


def test_theory_lists_every_parameter_of_these_quantities() -> None:
    """The table holds no derivative of them that is not listed above."""
    listed = {(c.game, c.quantity, c.wrt) for c in ALL}
    found = {
        (game, quantity, row.parameter.symbol.name)
        for game, quantity, _ in listed
        for row in table(game, quantity)
    }
    assert {t for t in found if t[1] != "transfer"} <= listed
    assert {t[2] for t in found if t[1] == "transfer"} - {t[2] for t in listed} == {"kappa"}
