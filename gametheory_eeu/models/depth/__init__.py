"""Depth and precaution: what a member chooses beyond what the treaty binds."""
