"""Rationalist explanations for war: a published model, from payoffs to regime map and proofs.

Fearon (1995), International Organization 49(3). Run ``python examples/fearon_1995.py [folder]``;
the figures go to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save

COSTS = ["0 < p < 1", "c_A > 0", "0 < c_L < c_H"]


def crisis() -> eeu.ExtensiveForm:
    """A demands a share without knowing B's cost of war: c_L with probability q, or c_H.

    War gives A the share p and both their costs. The modest demand m leaves even the resolute B
    more than war does, the bold demand M only the irresolute.
    """
    tree = eeu.ExtensiveForm.builder(
        "A",
        "B",
        given=["0 < q < 1", *COSTS, "p - c_A < m", "m < p + c_L", "p + c_L < M", "M < p + c_H"],
        title="Fearon (1995), private information",
    )
    tree.chance({"resolute": "q", "irresolute": "1 - q"})
    tree.move("A", ["modest", "bold"], after=["resolute", "irresolute"])
    for kind, cost in (("resolute", "c_L"), ("irresolute", "c_H")):
        for demand, share in (("modest", "m"), ("bold", "M")):
            place = f"{kind}/{demand}"
            tree.move("B", ["accept", "fight"], place, f"{kind} B, {demand} demand")
            tree.payoffs(f"{place}/accept", share, f"1 - {share}")
            tree.payoffs(f"{place}/fight", "p - c_A", f"1 - p - {cost}")
    game: eeu.ExtensiveForm = tree.build()
    return game


def shifting_power() -> eeu.ExtensiveForm:
    """A, who will be stronger, can promise nothing: the most it can give today is everything.

    Payoffs are averages over time with discount factor delta. If B accepts, A takes x = 0 today
    and from tomorrow on what B then just accepts, p_2 + c_B; war today is decided by p_1.
    """
    tree = eeu.ExtensiveForm.builder(
        "A",
        "B",
        given=["0 < delta < 1", "0 < p_1 < p_2", "c_A > 0", "c_B > 0", "p_2 + c_B < 1"],
        title="Fearon (1995), shifting power",
    )
    tree.move("B", ["accept all of today", "attack"])
    tree.payoffs("accept all of today", "delta*(p_2 + c_B)", "1 - delta*(p_2 + c_B)")
    tree.payoffs("attack", "p_1 - c_A", "1 - p_1 - c_B")
    game: eeu.ExtensiveForm = tree.build()
    return game


def private_information(folder: Path) -> None:
    """One equilibrium at almost every parameter value; in one of two regimes A risks war."""
    game = crisis()
    for equilibrium in game.solve():
        print(f"  {equilibrium.name}: if {equilibrium.condition}")
    division = eeu.regimes(game)
    print(f"Regimes: {len(division.cells)}; they cover the space: {division.covers.verdict},")
    print(f"and do not overlap: {division.disjoint.verdict}.")
    print(f"Figure: {save(game.plot(), folder / 'fearon_1995_tree.png')}")
    case = game.at(p="1/2", c_A="1/10", c_L="1/10", c_H="3/10", M="3/4")
    drawn = eeu.regimes(case).plot(x="q", y="m", xlim=(0, 1), ylim=(0.3, 0.7))
    print(f"Figure: {save(drawn, folder / 'fearon_1995_regimes.png')}")


def propositions() -> None:
    """What the article says, each as a theorem on the whole space."""
    risk = "q*(p - c_A) + (1 - q)*(p + c_H) > p + c_L"
    threshold = eeu.parse("(c_H - c_L)/(c_H + c_A)")
    proofs = {
        "a bargain that both prefer to war exists": eeu.prove("p - c_A < p + c_L", given=COSTS),
        "at the best demands A risks war iff q < (c_H - c_L)/(c_H + c_A)": eeu.equivalent(
            risk, "q < (c_H - c_L)/(c_H + c_A)", given=["0 < q < 1", *COSTS]
        ),
    }
    for name, words in {"c_H": "rises", "c_L": "falls", "c_A": "falls"}.items():
        slope = threshold.diff(eeu.parse(name))
        claim = slope > 0 if words == "rises" else slope < 0
        proofs[f"the threshold {words} in {name}"] = eeu.prove(claim, given=COSTS)
    for claim_in_words, proof in proofs.items():
        print(f"  {claim_in_words}: {proof.verdict}")


def risk_and_return() -> None:
    """The larger the demand, the likelier is war: the best of any demands, in three regimes.

    B's cost is any number between 0 and C: the model as the library has it.
    """
    for equilibrium in eeu.model("fearon 1995").solve():
        verdict = equilibrium.verify().verdict
        print(f"  x = {equilibrium.choices['x']}: if {equilibrium.condition} ({verdict})")


def commitment() -> None:
    """Nothing that A can give today makes up for tomorrow where power shifts fast enough."""
    war = shifting_power().solve()["attack"]
    fast = "delta*p_2 - p_1 >= (1 - delta)*c_B"
    same = eeu.equivalent(war.condition, fast, given=war.game.space)
    print(f"  B attacks iff {fast}: {same.verdict}")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    private_information(target)
    propositions()
    risk_and_return()
    commitment()
