"""Marks of a case's own sources: declared, shown, and refused where they clash."""

from pathlib import Path

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.core import declare_marks
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report.sections import of_sources

VALUES = """name,calibration,value,mark,reference,note
states,,6,H,,from the diary
trust,1958,3/4,H,,p. 12
opportunist_restraint,1958,0,M,,
membership_benefit,1958,1,M,,
encroachment_loss,1958,1,M,,
honour_payoff,1958,1,M,,
temptation_payoff,1958,2,M,,
punishment_payoff,1958,0,M,,
"""


def test_a_case_has_marks_of_its_own(tmp_path: Path) -> None:
    table = tmp_path / "values.csv"
    table.write_text(VALUES, encoding="utf-8")
    marks = {"H": "written in a diary"}
    case = eeu.Case.from_csv("A diary", ["CredibleCommitment"], table, marks=marks)
    assert case.marks == marks
    assert str(case.facts["states"].source) == "[H] from the diary"
    game = eeu.CredibleCommitment.from_case(case, "1958")
    assert game.parameters.source("trust").mark == "H"
    assert "written in a diary" in str(of_sources(case).tables)


def test_a_mark_nobody_declared_is_refused_with_those_that_are() -> None:
    with pytest.raises(GameTheoryError, match=r"'Q' is not allowed.*the text under study"):
        eeu.Source("Q", "somewhere")


@pytest.mark.parametrize(
    "marks",
    [{"h": "small"}, {"AB": "two letters"}, {"A": "another meaning"}, {"Z": ""}, {3: "x"}, ["T"]],
    ids=["small", "two", "taken", "empty", "number", "list"],
)
def test_bad_marks_are_named(marks: object) -> None:
    with pytest.raises(GameTheoryError, match="marks"):
        declare_marks(marks)
    with pytest.raises(GameTheoryError, match="marks"):
        eeu.Case("T", ["CredibleCommitment"], {}, marks=marks)


def test_one_letter_has_one_meaning() -> None:
    declare_marks({"K": "kept"})
    declare_marks({"K": "kept"})
    with pytest.raises(GameTheoryError, match="another letter: K says 'kept'"):
        declare_marks({"K": "something else"})
