"""Roots, logarithms, maxima as opaque terms, and the lemmas that say what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.prover.abstraction import Term, replacements
from gametheory_eeu.prover.rocq.formulas import Comparison, Formula, Variable, replaced, term
from gametheory_eeu.prover.rocq.ledger import NoCounterpartError

if TYPE_CHECKING:
    from gametheory_eeu.prover.rocq.script import Scope
    from gametheory_eeu.prover.rocq.text import Notation


def opaque(formula: Formula, terms: Iterable[Term]) -> Formula:
    """The formula with a variable in the place of each term, the outer ones first."""
    for item in reversed(tuple(terms)):
        formula = replaced(formula, term(item.node), Variable(item.symbol))
    return formula


def abstracted(scope: Scope, terms: tuple[Term, ...]) -> Scope:
    """The scope with a variable in the place of each term."""
    relations = [*scope.sources, *scope.disjunctions]
    values = replacements(relations, terms)
    hypotheses = []
    for relation, name in scope.hypotheses:
        inner = opaque(relation, terms)
        assert isinstance(inner, Comparison)
        hypotheses.append((inner, name))
    return replace(
        scope,
        hypotheses=tuple(hypotheses),
        sources={replace_unevaluated(r, values): n for r, n in scope.sources.items()},
        disjunctions={replace_unevaluated(r, values): n for r, n in scope.disjunctions.items()},
    )


def reason_of(item: Term, notation: Notation, conditions: list[str]) -> str:
    """The tactic that proves a fact about a term, from the names of its conditions."""
    node = item.node
    if isinstance(node, sp.Piecewise):
        return "by_branches"
    arguments = [f"({notation.term(part)})" for part in map(term, node.args)]
    if isinstance(node, sp.Pow):
        if node.exp.q != 2:
            raise NoCounterpartError(f"a root of degree {node.exp.q}")
        lemma = f"sqrt_facts {arguments[0]} {conditions[-1]}"
    elif isinstance(node, (sp.Max, sp.Min)):
        ordered = sorted(node.args, key=sp.default_sort_key)
        name = "max" if isinstance(node, sp.Max) else "min"
        texts = " ".join(f"({notation.term(term(part))})" for part in ordered)
        lemma = f"{name}{len(ordered)}_facts {texts}"
    elif isinstance(node, (sp.Abs, sp.sign)):
        name = "abs" if isinstance(node, sp.Abs) else "sign"
        lemma = f"{name}_facts {arguments[0]}"
    elif isinstance(node, sp.log):
        return f"(by_bounds (ln_facts {arguments[0]} {conditions[-1]}))"
    elif isinstance(node, sp.exp):
        return f"(by_bounds (exp_facts {arguments[0]}))"
    else:
        raise NoCounterpartError(f"{node}, of which no lemma is written")
    kept = f" - {' '.join(conditions)}" if conditions else ""
    return f"(clear{kept}; generalize ({lemma}); tauto)"
