"""Equilibrium and EquilibriumSet: what a solver returns, and how it is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, condition_at, put, renamed_apart
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.model.unique_names import told_apart

if TYPE_CHECKING:
    from gametheory_eeu.model.solvable import AbstractGame

Profile = Mapping[str, Mapping[str, Expr]]
"""Information set to action to probability."""


@dataclass(frozen=True, repr=False)
class Equilibrium(Shown):
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
    radius : expression
        How far each probability may be from an equilibrium's; zero but where it is numerical, and
        then certified.
    """

    name: str
    profile: Profile
    payoffs: Mapping[str, Expr]
    condition: Boolean
    concept: str
    beliefs: Mapping[str, Mapping[str, Expr]] = field(default_factory=Frozen)
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true
    note: str = ""
    radius: Expr = sp.S.Zero
    game: AbstractGame = field(default=None, compare=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        for name in ("condition", "where"):
            arg.condition(name, getattr(self, name))
        for name in ("name", "concept", "note"):
            arg.text(name, getattr(self, name))
        arg.mapping("payoffs", self.payoffs, "a mapping of player to payoff")
        for name in ("profile", "beliefs"):
            for inner in arg.mapping(name, getattr(self, name)).values():
                arg.mapping(name, inner, "a mapping of name to mapping of name to probability")
            nested = {key: _exact(inner) for key, inner in getattr(self, name).items()}
            object.__setattr__(self, name, Frozen(nested))
        object.__setattr__(self, "payoffs", _exact(self.payoffs))

    @property
    def strategies(self) -> dict[str, tuple[Expr, ...]]:
        """By player, the probability of each action in the order of the game's actions."""
        return self.game.strategies(self.profile)

    @property
    def support(self) -> dict[str, tuple[str, ...]]:
        """By information set, the actions that are played with positive probability."""
        return {
            key: tuple(action for action, chance in mix.items() if chance != 0)
            for key, mix in self.profile.items()
        }

    @property
    def space(self) -> Space:
        """Where the equilibrium exists: the game's space, its condition, the range of ``free``."""
        return Space.of(self.game.space, self.condition, self.where, symbols=self.free)

    @arg.checks(values=arg.point)
    def subs(self, values: Mapping[Symbol, Expr], game: AbstractGame) -> Equilibrium:
        """The same equilibrium at values for some of the parameters.

        A symbol in ``free`` gives way to one of the same name in the values. Where the condition
        is false the equilibrium has no payoffs, and its other parts stay as they are.
        """
        apart = renamed_apart(self.free, values)
        values = {**values, **apart}
        condition = condition_at(self.condition, values)
        if condition == sp.false:
            return replace(self, condition=condition, game=game)

        def at(value: Expr) -> Expr:
            return put(value, values)

        def each(what: Mapping[str, Expr]) -> Mapping[str, Expr]:
            open_ = any(value.free_symbols for value in what.values())
            return Frozen({k: at(v) for k, v in what.items()}) if open_ else what

        return replace(
            self,
            profile={k: each(mix) for k, mix in self.profile.items()},
            beliefs={k: each(mix) for k, mix in self.beliefs.items()},
            payoffs=each(self.payoffs),
            condition=condition,
            where=condition_at(self.where, values),
            free=tuple(apart.get(symbol, symbol) for symbol in self.free),
            game=game,
        )

    @arg.checks(quantity=arg.optional(arg.text), wrt=arg.optional(arg.text))
    def comparative_statics(self, quantity: str | None = None, wrt: str | None = None) -> Any:
        """How what is played, believed and earned moves, each derivative with its proved sign.

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
        from gametheory_eeu.statics.solution import of_solution

        return of_solution((self,), self.game, quantity, wrt)

    def verify(self) -> Verification:
        """Check the equilibrium against the model's own payoffs, not against the solver.

        Every obligation of the concept (no profitable deviation, Bayes' rule, …) is proved on the
        whole region where the equilibrium is said to exist.
        """
        return Verification.of(self.game.obligations(self), self.space)

    def __repr__(self) -> str:
        where = "" if self.condition == sp.true else f" if {self.condition}"
        return f"<{self.concept} equilibrium {self.name!r}{where}>"


def _exact(values: Mapping[str, Any]) -> Frozen[str, Expr]:
    if isinstance(values, Frozen):
        return values
    return Frozen({key: _expression(key, value) for key, value in values.items()})


def _expression(key: str, value: Any) -> Expr:
    try:
        return value if isinstance(value, sp.Basic) else sp.sympify(value, strict=True)
    except (sp.SympifyError, TypeError, ValueError):
        raise ParameterError(key, value, "a number or a SymPy expression") from None


@dataclass(frozen=True)
class Obligation(Stored):
    """One thing an equilibrium owes: where, and the statement that must hold."""

    where: str
    statement: Boolean


def _obligations(name: str, value: object) -> tuple[Obligation, ...]:
    listed = tuple(value) if isinstance(value, Iterator) else value
    found = arg.sequence(name, listed, "a list of obligations")
    return tuple(arg.instance(name, each, Obligation, "a list of obligations") for each in found)


@dataclass(frozen=True, repr=False)
class Verification(Stored):
    """The obligations of an equilibrium, each with its proof. True when all are proved."""

    results: tuple[tuple[Obligation, prover.Proof], ...]

    @classmethod
    @arg.checks(obligations=_obligations, space=arg.a(Space, "a Space"))
    def of(cls, obligations: tuple[Obligation, ...], space: Space) -> Verification:
        """Prove each obligation on the space."""
        return cls(tuple((o, prover.prove(o.statement, given=space)) for o in obligations))

    @property
    def failures(self) -> tuple[str, ...]:
        """Where it fails: the obligations that are refuted."""
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


@dataclass(frozen=True, repr=False)
class EquilibriumSet(Shown):
    """Every equilibrium of a game under one concept, and where that "every" holds.

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
            pairs = zip(self.equilibria, told_apart(names), strict=True)
            apart = tuple(replace(one, name=name) for one, name in pairs)
            object.__setattr__(self, "equilibria", apart)

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __getitem__(self, key: int | str) -> Equilibrium:
        return arg.row("equilibrium", self.equilibria, key, lambda found: (found.name,))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(equilibrium.name for equilibrium in self.equilibria)

    def at(self, **values: object) -> EquilibriumSet:
        """The equilibria of the game at these values: ``game.at(...).solve(...)``."""
        return self.game.at(**values).solve(self.concept)

    def families_at(self, **values: object) -> dict[str, tuple[str, ...]]:
        """Which of these families the equilibria at values belong to.

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
        from gametheory_eeu.model.family_matching import families_at

        return families_at(self, self.game._point(values), self.at(**values))

    @arg.checks(quantity=arg.optional(arg.text), wrt=arg.optional(arg.text))
    def comparative_statics(self, quantity: str | None = None, wrt: str | None = None) -> Any:
        """How what is played, believed and earned moves, each derivative with its proved sign.

        At isolated equilibria, each where it exists; the table's note names continua.

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
        from gametheory_eeu.statics.solution import of_solution

        return of_solution(self.equilibria, self.game, quantity, wrt)

    def verify(self) -> dict[str, Verification]:
        """Every equilibrium's verification, by name."""
        return {equilibrium.name: equilibrium.verify() for equilibrium in self.equilibria}

    def __repr__(self) -> str:
        return f"<{len(self)} {self.concept} equilibria: {joined(self.names) or 'none'}>"


@arg.checks(names=arg.texts)
def joined(names: Sequence[str]) -> str:
    """Names of equilibria in a row: in a tree's "; " stands between players, so " | " there."""
    return (" | " if any("; " in name for name in names) else "; ").join(names)
