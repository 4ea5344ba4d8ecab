"""Pressure: a hegemon's demands on a leader whose public has a limited tolerance."""
