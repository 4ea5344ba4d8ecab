"""Results as text, HTML, LaTeX, data frames and CSV."""

import csv
import re
from io import StringIO

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.display import Table
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import Game

GAMES = (eeu.BandwagoningContest, eeu.CredibleCommitment, eeu.AsymmetricBargaining)
HOSTILE = Table(("<b>", "a_b"), (("x & y", "50% {of} $1 #2 ~^\\ <script>"),), "A_B & C", "n & m")


@pytest.fixture(scope="module", params=GAMES, ids=lambda kind: kind.__name__)
def results(request: pytest.FixtureRequest) -> list[object]:
    """Every kind of result of one game, in general and at a calibration."""
    found: list[object] = []
    for game in (request.param(), request.param.from_article("2014")):
        solved = game.solve()
        signs = game.comparative_statics(next(iter(game.quantities)))
        found += [game, game.parameters, game.quantities, next(iter(game.quantities.values()))]
        found += [solved, solved[0], signs, signs[0]]
    return found


def test_text_fits_a_terminal(results: list[object]) -> None:
    for result in results:
        lines = str(result).splitlines()
        assert lines
        assert max(map(len, lines)) <= 100
        assert not any(line != line.rstrip() for line in lines)


def test_latex_is_balanced(results: list[object]) -> None:
    for result in results:
        check_balance(result.to_latex())  # type: ignore[attr-defined]


def test_html_is_balanced(results: list[object]) -> None:
    for result in results:
        html = result._repr_html_()  # type: ignore[attr-defined]
        for tag in ("table", "tr", "td", "th"):
            assert len(re.findall(f"<{tag}[ >]", html)) == html.count(f"</{tag}>")


def test_csv_and_data_frame_have_the_same_cells(results: list[object]) -> None:
    for result in results:
        frame = result.to_dataframe()  # type: ignore[attr-defined]
        rows = list(csv.reader(StringIO(display.csv(result))))
        is_record = display.table(result).is_record
        assert len(rows) == (frame.shape[1] if is_record else frame.shape[0] + 1)


def check_balance(tex: str) -> None:
    """Braces, dollars and environments close in the order in which they open."""
    bare = re.sub(r"\\[\\{}$%&#_]", "", tex)
    depth = 0
    for character in bare:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert bare.count("$") % 2 == 0
    opened: list[str] = []
    for what, name in re.findall(r"\\(begin|end)\{(\w+)\}", tex):
        if what == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []


def test_a_proposition_reads_like_one() -> None:
    tex = eeu.CredibleCommitment().solve().to_latex()
    assert r"\item If $\mu > \mu^*$, \emph{join}: trust is above its threshold" in tex
    assert r"\item If $\mu = \mu^*$, \emph{indifferent} (for each $0 \leq q \leq 1$)" in tex
    assert r"Here $\mu^* = \frac{" in tex


def test_conditions_are_in_the_games_own_terms() -> None:
    text = str(eeu.BandwagoningContest().solve())
    assert re.search(r"^all-Join +P ≥ P_J +Join", text, re.MULTILINE)
    assert "P_J = τ·(R + w)/(λ - τ)." in text


def test_signs_are_a_matrix() -> None:
    text = str(eeu.CredibleCommitment().comparative_statics("trust_threshold"))
    assert re.search(r"^trust_threshold +− +− +\+ +\+$", text, re.MULTILINE)


def test_a_wide_matrix_is_printed_in_blocks_of_columns() -> None:
    names = [f"w_Kazakhstan{i}" for i in range(20)]
    wide = Table(("derivative of", *names), (("surplus", *map(str, range(20))),), "Signs")
    lines = str(wide).splitlines()
    assert max(map(len, lines)) <= 100
    headings = [line.split()[2:] for line in lines if line.startswith("derivative of")]
    assert [name for block in headings for name in block] == names
    cells = [line.split()[1:] for line in lines if line.startswith("surplus")]
    assert [cell for block in cells for cell in block] == [str(i) for i in range(20)]


def test_a_sign_that_depends_says_on_what() -> None:
    statics = eeu.AsymmetricBargaining().comparative_statics("surplus", "alpha")
    assert "surplus rises in α iff μ < 1 - κ/ℓ." in str(statics)
    assert r"$S$ rises in $\alpha$ iff $\mu < 1 - \frac{\kappa}{\ell}$." in statics.to_latex()


def test_a_quantity_that_does_not_exist_has_no_value() -> None:
    lonely = eeu.BandwagoningContest.from_article("2013").at(member_count=1)
    assert "does not exist" in str(lonely.quantities["balancing_threshold"])


def test_no_equilibrium_is_said() -> None:
    solved = eeu.CredibleCommitment().solve()
    empty = type(solved)((), solved.game, "Nash", "none", sp.true, "there is nothing to find")
    assert "none" in str(empty)
    assert "None exists." in empty.to_latex()


def test_html_escapes() -> None:
    html = display.html(HOSTILE)
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert "A_B &amp; C" in html


def test_latex_escapes() -> None:
    tex = display.latex(HOSTILE)
    check_balance(tex)
    assert r"50\% \{of\} \$1 \#2 \textasciitilde{}\textasciicircum{}" in tex
    assert r"\caption{A\_B \& C}" in tex


def test_a_row_of_latex_that_starts_with_a_bracket_is_no_option() -> None:
    tex = display.latex(Table(("mark", "meaning"), (("[A]", "article"), ("[M]", "model"))))
    assert "\n{}[A] & article" in tex


def test_rich_markup_is_text() -> None:
    assert "[bold]x[/bold]" in display.text(Table(("a", "b"), (("[bold]x[/bold]", "1"),)))


def test_a_data_frame_keeps_exact_values() -> None:
    frame = eeu.CredibleCommitment.from_article("2014").parameters.to_dataframe()
    values = dict(zip(frame["parameter"], frame["value"], strict=True))
    assert values["trust"] == sp.Rational(7, 37)


def test_csv_is_exact() -> None:
    rows = csv.DictReader(StringIO(display.csv(eeu.CredibleCommitment().solve())))
    conditions = {row["equilibrium"]: row["exists when"] for row in rows}
    game = eeu.CredibleCommitment()
    for equilibrium in game.solve():
        assert eeu.parse(conditions[equilibrium.name]) == equilibrium.condition


def test_records_without_a_form_of_their_own_are_shown_field_by_field() -> None:
    facts = eeu.article.facts()
    assert "treaty_signed" in str(facts)
    assert len(facts.to_dataframe()) == len(facts)
    assert "2014-05-29" in str(facts["treaty_signed"])


def test_a_calibration_is_a_table() -> None:
    table = display.table(eeu.article.calibration("CredibleCommitment", "2014"))
    assert table.columns == ("parameter", "value", "source")


def test_what_is_no_result_has_no_table() -> None:
    with pytest.raises(UnsupportedError, match="int has no table"):
        display.table(3)


def test_members_that_act_alike_are_named_once() -> None:
    game: Game = eeu.BandwagoningContest(
        P=3, R=1, tau=".5", c=".05", lam=".9", weights=[1, 2, 3, 4], power_ceiling=3
    )
    assert re.search(r"^all-Balance +all: Balance ", str(game.solve()), re.MULTILINE)


def test_payoffs_are_shown_of_all_equilibria_or_of_none() -> None:
    def columns(a: object, b: object, given: object = ()) -> tuple[str, ...]:
        game = eeu.NormalForm([[a, 0], [0, b]], [[b, 0], [0, a]], given=given)
        return display.summary(game.solve()).columns

    assert "payoffs" not in columns("a", "b")  # at 1, 2 both get 0, elsewhere a or b
    assert "payoffs" in columns(2, 1)
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]])
    full_table = display.table(game.solve())
    assert all(row[full_table.columns.index("payoffs")] for row in full_table.rows)


def test_statics_say_what_moves_with_what() -> None:
    """With w = v**2 a change of v moves w; the column of w is for a change of w alone."""
    bound = str(eeu.model("tullock 1980", w="v**2").comparative_statics())
    assert "w = v². w moves with what is given there" in bound
    assert "moves with" not in str(eeu.model("tullock 1980", w=2).comparative_statics())
