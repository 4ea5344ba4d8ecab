"""Where a value is from: one answer by either name, and a changed calibration says so."""

import copy
import pickle

import pytest
from matplotlib.text import Text

import gametheory_eeu as eeu
from gametheory_eeu.core import Calibration, Source


@pytest.fixture(scope="module")
def changed() -> eeu.BandwagoningContest:
    return eeu.BandwagoningContest.from_article("2014").at(R=2)


def test_a_source_has_one_answer(changed: eeu.BandwagoningContest) -> None:
    by_name, by_symbol = changed.parameters.source("rival_power"), changed.parameters.source("R")
    assert by_name == by_symbol == Source("M", note="given by the user")
    as_it_was = eeu.BandwagoningContest.from_article("2014").parameters
    assert (
        as_it_was.source("R") == as_it_was.source("rival_power") == Source("M", note="illustrative")
    )
    general = eeu.BandwagoningContest().parameters
    assert general.source("R") == general.source("rival_power") == general["R"].source


def test_a_changed_calibration_says_so(changed: eeu.BandwagoningContest) -> None:
    name = "2014, changed: rival_power"
    assert changed.calibration == name
    assert f"({name})" in str(changed)
    assert name in repr(changed)
    assert f"({name})" in str(changed.solve())
    assert r"[Bandwagoning contest (2014, changed: rival\_power)]" in changed.solve().to_latex()
    motions = changed.comparative_statics("joining_threshold", "R").at_calibration()
    assert name in str(motions)
    commitment = eeu.CredibleCommitment.from_article("2014").at(mu="1/2")
    shown = [text.get_text() for text in commitment.plot().findobj(Text)]
    assert any("2014, changed: trust" in text for text in shown)


def test_what_is_changed_is_named_once_and_no_longer_when_it_is_back(
    changed: eeu.BandwagoningContest,
) -> None:
    assert changed.at(R=3).calibration == "2014, changed: rival_power"
    assert changed.at(w=2).calibration == "2014, changed: rival_power, weights"
    assert changed.at(R=1).calibration == "2014"
    assert changed.at(R="R").calibration == "2014, changed: rival_power"
    assert changed.general.calibration == ""


def test_what_follows_from_other_parameters_changes_them() -> None:
    game = eeu.AsymmetricBargaining.from_article("2014").at(gamma="1/2")
    assert game.calibration == "2014, changed: member_urgency, hegemon_urgency"


def test_a_calibration_of_ones_own() -> None:
    mine = Calibration("mine", {"trust": ("7/10", Source("M", note="a guess"))})
    game = eeu.CredibleCommitment().at(mine)
    assert game.at(b=1).calibration == "mine"  # the calibration says nothing of it
    assert game.at(mu="1/2").calibration == "mine, changed: trust"
    assert game.at(mine, mu="1/2").calibration == "mine, changed: trust"


def test_a_derived_value_is_real_where_what_it_follows_from_is() -> None:
    game = eeu.AsymmetricBargaining.from_article("2014").at(rho_H="rho_H")
    assert game.parameters.values["bargaining_weight"] == eeu.parse("rho_H/(rho_H + 7/100)")


def test_json_keeps_what_the_calibration_was(changed: eeu.BandwagoningContest) -> None:
    bargaining = eeu.AsymmetricBargaining.from_article("2014")
    games = [changed, changed.at(R="R"), bargaining, bargaining.at(gamma="1/2"),
             eeu.HubBargaining.from_article("2014"), eeu.CredibleCommitment()]  # fmt: skip
    for game in games:
        back = eeu.from_json(game.to_json())
        assert back == game
        assert back.calibration == game.calibration
        assert back.parameters.sources == game.parameters.sources
    again = eeu.from_json(changed.to_json())
    assert again.at(w=2).calibration == "2014, changed: rival_power, weights"
    for twin in (pickle.loads(pickle.dumps(changed)), copy.deepcopy(changed)):  # noqa: S301 - our own bytes
        assert twin.at(R=1).calibration == "2014"
