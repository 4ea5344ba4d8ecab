"""Solution algorithms for games, one method a file."""

from gametheory_eeu.solvers.alternating_offers import backward_induction
from gametheory_eeu.solvers.bargaining_solutions import (
    BargainingSolution,
    HullFrontier,
    SmoothFrontier,
)
from gametheory_eeu.solvers.pure_nash import pure_nash
from gametheory_eeu.solvers.renegotiation import HubOutcome, renegotiated, renegotiated_by_number

__all__ = [
    "pure_nash",
    "BargainingSolution",
    "HubOutcome",
    "HullFrontier",
    "SmoothFrontier",
    "backward_induction",
    "renegotiated",
    "renegotiated_by_number",
]
