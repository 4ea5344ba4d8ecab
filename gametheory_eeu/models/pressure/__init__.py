"""Pressure: a hegemon's demands on a leader whose public has a limited tolerance."""

from gametheory_eeu.models.pressure.model import Pressure

__all__ = ["Pressure"]
