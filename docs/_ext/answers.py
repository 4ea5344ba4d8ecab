"""What the page "Try it" asks of the library, as HTML: it runs in the browser, by Pyodide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import gametheory_eeu as eeu

_SEPARATOR = re.compile(r"[;,\n](?![^()]*\))")  # between conditions, not inside min(a, b)


def answers(fields: dict[str, Any]) -> Iterator[str]:
    """HTML of each result as soon as it is there; in place of an error, what it says.

    Parameters
    ----------
    fields : dict
        ``ask``, "game" or "proof", and what the form of that name holds.
    """
    given = [part.strip() for part in _SEPARATOR.split(fields["given"]) if part.strip()]
    try:
        if fields["ask"] == "game":
            yield from _of_game(fields["payoffs"], fields["actions"], given)
        else:
            yield from _of_proof(fields["statement"], given)
    except eeu.GameTheoryError as error:
        yield f'<p class="try-error" role="alert">{escape(str(error))}</p>'


def _of_game(payoffs: Any, actions: Any, given: list[str]) -> Iterator[str]:
    pairs = [[tuple(cell) for cell in row] for row in payoffs]
    arguments = f"{pairs}, actions={actions}" + (f", given={given}" if given else "")
    game = eeu.NormalForm(pairs, actions=actions, given=given)
    equilibria: Any = game.solve()
    yield equilibria._repr_html_()
    asked = ["game.solve()"]
    if game.space.symbols:
        regimes: Any = eeu.regimes(game)
        yield regimes._repr_html_()
        statics: Any = eeu.comparative_statics(game)
        yield statics._repr_html_()
        asked += ["eeu.regimes(game)", "eeu.comparative_statics(game)"]
    yield _code(f"game = eeu.NormalForm({arguments})", *(f"print({line})" for line in asked))


def _of_proof(statement: str, given: list[str]) -> Iterator[str]:
    proof: Any = eeu.prove(statement, given=given)
    yield proof._repr_html_()
    yield f"<pre>{escape(str(proof.certificate or proof.why))}</pre>"
    argument = f", given={given}" if given else ""
    yield _code(f"proof = eeu.prove({statement!r}{argument})", "print(proof, proof.certificate)")


def _code(*lines: str) -> str:
    text = "\n".join(("import gametheory_eeu as eeu", *lines))
    return f"<details><summary>The same in Python</summary><pre>{escape(text)}</pre></details>"
