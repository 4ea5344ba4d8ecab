"""A calibration of the contest from World Bank data, apart from the article's facts.

Power is gross domestic product in current US$ bn. How much of the other centres of power stands
behind a neighbour is nowhere published: that share is an assumption, and said to be one.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.eeu.calibrations import calibration, year_text
from gametheory_eeu.core import Calibration, Source
from gametheory_eeu.core import arguments as arg

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
    text = (
        files("gametheory_eeu.cases.eeu") / "data" / "post_soviet_gdp_population.csv"
    ).read_text(encoding="utf-8")
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
