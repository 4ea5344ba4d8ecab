"""Proposition: a claim about a model, its scope, and the steps that prove it."""

from __future__ import annotations

from dataclasses import dataclass

from gametheory_eeu import logic
from gametheory_eeu._shown import Shown


@dataclass(frozen=True, repr=False)
class Proposition(Shown):
    """A claim and the proofs it rests on.

    Parameters
    ----------
    name : str
    statement : str
        The claim in words.
    scope : str
        Where it is claimed: "n = 3", "every n, by induction", …
    steps : tuple of Proof
        Proved one by one; the claim is proved when all are.
    """

    name: str
    statement: str
    scope: str
    steps: tuple[logic.Proof, ...]

    @property
    def verdict(self) -> str:
        """``"proved"`` where every step is; otherwise the worst of the steps' verdicts."""
        verdicts = {step.verdict for step in self.steps}
        return next((v for v in ("refuted", "unknown") if v in verdicts), "proved")

    def __repr__(self) -> str:
        return f"<{self.verdict}, {self.scope}: {self.statement}>"


__all__ = ["Proposition"]
