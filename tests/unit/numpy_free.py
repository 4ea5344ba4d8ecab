"""What is solved with and without NumPy: ``python -m tests.unit.numpy_free`` prints it without."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from typing import Any

REFUSED = {"matplotlib", "networkx", "numpy", "pandas", "scipy", "xarray"}


class Refusal(MetaPathFinder):
    """Import nothing of the packages that only make things faster, or draw."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> None:
        """Refuse, or leave it to the others."""
        if fullname.partition(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"{fullname} is refused here", name=fullname)


def answers() -> dict[str, str]:
    """Games, proofs and models, as they are shown."""
    import gametheory_eeu as eeu

    coordination = eeu.NormalForm([["b", 0], [1, "c"]], [["b", 1], [0, "c"]], given="b > 0")
    small = coordination.at(b=2, c="1/2")
    sevens = range(7)
    square = [
        [[(a * i * j + b * i) % 11 for j in sevens] for i in sevens] for a, b in ((7, 1), (3, 5))
    ]
    rows = [[(i * i + 3 * i * j + j) % 23 - 9 for j in range(19)] for i in range(18)]
    tree = eeu.ExtensiveForm.builder("entrant", "incumbent", given="0 < p < 1")
    tree = tree.chance({"weak": "p", "tough": "1 - p"}).move("entrant", ["in", "out"], after="*")
    tree = tree.move("incumbent", ["fight", "yield"], after="weak/in")
    tree = tree.move("incumbent", ["fight", "yield"], after="tough/in")
    tree = tree.payoffs("*/in/yield", 2, 2).payoffs("*/out", 0, 5)
    tree = tree.payoffs("weak/in/fight", "-k", 1).payoffs("tough/in/fight", "-k", 3)
    functions = {"solved": lambda game: game.solve(), "regimes": eeu.regimes}
    questions: dict[str, Callable[[], Any]] = {
        "proved": lambda: eeu.prove("x^2 + y^2 >= 2*x*y").to_json(),
        "refuted": lambda: eeu.prove("x*y > 0", given="x > 0"),
        "2x2": coordination.solve,
        "2x2 in LaTeX": lambda: coordination.solve().to_latex(),
        "regimes": lambda: eeu.regimes(coordination),
        "statics": lambda: eeu.comparative_statics(coordination),
        "numbers": small.solve,
        "dominance": coordination.dominated,
        "maximin": lambda: small.maximin("player 1"),
        "7x7": lambda: eeu.NormalForm(*square).solve(),
        "zero sum": lambda: (
            eeu.NormalForm(rows, [[-x for x in row] for row in rows]).maximin("player 1").value
        ),
        "tree": tree.build().solve,
        "symmetric": lambda: eeu.SymmetricGame(
            {"a": [1, 2, 0], "b": ["c", 1, 1]}, players=3
        ).solve(),
        "Cournot": lambda: eeu.ContinuousGame(
            {"A": "x*(1 - x - y) - c*x", "B": "y*(1 - x - y) - c*y"},
            choices={"A": "x >= 0", "B": "y >= 0"},
            given="0 <= c < 1",
        ).solve(),
        **{
            f"{model.__name__} {question}": partial(function, model())
            for model in (eeu.BandwagoningContest, eeu.CredibleCommitment, eeu.AsymmetricBargaining)
            for question, function in functions.items()
        },
    }
    return {name: str(question()) for name, question in questions.items()}


if __name__ == "__main__":
    sys.meta_path.insert(0, Refusal())
    print(json.dumps(answers()))
