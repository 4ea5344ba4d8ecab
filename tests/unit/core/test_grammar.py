"""The text parser: what it reads, what it refuses, and that it never runs anything."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.errors import TextError

x, y, E, beta = (sp.Symbol(name, real=True) for name in ("x", "y", "E", "beta"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7/10", sp.Rational(7, 10)),
        ("1.5e-1", sp.Rational(3, 20)),
        ("-x^2", -(x**2)),
        ("(-x)^2", x**2),
        ("2^3^2", 512),
        ("x**(1/2)", sp.sqrt(x)),
        ("2^x", 2**x),
        ("x - y - 1", x - y - 1),
        ("x/y/2", x / y / 2),
        ("E + beta", E + beta),
        ("weights.Kazakhstan", sp.Symbol("weights.Kazakhstan", real=True)),
        ("max(x, y, 0)", sp.Max(x, y, 0)),
        ("ln(x) + log(x)", 2 * sp.log(x)),
        ("abs(x)", sp.Abs(x)),
        ("0 < x <= y", sp.And(sp.Lt(0, x), x <= y)),
        ("x < 1 and not y < 1 or x == y", sp.Or(sp.And(x < 1, y >= 1), sp.Eq(x, y))),
        ("x < 1 => y < 1", sp.Implies(x < 1, y < 1)),
        ("x != y", sp.Ne(x, y)),
        ("2·x − y ≥ 0", 2 * x - y >= 0),
        ("x ≤ y and x ≠ 0", sp.And(x <= y, sp.Ne(x, 0))),
        ("true", sp.true),
    ],
)
def test_reads(text: str, expected: sp.Basic) -> None:
    assert eeu.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "written", "known"),
    [
        ("x/x", "x/x", {}),
        ("1/y - 1/y", "-1/y + 1/y", {}),
        ("sqrt(x)^2", "(sqrt(x))**2", {}),
        ("exp(ln(x))", "exp(log(x))", {}),
        ("1/x == 1/x", "Eq(1/x, 1/x)", {}),
        ("not 1/x == 1/x", "Ne(1/x, 1/x)", {}),
        ("x/x", "1", {"x": sp.Symbol("x", positive=True)}),
        ("x^0", "1", {"x": sp.Symbol("x", positive=True)}),
        ("sqrt(x)^2/x", "1", {"x": sp.Symbol("x", positive=True)}),
        ("1/x > 0 or true", "True", {}),
        ("sqrt(4*x)", "2*sqrt(x)", {}),
        ("sqrt(x^2)", "Abs(x)", {}),
        ("1/(x*y)", "1/(x*y)", {}),
        ("x/abs(2*y)", "x/(2*Abs(y))", {}),
    ],
)
def test_cancels_only_what_is_defined(text: str, written: str, known: dict[str, Any]) -> None:
    assert str(eeu.parse(text, known=known)) == written


@dataclass(frozen=True)
class Refused:
    text: str
    message: str


REFUSED = [
    Refused("__import__('os').system('true')", "'__import__' is not a function it knows"),
    Refused("().__class__.__bases__", "unexpected"),
    Refused("lambda: 0", "unexpected ':'"),
    Refused("eval(x)", "'eval' is not a function it knows"),
    Refused("x; y", "unexpected ';'"),
    Refused("[1]", r"unexpected '\['"),
    Refused("'x'", 'unexpected "\'"'),
    Refused("x = 1", "unexpected '='"),
    Refused('f"{x}"', "unexpected"),
    Refused("x if y else 1", "unexpected 'if'"),
    Refused("", "it ends too early"),
    Refused("(x", "a parenthesis is not closed"),
    Refused("x +", "it ends too early"),
    Refused("x y", "unexpected 'y'"),
    Refused("1/0", "division by zero"),
    Refused("x/(y - y)", "division by zero"),
    Refused("0^-1", "division by zero"),
    Refused("0^0", "0\\^0 has no value"),
    Refused("x^0", "has no value where x is 0"),
    Refused("1/x > 0 or 1/x <= 0", "forget where this is undefined"),
    Refused("2^(x > 1)", "is a condition where a number is needed"),
    Refused("9^9^9^9", "the power is too large"),
    Refused("x^99999", "the power is too large"),
    Refused("1e99999", "the number is too long"),
    Refused("1" * 1001, "the number is too long"),
    Refused("*".join(["10^999"] * 40), "the number is too large"),
    Refused("+".join(f"1/3^{9999 - i}" for i in range(20)), "the number is too large"),
    Refused("(" * 100 + "x" + ")" * 100, "nested too deeply"),
    Refused("-" * 1000 + "x", "nested too deeply"),
    Refused("x < 1" + " => x < 1" * 1000, "nested too deeply"),
    Refused("x" * 20_001, "at most 20000 are read"),
    Refused("x and y", "is a number where a condition is needed"),
    Refused("(x < 1) + 1", "is a condition where a number is needed"),
    Refused("(x < 1) < 2", "is a condition where a number is needed"),
    Refused("x => y < 1", "is a number where a condition is needed"),
    Refused("sqrt(x, y)", "sqrt takes 1 argument"),
    Refused("sqrt(-1)", "not a finite real number"),
    Refused("sqrt(-1) > 0", "cannot read"),
    Refused("min(sqrt(-1), 1)", "cannot read"),
    Refused("ln(0)", "not a finite real number"),
    Refused("ln(0) < 1", "cannot read"),
    Refused("max(" + ",".join(f"x{i}" for i in range(200)) + ")", "too many arguments"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.text[:40])
def test_refuses(case: Refused) -> None:
    with pytest.raises(TextError, match=case.message):
        eeu.parse(case.text)


def test_an_unknown_name_is_refused_with_a_suggestion() -> None:
    with pytest.raises(TextError, match=r"'trst' names nothing here; did you mean 'trust'\?"):
        eeu.parse("trst + 1", {"trust": x})


def test_hostile_text_is_not_run(tmp_path: Path) -> None:
    target = tmp_path / "made"
    for text in (f"__import__('pathlib').Path({str(target)!r}).touch()", f"open({str(target)!r})"):
        with pytest.raises(TextError, match="text is never run"):
            eeu.parse(text)
    assert not target.exists()


def test_long_sums_and_products_are_read() -> None:
    """Thousands of terms: quadratic work would show."""
    total = eeu.parse(" + ".join(f"a{i}" for i in range(2500)))
    assert len(total.args) == 2500
    product = eeu.parse("*".join(f"a{i}" for i in range(2500)))
    assert len(product.args) == 2500


ALPHABET = "xyE0123456789.+-*/^()<>=!&|~, \t\n'\"[]{}_@:;\\²٣é"
WORDS = ["and", "or", "not", "sqrt(", "ln(", "exp(", "max(", "min(", "abs(", "=>", "**", "<=",
         "1e5", "1/3", "x", "weights.A", "__", "import", "lambda", "(", ")", "-", "<",
         "^2"]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(ALPHABET, max_size=30),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
)


@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = eeu.parse(text)
    except TextError:
        return
    assert isinstance(found, sp.Basic)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("x = 1", "write =="),
        ("2x", r"unexpected 'x' after '2'; for a product write \*"),
        ("sqrt(2(x + 1)) > 0", r"'\(' after '2'; for a product"),
        ("(x + 1) y > 0", r"'y' after '\)'"),
        ("x² > 0", r"unexpected '²'; for a power write \^"),
    ],
)
def test_what_is_written_as_on_paper_is_told_how_to_write(text: str, fix: str) -> None:
    with pytest.raises(TextError, match=fix):
        eeu.parse(text)


numbers = st.fractions(max_denominator=20).map(lambda f: sp.Rational(f.numerator, f.denominator))
symbols = st.sampled_from([x, y, E, beta])
exponents = st.sampled_from([-2, -1, 2, 3, sp.Rational(1, 2), sp.Rational(-3, 2)])


def _grown(smaller: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    return st.one_of(
        st.tuples(smaller, smaller).map(lambda ab: ab[0] + ab[1]),
        st.tuples(smaller, smaller).map(lambda ab: ab[0] * ab[1]),
        st.tuples(symbols, exponents).map(lambda ab: ab[0] ** ab[1]),
        smaller.map(lambda a: sp.exp(a) if a.free_symbols else a),
        st.tuples(smaller, smaller).map(lambda ab: sp.Max(*ab)),
        symbols.map(sp.Abs),
    )


expressions = st.recursive(st.one_of(numbers, symbols), _grown, max_leaves=6)


POINTS = [{x: 2, y: 3, E: 5, beta: 7}, {x: 1, y: sp.Rational(1, 3), E: 4, beta: 1}]


def same(a: sp.Expr, b: sp.Expr) -> bool:
    """Equal in form, or else at points."""
    return a == b or all(abs(sp.N((a - b).xreplace(point), 30)) < 1e-20 for point in POINTS)


@given(expressions)
def test_what_is_printed_is_read_back(expression: sp.Expr) -> None:
    assert same(eeu.parse(str(expression)), expression)


@given(expressions, expressions, st.sampled_from([sp.Lt, sp.Le, sp.Gt, sp.Ge]))
def test_printed_relations_are_read_back(a: sp.Expr, b: sp.Expr, relation: Any) -> None:
    condition = relation(a, b)
    if isinstance(condition, relation):  # not decided when written
        read = eeu.parse(str(condition))
        assert type(read) is type(condition)
        assert same(read.lhs - read.rhs, condition.lhs - condition.rhs)
