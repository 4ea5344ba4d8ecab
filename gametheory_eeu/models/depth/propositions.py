"""6, depth and precaution: what members choose beyond what the treaty binds."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import (
    ANY_N,
    EVERY_N,
    Section,
    all_of,
    equal,
    iff,
    only_if,
    real,
    signs,
)
from gametheory_eeu.models.credible_commitment import CredibleCommitment
from gametheory_eeu.models.depth import payoffs as primitive

SECTION = Section("6-depth", "", Source("M"))
y, s, mu, b, ell, q, h, nu = real("y s mu b ell q h nu")
_SPACE = Space.of(mu >= 0, mu <= 1, b > 0, ell > 0, q > 0, h > 0)
_DEPTH = sp.Max(0, (mu * (b + ell) - ell) / q)
_GUARD = sp.Min(1, (1 - mu) * ell / h)


def _integrating(at: sp.Expr) -> sp.Expr:
    return primitive.integrating(at, mu=mu, benefit=b, loss=ell, cost=q)


def _guarding(at: sp.Expr) -> sp.Expr:
    return primitive.guarding(at, mu=mu, loss=ell, cost=h)


@SECTION.proposition("best-depth", "optimum")
def best_depth() -> Iterator[Claim]:
    """Y = max(0, (mu(b + ell) - ell)/q) is best among all y >= 0, and is 0 exactly up to mu*."""
    yield Claim.of(_integrating(y) <= _integrating(_DEPTH), [_SPACE, y >= 0], "best")
    threshold = ell / (b + ell)
    yield Claim.of(iff(equal(_DEPTH, 0), mu <= threshold), _SPACE, "zero up to mu*")
    game = CredibleCommitment(sigma=0)
    found = game.quantities["trust_threshold"].expression
    yield Claim.of(
        equal(found, game.symbols.ell / (game.symbols.b + game.symbols.ell)), game.space, "mu*"
    )


@SECTION.proposition("depth-signs", "sign")
def depth_signs() -> Iterator[Claim]:
    """Where it is positive depth rises in mu and b and falls in q, and in ell iff mu < 1;
    everywhere it falls weakly as trust falls.
    """
    inner = (mu * (b + ell) - ell) / q
    positive = Space.of(_SPACE, inner > 0)
    yield from signs(inner, positive, mu="+", b="+", q="-", ell="<=0")
    yield Claim.of(iff(sp.diff(inner, ell) < 0, mu < 1), positive, "in ell")
    weakly = _DEPTH.subs(mu, nu) <= _DEPTH
    yield Claim.of(weakly, [_SPACE, nu >= 0, nu <= mu], "weakly")


@SECTION.proposition("least-willing", "ordering", ANY_N)
def least_willing() -> Iterator[Claim]:
    """A union is as deep as its least willing member: adding a member never deepens it, and
    dropping one deepens it strictly iff he alone binds. r is the least depth of the others.
    """
    r, own = real("r y_i")
    union = sp.Min(r, own)
    yield Claim.of(union <= r, (), "adding")
    yield Claim.of(iff(r > union, own < r), (), "dropping")


@SECTION.proposition("least-willing-every-n", "ordering", EVERY_N)
def least_willing_every_n() -> Iterator[Claim]:
    """The least depth of n members is at most each one's, by induction."""
    r, own, new = real("r y_i y_new")
    yield Claim.of(r <= own, [sp.Eq(r, own)], "base: one member")
    yield Claim.of(all_of(sp.Min(r, new) <= own, sp.Min(r, new) <= new), [r <= own], "step")


@SECTION.proposition("protected-depth", "false")
def protected() -> Iterator[Claim]:
    """False: "depth stays 0 below mu* if binding protects it": with (1 - alpha)ell depth is mu b/q
    at alpha = 1, positive at every mu > 0. Beyond what the treaty binds it is 0 up to mu*.
    """
    alpha = real("alpha")
    safe = sp.Max(0, (mu * b - (1 - mu) * (1 - alpha) * ell) / q)
    low = [_SPACE, alpha >= 0, alpha <= 1, mu <= ell / (b + ell)]
    point = {"mu": "1/4", "b": 1, "ell": 1, "q": 1, "h": 1, "alpha": 1}
    yield Claim.denied(equal(safe, 0), low, fails_at=point)
    bound = equal(safe.subs(alpha, 1), mu * b / q)
    yield Claim.of(bound, _SPACE, "with full protection")
    yield Claim.of(iff(safe.subs(alpha, 1) > 0, mu > 0), _SPACE, "positive")
    yield Claim.of(equal(_DEPTH, 0), low, "corrected: unprotected")


@SECTION.proposition("best-precaution", "optimum")
def best_precaution() -> Iterator[Claim]:
    """s* = min(1, (1 - mu)ell/h) is best in [0, 1]; it falls in mu, weakly at its cap."""
    yield Claim.of(_guarding(s) <= _guarding(_GUARD), [_SPACE, s >= 0, s <= 1], "best")
    higher = [_SPACE, nu > mu, nu <= 1]
    other = _GUARD.subs(mu, nu)
    yield Claim.of(other <= _GUARD, higher, "weakly")
    below_cap = only_if(_GUARD < 1, other < _GUARD)
    yield Claim.of(below_cap, higher, "strictly below the cap")
