"""Claims of a case: verdicts that are computed, their counterexamples, margins, and bad input."""

import pickle
from collections.abc import Callable

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.cases import CaseClaim, CaseClaims, Tension
from gametheory_eeu.cases.robustness import CalibratedStatement, margins, robustness_of
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import GameTheoryError

x, y = sp.symbols("x y", real=True)
HIGHER = "absolute_threshold > joining_threshold"
CONDITION = "(tau - c)*(lam - tau)*(R + n*w) > tau*(lam - tau + c)*(R + w)"


def claim(**others: object) -> CaseClaim:
    return CaseClaim(1, "p. 1", "In words.", game="BandwagoningContest", **others)  # type: ignore[arg-type]


def test_a_statement_in_text_is_proved_refuted_or_proved_on_its_condition() -> None:
    assert claim(formal="absolute_threshold > 0").verdict == "proved"
    assert claim(formal=HIGHER).verdict == "refuted"
    assert claim(formal=HIGHER, condition="P > 1").verdict == "refuted"
    judged = claim(formal=HIGHER, condition=CONDITION).judge()
    assert judged.verdict == "proved if"
    (point,) = judged.counterexamples
    (part,) = judged.parts
    assert part.part.condition is not None
    assert truth_value(part.part.condition, point) is False
    assert truth_value(part.part.statement, point) is False
    assert part.part.space.contains(point)


def test_a_calibration_is_asked_where_a_claim_does_not_hold_throughout() -> None:
    at = (("BandwagoningContest", eeu.article.calibration("BandwagoningContest", "2014")),)
    assert claim(formal="power_ceiling < absolute_threshold", at=at).verdict == (
        "holds at the calibration"
    )
    assert claim(formal="power_ceiling > absolute_threshold", at=at).verdict == "refuted"
    assert claim(formal="absolute_threshold > 0", at=at).verdict == "proved"


def test_facts_and_stipulations_are_no_support() -> None:
    fact = eeu.article.facts()["votes_per_state"]
    assert claim(facts=(fact,)).verdict == "fact"
    assert claim(stipulation="It is assumed.").verdict == "stipulated"
    assert "no result" in str(claim(stipulation="It is assumed.").explain())
    assert claim(facts=(fact,), formal=HIGHER).verdict == "refuted"


def test_other_assumptions_give_other_verdicts() -> None:
    free = claim(formal=HIGHER)
    assert free.under(CONDITION).verdict == "proved"
    assert free.under(rival_power=1, w=1, n=6, c="1/20", tau="89/100", lam="9/10").verdict == (
        "refuted"
    )
    assert free.under(rival_power=1, w=1, n=4, c="1/20", tau="1/2", lam="9/10").verdict == "proved"
    assert free.verdict == "refuted"


def test_what_a_proof_needs_is_found_with_a_point_where_it_fails_without() -> None:
    explanation = claim(formal="joining_threshold > 0").explain()
    needed = {str(row.assumption): row for row in explanation.needed}
    assert "tau < lam" in needed
    row = needed["tau < lam"]
    assert truth_value(row.part.statement, row.point) is not True
    assert truth_value(row.assumption, row.point) is False


def test_margins_are_exact_and_stop_at_the_domain() -> None:
    one = sp.Integer(1)
    rows = {m.symbol: m for m in margins(x**2 < 2 * y, Space.of(x > 0, y > 0), {x: one, y: one})}
    assert (rows[x].low, rows[x].high) == (0, sp.sqrt(2))
    assert not rows[x].fails_below
    assert rows[x].fails_above
    assert rows[x].distance == sp.sqrt(2) - 1
    assert (rows[y].low, rows[y].high) == (sp.Rational(1, 2), sp.oo)
    assert rows[y].distance == sp.Rational(1, 2)


@pytest.mark.parametrize("form", [sp.Max, sp.Min, lambda *a: sp.Abs(a[0]) + a[1]],
                         ids=["max", "min", "abs"])  # fmt: skip
def test_margins_see_every_piece(form: Callable[..., sp.Expr]) -> None:
    statement = form(x - 1, 3 * x - 7, evaluate=False) < 2 if form in (sp.Max, sp.Min) else (
        form(x - 1, x) < 4
    )  # fmt: skip
    value = sp.Rational(2)
    (row,) = margins(statement, Space.of(x > -5, x < 9), {x: value})
    for k in range(-49, 90):
        point = sp.Rational(k, 10)
        inside = row.low < point < row.high
        if inside:
            assert truth_value(statement, {x: point})
    for end, fails, step in ((row.low, row.fails_below, -1), (row.high, row.fails_above, 1)):
        if fails:
            beyond = end + sp.Rational(step, 1000)
            assert not truth_value(statement, {x: beyond})


def test_an_isolated_failure_ends_a_margin() -> None:
    (row,) = margins(sp.Ne(x, 3), Space.of(x > 0), {x: sp.Integer(1)})
    assert (row.high, row.fails_above) == (3, True)
    assert margins(sp.Ne(x**2, 3), Space.of(x > 0), {x: sp.Integer(1)}) == ()


def test_the_parameter_it_hangs_on_most_comes_first() -> None:
    rows = eeu.article.claims()[17].robustness()
    distances = [row.distance for row in rows.margins]
    assert distances == sorted(distances)
    critical = rows.critical
    assert critical is not None
    changed = eeu.article.claims()[17].under(
        **{critical.symbol.name: critical.low - sp.Rational(1, 99)}
    )
    assert changed.verdict == "refuted"
    kept = eeu.article.claims()[17].under(
        **{critical.symbol.name: critical.low + sp.Rational(1, 99)}
    )
    assert kept.verdict == "holds at the calibration"


def test_together_parameters_may_move_as_far_as_proofs_say() -> None:
    case = CalibratedStatement(
        x + y < 3, Space.of(x > 0, y > 0), {x: sp.Integer(1), y: sp.Integer(1)}
    )
    radius = robustness_of([case]).radius
    assert radius is not None
    assert radius.proved < sp.Rational(1, 2) < radius.refuted + sp.Rational(1, 100)
    assert radius.refuted - radius.proved < sp.Rational(1, 20)
    assert truth_value(case.statement, radius.witness) is False
    assert all(abs(radius.witness[s] - 1) <= radius.refuted for s in (x, y))


def test_a_share_is_a_sample_with_its_error() -> None:
    """Of the square [1/2, 3/2]^2 the line x + y = 9/4 cuts off a triangle of 9/32."""
    case = CalibratedStatement(x + y < sp.Rational(9, 4), Space.of(x > 0, y > 0),
                               {x: sp.Integer(1), y: sp.Integer(1)})  # fmt: skip
    sample = robustness_of([case]).share(size=20_000, seed=5)
    assert abs(sample.value - 23 / 32) < 4 * sample.error
    assert sample == robustness_of([case]).share(size=20_000, seed=5)
    assert sample.error == pytest.approx((23 * 9 / 32**2 / 20_000) ** 0.5, rel=0.05)
    with pytest.raises(GameTheoryError, match="within"):
        robustness_of([case]).share(within=-1)


def test_a_share_decides_ties_exactly() -> None:
    """In floats, the root of 2 times that of 3 is greater than that of 6."""
    n = sp.Symbol("n", integer=True, positive=True)
    tie = sp.Le(sp.sqrt(n) * sp.sqrt(n + 1), sp.sqrt(n * (n + 1)), evaluate=False)
    case = CalibratedStatement(sp.And(tie, x > 0), Space.of(x > 0, n > 0),
                               {x: sp.Integer(1), n: sp.Integer(2)})  # fmt: skip
    assert 2**0.5 * 3**0.5 > 6**0.5
    assert robustness_of([case]).share(size=100).value == 1


def test_claims_travel() -> None:
    judged = eeu.article.claims()[9].judge()
    assert pickle.loads(pickle.dumps(judged)) == judged  # noqa: S301 - our own
    assert '"type": "CaseClaims"' in eeu.article.claims().where(place="I.1").to_json()
    frame = eeu.article.claims().where(verdict="fact").to_dataframe()
    assert list(frame["number"]) == [13]
    assert r"\toprule" in eeu.article.claims().where(place="I").to_latex()


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: CaseClaim(1, "p", "q"), "nothing behind it"),
        (lambda: CaseClaim(0, "p", "q", formal="x > 0"), "number"),
        (lambda: CaseClaim(1, "p", "q", game="Nope", formal="x > 0").verdict, "Nope"),
        (lambda: claim(formal="absolut_threshold > 0").verdict, "absolute_threshold"),
        (lambda: claim(formal="P").verdict, "condition"),
        (lambda: claim(formal=3), "text, a Boolean"),
        (lambda: claim(propositions=("7-leavin",)).verdict, "7-leaving"),
        (lambda: claim(propositions=("7-leaving/no such",)).verdict, "the price falls"),
        (lambda: claim(formal=HIGHER, at=("2014",)), "pairs"),
        (lambda: claim(formal=HIGHER).under(powr=2), "rival_power"),
        (lambda: claim(formal=HIGHER).under("q > 0"), "names nothing"),
        (lambda: claim(formal=HIGHER).under(x > 0), "symbol of claim 1"),
        (lambda: claim(formal=HIGHER).under("R < 0").verdict, "contradict"),
        (lambda: claim(stipulation="s").under("R > 1"), "no formal statement"),
        (lambda: CaseClaims((claim(formal=HIGHER), claim(formal=HIGHER))), "numbers that differ"),
        (lambda: CaseClaims((3,)), "CaseClaim"),  # type: ignore[arg-type]
        (lambda: eeu.article.claims()[49], "49"),
        (lambda: eeu.article.claims().where(verdict="provd"), "proved"),
        (lambda: Tension((3,), "t", claim(formal=HIGHER)), "CaseClaim"),  # type: ignore[arg-type]
    ],
    ids=[str(k) for k in range(19)],
)
def test_bad_input_is_named(attempt: Callable[[], object], words: str) -> None:
    with pytest.raises(GameTheoryError, match=words):
        attempt()
