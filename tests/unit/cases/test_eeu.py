"""The article's facts and calibrations: every number marked, sourced, and never mixed."""

import re

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.cases import eeu as article
from gametheory_eeu.cases.eeu.calibrations import ARTICLE, gross_domestic_product
from gametheory_eeu.core import Calibration
from gametheory_eeu.errors import UnknownNameError

GAMES = ("BandwagoningContest", "CredibleCommitment", "AsymmetricBargaining")
YEARS = ("2013", "2014", "2015")
Q = sp.Rational
CALIBRATIONS = [
    pytest.param(game, article.calibration(game, year), id=f"{game} {year}")
    for game in GAMES
    for year in YEARS
]


@pytest.mark.parametrize("fact", list(article.facts()), ids=lambda fact: fact.name)
def test_a_fact_is_the_articles_and_says_where(fact: article.Fact) -> None:
    assert fact.source.mark == "A"
    assert fact.source.reference == ARTICLE
    assert re.fullmatch(r"[IXUK]\.\d", fact.source.note)
    assert fact.meaning
    assert fact.year
    assert isinstance(fact.value, str) or fact.value.is_Rational


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("treaty_signed", "2014-05-29"),
        ("treaty_in_force", "2015-01-01"),
        ("founding_states", 3),
        ("acceding_states", 2),
        ("votes_per_state", 2),
        ("approval_2014", Q(7, 10)),
        ("approval_2019", Q(19, 25)),
        ("ethnic_russians_kazakhstan", Q(1, 5)),
        ("disloyalty_sentence", 5),
    ],
)
def test_facts_of_the_theory(name: str, value: object) -> None:
    assert article.facts()[name].value == value


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"no fact 'aproval_2014'\. Did you mean 'approval_"):
        article.facts()["aproval_2014"]


@pytest.mark.parametrize(("game", "calibration"), CALIBRATIONS)
def test_every_value_has_a_source_and_none_is_data(game: str, calibration: Calibration) -> None:
    for name, source in calibration.sources().items():
        assert source.mark in {"A", "L", "M"}, name
        assert source.note or source.reference, name
    solved = getattr(eeu, game).from_article(calibration.name)
    assert solved.calibration == calibration.name
    assert all(solved.parameters.source(name) == s for name, s in calibration.sources().items())


@pytest.mark.parametrize(("game", "calibration"), CALIBRATIONS)
def test_what_is_marked_a_follows_from_the_facts(game: str, calibration: Calibration) -> None:
    said = {k: v for k, (v, source) in calibration.values.items() if source.mark == "A"}
    facts = article.facts()
    states = facts["founding_states"].value + facts["acceding_states"].value
    assert said == ({"member_count": states - 1} if game == "BandwagoningContest" else {})


@pytest.mark.parametrize(("game", "calibration"), CALIBRATIONS)
def test_a_calibration_settles_the_game(game: str, calibration: Calibration) -> None:
    found = getattr(eeu, game).from_article(calibration.name).solve()
    assert len(found) >= 1
    assert {e.condition for e in found} == {sp.true}


def test_trust_falls_by_bayes_rule() -> None:
    before, after = (eeu.CredibleCommitment.from_article(y).values for y in ("2013", "2014"))
    mu = eeu.CredibleCommitment().symbols.mu
    prior, seen = Q(7, 10), (Q(5, 1000), Q(5, 100))
    assert before[mu] == prior
    assert after[mu] == prior * seen[0] / (prior * seen[0] + (1 - prior) * seen[1]) == Q(7, 37)


@pytest.mark.parametrize(("name", "alias"), [("2013", "before 2014"), ("2015", "after 2015")])
def test_aliases(name: str, alias: str) -> None:
    found = eeu.CredibleCommitment.from_article(alias)
    assert found == eeu.CredibleCommitment.from_article(name)


def test_unknown_calibrations_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="no calibration '1999'"):
        article.calibration("CredibleCommitment", "1999")
    with pytest.raises(UnknownNameError, match="no calibrated game 'Chess'"):
        article.calibrations("Chess")


def test_a_calibration_of_data_is_apart() -> None:
    calibration = article.data_calibration("BandwagoningContest", "2014")
    marks = {name: source.mark for name, source in calibration.sources().items()}
    published = {"hegemon_power", "power_ceiling", *(k for k in marks if k.startswith("weights."))}
    assert {name for name, mark in marks.items() if mark == "D"} == published
    assert set(marks.values()) == {"D", "M"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("hegemon_power", "2059.2"),
        ("power_ceiling", "2292.5"),
        ("weights.Belarus", "78.8"),
        ("weights.Kazakhstan", "221.4"),
        ("weights.Armenia", "11.6"),
        ("weights.Kyrgyzstan", "7.5"),
    ],
)
def test_published_figures_are_used_exactly(parameter: str, value: str) -> None:
    """World Bank, GDP in current US$ bn, 2014 (ceiling: 2013)."""
    assert article.data_calibration("BandwagoningContest", "2014")[parameter] == Q(value)


def test_backing_is_an_assumed_share_of_published_figures() -> None:
    calibration = article.data_calibration("BandwagoningContest", "2014")
    assert calibration["rival_power"] == Q(1, 10) * (Q("15651.4") + Q("10475.6"))
    assert calibration.sources()["rival_power"].mark == "M"


@pytest.mark.parametrize("year", article.years())
def test_every_year_of_data_solves(year: str) -> None:
    game = eeu.BandwagoningContest.from_data(year)
    gdp = gross_domestic_product()
    assert game.values[game.symbols.P] == gdp["Russia", year]
    assert game.players == ("Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan")
    assert len(game.solve()) >= 1


def test_references_are_in_the_bibliography() -> None:
    cited = {
        source.reference
        for game in GAMES
        for row in getattr(eeu, game)().parameters
        for source in [row.source]
        if source.mark == "L"
    } | {ARTICLE}
    assert len(cited) > 4
    for reference in cited:
        assert article.cite(reference) != reference
    assert article.cite("Kydd2005") == "Kydd (2005)"
