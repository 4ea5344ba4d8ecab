"""The claims of the article, paraphrased, each with its place, its game and what it comes to.

Paragraphs have codes: I opening, X explanations, U the union, K conclusion.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from gametheory_eeu.cases.claims import CaseClaim, CaseClaims, Tension
from gametheory_eeu.cases.eeu import formal
from gametheory_eeu.cases.eeu.calibrations import calibration, facts
from gametheory_eeu.core import Source

_MODEL = Source("M")
CONTEST, PARTICIPATION = "BandwagoningContest", "Participation"
COMMITMENT, REPEATED, TRUST = "CredibleCommitment", "RepeatedCommitment", "TrustRecovery"
BARGAINING, HUB, BODY = "AsymmetricBargaining", "HubBargaining", "VotingBody"
INSTITUTIONS, PRESSURE, HEDGING = "InstitutionalChoice", "Pressure", "Hedging"
CYCLE, DEPTH = "ElectoralCycle", "Depth"

# number, place, paraphrase, statement, game; what is judged, and the figures of the text.
_ROWS: tuple[tuple[int, str, str, str, str, dict[str, Any]], ...] = (
    (1, "I.1", "Leaders proclaim that integration succeeds.",
     "Prestige Z enters the hegemon's payoff apart from the members' value V.", HUB,
     {"stipulation": "The hegemon's payoff has a term for prestige, which only the complete union "
                     "brings."}),
    (2, "I.2", "Evidence that integration progresses is missing.",
     "Depth is 0 exactly up to mu*, and there are members at depth 0.", DEPTH,
     {"propositions": ("6-depth-best-depth/zero",), "formal": formal.membership_without_depth}),
    (3, "I.2", "Dominance is cheaper to get and to keep one neighbour at a time.",
     "One neighbour at a time takes P_J, coordinated ones P_abs: P_J < P_abs iff (tau - c)(lam - "
     "tau)(R + W) > tau(lam - tau + c)(R + w); and of three protocols bilateral bargaining, "
     "renegotiated, is weakly best for the hegemon.", CONTEST,
     {"propositions": ("3a-absolute-above-joining", "5c-ranking-every-n"),
      "at": ((CONTEST, "2014"),)}),
    (4, "I.2", "Bargaining chips work one to one.",
     "The same offer to all costs n max(0, P_abs - P), at least the cheapest bill one by one.",
     PARTICIPATION, {"propositions": ("3b-uniform-bill",)}),
    (5, "I.2", "Even weak multilateral bodies bind the hegemon.",
     "Control falls by kappa alpha always; the net surplus falls in alpha iff mu > mu_M.",
     INSTITUTIONS, {"propositions": (
         "6-institutions-control-and-surplus/control", "6-institutions-control-and-surplus/net")}),
    (6, "I.2", "So why invest in such institutions at all?",
     "Multilateral binding is chosen iff mu < mu_M.", INSTITUTIONS,
     {"propositions": ("6-institutions-binding-chosen",)}),
    (7, "X.1", "The first organisation was too weak, and cushioned a dissolution.",
     "A union is as deep as its least willing member: adding members never deepens it.", DEPTH,
     {"propositions": ("6-depth-least-willing/adding", "6-depth-least-willing-every-n")}),
    (8, "X.1", "Hence the turn to smaller groups.",
     "Dropping the least willing member deepens the union strictly iff he alone binds.", DEPTH,
     {"propositions": ("6-depth-least-willing/dropping",), "facts": ("smaller_groups",)}),
    (9, "X.1", "Two neighbours were the most faithful.",
     "Whoever resists less joins first: with equal complementarity.", PARTICIPATION,
     {"formal": formal.order_of_joining, "facts": ("faithful_members",)}),
    (10, "X.1", "One neighbour was the most important, and the hardest to win.",
     "Pressure x* rises in V iff 0 < D < x_bar V.", PRESSURE,
     {"formal": formal.pressure_on_the_important}),
    (11, "X.1", "The project began with bilateral talks.",
     "Where every member must be paid even when last, the bill depends on the order iff beta is "
     "not symmetric.", PARTICIPATION,
     {"propositions": ("3b-order-free-bill-every-n", "3b-order-free-bill-n3"),
      "facts": ("bilateral_talks",)}),
    (12, "X.2", "The regime at home needs approval.",
     "The price of every member rises in prestige: dt/dZ > 0.", HUB,
     {"propositions": ("5c-price-and-prestige",)}),
    (13, "X.2", "The public likes the union.", "Z rises in approval.", HUB,
     {"facts": ("approval_2014", "approval_2019")}),
    (14, "X.2", "Talk of integration peaks before national elections.",
     "Announcements rise up to the election and drop after it.", CYCLE,
     {"propositions": ("6-cycle-announcements",)}),
    (15, "X.3", "A sphere of influence limits outsiders.",
     "1 - a* falls in V_R, by 1/k, between the corners.", HEDGING,
     {"propositions": ("6-hedging-alignment-signs/outsiders",),
      "formal": formal.outsiders_influence}),
    (16, "X.4", "Beyond an absolute threshold of power neighbours can only bandwagon.",
     "Join is strictly dominant iff P > max(P_abs, P_J); with complementarities, from P_dom on.",
     CONTEST, {"propositions": ("3a-strict-dominance", "3b-equilibrium-and-dominance-n4")}),
    (17, "X.4", "That threshold is out of reach for want of resources.",
     "P_max < P_abs; with GDP as power in 2014 and 2015, not in 2013, when trust made joining "
     "cheap.", CONTEST, {"formal": formal.beyond_reach, "at": ((CONTEST, "2014"),)}),
    (18, "X.4", "...and because of other centres of power.",
     "P_abs rises in R.", CONTEST, {"propositions": ("3a-absolute-threshold-signs/in R",)}),
    (19, "X.4", "Soft dominance bore fruit at little cost.",
     "Between P_J and P_abs all-Join is an equilibrium, which nobody is paid for, and so is "
     "all-Balance.", CONTEST, {"propositions": ("3a-soft-dominance",)}),
    (20, "U.1", "The treaty was signed in a hurry, and without one neighbour.",
     "The price rises in the hegemon's hurry iff S > 0; without member i the threshold is lower "
     "iff i would not join even after all others.", BARGAINING,
     {"propositions": ("3b-without-a-member-every-n", "3b-without-a-member-n5"),
      "formal": formal.hurry_and_price, "at": ((BARGAINING, "2014"),),
      "facts": ("treaty_signed", "treaty_in_force", "founding_states", "acceding_states")}),
    (21, "U.1", "Isolation called for a quick success.",
     "Hurry and the loss by a failure reinforce each other: d2t/(dD dgamma) = 1 > 0.", BARGAINING,
     {"propositions": ("5a-price-slopes/in D and gamma",)}),
    (22, "U.2", "Consent was bought at a high price.",
     "dt/dD = gamma > 0; through both shocks the cash price rises iff the condition of theorem "
     "(iii) holds.", BARGAINING,
     {"propositions": ("5a-price-slopes/in D", "7-cash-price-rises")}),
    (23, "U.2", "It was paid in two currencies, side deals and multilateralism.",
     "The price falls in alpha: binding substitutes for cash.", BARGAINING,
     {"propositions": ("5a-price-signs/in alpha",)}),
    (24, "U.2", "Members bargained hard, in different coin, one perhaps excepted.",
     "An outside payoff raises the price by 1 - gamma at once; as an option to quit it does not "
     "until it binds.", BARGAINING,
     {"propositions": ("5b-two-outside-payoffs",), "facts": ("hard_bargainers",)}),
    (25, "U.2", "Unequal states have equal votes.",
     "The Shapley-Shubik power of each of five states is 1/5 at any attainable quota.", BODY,
     {"propositions": ("6-commission-equal-power",), "facts": ("votes_per_state",)}),
    (26, "U.2", "Formal multilateralism masks bilateral asymmetry.",
     "The hegemon's effective power (1 - m)/N + m(1 - mean gamma) rises in m iff mean gamma < 1 - "
     "1/N.", BODY, {"formal": formal.masking}),
    (27, "U.3", "Too much pressure on a neighbour's leader is dangerous.",
     "Expected influence x(1 - x/x_bar) falls beyond x_bar/2.", PRESSURE,
     {"propositions": ("6-pressure-pressure-signs/influence",)}),
    (28, "U.3", "The leader complied, and the country refused.",
     "Misjudging the public's tolerance costs (V/x_bar)(x_hat - x*)^2 if D <= x_bar V and x_hat <= "
     "x_bar; it is a loss unless the leader's own limit binds.", PRESSURE,
     {"propositions": ("6-pressure-misjudged-tolerance",), "formal": formal.misjudged_tolerance}),
    (29, "U.4, K.1", "Neighbours learned that borders can be violated, and trust fell.",
     "A violation lowers trust, by Bayes' rule.", TRUST,
     {"propositions": ("7-shock-to-trust/by Bayes", "7-shock-to-trust/it falls")}),
    (30, "U.4", "It was news: an earlier war had ended without formal annexation.",
     "Trust after a violation falls in phi/eps.", TRUST,
     {"propositions": ("4e-posterior-signs/in R", "4e-posterior-signs/in phi",
                       "4e-posterior-signs/in eps")}),
    (31, "U.4", "One member is specially exposed.",
     "mu* rises in ell; the price rises in ell iff alpha < 1 and mu < 1.", COMMITMENT,
     {"propositions": ("4a-trust-threshold-signs/in ell",), "formal": formal.exposed_member,
      "at": ((BARGAINING, "2014"),),
      "facts": ("ethnic_russians_kazakhstan",)}),
    (32, "U.4", "Members became over-sensitive to disloyalty.",
     "Precaution falls in mu, weakly at its cap.", DEPTH,
     {"propositions": ("6-depth-best-precaution",), "facts": ("disloyalty_sentence",)}),
    (33, "U.5", "The commitment problem became acute.",
     "delta* and alpha_min rise in the temptation g.", REPEATED,
     {"propositions": ("4b-critical-discount-factor-signs/in g", "4b-binding-need-signs/in g")}),
    (34, "U.5", "The hegemon cannot afford to lose a single member.",
     "One exit costs it (1 - gamma_i)S_i + Z/(1 + Omega); with equal gamma the members take gamma "
     "n/(1 - gamma + gamma n) of Z, rising to 1.", HUB,
     {"propositions": ("5c-cost-of-one-exit-n4", "5c-prestige-taken")}),
    (35, "U.5", "Loyalty is formal, resistance real.",
     "Depth beyond what the treaty binds is 0 up to mu* while membership holds, also under full "
     "binding; not if binding protected it.", DEPTH,
     {"propositions": ("6-depth-protected-depth",),
      "formal": formal.membership_without_depth_under_binding}),
    (36, "K.1", "Before 2014 the policy was rational, as long as it was bilateral.",
     "mu_0 > mu_M makes no binding strictly optimal.", INSTITUTIONS,
     {"propositions": ("7-theorem-i/before",)}),
    (37, "K.1", "Interest fades once the union exists.",
     "The price falls as D decays, and a member for whom S < 0 leaves.", BARGAINING,
     {"propositions": ("7-leaving",)}),
    (38, "K.1", "Integration unravels into policies of many vectors.",
     "Alignment a* rises in mu and falls in V_E.", HEDGING,
     {"propositions": ("6-hedging-alignment-signs/in mu", "6-hedging-alignment-signs/in V_E",
                       "6-hedging-alignment-signs/weakly")}),
    (39, "K.2", "Trust is slow to rebuild.",
     "k* = ln(phi/eps)/ln((1 - eps)/(1 - phi)) clean periods repair one violation: more than one "
     "iff phi < 1 - eps.", TRUST,
     {"propositions": ("4e-repair-periods", "4e-repair-in-one-period"),
      "at": ((TRUST, "2014"),)}),
    (40, "K.2", "Even a turn to democracy would need years or decades.",
     "After one violation 31 clean periods do not bring trust back to mu*.", TRUST,
     {"propositions": ("4e-unseen-reform",), "formal": formal.slow_repair,
      "at": ((TRUST, "2014"),)}),
    (41, "K.2", "It was the last attempt, in time and in essence.",
     "With nothing new observed, mu < mu* is absorbing.", TRUST,
     {"propositions": ("4e-absorbing",), "formal": formal.lasting_mistrust}),
    (42, "X.4", "Weak groups had limited prospects, and 2014 changed everything.",
     "mu_1 < mu_M < mu_0.", INSTITUTIONS,
     {"formal": formal.trust_before_and_after, "at": ((BARGAINING, "2013"), (TRUST, "2013"))}),
    (43, "U.2", "The Commission was conceived as supranational, and is symbolic.",
     "Formal power is 1/N at every m, effective power is not for m > 0, unless mean gamma is 1 - "
     "1/N.", BODY, {"formal": formal.symbolic_body}),
    (44, "U.3", "The crisis taught the hegemon a lesson.",
     "Chosen pressure moves with the tolerance believed in, dx/dx_bar = 1/2, where D <= x_bar V.",
     PRESSURE, {"formal": formal.pressure_by_belief}),
    (45, "U.5", "Membership became riskier.", "(1 - mu)ell rises as mu falls.", COMMITMENT,
     {"propositions": ("4a-risk-of-membership",)}),
    (46, "U.5", "Members withheld support over the neighbour's war.",
     "Alignment falls as mu falls.", HEDGING, {"formal": formal.alignment_by_trust}),
    (47, "K.1", "Such multilateralism is unlikely to scare the hegemon.",
     "The effective cost of binding, kappa alpha (1 - m), vanishes as m rises.", INSTITUTIONS,
     {"stipulation": "Binding costs control only in what is not masked, in proportion to it."}),
    (48, "K.1", "Haste right after the annexation ended real projects.",
     "At mu <= mu* every depth is 0, whatever the price paid, unless the treaty protects it.",
     DEPTH, {"formal": formal.haste_without_depth}),
)  # fmt: skip


@cache
def claims() -> CaseClaims:
    """The 48 claims of the article, each with its verdict.

    Examples
    --------
    >>> import gametheory_eeu as eeu
    >>> claims = eeu.article.claims()
    >>> claims[16].verdict
    'proved'
    >>> claims[9].verdict
    'proved if'
    """
    return CaseClaims(tuple(_claim(*row) for row in _ROWS))


# numbers, what pulls apart, what reconciles, in which game; what is judged.
_TENSIONS: tuple[tuple[tuple[int, ...], str, str, str, dict[str, Any]], ...] = (
    ((34, 37), "The hegemon cannot afford an exit, and its interest fades.",
     "They are claims about different times: D is high after the shock, and the price falls as D "
     "decays.", BARGAINING,
     {"propositions": ("7-leaving/the price falls", "7-leaving/geometric")}),
    ((5, 33, 26, 47), "Institutions bind the hegemon, and merely mask what is bilateral.",
     "Binding alpha and masking m are two things: the cost of binding falls with masking, and "
     "vanishes where all is masked.", INSTITUTIONS,
     {"propositions": ("6-institutions-control-and-surplus/in m",
                       "6-institutions-control-and-surplus/vanishes")}),
    ((24, 31), "The most exposed member should be the dearest, and is perhaps the exception.",
     "The price rises in ell iff alpha < 1 and mu < 1: full binding is another way to pay.",
     BARGAINING, {"formal": formal.exposed_member}),
    ((38,), "Lower trust moves alignment away, and leaves a member less to gain from hedging.",
     "Alignment and the hedging rent mu V_R V_E/k both rise in mu: more options need a higher "
     "V_E.", HEDGING, {"propositions": ("6-hedging-alignment-signs",)}),
)  # fmt: skip


@cache
def tensions() -> tuple[Tension, ...]:
    """The tensions inside the text, each with what reconciles it.

    Examples
    --------
    >>> tensions()[0]
    <tension of 34, 37: The hegemon cannot afford an exit, and its interest fades.>
    >>> [tension.verdict for tension in tensions()]
    ['proved', 'proved', 'proved if', 'proved']
    """
    result = []
    for k, (numbers, text, statement, game, basis) in enumerate(_TENSIONS, 1):
        resolution = CaseClaim(k, "", statement, statement, game, source=_MODEL, **basis)
        result.append(Tension(tuple(claims()[n] for n in numbers), text, resolution))
    return tuple(result)


def _claim(
    number: int, place: str, paraphrase: str, statement: str, game: str, basis: dict[str, Any]
) -> CaseClaim:
    table = facts()
    basis = dict(basis)
    basis["facts"] = tuple(table[name] for name in basis.get("facts", ()))
    basis["at"] = tuple((name, calibration(name, row)) for name, row in basis.get("at", ()))
    return CaseClaim(number, place, paraphrase, statement, game, source=_MODEL, **basis)


__all__ = ["claims", "tensions"]
