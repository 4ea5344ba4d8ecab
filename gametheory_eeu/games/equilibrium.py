"""Equilibrium and EquilibriumSet: the results of solvers, and their verification."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._registry import provided
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, condition_at, fresh_symbols, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable, Plottable
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games.choice_distribution import ChoiceDistribution
from gametheory_eeu.prover.case_distinction import negation

if TYPE_CHECKING:
    from gametheory_eeu.games.solvable import AbstractGame

Profile = Mapping[str, Mapping[str, Expr]]
"""Information set to action to probability."""


@dataclass(frozen=True, repr=False)
class Equilibrium(Plottable):
    """An equilibrium, or a family of them, and the condition under which it exists.

    Parameters
    ----------
    name : str
        Of a model of the library the same at every parameter value. Of a game a user wrote, what
        is played with positive probability; a number is added where several have one support, and
        it counts what exists at the game's values: ``EquilibriumSet.families_at`` says which
        family is which.
    profile : mapping of information set to mapping of action to probability
    payoffs : mapping of player to expected payoff
    condition : SymPy Boolean
        Over the game's space, exact: the equilibrium exists there and only there.
    concept : str
        "Nash", "perfect Bayesian", …
    beliefs : mapping of information set to mapping of node to probability
    free : tuple of SymPy symbols
        Empty for an isolated equilibrium; otherwise what indexes the family.
    where : SymPy Boolean
        The range of ``free``.
    note : str
        A sentence that reads the equilibrium.
    choices : mapping of str to expression
        By the name of a continuous choice, its value on the path of play.
    responses : mapping of str to expression
        In a tree: by the name of a continuous choice, what is chosen after everything that may have
        been chosen or drawn before.
    distributions : mapping of str to ChoiceDistribution
        By the name of a continuous choice, how it is mixed, in a mixed equilibrium.
    radius : expression
        How far each probability may be from an equilibrium's; zero but where it is numerical, and
        then certified.
    """

    name: str
    profile: Profile
    payoffs: Mapping[str, Expr]
    condition: Boolean
    concept: str
    beliefs: Mapping[str, Mapping[str, Expr]] = field(default_factory=FrozenMapping)
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true
    note: str = ""
    radius: Expr = sp.S.Zero
    choices: Mapping[str, Expr] = field(default_factory=FrozenMapping)
    responses: Mapping[str, Expr] = field(default_factory=FrozenMapping)
    distributions: Mapping[str, ChoiceDistribution] = field(default_factory=FrozenMapping)
    game: AbstractGame = field(default=None, compare=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        for name in ("condition", "where"):
            arg.condition(name, getattr(self, name))
        for name in ("name", "concept", "note"):
            arg.text(name, getattr(self, name))
        arg.mapping("payoffs", self.payoffs, "a mapping of player to payoff")
        for name in ("profile", "beliefs"):
            for entry in arg.mapping(name, getattr(self, name)).values():
                arg.mapping(name, entry, "a mapping of name to mapping of name to probability")
            nested = {key: _exact_mapping(entry) for key, entry in getattr(self, name).items()}
            object.__setattr__(self, name, FrozenMapping(nested))
        for name in ("choices", "responses"):
            arg.mapping(name, getattr(self, name), "a mapping of a choice's name to its value")
        kind = "a mapping of a choice's name to its ChoiceDistribution"
        for item in arg.mapping("distributions", self.distributions, kind).values():
            arg.instance("distributions", item, ChoiceDistribution, kind)
        object.__setattr__(self, "distributions", FrozenMapping(self.distributions))
        for name in ("payoffs", "choices", "responses"):
            object.__setattr__(self, name, _exact_mapping(getattr(self, name)))

    @property
    def strategies(self) -> dict[str, tuple[Expr, ...]]:
        """By player, the probability of each action in the order of the game's actions."""
        return self.game.strategies(self.profile)

    @property
    def support(self) -> dict[str, tuple[str, ...]]:
        """By information set, the actions that are played with positive probability."""
        return {
            key: tuple(action for action, probability in mix.items() if probability != 0)
            for key, mix in self.profile.items()
        }

    @property
    def space(self) -> Space:
        """Where the equilibrium exists: the game's space, its condition, the range of ``free``."""
        return Space.of(self.game.space, self.condition, self.where, symbols=self.free)

    @arg.validate(values=arg.point)
    def subs(self, values: Mapping[Symbol, Expr], game: AbstractGame) -> Equilibrium:
        """The same equilibrium at values for some of the parameters.

        A symbol in ``free`` gives way to one of the same name in the values. Where the condition
        is false the equilibrium has no payoffs, and its other parts stay as they are.
        """
        fresh = fresh_symbols(self.free, values)
        values = {**values, **fresh}
        condition = condition_at(self.condition, values)
        if condition == sp.false:
            return replace(self, condition=condition, game=game)

        def mapping_at(mapping: Mapping[str, Expr]) -> Mapping[str, Expr]:
            if not any(value.free_symbols for value in mapping.values()):
                return mapping
            return FrozenMapping({k: substitute(v, values) for k, v in mapping.items()})

        return replace(
            self,
            profile={k: mapping_at(mix) for k, mix in self.profile.items()},
            beliefs={k: mapping_at(mix) for k, mix in self.beliefs.items()},
            payoffs=mapping_at(self.payoffs),
            choices=mapping_at(self.choices),
            responses=mapping_at(self.responses),
            distributions=FrozenMapping({k: d.subs(values) for k, d in self.distributions.items()}),
            condition=condition,
            where=condition_at(self.where, values),
            free=tuple(fresh.get(symbol, symbol) for symbol in self.free),
            game=game,
        )

    @arg.validate(quantity=arg.optional(arg.text), wrt=arg.optional(arg.text))
    def comparative_statics(self, quantity: str | None = None, wrt: str | None = None) -> Any:
        """Derivatives of strategies, beliefs and payoffs, each with its proved sign.

        A continuum has no derivative: nothing is said of it.

        Parameters
        ----------
        quantity : str, optional
            Only this one; ``"probability"``, ``"belief"`` or ``"payoff"`` means all of them.
        wrt : str, optional
            Only this parameter.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([["a", 0], [0, 1]], [[1, 0], [0, 1]], given="a > 0")
        >>> table = game.solve()["1 + 2, 1 + 2"].comparative_statics("probability")
        >>> table["probability of 1 by player 2 at 1 + 2, 1 + 2", "a"]
        <d probability of 1 by player 2 at 1 + 2, 1 + 2 / d a: - (proved)>
        """
        return provided("solution statics")((self,), self.game, quantity, wrt)

    def verify(self) -> Verification:
        """Check the equilibrium against the model's own payoffs, not against the solver.

        Every obligation of the concept (no profitable deviation, Bayes' rule, …) is proved on the
        whole region where the equilibrium is said to exist.
        """
        return Verification.of(self.game.obligations(self), self.space)

    def __repr__(self) -> str:
        where = "" if self.condition == sp.true else f" if {self.condition}"
        return f"<{self.concept} equilibrium {self.name!r}{where}>"


def _exact_mapping(values: Mapping[str, Any]) -> FrozenMapping[str, Expr]:
    if isinstance(values, FrozenMapping):
        return values
    return FrozenMapping({key: _expression(key, value) for key, value in values.items()})


def _expression(key: str, value: Any) -> Expr:
    try:
        return value if isinstance(value, sp.Basic) else sp.sympify(value, strict=True)
    except (sp.SympifyError, TypeError, ValueError):
        raise ParameterError(key, value, "a number or a SymPy expression") from None


@dataclass(frozen=True)
class Obligation(Picklable):
    """A condition of an equilibrium: its place, and the statement that must hold."""

    where: str
    statement: Boolean


def distribution_obligation(subject: str, probabilities: Iterable[Expr]) -> Obligation:
    """That probabilities are a distribution's: ``f"{subject} a probability distribution"``."""
    values = tuple(probabilities)
    statement = sp.And(sp.Eq(sp.Add(*values), 1), *(sp.Ge(value, 0) for value in values))
    return Obligation(f"{subject} a probability distribution", statement)


def _obligations(name: str, value: object) -> tuple[Obligation, ...]:
    items = tuple(value) if isinstance(value, Iterator) else value
    sequence = arg.sequence(name, items, "a list of obligations")
    return tuple(arg.instance(name, item, Obligation, "a list of obligations") for item in sequence)


@dataclass(frozen=True, repr=False)
class Verification(Displayable):
    """The obligations of an equilibrium, each with its proof. True when all are proved."""

    results: tuple[tuple[Obligation, prover.Proof], ...]

    @classmethod
    @arg.validate(obligations=_obligations, space=arg.instance_of(Space, "a Space"))
    def of(cls, obligations: tuple[Obligation, ...], space: Space) -> Verification:
        """Prove each obligation on the space."""
        return cls(tuple((o, prover.prove(o.statement, given=space)) for o in obligations))

    @property
    def failures(self) -> tuple[str, ...]:
        """The places of the refuted obligations."""
        return tuple(o.where for o, proof in self.results if proof.verdict == "refuted")

    @property
    def vacuous(self) -> bool:
        """Whether there is no point at which the equilibrium could be checked."""
        return any(proof.vacuous for _, proof in self.results)

    @property
    def verdict(self) -> str:
        """``"proved"``, ``"refuted"`` or ``"unknown"``."""
        verdicts = {proof.verdict for _, proof in self.results}
        return next((v for v in ("refuted", "unknown") if v in verdicts), "proved")

    def __bool__(self) -> bool:
        if self.verdict == "unknown":
            raise GameTheoryError("the verification is undecided; read .results for what is open")
        return self.verdict == "proved"

    def __repr__(self) -> str:
        lines = [f"  {proof.verdict}: {o.where}" for o, proof in self.results]
        vacuous = " (vacuously: no point is left)" if self.vacuous else ""
        return "\n".join([f"Verification: {self.verdict}{vacuous}", *lines])

    def __str__(self) -> str:
        return repr(self)


@dataclass(frozen=True, repr=False)
class EquilibriumSet(Plottable):
    """Every equilibrium of a game under one concept, and where the set is complete.

    Parameters
    ----------
    equilibria : tuple of Equilibrium
    game : Game
    concept : str
    method : str
        How they were found.
    complete_where : SymPy Boolean
        The set holds *every* equilibrium exactly where this is true.
    why : str
        What establishes that.
    exact : bool
        Whether every number in it is exact.
    """

    equilibria: tuple[Equilibrium, ...]
    game: AbstractGame
    concept: str
    method: str
    complete_where: Boolean
    why: str
    exact: bool = True

    def __post_init__(self) -> None:
        names = [equilibrium.name for equilibrium in self.equilibria]
        if len(set(names)) < len(names):  # labels that are joined may read alike
            pairs = zip(self.equilibria, unique_names(names), strict=True)
            renamed = tuple(replace(item, name=name) for item, name in pairs)
            object.__setattr__(self, "equilibria", renamed)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __getitem__(self, key: int | str) -> Equilibrium:
        return arg.lookup(
            "equilibrium", self.equilibria, key, lambda equilibrium: (equilibrium.name,)
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(equilibrium.name for equilibrium in self.equilibria)

    def without_ties(self) -> EquilibriumSet:
        """The equilibria that do not exist on knife edges only.

        Those whose condition asks for an equality, such as ``v = c``, are left out, and the set
        is complete where none of their conditions holds.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> solution = NormalForm([["a", 0], [0, 0]], [[1, 0], [0, 1]]).solve()
        >>> len(solution), solution.without_ties().names
        (5, ('1, 1', '2, 2', '1 + 2, 2'))
        """
        ties = tuple(e for e in self.equilibria if _is_tie(e.condition))
        if not ties:
            return self
        kept = tuple(e for e in self.equilibria if e not in ties)
        where = sp.And(self.complete_where, *(negation(e.condition) for e in ties))
        why = f"{self.why}; {len(ties)} that exist at ties only are left out"
        return replace(self, equilibria=kept, complete_where=where, why=why)

    def at(self, **values: object) -> EquilibriumSet:
        """The equilibria of the game at these values: ``game.at(...).solve(...)``."""
        return self.game.at(**values).solve(self.concept)

    def families_at(self, **values: object) -> dict[str, tuple[str, ...]]:
        """The families to which the equilibria at values belong.

        Where several families have one support, a number tells them apart, and it counts what
        exists: at values some may be gone, and those that are left are counted anew. This says
        what became of which, by comparing the strategies (and beliefs) exactly.

        Parameters
        ----------
        **values
            One for each symbol of the game.

        Returns
        -------
        dict of str to tuple of str
            By name in ``at(**values)``, the names in this solution of the families with which it
            has a point in common: one for an isolated equilibrium, more where a continuum at the
            values is made of several.

        Raises
        ------
        SpaceError
            A symbol without a value, or values that contradict the space.
        GameTheoryError
            Whether two are the same was not settled.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]], given="a > 0")
        >>> game.solve().families_at(a=2)
        {'1, 1': ('1, 1',), '2, 2': ('2, 2',), '1 + 2, 1 + 2': ('1 + 2, 1 + 2',)}
        """
        from gametheory_eeu.games.families import families_at

        return families_at(self, self.game._point(values), self.at(**values))

    @arg.validate(quantity=arg.optional(arg.text), wrt=arg.optional(arg.text))
    def comparative_statics(self, quantity: str | None = None, wrt: str | None = None) -> Any:
        """Derivatives of strategies, beliefs and payoffs, each with its proved sign.

        At isolated equilibria, each where it exists; the table's note names continua. Where
        continuous choices have no closed form, at every interior equilibrium, by the implicit
        function theorem.

        Parameters
        ----------
        quantity : str, optional
            Only this one; ``"probability"``, ``"belief"`` or ``"payoff"`` means all of them.
        wrt : str, optional
            Only this parameter.

        Examples
        --------
        >>> from gametheory_eeu import NormalForm
        >>> game = NormalForm([["a", 0], [0, 1]], [[1, 0], [0, 1]], given="a > 0")
        >>> table = game.solve().comparative_statics("probability")
        >>> table["probability of 1 by player 2 at 1 + 2, 1 + 2", "a"]
        <d probability of 1 by player 2 at 1 + 2, 1 + 2 / d a: - (proved)>
        """
        return provided("set statics")(self, quantity, wrt)

    def verify(self) -> dict[str, Verification]:
        """Every equilibrium's verification, by name."""
        return {equilibrium.name: equilibrium.verify() for equilibrium in self.equilibria}

    def __repr__(self) -> str:
        noun = "equilibrium" if len(self) == 1 else "equilibria"
        return f"<{len(self)} {self.concept} {noun}: {join_names(self.names) or 'none'}>"


def _is_tie(condition: Boolean) -> bool:
    """Whether every way in which a condition can hold asks for an equality."""
    if isinstance(condition, sp.Or):
        return all(map(_is_tie, condition.args))
    return any(isinstance(part, sp.Eq) for part in sp.And.make_args(condition))


@arg.validate(names=arg.texts)
def join_names(names: Sequence[str]) -> str:
    """Join the names of equilibria by semicolons, or by bars where a name has a semicolon."""
    return (" | " if any("; " in name for name in names) else "; ").join(names)


def unique_name(name: str, used_names: Collection[str]) -> str:
    """The name, with a number appended where it is already used.

    Examples
    --------
    >>> unique_name("a/b", {"a/b", "a/b (2)"})
    'a/b (3)'
    """
    number, candidate = 1, name
    while candidate in used_names:
        number += 1
        candidate = f"{name} ({number})"
    return candidate


def unique_names(names: Iterable[str]) -> list[str]:
    """The names in order, with numbers appended to the repeated ones.

    Examples
    --------
    >>> unique_names(["a, b", "c", "a, b"])
    ['a, b', 'c', 'a, b (2)']
    """
    result: dict[str, None] = {}
    for name in names:
        result[unique_name(name, result)] = None
    return list(result)
