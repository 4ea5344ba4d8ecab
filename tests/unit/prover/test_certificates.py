"""Coefficient certificates: found where a reader would find them, told, and checked by expanding.

A certificate that was tampered with, in whatever place, is caught.
"""

import pickle
from dataclasses import fields, is_dataclass, replace

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.prover import CoefficientCertificate, Proof, prove
from gametheory_eeu.prover.certificate import (
    Contradiction,
    FactorSign,
    Inference,
    KnownSign,
    RelationSign,
    Substitution,
)

x, y, z, t = sp.symbols("x y z t", real=True)
k = sp.Symbol("k", integer=True, positive=True)
CHAIN = "0 < c < tau < lam <= 1"

CASES = {
    "a chain": ("tau - c + lam*c > c*tau", CHAIN),
    "product of given signs": ("(tau - c)*(lam - tau)/(1 + lam) > 0", CHAIN),
    "an interval, open": (x**2 < x, [0 < x, x < 1]),
    "an interval, closed": (x**2 <= x, [x >= 0, x <= 1]),
    "an interval, half open": (1 - x**2 > 0, [x >= 0, x < 1]),
    "the other half": (x * (2 - x) > 0, [x > 0, x <= 1]),
    "even powers of a free symbol": (x**2 + y > 0, [y > 0]),
    "a linear equation": (x + y < 2, [sp.Eq(x, 1 - 2 * y), y > 0]),
    "slope of known sign": (x > 0, [x * y >= z, y > 0, z > 0]),
    "a bound that is a quotient": (x - y > 0, [x > y / (1 - y), y > 0, y < 1]),
    "two constraints added": ("g > v", ["v + d < r", "r <= g - k", "d >= 0", "k >= 0"]),
    "no factor of a positive product is zero": (x > 0, [x >= 0, y >= 0, x * y > 0]),
    "nor of one that is not zero": (x > 0, [x >= 0, sp.Ne(x * y, 0)]),
    "whole numbers": (sp.Ge(k * (k + 1), 2, evaluate=False), ()),
    "not equal": (sp.Ne(x + y, 0), [x > 0, y > 0]),
    "an identity": ("(x + 1)^2/(x + 1) == x + 1", "x > 0"),
    "and, or, not": ("x + y > 0 and (y < 0 or x*y > 0) and not x < 0", "x > 0 and y > 0"),
    "an implication": (sp.Implies(x > 1, x**2 > 1), ()),
    "both ways": ("(x > 1 => x*y > y) and (x*y > y => x > 1)", "y > 0"),
    "the larger": (sp.Max(x, y) >= (x + y) / 2, ()),
    "absolute values": (sp.Abs(x) + sp.Abs(y) >= x + y, ()),
    "the sign": (x * sp.sign(x) >= 0, ()),
    "a branch that divides": (sp.Piecewise((1 / x, x > 0), (1, True)) > 0, ()),
    "a constraint that says or": (x**2 > 1, sp.Or(x > 1, x < -1)),
    "a case that cannot be": (x / y <= 1, [y > 0, sp.Or(x <= 0, x <= y)]),
}
NOT_FOUND = {
    "false": (x > 1, [x > 0]),
    "false at the boundary": (x > 0, [x >= 0]),
    "undefined at a point": (1 / x >= 0, [x >= 0]),
    "a premise that divides": (sp.Implies(1 / x > 0, x > 0), ()),
    "of degree four": (x**4 - x + 1 > 0, ()),
    "a root": (sp.sqrt(x) >= 0, [x >= 0]),
    "an open Piecewise": (sp.Piecewise((1, x > 0)) > 0, ()),
}


def certificate(name):
    statement, given = CASES[name]
    proof = prove(statement, given)
    assert (proof.verdict, proof.method) == ("proved", "coefficient certificate")
    assert isinstance(proof.certificate, CoefficientCertificate)
    return proof


@pytest.mark.parametrize("name", CASES)
def test_found_told_and_confirmed_by_three_routes(name):
    proof = certificate(name)
    assert proof.recheck() is True
    for solver in ("z3", "cvc5"):
        assert prove(proof.statement, proof.space, solver=solver).verdict == "proved"
    assert str(proof.certificate)
    assert proof.to_latex().startswith("Proved: $")
    assert pickle.loads(pickle.dumps(proof)) == proof  # noqa: S301 - our own


@pytest.mark.parametrize("name", NOT_FOUND)
def test_not_found(name):
    assert prove(*NOT_FOUND[name]).method != "coefficient certificate"


def test_a_reader_sees_the_substitutions_and_the_coefficients():
    proof = prove("x*(2 - x) > y", ["0 < x <= 1", "0 < y < x"])
    told = str(proof.certificate)
    assert "s_x" in told
    assert "whose coefficients are all" in told
    assert "given" in str(prove(x > 0, given=[x > 0]).certificate)


def test_parameters_do_not_take_a_name_of_yours():
    s = sp.Symbol("s_x", real=True)
    proof = prove(x * s < s, [x > 0, x < 1, s > 0])
    assert proof.recheck() is True
    proof = prove(x**2 * s < s, [x > 0, x < 1 - s, s > 0])
    assert proof.recheck() is True


def test_the_statement_and_the_space_are_those_of_the_proof():
    found = prove(x > y, [x > z, z > y])
    for statement, given in ((x > z, [x > z, z > y]), (x > y, [x > z]), (x > y, [x >= z, z >= y])):
        planted = Proof(statement, Space.of(given), "proved", found.method, found.certificate)
        held = statement == (x > z)
        assert planted.recheck() is False, held


def changed(node, spoil):
    """Every certificate that differs from a given one in one place."""
    for field in fields(node) if is_dataclass(node) else ():
        part = getattr(node, field.name)
        for new in spoil(node, field.name, part):
            yield replace(node, **{field.name: new})
        parts = part if isinstance(part, tuple) else (part,)
        for place, inner in enumerate(parts):
            if is_dataclass(inner):
                for new in changed(inner, spoil):
                    whole = (*parts[:place], new, *parts[place + 1 :])
                    yield replace(node, **{field.name: whole if part is parts else new})


SIGNS = ["+", "-", ">=0", "<=0", "0", "?"]


def spoilt(node, name, part):
    """Values that say something else than the part."""
    if part == 0 or (isinstance(node, KnownSign) and node.kind == "=="):
        return [part + 1] if isinstance(part, sp.Expr) else []
    if part is None:
        return []
    if name in ("expression", "above", "below", "polynomial", "factor", "constant"):
        more = [] if name == "below" else [part + 1]  # 0/2 says what 0/1 does
        return [*more, -part, part * x]
    if name == "sign":
        stronger = {">=0": ["+"], "<=0": ["-"]}.get(part, [])
        return stronger + [s for s in "+-" if s not in (part, *stronger)]
    if name == "positive":
        return [(sp.Symbol("other"),)] if part else []
    if name == "nonnegative":
        return []
    if name == "source" and not isinstance(part, tuple):
        return [part.negated, sp.Gt(x + y + z + t, 5)]
    return []


@pytest.mark.parametrize("name", CASES)
def test_a_tampered_certificate_is_caught(name):
    proof = certificate(name)
    planted = list(changed(proof.certificate, spoilt))
    assert planted or name == "an identity"
    for spoiled in planted:
        assert spoiled.recheck(proof.statement, proof.space) is False, spoiled


def test_a_parameter_that_is_only_not_negative_cannot_be_called_positive():
    known = KnownSign(x, ">=", x >= 0)
    s = sp.Symbol("s", real=True)
    for positive, sign, right in (((), ">=0", True), ((s,), "+", False), ((), "+", False)):
        weak = () if positive else (s,)
        step = Substitution(x, s, sp.Integer(1), positive, weak, (known,))
        factor = FactorSign(x, 1, sign, None, (step,), s)
        claim = x >= 0 if sign == ">=0" else x > 0
        found = CoefficientCertificate(RelationSign(claim, (), sp.Integer(1), (factor,)))
        assert found.recheck(claim, Space.of(x >= 0)) is right


def test_no_case_may_be_left_out_and_nothing_more_assumed():
    statement = sp.Max(x, y) >= x
    proof = prove(statement)
    assert isinstance(proof.certificate, CoefficientCertificate)
    tree = proof.certificate.reasoning
    assert isinstance(tree, Inference)
    fewer = replace(tree, parts=tree.parts[:1])
    assert CoefficientCertificate(fewer).recheck(statement, proof.space) is False
    swapped = replace(tree, parts=tree.parts[::-1])
    assert CoefficientCertificate(swapped).recheck(statement, proof.space) is False


@pytest.mark.parametrize("place", [0, 1])
def test_each_part_of_a_conjunction_must_hold(place):
    statement = sp.And(x + 1 > 0, y + 1 > 0, evaluate=False)
    proof = prove(statement, given=[x > 0, y > 0])
    assert isinstance(proof.certificate, CoefficientCertificate)
    tree = proof.certificate.reasoning
    assert isinstance(tree, Inference)
    parts = list(tree.parts)
    part = parts[place]
    assert isinstance(part, RelationSign)
    parts[place] = replace(part, constant=-part.constant)
    planted = CoefficientCertificate(replace(tree, parts=tuple(parts)))
    assert planted.recheck(statement, proof.space) is False


def test_what_cannot_be_must_be_shown():
    known = KnownSign(sp.Integer(-1), ">", ((sp.Integer(1), KnownSign(x, ">", x > 0)),))
    claim = sp.Lt(x, 0, evaluate=False)
    planted = CoefficientCertificate(Contradiction(claim, (), known))
    assert planted.recheck(claim, Space.of(x > 0)) is False


def test_no_fact_may_rest_on_itself():
    first = KnownSign(x, ">", x > 0)
    object.__setattr__(first, "source", ((sp.Integer(1), first),))
    factor = FactorSign(x, 1, "+", first)
    planted = CoefficientCertificate(RelationSign(x > 0, (), sp.Integer(1), (factor,)))
    with pytest.raises(RecursionError):
        planted.recheck(x > 0, Space.of((), symbols=[x]))


@pytest.mark.parametrize(("statement", "given"), [
    ("m == 1 - k/l => a*(m*l - l + k) + x == x", ["0 < l", "0 <= a"]),
    ("p + a*x + c*y == p + b*x + d*y", ["a == b", "c == d", "a >= 0", "b >= 0", "c >= 0"]),
])  # fmt: skip
def test_equations_that_make_the_difference_vanish_are_confirmed(statement, given):
    proof = prove(statement, given=given)
    assert proof.verdict == "proved"
    assert proof.recheck() is True


SQUARES = {
    "three squares": ("a^2 + b^2 + c^2 >= a*b + b*c + c*a", ()),
    "the means of three": ("a^3 + b^3 + c^3 >= 3*a*b*c", "a >= 0 and b >= 0 and c >= 0"),
    "a negative discriminant": ("x^2 - x + 1 > 0", ()),
    "the opposite of squares": ("2*x*y - x^2 - 2*y^2 <= 0", ()),
    "with a number": ("x^2 + y^2 + 1 > x + y", ()),
}


@pytest.mark.parametrize("name", SQUARES)
def test_a_polynomial_of_degree_two_is_a_sum_of_squares(name: str) -> None:
    found = prove(*SQUARES[name])
    assert (found.verdict, found.method) == ("proved", "coefficient certificate")
    assert found.recheck() is True
    assert "squares" in found.to_latex()


def test_no_sum_of_squares_where_there_is_none() -> None:
    assert prove("x^2 + 3*x*y + 2*y^2 >= 0").verdict == "refuted"
    assert prove("x^2 - x + 1/4 > 0").verdict == "refuted"
