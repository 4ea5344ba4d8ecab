"""How many equilibria the peers find of a two-player game in floats."""

from typing import Any

import nashpy
import numpy as np
import pygambit


def by_quantecon(A: Any, B: Any) -> int:
    import quantecon.game_theory as qe  # compiles for seconds

    game = qe.NormalFormGame((qe.Player(A), qe.Player(np.ascontiguousarray(B.T))))
    return len(qe.support_enumeration(game))


def by_nashpy(A: Any, B: Any) -> int:
    return len(list(nashpy.Game(A, B).support_enumeration()))


def by_pygambit(A: Any, B: Any) -> int:
    game = pygambit.StrategicGame.from_arrays(A, B)
    return len(pygambit.nash.enummixed_solve(game, rational=True).equilibria)
