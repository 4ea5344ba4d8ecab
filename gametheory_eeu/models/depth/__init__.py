"""Depth and precaution: a member's choices beyond what the treaty binds."""

from gametheory_eeu.models.depth.model import Depth

__all__ = ["Depth"]
