"""Targets of comparative statics, and their derivatives in the parameter that moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, Parameter, Space
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.size_limits import expansion_size
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.games import Equilibrium, Game, ImplicitRoot
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.smt_encoding import MAX_EXPANDED_SIZE

_MAX_FACTORED = 40  # operations; beyond, factoring costs more than it shows


@dataclass(frozen=True)
class ShiftParameter:
    """A shift parameter, with the parameters whose default has it in it.

    The domains are of what these are made of, such as a weight that follows from urgencies.
    """

    parameter: Parameter
    derived: tuple[Parameter, ...] = ()
    domains: tuple[Boolean, ...] = ()

    @classmethod
    def of(cls, parameter: Parameter, parameters: Iterable[Parameter]) -> ShiftParameter:
        """The shift parameter for one of a game's parameters."""
        all_parameters = tuple(parameters)
        derived = tuple(
            p for p in all_parameters if parameter.symbol in getattr(p.default, "free_symbols", ())
        )
        ingredients = {s for p in derived for s in p.default.free_symbols}  # type: ignore[union-attr]
        domains = tuple(p.condition for p in all_parameters if p.symbol in ingredients)
        return cls(parameter, derived, domains)

    def at(self, values: Mapping[Symbol, Expr]) -> ShiftParameter:
        """The shift parameter at values of the other symbols in derived parameters."""
        defaults = ((r, r.default) for r in self.derived)
        derived = tuple(replace(r, default=d and d.xreplace(values)) for r, d in defaults)
        domains = (d.xreplace(values) for d in self.domains)
        return ShiftParameter(self.parameter, derived, tuple(d for d in domains if d != sp.true))

    @property
    def symbol(self) -> Symbol:
        """The parameter's symbol."""
        return self.parameter.symbol

    @property
    def is_whole(self) -> bool:
        """Whether the parameter moves in integer steps."""
        return bool(self.parameter.domain == COUNT or self.symbol.is_integer)

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The symbols that move with the parameter."""
        return frozenset({self.symbol, *(r.symbol for r in self.derived)})

    def moves(self, *parts: Expr | Boolean) -> bool:
        """Whether one of the expressions or conditions depends on the parameter."""
        return any(self.symbols & expression.free_symbols for expression in parts)

    def ties(self, *parts: Expr | Boolean) -> tuple[Boolean, ...]:
        """Definitions and domains of the derived parameters that the expressions use."""
        used = [r for r in self.derived if any(r.symbol in part.free_symbols for part in parts)]
        return (*(sp.Eq(r.symbol, r.default) for r in used), *(self.domains if used else ()))

    def slope(self, expression: Expr) -> Expr:
        """The total derivative; for an integer parameter, the forward difference."""
        if self.is_whole:
            return _factor_if_shorter(self.after(expression) - expression)
        return self.rate(expression)

    def rate(self, expression: Expr) -> Expr:
        """The total derivative, of an integer parameter as if it were real."""
        terms = [sp.diff(expression, self.symbol)]
        for r in self.derived:
            if r.symbol in expression.free_symbols:
                chain_factor = factorization(sp.diff(r.default, self.symbol))
                terms.append(sp.diff(expression, r.symbol) * chain_factor)
        return _factor_if_shorter(sp.Add(*terms))

    @property
    def step(self) -> int:
        """The step of an integer parameter: two where only even or odd ones are meant."""
        return 2 if self.symbol.is_even or self.symbol.is_odd else 1

    def next_conditions(self, space: Space) -> Iterator[Boolean]:
        """Conditions for the next integer to be in the space, too."""
        for condition in (*space.constraints, *assumptions(self.symbol)):
            if self.moves(condition):
                yield self.after(condition)

    def after(self, expression: Expr | Boolean) -> Expr:
        """An expression or condition at the next integer."""
        substitution = {self.symbol: self.symbol + self.step}
        derived_values = {r.symbol: r.default.xreplace(substitution) for r in self.derived}  # type: ignore[union-attr]
        return expression.xreplace({**substitution, **derived_values})


@lru_cache(maxsize=4096)
def _factor_if_shorter(expression: Expr) -> Expr:
    """The expression, factored where that is shorter."""
    if expression.has(sp.Piecewise, sp.Max, sp.Min) or sp.count_ops(expression) > _MAX_FACTORED:
        return expression
    size = expansion_size(expression)
    if size.terms * size.degree > MAX_EXPANDED_SIZE:
        return expression
    product = factorization(expression)
    return product if sp.count_ops(product) <= sp.count_ops(expression) else expression


@dataclass(frozen=True)
class RootDerivative:
    """The derivative of a root, ``-F_s/F_x``, where its equation and branch hold.

    It exists where it is regular, ``F_x != 0``, which is to be proved.
    """

    expression: Expr
    conditions: tuple[Boolean, ...]
    regular: Boolean


def root_derivative(
    root: ImplicitRoot, shift: ShiftParameter, value: Expr | None = None
) -> RootDerivative:
    """The implicit function theorem: ``dx/ds = -F_s/F_x`` where ``F = 0`` on the branch.

    With a value it is that function of the root that moves, and not the root itself.
    """
    x, equation = root.unknown, root.equation
    partial = _factor_if_shorter(sp.diff(equation, x))
    derivative = -shift.rate(equation) / partial
    if value is not None:
        derivative = sp.diff(value, x) * derivative + shift.rate(value)
    return RootDerivative(
        _factor_if_shorter(derivative), (sp.Eq(equation, 0), root.branch), sp.Ne(partial, 0)
    )


def smoothness_conditions(parts: Iterable[Expr], symbols: frozenset[Symbol]) -> tuple[Boolean, ...]:
    """Conditions under which no case distinction switches as the symbols vary.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> smoothness_conditions((y - sp.Abs(x),), frozenset({x}))
    (Ne(x, 0),)
    """
    differences: list[Expr] = []
    for part in parts:
        for node in sorted(part.atoms(sp.Abs, sp.sign, sp.Max, sp.Min), key=sp.default_sort_key):
            is_unary = isinstance(node, (sp.Abs, sp.sign))
            differences += node.args if is_unary else (a - b for a, b in combinations(node.args, 2))
        for node in sorted(part.atoms(sp.Piecewise), key=sp.default_sort_key):
            relations = {r for _, c in node.args for r in c.atoms(sp.core.relational.Relational)}
            differences += (r.lhs - r.rhs for r in sorted(relations, key=sp.default_sort_key))
    return tuple(
        dict.fromkeys(
            sp.Ne(difference, 0) for difference in differences if difference.free_symbols & symbols
        )
    )


MAX_PAYOFF_EQUILIBRIA = 12
"""With named members, payoffs at every equilibrium only where there are no more equilibria."""


@dataclass(frozen=True)
class Target:
    """A target of comparative statics: an expression, and where it exists.

    A root without a closed form is its own symbol, with the equation that it solves.
    """

    name: str
    symbol: str
    expression: Expr
    exists_when: Boolean = sp.true
    implicit: ImplicitRoot | None = None

    def at(self, values: Mapping[Symbol, Expr]) -> Target:
        """The target at values of some parameters."""
        implicit = None if self.implicit is None else self.implicit.subs(values)
        expression = self.expression.xreplace(values)
        if self.implicit is not None and implicit is not None:
            expression = expression.xreplace({self.implicit.unknown: implicit.unknown})
        condition = self.exists_when.xreplace(values)
        return Target(self.name, self.symbol, expression, condition, implicit)

    @property
    def parts(self) -> tuple[Expr | Boolean, ...]:
        """The expressions and conditions that need a value for it to have one."""
        root = self.implicit
        return (self.expression, *(() if root is None else (root.equation, root.branch)))

    @property
    def branch(self) -> Boolean:
        """The branch of its root; true where it is no root."""
        return sp.true if self.implicit is None else self.implicit.branch

    @property
    def constrained_symbols(self) -> frozenset[Symbol]:
        """Symbols that an equation constrains, in which it has no derivative."""
        equations = sp.And(self.exists_when).atoms(sp.Eq)
        return frozenset(s for equation in equations for s in equation.free_symbols)


def targets(game: Game, requested: str | None = None, at: str | None = None) -> Iterator[Target]:
    """Targets of a game: its quantities, then the payoffs at each isolated equilibrium.

    Requested are a quantity's name, ``"payoff"``, ``"choice"``, or ``"payoff of … at …"``.
    """
    general = game.general
    asks_payoffs = (requested or "").startswith(("payoff", "choice of ")) or requested == "choice"
    if at is None and not asks_payoffs:
        for q in general.quantities.values():
            yield Target(q.name, q.symbol, q.expression, q.exists_when, q.implicit)
        for name, (symbol, root) in general.roots.items():
            yield Target(name, symbol, root.unknown, implicit=root)
    if requested is None or asks_payoffs:
        yield from _payoff_targets(game, at, asked=asks_payoffs or at is not None)


def _payoff_targets(game: Game, at: str | None, *, asked: bool) -> Iterator[Target]:
    if game.members is not None and not asked:
        return  # Each of many asymmetric equilibria has its own: they are given when asked for.
    general = game.general
    # Games joined to an argument are played one after another: it has no equilibrium of its own.
    equilibria = [e for e in general.solve() if not e.free] if general.concepts else []
    if at is not None:
        names = [e.name for e in equilibria]
        if at not in names:
            raise UnknownNameError("isolated equilibrium", at, names)
        equilibria = [equilibria[names.index(at)]]
    elif game.members is not None and len(equilibria) > MAX_PAYOFF_EQUILIBRIA:
        equilibria = [e for e in equilibria
                      if len({tuple(mix.items()) for mix in e.profile.values()}) == 1]  # fmt: skip
    for equilibrium in equilibria:
        for choice, value in equilibrium.choices.items():
            if value.free_symbols:
                yield _choice_target(equilibrium, choice, value)
        yield from _payoffs_of(equilibrium)


def equilibrium_targets(equilibrium: Equilibrium) -> Iterator[Target]:
    """Targets of an equilibrium: interior probabilities, choices, symbolic beliefs, payoffs."""
    parameters = {*equilibrium.game.space.symbols, *equilibrium.free}
    for place, mixture in equilibrium.profile.items():
        for action, probability in mixture.items():
            if probability not in (0, 1) and probability.free_symbols <= parameters:
                symbol = rf"\sigma_{{\text{{{place}}}}}(\text{{{action}}})"
                name = f"probability of {action} by {place}"
                yield _target(equilibrium, name, symbol, probability)
    for choice, value in equilibrium.choices.items():
        if value.free_symbols and value.free_symbols <= parameters:
            yield _choice_target(equilibrium, choice, value)
    for place, belief in equilibrium.beliefs.items():
        for node, probability in belief.items():
            if probability.free_symbols:
                symbol = rf"\mu_{{\text{{{place}}}}}(\text{{{node}}})"
                yield _target(equilibrium, f"belief of {node} by {place}", symbol, probability)
    yield from _payoffs_of(equilibrium)


def _choice_target(equilibrium: Equilibrium, choice: str, value: Expr) -> Target:
    return _target(equilibrium, f"choice of {choice}", sp.latex(sp.Symbol(choice)), value)


def _payoffs_of(equilibrium: Equilibrium) -> Iterator[Target]:
    for player, payoff in equilibrium.payoffs.items():
        symbol = rf"u_{{\text{{{player}}}}}"
        yield _target(equilibrium, f"payoff of {player}", symbol, payoff)


def _target(equilibrium: Equilibrium, name: str, symbol: str, value: Expr) -> Target:
    """Something that has a value at an equilibrium, by its name and its symbol without it."""
    return Target(
        f"{name} at {equilibrium.name}",
        rf"{symbol}(\text{{{equilibrium.name}}})",
        value,
        equilibrium.condition,
    )
