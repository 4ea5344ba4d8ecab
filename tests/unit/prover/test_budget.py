"""Limits of one claim, and of the number of questions."""

import time

import pytest

from gametheory_eeu.errors import ParameterError, TooLargeError
from gametheory_eeu.prover.budget import Budget, Effort, OutOfTimeError


@pytest.mark.parametrize("rlimit", [1, 2, 2**32 - 1])
def test_a_limit_may_be_any_positive_word(rlimit: int) -> None:
    assert Budget(rlimit).rlimit == rlimit


@pytest.mark.parametrize("rlimit", [0, -1, 2**32, True, False, 1.0, "5", None])
def test_other_limits_are_refused(rlimit: object) -> None:
    with pytest.raises(ParameterError, match=r"rlimit.*1 to 2\*\*32 - 1"):
        Budget(rlimit)  # type: ignore[arg-type]


@pytest.mark.parametrize(("seconds", "expected"), [(2, 2000), (0.25, 250), (1e-6, 1)])
def test_the_time_of_a_query_in_milliseconds(seconds: float, expected: int) -> None:
    assert Budget(query_seconds=seconds).milliseconds == expected


def test_no_time_is_an_error() -> None:
    with pytest.raises(OutOfTimeError, match="used up"):
        _ = Budget(query_seconds=0).milliseconds
    with Budget(claim_seconds=0).guard(), pytest.raises(OutOfTimeError):
        _ = Budget().milliseconds
    assert Budget().milliseconds == 30_000


def test_a_guard_counts_what_is_left_of_the_outermost_claim() -> None:
    short, long = Budget(claim_seconds=5), Budget(claim_seconds=1000, query_seconds=100)
    with short.guard():
        with long.guard():
            assert 4_000 < long.milliseconds <= 5_000
            time.sleep(0.02)
            assert long.milliseconds <= 4_990
        assert 4_000 < Budget(query_seconds=50).milliseconds <= 4_990
        assert Budget(query_seconds=1).milliseconds == 1_000
    assert long.milliseconds == 100_000
    with pytest.raises(ZeroDivisionError), short.guard():
        raise ZeroDivisionError
    assert long.milliseconds == 100_000


def test_questions_are_counted_to_their_limit() -> None:
    effort = Effort("this", most=2, instead="do that")
    for count in (1, 2):
        effort.spend()
        assert effort.questions == count
    with pytest.raises(TooLargeError, match=r"this takes more than 2 questions .* or do that"):
        effort.spend()
    assert Effort("it").questions == 0
