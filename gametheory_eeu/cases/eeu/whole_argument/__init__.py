"""The whole argument: the games of the article joined, in three states and over time."""

from gametheory_eeu.cases.eeu.whole_argument import tables  # noqa: F401 - how results are shown
from gametheory_eeu.cases.eeu.whole_argument.model import EurasianArgument
from gametheory_eeu.cases.eeu.whole_argument.results import (
    MemberRow,
    MemberTable,
    Recovery,
    RecoveryRow,
    State,
    States,
)

__all__ = [
    "EurasianArgument",
    "MemberRow",
    "MemberTable",
    "Recovery",
    "RecoveryRow",
    "State",
    "States",
]
