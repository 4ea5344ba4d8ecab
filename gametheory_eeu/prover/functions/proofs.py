"""Proofs and refutations of statements about unspecified functions.

A proof follows from the axioms that the declared properties imply at the arguments that occur. A
refutation is an actual function with every declared property, checked exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import UndecidedError, truth_value, value
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.signs import sign_claim
from gametheory_eeu.errors import SpaceError, UnsupportedError
from gametheory_eeu.prover import signs
from gametheory_eeu.prover.budget import PROBE, STEP, Budget
from gametheory_eeu.prover.functions.axioms import axioms, is_interior
from gametheory_eeu.prover.functions.checks import derivative_at, has_properties, values_of
from gametheory_eeu.prover.functions.declaration import Declaration, Node, Order
from gametheory_eeu.prover.functions.several_variables import (
    has_joint_properties,
    joint_derivative_at,
)
from gametheory_eeu.prover.functions.translation import Translation, realize, smoothness, translate
from gametheory_eeu.prover.indeterminates import natural_domain
from gametheory_eeu.prover.point_search import contains
from gametheory_eeu.prover.proof import Proof
from gametheory_eeu.prover.proof_search import is_proved, prove_on_space
from gametheory_eeu.prover.proof_text import (
    Writer,
    condition_text,
    formula,
    sentence,
    validate_writer,
)

_NO_FUNCTION = (
    "Values that contradict the statement agree with all that was tried of the declared "
    "properties, but no actual function through them was built."
)


@dataclass(frozen=True, repr=False)
class FunctionProof(Proof):
    """The answer to a claim about every function of which some properties are declared.

    Parameters
    ----------
    translated : Proof or None
        Of the statement in numbers: a symbol for each value of a function, tied by axioms.
    functions : mapping of name to SymPy Lambda
        Of a refutation: actual functions, with every declared property, for which the statement
        fails at the witness.

    Examples
    --------
    >>> from gametheory_eeu.prover import function, prove
    >>> u = function("u", increasing=True, concave=True)
    >>> x = sp.Symbol("x", real=True)
    >>> proof = prove(u(x + 1) > u(x))
    >>> print(proof)
    Proved: u(x + 1) > u(x) for all x; u on (-oo, oo) with u' > 0, u'' < 0.
    """

    translated: Proof | None = None
    functions: Mapping[str, Expr] = FrozenMapping({})

    def to_rocq(self, name: str = "proposition") -> str:
        """A file for Rocq: the claim in numbers, with what is known of them as hypotheses.

        Raises
        ------
        GameTheoryError
            The claim is not proved, or its proof has no certificate.
        """
        return super().to_rocq(name) if self.translated is None else self.translated.to_rocq(name)

    def recheck(self) -> bool | None:
        """Check again: the axioms are made once more; a function is evaluated exactly."""
        if self.verdict == "unknown" or self.translated is None:
            return None
        translation = translate(self.statement, self.space)
        if self.verdict == "refuted":
            try:
                return _refutes(self, translation)
            except UndecidedError:
                return None
        known = with_axioms(translation)
        same = (translation.statement, known) == (
            self.translated.statement,
            self.translated.space,
        )
        return self.translated.recheck() if same else False

    @property
    def deciding(self) -> Expr | None:
        """The expression that decides an inequality; None where the statement is proved."""
        if self.verdict == "proved" or self.translated is None:
            return None
        translation = translate(self.statement, self.space)
        found = signs.deciding(translation.statement, translation.space)
        return None if found is None else translation.restore(found)

    def to_smtlib(self) -> str:
        """The question about the values of the functions, axioms included, for any SMT solver."""
        assert self.translated is not None
        return self.translated.to_smtlib()

    def __str__(self) -> str:
        return self._text(condition_text)

    def _text(self, write: Writer) -> str:
        in_words = write is condition_text
        declarations = translate(self.statement, self.space).values
        text = sentence(
            self, write, "; ".join(d.text() if in_words else d.to_latex() for d in declarations)
        )
        mark = "" if in_words else "$"
        actual = (f"{mark}{name}{mark} = {write(f.expr)}" for name, f in self.functions.items())
        return f"{text.rstrip('.')}, with {'; '.join(actual)}." if self.functions else text

    def to_latex(self, write: Writer = formula) -> str:
        """The proposition in LaTeX and, where there is a certificate, its proof."""
        write = formula if write is formula else validate_writer(write)
        text = self._text(write)
        certificate = self.certificate
        return text if isinstance(certificate, str) else f"{text}\n{certificate.to_latex(write)}"


def prove_unspecified(
    statement: Boolean, space: Space, budget: Budget, solver: str
) -> FunctionProof:
    """A proof, a refutation by actual functions, or neither."""
    translation = translate(statement, space)
    inner = prove_on_space(translation.statement, with_axioms(translation), budget, solver)
    if inner.verdict == "proved":
        clash = tuple(map(translation.restore, inner.clash))
        return FunctionProof(statement, space, "proved", inner.method, inner.certificate,
                             vacuous=inner.vacuous, clash=clash, why=inner.why,
                             translated=inner)  # fmt: skip
    if inner.verdict == "unknown":
        return FunctionProof(
            statement, space, "unknown", inner.method, why=inner.why, translated=inner
        )
    for candidate in (*inner.witnesses, *inner.undefined_at):
        for point, functions in realize(translation, candidate):
            proof = _refutation(statement, space, inner, point, functions)
            if proof.recheck():
                return proof
    return FunctionProof(
        statement, space, "unknown", inner.method, why=_NO_FUNCTION, translated=inner
    )


def _refutation(
    statement: Boolean, space: Space, inner: Proof, point: Point, functions: Mapping[str, Expr]
) -> FunctionProof:
    translation = translate(statement, space)
    atoms = set(translation.atoms.values())
    points = (FrozenMapping({s: point[s] for s in translation.space.symbols if s not in atoms}),)
    is_undefined = bool(inner.undefined_at)
    what = "undefined" if is_undefined else "false"
    return FunctionProof(
        statement, space, "refuted", "exact evaluation",
        witnesses=() if is_undefined else points, undefined_at=points if is_undefined else (),
        why=f"The statement is {what} for actual functions with all declared properties.",
        translated=inner, functions=FrozenMapping(functions),
    )  # fmt: skip


def _refutes(proof: FunctionProof, translation: Translation) -> bool:
    """Whether the functions have every property and the statement fails with them."""
    expected = None if proof.undefined_at else False
    for given in (*proof.witnesses, *proof.undefined_at):
        point: dict[Symbol, Expr] = dict(given)
        for declaration, nodes in translation.values.items():
            actual = values_of(declaration, point)
            function = proof.functions.get(declaration.name)
            if actual is None or function is None:
                return False
            if not _has_all(function, actual, smoothness(declaration, nodes)):
                return False
        for symbol, (declaration, order, node) in translation.applications.items():
            actual = values_of(declaration, point)
            assert actual is not None
            arguments = tuple(value(argument, point) for argument in node)
            if None in arguments:
                return False
            number = _derivative(proof.functions[declaration.name], actual, order, arguments)
            if number is None:
                return False
            point[symbol] = number
        if not contains(translation.space, point):
            return False
        if truth_value(translation.statement, point) is not expected:
            return False
    return True


def _has_all(function: Expr, declaration: Declaration, order: int) -> bool:
    if declaration.arity > 1:
        return has_joint_properties(function, declaration)
    return has_properties(function, declaration, order)


def _derivative(function: Expr, declaration: Declaration, order: Order, node: Node) -> Expr | None:
    if declaration.arity > 1:
        is_inside = all(
            low <= x <= high for x, (low, high) in zip(node, declaration.domain, strict=True)
        )
        return joint_derivative_at(function, order, node) if is_inside else None
    return derivative_at(function, order[0], node[0], declaration.domain[0])


def in_values(
    statement: Boolean, space: Space
) -> tuple[Boolean, Space, Callable[[Expr | Boolean], Any]]:
    """A statement about the functions' values, all that is known of them, and the way back."""
    translation = translate(statement, space)
    return translation.statement, with_axioms(translation), translation.restore


def with_axioms(translation: Translation) -> Space:
    """The space with what the declared properties say of the values in it.

    A SpaceError where an argument was not proved to be in the domain of its function.
    """
    space = translation.space
    atoms = set(translation.atoms.values())
    checked: set[Symbol] = set()
    remaining = [
        (declaration, node, orders)
        for declaration, nodes in translation.values.items()
        for node, orders in nodes.items()
    ]
    known: dict[Declaration, dict[Node, Mapping[Order, Symbol]]] = {}
    while remaining:
        ready = [
            item for item in remaining if all(a.free_symbols & atoms <= checked for a in item[1])
        ]
        for declaration, node, orders in ready:
            _check_domain(declaration, node, orders, space, translation)
            known.setdefault(declaration, {})[node] = orders
            checked |= set(orders.values())
        remaining = [item for item in remaining if item not in ready]
        space = _extended(translation.space, known, space)
    return space


def _extended(
    base: Space, known: Mapping[Declaration, Mapping[Node, Mapping[Order, Symbol]]], space: Space
) -> Space:
    def holds(condition: Boolean) -> bool:
        if condition in (sp.true, sp.false):
            return bool(condition == sp.true)
        return is_proved(condition, space, PROBE)

    found = [c for declaration, nodes in known.items() for c in axioms(declaration, nodes, holds)]
    return Space.of(base, *found, symbols=base.symbols)


def _check_domain(
    declaration: Declaration,
    node: Node,
    orders: Mapping[Order, Symbol],
    space: Space,
    translation: Translation,
) -> None:
    is_value = not any(sum(order) for order in orders)
    conditions = is_interior(declaration, node, or_end=is_value)
    with suppress(UnsupportedError):
        conditions += [natural_domain(argument) for argument in node]
    for condition in conditions:
        if condition != sp.true and (
            condition == sp.false or not is_proved(condition, space, STEP)
        ):
            symbol = next(iter(orders.values()))
            raise SpaceError(
                f"{symbol.name} is used outside the domain, for all that is given: "
                f"{translation.restore(condition)} was not proved, and what is declared is "
                f"{declaration.text()}. Add the condition to given="
            )


def function_sign(expr: Expr, space: Space) -> signs.Sign:
    """The sign, or that it depends: with actual functions for which it is of either sign."""
    translation = translate(sp.Gt(expr, 0, evaluate=False), space)
    inner = signs.sign(translation.statement.lhs, with_axioms(translation))
    deciding = None if inner.deciding is None else translation.restore(inner.deciding)
    if inner.sign != "?":
        proof = prove_on_space(sign_claim(expr, inner.sign), space)
        if proof.verdict == "proved":
            return signs.Sign(expr, space, inner.sign, "proved", proof, (proof,), (), deciding)
    proofs = tuple(prove_on_space(sign_claim(expr, claim), space) for claim in ("<=0", ">=0"))
    witnesses = tuple(point for proof in proofs for point in proof.witnesses[:1])
    if len(witnesses) < 2:
        return signs.Sign(expr, space, "?", "unknown", proofs[0], proofs, (), deciding)
    return signs.Sign(expr, space, "?", "depends", proofs[0], proofs, witnesses, deciding)
