"""The bandwagoning contest."""

from gametheory_eeu.models.bandwagoning_contest.model import BandwagoningContest

__all__ = ["BandwagoningContest"]
