"""Proof scripts: case distinctions as tactics, every relation by the checker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.prover.certificate import (
    Abstraction,
    Contradiction,
    Inference,
    Reasoning,
    RelationSign,
)
from gametheory_eeu.prover.facts import polynomial_context
from gametheory_eeu.prover.rocq.formulas import (
    NEGATED,
    ZERO,
    Comparison,
    Compound,
    Formula,
    Number,
    Operation,
    Term,
    Variable,
    atoms,
    chosen,
    is_true,
    plain,
    replaced,
    term,
)
from gametheory_eeu.prover.rocq.ledger import Ledger, NoCounterpartError, conclusion
from gametheory_eeu.prover.rocq.reasons import Reasons
from gametheory_eeu.prover.rocq.scope import (
    Scope,
    TruthValues,
    abstracted,
    block,
    conjunction,
    nested,
    opaque,
    reason_of,
    with_relation,
)
from gametheory_eeu.prover.rocq.text import Notation, chain

_TURNED = {"<": "Rnot_lt_ge", "<=": "Rnot_le_gt", ">": "Rnot_gt_le", ">=": "Rnot_ge_lt",
           "<>": "not_ne"}  # fmt: skip


class ScriptWriter:
    """The script that proves a statement from a certificate.

    ``places`` numbers the variables from 1, ``environment`` is their list in Rocq.
    """

    def __init__(self, places: Mapping[Term, int], environment: str, notation: Notation) -> None:
        self.places, self.environment, self.notation = places, environment, notation
        self.names = (f"H{number}" for number in count(1))

    def write(self, node: Reasoning, goal: Formula, scope: Scope, depth: int = 1) -> Iterator[str]:
        """The tactics that prove a goal by a node of the certificate."""
        if isinstance(node, Contradiction):
            yield "exfalso."
            yield self._contradiction(node, scope)
        elif isinstance(node, RelationSign):
            yield self._relation(node, goal, scope)
        elif isinstance(node, Abstraction):
            yield from self._abstraction(node, goal, scope)
        elif node.statement == sp.true:
            yield "exact I."
        elif isinstance(node.split_on, sp.Or):
            yield from self._disjunction(node, goal, scope)
        elif isinstance(node.split_on, sp.core.relational.Relational):
            yield from self._two_cases(node, goal, scope)
        elif not node.parts:
            inner = replace(scope, denominators=(*scope.denominators, *node.denominators))
            yield from TruthValues(self, inner).proof(goal)
        elif node.split_on is not None:
            yield from self._cases(node, goal, scope)
        else:
            yield from self._inference(node, goal, scope)

    def _inference(self, node: Inference, goal: Formula, scope: Scope) -> Iterator[str]:
        statement = node.statement
        if isinstance(statement, sp.Not):
            yield from self.write(node.parts[0], goal, scope)
        elif isinstance(statement, sp.And) and isinstance(goal, Compound):
            parts = {part.statement: part for part in node.parts}
            yield f"refine {conjunction(['_'] * len(goal.parts))}."
            for member, part in zip(statement.args, goal.parts, strict=True):
                yield from block(self.write(parts[member], part, scope))
        elif isinstance(statement, sp.Or) and isinstance(goal, Compound):
            place = statement.args.index(node.parts[0].statement)
            yield from ["right."] * place
            yield from ["left."] if place < len(statement.args) - 1 else []
            yield from self.write(node.parts[0], goal.parts[place], scope)
        elif isinstance(statement, sp.Implies):
            yield from self._implication(node, goal, scope)
        else:
            raise NoCounterpartError(f"an inference of {statement}")

    def _implication(self, node: Inference, goal: Formula, scope: Scope) -> Iterator[str]:
        premise = node.statement.args[0]
        inner = replace(scope, denominators=(*scope.denominators, *node.denominators))
        if isinstance(goal, Compound) and goal.name == "and" and goal.parts:
            *conditions, _ = goal.parts  # for the premise to have a meaning
            yield f"refine {conjunction(['_'] * len(goal.parts))}."
            for condition in conditions:
                yield from block(iter([self.shown(condition, inner)]))
            goal = goal.parts[-1]
        if not isinstance(goal, Compound) or goal.name != "implies":
            raise NoCounterpartError(f"an implication that reads {goal}")
        inner, pattern = inner.assuming(premise, goal.parts[0], self.names)
        yield f"intros {pattern}."
        yield from self.write(node.parts[0], goal.parts[1], inner)

    def _disjunction(self, node: Inference, goal: Formula, scope: Scope) -> Iterator[str]:
        constraint: Boolean = node.split_on
        if constraint not in scope.disjunctions:
            raise NoCounterpartError("cases of a constraint that is not among the hypotheses")
        patterns, scopes = [], []
        for member in constraint.args:
            inner, pattern = scope.assuming(member, is_true(member), self.names)
            patterns.append(pattern)
            scopes.append(inner)
        yield f"destruct {scope.disjunctions[constraint]} as [{'|'.join(nested(patterns))}]."
        for part, inner in zip(node.parts, scopes, strict=True):
            yield from block(self.write(part, goal, inner))

    def _two_cases(self, node: Inference, goal: Formula, scope: Scope) -> Iterator[str]:
        """The cases that a relation is true, and that it is not."""
        scope = replace(scope, denominators=(*scope.denominators, *node.denominators))
        relation: Boolean = node.split_on
        formula, name = plain(relation), next(self.names)
        assert isinstance(formula, Comparison)
        yield f"destruct {self.notation.decision(formula)} as [{name}|{name}]."
        first = with_relation(scope, formula, name, relation)
        yield from block(self.write(node.parts[0], goal, first))
        turned = Comparison(NEGATED[formula.operator], formula.left, formula.right)
        second = self.write(
            node.parts[1], goal, with_relation(scope, turned, name, relation.negated)
        )
        yield from block(iter([*_denied(formula, name), *second]))

    def _abstraction(self, node: Abstraction, goal: Formula, scope: Scope) -> Iterator[str]:
        """Opaque terms, numbered as variables are, and what is known of each."""
        names = dict(self.notation.names)
        places = dict(self.places)
        for item in node.terms:
            names[item.symbol] = f"({self.notation.term(term(item.node))})"
            places[Variable(item.symbol)] = len(places) + 1
        inner = ScriptWriter(places, chain("ec", "e0", names.values()), Notation(names))
        inner.names = self.names
        scope = abstracted(scope, node.terms)
        parts = iter(node.parts)
        for item in node.terms:
            shown: list[str] = []
            for condition in item.conditions:
                formula, before = is_true(condition), scope
                scope, pattern = scope.assuming(condition, formula, self.names)
                shown += re.findall(r"\w+", pattern)
                yield f"assert ({inner.notation.formula(formula)}) as {pattern}."
                yield from block(inner.write(next(parts), formula, before))
            for fact in item.facts:
                formula = is_true(fact)
                reason = reason_of(item, self.notation, shown)
                scope, pattern = scope.assuming(fact, formula, self.names)
                yield f"assert ({inner.notation.formula(formula)}) as {pattern}"
                yield f"  by {reason}."
        yield from inner.write(next(parts), opaque(goal, node.terms), scope)

    # Expressions by cases.

    def _cases(self, node: Inference, goal: Formula, scope: Scope) -> Iterator[str]:
        scope = replace(scope, denominators=(*scope.denominators, *node.denominators))
        expression = node.split_on
        if isinstance(expression, sp.Piecewise):
            branches = list(zip(expression.args, node.parts, strict=True))
            yield from self._piecewise(branches, goal, scope)
            return
        item = term(expression)
        if not isinstance(item, Operation):
            raise NoCounterpartError("cases of what is no expression by cases")
        text = self.notation.term(item)
        yield f"pattern ({text})."
        arguments = " ".join(f"({self.notation.term(part)})" for part in item.parts)
        lemma = item.name if item.name in ("abs", "sign") else f"{item.name}{len(item.parts)}"
        yield f"refine ({lemma}_cases {arguments} _{' _' * len(node.parts)}); cbv beta."
        for place, value, conditions in _branches(item, expression):
            inner, patterns = scope, []
            for condition, relation in conditions:
                inner, pattern = inner.assuming(condition, relation, self.names)
                patterns.append(pattern)
            script = self.write(node.parts[place], replaced(goal, item, value), inner)
            yield from block(iter([f"intros {' '.join(patterns)}.", *script]))

    def _piecewise(
        self, branches: list[tuple[Expr, Reasoning]], goal: Formula, scope: Scope
    ) -> Iterator[str]:
        ((_, condition), part), *rest = branches
        if condition == sp.true:
            yield from self.write(part, goal, scope)
            return
        formula = plain(condition)
        name = next(self.names)
        yield f"destruct {self.notation.decision(formula)} as [{name}|{name}]."
        inner, pattern = scope.assuming(condition, formula, self.names)
        first = self.write(part, chosen(goal, formula, holds=True), inner)
        yield from block(iter([f"rename {name} into {pattern}." if pattern.isalnum()
                                else f"destruct {name} as {pattern}.", *first]))  # fmt: skip
        outer = scope
        denied = sp.Not(condition, evaluate=False)
        if isinstance(formula, Comparison):
            turned = Comparison(NEGATED[formula.operator], formula.left, formula.right)
            outer = with_relation(scope, turned, name, denied)
        others = self._piecewise(rest, chosen(goal, formula, holds=False), outer)
        yield from block(iter([*_denied(formula, name), *others]))

    # By the checker.

    def _ledger(self, scope: Scope) -> tuple[Ledger, Reasons]:
        context = polynomial_context(tuple(self.places))
        ledger = Ledger(context, self.places, [relation for relation, _ in scope.hypotheses])
        return ledger, Reasons(ledger, scope.sources, scope.denominators)

    def _relation(self, node: RelationSign, goal: Formula, scope: Scope) -> str:
        relations = atoms(goal)
        if not relations:
            raise NoCounterpartError("a goal that is no relation")
        ledger, reasons = self._ledger(scope)
        earlier = scope.denominators if len(relations) > 1 else ()
        for factor in (*earlier, *node.denominators, *node.factors):
            reasons.factor(factor)
        return self._checked(ledger, relations, scope)

    def shown(self, condition: Formula, scope: Scope, number: int | None = None) -> str:
        """A condition for a meaning, by the denominators' factors, or what a hypothesis says."""
        relations = atoms(condition)
        if not relations:
            raise NoCounterpartError("a condition that is no relation")
        ledger, reasons = self._ledger(scope)
        for factor in scope.denominators:
            reasons.factor(factor)
        if number is not None:
            reasons.stated(number)
        return self._checked(ledger, relations, scope)

    def _checked(self, ledger: Ledger, relations: list[Comparison], scope: Scope) -> str:
        conclusions = chain("cc", "c0", (conclusion(ledger, relation) for relation in relations))
        goals = _atoms(ledger, relations)
        proof = ledger.proof(f"Conclude {conclusions}")
        return self._leaf(f"checked {{}} {{}}\n    ({proof})\n    {goals} _ _", ledger, scope)

    def _contradiction(self, node: Contradiction, scope: Scope) -> str:
        ledger, reasons = self._ledger(scope)
        index = reasons.known(node.known)
        proof = ledger.proof(f"Absurd {index}")
        return self._leaf(f"contradicted {{}} {{}}\n    ({proof}) _ _", ledger, scope)

    def _leaf(self, template: str, ledger: Ledger, scope: Scope) -> str:
        used = [scope.hypotheses[number] for number in ledger.used]
        hypotheses = _atoms(ledger, (relation for relation, _ in used))
        text = template.format(self.environment, hypotheses)
        evidence = "I"
        for _, name in reversed(used):
            evidence = f"(conj {name} {evidence})"
        return f"refine ({text});\n    [vm_cast_no_check (eq_refl true) | exact {evidence}]."


def _atoms(ledger: Ledger, relations: Iterable[Comparison]) -> str:
    return chain("ac", "a0", (f"({ledger.reification.comparison(r)})" for r in relations))


def _denied(formula: Formula, name: str) -> Iterator[str]:
    """The tactic that turns a denied relation into the opposite one."""
    if isinstance(formula, Comparison) and formula.operator in _TURNED:
        yield f"apply {_TURNED[formula.operator]} in {name}."


def _branches(
    item: Operation, expression: Expr
) -> Iterator[tuple[int, Term, list[tuple[Boolean, Formula]]]]:
    """The cases of a maximum, a minimum, an absolute value or a sign, in the lemma's order.

    Of each its place in a certificate, the value, and the conditions.
    """
    if item.name in ("abs", "sign"):
        (argument,), (part,) = expression.args, item.parts
        one = part if item.name == "abs" else Number(1)
        values = (one, ">", sp.Gt), (Operation("-", (one,)), "<", sp.Lt), (ZERO, "=", sp.Eq)
        for place, (value, operator, relation) in enumerate(values):
            condition = relation(argument, 0, evaluate=False)
            yield place, value, [(condition, Comparison(operator, part, ZERO))]
        return
    operator, relation = (">=", sp.Ge) if item.name == "max" else ("<=", sp.Le)
    ordered = sorted(expression.args, key=sp.default_sort_key)
    pairs = list(zip(ordered, item.parts, strict=True))
    for value, own in pairs:
        conditions: list[tuple[Boolean, Formula]] = [
            (relation(value, other, evaluate=False), Comparison(operator, own, part))
            for other, part in pairs
            if other != value
        ]
        yield expression.args.index(value), own, conditions


def variable_places(symbols: Iterable[sp.Symbol]) -> dict[Term, int]:
    """The number of each variable, from 1."""
    return {Variable(symbol): number for number, symbol in enumerate(symbols, 1)}
