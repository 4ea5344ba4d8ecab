"""Unspecified functions: declarations, axioms, refutations, errors."""

import pickle
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import distribution, function, prove
from gametheory_eeu.core.results import pack, unpack
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.prover import Sign, sign

a, b, x, y = sp.symbols("a b x y", real=True)
C = sp.Symbol("C", real=True)
u = function("u", increasing=True, concave=True, on=(0, "oo"), at={0: 0})
v = function("v", increasing=True)
F = distribution("F", on=(0, "C"), increasing_hazard=True)


def travelled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - its own


def verdict(statement: Any, *given: Any) -> str:
    proof = prove(statement, given=list(given))
    assert not proof.vacuous
    assert proof.recheck() is (None if proof.verdict == "unknown" else True)
    return str(proof.verdict)


def test_derivatives_are_functions_of_their_own() -> None:
    f = function("f", variables=2)
    assert str(sp.diff(u(x * y), x, 2)) == "y**2*u''(x*y)"
    assert str(sp.diff(f(x, x * y), x, y)) == "x*y*f_22(x, x*y) + x*f_12(x, x*y) + f_2(x, x*y)"
    assert sp.latex(sp.diff(u(x), x)) == r"u'\left(x\right)"
    assert str(sp.diff(u(x), x, 5)) == "u^(5)(x)"


def test_they_travel() -> None:
    statement = sp.Gt(sp.diff(u(x), x), F(y))
    assert travelled(statement) == statement
    assert unpack(travelled(pack(statement))) == statement
    proof = prove(u(2 * x) > u(x) * sp.Rational(3, 2), given=x > 0)
    copy = travelled(proof)
    assert copy == proof
    assert copy.recheck() is True


def test_one_declaration_is_one_function() -> None:
    assert function("v", increasing=True)(x) == v(x)
    assert function("v", decreasing=True)(x) != v(x)


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (u(x + 1) > u(x), [x >= 0]),
        (u(x) / x > sp.diff(u(x), x), [x > 0]),
        (u(x / 2 + y / 2) > u(x) / 2 + u(y) / 2, [0 <= x, x < y]),
        (sp.Eq(u(x * y), u(y * x)), [x > 0, y > 0]),
        (sp.Eq(u(x), u(y)), [x >= 0, sp.Eq(x, y)]),
        (sp.Eq(x, y), [x >= 0, y >= 0, sp.Eq(u(x), u(y))]),
        (u(u(x)) > 0, [x > 0]),
        (v(v(x)) < v(v(x + 1)), []),
        ((1 - F(a)) * sp.diff(F(b), b) >= (1 - F(b)) * sp.diff(F(a), a), [0 < a, a < b, b < C]),
    ],
    ids=["rises", "average", "Jensen", "one argument", "equal", "one to one", "nested", "twice",
         "hazard"],
)  # fmt: skip
def test_proved(statement: Any, given: list[Any]) -> None:
    assert verdict(statement, *given) == "proved"


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (u(x) > x, [x > 0]),
        (sp.diff(u(x), x, 3) > 0, [x > 0]),
        (sp.diff(v(x), x, 2) <= 0, []),
        (v(x) + v(y) > 2 * v(x / 2 + y / 2), [x < y]),
        (F(x) > x / C, [0 < x, x < C]),
        (1 / sp.diff(u(x), x, 3) < 5, [x > 0]),
    ],
    ids=["level", "prudence", "curvature", "convexity", "uniform", "undefined"],
)
def test_refuted_by_an_actual_function(statement: Any, given: list[Any]) -> None:
    assert verdict(statement, *given) == "refuted"


def test_the_refuting_function_has_the_properties() -> None:
    proof: Any = prove(u(x) > x, given=x > 0)
    actual = proof.functions["u"]
    ((point, value),) = proof.witnesses[0].items()
    assert point == x
    assert actual(value) <= value
    assert actual(0) == 0
    z = actual.variables[0]
    assert all(sp.diff(actual.expr, z).subs(z, t) > 0 for t in (sp.Rational(1, 3), 1, 2, 50))
    assert "It fails at x = " in str(proof)
    assert "with u = " in str(proof)


def test_a_wrong_function_is_not_confirmed() -> None:
    proof: Any = prove(u(x) > x, given=x > 0)
    z = sp.Symbol("z", real=True)
    for formula in (z / 2, z**2 / 2, -z, sp.sqrt(z) + 1):
        wrong = type(proof)(**{**vars(proof), "functions": {"u": sp.Lambda((z,), formula)}})
        assert wrong.recheck() is False


def test_homogeneous_and_inada() -> None:
    g = function("g", homogeneous="1", variables=2, on=(0, "oo"))
    euler = sp.Eq(x * sp.diff(g(x, y), x) + y * sp.diff(g(x, y), y), g(x, y))
    assert verdict(euler, x > 0, y > 0) == "proved"
    w = function("w", increasing=True, concave=True, on=(0, "oo"), inada="both")
    assert verdict(sp.diff(w(x), x) > 1, x > 0) == "refuted"


def test_several_variables() -> None:
    f = function("f", variables=2, increasing=True, concave=True, on=(0, "oo"))
    box = function("h", variables=2, signs={(1, 0): ">", (0, 1): "<"}, bounded=(0, 1), on=(0, 1))
    assert verdict(f(x + 1, y) > f(x, y), x > 0, y > 0) == "proved"
    tangent = f(x, y) + (a - x) * sp.diff(f(x, y), x)
    assert verdict(f(a, y) < tangent, x > a, a > 0, y > 0) == "proved"
    assert verdict(sp.diff(f(x, y), x, y) <= 0, x > 0, y > 0) == "refuted"
    assert verdict(box(x, y) > x, 0 < x, x < 1, 0 < y, y < 1) == "refuted"
    proof: Any = prove(sp.diff(f(x, y), x, y) <= 0, given=[x > 0, y > 0])
    first, second = sp.symbols("s t", real=True)
    for formula in (first * second, -first - second, first + second, 1 / (first - second)):
        wrong = {"f": sp.Lambda((first, second), formula)}
        assert type(proof)(**{**vars(proof), "functions": wrong}).recheck() is False


def test_two_functions_of_one_name_are_refused() -> None:
    other = function("u", decreasing=True, on=(0, "oo"))
    with pytest.raises(SpaceError, match=r"two different functions of one name.*u' > 0.*u' < 0"):
        prove(u(x) > other(x), given=x > 0)


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"increasing": True, "decreasing": True}, "increasing=True and decreasing=True"),
        ({"concave": True, "signs": {2: ">"}}, "contradict each other"),
        ({"concave": True, "positive": True}, "v > 0, v'' < 0"),
        ({"concave": True, "increasing": True, "bounded": (0, 1)}, "v'' < 0, 0 <= v <= 1"),
        ({"increasing": True, "at": {0: 1, 1: 0}}, r"v' > 0, v\(0\) = 1, v\(1\) = 0"),
        ({"convex": True, "concave": True, "variables": 2}, "concave and convex"),
    ],
    ids=["monotone", "curvature", "positive", "bounded", "values", "Hessian"],
)
def test_contradictions_are_named(properties: dict[str, Any], message: str) -> None:
    with pytest.raises(GameTheoryError, match=message):
        function("v", **properties)


def test_other_refusals() -> None:
    with pytest.raises(UnknownNameError, match="increasing"):
        function("v", rising=True)
    with pytest.raises(ParameterError, match="value in"):
        u(-1)
    with pytest.raises(ParameterError, match="for that many variables"):
        u(x, y)
    with pytest.raises(SpaceError, match=r"outside the domain.*x >= 0"):
        prove(u(x) > 0)
    with pytest.raises(UnsupportedError, match="itself depends on C"):
        sp.diff(F(x), C)


def test_a_domain_with_symbols_is_substituted() -> None:
    claim = sp.Lt(F(x), 1)
    for at_two in (claim.subs(C, 2), claim.xreplace({C: sp.Integer(2)})):
        assert at_two.free_symbols == {x}
        assert prove(at_two, given=[0 < x, x < 2]).verdict == "proved"


def test_contradictory_premises_are_vacuous() -> None:
    proof = prove(x > 0, given=[v(x) > v(y), x < y])
    assert proof.vacuous
    assert any(condition.has(v) for condition in proof.clash)


def test_signs() -> None:
    found: Sign = sign(sp.diff(v(x), x, 2))
    assert (found.verdict, found.recheck()) == ("depends", True)
    known = sign(sp.diff(u(x), x, 2) / sp.diff(u(x), x), given=x > 0)
    assert (known.sign, known.recheck()) == ("-", True)


def test_interior_statics_of_a_game() -> None:
    k = sp.Symbol("k", real=True)
    p = function("p", increasing=True, concave=True, on=(0, "oo"), at={0: 0})
    game = eeu.ContinuousGame({"1": k * p(x) - x}, choices={"1": "x >= 0"}, given="k > 0")
    (row,) = eeu.interior_statics(game)
    assert (row.sign, row.verdict) == ("+", "proved")


def test_a_function_has_a_value_at_an_end_of_its_domain_and_a_derivative_inside() -> None:
    x = sp.Symbol("x", real=True)
    u = function("u", increasing=True, on=(0, "oo"))
    assert prove(u(0) < u(1)).verdict == "proved"
    assert prove(u(0) > u(1)).verdict == "refuted"
    assert prove(u(x) < u(1), given=["x >= 0", "x < 1"]).verdict == "proved"
    with pytest.raises(SpaceError, match=r"outside the domain.*x > 0"):
        prove(sp.diff(u(x), x) > 0, given=["x >= 0"])
