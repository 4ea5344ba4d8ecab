"""The case of the article: its games, in the order of the argument."""

from gametheory_eeu.cases.case import Case
from gametheory_eeu.cases.chapter import Chapter, Figure
from gametheory_eeu.cases.eeu.calibrations import (
    ALIASES,
    BIBLIOGRAPHY,
    GAMES,
    YEARS_COMPARED,
    calibrations,
    data_calibration,
    facts,
)
from gametheory_eeu.cases.eeu.claims import claims
from gametheory_eeu.cases.eeu.story import EXHIBITS, SUMMARY, diagram

_CONTEST = "BandwagoningContest"
_DATA = {_CONTEST: [data_calibration(_CONTEST, year) for year in YEARS_COMPARED]}
_BEFORE, _AFTER = Figure("2013"), Figure("2014")

CASE = Case(
    "Institutional experiments in the post-Soviet space",
    (
        Chapter(
            _CONTEST,
            ("P", "R"),
            {
                "regimes": Figure("2013", ("2014",)),
                "regimes_data": Figure("data 2013", ("data 2014",)),
            },
            apart=tuple(row.name for row in _DATA[_CONTEST]),
        ),
        Chapter("Participation", figures={"cascade_before": _BEFORE, "cascade_after": _AFTER}),
        Chapter("GlobalGame", figures={"selection_before": _BEFORE, "selection_after": _AFTER}),
        Chapter("RegimeChange", figures={"cutoffs_before": _BEFORE, "cutoffs_after": _AFTER}),
        Chapter("CredibleCommitment", ("mu", "ell"), {"trust": Figure("2013", ("2014",))}),
        Chapter("RepeatedCommitment", figures={"binding": Figure("2014", ("2013", "2015"))}),
        Chapter("PowerShift", figures={"breakdown": Figure("2014", ("2013",))}),
        Chapter("Reputation", figures={"course_before": _BEFORE, "course_after": _AFTER}),
        Chapter("TrustRecovery", figures={"walks": _AFTER}),
        Chapter(
            "AsymmetricBargaining",
            ("alpha", "mu"),
            {
                "deal_before": _BEFORE,
                "deal_after": Figure("2014", ("2015",)),
                "deal_by_trust": Figure("2014", options={"along": "trust"}),
            },
        ),
        Chapter(
            "AlternatingOffers",
            figures={"pie_before": _BEFORE, "pie_after": _AFTER},
            open=("w_2",),
        ),
        Chapter("HubBargaining", figures={"protocols": _AFTER}),
    ),
    {name: [*calibrations(name).values(), *_DATA.get(name, ())] for name in GAMES},
    facts(),
    BIBLIOGRAPHY,
    ALIASES,
    whole_theory=True,
    summary=SUMMARY,
    exhibits=EXHIBITS,
    diagram=diagram,
    claims=claims(),
)
