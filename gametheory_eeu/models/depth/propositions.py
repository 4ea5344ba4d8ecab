"""6, depth and precaution: members' choices beyond the depth that the treaty binds."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    ANY_N,
    BY_INDUCTION,
    Section,
    conjunction,
    equality,
    iff,
    implication,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.credible_commitment import CredibleCommitment
from gametheory_eeu.models.depth.model import integration_payoff, precaution_payoff

SECTION = Section("6-depth", "Depth", Source("M"))
y, s, mu, b, ell, q, h, nu = real_symbols("y s mu b ell q h nu")
_SPACE = Space.of(mu >= 0, mu <= 1, b > 0, ell > 0, q > 0, h > 0)
_DEPTH = sp.Max(0, (mu * (b + ell) - ell) / q)
_PRECAUTION = sp.Min(1, (1 - mu) * ell / h)


def _integration_payoff(depth: sp.Expr) -> sp.Expr:
    return integration_payoff(depth, mu=mu, benefit=b, loss=ell, cost=q)


def _precaution_payoff(precaution: sp.Expr) -> sp.Expr:
    return precaution_payoff(precaution, mu=mu, loss=ell, cost=h)


@SECTION.proposition("best-depth", "optimum")
def best_depth() -> Iterator[Claim]:
    """Y = max(0, (mu(b + ell) - ell)/q) is best among all y >= 0, and is 0 exactly up to mu*."""
    yield Claim.of(_integration_payoff(y) <= _integration_payoff(_DEPTH), [_SPACE, y >= 0], "best")
    threshold = ell / (b + ell)
    yield Claim.of(iff(equality(_DEPTH, 0), mu <= threshold), _SPACE, "zero up to mu*")
    game = CredibleCommitment(sigma=0)
    game_threshold = game.quantities["trust_threshold"].expression
    yield Claim.of(
        equality(game_threshold, game.symbols.ell / (game.symbols.b + game.symbols.ell)),
        game.space,
        "mu*",
    )


@SECTION.proposition("depth-signs", "sign")
def depth_signs() -> Iterator[Claim]:
    """Where it is positive depth rises in mu and b and falls in q, and in ell iff mu < 1;
    everywhere it falls weakly as trust falls.
    """
    interior_depth = (mu * (b + ell) - ell) / q
    positive = Space.of(_SPACE, interior_depth > 0)
    yield from sign_claims(interior_depth, positive, mu="+", b="+", q="-", ell="<=0")
    yield Claim.of(iff(sp.diff(interior_depth, ell) < 0, mu < 1), positive, "in ell")
    monotonicity = _DEPTH.subs(mu, nu) <= _DEPTH
    yield Claim.of(monotonicity, [_SPACE, nu >= 0, nu <= mu], "weakly")


@SECTION.proposition("least-willing", "ordering", ANY_N)
def least_willing() -> Iterator[Claim]:
    """A union is as deep as its least willing member: adding a member never deepens it, and
    dropping one deepens it strictly iff he alone binds. r is the least depth of the others.
    """
    r, own_depth = real_symbols("r y_i")
    union = sp.Min(r, own_depth)
    yield Claim.of(union <= r, (), "adding")
    yield Claim.of(iff(r > union, own_depth < r), (), "dropping")


@SECTION.proposition("least-willing-every-n", "ordering", BY_INDUCTION)
def least_willing_every_n() -> Iterator[Claim]:
    """The least depth of n members is at most each one's, by induction."""
    r, own_depth, new_depth = real_symbols("r y_i y_new")
    yield Claim.of(r <= own_depth, [sp.Eq(r, own_depth)], "base: one member")
    yield Claim.of(
        conjunction(sp.Min(r, new_depth) <= own_depth, sp.Min(r, new_depth) <= new_depth),
        [r <= own_depth],
        "step",
    )


@SECTION.proposition("protected-depth", "false")
def protected_depth() -> Iterator[Claim]:
    """False: "depth stays 0 below mu* if binding protects it": with (1 - alpha)ell depth is mu b/q
    at alpha = 1, positive at every mu > 0. Beyond what the treaty binds it is 0 up to mu*.
    """
    alpha = real_symbols("alpha")
    depth = sp.Max(0, (mu * b - (1 - mu) * (1 - alpha) * ell) / q)
    premises = [_SPACE, alpha >= 0, alpha <= 1, mu <= ell / (b + ell)]
    point = {"mu": "1/4", "b": 1, "ell": 1, "q": 1, "h": 1, "alpha": 1}
    yield Claim.refutation(equality(depth, 0), premises, fails_at=point)
    full_protection = equality(depth.subs(alpha, 1), mu * b / q)
    yield Claim.of(full_protection, _SPACE, "with full protection")
    yield Claim.of(iff(depth.subs(alpha, 1) > 0, mu > 0), _SPACE, "positive")
    yield Claim.of(equality(_DEPTH, 0), premises, "corrected: unprotected")


@SECTION.proposition("best-precaution", "optimum")
def best_precaution() -> Iterator[Claim]:
    """s* = min(1, (1 - mu)ell/h) is best in [0, 1]; it falls in mu, weakly at its cap."""
    yield Claim.of(
        _precaution_payoff(s) <= _precaution_payoff(_PRECAUTION), [_SPACE, s >= 0, s <= 1], "best"
    )
    premises = [_SPACE, nu > mu, nu <= 1]
    guard_at_nu = _PRECAUTION.subs(mu, nu)
    yield Claim.of(guard_at_nu <= _PRECAUTION, premises, "weakly")
    below_cap = implication(_PRECAUTION < 1, guard_at_nu < _PRECAUTION)
    yield Claim.of(below_cap, premises, "strictly below the cap")
