"""A worker process that answers line by line and is killed where an answer takes too long."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from threading import Lock, Timer


class Process:
    """A child process for all lines; another is started where there is none (any more).

    Parameters
    ----------
    script : str
        The path of a Python file that prints one line for each line of its input.
    """

    def __init__(self, script: str) -> None:
        self._script = script
        self._lock = Lock()
        self._child: subprocess.Popen[str] | None = None
        self._owner_pid = 0
        atexit.register(self.end)

    def answer(self, line: str, seconds: float) -> str | None:
        """The line printed in answer; None where none came in time."""
        with self._lock:
            process = self._ensure_child()
            timer = Timer(seconds, process.kill)
            timer.daemon = True
            timer.start()
            try:
                print(line, file=process.stdin, flush=True)
                answer = process.stdout.readline() if process.stdout else ""
            except BrokenPipeError:
                answer = ""
            finally:
                timer.cancel()
            if not answer:
                self.end()
            return answer.strip() or None

    def _ensure_child(self) -> subprocess.Popen[str]:
        """The running child of this process, started if needed; a parent's is not reused."""
        if self._child is None or self._owner_pid != os.getpid():
            self._owner_pid = os.getpid()
            self._child = subprocess.Popen(
                [sys.executable, "-P", self._script],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
        return self._child

    def end(self) -> None:
        """End it, if it runs; the next line starts it again."""
        process, self._child = self._child, None
        if process is not None and self._owner_pid == os.getpid():
            process.kill()
            process.communicate()


__all__ = ["Process"]
