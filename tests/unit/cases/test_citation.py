"""Citations: the library, the article, and the works behind anything that has sources."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import gametheory_eeu as eeu
from gametheory_eeu.core import Citation, Work
from gametheory_eeu.errors import GameTheoryError, ParameterError, UnknownNameError

ROOT = Path(__file__).parents[3]
KEYS = eeu.models.bibliography() + eeu.article.CASE.bibliography


def of_cff(name: str, text: str) -> list[str]:
    """The values of a name in CITATION.cff, or in a part of it."""
    return [value.strip('"') for value in re.findall(rf"^[ -]*{name}: (.+)$", text, re.M)]


def test_the_library_and_the_article_are_cited_as_citation_cff_says() -> None:
    own, article = (ROOT / "CITATION.cff").read_text("utf-8").split("references:")
    (title,), (version,), (author,) = (of_cff(n, own) for n in ("title", "version", "name"))
    assert eeu.cite().text == f"{author}. {title}. Python library. Version {version}."
    assert eeu.cite(eeu) == eeu.cite()
    cited = eeu.cite(eeu.article)
    for name in ("title", "family-names", "given-names", "journal", "url"):
        for value in of_cff(name, article):
            assert value in cited.text
    assert cited.rows == eeu.cite("article").rows


def test_every_entry_is_written_as_it_was_read(tmp_path: Path) -> None:
    cited = eeu.cite(KEYS)
    assert cited.keys == tuple(KEYS)
    copy = eeu.Bibliography((cited.to_bibtex(tmp_path / "copy.bib"),))
    for key in KEYS:
        assert copy.work(key) == KEYS.work(key)
    assert not set(r"{}\$") & set(cited.text.replace("$n$", ""))
    assert KEYS.work("Stahl1972").text.startswith("Ingolf Ståhl. ")


@pytest.mark.parametrize("name", eeu.models.CLASSES)
def test_every_source_of_a_game_is_in_the_bibliography(name: str) -> None:
    cited = eeu.cite(name)
    assert cited.rows == eeu.cite(getattr(eeu, name)).rows
    assert cited.keys
    assert all(row.text.endswith(".") for row in cited.rows)


def test_the_works_behind_what_a_game_gives() -> None:
    game = eeu.CredibleCommitment.from_article("2014")
    keys = ("Kydd2005", "Kreps1990")
    for result in (game, game.solve(), game.comparative_statics(), eeu.CredibleCommitment):
        assert eeu.cite(result).keys == keys
    assert repr(eeu.cite(game)) == f"<citation of Credible commitment: 2 works: {', '.join(keys)}>"
    calibration = eeu.article.data_calibration("BandwagoningContest", "2014")
    assert "WorldBankWDI" in eeu.cite(calibration).keys
    assert eeu.cite(eeu.classic("Stag Hunt")).keys == ("Osborne2004",)


def test_a_proposition_has_its_own_source_or_its_game_s() -> None:
    own = eeu.propositions("4a")[0]
    assert own.source.reference == "Kydd2005"
    assert eeu.cite(own).keys == eeu.cite(own.judge()).keys == ("Kydd2005",)
    other = next(p for p in eeu.propositions() if not p.source.reference and p.game)
    assert eeu.cite(other).keys == eeu.cite(other.game).keys


@dataclass(frozen=True)
class Assertion:
    """What a claim of a case has."""

    source: eeu.Source
    game: object


@pytest.mark.parametrize("game", ["Pressure", eeu.Pressure, eeu.Pressure()], ids=type)
def test_a_claim_has_a_source_and_a_game(game: object) -> None:
    cited = eeu.cite(Assertion(eeu.Source("A", "BusyginaFilippov", "U.3"), game))
    assert cited.keys == ("BusyginaFilippov", "Putnam1988")
    assert cited.rows[0].note == "U.3"


def test_an_argument_rests_on_what_its_games_do() -> None:
    chain = eeu.Argument([eeu.Pressure, eeu.Reputation])
    assert set(eeu.cite(chain).keys) == {"Putnam1988", "KrepsWilson1982"}
    whole = eeu.cite(eeu.EurasianArgument()).keys
    assert {"Kydd2005", "Putnam1988", "Powell1999", "StoleZwiebel1996"} <= set(whole)


def test_the_claims_of_a_case() -> None:
    own = eeu.article.CASE.claims
    assert eeu.cite(own[3]).keys[:1] == ("Fiammenghi2011",)
    assert {"StoleZwiebel1996", "Powell1999"} <= set(eeu.cite(own[3]).keys)
    assert eeu.cite(own[9]).keys[0] == "BusyginaFilippov"
    assert eeu.cite(own[9].judge()).keys == eeu.cite(own[9]).keys


def test_a_claim_without_a_game() -> None:
    assert eeu.cite(Assertion(eeu.Source("A", "BusyginaFilippov"), "")).keys == (
        "BusyginaFilippov",
    )
    assert eeu.cite(eeu.Source("M")).rows == ()


def test_a_bibliography_of_one_s_own(tmp_path: Path) -> None:
    works = tmp_path / "works.bib"
    works.write_text(
        "@book{Milward1992, author = {Milward, A.}, title = {The Rescue}, publisher = {R}, "
        "year = 1992}"
        "@thesis{None, title = {No kind}, year = 2001} @misc{Tool}"
    )
    own = eeu.Bibliography((works,))
    source = eeu.Source("L", "Milward1992", "ch. 3")
    assert eeu.cite(source, bibliography=own).text == "A. Milward. The Rescue. R, 1992."
    assert eeu.cite(own).text.endswith("\nNo kind. 2001.\nTool")
    with pytest.raises(UnknownNameError, match="'Milward1992'"):
        eeu.cite(source)
    in_words = eeu.cite(eeu.Source("L", "Milward, The Rescue"), source, bibliography=own)
    assert in_words.keys == ("Milward1992",)
    assert in_words.text.startswith("Milward, The Rescue\n")


def test_the_works_of_a_whole_case() -> None:
    cited = eeu.cite(eeu.article.CASE)
    assert cited.keys[:2] == ("BusyginaFilippov", "WorldBankWDI")
    assert "Kydd2005" in cited.keys
    assert len(set(cited.keys)) == len(cited) == cited.bibtex.count("@")


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("Kyd2005", "'Kyd2005'. Did you mean 'Kydd2005'"),
        ("Pressuer", "'Pressuer'. Did you mean 'Pressure'"),
        (eeu.Source("L", "Kyd2005"), "Did you mean 'Kydd2005'"),
        (3, r"what = 3 is not allowed; allowed: a game"),
        (eeu.NormalForm([[1]], [[1]]), r"names no sources; cite the library with eeu.cite\(\)"),
        (eeu.NormalForm([[1]], [[1]]).solve(), r"names no sources; cite the library"),
    ],
    ids=["key", "game", "source", "number", "form", "solution"],
)
def test_what_has_no_source_is_refused(item: object, message: str) -> None:
    with pytest.raises(GameTheoryError, match=message):
        eeu.cite(item)


def test_a_citation_is_a_result(tmp_path: Path) -> None:
    cited = eeu.cite("Kydd2005", "Reputation")
    assert isinstance(cited, Citation)
    assert isinstance(cited.rows[0], Work)
    assert {"key", "text", "note"} == set(cited.to_dataframe().columns)
    assert "Princeton" in cited._repr_html_()
    with pytest.raises(ParameterError, match="a path at which a file can be written"):
        cited.to_bibtex(tmp_path / "none" / "a.bib")
