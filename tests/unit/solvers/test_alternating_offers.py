"""Offers in turn: in each round the other is offered what waiting is worth to it."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.solvers import bargaining_solutions as module
from gametheory_eeu.solvers.bargaining_solutions import backward_induction

d, e = sp.symbols("d e", positive=True)
HALF = sp.Rational(1, 2)


@pytest.mark.parametrize("horizon", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("option", [sp.Integer(0), sp.Rational(1, 4), sp.Rational(3, 4)])
@pytest.mark.parametrize("discounts", [(HALF, sp.Rational(9, 10)), (sp.Integer(1), HALF)])
def test_each_offer_is_what_waiting_is_worth(
    horizon: int, option: sp.Rational, discounts: tuple[sp.Rational, sp.Rational]
) -> None:
    shares = backward_induction(horizon, discounts, option)
    assert len(shares) == horizon
    following = [*shares[1:], sp.Integer(0)]
    for number, (share, after) in enumerate(zip(shares, following, strict=True), start=1):
        if number % 2:  # the second waits for its own proposal, or quits
            assert 1 - share == max(option, discounts[1] * after)
        else:
            assert 1 - share == discounts[0] * after


def test_with_symbols_the_shares_are_polynomials() -> None:
    assert backward_induction(1, (d, e)) == (1,)
    assert backward_induction(3, (d, e)) == (sp.expand(1 - e * (1 - d)), 1 - d, 1)
    assert backward_induction(1, (d, e), HALF) == (HALF,)
    (first, second) = backward_induction(2, (d, e), HALF)
    assert (first, second) == (1 - sp.Max(HALF, e), 1)


def test_the_limit_of_many_rounds_is_rubinsteins() -> None:
    discounts = sp.Rational(4, 5), HALF  # Rubinstein 1982: (1 - d2) / (1 - d1 d2)
    share = backward_induction(60, discounts)[0]
    assert abs(share - (1 - discounts[1]) / (1 - discounts[0] * discounts[1])) < 10**-12


@pytest.mark.parametrize("horizon", [0, -1, 2.0, True, "2"])
def test_a_horizon_is_a_whole_number_of_rounds(horizon: Any) -> None:
    with pytest.raises(ParameterError, match="horizon"):
        backward_induction(horizon, (HALF, HALF))


@pytest.mark.parametrize("discounts", [(HALF,), (HALF, HALF, HALF)])
def test_there_are_two_discounts(discounts: Any) -> None:
    with pytest.raises(ParameterError, match="two numbers, one for each player"):
        backward_induction(2, discounts)


@pytest.mark.parametrize(
    ("discounts", "option", "limit", "kind"),
    [
        ((HALF, HALF), 0, "MAX_ROUNDS", "rational numbers"), ((d, HALF), 0, "MAX_SYMBOLIC_ROUNDS",
         "symbols"), ((HALF, HALF), d, "MAX_SYMBOLIC_ROUNDS", "symbols"),
        ((sp.sqrt(2) / 2, d), 0, "MAX_SYMBOLIC_ROUNDS", "symbols"),
        ((sp.sqrt(2) / 2, HALF), 0, "MAX_IRRATIONAL_ROUNDS", "irrational numbers"),
        ((sp.Float(0.5), HALF), 0, "MAX_ROUNDS", "rational numbers"),
    ],
)  # fmt: skip
def test_rounds_are_limited_by_kind(
    discounts: Any, option: Any, limit: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MAX_ROUNDS", "MAX_SYMBOLIC_ROUNDS", "MAX_IRRATIONAL_ROUNDS"):
        monkeypatch.setattr(module, name, 4 if name == limit else 6)
    assert len(backward_induction(4, discounts, option)) == 4
    with pytest.raises(
        TooLargeError, match=f"5 rounds; at most 4 are solved backwards with {kind}"
    ):
        backward_induction(5, discounts, option)
