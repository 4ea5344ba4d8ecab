"""Published equilibria of symmetric games with three actions, each with its source."""

from collections.abc import Callable

import sympy as sp

import gametheory_eeu as eeu

EACH = "each player"


def test_the_lowest_unique_number_of_three_players() -> None:
    """Flitney (2008), the exact solution for three players and the numbers 1 to 3."""

    def wins(own: int) -> Callable[[tuple[int, ...]], int]:
        return lambda others: int(others[own] == 0 and all(k != 1 for k in others[:own]))

    found = eeu.SymmetricGame({str(k + 1): wins(k) for k in range(3)}, 3).solve()
    (equilibrium,) = found
    root = sp.sqrt(3)
    assert tuple(equilibrium.profile[EACH].values()) == (2 * root - 3, 2 - root, 2 - root)
    assert equilibrium.payoffs[EACH] == sp.expand(4 * (7 - 4 * root))
    assert equilibrium.verify().verdict == "proved"
    assert found.complete_where == sp.true


def test_hawk_dove_and_bourgeois() -> None:
    """Maynard Smith (1982): Bourgeois is an equilibrium where V <= C.

    An owner plays Hawk and an intruder Dove; each is as often the one as the other.
    """
    game = eeu.SymmetricGame(
        {
            "Hawk": ["(3*V - C)/4", "V", "(V - C)/2"],
            "Dove": ["V/4", "V/2", 0],
            "Bourgeois": ["V/2", "3*V/4", "(V - C)/4"],
        },
        2,
        given=["V > 0", "C > 0"],
    )
    found = game.solve()
    conditions = {e.name: e.condition for e in found}
    given = ["V > 0", "C > 0"]
    assert eeu.equivalent(conditions["Bourgeois"], "V <= C", given).verdict == "proved"
    assert eeu.equivalent(conditions["Hawk"], "V >= C", given).verdict == "proved"
    assert eeu.equivalent(conditions["Hawk + Dove"], "V < C", given).verdict == "proved"
    v, c = (next(s for s in game.symbols if s.name == name) for name in "VC")
    assert found["Hawk + Dove"].profile[EACH]["Hawk"] == v / c
    assert "Dove" not in conditions
    assert {v.verdict for v in found.verify().values()} == {"proved"}
    cells = {cell.equilibria for cell in eeu.regimes(game).cells}
    assert cells == {("Hawk",), ("Bourgeois", "Hawk + Dove")}


def test_rock_paper_scissors_with_any_stakes_is_played_evenly() -> None:
    """Maynard Smith (1982): each a third of the time, whatever a win and a loss are."""
    game = eeu.SymmetricGame(
        {
            "rock": {(1, 0, 0): 0, (0, 1, 0): "-l", (0, 0, 1): "w"},
            "paper": {(1, 0, 0): "w", (0, 1, 0): 0, (0, 0, 1): "-l"},
            "scissors": {(1, 0, 0): "-l", (0, 1, 0): "w", (0, 0, 1): 0},
        },
        2,
        given=["w > 0", "l > 0"],
    )
    found = game.solve()
    (equilibrium,) = found
    assert set(equilibrium.profile[EACH].values()) == {sp.Rational(1, 3)}
    assert equilibrium.condition == sp.true == found.complete_where
