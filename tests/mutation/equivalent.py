"""Mutants that no test can catch, each with the reason; by :attr:`Mutant.key`."""

EQUIVALENT: dict[str, str] = {}

__all__ = ["EQUIVALENT"]
