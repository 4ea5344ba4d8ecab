"""6, hedging: a member between two principals, their transfers and its rent."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    EXAMPLE,
    Section,
    conjunction,
    equality,
    iff,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.hedging.principals import (
    alignment_cost,
    opposition_worth,
    support_worth,
)

SECTION = Section("6-hedging", "Hedging", Source("L", "BernheimWhinston1986"))
a, k, a0, R, E, mu = real_symbols("a k a_0 V_R V_E mu")
_SPACE = Space.of(k > 0, a0 >= 0, a0 <= 1, R > 0, E > 0)
_OPTIMUM = a0 + (R - E) / k
_CONSTRAINED_OPTIMUM = sp.Min(1, sp.Max(0, _OPTIMUM))
_TRANSFER_R, _TRANSFER_E = R**2 / (2 * k), E**2 / (2 * k)
_INTERIOR = (a0 >= E / k, a0 + R / k <= 1)


def _joint_payoff(level: Expr, hegemon_stake: Expr = R, rival_stake: Expr = E) -> Expr:
    """Joint payoff of the three from an alignment; a stake of 0 leaves a principal out."""
    return (
        support_worth(level, hegemon_stake)
        + opposition_worth(level, rival_stake)
        - alignment_cost(level, k, a0)
    )


@SECTION.proposition("alignment", "optimum")
def alignment() -> Iterator[Claim]:
    """The truthful equilibrium maximises the joint value: a* = a_0 + (V_R - V_E)/k, at the nearer
    end where that lies outside [0, 1].
    """
    premises = [_SPACE, a >= 0, a <= 1]
    yield Claim.of(
        _joint_payoff(a) <= _joint_payoff(_CONSTRAINED_OPTIMUM), premises, "best on [0, 1]"
    )
    interior = sp.And(_OPTIMUM >= 0, _OPTIMUM <= 1)
    yield Claim.of(
        iff(equality(_CONSTRAINED_OPTIMUM, _OPTIMUM), interior),
        _SPACE,
        "a* itself iff it is in [0, 1]",
    )
    implication = sp.Implies(sp.And(*_INTERIOR), interior)
    yield Claim.of(implication, _SPACE, "interior transfers ask for more")


@SECTION.proposition("transfers", "equilibrium")
def transfers() -> Iterator[Claim]:
    """t_R = V_R^2/2k, t_E = V_E^2/2k, rent V_R V_E/k: each principal pays what makes the member as
    well off as with the other alone; interior iff a_0 >= V_E/k and a_0 + V_R/k <= 1.
    """
    premises = [_SPACE, *_INTERIOR]
    alone_e, alone_r = a0 - E / k, a0 + R / k  # what the member does for one principal alone
    for level, stakes, name in ((alone_e, (0, E), "E"), (alone_r, (R, 0), "R")):
        optimality = _joint_payoff(a, *stakes) <= _joint_payoff(level, *stakes)
        yield Claim.of(optimality, [_SPACE, *_INTERIOR, a >= 0, a <= 1], f"with {name} alone")
    end_conditions = sp.And(alone_e >= 0, alone_r <= 1)
    yield Claim.of(iff(end_conditions, sp.And(*_INTERIOR)), _SPACE, "interior")
    with_rival = opposition_worth(alone_e, E) - alignment_cost(alone_e, k, a0)
    transfer = with_rival - (opposition_worth(_OPTIMUM, E) - alignment_cost(_OPTIMUM, k, a0))
    yield Claim.of(equality(transfer, _TRANSFER_R), premises, "t_R")
    with_hegemon = support_worth(alone_r, R) - alignment_cost(alone_r, k, a0)
    transfer = with_hegemon - (support_worth(_OPTIMUM, R) - alignment_cost(_OPTIMUM, k, a0))
    yield Claim.of(equality(transfer, _TRANSFER_E), premises, "t_E")
    rent = _TRANSFER_R + _TRANSFER_E - alignment_cost(_OPTIMUM, k, a0)
    yield Claim.of(conjunction(equality(rent, R * E / k), rent > 0), premises, "the member's rent")
    net_r, net_e = (
        support_worth(_OPTIMUM, R) - _TRANSFER_R,
        opposition_worth(_OPTIMUM, E) - _TRANSFER_E,
    )
    no_worse = conjunction(
        net_r >= support_worth(alone_e, R), net_e >= opposition_worth(alone_r, E)
    )
    yield Claim.of(no_worse, premises, "no principal would rather stay away")


@SECTION.proposition("sides", "equilibrium")
def sides() -> Iterator[Claim]:
    """With any number of principals the sides pay what two with their summed stakes would pay:
    joint worth is convex in the sum of stakes, whatever alignment costs, so that of the bounds on
    payoffs those on coalitions of one side alone count, and a whole side meets its own.

    All have W at a choice b_1, and W less two coalitions at b_2, of costs c_1 and c_2; what is left
    without either alone is at least what it has at one of the two choices. Coalitions of two sides
    lose together at least what they lose one by one, those of one side at most that.
    """
    total, x, y, b1, b2, c1, c2 = real_symbols("sigma x y b_1 b_2 c_1 c_2")

    def worth(stake: Expr, level: Expr, price: Expr) -> Expr:
        return support_worth(level, stake) - price

    first, second = (b1, c1), (b2, c2)
    both = worth(total, *first) + worth(total - x - y, *second)
    opposed = [x >= 0, y <= 0]
    for near, far, order in ((first, second, b1 <= b2), (second, first, b1 >= b2)):
        one_by_one = worth(total - x, *near) + worth(total - y, *far)
        yield Claim.of(one_by_one >= both, [*opposed, order], "two sides")
    allied = [x >= 0, y >= 0]
    apart = worth(total - x, *first) + worth(total - y, *second)
    for near, far, order in ((first, second, b1 >= b2), (second, first, b1 <= b2)):
        together = worth(total, *near) + worth(total - x - y, *far)
        yield Claim.of(together >= apart, [*allied, order], "one side")


@SECTION.proposition("alignment-signs", "sign")
def alignment_signs() -> Iterator[Claim]:
    """d(1 - a*)/dV_R = -1/k < 0; a* falls in V_E; with trust a* = a_0 + (mu V_R - V_E)/k rises in
    mu. Lower trust moves alignment away but lowers the rent mu V_R V_E/k.
    """
    slope = sp.diff(1 - _OPTIMUM, R)
    yield Claim.of(conjunction(equality(slope, -1 / k), slope < 0), _SPACE, "outsiders, in V_R")
    yield from sign_claims(_OPTIMUM, _SPACE, V_E="-", a_0="+")
    premises = [_SPACE, mu >= 0, mu <= 1]
    yield from sign_claims(_OPTIMUM.subs(R, mu * R), premises, mu="+")
    yield from sign_claims(mu * R * E / k, premises, mu="+", V_E=">=0")
    lower = real_symbols("nu")
    alignments = [_CONSTRAINED_OPTIMUM.subs(R, x * R) for x in (mu, lower)]
    monotonicity = alignments[1] <= alignments[0]
    yield Claim.of(monotonicity, [*premises, lower >= 0, lower <= mu], "weakly, corners included")


@SECTION.proposition("others-exist", "existence", EXAMPLE)
def others_exist() -> Iterator[Claim]:
    """Other equilibria exist, with an alignment that is not the best: at V_R = .3, V_E = .2, k = 1,
    a_0 = 1/2 the member stays at 1/2, not at 3/5, if each principal also offers to buy it whole.

    Each pays T at 1/2 and, off the path, offers at its own end just what makes the member as well
    off. A principal that deviates has to leave the member this much, so that the most it can get is
    what it is worth alone with the member, less that; or it stays away, and the member is bought.
    """
    values = {R: sp.Rational(3, 10), E: sp.Rational(1, 5), k: sp.Integer(1), a0: sp.Rational(1, 2)}
    level, paid_r, paid_e = sp.Rational(1, 2), sp.Rational(1, 50), sp.Rational(9, 200)
    joint = _joint_payoff(a).xreplace(values)
    yield Claim.of(joint.subs(a, level) < joint.subs(a, sp.Rational(3, 5)), (), "not the best")
    rent = paid_r + paid_e - alignment_cost(level, k, a0).xreplace(values)
    nets = (support_worth(level, R).xreplace(values) - paid_r,
            opposition_worth(level, E).xreplace(values) - paid_e)  # fmt: skip
    for net, stakes, name in zip(nets, ((R, 0), (0, E)), ("hegemon", "rival"), strict=True):
        together = _joint_payoff(a, *stakes).xreplace(values)
        premises = [a >= 0, a <= 1]
        yield Claim.of(together - rent <= net, premises, f"no other offer of the {name} is better")
        yield Claim.of(net > 0, (), f"the {name} does not stay away")
    yield Claim.of(conjunction(rent > 0, paid_r < rent, paid_e < rent), (), "both are needed")
