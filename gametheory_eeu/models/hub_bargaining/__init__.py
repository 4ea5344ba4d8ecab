"""The hub with many spokes: one hegemon, several members, three ways to bargain."""

from gametheory_eeu.models.hub_bargaining.model import HubBargaining

__all__ = ["HubBargaining"]
