"""Sweep one of the library's games into a file, from the command line.

``python -m gametheory_eeu.sweeps CredibleCommitment trust=0:1:101 encroachment_loss=1,2 r=2 ...
--out sweep.zarr``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from rich.console import Console

import gametheory_eeu as eeu
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games import Game
from gametheory_eeu.sweeps.api import sweep

_RANGE = "name=low:high:count, name=a,b,c or name=value"


def grid(text: str) -> tuple[str, Any]:
    """A parameter and its grid, or its one value.

    Examples
    --------
    >>> grid("trust=0:1:3")
    ('trust', array([0. , 0.5, 1. ]))
    >>> grid("trust=1/3,1/2"), grid("trust=1/3")
    (('trust', ['1/3', '1/2']), ('trust', '1/3'))
    """
    name, equals, values = text.partition("=")
    if not (name and equals and values):
        raise ParameterError("grid", text, _RANGE)
    if ":" in values:
        parts = values.split(":")
        if len(parts) != 3 or not parts[2].isdecimal():
            raise ParameterError("grid", text, _RANGE)
        low, high = (float(exact(end, name)) for end in parts[:2])
        return name, np.linspace(low, high, int(parts[2]))
    return name, values.split(",") if "," in values else values


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep, with a bar; 0, 1 where something is wrong, 130 on Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m gametheory_eeu.sweeps", description=__doc__)
    parser.add_argument("game", help="the name of one of the library's games")
    parser.add_argument("grids", nargs="*", metavar="GRID", help=_RANGE)
    parser.add_argument("--calibration", help="one of the library's own case")
    parser.add_argument("--outputs", help="names, with commas between; all without it")
    parser.add_argument("--out", required=True, help="a .zarr or .nc file; a stopped run goes on")
    parser.add_argument("--workers", type=int, default=1, help="processes that share the work")
    parser.add_argument("-q", "--quiet", action="store_true", help="no bar")
    options = parser.parse_args(arguments)
    try:
        with ExitStack() as stack:
            table = _sweep(options, _client(options.workers, stack))
            _say(f"{options.out}: {dict(table.sizes)}", is_error=False)
    except GameTheoryError as error:
        _say(f"gametheory_eeu: error: {error}")
        return 1
    except KeyboardInterrupt:
        _say("interrupted; the same command goes on from what is finished")
        return 130
    return 0


def _say(text: str, *, is_error: bool = True) -> None:
    Console(stderr=is_error, soft_wrap=True).print(text, markup=False, highlight=False)


def _sweep(options: argparse.Namespace, client: Any) -> Any:
    names = [name for name in eeu.__all__ if name[0].isupper()]
    cls = getattr(eeu, arg.one_of("game", options.game, names))
    if not (isinstance(cls, type) and issubclass(cls, Game)):
        raise ParameterError("game", options.game, "a game of the library with parameters")
    game = cls() if options.calibration is None else cls.from_article(options.calibration)
    outputs = None if options.outputs is None else options.outputs.split(",")
    grids = dict(map(grid, options.grids))
    kept = {"outputs": outputs, "client": client, "out": options.out}
    return sweep(game, grids, progress=not options.quiet, **kept)


def _client(workers: int, stack: ExitStack) -> Any:
    if arg.integer("workers", workers, 1, 10_000) == 1:
        return None
    from distributed import Client, LocalCluster

    cluster: Any = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)  # type: ignore[no-untyped-call]
    client: Any = Client(stack.enter_context(cluster))  # type: ignore[no-untyped-call]
    return stack.enter_context(client)


if __name__ == "__main__":
    sys.exit(main())
