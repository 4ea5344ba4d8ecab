"""Depth and precaution: a member's choices beyond the depth that the treaty binds."""
