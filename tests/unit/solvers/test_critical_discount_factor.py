"""Critical discount factors: at them the punishment is worth exactly the temptation."""

import pytest
import sympy as sp

from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    TooLargeError,
    UnsupportedError,
)
from gametheory_eeu.solvers.repeated_games import (
    MAX_PERIODS,
    annuity,
    deterrence_condition,
    finite_punishment,
    grim_trigger,
    tit_for_tat,
)

a, b, d = sp.symbols("a b d", positive=True)
HALF = sp.Rational(1, 2)


@pytest.mark.parametrize(
    ("cooperate", "deviate", "punished"), [(3, 5, 1), (2, 3, 0), (1, 7, -2), (a, a + b, 0)]
)
def test_grim_trigger_weighs_one_gain_against_all_later_losses(
    cooperate: sp.Expr, deviate: sp.Expr, punished: sp.Expr
) -> None:
    delta = grim_trigger(cooperate, deviate, punished)
    path = deviate + punished * delta / (1 - delta)
    assert sp.simplify(cooperate / (1 - delta) - path) == 0


@pytest.mark.parametrize(
    ("payoffs", "expected"),
    [((5, 3, 1, 0), sp.Rational(2, 3)), ((4, 3, 2, 0), HALF), ((5, 3, 2, -3), sp.Rational(2, 3)),
     ((6, 4, 1, 3), 2)],
)  # fmt: skip
def test_tit_for_tat_deters_one_defection_and_defection_for_ever(
    payoffs: tuple[int, int, int, int], expected: sp.Expr
) -> None:
    temptation, reward, punished, sucker = payoffs
    delta = tit_for_tat(*payoffs)
    assert delta == expected
    for_ever = (temptation - reward) - delta * (temptation - punished)
    alternate = (temptation - reward) - delta * (reward - sucker)
    assert max(for_ever, alternate) == 0


@pytest.mark.parametrize("length", [1, 2, 5])
def test_an_annuity_starts_tomorrow(length: int) -> None:
    assert annuity(length, HALF) == 1 - HALF**length
    assert annuity(length, sp.Integer(1)) == length


@pytest.mark.parametrize("length", [1, 2, 4])
def test_the_condition_holds_from_the_critical_factor_on(length: int) -> None:
    cooperate, deviate, punished = sp.Integer(2), sp.Rational(5, 2), sp.Integer(-1)
    critical = finite_punishment(cooperate, deviate, punished, length)
    condition = deterrence_condition(cooperate, deviate, punished, length, d)
    for step, expected in ((-1, False), (1, True)):
        near = sp.nsimplify(sp.N(critical, 20), rational=True) + step * sp.Rational(1, 10**9)
        assert bool(condition.subs(d, near)) is expected
    assert 0 < critical < 1
    loss = sum((cooperate - punished) * critical**k for k in range(1, length + 1))
    assert abs(sp.N(loss - (deviate - cooperate), 30)) < 1e-25


def test_at_the_critical_factor_the_condition_holds() -> None:
    assert deterrence_condition(2, 3, 0, 1, HALF) == sp.true
    assert deterrence_condition(2, 3, 0, 1, sp.Rational(49, 100)) == sp.false


def test_with_symbols_there_are_formulas_for_one_and_two_periods() -> None:
    one, two = (finite_punishment(a, a + b, 0, length) for length in (1, 2))
    assert sp.simplify(one - b / a) == 0
    assert sp.simplify(a * (two + two**2) - b) == 0
    assert two.subs({a: 1, b: 1}) == (sp.sqrt(5) - 1) / 2
    sign = sp.Symbol("sign", real=True)
    assert finite_punishment(sign, 2 * sign, 0, 2) == (sp.sqrt(5) - 1) / 2
    for value in (a, sp.sqrt(2)):
        with pytest.raises(UnsupportedError, match="of 3 periods needs rational payoffs"):
            finite_punishment(sp.Integer(1), 1 + value, sp.Integer(0), 3)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_too_few_periods_deter_nobody(length: int) -> None:
    with pytest.raises(DoesNotExistError, match=f"{length} period.s. of punishment deter nobody"):
        finite_punishment(1, 1 + length, 0, length)
    with pytest.raises(DoesNotExistError):
        finite_punishment(1, 2 + length, 0, length)
    assert finite_punishment(1, 1 + length - HALF, 0, length) < 1


@pytest.mark.parametrize(
    "payoffs",
    [
        (2, 3, 2),
        (2, 2, 2),
        (-a, b, 0),
        (a, a - b, 0),
        (2, 2, 0),
        (2, 1, 0),
        (2, 3, 3),
        (2, 1, 3),
        (2, sp.Rational(3, 2), 4),
    ],
)
def test_payoffs_are_in_the_order_of_the_dilemma(payoffs: tuple[sp.Expr, ...]) -> None:
    cooperate, deviate, punished = payoffs
    with pytest.raises(ParameterError, match="punished < cooperate < deviate"):
        finite_punishment(cooperate, deviate, punished, 2)


@pytest.mark.parametrize("length", [0, -1, True, 2.0, "3"])
def test_periods_are_whole_and_at_least_one(length: object) -> None:
    with pytest.raises(ParameterError, match="a whole number of periods, at least 1"):
        annuity(length, d)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="length"):
        finite_punishment(1, 2, 0, length)  # type: ignore[arg-type]


def test_there_is_a_longest_punishment() -> None:
    assert annuity(MAX_PERIODS, sp.Integer(1)) == MAX_PERIODS == 60
    with pytest.raises(TooLargeError, match="61 periods of punishment: exact conditions go to 60"):
        annuity(MAX_PERIODS + 1, sp.Integer(1))
