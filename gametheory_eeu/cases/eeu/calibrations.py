"""Calibrations of the games for 2013, 2014 and after 2015, every value with its source.

What the article says is marked A, illustrative values of this project M. The article gives few
numbers: the orders of magnitude here are assumptions, chosen once for all games.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.eeu.sources import ARTICLE, FOLDER, facts
from gametheory_eeu.core import Calibration, Source
from gametheory_eeu.core import arguments as arg

Values = dict[str, tuple[Expr, Source]]
Q = sp.Rational

_ILLUSTRATIVE = Source("M", note="illustrative")
_DESCRIPTIONS = {
    "2013": "before the shock: trust intact, deals bilateral",
    "2014": "the union in a hurry: trust broken, exit dear, the hegemon pressed for time",
    "2015": "after 2015: trust still broken, the hurry over",
}
ALIASES = {"after 2015": "2015", "before 2014": "2013"}

# Trust before; what a restrained and an opportunist hegemon would let be seen in a period.
PRIOR_TRUST, RESTRAINED_RATE, OPPORTUNIST_RATE = Q(7, 10), Q(1, 200), Q(1, 20)


def posterior_trust(prior: Expr, restrained_rate: Expr, opportunist_rate: Expr) -> Expr:
    """Trust after one publicly observed encroachment, by Bayes' rule."""
    return prior * restrained_rate / (prior * restrained_rate + (1 - prior) * opportunist_rate)


def _trust(name: str) -> tuple[Expr, Source]:
    if name == "2013":
        return PRIOR_TRUST, _ILLUSTRATIVE
    value = posterior_trust(PRIOR_TRUST, RESTRAINED_RATE, OPPORTUNIST_RATE)
    note = (
        f"Bayes' rule: {PRIOR_TRUST} after one encroachment seen at rates "
        f"{RESTRAINED_RATE} and {OPPORTUNIST_RATE}"
    )
    return value, Source("M", note=note)


def _illustrative_values(**values: Any) -> Values:
    return {name: (sp.sympify(value), _ILLUSTRATIVE) for name, value in values.items()}


def _bandwagoning_contest(name: str) -> Values:
    trust, _ = _trust(name)
    state_count = facts()["founding_states"].value + facts()["acceding_states"].value
    joining_cost = Q(3, 10) + (1 - trust) * Q(1, 4)
    return {
        **_illustrative_values(
            hegemon_power=2,
            rival_power=1,
            weights=1,
            balancing_cost=Q(1, 20),
            domination_loss=Q(9, 10),
            power_ceiling=Q(5, 2),
        ),
        "member_count": (
            state_count - 1,
            Source("A", ARTICLE, "U.1: five states less the hegemon"),
        ),
        "joining_cost": (joining_cost, Source("M", note=f"3/10 + (1 - trust)/4 at trust {trust}")),
    }


def _participation(name: str) -> Values:
    """Resistance at its base level plus mistrust; Ukraine takes part in the talks of 2013."""
    trust, _ = _trust(name)
    base_resistance = {"Belarus": Q(3, 2), "Kazakhstan": Q(3, 2), "Armenia": 2, "Kyrgyzstan": 2}
    note = f"illustrative order (X.1: two most faithful, one hardest), plus 1 - trust at {trust}"
    source = Source("M", ARTICLE, note)
    resistance = {**base_resistance, "Ukraine": 4} if name == "2013" else base_resistance
    return {
        **_illustrative_values(hegemon_power=2, complementarity=1),
        **{f"resistance.{m}": (sp.sympify(x) + 1 - trust, source) for m, x in resistance.items()},
    }


def _credible_commitment(name: str) -> Values:
    return {
        "trust": _trust(name),
        **_illustrative_values(
            opportunist_restraint=0,
            membership_benefit=1,
            encroachment_loss=1,
            honour_payoff=1,
            temptation_payoff=2,
            punishment_payoff=0,
        ),
    }


def _repeated_commitment(name: str) -> Values:
    """Temptation rises in 2014 (U.5: the commitment problem became acute), then falls a little."""
    temptation = {"2013": sp.Integer(2), "2014": sp.Integer(3), "2015": Q(14, 5)}[name]
    note = "illustrative order (U.5: the commitment problem became acute)"
    return {
        **_illustrative_values(
            discount_factor=Q(3, 5),
            honour_payoff=1,
            punishment_payoff=0,
            binding=0 if name == "2013" else 1,
            binding_cost=Q(1, 10),
            binding_bite=1,
            membership_benefit=1,
            encroachment_loss=1,
        ),
        "temptation_payoff": (temptation, Source("M", ARTICLE, note)),
    }


def _power_shift(name: str) -> Values:
    """Integration is deeper in 2014, close to what a member refuses; afterwards it is shallow."""
    depth = {"2013": Q(1, 10), "2014": Q(1, 4), "2015": Q(1, 10)}[name]
    note = "illustrative order (U.5: formal loyalty, real resistance)"
    return {
        **_illustrative_values(
            discount_factor=Q(3, 5),
            hegemon_strength=Q(3, 10),
            breakdown_cost=Q(1, 10),
            lock_in=1,
        ),
        "integration_depth": (depth, Source("M", ARTICLE, note)),
    }


def _asymmetric_bargaining(name: str) -> Values:
    period_values: dict[str, dict[str, Any]] = {
        "2013": {"exit_loss": Q(1, 10), "hegemon_urgency": Q(3, 100), "binding": 0},
        "2014": {"exit_loss": 1, "hegemon_urgency": Q(9, 100), "binding": 1},
        "2015": {"exit_loss": Q(4, 10), "hegemon_urgency": Q(3, 100), "binding": 1},
    }
    return {
        "trust": _trust(name),
        **_illustrative_values(
            membership_benefit=1,
            encroachment_loss=1,
            outside_option=Q(3, 10),
            control_cost=Q(4, 10),
            member_value=Q(2, 10),
            member_urgency=Q(7, 100),
            **period_values[name],
        ),
    }


def _reputation(name: str) -> Values:
    """The hegemon's toughness is low in 2013; after the fight over Ukraine it is b^4."""
    state_count = facts()["founding_states"].value + facts()["acceding_states"].value
    if name == "2013":
        count = (
            state_count,
            Source("M", ARTICLE, "the four later members, and Ukraine in the talks"),
        )
        toughness = Q(1, 40), _ILLUSTRATIVE
    else:
        count = state_count - 1, Source("A", ARTICLE, "U.1: five states less the hegemon")
        note = "1/40 after a fight with the first of five: b^4, by the equilibrium of 2013"
        toughness = Q(1, 16), Source("M", note=note)
    return {
        **_illustrative_values(deterrence_payoff=2, entry_payoff=Q(1, 2)),
        "toughness": toughness,
        "member_count": (sp.sympify(count[0]), count[1]),
    }


def _hub_bargaining(name: str) -> Values:
    """The bilateral bargains of one hegemon with four members."""
    state_count = facts()["founding_states"].value + facts()["acceding_states"].value
    approval = facts()["approval_2019" if name == "2015" else "approval_2014"].value
    prestige = Source("M", note="public approval, read as prestige; none before the union")
    return {
        **_asymmetric_bargaining(name),
        "member_count": (
            state_count - 1,
            Source("A", ARTICLE, "U.1: five states less the hegemon"),
        ),
        "prestige": (Q(0) if name == "2013" else approval, prestige),
    }


def _alternating_offers(name: str) -> Values:
    """Discount factors d = 1/(1 + rho) from the bilateral urgencies, one round a period."""
    bargaining = _asymmetric_bargaining(name)
    source = Source("M", note="1/(1 + rho) at the rates of asymmetric bargaining")
    return {
        "hegemon_discount": (1 / (1 + bargaining["hegemon_urgency"][0]), source),
        "member_discount": (1 / (1 + bargaining["member_urgency"][0]), source),
        "member_quit_option": bargaining["outside_option"],
        **_illustrative_values(breakdown_risk=0, hegemon_quit_option=0),
    }


def _trust_recovery(name: str) -> Values:
    return {
        "trust": _trust(name),
        "target_trust": (Q(1, 2), Source("M", note="ell/(b + ell) at b = ell = 1")),
        **_illustrative_values(
            restrained_violation_rate=RESTRAINED_RATE,
            opportunist_violation_rate=OPPORTUNIST_RATE,
            reform_rate=Q(1, 20),
        ),
    }


def _global_game(name: str) -> Values:
    """Constant power; resistance rises by the loss of trust."""
    trust, _ = _trust(name)
    note = f"illustrative: 2, plus 1 - trust at {trust}"
    return {
        **_illustrative_values(hegemon_power=2, complementarity=1),
        "resistance": (3 - trust, Source("M", note=note)),
    }


def _regime_change(name: str) -> Values:
    """The regime, here the union's order, is believed weaker once trust is broken."""
    strength = 1 if name == "2013" else Q(1, 2)
    return _illustrative_values(
        attack_cost=Q(1, 2), prior_mean=strength, prior_precision=4, signal_precision=1
    )


_VALUES_BY_GAME = {
    "BandwagoningContest": _bandwagoning_contest,
    "CredibleCommitment": _credible_commitment,
    "RepeatedCommitment": _repeated_commitment,
    "PowerShift": _power_shift,
    "Participation": _participation,
    "GlobalGame": _global_game,
    "RegimeChange": _regime_change,
    "Reputation": _reputation,
    "TrustRecovery": _trust_recovery,
    "AsymmetricBargaining": _asymmetric_bargaining,
    "AlternatingOffers": _alternating_offers,
    "HubBargaining": _hub_bargaining,
}


GAMES = tuple(_VALUES_BY_GAME)
YEARS_COMPARED = ("2013", "2014", "2015")


def calibrations(game: str) -> Mapping[str, Calibration]:
    """A game's calibrations by name, in the order of time.

    Parameters
    ----------
    game : str
        The game's class name, for example ``"CredibleCommitment"``.
    """
    arg.one_of("calibrated game", game, _VALUES_BY_GAME)
    return {
        name: Calibration(name, _VALUES_BY_GAME[game](name), description)
        for name, description in _DESCRIPTIONS.items()
    }


def year_text(year: object) -> object:
    """A year as text; an integer is converted."""
    return str(year) if type(year) is int and abs(year) < 10_000 else year


def calibration(game: str, name: str) -> Calibration:
    """One calibration of a game: ``"2013"``, ``"2014"``, or ``"2015"`` (after 2015).

    Examples
    --------
    >>> calibration("CredibleCommitment", "2014")["trust"]
    7/37
    """
    available = calibrations(game)
    key = arg.one_of("calibration", year_text(name), [*available, *ALIASES])
    return available[ALIASES.get(key, key)]


HEGEMON, RIVALS = "Russia", ("European Union", "China")
MEMBERS = ("Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan")
BACKING_SHARE = sp.Rational(1, 10)
_CALIBRATION_OF_YEAR = {
    "2008": "2013",
    "2011": "2013",
    "2013": "2013",
    "2014": "2014",
    "2015": "2015",
    "2019": "2015",
}


@cache
def gross_domestic_product() -> dict[tuple[str, str], Expr]:
    """GDP in current US$ bn by (state, year), exactly as published."""
    text = (FOLDER / "data" / "post_soviet_gdp_population.csv").read_text(encoding="utf-8")
    return {
        (row["state"], row["year"]): sp.Rational(row["gdp_current_usd_bn"])
        for row in csv.DictReader(text.splitlines())
    }


def data_calibration(game: str, year: str) -> Calibration:
    """The contest's calibration from the World Bank's figures for a year.

    Weights are the members' GDP, the hegemon's power is Russia's, its ceiling the most in the
    sample; rivals back the neighbours with a share of their GDP [M]. The costs are those of the
    article's calibration [M].

    Examples
    --------
    >>> data_calibration("BandwagoningContest", "2014")["hegemon_power"]
    10296/5
    """
    arg.one_of("game with published data", game, ["BandwagoningContest"])
    gdp = gross_domestic_product()
    raw_year: object = year
    year = arg.one_of("year", year_text(raw_year), _CALIBRATION_OF_YEAR)
    source = Source("D", "WorldBankWDI", f"GDP, current US$ bn, {year}")
    largest_gdp = max(value for (state, _), value in gdp.items() if state == HEGEMON)
    rival_power = BACKING_SHARE * sum(gdp[rival, year] for rival in RIVALS)
    costs = calibration("BandwagoningContest", _CALIBRATION_OF_YEAR[year]).values
    return Calibration(
        f"data {year}",
        {
            "hegemon_power": (gdp[HEGEMON, year], source),
            "power_ceiling": (
                largest_gdp,
                Source("D", "WorldBankWDI", "Russia's largest GDP in the sample"),
            ),
            "rival_power": (
                rival_power,
                Source(
                    "M",
                    note=f"{BACKING_SHARE} of the GDP of EU and China "
                    f"in {year}; the share is assumed, the GDP published",
                ),
            ),
            **{f"weights.{m}": (gdp[m, year], source) for m in MEMBERS},
            **{name: costs[name] for name in ("joining_cost", "balancing_cost", "domination_loss")},
        },
        f"World Bank figures of {year}: GDP as power",
    )


def years() -> tuple[str, ...]:
    """The years with published figures."""
    return tuple(_CALIBRATION_OF_YEAR)
