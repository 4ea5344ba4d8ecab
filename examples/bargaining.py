"""The price of consent: from two at a table to a hub with four members.

Run ``python examples/bargaining.py [folder]``; the figures go to the folder.
"""

import sys
from pathlib import Path

import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save
from gametheory_eeu.solvers import SmoothFrontier

STATES = ["Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan"]


def two_at_a_table(folder: Path) -> None:
    """The hurried side gets less; a quit option counts only once it binds."""
    talks = eeu.AlternatingOffers.from_article("2014")
    print(f"The hegemon proposes and keeps {float(talks.proposer_share):.4f};")
    print(f"the member's option would count from {float(talks.option_threshold):.4f} on.")
    limit = eeu.AlternatingOffers.short_intervals()
    print(f"As offers follow fast on each other its share tends to {limit.limit}.")
    print(f"Figure: {save(talks.plot(), folder / 'alternating_offers.png')}")


def three_ways_to_be_fair() -> None:
    """A frontier on which the second side pays for what the first gets."""
    gain = sp.Symbol("u", real=True)
    frontier = SmoothFrontier(1 - gain**2, (0, 0), gain)
    for found in (frontier.nash(), frontier.kalai_smorodinsky(), frontier.egalitarian()):
        first, second = found.payoffs
        print(f"{found.solution}: {first} and {second}")


def three_ways_to_build_a_union(folder: Path) -> None:
    """One to one, with renegotiation, is weakly best for the hegemon."""
    union = eeu.HubBargaining.from_article("2014")
    print(f"One to one {float(union.renegotiated_payoff):.3f}, pairs that take each other as given")
    print(f"{float(union.nash_in_nash_payoff):.3f}, one table {float(union.one_table_payoff):.3f}.")
    proved = eeu.HubBargaining.lemmas()
    print(f"{len(proved)} propositions: {', '.join(sorted({p.verdict for p in proved}))}.")
    print(f"Figure: {save(union.plot(), folder / 'hub_bargaining.png')}")


def four_members_by_name() -> None:
    """Kazakhstan, the most exposed, is the dearest."""
    union = eeu.HubBargaining(
        members=STATES, mu="7/37", b=1, ell=[1, "3/2", 1, 1], o="3/10", alpha=0, kappa="2/5",
        V="1/5", D=1, Z="7/10", gamma="9/16"
    )  # fmt: skip
    print(union.solve().names, {m: f"{float(t):.3f}" for m, t in union.transfers.items()})
    print(
        "Recursion over all 16 unions agrees:", union.outcome().payoff == union.renegotiated_payoff
    )


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    two_at_a_table(target)
    three_ways_to_be_fair()
    three_ways_to_build_a_union(target)
    four_members_by_name()
