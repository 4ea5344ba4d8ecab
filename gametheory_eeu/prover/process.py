"""A script that answers line by line, in a process that is ended where an answer takes too long."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from threading import Lock, Timer


class Process:
    """One process for all lines; another is started where there is none (any more).

    Parameters
    ----------
    script : str
        The path of a Python file that prints one line for each line of its input.
    """

    def __init__(self, script: str) -> None:
        self._script = script
        self._lock = Lock()
        self._running: subprocess.Popen[str] | None = None
        self._owner = 0
        atexit.register(self.end)

    def answer(self, line: str, seconds: float) -> str | None:
        """The line printed in answer; None where none came in time."""
        with self._lock:
            process = self._started()
            guard = Timer(seconds, process.kill)
            guard.daemon = True
            guard.start()
            try:
                print(line, file=process.stdin, flush=True)
                answer = process.stdout.readline() if process.stdout else ""
            except BrokenPipeError:
                answer = ""
            finally:
                guard.cancel()
            if not answer:
                self.end()
            return answer.strip() or None

    def _started(self) -> subprocess.Popen[str]:
        """What runs for this process: its parent's belongs to the parent."""
        if self._running is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._running = subprocess.Popen(
                [sys.executable, "-P", self._script],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
        return self._running

    def end(self) -> None:
        """End it, if it runs; the next line starts it again."""
        process, self._running = self._running, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()


__all__ = ["Process"]
