"""Proofs of formulas whose comparisons, or what contradicts them, are among the hypotheses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from gametheory_eeu.prover.rocq.formulas import (
    NEGATED,
    Comparison,
    Formula,
    Number,
    Operation,
    Term,
)
from gametheory_eeu.prover.rocq.ledger import NoCounterpartError

if TYPE_CHECKING:
    from gametheory_eeu.prover.rocq.script import Scope, ScriptWriter

_CLASH = {"<": "Rlt_not_ge", "<=": "Rle_not_gt", ">": "Rgt_not_le", ">=": "Rge_not_lt"}


class TruthValues:
    """What the hypotheses at a place say of formulas, and the tactics that show it.

    Parameters
    ----------
    writer : ScriptWriter
    scope : Scope
    """

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
