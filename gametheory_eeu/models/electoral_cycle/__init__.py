"""The electoral cycle: announcements that rise to the election."""

from gametheory_eeu.models.electoral_cycle.model import ElectoralCycle

__all__ = ["ElectoralCycle"]
