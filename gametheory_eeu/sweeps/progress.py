"""Progress of a sweep: a bar, a function of the caller's, or silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gametheory_eeu.core import arguments as arg


@contextmanager
def advancing(progress: object, total: int) -> Iterator[Callable[[int], object]]:
    """A function that is told how many more points are done.

    Parameters
    ----------
    progress : bool or callable
        Whether to show a bar on the terminal; or what is called with the points done, and all.
    total : int
    """
    if callable(progress) and not isinstance(progress, type):
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            arg.call("progress", progress, done, total)

        yield advance
    elif arg.flag("progress", progress):
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("sweep", total=total)
            yield lambda count: bar.advance(task, count)
    else:
        yield lambda _: None


__all__ = ["advancing"]
