"""The base class of games in normal, extensive and symmetric form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import (
    Calibration,
    Space,
    check_assumptions,
    condition_at,
    nonreal_constant,
    substitute,
)
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.signs import RELATIONS, reverse
from gametheory_eeu.core.size_limits import SYMBOLS, Limit, check_solvable
from gametheory_eeu.errors import DoesNotExistError, SpaceError, UnsupportedError
from gametheory_eeu.games import AbstractGame, EquilibriumSet, title_of
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions import any_declared, mentions
from gametheory_eeu.prover.functions.proofs import with_axioms
from gametheory_eeu.prover.functions.translation import Translation, translate
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.prover.proof_text import condition_text
from gametheory_eeu.solvers.readable import arrange_relation

_WHY = (
    "each value of {names} is a number of which the solver knows what the declared properties say "
    "of it, so that nothing is lost; a condition may hold for no actual function"
)


class GameForm(AbstractGame):
    """An immutable game with payoffs over one space, equal by class, parts and space.

    A subclass keeps its parts with :meth:`_keep`, says in :meth:`_parts` which of them make it
    the game it is, and in :meth:`_at` what becomes of it at values for some of its symbols.
    """

    title: str

    def _set_parts(self, space: Space, title: str, **parts: object) -> None:
        arg.text("title", title)
        self.__dict__.update(parts, _space=space, title=title)

    def _with_parts(self, space: Space, **parts: object) -> Self:
        """A game of the same class and title of other parts."""
        game = object.__new__(type(self))
        game._set_parts(space, self.title, **parts)
        return game

    @property
    def space(self) -> Space:
        """The symbols of the game and their constraints."""
        result: Space = self.__dict__["_space"]
        return result

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the game's space."""
        return self.space.symbols

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some of its symbols.

        Raises
        ------
        UnknownNameError
            A name that no symbol bears.
        SpaceError
            Values that contradict what is known of the symbols.
        DoesNotExistError
            Values at which a payoff is not a real number.
        """
        point, space = _at_values(self.space, calibration, values)
        return self._over(space, point)

    @arg.validate(space=arg.instance_of(Space, "a Space"), values=arg.optional(arg.point))
    def over(self, space: Space, values: Mapping[Symbol, Expr] | None = None) -> Self:
        """The same payoffs, at values, over another space that has all symbols left in them."""
        game = self._over(space, values or {})
        if absent := game._payoff_symbols() - set(space.symbols):
            raise SpaceError(f"the space lacks {', '.join(sorted(s.name for s in absent))}")
        return game

    @property
    def values(self) -> Mapping[Symbol, Expr]:
        """The values that :meth:`at` put in the place of symbols; no part of which game it is."""
        result: Mapping[Symbol, Expr] = self.__dict__.get("_put_in", FrozenMapping())
        return result

    def _over(self, space: Space, point: Mapping[Symbol, Expr]) -> Self:
        earlier = {symbol: substitute(value, point) for symbol, value in self.values.items()}
        put_in = FrozenMapping(earlier | dict(point))
        game = self._with_parts(space, _put_in=put_in, **self._at(point))
        for name, value in game._named_payoffs() if point else ():
            if (
                value.has(sp.nan, sp.zoo, sp.oo, -sp.oo, sp.I)
                or nonreal_constant(value) is not None
            ):
                text = ", ".join(f"{symbol} = {number}" for symbol, number in point.items())
                raise DoesNotExistError(f"the {name} is not a real number at {text}")
        return game

    def continuous_choices(self) -> tuple[Mapping[str, Expr], Mapping[str, Symbol], Space] | None:
        """None of a game of named actions.

        Raises
        ------
        UnsupportedError
            A game of other choices than one number a player.
        """
        if hasattr(self, "actions"):
            return None
        raise UnsupportedError(
            "theorems on complements and on interior choices are of named actions, or of one "
            f"number that each player chooses; {title_of(self)} is of other choices"
        )

    @property
    def default_concept(self) -> str:
        """The concept that ``solve`` takes where none is named."""
        return self._concept(None)

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        """The parts at a point for some of the symbols."""
        return self._changed(lambda value: substitute(value, point))

    def _changed(self, change: Callable[[Expr], Expr]) -> dict[str, object]:
        """The parts of a finite form with every payoff and probability changed."""
        raise NotImplementedError

    @property
    def _has_functions(self) -> bool:
        """Whether unspecified functions occur in what is paid, drawn or given."""
        return any_declared() and mentions(*self._all_values(), *self.space.constraints)

    def _all_values(self) -> list[Expr]:
        """Every payoff and probability of a finite form."""
        found: list[Expr] = []

        def collect(value: Expr) -> Expr:
            found.append(value)
            return value

        self._changed(collect)
        return found

    def _solve_with_functions(self, concept: str) -> EquilibriumSet:
        """Every equilibrium, for every function with the declared properties.

        Each value of a function is a number of its own. The game is solved with a symbol for it,
        over a space that has what the declared properties say of these numbers: the order of
        values, tangents, bounds. In the equilibria the functions stand in their places again. The
        space has every value that an actual function can have, and may have more; so no
        equilibrium is lost, and a condition is exact, though it may hold for no actual function.
        """
        translation = translate(sp.true, self.space, self._all_values())
        space = with_axioms(translation)
        found = self._with_parts(space, **self._changed(translation.replace)).solve(concept)
        reader, functions = _Reader(translation, space), translation.functions
        names = ", ".join(dict.fromkeys(d.name for d in translation.values))
        equilibria = (
            replace(e, condition=reader.readable(e.condition)).subs(functions, self) for e in found
        )
        return replace(
            found,
            equilibria=tuple(equilibria),
            game=self,
            complete_where=condition_at(found.complete_where, functions),
            why=f"{found.why}; {_WHY.format(names=names)}",
        )

    def _named_payoffs(self) -> Iterable[tuple[str, Expr]]:
        """Every payoff, each with its name for error messages."""
        raise NotImplementedError

    def _payoff_symbols(self) -> set[Symbol]:
        """The parameters in the payoffs."""
        return {s for _, value in self._named_payoffs() for s in value.free_symbols}

    def _check_size(self, limit: Limit = SYMBOLS) -> None:
        """Refuse payoffs that are too large to be analysed."""
        check_solvable("this game", self._named_payoffs(), limit)

    def _check_solvable(self, limit: Limit = SYMBOLS) -> None:
        """Refuse oversized payoffs, an empty space, and payoffs that are not real on the space."""
        self._check_size(limit)
        check_nonempty(self.space)
        check_defined(self._named_payoffs(), self.space)

    def _parts(self) -> tuple[object, ...]:
        """The data that identify the game, besides its class and its space."""
        raise NotImplementedError

    def _key(self) -> tuple[object, ...]:
        return type(self), *self._parts(), self.space

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a game is frozen; build a new one")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GameForm) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


def _at_values(
    space: Space, calibration: Calibration | None, values: Mapping[str, object]
) -> tuple[dict[Symbol, Expr], Space]:
    """A point for some of the symbols, and the space restricted to it."""
    if calibration is not None:
        arg.instance("calibration", calibration, Calibration, "a Calibration; values go by keyword")
        values = {name: calibration[name] for name in calibration} | dict(values)
    point = space.point(dict(values.items()))
    check_assumptions(point)
    restriction = space.subs(point)
    if restriction.empty.verdict == "proved":
        text = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
        broken = [c for c in space.constraints if c.subs(point) == sp.false] or space.constraints
        conditions = " and ".join(map(condition_text, broken))
        raise SpaceError(
            f"{text} contradicts {conditions}, which is given; give values that obey it"
        )
    return point, restriction


def check_nonempty(space: Space) -> None:
    """Refuse contradictory constraints on the symbols, naming those that clash."""
    if not space.constraints:
        return
    empty = space.empty
    if empty.verdict == "proved":
        clash = " and ".join(map(str, empty.clash or space.constraints))
        raise SpaceError(
            f"no parameter values obey what is given: {clash} contradict each other; change given="
        )


def check_defined(payoffs: Iterable[tuple[str, Expr]], space: Space) -> None:
    """Refuse payoffs, each with its name, that are not proved to be real on the whole space.

    Nothing is asked of a payoff without denominators, roots and logarithms.
    """
    proved_conditions: set[Boolean] = set()
    for name, payoff in payoffs:
        for condition in _real_conditions(payoff):
            if condition not in proved_conditions:
                _check_condition(name, payoff, condition, space)
                proved_conditions.add(condition)


def _check_condition(name: str, payoff: Expr, condition: Boolean, space: Space) -> None:
    try:
        proof = prover.prove(condition, given=space)
    except UnsupportedError:
        return  # what the prover cannot read the solver refuses by name
    if proof.verdict == "proved":
        return
    statement = f"the {name} is {payoff}, a real number only where {_condition_text(condition)}"
    if proof.witnesses:
        point = ", ".join(f"{s} = {v}" for s, v in proof.witnesses[0].items())
        reason = f"{statement}, and what is given allows {point}"
    else:
        reason = f"{statement}, which was not proved of what is given"
    raise DoesNotExistError(f"{reason}; add to given= the condition {_condition_text(condition)!r}")


def _condition_text(condition: Boolean) -> str:
    """A condition as text for the parameter ``given``."""
    if isinstance(condition, sp.Ne):
        return f"{condition.lhs} != {condition.rhs}"
    return str(condition)


def _real_conditions(payoff: Expr) -> Iterator[Boolean]:
    """The conditions for an expression to be a real number, innermost first."""
    if not payoff.free_symbols:
        return
    if isinstance(payoff, sp.Piecewise):  # what its branches demand the solvers ask in their place
        if payoff.args[-1].cond != sp.true:
            yield sp.Or(*(condition for _, condition in payoff.args))
        return
    for argument in payoff.args:
        yield from _real_conditions(argument)
    requirement = _node_condition(payoff)
    if requirement not in (None, sp.true):
        yield requirement


def _node_condition(node: Expr) -> Boolean | None:
    if isinstance(node, sp.log):
        return sp.Gt(node.args[0], 0)
    if not isinstance(node, sp.Pow) or node.base == sp.E:
        return None
    if node.exp.is_Integer:
        return sp.Ne(node.base, 0) if node.exp.is_negative else None
    if node.exp.is_Rational:  # a root is that of a number that is not negative
        return sp.Gt(node.base, 0) if node.exp.is_negative else sp.Ge(node.base, 0)
    if node.exp.is_integer and node.exp.is_nonnegative:
        return None
    return sp.Gt(node.base, 0)


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
