"""Signs of logarithms and their kin: proved where what is known of them suffices, never refuted."""

import pytest
import sympy as sp

from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.logic import sign

x, y = sp.symbols("x y", real=True)


def test_signs_that_follow() -> None:
    assert sign(sp.log(x), given=x > 1).sign == "+"
    assert sign(sp.log(x), given=[x > 0, x <= 1]).sign == "<=0"
    assert sign(sp.log(x) - sp.log(y), given=[y > 0, y < x]).sign == "+"
    assert sign(sp.exp(x) - x, given=()).sign == "+"
    assert sign(sp.erfinv(x), given=[x > 0, x < 1]).sign == "+"
    assert sign(sp.pi - 3, given=x > 0).sign == "+"


def test_relative_entropy_is_positive() -> None:
    entropy = x * sp.log(x / y) + (1 - x) * sp.log((1 - x) / (1 - y))
    assert sign(entropy, given=[y > 0, y < x, x < 1]).sign == "+"


def test_what_takes_both_signs_is_left_open() -> None:
    found = sign(sp.log(x), given=x > 0)
    assert (found.sign, found.verdict) == ("?", "unknown")
    assert found.expr == sp.log(x)


def test_what_is_true_but_out_of_reach_is_left_open() -> None:
    assert sign(sp.log(x) - 2, given=x > 8).verdict == "unknown"


def test_undefined_somewhere_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="defined everywhere"):
        sign(sp.log(x), given=x > -1)
