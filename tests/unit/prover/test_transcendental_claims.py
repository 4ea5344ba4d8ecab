"""Logarithms, exponentials, symbolic exponents and whole numbers: proved, refuted, or left open."""

import math

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover import (
    equivalent,
    is_empty,
    is_satisfiable,
    prove,
    sign,
    simplify,
    witness,
)

x, y, a, b, d = sp.symbols("x y a b d", real=True)
k, m = sp.symbols("k m", integer=True)
n = sp.Symbol("n", integer=True, positive=True)

TRUE = {
    "log below a line": (sp.log(x) <= x - 1, x > 0),
    "log rises": (sp.log(x) < sp.log(y), [0 < x, x < y]),
    "of a quotient": (sp.Eq(sp.log(x / y), sp.log(x) - sp.log(y)), [x > 0, y > 0]),
    "far from one": (sp.log(x) > 2, x > 8),
    "between two numbers": (sp.log(x) < sp.Rational(7, 10), [x > 1, x < 2]),
    "entropy": (x * sp.log(x / y) + (1 - x) * sp.log((1 - x) / (1 - y)) > 0, [0 < y, y < x, x < 1]),
    "exp above a line": (sp.exp(x) > x, ()),
    "exp of a sum": (sp.Eq(sp.exp(x + y), sp.exp(x) * sp.exp(y)), ()),
    "exp and its inverse": (sp.exp(x) + sp.exp(-x) >= 2, ()),
    "discounting": (sp.exp(-a * x) * y < y, [a > 0, x > 0, y > 0]),
    "exp of one": (sp.exp(x) < sp.Rational(11, 4), [0 < x, x < 1]),
    "pi": (sp.pi * x > 3 * x, x > 0),
    "a symbolic exponent": (d**x < 1, [0 < d, d < 1, x > 0]),
    "falls in the exponent": (d**x > d**y, [0 < d, d < 1, x < y]),
    "rises in the base": (a**x < b**x, [0 < a, a < b, x > 0]),
    "one period more": (sp.Eq(d ** (n + 1), d * d**n), [0 < d, d < 1]),
    "a geometric sum": ((1 - d ** (n + 1)) / (1 - d) > 1, [0 < d, d < 1]),
    "Bernoulli": ((1 + x) ** n >= 1 + n * x, x > 0),
    "nothing at zero": (sp.Eq(d**x, 0), [sp.Eq(d, 0), x > 1]),
    "inverse error function": (sp.erfinv(x) > sp.erfinv(y), [-1 < y, y < x, x < 1]),
    "consecutive numbers": (k * (k - 1) >= 0, ()),
    "a bounded number": ((k - 3) * (k - 4) * (k - 5) * (k - 6) >= 0, [k >= 3, k <= 6]),
    "no half": (sp.Ne(2 * k, 5), [k > 0]),
    "at least two": (sp.Ge(n * (n - 1), 2 * (n - 1), evaluate=False), n > 1),
    "two whole numbers": (sp.Ne(2 * k + 4 * m, 3), [k >= 0, k < 3, m >= 0, m < 3]),
}
FALSE = {
    "positive everywhere": (sp.log(x) > 0, x > 0, None),
    "touches": (sp.log(x) < x - 1, x > 0, {x: 1}),
    "far from one": (sp.log(x) > 2, x > 7, None),
    "two of them": (sp.log(x) * sp.log(y) >= 0, [x > 0, y > 0], None),
    "exp bounded": (sp.exp(x) < 100, (), None),
    "of a sum": (sp.Eq(sp.exp(x + y), sp.exp(x) + sp.exp(y)), (), None),
    "symbolic exponent": (d**x < 1, [0 < d, x > 0], None),
    "a number": (sp.Ne(k * (k - 7), 0), [k > 2], {k: 7}),
    "numbers and logs": (sp.log(n) < n - 2, (), {n: 1}),
}
UNDEFINED = {
    "of zero": (sp.log(x) < 5, [x >= 0, x < 1], {x: 0}),
    "zero to zero": (d**x >= 0, [d >= 0, x >= 0], {d: 0, x: 0}),
    "of a negative number": (sp.Implies(x > -5, sp.exp(sp.log(y) ** 2 + x) > 1), x > 0, None),
}


@pytest.mark.parametrize("name", TRUE)
def test_proved_and_confirmed_by_the_other_solver(name):
    proof = prove(*TRUE[name])
    assert (proof.verdict, proof.vacuous) == ("proved", False)
    assert proof.recheck() is True


@pytest.mark.parametrize("name", FALSE)
def test_refuted_at_an_exact_point(name):
    statement, given, point = FALSE[name]
    proof = prove(statement, given)
    assert proof.verdict == "refuted"
    assert proof.witnesses
    assert proof.recheck() is True
    assert point is None or dict(proof.witnesses[0]) == point


@pytest.mark.parametrize("name", UNDEFINED)
def test_refuted_where_undefined(name):
    statement, given, point = UNDEFINED[name]
    proof = prove(statement, given)
    assert proof.undefined_at
    assert proof.recheck() is True
    assert point is None or dict(proof.undefined_at[0]) == point


def test_a_candidate_that_is_not_confirmed_is_no_counterexample():
    proof = prove(sp.log(x) + sp.log(3 - x) <= sp.log(sp.Rational(9, 4)), [x > 0, x < 3])
    assert proof.verdict in ("proved", "unknown")


def test_every_question_reads_logarithms():
    assert sign(sp.log(x), given=[x > 0, x <= 1]).sign == "<=0"
    depends = sign(x * sp.log(x), given=x > 0)
    assert (depends.verdict, depends.deciding) == ("depends", sp.log(x))
    assert equivalent(sp.log(x) > 0, x > 1, x > 0).verdict == "proved"
    assert simplify(sp.And(sp.log(x) > 0, x > -1), x > 0) == (sp.log(x) > 0)
    assert is_empty([x > 0, sp.log(x) > x]).verdict == "proved"
    assert not is_satisfiable(sp.exp(x) < 0.0)
    found = witness([sp.log(x) > 1, x < 3])
    assert found is not None
    assert found[x] > math.e
    assert Space.of(sp.log(x) > 0).contains({x: 2})


def test_undefined_somewhere_has_no_sign():
    found = sign(sp.log(x), given=[x >= 0, x < 1])
    assert (found.sign, found.verdict) == ("?", "unknown")
    assert found.proof.undefined_at


def test_the_file_says_what_the_unknowns_stand_for():
    text = prove(sp.log(x) > 2, x > 8).to_smtlib()
    assert "; log(x)" in text
    assert "(set-logic QF_NRA)" in text
    assert "true for every value" in text


def test_the_normal_distribution_is_refused_by_name():
    with pytest.raises(UnsupportedError, match="does not decide erf"):
        prove(sp.erf(x) < 1, x > 0)


def test_text_may_have_a_symbol_in_the_exponent():
    assert prove("d^n < 1", "0 < d < 1 and n > 0").verdict == "proved"
