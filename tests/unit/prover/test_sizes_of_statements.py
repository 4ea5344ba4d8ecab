"""Statements that would not end: refused by a count before work, or settled with little of it."""

from collections.abc import Callable

import pytest
import sympy as sp

from gametheory_eeu import comparative_statics
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover import prove, smt_solvers
from gametheory_eeu.prover.budget import CLAIM, PROBE
from gametheory_eeu.prover.proof_search import parse_statements, require_condition
from gametheory_eeu.prover.smt_query import Part, Query, split, substitute_powers

x, y, z = sp.symbols("x y z", real=True)


def nested(step: Callable[[str, int], str], count: int) -> str:
    text = "x"
    for i in range(count):
        text = step(text, i)
    return text


def question(text: str) -> Query:
    (found,), space = parse_statements([text], ())
    return Query(require_condition(found), split(space, found.free_symbols)[0])


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("(x + y + z)**60 + x**2 >= y", "1891 of degree 60, where 833 of that degree are read"),
        ("*".join(f"(x_{i} + y_{i} + 1)" for i in range(12)) + " >= x_1", "of degree "),
        ("*".join(f"(x + {i}*y + z**3)" for i in range(1, 31)) + " >= x", "of degree "),
        ("(((x + y)**5 + z)**5 + w)**4 > x", "2024785 of degree 100"),
        ("(x + y + z)**15/(x - y + 2*z + 1)**12 + (x + 1)**9/(y + z)**11 > x", "of degree "),
        (" + ".join(f"{i}/(x + {i}*y + z)" for i in range(1, 60)) + " > x", "of degree "),
    ],
)
def test_too_many_terms_are_counted_before_they_are_multiplied_out(text, size):
    with pytest.raises(UnsupportedError, match=size) as refusal:
        prove(text)
    assert "write one symbol for a part of it" in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("(x + y + z)**20 + x**2 >= y", "refuted"),
        ("(x + y + z + w)**12 + x**2 >= y", "refuted"),
        ("((x**2 + y)**3 + z)**7 > x", "refuted"),
        ("x**200 + y**199 >= x*y", "refuted"),
        (nested(lambda s, i: f"abs({s} - {i})", 30) + " >= y", "refuted"),
        (nested(lambda s, i: f"max({s} - {i}, y*{i})", 30) + " >= y", "refuted"),
        ("Piecewise(" + "".join(f"({i}*x, x < {i}), " for i in range(50)) + "(50*x, True)) >= x",
         "proved"),
        (" + ".join(f"sqrt(x + {i})" for i in range(100)) + " >= 3", "refuted"),
        ("CRootOf(t**39 - t - 1, 0)*x + CRootOf(t**38 - t - 3, 1)*y < x*y", "refuted"),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_a_large_statement_is_settled_with_little_effort(text, verdict):
    assert prove(text).verdict == verdict


def test_a_high_degree_is_asked_with_little_unless_the_user_allows_more():
    high, low = question("x**199 + y**200 - z**197*x + x*y*z >= 0"), question("x**2 >= y")
    assert high.affordable_budget(CLAIM) == PROBE
    assert low.affordable_budget(CLAIM) == CLAIM
    more = type(CLAIM)(rlimit=CLAIM.rlimit + 1)
    assert high.affordable_budget(more) == more


def test_the_first_simple_point_needs_no_solver(monkeypatch):
    monkeypatch.setattr(smt_solvers, "_cached_answer", None)
    monkeypatch.setattr(smt_solvers, "_z3", None)
    positive = ("x > 0", "y > 0", "z > 0")
    proof = prove("x/(y + z) + y/(x + z) + z/(x + y) > 3/2", positive)
    assert [set(w.values()) for w in proof.witnesses] == [{1}]
    n = sp.Symbol("n", integer=True)
    (point,) = prove(n * x > 7, [n > 2, x > n - 3]).witnesses
    assert (point[n], point[x]) == (3, 1)


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (x**40 + y**40 >= x**20 * y**20, "proved"),
        (x**40 + y**40 >= 3 * x**20 * y**20, "refuted"),
        (sp.Gt(x**8 + 3 * x**4 + 1, 0, evaluate=False), "proved"),  # x**4 is not negative
        (x**10 + 3 * x**5 + 1 > 0, "refuted"),  # x**5 may be negative
        (sp.Gt(1 / (x**8 + 1) + x**4, 0, evaluate=False), "proved"),
        (sp.Ge(sp.Mul(x**8, 1 / x**8, evaluate=False), 1), "refuted"),  # not defined at zero
        (sp.Ge(1 / x**4 + x**4, 2), "refuted"),
    ],
    ids=str,
)
def test_powers_of_one_power_keep_their_meaning(statement, verdict):
    proof = prove(statement)
    assert proof.verdict == verdict
    assert proof.recheck() is True


def test_a_symbol_that_stands_alone_or_in_a_root_keeps_its_powers():
    whole = sp.Symbol("m", integer=True)
    part = Part(frozenset({x, y, whole}), (y > 1,))
    for statement in (x**8 + x > 0, x**8 + sp.sqrt(x) > 0, y**8 > 1, whole**8 >= 0, x**2 >= 0):
        assert substitute_powers(statement, part) == (statement, part)
    positive = sp.Symbol("p", positive=True)
    lower, _ = substitute_powers(positive**9 > x**6, Part(frozenset({positive, x}), ()))
    first, second = sorted(lower.free_symbols, key=str)
    assert (first.name, first.is_positive) == ("p^9", True)
    assert (second.name, second.is_nonnegative, second.is_positive) == ("x^6", True, None)


def test_a_derivative_too_large_to_factor_is_left_as_it_is():
    rows = comparative_statics({"f": "(x + y + z)**60 + x"}).rows
    assert [row.sign for row in rows] == ["?"] * 3
    assert all("1830 of degree 59" in str(row) for row in rows)
