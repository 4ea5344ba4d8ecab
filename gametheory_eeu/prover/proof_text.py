"""A proof as a proposition, in text, HTML and LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg

if TYPE_CHECKING:
    from gametheory_eeu.prover.proof import Proof

Writer = Callable[[Any], str]


@lru_cache(maxsize=8192)
def condition_text(condition: Boolean | Expr) -> str:
    """A condition in words and mathematical signs.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> condition_text(sp.And(sp.Ne(x, 0), sp.Or(x > y, sp.Eq(y, 1))))
    'x != 0 and (y = 1 or x > y)'
    """
    pair = biconditional_sides(condition)
    if pair is not None:
        return " iff ".join(map(_operand_text, pair))
    if isinstance(condition, (sp.Eq, sp.Ne)):
        return f"{condition.lhs} {'=' if isinstance(condition, sp.Eq) else '!='} {condition.rhs}"
    if isinstance(condition, (sp.And, sp.Or)):
        return (" and " if isinstance(condition, sp.And) else " or ").join(
            map(_operand_text, condition.args)
        )
    if isinstance(condition, sp.Not):
        return f"not {_operand_text(condition.args[0])}"
    if isinstance(condition, sp.Implies):
        return " implies ".join(map(_operand_text, condition.args))
    return str(condition)


def biconditional_sides(condition: Boolean | Expr) -> tuple[Boolean, Boolean] | None:
    """The two sides of an implication joined with its converse."""
    if isinstance(condition, sp.And) and len(condition.args) == 2:
        first, second = condition.args
        if isinstance(first, sp.Implies) and first.args == second.args[::-1]:
            return first.args[0], first.args[1]
    return None


def sentence(proof: Proof, write: Writer = condition_text, declared: str = "") -> str:
    """The proof as one proposition, with what was declared of unspecified functions."""
    claim = _claim_text(proof, write) + (f"; {declared}" if declared else "")
    if proof.vacuous:
        verdict = "Proved" if proof.statement == sp.false else "Proved, but vacuously"
        return f"{verdict}: {claim}. Nothing obeys {_conjunction_text(proof.clash, write)}."
    if proof.verdict == "proved":
        return f"Proved: {claim}."
    if proof.verdict == "unknown":
        return f"Unknown: {claim}. {proof.why}"
    if proof.undefined_at:
        return f"Refuted: {claim}. It is undefined{_point_text(proof.undefined_at[0], write)}."
    if proof.statement == sp.false and not proof.space.symbols:
        return "Refuted: the statement holds. It has no symbols, and is false."
    return f"Refuted: {claim}. It fails{_point_text(proof.witnesses[0], write)}."


def solver_question(solver: str, text: str) -> str:
    """A solver's question in SMT-LIB, headed by a comment that says what it is and is not."""
    return f"; Settled by {solver}; no certificate. It answered no to this question:\n{text}"


def validate_writer(write: Writer) -> Writer:
    """The user's formula writer, a function of an expression to text, checked at each call."""
    function = arg.function("write", write, "a function of an expression to text")
    return lambda expression: arg.text("write", arg.call("write", function, expression))


def formula(expression: Boolean | Expr) -> str:
    """A formula in LaTeX, between dollars."""
    return f"${sp.latex(expression)}$"


def _claim_text(proof: Proof, write: Writer) -> str:
    space = proof.space
    names = ", ".join(map(write, space.symbols))
    given = f" with {_conjunction_text(space.constraints, write)}" if space.constraints else ""
    if proof.statement == sp.false:
        return f"there is no ({names}){given}"
    return f"{write(proof.statement)}{f' for all {names}' if names else ''}{given}"


def _conjunction_text(conditions: tuple[Boolean, ...], write: Writer) -> str:
    return " and ".join(map(write, conditions)) or "the symbols' own assumptions"


def _point_text(point: Mapping[Symbol, Expr], write: Writer) -> str:
    values = (write(sp.Eq(s, v, evaluate=False)) for s, v in point.items())
    return f" at {', '.join(values)}" if point else ""


def _operand_text(part: Boolean) -> str:
    text = condition_text(part)
    return f"({text})" if isinstance(part, sp.logic.boolalg.BooleanFunction) else text
