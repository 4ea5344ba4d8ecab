"""Signals of two types: published models, brute force on a grid, and bad input."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import equivalent

WAGE = {"low": "-(w - t_L)**2", "high": "-(w - t_H)**2"}
PRIOR = {"low": "1 - p", "high": "p"}
GIVEN = "0 < t_L < t_H and 0 < p < 1"


def spence(cost: str = "e") -> eeu.SignallingGame:
    """Spence (1973): education that costs the able less; a wage of what is expected."""
    return eeu.SignallingGame(
        {"low": f"w - {cost}/t_L", "high": f"w - {cost}/t_H"}, WAGE, signal="e >= 0", reply="w",
        prior=PRIOR, given=GIVEN, title="Spence",
    )  # fmt: skip


def rogoff() -> eeu.SignallingGame:
    """Rogoff (1990): announcements that cost an able incumbent less; a belief that brings K."""
    return eeu.SignallingGame(
        {"unable": "b*K - c_L*a", "able": "b*K - c_H*a"},
        {"unable": "-b**2", "able": "-(b - 1)**2"}, signal="a >= 0", reply="0 <= b <= 1",
        prior={"unable": "1 - p", "able": "p"}, given="0 < c_H < c_L and K > 0 and 0 < p < 1",
    )  # fmt: skip


def test_spences_education() -> None:
    solution = spence().solve()
    assert solution.names == ("separating, least cost", "separating", "pooling")
    assert solution.complete_where == sp.true
    low, high, p = sp.symbols("t_L t_H p", real=True)
    least = solution["separating, least cost"]
    assert sp.simplify(least.choices["e_high"] - low * (high - low)) == 0
    assert (least.choices["e_low"], least.choices["w_low"], least.choices["w_high"]) == (
        0, low, high)  # fmt: skip
    family, pooling = solution["separating"], solution["pooling"]
    (e,), (pooled,) = family.free, pooling.free
    expected = sp.And(e > low * (high - low), e <= high * (high - low))
    assert equivalent(family.where, expected, family.space).verdict == "proved"
    space = eeu.Space.of(spence().space, symbols=[pooled])
    bound = sp.And(pooled >= 0, pooled <= p * low * (high - low))
    assert equivalent(pooling.where, bound, space).verdict == "proved"
    assert all(equilibrium.verify().verdict == "proved" for equilibrium in solution)


def test_rogoffs_announcements_are_those_of_the_librarys_model() -> None:
    """The model's answers were derived by hand; these are solved from the payoffs."""
    solution, model = rogoff().solve(), eeu.ElectoralCycle().signalling().solve()
    prize, dear, cheap = sp.symbols("K c_L c_H", real=True)
    assert sp.simplify(solution[0].choices["a_able"] - prize / dear) == 0
    (a,) = solution["separating"].free
    within = sp.And(a > prize / dear, a <= prize / cheap)
    assert equivalent(
        solution["separating"].where, within, solution["separating"].space
    ).verdict == ("proved")
    assert {e.name.partition(",")[0] for e in model} == {e.name.partition(",")[0] for e in solution}


def test_a_quadratic_cost_has_a_root() -> None:
    least = spence("e**2").solve()[0]
    low, high = sp.symbols("t_L t_H", real=True)
    assert sp.simplify(least.choices["e_high"] ** 2 - low * (high - low)) == 0
    assert least.verify().verdict == "proved"


@pytest.mark.parametrize("values", [("1", "2", "1/2"), ("1", "3/2", "1/4"), ("2", "3", "9/10")])
def test_on_a_grid_brute_force_finds_the_same_equilibria(values: tuple[str, str, str]) -> None:
    """Every pair of signals of a grid, with beliefs off the path of a grid, by definition."""
    low, high, p = map(Fraction, values)
    solution = spence().at(t_L=low, t_H=high, p=p).solve()
    grid = [Fraction(k, 8) for k in range(25)]
    found = {pair for pair in product(grid, grid) if _is_equilibrium(pair, grid, low, high, p)}
    claimed = {
        (Fraction(0), e)
        for e in grid
        for equilibrium in solution
        if equilibrium.name.startswith("separating") and _holds(equilibrium, e)
    } | {(e, e) for e in grid if _holds(solution["pooling"], e)}
    assert found == claimed


def _holds(equilibrium: eeu.Equilibrium, e: Fraction) -> bool:
    value = sp.Rational(e)
    if not equilibrium.free:
        return bool(equilibrium.choices["e_high"] == value)
    return bool(equilibrium.where.subs(equilibrium.free[0], value) == sp.true)


def _is_equilibrium(
    pair: tuple[Fraction, Fraction],
    grid: list[Fraction],
    low: Fraction,
    high: Fraction,
    p: Fraction,
) -> bool:
    """Whether some beliefs off the path deter both types from every other signal."""
    types = (low, high)
    mean = low + p * (high - low)
    paid = (mean, mean) if pair[0] == pair[1] else types
    worth = [paid[k] - pair[k] / types[k] for k in (0, 1)]
    if pair[0] != pair[1]:
        mimic = [paid[1 - k] - pair[1 - k] / types[k] for k in (0, 1)]
        if any(mimic[k] > worth[k] for k in (0, 1)):
            return False
    beliefs = [Fraction(k, 4) for k in range(5)]
    return all(
        any(all(low + q * (high - low) - z / types[k] <= worth[k] for k in (0, 1)) for q in beliefs)
        for z in grid
        if z not in pair
    )


def test_a_planted_mistake_is_refuted() -> None:
    solution = spence().at(t_L=1, t_H=2, p="1/2").solve()
    least, (e,) = solution[0], solution["separating"].free
    cheap = {**least.choices, "e_high": sp.Rational(9, 10)}
    dear = {**least.choices, "e_high": sp.Rational(21, 10)}
    underpaid = {**least.choices, "w_high": sp.Rational(19, 10)}
    for wrong in (cheap, dear, underpaid):
        assert replace(least, choices=wrong).verify().verdict == "refuted"
    assert e in solution["separating"].where.free_symbols


def test_everything_else_works_on_it() -> None:
    game = spence()
    solution = game.solve()
    assert eeu.display.from_json(game.to_json()) == game
    assert eeu.display.from_json(solution.to_json()) == solution
    assert pickle.loads(pickle.dumps(solution)) == solution  # noqa: S301 - our own
    assert "separating, least cost" in solution.to_latex()
    rows = solution[0].comparative_statics("choice", "t_H")
    assert rows["choice of e_high at separating, least cost", "t_H"].sign == "+"
    assert "Spence" in str(game)
    assert "e >= 0" in repr(game)
    assert game.payoff(solution[0].choices, "sender, low") == sp.Symbol("t_L", real=True)


def changed(**parts: object) -> eeu.SignallingGame:
    """Spence's game with some of its parts replaced."""
    usual: dict[str, object] = {
        "sender": {"low": "w - e", "high": "w - e/2"}, "receiver": WAGE, "signal": "e >= 0",
        "reply": "w", "prior": PRIOR, "given": GIVEN,
    }  # fmt: skip
    return eeu.SignallingGame(**{**usual, **parts})


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: changed(sender={"low": "w - e"}), "two types"),
        (lambda: changed(receiver={"low": "w"}), "types low, high"),
        (lambda: changed(signal="e"), "least signal"),
        (lambda: changed(signal=["e >= 0", "f >= 0"]), "one range"),
        (lambda: changed(prior={"low": "p", "high": "p"}), "sum to 1"),
        (lambda: changed(given="e > 1"), "on parameters"),
        (lambda: changed(sender={"low": "w + e", "high": "w - e"}).solve(), "fall in the signal"),
        (lambda: changed(sender={"low": "-w - e", "high": "w - e"}).solve(), "type low"),
        (lambda: changed(receiver="w", reply="0 <= w <= 1").solve(), "concave"),
        (lambda: changed(reply="0 <= w <= 1").solve(), "widen"),
        (lambda: spence().payoff({"e_low": 0}, "receiver"), "w_low"),
        (lambda: spence().solve("sequential"), "pure perfect Bayesian"),
    ],
    ids=[str(k) for k in range(12)],
)
def test_bad_input_is_named(attempt: Callable[[], object], words: str) -> None:
    with pytest.raises(GameTheoryError, match=words):
        attempt()
