"""Simulated paths of trust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gametheory_eeu.core.pickling import ByParts, Stored
from gametheory_eeu.core.representation import Shown


@dataclass(frozen=True)
class Rates(Stored):
    """How often each type is seen to encroach, and how often an opportunist reforms."""

    restrained: float
    opportunist: float
    reform: float


@dataclass(frozen=True, eq=False, repr=False)
class TrustPaths(ByParts, Shown):
    """Paths of trust, one a row, and what was seen on each.

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

    def first_reaching(self, target: float) -> Any:
        """The first period at which each path's trust is at the target or above, -1 if never."""
        there = self.trust >= target
        return np.where(there.any(axis=1), there.argmax(axis=1), -1)

    def __repr__(self) -> str:
        paths, columns = self.trust.shape
        return f"<{paths} paths of trust over {columns - 1} periods>"


def simulate(
    trust: float, rates: Rates, size: tuple[int, int], rng: np.random.Generator,
    restrained: bool | None,
) -> TrustPaths:  # fmt: skip
    """Draw types, reforms and encroachments; update trust by Bayes' rule, in odds."""
    periods, paths = size
    drawn = rng.random(paths) < trust
    start = drawn if restrained is None else np.full(paths, restrained)
    reforms = rng.random((paths, periods)) < rates.reform
    kinds = start[:, None] | np.logical_or.accumulate(reforms, axis=1)
    chance = np.where(kinds, rates.restrained, rates.opportunist)
    seen = rng.random((paths, periods)) < chance
    found = np.empty((paths, periods + 1))
    found[:, 0] = trust
    for t in range(periods):
        before = found[:, t] + (1 - found[:, t]) * rates.reform
        yes = np.where(seen[:, t], rates.restrained, 1 - rates.restrained)
        no = np.where(seen[:, t], rates.opportunist, 1 - rates.opportunist)
        found[:, t + 1] = before * yes / (before * yes + (1 - before) * no)
    return TrustPaths(found, seen, kinds)
