"""Names that are not text are refused like names that nothing bears."""

import pickle

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.errors import UnknownNameError


def test_a_name_that_is_no_text_is_an_unknown_name() -> None:
    error = UnknownNameError("player", 1, ["1", "2"])
    assert str(error) == "there is no player 1. Did you mean '1'? Known: 1, 2."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


def test_a_concept_that_is_no_text() -> None:
    with pytest.raises(UnknownNameError, match="there is no concept"):
        eeu.CredibleCommitment().solve(3)
