"""The 48 claims of the article: each verdict, recomputed and rechecked by a second route."""

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.models import CLASSES

CLAIMS = eeu.article.claims()
YEARS = ("2013", "2014", "2015")
VERDICTS = {
    "fact": (13,),
    "stipulated": (1, 47),
    "holds at the calibration": (17, 40, 42),
    "proved if": (3, 9, 10, 15, 20, 22, 26, 28, 31, 35, 39, 41, 43, 44, 48),
}
CONDITIONAL = {number: verdict for verdict, numbers in VERDICTS.items() for number in numbers}


def test_there_are_48_each_with_place_words_game_and_statement() -> None:
    assert [claim.number for claim in CLAIMS] == list(range(1, 49))
    for claim in CLAIMS:
        assert claim.place
        assert claim.paraphrase.endswith((".", "?"))
        assert claim.statement.endswith(".")
        assert claim.game_name in CLASSES
    assert len({claim.statement for claim in CLAIMS}) == 48


@pytest.mark.parametrize("number", range(1, 49))
def test_the_verdict_is_computed_and_rechecked(number: int) -> None:
    judged = CLAIMS[number].judge()
    assert judged.verdict == CONDITIONAL.get(number, "proved")
    assert judged.recheck()
    assert judged.claim.is_formal == (judged.verdict not in ("fact", "stipulated"))


@pytest.mark.parametrize("number", VERDICTS["proved if"])
def test_what_needs_a_condition_fails_without_it(number: int) -> None:
    judged = CLAIMS[number].judge()
    refuted = [part for part in judged.parts if part.verdict == "proved if"]
    assert refuted
    for part in refuted:
        point = part.counterexample
        assert point is not None
        assert part.part.space.contains(point)
        assert truth_value(part.part.statement, point) is False


@pytest.mark.parametrize("number", VERDICTS["holds at the calibration"])
def test_what_holds_at_the_calibration_fails_beyond_its_margins(number: int) -> None:
    claim = CLAIMS[number]
    rows = claim.robustness()
    assert rows.critical is not None
    for row in rows.margins:
        for end, fails, side in ((row.low, row.fails_below, -1), (row.high, row.fails_above, 1)):
            if fails:
                step = 1 if row.symbol.is_integer else abs(row.value - end) / 10**6
                value = eeu.exact(str((end + side * step).evalf(30)))
                assert claim.under(**{row.symbol.name: value}).verdict == "refuted"


@pytest.mark.parametrize("number", [n for n in VERDICTS["proved if"] if n not in (22, 35)])
def test_the_condition_is_named_and_its_counterexample_breaks_it(number: int) -> None:
    judged = CLAIMS[number].judge()
    assert judged.conditions
    point = judged.counterexamples[0]
    known = [c for c in judged.conditions if c.free_symbols <= set(point)]
    assert any(truth_value(condition, point) is False for condition in known)


def test_conditions_are_asked_at_the_calibration() -> None:
    """The condition of 3 holds there; the most exposed member is no dearer under full binding."""
    cheaper, exposed, hurry = (CLAIMS[number].robustness() for number in (3, 31, 20))
    assert cheaper.critical is not None
    assert cheaper.critical.symbol.name == "lam"
    assert not cheaper.failing
    assert exposed.failing == CLAIMS[31].judge().conditions
    assert exposed.margins == ()
    assert hurry.critical is not None
    assert (hurry.critical.symbol.name, hurry.critical.low) == ("D", eeu.exact("23/74"))


def test_the_library_finds_that_cash_need_not_rise() -> None:
    """Over the whole space of the theorem, without the example that is known."""
    (part,) = [p for p in CLAIMS[22].judge().parts if p.part.label == "naive"]
    assert part.part.naive
    point = part.counterexample
    assert point is not None
    assert part.part.space.contains(point)
    assert truth_value(part.part.statement, point) is False
    assert len(part.part.space.symbols) == 11


def test_the_tensions_are_those_of_the_text() -> None:
    numbers = [tuple(c.number for c in t.claims) for t in eeu.article.tensions()]
    assert numbers == [(34, 37), (5, 33, 26, 47), (24, 31), (38,)]
    assert [t.verdict for t in eeu.article.tensions()] == [
        "proved",
        "proved",
        "proved if",
        "proved",
    ]


def test_the_cases_claims_are_the_articles() -> None:
    assert eeu.article.CASE.claims == CLAIMS


def test_with_gdp_as_power_claim_17_fails_in_2013_alone_and_by_the_cost_of_joining() -> None:
    """As its statement says; P_abs by hand from the figures, 4 members with GDP as weights."""
    data = {year: eeu.BandwagoningContest.from_article(f"data {year}") for year in YEARS}
    reached = {year: at.ceiling_gap <= 0 for year, at in data.items()}
    assert reached == {"2013": True, "2014": False, "2015": False}
    later_cost = data["2014"].values[data["2014"].symbols.tau]
    assert data["2013"].at(joining_cost=later_cost).ceiling_gap > 0
    c, lam, tau = (eeu.exact(x) for x in ("1/20", "9/10", "3/8"))
    weights = sum(map(eeu.exact, ("75.5", "236.6", "11.1", "7.3")))
    by_hand = (eeu.exact("2486.54") + weights) * (tau - c) / (c + lam - tau)
    assert by_hand == data["2013"].absolute_threshold
    assert "not in 2013" in CLAIMS[17].statement
