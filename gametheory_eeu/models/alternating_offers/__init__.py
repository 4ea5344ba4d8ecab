"""Alternating-offers bargaining with discounting, breakdown risk and quit options."""

from gametheory_eeu.models.alternating_offers.model import AlternatingOffers

__all__ = ["AlternatingOffers"]
