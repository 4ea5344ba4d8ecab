"""The whole argument: the worked example to every digit, its counterfactuals, members and time."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.cases.eeu.whole_argument import EurasianArgument, MemberRow
from gametheory_eeu.cases.eeu.whole_argument.chain import JoiningCost
from gametheory_eeu.errors import (
    GameTheoryError,
    ParameterError,
    SpaceError,
    UnknownNameError,
    UnsupportedError,
)

R = sp.Rational
WHOLE = EurasianArgument()
FOUR = ["Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan"]
NAMED, FIVE = EurasianArgument(members=FOUR), EurasianArgument(members=[*FOUR, "Ukraine"])

# THEORY.md, section 7, the worked example: trust, D, gamma, regime, t, V - kappa alpha - t, depth,
# a, P_abs, each with the digits that are shown there.
WORKED_EXAMPLE = {
    "before 2014": (".70", ".1", ".30", "bilateral", ".020", ".180", ".40", ".510", "2.83"),
    "2014-15": (".189", "1", ".5625", "multilateral", ".498", "-.698", "0", ".357", "5.06"),
    "later": (".189", ".4", ".30", "multilateral", ".138", "-.338", "0", ".357", "5.06"),
    "trust intact": (".70", "1", ".5625", "bilateral", ".631", "-.431", ".40", ".510", "2.83"),
    "no urgency": (".189", ".1", ".30", "no deal", None, None, None, None, "5.06"),
}


def rounds_to(value: Any, digits: str) -> bool:
    """Whether a number, rounded half to even or up, has these digits."""
    places = len(digits.partition(".")[2])
    return bool(abs(value - R(digits)) <= R(1, 2) / 10**places)


def paid(row: MemberRow) -> Any:
    """The price of a member that joins."""
    assert row.price is not None
    return row.price


@pytest.mark.parametrize("name", WORKED_EXAMPLE)
def test_the_worked_example_to_every_digit(name: str) -> None:
    state = {row.state: row for row in WHOLE.rows}[name]
    trust, exit_loss, weight, regime, *outcomes = WORKED_EXAMPLE[name]
    assert rounds_to(state.trust, str(trust))
    assert (state.exit_loss, state.weight) == (R(str(exit_loss)), R(str(weight)))
    assert state.regime == regime
    found = (state.price, state.control, state.depth, state.alignment, state.threshold)
    for value, digits in zip(found, outcomes, strict=True):
        assert (value is None) == (digits is None)
        assert digits is None or (value.is_Rational and rounds_to(value, digits))


def test_the_exact_rationals_behind_the_digits() -> None:
    states = WHOLE.states()
    assert [row.price for row in states] == [R(1, 50), R(2951, 5920), R(509, 3700)]
    assert [row.trust for row in states] == [R(7, 10), R(7, 37), R(7, 37)]
    assert [row.surplus for row in states] == [R(2, 5), R(51, 74), R(33, 370)]
    assert WHOLE.counterfactuals()["no urgency"].surplus == -R(39, 185)
    assert rounds_to(-R(39, 185), "-.211")


def test_recovery_takes_40_2_and_49_8_periods() -> None:
    recovery = WHOLE.recovery()
    assert f"{float(recovery['bilateral deals'].periods):.1f}" == "40.2"
    assert f"{float(recovery['trust before'].periods):.1f}" == "49.8"
    assert [row.whole_periods for row in recovery] == [32, 41, 50]
    assert [row.trust for row in recovery] == [R(1, 2), R(3, 5), R(7, 10)]


def test_each_number_is_that_of_its_own_game() -> None:
    for row in (*WHOLE.states(), WHOLE.counterfactuals()["trust intact"]):
        deal = eeu.AsymmetricBargaining(
            mu=row.trust, b=1, ell=1, o=".3", kappa=".4", V=".2", D=row.exit_loss, gamma=row.weight,
            alpha=int(row.regime == "multilateral"),
        )  # fmt: skip
        assert row.price == deal.transfer
        assert row.control == R(1, 5) - deal.total_concession
        institutions = eeu.InstitutionalChoice(mu=row.trust, b=1, ell=1, o=0, kappa=".4", V=0, D=0)
        assert institutions.solve().names == (row.regime,)
        assert row.depth == eeu.Depth(mu=row.trust, b=1, ell=1, q=1, h=1).depth
        assert (
            row.alignment == eeu.Hedging(V_R=".3", V_E=".2", k=1, a_0=".5", mu=row.trust).alignment
        )


def test_the_chain_after_the_shock_is_in_symbols_and_fits() -> None:
    argument = WHOLE.argument
    assert {link.verdict for link in argument.fit} == {"proved"}
    assert argument.links["contest.joining_cost"] == "mistrust.joining_cost"
    s = argument.symbols
    posterior = s.eps * s.mu / (s.eps * s.mu + s.phi * (1 - s.mu))
    binding = argument.quantity("institutions.binding").expression
    weak = s.ell * posterior + s.kappa
    assert sp.simplify(binding.subs({s.mu: R(7, 10), s.eps: R(1, 200), s.phi: R(1, 20), s.ell: 1,
                                     s.kappa: R(2, 5)})) == 1  # fmt: skip
    assert eeu.prove(sp.Implies(s.ell > weak, sp.Eq(binding, 1)), given=argument.space).verdict == (
        "proved"
    )


def test_pressure_comes_before_the_shock_at_its_own_exit_loss() -> None:
    asked = WHOLE.pressure
    game = eeu.Pressure(V=1, D=".1", x_bar=".6", believed_tolerance=".9", pi_L=1, B_L=1, L=0)
    assert asked.pressure == game.pressure == R(2, 5)
    assert asked.revolt_probability == R(2, 3)
    assert asked.informed_pressure == R(1, 4)
    assert asked.game == game
    dearer = WHOLE.at(exit_loss={"before 2014": ".3"}).pressure
    assert dearer.pressure == R(3, 10)
    example = WHOLE.at(exit_loss_pressure=".2").pressure  # THEORY.md, section 6
    assert (example.informed_pressure, example.pressure) == (R(1, 5), R(7, 20))
    assert example.revolt_probability == R(7, 12)
    played: Any = example.game
    assert played.misjudgement_loss == R(3, 80)


def test_a_shock_switched_off() -> None:
    intact = WHOLE.states(trust_shock=False)
    assert {row.trust for row in intact} == {R(7, 10)}
    calm = WHOLE.states(urgency_shock=False)
    assert [row.exit_loss for row in calm] == [R(1, 10)] * 3
    assert [row.regime for row in calm] == ["bilateral", "no deal", "no deal"]
    neither = WHOLE.states(trust_shock=False, urgency_shock=False)
    assert len({(row.regime, row.price, row.threshold) for row in neither}) == 1
    assert WHOLE.counterfactuals()["trust intact"] != intact["2014-15"]  # but for the name:
    assert WHOLE.counterfactuals()["trust intact"].price == intact["2014-15"].price


def test_at_the_threshold_either_regime_is_as_good() -> None:
    level = EurasianArgument(control_cost="3/10").states()["before 2014"]
    assert (level.regime, level.price) == ("indifferent", R(1, 50))


def test_theorem_part_by_part() -> None:
    parts = WHOLE.theorem()
    assert [part.section for part in parts] == ["7"] * 5
    judged = parts.judge()
    assert [judgement.verdict for judgement in judged] == ["proved"] * 5
    assert len(WHOLE.propositions()) > 5


def test_the_premises_of_the_theorem_at_one_s_own_values() -> None:
    assert list(WHOLE.premises().values()) == [True] * 5
    for values, broken in (
        ({"trust": "11/20"}, "trust falls through the threshold"),
        ({"exit_loss": {"2014-15": "1/10"}, "outside_option": 0}, "a failure becomes dearer"),
        ({"hegemon_urgency": {"2014-15": "1/50"}}, "time becomes no longer"),
        ({"outside_option": "7/10"}, "both agreements are strict"),
        ({"prestige": 1}, "no prestige"),
    ):
        premises = WHOLE.at(**values).premises()
        assert [name for name, holds in premises.items() if not holds] == [broken]
    with pytest.raises(UnsupportedError, match="alike"):
        NAMED.premises()


# Members.


def test_four_named_members_are_carried_by_prestige() -> None:
    table = NAMED.states().members
    assert len(table) == 12
    assert all(row.joins for row in table)
    assert table["later", "Armenia"].surplus == -R(2, 185)
    assert paid(table["later", "Armenia"]) > 0
    assert paid(table["2014-15", "Kazakhstan"]) > paid(table["2014-15", "Belarus"])  # exposed
    without = EurasianArgument(members=FOUR, prestige=0).states()
    assert without["later"].union == ("Belarus", "Kazakhstan")
    assert without.members["later", "Armenia"].price is None


def test_the_hardest_member_breaks_the_complete_union() -> None:
    states = FIVE.states()
    assert [len(row.union) for row in states] == [4, 4, 2]
    assert [row.complete for row in states] == [False] * 3
    assert [row.complete for row in NAMED.states()] == [True] * 3
    assert WHOLE.states()[0].complete is None
    assert not any(states.members[state.state, "Ukraine"].joins for state in states)
    prices = [paid(whole.states().members["2014-15", "Belarus"]) for whole in (FIVE, NAMED)]
    assert prices[0] < prices[1]  # it gets no part of a prestige that there is none of
    rich = EurasianArgument(members=[*FOUR, "Ukraine"], prestige={"2014-15": 1}).states()
    assert rich["2014-15"].union == (*FOUR, "Ukraine")
    assert rich["later"].union == ("Belarus", "Kazakhstan")


def test_members_alike_by_name_are_those_of_the_worked_example() -> None:
    whole = EurasianArgument(members=["A", "B", "C", "D"], prestige=0)
    for row, alike in zip(whole.states(), WHOLE.states(), strict=True):
        assert {member.price for member in row.members} == {alike.price}
        assert (row.regime, row.depth, row.threshold) == (
            alike.regime,
            alike.depth,
            alike.threshold,
        )


def test_prices_of_members_are_those_of_the_hub() -> None:
    state = NAMED.states()["2014-15"]
    hub = eeu.HubBargaining(
        members=FOUR, mu=R(7, 37), b=1, ell=[1, "6/5", 1, 1], o=["1/4", ".3", ".3", ".3"], alpha=1,
        kappa=".4", V=[".3", ".3", ".1", ".1"], D=1, Z=".7", rho_H=".09", rho_i=".07",
    )  # fmt: skip
    assert {row.member: row.price for row in state.members} == hub.transfers


def test_a_member_s_own_values() -> None:
    own = {"A": {"outside_option": 5}, "B": {}}
    state = EurasianArgument(members=own, prestige=0).states()["2014-15"]
    assert state.union == ("B",)
    everyone = EurasianArgument(members={"A": {"outside_option": 5}}, prestige=0).states()
    assert {row.regime for row in everyone} == {"no deal"}
    assert {row.depth for row in everyone} == {None}


# Values.


def test_values_of_one_s_own_replace_those_of_the_example() -> None:
    whole = EurasianArgument(trust="4/5", exit_loss={"later": "1/2"})
    assert whole.states()["before 2014"].trust == R(4, 5)
    assert [row.exit_loss for row in whole.states()] == [R(1, 10), 1, R(1, 2)]
    assert whole.at(ell="3/2").at(kappa="6/5") == EurasianArgument(
        trust="4/5", exit_loss={"later": "1/2"}, encroachment_loss="3/2", control_cost="6/5"
    )
    assert whole.calibration("later").values["trust"][1].note == "given by the user"
    assert WHOLE.at() == WHOLE


ONE: dict[str, Any] = {"trust_shock": 1}
BAD: list[tuple[Callable[[], Any], type[GameTheoryError], str]] = [
    (lambda: EurasianArgument(trust=2), ParameterError, "in [0, 1]"),
    (lambda: EurasianArgument(trust="m"), ParameterError, "trust"),
    (lambda: EurasianArgument(trust=sp.Symbol("m", real=True)), ParameterError, "the chain"),
    (lambda: EurasianArgument(trusts=1), UnknownNameError, "Did you mean 'trust'"),
    (
        lambda: EurasianArgument(bargaining_weight="1/2"),
        ParameterError,
        "follows from the urgencies",
    ),
    (lambda: EurasianArgument(eta=1), ParameterError, "no other than 0"),
    (lambda: EurasianArgument(control_cost=2), SpaceError, "kappa"),
    (lambda: EurasianArgument(phi="1/300"), SpaceError, "eps"),
    (lambda: EurasianArgument(exit_loss={"earlier": 1}), UnknownNameError, "earlier"),
    (lambda: EurasianArgument(exit_loss=-1), ParameterError, ">= 0"),
    (lambda: EurasianArgument(members=3), ParameterError, "a list of names"),
    (lambda: EurasianArgument(members=["A", "A"]), ParameterError, "differ"),
    (lambda: EurasianArgument(members=[]), ParameterError, "names"),
    (lambda: EurasianArgument(members={"A": {"trust": 1}}), UnknownNameError, "trust"),
    (lambda: EurasianArgument(members={"A": {"outside_option": "m"}}), ParameterError, "outside"),
    (lambda: EurasianArgument(members=["A"], member_count=3), ParameterError, "the members named"),
    (lambda: EurasianArgument(members=["A"], kappa="11/10"), SpaceError, "kappa"),
    (
        lambda: EurasianArgument(members=["Belarus", "Kazakhstan"], kappa="21/20"),
        SpaceError,
        "ell_Belarus = 1, kappa = 21/20 contradicts kappa < ell_Belarus",
    ),
    (lambda: EurasianArgument(members={"A": {"encroachment_loss": 0}}), ParameterError, "> 0"),
    (lambda: WHOLE.states(**ONE), ParameterError, "trust_shock"),
    (lambda: WHOLE.states()["2016"], UnknownNameError, "2016"),
    (lambda: WHOLE.calibration("2016"), UnknownNameError, "2016"),
    (lambda: WHOLE.path(0), ParameterError, "periods"),
    (lambda: WHOLE.path(decay=1), ParameterError, "in [0, 1)"),
    (lambda: WHOLE.path(hurry=-1), ParameterError, "hurry"),
]


@pytest.mark.parametrize(("question", "error", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_is_refused_by_name(
    question: Callable[[], Any], error: type[GameTheoryError], message: str
) -> None:
    with pytest.raises(error) as refused:
        question()
    assert message in str(refused.value)


def test_the_cost_of_joining_leaves_some_autonomy() -> None:
    assert JoiningCost(mu="1/5", tau_0="3/10", ell_p="1/4").joining_cost == R(1, 2)
    with pytest.raises(SpaceError):
        JoiningCost(tau_0="3/4", ell_p="1/4")


# Over time.


@cache
def sixty() -> Any:
    return WHOLE.path(60)


def test_the_path_starts_and_ends_where_the_states_say() -> None:
    path = sixty()
    before, shock, *_ = WHOLE.states()
    for period, state in ((-1, before), (0, shock)):
        moment = path.sel(period=period)
        for name in ("trust", "exit_loss", "surplus", "price", "control", "depth", "alignment",
                     "threshold"):  # fmt: skip
            assert float(moment[name]) == pytest.approx(float(getattr(state, name)), abs=1e-12)
    later = WHOLE.at(exit_loss={"later": R(1, 10) + R(9, 10) * R(4, 5) ** 2}).states()["later"]
    assert float(path.price.sel(period=1)) > float(path.price.sel(period=2))
    assert float(path.exit_loss.sel(period=2)) == pytest.approx(float(later.exit_loss))


def test_trust_returns_in_the_periods_of_the_recovery() -> None:
    path = sixty()
    for target, periods in ((R(1, 2), 32), (R(3, 5), 41), (R(7, 10), 50)):
        reached = path.period.values[
            (path.trust.values >= float(target)) & (path.period.values > 0)
        ]
        assert reached[0] == periods
    assert list(path.period.values[path.binding.values == 0][:2]) == [-1, 41]
    assert path.depth.sel(period=31) == 0
    assert path.depth.sel(period=32) > 0


def test_members_leave_while_interest_has_faded_and_trust_is_not_back() -> None:
    path = sixty()
    out = path.period.values[~path.deal.values]
    assert (out[0], out[-1]) == (9, 22)
    for period in (8, 9, 22, 23):
        moment = path.sel(period=period)
        own = float(moment.trust) + float(moment.exit_loss)  # S = V + D - kappa + mu b - o
        assert float(moment.surplus) == pytest.approx(own - 0.5, abs=1e-12)
        assert bool(moment.deal) == (float(moment.surplus) >= 0)
    assert np.isnan(path.price.sel(period=9))


def test_a_path_without_shocks_stays_where_it_is() -> None:
    calm = WHOLE.path(5, trust_shock=False, urgency_shock=False)
    for name in ("trust", "price", "threshold"):
        assert len(set(calm[name].values)) == 1
    urgent = WHOLE.path(5, trust_shock=False, hurry=3)
    assert list(urgent.hegemon_urgency.values) == [0.03, 0.09, 0.09, 0.09, 0.03, 0.03, 0.03]


def test_the_path_of_named_members() -> None:
    whole, path = FIVE, FIVE.path(12)
    assert path.joins.dims == ("period", "member")
    for period, state in ((-1, "before 2014"), (0, "2014-15")):
        for row in whole.states()[state].members:
            moment = path.sel(period=period, member=row.member)
            assert bool(moment.joins) == row.joins
            assert float(moment.surplus_of_member) == pytest.approx(float(row.surplus))
            if row.joins:
                assert float(moment.price_of_member) == pytest.approx(float(paid(row)))
    assert float(path.depth.sel(period=-1)) == pytest.approx(0.34)


def test_the_dataset_says_what_it_holds() -> None:
    path = WHOLE.path(3)
    assert path.price.attrs["units"] == "payoff"
    assert path.price.attrs["quantity"] == "union.transfer"
    assert "StoleZwiebel1996" in path.price.attrs["source"]
    assert all(variable.attrs["long_name"] for variable in path.data_vars.values())
    assert "xarray" in path.attrs["versions"]
    assert "trust = 7/10: [M] illustrative" in path.attrs["sources"]
    assert "exit_loss (2014-15) = 1" in path.attrs["sources"]
    named = EurasianArgument(members=["Kazakhstan"]).path(1)
    assert "encroachment_loss of Kazakhstan = 6/5" in named.attrs["sources"]
    assert path.to_dataframe().shape == (5, 12)


def test_the_figure() -> None:
    figure = WHOLE.plot(periods=30)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert [title[:3] for title in titles] == ["(a)", "(b)", "(c)", "(d)"]
    trust: Any = figure.axes[0].lines[0].get_xydata()
    assert trust[1][1] == pytest.approx(7 / 37)
    named = EurasianArgument(members=["Belarus", "Ukraine"]).plot(periods=5)
    legend: Any = named.axes[1].get_legend()
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels[1:] == ["Belarus", "Ukraine"]


# How it is shown.


def test_results_as_text_and_data() -> None:
    text = str(WHOLE)
    assert "multilateral" in text
    assert "0.4985" in text
    assert "None" not in text
    data = json.loads(WHOLE.states().to_json())
    assert data["rows"][1][6] == "2951/5920"
    frame = WHOLE.states().to_dataframe()
    assert frame["price"][1] == R(2951, 5920)
    table = EurasianArgument(members=FOUR, prestige=0).states().members
    assert "no" in str(table)
    assert str(WHOLE.states()[0]).startswith("state")
    assert "toprule" in WHOLE.recovery().to_latex()


def test_what_comes_back() -> None:
    named = NAMED
    for result in (WHOLE, named, WHOLE.states(), named.states().members, WHOLE.recovery()):
        again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own
        assert again == result
        assert hash(again) == hash(result)
    assert repr(named) == "<the whole argument: Belarus, Kazakhstan, Armenia, Kyrgyzstan>"
    assert eeu.EurasianArgument is EurasianArgument


def test_values_that_were_changed_are_named() -> None:
    changed = EurasianArgument(trust="9/10", exit_loss={"later": "1/2"})
    assert repr(changed).endswith("members alike, changed: trust, exit_loss>")
    assert str(changed.states()).startswith("The whole argument, changed: trust, exit_loss\n")
    same = EurasianArgument(trust=WHOLE.common["trust"][0])
    assert (repr(same), same.caption) == (repr(WHOLE), "The whole argument")
    own = EurasianArgument(members={"Belarus": {"outside_option": 2}, "Armenia": {}})
    assert repr(own) == ("<the whole argument: Belarus, Armenia, changed: outside_option.Belarus>")
