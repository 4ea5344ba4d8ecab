"""What is assumed at a place of a proof, and what follows from it without arithmetic.

Roots, logarithms and maxima are opaque terms, with lemmas that say what is known of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.prover.abstraction import Term as OpaqueTerm
from gametheory_eeu.prover.abstraction import replacements
from gametheory_eeu.prover.certificate import FactorSign
from gametheory_eeu.prover.rocq.formulas import (
    NEGATED,
    Comparison,
    Compound,
    Formula,
    Number,
    Operation,
    Term,
    Variable,
    atoms,
    replaced,
    term,
)
from gametheory_eeu.prover.rocq.ledger import NoCounterpartError

if TYPE_CHECKING:
    from gametheory_eeu.prover.rocq.script import ScriptWriter
    from gametheory_eeu.prover.rocq.text import Notation


@dataclass(frozen=True)
class Scope:
    """What is assumed at a place of a proof.

    Hypotheses with their names; the number of the hypothesis that states a relation; the names of
    those that say "or"; and factors of denominators, shown where a case distinction encloses this
    place.
    """

    hypotheses: tuple[tuple[Comparison, str], ...] = ()
    sources: Mapping[Boolean, int] = sp.core.containers.Dict()
    disjunctions: Mapping[Boolean, str] = sp.core.containers.Dict()
    denominators: tuple[FactorSign, ...] = ()

    def assuming(
        self, statement: Boolean, formula: Formula, names: Iterator[str]
    ) -> tuple[Scope, str]:
        """The scope with a statement assumed in this form, and the pattern that names its parts."""
        if isinstance(statement, sp.And) and isinstance(formula, Compound):
            scope, patterns = self, []
            for part, inner in zip(statement.args, formula.parts, strict=True):
                scope, pattern = scope.assuming(part, inner, names)
                patterns.append(pattern)
            return scope, f"({' & '.join(patterns)})"
        found = atoms(formula)
        if found is None or not found:
            name = next(names)
            disjunctions = {**self.disjunctions, statement: name}
            return replace(self, disjunctions=disjunctions), name
        named = tuple((relation, next(names)) for relation in found)
        number = len(self.hypotheses) + len(named) - 1
        scope = replace(
            self,
            hypotheses=(*self.hypotheses, *named),
            sources={**self.sources, **dict.fromkeys(_forms(statement), number)},
        )
        return scope, _pattern(formula, iter([name for _, name in named]))


def _pattern(formula: Formula, names: Iterator[str]) -> str:
    """A pattern that names the comparisons of a conjunction."""
    if isinstance(formula, Comparison):
        return next(names)
    return f"({' & '.join(_pattern(part, names) for part in formula.parts)})"


def _forms(statement: Boolean) -> Iterator[Boolean]:
    """A relation, and where it is a relation denied the one that it amounts to."""
    yield statement
    if isinstance(statement, sp.Not) and statement.args[0].is_Relational:
        yield statement.args[0].negated


def with_relation(scope: Scope, relation: Comparison, name: str, statement: Boolean) -> Scope:
    """The scope with one more hypothesis, of a given name."""
    number = len(scope.hypotheses)
    sources = {**scope.sources, **dict.fromkeys(_forms(statement), number)}
    return replace(scope, hypotheses=(*scope.hypotheses, (relation, name)), sources=sources)


def opaque(formula: Formula, terms: Iterable[OpaqueTerm]) -> Formula:
    """The formula with a variable in the place of each term, the outer ones first."""
    for item in reversed(tuple(terms)):
        formula = replaced(formula, term(item.node), Variable(item.symbol))
    return formula


def abstracted(scope: Scope, terms: tuple[OpaqueTerm, ...]) -> Scope:
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


def reason_of(item: OpaqueTerm, notation: Notation, conditions: list[str]) -> str:
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


_CLASH = {"<": "Rlt_not_ge", "<=": "Rle_not_gt", ">": "Rgt_not_le", ">=": "Rge_not_lt"}


class TruthValues:
    """What the hypotheses at a place say of formulas, and the tactics that show it."""

    def __init__(self, writer: ScriptWriter, scope: Scope) -> None:
        self.writer, self.scope = writer, scope
        self.known = {_sorted(relation): (relation, name) for relation, name in scope.hypotheses}

    def value(self, formula: Formula) -> bool | None:
        """The truth value, None where the hypotheses do not say; what has a meaning has one."""
        if isinstance(formula, Comparison):
            return self._value(formula)
        if formula.name == "if":
            branches = {self.value(part) for part in formula.parts[1:]}
            return branches.pop() if len(branches) == 1 else None
        parts = [self.value(part) for part in formula.parts]
        if formula.name == "and":
            return False if False in parts else None if None in parts else True
        if formula.name == "or":
            return True if True in parts else None if None in parts else False
        if formula.name == "implies":
            premise, conclusion = parts
            if premise is False or conclusion is True:
                return True
            return None if None in parts else False
        raise NoCounterpartError(f"a formula of the kind {formula.name}")

    def _value(self, formula: Comparison) -> bool | None:
        left, right = _number(formula.left), _number(formula.right)
        if left is not None and right is not None:
            return _holds(formula.operator, left, right)
        if _sorted(_negation(formula)) in self.known:
            return False
        is_meaning = formula.operator == "<>" and right == 0
        return True if is_meaning or _sorted(formula) in self.known else None

    def proof(self, formula: Formula) -> Iterator[str]:
        """The tactics that prove a true formula."""
        if isinstance(formula, Comparison):
            yield self._comparison(formula)
        elif formula.name == "and":
            if not formula.parts:
                yield "exact I."
                return
            yield f"refine {conjunction(['_'] * len(formula.parts))}."
            for part in formula.parts:
                yield from block(self.proof(part))
        elif formula.name == "or":
            place = next(i for i, part in enumerate(formula.parts) if self.value(part))
            yield from ["right."] * place
            yield from ["left."] if place < len(formula.parts) - 1 else []
            yield from self.proof(formula.parts[place])
        elif formula.name == "if":
            condition, *branches = formula.parts
            yield f"destruct {self.writer.notation.decision(condition)}."
            for part in branches:
                yield from block(self.proof(part))
        elif self.value(formula.parts[1]):
            yield "intros _."
            yield from self.proof(formula.parts[1])
        else:
            name = next(self.writer.names)
            yield f"intros {name}. exfalso."
            yield from self.refutation(formula.parts[0], name)

    def _comparison(self, formula: Comparison) -> str:
        found = self.known.get(_sorted(formula))
        if found is not None and found[0] == formula:
            return f"exact {found[1]}."
        number = None if found is None else self.scope.hypotheses.index(found)
        return self.writer.shown(formula, self.scope, number)

    def refutation(self, formula: Formula, name: str) -> Iterator[str]:
        """The tactics that prove False from a false formula, which a hypothesis states."""
        if isinstance(formula, Comparison):
            yield self._clash(formula, name)
        elif formula.name == "and":
            names = [next(self.writer.names) for _ in formula.parts]
            place = next(i for i, part in enumerate(formula.parts) if self.value(part) is False)
            yield f"destruct {name} as ({' & '.join(names)})."
            yield from self.refutation(formula.parts[place], names[place])
        elif formula.name == "or":
            names = [next(self.writer.names) for _ in formula.parts]
            if not names:
                yield f"exact {name}."
                return
            yield f"destruct {name} as [{'|'.join(nested(names))}]."
            for part, own in zip(formula.parts, names, strict=True):
                yield from block(self.refutation(part, own))
        elif formula.name == "implies":
            premise, conclusion = formula.parts
            own = next(self.writer.names)
            yield f"assert ({self.writer.notation.formula(premise)}) as {own}."
            yield from block(self.proof(premise))
            yield f"apply {name} in {own}."
            yield from self.refutation(conclusion, own)
        else:
            raise NoCounterpartError(f"a formula of the kind {formula.name}")

    def _clash(self, formula: Comparison, name: str) -> str:
        found = self.known.get(_sorted(_negation(formula)))
        if found is None:
            return "lra."
        opposite, other = found
        if opposite != _negation(formula):
            return f"clear - {name} {other}; nra." if formula.operator in "=<>" else "lra."
        if formula.operator == "=":
            return f"exact ({other} {name})."
        if formula.operator == "<>":
            return f"exact ({name} {other})."
        return f"exact ({_CLASH[formula.operator]} _ _ {name} {other})."


def _negation(formula: Comparison) -> Comparison:
    return Comparison(NEGATED[formula.operator], formula.left, formula.right)


def _sorted(item: Comparison | Term) -> Comparison | Term:
    """The same with the parts of sums and products in one order."""
    if isinstance(item, Comparison):
        return Comparison(item.operator, _sorted(item.left), _sorted(item.right))  # type: ignore[arg-type]
    if not isinstance(item, Operation):
        return item
    parts = tuple(map(_sorted, item.parts))
    if item.name in ("+", "*", "max", "min"):
        parts = tuple(sorted(parts, key=repr))
    return Operation(item.name, parts, item.number, item.condition)  # type: ignore[arg-type]


def _number(item: Term) -> Fraction | None:
    """The value of a term of numbers only."""
    if isinstance(item, Number):
        return Fraction(item.value)
    if not isinstance(item, Operation) or item.name not in ("-", "/"):
        return None
    parts = [_number(part) for part in item.parts]
    if any(part is None for part in parts):
        return None
    if item.name == "-":
        return -parts[0]  # type: ignore[operator]
    return None if parts[1] == 0 else parts[0] / parts[1]  # type: ignore[operator]


def _holds(operator: str, left: Fraction, right: Fraction) -> bool:
    return {
        "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right,
        "=": left == right, "<>": left != right,
    }[operator]  # fmt: skip


def conjunction(parts: list[str]) -> str:
    """The proof of a conjunction from proofs of its parts."""
    *first, text = parts
    for part in reversed(first):
        text = f"(conj {part} {text})"
    return text


def nested(patterns: list[str]) -> list[str]:
    """The patterns of a disjunction, which nests to the right."""
    if len(patterns) <= 2:
        return [f"{pattern}" for pattern in patterns]
    return [patterns[0], f"[{'|'.join(nested(patterns[1:]))}]"]


def block(lines: Iterator[str]) -> Iterator[str]:
    """Tactics for one goal."""
    yield "{"
    for line in lines:
        yield f"  {line}"
    yield "}"
