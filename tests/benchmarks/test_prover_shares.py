"""Who settles the signs of the comparative statics: evaluation, a certificate, z3 or cvc5.

And of how much of what is proved there is a certificate, before and after one is looked for.
``nox -s bench`` asks every game and every proposition; as a test, the games whose tables take a
moment. The shares and the slowest ten are printed, and kept with the benchmark.
"""

import time
from collections import Counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu
from gametheory_eeu.prover import CoefficientCertificate, Proof, prove

QUICK = ("CredibleCommitment", "AsymmetricBargaining", "PowerShift", "RepeatedCommitment")
REST = (
    "BandwagoningContest", "Participation", "GlobalGame", "RegimeChange", "Reputation",
    "TrustRecovery", "AlternatingOffers", "HubBargaining",
)  # fmt: skip
METHODS = {"evaluation", "coefficient certificate", "z3", "cvc5", "exact evaluation"}


def claims(names: tuple[str, ...]) -> list[Proof]:
    """Every claim that stands behind a row of a table, once."""
    found: dict[tuple[object, object], Proof] = {}
    for name in names:
        for row in getattr(eeu, name)().comparative_statics():
            found |= {(p.statement, p.space): p for p in row.proofs}
    return list(found.values())


def propositions() -> list[Proof]:
    """Every claim of the propositions, once."""
    proofs = [p for judged in eeu.propositions().judge() for p in judged.proofs]
    return list({(p.statement, p.space): p for p in proofs}.values())


def has_certificate(proof: Proof) -> bool:
    """Whether a person or a kernel can check it: by a certificate, or by arithmetic."""
    return proof.method == "evaluation" or isinstance(proof.certificate, CoefficientCertificate)


def forget() -> None:
    import sys

    for name, module in list(sys.modules.items()):
        if name.startswith("gametheory_eeu.prover"):
            for remembered in vars(module).values():
                if hasattr(remembered, "cache_clear"):
                    remembered.cache_clear()


def settled(asked: list[Proof]) -> list[tuple[float, Proof]]:
    forget()
    found = []
    for proof in asked:
        start = time.process_time()
        again = prove(proof.statement, proof.space)
        found.append((time.process_time() - start, again))
    return found


@pytest.mark.benchmark(group="prover, shares")
def test_who_settles_the_signs(benchmark: BenchmarkFixture) -> None:
    asked = claims(QUICK + REST if benchmark.enabled else QUICK)
    found = benchmark.pedantic(settled, args=(asked,), rounds=1)
    shares = Counter(proof.method for _, proof in found)
    slowest = sorted(found, key=lambda pair: -pair[0])[:10]
    benchmark.extra_info["shares"] = dict(shares)
    benchmark.extra_info["slowest"] = [(round(t, 3), str(p.statement)) for t, p in slowest]
    for method, count in shares.most_common():
        print(f"{method}: {count} of {len(found)}")
    for seconds, proof in slowest:
        print(f"{seconds:.3f} s {proof.method}: {proof.statement}")
    assert shares.keys() <= METHODS
    for (_, again), before in zip(found, asked, strict=True):
        assert {again.verdict, before.verdict} != {"proved", "refuted"}
    proved = [proof for _, proof in found if proof.verdict == "proved"]
    by_hand = [proof for proof in proved if proof.method == "coefficient certificate"]
    assert len(by_hand) > len(proved) / 2


@pytest.mark.benchmark(group="prover, shares")
def test_the_share_of_what_is_proved_that_has_a_certificate(benchmark: BenchmarkFixture) -> None:
    asked = claims(QUICK + REST) + propositions() if benchmark.enabled else claims(QUICK)
    proved = [proof for proof in asked if proof.verdict == "proved"]
    found = benchmark.pedantic(lambda: [proof.certified() for proof in proved], rounds=1)
    before, after = (sum(map(has_certificate, proofs)) for proofs in (proved, found))
    benchmark.extra_info |= {"proved": len(proved), "before": before, "after": after}
    print(f"with a certificate: {before}, then {after}, of {len(proved)}")
    for proof in found:
        if not has_certificate(proof):
            print(f"{proof.method} only: {str(proof.statement)[:200]}")
    assert after >= 0.97 * len(proved)
