"""Comparative statics of interior equilibria from first-order conditions, without solving them.

Where every choice is inside its range, the marginal payoffs F are zero. By the implicit function
theorem the choices move with a parameter t by dx/dt = -J^(-1) F_t, where the Jacobian J of the
marginal payoffs is not singular; that, and each sign, is proved at all interior solutions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import SpaceError, UnsupportedError
from gametheory_eeu.games import AbstractGame
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.statics.condition_forms import ALWAYS, sign
from gametheory_eeu.statics.conditions import restricted_space
from gametheory_eeu.statics.row import ComparativeStatic, StaticsBranch
from gametheory_eeu.statics.uniqueness import marginal_jacobian


@dataclass(frozen=True, repr=False)
class InteriorStatic(Displayable):
    """How one choice moves with one parameter at every interior equilibrium.

    Parameters
    ----------
    choice, parameter : str
    derivative : SymPy expression
        In the parameters and the choices, whose first-order conditions hold.
    sign : str
        "+", "-", "0", ">=0", "<=0", or "?" where none was proved.
    verdict : str
        "proved"; "depends" where both signs occur; "unknown".
    proof : Proof
        Of the sign.
    regular : Proof
        That the Jacobian of the marginal payoffs is not singular.
    """

    choice: str
    parameter: str
    derivative: Expr
    sign: str
    verdict: str
    proof: prover.Proof
    regular: prover.Proof

    def recheck(self) -> bool | None:
        """Whether the proofs are confirmed by another route; None where one was not."""
        checks = (self.proof.recheck(), self.regular.recheck())
        return False if False in checks else None if None in checks else True

    def __repr__(self) -> str:
        return f"<d {self.choice} / d {self.parameter}: {self.sign}>"


@dataclass(frozen=True, repr=False)
class InteriorStatics(Displayable):
    """Interior comparative statics: a row for each choice and parameter."""

    rows: tuple[InteriorStatic, ...]

    def __iter__(self) -> Iterator[InteriorStatic]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[str, str]) -> InteriorStatic:
        """A row by (choice, parameter)."""
        return arg.lookup("row", self.rows, key, lambda row: [(row.choice, row.parameter)])

    def __repr__(self) -> str:
        settled = sum(row.sign != "?" for row in self.rows)
        return f"<{len(self)} interior comparative statics: {settled} signs proved>"


@arg.validate(
    game=arg.instance_of(AbstractGame, "a game with continuous choices"),
    wrt=arg.optional(arg.text),
)
def interior_statics(
    game: AbstractGame, given: object = (), wrt: str | None = None
) -> InteriorStatics:
    """How choices move with parameters at every interior equilibrium, solved or not.

    Parameters
    ----------
    game : AbstractGame
        With one continuous choice a player, and payoffs without pieces.
    given : SymPy Boolean, str, or lists of them, optional
        Further conditions on the parameters.
    wrt : str, optional
        Only this parameter.

    Raises
    ------
    UnsupportedError
        A game of named actions, payoffs with ``Max``, ``Min``, ``Abs`` or ``Piecewise``, or a
        Jacobian that was not proved to be regular.
    SpaceError
        No parameters at which an interior equilibrium may be.

    Examples
    --------
    >>> from gametheory_eeu.forms import ContinuousGame
    >>> game = ContinuousGame(
    ...     {"1": "a*x - x**2 - x**4 + x*y/2", "2": "b*y - y**2 - y**4 - x*y/3"},
    ...     choices={"1": "0 <= x <= 5", "2": "0 <= y <= 5"}, given="0 < a < 5 and 0 < b < 5")
    >>> for row in interior_statics(game):
    ...     print(repr(row))
    <d x / d a: +>
    <d y / d a: ->
    <d x / d b: +>
    <d y / d b: +>
    """
    system = first_order_system(game, given)
    parameters = system.parameters
    if wrt is not None:
        arg.one_of("parameter", wrt, [s.name for s in parameters])
        parameters = tuple(s for s in parameters if s.name == wrt)
    rows = []
    for t in parameters:
        for x, derivative in system.derivatives(t).items():
            found = sign(derivative, system.space)
            rows.append(
                InteriorStatic(
                    x.name, t.name, derivative, found.sign, found.verdict, found.proof,
                    system.regular,
                )
            )  # fmt: skip
    return InteriorStatics(tuple(rows))


@dataclass(frozen=True)
class FirstOrderSystem:
    """The first-order conditions of a game with continuous choices, and where they are regular.

    They hold on the space, with every choice inside its range; the proof is that the determinant of
    the Jacobian of the marginal payoffs is nowhere zero there.
    """

    payoffs: Mapping[str, Expr]
    own: Mapping[str, Symbol]
    parameters: tuple[Symbol, ...]
    space: Space
    jacobian: sp.Matrix
    determinant: Expr
    regular: prover.Proof

    @property
    def marginal(self) -> dict[Symbol, Expr]:
        """By choice, the marginal payoff that is zero at an interior equilibrium."""
        return {x: sp.diff(self.payoffs[player], x) for player, x in self.own.items()}

    def derivatives(self, t: Symbol) -> dict[Symbol, Expr]:
        """How each choice moves with a parameter, by Cramer's rule."""
        moved = sp.Matrix([-sp.diff(f, t) for f in self.marginal.values()])
        result: dict[Symbol, Expr] = {}
        for k, x in enumerate(self.own.values()):
            replaced = self.jacobian.copy()
            replaced[:, k] = moved
            result[x] = sp.factor(replaced.det() / self.determinant)
        return result


def first_order_system(game: AbstractGame, given: object = ()) -> FirstOrderSystem:
    """The first-order conditions of interior equilibria, proved to be regular."""
    continuous = game.continuous_choices()
    if continuous is None:
        raise UnsupportedError("interior statics are of continuous choices, which this game lacks")
    payoffs, own, choice_space = continuous
    if any(payoff.has(*CASE_FUNCTIONS) for payoff in payoffs.values()):
        raise UnsupportedError("payoffs in pieces have no single first-order condition")
    choices = set(own.values())
    parameters = tuple(s for s in game.space.symbols if s not in choices)
    space = _interior(payoffs, own, Space.of(choice_space, restricted_space(game, given)))
    jacobian = marginal_jacobian(payoffs, own)
    determinant = sp.factor(jacobian.det())
    regular = prover.prove(sp.Ne(determinant, 0, evaluate=False), given=space)
    if regular.vacuous:
        raise SpaceError("no interior equilibrium is possible: the first-order conditions clash")
    if regular.verdict != "proved":
        raise UnsupportedError(
            f"the Jacobian of the marginal payoffs, with determinant {determinant}, was not proved "
            "to be regular at interior equilibria; add what is known in given="
        )
    return FirstOrderSystem(payoffs, own, parameters, space, jacobian, determinant, regular)


def _interior(payoffs: Mapping[str, Expr], own: Mapping[str, Symbol], space: Space) -> Space:
    """Where every choice is strictly inside its range and its first-order condition holds."""
    choices = set(own.values())
    strict = []
    for constraint in space.constraints:
        is_end = constraint.free_symbols & choices and isinstance(constraint, (sp.Le, sp.Ge))
        strict.append(sp.Gt(constraint.gts, constraint.lts) if is_end else constraint)
    conditions = [sp.Eq(sp.diff(payoffs[player], x), 0) for player, x in own.items()]
    second = [sp.diff(payoffs[player], x, 2) <= 0 for player, x in own.items()]
    return Space.of(*strict, *conditions, *second, symbols=space.symbols)


# The same as rows of a table, beside those of closed forms.

EVERY_INTERIOR = "every interior equilibrium"


def interior_rows(
    game: AbstractGame, parameters: tuple[Parameter, ...]
) -> Iterator[ComparativeStatic]:
    """A row for each choice and payoff at every interior equilibrium, in each parameter."""
    system = first_order_system(game)
    for parameter in parameters:
        if parameter.symbol not in system.parameters:
            continue
        moves = system.derivatives(parameter.symbol)
        for x, derivative in moves.items():
            yield _row(f"choice of {x}", sp.latex(x), x, derivative, parameter, system)
        for player, payoff in system.payoffs.items():
            # The own choice does not count: at an interior equilibrium its marginal payoff is zero.
            others = {x: moves[x] for name, x in system.own.items() if name != player}
            derivative = _total(payoff, parameter.symbol, others)
            name = rf"u_{{\text{{{player}}}}}"
            yield _row(f"payoff of {player}", name, payoff, derivative, parameter, system)


def _total(payoff: Expr, t: Symbol, moves: dict[Symbol, Expr]) -> Expr:
    """The derivative of a payoff in a parameter, directly and through the others' choices."""
    through = (sp.diff(payoff, x) * move for x, move in moves.items())
    return sp.factor(sp.diff(payoff, t) + sp.Add(*through))


def _row(
    quantity: str,
    symbol: str,
    value: Expr,
    derivative: Expr,
    parameter: Parameter,
    system: FirstOrderSystem,
) -> ComparativeStatic:
    found = sign(derivative, system.space)
    branch = StaticsBranch(ALWAYS, value, derivative, system.space, found)
    return ComparativeStatic(
        f"{quantity} at {EVERY_INTERIOR}",
        rf"{symbol}(\text{{{EVERY_INTERIOR}}})",
        parameter,
        value,
        (branch,),
        regular=(system.regular,),
        system=tuple(system.marginal.items()),
    )
