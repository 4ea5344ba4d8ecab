"""Simulated paths of trust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.core.results import Displayable, Picklable, StructuralEquality


@dataclass(frozen=True)
class ViolationRates(Picklable):
    """Violation rates by type, and the rate of reform."""

    restrained: float
    opportunist: float
    reform: float


@dataclass(frozen=True, eq=False, repr=False)
class TrustPaths(StructuralEquality, Displayable):
    """Paths of trust, one a row, with the observations on each.

    Parameters
    ----------
    trust : array, paths x (periods + 1)
        The first column is the trust at the start.
    violations : boolean array, paths x periods
    restrained : boolean array, paths x periods
        The type in each period, reform included.
    exact : bool
        False: floating point.
    """

    trust: Any
    violations: Any
    restrained: Any
    exact: bool = False

    def first_passage(self, target: float) -> Any:
        """The first period at which each path's trust is at the target or above, -1 if never."""
        reached = self.trust >= target
        return np.where(reached.any(axis=1), reached.argmax(axis=1), -1)

    def __repr__(self) -> str:
        paths, columns = self.trust.shape
        return f"<{paths} paths of trust over {columns - 1} periods>"


def simulate(
    trust: float, rates: ViolationRates, size: tuple[int, int], rng: np.random.Generator,
    restrained: bool | None,
) -> TrustPaths:  # fmt: skip
    """Draw types, reforms and encroachments; update trust by Bayes' rule, in odds."""
    periods, paths = size
    restrained_draws = rng.random(paths) < trust
    start = restrained_draws if restrained is None else np.full(paths, restrained)
    reforms = rng.random((paths, periods)) < rates.reform
    is_restrained = start[:, None] | np.logical_or.accumulate(reforms, axis=1)
    probabilities = np.where(is_restrained, rates.restrained, rates.opportunist)
    violated = rng.random((paths, periods)) < probabilities
    trust_paths = np.empty((paths, periods + 1))
    trust_paths[:, 0] = trust
    for t in range(periods):
        prior = trust_paths[:, t] + (1 - trust_paths[:, t]) * rates.reform
        restrained_likelihood = np.where(violated[:, t], rates.restrained, 1 - rates.restrained)
        opportunist_likelihood = np.where(violated[:, t], rates.opportunist, 1 - rates.opportunist)
        trust_paths[:, t + 1] = (
            prior
            * restrained_likelihood
            / (prior * restrained_likelihood + (1 - prior) * opportunist_likelihood)
        )
    return TrustPaths(trust_paths, violated, is_restrained)
