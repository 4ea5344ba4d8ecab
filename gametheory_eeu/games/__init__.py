"""What is played: one game a file, each reading like the model section of a paper."""

# The forms Participation takes by what it is given are known once loaded.
from gametheory_eeu.games import participation_at_large, participation_on_network  # noqa: F401
from gametheory_eeu.games.alternating_offers import AlternatingOffers
from gametheory_eeu.games.asymmetric_bargaining import AsymmetricBargaining
from gametheory_eeu.games.bandwagoning_contest import BandwagoningContest
from gametheory_eeu.games.credible_commitment import CredibleCommitment
from gametheory_eeu.games.global_game import GlobalGame
from gametheory_eeu.games.hub_bargaining import HubBargaining
from gametheory_eeu.games.participation import Participation
from gametheory_eeu.games.power_shift import PowerShift
from gametheory_eeu.games.regime_change import RegimeChange
from gametheory_eeu.games.repeated_commitment import RepeatedCommitment
from gametheory_eeu.games.reputation import Reputation
from gametheory_eeu.games.trust_recovery import TrustRecovery
from gametheory_eeu.games.vocabulary import VOCABULARY

__all__ = [
    "VOCABULARY",
    "AlternatingOffers",
    "AsymmetricBargaining",
    "BandwagoningContest",
    "CredibleCommitment",
    "GlobalGame",
    "HubBargaining",
    "Participation",
    "PowerShift",
    "RegimeChange",
    "RepeatedCommitment",
    "Reputation",
    "TrustRecovery",
]
