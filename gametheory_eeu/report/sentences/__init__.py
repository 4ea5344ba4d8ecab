"""What a solved game says, in one plain sentence; every number and verdict is read from it."""

from gametheory_eeu.report.sentences.deals import bargaining, hub, offers
from gametheory_eeu.report.sentences.power import (
    contest,
    global_game,
    participation,
    regime_change,
)
from gametheory_eeu.report.sentences.trust import (
    commitment,
    power_shift,
    repeated,
    reputation,
    trust_recovery,
)

__all__ = [
    "bargaining", "commitment", "contest", "global_game", "hub", "offers", "participation",
    "power_shift", "regime_change", "repeated", "reputation", "trust_recovery",
]  # fmt: skip
