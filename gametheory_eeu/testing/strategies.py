"""Hypothesis strategies for spaces of parameters, points in them, games and trees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.core.space import assumptions_hold
from gametheory_eeu.errors import GameTheoryError, ParameterError, SpaceError
from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy
except ImportError:
    raise GameTheoryError(
        "hypothesis, which draws games, is not installed; install it with: "
        "pip install 'gametheory-eeu[test]'"
    ) from None

_VALUES = tuple(map(sp.Rational, ("0", "1", "-1", "1/2", "2", "-2", "1/3", "3", "-1/2", "3/4")))
"""What a symbol may be: few and small, so that edges and ties are met."""
_COUNT = 3
_TRIES, _MOST = 400, 40
"""How many points of the grid are tried, and how many are kept."""


def _strategy(name: str, value: object) -> SearchStrategy[Any]:
    allowed = "a strategy of Hypothesis, such as st.integers(-9, 9)"
    found: SearchStrategy[Any] = arg.instance(name, value, SearchStrategy, allowed)
    return found


def _names(name: str, value: object) -> tuple[str, ...]:
    return arg.names(name, value, "a list of names of symbols that differ")


def _count(least: int, most: int) -> arg.Validator:
    return lambda name, value: arg.integer(name, value, least, most)


@arg.validate(symbols=_names, constraints=_count(0, 20))
def spaces(symbols: Sequence[str] = ("a", "b"), constraints: int = _COUNT) -> SearchStrategy[Space]:
    """Spaces of parameters that are not empty.

    Each constraint, strict or weak, bounds a symbol or orders two, and holds at a point that all
    have in common.

    Parameters
    ----------
    symbols : sequence of str
    constraints : int
        How many there are at most.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(spaces(["a", "b"]))
    ... def test(space):
    ...     assert space.witness() is not None
    >>> test()
    """
    named = tuple(sp.Symbol(name, real=True) for name in symbols)

    @st.composite
    def draw_space(draw: DrawFn) -> Space:
        point = {symbol: draw(st.sampled_from(_VALUES)) for symbol in named}
        count = draw(st.integers(0, constraints if named else 0))
        return Space.of([draw(_constraint(named, point)) for _ in range(count)], symbols=named)

    return draw_space()


@st.composite
def _constraint(draw: DrawFn, symbols: tuple[Symbol, ...], point: dict[Symbol, Expr]) -> Boolean:
    """A bound or an order that holds at a point."""
    left = draw(st.sampled_from(symbols))
    others = [s for s in symbols if s != left]
    right = draw(st.sampled_from([*others, *_VALUES]))
    at = point.get(right, right)
    relations = [r for r in (sp.Lt, sp.Le, sp.Ge, sp.Gt) if r(point[left], at) == sp.true]
    return draw(st.sampled_from(relations))(left, right)


@arg.validate(space=arg.instance_of(Space, "a Space, such as game.space"))
def points(space: Space) -> SearchStrategy[dict[str, Expr]]:
    """Exact points of a space, by the names of its symbols: ``game.at(**point)`` takes them.

    Small rational numbers, so that edges and ties are met.

    Raises
    ------
    SpaceError
        The space is empty.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> from gametheory_eeu import Space
    >>> space = Space.of("0 < a < b")
    >>> @settings(max_examples=5)
    ... @given(points(space))
    ... def test(point):
    ...     assert space.contains(point)
    >>> test()
    """
    found = _grid(space)
    if not found:
        raise SpaceError(f"the space {space} is empty; there is no point to draw")
    return st.sampled_from(found).map(dict)


@cache
def _grid(space: Space) -> list[dict[str, Expr]]:
    """Points of a grid that lie in a space; where none does, a point of the prover's."""
    rng = Random(0)
    found: dict[tuple[Expr, ...], None] = {}
    for _ in range(_TRIES):
        values = tuple(rng.choice(_VALUES) for _ in space.symbols)
        if len(found) < _MOST and values not in found and _contains(space, values):
            found[values] = None
    if not found and (witness := space.witness()) is not None:
        found[tuple(witness[s] for s in space.symbols)] = None
    return [dict(zip((s.name for s in space.symbols), values, strict=True)) for values in found]


def _contains(space: Space, values: tuple[Expr, ...]) -> bool:
    point = dict(zip(space.symbols, values, strict=True))
    holds = all(truth_value(c, point) is True for c in space.constraints)
    return holds and all(assumptions_hold(s, v) for s, v in point.items())


@arg.validate(
    shape=arg.sequence, payoffs=arg.optional(_strategy), symbols=_names,
    space=arg.optional(arg.instance_of(Space, "a Space")), symmetric=arg.flag,
)  # fmt: skip
def normal_forms(
    shape: Sequence[int] = (2, 2),
    payoffs: SearchStrategy[Any] | None = None,
    *,
    symbols: Sequence[str] = (),
    space: Space | None = None,
    symmetric: bool = False,
) -> SearchStrategy[NormalForm]:
    """Normal forms of a shape.

    Parameters
    ----------
    shape : sequence of int
        How many actions each player has.
    payoffs : strategy, optional
        Of one payoff. Whole numbers from -3 to 3 unless given, which often tie; with symbols, such
        a number, a multiple of a symbol, or the sum of both.
    symbols : sequence of str, optional
        The symbols in the payoffs.
    space : Space, optional
        What is given of the symbols.
    symmetric : bool
        Two players whose payoffs are the same with places changed.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(normal_forms((2, 3)))
    ... def test(game):
    ...     assert len(game.solve()) > 0
    >>> test()
    """
    sizes = tuple(arg.integer("size in shape", size, 1, 20) for size in shape)
    if not sizes or (symmetric and (len(sizes) != 2 or sizes[0] != sizes[1])):
        allowed = "a number of actions for each player" + ", two equal ones" * symmetric
        raise ParameterError("shape", shape, allowed)
    cells = payoffs if payoffs is not None else _payoffs(symbols)
    table = _table(sizes, cells)
    given = space if space is not None else Space.of(symbols=_symbols(symbols))
    if symmetric:
        return table.map(lambda own: NormalForm(own, [*zip(*own, strict=True)], given=given))
    return st.tuples(*[table] * len(sizes)).map(lambda tables: NormalForm(*tables, given=given))


def _symbols(names: Sequence[str]) -> list[Symbol]:
    return [sp.Symbol(name, real=True) for name in names]


def _payoffs(names: Sequence[str]) -> SearchStrategy[Any]:
    """Whole numbers, or with symbols also what is linear in one."""
    numbers = st.integers(-3, 3)
    if not names:
        return numbers
    multiples = st.builds(
        lambda symbol, factor: factor * symbol,
        st.sampled_from(_symbols(names)),
        st.sampled_from([1, -1, 2]),
    )
    sums = st.builds(lambda number, multiple: number + multiple, numbers, multiples)
    return st.one_of(numbers, multiples, sums)


def _table(shape: tuple[int, ...], cells: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Nested lists of a shape."""
    for size in reversed(shape):
        cells = st.lists(cells, min_size=size, max_size=size)
    return cells


@arg.validate(
    players=_count(1, 5), depth=_count(1, 8), moves=_count(1, 20), payoffs=arg.optional(_strategy),
    symbols=_names, space=arg.optional(arg.instance_of(Space, "a Space")), chance=arg.flag,
    hidden=arg.flag,
)  # fmt: skip
def trees(
    players: int = 2,
    depth: int = 3,
    moves: int = 4,
    payoffs: SearchStrategy[Any] | None = None,
    *,
    symbols: Sequence[str] = (),
    space: Space | None = None,
    chance: bool = True,
    hidden: bool = False,
) -> SearchStrategy[ExtensiveForm]:
    """Games in extensive form, with two or three actions at each move.

    Parameters
    ----------
    players, depth, moves : int
        How many players there are, how many moves may follow each other at most, and how many
        there are in all at most.
    payoffs : strategy, optional
        Of one payoff, as in :func:`normal_forms`.
    symbols : sequence of str, optional
        The symbols in the payoffs.
    space : Space, optional
        What is given of the symbols.
    chance : bool
        Whether chance may move.
    hidden : bool
        Whether a player may not see the move just before; otherwise information is perfect.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5)
    ... @given(trees(depth=2))
    ... def test(tree):
    ...     assert len(tree.solve("subgame perfect")) > 0
    >>> test()
    """
    cells = payoffs if payoffs is not None else _payoffs(symbols)
    given = space if space is not None else Space.of(symbols=_symbols(symbols))

    @st.composite
    def draw_tree(draw: DrawFn) -> ExtensiveForm:
        names = tuple(map(str, range(1, players + 1)))
        branches = _Branches(draw, names, cells, moves, chance=chance, hidden=hidden)
        return ExtensiveForm(branches.move(depth), names, given=given)

    return draw_tree()


class _Branches:
    """The nodes of one tree as they are drawn, moves numbered."""

    def __init__(
        self, draw: DrawFn, players: tuple[str, ...], payoffs: SearchStrategy[Any], moves: int,
        *, chance: bool, hidden: bool,
    ) -> None:  # fmt: skip
        self.draw, self.players, self.payoffs = draw, players, payoffs
        self.moves, self.number = moves, 0
        self.chance, self.hidden = chance, hidden

    def node(self, depth: int) -> Node:
        """An end, a move of chance, or a player's move."""
        kind = self.draw(st.integers(0, 9))
        if depth == 0 or self.number == self.moves or kind < 2:
            return self.end()
        if self.chance and kind == 2:
            weight = self.draw(st.sampled_from([sp.Rational(k, 4) for k in (1, 2, 3)]))
            first, second = self.node(depth - 1), self.node(depth - 1)
            return Chance((("a", weight, first), ("b", 1 - weight, second)))
        return self.move(depth)

    def end(self) -> Node:
        """Payoffs of all players."""
        return Outcome({player: self.draw(self.payoffs) for player in self.players})

    def move(self, depth: int) -> Node:
        """A player's move."""
        self.number += 1
        name, player = f"h{self.number}", self.draw(st.sampled_from(self.players))
        size = self.draw(st.sampled_from((2, 2, 3)))
        others = [other for other in self.players if other != player]
        may_hide = self.hidden and others and depth > 1 and self.number < self.moves
        if may_hide and self.draw(st.booleans()):
            below = self.unseen(self.draw(st.sampled_from(others)), size, depth - 1)
            return self.at(name, player, below)
        return self.at(name, player, [self.node(depth - 1) for _ in range(size)])

    def unseen(self, player: str, count: int, depth: int) -> list[Node]:
        """One move of a player who does not know which of some nodes was reached."""
        self.number += 1
        name, size = f"h{self.number}", self.draw(st.sampled_from((2, 2, 3)))
        return [
            self.at(name, player, [self.node(depth - 1) for _ in range(size)], f"{name}.{k}")
            for k in range(count)
        ]

    def at(self, name: str, player: str, below: Sequence[Node], node: str = "") -> Move:
        """A move with the nodes that follow."""
        actions = tuple((f"a{k}", child) for k, child in enumerate(below))
        return Move(player, name, actions, node or name)
