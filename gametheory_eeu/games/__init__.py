"""What is played: one game a file, each reading like the model section of a paper."""

from gametheory_eeu.games.asymmetric_bargaining import AsymmetricBargaining
from gametheory_eeu.games.bandwagoning_contest import BandwagoningContest
from gametheory_eeu.games.credible_commitment import CredibleCommitment
from gametheory_eeu.games.vocabulary import VOCABULARY

__all__ = ["VOCABULARY", "AsymmetricBargaining", "BandwagoningContest", "CredibleCommitment"]
