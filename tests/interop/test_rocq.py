"""Proofs as theorems of Rocq: what its kernel accepts, and that it rejects a wrong certificate.

The statics tables and the propositions are checked where the main job has proved them.
"""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.interop.rocq import rocq_theorems
from gametheory_eeu.prover.rocq import document, theorem_name
from tests.interop.coqc import AXIOMS, accepted, axioms, needs_rocq

CORE = ("BandwagoningContest", "CredibleCommitment", "AsymmetricBargaining")

x, y, z = sp.symbols("x y z", real=True)
KINDS: dict[str, tuple[Any, Any]] = {
    "product": ("c*(lam - tau) > 0", "0 < c and tau < lam"),
    "substitution": ("c*lam < tau", "0 < c < tau and 0 < lam < 1"),
    "two bounds": ("x*(1 - x) <= 1/4 + y", "0 <= x <= 1/2 and y >= 1/4"),
    "weak bounds of a symbol": ("(y - x)*z + x > 0", "0 <= x <= y and 0 < z and y > 0"),
    "fraction": ("x/(x + y) < 1", "x > 0 and y > 0"),
    "nested fraction": ("1/(1 + 1/x) < 1", "x > 0"),
    "definedness": ("1/(x - y) > 0", "x > y"),
    "equation": ("x + y == 2*y", "x == y"),
    "double root": ("x == 0", "x**2 == 0"),
    "denied": ("not x < 0", "x > 0"),
    "implication": (sp.Implies(x > 1, x / y > 1 / y), y > 0),
    "or": ("x > 0 or y > 5", "x > 1"),
    "disjunction given": ("x*y > 0", "x > 0 and (y > 1 or y > 2*x)"),
    "numbers": ("3/4 > 1/2 and 2**10 == 1024", ()),
    "maximum": (sp.Max(x, y, z) >= y, ()),
    "minimum": (sp.Min(x, 2 * x) > 0, x > 0),
    "absolute value": (sp.Gt(abs(x - y), x - y - 1, evaluate=False), ()),
    "cases": (sp.Piecewise((x, x > 0), (-x, True)) >= 0, ()),
    "sum of squares": ("a^3 + b^3 + c^3 >= 3*a*b*c", "a >= 0 and b >= 0 and c >= 0"),
    "opposite signs": ("x == y", "x >= y and x <= y"),
    "whole bound": ("x > 0", "n >= 1 and n*x > 0"),
    "maximum in a premise": (sp.Implies(x >= sp.Max(y, z), x >= y), ()),
    "reserved names": ("exp_0 + R > 0", "R > 0 and exp_0 > 0"),
    "cases of relations": ("x**2 > y or x < y", "y > 2"),
    "denied premise": (sp.Implies(sp.And(x > y, y > x), z > 3), x > 0),
    "equivalence": (
        sp.Equivalent(sp.Eq(x + y, 0), sp.And(sp.Eq(x, 0), sp.Eq(y, 0))),
        "x>=0 and y>=0",
    ),
    "not zero": ("u == v or u == w or v == w", "u**2 == v**2 and v**2 == w**2"),
    "root": ("sqrt(x*y) <= (x + y)/2", "x > 0 and y > 0"),
    "root in a denominator": (-x / (2 * y * sp.sqrt(y)) <= 0, "x >= 0 and y > 0"),
    "logarithm": ("(1 - x)*ln(1/x) < 1/x - 1", "0 < x < 1"),
    "exponential": (sp.exp(x) > x, ()),
    "maximum of a quotient": (sp.Max(x, 1 / x) >= 1, x > 0),
    "maximum given": ("y <= x + 1", "y <= max(x, 0) and x > -1 and y <= 1 + x"),
    "piecewise given": (x > 0, sp.And(sp.Piecewise((x, y > 0), (1, True)) > 1, y > 0)),
    "square of a difference": ("q*y*z - q*y**2/2 <= q*z**2/2", "q > 0"),
}
SPLIT = list(KINDS)[list(KINDS).index("cases of relations") :]
"""Those that only a solver settles at first."""


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_step_is_written(name: str) -> None:
    statement, given = KINDS[name]
    proof = eeu.prove(statement, given)
    text = proof.to_rocq()
    assert not re.search("Admitted|Axiom |Parameter |Hypothesis ", text)


@pytest.mark.parametrize("name", SPLIT)
def test_a_certificate_is_found_for_what_a_solver_settled(name: str) -> None:
    proof = eeu.prove(*KINDS[name])
    found = proof.certified()
    assert (found.verdict, found.statement, found.space) == ("proved", proof.statement, proof.space)
    assert found.recheck() is True
    assert len(found.to_latex().splitlines()) > 2  # the proposition, and its proof


@needs_rocq
def test_every_kind_of_step_and_the_core_games_equilibria_are_accepted(tmp_path: Path) -> None:
    proofs: dict[str, object] = {name: eeu.prove(*claim) for name, claim in KINDS.items()}
    for game in CORE:
        proofs |= {game: [e.verify() for e in getattr(eeu, game)().solve()]}
    file = eeu.write_rocq(proofs, tmp_path / "proofs.v")
    print(file)
    settled = [reason for _, reason in file.without if "settled by z3" not in reason]
    assert settled == []
    assert len(file.written) >= len(KINDS) + 30
    assert axioms(accepted(tmp_path / "proofs.v")) <= AXIOMS


@needs_rocq
@pytest.mark.parametrize(
    ("claim", "right", "wrong"),
    [
        (("c*lam < tau", "0 < c < tau and 0 < lam < 1"), "(tm 1 ", "(tm 2 "),
        (("c*lam < tau", "0 < c < tau and 0 < lam < 1"), "lam < 1", "lam < 2"),
        (("x**2 > y or x < y", "y > 2"), "(tm 1 ", "(tm 7 "),
    ],
)
def test_a_planted_wrong_certificate_is_rejected(
    claim: Any, right: str, wrong: str, tmp_path: Path
) -> None:
    text = eeu.prove(*claim).to_rocq("planted")
    head, body = text.split("Theorem planted")
    assert right in body
    file = tmp_path / "planted.v"
    file.write_text(f"{head}Theorem planted{body.replace(right, wrong, 1)}", "utf-8")
    coqc = shutil.which("coqc") or ""
    done = subprocess.run([coqc, file.name], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0


def test_what_has_no_certificate_says_so() -> None:
    with pytest.raises(GameTheoryError, match="only what is proved is a theorem"):
        eeu.prove("x > 0").to_rocq()
    motzkin = eeu.prove("x^4*y^2 + x^2*y^4 + 1 >= 3*x^2*y^2")  # Motzkin 1967: no sum of squares
    assert motzkin.certified() is motzkin
    with pytest.raises(GameTheoryError, match="It was settled by z3"):
        motzkin.to_rocq()
    _, without = rocq_theorems({"open": eeu.prove("x > 0"), "proved": eeu.prove("x > 0", "x > 1")})
    assert list(without) == ["open"]


def test_a_claim_is_written_once_and_names_are_allowed() -> None:
    proof = eeu.prove("x > 0", "x > 1")
    theorems, _ = rocq_theorems(
        {"3a-first claim": [proof, proof], "sqrt": eeu.prove("x > 1", "x > 2")}
    )
    assert list(theorems) == ["proposition_3a_first_claim", "sqrt_"]
    assert theorem_name("") == "proposition"
    assert re.findall(r"let _ := (\w+) in", document(theorems.items())) == list(theorems)


@pytest.mark.parametrize("path", ["proofs.txt", "my proofs.v"])
def test_a_file_that_rocq_would_not_read_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(GameTheoryError, match=r"ends in \.v"):
        eeu.write_rocq(eeu.prove("x > 0", "x > 1"), tmp_path / path)


def test_something_else_than_proofs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GameTheoryError, match="proofs"):
        eeu.write_rocq([3], tmp_path / "proofs.v")
