"""The electoral cycle: announcements that voters forget, and signals that cost types unequally."""
