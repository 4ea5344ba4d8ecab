"""What a claim costs, by counts: a plain query first where a statement is large, and no search
that cannot end."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.prover import certificate_search, point_search, proof_search, prove, smt_solvers
from gametheory_eeu.prover.budget import CLAIM, PROBE
from gametheory_eeu.prover.smt_query import all_parts, is_large

x, y = sp.symbols("x y", real=True)
TEN = sp.symbols("v1:11", real=True)
v1, v2, v3, v4, v5, v6, v7, v8, v9, v10 = TEN
LARGE = [
    v1 > 0, v2 > 0, v3 > 0, v4 > 0, v5 < 0, v6 < 0, v5 * v6 > v7**2, v8 > 0, v1 < 1, v2 < 1,
    sp.Eq(v1 * v3 + v2 * v4, v8), sp.Eq(v9 * v5 + v10 * v7, v1), sp.Eq(v9 * v7 + v10 * v6, v2),
    v1 * v9 + v2 * v10 < 0, v3 * v9 <= v8, v4 * v10 <= v8, v5 + v6 < -1, v7 < v1 + v2, v8 < 10,
    v3 + v4 > 1,
]  # fmt: skip
"""Two goods, their prices and two inputs, all of it tied together."""
CHAIN = sp.symbols("c0:31", real=True)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Which routes were taken, in order."""
    found: list[str] = []

    def noted(module: object, name: str) -> None:
        own = getattr(module, name)

        def wrapped(*args: object, **options: object) -> object:
            found.append(name)
            return own(*args, **options)

        monkeypatch.setattr(module, name, wrapped)

    noted(proof_search, "valid_tree")
    noted(proof_search, "ask")
    noted(point_search, "ask")
    proof_search._cached_proof.cache_clear()
    yield found
    proof_search._cached_proof.cache_clear()


def test_a_plain_query_spares_the_search_for_a_certificate(calls):
    proof = prove(v9 * v3 + v10 * v4 < 0, given=LARGE)
    assert proof.verdict == "refuted"
    assert calls[0] == "ask"
    assert "valid_tree" not in calls
    assert calls.count("ask") <= 4, "its model is the witness, no smaller one is looked for"


def test_a_large_statement_that_is_true_keeps_its_certificate(calls):
    proof = prove(v8 > 0, given=LARGE)
    assert (proof.verdict, proof.method) == ("proved", "coefficient certificate")
    assert calls[:2] == ["ask", "valid_tree"]


def test_a_small_statement_is_certified_without_a_query(calls):
    assert prove(x * y > x, given=[x > 0, y > 1]).method == "coefficient certificate"
    assert calls == ["valid_tree"]


def test_large_is_a_count_of_relations_and_symbols():
    def large(given):
        (part,) = all_parts(Space.of(given))
        return is_large(v9 * v3 + v10 * v4 < 0, part)

    assert large(LARGE)
    assert not large([sp.Eq(v9 + v3, v10 + v4), v3 > 0])
    premises = sp.And(*LARGE)
    assert large([premises]), "however the relations are joined"


@pytest.mark.parametrize("count", [6, 8])
def test_cases_are_counted_before_they_are_told_apart(count, monkeypatch):
    """Each of |a|, |b|, ... has three cases: 3**6 relations, of which 32 would be looked at."""
    asked: list[object] = []
    own = certificate_search._TreeSearch.by_signs

    def signed(self, relation, assumed):
        asked.append(relation)
        return own(self, relation, assumed)

    monkeypatch.setattr(certificate_search._TreeSearch, "by_signs", signed)
    letters = sp.symbols(f"a:{'abcdefgh'[count - 1]}", real=True)
    (part,) = all_parts(Space.of([sum(letters) > 0]))
    statement = sp.Ge(sum(map(sp.Abs, letters)), sum(letters), evaluate=False)
    assert certificate_search.certificate_tree.__wrapped__(statement, part) is None
    assert asked == []


def test_a_long_chain_is_told_without_multiplying_its_substitutions_out():
    """Of 30 steps, each in terms of the next; a product of all of them would not end."""
    given = [a < b for a, b in pairwise(CHAIN)]
    proof = prove(CHAIN[0] < CHAIN[30], given=given)
    assert (proof.verdict, proof.method) == ("proved", "coefficient certificate")
    assert str(CHAIN[30]) in str(proof.certificate)


def test_both_strategies_are_tried_in_steps(monkeypatch):
    """The second may need far less than the first: neither gets everything at once."""
    given: list[tuple[str, int]] = []

    class Open:
        def __init__(self, name):
            self.name = name

        def set(self, key, value):
            if key == "rlimit":
                given.append((self.name, value))

        def from_string(self, text):
            pass

        def check(self):
            return "unknown"

    monkeypatch.setattr(smt_solvers, "strategies", lambda _: map(Open, "ab"))
    assert smt_solvers._z3("", CLAIM, (), None).status == "unknown"
    limits = [limit for _, limit in given]
    assert [name for name, _ in given] == ["a", "b"] * 3
    assert limits == sorted(limits)
    assert limits[-1] == CLAIM.rlimit
    assert sum(limits[:-2]) < limits[-1], "the steps before cost less than the last"
    given.clear()
    smt_solvers._z3("", PROBE, (), None)
    assert [limit for _, limit in given] == [PROBE.rlimit] * 2


def test_the_same_verdict_and_witness_each_time():
    found = []
    for _ in range(2):
        proof_search._cached_proof.cache_clear()
        smt_solvers._cached_answer.cache_clear()
        proof = prove(v9 * v3 + v10 * v4 < 0, given=LARGE)
        found.append((proof.verdict, proof.witnesses))
        assert proof.recheck() is True
    assert found[0] == found[1]
