"""A user's own case: by the how-to alone, and what does not fit is refused with what to do."""

import re
from pathlib import Path

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import report
from gametheory_eeu.errors import GameTheoryError, UnknownNameError
from gametheory_eeu.games import declare

PAGE = Path(__file__).parents[3] / "docs/how-to/another-region.md"


def block(language: str, place: int = 0) -> str:
    """A block of a language in the page, the first by default."""
    found = re.findall(rf"^```{language}\n(.+?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return str(found[place])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with the two files of the page."""
    (tmp_path / "accession.csv").write_text(block("text"), "utf-8")
    (tmp_path / "accession.py").write_text(block("py"), "utf-8")
    return tmp_path


def test_the_page_goes_from_an_empty_folder_to_a_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(block("py").splitlines()) <= 60
    results = folder / "results"
    assert report.main(["--case", str(folder / "accession.py"), "-o", str(results)]) == 0
    output = capsys.readouterr().out
    for line in block("console").splitlines()[1:]:
        assert line in output
    written = {path.relative_to(results).as_posix() for path in results.rglob("*.*")}
    own = {"regime_map.png", "figure.png", "signs.csv", "quantities.csv"}
    assert {f"accession/{name}" for name in own} <= written
    document = (results / "report.tex").read_text("utf-8")
    assert r"\begin{proposition}[Accession]" in document
    assert "Treaty of Rome" in (results / "facts.csv").read_text("utf-8")
    assert f"--case {folder / 'accession.py'} --all" in " ".join(output.split())


def test_games_take_calibrations_from_a_case(folder: Path) -> None:
    case = eeu.load_case(folder / "accession.py")
    found = eeu.CredibleCommitment.from_case(case, 1973)
    assert (found.calibration, str(found.values[found.symbols.mu])) == ("1973", "1/2")
    assert case.facts["founders"].value == 6
    assert case.facts["in_force"].value == "1958-01-01"
    accession = case.chapter("Accession").game_class.from_case(case, "1963")
    assert accession.admission_threshold == 3
    assert str(accession.parameters.source("d")) == "[M] half a unit for each founder"


def test_the_library_s_own_case_has_the_same_shape() -> None:
    folder = Path(eeu.__file__).parent / "cases/eeu"
    assert eeu.load_case(folder) == eeu.article.CASE


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("newcomer_value,1963", "newcomer_vale,1963", r"line 7: .*Did you mean 'newcomer_value'"),
        ("trust,1963,1/5", "trust,1963,", r"line 15: trust has no value; write a number"),
        ("1/5,M", "1/5,", r"line 15: trust has no source; write A, L, M or D"),
        ("1/5,M", "1/5,Q", r"line 15: mark = 'Q'"),
        ("founders/2", "fouders/2", r"line 6: leadership_loss: .*fouders"),
        ("trust,1963,1/5", "trust,1973,1/5", r"line 16: trust is given twice in '1973'"),
        ("trust,1963,1/5,M,,illustrative\n", "", r"'1963' of CredibleCommitment has no value for"),
        ("trust,1963,1/5", "trust,1963,3", r"trust = 3 is not allowed"),
        ("name,calibration,", "parameter,calibration,", r"has no column 'name'"),
        ("year,meaning", "year,meanig", r"no column of .* 'meanig'. Did you mean 'meaning'"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    folder: Path, old: str, new: str, message: str
) -> None:
    table = folder / "accession.csv"
    assert old in block("text")
    table.write_text(block("text").replace(old, new), "utf-8")
    with pytest.raises(GameTheoryError, match=message):
        eeu.load_case(folder / "accession.py")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"CredibleCommitment"]', '"Comitment"]', r"no game 'Comitment'. Did you mean"),
        ('("v", "m")', '("v", "M")', r"no parameter of Accession 'M'"),
        ("CASE =", "OTHER =", r"defines no case; write CASE = "),
        ("HERE /", "THERE /", r"line 56: NameError: name 'THERE'"),
        ('"accession.csv"', '"none.csv"', r"cannot read the values .*none\.csv"),
        ('csv",', 'csv", bibliography=HERE / "no.bib",', r"cannot read the bibliography"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(
    folder: Path, old: str, new: str, message: str
) -> None:
    assert old in block("py")
    (folder / "accession.py").write_text(block("py").replace(old, new), "utf-8")
    with pytest.raises(GameTheoryError, match=message):
        eeu.load_case(folder / "accession.py")


def test_a_key_that_is_in_no_bibliography_is_refused(folder: Path) -> None:
    (folder / "works.bib").write_text("@book{Milward1992, author = {Milward, A.}, year = 1992}")
    table, program = folder / "accession.csv", folder / "accession.py"
    program.write_text(block("py").replace('csv",', 'csv", bibliography=HERE / "works.bib",'))
    table.write_text(block("text").replace("1/5,M,", "1/5,L,Milward1992"))
    assert eeu.load_case(program).cite("Milward1992") == "Milward (1992)"
    table.write_text(block("text").replace("1/5,M,", "1/5,L,Milward1993"))
    with pytest.raises(GameTheoryError, match=r"trust: .*'Milward1993'. Did you .* Add it to"):
        eeu.load_case(program)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("accession.csv", "1/5,M,", "1/5,L,Milward1992", r"accession\.csv, line 15: trust: "),
        (
            "accession.py",
            'quantity("g", eeu.Source("M"))',
            'quantity("g", eeu.Source("L", "Milward1992"))',
            "the source of net_gain of Accession: ",
        ),
    ],
)
def test_a_key_without_a_bibliography_is_refused_where_it_stands(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(GameTheoryError, match=message) as caught:
        eeu.load_case(folder / "accession.py")
    assert 'bibliography="works.bib", or write the reference in several words' in str(caught.value)
    assert len(str(caught.value)) < 500


def test_an_unknown_key_of_a_game_has_the_nearest_keys_and_the_fix() -> None:
    gain = sp.Symbol("g", real=True)
    source = eeu.Source("L", "Kyd2005")
    parameter = eeu.Parameter("gain", gain, sp.S.Reals, "a gain", source=source)
    game = type("Entrapment", (eeu.Game,), {"parameters": declare(parameter)})
    with pytest.raises(UnknownNameError, match=r"Did you mean 'Kydd2005'.*bibliography=") as caught:
        eeu.cite(game)
    assert len(str(caught.value)) < 500


CLAIMED = """accession.csv",
    claims=[
        eeu.CaseClaim(1, "1", "It pays.", "", "Accession", "net_gain > 0", condition="m > k"),
        eeu.CaseClaim(2, "2", "It pays.", "", Accession, "net_gain > 0", at=[("Accession", NOW)]),
    ],"""
NOW = 'NOW = eeu.Calibration("now", {"m": (3, eeu.Source("M")), "k": (1, eeu.Source("M"))})'


def test_a_claim_names_a_game_of_the_case_by_text(folder: Path) -> None:
    program = folder / "accession.py"
    text = block("py").replace('accession.csv",', CLAIMED).replace("CASE =", f"{NOW}\nCASE =")
    program.write_text(text, "utf-8")
    case = eeu.load_case(program)
    own = case.chapter("Accession").game_class
    assert [claim.game for claim in case.claims] == [own, own]
    assert case.claims[2].at[0][0] is own
    assert [claim.verdict for claim in case.claims] == ["proved if", "holds at the calibration"]
    program.write_text(text.replace('"Accession", "net', '"Acession", "net'), "utf-8")
    with pytest.raises(GameTheoryError, match=r"'Acession'. Did you mean 'Accession'.* Claim 1"):
        eeu.load_case(program)
    program.write_text(text.replace('"Accession", "net_gain', '"Accession", "net_gian'), "utf-8")
    with pytest.raises(GameTheoryError, match=r"claim 1: .*'net_gian'.*did you mean 'net_gain'"):
        eeu.load_case(program)


@pytest.mark.parametrize("path", ["nothing.py", "accession.csv", "."])
def test_a_path_without_a_case_is_one_line(
    path: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report.main(["--case", str(folder / path)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "name a Python file that defines CASE, or a folder with case.py" in error
