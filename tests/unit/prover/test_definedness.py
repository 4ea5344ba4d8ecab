"""A statement that is undefined somewhere is not proved, by whatever route; nor is what is folded.

A base that becomes zero in a case or is a zero in disguise, constants that are no real numbers, and
certificates whose own recheck must agree.
"""

from itertools import product

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import TextError
from gametheory_eeu.prover import CoefficientCertificate, prove, sign
from gametheory_eeu.prover.certificate_search import certificate_tree
from gametheory_eeu.prover.sign_abstraction import SignAbstraction, is_satisfied
from gametheory_eeu.prover.smt_query import split

x, y = sp.symbols("x y", real=True)

ZERO_BASES = [
    ("1/abs(x) >= 0", "", {x: 0}),
    ("x/abs(x) <= 1", "", {x: 0}),
    ("1/sqrt(x**2) >= 0", "", {x: 0}),
    ("abs(1/x) >= 0", "", {x: 0}),
    ("1/(1/abs(x)) == abs(x)", "", {x: 0}),
    ("1/sign(x)**2 == 1", "", {x: 0}),
    ("1/max(0, -x) >= 0", "x > 0", {x: 1}),
    ("1/min(0, x) <= 0", "x > 0", {x: 1}),
    ("0/max(0, -x) == 0", "x > 0", {x: 1}),
    ("1/(max(x, y) - x) >= 0", "x > y", {x: 0, y: -1}),
    ("1/((x+1)**2 - x**2 - 2*x - 1) + 5 > 0", "", {x: 0}),
    ("x > 1 => 1/((x+1)**2 - x**2 - 2*x - 1) + 5 > 0", "x > 0", {x: 2}),
    ("1/(1/2*((x+1)**2 - x**2 - 2*x - 1)) >= 0", "", {x: 0}),
    ("1/Piecewise((0, x > 0), (1, True)) >= 0", "", {x: 1}),
    ("1/(1/Piecewise((0, x > 0), (1, True))) >= 0", "", {x: 1}),
    ("Piecewise((1, 1/abs(x) > 0), (1, True)) == 1", "", {x: 0}),
    ("max(1/abs(x), 1) >= 1", "", {x: 0}),
    ("Piecewise((1, x > 0)) == 1", "", {x: 0}),
    ("0*Piecewise((1, x > 0)) == 0", "", {x: 0}),
    ("Piecewise((1, x > 0)) - Piecewise((1, x > 0)) == 0", "", {x: 0}),
]


@pytest.mark.parametrize(("statement", "given", "at"), ZERO_BASES)
def test_a_base_that_is_zero_makes_a_claim_undefined(statement, given, at):
    proof = prove(statement, given=[given] if given else ())
    assert (proof.verdict, proof.undefined_at) == ("refuted", (at,))
    assert proof.recheck() is True
    assert (
        certificate_tree(proof.statement, split(proof.space, proof.statement.free_symbols)[0])
        is None
    )


UNREAL = [
    "sqrt(-2) != x", "abs(sqrt(-4)) == 2", "log(-1) != 1", "(-2)**x != 0", "sqrt(-2)**2 == -2",
    "(-8)**(1/3) == -2", "(-8)**(2/3) == 4", "(-8)**(1/3) != x", "(-1)**x != 0", "0**(-1) != 1",
    "1/(1 - 1) != x", "1/(x - x) != 1", "log(0) != 1", "log(1 - 1) < 0", "1/log(1) > 0",
    "x/log(1) != 1", "0*log(-1) == 0", "exp(log(-1)) == -1", "exp(log(0)) == 0", "erfinv(2) != 1",
    "erfinv(1) > 0", "0*erfinv(1) == 0", "max(1, sqrt(-1)**2) == 1", "min(sqrt(-1)**4, 3) == 1",
    "sqrt(1 - 2)**2 == -1", "log(-2)/log(-2) == 1", "sqrt(-2)*sqrt(-2) == -2",
    "sqrt(-2) - sqrt(-2) == 0", "sign(sqrt(-1)**2) == -1", "((-1)**(1/2))**4 == 1",
    "2**sqrt(-1) != 1", "sqrt(sqrt(2) - 2)**2 < 0", "abs(log(-1)) > 3", "log(-1)**2 < 0",
    "((-2)**x)**2 != 0", "sqrt(2 - 3)*sqrt(3 - 4) == -1", "x > 0 or abs(sqrt(-1)) == 1",
    "Piecewise((1, sqrt(-1)**2 == -1), (2, True)) > 0", "0**(-x**2) == 0", "not sqrt(-1) == 1",
    "sqrt(-1)**2 == -1 and x**2 >= 0", "x < 0 => sqrt(-1)**2 == -1", "x*sqrt(-4) == 0",
    "sqrt(-x**2 - 1)**2 < 0", "log(-x**2)/log(-x**2) == 1", "CRootOf(x**3 - 2, 0)**0.5*log(-1) < 9",
]  # fmt: skip


@pytest.mark.parametrize("statement", UNREAL)
def test_what_is_said_of_a_constant_that_is_no_real_number_is_undefined(statement):
    proof = prove(statement)
    assert proof.verdict == "refuted"
    assert proof.witnesses == () != proof.undefined_at
    assert proof.recheck() is True


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("sqrt(2)**2 == 2", "proved"),
        ("(-8)**3 == -512", "proved"),
        ("1**x == 1", "proved"),
        ("(-1)**2*x == x", "proved"),
        ("log(1/2) < 0", "proved"),
        ("exp(log(2)) == 2", "proved"),
        ("8**(1/3) == 2", "proved"),
        ("x**2 > 0 or sqrt(-1) == 1 or x == 0", "proved"),
        ("sqrt(2) > 2", "refuted"),
    ],
)
def test_constants_that_are_real_numbers_are_what_they_were(statement, verdict):
    proof = prove(statement)
    assert (proof.verdict, proof.undefined_at) == (verdict, ())


@pytest.mark.parametrize(
    ("payoff", "constant"),
    [
        ("sqrt(-4)**2", "sqrt(-4)"),
        ("x*sqrt(-1)**2", "sqrt(-1)"),
        ("abs(sqrt(1 - 2))", "sqrt(-1)"),
        ("(-8)**(2/3)", "(-8)**(2/3)"),
        ("0*log(-1)", "log(-1)"),
        ("erfinv(1)", "erfinv(1)"),
        ("max(0, log(0))", "log(0)"),
        (sp.Pow(sp.sqrt(-4, evaluate=False), 2, evaluate=False), "sqrt(-4)"),
        (x * sp.log(-1, evaluate=False) ** 2, "log(-1)"),
        (sp.Abs(sp.Pow(0, -1, evaluate=False), evaluate=False), "1/0"),
    ],
)
def test_a_payoff_that_holds_one_is_refused_and_the_constant_named(payoff, constant):
    with pytest.raises(eeu.errors.GameTheoryError) as refused:
        eeu.NormalForm([[payoff, 0], [0, 1]], [[1, 0], [0, 1]])
    assert f"{constant} is not a finite real number" in str(refused.value)


def test_a_constraint_that_holds_one_is_refused_and_the_constant_named():
    with pytest.raises(TextError, match=r"sqrt\(-1\) is not a finite real number"):
        prove("x > 0", given="sqrt(-1)**2 == -1 and x > 0")


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("x == 0", "x**2 == 0"),
        ("x == y", "(x - y)**2 == 0"),
        ("x == 0", ["x**3*y == 0", "y > 0"]),
        ("x - y >= 0", ["(x - y)**2*(x + 1) == 0", "x + 1 > 0"]),
        ("-x/y**2 + 2 - 2/y**3 > 0 => 2*y**3 > x*y + 2", "x > 0 and y >= 0 and x <= 2 and x < y"),
        ("y > 0", ["y >= 0", "x/y > 0"]),
        ("0 >= y", ["1/(x - y) >= 0", "x**2 == 0"]),
        ("1/2*((x + 1)**2 - x**2 - 2*x - 1) >= 0", ()),
        ("x*y > 0", ["y >= 0", "x >= 0", "1/x - 1/y > 0"]),
    ],
)
def test_a_certificate_of_something_true_is_confirmed(statement, given):
    proof = prove(statement, given=given)
    assert isinstance(proof.certificate, CoefficientCertificate)
    assert proof.recheck() is True


def test_the_signs_of_a_formula_whose_certificates_are_confirmed():
    table = eeu.comparative_statics(
        "2*y + x/y + 1/y**2", given="x > 0 and y >= 0 and x <= 2 and x < y"
    )
    assert [(row.verdict, row.recheck()) for row in table] == [("proved", True), ("depends", True)]


@pytest.mark.parametrize(
    ("statement", "given", "verdict"),
    [
        ("max(x*y/y, sqrt(x) - 1) >= 0", "x >= 0", "refuted"),
        ("max(x*y/y, sqrt(x) - 1) >= 0", "x >= 0 and y != 0", "proved"),
    ],
)
def test_a_maximum_with_a_quotient_and_a_root_is_checked_again(statement, given, verdict):
    proof = prove(statement, given=given)
    assert (proof.verdict, proof.recheck()) == (verdict, True)
    assert sign("max(x*y/y, sqrt(x) - 1)", given="x >= 0 and y > 0").recheck() is True


def test_a_logarithm_whose_value_is_a_whole_number_is_enclosed():
    three = sp.log(sp.exp(3, evaluate=False), evaluate=False)
    assert prove(sp.Gt(three, x, evaluate=False), given=x < 2).verdict == "proved"
    assert prove(sp.Gt(three, x, evaluate=False)).witnesses != ()
    assert prove(sp.Eq(three, 3, evaluate=False)).verdict == "proved"


def test_conditions_without_a_case_and_nested_cases_are_read_or_refused_by_name():
    with pytest.raises(TextError, match="no case of a Piecewise ever holds"):
        prove("Piecewise((1, 2 < 1)) >= 0")
    proof = prove("abs(sqrt(Piecewise((x, y >= 0), (-1, True)))) >= 0")
    assert (proof.verdict, proof.recheck()) == ("refuted", True)
    assert proof.undefined_at


def test_a_certificate_that_cannot_be_expanded_shows_nothing():
    good = prove("1/x > 0", given="x > 0")
    bad = sp.Gt(1 / sp.Abs(x), 0, evaluate=False)
    assert isinstance(good.certificate, CoefficientCertificate)
    assert good.certificate.recheck(good.statement, good.space) is True
    assert good.certificate.recheck(bad, Space.of(x > 0)) is False


@pytest.mark.parametrize(
    "condition",
    [
        sp.Implies(1 / x > 0, 1 / x > 0, evaluate=False),
        sp.Not(sp.Implies(1 / x > 0, 1 / x <= -1), evaluate=False),
        sp.ITE(y > 0, 1 / x > 0, x > 1, evaluate=False),
        sp.Not(sp.And(1 / x > 0, y > 0), evaluate=False),
    ],
)
def test_a_condition_on_signs_is_true_where_it_is_defined_and_true(condition):
    parts = SignAbstraction([condition], Space((x, y)))
    for a, b in product((-2, -1, 0, 1, 2), repeat=2):
        point = {x: sp.Integer(a), y: sp.Integer(b)}
        values = [f(*(int(point[s]) for s in parts.encoder.names)) for f in parts.polynomials]
        signs = {place: (v > 0) - (v < 0) for place, v in enumerate(values)}
        assert is_satisfied(parts.formulas[0], signs) is (truth_value(condition, point) is True)
