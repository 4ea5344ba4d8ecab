"""On what a sign turns: the deciding expression as a condition a reader recognises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model import Implicit, Quantity
from gametheory_eeu.statics.condition_forms import Said, both, said_positive
from gametheory_eeu.statics.settled import sign


@dataclass(frozen=True)
class Turning(Stored):
    """Where a weak sign is strict, or an undecided one positive, and the proof that it is there.

    Parameters
    ----------
    said : Said
        The condition: in the parameters, by the quantities' names, by their symbols.
    proofs : tuple of Proof
        That the derivative has that sign exactly where the condition holds.
    """

    said: Said
    proofs: tuple[prover.Proof, ...]

    @property
    def condition(self) -> Boolean:
        """The condition in the parameters."""
        return self.said.condition

    @property
    def text(self) -> str:
        """The condition in words: a quantity's name where it is one."""
        return str(self.said.by_name)


def turning(
    result: prover.Sign, quantities: Iterable[Quantity] = (), root: Implicit | None = None
) -> Turning | None:
    """On what the sign turns; of a root, what its equation leaves of that.

    None where the sign is strict everywhere, or nothing simpler than the derivative was proved to
    decide it.
    """
    deciding = result.deciding
    if deciding is None or result.sign in ("+", "-", "0") or result.verdict == "unknown":
        return None
    if result.sign == "<=0":
        deciding = -deciding
    for form in _forms(deciding, result.space, tuple(quantities), root):
        proofs = _proofs(result, form.condition)
        if proofs:
            return Turning(form, proofs)
    return None


def _forms(
    deciding: Expr, space: Space, quantities: tuple[Quantity, ...], root: Implicit | None
) -> Iterator[Said]:
    """What may be shown, the best first."""
    if root is not None:
        left = _modulo(deciding, root)
        if left is not None:
            yield _by_factors(left, space, quantities)
    if not deciding.has(sp.Max, sp.Min, sp.Piecewise):
        yield _by_factors(deciding, space, quantities)
        yield Said.plain(sp.Gt(deciding, 0))


def _modulo(deciding: Expr, root: Implicit) -> Expr | None:
    """What is left of a polynomial where the root's equation holds; None where that is no less."""
    x, both = root.unknown, (deciding, root.equation)
    if not all(p.is_polynomial(*p.free_symbols) for p in both) or not deciding.has(x):
        return None
    left = sp.factor(sp.rem(deciding, root.equation, x))
    # The remainder may carry what it was divided by; whether the sign is the same, is proved.
    above, _ = sp.fraction(sp.together(left))
    shorter = sp.count_ops(above) < sp.count_ops(deciding)
    return above if shorter or not above.has(x) else None


def _proofs(result: prover.Sign, condition: Boolean) -> tuple[prover.Proof, ...]:
    """That the sign is strict where the condition holds, and is not where it does not."""
    strict = sp.Lt if result.sign == "<=0" else sp.Gt
    try:
        proof = prover.equivalent(strict(result.expr, 0), condition, result.space)
        return (proof,) if proof.verdict == "proved" else ()
    except UnsupportedError:
        return _apart(result, condition)


def _apart(result: prover.Sign, condition: Boolean) -> tuple[prover.Proof, ...]:
    """The two halves one by one, for what only the sign of an expression is known about."""
    wanted = ("-",) if result.sign == "<=0" else ("+",)
    inside = prover.sign(result.expr, given=[result.space, condition])
    outside = prover.sign(result.expr, given=[result.space, sp.Not(condition)])
    rest = ("0", ">=0") if result.sign == "<=0" else ("0", "<=0", "-")
    holds = inside.sign in wanted and outside.sign in rest
    return (inside.proof, outside.proof) if holds else ()


# By its factors.


def _by_factors(deciding: Expr, space: Space, quantities: tuple[Quantity, ...]) -> Said:
    """A product is positive where its factors of weak sign do not vanish and the rest is."""
    constant, parts = _apart_in_factors(deciding)
    clear: list[Said] = []
    rest = sp.sympify(constant)
    for factor, power in parts:
        oriented, strict = _oriented(factor, space)
        if oriented is None:
            rest *= factor ** (power % 2)
            if power % 2 == 0:
                clear.append(Said.plain(sp.Ne(factor, 0)))
            continue
        if not strict:
            clear.append(said_positive(oriented, space, quantities))
        if oriented != factor and power % 2:
            rest = -rest
    if rest.is_number:
        return both(*clear) if rest > 0 else Said.plain(sp.false)
    inside = Space.of(space, *(c.condition for c in clear))
    return both(*clear, said_positive(rest, inside, quantities))


def _apart_in_factors(deciding: Expr) -> tuple[Expr, list[tuple[Expr, int]]]:
    """A number and the factors, which were found irreducible where the sign was looked for."""
    if not _is_rational(deciding):
        return sp.Integer(1), [(deciding, 1)]
    constant, parts = sp.Integer(1), []
    for factor in sp.Mul.make_args(deciding):
        base, power = factor.as_base_exp()
        if not base.free_symbols:
            constant *= factor
            continue
        content, primitive = sp.Poly(base, *sorted(base.free_symbols, key=str)).primitive()
        turn = sp.sign(primitive.LC())
        constant *= (turn * content) ** power
        parts.append((turn * primitive.as_expr(), int(power)))
    return constant, parts


def _is_rational(expression: Expr) -> bool:
    return bool(expression.is_polynomial(*expression.free_symbols))


def _oriented(factor: Expr, space: Space) -> tuple[Expr | None, bool]:
    """The factor or its opposite, whichever is never negative, and whether it is never zero."""
    shown = sign(factor, space).sign
    if shown in ("?", "0"):
        return None, False
    return (factor if shown in ("+", ">=0") else -factor), shown in ("+", "-")


__all__ = ["Turning", "turning"]
