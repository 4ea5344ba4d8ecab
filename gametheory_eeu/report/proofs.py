"""The file of theorems for the proof assistant Rocq."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gametheory_eeu.interop.rocq import named_proofs, rocq_theorems
from gametheory_eeu.prover.rocq import document

NAME = "proofs.v"


@dataclass(frozen=True)
class Theorems:
    """The theorems of a part of a report, by name, and the number of proved claims with none."""

    texts: tuple[tuple[str, str], ...]
    without: int


def of(proofs: object, label: str) -> Theorems:
    """The theorems of some results."""
    texts, _ = rocq_theorems({label: proofs})
    claims = {
        (p.statement, p.space) for _, p in named_proofs(proofs, label) if p.verdict == "proved"
    }
    return Theorems(tuple(texts.items()), len(claims) - len(texts))


def file(parts: Iterable[Theorems]) -> tuple[bytes, str]:
    """The file, and what it holds in a sentence."""
    found = list(parts)
    texts = {name: text for part in found for name, text in part.texts}
    without = sum(part.without for part in found)
    sentence = (
        f"{NAME}: {len(texts)} claims as theorems for Rocq, which coqc {NAME} checks; {without} "
        "more are proved without a certificate for it."
    )
    return document(texts.items()).encode(), sentence
