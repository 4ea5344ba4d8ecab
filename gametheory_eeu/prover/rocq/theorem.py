"""Proofs as theorems of Rocq, or the reason why there is none, and files of theorems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value, value
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.prover.certificate import (
    CoefficientCertificate,
    Inference,
    Reasoning,
    RelationSign,
)
from gametheory_eeu.prover.facts import is_rational
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.rocq.formulas import is_true
from gametheory_eeu.prover.rocq.ledger import NoCounterpartError
from gametheory_eeu.prover.rocq.scope import Scope
from gametheory_eeu.prover.rocq.script import ScriptWriter, variable_places
from gametheory_eeu.prover.rocq.text import (
    Notation,
    chain,
    comment,
    prelude,
    taken_names,
    variable_names,
)

if TYPE_CHECKING:
    from gametheory_eeu.prover.proof import Proof


def theorem(name: str, statement: Boolean, space: Space, reasoning: Reasoning, words: str) -> str:
    """A theorem that the statement is true on the space, and its proof from the certificate."""
    symbols = sorted({*space.symbols, *statement.free_symbols}, key=lambda s: s.name)
    names = variable_names(symbols)
    notation, places = Notation(names), variable_places(symbols)
    environment = chain("ec", "e0", names.values())
    writer = ScriptWriter(places, environment, notation)
    scope, patterns, premises, omitted = Scope(), [], [], []
    for relation in (*space.constraints, *(a for s in symbols for a in assumptions(s))):
        try:
            formula = is_true(relation)
            premises.append(notation.operand(formula))
        except UnsupportedError:
            omitted.append(relation)
            continue
        scope, pattern = scope.assuming(relation, formula, writer.names)
        patterns.append(pattern)
    goal = is_true(statement)
    script = list(writer.write(reasoning, goal, scope))
    notes = [words, *(f"Not needed, and left out: {relation}." for relation in omitted)]
    binder = f"forall {' '.join(names.values())} : R,\n  " if symbols else ""
    claim = " ->\n  ".join([*premises, notation.operand(goal)])
    intros = " ".join([*names.values(), *patterns])
    return "\n".join([
        comment("\n   ".join(notes)),
        f"Theorem {name} :\n  {binder}{claim}.",
        "Proof.",
        *([f"  intros {intros}."] if intros else []),
        *(f"  {line}" for line in script),
        "Qed.",
    ])  # fmt: skip


def document(theorems: Iterable[tuple[str, str]]) -> str:
    """A file of theorems, by name, with the checker in front and the axioms listed at the end."""
    named = list(theorems)
    lemmas = "".join(f"{text}\n\n" for text in _extrema(text for _, text in named))
    names = "".join(f"  let _ := {name} in\n" for name, _ in named)
    ending = (
        "(* What all of this rests on: nothing beyond the axioms of Rocq's real numbers. *)\n"
        f"Definition everything : True :=\n{names}  I.\nPrint Assumptions everything.\n"
    )
    return "\n".join([prelude(), lemmas + "\n\n".join(text for _, text in named), "", ending])


def _extrema(texts: Iterable[str]) -> Iterator[str]:
    """The lemmas on maxima and minima of as many terms as occur."""
    whole = "\n".join(texts)
    for name, function, relation in (("max", "Rmax", ">="), ("min", "Rmin", "<=")):
        for n in range(2, 20):
            if f"{name}{n}_cases" in whole:
                yield _extremum(name, function, relation, n)
        most = max((n for n in range(2, 20) if f"{name}{n}_facts" in whole), default=1)
        for n in range(2, most + 1):
            yield _extremum_facts(name, function, relation, n)


def _extremum(name: str, function: str, relation: str, n: int) -> str:
    variables = [f"x{k}" for k in range(n)]
    value = _nested(function, variables)
    cases = [
        " -> ".join([*(f"{x} {relation} {y}" for y in variables if y != x), f"P {x}"])
        for x in variables
    ]
    premises = " ->\n  ".join(f"({case})" for case in cases)
    return (
        f"Lemma {name}{n}_cases {' '.join(variables)} (P : R -> Prop) :\n  {premises} ->\n"
        f"  P ({value}).\nProof. extremum. Qed."
    )


def _extremum_facts(name: str, function: str, relation: str, n: int) -> str:
    variables = [f"x{k}" for k in range(n)]
    value = _nested(function, variables)
    inside = "<=" if relation == ">=" else ">="
    bounds = " /\\ ".join(f"{value} {relation} {x}" for x in variables)
    cases = " \\/ ".join(f"{value} {inside} {x}" for x in variables)
    rest = _nested(function, variables[1:])
    steps = (
        f"assert (A := {name}2_facts x0 ({rest})). "
        f"assert (B := {name}{n - 1}_facts {' '.join(variables[1:])}). "
        if n > 2
        else "unfold Rmax, Rmin; destruct (Rle_dec _ _). all: "
    )
    return (
        f"Lemma {name}{n}_facts {' '.join(variables)} :\n  {bounds} /\\\n  ({cases}).\n"
        f"Proof. {steps}extremum_facts. Qed."
    )


def _nested(function: str, variables: list[str]) -> str:
    *first, value = variables
    for variable in reversed(first):
        value = f"{function} {variable} {value if value == variables[-1] else f'({value})'}"
    return value


_MAX_BITS = 200
"""Of a number; one that is longer takes Rocq seconds to read."""


def _number(side: Expr) -> Expr:
    """The value of a side of a relation; 0 where it has none."""
    result = value(side, {})
    return sp.Integer(0) if result is None else result


def _is_long(number: Expr) -> bool:
    return bool(max(abs(number.p), number.q).bit_length() > _MAX_BITS)


def evaluation(statement: Boolean) -> Reasoning:
    """The reasoning of a true statement without symbols.

    A NoCounterpartError where a number is not rational.
    """
    if isinstance(statement, sp.core.relational.Relational):
        if not is_rational(statement):
            raise NoCounterpartError(
                f"{statement} is a statement about numbers that are not rational"
            )
        if any(map(_is_long, (*statement.atoms(sp.Rational), *map(_number, statement.args)))):
            raise NoCounterpartError(f"{statement} has numbers of more than {_MAX_BITS} bits")
        return RelationSign(statement, (), sp.Integer(1), ())
    if statement == sp.true:
        return Inference(statement, (), None, ())
    if isinstance(statement, sp.And):
        return Inference(statement, (), None, tuple(map(evaluation, statement.args)))
    if isinstance(statement, sp.Or):
        part = next(part for part in statement.args if truth_value(part, {}))
        return Inference(statement, (), None, (evaluation(part),))
    raise NoCounterpartError(f"{statement} is no relation between numbers")


def theorem_of(proof: Proof, name: str) -> str:
    """The theorem that a proof's statement is true on its space.

    A GameTheoryError where the claim is not proved, or has no certificate that is written for Rocq.
    """
    reasoning = _reasoning(proof.certified())
    try:
        return theorem(name, proof.statement, proof.space, reasoning, str(proof))
    except (NoCounterpartError, UnsupportedError) as error:
        raise NoCounterpartError(f"no theorem for Rocq of {proof}: {error}") from None


def _reasoning(proof: Proof) -> Reasoning:
    if proof.verdict != "proved":
        raise GameTheoryError(
            f"only what is proved is a theorem, and this is {proof.verdict}: {proof.statement}"
        )
    if isinstance(proof.certificate, CoefficientCertificate):
        return proof.certificate.reasoning
    if proof.method == "evaluation" and not proof.statement.free_symbols:
        return evaluation(proof.statement)
    raise NoCounterpartError(
        f"no theorem for Rocq of {proof} It was settled by {proof.method}, which gives no "
        "certificate; to_smtlib writes the question for any solver"
    )


def theorem_name(text: str) -> str:
    """A name that Rocq allows, as close to a text as can be."""
    name = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_")
    name = name if re.match(r"[A-Za-z]", name) else f"proposition_{name}".rstrip("_")
    return f"{name}_" if name in taken_names() else name
