"""5c, the hub with many spokes: three protocols, shares of prestige, and their ranking.

The hegemon's part of all weights is q = 1/(1 + Omega), Omega the sum of the odds omega_i =
gamma_i/(1 - gamma_i). S_i = p_i - l_i, where p_i is what a deal gains and l_i what it loses.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim, Proposition
from gametheory_eeu.games.section import (
    BY_INDUCTION,
    EXAMPLE,
    LIMIT,
    SIZES,
    Section,
    claims_by_name,
    conjunction,
    equality,
    iff,
    implication,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.hub_bargaining import HubBargaining
from gametheory_eeu.models.hub_bargaining.lemmas import example_payoffs, payoffs, prestige_increment

SECTION = Section(
    "5c", "HubBargaining", Source("L", "StoleZwiebel1996", "with unequal weights and viability [M]")
)
_PAIRS = Source("L", "CollardWexlerGowrisankaranLee2019")


@cache
def _lemmas() -> tuple[Proposition, ...]:
    return HubBargaining.lemmas()


class _MemberSymbols:
    """Odds and surpluses of n members, every deal with a surplus of its own."""

    def __init__(self, n: int) -> None:
        self.odds: tuple[Symbol, ...] = real_symbols(f"omega1:{n + 1}")
        self.surplus: tuple[Symbol, ...] = real_symbols(f"S1:{n + 1}")
        self.Z = real_symbols("Z")
        self.given: list[Boolean] = [w > 0 for w in self.odds] + [x >= 0 for x in self.surplus]
        self.given += [self.Z >= 0]

    @property
    def total_odds(self) -> Expr:
        """The odds of all members."""
        return sp.Add(*self.odds)

    @property
    def weights(self) -> list[Expr]:
        """Each member's bargaining weight."""
        return [w / (1 + w) for w in self.odds]

    def hub(self, protocol: int) -> Expr:
        """The hegemon's gain: 0 renegotiated, 1 Nash-in-Nash, 2 one table."""
        return payoffs(self.odds, self.surplus, self.Z)[protocol]


@SECTION.proposition("closed-form", "equilibrium", BY_INDUCTION)
def closed_form() -> Iterator[Claim]:
    """If Z >= 0 and all S_i >= 0, renegotiated bilateral pays t_i = gamma_i a_i - (1 - gamma_i)e_i
    + Z omega_i/(1 + sum omega). In general a smaller union keeps the willing, and the whole stands
    iff Z >= sum of max(0, -S_i).
    """
    surplus, odds = real_symbols("S_1 omega_1")
    base_claim = iff(surplus / (1 + odds) >= 0, surplus >= 0)
    yield Claim.of(base_claim, [odds > 0], "base: one member is kept iff it is willing")
    yield from claims_by_name(_lemmas(), "closed form")
    game = HubBargaining()
    s, (member,) = game.symbols, game.spokes
    price_formula = (
        s.gamma * member.a
        - (1 - s.gamma) * member.e
        + s.Z * s.gamma / (1 - s.gamma + s.gamma * s.n)
    )
    price = game.quantities["transfer"].expression
    yield Claim.of(
        equality(price, price_formula), [game.space, member.S >= 0], "equal gamma: each takes"
    )


@SECTION.proposition("closed-form-always", "false", EXAMPLE)
def closed_form_fails() -> Iterator[Claim]:
    """False: "the closed form holds with some S_i < 0": gamma = 1/2, S = (1, -1), a = (1, 0),
    e = (0, -1), Z = 3 give t = (7/6, 5/3), where it says (3/2, 3/2).
    """
    game = HubBargaining(members=["A", "B"], mu=1, b=1, ell=1, o=[1, 2], alpha=0, kappa="1/2",
                         V=[1, 0], D=0, Z=3, gamma="1/2")  # fmt: skip
    transfers = game.outcome().transfers
    for name, value in (("A", "7/6"), ("B", "5/3")):
        yield Claim.of(
            equality(transfers[name], sp.Rational(value)), (), f"corrected: t_{name} by recursion"
        )
        yield Claim.of(
            equality(game.transfers[name], sp.Rational(value)), (), f"t_{name} by the game"
        )
    half, z = sp.Rational(1, 2), sp.Integer(3)
    for i, name in zip(game.spokes, transfers, strict=True):
        a, e = (x.xreplace(game.values) for x in (i.a, i.e))
        formula = half * a - half * e + z * 1 / (1 + 2)
        yield Claim.of(
            equality(formula, sp.Rational(3, 2)), (), f"what the closed form says of {name}"
        )
        yield Claim.refutation(equality(formula, transfers[name]), (), fails_at={})


@SECTION.proposition("union-by-number", "identity", BY_INDUCTION)
def union_by_number() -> Iterator[Claim]:
    """With F of the number of members and equal gamma and e, t_k = [gamma(DeltaF(k) +
    (k-1)t_{k-1}) - (1-gamma)e]/(1 - gamma + gamma k), by induction over unions.
    """
    g, e, k, F, G, pi_k, pi_k1, pi_k2 = real_symbols("gamma e k F_k F_k1 pi_k pi_k1 pi_k2")
    odds, premises = g / (1 - g), [g > 0, g < 1]

    def union_payoff(value: Expr, count: Expr, smaller: Expr) -> Expr:
        return (value + count * e + count * odds * smaller) / (1 + count * odds)

    def price(current: Expr, smaller: Expr) -> Expr:
        return odds * (current - smaller) - e

    def rule(rise: Expr, count: Expr, earlier: Expr) -> Expr:
        return (g * (rise + (count - 1) * earlier) - (1 - g) * e) / (1 - g + g * count)

    base = equality(
        price(union_payoff(F, sp.Integer(1), sp.Integer(0)), sp.Integer(0)),
        rule(F, sp.Integer(1), 0),
    )
    yield Claim.of(base, premises, "base: k = 1")
    earlier = price(pi_k1, pi_k2)
    steps = [
        sp.Eq(pi_k, union_payoff(F, k, pi_k1)),
        sp.Eq(pi_k1, union_payoff(G, k - 1, pi_k2)),
        k >= 2,
    ]
    yield Claim.of(
        equality(price(pi_k, pi_k1), rule(F - G, k, earlier)), [*premises, *steps], "step"
    )


@SECTION.proposition("nash-in-nash", "equilibrium", source=_PAIRS)
def nash_in_nash() -> Iterator[Claim]:
    """Nash-in-Nash: each price against all others kept is gamma(a + Z) - (1 - gamma)e: the pair's
    gain S + Z is divided by their weights.
    """
    game = HubBargaining()
    s, (member,) = game.symbols, game.spokes
    price = game.quantities["nash_in_nash_transfer"].expression
    yield Claim.of(
        equality(price, s.gamma * (member.a + s.Z) - (1 - s.gamma) * member.e), game.space
    )
    split = equality((1 - s.gamma) * (member.e + price), s.gamma * (member.a + s.Z - price))
    yield Claim.of(split, game.space, "divided by the weights")


@SECTION.proposition("solvency", "ordering", sizes=SIZES, source=_PAIRS)
def solvency(n: int) -> Iterator[Claim]:
    """With n members Nash-in-Nash leaves the hegemon solvent for every Z >= 0 iff
    sum gamma <= 1; otherwise it is bankrupt iff Z > sum (1-gamma)S/(sum gamma - 1).
    """
    m = _MemberSymbols(n)
    A, G = real_symbols("A G")
    own_gains = sp.Add(*(x / (1 + w) for x, w in zip(m.surplus, m.odds, strict=True)))
    formula = own_gains + m.Z * (1 - sp.Add(*m.weights))
    yield Claim.of(equality(sp.together(m.hub(1) - formula), 0), m.given, "the hegemon's gain")
    for i in range(n):
        yield Claim.of(m.surplus[i] / (1 + m.odds[i]) >= 0, m.given, f"A >= 0: member {i + 1}")
    yield from _solvency_claims(A, G, m.Z)


@SECTION.proposition("solvency-every-n", "ordering", BY_INDUCTION, source=_PAIRS)
def solvency_every_n() -> Iterator[Claim]:
    """The same for every number of members: A, the sum of (1 - gamma_i)S_i, is not negative."""
    A, G, Z, g, S = real_symbols("A G Z gamma S")
    yield Claim.of(A >= 0, [sp.Eq(A, 0)], "base: nobody")
    yield Claim.of(A + (1 - g) * S >= 0, [A >= 0, g > 0, g < 1, S >= 0], "step: one more member")
    yield from _solvency_claims(A, G, Z)


def _solvency_claims(A: Expr, G: Expr, Z: Expr) -> Iterator[Claim]:
    gain = A + Z * (1 - G)
    yield Claim.of(gain >= 0, [A >= 0, Z >= 0, G <= 1], "solvent for all Z if sum gamma <= 1")
    bankruptcy = iff(gain < 0, Z > A / (G - 1))
    yield Claim.of(bankruptcy, [A >= 0, Z >= 0, G > 1], "bankrupt")
    example_gain = gain.subs(Z, A / (G - 1) + 1)
    yield Claim.of(example_gain < 0, [A >= 0, G > 1], "for some Z otherwise")


@SECTION.proposition("one-table", "equilibrium")
def one_table() -> Iterator[Claim]:
    """At one table weights are in proportion to 1/rho (hub 1, member omega_i): a member gains
    omega_i(sum S + Z)/(1 + Omega), the hub (sum S + Z)/(1 + Omega).
    """
    rho_H, rho_i, W, T = real_symbols("rho_H rho_i Omega T")
    weight = rho_H / (rho_H + rho_i)
    ratio = equality(weight / (1 - weight), (1 / rho_i) / (1 / rho_H))
    yield Claim.of(ratio, [rho_H > 0, rho_i > 0], "omega is the ratio of 1/rho")
    hub, w = T / (1 + W), real_symbols("omega")
    yield Claim.of(equality(hub + W * hub, T), [W > 0], "the gains add up")
    yield Claim.of(
        equality(w / (w * hub), 1 / hub), [W > 0, w > 0, T > 0], "stationary Nash product"
    )
    game = HubBargaining()
    s, (member,) = game.symbols, game.spokes
    joint = s.n * member.S + s.Z
    gain = game.quantities["one_table_transfer"].expression + member.e
    odds = s.gamma / (1 - s.gamma)
    equation = equality(gain, odds * joint / (1 + s.n * odds))
    yield Claim.of(equation, game.space, "the game's own, members alike")


@SECTION.proposition("prestige-split-alike", "identity", sizes=SIZES)
def split_alike(n: int) -> Iterator[Claim]:
    """Among n members Z is split alike by renegotiation and at one table: each takes
    omega_i/(1 + Omega) of it, the hegemon 1/(1 + Omega).
    """
    m = _MemberSymbols(n)
    for protocol in (0, 2):
        share = sp.together(sp.diff(m.hub(protocol), m.Z))
        yield Claim.of(equality(share, 1 / (1 + m.total_odds)), m.given, "the hegemon's part")
    total_share = sp.Add(*(w / (1 + m.total_odds) for w in m.odds)) + 1 / (1 + m.total_odds)
    yield Claim.of(equality(total_share, 1), m.given, "the parts add up")


@SECTION.proposition("cost-of-one-exit", "identity", sizes=SIZES)
def cost_of_one_exit(n: int) -> Iterator[Claim]:
    """One exit from n members costs the hegemon (1-gamma_i)S_i + Z/(1 + Omega)."""
    m = _MemberSymbols(n)
    gain_without = payoffs(m.odds[:-1], m.surplus[:-1], sp.Integer(0))[0]
    own_gain = m.surplus[-1] / (1 + m.odds[-1])
    exit_cost = sp.expand(m.hub(0) - gain_without)
    yield Claim.of(equality(exit_cost, own_gain + m.Z / (1 + m.total_odds)), m.given)


@SECTION.proposition("prestige-taken", "ordering", LIMIT)
def prestige_taken() -> Iterator[Claim]:
    """With equal gamma the n members take gamma n/(1 - gamma + gamma n) of Z, rising to 1.

    For every margin eta more than (1 - gamma)/(gamma eta) members take more than 1 - eta.
    """
    yield from claims_by_name(_lemmas(), "prestige taken")
    n, g, margin = real_symbols("n gamma eta")
    share = n * g / (1 - g + g * n)
    premises = [g > 0, g < 1, n >= 1, margin > 0, n > (1 - g) / (g * margin)]
    yield Claim.of(conjunction(share > 1 - margin, share < 1), premises, "the limit")


@SECTION.proposition("price-and-prestige", "sign")
def prestige_signs() -> Iterator[Claim]:
    """The price of each member rises in Z: dt/dZ = gamma/(1 - gamma + gamma n) > 0."""
    game = HubBargaining()
    s, (member,) = game.symbols, game.spokes
    price = game.quantities["transfer"].expression
    higher_prestige = real_symbols("Y")
    slope = (price.subs(s.Z, higher_prestige) - price) / (higher_prestige - s.Z)
    premises = [game.space, member.S >= 0, higher_prestige > s.Z]
    yield Claim.of(equality(slope, s.gamma / (1 - s.gamma + s.gamma * s.n)), premises, "how much")
    yield from sign_claims(game.prestige_share, game.space, gamma="+", n="-")
    yield Claim.of(game.prestige_share > 0, game.space)


# What is best for the hegemon.


@SECTION.proposition("renegotiated-against-one-table", "ordering", sizes=SIZES)
def renegotiation_vs_table(n: int) -> Iterator[Claim]:
    """For the hegemon of n members renegotiated bilateral is weakly best: at least one table, equal
    iff all S_i = 0 (all S_i >= 0).
    """
    yield from claims_by_name(_lemmas(), f"renegotiated and one table, n = {n}")


@SECTION.proposition("renegotiated-against-nash-in-nash", "ordering", sizes=SIZES)
def renegotiation_vs_pairs(n: int) -> Iterator[Claim]:
    """For the hegemon of n members renegotiated bilateral is weakly best: at least Nash-in-Nash,
    equal iff Z = 0 (all S_i >= 0).
    """
    yield from claims_by_name(_lemmas(), f"renegotiated and Nash-in-Nash, n = {n}")


@SECTION.proposition("ranking-every-n", "ordering", BY_INDUCTION)
def ranking_every_n() -> Iterator[Claim]:
    """Renegotiated bilateral is weakly best for every number of members with all S_i >= 0: equal to
    one table iff n = 1 or all S_i = 0, to Nash-in-Nash iff n = 1 or Z = 0.
    """
    yield from claims_by_name(
        _lemmas(), "renegotiated and one table", "renegotiated and one table, alike"
    )
    yield from claims_by_name(_lemmas(), "renegotiated and Nash-in-Nash")
    yield from claims_by_name(_lemmas(), "renegotiated and Nash-in-Nash, alike")


@SECTION.proposition("ranking-some-losing", "ordering", sizes=SIZES)
def ranking_some_losing(n: int) -> Iterator[Claim]:
    """Renegotiated bilateral stays weakly best for the hegemon of n members when some S_i < 0: at
    least one table, and at least Nash-in-Nash where that holds the union together.
    """
    odds = real_symbols(f"omega1:{n + 1}")
    total_odds, premises = sp.Add(*odds), [w > 0 for w in odds]
    q = 1 / (1 + total_odds)
    for i, w in enumerate(odds):
        yield Claim.of(1 / (1 + w) - q >= 0, premises, f"1 - gamma_{i + 1} >= q")
    odds_so_far = sp.Integer(0)
    for w in odds:  # q + sum gamma - 1 is 0 for nobody, and rises member by member
        increment = prestige_increment(w, odds_so_far)
        yield Claim.of(increment >= 0, premises, "q >= 1 - sum gamma: what one more member adds")
        odds_so_far += w
    yield from _losing_member_claims(n)


@SECTION.proposition("ranking-some-losing-every-n", "ordering", BY_INDUCTION)
def ranking_some_losing_every_n() -> Iterator[Claim]:
    """The same for every number of members."""
    w, W = real_symbols("omega Omega")
    yield Claim.of(1 / (1 + w) >= 1 / (1 + W), [w > 0, w <= W], "1 - gamma_i >= q")
    yield Claim.of(equality(1 / (1 + W) - 1, 0), [sp.Eq(W, 0)], "base: q = 1 for nobody")
    yield Claim.of(
        prestige_increment(w, W) >= 0, [w > 0, W >= 0], "step: q + sum gamma - 1 does not fall"
    )
    g, p, c, total = real_symbols("gamma p c C")
    premises = [total >= 0, c >= 0, p >= 0]
    yield Claim.of(total + c * p >= 0, premises, "step: sums of products that are not negative")
    yield Claim.of((1 - g) >= 1 - (g + total), [total >= 0], "1 - gamma_i >= 1 - sum gamma")
    yield from _losing_member_claims(0)


def _losing_member_claims(n: int) -> Iterator[Claim]:
    """P and L are the sums of p_i and l_i; C of (1 - gamma_i - q)p_i; Lam of (1 - gamma_i)l_i."""
    P, L, C, Lam, q, Z, G = real_symbols("P L C Lambda q Z G")
    sign_premises = [P >= 0, L >= 0, C >= 0, q > 0, q < 1, Z >= 0]
    renegotiated = q * P + C + q * sp.Max(0, Z - L)
    table = q * sp.Max(0, P - L + Z)
    yield Claim.of(renegotiated >= table, sign_premises, "at least one table")
    weight_premises = [Lam >= 0, Lam >= (1 - G) * L, q >= 1 - G, G > 0]
    gap = Lam + q * sp.Max(0, Z - L) - Z * (1 - G)
    yield Claim.of(gap >= 0, [*sign_premises, *weight_premises], "at least Nash-in-Nash")
    if n:
        pairs = [(real_symbols(f"gamma{i + 1}"), real_symbols(f"l{i + 1}")) for i in range(n)]
        weights = sp.Add(*(gamma for gamma, _ in pairs))
        for gamma, loss in pairs:
            term_claim = (1 - gamma) * loss >= (1 - weights) * loss
            premises = [sp.And(x > 0, x < 1, y >= 0) for x, y in pairs]
            yield Claim.of(term_claim, premises, "Lam >= (1 - G)L, term by term")


@SECTION.proposition("willing-union", "equilibrium")
def willing_union() -> Iterator[Claim]:
    """Where prestige does not carry the losing members, every protocol but one table leaves the
    union of the willing, worth the same: there is nothing to rank.
    """
    S, g = real_symbols("S gamma")
    gain = (1 - g) * sp.Max(0, S)
    yield Claim.of(
        conjunction(gain >= 0, implication(S < 0, equality(gain, 0))), [g > 0, g < 1], "each deal"
    )


@SECTION.proposition("nash-in-nash-against-one-table", "ordering", EXAMPLE)
def pairs_vs_table() -> Iterator[Claim]:
    """Nash-in-Nash against one table goes either way: S = (3, 0), gamma = (.3, .9), Z = 2: 1.7
    against 35/73; S = (0, 4), gamma = (.9, .9), Z = 1: -.4 against 5/19.
    """
    yield from claims_by_name(_lemmas(), "Nash-in-Nash and one table")
    for surplus, weights, z, pairs, table in (
        ((3, 0), ("3/10", "9/10"), 2, "17/10", "35/73"),
        ((0, 4), ("9/10", "9/10"), 1, "-2/5", "5/19"),
    ):
        pairs_payoff, table_payoff = example_payoffs(surplus, weights, z)
        yield Claim.of(
            equality(pairs_payoff, sp.Rational(pairs)), (), f"S = {surplus}: Nash-in-Nash"
        )
        yield Claim.of(equality(table_payoff, sp.Rational(table)), (), f"S = {surplus}: one table")


@SECTION.proposition("game-formulas", "identity", sizes=(2, 3))
def game_formulas(n: int) -> Iterator[Claim]:
    """The hegemon's gains of the game of n named members are those ranked here."""
    from gametheory_eeu.models.hub_bargaining.outcomes import with_symbolic_terms

    generic, _ = with_symbolic_terms(HubBargaining(members=list("ABC"[:n])))
    m = _MemberSymbols(n)
    substitution = {i.e: x - i.a for i, x in zip(generic.spokes, m.surplus, strict=True)}
    substitution |= {i.gamma: w / (1 + w) for i, w in zip(generic.spokes, m.odds, strict=True)}
    substitution[generic.symbols.Z] = m.Z
    game_class = HubBargaining
    payoff_quantities = (
        game_class.renegotiated_payoff,
        game_class.nash_in_nash_payoff,
        game_class.one_table_payoff,
    )
    for protocol, payoff in enumerate(payoff_quantities):
        formula = payoff.function(generic).xreplace(substitution)
        yield Claim.of(equality(formula, m.hub(protocol)), m.given, payoff.name)
