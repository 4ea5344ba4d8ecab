"""Bargaining while power shifts, against the game solved by its own words."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.solvers import power_shift_path as module
from gametheory_eeu.solvers.power_shift_path import bargaining_path

F = Fraction
H, ROOT = "1/2", sp.sqrt(2)


def random_case(seed: int) -> Any:
    rng = Random(seed)
    length = rng.randint(1, 4)
    rising, declining = [], []
    for _ in range(length):
        first = F(rng.randint(0, 8), 8)
        rising.append(first)
        declining.append(F(rng.randint(0, int(8 - 8 * first)), 8))
    return rising, declining, F(rng.randint(1, 7), 8)


CASES: list[Any] = [random_case(seed) for seed in range(150)] + [
    ([F(1, 5), F(3, 5)], [F(7, 10), F(3, 10)], F(1, 2)),
    ([F(0), F(1)], [F(1), F(0)], F(1, 2)), ([F(0), F(0)], [F(0), F(0)], F(1, 2)),
    ([F(1, 2)], [F(1, 2)], F(1, 3)), ([F(0), F(1, 2)], [F(1), F(1, 2)], F(1, 2)),
]  # fmt: skip


def values_by_words(case: Any, proposer: str) -> list[tuple[F, F, bool]]:
    """Period by period from the last: values of both, and whether bargaining breaks down."""
    rising, declining, delta = case
    share = declining[-1] if proposer == "rising" else 1 - rising[-1]
    rows = [(1 - share, share, False)]
    for r, d in zip(reversed(rising[:-1]), reversed(declining[:-1]), strict=True):
        next_r, next_d = rows[0][:2]

        def with_share(x: F, next_r: F = next_r, next_d: F = next_d) -> tuple[F, F]:
            return (1 - delta) * (1 - x) + delta * next_r, (1 - delta) * x + delta * next_d

        # The least share that a declining side accepts, or the greatest that a rising one does.
        if proposer == "rising":
            wanted = next((x for x in sorted({F(0), (d - delta * next_d) / (1 - delta), F(1)})
                           if 0 <= x <= 1 and with_share(x)[1] >= d), None)  # fmt: skip
            must_stay = with_share(F(0))[1] >= d
            agrees = wanted is not None and (must_stay or with_share(wanted)[0] >= r)
        else:
            least = 1 - (r - delta * next_r) / (1 - delta)
            wanted = next((x for x in sorted({F(0), least, F(1)}, reverse=True)
                           if 0 <= x <= 1 and with_share(x)[0] >= r), None)  # fmt: skip
            agrees = wanted is not None and with_share(wanted)[1] >= d
        rows.insert(
            0, (*with_share(wanted), False) if agrees and wanted is not None else (r, d, True)
        )
    return rows


@pytest.mark.parametrize("proposer", ["rising", "declining"])
def test_stages_are_those_of_backward_induction(proposer: Any) -> None:
    seen = set()
    for case in CASES:
        rising, declining, delta = case
        found = bargaining_path(rising, declining, delta, proposer)
        expected = values_by_words(case, proposer)
        told = [(s.rising_value, s.declining_value, s.share is None) for s in found.stages]
        assert told == expected, case
        broken = [t for t, row in enumerate(expected) if row[2]]
        assert found.breakdown == (broken[0] if broken else None)
        assert [(s.rising, s.declining) for s in found.stages] == list(zip(*case[:2], strict=True))
        end = len(expected) if found.breakdown is None else found.breakdown
        assert list(found.offers) == [s.share for s in found.stages[:end]]
        assert found.waste == 1 - expected[0][0] - expected[0][1]
        assert (found.discount_factor, found.proposer, found.exact) == (case[2], proposer, True)
        seen.add(found.breakdown)
    assert seen >= {None, 0, 1, 2}


@pytest.mark.parametrize("proposer", ["rising", "declining"])
def test_where_powells_condition_holds_there_is_no_agreement(proposer: Any) -> None:
    seen = set()
    for case in CASES:
        rising, declining, delta = case
        found = bargaining_path(rising, declining, delta, proposer)
        assert all(found.stages[t].share is None for t in found.sufficient)
        assert list(found.sufficient) == sorted(found.sufficient)
        # What either side is sure of from each period on.
        least_r, least_d = [rising[-1]], [declining[-1]]
        for r, d in zip(reversed(rising[:-1]), reversed(declining[:-1]), strict=True):
            waits = proposer == "rising"
            least_r.insert(0, min(r, 1 - delta + delta * least_r[0]) if waits else r)
            least_d.insert(0, max(d, delta * least_d[0]) if waits else d)
        periods = range(len(rising) - 1)
        expected = [t for t in periods if delta * least_r[t + 1] + least_d[t] > 1]
        assert list(found.sufficient) == expected
        seen.add(len(expected))
    assert len(seen) > 1


def test_known_paths() -> None:
    path = bargaining_path(["1/5", "3/5"], ["7/10", "3/10"], "1/2")
    assert (path.breakdown, path.offers, path.waste, path.sufficient) == (0, (), F(1, 10), ())
    assert path.stages[0].share is None
    path = bargaining_path(["1/5", "2/5", "3/5"], ["7/10", "1/2", "3/10"], "1/2")
    assert path.offers == (F(9, 10), F(7, 10), F(3, 10))
    assert path.waste == 0
    assert path.breakdown is None
    path = bargaining_path([0, 1], ["9/10", 0], F(1, 2), "declining")
    assert (path.sufficient, path.breakdown) == ((0,), 0)
    assert bargaining_path([0], ["1/3"], F(1, 2)).stages[0].share == F(1, 3)
    assert bargaining_path(["1/4"], ["1/3"], F(1, 2), "declining").stages[0].share == F(3, 4)


@pytest.mark.parametrize(
    ("rising", "declining", "delta", "proposer", "message"),
    [
        ([], [], H, "rising", "0 and 0"), ([H], [], H, "rising", "1 and 0"),
        ([H], [H, 0], H, "rising", "1 and 2"), (["-1/2"], [0], H, "rising", "period 0"),
        ([0, 0], [0, "-1/2"], H, "rising", "period 1"), ([H], ["2/3"], H, "rising", "one pie"),
        ([0], [1], 0, "rising", "discount_factor"), ([0], [1], 1, "rising", "discount_factor"),
        ([0], [1], "-1/2", "rising", "discount_factor"), ([0], [1], "3/2", "rising", "0 and 1"),
        ([0], [1], H, "both", "'rising' or 'declining'"), ([ROOT], [1], H, "rising", "rational"),
        ([0], [1], ROOT / 2, "rising", "rational"),
        ([sp.Symbol("x")], [1], H, "rising", "rational"),
    ],
)  # fmt: skip
def test_bad_input_is_named(
    rising: Any, declining: Any, delta: Any, proposer: Any, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        bargaining_path(rising, declining, delta, proposer)


def test_shares_may_take_all_of_the_pie() -> None:
    assert bargaining_path([1, 0], [0, 1], "1/2").stages[0].rising == 1
    assert bargaining_path(["1/2"], ["1/2"], "1/2").waste == 0


def test_periods_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PERIODS", 2)
    assert len(bargaining_path([0, 0], [0, 0], "1/2").stages) == 2
    with pytest.raises(TooLargeError, match="3 periods; exact fractions go to 2"):
        bargaining_path([0] * 3, [0] * 3, "1/2")
