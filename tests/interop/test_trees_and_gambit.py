"""Nash equilibria of small trees against pygambit, which reads the tree and makes its own form."""

from __future__ import annotations

import io
import random
from fractions import Fraction

import pygambit
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.games.tree import Chance, Node, Outcome

Payoffs = tuple[Fraction, ...]


def gambit_file(game: eeu.ExtensiveForm) -> str:
    """The tree in Gambit's own format."""
    sets = {name: k + 1 for k, name in enumerate(game.actions)}
    ends = iter(range(1, 10**6))
    lines = ['EFG 2 R "" { ' + " ".join(f'"{p}"' for p in game.players) + " }"]

    def write(node: Node) -> None:
        if isinstance(node, Outcome):
            payoffs = ", ".join(str(node.payoffs[p]) for p in game.players)
            lines.append(f't "" {next(ends)} "" {{ {payoffs} }}')
        elif isinstance(node, Chance):
            number = len(lines) + 1000
            branches = " ".join(f'"{label}" {p}' for label, p, _ in node.branches)
            lines.append(f'c "" {number} "" {{ {branches} }} 0')
            for _, _, child in node.branches:
                write(child)
        else:
            player = game.players.index(node.player) + 1
            labels = " ".join(f'"{a}"' for a, _ in node.actions)
            number = sets[node.information_set]
            lines.append(f'p "" {player} {number} "" {{ {labels} }} 0')
            for _, child in node.actions:
                write(child)

    write(game.root)
    return "\n".join(lines)


def extreme_payoffs(game: eeu.ExtensiveForm) -> set[Payoffs]:
    read = pygambit.read_efg(io.StringIO(gambit_file(game)))
    found = pygambit.nash.enummixed_solve(read, rational=True).equilibria
    return {tuple(Fraction(str(e.payoffs[p])) for p in read.players) for e in found}


def drawn(rng: random.Random) -> eeu.ExtensiveForm:
    """One of three shapes: a signal, moves unseen after an option, a move seen and one unseen."""
    shape = rng.randrange(3)
    builder = eeu.ExtensiveForm.builder("1", "2")
    if shape == 0:
        builder.chance({"h": "1/3", "t": "2/3"}).move("1", ["a", "b"], "h")
        builder.move("1", ["a", "b"], "t").move("2", ["c", "d"], "*/a")
        builder.move("2", ["c", "d"], "*/b")
    elif shape == 1:
        builder.move("1", ["out", "in"]).move("1", ["a", "b"], "in")
        builder.move("2", ["c", "d"], ["in/a", "in/b"])
    else:
        builder.move("1", ["a", "b"]).move("2", ["c", "d"], ["a", "b"])
        builder.move("1", ["e", "f"], "a/c").move("1", ["e", "f"], ["b/c", "b/d"])
    while builder.open_places:
        builder.payoffs(builder.open_places[0], rng.randint(0, 5), rng.randint(0, 5))
    game: eeu.ExtensiveForm = builder.build()
    return game


def belongs(found: eeu.EquilibriumSet, played: dict[str, dict[str, sp.Expr]]) -> bool:
    """Whether a profile of numbers is a member of one of the families."""
    for e in found:
        gaps = [p - played[n][a] for n, mix in e.profile.items() for a, p in mix.items()]
        if any(g.is_number and g != 0 for g in gaps):
            continue
        open_ = [g for g in gaps if g.free_symbols]
        at = sp.solve(open_, e.free, dict=True) if open_ else [{}]
        if any(e.where.subs(values) == sp.true for values in at):
            return True
    return False


@pytest.mark.parametrize("seed", range(24))
def test_extreme_equilibria_are_members_and_isolated_ones_extreme(seed: int) -> None:
    game = drawn(random.Random(seed))
    found = game.solve("Nash")
    form = game.normal_form()
    tables = [[[Fraction(str(form.payoffs[p][row, column])) for column in form.actions["2"]]
               for row in form.actions["1"]] for p in game.players]  # fmt: skip
    read = pygambit.StrategicGame.from_arrays(*tables)
    mixes = []
    for e in pygambit.nash.enummixed_solve(read, rational=True).equilibria:
        chances = {
            p: [sp.Rational(str(chance)) for _, chance in e[player]]
            for p, player in zip(game.players, read.players, strict=True)
        }
        mixes.append({p: dict(zip(form.actions[p], c, strict=True)) for p, c in chances.items()})
    for mix in mixes:
        assert belongs(found, game.behaviour(mix))
    for e in found:
        if not e.free:
            assert e.verify().verdict == "proved"
            # With two information sets side by side several mixtures play as one behaviour does.
            assert game.mixture(e.profile) in mixes or "1 after h" in game.actions
    payoffs = {tuple(Fraction(str(form.payoff(m, p))) for p in game.players) for m in mixes}
    assert payoffs == extreme_payoffs(game)
