"""When does a member trust the hegemon's word? Sweep, probability, drivers, proved boxes.

Run ``python examples/sweep_and_uncertainty.py [folder]``; the figure goes to the folder.
"""

import sys
from pathlib import Path

import numpy as np

import gametheory_eeu as eeu
from gametheory_eeu.display import save


def main(folder: Path) -> None:
    """The whole of it, on a game with one value left open by each question."""
    game = eeu.CredibleCommitment(opportunist_restraint=0, membership_benefit=1)
    join = game.solve()["join"]
    priors = {"trust": (0, 1), "encroachment_loss": (1, 2)}

    probability = eeu.probability(join, priors)
    print(f"It joins with probability {probability.value}, about {float(probability):.3f}.")

    quantiles = eeu.quantiles(game, priors, outputs="trust_threshold", q=[0.05, 0.5, 0.95])
    low, middle, high = quantiles["trust_threshold"].values
    print(f"The trust it needs: {middle:.3f}, and from {low:.3f} to {high:.3f} in 9 cases of 10.")

    print("Which parameter that hangs on:")
    for row in eeu.sensitivity(join, priors):
        print(f"  {row.parameter:18} {float(row.total):6.1%} ± {float(row.total_error):.1%}")

    print("Where it is proved to join, and to stay out:")
    boxes = eeu.boxes(join, priors, width="1/4")
    for box in (*boxes.of("true")[:2], *boxes.of("false")[:1]):
        print(f"  {box!r} ({float(box.share):.0%})")

    table = eeu.sweep(
        game, outputs=["regime", "joining_payoff"],
        trust=np.linspace(0, 1, 101), encroachment_loss=np.linspace(1, 2, 51),
    )  # fmt: skip
    figure = eeu.plot_sweep(table, x="trust", y="encroachment_loss", variable="joining_payoff")
    print(f"Figure: {save(figure, folder / 'joining_payoff.svg')}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
