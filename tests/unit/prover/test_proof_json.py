"""Proofs written to JSON and read back: the claim is judged again, and a forgery refused."""

import json

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import parse
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import prove

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True, positive=True)
PROOFS = {
    "by a certificate": prove("x*(x + y) > y^2", "x > y and y > 0"),
    "by a solver": prove(sp.sqrt(x * y) <= (x + y) / 2, [x >= 0, y >= 0]),
    "of cases": prove(sp.Piecewise((1 / x, x > 0), (1, True)) > 0),
    "of a maximum": prove(sp.Max(x, y) * sp.sign(n) >= x),
    "of an implication": prove("x > 1 and y > 0 => x*y > y or x < 0"),
    "refuted": prove(x**2 > x, x > 0),
    "refuted at a root": prove(sp.Ne(x**5 - x, 1)),
    "undefined": prove(1 / x > 0, x >= 0),
    "with a logarithm": prove(sp.log(n) < 2**x, x > n),
    "about nothing": prove(x > 0, [x > 1, x < 0]),
    "left open": prove(x > 0, sp.Eq(n**2, 2 * sp.Symbol("m", integer=True, positive=True) ** 2)),
}


@pytest.mark.parametrize("name", PROOFS)
def test_read_back(name):
    proof = PROOFS[name]
    back = eeu.from_json(proof.to_json())
    assert (back.verdict, back.space.symbols) == (proof.verdict, proof.space.symbols)
    assert (back.witnesses, back.undefined_at, back.vacuous) == (
        proof.witnesses, proof.undefined_at, proof.vacuous,
    )  # fmt: skip
    assert back.recheck() == proof.recheck()


def forged(proof, **changes):
    data = json.loads(proof.to_json())
    data["proof"].update(changes)
    return json.dumps(data)


def test_a_forgery_is_refused():
    proved, refuted = PROOFS["by a certificate"], PROOFS["refuted"]
    for text, message in (
        (forged(refuted, verdict="proved"), "but it is refuted"),
        (forged(proved, verdict="refuted"), "but it is proved"),
        (forged(proved, statement="x < y"), "but it is refuted"),
        (forged(refuted, witnesses=[{"x": "3"}]), "do not refute"),
    ):
        with pytest.raises(GameTheoryError, match=message):
            eeu.from_json(text)
    data = json.loads(proved.to_json())
    del data["proof"]["statement"]
    with pytest.raises(GameTheoryError, match="statement is missing"):
        eeu.from_json(json.dumps(data))


def test_text_with_cases_is_read():
    assert parse("Piecewise((1/x, x > 0), (1, True))") == sp.Piecewise((1 / x, x > 0), (1, True))
    assert parse("CRootOf(z**5 - z - 1, 0)") == sp.CRootOf(y**5 - y - 1, 0)
    for text in ("Piecewise(x, 1)", "Piecewise((x, 1))", "CRootOf(x*y, 0)", "CRootOf(x**2 + 1, 0)"):
        with pytest.raises(GameTheoryError, match="cannot read"):
            parse(text)
