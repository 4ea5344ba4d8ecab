"""Symbols, numbers, expressions and conditions in each notation."""

import pytest
import sympy as sp

from gametheory_eeu import parse
from gametheory_eeu.display.printers import (
    Math,
    decimal,
    latex,
    math_latex,
    math_text,
    plain_text,
    symbol_latex,
    symbol_text,
    unicode_text,
    value_latex,
    value_text,
)
from gametheory_eeu.models.vocabulary import VOCABULARY


@pytest.mark.parametrize(
    ("name", "tex", "text"),
    [
        ("ell", r"\ell", "ℓ"),
        ("lam", r"\lambda", "λ"),
        ("P_max", r"P_{\max}", "P_max"),
        ("rho_H", r"\rho_{H}", "ρ_H"),
        ("w_Kazakhstan", r"w_{\mathrm{Kazakhstan}}", "w_Kazakhstan"),
        ("w_South_Ossetia", r"w_{\mathrm{South\_Ossetia}}", "w_South_Ossetia"),
        ("R&D_50%", r"\mathrm{R\&D}_{\mathrm{50\%}}", "R&D_50%"),
        ("#", r"\#", "#"),
        (r"\mu^*", r"\mu^*", "μ*"),
        ("P_{abs}", r"P_{\mathrm{abs}}", "P_abs"),
    ],
)
def test_symbol(name: str, tex: str, text: str) -> None:
    assert (symbol_latex(name), symbol_text(name)) == (tex, text)


def test_every_greek_letter_of_the_vocabulary_is_in_the_table() -> None:
    words = {row.symbol.name.partition("_")[0] for row in VOCABULARY}
    assert [word for word in words if len(word) > 1 and symbol_text(word) == word] == []


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"t + \kappa\alpha", "t + κα"),
        (r"\max(P_{abs}, P_J)", "max(P_abs, P_J)"),
        (r"P_{abs} - P", "P_abs − P"),
        (r"P_J^{\text{Belarus}}", "P_J[Belarus]"),
        (r"u_{\text{member}}(\text{stay out})", "u_member(stay out)"),
    ],
)
def test_a_quantity_in_latex_is_read_in_a_terminal(tex: str, text: str) -> None:
    assert math_text(Math(tex)) == text


def test_words_in_subscripts_are_upright() -> None:
    assert math_latex(Math("P_{abs} - P_{max}")) == r"P_{\mathrm{abs}} - P_{\max}"


def test_names_in_the_text_of_a_quantity_are_escaped_once() -> None:
    assert math_latex(Math(r"P_J^{\text{South_Ossetia}}")) == r"P_J^{\text{South\_Ossetia}}"
    assert math_latex(Math(r"\text{R\&D & more}")) == r"\text{R\&D \& more}"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("2", "2"),
        ("7/10", "0.7"),
        ("-1/8", "-0.125"),
        ("7/37", "7/37 ≈ 0.1892"),
        ("10296/5", "2059.2"),
        ("123456789/1000003", "≈ 123.5"),
        ("sqrt(2)", "√2 ≈ 1.414"),
        ("0", "0"),
        ("9/16", "0.5625"),
        ("1/32", "1/32 ≈ 0.0312"),
        ("1/100000", "1/100000 = 1e-5"),
        ("10**400", "1e400"),
        ("10**400 + 1", "≈ 1e400"),
        ("-1/10**400", "-1e-400"),
        ("sqrt(2)/10**30", "≈ 1.414e-30"),
    ],
)
def test_number(number: str, text: str) -> None:
    assert value_text(parse(number)) == text


def test_only_a_huge_or_tiny_decimal_has_an_exponent() -> None:
    assert decimal(sp.Rational(1, 10**9)) == "1e-9"
    assert decimal(sp.Rational(1, 10**4)) == "0.0001"
    assert decimal(sp.Integer(10) ** 12 + sp.Rational(1, 7)) == "1000000000000"


def test_zero_in_disguise_is_zero() -> None:
    disguised = sp.sqrt(5 + 2 * sp.sqrt(6)) - sp.sqrt(2) - sp.sqrt(3)
    assert decimal(disguised) == "0"


def test_a_power_of_ten_in_latex() -> None:
    assert value_latex(sp.Rational(1, 10**400)) == r"1 \cdot 10^{-400}"
    assert value_latex(sp.Integer(10) ** 400 + 1) == r"\approx 1 \cdot 10^{400}"


def test_infinity_has_no_decimal() -> None:
    assert value_text(sp.oo) == "oo"


@pytest.mark.parametrize(
    ("condition", "text", "tex"),
    [
        ("mu >= 1/2", "μ ≥ 1/2", r"\mu \geq \frac{1}{2}"),
        ("0 <= q and q < 1", "0 ≤ q < 1", "0 \\leq q < 1"),
        ("x == y", "x = y", "x = y"),
        ("x > 0 or y > 0", "x > 0 or y > 0", r"x > 0 \text{ or } y > 0"),
        ("1 - k/n > 0", "1 - k/n > 0", r"1 - \frac{k}{n} > 0"),
        ("b*(tau - c)**2 > 0", "b·(τ - c)² > 0", r"b \left(\tau - c\right)^{2} > 0"),
    ],
)
def test_condition(condition: str, text: str, tex: str) -> None:
    read = parse(condition)
    assert unicode_text(read) == text
    assert latex(read) == tex


@pytest.mark.parametrize(
    "text",
    [
        "x == y",
        "x != y",
        "(x > 0 and y > 0) or z == 1",
        "not (x > 0 and y > 0)",
        "(x > 0) => (y > 0)",
        "max(x, y) - min(x, 1/3)",
        "sqrt(x**2 + 1)/(1 - y)",
    ],
)
def test_plain_text_is_read_back(text: str) -> None:
    assert parse(plain_text(parse(text))) == parse(text)
