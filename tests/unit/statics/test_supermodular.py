"""The theorem on least and greatest equilibria, from gains that are given."""

import re
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import REAL, Parameter, Space
from gametheory_eeu.games import Increment
from gametheory_eeu.statics.continuous_choices import Choices
from gametheory_eeu.statics.supermodular import (
    INCREASING_DIFFERENCES,
    SINGLE_CROSSING,
    _point_text,
    monotone_choice_rows,
    monotone_rows,
)
from gametheory_eeu.statics.table import MonotoneStatic

a, b, x, y = sp.symbols("a b x y", real=True)
n = sp.Symbol("n", integer=True)
A, B, N = (Parameter(s.name, s, REAL, "a number") for s in (a, b, n))
TWO_WAY = "gains from a higher action do not move one way with a"


def found(
    increments: list[Increment], *given: sp.Basic, parameter: Parameter = A
) -> MonotoneStatic | None:
    """The row of the least equilibrium; that of the greatest says the same."""
    space = Space.of(*given, symbols=[a, b, n])
    rows = list(monotone_rows(increments, space, [parameter]))
    if not rows:
        return None
    least, greatest = rows
    assert (least.quantity, greatest.quantity) == ("least equilibrium", "greatest equilibrium")
    assert (least.sign, least.theorem, least.why) == (greatest.sign, greatest.theorem, greatest.why)
    assert least.space == space
    assert least.parameter == parameter
    if least.sign == "?":
        assert least.why.startswith("no theorem applies: ")
        assert (least.theorem, least.premises) == ("", ())
    else:
        assert least.why == ""
        assert all(proof.verdict == "proved" for proof in least.proofs)
    return least


def gain(value: sp.Expr, *raised: sp.Expr, **options: Any) -> Increment:
    return Increment("1", sp.sympify(value), tuple(map(sp.sympify, raised)), **options)


@pytest.mark.parametrize(
    ("increments", "given", "sign", "theorem"),
    [
        ([gain(a, a + 1)], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(-a, 1 - a)], [], "<=0", INCREASING_DIFFERENCES),
        ([gain(a), gain(2 * a + b)], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(a), gain(-a)], [], "?", ""),
        ([gain(a), gain(b)], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(b, b)], [], "0", INCREASING_DIFFERENCES),
        ([gain(sp.Max(a, 0))], [], ">=0", INCREASING_DIFFERENCES),
        # Gains that need not rise, if they cross zero once.
        ([gain(a - 1, 2 * (a - 1))], [], ">=0", SINGLE_CROSSING),
        ([gain(a * (2 - a))], [a > 0], "<=0", SINGLE_CROSSING),
        ([gain((a + 1) * (a**2 - 3 * a + 3))], [], ">=0", SINGLE_CROSSING),
        ([gain(a**2 + 1)], [], "0", SINGLE_CROSSING),
        ([gain(a**2 + 1, alone=False)], [], "?", ""),
        ([gain(a * (2 - a)), gain(-a)], [a > 0], "<=0", SINGLE_CROSSING),
        ([gain(a * (2 - a)), gain(a - 1)], [a > 0], "?", ""),
        ([gain(a, a - 1)], [], "?", ""),
        ([gain(a - 1, 2 * (a - 1), alone=False)], [], "?", ""),
        # Of two actions with one between, the gain is the sum of two others': only crossing asks.
        ([gain(a), gain(-a, consecutive=False)], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(a, a), gain(a, a - 1, consecutive=False)], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(a * (2 - a)), gain(a - 1, consecutive=False)], [a > 0], "?", ""),
        ([gain(a - 1, 2 * (a - 1)), gain(a, a - 1, consecutive=False)], [], "?", ""),
        # Premises.
        ([gain(a, where=(a > 0,))], [], "?", ""),
        ([gain(a, where=(b > 0,))], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(a**2, where=(b > 0,))], [a > 0], ">=0", INCREASING_DIFFERENCES),
        ([gain(a * b, where=(b > 0,))], [], ">=0", INCREASING_DIFFERENCES),
        ([gain(a * b, 2 * a * b, where=(b > 0, b < 0))], [], "0", INCREASING_DIFFERENCES),
        ([gain(a)], [sp.Eq(a, 1)], "?", ""),
        ([gain(a, payoffs=(a + 1 / b, 1 / b))], [], "?", ""),
        ([gain(a, payoffs=(a + 1 / b, 1 / b))], [b > 0], ">=0", INCREASING_DIFFERENCES),
        ([gain(-1 / a)], [sp.Ne(a, 0)], "<=0", SINGLE_CROSSING),
        ([gain(1 - 1 / a)], [sp.Ne(a, 0)], "?", ""),
        ([gain(-1 / a)], [a > 0], ">=0", INCREASING_DIFFERENCES),
    ],
    ids=str,
)  # fmt: skip
def test_a_sign_needs_its_premises(
    increments: list[Increment], given: list[sp.Basic], sign: str, theorem: str
) -> None:
    row = found(increments, *given)
    assert row is not None
    assert (row.sign, row.theorem) == (sign, theorem)
    assert row.recheck() is (None if sign == "?" else True)


FALLS = "1's gain from a higher action falls in another's action"
ONE_VALUE = "no two values of a are possible with everything else equal"
NO_VALUE = "a payoff of 1 has a value only where b != 0"


@pytest.mark.parametrize(
    ("increments", "given", "why"),
    [
        ([gain(a, where=(a > 0,))], [], "what the others may do moves with a"),
        ([gain(a)], [sp.Eq(a, 1)], ONE_VALUE),
        ([gain(a, payoffs=(1 / b, a + 1 / b))], [], NO_VALUE),
        ([gain(a, payoffs=(sp.log(b),))], [b < 0], "a payoff of 1 has a value nowhere"),
    ],
    ids=str,
)
def test_why_no_theorem_applies(
    increments: list[Increment], given: list[sp.Basic], why: str
) -> None:
    row = found(increments, *given)
    assert row is not None
    assert row.why == f"no theorem applies: {why}"


def test_a_reason_names_points_and_all_reasons_are_told() -> None:
    row = found([gain(a**2)])
    assert row is not None
    first, second = re.findall(r"a = (\S+), a_higher = (\S+),", row.why)
    assert TWO_WAY in row.why
    assert [int(high) ** 2 > int(low) ** 2 for low, high in (first, second)] == [False, True]
    row = found([gain(a**2, a**2 - 1, payoffs=(1 / b,))], sp.Eq(a, 1))
    assert row is not None
    claims = row.why.removeprefix("no theorem applies: ").split("; ")
    assert claims[0].startswith(f"{FALLS}, as at a = 1, b = ")
    assert claims[1:] == [NO_VALUE, ONE_VALUE]
    row = found([gain(a), gain(-a)])
    assert row is not None
    assert "a_higher" in row.why  # one of the two goes the other way
    unread = found([gain(a, payoffs=(sp.acoth(b),))])
    assert unread is not None
    assert "the prover does not decide acoth" in unread.why


def test_a_parameter_that_moves_no_gain_has_a_row_only_where_the_theorem_holds() -> None:
    still = found([gain(b, b + 1)])
    assert still is not None
    assert (still.sign, len(still.complements), len(still.differences)) == ("0", 1, 0)
    assert found([gain(b, b - 1)]) is None
    assert found([gain(b, where=(a > 0,))]) is None
    assert found([gain(b)], sp.Eq(a, 1)) is None
    assert found([gain(b, payoffs=(1 / b,))]) is None
    assert list(monotone_rows([gain(a)], Space.of(symbols=[a]), [])) == []
    assert [r.parameter for r in monotone_rows([gain(a)], Space.of(symbols=[a, b]), [A, B])] == [
        A, A, B, B]  # fmt: skip


def test_the_proofs_are_those_of_the_claim() -> None:
    row = found([gain(a, a + 1), gain(2 * a, 3 * a)], a > 0)
    assert row is not None
    assert (len(row.complements), len(row.differences)) == (2, 2)
    both_ways = found([gain(a**2 + 1)])
    assert both_ways is not None
    assert len(both_ways.differences) == 4
    one_way = found([gain(a * (2 - a))], a > 0)
    assert one_way is not None
    assert len(one_way.differences) == 2


def test_a_slope_tells_of_a_whole_number_and_of_what_is_not_read() -> None:
    row = found([gain(n**2)], n >= 0, parameter=N)
    assert row is not None
    assert row.sign == ">=0"
    slope = found([gain(sp.atan(a))])
    assert slope is not None
    assert slope.sign == ">=0"
    whole = found([gain(sp.atan(n))], parameter=N)  # between whole numbers there is no slope
    assert whole is not None
    assert whole.sign == "?"
    assert found([gain(sp.Piecewise((a, a < 1), (a + 2, True)))], a > 0).sign == ">=0"  # type: ignore[union-attr]


def test_points_are_told_at_most_twice() -> None:
    points: list[Any] = [{a: 1, b: 2}, None, {a: 1, b: 2}, {a: 3}, {a: 4}]
    assert _point_text(points) == ", as at a = 1, b = 2, and at a = 3"
    assert _point_text(points[:3]) == ", as at a = 1, b = 2"
    assert _point_text([None]) == _point_text([]) == ""


# Choices that are numbers.


def chosen(
    payoffs: tuple[sp.Expr, sp.Expr], *given: sp.Basic, parameter: Parameter = A
) -> list[MonotoneStatic]:
    box = (x >= 0, x <= 1, y >= 0, y <= 1) if not any(g.has(x) for g in given) else ()
    space = Space.of(*box, *given, symbols=[a, b, x, y])
    choices = Choices({"1": payoffs[0], "2": payoffs[1]}, {"1": x, "2": y}, space)
    return list(monotone_choice_rows(choices, [parameter]))


@pytest.mark.parametrize(
    ("payoffs", "given", "sign"),
    [
        ((a * x + x * y - x**2, x * y - y**2), [], ">=0"),
        ((x * y - a * x - x**2, x * y - y**2), [], "<=0"),
        ((a * x - x * y - x**2, x * y - y**2), [], "?"),
        ((a * x + x * y, x * y - a * y), [], "?"),
        ((b * x + x * y, x * y), [], "0"),
        ((a * x + x * y, x * y), [sp.Eq(a, 1)], "?"),
        # The ends move with the parameter: they have to go its way.
        ((x * y - x**2, x * y), [x >= 0, x <= a, y >= 0, y <= 1, a > 0], ">=0"),
        ((x * y - x**2, x * y), [x >= 0, x <= -a, y >= 0, y <= 1, a < 0], "<=0"),
        ((x * y - x**2, x * y), [x >= -a, x <= a, y >= 0, y <= 1, a > 0], "?"),
        ((x * y - a * x, x * y), [x >= 0, x <= a, y >= 0, y <= 1, a > 0], "?"),
        ((x * y - x**2, x * y), [x >= 0, x <= a, y >= 0, y <= 1, a > 0, sp.Eq(a, b)], "?"),
    ],
    ids=str,
)
def test_choices_move_as_the_theorem_says(
    payoffs: tuple[sp.Expr, sp.Expr], given: list[sp.Basic], sign: str
) -> None:
    rows = chosen(payoffs, *given)
    assert [row.sign for row in rows] == [sign, sign]
    assert (rows[0].why != "") is (sign == "?")
    if sign in (">=0", "<=0") and any(g.has(x) for g in given):
        assert any(p.statement.rhs == 0 for p in rows[0].premises)  # of the ends
    assert rows[0].recheck() is (None if sign == "?" else True)


def test_why_choices_are_not_said_to_move() -> None:
    (row, _) = chosen((x * y, x * y), x >= -a, x <= a, y >= 0, y <= 1, a > 0)
    assert "the ends of what may be chosen, " in row.why
    assert "do not move one way with a" in row.why
    (row, _) = chosen((a * x + x * y, x * y), sp.Eq(a, 1))
    assert "no two values of a are possible with everything else equal" in row.why
    assert chosen((-x * y, x * y), parameter=A) == []  # a is in nothing, and no theorem applies


def test_a_payoff_is_asked_for_its_values_though_a_later_increment_tells_none() -> None:
    row = found([gain(a, payoffs=(1 / b, a + 1 / b)), gain(2 * a)])
    assert row is not None
    assert row.why == f"no theorem applies: {NO_VALUE}"
