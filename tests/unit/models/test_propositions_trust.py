"""Section 4 of the theory, judged: each proposition comes out as declared, by two solvers."""

from collections.abc import Callable

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.games import Proposition

SECTIONS = ("4",)


@pytest.mark.parametrize(
    "proposition", [p for s in SECTIONS for p in eeu.propositions(s)], ids=lambda p: p.name
)
def test_it_comes_out_as_declared(
    proposition: Proposition, comes_out: Callable[[Proposition], None]
) -> None:
    comes_out(proposition)
