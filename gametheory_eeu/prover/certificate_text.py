"""Coefficient certificates as sentences, in text and in LaTeX."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.prover.certificate import (
    Contradiction,
    FactorSign,
    Known,
    Reasoning,
    RelationSign,
    Substitution,
)
from gametheory_eeu.prover.proof_text import Writer

_RELATIONS = {"+": sp.Gt, "-": sp.Lt, "0": sp.Eq, ">=0": sp.Ge, "<=0": sp.Le}
_WORDS = {"+": "positive", ">=0": "positive", "-": "negative", "<=0": "negative"}


def told(reasoning: Reasoning, write: Writer) -> str:
    """The reasoning in sentences, one a line; formulas as ``write`` writes them."""
    return "\n".join(_Teller(write).told(reasoning))


class _Teller:
    """Each thing is said once under each assumption."""

    def __init__(self, write: Writer) -> None:
        self.write = write
        self.assumed: tuple[Boolean, ...] = ()
        self.said: set[object] = set()

    def told(self, node: Reasoning) -> Iterator[str]:
        if node.assumed != self.assumed:
            self.assumed, self.said = node.assumed, set()
            if node.assumed:
                yield f"Suppose {self.listed(node.assumed)}."
        if isinstance(node, Contradiction):
            yield from self.reasons(node.known)
            yield f"This cannot be: it would make {self.claim(node.known)}."
            return
        for factor in node.denominators:
            yield from self.factor(factor)
        if isinstance(node, RelationSign):
            yield from self.relation(node)
            return
        if node.on is not None:
            yield f"Consider the cases of {self.write(node.on)}."
        for part in node.parts:
            yield from self.told(part)

    def relation(self, node: RelationSign) -> Iterator[str]:
        for factor in node.factors:
            yield from self.factor(factor)
        statement, difference = node.statement, node.statement.lhs - node.statement.rhs
        if len(node.factors) == 1 and node.factors[0].factor == statement.lhs == difference:
            return  # the factor's own sentence said it
        product = sp.Mul(node.constant, *(f.factor**f.power for f in node.factors))
        equal = self.write(sp.Eq(difference, product, evaluate=False))
        alike = difference == product or (len(node.factors) == 1 and node.factors[0].power == 1)
        since = "" if alike else f", for {equal}"
        yield f"Hence {self.write(statement)}{since}."

    def factor(self, found: FactorSign) -> Iterator[str]:
        key = found.factor, found.sign
        if found.sign == "?" or key in self.said:
            return
        self.said.add(key)
        claim = self.write(_RELATIONS[found.sign](found.factor, 0, evaluate=False))
        if found.known is not None:
            yield from self.reasons(found.known)
            if self.plain(found.known):
                yield f"{claim}: {self.why(found.known)}."
            elif found.known.expression != found.factor:
                yield f"So {claim}."
            return
        for step in found.substitutions:
            for known in step.bounds:
                yield from self.reasons(known)
        yield f"{claim}: {self.image(found)}."

    def image(self, found: FactorSign) -> str:
        steps = [s for s in found.substitutions if not _is_renaming(s)]
        own = [s for s in found.substitutions if _is_renaming(s)]
        same = {p: s.symbol for s in own for p in (*s.positive, *s.nonnegative)}
        signs = [self.claim(s.bounds[0]) for s in own]
        result = sp.expand(found.polynomial).xreplace(same)
        end = "nothing is left" if result == 0 else f"all coefficients are {_WORDS[found.sign]}"
        if not steps:
            return f"{end}, and {self.listed(signs)}" if signs else end
        puts = ", ".join(
            self.write(sp.Eq(s.symbol, (s.above / s.below).xreplace(same), evaluate=False))
            for s in steps
        )
        where = [*signs, *filter(None, map(self.parameters, steps))]
        into = f"with {puts} ({'; '.join(where)}) it is a positive multiple of"
        if result == 0:
            return f"{into} 0"
        return f"{into} {self.write(result)}, whose coefficients are all {_WORDS[found.sign]}"

    def parameters(self, step: Substitution) -> str:
        signs = [self.write(sp.Gt(s, 0, evaluate=False)) for s in step.positive]
        signs += [self.write(sp.Ge(s, 0, evaluate=False)) for s in step.nonnegative]
        both = ", not both zero" if len(step.nonnegative) == 2 else ""
        bounds = self.listed([self.claim(known) for known in step.bounds])
        return f"{', '.join(signs)}{both}, as {bounds}" if signs else f"as {bounds}"

    def reasons(self, known: Known) -> Iterator[str]:
        """Sentences for what is known but not given as it stands, its own reasons first."""
        if known in self.said or self.plain(known):
            return
        self.said.add(known)
        before = [k for _, k in known.source] if isinstance(known.source, tuple) else []
        for reason in (*before, *known.using):
            yield from self.reasons(reason)
        yield f"{self.write(known.relation)}: {self.why(known)}."

    def why(self, known: Known) -> str:
        if not isinstance(known.source, tuple):
            others = [self.claim(k) for k in known.using]
            given = f"given {self.write(known.source)}"
            return f"{given}, where {self.listed(others)}" if others else given
        if known.apart is not None:
            return f"it is not negative, and not zero since {self.write(known.apart)}"
        terms = [k.expression if m == 1 else sp.Mul(m, k.expression, evaluate=False)
                 for m, k in known.source]  # fmt: skip
        total = self.write(sp.Add(*terms, evaluate=False))
        claims = self.listed([self.claim(k) for _, k in known.source])
        return f"a positive multiple of it is {total}, where {claims}"

    def claim(self, known: Known) -> str:
        """The constraint itself where it says so, or the relation that was found."""
        return self.write(known.source if self.plain(known) else known.relation)

    def plain(self, known: Known) -> bool:
        return not isinstance(known.source, tuple) and not known.using

    def listed(self, items: tuple[Boolean, ...] | list[str]) -> str:
        return " and ".join(i if isinstance(i, str) else self.write(i) for i in items)


def _is_renaming(step: Substitution) -> bool:
    """A symbol that is itself positive, or not negative."""
    new = (*step.positive, *step.nonnegative)
    return len(new) == 1 and step.below == 1 and step.above == new[0]


__all__ = ["told"]
