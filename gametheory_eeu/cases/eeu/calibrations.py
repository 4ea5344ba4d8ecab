"""Facts and calibrations of the article, every value with its source.

What the article says is marked A, illustrative values of this project M. The article gives few
numbers: the orders of magnitude in ``data/values.csv`` are assumptions, chosen once for all games.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.chapter import Chapter
from gametheory_eeu.cases.facts import Facts, read_facts, read_values
from gametheory_eeu.core import Bibliography, Calibration, Source
from gametheory_eeu.core import arguments as arg

ARTICLE = "BusyginaFilippov"
FOLDER = Path(__file__).parent
BIBLIOGRAPHY = Bibliography((FOLDER / "references.bib",))
GAMES = (
    "BandwagoningContest",
    "CredibleCommitment",
    "RepeatedCommitment",
    "PowerShift",
    "Participation",
    "GlobalGame",
    "RegimeChange",
    "Reputation",
    "TrustRecovery",
    "AsymmetricBargaining",
    "AlternatingOffers",
    "HubBargaining",
)
YEARS_COMPARED = ("2013", "2014", "2015")
ALIASES = {"after 2015": "2015", "before 2014": "2013"}
_DESCRIPTIONS = {
    "2013": "before the shock: trust intact, deals bilateral",
    "2014": "the union in a hurry: trust broken, exit dear, the hegemon pressed for time",
    "2015": "after 2015: trust still broken, the hurry over",
}


@cache
def facts() -> Facts:
    """The article's facts, each with its paragraph.

    Paragraphs have codes: I opening, X explanations, U the union, K conclusion.

    Examples
    --------
    >>> facts()["founding_states"].value
    3
    """
    return read_facts(FOLDER / "data" / "facts.csv")


@cache
def _tables() -> Mapping[str, Mapping[str, Calibration]]:
    """The calibrations by game and by name."""
    _, tables = read_values(FOLDER / "data" / "values.csv", [*map(Chapter, GAMES)], facts())
    return {
        game: {row.name: replace(row, description=_DESCRIPTIONS[row.name]) for row in rows}
        for game, rows in tables.items()
    }


def calibrations(game: str) -> Mapping[str, Calibration]:
    """A game's calibrations by name, in the order of time.

    Parameters
    ----------
    game : str
        The game's class name, for example ``"CredibleCommitment"``.
    """
    return dict(_tables()[arg.one_of("calibrated game", game, GAMES)])


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
