"""Constants such as pi come back from JSON as they are, and symbols of their names as symbols."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu._types import Boolean

x, e = sp.symbols("x E", real=True)


def test_games() -> None:
    game = eeu.NormalForm([[sp.exp(x), sp.log(2)], [sp.pi, sp.E]], [[1, 0], [0, sp.sqrt(sp.pi)]])
    assert eeu.from_json(game.to_json()) == game


@pytest.mark.parametrize("statement", [sp.Gt(x**2 + sp.pi, 3), sp.Gt(x**2 + sp.E, 2), e**2 >= 0])
def test_proofs(statement: Boolean) -> None:
    proof = eeu.prove(statement)
    assert proof.verdict == "proved"
    assert eeu.from_json(proof.to_json()) == proof
