"""Random signalling games: every pure perfect Bayesian equilibrium, found by enumeration.

The judge works with fractions on the payoffs as drawn. A reply where no type sends the message is
allowed if some belief over two types makes it best: a belief is one number, the replies' advantages
are lines in it, and the lines bound an interval.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import gametheory_eeu as eeu

TYPES = ("high", "low")
Payoffs = dict[tuple[str, str, str], tuple[int, int]]


class Drawn(NamedTuple):
    """A prior on the first type, messages, replies, and payoffs by type, message and reply."""

    prior: Fraction
    messages: tuple[str, ...]
    replies: tuple[str, ...]
    payoffs: Payoffs


def drawn(rng: random.Random, messages: int, replies: int) -> Drawn:
    prior = Fraction(rng.randint(1, 4), 5)
    m, r = (tuple(f"{kind}{k}" for k in range(n)) for kind, n in (("m", messages), ("r", replies)))
    cells = product(TYPES, m, r)
    payoffs = {cell: (rng.randint(0, 4), rng.randint(0, 4)) for cell in cells}
    return Drawn(prior, m, r, payoffs)


def as_game(one: Drawn) -> eeu.ExtensiveForm:
    builder = eeu.ExtensiveForm.builder("sender", "receiver")
    builder.chance({"high": one.prior, "low": 1 - one.prior})
    for kind in TYPES:
        builder.move("sender", one.messages, kind)
    for message in one.messages:
        builder.move("receiver", one.replies, f"*/{message}")
    for cell, (sender, receiver) in one.payoffs.items():
        builder.payoffs("/".join(cell), sender, receiver)
    game: eeu.ExtensiveForm = builder.build()
    return game


def some_belief(one: Drawn, message: str, reply: str) -> bool:
    low, high = Fraction(0), Fraction(1)
    for other in one.replies:
        at = [one.payoffs[t, message, reply][1] - one.payoffs[t, message, other][1] for t in TYPES]
        slope, start = at[0] - at[1], Fraction(at[1])  # in the belief in the first type
        if slope == 0:
            if start < 0:
                return False
        elif slope > 0:
            low = max(low, -start / slope)
        else:
            high = min(high, -start / slope)
    return low <= high


def is_perfect(one: Drawn, sent: dict[str, str], answer: dict[str, str]) -> bool:
    for kind in TYPES:
        best = max(one.payoffs[kind, m, answer[m]][0] for m in one.messages)
        if one.payoffs[kind, sent[kind], answer[sent[kind]]][0] < best:
            return False
    weights = dict(zip(TYPES, (one.prior, 1 - one.prior), strict=True))
    for message in one.messages:
        senders = [t for t in TYPES if sent[t] == message]
        if not senders:
            if not some_belief(one, message, answer[message]):
                return False
            continue
        worth = {r: sum(weights[t] * one.payoffs[t, message, r][1] for t in senders)
                 for r in one.replies}  # fmt: skip
        if worth[answer[message]] < max(worth.values()):
            return False
    return True


def pure(one: Drawn) -> set[str]:
    found = set()
    for sent in product(one.messages, repeat=2):
        for answers in product(one.replies, repeat=len(one.messages)):
            answer = dict(zip(one.messages, answers, strict=True))
            if is_perfect(one, dict(zip(TYPES, sent, strict=True)), answer):
                found.add(f"{', '.join(sent)}; {', '.join(answers)}")
    return found


def test_every_pure_equilibrium_of_random_signalling_games(
    samples: Callable[[int], range], rng: random.Random
) -> None:
    kinds: dict[str, int] = {}
    for k in samples(80):
        one = drawn(rng, *((2, 2), (2, 2), (2, 3))[k % 3])
        found = as_game(one).solve("perfect Bayesian")
        alone = {e.name for e in found if all(p in (0, 1) for mix in e.profile.values()
                                              for p in mix.values())}  # fmt: skip
        assert alone == pure(one), one
        for name in alone:
            sent = name.partition(";")[0].split(", ")
            kind = "pooling" if len(set(sent)) == 1 else "separating"
            kinds[kind] = kinds.get(kind, 0) + 1
        kinds["mixed"] = kinds.get("mixed", 0) + len(found) - len(alone)
        assert len(found) > 0  # one always exists (Kreps and Wilson 1982)
    assert min(kinds.values()) > 15, kinds


def test_mixed_equilibria_are_verified_on_the_tree(rng: random.Random) -> None:
    for _ in range(8):
        found = as_game(drawn(rng, 2, 2)).solve("perfect Bayesian")
        assert {v.verdict for v in found.verify().values()} == {"proved"}
