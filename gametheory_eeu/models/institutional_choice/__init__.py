"""Institutional choice: bilateral deals or multilateral binding."""

from gametheory_eeu.models.institutional_choice.model import InstitutionalChoice

__all__ = ["InstitutionalChoice"]
