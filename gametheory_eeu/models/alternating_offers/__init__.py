"""Alternating offers: patience, breakdown, and who may quit when."""

from gametheory_eeu.models.alternating_offers.model import AlternatingOffers

__all__ = ["AlternatingOffers"]
