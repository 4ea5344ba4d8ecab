"""Formulas as text: z3 reads them as what they say, and constants are gone."""

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
import z3
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from gametheory_eeu.prover.rational_function import (
    FALSE,
    TRUE,
    atomic_formula,
    conj,
    disj,
    implies,
    neg,
    numeral,
)

PARTS = {"p": z3.Bool("p"), "q": z3.Bool("q"), "r": z3.Bool("r"),
         TRUE: z3.BoolVal(True), FALSE: z3.BoolVal(False)}  # fmt: skip


def same(text, expected):
    solver = z3.Solver()
    names = "".join(f"(declare-const {p} Bool)" for p in "pqr")
    solver.from_string(f"{names}(declare-const x Real)(assert {text})")
    other = z3.Solver()
    other.add(z3.Not(z3.And(*solver.assertions()) == expected))
    return other.check() == z3.unsat


@pytest.mark.parametrize("count", [1, 2, 3])
def test_connectives_say_what_their_names_say(count):
    for parts in product(PARTS, repeat=count):
        exact = [PARTS[p] for p in parts]
        assert same(conj(*parts), z3.And(*exact)), parts
        assert same(disj(*parts), z3.Or(*exact)), parts
        if count == 2:
            assert same(implies(*parts), z3.Implies(*exact)), parts
        if count > 1:
            for text in (conj(*parts), disj(*parts)):
                assert text in (TRUE, FALSE) or not {TRUE, FALSE} & set(text.strip("()").split())
    assert (conj(), disj()) == (TRUE, FALSE)
    assert (conj("p", "p"), disj("q", "q", "q")) == ("p", "q")


def test_a_negation_turns_a_relation_and_undoes_another():
    x = z3.Real("x")
    relations = {"(< x 1)": x < 1, "(> x 1)": x > 1, "(<= x 1)": x <= 1, "(>= x 1)": x >= 1,
                 "(= x 1)": x == 1}  # fmt: skip
    for text, exact in relations.items():
        assert same(neg(text), z3.Not(exact))
        assert same(neg(neg(text)), exact)
        assert neg(text).startswith("(not") is (text == "(= x 1)")
    assert (neg(TRUE), neg(FALSE), neg("p"), neg(neg("p"))) == (FALSE, TRUE, "(not p)", "p")
    assert neg(neg("(= x 1)")) == "(= x 1)"
    assert neg("(and (< x 1) p)") == "(not (and (< x 1) p))"


@pytest.mark.parametrize("value", ["0", "3", "-3", "1/2", "-7/3"])
def test_a_number_is_exact(value):
    exact = Fraction(value)
    texts = numeral(sp.Rational(value)), numeral(fmpq(exact.numerator, exact.denominator))
    for text in texts:
        assert same(f"(= x {text})", z3.Real("x") == z3.RealVal(value))
    assert texts[0] == texts[1]
    assert numeral(sp.Integer(-3)) == "(- 3)"


@pytest.mark.parametrize("value", [-2, 0, 3])
def test_a_number_compared_with_zero_is_true_or_false(value):
    constant = fmpq_mpoly_ctx.get(("x",), Ordering.lex).constant(fmpq(value))
    assert [atomic_formula(relation, constant) for relation in "<=>"] == [
        TRUE if holds else FALSE for holds in (value < 0, value == 0, value > 0)
    ]
