"""A proof as a theorem of Rocq, and files of theorems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.certificate import Reasoning
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.rocq.formulas import is_true
from gametheory_eeu.prover.rocq.script import Scope, ScriptWriter, variable_places
from gametheory_eeu.prover.rocq.text import Notation, chain, comment, prelude, variable_names


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
