"""Pressure: a hegemon presses a leader whose public tolerates only so much."""
