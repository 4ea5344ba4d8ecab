"""Choices under roots: the change of variable, and back."""

import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, RootScale

x, y, r, c = sp.symbols("x y r c", real=True)
ZERO = sp.Integer(0)
RANGE = ChoiceRange(x, ZERO, sp.Integer(16), True, False)


def agent(payoff: sp.Expr, choice: ChoiceRange = RANGE) -> Agent:
    return Agent("A", payoff, (choice,), Space.of(choice.contains(x), c > 0))


def test_the_order_is_that_of_all_roots_of_the_choice() -> None:
    payoff = sp.sqrt(x) + x ** sp.Rational(1, 3) - c * x
    scale = RootScale.of([agent(payoff)], {}, Space.of(c > 0))
    assert dict(scale.orders) == {x: 6}
    scaled = scale.agent(agent(payoff), {x: RANGE})
    t = scale.symbols[x]
    assert scaled.payoff == t**3 + t**2 - c * t**6
    (choice,) = scaled.ranges
    assert (choice.symbol, choice.low, choice.high) == (t, 0, 16 ** sp.Rational(1, 6))
    assert (choice.has_low, choice.has_high) == (True, False)
    assert x not in scaled.space.symbols
    assert {c, t} == set(scaled.space.symbols)
    assert scale.restore(x, {t: sp.Integer(2)}) == 64
    assert scale.roots == {t: x ** sp.Rational(1, 6)}


def test_nothing_changes_without_roots_or_where_a_choice_may_be_negative() -> None:
    for payoff, choice in ((x**2 - c * x, RANGE), (sp.sqrt(x + 1), RANGE),
                           (sp.sqrt(x), ChoiceRange(x)),
                           (sp.sqrt(x), ChoiceRange(x, sp.Integer(-1), has_low=True))):  # fmt: skip
        scale = RootScale.of([agent(payoff, choice)], {}, Space.of(c > 0))
        assert not scale.orders
        assert scale.agent(agent(payoff, choice), {x: choice}) == agent(payoff, choice)
        assert scale.restore(x, {x: c}) == c
        assert scale.range(choice) == choice


def test_what_equal_others_choose_is_scaled_alike() -> None:
    payoff = sp.sqrt(r) - x
    scale = RootScale.of([agent(payoff)], {r: x}, Space.of(c > 0))
    assert dict(scale.orders) == {x: 2, r: 2}
    t, s = scale.symbols[x], scale.symbols[r]
    assert scale.rescale(payoff) == s - t**2


def test_an_end_in_parameters_is_taken_to_the_root() -> None:
    choice = ChoiceRange(x, c, has_low=True)
    scale = RootScale.of([agent(sp.sqrt(x), choice)], {}, Space.of(c > 0))
    (scaled,) = scale.agent(agent(sp.sqrt(x), choice), {x: choice}).ranges
    assert (scaled.low, scaled.high) == (sp.sqrt(c), sp.oo)
