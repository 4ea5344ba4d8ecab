"""Solution algorithms for games, by method."""

from gametheory_eeu.solvers.bargaining_solutions import (
    BargainingSolution,
    HullFrontier,
    SmoothFrontier,
    backward_induction,
)
from gametheory_eeu.solvers.hub_protocols import HubOutcome, renegotiated, renegotiated_by_number
from gametheory_eeu.solvers.pure_nash import pure_nash

__all__ = [
    "BargainingSolution",
    "HubOutcome",
    "HullFrontier",
    "SmoothFrontier",
    "backward_induction",
    "pure_nash",
    "renegotiated",
    "renegotiated_by_number",
]
