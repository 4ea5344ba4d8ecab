"""A second route to the equilibria of a game: the definition, support by support."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from math import prod
from typing import TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, fresh_symbols
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.size_limits import Limit, check_count
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.games import Equilibrium, EquilibriumSet
from gametheory_eeu.games.tree import Chance, Node, Outcome

Mix: TypeAlias = Mapping[str, Mapping[str, Expr]]
"""By player, or information set, the probability of each action."""

_SUPPORTS = Limit("supports", 5000, "restrict it to fewer actions")
_ALLOWED = "a NormalForm, or an ExtensiveForm of perfect information"
_FIX = "Take .normal_form() of another tree, and .form() of a game of the library"


@arg.validate(
    game=arg.instance_of((NormalForm, ExtensiveForm), _ALLOWED, _FIX),
    solution=arg.optional(arg.instance_of(EquilibriumSet, "what solve() gives")),
)
def assert_equilibria_complete(
    game: NormalForm | ExtensiveForm, solution: EquilibriumSet | None = None
) -> None:
    """Assert that a game's equilibria are equilibria, and that there are no others.

    Each is verified, as by ``verify()``. Then the definition is written out for every support,
    with the probabilities as unknowns: that the actions in it do equally well and no other does
    better. Whatever obeys it is proved to be a member of one of the families that were found. This
    uses no solver of games, and with symbols it is a theorem about all their values.

    Parameters
    ----------
    game : NormalForm, or ExtensiveForm of perfect information
        Nash equilibria of the one, subgame perfect equilibria of the other.
    solution : EquilibriumSet, optional
        What is to be complete; ``game.solve()`` unless given.

    Raises
    ------
    AssertionError
        One is missing, and named at a point; or one is none.
    UnsupportedError
        A tree with hidden moves; a support that the prover does not settle.
    TooLargeError
        More than 5000 supports.

    Examples
    --------
    >>> from gametheory_eeu import NormalForm
    >>> game = NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]], given="a > 0")
    >>> assert_equilibria_complete(game)
    >>> assert_equilibria_complete(game, game.solve("pure Nash"))
    Traceback (most recent call last):
        ...
    AssertionError: missing at a = 1: player 1 plays 1 (1/2) or 2 (1/2), player 2 plays 1 (1/2) or 2 (1/2)
    """  # noqa: E501
    is_tree = isinstance(game, ExtensiveForm)
    if isinstance(game, ExtensiveForm) and not game.is_of_perfect_information:
        raise UnsupportedError(
            f"{game!r} has hidden moves; the definition is written out for {_ALLOWED}. {_FIX}"
        )
    counts = (2 ** len(actions) - 1 for actions in game.actions.values())
    check_count("the game", prod(counts), _SUPPORTS)
    if solution is None:
        solution = game.solve("subgame perfect" if is_tree else "Nash")
    for equilibrium in solution:
        _assert_equilibrium(equilibrium)
    for mix, conditions in _definitions(game):
        _assert_covered(game, solution, mix, conditions)


def _assert_equilibrium(equilibrium: Equilibrium) -> None:
    verification = equilibrium.verify()
    if verification.verdict == "unknown":
        raise UnsupportedError(f"whether {equilibrium.name!r} is an equilibrium is not settled")
    if verification.verdict == "refuted":
        raise AssertionError(
            f"{equilibrium.name!r} is no equilibrium: {'; '.join(verification.failures)}"
        )


def _definitions(game: NormalForm | ExtensiveForm) -> Iterator[tuple[Mix, list[Boolean]]]:
    """For every support: a mix with unknown probabilities, and what makes it an equilibrium."""
    unknowns = _unknown_probabilities(game)
    for supports in product(*(_subsets(actions) for actions in game.actions.values())):
        chosen = dict(zip(game.actions, supports, strict=True))
        mix = {key: _mix_on(unknowns[key], support) for key, support in chosen.items()}
        mixed = ((key, support) for key, support in chosen.items() if len(support) > 1)
        conditions = [sp.Gt(mix[key][action], 0) for key, support in mixed for action in support]
        for key, support in chosen.items():
            values = _values(game, mix, key)
            best = values[support[0]]
            for action, value in values.items():
                relation = sp.Eq if action in support else sp.Le
                conditions.append(relation(sp.expand(value - best), 0))
        if sp.false not in conditions:
            yield mix, [c for c in conditions if c != sp.true]


def _unknown_probabilities(game: NormalForm | ExtensiveForm) -> Mapping[str, Mapping[str, Symbol]]:
    """A symbol for the probability of every action, unlike those of the game."""
    unknowns = {
        key: {action: sp.Symbol(f"p_{i}_{k}", real=True) for k, action in enumerate(actions)}
        for i, (key, actions) in enumerate(game.actions.items())
    }
    every = [s for own in unknowns.values() for s in own.values()]
    fresh = fresh_symbols(every, {s: s for s in game.symbols})
    return {key: {a: fresh.get(s, s) for a, s in own.items()} for key, own in unknowns.items()}


def _subsets(actions: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [s for size in range(1, len(actions) + 1) for s in combinations(actions, size)]


def _mix_on(unknown: Mapping[str, Symbol], support: tuple[str, ...]) -> Mapping[str, Expr]:
    """Unknown probabilities on a support, the last the rest; certainty on a single action."""
    *free, last = support
    rest = 1 - sp.Add(*(unknown[a] for a in free))
    values = {a: unknown[a] for a in free} | {last: rest}
    return {action: values.get(action, sp.Integer(0)) for action in unknown}


def _values(game: NormalForm | ExtensiveForm, mix: Mix, key: str) -> dict[str, Expr]:
    """What each action is worth to who takes it, the others playing the mix."""
    if isinstance(game, NormalForm):
        return _values_of_actions(game, mix, key)
    (move,) = game.information_sets[key]
    return {action: _worth(node, mix, move.player) for action, node in move.actions}


def _values_of_actions(game: NormalForm, mix: Mix, player: str) -> dict[str, Expr]:
    terms: dict[str, list[Expr]] = {action: [] for action in game.actions[player]}
    for profile, payoff in game.payoffs[player].items():
        played = dict(zip(game.players, profile, strict=True))
        action = played.pop(player)
        terms[action].append(payoff * sp.Mul(*(mix[p][a] for p, a in played.items())))
    return {action: sp.Add(*parts) for action, parts in terms.items()}


def _worth(node: Node, mix: Mix, player: str) -> Expr:
    if isinstance(node, Outcome):
        return node.payoffs[player]
    if isinstance(node, Chance):
        return sp.Add(*(p * _worth(below, mix, player) for _, p, below in node.branches))
    own = mix[node.information_set]
    return sp.Add(
        *(own[a] * _worth(below, mix, player) for a, below in node.actions if own[a] != 0)
    )


def _assert_covered(
    game: NormalForm | ExtensiveForm, solution: EquilibriumSet, mix: Mix, conditions: list[Boolean]
) -> None:
    """Prove that a mix which obeys the definition is a member of one of the families."""
    is_member = sp.Or(*(_membership(equilibrium, mix) for equilibrium in solution))
    if is_member == sp.true:
        return
    unknowns = {s for own in mix.values() for p in own.values() for s in p.free_symbols}
    space = Space.of(game.space, *conditions, symbols=sorted(unknowns, key=str))
    proof = prover.prove(is_member, given=space)
    if proof.verdict == "unknown":
        raise UnsupportedError(f"whether an equilibrium of the support {_text(mix)} is missing "
                               "is not settled; give values to symbols by .at(...)")  # fmt: skip
    if proof.verdict == "refuted":
        point = (*proof.witnesses, *proof.undefined_at)[0]
        raise AssertionError(_missing(game, mix, point))


def _membership(equilibrium: Equilibrium, mix: Mix) -> Boolean:
    """The condition under which a mix is a member of a family."""
    differences = [
        sp.together(value - equilibrium.profile[key][action])
        for key, own in mix.items()
        for action, value in own.items()
    ]
    where = equilibrium.where
    for symbol in equilibrium.free:
        value = _solved(symbol, differences)
        where = where.subs(symbol, value)
        differences = [sp.together(d.subs(symbol, value)) for d in differences]
    radius = equilibrium.radius
    same = (
        sp.Eq(sp.expand(sp.numer(d)), 0) if radius == 0 else sp.And(d <= radius, -d <= radius)
        for d in differences
    )
    return sp.And(equilibrium.condition, where, *same)


def _solved(symbol: Symbol, differences: list[Expr]) -> Expr:
    """What a family's own symbol is, from an equation that is linear in it."""
    for difference in differences:
        linear = linear_coefficients(sp.numer(difference), symbol)
        if linear is not None and linear[0].is_number and linear[0] != 0:
            return -linear[1] / linear[0]
    raise UnsupportedError(f"the probabilities of a family are not linear in {symbol}")


def _missing(game: NormalForm | ExtensiveForm, mix: Mix, point: Mapping[Symbol, Expr]) -> str:
    """An equilibrium that was not found, and where."""
    values = ", ".join(f"{s} = {point[s]}" for s in game.symbols if s in point)
    at = {key: {a: p.subs(point) for a, p in own.items()} for key, own in mix.items()}
    return f"missing{f' at {values}' if values else ''}: {_text(at)}"


def _text(mix: Mix) -> str:
    """A mix in short: what is played, with which probabilities."""
    parts = (
        (key, [a if p == 1 else f"{a} ({p})" for a, p in own.items() if p != 0])
        for key, own in mix.items()
    )
    return ", ".join(f"{key} plays {' or '.join(played)}" for key, played in parts)
