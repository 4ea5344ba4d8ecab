"""Pure equilibria, against every deviation written out."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.solvers.pure_nash import pure_nash

XY = [("x", "y")]
a, b = sp.symbols("a b", real=True)


def names(shape: tuple[int, ...]) -> list[list[str]]:
    return [[f"{i}{k}" for k in range(n)] for i, n in enumerate(shape)]


@pytest.mark.parametrize("shape", [(2,), (2, 2), (3, 2), (2, 2, 2), (1, 3)])
def test_profiles_that_nobody_leaves(shape: tuple[int, ...]) -> None:
    for seed in range(10):
        rng = Random(seed)
        actions = names(shape)
        table = {p: [Fraction(rng.randint(0, 3), 2) for _ in shape] for p in product(*actions)}
        expected = [
            profile
            for profile in product(*actions)
            if all(
                table[(*profile[:i], other, *profile[i + 1 :])][i] <= table[profile][i]
                for i, own in enumerate(actions)
                for other in own
            )
        ]
        found = list(pure_nash(actions, lambda p, i, table=table: table[p][i]))  # type: ignore[misc]
        assert [p for p, _ in found] == expected
        assert all(condition == sp.true for _, condition in found)


STAG: dict[Any, Any] = {
    ("S", "S"): (a, a), ("S", "H"): (0, b), ("H", "S"): (b, 0), ("H", "H"): (1, 1),
}  # fmt: skip


def test_with_symbols_each_has_its_condition() -> None:
    found = dict(pure_nash([("S", "H")] * 2, lambda p, i: sp.sympify(STAG[p][i])))
    assert set(found) == {("S", "S"), ("H", "H")}
    for i, j in product([-1, 0, 1, 2], repeat=2):
        point = {a: sp.sympify(i), b: sp.sympify(j)}
        assert truth_value(found["S", "S"], point) is (j <= i)
        assert truth_value(found["H", "H"], point) is True


def test_only_candidates_are_looked_at() -> None:
    asked: list[Any] = []

    def payoff(profile: Any, i: int) -> int:
        asked.append((profile, i))
        return int(profile[0] == profile[1])

    found = list(pure_nash([("x", "y")] * 2, payoff, [("x", "x"), ["x", "y"]]))  # type: ignore[list-item]
    assert [p for p, _ in found] == [("x", "x")]
    assert {p for p, _ in asked} == {("x", "x"), ("y", "x"), ("x", "y"), ("y", "y")}
    assert list(pure_nash([("x", "y")] * 2, payoff, [])) == []


def test_profiles_are_counted_but_not_candidates() -> None:
    many = [[str(k) for k in range(10)]] * 7
    calls = pure_nash(many, lambda *_: 0, [("0",) * 7])
    assert len(list(calls)) == 1
    first = next(iter(pure_nash(many, lambda *_: 0)))  # ten million: allowed
    assert first == (("0",) * 7, sp.true)
    with pytest.raises(TooLargeError, match="20000000 profiles; at most 10000000"):
        pure_nash([*many, ["x", "y"]], lambda *_: 0)


@pytest.mark.parametrize(
    ("actions", "payoff", "candidates", "name"),
    [
        (XY, lambda *_: 1j, None, "payoff"), (XY, lambda *_: "1", [("x", "x")], "candidates"),
        (XY, 3, None, "payoff"), ("xy", lambda *_: 0, None, "actions"),
        (XY, lambda *_: 0, "xy", "candidates"), (XY, lambda *_: 0, 3, "candidates"),
        ([3], lambda *_: 0, None, "actions"),
    ],
    ids=range(7),
)  # fmt: skip
def test_bad_input_is_named(actions: Any, payoff: Any, candidates: Any, name: str) -> None:
    with pytest.raises(ParameterError, match=name):
        list(pure_nash(actions, payoff, candidates))
