"""Bargaining under shifting power."""

from gametheory_eeu.models.power_shift.model import PowerShift

__all__ = ["PowerShift"]
