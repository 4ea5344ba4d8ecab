"""Games with a finite form: what follows from it, under the game's own names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, wraps
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, NoReturn, ParamSpec, Self, TypeVar

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, condition_at
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import (
    ParameterError,
    SpaceError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.games.declarations import check_declared, check_keys
from gametheory_eeu.games.equilibrium import Equilibrium, EquilibriumSet, Obligation, Profile
from gametheory_eeu.games.families import close_ties, merge_families
from gametheory_eeu.games.quantity import Quantity, in_quantities
from gametheory_eeu.games.solvable import AbstractGame
from gametheory_eeu.prover.proof_search import is_proved

if TYPE_CHECKING:
    from gametheory_eeu.forms.game_form import GameForm

P = ParamSpec("P")
T = TypeVar("T")
_EQUILIBRIUM = "an equilibrium of the game, as solve() gives them"
_SEPARATORS = re.compile(r"[,;+]|\(tie\)|\(\d+\)")
_FOLLOWING = ("players", "payoff", "equilibria", "obligations", "completeness")
_FORMS = "a NormalForm, an ExtensiveForm, a SymmetricGame or a ContinuousGame"


def _from_form(method: Callable[Concatenate[Any, P], T]) -> Callable[Concatenate[Any, P], T]:
    """A method that rests on the form; refused by its name where the class does not say it."""

    @wraps(method)
    def delegated(self: Any, /, *arguments: P.args, **keywords: P.kwargs) -> T:
        if not self.has_form:
            self._refuse_undeclared(method.__name__)
        result: T = method(self, *arguments, **keywords)
        return result

    return delegated


class FiniteFormGame(AbstractGame):
    """A game whose players, payoffs, equilibria and obligations follow from ``form``.

    Each may be written in its place: ``equilibria`` where no finite form exists.
    """

    names: ClassVar[Mapping[str, str]] = FrozenMapping()
    """Names of equilibria in the model's words, by their names in the form.

    Several may share one: a family and the equilibria at its ends are then one family. A name of
    what is no equilibrium of the form is refused.
    """
    notes: ClassVar[Mapping[str, str]] = FrozenMapping()
    """Readings of equilibria, by their names in the model's words."""
    form_concepts: ClassVar[Mapping[str, str]] = FrozenMapping()
    """The form's solution concepts by the model's words for them."""
    reasons: ClassVar[Mapping[str, str]] = FrozenMapping()
    """Why these are all equilibria in the model's words, by concept, beside the form's reason."""
    closed_ties: ClassVar[bool] = False
    """Whether a family that exists at a tie only has the equilibria at its ends as members."""

    members: tuple[str, ...] | None
    symbols: Any
    values: Mapping[Symbol, Expr]

    if TYPE_CHECKING:

        @property
        def general(self) -> Self: ...  # noqa: D102

        @property
        def _space_without_values(self) -> Space: ...

        @property
        def _has_members(self) -> bool: ...

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in ("names", "notes", "reasons", "form_concepts"):
            arg.mapping(name, getattr(cls, name), "a mapping of text to text")
        if "form" in vars(cls):
            cls._written_form = cls.form  # type: ignore[method-assign]
            cls.form = _form_at_values(cls.form)  # type: ignore[method-assign,assignment]

    def form(self) -> GameForm:
        """The form: a NormalForm, an ExtensiveForm, a SymmetricGame or a ContinuousGame.

        A game writes it in ``self.symbols``, and reads it at its values.
        """
        self._refuse_undeclared("form")

    def _written_form(self) -> GameForm:
        self._refuse_undeclared("form")

    @property
    def has_form(self) -> bool:
        """Whether the class says its finite form."""
        return type(self).form is not FiniteFormGame.form

    def _refuse_undeclared(self, name: str) -> NoReturn:
        """Refuse what follows from a form, where the class says neither."""
        if self.has_form or name not in (*_FOLLOWING, "form"):
            super()._refuse_undeclared(name)
        instead = f", or where no finite form exists {name}" if name in _FOLLOWING else ""
        raise UnsupportedError(
            f"{type(self).__name__} does not say its {name}, on which this rests; define form() in "
            "the class, which returns the game with its payoffs, such as a NormalForm, and from "
            f"which {', '.join(_FOLLOWING)} follow{instead}"
        )

    def _listed_members(self) -> tuple[str, ...]:
        """The members, for a form that needs them one by one."""
        if self.members is None:
            raise UnsupportedError(
                f"{type(self).__name__} has no finite form while its members are not listed: give "
                "members= a number or names"
            )
        return self.members

    @cached_property
    def _finite_form(self) -> GameForm:
        form = _form_over_space(self.general)
        return form.over(self.space, self.values) if self.values else form

    @property
    @_from_form
    def players(self) -> tuple[str, ...]:
        """The players."""
        return self._finite_form.players

    @property
    def concepts(self) -> tuple[str, ...]:
        """The solution concepts, the default first."""
        if not self.has_form:
            return super().concepts
        default = self._finite_form.default_concept
        return (default, *(c for c in self._finite_form.concepts if c != default))

    @_from_form
    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player at any profile, at the game's values."""
        return self._finite_form.payoff(profile, player)

    def continuous_choices(self) -> tuple[Mapping[str, Expr], Mapping[str, Symbol], Space] | None:
        """Payoffs, one choice a player, and their space, where the form is continuous."""
        try:
            form = self._finite_form if self.has_form else None
        except UnsupportedError:  # none while its members are not listed
            return None
        return None if form is None else form.continuous_choices()

    @_from_form
    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """The conditions of the concept on the equilibrium, from the game's own payoffs."""
        arg.instance("equilibrium", equilibrium, Equilibrium, _EQUILIBRIUM)
        concept = self.form_concepts.get(equilibrium.concept, equilibrium.concept)
        return self._finite_form.obligations(replace(equilibrium, concept=concept))

    @_from_form
    def equilibria(self, concept: str) -> Iterable[Equilibrium]:
        """Every equilibrium, in the symbols of a game without values."""
        return self._solution(self._concept(concept)).equilibria

    @_from_form
    def completeness(self, concept: str) -> tuple[str, Boolean, str]:
        """The method, the condition under which the equilibria are complete, and the reason."""
        solution = self._solution(self._concept(concept))
        return solution.method, solution.complete_where, solution.why

    def _solution(self, concept: str) -> EquilibriumSet:
        """The solution without values; that at the values where it is not known whole there."""
        try:
            solution = _form_solution(self.general, concept)
        except (TooLargeError, UnsupportedError):
            if not self.values:
                raise
        else:
            complete = condition_at(solution.complete_where, self.values)
            if complete == sp.true or not self.values:
                return solution
        return _form_solution(self, concept)


def _form_at_values(write: Callable[[Any], GameForm]) -> Callable[[Any], GameForm]:
    @wraps(write)
    def form(self: FiniteFormGame) -> GameForm:
        return self._finite_form

    return form


@lru_cache(maxsize=256)
def _form_over_space(general: FiniteFormGame) -> GameForm:
    """The form as the class writes it, over the space of the game's parameters."""
    form = general._written_form()
    if not hasattr(form, "over"):
        raise ParameterError(f"form of {type(general).__name__}", form, _FORMS)
    space = general._space_without_values
    check_declared(f"form of {type(general).__name__}", form.space.symbols, general)
    for condition in form.space.constraints:
        if condition not in space.constraints and not is_proved(condition, space):
            raise SpaceError(
                f"the form of {type(general).__name__} takes {condition} as given, which does not "
                "follow from its parameters; say it in constraints()"
            )
    _check_names(form, general.names, type(general).__name__)
    return form.over(space)


def _check_names(form: Any, names: Mapping[str, str], game: str) -> None:
    """Refuse a name of an equilibrium in which a word is no action or choice of the form."""
    if hasattr(form, "ranges"):
        _check_choice_names(tuple(form.ranges), names, game)
        return
    actions: Any = getattr(form, "actions", ())
    groups = tuple(actions.values() if isinstance(actions, Mapping) else actions)
    if not names or any(isinstance(group, str) for group in groups):
        return  # alike players' equilibria are named by their numbers
    known = dict.fromkeys(action for group in groups for action in group)
    of_actions = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    for name in names:
        for word in _SEPARATORS.split(of_actions.sub(",", name)):
            if word.strip():
                error = UnknownNameError("action", word.strip(), known)
                raise ParameterError(
                    f"names of {game}", name, "equilibria by what is played in the form", str(error)
                )


def _check_choice_names(choices: Sequence[str], names: Mapping[str, str], game: str) -> None:
    """Refuse a name such as "x = 0" of something that is not chosen."""
    for name in names:
        for part in name.split(";"):
            choice = part.split()[0] if part.split() else part
            if part.strip() != "interior" and choice not in choices:
                error = UnknownNameError("choice", choice, choices)
                allowed = '"interior", or where the choices are, such as "x = 0"'
                raise ParameterError(f"names of {game}", name, allowed, str(error))


@lru_cache(maxsize=256)
def _form_solution(game: FiniteFormGame, concept: str) -> EquilibriumSet:
    """The form's equilibria under the game's names, in terms of its quantities."""
    solution = game.form().solve(game.form_concepts.get(concept, concept))
    if not game.values:
        _check_readings(game, [e.name for e in solution.equilibria])
    equilibria = merge_families(solution.equilibria, game.names, game.space)
    if game.closed_ties:
        equilibria = close_ties(equilibria, game.space)
    named = tuple(replace(_of_game(e, game), concept=concept) for e in equilibria)
    why = "; ".join(reason for reason in (solution.why, game.reasons.get(concept)) if reason)
    return replace(solution, equilibria=named, game=game, concept=concept, why=why)


def _check_readings(game: FiniteFormGame, found: list[str]) -> None:
    """Refuse a name or a note, of the class's own, of an equilibrium that no concept has.

    Where each of a number of members plays there may be others at another number; and none is
    refused where a concept cannot be solved without values.
    """
    own, kind = vars(type(game)), type(game).__name__
    check_keys(f"reasons of {kind}", own.get("reasons", ()), game.concepts, "concept")
    check_keys(f"form_concepts of {kind}", own.get("form_concepts", ()), game.concepts, "concept")
    if game._has_members:
        return
    names, notes = own.get("names", ()), own.get("notes", ())
    forms = [game.form_concepts.get(concept, concept) for concept in game.concepts]
    while True:
        readings = [*found, *(game.names.get(name, name) for name in found)]
        if {*names} <= {*found} and {*notes} <= {*readings}:
            return
        if not forms:
            break
        try:
            found = [*found, *(e.name for e in game.form().solve(forms.pop()).equilibria)]
        except (TooLargeError, UnsupportedError):
            return
    check_keys(f"names of {kind}", names, found, "equilibrium of the form")
    check_keys(f"notes of {kind}", notes, readings, "equilibrium")


def _of_game(equilibrium: Equilibrium, game: FiniteFormGame) -> Equilibrium:
    payoffs = dict(equilibrium.payoffs)
    for player in payoffs.keys() & set(game.players) if equilibrium.radius == 0 else ():
        evaluated = game.payoff(_strategies(equilibrium), player)
        payoffs[player] = min((evaluated, payoffs[player]), key=sp.count_ops)
    quantities: Mapping[str, Quantity] = game.quantities
    return replace(
        equilibrium,
        payoffs=payoffs,
        beliefs=equilibrium.beliefs or _beliefs_on_path(game.form(), equilibrium.profile),
        condition=in_quantities(equilibrium.condition, quantities.values(), game.space),
        note=game.notes.get(equilibrium.name, equilibrium.note),
        game=game,
    )


def _strategies(equilibrium: Equilibrium) -> Mapping[str, Any]:
    """What is played: by information set, and by continuous choice as a function of what is known.

    The choices alone where there is nothing to be known before them.
    """
    if equilibrium.responses:
        return {**equilibrium.profile, **equilibrium.responses}
    return equilibrium.choices or equilibrium.profile


def _beliefs_on_path(form: GameForm, profile: Profile) -> Mapping[str, Mapping[str, Expr]]:
    """Beliefs by Bayes' rule where a Nash equilibrium of a tree arrives."""
    beliefs = getattr(form, "bayesian_beliefs", None)
    return FrozenMapping() if beliefs is None else beliefs(profile)
