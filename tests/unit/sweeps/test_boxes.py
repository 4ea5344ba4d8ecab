"""Boxes: proofs, exact shares, and the bounds that they are on a probability."""

import pickle
from itertools import combinations

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.sweeps import Box, BoxPartition

SQUARE = {"x": (0, 1), "y": (0, 1)}
x, y = sp.symbols("x y", real=True)
STATEMENTS = {
    "a half": "x + y < 1",
    "a disc": "x**2 + y**2 < 1",
    "a union": "(x < 1/3) | (y < 1/5)",
    "a hyperbola": "x*y > 1/4",
}


@pytest.fixture(scope="module", params=STATEMENTS)
def found(request: pytest.FixtureRequest) -> tuple[str, BoxPartition]:
    statement = STATEMENTS[request.param]
    return statement, eeu.boxes(statement, SQUARE, width="1/8")


def test_the_shares_bound_the_probability(found: tuple[str, BoxPartition]) -> None:
    statement, partition = found
    probability = float(eeu.probability(statement, SQUARE))
    low, unsettled = partition.share("true"), partition.share("unsettled")
    assert low <= probability <= low + unsettled
    assert low + unsettled + partition.share("false") == 1
    assert unsettled < sp.Rational(1, 2)


def test_the_boxes_are_disjoint_and_their_volumes_exact(found: tuple[str, BoxPartition]) -> None:
    for box in found[1]:
        assert sp.prod(high - low for low, high in box.bounds.values()) == box.share
    for a, b in combinations(found[1], 2):
        assert any(
            a.bounds[s][1] <= b.bounds[s][0] or b.bounds[s][1] <= a.bounds[s][0] for s in a.bounds
        )


def test_every_settled_box_has_its_proofs(found: tuple[str, BoxPartition]) -> None:
    for box in found[1]:
        assert bool(box.proofs) is (box.verdict != "unsettled")
        assert all(proof.verdict == "proved" and not proof.vacuous for proof in box.proofs)


def test_boxes_are_put_together() -> None:
    found = eeu.boxes("(x < 1/2) | (y < 1/4)", SQUARE)
    assert [box.bounds for box in found.of("true")] == [
        {"x": (0, sp.Rational(1, 2)), "y": (0, 1)},
        {"x": (sp.Rational(1, 2), 1), "y": (0, sp.Rational(1, 4))},
    ]
    assert len(found) == 3
    assert found.share("unsettled") == 0
    assert found.recheck()


def test_what_lies_outside_the_domain_is_told_apart() -> None:
    found = eeu.boxes("y > 1/2", SQUARE, given="x < 1/2")
    shares = [found.share(verdict) for verdict in ("true", "false", "outside")]
    assert shares == [sp.Rational(1, 4), sp.Rational(1, 4), sp.Rational(1, 2)]


def test_an_equilibrium_in_a_game_s_own_names() -> None:
    game = eeu.CredibleCommitment(opportunist_restraint=0, membership_benefit=1)
    found = eeu.boxes(
        game.solve()["join"], {"trust": (0, 1), "encroachment_loss": (1, 2)}, width="1/4"
    )
    assert found.of("true")[0].bounds == {
        "trust": (sp.Rational(3, 4), 1),
        "encroachment_loss": (1, 2),
    }
    assert repr(found.of("true")[0]) == "<true where 3/4 < trust < 1 and 1 < encroachment_loss < 2>"


def test_the_most_proofs_are_kept_to_and_the_rest_is_said() -> None:
    found = eeu.boxes("x + y < 1", SQUARE, proofs=2)
    assert sum(len(box.proofs) for box in found) == 2
    assert found.share("unsettled") == sp.Rational(1, 2)
    assert repr(found) == "<1 boxes true (25.0%), 1 boxes false (25.0%), 2 boxes unsettled (50.0%)>"


def test_a_result_travels() -> None:
    found = eeu.boxes("x < 1/3", {"x": (0, 1)}, width="1/4")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert (again, hash(again)) == (found, hash(found))
    assert isinstance(found.boxes[0], Box)
    assert list(found.to_dataframe()["verdict"]) == ["true", "false", "unsettled"]
    assert "elsewhere" in str(found)
    assert "elsewhere" in found.to_json()


def test_what_is_refused() -> None:
    for call, message in (
        (lambda: eeu.boxes("x < 1", {"x": (0, sp.sqrt(2))}), "rational numbers"),
        (lambda: eeu.boxes("x < 1", {"x": (0, 1)}, width=2), "between 0 and 1"),
        (lambda: eeu.boxes("x < 1", {"x": 0}), "from 1 to 6 sides"),
        (lambda: eeu.boxes("x < y", {"x": (0, 1)}), "y has no prior"),
    ):
        with pytest.raises(GameTheoryError, match=message):
            call()
    with pytest.raises(ParameterError):
        eeu.boxes("x < 1", {"x": (0, 1)}, proofs=0)
