"""Report: every game at every calibration, solved and written into a folder."""

from gametheory_eeu.report.command import main

__all__ = ["main"]
