"""The contest's payoffs at numbers, from THEORY's costs, sharing no code with the library."""

from dataclasses import dataclass
from fractions import Fraction

ACTIONS = ("Join", "Wait", "Balance")
Pure = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A contest at numbers."""

    P: Fraction
    R: Fraction
    w: tuple[Fraction, ...]
    c: Fraction
    tau: Fraction
    lam: Fraction

    def payoff(self, pure: Pure, i: int) -> Fraction:
        if pure[i] == "Join":
            return -self.tau
        balancing = sum(w for w, a in zip(self.w, pure, strict=True) if a == "Balance")
        if pure[i] == "Wait":
            return -self.lam * self.P / (self.P + self.R + self.w[i])
        return -self.c - self.lam * self.P / (self.P + self.R + balancing)
