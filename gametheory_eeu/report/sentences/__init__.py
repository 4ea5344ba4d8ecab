"""Plain sentences on solved games; every number and verdict is read from the game."""

from gametheory_eeu.report.sentences.deals import alternating_offers, bargaining, hub
from gametheory_eeu.report.sentences.power import (
    contest,
    global_game,
    participation,
    regime_change,
)
from gametheory_eeu.report.sentences.trust import (
    commitment,
    power_shift,
    repeated_commitment,
    reputation,
    trust_recovery,
)

__all__ = [
    "alternating_offers",
    "bargaining",
    "commitment",
    "contest",
    "global_game",
    "hub",
    "participation",
    "power_shift",
    "regime_change",
    "repeated_commitment",
    "reputation",
    "trust_recovery",
]
