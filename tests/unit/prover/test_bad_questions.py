"""Questions the prover cannot take, and what it says of those it can take only in part."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, SpaceError, UnsupportedError
from gametheory_eeu.prover import prove, sign, simplify

x, y = sp.symbols("x y", real=True)
z = sp.Symbol("z")


@pytest.mark.parametrize("symbol", [sp.Symbol("u", imaginary=True), sp.Symbol("u", infinite=True)])
def test_a_symbol_that_is_not_real(symbol):
    with pytest.raises(SpaceError, match="the symbol u is not real"):
        prove(sp.Eq(symbol**2, x, evaluate=False))


def test_two_symbols_of_one_name():
    with pytest.raises(SpaceError, match=r"two different symbols are called x.*against positive"):
        prove(x > 0, given=sp.Symbol("x", positive=True) > 1)


@pytest.mark.parametrize("what", [x, 3, "x + 1", None, sp.Symbol("p")])
def test_not_a_relation(what):
    with pytest.raises((SpaceError, ParameterError), match=r"not a statement|None"):
        prove(what)


@pytest.mark.parametrize("given", [x, "x + 1", [x > 0, "y"]])
def test_a_given_that_is_no_condition(given):
    with pytest.raises(SpaceError, match="is not a condition"):
        prove(x > 0, given)


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        (sp.erf(x), "erf"),
        (sp.cos(x), "cos"),
        (sp.floor(x), "floor"),
        (sp.Function("f")(x), "f"),
        (sp.Sum(x, (y, 1, 3)), "Sum"),
    ],
)
def test_an_unknown_function_is_named_whatever_is_asked(expression, name):
    claim = sp.Gt(expression, 0, evaluate=False)
    for ask in (prove, simplify):
        with pytest.raises(UnsupportedError, match=f"does not decide {name}"):
            ask(claim)
    with pytest.raises(UnsupportedError, match=f"does not decide {name}"):
        sign(expression)
    with pytest.raises(UnsupportedError, match=f"does not decide {name}"):
        prove(x > 0, given=claim)


def test_a_complex_number_is_refused():
    with pytest.raises(UnsupportedError, match="does not decide ImaginaryUnit"):
        prove(sp.Ne(sp.I * z, 1, evaluate=False))


def test_what_is_given_contradicts_itself():
    proof = prove(y > 7, given=[x > 1, y < 2, x < 1])
    assert (proof.verdict, proof.vacuous) == ("proved", True)
    assert set(proof.clash) == {x > 1, x < 1}
    assert "Nothing obeys x > 1 and x < 1" in str(proof)


def test_a_symbol_without_a_domain_ranges_over_all_reals():
    proof = prove(x * y > 0, given=x > 0)
    assert proof.verdict == "refuted"
    assert "for all x, y with x > 0" in str(proof)
    assert prove(z**2 >= 0).verdict == "proved"


def test_undefined_inside_the_space_says_where():
    for claim, given in (
        (1 / (x - y) < 2, [x > 0, y > 0, x <= y]),
        (sp.log(x) < 9, [x >= 0, x < 2]),
    ):
        proof = prove(claim, given)
        assert "It is undefined at" in str(proof)
        assert proof.undefined_at
        assert proof.recheck() is True


def test_what_sympy_cancels_before_it_can_be_seen():
    assert prove(sp.Eq(x / x, 1)).verdict == "proved"  # SymPy made it 1 = 1
    assert prove("x/x == 1").undefined_at == ({x: 0},)  # text keeps it


def test_out_of_resources():
    hard = prove("x^4*y^2 + x^2*y^4 + 1 >= 3*x^2*y^2", rlimit=1)
    assert hard.verdict == "unknown"
    assert "limit" in hard.why
    assert hard.recheck() is None


@pytest.mark.parametrize("rlimit", [0, -1, 2**32, 0.5, True, "many"])
def test_a_limit_that_is_none(rlimit):
    with pytest.raises(ParameterError, match=r"a whole number from 1 to 2\*\*32 - 1"):
        prove(x > y, rlimit=rlimit)


def test_an_unknown_solver():
    with pytest.raises(ParameterError, match="'any', 'z3' or 'cvc5'"):
        prove(x > y, solver="yices")


def test_a_space_remembers_that_a_number_may_be_undecided():
    near = sp.sqrt(2) ** sp.sqrt(2) - sp.exp(sp.sqrt(2) * sp.log(2) / 2)
    assert Space.of(x >= 0).contains({x: near + 1})


@pytest.mark.parametrize("symbols", [{"x": "y"}, {"x": 3}, {"x": 2 * x}, [3]])
def test_what_is_no_symbol_is_refused_by_its_name(symbols):
    with pytest.raises(ParameterError, match=r"symbols = .* is not allowed"):
        prove("x > 0", symbols=symbols)
