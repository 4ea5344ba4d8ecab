"""Trust as a stock: what a hegemon's deeds teach, and how long it takes to unlearn it.

Run ``python examples/reputation_and_trust.py [folder]``; the figures go to the folder.
"""

import sys
from pathlib import Path

import numpy as np

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def one_exit_invites_the_next(folder: Path) -> None:
    """Members decide in turn whether to defy; the hegemon's answer to one is a lesson to all."""
    before = eeu.Reputation.from_article("2013")
    first = before.course().rows[0]
    print(f"With {first.members_left} to come, the belief {first.belief} in toughness is below")
    print(f"the threshold {first.threshold}: the first defies. A weak hegemon fights it with")
    print(f"probability {first.weak_fights}, and a fight lifts the belief", end=" ")
    print(f"to {first.belief_after_fight}.")
    after = eeu.Reputation.from_article("2014").course()
    print(f"There the other four start: the next defies with probability {after.rows[0].defies}.")
    seen = float(after.weakness_seen(1))
    print(f"One exit let pass invites the rest; by the last turn that is {seen:.0%} likely.")
    print(f"Figure: {save(before.plot(), folder / 'reputation.png')}")


def how_slowly_trust_returns(folder: Path) -> None:
    """One encroachment, and the quiet periods that make it good."""
    shaken = eeu.TrustRecovery.from_article("2014")
    print(f"Trust after the encroachment: {float(shaken.values[shaken.symbols.mu]):.3f}.")
    for target in ("1/2", "3/5", "7/10"):
        at = shaken.at(target_trust=target)
        exact, whole = float(at.recovery_periods), at.whole_recovery_periods()
        print(f"To {target}: {exact:.1f} quiet periods, {whole} whole ones.")
    paths = shaken.simulate(100, np.random.default_rng(2014), paths=2000, restrained=True)
    late = float(np.mean(paths.first_passage(0.5) == -1))
    print(f"Of 2000 restrained hegemons {late:.1%} are still not trusted after 100 periods.")
    print(f"Figure: {save(shaken.plot(), folder / 'trust.png')}")


if __name__ == "__main__":
    to = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    one_exit_invites_the_next(to)
    how_slowly_trust_returns(to)
