"""The page of a report: its structure, its words for those who do not see it, and what it shows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import gametheory_eeu as eeu
from gametheory_eeu import report
from gametheory_eeu.cases import Arrow, Case, Diagram, Exhibit, Step
from gametheory_eeu.display import Table
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.report import annexes, files, findings, page, sections
from gametheory_eeu.report import diagram as drawings
from gametheory_eeu.report.page import Note, PageFigure, PageSection, PageTable
from tests.unit.cases.test_another_region import block
from tests.unit.page_check import Element, problems, read

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
OWN_CASE = r"eurasian|ukrain|russia|kazakh|belarus|armenia|kyrgyz|busygina|post-soviet|2014"
HOSTILE = '<script>alert(1)</script> & "quotes" </section>'


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Element]:
    """The folder of a report on another case, and its page."""
    folder = tmp_path_factory.mktemp("another")
    (folder / "accession.csv").write_text(block("text"), "utf-8")
    program = block("py") + block("py", 1).replace("case = ", "CASE = ")
    (folder / "accession.py").write_text(program, "utf-8")
    results = folder / "results"
    arguments = ["--quiet", "--case", str(folder / "accession.py"), "-o", str(results)]
    assert report.main(arguments) == 0
    return results, read((results / "report.html").read_text("utf-8"))[0]


def test_a_report_on_another_case_is_sound_and_names_no_country_of_ours(
    another: tuple[Path, Element],
) -> None:
    folder, _ = another
    text = (folder / "report.html").read_text("utf-8")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert problems(text, names) == []
    written = [path for path in folder.rglob("*") if path.suffix in {".html", ".tex", ".csv"}]
    for path in written:
        without_pictures = re.sub(r"data:[^\"]*", "", path.read_text("utf-8"))
        assert re.findall(OWN_CASE, without_pictures, re.IGNORECASE) == [], path.name


def test_it_says_the_argument_first_then_draws_it_then_shows_what_it_rests_on(
    another: tuple[Path, Element],
) -> None:
    folder, root = another
    title = "The first enlargement of the Communities"
    assert root.all("h1")[0].text == root.all("title")[0].text == title
    titles = [heading.text for heading in root.all("h2")]
    assert titles == [
        "In plain words", "The argument as a diagram", "Facts", "Accession", "Sources",
         "Files beside this page",
    ]  # fmt: skip
    assert [e.text for e in root.all("p") if e.attributes.get("class") == "lead"] == [
        "The founders refused the newcomer once.", "A larger market, and more trust, let it in.",
    ]  # fmt: skip
    words = root.all("section")[0].text
    assert "1963The only equilibrium is closed door" in words
    captions = [e.text for e in root.all("caption")]
    assert captions[:2] == ["2 facts", "Accession: subgame perfect equilibria"]
    assert "Accession: signs of derivatives" in captions
    assert captions[-1] == f"Facts: {title}"
    assert len(root.all("img")) == 2
    assert "Regions with these equilibria: " in root.all("img")[1].attributes["alt"]
    assert "Treaty of Rome" in (folder / "facts_again.csv").read_text("utf-8")
    assert "Treaty of Rome" in (folder / "report.tex").read_text("utf-8")


def test_the_diagram_is_read_as_a_list_too(another: tuple[Path, Element]) -> None:
    _, root = another
    (drawing,) = root.all("svg")
    shown = [e.text for e in drawing.all("text")]
    assert shown[:2] == ["1 Trust", "2 Accession"]
    assert shown[-1] == "takes μ from 1"
    (steps,) = (e for e in root.all("ol") if e.attributes.get("class") == "steps")
    assert [e.text for e in steps.all("li")] == [
        "Trust.", "Accession. The founders admit or refuse. Takes μ from Trust.",
    ]  # fmt: skip


def test_a_diagram_without_arrows_speaks_of_none() -> None:
    steps = (Step("trust", "Trust", "A."), Step("end", "End", "B."))
    lone, joined = (made(diagram=Diagram(steps, arrows))
                    for arrows in ((), (Arrow("trust", "end", "mu"),)))  # fmt: skip
    assert "rrows" not in re.sub(r"(?s)<style>.*</style>", "", lone)
    assert "Arrows lead from a step" in joined


def test_plain_words_say_what_their_symbols_are() -> None:
    own = eeu.article.CASE
    (chapter,) = (c for c in own.chapters if c.name == "CredibleCommitment")
    found = findings.ChapterResults(own, chapter)
    assert found.legend(["At μ = 0.7, with μ* = 0.5"]).startswith(
        "μ: probability that the hegemon is restrained; μ*: the trust above which joining is"
    )
    assert not found.legend(["muddle μ*x, and μ_1"])


FACT = eeu.cases.Fact("six", eeu.exact(6), "states", "", eeu.Source("A"))
CLAIMS = (
    eeu.CaseClaim(1, "p. 1", "A fact.", facts=(FACT,)),
    eeu.CaseClaim(
        2, "p. 2", HOSTILE, "P_abs > P_J", "BandwagoningContest", "hegemon_power > 1",
        "hegemon_power > 2",
    ),
    eeu.CaseClaim(3, "p. 3", "Another.", "P > 0", "BandwagoningContest", "hegemon_power > 0"),
    eeu.CaseClaim(
        4, "p. 4", "Out of reach.", "P_max < P_abs", "BandwagoningContest",
        "power_ceiling < absolute_threshold",
        at=(("BandwagoningContest", eeu.article.calibration("BandwagoningContest", "2014")),),
    ),
)  # fmt: skip


def test_claims_are_a_table_in_two_forms_and_each_at_length() -> None:
    own = eeu.article.CASE
    case = Case("T", own.chapters, own.calibrations, claims=CLAIMS)  # type: ignore[arg-type]
    assert {"claims.csv", "claims.tex"} <= set(files.everything(case).names())
    assert set(files.core(case).names()) & set(annexes.CLAIMS) == {"claims.csv"}
    assert sections.claim_count(case) == (
        "4 claims: 1 fact, 1 proved if, 1 proved, 1 holds at the calibration"
    )
    section = sections.of_claims(case, with_conditions=False)
    assert [note.head for note in section.notes] == [
        "1. A fact. (p. 1): fact", f"2. {HOSTILE} (p. 2): proved if", "3. Another. (p. 3): proved",
        "4. Out of reach. (p. 4): holds at the calibration",
    ]  # fmt: skip
    text = annexes.claim_files(case)["claims.csv"].decode()
    assert text.splitlines()[0] == (
        "number,number (decimal),place,claim,statement,game,figures,verdict"
    )
    html = made(section)
    assert problems(html) == []
    assert "<script>" not in html
    assert "P<sub>abs</sub> &gt; P<sub>J</sub>" in html
    assert "it fails, without more, at" in html
    (row,) = (r for r in read(html)[0].all("tr") if r.text.startswith("2p. 2"))
    assert row.text.endswith("Bandwagoning contest")
    assert "it would fail" in html
    assert html == made(sections.of_claims(case, with_conditions=True))


def made(*own: PageSection, diagram: Diagram | None = None) -> str:
    """A page with some sections."""
    steps = diagram or Diagram([Step("a", HOSTILE, HOSTILE), Step("b", "B")], [Arrow("a", "b")])
    words = ((HOSTILE, ((HOSTILE, HOSTILE),)),)
    return page.Page(HOSTILE, (HOSTILE,), words, steps, own, ("a b.csv",), HOSTILE).html("list")


def test_nothing_in_a_page_is_taken_for_a_tag() -> None:
    section = PageSection(
        "s", HOSTILE, (HOSTILE,),
        (PageTable(HOSTILE, (HOSTILE, "b"), ((HOSTILE, "1"),), (HOSTILE,)),
         PageTable("record", (), (("name", HOSTILE),))),
        (PageFigure(PNG, HOSTILE, HOSTILE),), (Note(HOSTILE, (HOSTILE,)),), ((HOSTILE, HOSTILE),),
    )  # fmt: skip
    html = made(section)
    assert problems(html, {"a%20b.csv"}) == []
    assert "<script" not in html
    (picture,) = read(html)[0].all("img")
    assert (picture.attributes["width"], picture.attributes["height"]) == ("640", "480")
    assert html == made(section)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('lang="en"', "", "no language"),
        ("<h2", "<h4", "h4 after h1"),
        ("<caption>", "<caption></caption><p hidden>", "a table without a caption"),
        (' scope="col"', "", "a th without a scope"),
        (' alt="', ' title="', "a picture without words"),
        ("<desc", "<g", "a drawing without words"),
        ("</head>", '<link href="https://example.org/a.css"></head>', "loads https://example.org"),
        ('href="#words"', 'href="#nowhere"', "a link to no place: #nowhere"),
        ('class="scroll"', "", "a table that does not scroll"),
        ("</table>", "", "closes <table>"),
    ],
)
def test_the_check_of_pages_sees_what_is_wrong(old: str, new: str, problem: str) -> None:
    table = PageTable("t", ("a", "b"), (("1", "2"),))
    html = made(PageSection("s", "S", tables=(table,), figures=(PageFigure(PNG, "alt", "c"),)))
    assert problems(html) == []
    assert any(problem in found for found in problems(html.replace(old, new)))


def long_chain(count: int) -> Diagram:
    """Each step takes something from every earlier one."""
    names = [f"s{k}" for k in range(count)]
    arrows = [Arrow(a, b, "mu, P_abs") for i, b in enumerate(names) for a in names[:i]]
    return Diagram([Step(name, name.upper(), "word " * 30) for name in names], arrows)


def test_boxes_and_arrows_do_not_overlap() -> None:
    drawing = drawings.draw(long_chain(7))
    for above, below in zip(drawing.boxes, drawing.boxes[1:], strict=False):
        assert above.top + above.height < below.top
    assert all(box.lines[-1].y < box.top + box.height for box in drawing.boxes)
    assert drawing.boxes[-1].top + drawing.boxes[-1].height < drawing.height
    tracks = [tuple(map(int, re.findall(r"Q(\d+) (\d+) .*V(\d+)Q", p)[0])) for p in drawing.paths]
    for k, (lane, top, bottom) in enumerate(tracks):
        assert drawings.BOX_WIDTH < lane < drawing.width
        for other, first, last in tracks[k + 1 :]:
            assert other != lane or last < top or bottom < first


def test_a_step_says_what_it_takes_and_from_which() -> None:
    drawing = drawings.draw(long_chain(3))
    text = " ".join(line.text for line in drawing.boxes[2].lines if line.look == "takes")
    assert text == "takes μ, P_abs from 1; μ, P_abs from 2"
    assert drawings.readings(long_chain(2))[1].takes == ("μ, P_abs from S0",)


def test_a_chain_of_games_is_a_diagram() -> None:
    games = {"shock": eeu.TrustRecovery, "AsymmetricBargaining": eeu.AsymmetricBargaining}
    chain = eeu.Argument(games, {"AsymmetricBargaining.trust": "shock.trust_after_violation"})
    drawn = Diagram.of_argument(chain)
    assert drawn.arrows == (Arrow("shock", "AsymmetricBargaining", "mu"),)
    assert [step.title for step in drawn.steps] == [
        "Shock: trust recovery", "Asymmetric bargaining",
    ]  # fmt: skip


def test_without_a_chain_games_are_joined_by_the_parameters_they_share() -> None:
    drawn = replace(eeu.article.CASE, diagram=None).drawn()
    assert Arrow("CredibleCommitment", "TrustRecovery", "mu") in drawn.arrows
    assert replace(eeu.article.CASE, diagram=long_chain(2)).drawn() == long_chain(2)


def nothing() -> None:
    return None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Diagram([Step("a", "A"), Step("a", "B")]), "steps"),
        (lambda: Diagram([Step("a", "A")], [Arrow("a", "b")]), "no step 'b'"),
        (lambda: Diagram([Step("a", "A"), Step("b", "B")], [Arrow("b", "a")]), "to a later one"),
        (lambda: Exhibit("a b", "T", table=nothing), "one word, which names files"),
        (lambda: Exhibit("a", "T"), "shows nothing; give it a table or a figure"),
        (lambda: Exhibit("a", "T", figure=Figure), "describe it in alt"),
        (lambda: replace(eeu.article.CASE, exhibits=[nothing]), "an Exhibit"),
        (lambda: replace(eeu.article.CASE, exhibits=[Exhibit("a", "T", table=nothing)] * 2),
         "names that differ"),
        (lambda: replace(eeu.article.CASE, diagram=3), "a function that returns one"),
        (lambda: replace(eeu.article.CASE, diagram=nothing).drawn(), "a Diagram"),
        (lambda: replace(eeu.article.CASE, summary=3), "summary = 3"),
    ],
)  # fmt: skip
def test_what_a_report_cannot_show_is_refused(make: Callable[[], object], message: str) -> None:
    with pytest.raises(GameTheoryError, match=message):
        make()


def test_an_exhibit_may_be_a_table_and_a_figure() -> None:
    table = Table(("state", "price"), (("before", "1"),), "States")
    exhibit = Exhibit("states", "States", "", lambda: [table, table], Figure, "an empty figure")
    results, figure = annexes.exhibited(exhibit)
    assert isinstance(figure, Figure)
    made = annexes.exhibit_files(exhibit, results, PNG)
    assert list(made) == annexes.exhibit_names(exhibit)
    assert list(made) == ["states.csv", "states.tex", "states.png"]
    assert made["states.csv"].decode() == "state,price\nbefore,1\n\nstate,price\nbefore,1\n"
    section = sections.of_exhibit(exhibit, results, PNG)
    assert (len(section.tables), section.figures[0].alt) == (2, "an empty figure")


def colours() -> Iterator[dict[str, float]]:
    """The luminance of each named colour: on light, on dark paper, and in print."""
    style = (Path(page.__file__).parent / "templates/style.css").read_text("utf-8")
    for body in re.findall(r":root \{(.*?)\}", style, re.DOTALL):
        pairs = re.findall(r"--(\w+): #([0-9a-f]+)", body)
        yield {name: luminance(code) for name, code in pairs}


def luminance(code: str) -> float:
    """Relative luminance of a colour, as WCAG 2 defines it."""
    code = code if len(code) == 6 else "".join(c * 2 for c in code)
    parts = (int(code[k : k + 2], 16) / 255 for k in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_text_stands_out_from_its_paper() -> None:
    """WCAG 2 asks for 4.5 to 1; 7 to 1 is its stricter level."""
    themes = list(colours())
    assert len(themes) == 3
    for theme in themes:
        for text, least in {"ink": 7, "soft": 4.5, "mark": 4.5}.items():
            for paper in ("paper", "card"):
                pair = sorted((theme[text], theme[paper]))
                assert (pair[1] + 0.05) / (pair[0] + 0.05) >= least, (text, paper)
