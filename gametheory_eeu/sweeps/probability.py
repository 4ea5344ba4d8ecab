"""Probability of a condition, a regime, an equilibrium or a claim under priors on parameters."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.sweeps.exact_share import METHODS, exact_share
from gametheory_eeu.sweeps.priors import Priors
from gametheory_eeu.sweeps.sampled_share import REPLICATES, number, power_of_two, sampled_share
from gametheory_eeu.sweeps.statements import Statement, statement_of

EXACT, SAMPLED = "exact", "quasi-Monte Carlo"


@dataclass(frozen=True, repr=False)
class Probability(Displayable):
    """The probability of a statement.

    Parameters
    ----------
    value : SymPy number
        Exact, or a decimal.
    error : SymPy number
        The standard error; zero where the value is exact. Of a sample that is unanimous, the
        weight of one point.
    method : {"exact", "quasi-Monte Carlo"}
    domain : SymPy number
        The probability of the domain, on which the value is conditional.
    size : int
        Points drawn; zero where the value is exact.
    seed : int
        Of the sample.
    """

    value: Expr
    error: Expr
    method: str
    domain: Expr
    size: int = 0
    seed: int = 0

    @property
    def exact(self) -> bool:
        """Whether the value is exact."""
        return self.method == EXACT

    def __float__(self) -> float:
        return float(self.value)

    def __repr__(self) -> str:
        if self.exact:
            return f"<probability {self.value}>"
        return f"<probability {float(self):.5g} ± {float(self.error):.1g}, {self.method}>"


def probability(
    statement: object,
    priors: object,
    *,
    given: object = (),
    game: object = None,
    method: str | None = None,
    size: int = 2**16,
    rng: int = 0,
) -> Probability:
    """The probability of a statement under independent priors on its parameters.

    It is conditional on the domain: the game's own, and what is ``given``.

    Parameters
    ----------
    statement : SymPy condition, str, Regime, Equilibrium, or CaseClaim
        Of a claim, all its formal statements that are not theorems; its calibrated values are
        kept where no prior is given.
    priors : mapping of parameter or symbol to prior
        A pair ``(low, high)`` is a uniform distribution; or a frozen distribution of
        ``scipy.stats``; one number is kept.
    given : conditions, optional
    game : game, optional
        Whose parameters, quantities and domain are meant; an equilibrium knows its own.
    method : {"exact", "quasi-Monte Carlo"}, optional
        Without it exact where possible: uniform priors, and a condition that is linear in at most
        five parameters, polynomial in one, or bounded in two by graphs of rational functions.
    size : int
        The number of points drawn, a power of two from 256 on; in 16 scramblings of Sobol's
        sequence, whose spread gives the error.
    rng : int
        The seed.

    Raises
    ------
    GameTheoryError
        A parameter without a prior, a domain of probability zero.
    UnsupportedError
        ``method="exact"`` where that is out of reach.

    Notes
    -----
    At each point drawn the condition is decided exactly, as in :func:`sweep`. Scrambled sequences
    and the error from replicates are Owen's.

    Examples
    --------
    >>> probability("x + y < 1", {"x": (0, 1), "y": (0, 2)})
    <probability 1/4>
    >>> probability("x**2 < y", {"x": (0, 1), "y": (0, 1)}).value
    2/3
    >>> from scipy.stats import norm
    >>> probability("x > y", {"x": norm(0, 1), "y": norm(0, 1)}, size=1024).method
    'quasi-Monte Carlo'
    """
    if method is not None:
        arg.one_of("method", method, (EXACT, SAMPLED))
    size = power_of_two("size", size, 16 * REPLICATES, 2**26)
    seed = arg.integer("rng", rng, 0, 2**63)
    meant, known = statement_of(statement, given, game).under(priors)
    found = None if method == SAMPLED else _exact(meant, known)
    if found is not None:
        return found
    if method == EXACT:
        raise UnsupportedError(
            f"the probability is not found exactly; that needs uniform priors and a condition "
            f"that is {METHODS}. Leave method out for {SAMPLED}"
        )
    share, error, domain = sampled_share(meant, known, size, seed)
    return Probability(number(share), number(error), SAMPLED, number(domain), size, seed)


def _exact(statement: Statement, priors: Priors) -> Probability | None:
    if any(s.is_integer for s in priors.symbols):
        return None
    domain = exact_share(sp.And(*statement.domain, evaluate=False), priors)
    if domain is None:
        return None
    if domain == 0:
        raise GameTheoryError(
            "the domain has probability zero under these priors; look at its conditions: "
            + ", ".join(map(str, statement.domain))
        )
    together = sp.And(statement.condition, *statement.domain, evaluate=False)
    both = exact_share(together, priors)
    if both is None:
        return None
    value = both if domain == 1 else sp.radsimp(both / domain)
    return Probability(value, sp.Integer(0), EXACT, domain)
