"""A result says what it is claimed under, and what every symbol in it stands for."""

import re
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.core import Space
from gametheory_eeu.display.hypotheses import drop_implied, hypotheses
from gametheory_eeu.display.printers import symbol_latex, symbol_text
from gametheory_eeu.games import EquilibriumSet
from gametheory_eeu.statics import StaticsTable
from tests.unit.display.results import NAMES, USERS, prisoners_dilemma, results
from tests.unit.display.test_tables import check_balance


def plain_html(result: Any) -> str:
    """The HTML without its tags."""
    text = re.sub("<[^>]*>", " ", result._repr_html_())
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'")


@pytest.mark.parametrize("name", [*NAMES, *USERS])
def test_solutions_and_signs_name_every_symbol_of_their_space(name: str) -> None:
    claims = [r for r in results(name) if isinstance(r, (EquilibriumSet, StaticsTable))]
    assert claims
    for result in claims:
        assert result.game is not None
        text, tex = str(result), result.to_latex()
        check_balance(tex)
        known = re.search(r"Given (.*)", tex)
        said = re.search(r"Given ((?:.|\n)*?)\.\n", text + "\n")
        assert known is not None
        assert said is not None
        assert "Given " in plain_html(result)
        for symbol in result.game.space.symbols:
            assert symbol_latex(symbol.name) in known[1]
            assert symbol_text(symbol.name) in said[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_model_says_what_its_symbols_stand_for(name: str) -> None:
    for result in results(name):
        if isinstance(result, (EquilibriumSet, StaticsTable)):
            assert result.game is not None
            game: Any = result.game
            open_ = [p for p in game.parameters if p.symbol in result.game.space.symbols]
            assert open_
            for p in open_:
                text = " ".join(str(result).split())
                assert f"{symbol_text(p.symbol.name)} {p.name}" in text
                assert display.escape(p.meaning) in result.to_latex()


def test_a_prisoners_dilemma_says_what_makes_it_one() -> None:
    solution = prisoners_dilemma().solve()
    assert "Given S < P < R < T." in str(solution)
    assert "Given S < P < R < T." in plain_html(solution)
    assert "Given $S < P < R < T$, the Nash equilibria are:" in solution.to_latex()
    assert solution[0].to_latex() == (
        r"Given $S < P < R < T$, there is a Nash equilibrium \emph{Defect, Defect}."
    )
    assert re.search(r"^given +S < P < R < T$", str(solution[0]), re.MULTILINE)
    (unique, regimes) = (eeu.prove_unique(prisoners_dilemma()), eeu.regimes(prisoners_dilemma()))
    assert "For all parameter values with $S < P < R < T$" in unique.to_latex()
    assert "Given $S < P < R < T$, exactly these Nash equilibria exist:" in regimes.to_latex()
    assert r"\item \emph{Defect, Defect}." in regimes.to_latex()
    assert "Given S < P < R < T." in str(regimes)
    assert "Given S < P < R < T." in str(prisoners_dilemma().eliminate())
    note = solution.to_dataframe().attrs["note"]
    assert note.startswith("Given P > S and R > P and T > R.\n")


def test_commitment_keeps_the_order_of_the_hegemons_payoffs() -> None:
    game = eeu.CredibleCommitment()
    assert "v < r < g" in game.solve().to_latex()
    assert "Given v < r < g." in str(game)
    (first, *_) = game.solve()
    assert "v < r < g" in first.to_latex()
    assert r"Here $\mu^* = " in first.to_latex()


def test_at_a_calibration_the_values_are_the_hypotheses() -> None:
    game = eeu.CredibleCommitment.from_article("2014")
    assert "Given μ = 7/37 ≈ 0.1892, σ = 0, b = 1" in str(game.solve())
    assert r"Given $\mu$ = $\frac{7}{37} \approx 0.1892$" in game.solve().to_latex()


def test_what_is_known_of_no_symbol_is_real() -> None:
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]])
    assert "Given $a$ real, the Nash equilibria are:" in game.solve().to_latex()
    assert "Given a real." in str(game)


def test_a_symbols_own_assumptions_are_hypotheses() -> None:
    n, x = sp.Symbol("n", integer=True), sp.Symbol("x", positive=True)
    assert [display.text(Table) for Table in _shown(Space((n, x), (n >= 2,)))] == [
        "n ≥ 2", "n whole", "x > 0"]  # fmt: skip


def _shown(space: Space) -> list[display.Table]:
    return [display.Table(("",), ((cell,),)) for cell in hypotheses(space)]


def test_what_a_chain_implies_is_left_out_and_nothing_else() -> None:
    a, b, c = sp.symbols("a b c", real=True)
    assert drop_implied([a > 0, a < b, b > 0, b <= c, c > 0]) == [a > 0, a < b, b <= c]
    assert drop_implied([a >= 0, a > 0]) == [a > 0]
    assert drop_implied([a <= b, b <= a]) == [a <= b, b <= a]
    assert drop_implied([a < b, a <= b]) == [a < b]
    assert drop_implied([a <= b, b <= c, a < c]) == [a <= b, b <= c, a < c]
    assert drop_implied([a >= 1, a >= 2, a > 0]) == [a >= 2]


def test_beliefs_belong_to_a_perfect_bayesian_equilibrium() -> None:
    _, _, solution, pooling = results("tree")
    belief = "at member after promise: restrained (μ), opportunist (1 - μ); 0 ≤ μ ≤ 1/2"
    assert belief in " ".join(str(solution).split())
    assert belief in plain_html(solution)
    assert r"at member after promise: restrained ($\mu$), opportunist ($1 - \mu$)" in (
        pooling.to_latex())  # fmt: skip
    beliefs = solution.to_dataframe()["beliefs"]
    assert any("at member after promise: restrained (mu)" in cell for cell in beliefs)
    assert "beliefs" not in str(eeu.CredibleCommitment().solve("Nash")).splitlines()[1]
    commitment = eeu.CredibleCommitment().solve()
    assert r"beliefs at member: restrained ($\mu$)" in commitment.to_latex()


def test_a_root_is_its_own_symbol_and_its_equation_is_given() -> None:
    table = eeu.BandwagoningContest().comparative_statics("balancing_threshold", "w")
    text = " ".join(str(table).split())
    assert "balancing_threshold rises in w iff c·(P_rel·n + P_rel" in text
    assert "P_rel solves P_rel²·c + P_rel·(" in text
    assert " x" not in text.replace("max", "")
    assert "P_rel balancing_threshold" in text
    assert r"$P_{\mathrm{rel}}$ solves $" in table.to_latex()


def test_a_sign_says_where_its_quantity_exists() -> None:
    text = str(eeu.RepeatedCommitment().comparative_statics("minimum_binding", "d"))
    assert "minimum_binding exists where N ≤ 0 or N ≤ M." in text
    assert "Quantities: N binding_need, M binding_effect." in text


def test_an_incomplete_list_does_not_say_that_it_is_all() -> None:
    tex = eeu.RepeatedCommitment().solve().to_latex()
    assert "these are subgame perfect equilibria, and there may be others:" in tex
    assert "There may be others" in str(eeu.RepeatedCommitment().solve())


def test_every_claim_of_a_proposition_says_where_it_is_claimed() -> None:
    (cases,) = [p for p in eeu.RepeatedCommitment().lemmas() if p.name == "cases of binding"]
    text, tex = " ".join(str(cases).split()), cases.to_latex()
    assert "given 0 < δ < 1, 0 ≤ α ≤ 1, d ≥ 0, k_b > 0, b > 0, ℓ > 0 and v < r < g" in text
    assert "r <= 0" in text.partition("where")[2].partition("claim")[0]
    assert r"Given $0 < \delta < 1$" in tex
    assert tex.count("where $") >= 2
    assert "$N$ (" in tex
    assert "N binding_need" in text


CONDITIONS = {
    "60*q/37 - 23/37 <= 0": "q ≤ 23/60",
    "23/37 - 60*q/37 <= 0": "q ≥ 23/60",
    "2 - 2*q < 2*q": "q > 1/2",
    "-3*q == 1": "q = -1/3",
    "1 <= q": "1 ≤ q",
    "q/2 != 1": "q ≠ 2",
    "q**2 <= 1": "q² ≤ 1",
    "q + p <= 1": "p + q ≤ 1",
}


@pytest.mark.parametrize(("condition", "shown"), CONDITIONS.items())
def test_what_is_linear_in_one_symbol_is_solved_for_it(condition: str, shown: str) -> None:
    parsed = eeu.parse(condition)
    table = display.Table(("where",), ((parsed,),))
    assert display.text(table).splitlines()[-1] == shown


def test_a_family_has_its_range_solved() -> None:
    game = eeu.CredibleCommitment.from_article("2014")
    family = game.solve("Nash")["stay out, incredible promise"]
    assert "0 < q ≤ 23/60" in str(family)
    assert r"(for each $0 < q \leq \frac{23}{60}$)" in family.to_latex()
    assert "0 < q ≤ 23/60" in display.text(game.solve("Nash"), 250)


def test_a_familys_range_is_solved_by_the_sign_of_the_coefficient() -> None:
    general = eeu.CredibleCommitment().solve("Nash")["stay out, incredible promise"]
    shown = " ".join(str(general).split())
    bound = re.search(r"free q, q ≤ 1 and 0 < q ≤ (.*?) belief", shown)
    assert bound is not None, shown
    text = bound[1]
    for letter, name in (("·", "*"), ("μ", "mu"), ("σ", "sigma"), ("ℓ", "ell")):
        text = text.replace(letter, name)
    point = {"mu": sp.Rational(7, 37), "sigma": 0, "b": 1, "ell": 1}
    value = eeu.parse(text)
    assert value.xreplace({s: sp.sympify(point[s.name]) for s in value.free_symbols}) == (
        sp.Rational(23, 60))  # fmt: skip
