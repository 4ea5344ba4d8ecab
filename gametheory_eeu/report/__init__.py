"""The main job: reads every game at every calibration and writes the results into a folder."""

from gametheory_eeu.report.command import main

__all__ = ["main"]
