"""The list of propositions, what a judgement must catch, and how both show themselves."""

import pickle
import time
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import display
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.games import Claim, Judgements, Proposition
from tests.unit.display.test_tables import check_balance

x, y = sp.symbols("x y", real=True)


def proposition(*claims: Claim, kind: str = "claim") -> Proposition:
    return Proposition("name", "in words", "all parameters", claims, kind)


def test_listing_writes_no_claim() -> None:
    eeu.propositions()
    start = time.process_time()
    assert len(eeu.propositions()) > 150
    assert time.process_time() - start < 0.1


def test_names_are_unique_and_tell_the_section() -> None:
    found = eeu.propositions()
    assert len({p.name for p in found}) == len(found)
    assert all(p.name.startswith(f"{p.section}-") and p.statement for p in found)
    assert eeu.article.propositions("3a") == eeu.propositions("3a")


def test_every_section_and_every_false_claim_is_there() -> None:
    sections = {p.section[:2] for p in eeu.propositions()}
    assert sections == {"3a", "3b", "3c", "4a", "4b", "4c", "4d", "4e", "5a", "5b", "5c", "6-", "7"}
    false = {p.name for p in eeu.propositions(kind="false")}
    assert false >= {
        "3a-absolute-above-joining", "3a-absolute-rises-in-balancing-cost",
        "3b-order-free-iff-symmetric", "4b-patience-lowers-binding", "4e-repair-in-one-period",
        "4e-fall-grows-with-trust", "5a-price-is-positive", "6-pressure-tolerance-and-revolts",
    }  # fmt: skip


def test_each_number_of_members_is_a_proposition_of_its_own() -> None:
    for n in range(2, 7):
        found = {p.name.removesuffix(f"-n{n}") for p in eeu.propositions(scope=f"n = {n}")}
        assert found >= {"3b-order-of-thresholds", "3b-order-free-bill", "3b-without-a-member",
                         "5c-ranking-some-losing", "5c-renegotiated-against-one-table"}  # fmt: skip


def test_an_induction_shows_its_base_and_its_step() -> None:
    for p in eeu.propositions(scope="every n, by induction"):
        told = [claim.label.partition(":")[0] for claim in p.claims]
        assert {"base", "step"} <= set(told), p.name


def test_filters_say_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="no section '9'"):
        eeu.propositions("9")
    with pytest.raises(UnknownNameError, match="no game 'Chess'"):
        eeu.propositions(game="Chess")
    with pytest.raises(UnknownNameError, match="3a-example"):
        eeu.propositions()["3a-examples"]


def test_a_false_claim_is_caught() -> None:
    judged = proposition(Claim.of(x**2 > x, [x > 0])).judge()
    assert judged.verdict == "refuted"
    assert judged.recheck()


def test_a_true_claim_cannot_pass_for_naive() -> None:
    assert proposition(Claim.refutation(x**2 >= 0), kind="false").judge().verdict == "refuted"


@pytest.mark.parametrize("point", [{"x": 2, "y": 1}, {"x": -1, "y": -2}])
def test_a_wrong_counterexample_is_caught(point: dict[str, int]) -> None:
    """At the first point the claim holds; the second lies outside the space."""
    corrected = Claim.of(x**2 >= 0)
    naive = Claim.refutation(x > y, [y > 0], fails_at=point)
    assert proposition(naive, corrected, kind="false").judge().verdict == "refuted"
    right = Claim.refutation(x > y, [y > 0], fails_at={"x": 1, "y": 1})
    judged = proposition(right, corrected, kind="false").judge()
    assert judged.verdict == "corrected"
    assert judged.witnesses[0] == {x: 1, y: 1}
    assert proposition(right, kind="false").judge().verdict == "refuted"


@pytest.mark.parametrize(
    "written", [(), lambda: None, lambda: [x > 0]], ids=["empty", "nothing", "no Claim"]
)
def test_what_claims_nothing_is_refused(written: Any) -> None:
    with pytest.raises(ParameterError, match=r"claims of t = .*yield Claim\.of"):
        Proposition("t", "t", "t", written).judge()


def test_what_holds_of_no_point_counts_for_nothing() -> None:
    assert proposition(Claim.of(x > 5, [x > 1, x < 0])).judge().verdict == "unknown"


def test_they_pickle() -> None:
    found = eeu.propositions()
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own


def test_they_show_themselves() -> None:
    found = eeu.propositions("4a", kind="sign")
    judged = found.judge()
    assert isinstance(judged, Judgements)
    assert repr(judged) == "<2 propositions: 2 proved>"
    assert "4a-risk-of-membership" in str(found)
    assert "<td>proved</td>" in judged._repr_html_()
    assert list(judged.to_dataframe()["verdict"]) == ["proved", "proved"]
    assert judged.where(verdict="proved") == judged
    read = display.table(eeu.from_json(judged.to_json()))
    assert read.columns == display.table(judged).columns
    latex = judged.to_latex()
    check_balance(latex)
    assert r"\begin{proposition}[4a-trust-threshold-signs; all parameters]" in latex
    assert r"$\mu$" in latex
    assert "in b: -" in str(found[0])
