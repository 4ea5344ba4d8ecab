"""Global games: their readings, and everything they refuse."""

import pickle
from collections.abc import Callable

import pytest
import sympy as sp
from flint import arb, ctx

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnsupportedError,
)
from gametheory_eeu.solvers.certified_zeros import working_precision, zeros

G, R = eeu.GlobalGame, eeu.RegimeChange

BAD: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "no complementarity": (lambda: G(complementarity=0), SpaceError, "beta = 0"),
    "negative complementarity": (lambda: G(complementarity=-1), ParameterError, ">= 0"),
    "no power": (lambda: G(P=0), ParameterError, "hegemon_power = 0"),
    "resistance by member": (lambda: G(resistance=[1, 2]), ParameterError, "one value"),
    "no tipping": (
        lambda: G(P=3, theta=2, beta=1).tipping_share, DoesNotExistError, "tipping_share"),
    "symbolic cut-offs": (
        lambda: G(theta=1).cutoffs(prior_mean=0, prior_precision=1, signal_precision=1),
        GameTheoryError, "rational"),
    "negative precision": (
        lambda: G(theta=1, beta=1).cutoffs(prior_mean=0, prior_precision=-1, signal_precision=1),
        ParameterError, "prior_precision = -1"),
    "cost 1": (lambda: R(attack_cost=1), ParameterError, "attack_cost = 1"),
    "cost 0": (lambda: R(attack_cost=0), ParameterError, "attack_cost = 0"),
    "no signal": (lambda: R(signal_precision=0), ParameterError, "signal_precision = 0"),
    "negative prior": (lambda: R(prior_precision=-1), ParameterError, "prior_precision = -1"),
    "cut-offs of symbols": (lambda: R(c="1/2", z=0, a=1).cutoffs(), GameTheoryError, "signal_prec"),
    "of an irrational": (
        lambda: R(c="1/2", z=sp.sqrt(2), a=1, s=1).cutoffs(), GameTheoryError, "rational"),
    "prior mean under a flat prior": (
        lambda: R(c="1/2", z=0, a=0, s=1).prior_mean_at(0.5), UnsupportedError, "flat prior"),
    "a cost next to nothing": (
        lambda: R(c="1e-300", z=0, a=1, s=1).cutoffs(), UnsupportedError, "closer to 0 or 1"),
    "the prior mean of no strength": (
        lambda: R(c="1/2", z=0, a=1, s=1).prior_mean_at(2), ParameterError, "between 0 and 1"),
    "payoff of a plan": (lambda: R().payoff({}, "attacker"), UnsupportedError, "attacking_payoff"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_refusals(case: str) -> None:
    call, error, text = BAD[case]
    with pytest.raises(error, match=text):
        call()


@pytest.mark.parametrize("concept", G.concepts)
def test_every_equilibrium_is_proved(concept: str) -> None:
    checks = G().solve(concept).verify()
    assert {check.verdict for check in checks.values()} == {"proved"}
    assert len(checks) == 3


def test_selection_picks_one_of_the_nash_equilibria() -> None:
    game = G(theta=2, beta=1)
    assert game.at(P="8/5").solve().names == ("all-Join",)
    assert game.at(P="7/5").solve().names == ("all-Stay",)
    assert game.at(P="3/2").solve().names == ("tie",)
    assert game.at(P="8/5").solve("Nash").names == ("all-Join", "all-Stay", "tipping")
    assert game.at(P=1).solve("Nash").names == ("all-Join", "all-Stay")


def test_signs() -> None:
    found = {(r.quantity, r.parameter.name): (r.sign, r.verdict) for r in G().comparative_statics()}
    assert found["selection_threshold", "complementarity"] == ("-", "proved")
    assert found["selection_threshold", "resistance"] == ("+", "proved")
    assert {verdict for _, verdict in found.values()} == {"proved"}
    table = R().comparative_statics()
    assert table["uniqueness_margin", "prior_precision"].sign == "-"
    assert {row.verdict for row in table if row.quantity != "cutoff"} == {"proved"}


def test_cutoffs_fall_in_cost_and_prior_mean() -> None:
    def stable(**values: object) -> list[float]:
        given = {"c": "1/2", "z": "1/2", "a": 4, "s": 1, **values}
        return [float(x.state) for x in R(**given).cutoffs() if x.kind == "stable"]

    low, high = stable()
    assert stable(z="51/100")[0] < low
    assert stable(z="51/100")[1] < high
    assert stable(c="51/100")[0] < low
    assert stable(c="51/100")[1] < high


def test_the_prior_mean_of_a_cutoff() -> None:
    game = R(c="1/3", z="2/5", a=6, s=4)
    for cutoff in game.cutoffs():
        assert abs(game.prior_mean_at(float(cutoff.state)) - 0.4) < 1e-9


def test_the_marginal_attacker_is_indifferent() -> None:
    game = R(c="1/3", z="2/5", a=1, s=4)
    (cutoff,) = game.cutoffs()
    at = game.attacking_payoff(cutoff.signal, cutoff.state)
    assert abs(float(at)) < 1e-15
    assert float(game.attacking_payoff(cutoff.signal - 1, cutoff.state)) > 0


@pytest.mark.parametrize(
    ("given", "count", "least"),
    [
        ({"z": "1e30", "a": 1, "s": 1}, 1, -1e30),
        ({"z": "1/2", "a": 10**12, "s": 1}, 3, -5e11),
        ({"z": "1/2", "a": 10**6, "s": "1/1000000", "c": "1/1000000"}, 3, -4.95247e11),
    ],
)
def test_strengths_too_close_to_zero_to_write_out(
    given: dict[str, object], count: int, least: float
) -> None:
    """The normal tail at such a signal has an exponent of sixty digits; its bound says enough."""
    found = R(**{"c": "1/2", **given}).cutoffs()
    assert len(found) == count
    assert float(found[0].state) == 0 < float(found[0].error)
    assert float(found[0].signal) == pytest.approx(least, rel=1e-5)


def test_verification_looks_at_the_model_again() -> None:
    found = R(c="1/2", z="1/2", a="27/10", s=1).solve()
    assert found.complete_where == sp.true
    assert not found.exact
    assert {check.verdict for check in found.verify().values()} == {"proved"}


def test_with_symbols_only_the_flat_prior_is_solved() -> None:
    found = R().solve()
    assert found.names == ("flat prior",)
    assert found.complete_where == sp.Eq(R().symbols.a, 0)
    assert found["flat prior"].verify().verdict == "proved"


def test_zeros_that_touch_are_undecided_and_said_so() -> None:
    with working_precision():
        (touch,) = zeros(lambda x: (x - 1) ** 2, lambda x: 2 * (x - 1), arb(0), arb(3))
        assert touch.slope == 0
        assert zeros(lambda x: (x - 1) ** 2 + 1, lambda x: 2 * (x - 1), arb(0), arb(3)) == ()
    assert ctx.prec < 256


def test_zeros_of_a_polynomial_with_known_roots() -> None:
    roots = [-2, -1, 0, 1, 2]

    def value(x: arb) -> arb:
        return x * (x**2 - 1) * (x**2 - 4)

    with working_precision():
        found = zeros(value, lambda x: 5 * x**4 - 15 * x**2 + 4, arb(-5), arb(7))
        assert [z.slope for z in found] == [1, -1, 1, -1, 1]
        assert all(z.ball.contains(root) for z, root in zip(found, roots, strict=True))


@pytest.mark.parametrize("game", ["GlobalGame", "RegimeChange"])
@pytest.mark.parametrize("name", ["2013", "2014", "2015"])
def test_calibrations(game: str, name: str) -> None:
    at = getattr(eeu, game).from_article(name)
    assert pickle.loads(pickle.dumps(at)) == at  # noqa: S301 - its own bytes
    assert len(at.solve()) in (1, 3)
    assert at.plot().axes


def test_mistrust_flips_the_selection_at_the_same_power() -> None:
    assert G.from_article("2013").solve().names == ("all-Join",)
    assert G.from_article("2014").solve().names == ("all-Stay",)


@pytest.mark.parametrize("name", ["prior_mean", "attack_cost"])
def test_the_only_cutoff_falls_and_so_do_the_certified_ones(name: str) -> None:
    """The implicit function theorem's slope against differences of enclosed cut-offs."""
    (row,) = eeu.RegimeChange().comparative_statics("cutoff", name)
    assert (row.sign, row.verdict) == ("-", "proved")
    assert [proof.verdict for proof in row.regular] == ["proved"]
    values = {"attack_cost": 0.4, "prior_mean": 0.3, "prior_precision": 1, "signal_precision": 2}
    game, step = eeu.RegimeChange(**values), sp.Rational(1, 10**6)
    (low,) = game.at(**{name: game.parameters.values[name] - step}).cutoffs()
    (high,) = game.at(**{name: game.parameters.values[name] + step}).cutoffs()
    (here,) = game.cutoffs()
    _, root = game.general.roots["cutoff"]
    slope = row.derivative.subs({**game.values, root.unknown: here.state})
    assert float((high.state - low.state) / (2 * step)) == pytest.approx(float(slope), rel=1e-6)


def test_the_cutoff_moves_both_ways_in_what_is_known() -> None:
    (row,) = eeu.RegimeChange().comparative_statics("cutoff", "signal_precision")
    assert (row.sign, row.verdict) == ("?", "depends")
    assert [proof.recheck() for proof in row.proofs] == [True] * len(row.proofs)
