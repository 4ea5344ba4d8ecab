"""Certificates by cases of relations and by sums of products: found, and forged ones refused."""

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.prover.certificate import (
    Abstraction,
    CoefficientCertificate,
    Contradiction,
    Inference,
    KnownSign,
    Product,
    Reasoning,
)
from gametheory_eeu.prover.decision_search import certified
from gametheory_eeu.prover.smt_query import Part

x, y = sp.symbols("x y", real=True)


def reasoning(statement: Any, given: Any = ()) -> tuple[eeu.Proof, Reasoning]:
    proof = eeu.prove(statement, given).certified()
    assert proof.method == "cases and products"
    assert isinstance(proof.certificate, CoefficientCertificate)
    return proof, proof.certificate.reasoning


def stands(proof: eeu.Proof, forged: Reasoning) -> bool:
    return CoefficientCertificate(forged).recheck(proof.statement, proof.space)


def contradictions(node: Any) -> list[Contradiction]:
    if isinstance(node, Contradiction):
        return [node]
    return [c for part in getattr(node, "parts", ()) for c in contradictions(part)]


def changed(node: Any, old: object, new: object) -> Any:
    """The same tree with one node for another."""
    if node == old:
        return new
    if not getattr(node, "parts", ()):
        return node
    return replace(node, parts=tuple(changed(part, old, new) for part in node.parts))


def test_a_forged_sum_is_refused() -> None:
    proof, tree = reasoning("x**2 > y or x < y", "y > 2")
    (leaf,) = contradictions(tree)
    assert stands(proof, tree)
    assert isinstance(leaf.known.source, tuple)
    (number, known), *others = leaf.known.source
    for source in (
        ((2 * number, known), *others),
        ((-number, known), *others),
        tuple(others),
    ):
        forged = replace(leaf, known=replace(leaf.known, source=source))
        assert not stands(proof, changed(tree, leaf, forged))


@pytest.mark.parametrize("kinds", [(">", ">="), (">=", ">="), (">=", ">", ">=")])
def test_a_product_is_positive_only_where_all_factors_are(kinds: tuple[str, ...]) -> None:
    signs = {">": sp.Gt(x, 0, evaluate=False), ">=": sp.Ge(y, 0, evaluate=False)}
    factors = tuple(KnownSign(signs[k].lhs, k, signs[k]) for k in kinds)
    product = sp.Mul(*(f.expression for f in factors))
    statement = sp.Gt(product, 0, evaluate=False)
    denied = statement.negated
    opposite = KnownSign(-product, ">=", denied)
    clash = KnownSign(
        sp.Integer(0), ">", ((sp.Integer(1), KnownSign(product, ">", Product(factors))),
                             (sp.Integer(1), opposite)),
    )  # fmt: skip
    tree = Inference(
        statement, (), statement,
        (Inference(statement, (statement,), None, ()), Contradiction(statement, (denied,), clash)),
    )  # fmt: skip
    proof = replace(
        eeu.prove(x > 0, x > 1), statement=statement, space=eeu.Space.of(*signs.values())
    )
    assert not stands(proof, tree)


def test_a_missing_case_is_refused() -> None:
    proof, tree = reasoning("x**2 > y or x < y", "y > 2")
    assert isinstance(tree, Inference)
    first, second = tree.parts
    for parts in ((first,), (second,), (first, first), (second, first)):
        assert not stands(proof, replace(tree, parts=parts))


def test_a_term_without_a_value_is_not_passed_over() -> None:
    proof = eeu.prove(sp.Max(x, 1 / x) >= 1, x > 0)
    found = certified(proof.statement, Part(frozenset({x}), proof.space.constraints))
    assert found is not None
    tree = found.reasoning
    assert isinstance(tree, Abstraction)
    assert stands(proof, tree)
    anywhere = eeu.Space.of(sp.Ge(x, 0, evaluate=False))
    assert not CoefficientCertificate(tree).recheck(proof.statement, anywhere)
    assert eeu.prove(sp.Max(x, 1 / x) >= 1, x >= 0).verdict == "refuted"
    (term,) = tree.terms
    for forged in (replace(term, arguments=(x, x)), replace(term, symbol=x)):
        assert not stands(proof, replace(tree, terms=(forged,)))


def test_what_is_not_proved_has_no_certificate() -> None:
    for proof in (eeu.prove("x > 0"), eeu.prove("x**2 > 3*y", "y > 0")):
        assert proof.certified() is proof


def test_an_empty_space_shows_as_a_contradiction() -> None:
    proof = eeu.prove("y > 5", "x**2 + y**2 < 2*x*y and y > 0")
    assert proof.vacuous
    found = proof.certified()
    assert found.method == "cases and products"
    assert found.recheck() is True
