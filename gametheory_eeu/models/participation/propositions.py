"""3b, participation: its three thresholds, orders of joining, and where joining tips.

Members are numbered by the order in question, which is no loss: relabelling them is a bijection of
the parameters. What a member gains from a set of others lies between nothing and all they give,
pair by pair: what holds for every such gain holds for every set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    ANY_N,
    BY_INDUCTION,
    SIZES,
    Section,
    conjunction,
    equality,
    iff,
    real_symbols,
)
from gametheory_eeu.models.participation import Participation

SECTION = Section("3b", "Participation", Source("L", "Segal2003"))


@SECTION.proposition("equilibrium-and-dominance", "equilibrium", sizes=SIZES)
def equilibrium_and_dominance(n: int) -> Iterator[Claim]:
    """With n members all-Join is an equilibrium iff P >= P_E = max_i(theta_i - sum_j beta_ij);
    joining is dominant weakly iff P >= P_dom = max theta_i, and strictly iff P > P_dom.
    """
    m = SymbolicNetwork(n)
    demands: tuple[Symbol, ...] = real_symbols(
        f"asked1:{n + 1}"
    )  # what each asks for, by a name of its own
    game, positions = m.game, m.positions
    for name, threshold, joiners in (
        ("all-Join", game.equilibrium_threshold, positions),
        ("dominance", game.dominance_threshold, range(0)),
    ):
        substitution = {m.reluctance(i, joiners): demands[i] for i in positions}
        all_satisfied = conjunction(*(m.P - x >= 0 for x in demands))
        yield Claim.of(
            iff(all_satisfied, m.P >= threshold.xreplace(substitution)),
            (),
            f"{name}: nobody asks for more than P",
        )
        for i in positions:
            payoff = m.P + m.game.gains(i, joiners) - m.game.resistances[i]
            equation = equality(payoff, m.P - m.reluctance(i, joiners))
            yield Claim.of(equation, (), f"{name}: what joining is worth to {i + 1}")
    strict_dominance = iff(conjunction(*(m.P - x > 0 for x in demands)), m.P > sp.Max(*demands))
    yield Claim.of(strict_dominance, (), "dominance: strictly")
    help_claim = m.partial_reluctance(0, m.positions) <= m.reluctance(0, ())
    yield Claim.of(help_claim, m.gains(0, m.positions), "others who join only help")


@SECTION.proposition("order-of-thresholds", "ordering", sizes=SIZES)
def order_of_thresholds(n: int) -> Iterator[Claim]:
    """With n members P_E <= P_abs <= P_dom: what all joining takes lies between them in every
    order, hence in the best.
    """
    m = SymbolicNetwork(n)
    final_reluctances = [m.reluctance(i, m.positions) for i in m.positions]
    for i in m.positions:
        own_reluctance = m.reluctance(i, range(i))
        yield Claim.of(
            conjunction(
                final_reluctances[i] <= own_reluctance, own_reluctance <= m.reluctance(i, ())
            ),
            m.space,
            f"member {i + 1}",
        )
    numbers: tuple[Symbol, ...] = real_symbols(f"b1:{n + 1}")
    for number in numbers:
        lower = real_symbols("a")
        maximum_claim = lower <= sp.Max(*numbers)
        yield Claim.of(
            maximum_claim, [lower <= number], f"less than {number} is less than the largest"
        )


@SECTION.proposition("order-of-thresholds-every-n", "ordering", BY_INDUCTION)
def order_of_thresholds_every_n() -> Iterator[Claim]:
    """P_E <= P_abs <= P_dom for every number of members, by induction in the order of joining.

    E, A and M are P_E, what the order takes, and P_dom of the first n; one more member has
    resistance theta, gains B from them, and what it adds to each of them lowers E to F <= E.
    """
    E, A, M, F, theta, B, beta = real_symbols("E A M F theta B beta")
    base = conjunction(E <= A, A <= M)
    yield Claim.of(base, [sp.Eq(x, theta) for x in (E, A, M)], "base: one member")
    step = conjunction(
        sp.Max(F, theta - B) <= sp.Max(A, theta - B), sp.Max(A, theta - B) <= sp.Max(M, theta)
    )
    yield Claim.of(step, [E <= A, A <= M, F <= E, B >= 0], "step: if E <= A <= M")
    yield Claim.of(B + beta >= 0, [B >= 0, beta >= 0], "step: gains stay non-negative")


@SECTION.proposition("greedy", "optimum", sizes=SIZES)
def greedy(n: int) -> Iterator[Claim]:
    """Greedy is exact with n members: if each in turn is the least reluctant, then no order takes
    less. Where greedy takes most, at its k-th member, every other order has a first member j that
    is none of the k - 1 before it, preceded only by some of them: j asks for no less.
    """
    m = SymbolicNetwork(n)
    for k in m.positions:
        for j in dict.fromkeys((k, n - 1)):
            premises = [*m.gains(j, range(k)), *m.greedy_conditions(k, j)]
            claim = m.partial_reluctance(j, range(k)) >= m.reluctance(k, range(k))
            yield Claim.of(claim, premises, f"k = {k + 1}, j = {j + 1}")


@SECTION.proposition("greedy-every-n", "optimum", BY_INDUCTION)
def greedy_every_n() -> Iterator[Claim]:
    """Greedy is exact for every number of members.

    The k-th of the greedy order asks for g when those before it have joined, and j, not among
    them, for no less; in another order only some of them precede j, and what j gains from those
    that are missing, d, is not negative: by induction over them.
    """
    theta, gains, g, d, beta = real_symbols("theta gains g d beta")
    yield Claim.of(theta - (gains - d) >= g, [theta - gains >= g, d >= 0], "j asks for no less")
    yield Claim.of(
        sp.Ge(theta - gains, g, evaluate=False), [theta - gains >= g], "base: none is missing"
    )
    yield Claim.of(d + beta >= 0, [d >= 0, beta >= 0], "step: one more is missing")


@SECTION.proposition("only-equilibrium", "equilibrium", sizes=SIZES)
def only_equilibrium(n: int) -> Iterator[Claim]:
    """With n members all-Join is the only equilibrium iff P >= P_abs, where ties join.

    Numbered greedily: at P >= P_abs the first member outside a set joins it; at P < P_abs the
    members before the k-th, where greedy takes most, contain an equilibrium: nobody else joins any
    part of them.
    """
    m = SymbolicNetwork(n)
    for k in m.positions:
        later = range(k + 1, n)
        joins = m.P >= m.reluctance(k, range(k)) - sp.Add(*(m.gain_symbols[j] for j in later))
        premises = [*m.gains(k, later), m.P >= m.reluctance(k, range(k))]
        yield Claim.of(joins, premises, f"{k + 1} is the first outside")
        for j in dict.fromkeys((k, n - 1)):
            below = m.P < m.reluctance(k, range(k))
            stay_premises = [*m.gains(j, range(k)), *m.greedy_conditions(k, j), below]
            yield Claim.of(
                m.P < m.partial_reluctance(j, range(k)),
                stay_premises,
                f"{j + 1} stays out of those before {k + 1}",
            )


@SECTION.proposition("absolute-threshold-closed-form", "equilibrium", sizes=(2, 3))
def absolute_threshold(n: int) -> Iterator[Claim]:
    """With n members P_abs = min over orders of max_m(theta - gains from those before) is the
    power from which somebody outside joins every set of joiners.
    """
    m = SymbolicNetwork(n)
    orders = [
        sp.Max(*(m.reluctance(i, order[:k]) for k, i in enumerate(order)))
        for order in permutations(m.positions)
    ]
    yield Claim.of(equality(sp.Min(*orders), m.game.absolute_threshold), m.space)


@SECTION.proposition("uniform-complementarity", "ordering", ANY_N)
def uniform_complementarity() -> Iterator[Claim]:
    """Uniform complementarity: the least resistant is the least reluctant whoever has joined, so
    P_abs = max_m[theta_(m) - beta(m - 1)/(n - 1)] with resistances sorted; and in an equilibrium
    who joins is less resistant than who stays: at most n + 1 of them, one of each size.
    """
    a, b, beta, P, k, n = real_symbols("theta_i theta_j beta P k n")
    premises = [beta >= 0, n >= 2, k >= 0, k <= n - 1]
    demand_a, demand_b = a - beta * k / (n - 1), b - beta * k / (n - 1)
    yield Claim.of(iff(demand_a <= demand_b, a <= b), premises, "who is next, when k have joined")
    joins = P + beta * (k - 1) / (n - 1) - a >= 0
    stays = P + beta * k / (n - 1) - b < 0
    yield Claim.of(a < b, [*premises, k >= 1, joins, stays], "k join: i does, j does not")
    game = Participation(members=3)
    theta = game.resistances
    gain = game.gain(0, 1)
    formula = sp.Max(*(t - gain * m for m, t in enumerate(theta)))
    ordering = [theta[0] <= theta[1], theta[1] <= theta[2]]
    yield Claim.of(
        equality(game.absolute_threshold, formula), [game.space, *ordering], "n = 3, the game's own"
    )


@SECTION.proposition("supermodular", "ordering", ANY_N, source=Source("L", "Topkis1979"))
def supermodular() -> Iterator[Claim]:
    """Joining is worth more, the more join: the game is supermodular, so it has a least and a
    greatest equilibrium, and both rise in P and fall in resistance (Topkis; Milgrom and Roberts).
    """
    P, theta, B, beta = real_symbols("P theta B beta")
    payoff = P + B - theta
    higher, lower = real_symbols("P_2 theta_2")
    yield Claim.of(
        payoff.subs(B, B + beta) >= payoff, [beta >= 0], "increasing differences in others"
    )
    yield Claim.of(payoff.subs(P, higher) > payoff, [higher > P], "rises in P")
    yield Claim.of(payoff.subs(theta, lower) > payoff, [lower < theta], "falls in resistance")


@SECTION.proposition("strict-generically", "equilibrium", ANY_N)
def strict_generically() -> Iterator[Claim]:
    """A pure equilibrium is strict unless some member's resistance equals exactly what the others
    and P give it: an equation, which generic parameters do not obey.
    """
    P, theta, B = real_symbols("P theta B")
    payoff, no_tie = P + B - theta, sp.Ne(P + B, theta)
    yield Claim.of(payoff > 0, [payoff >= 0, no_tie], "who joins")
    yield Claim.of(payoff < 0, [payoff <= 0, no_tie], "who stays")


@SECTION.proposition("tipping", "ordering", ANY_N)
def tipping() -> Iterator[Claim]:
    """Members that are alike tip at q* = (theta - P)/beta: joining pays iff more than the share q*
    is expected to join, so the mixed equilibrium is unstable. On a continuum x = F(P + beta x) is a
    tipping point iff beta F' > 1.
    """
    game = Participation()
    s, q = game.symbols, real_symbols("q")
    premises = [game.space, s.beta > 0, game.quantities["tipping_share"].exists_when]
    tipping_share = game.quantities["tipping_share"].expression
    payoff = s.P + s.beta * q - s.theta
    yield Claim.of(iff(payoff > 0, q > tipping_share), premises, "joining pays above q*")
    yield Claim.of(
        conjunction(tipping_share > 0, tipping_share < 1), premises, "q* is a probability"
    )
    density = real_symbols("f")  # F' at the point
    yield Claim.of(
        iff(s.beta * density - 1 > 0, s.beta * density > 1),
        [density >= 0, s.beta > 0],
        "F(P + beta x) - x rises",
    )


class SymbolicNetwork:
    """Members with a complementarity for each pair, in the game's own symbols."""

    def __init__(self, n: int) -> None:
        self.game = Participation.on_network(members=n)
        self.n, self.positions = n, range(n)
        self.space, self.P = self.game.space, self.game.symbols.P
        self.gain_symbols: tuple[Symbol, ...] = real_symbols(f"y1:{n + 1}")

    def reluctance(self, i: int, joiners: Iterable[int]) -> Expr:
        """The power at which a member joins, given those that have joined."""
        return self.game.resistances[i] - self.game.gains(i, joiners)

    def partial_reluctance(self, i: int, others: Iterable[int]) -> Expr:
        """The power at which a member joins when some of the others have, whichever."""
        return self.game.resistances[i] - sp.Add(*(self.gain_symbols[j] for j in others if j != i))

    def cost(self) -> Expr:
        """The power at which all join in the order 1, 2, ..., n."""
        return sp.Max(*(self.reluctance(i, range(i)) for i in self.positions))

    def gains(self, i: int, others: Iterable[int]) -> list[Boolean]:
        """Bounds on what i gains from each of the others: 0 and the pair's complementarity."""
        pairs = ((self.gain_symbols[j], self.game.gain(i, j)) for j in others if j != i)
        return [sp.And(y >= 0, y <= bound) for y, bound in pairs]

    def greedy_conditions(self, k: int, j: int) -> list[Boolean]:
        """Premise that the greedy order takes k rather than j, once those before k have joined."""
        if k == j:
            return []
        return [self.reluctance(k, range(k)) <= self.reluctance(j, range(k))]


def pairs(n: int) -> list[tuple[int, int]]:
    """Each pair of members once."""
    return [(i, j) for i in range(n) for j in range(i + 1, n)]


def lemmas(game: Participation) -> tuple[prover.Proof, ...]:
    """Proofs that equal members join all or none, but for the tie without complementarity."""
    s, k = game.symbols, sp.Symbol("k", integer=True)
    joiner = s.P + s.beta * (k - 1) / (s.n - 1) - s.theta
    stayer = s.P + s.beta * k / (s.n - 1) - s.theta
    premises = [game.space, k >= 1, k <= s.n - 1]
    tie = sp.And(sp.Eq(s.beta, 0), sp.Eq(s.P, s.theta))
    return (
        prover.prove(sp.Not(sp.And(joiner >= 0, stayer < 0)), given=premises),
        prover.prove(sp.Implies(sp.And(joiner >= 0, stayer <= 0), tie), given=premises),
    )
