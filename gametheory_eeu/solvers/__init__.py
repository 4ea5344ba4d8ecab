"""How games are solved, one method a file; no game by name."""

from gametheory_eeu.solvers.pure_nash import pure_nash

__all__ = ["pure_nash"]
