"""Common agency: one agent, two principals who offer at once; derived from payoffs alone."""

from __future__ import annotations

import sympy as sp

import gametheory_eeu as eeu


def test_two_linear_contracts_weaken_each_other() -> None:
    """Holmstrom and Milgrom (1988), Dixit (1996, appendix): b/(1 + 2 r c) for b/(1 + r c).

    Principals value the agent's effort e at b_1 and b_2 and pay F + a e each; risk costs the agent
    r (a_1 + a_2)^2/2, effort c e^2/2. What a slope earns its principal comes from the tree of the
    fixed payment, the answer and the effort; the slopes are then chosen at once.
    """
    published = {
        "a_1": "b_1 - c*r*(b_1 + b_2)/(1 + 2*c*r)", "a_2": "b_2 - c*r*(b_1 + b_2)/(1 + 2*c*r)",
    }  # fmt: skip
    game = eeu.ContinuousGame(
        {"1": earned_by_a_slope("1", "2"), "2": earned_by_a_slope("2", "1")},
        choices={"1": "a_1", "2": "a_2"}, given="b_1 > 0 and b_2 > 0 and c > 0 and r > 0",
    )  # fmt: skip
    solution = game.solve()
    (equilibrium,) = solution
    assert solution.complete_where == sp.true
    assert equilibrium.verify().verdict == "proved"
    known = {s.name: s for s in game.symbols}
    for name, text in published.items():
        assert sp.simplify(equilibrium.choices[name] - eeu.parse(text, known=known)) == 0
    # Together they offer less than one who values what both do: b/(1 + c r).
    total = sp.factor(sum(equilibrium.choices.values()))
    one = eeu.parse("(b_1 + b_2)/(1 + c*r)", known=known)
    assert eeu.prove(total < one, given=game.space).verdict == "proved"
    # There is something to divide, so that fixed payments exist that all of them accept.
    slopes = {sp.Symbol(name, real=True): value for name, value in equilibrium.choices.items()}
    rest = eeu.parse("(b_2 - a_2)*(a_1 + a_2)/c - G", known=known).xreplace(slopes)
    surplus = sp.factor(equilibrium.payoffs["1"] + rest)
    assert eeu.prove(surplus > 0, given=game.space).verdict == "proved"


def earned_by_a_slope(own: str, other: str) -> sp.Expr:
    """What a principal earns with the best fixed payment to an agent whom another pays G."""
    tree = (
        eeu.ExtensiveForm.builder("principal", "agent", given="c > 0 and r > 0")
        .choose("principal", "F")
        .move("agent", ["accept", "refuse"], after="F")
        .choose("agent", "e", after="F/accept")
        .payoffs(
            "F/accept/e", f"b_{own}*e - F - a_{own}*e",
            f"F + G + (a_{own} + a_{other})*e - c*e**2/2 - r*(a_{own} + a_{other})**2/2",
        )
        .payoffs("F/refuse", 0, 0)
        .build()
    )  # fmt: skip
    equilibrium = tree.solve()["F at a breakpoint; accept; e inside"]
    assert equilibrium.verify().verdict == "proved"
    assert equilibrium.payoffs["agent"] == 0
    return equilibrium.payoffs["principal"]


def test_two_policies_bid_for() -> None:
    """Bernheim and Whinston (1986): who values a policy more gets it, and pays as much as the other
    would: any amount between the two values; truthful offers pay the lower one.

    The agent takes the higher offer, and of equal ones that of the first principal, without which
    there would be no best offer.
    """
    c, d, v, w = sp.symbols("c d v w", real=True)
    payoffs = {"1": sp.Piecewise((v - c, c >= d), (0, True)),
               "2": sp.Piecewise((w - d, d > c), (0, True))}  # fmt: skip
    game = eeu.ContinuousGame(payoffs, {"1": "c >= 0", "2": "d >= 0"}, given="v > w > 0")
    solution = game.solve()
    assert solution.complete_where == sp.true
    (family,) = solution
    assert family.verify().verdict == "proved"
    assert family.choices["c"] == family.choices["d"]
    (offer,) = family.free
    between = sp.And(w <= offer, offer <= v)
    assert eeu.equivalent(family.where, between, game.space).verdict == "proved"
    # Truthful: who loses offers all that the policy is worth to it, and wins nothing.
    truthful = eeu.ContinuousGame(payoffs, {"1": "c >= 0", "2": "w <= d <= w"}, given="v > w > 0")
    (equilibrium,) = truthful.solve()
    assert equilibrium.choices["c"] == w
    assert equilibrium.payoffs["1"] == v - w
