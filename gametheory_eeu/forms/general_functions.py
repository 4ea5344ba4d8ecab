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
from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space, condition_at
from gametheory_eeu.core.signs import RELATIONS, reverse
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.model import EquilibriumSet
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions.proofs import with_axioms
from gametheory_eeu.prover.functions.translation import Translation, translate
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.linear_existence import arrange_relation

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
    translation = translate(sp.true, game.space, game._values())
    space = with_axioms(translation)
    found = game._in_values(translation.replace, space).solve(concept)
    reader, functions = _Reader(translation, space), translation.functions
    names = ", ".join(dict.fromkeys(d.name for d in translation.values))
    equilibria = (
        replace(e, condition=reader.readable(e.condition)).subs(functions, game)
        for e in found
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
        changes = {r: c for r in relations if (c := self._in_arguments(r)) is not None}
        return prover.simplify(condition.xreplace(changes), self.space) if changes else condition

    def _in_arguments(self, relation: Boolean) -> Boolean | None:
        for candidate in self._candidates(relation):
            if is_proved(sp.Equivalent(relation, candidate), self.space, STEP):
                return self._in_arguments(candidate) or candidate
        return None

    def _candidates(self, relation: Boolean) -> Iterator[Boolean]:
        """The comparison of the arguments of two values, in either order."""
        difference = sp.expand(relation.lhs - relation.rhs)
        values = self.translation.applications
        used = sorted(difference.free_symbols & values.keys(), key=str)
        if len(used) == 2 and sp.expand(difference.subs(dict.fromkeys(used[:1], used[1]))) == 0:
            (one, order, (a, *_)), (other, other_order, (b, *_)) = (values[s] for s in used)
            is_comparable = one == other and order == other_order
        elif len(used) == 1:
            one, order, (a, *_) = values[used[0]]
            roots = sp.solve(difference, used[0])
            points = {value: argument for argument, value in one.points}
            is_comparable = len(roots) == 1 and roots[0] in points and not any(order)
            b = points.get(roots[0]) if is_comparable else None
        else:
            return
        if is_comparable and one.arity == 1:
            operation = RELATIONS[relation.rel_op]
            for relator in dict.fromkeys((operation, reverse(operation))):
                yield arrange_relation(a - b, relator)
