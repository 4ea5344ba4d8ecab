"""The tables' derivatives against differences, the chain rule, and the article's own formulas."""

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import UnknownNameError

GAMES = [
    eeu.BandwagoningContest(),
    eeu.BandwagoningContest(members=2),
    eeu.CredibleCommitment(outside_option="o"),
    eeu.AsymmetricBargaining(),
]
STEP = sp.Rational(1, 10**9)
POINTS = 3
SHARES = {"c", "tau", "lam", "mu", "sigma", "alpha", "gamma"}


def random_point(space: eeu.Space, rng: random.Random) -> dict[Any, Any]:
    """A point of the space by rejection, from small rationals."""
    while True:
        point = {
            s: sp.Integer(rng.randint(2, 9))
            if s.is_integer
            else sp.Rational(rng.randint(1, 40), 41 if s.name in SHARES else rng.choice((4, 9)))
            for s in space.symbols
        }
        if space.contains(point):
            return point


@pytest.mark.parametrize("game", GAMES, ids=lambda game: f"{type(game).__name__}, {game.members}")
def test_derivative_is_the_limit_of_differences(game: eeu.Game) -> None:
    rng = random.Random(5)
    found = {**game.quantities}
    checked = 0
    for row in game.comparative_statics():
        symbol = row.parameter.symbol
        quantity = found.get(row.quantity)
        if quantity is None or quantity.implicit or symbol not in quantity.expression.free_symbols:
            continue
        f, free = quantity.expression, sorted(quantity.expression.free_symbols, key=str)
        space = eeu.Space.of(game.space, quantity.exists_when)
        for _ in range(POINTS):
            point = {s: v for s, v in random_point(space, rng).items() if s in free}
            step = sp.Integer(1) if symbol.is_integer else STEP
            moved = {**point, symbol: point[symbol] + step}
            slope = (f.xreplace(moved) - f.xreplace(point)) / step
            assert float(row.derivative.xreplace(point)) == pytest.approx(float(slope), rel=1e-5)
            checked += 1
    assert checked > 20


def test_implicit_derivative_is_that_of_the_root() -> None:
    game = eeu.BandwagoningContest()
    s, x = game.symbols, sp.Symbol("x", real=True)
    point = {s.R: 1, s.w: 1, s.n: 4, s.c: sp.Rational(1, 20), s.tau: sp.Rational(1, 2),
             s.lam: sp.Rational(9, 10)}  # fmt: skip
    for name in ("balancing_threshold", "upper_balancing_threshold"):
        root = game.quantities[name].expression
        for row in game.comparative_statics(name):
            symbol = row.parameter.symbol
            expected = sp.diff(root, symbol).subs(point)
            found = row.derivative.subs({**point, x: root.subs(point)})
            assert sp.N(found - expected, 30) == pytest.approx(0, abs=1e-20)


def test_urgency_moves_the_transfer_through_the_weight() -> None:
    game = eeu.AsymmetricBargaining()
    s = game.symbols
    weight = s.rho_H / (s.rho_H + s.rho_i)
    transfer = game.transfer.subs(s.gamma, weight)
    for symbol in (s.rho_H, s.rho_i):
        row = game.comparative_statics("transfer", symbol.name)[0]
        given = row.derivative.subs(s.gamma, weight)
        assert sp.simplify(given - sp.diff(transfer, symbol)) == 0


@pytest.mark.parametrize(
    ("wrt", "expected"),
    [
        ("D", "gamma"),
        ("V", "gamma"),
        ("o", "1 - gamma"),
        ("mu", "-(1 - gamma)*(b + (1 - alpha)*ell)"),
        ("ell", "(1 - gamma)*(1 - mu)*(1 - alpha)"),
    ],
)
def test_derivative_of_the_transfer_as_the_theory_writes_it(wrt: str, expected: str) -> None:
    game = eeu.AsymmetricBargaining()
    names = {s.name: s for s in game.symbols}
    row = game.comparative_statics("transfer", wrt)["transfer", wrt]
    assert sp.expand(row.derivative - eeu.parse(expected, names)) == 0


def test_urgency_and_exit_loss_reinforce_each_other() -> None:
    """Claim 21: the cross derivative of the transfer in D and gamma is 1."""
    game = eeu.AsymmetricBargaining()
    assert sp.diff(game.transfer, game.symbols.D, game.symbols.gamma) == 1


def test_at_values_the_table_is_taken_there() -> None:
    game = eeu.CredibleCommitment(membership_benefit=2, encroachment_loss=1)
    row = game.comparative_statics("trust_threshold", "sigma")["trust_threshold", "sigma"]
    assert row.derivative.free_symbols == {game.symbols.sigma}
    assert row.sign == "-"


def test_a_count_moves_by_one() -> None:
    game = eeu.BandwagoningContest()
    s = game.symbols
    row = game.comparative_statics("absolute_threshold", "n")["absolute_threshold", "n"]
    f = game.absolute_threshold
    assert sp.simplify(row.derivative - (f.subs(s.n, s.n + 1) - f)) == 0


def test_payoffs_move_too() -> None:
    rows = list(eeu.CredibleCommitment().comparative_statics("payoff"))
    assert {row.quantity for row in rows} >= {"payoff of member at join",
                                             "payoff of hegemon at stay out"}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"quantity": "trust_treshold"}, "no quantity 'trust_treshold'. Did you mean 'trust_thr"),
        ({"wrt": "truste"}, "no parameter 'truste'. Did you mean 'trust'"),
    ],
)
def test_unknown_names_are_refused(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        eeu.CredibleCommitment().comparative_statics(**arguments)


def test_rows_are_found_by_name_or_symbol() -> None:
    table = eeu.CredibleCommitment().comparative_statics("trust_threshold")
    assert table["trust_threshold", "ell"] is table["trust_threshold", "encroachment_loss"]
    with pytest.raises(UnknownNameError, match=r"no row \('trust_threshold', 'mu'\)"):
        table["trust_threshold", "mu"]


def test_every_row_carries_what_proves_it() -> None:
    for row in eeu.CredibleCommitment().comparative_statics("trust_threshold"):
        assert "given" in row.certificate or "assert" in row.certificate
        assert Fraction(len(row.proofs)) >= 1
