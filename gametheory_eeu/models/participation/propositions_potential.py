"""3b, participation: a symmetric complementarity has a potential."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import SIZES, Section, equality, real_symbols
from gametheory_eeu.models.participation.propositions_network import SymbolicNetwork, pairs

SECTION = Section("3b", "Participation", Source("L", "Segal2003"))


@SECTION.proposition("potential", "identity", sizes=SIZES)
def potential(n: int) -> Iterator[Claim]:
    """With n members and a symmetric beta, sum_S(P - theta_i) + sum_{i<j in S} beta_ij changes by a
    member's own payoff when it joins: a potential.
    """
    m = SymbolicNetwork(n)
    x = real_symbols(f"x1:{n + 1}")
    value = sp.Add(*(x[i] * (m.P - m.game.resistances[i]) for i in m.positions)) + sp.Add(
        *(x[i] * x[j] * m.game.gain(i, j) for i, j in pairs(n))
    )
    symmetric = [equality(m.game.gain(i, j), m.game.gain(j, i)) for i, j in pairs(n)]
    for i in dict.fromkeys((0, n - 1)):
        change = value.subs(x[i], 1) - value.subs(x[i], 0)
        joining_payoff = (
            m.P - m.reluctance(i, ()) + sp.Add(*(x[j] * m.game.gain(i, j) for j in m.positions))
        )
        yield Claim.of(
            equality(change, joining_payoff), [m.space, *symmetric], f"member {i + 1} joins"
        )
