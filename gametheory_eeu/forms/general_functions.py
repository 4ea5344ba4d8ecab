"""Finite games with unspecified functions in what is paid, drawn or given.

Each value of a function is a number of its own. The game is solved with a symbol for it, over a
space that has what the declared properties say of these numbers: the order of values, tangents,
bounds. In the equilibria the functions stand in their places again. The space has every value that
an actual function can have, and may have more; so no equilibrium is lost, and a condition is
exact, though it may hold for no actual function.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space, condition_at
from gametheory_eeu.core.signs import RELATIONS, reverse
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.model import EquilibriumSet
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions.proofs import with_axioms
from gametheory_eeu.prover.functions.translation import Translation, translate
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.readable import arrange_relation

_WHY = (
    "each value of {names} is a number of which the solver knows what the declared properties say "
    "of it, so that nothing is lost; a condition may hold for no actual function"
)


def solve(game: GameForm, concept: str) -> EquilibriumSet:
    """Every equilibrium, for every function with the declared properties.

    Raises
    ------
    SpaceError
        A function that is not proved to be used inside its domain.
    """
    translation = translate(sp.true, game.space, game._all_values())
    space = with_axioms(translation)
    found = game._in_values(translation.replace, space).solve(concept)
    reader, functions = _Reader(translation, space), translation.functions
    names = ", ".join(dict.fromkeys(d.name for d in translation.values))
    equilibria = (
        replace(e, condition=reader.readable(e.condition)).subs(functions, game) for e in found
    )
    return replace(
        found,
        equilibria=tuple(equilibria),
        game=game,
        complete_where=condition_at(found.complete_where, functions),
        why=f"{found.why}; {_WHY.format(names=names)}",
    )


@dataclass(frozen=True)
class _Reader:
    """Conditions on values of functions, in their arguments where that is proved to be the same."""

    translation: Translation
    space: Space

    def readable(self, condition: Boolean) -> Boolean:
        """An equivalent condition; monotone functions give way to their arguments."""
        relations = condition.atoms(sp.core.relational.Relational)
        changed = condition.xreplace({r: self._in_arguments(r) for r in relations})
        return condition if changed == condition else prover.simplify(changed, self.space)

    def _in_arguments(self, relation: Boolean) -> Boolean:
        """The same comparison of arguments, or of arguments of these; or itself."""
        for candidate in self._candidates(relation):
            if is_proved(sp.Equivalent(relation, candidate), self.space, STEP):
                return self._in_arguments(candidate)
        return relation

    def _candidates(self, relation: Boolean) -> Iterator[Boolean]:
        """The comparison of the arguments of two values, in either order."""
        if not relation.is_Relational:
            return
        operation = RELATIONS[relation.rel_op]
        for a, b in self._equal_arguments(sp.expand(relation.lhs - relation.rhs)):
            for relator in dict.fromkeys((operation, reverse(operation))):
                yield arrange_relation(a - b, relator)

    def _equal_arguments(self, difference: Expr) -> Iterator[tuple[Expr, Expr]]:
        """Arguments of one function that are equal only where its values have no difference."""
        values = self.translation.applications
        used = sorted(difference.free_symbols & values.keys(), key=str)
        if not 1 <= len(used) <= 2:
            return
        symbol, *others = used
        declaration, order, (a, *rest) = values[symbol]
        if rest:
            return
        known = {v: point for point, v in declaration.points} if order == (0,) else {}
        for other in others:
            other_declaration, other_order, (b, *_) = values[other]
            known = {other: b} if (other_declaration, other_order) == (declaration, order) else {}
        for value, b in known.items():
            if sp.expand(difference.subs(symbol, value)) == 0:
                yield a, b
